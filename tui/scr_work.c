/*
 * The work: one queue at a time as a list, the queues as tabs with their
 * counts, receipts assigned one by one or as many as are marked.
 */
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/list.h"
#include "tui/doors.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/moves.h"
#include "tui/receipt_list.h"
#include "tui/screen.h"

struct work {
	struct receipt_list list;
	int64_t counts[DESK_QUEUES];
	enum command_id wanted; /* by the next load: COMMAND_TAKE, or COMMAND_NONE */
	bool is_moved;		/* the next load only moves the window */
	struct log_argument log;
	struct letter_argument letter;
	char *picked;			 /* a list of references, for a colleague */
	struct decide_argument argument; /* of the screen that asks for the colleague */
};

static const char *const when_empty[DESK_QUEUES] = {
	[QUEUE_MINE] = "Nothing is assigned to you. Tab shows what nobody has taken yet; n logs a "
		       "request.",
	[QUEUE_UNASSIGNED] = "Every open receipt is assigned to somebody. New ones come here when "
			     "they are logged.",
	[QUEUE_WAITING] = "No receipt waits for an answer from its sender. One comes here when its "
			  "sender is asked, and leaves when the answer is taken in.",
	[QUEUE_REVIEW] = "Nothing waits for a second person. Proposed rejections, exceptions, "
			 "withdrawals and corrections come here.",
	[QUEUE_RELEASES] = "No release waits for a check. Traces that a second person or the "
			   "Caldicott Guardian must see come here.",
	[QUEUE_TO_SEND] = "Every letter has gone out. Receipts come here when they are decided or "
			  "their sender is asked, and leave when the letter is sent.",
	[QUEUE_CLOSED] = "Nothing has been decided yet.",
};

static unsigned work_open(struct ui *ui, void *state, const void *argument)
{
	struct work *work = state;

	(void)ui;
	(void)argument;
	work->list.window.queue = QUEUE_MINE;
	work->list.window.from = FROM_BEGIN;
	work->list.is_new = true;
	work->wanted = COMMAND_NONE;
	return SCREEN_RELOAD;
}

/* The marked receipts, or the selected one. */
static char *picked_take(struct work *work)
{
	const struct request_row *row = window_selected(&work->list.window);
	struct buffer out;

	buffer_init(&out);
	if (work->list.marked && work->list.marked[0])
		buffer_add(&out, work->list.marked);
	else if (row)
		buffer_add(&out, row->reference);
	return buffer_take(&out);
}

static void marks_drop(struct work *work)
{
	mem_free(work->list.marked);
	work->list.marked = NULL;
}

/* Marks the row, or takes the mark away. */
static void mark_turn(struct work *work)
{
	const struct request_row *row = window_selected(&work->list.window);
	const char *marked = work->list.marked;
	char reference[REFERENCE_SIZE];
	struct buffer out;

	if (!row)
		return;
	buffer_init(&out);
	while (list_take(&marked, reference, sizeof(reference)))
		if (strcmp(row->reference, reference) != 0)
			list_add(&out, reference);
	if (!list_has(work->list.marked, row->reference))
		list_add(&out, row->reference);
	marks_drop(work);
	work->list.marked = buffer_take(&out);
}

static void work_take(struct ui *ui, struct work *work)
{
	char *picked = picked_take(work);
	const struct assign_to to = { picked, desk_person(ui->desk)->name };

	if (picked[0] && receipts_assign(ui, &to))
		marks_drop(work);
	mem_free(picked);
}

static unsigned work_load(struct ui *ui, void *state)
{
	struct work *work = state;
	struct row_window *window = &work->list.window;
	enum desk_status status = DESK_OK;
	unsigned flags;

	if (work->wanted == COMMAND_TAKE)
		work_take(ui, work);
	work->wanted = COMMAND_NONE;
	if (!work->is_moved && window->from == FROM_WINDOW)
		status = window_refresh(ui->desk, window, list_height(ui));
	if (status == DESK_OK)
		flags = list_load(ui, &work->list);
	else
		return SCREEN_STAY;
	if (!work->is_moved && !window->notice.text[0])
		(void)desk_queue_counts(ui->desk, work->counts, &window->notice);
	work->is_moved = false;
	return flags;
}

/* "[Mine 7]": the tab that is open in brackets. */
static void tab_make(const struct work *work, int queue, char out_text[64])
{
	char count[24] = "";

	if (queue != QUEUE_CLOSED)
		snprintf(count, sizeof(count), " %lld", (long long)work->counts[queue]);
	snprintf(out_text, 64, queue == (int)work->list.window.queue ? "[%s%s]" : "%s%s",
		queue_name(queue), count);
}

/* " [Mine 7]  Unassigned 12  Waiting 4": the tab that is open bold; closer where counts are long.
 */
static void tabs_draw(const struct ui *ui, const struct work *work)
{
	int column = 1, taken = 0, between;
	char text[64];

	for (int queue = QUEUE_MINE; queue < DESK_QUEUES; queue++) {
		tab_make(work, queue, text);
		taken += draw_width(text) + 2;
	}
	between = column + taken - 2 <= ui->columns ? 2 : 1;
	for (int queue = QUEUE_MINE; queue < DESK_QUEUES; queue++) {
		tab_make(work, queue, text);
		column += draw_text(DRAW_PATH, column, ui->columns - column,
				  text[0] == '[' ? DRAW_BOLD : DRAW_PLAIN, text) +
			  between;
	}
}

static bool work_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct work *work = state;
	const struct request_row *row = window_selected(&work->list.window);

	out_why[0] = '\0';
	if (id == COMMAND_OPEN)
		return !row;
	if (command_is_barred(ui, id))
		return true;
	if (id == COMMAND_REVIEW)
		return !row || !review_is_for(ui, row->state, row->correcting);
	if (id == COMMAND_TAKE && row && list_count(work->list.marked) == 0 &&
		strcmp(row->assigned_to, desk_person(ui->desk)->name) == 0)
		return true;
	if (id == COMMAND_TAKE || id == COMMAND_HAND || id == COMMAND_MARK)
		return !row || work->list.window.queue == QUEUE_CLOSED;
	return false;
}

static void work_draw(const struct ui *ui, const void *state)
{
	const struct work *work = state;
	const struct receipt_list *list = &work->list;
	struct frame frame = { .title = "Work",
		.more = window_more(&list->window, DRAW_BODY + 1),
		.commands = scr_work.commands,
		.cannot = work_cannot,
		.state = work };
	struct buffer explain;

	buffer_init(&explain);
	if (list_count(work->list.marked) > 0 && !ui->told.text[0])
		buffer_print(&explain, "%zu marked · ", list_count(work->list.marked));
	list_explain(ui, list, &frame, &explain);
	list_draw(ui, list, when_empty[list->window.queue]);
	draw_frame(ui, &frame);
	tabs_draw(ui, work);
	buffer_done(&explain);
}

static unsigned queue_open(struct work *work, int queue)
{
	int count = DESK_QUEUES - QUEUE_MINE;

	queue = (queue - QUEUE_MINE + count) % count + QUEUE_MINE;
	if (queue == (int)work->list.window.queue)
		return SCREEN_STAY;
	work->list.window.queue = (enum queue)queue;
	work->list.window.from = FROM_BEGIN;
	marks_drop(work);
	return SCREEN_RELOAD;
}

static unsigned work_hand(struct ui *ui, struct work *work)
{
	mem_free(work->picked);
	work->picked = picked_take(work);
	if (!work->picked[0])
		return SCREEN_STAY;
	work->argument =
		(struct decide_argument) { .move = MOVE_ASSIGN, .references = work->picked };
	ui->next = &scr_decide;
	ui->next_argument = &work->argument;
	return SCREEN_PUSH;
}

/* Can the letter of the row be read and sent here? */
static bool letter_is_for(
	const struct ui *ui, const struct work *work, const struct request_row *row)
{
	return work->list.window.queue == QUEUE_TO_SEND && !row->masked &&
	       (desk_person(ui->desk)->roles & move_roles(MOVE_SENT)) != 0 &&
	       !desk_request_needs_reason(ui->desk, row);
}

static unsigned letter_read(struct ui *ui, struct work *work, const struct request_row *row)
{
	work->letter = (struct letter_argument) { .is_queue = true };
	memcpy(work->letter.reference, row->reference, sizeof(work->letter.reference));
	ui->list = &work->list;
	ui->next = &scr_letter;
	ui->next_argument = &work->letter;
	return SCREEN_PUSH;
}

/* What waits for a review is reviewed by those who may, a letter to send is read; else it is
   opened. */
static unsigned work_enter(struct ui *ui, struct work *work, enum command_id id)
{
	const struct request_row *row = window_selected(&work->list.window);

	if (row && id == COMMAND_OPEN && letter_is_for(ui, work, row))
		return letter_read(ui, work, row);
	if (!row || !review_is_for(ui, row->state, row->correcting))
		return id == COMMAND_REVIEW ? SCREEN_STAY : list_command(ui, &work->list, id);
	ui->list = &work->list;
	ui->next = &scr_review;
	ui->next_argument = row->reference;
	return SCREEN_PUSH;
}

static unsigned work_command(struct ui *ui, void *state, enum command_id id)
{
	struct work *work = state;
	int queue = (int)work->list.window.queue;
	char why[WHY_SIZE];
	unsigned flags;

	if (work_cannot(ui, work, id, why))
		return SCREEN_STAY;
	if (id == COMMAND_TAB || id == COMMAND_TAB_BACK)
		return queue_open(work, queue + (id == COMMAND_TAB ? 1 : -1));
	if (id == COMMAND_TAB_NUMBER)
		return queue_open(work, QUEUE_MINE + ui->key - '1');
	if (id == COMMAND_OPEN || id == COMMAND_REVIEW)
		return work_enter(ui, work, id);
	if (id == COMMAND_HAND)
		return work_hand(ui, work);
	if (id == COMMAND_LOG) {
		ui->list = &work->list;
		ui->next = &scr_log;
		ui->next_argument = &work->log;
		return SCREEN_PUSH;
	}
	if (door_of(id)) {
		ui->next = door_of(id);
		return SCREEN_PUSH;
	}
	if (id == COMMAND_TAKE) {
		work->wanted = id;
		return SCREEN_RELOAD;
	}
	if (id == COMMAND_MARK) {
		mark_turn(work);
		id = COMMAND_DOWN;
	}
	if (id == COMMAND_QUIT)
		return SCREEN_QUIT;
	flags = list_command(ui, &work->list, id) & ~(unsigned)SCREEN_UNUSED;
	work->is_moved = (flags & SCREEN_RELOAD) != 0 && id != COMMAND_RELOAD;
	return flags;
}

static unsigned work_resized(struct ui *ui, void *state)
{
	struct work *work = state;
	unsigned flags = list_resized(ui, &work->list);

	work->is_moved = flags != SCREEN_STAY;
	return flags;
}

static void work_done(void *state)
{
	struct work *work = state;

	list_clear(&work->list);
	mem_free(work->picked);
}

static void work_keep(const void *state, struct draft *draft)
{
	const struct work *work = state;

	draft_put_number(draft, (long)work->list.window.queue);
	list_keep(&work->list, draft);
}

static unsigned work_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct work *work = state;
	unsigned flags = work_open(ui, state, NULL);
	long queue = draft_take_number(draft);

	if (queue >= QUEUE_MINE && queue < DESK_QUEUES)
		work->list.window.queue = (enum queue)queue;
	list_resume(&work->list, draft);
	ui->list = &work->list;
	return flags;
}

static const enum command_id work_commands[] = { COMMAND_OPEN, COMMAND_REVIEW, COMMAND_LOG,
	COMMAND_FIND, COMMAND_TAKE, COMMAND_HAND, COMMAND_MARK, COMMAND_MONTHS, COMMAND_DBSB,
	COMMAND_AUDIT, COMMAND_UPKEEP, COMMAND_TAB, COMMAND_TAB_BACK, COMMAND_TAB_NUMBER,
	COMMAND_RELOAD, COMMAND_UP, COMMAND_DOWN, COMMAND_PAGE_UP, COMMAND_PAGE_DOWN, COMMAND_FIRST,
	COMMAND_LAST, COMMAND_REDRAW, COMMAND_HELP, COMMAND_QUIT, COMMAND_NONE };

const struct screen_ops scr_work = {
	.name = "Work",
	.state_size = sizeof(struct work),
	.commands = work_commands,
	.open = work_open,
	.waiting = "reading …",
	.load = work_load,
	.draw = work_draw,
	.cannot = work_cannot,
	.resized = work_resized,
	.command = work_command,
	.done = work_done,
	.keep = work_keep,
	.resume = work_resume,
};
