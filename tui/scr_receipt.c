/*
 * One receipt in parts: summary with its checks, the form, the subjects, notes,
 * history. Its moves are made from here. It is read, and its opening recorded,
 * once, and again after a move; the history when it is looked at. At 120
 * columns and more the list it was opened from stands at its left.
 */
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/listing.h"
#include "tui/moves.h"
#include "tui/receipt_lines.h"
#include "tui/receipt_list.h"
#include "tui/receipt_parts.h"

enum part { PART_SUMMARY, PART_FORM, PART_SUBJECTS, PART_NOTES, PART_HISTORY, PARTS };

struct receipt {
	char reference[REFERENCE_SIZE];
	char *because; /* NULL: none needed */
	bool is_open;
	struct request request;
	struct desk_beside beside;
	struct desk_history history;
	bool has_history, shows_all;
	enum part part;
	struct page page;
	int item;		/* the check selected; PAGE_NO_ITEM: none */
	enum command_id wanted; /* the move that the next load makes */
	struct decide_argument argument;
	struct log_argument log;
	struct notice notice; /* why it is not open */
};

static unsigned receipt_open(struct ui *ui, void *state, const void *argument)
{
	struct receipt *receipt = state;

	snprintf(receipt->reference, sizeof(receipt->reference), "%s", (const char *)argument);
	receipt->because = ui->because;
	ui->because = NULL;
	receipt->item = PAGE_NO_ITEM;
	receipt->wanted = COMMAND_NONE;
	return SCREEN_RELOAD;
}

/* Columns that the list at the left takes; 0 when there is none. */
static int list_width(const struct ui *ui)
{
	if (!ui->list || ui->columns < DRAW_WIDE_COLUMNS)
		return 0;
	return ui->columns >= 160 ? 60 : 40;
}

static struct move_facts facts_of(const struct receipt *receipt)
{
	return (struct move_facts) { &receipt->request, &receipt->beside };
}

/* What was traced is for the assigned caseworker and who reviews it. */
static bool may_see_found(const struct ui *ui, const struct request *request)
{
	return strcmp(request->assigned_to, desk_person(ui->desk)->name) == 0 ||
	       (request->state == STATE_RELEASE_PROPOSED && review_is_for(ui, request->state));
}

static void page_make(const struct ui *ui, struct receipt *receipt)
{
	const struct receipt_whole whole = { &receipt->request, &receipt->beside, &receipt->history,
		&ui->services, receipt->shows_all };

	page_start(&receipt->page, ui->columns - list_width(ui) - PAGE_MARGIN - 1);
	switch (receipt->part) {
	case PART_SUMMARY:
		part_summary(&receipt->page, &whole);
		break;
	case PART_FORM:
		lines_form(&receipt->page, &receipt->request, &ui->services);
		break;
	case PART_SUBJECTS:
		lines_subjects(
			&receipt->page, &receipt->request, may_see_found(ui, &receipt->request));
		break;
	case PART_NOTES:
		part_notes(&receipt->page, &whole);
		break;
	case PART_HISTORY:
		part_history(&receipt->page, &whole);
		break;
	case PARTS:
		break;
	}
	page_settle(&receipt->page, (size_t)draw_body_rows(ui), PAGE_NO_ITEM);
}

static unsigned receipt_resized(struct ui *ui, void *state)
{
	struct receipt *receipt = state;

	if (receipt->is_open)
		page_make(ui, receipt);
	return SCREEN_STAY;
}

static void history_clear(struct receipt *receipt)
{
	mem_free(receipt->history.events);
	receipt->history = (struct desk_history) { 0 };
	receipt->has_history = false;
}

static void receipt_clear(struct receipt *receipt)
{
	if (receipt->is_open)
		request_clear(&receipt->request);
	desk_beside_clear(&receipt->beside);
	history_clear(receipt);
	page_clear(&receipt->page);
	receipt->is_open = false;
}

/* The first check in reading order: one that fails before all others. */
static int item_first(const struct page *page)
{
	for (size_t i = 0; i < page->count; i++)
		if (page->lines[i].item != PAGE_NO_ITEM)
			return page->lines[i].item;
	return PAGE_NO_ITEM;
}

/* The check selected once the receipt is read: after a judgement the next to judge. */
static int item_next(const struct receipt *receipt, bool is_judged)
{
	const struct page *page = &receipt->page;

	for (size_t i = 0; i < page->count && is_judged; i++) {
		int item = page->lines[i].item;

		if (item != PAGE_NO_ITEM &&
			receipt->beside.findings.finding[item].result == RULE_OPEN)
			return item;
	}
	return item_first(page);
}

static void receipt_read_all(struct ui *ui, struct receipt *receipt)
{
	struct notice told = ui->told;
	size_t top = receipt->page.top;

	receipt_clear(receipt);
	memset(&receipt->notice, 0, sizeof(receipt->notice));
	if (!receipt_read(ui, receipt->reference, receipt->because, &receipt->request)) {
		receipt->notice = ui->told;
		return;
	}
	receipt->is_open = true;
	ui->told = told;
	if (desk_request_beside(ui->desk, &receipt->request, &receipt->beside, &receipt->notice) !=
		DESK_OK)
		ui->told = receipt->notice;
	receipt->page.top = top;
}

static void judge(struct ui *ui, struct receipt *receipt)
{
	const struct desk_move move = { .move = MOVE_JUDGE,
		.reference = receipt->reference,
		.rule = receipt->beside.findings.finding[receipt->item].rule->code,
		.holds = receipt->wanted == COMMAND_JUDGE_YES };

	if (receipt_move(ui, &move))
		snprintf(ui->told.text, sizeof(ui->told.text), "Judged: it %s",
			move.holds ? "holds" : "does not hold");
}

/* The moves that need nothing typed. */
static void wanted_make(struct ui *ui, struct receipt *receipt)
{
	struct desk_move move = { .move = MOVE_ASSIGN,
		.reference = receipt->reference,
		.person = desk_person(ui->desk)->name };

	if (receipt->wanted == COMMAND_ACCEPT)
		move.move = MOVE_ACCEPT;
	else if (receipt->wanted == COMMAND_RESUME)
		move.move = MOVE_RESUME;
	if (receipt->wanted == COMMAND_JUDGE_YES || receipt->wanted == COMMAND_JUDGE_NO)
		judge(ui, receipt);
	else
		(void)receipt_move(ui, &move);
	receipt->wanted = COMMAND_NONE;
}

static unsigned receipt_load(struct ui *ui, void *state)
{
	struct receipt *receipt = state;
	bool is_judged =
		receipt->wanted == COMMAND_JUDGE_YES || receipt->wanted == COMMAND_JUDGE_NO;
	bool is_history = receipt->is_open && receipt->part == PART_HISTORY &&
			  !receipt->has_history && receipt->wanted == COMMAND_NONE;

	if (receipt->wanted != COMMAND_NONE)
		wanted_make(ui, receipt);
	if (!is_history)
		receipt_read_all(ui, receipt);
	if (receipt->is_open && receipt->part == PART_HISTORY)
		receipt->has_history =
			desk_request_history(ui->desk, receipt->reference, receipt->because,
				&receipt->history, &ui->told) == DESK_OK;
	if (!receipt->is_open)
		return SCREEN_STAY;
	page_make(ui, receipt);
	if (receipt->part == PART_SUMMARY)
		receipt->item = item_next(receipt, is_judged);
	return SCREEN_STAY;
}

/* The check under the cursor; NULL: none. */
static const struct finding *finding_selected(const struct receipt *receipt)
{
	if (receipt->part != PART_SUMMARY || receipt->item == PAGE_NO_ITEM)
		return NULL;
	return &receipt->beside.findings.finding[receipt->item];
}

static void age_make(const struct age *age, struct buffer *out)
{
	if (age->days < 0)
		return;
	buffer_print(out, "%d working day%s old", (int)age->days, age->days == 1 ? "" : "s");
	if (age->due[0]) {
		buffer_add(out, ", due ");
		listing_due(age, out);
	}
}

static void parts_draw(const struct ui *ui, const struct receipt *receipt)
{
	static const char *const names[PARTS] = { "Summary", "Form", "Subjects", "Notes",
		"History" };
	const size_t counts[PARTS] = { [PART_SUBJECTS] = receipt->request.subject_count,
		[PART_NOTES] = receipt->beside.note_count +
			       (receipt->request.field[FIELD_NOTE][0] ? 1 : 0) };
	int column = 1;

	for (int i = 0; i < PARTS; i++) {
		bool is_here = (enum part)i == receipt->part;
		char text[64], count[32] = "";

		if (counts[i] > 0)
			snprintf(count, sizeof(count), " %zu", counts[i]);
		snprintf(text, sizeof(text), is_here ? "[%s%s]" : "%s%s", names[i], count);
		column += draw_text(DRAW_PATH, column, ui->columns - column,
				  is_here ? DRAW_BOLD : DRAW_PLAIN, text) +
			  2;
	}
}

static const struct {
	enum command_id command;
	enum move move;
	bool is_typed; /* something is asked first */
} command_moves[] = {
	{ COMMAND_JUDGE_YES, MOVE_JUDGE, false },
	{ COMMAND_JUDGE_NO, MOVE_JUDGE, false },
	{ COMMAND_ACCEPT, MOVE_ACCEPT, false },
	{ COMMAND_RESUME, MOVE_RESUME, false },
	{ COMMAND_EDIT, MOVE_EDIT, true },
	{ COMMAND_ANSWER, MOVE_ANSWER, true },
	{ COMMAND_TAKE, MOVE_ASSIGN, false },
	{ COMMAND_HAND, MOVE_ASSIGN, true },
	{ COMMAND_EXCEPT, MOVE_EXCEPT, true },
	{ COMMAND_REJECT, MOVE_REJECT, true },
	{ COMMAND_ASK, MOVE_QUERY, true },
	{ COMMAND_HOLD, MOVE_HOLD, true },
	{ COMMAND_TRACE, MOVE_TRACE, true },
	{ COMMAND_NO_TRACE, MOVE_NO_TRACE, true },
	{ COMMAND_GUARDIAN, MOVE_GUARDIAN, true },
	{ COMMAND_WITHDRAW, MOVE_WITHDRAW, true },
	{ COMMAND_NOTE, MOVE_NOTE, true },
	{ COMMAND_REVIEW, MOVE_CONFIRM, false },
};

enum { COMMAND_MOVES = sizeof(command_moves) / sizeof(command_moves[0]) };

/* The index of a command's move; COMMAND_MOVES when it makes none. */
static size_t move_of(enum command_id id)
{
	size_t i = 0;

	while (i < COMMAND_MOVES && command_moves[i].command != id)
		i++;
	return i;
}

/* Which of the moves that cannot be made are worth a word; the rest would only crowd the bar. */
static bool is_worth_telling(const struct ui *ui, enum command_id id)
{
	bool is_wide = ui->columns >= DRAW_WIDE_COLUMNS;

	return id == COMMAND_ACCEPT || id == COMMAND_REVIEW ||
	       (is_wide && (id == COMMAND_TRACE || id == COMMAND_REJECT || id == COMMAND_EXCEPT));
}

static bool receipt_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct receipt *receipt = state;
	const struct finding *finding = finding_selected(receipt);
	const struct move_facts facts = facts_of(receipt);
	size_t at = move_of(id);
	bool cannot;

	out_why[0] = '\0';
	if (id == COMMAND_ALL)
		return receipt->part != PART_SUMMARY || receipt->beside.findings.count == 0;
	if (at == COMMAND_MOVES)
		return false;
	if (!receipt->is_open)
		return true;
	cannot = move_cannot(ui, &facts, command_moves[at].move, out_why);
	if (command_moves[at].move == MOVE_JUDGE)
		cannot = cannot || !finding || !finding->rule->is_judged;
	if (id == COMMAND_EDIT && flow_may(MOVE_ANSWER, receipt->request.state))
		cannot = true; /* the key takes in the answer then */
	if (!is_worth_telling(ui, id) || state_is_final(receipt->request.state))
		out_why[0] = '\0';
	out_why[strcspn(out_why, ",")] = '\0';
	if ((id == COMMAND_REVIEW || id == COMMAND_ACCEPT) &&
		!flow_may(command_moves[at].move, receipt->request.state))
		out_why[0] = '\0';
	return cannot;
}

/* "Can't accept yet: 2 checks fail …", or where it stands. */
static void explain_make(const struct ui *ui, const struct receipt *receipt, struct buffer *out)
{
	const struct request *request = &receipt->request;
	const struct state_facts facts = { request->state, request->field[FIELD_DECIDED],
		request->assigned_to, request->field[FIELD_NEEDED_BY], request->imported,
		strcmp(request->field[FIELD_SAFEGUARDING], "yes") == 0 };
	const struct move_facts all = facts_of(receipt);
	const struct finding *finding = finding_selected(receipt);
	char why[WHY_SIZE];

	buffer_add(out, ui->told.text);
	if (ui->told.status != DESK_OK)
		return;
	buffer_add(out, ui->told.text[0] ? " · " : "");
	if (flow_may(MOVE_ACCEPT, request->state) && !move_cannot(ui, &all, MOVE_ACCEPT, why))
		buffer_add(out, "Nothing stands against accepting it");
	else if (flow_may(MOVE_ACCEPT, request->state))
		buffer_print(out, "Can't accept yet: %s", why);
	else
		state_explain(&facts, out);
	if (finding && finding->rule->advice != ADVICE_NONE && finding->result == RULE_FAIL)
		buffer_print(out, " · this one leads to %s",
			finding->rule->advice == ADVICE_REJECT ? "a rejection"
							       : "asking the sender");
	buffer_add(out, ".");
}

static void list_rule_draw(const struct ui *ui, int width)
{
	for (int row = 0; row < draw_body_rows(ui); row++)
		draw_text(DRAW_BODY + row, width - 2, 1, DRAW_FAINT, "│");
}

static void receipt_draw(const struct ui *ui, const void *state)
{
	const struct receipt *receipt = state;
	int left = list_width(ui);
	const struct draw_area area = { DRAW_BODY, left, draw_body_rows(ui), ui->columns - left };
	const struct draw_area bad = { DRAW_BODY + 1, left + 2, draw_body_rows(ui) - 2,
		ui->columns - left - 4 };
	struct frame frame = { .commands = scr_receipt.commands,
		.cannot = receipt_cannot,
		.state = receipt,
		.is_bad = ui->told.status != DESK_OK };
	struct buffer title, explain, age;

	buffer_init(&title);
	buffer_init(&explain);
	buffer_init(&age);
	buffer_add(&title, receipt->reference);
	if (left > 0) {
		list_draw_narrow(ui, ui->list, left - 3);
		list_rule_draw(ui, left);
	}
	if (receipt->is_open) {
		buffer_print(&title, "  %s", state_name(receipt->request.state));
		if (receipt->request.assigned_to[0])
			buffer_print(&title, " · %s", receipt->request.assigned_to);
		explain_make(ui, receipt, &explain);
		age_make(&receipt->beside.age, &age);
		page_draw(&receipt->page, &area,
			receipt->part == PART_SUMMARY ? receipt->item : PAGE_NO_ITEM);
	} else {
		draw_wrapped(&bad, DRAW_BAD, receipt->notice.text);
	}
	frame.title = buffer_text(&title);
	frame.explain = buffer_text(&explain);
	frame.path_right = buffer_text(&age);
	draw_frame(ui, &frame);
	if (receipt->is_open)
		parts_draw(ui, receipt);
	buffer_done(&title);
	buffer_done(&explain);
	buffer_done(&age);
}

/* The item before or after the selected one; the same at the ends. */
static int item_beside(const struct page *page, int item, bool after)
{
	int before = item, last = PAGE_NO_ITEM;
	bool was_here = false;

	for (size_t i = 0; i < page->count; i++) {
		int here = page->lines[i].item;

		if (here == PAGE_NO_ITEM || here == last)
			continue;
		if (was_here && after)
			return here;
		if (here == item && last != PAGE_NO_ITEM)
			before = last;
		was_here = here == item;
		last = here;
	}
	return after ? item : before;
}

static unsigned receipt_move_to(const struct ui *ui, struct receipt *receipt, enum command_id id)
{
	size_t rows = (size_t)draw_body_rows(ui);
	long page = (long)rows, all = (long)receipt->page.count;
	bool is_up = id == COMMAND_LINE_UP, is_line = is_up || id == COMMAND_LINE_DOWN;

	if (is_line && receipt->part == PART_SUMMARY && receipt->item != PAGE_NO_ITEM) {
		int item = item_beside(&receipt->page, receipt->item, !is_up);

		if (item != receipt->item) {
			receipt->item = item;
			page_settle(&receipt->page, rows, item);
			return SCREEN_STAY;
		}
	}
	if (is_line)
		page_scroll(&receipt->page, is_up ? -1 : 1, rows);
	else if (id == COMMAND_PAGE_UP || id == COMMAND_PAGE_DOWN)
		page_scroll(&receipt->page, id == COMMAND_PAGE_UP ? -page : page, rows);
	else
		page_scroll(&receipt->page, id == COMMAND_TOP ? -all : all, rows);
	return SCREEN_STAY;
}

static unsigned part_open(struct ui *ui, struct receipt *receipt, int part)
{
	receipt->part = (enum part)((part + PARTS) % PARTS);
	receipt->page.top = 0;
	if (receipt->part == PART_HISTORY && !receipt->has_history)
		return SCREEN_RELOAD;
	page_make(ui, receipt);
	return SCREEN_STAY;
}

static unsigned show_all(struct ui *ui, struct receipt *receipt)
{
	receipt->shows_all = !receipt->shows_all;
	page_make(ui, receipt);
	if (item_beside(&receipt->page, receipt->item, false) == receipt->item)
		receipt->item = item_first(&receipt->page);
	page_settle(&receipt->page, (size_t)draw_body_rows(ui), receipt->item);
	return SCREEN_STAY;
}

/* The form it came on, to be edited or answered. */
static unsigned form_open(struct ui *ui, struct receipt *receipt, enum move move)
{
	memcpy(receipt->log.reference, receipt->reference, sizeof(receipt->log.reference));
	receipt->log.is_answer = move == MOVE_ANSWER;
	ui->next = &scr_log;
	ui->next_argument = &receipt->log;
	return SCREEN_PUSH;
}

/* The keys that mean one thing or another as the receipt stands. */
static size_t move_meant(const struct receipt *receipt, size_t at)
{
	enum request_state state = receipt->request.state;

	if (command_moves[at].command == COMMAND_HOLD && state == STATE_HELD)
		return move_of(COMMAND_RESUME);
	if (command_moves[at].command == COMMAND_EDIT && state == STATE_AWAITING_INFORMATION)
		return move_of(COMMAND_ANSWER);
	if (command_moves[at].command == COMMAND_ANSWER && state != STATE_AWAITING_INFORMATION)
		return move_of(COMMAND_EDIT);
	return at;
}

/* A move: told why not, made by the next load, or asked about on a screen of its own. */
static unsigned receipt_make(struct ui *ui, struct receipt *receipt, size_t at)
{
	const struct move_facts facts = facts_of(receipt);
	char why[WHY_SIZE];
	enum move move;

	at = move_meant(receipt, at);
	move = command_moves[at].move;
	if (move_cannot(ui, &facts, move, why)) {
		move_cannot_tell(ui, &facts, move, &ui->told);
		return SCREEN_STAY;
	}
	if (receipt_cannot(ui, receipt, command_moves[at].command, why)) {
		if (move == MOVE_JUDGE)
			snprintf(ui->told.text, sizeof(ui->told.text),
				"Select a check marked ? with ↑↓ to judge it");
		return SCREEN_STAY;
	}
	if (move == MOVE_CONFIRM) {
		ui->next = &scr_review;
		ui->next_argument = receipt->request.reference;
		return SCREEN_PUSH;
	}
	if (!command_moves[at].is_typed) {
		receipt->wanted = command_moves[at].command;
		return SCREEN_RELOAD;
	}
	if (move == MOVE_EDIT || move == MOVE_ANSWER)
		return form_open(ui, receipt, move);
	receipt->argument =
		(struct decide_argument) { move, &receipt->request, &receipt->beside, NULL };
	ui->next = &scr_decide;
	ui->next_argument = &receipt->argument;
	return SCREEN_PUSH;
}

static unsigned receipt_command(struct ui *ui, void *state, enum command_id id)
{
	struct receipt *receipt = state;
	size_t move = move_of(id);

	if (id == COMMAND_BACK)
		return SCREEN_POP | SCREEN_RELOAD;
	if (!receipt->is_open)
		return SCREEN_STAY;
	if (move < COMMAND_MOVES)
		return receipt_make(ui, receipt, move);
	if (id == COMMAND_TAB || id == COMMAND_TAB_BACK)
		return part_open(ui, receipt, (int)receipt->part + (id == COMMAND_TAB ? 1 : -1));
	if (id == COMMAND_TAB_NUMBER)
		return ui->key - '1' < PARTS ? part_open(ui, receipt, ui->key - '1') : SCREEN_STAY;
	if (id == COMMAND_ALL)
		return receipt->part == PART_SUMMARY ? show_all(ui, receipt) : SCREEN_STAY;
	return receipt_move_to(ui, receipt, id);
}

static void receipt_done(void *state)
{
	struct receipt *receipt = state;

	receipt_clear(receipt);
	mem_free(receipt->because);
}

static const enum command_id receipt_commands[] = { COMMAND_REVIEW, COMMAND_GUARDIAN,
	COMMAND_ANSWER, COMMAND_JUDGE_YES, COMMAND_JUDGE_NO, COMMAND_ACCEPT, COMMAND_TRACE,
	COMMAND_NO_TRACE, COMMAND_REJECT, COMMAND_ASK, COMMAND_EDIT, COMMAND_TAB, COMMAND_HOLD,
	COMMAND_RESUME, COMMAND_NOTE, COMMAND_EXCEPT, COMMAND_TAKE, COMMAND_HAND, COMMAND_WITHDRAW,
	COMMAND_ALL, COMMAND_TAB_BACK, COMMAND_TAB_NUMBER, COMMAND_LINE_UP, COMMAND_LINE_DOWN,
	COMMAND_PAGE_UP, COMMAND_PAGE_DOWN, COMMAND_TOP, COMMAND_BOTTOM, COMMAND_REDRAW,
	COMMAND_HELP, COMMAND_BACK, COMMAND_NONE };

const struct screen_ops scr_receipt = {
	.name = "a receipt",
	.state_size = sizeof(struct receipt),
	.commands = receipt_commands,
	.open = receipt_open,
	.waiting = "reading …",
	.load = receipt_load,
	.draw = receipt_draw,
	.resized = receipt_resized,
	.command = receipt_command,
	.done = receipt_done,
};
