/*
 * One receipt in tabs (receipt_tabs.c); its moves are made from here
 * (receipt_acts.c). Its opening is recorded once; it is read again after a move,
 * the history when it is looked at. At 120 columns and more the list it
 * was opened from stands at its left.
 */
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/listing.h"
#include "tui/doors.h"
#include "tui/draft.h"
#include "tui/receipt_cells.h"
#include "tui/receipt_list.h"
#include "tui/receipt_private.h"

static unsigned receipt_open(struct ui *ui, void *state, const void *argument)
{
	struct receipt *receipt = state;

	snprintf(receipt->reference, sizeof(receipt->reference), "%s", (const char *)argument);
	receipt->because = ui->because;
	ui->because = NULL;
	receipt->item = PAGE_NO_ITEM;
	receipt->wanted = COMMAND_NONE;
	receipt->asked = COMMAND_NONE;
	return SCREEN_RELOAD;
}

static unsigned receipt_resized(struct ui *ui, void *state)
{
	struct receipt *receipt = state;

	if (receipt->is_open)
		receipt_tab_make(ui, receipt);
	return SCREEN_STAY;
}

static void receipt_clear(struct receipt *receipt)
{
	if (receipt->is_open)
		request_clear(&receipt->request);
	desk_beside_clear(&receipt->beside);
	receipt_tabs_clear(receipt);
	page_clear(&receipt->page);
	receipt->is_open = false;
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
	return receipt_item_first(page);
}

static void receipt_read_all(struct ui *ui, struct receipt *receipt)
{
	const struct receipt_look look = { receipt->reference, receipt->because, receipt->is_open };
	struct notice told = ui->told;
	size_t top = receipt->page.top;

	receipt_clear(receipt);
	memset(&receipt->notice, 0, sizeof(receipt->notice));
	if (!receipt_read(ui, &look, &receipt->request)) {
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

static unsigned receipt_load(struct ui *ui, void *state)
{
	struct receipt *receipt = state;
	bool is_judged =
		receipt->wanted == COMMAND_JUDGE_YES || receipt->wanted == COMMAND_JUDGE_NO;
	bool is_tab_only = receipt->is_open &&
			   (receipt->wanted == COMMAND_VIEW ||
				   (receipt_tab_waits(receipt) && receipt->wanted == COMMAND_NONE));

	if (receipt->wanted == COMMAND_VIEW)
		receipt_file_view(ui, receipt);
	else if (receipt->wanted != COMMAND_NONE && receipt_act_do(ui, receipt) == SCREEN_PUSH)
		return SCREEN_PUSH;
	if (!is_tab_only)
		receipt_read_all(ui, receipt);
	if (receipt->is_open)
		receipt_tab_load(ui, receipt);
	if (!receipt->is_open)
		return SCREEN_STAY;
	receipt_tab_make(ui, receipt);
	if (receipt->part == PART_SUMMARY)
		receipt->item = item_next(receipt, is_judged);
	else if (receipt_has_items(receipt) && receipt->item == PAGE_NO_ITEM)
		receipt->item = receipt_item_first(&receipt->page);
	return SCREEN_STAY;
}

static void age_make(const struct age *age, bool is_brief, struct buffer *out)
{
	if (is_brief && age->due[0])
		buffer_add(out, "due ");
	else if (age->days >= 0)
		buffer_print(out, "%d %sday%s old%s", (int)age->days, is_brief ? "" : "working ",
			age->days == 1 ? "" : "s", age->due[0] ? ", due " : "");
	if (age->days >= 0 && age->due[0])
		listing_due(age, out);
}

/* In what room the tabs leave: in full, in few words, or not at all. */
static void age_draw(const struct ui *ui, const struct age *age, int from)
{
	const int room = ui->columns - 2 - from;

	for (int brief = 0; brief < 2; brief++) {
		struct buffer text;
		bool fits;

		buffer_init(&text);
		age_make(age, brief == 1, &text);
		fits = draw_width(buffer_text(&text)) <= room;
		if (fits)
			draw_text_right(
				DRAW_PATH, ui->columns - 1, room, DRAW_PLAIN, buffer_text(&text));
		buffer_done(&text);
		if (fits)
			return;
	}
}

/* What the selected check that fails leads to, where that can be done now. */
static void advice_add(enum rule_advice advice, enum request_state state, struct buffer *out)
{
	if (advice == ADVICE_QUERY && flow_may(MOVE_QUERY, state))
		buffer_add(out, " · for this one ask the sender");
	else if (advice == ADVICE_REJECT && flow_may(MOVE_REJECT, state))
		buffer_add(out, " · for this one it is rejected");
}

/* "Can't accept yet: 2 checks fail …", or where it stands. */
static void explain_make(const struct ui *ui, const struct receipt *receipt, struct buffer *out)
{
	const struct request *request = &receipt->request;
	const struct state_facts facts = { request->state, request->field[FIELD_DECIDED],
		request->assigned_to, request->field[FIELD_NEEDED_BY], request->imported,
		strcmp(request->field[FIELD_SAFEGUARDING], "yes") == 0, request->correcting };
	const struct move_facts all = receipt_facts(receipt);
	const struct finding *finding = receipt_finding(receipt);
	const bool is_ours =
		flow_may(MOVE_ACCEPT, request->state) && !command_is_barred(ui, COMMAND_ACCEPT);
	char why[WHY_SIZE];

	buffer_add(out, ui->told.text);
	if (ui->told.status != DESK_OK)
		return;
	if (is_ours && ui->told.text[0])
		buffer_add(out, " · ");
	if (is_ours && !move_cannot(ui, &all, MOVE_ACCEPT, why))
		buffer_add(out, "Nothing stands against accepting it");
	else if (is_ours)
		buffer_print(out, "Can't accept yet: %s", why);
	else if (!ui->told.text[0])
		state_explain(&facts, out);
	if (finding && finding->result == RULE_FAIL && !finding->is_excepted)
		advice_add(finding->rule->advice, request->state, out);
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
	int left = receipt_list_width(ui);
	const struct draw_area area = { DRAW_BODY, left, draw_body_rows(ui), ui->columns - left };
	const struct draw_area bad = { DRAW_BODY + 1, left + 2, draw_body_rows(ui) - 2,
		ui->columns - left - 4 };
	struct frame frame = { .commands = scr_receipt.commands,
		.cannot = receipt_cannot,
		.state = receipt,
		.is_bad = ui->told.status != DESK_OK };
	struct buffer title, explain;

	buffer_init(&title);
	buffer_init(&explain);
	buffer_add(&title, receipt->reference);
	if (left > 0) {
		frame.left = list_draw_narrow(ui, ui->list, left - 3);
		list_rule_draw(ui, left);
	}
	if (receipt->is_open) {
		buffer_print(&title, "  %s", state_name(receipt->request.state));
		if (receipt->request.assigned_to[0])
			buffer_print(&title, " · %s", receipt->request.assigned_to);
		explain_make(ui, receipt, &explain);
		frame.more = page_draw(&receipt->page, &area,
			receipt_has_items(receipt) ? receipt->item : PAGE_NO_ITEM);
	} else {
		draw_wrapped(&bad, DRAW_BAD, receipt->notice.text);
	}
	frame.title = buffer_text(&title);
	frame.explain = buffer_text(&explain);
	draw_frame(ui, &frame);
	if (receipt->is_open)
		age_draw(ui, &receipt->beside.age, receipt_tabs_draw(ui, receipt));
	buffer_done(&title);
	buffer_done(&explain);
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
	bool is_up = id == COMMAND_LINE_UP, is_line = is_up || id == COMMAND_LINE_DOWN;

	if (is_line && receipt_has_items(receipt) && receipt->item != PAGE_NO_ITEM) {
		int item = item_beside(&receipt->page, receipt->item, !is_up);

		if (item != receipt->item) {
			receipt->item = item;
			page_settle(&receipt->page, rows, item);
			return SCREEN_STAY;
		}
	}
	page_scroll(&receipt->page, command_rows(id, (long)rows), rows);
	return SCREEN_STAY;
}

static unsigned show_all(struct ui *ui, struct receipt *receipt)
{
	receipt->shows_all = !receipt->shows_all;
	receipt_tab_make(ui, receipt);
	if (item_beside(&receipt->page, receipt->item, false) == receipt->item)
		receipt->item = receipt_item_first(&receipt->page);
	page_settle(&receipt->page, (size_t)draw_body_rows(ui), receipt->item);
	return SCREEN_STAY;
}

static unsigned receipt_command(struct ui *ui, void *state, enum command_id id)
{
	struct receipt *receipt = state;
	unsigned flags;

	if (id == COMMAND_BACK)
		return SCREEN_POP | SCREEN_RELOAD;
	if (!receipt->is_open)
		return SCREEN_STAY;
	if (id == COMMAND_VIEW && receipt->part == PART_LETTERS)
		id = COMMAND_LETTER;
	if (id == COMMAND_VIEW || id == COMMAND_ATTACH || id == COMMAND_EXTRACT)
		return receipt_file_act(ui, receipt, id);
	flags = receipt_act(ui, receipt, id);
	if (flags != SCREEN_UNUSED)
		return flags;
	if (id == COMMAND_TAB || id == COMMAND_TAB_BACK)
		return receipt_tab_open(
			ui, receipt, (int)receipt->part + (id == COMMAND_TAB ? 1 : -1));
	if (id == COMMAND_TAB_NUMBER)
		return ui->key - '1' < PARTS ? receipt_tab_open(ui, receipt, ui->key - '1')
					     : SCREEN_STAY;
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

static void receipt_keep(const void *state, struct draft *draft)
{
	const struct receipt *receipt = state;

	draft_put(draft, receipt->reference);
	draft_put(draft, receipt->because);
	draft_put_number(draft, (long)receipt->part);
	draft_put_number(draft, receipt->shows_all);
	draft_put_number(draft, receipt->item);
	draft_put_number(draft, (long)receipt->page.top);
}

static unsigned receipt_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct receipt *receipt = state;
	const struct page *page = &receipt->page;
	unsigned flags;
	int item;
	long part;

	draft_take_into(draft, receipt->reference, sizeof(receipt->reference));
	receipt->because = draft_take(draft);
	part = draft_take_number(draft);
	receipt->part = part > 0 && part < PARTS ? (enum part)part : PART_SUMMARY;
	receipt->shows_all = draft_take_number(draft) != 0;
	receipt->item = PAGE_NO_ITEM;
	receipt->wanted = COMMAND_NONE;
	receipt->asked = COMMAND_NONE;
	item = (int)draft_take_number(draft);
	receipt->page.top = (size_t)draft_take_number(draft);
	flags = receipt_load(ui, state);
	for (size_t i = 0; i < page->count; i++)
		if (page->lines[i].item == item)
			receipt->item = item;
	page_scroll(&receipt->page, 0, (size_t)draw_body_rows(ui));
	return flags;
}

static const enum command_id receipt_commands[] = { COMMAND_REVIEW, COMMAND_GUARDIAN,
	COMMAND_ANSWER, COMMAND_LETTER, COMMAND_SENT, COMMAND_RESUBMIT, COMMAND_VIEW,
	COMMAND_ATTACH, COMMAND_EXTRACT, COMMAND_JUDGE_YES, COMMAND_JUDGE_NO, COMMAND_ACCEPT,
	COMMAND_TRACE, COMMAND_NO_TRACE, COMMAND_REJECT, COMMAND_ASK, COMMAND_EDIT, COMMAND_TAB,
	COMMAND_HOLD, COMMAND_RESUME, COMMAND_NOTE, COMMAND_EXCEPT, COMMAND_TAKE, COMMAND_HAND,
	COMMAND_WITHDRAW, COMMAND_LINK, COMMAND_INCIDENT, COMMAND_CORRECT, COMMAND_ALL,
	COMMAND_TAB_BACK, COMMAND_TAB_NUMBER, COMMAND_LINE_UP, COMMAND_LINE_DOWN, COMMAND_PAGE_UP,
	COMMAND_PAGE_DOWN, COMMAND_TOP, COMMAND_BOTTOM, COMMAND_REDRAW, COMMAND_HELP, COMMAND_BACK,
	COMMAND_NONE };

const struct screen_ops scr_receipt = {
	.name = "a receipt",
	.state_size = sizeof(struct receipt),
	.commands = receipt_commands,
	.open = receipt_open,
	.waiting = "reading …",
	.load = receipt_load,
	.draw = receipt_draw,
	.cannot = receipt_cannot,
	.resized = receipt_resized,
	.command = receipt_command,
	.done = receipt_done,
	.keep = receipt_keep,
	.resume = receipt_resume,
};
