/*
 * Submissions to the batch service, newest first, and one of them: what it says,
 * what is to be said of its contact, and what can be done with it.
 */
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/codes.h"
#include "core/layout.h"
#include "tui/doors.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/page.h"
#include "tui/pick.h"

enum { PAGE_ROWS = 200, VALUE_COLUMN = 18 };

struct dbsb_screen {
	struct submission *rows;
	size_t count, top, selected;
	int64_t total;
	bool is_more_wanted; /* the next load appends */
	char reference[REFERENCE_SIZE];
	struct batch_argument batch;
	struct notice notice;
};

static size_t dbsb_height(const struct ui *ui)
{
	return (size_t)draw_body_rows(ui) - 1;
}

static void rows_drop(struct dbsb_screen *screen)
{
	for (size_t i = 0; i < screen->count; i++)
		submission_clear(&screen->rows[i]);
	mem_free(screen->rows);
	screen->rows = NULL;
	screen->count = 0;
}

static unsigned dbsb_open(struct ui *ui, void *state, const void *argument)
{
	(void)ui;
	(void)state;
	(void)argument;
	return SCREEN_RELOAD;
}

/* One page more, after what is there. */
static void rows_read(struct ui *ui, struct dbsb_screen *screen)
{
	const struct submission_page page = {
		.after = screen->count > 0 ? &screen->rows[screen->count - 1] : NULL,
		.limit = PAGE_ROWS
	};
	struct submission *rows = NULL;
	size_t count = 0, size = sizeof(*rows);

	if (desk_submissions(ui->desk, &page, &rows, &count, &screen->notice) != DESK_OK)
		return;
	screen->rows =
		mem_resize(screen->rows, screen->count * size, (screen->count + count) * size);
	memcpy(screen->rows + screen->count, rows, count * size);
	screen->count += count;
	mem_free(rows);
	(void)desk_submissions_total(ui->desk, &screen->total, &screen->notice);
}

static unsigned dbsb_load(struct ui *ui, void *state)
{
	struct dbsb_screen *screen = state;
	size_t wanted = screen->is_more_wanted ? 0 : screen->selected;

	screen->notice = (struct notice) { 0 };
	if (!screen->is_more_wanted)
		rows_drop(screen);
	screen->is_more_wanted = false;
	do
		rows_read(ui, screen);
	while (screen->notice.status == DESK_OK && screen->count <= wanted &&
		(int64_t)screen->count < screen->total);
	if (screen->selected >= screen->count)
		screen->selected = screen->count > 0 ? screen->count - 1 : 0;
	return SCREEN_STAY;
}

static const struct submission *dbsb_selected(const struct dbsb_screen *screen)
{
	return screen->selected < screen->count ? &screen->rows[screen->selected] : NULL;
}

/* Submission 2, received 18, status 29, completed 40, transactions to 63, then who. */
static void row_draw(const struct ui *ui, const struct submission *row, int at, bool is_selected)
{
	enum draw_style style = is_selected ? DRAW_BOLD : DRAW_PLAIN;
	bool is_wide = ui->columns >= DRAW_WIDE_COLUMNS;
	int who = is_wide ? 77 : 65;
	char received[64], completed[64], number[32] = "", single[32] = "";

	day_shown(row->received, received);
	day_shown(row->completed, completed);
	if (row->status == SUBMISSION_PROCESSED) {
		layout_number(row->transactions, number);
		layout_number(row->single_match, single);
	}
	if (is_selected)
		draw_text(at, 0, 2, DRAW_BOLD, "▸");
	draw_text(at, 2, 15, style, row->reference);
	draw_text(at, 18, 10, style, received);
	draw_text(at, 29, 10, style, submission_status_code((int)row->status));
	draw_text(at, 40, 10, style, completed);
	draw_text_right(at, 63, 12, style, number);
	if (is_wide)
		draw_text_right(at, 75, 11, style, single);
	draw_text(at, who, ui->columns - who - 1, style, row->organisation);
}

static void dbsb_rows_draw(const struct ui *ui, const struct dbsb_screen *screen)
{
	bool is_wide = ui->columns >= DRAW_WIDE_COLUMNS;

	if (screen->count == 0) {
		draw_text(DRAW_BODY + 1, 2, ui->columns - 4, DRAW_PLAIN,
			screen->notice.text[0] ? "" : "No submission yet.");
		return;
	}
	draw_text(DRAW_BODY, 2, 15, DRAW_FAINT, "Submission");
	draw_text(DRAW_BODY, 18, 10, DRAW_FAINT, "Received");
	draw_text(DRAW_BODY, 29, 10, DRAW_FAINT, "Status");
	draw_text(DRAW_BODY, 40, 10, DRAW_FAINT, "Completed");
	draw_text_right(DRAW_BODY, 63, 12, DRAW_FAINT, "Transactions");
	if (is_wide)
		draw_text_right(DRAW_BODY, 75, 11, DRAW_FAINT, "Single");
	draw_text(DRAW_BODY, is_wide ? 77 : 65, 14, DRAW_FAINT, "Organisation");
	for (size_t i = 0; i < dbsb_height(ui) && screen->top + i < screen->count; i++)
		row_draw(ui, &screen->rows[screen->top + i], DRAW_BODY + 1 + (int)i,
			screen->top + i == screen->selected);
}

/* What can be done with a submission by whom; of one that has ended only a correction. */
static bool act_cannot(const struct ui *ui, const struct submission *row, enum command_id id)
{
	if (command_is_barred(ui, id))
		return true;
	if (id == COMMAND_DBSB_CORRECT)
		return !row;
	if (id == COMMAND_DBSB_PROCESS || id == COMMAND_DBSB_REJECT || id == COMMAND_DBSB_WITHDRAW)
		return !row || row->status != SUBMISSION_RECEIVED;
	return false;
}

static bool dbsb_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct dbsb_screen *screen = state;

	out_why[0] = '\0';
	if (id == COMMAND_OPEN)
		return screen->count == 0;
	return act_cannot(ui, dbsb_selected(screen), id);
}

static void dbsb_explain(const struct dbsb_screen *screen, struct buffer *out)
{
	const struct submission *row = dbsb_selected(screen);
	const char *reason;

	if (!row)
		return;
	buffer_print(out, "%zu of %lld · %s", screen->selected + 1, (long long)screen->total,
		row->organisation);
	reason = code_label(code_set_find("dbsb_reason"), row->reason);
	if (reason)
		buffer_print(out, " · %s", reason);
	else if (row->contact_email[0])
		buffer_print(out, " · %s", row->contact_email);
}

static void dbsb_draw(const struct ui *ui, const void *state)
{
	const struct dbsb_screen *screen = state;
	struct frame frame = { .title = "Batches",
		.path = "Submissions to the Demographics Batch Service Bureau, newest first",
		.is_bad = screen->notice.text[0] != '\0',
		.commands = scr_dbsb.commands,
		.cannot = dbsb_cannot,
		.state = screen };
	struct buffer explain;

	buffer_init(&explain);
	dbsb_rows_draw(ui, screen);
	frame.more = draw_more(DRAW_BODY + 1, screen->top, (size_t)screen->total);
	if (frame.is_bad)
		buffer_add(&explain, screen->notice.text);
	else if (ui->told.text[0])
		buffer_add(&explain, ui->told.text);
	else
		dbsb_explain(screen, &explain);
	frame.explain = buffer_text(&explain);
	draw_frame(ui, &frame);
	buffer_done(&explain);
}

static unsigned dbsb_go(const struct ui *ui, struct dbsb_screen *screen, long by)
{
	size_t height = dbsb_height(ui);
	const struct pick pick = { &screen->selected, &screen->top, screen->count, height };

	pick_move(&pick, by);
	screen->is_more_wanted =
		screen->selected + height > screen->count && (int64_t)screen->count < screen->total;
	return screen->is_more_wanted ? SCREEN_RELOAD : SCREEN_STAY;
}

static unsigned batch_push(struct ui *ui, struct batch_argument *batch,
	const struct submission *row, enum command_id id)
{
	*batch = (struct batch_argument) { id, id == COMMAND_RECEIVE ? NULL : row };
	ui->next = &scr_batch;
	ui->next_argument = batch;
	return SCREEN_PUSH;
}

static unsigned dbsb_command(struct ui *ui, void *state, enum command_id id)
{
	struct dbsb_screen *screen = state;
	long rows = command_rows(id, (long)dbsb_height(ui));
	char why[WHY_SIZE];

	if (id == COMMAND_BACK)
		return SCREEN_POP | SCREEN_RELOAD;
	if (dbsb_cannot(ui, screen, id, why))
		return SCREEN_STAY;
	if (id == COMMAND_RELOAD)
		return SCREEN_RELOAD;
	if (rows != 0)
		return dbsb_go(ui, screen, rows);
	if (id != COMMAND_OPEN)
		return batch_push(ui, &screen->batch, dbsb_selected(screen), id);
	memcpy(screen->reference, dbsb_selected(screen)->reference, sizeof(screen->reference));
	ui->next = &scr_submission;
	ui->next_argument = screen->reference;
	return SCREEN_PUSH;
}

static unsigned dbsb_resized(struct ui *ui, void *state)
{
	return dbsb_go(ui, state, 0);
}

static void dbsb_done(void *state)
{
	rows_drop(state);
}

static void dbsb_keep(const void *state, struct draft *draft)
{
	const struct dbsb_screen *screen = state;
	const struct submission *row = dbsb_selected(screen);

	draft_put_number(draft, (long)screen->selected);
	draft_put_number(draft, (long)screen->top);
	draft_put(draft, row ? row->reference : "");
}

static unsigned dbsb_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct dbsb_screen *screen = state;
	char reference[REFERENCE_SIZE];
	unsigned flags;

	screen->selected = (size_t)draft_take_number(draft);
	screen->top = (size_t)draft_take_number(draft);
	draft_take_into(draft, reference, sizeof(reference));
	flags = dbsb_load(ui, state);
	for (size_t i = 0; i < screen->count; i++)
		if (strcmp(screen->rows[i].reference, reference) == 0)
			screen->selected = i;
	return flags | dbsb_go(ui, screen, 0);
}

static const enum command_id dbsb_commands[] = { COMMAND_OPEN, COMMAND_RECEIVE,
	COMMAND_DBSB_PROCESS, COMMAND_DBSB_REJECT, COMMAND_DBSB_WITHDRAW, COMMAND_DBSB_CORRECT,
	COMMAND_UP, COMMAND_DOWN, COMMAND_PAGE_UP, COMMAND_PAGE_DOWN, COMMAND_FIRST, COMMAND_LAST,
	COMMAND_RELOAD, COMMAND_REDRAW, COMMAND_HELP, COMMAND_BACK, COMMAND_NONE };

const struct screen_ops scr_dbsb = {
	.name = "Batches",
	.state_size = sizeof(struct dbsb_screen),
	.commands = dbsb_commands,
	.open = dbsb_open,
	.waiting = "reading …",
	.load = dbsb_load,
	.draw = dbsb_draw,
	.cannot = dbsb_cannot,
	.resized = dbsb_resized,
	.command = dbsb_command,
	.done = dbsb_done,
	.keep = dbsb_keep,
	.resume = dbsb_resume,
};

/* One of them */

struct submission_screen {
	char reference[REFERENCE_SIZE];
	struct submission row;
	char contact[DESK_CONTACT_SIZE];
	struct page page;
	struct batch_argument batch;
	struct notice notice;
};

static unsigned submission_open(struct ui *ui, void *state, const void *argument)
{
	struct submission_screen *screen = state;

	(void)ui;
	snprintf(screen->reference, sizeof(screen->reference), "%s", (const char *)argument);
	return SCREEN_RELOAD;
}

static void put(struct submission_screen *screen, const char *label, const char *text)
{
	if (text && *text)
		page_labelled(&screen->page, VALUE_COLUMN, label, text);
}

static void submission_lay(const struct ui *ui, struct submission_screen *screen)
{
	const struct submission *row = &screen->row;
	char day[64], number[32];

	page_start(&screen->page, ui->columns - 2 * PAGE_MARGIN);
	if (!row->organisation)
		return;
	put(screen, "Organisation", row->organisation);
	put(screen, "Contact", row->contact_email);
	day_shown(row->received, day);
	put(screen, "Received", day);
	put(screen, "Status", submission_status_code((int)row->status));
	put(screen, "Reason", code_label(code_set_find("dbsb_reason"), row->reason));
	day_shown(row->completed, day);
	put(screen, "Completed", day);
	if (row->status == SUBMISSION_PROCESSED) {
		layout_number(row->transactions, number);
		put(screen, "Transactions", number);
		layout_number(row->single_match, number);
		put(screen, "Single match", number);
		layout_number(row->transactions - row->single_match, number);
		put(screen, "Unmatched", number);
	}
	put(screen, "Note", row->note);
	if (screen->contact[0]) {
		page_gap(&screen->page);
		page_put(&screen->page,
			&(struct page_text) { .label = "!", .column = 2, .text = screen->contact });
	}
}

static unsigned submission_load(struct ui *ui, void *state)
{
	struct submission_screen *screen = state;
	struct submission row;

	screen->notice = (struct notice) { 0 };
	if (desk_submission_open(ui->desk, screen->reference, &row, &screen->notice) != DESK_OK)
		return SCREEN_STAY;
	submission_clear(&screen->row);
	screen->row = row;
	(void)desk_submission_contact(ui->desk, &row, screen->contact, &screen->notice);
	submission_lay(ui, screen);
	return SCREEN_STAY;
}

static bool submission_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct submission_screen *screen = state;

	out_why[0] = '\0';
	return act_cannot(ui, screen->row.organisation ? &screen->row : NULL, id);
}

static const char *submission_explain(const struct submission *row)
{
	if (!row->organisation)
		return NULL;
	return row->status == SUBMISSION_RECEIVED
		       ? "It waits to be processed, rejected or withdrawn."
		       : "It has ended. A correction leaves a closed month as it was published.";
}

static void submission_draw(const struct ui *ui, const void *state)
{
	const struct submission_screen *screen = state;
	const struct draw_area area = { DRAW_BODY, 0, draw_body_rows(ui), ui->columns };
	struct frame frame = { .title = screen->reference,
		.path = "Submission",
		.is_bad = screen->notice.text[0] != '\0',
		.explain = screen->notice.text[0] ? screen->notice.text
			   : ui->told.text[0]	  ? ui->told.text
						  : submission_explain(&screen->row),
		.commands = scr_submission.commands,
		.cannot = submission_cannot,
		.state = screen };

	frame.more = page_draw(&screen->page, &area, PAGE_NO_ITEM);
	draw_frame(ui, &frame);
}

static unsigned submission_command(struct ui *ui, void *state, enum command_id id)
{
	struct submission_screen *screen = state;
	long rows = draw_body_rows(ui), lines = command_rows(id, rows);
	char why[WHY_SIZE];

	if (id == COMMAND_BACK)
		return SCREEN_POP | SCREEN_RELOAD;
	if (submission_cannot(ui, screen, id, why))
		return SCREEN_STAY;
	if (lines != 0) {
		page_scroll(&screen->page, lines, (size_t)rows);
		return SCREEN_STAY;
	}
	return batch_push(ui, &screen->batch, &screen->row, id);
}

static unsigned submission_resized(struct ui *ui, void *state)
{
	submission_lay(ui, state);
	return SCREEN_STAY;
}

static void submission_done(void *state)
{
	struct submission_screen *screen = state;

	submission_clear(&screen->row);
	page_clear(&screen->page);
}

static void submission_keep(const void *state, struct draft *draft)
{
	const struct submission_screen *screen = state;

	draft_put(draft, screen->reference);
}

static unsigned submission_resume(struct ui *ui, void *state, struct draft *draft)
{
	char reference[REFERENCE_SIZE];

	draft_take_into(draft, reference, sizeof(reference));
	return submission_open(ui, state, reference);
}

static const enum command_id submission_commands[] = { COMMAND_DBSB_PROCESS, COMMAND_DBSB_REJECT,
	COMMAND_DBSB_WITHDRAW, COMMAND_DBSB_CORRECT, COMMAND_UP, COMMAND_DOWN, COMMAND_REDRAW,
	COMMAND_HELP, COMMAND_BACK, COMMAND_NONE };

const struct screen_ops scr_submission = {
	.name = "Submission",
	.state_size = sizeof(struct submission_screen),
	.commands = submission_commands,
	.open = submission_open,
	.waiting = "opening …",
	.load = submission_load,
	.draw = submission_draw,
	.cannot = submission_cannot,
	.resized = submission_resized,
	.command = submission_command,
	.done = submission_done,
	.keep = submission_keep,
	.resume = submission_resume,
};
