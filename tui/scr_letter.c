/*
 * A letter as it goes out, or went: to be read here, printed into a file, said
 * to have gone. From the queue of letters to send the next one comes up then.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/codes.h"
#include "core/letters.h"
#include "core/private_file.h"
#include "tui/ask.h"
#include "tui/line.h"
#include "tui/moves.h"
#include "tui/page.h"
#include "tui/queue_walk.h"
#include "tui/screen.h"
#include "tui/terminal.h"

struct letter_view {
	struct letter_argument at;
	char *because;
	bool is_open;
	struct request request;
	struct desk_beside beside;
	char *text;
	struct page page;
	struct queue_walk queue;
	bool is_next_wanted, is_printed;
	char *replaced; /* a file there is, whose replacing was asked about */
	struct decide_argument argument;
	struct ask_argument print;
	struct notice notice; /* why there is nothing to read */
};

/* Those to send whom this person can read without a reason given first. */
static bool can_be_read(const struct ui *ui, const struct request_row *row)
{
	return !row->masked && !desk_request_needs_reason(ui->desk, row);
}

static unsigned view_open(struct ui *ui, void *state, const void *argument)
{
	struct letter_view *view = state;

	(void)ui;
	view->at = *(const struct letter_argument *)argument;
	view->because = mem_text(view->at.because);
	view->queue.queue = QUEUE_TO_SEND;
	view->queue.is_wanted = can_be_read;
	return SCREEN_RELOAD;
}

static void view_clear(struct letter_view *view)
{
	if (view->is_open)
		request_clear(&view->request);
	desk_beside_clear(&view->beside);
	mem_free(view->text);
	view->text = NULL;
	page_clear(&view->page);
	view->is_open = false;
}

/* Line by line, as it is written. */
static void page_make(const struct ui *ui, struct letter_view *view)
{
	page_start(&view->page, ui->columns - PAGE_MARGIN - 1);
	page_labelled(&view->page, 0, NULL, view->text);
	page_settle(&view->page, (size_t)draw_body_rows(ui), PAGE_NO_ITEM);
}

static void view_read(struct ui *ui, struct letter_view *view)
{
	const struct desk_letter wanted = { .reference = view->at.reference,
		.because = view->because,
		.format = LETTER_ON_SCREEN,
		.sent = view->at.sent };
	/* Unless the queue led here the receipt is open below. */
	const struct receipt_look look = { view->at.reference, view->because,
		view->is_open || !view->at.is_queue };
	struct notice told = ui->told;

	view_clear(view);
	memset(&view->notice, 0, sizeof(view->notice));
	if (!receipt_read(ui, &look, &view->request)) {
		view->notice = ui->told;
		return;
	}
	view->is_open = true;
	ui->told = told;
	if (desk_request_beside(ui->desk, &view->request, &view->beside, &view->notice) !=
			DESK_OK ||
		desk_request_letter(ui->desk, &wanted, &view->text, &view->notice) != DESK_OK)
		return;
	if (view->at.is_queue && view->request.to_send)
		queue_walk_find(ui, &view->queue, view->at.reference, &view->notice);
	page_make(ui, view);
}

static unsigned view_next(struct ui *ui, struct letter_view *view)
{
	if (!queue_walk_next(ui, &view->queue, view->at.reference, &ui->told)) {
		if (!ui->told.text[0])
			snprintf(ui->told.text, sizeof(ui->told.text),
				"There is no other letter to send");
		return SCREEN_POP | SCREEN_RELOAD;
	}
	view_clear(view);
	view_read(ui, view);
	terminal_forget_keys();
	return SCREEN_STAY;
}

static bool is_html(const char *path)
{
	const char *ending = strrchr(path, '.');

	return ending && (strcasecmp(ending, ".html") == 0 || strcasecmp(ending, ".htm") == 0);
}

/* Writes it; what came of that is told. */
static bool letter_print(struct ui *ui, const struct letter_view *view, const char *path)
{
	const struct desk_letter wanted = { .reference = view->at.reference,
		.because = view->because,
		.format = is_html(path) ? LETTER_AS_HTML : LETTER_AS_TEXT,
		.sent = view->at.sent };
	struct private_text text;
	char *words = NULL;
	bool is_done;

	if (wanted.sent != 0 && wanted.format == LETTER_AS_HTML) {
		(void)notice_set(&ui->told, DESK_REFUSED,
			"An earlier letter is kept as text; choose a name that ends in .txt");
		return false;
	}
	if (desk_request_letter(ui->desk, &wanted, &words, &ui->told) != DESK_OK)
		return false;
	text = (struct private_text) { words, strlen(words) };
	is_done = private_file_write(path, &text, view->replaced ? NULL : PATH_TAKEN, &ui->told) ==
		  DESK_OK;
	if (is_done)
		snprintf(ui->told.text, sizeof(ui->told.text), "Written: %s", path);
	mem_free(words);
	return is_done;
}

/* A file that is there is replaced when its name is given a second time. */
static bool print_act(
	struct ui *ui, const struct ask_argument *argument, const struct answers *form)
{
	struct letter_view *view = argument->with;
	char *path = path_in_full(answers_value(form, "path", 0));
	bool is_meant = view->replaced && strcmp(view->replaced, path) == 0;

	mem_free(view->replaced);
	view->replaced = access(path, F_OK) == 0 ? mem_text(path) : NULL;
	view->is_printed = false;
	if (view->replaced && !is_meant)
		(void)notice_set(&ui->told, DESK_REFUSED,
			"There is such a file already: Enter again replaces it");
	else
		view->is_printed = letter_print(ui, view, path);
	mem_free(path);
	return view->is_printed;
}

static void print_build(const struct ask_argument *argument, struct answers *form)
{
	const struct letter_view *view = argument->with;
	char path[REFERENCE_SIZE + 8];

	snprintf(path, sizeof(path), "%s.txt", view->at.reference);
	ask_add_text(form, "path", "File", path);
}

static unsigned print_ask(struct ui *ui, struct letter_view *view)
{
	view->print = (struct ask_argument) { .title = "Print the letter",
		.about = view->at.reference,
		.explain = "A private file: HTML when its name ends in .html, else text.",
		.build = print_build,
		.act = print_act,
		.with = view };
	mem_free(view->replaced);
	view->replaced = NULL;
	ui->next = &scr_ask;
	ui->next_argument = &view->print;
	return SCREEN_PUSH;
}

/* After a screen above: the letter was printed, or has gone. */
static unsigned view_load(struct ui *ui, void *state)
{
	struct letter_view *view = state;
	bool is_next_wanted = view->is_next_wanted;

	view->is_next_wanted = false;
	if (is_next_wanted)
		return view_next(ui, view);
	if (view->is_printed) {
		view->is_printed = false;
		return SCREEN_STAY;
	}
	view_read(ui, view);
	if (view->at.is_queue && view->is_open && !view->request.to_send) {
		queue_walk_done(&view->queue);
		return view_next(ui, view);
	}
	return SCREEN_STAY;
}

static unsigned view_resized(struct ui *ui, void *state)
{
	struct letter_view *view = state;

	if (view->text)
		page_make(ui, view);
	return SCREEN_STAY;
}

static bool view_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct letter_view *view = state;
	const struct move_facts facts = { &view->request, &view->beside };
	bool cannot = false;

	if (id == COMMAND_PRINT)
		cannot = !view->text;
	else if (id == COMMAND_SENT)
		cannot = !view->text || view->at.sent != 0 ||
			 move_cannot(ui, &facts, MOVE_SENT, out_why);
	else if (id == COMMAND_NEXT)
		cannot = !view->at.is_queue;
	out_why[0] = '\0';
	return cannot;
}

/* The letter that is shown among those there were; NULL: it has not gone. */
static const struct letter_row *row_of(const struct letter_view *view)
{
	const struct letter_row *found = NULL;

	for (size_t i = 0; i < view->beside.letter_count; i++) {
		const struct letter_row *row = &view->beside.letters[i];

		if (row->id != 0 && (row->id == view->at.sent || view->at.sent == 0))
			found = row;
	}
	return view->at.sent == 0 && view->request.to_send ? NULL : found;
}

static void path_make(const struct letter_view *view, struct buffer *out)
{
	const struct letter_row *row = row_of(view);
	char shown[64];

	if (!view->text)
		return;
	if (!row) {
		buffer_print(out, "%s · not sent yet",
			letter_kind_name((int)letter_of_state(view->request.state)));
		return;
	}
	day_shown(row->sent_on, shown);
	buffer_print(out, "%s · went on %s by %s, says %s", letter_kind_name((int)row->kind), shown,
		code_label(code_set_find("channel"), row->channel), row->person_name);
}

static void view_draw(const struct ui *ui, const void *state)
{
	const struct letter_view *view = state;
	const struct draw_area area = { DRAW_BODY, 0, draw_body_rows(ui), ui->columns };
	const struct draw_area bad = { DRAW_BODY + 1, 2, draw_body_rows(ui) - 2, ui->columns - 4 };
	struct frame frame = { .commands = scr_letter.commands,
		.cannot = view_cannot,
		.state = view,
		.is_bad = ui->told.status != DESK_OK };
	struct buffer title, path;

	buffer_init(&title);
	buffer_init(&path);
	queue_walk_title(&view->queue, "Letter", &title);
	buffer_add(&title, view->at.reference);
	path_make(view, &path);
	if (view->text)
		frame.more = page_draw(&view->page, &area, PAGE_NO_ITEM);
	else
		draw_wrapped(&bad, DRAW_BAD, view->notice.text);
	frame.title = buffer_text(&title);
	frame.path = buffer_text(&path);
	if (ui->told.text[0])
		frame.explain = ui->told.text;
	else if (view->text && row_of(view))
		frame.explain = "It has gone: these are the words that went.";
	else if (view->text)
		frame.explain = "It stands in To send until s says that it has gone.";
	draw_frame(ui, &frame);
	buffer_done(&title);
	buffer_done(&path);
}

static unsigned view_command(struct ui *ui, void *state, enum command_id id)
{
	struct letter_view *view = state;
	const size_t rows = (size_t)draw_body_rows(ui);
	char why[WHY_SIZE];

	if (id == COMMAND_BACK)
		return SCREEN_POP | SCREEN_RELOAD;
	if (view_cannot(ui, view, id, why))
		return SCREEN_STAY;
	if (id == COMMAND_PRINT)
		return print_ask(ui, view);
	if (id == COMMAND_NEXT) {
		view->is_next_wanted = true;
		return SCREEN_RELOAD;
	}
	if (id == COMMAND_SENT) {
		view->argument = (struct decide_argument) { .move = MOVE_SENT,
			.request = &view->request,
			.beside = &view->beside,
			.because = view->because };
		ui->next = &scr_decide;
		ui->next_argument = &view->argument;
		return SCREEN_PUSH;
	}
	if (id == COMMAND_SEE) {
		ui->next = &scr_receipt;
		ui->next_argument = view->at.reference;
		return SCREEN_PUSH;
	}
	page_scroll(&view->page, command_rows(id, (long)rows), rows);
	return SCREEN_STAY;
}

static void view_done(void *state)
{
	struct letter_view *view = state;

	view_clear(view);
	queue_walk_clear(&view->queue);
	mem_free(view->because);
	mem_free(view->replaced);
}

static void view_keep(const void *state, struct draft *draft)
{
	const struct letter_view *view = state;

	draft_put(draft, view->at.reference);
	draft_put_number(draft, (long)view->at.sent);
	draft_put_number(draft, view->at.is_queue);
	draft_put(draft, view->because);
	draft_put_number(draft, (long)view->page.top);
}

static unsigned view_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct letter_view *view = state;
	struct letter_argument argument = { .because = NULL };
	char *because;
	unsigned flags;

	draft_take_into(draft, argument.reference, sizeof(argument.reference));
	argument.sent = draft_take_number(draft);
	argument.is_queue = draft_take_number(draft) != 0;
	because = draft_take(draft);
	argument.because = because[0] ? because : NULL;
	(void)view_open(ui, state, &argument);
	view->at.because = NULL;
	mem_free(because);
	flags = view_load(ui, state);
	page_scroll(&view->page, draft_take_number(draft), (size_t)draw_body_rows(ui));
	if (flags == SCREEN_STAY && view->text)
		(void)print_ask(ui, view);
	return flags;
}

static const enum command_id view_commands[] = { COMMAND_SENT, COMMAND_PRINT, COMMAND_NEXT,
	COMMAND_SEE, COMMAND_UP, COMMAND_DOWN, COMMAND_PAGE_UP, COMMAND_PAGE_DOWN, COMMAND_REDRAW,
	COMMAND_HELP, COMMAND_BACK, COMMAND_NONE };

const struct screen_ops scr_letter = {
	.name = "a letter",
	.state_size = sizeof(struct letter_view),
	.commands = view_commands,
	.open = view_open,
	.waiting = "reading …",
	.load = view_load,
	.draw = view_draw,
	.cannot = view_cannot,
	.resized = view_resized,
	.command = view_command,
	.done = view_done,
	.keep = view_keep,
	.resume = view_resume,
};
