/*
 * Find: the words of a filter typed into one line, what they leave below it,
 * newest first, read by key. A filter of codes alone runs as soon as it can be
 * read; one that names somebody or something runs on Enter, since each run by
 * words is recorded. A mistake is pointed at under its word.
 */
#include <string.h>

#include "core/buffer.h"
#include "core/filter.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/receipt_list.h"
#include "tui/screen.h"
#include "tui/searches.h"
#include "tui/word_line.h"

struct find {
	struct receipt_list list;
	struct word_line words;
	struct filter filter; /* of the text */
	char *run;	      /* the words that the list below was found by; NULL: nothing yet */
	bool is_wanted;	      /* the next load runs the text */
	bool is_moved;	      /* the next load only moves the window */
	int chosen;	      /* of the searches before, while nothing is typed */
	char *places;	      /* where the words stand in the selected receipt */
	char placed[REFERENCE_SIZE]; /* which that is */
};

static bool find_is_run(const struct find *find)
{
	return find->run && find->words.why[0] == '\0' && strcmp(find->run, find->filter.text) == 0;
}

static bool find_add(void *filter, const char *word, char out_why[WORD_WHY_SIZE])
{
	_Static_assert((int)WORD_WHY_SIZE == (int)FILTER_WHY_SIZE, "the same room");
	return filter_add(filter, word, out_why);
}

/* Reads the line again: a filter, or a mistake and where it stands. */
static bool find_read(struct find *find)
{
	filter_clear(&find->filter);
	filter_init(&find->filter);
	return word_line_read(&find->words, find_add, &find->filter);
}

/* Codes, flags and days: whole as soon as they can be read, and about nobody. */
static bool find_is_coded(const struct find *find)
{
	static const enum filter_word named[] = { FILTER_ORGANISATION, FILTER_ASSIGNED,
		FILTER_REFERENCE };
	const struct request_filter *rows = &find->filter.rows;

	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		if (rows->is[named[i]] || rows->is_not[named[i]])
			return false;
	return find->filter.words > 0 && !find->filter.is_personal;
}

static unsigned find_open(struct ui *ui, void *state, const void *argument)
{
	struct find *find = state;

	(void)ui;
	(void)argument;
	word_line_init(&find->words);
	filter_init(&find->filter);
	return SCREEN_STAY;
}

/* The list is of another text from now on. */
static void find_run(struct ui *ui, struct find *find)
{
	mem_free(find->run);
	find->run = mem_text(find->filter.text);
	find->list.window.filter = &find->filter;
	find->list.window.from = FROM_BEGIN;
	find->list.window.is_running = false;
	searches_keep(ui, find->words.text);
}

/* Why the selected row is here. */
static void find_place(struct ui *ui, struct find *find)
{
	const struct request_row *row = window_selected(&find->list.window);
	struct notice notice = { 0 };

	if (row && strcmp(row->reference, find->placed) == 0)
		return;
	mem_free(find->places);
	find->places = NULL;
	if (!row)
		return;
	memcpy(find->placed, row->reference, sizeof(find->placed));
	if (desk_request_places(ui->desk, row->reference, &find->filter, &find->places, &notice) !=
		DESK_OK)
		find->list.window.notice = notice;
}

static unsigned find_load(struct ui *ui, void *state)
{
	struct find *find = state;
	struct row_window *window = &find->list.window;
	enum desk_status status = DESK_OK;
	unsigned flags;

	if (find->is_wanted)
		find_run(ui, find);
	else if (!find_is_run(find))
		return SCREEN_STAY;
	else if (!find->is_moved && window->from == FROM_WINDOW)
		status = window_refresh(ui->desk, window, list_height(ui));
	find->is_wanted = false;
	find->is_moved = false;
	flags = status == DESK_OK ? list_load(ui, &find->list) : SCREEN_STAY;
	window->is_running = !window->notice.text[0];
	find->placed[0] = '\0';
	find_place(ui, find);
	return flags;
}

static const char *find_hint(const struct find *find)
{
	if (find->words.line.size == 0)
		return "Type words and filters; F1 has the keys.";
	if (find->words.why[0])
		return find->words.why;
	if (!find_is_run(find))
		return "Enter searches; the search is recorded with its words.";
	return NULL;
}

static void find_explain(
	const struct ui *ui, const struct find *find, struct frame *frame, struct buffer *explain)
{
	const char *hint = find_hint(find);

	if (hint) {
		buffer_add(explain, hint);
		frame->explain = buffer_text(explain);
		frame->is_bad = find->words.why[0] != '\0';
		return;
	}
	if (find->places && find->places[0] && !ui->told.text[0] &&
		!find->list.window.notice.text[0])
		buffer_print(explain, "Found in %s · ", find->places);
	list_explain(ui, &find->list, frame, explain);
}

static bool find_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct find *find = state;
	const bool is_empty = find->words.line.size == 0;
	const bool has_rows = find_is_run(find) && window_selected(&find->list.window);
	const bool has_searches = is_empty && searches_count(ui) > 0;

	out_why[0] = '\0';
	if (id == COMMAND_SEARCH)
		return is_empty ? !has_searches
				: find->words.why[0] || (find_is_run(find) && !has_rows);
	if (id == COMMAND_LINE_UP || id == COMMAND_LINE_DOWN)
		return is_empty ? !has_searches : !has_rows;
	if (id == COMMAND_CLEAR)
		return is_empty;
	return command_rows(id, 1) != 0 && (is_empty || !has_rows);
}

static void find_draw(const struct ui *ui, const void *state)
{
	const struct find *find = state;
	const struct row_window *window = &find->list.window;
	struct frame frame = {
		.title = "Find", .commands = scr_find.commands, .cannot = find_cannot, .state = find
	};
	struct buffer explain;

	buffer_init(&explain);
	if (find->words.line.size > 0 && find_is_run(find))
		frame.more = window_more(window, DRAW_BODY + 1);
	else if (find->words.line.size > 0)
		frame.path_right = "not searched yet";
	find_explain(ui, find, &frame, &explain);
	if (find->words.line.size == 0)
		searches_draw(ui, find->chosen);
	else if (find->run)
		list_draw(ui, &find->list,
			find_is_run(find)
				? "No receipt matches. A word finds names, organisations, "
				  "offences and notes that begin with it."
				: "");
	draw_frame(ui, &frame);
	word_line_draw(ui, "Find", &find->words);
	buffer_done(&explain);
}

/* While nothing is typed the searches before are chosen from. */
static unsigned searches_command(struct ui *ui, struct find *find, enum command_id id)
{
	int count = searches_count(ui);

	if (id == COMMAND_LINE_DOWN && find->chosen + 1 < count)
		find->chosen++;
	if (id == COMMAND_LINE_UP && find->chosen > 0)
		find->chosen--;
	if (id != COMMAND_SEARCH || count == 0)
		return SCREEN_STAY;
	find->words.line.size =
		searches_get(ui, find->chosen, find->words.text, sizeof(find->words.text));
	find->words.line.after = 0;
	find->is_wanted = find_read(find);
	return SCREEN_RELOAD;
}

static enum command_id list_meaning(enum command_id id)
{
	return id == COMMAND_TOP ? COMMAND_FIRST : id == COMMAND_BOTTOM ? COMMAND_LAST : id;
}

static unsigned find_command(struct ui *ui, void *state, enum command_id id)
{
	struct find *find = state;
	unsigned flags;

	if (id == COMMAND_AWAY)
		return SCREEN_POP | SCREEN_RELOAD;
	if (find->words.line.size == 0)
		return searches_command(ui, find, id);
	if (id == COMMAND_SEARCH && find_is_run(find))
		return list_open(ui, &find->list);
	if (id == COMMAND_SEARCH) {
		find->is_wanted = find_read(find) && find->filter.words > 0;
		return find->is_wanted ? SCREEN_RELOAD : SCREEN_STAY;
	}
	if (!find_is_run(find))
		return SCREEN_STAY;
	flags = list_command(ui, &find->list, list_meaning(id)) & ~(unsigned)SCREEN_UNUSED;
	find->is_moved = (flags & SCREEN_RELOAD) != 0;
	if (!find->is_moved)
		find_place(ui, find);
	return flags;
}

static unsigned find_text(struct ui *ui, void *state, int key)
{
	struct find *find = state;
	bool is_good;

	(void)ui;
	if (!word_line_key(&find->words, key))
		return SCREEN_UNUSED;
	is_good = find_read(find);
	find->chosen = 0;
	find->is_wanted = is_good && find_is_coded(find) && !find_is_run(find);
	return find->is_wanted ? SCREEN_RELOAD : SCREEN_STAY;
}

static unsigned find_resized(struct ui *ui, void *state)
{
	struct find *find = state;
	unsigned flags = find_is_run(find) ? list_resized(ui, &find->list) : SCREEN_STAY;

	find->is_moved = flags != SCREEN_STAY;
	return flags;
}

static void find_done(void *state)
{
	struct find *find = state;

	list_clear(&find->list);
	filter_clear(&find->filter);
	mem_free(find->run);
	mem_free(find->places);
}

/* The line comes back as all that is typed does, sealed to its author. The words that were run are
   kept by the audit log; those of the session before go with the lock. */
static void find_keep(const void *state, struct draft *draft)
{
	const struct find *find = state;

	line_keep(&find->words.line, draft);
	draft_put_number(draft, find_is_run(find));
	list_keep(&find->list, draft);
}

static unsigned find_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct find *find = state;

	(void)find_open(ui, state, NULL);
	line_resume(&find->words.line, draft);
	find->is_wanted = find_read(find) && draft_take_number(draft) != 0;
	list_resume(&find->list, draft);
	ui->list = &find->list;
	return find->is_wanted ? SCREEN_RELOAD : SCREEN_STAY;
}

static const enum command_id find_commands[] = { COMMAND_SEARCH, COMMAND_LINE_UP, COMMAND_LINE_DOWN,
	COMMAND_SHEET_UP, COMMAND_SHEET_DOWN, COMMAND_TOP, COMMAND_BOTTOM, COMMAND_CLEAR,
	COMMAND_REDRAW, COMMAND_FORM_HELP, COMMAND_AWAY, COMMAND_NONE };

const struct screen_ops scr_find = {
	.name = "Find",
	.state_size = sizeof(struct find),
	.commands = find_commands,
	.open = find_open,
	.waiting = "searching …",
	.load = find_load,
	.draw = find_draw,
	.resized = find_resized,
	.command = find_command,
	.text = find_text,
	.done = find_done,
	.keep = find_keep,
	.resume = find_resume,
};
