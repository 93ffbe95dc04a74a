/*
 * What a colleague proposed, on one page: the sentences with what the form
 * said, the proposer's note. Enter confirms and the next proposal of the queue
 * comes up; what was typed ahead is dropped, so that nothing is confirmed
 * unread.
 */
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/codes.h"
#include "core/list.h"
#include "tui/draft.h"
#include "tui/evidence.h"
#include "tui/moves.h"
#include "tui/queue_walk.h"
#include "tui/receipt_cells.h"
#include "tui/receipt_lines.h"
#include "tui/receipt_list.h"
#include "tui/receipt_parts.h"
#include "tui/terminal.h"

enum { REASONS_MOST = 9, REVIEW_LABEL = 12 };

struct review {
	char reference[REFERENCE_SIZE];
	struct queue_walk queue;
	bool is_open;
	struct request request;
	struct desk_beside beside;
	struct page page;
	bool is_struck[REASONS_MOST];
	enum command_id wanted;
	struct notice notice;
	struct decide_argument argument;
};

static bool can_be_reviewed(const struct ui *ui, const struct request_row *row)
{
	return review_is_for(ui, row->state, row->correcting);
}

static unsigned review_open(struct ui *ui, void *state, const void *argument)
{
	struct review *review = state;

	(void)ui;
	snprintf(review->reference, sizeof(review->reference), "%s", (const char *)argument);
	review->wanted = COMMAND_NONE;
	review->queue.queue = QUEUE_REVIEW;
	review->queue.is_wanted = can_be_reviewed;
	return SCREEN_RELOAD;
}

static void review_clear(struct review *review)
{
	if (review->is_open)
		request_clear(&review->request);
	desk_beside_clear(&review->beside);
	page_clear(&review->page);
	review->is_open = false;
}

/* The reason of a number; false when there are not so many. */
static bool reason_at(const struct decision *decision, size_t index, char out_code[CODE_SIZE])
{
	const char *at = decision->reasons;

	while (list_take(&at, out_code, CODE_SIZE))
		if (index-- == 0)
			return true;
	return false;
}

static const char *reason_sentence(const struct review *review, const char *code)
{
	const struct desk_findings *findings = &review->beside.findings;

	for (size_t i = 0; i < findings->count; i++)
		if (strcmp(findings->finding[i].rule->code, code) == 0 &&
			findings->finding[i].result != RULE_PASS &&
			findings->finding[i].result != RULE_NOT_APPLICABLE)
			return findings->finding[i].sentence;
	return code_shown("reason", code);
}

static void reasons_put(struct review *review, const struct decision *decision)
{
	char code[CODE_SIZE], label[32];
	struct page *page = &review->page;

	for (size_t i = 0; reason_at(decision, i, code); i++) {
		bool is_struck = i < REASONS_MOST && review->is_struck[i];
		struct buffer text;

		buffer_init(&text);
		buffer_print(&text, "%s%s", reason_sentence(review, code),
			is_struck ? "  (struck)" : "");
		snprintf(label, sizeof(label), "%zu %s", i + 1, is_struck ? "–" : "✗");
		page_put(page, &(struct page_text) { .label = label,
				       .text = buffer_text(&text),
				       .column = 4,
				       .style = is_struck ? DRAW_FAINT : DRAW_BOLD });
		buffer_done(&text);
		evidence_put(page, &review->request, code);
	}
}

static void release_put(struct review *review, const struct decision *decision)
{
	struct buffer text;

	buffer_init(&text);
	codes_show("item", decision->items, &text);
	page_labelled(&review->page, REVIEW_LABEL, "To release", buffer_text(&text));
	buffer_done(&text);
	buffer_init(&text);
	codes_show("recipient", decision->recipient, &text);
	page_labelled(&review->page, REVIEW_LABEL, "To",
		text.size > 0 ? buffer_text(&text) : "(not said)");
	buffer_done(&text);
	page_gap(&review->page);
	lines_subjects(&review->page, &review->request, true);
}

static void head_put(const struct ui *ui, struct review *review)
{
	const struct request *request = &review->request;
	struct buffer text;

	buffer_init(&text);
	buffer_add(&text, service_label(&ui->services, request->field[FIELD_SERVICE]));
	if (request->field[FIELD_ORGANISATION][0])
		buffer_print(&text, " · %s", request->field[FIELD_ORGANISATION]);
	if (request->field[FIELD_REQUESTER_NAME][0]) {
		buffer_add(&text, " · ");
		officer_shown(request, FIELD_REQUESTER_NAME, &text);
	}
	if (request->field[FIELD_PURPOSE][0]) {
		buffer_add(&text, " · ");
		codes_show("purpose", request->field[FIELD_PURPOSE], &text);
	}
	page_brief(&review->page, 0, NULL, buffer_text(&text));
	page_gap(&review->page);
	buffer_done(&text);
}

static void note_put(struct review *review, const struct decision *decision)
{
	char label[NAME_SIZE + 16];

	page_gap(&review->page);
	snprintf(label, sizeof(label), "%s's note", decision->proposer_name);
	page_heading(&review->page, label);
	page_labelled(
		&review->page, 2, NULL, decision->note[0] ? decision->note : "(none was given)");
}

/* The figure's month: of the first decision. */
static void month_of(const struct request *request, char out_month[32])
{
	char month[8] = "";

	memcpy(month, request->field[FIELD_DECIDED], 7);
	month_shown(month, out_month);
}

static void correction_put(struct review *review, const struct decision *decision)
{
	const struct request *request = &review->request;
	char shown[64], text[160];

	day_shown(request->field[FIELD_DECIDED], shown);
	page_heading(&review->page, "The outcome to be corrected");
	snprintf(text, sizeof(text), "%s, decided on %s by %s", state_name(request->state), shown,
		request->field[FIELD_DECIDED_BY]);
	page_labelled(&review->page, REVIEW_LABEL, "It is", text);
	page_labelled(&review->page, REVIEW_LABEL, "It becomes",
		code_label(code_set_find("outcome"), decision->outcome));
	if (decision->reasons[0])
		page_gap(&review->page);
	reasons_put(review, decision);
}

static void page_make(const struct ui *ui, struct review *review)
{
	const struct decision *decision = decision_open(&review->beside);

	page_start(&review->page, ui->columns - PAGE_MARGIN - 1);
	if (!decision)
		return;
	head_put(ui, review);
	if (review->request.state == STATE_RELEASE_PROPOSED) {
		release_put(review, decision);
	} else if (review->request.state == STATE_WITHDRAWAL_PROPOSED) {
		page_heading(&review->page, "To be withdrawn: logged in error");
	} else if (decision->kind == DECISION_CORRECTION) {
		correction_put(review, decision);
	} else {
		if (review->request.state == STATE_EXCEPTION_PROPOSED) {
			page_heading(&review->page, "To be accepted although these fail");
			page_gap(&review->page);
		}
		reasons_put(review, decision);
	}
	note_put(review, decision);
	page_settle(&review->page, (size_t)draw_body_rows(ui), PAGE_NO_ITEM);
}

static bool may_be_reviewed(const struct review *review)
{
	return flow_may_review(review->request.state, review->request.correcting);
}

static void review_read(struct ui *ui, struct review *review)
{
	const struct receipt_look look = { review->reference, NULL, review->is_open };
	struct notice told = ui->told;

	review_clear(review);
	memset(&review->notice, 0, sizeof(review->notice));
	if (!receipt_read(ui, &look, &review->request)) {
		review->notice = ui->told;
		return;
	}
	review->is_open = true;
	ui->told = told;
	if (desk_request_beside(ui->desk, &review->request, &review->beside, &review->notice) !=
		DESK_OK)
		return;
	if (!may_be_reviewed(review))
		return;
	review->queue.queue =
		review->request.state == STATE_RELEASE_PROPOSED ? QUEUE_RELEASES : QUEUE_REVIEW;
	queue_walk_find(ui, &review->queue, review->reference, &review->notice);
	page_make(ui, review);
}

static bool confirm(struct ui *ui, const struct review *review)
{
	const struct decision *decision = decision_open(&review->beside);
	struct desk_move move = { .move = MOVE_CONFIRM, .reference = review->reference };
	char code[CODE_SIZE];
	struct buffer struck;
	bool is_made;

	buffer_init(&struck);
	for (size_t i = 0; i < REASONS_MOST && reason_at(decision, i, code); i++)
		if (review->is_struck[i])
			list_add(&struck, code);
	move.codes = struck.size > 0 ? struck.text : NULL;
	is_made = receipt_move(ui, &move);
	buffer_done(&struck);
	return is_made;
}

static unsigned review_next(struct ui *ui, struct review *review)
{
	if (!queue_walk_next(ui, &review->queue, review->reference, &ui->told)) {
		if (!ui->told.text[0])
			snprintf(ui->told.text, sizeof(ui->told.text),
				"Nothing else waits for you to review it");
		return SCREEN_POP | SCREEN_RELOAD;
	}
	memset(review->is_struck, 0, sizeof(review->is_struck));
	review->page.top = 0;
	review_read(ui, review);
	terminal_forget_keys();
	return SCREEN_STAY;
}

/* After a screen above the proposal may have gone: then the next one comes up. */
static unsigned review_load(struct ui *ui, void *state)
{
	struct review *review = state;
	enum command_id wanted = review->wanted;
	bool is_gone = wanted == COMMAND_CONFIRM;

	review->wanted = COMMAND_NONE;
	if (wanted == COMMAND_CONFIRM && !confirm(ui, review)) {
		struct notice told = ui->told;

		review_read(ui, review);
		ui->told = told;
		return SCREEN_STAY;
	}
	if (wanted == COMMAND_NONE) {
		review_read(ui, review);
		is_gone = review->is_open && !may_be_reviewed(review);
		if (!is_gone)
			return SCREEN_STAY;
	}
	if (is_gone)
		queue_walk_done(&review->queue);
	return review_next(ui, review);
}

static unsigned review_resized(struct ui *ui, void *state)
{
	struct review *review = state;

	if (review->is_open)
		page_make(ui, review);
	return SCREEN_STAY;
}

#define ALL_STRUCK "every reason is struck"

static bool all_struck(const struct review *review)
{
	const struct decision *decision = decision_open(&review->beside);
	char code[CODE_SIZE];
	size_t i = 0;

	while (i < REASONS_MOST && review->is_struck[i])
		i++;
	return i > 0 && !reason_at(decision, i, code);
}

static bool review_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct review *review = state;
	const struct move_facts facts = { &review->request, &review->beside };
	char code[CODE_SIZE];

	out_why[0] = '\0';
	if (!review->is_open)
		return id == COMMAND_CONFIRM || id == COMMAND_RETURN || id == COMMAND_STRIKE;
	if (id == COMMAND_CONFIRM && all_struck(review))
		snprintf(out_why, WHY_SIZE, ALL_STRUCK);
	if (id == COMMAND_CONFIRM)
		return out_why[0] || move_cannot(ui, &facts, MOVE_CONFIRM, out_why);
	if (id == COMMAND_RETURN)
		return move_cannot(ui, &facts, MOVE_RETURN, out_why);
	if (id == COMMAND_STRIKE)
		return review->request.state != STATE_REJECTION_PROPOSED ||
		       !reason_at(decision_open(&review->beside), 1, code);
	return false;
}

/* What confirming does, in words. */
static void confirm_explain(const struct ui *ui, const struct review *review, struct buffer *out)
{
	const struct flow_step *step = flow_find(MOVE_CONFIRM, review->request.state, FLOW_ALWAYS);
	const struct decision *open = decision_open(&review->beside);
	char month[32], today[8] = "";

	if (review->request.correcting && open) {
		month_of(&review->request, month);
		buffer_print(out, "Confirming makes it %s in %s; no letter goes out.",
			code_label(code_set_find("outcome"), open->outcome), month);
		return;
	}
	if (!step)
		return;
	buffer_print(out, "Confirming makes it %s today", state_name(step->to));
	memcpy(today, desk_today(ui->desk), 7);
	month_shown(today, month);
	if (step->to == STATE_REJECTED || step->to == STATE_APPROVED_TRACE)
		buffer_print(out, "; it counts in %s", month);
	buffer_add(out, ".");
}

static void explain_make(const struct ui *ui, const struct review *review, struct buffer *out)
{
	char why[WHY_SIZE];

	if (all_struck(review))
		buffer_add(out, "Every reason is struck: r returns it; its number takes one back.");
	else if (review_cannot(ui, review, COMMAND_CONFIRM, why))
		buffer_print(out, "It can't be reviewed by you: %s.", why);
	else
		confirm_explain(ui, review, out);
}

static void path_make(const struct review *review, struct buffer *out)
{
	const struct decision *decision = decision_open(&review->beside);
	char shown[32];

	if (!decision)
		return;
	moment_shown(decision->proposed, shown);
	buffer_print(out, "%s proposed by %s, %s UTC", decision_kind_name((int)decision->kind),
		decision->proposer_name, shown);
	out->text[0] = (char)(out->text[0] >= 'a' ? out->text[0] - 'a' + 'A' : out->text[0]);
}

static void review_draw(const struct ui *ui, const void *state)
{
	const struct review *review = state;
	const struct draw_area area = { DRAW_BODY, 0, draw_body_rows(ui), ui->columns };
	const struct draw_area bad = { DRAW_BODY + 1, 2, draw_body_rows(ui) - 2, ui->columns - 4 };
	struct frame frame = { .commands = scr_review.commands,
		.cannot = review_cannot,
		.state = review,
		.is_bad = ui->told.status != DESK_OK };
	struct buffer title, path, explain;

	buffer_init(&title);
	buffer_init(&path);
	buffer_init(&explain);
	queue_walk_title(&review->queue, "Review", &title);
	buffer_add(&title, review->reference);
	path_make(review, &path);
	if (ui->told.text[0])
		buffer_add(&explain, ui->told.text);
	else if (review->is_open)
		explain_make(ui, review, &explain);
	if (review->notice.text[0])
		draw_wrapped(&bad, DRAW_BAD, review->notice.text);
	else
		frame.more = page_draw(&review->page, &area, PAGE_NO_ITEM);
	frame.title = buffer_text(&title);
	frame.path = buffer_text(&path);
	frame.explain = buffer_text(&explain);
	draw_frame(ui, &frame);
	buffer_done(&title);
	buffer_done(&path);
	buffer_done(&explain);
}

static unsigned review_want(struct review *review, enum command_id id)
{
	review->wanted = id;
	return SCREEN_RELOAD;
}

static unsigned review_command(struct ui *ui, void *state, enum command_id id)
{
	struct review *review = state;
	const struct move_facts facts = { &review->request, &review->beside };
	const size_t rows = (size_t)draw_body_rows(ui);
	char why[WHY_SIZE], code[CODE_SIZE];

	if (id == COMMAND_BACK)
		return SCREEN_POP | SCREEN_RELOAD;
	if (review_cannot(ui, review, id, why)) {
		if (id == COMMAND_CONFIRM && review->is_open && all_struck(review))
			(void)notice_set(&ui->told, DESK_REFUSED,
				"%s: " ALL_STRUCK "; return it with r, or take one back",
				review->reference);
		else if (review->is_open && (id == COMMAND_CONFIRM || id == COMMAND_RETURN))
			move_cannot_tell(ui, &facts,
				id == COMMAND_CONFIRM ? MOVE_CONFIRM : MOVE_RETURN, &ui->told);
		return SCREEN_STAY;
	}
	if (id == COMMAND_CONFIRM || id == COMMAND_NEXT)
		return review_want(review, id);
	if (id == COMMAND_STRIKE) {
		size_t which = (size_t)(ui->key - '1');

		if (which < REASONS_MOST && reason_at(decision_open(&review->beside), which, code))
			review->is_struck[which] = !review->is_struck[which];
		page_make(ui, review);
	} else if (id == COMMAND_RETURN) {
		review->argument = (struct decide_argument) {
			.move = MOVE_RETURN, .request = &review->request, .beside = &review->beside
		};
		ui->next = &scr_decide;
		ui->next_argument = &review->argument;
		return SCREEN_PUSH;
	} else if (id == COMMAND_SEE) {
		ui->next = &scr_receipt;
		ui->next_argument = review->reference;
		return SCREEN_PUSH;
	} else {
		page_scroll(&review->page, command_rows(id, (long)rows), rows);
	}
	return SCREEN_STAY;
}

static void review_done(void *state)
{
	struct review *review = state;

	review_clear(review);
	queue_walk_clear(&review->queue);
}

static void review_keep(const void *state, struct draft *draft)
{
	const struct review *review = state;

	draft_put(draft, review->reference);
	draft_put_number(draft, (long)review->request.version);
	for (size_t i = 0; i < REASONS_MOST; i++)
		draft_put_number(draft, review->is_struck[i]);
	draft_put_number(draft, (long)review->page.top);
}

/* What was struck is of the proposal as it was read. */
static unsigned review_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct review *review = state;
	char reference[REFERENCE_SIZE];
	bool is_same;
	unsigned flags;

	draft_take_into(draft, reference, sizeof(reference));
	(void)review_open(ui, state, reference);
	flags = review_load(ui, state);
	is_same = review->is_open && flags == SCREEN_STAY &&
		  strcmp(review->reference, reference) == 0 &&
		  review->request.version == draft_take_number(draft);
	if (review->is_open && !is_same && !ui->told.text[0])
		(void)notice_set(&ui->told, DESK_REFUSED,
			"%s was changed while the desk was locked; read it anew", reference);
	if (!is_same)
		return flags;
	for (size_t i = 0; i < REASONS_MOST; i++)
		review->is_struck[i] = draft_take_number(draft) != 0;
	page_make(ui, review);
	page_scroll(&review->page, draft_take_number(draft), (size_t)draw_body_rows(ui));
	return flags;
}

static const enum command_id review_commands[] = { COMMAND_CONFIRM, COMMAND_STRIKE, COMMAND_RETURN,
	COMMAND_SEE, COMMAND_NEXT, COMMAND_UP, COMMAND_DOWN, COMMAND_PAGE_UP, COMMAND_PAGE_DOWN,
	COMMAND_REDRAW, COMMAND_HELP, COMMAND_BACK, COMMAND_NONE };

const struct screen_ops scr_review = {
	.name = "a review",
	.state_size = sizeof(struct review),
	.commands = review_commands,
	.open = review_open,
	.waiting = "reading …",
	.load = review_load,
	.draw = review_draw,
	.cannot = review_cannot,
	.resized = review_resized,
	.command = review_command,
	.done = review_done,
	.keep = review_keep,
	.resume = review_resume,
};
