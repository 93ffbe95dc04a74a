/*
 * The receipts, newest first, in a window of rows that is read from the store
 * by key and moves with the selection: the whole list is never in memory, and
 * no read stays open. Indexes count from the first row of the window and may
 * lie outside it until load has moved the window there.
 */
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "tui/draw.h"
#include "tui/receipt_cells.h"
#include "tui/screen.h"

/* Pages kept around what is shown; the same read at once. */
enum { PAGES_KEPT = 3, PAGES_READ = 2, DAYS_WITHOUT_REASON = 90 };

struct receipts {
	struct request_row *rows;
	size_t count;
	bool is_begin, is_end; /* the window's first row is the list's first; its last the last */
	long top, selected;
	enum { FROM_WINDOW, FROM_BEGIN, FROM_END } from;
	struct notice notice; /* what failed, or is to be told at the start */
	bool is_refused;      /* the list itself was */
	bool is_new;	      /* never loaded */
};

static size_t list_height(const struct ui *ui)
{
	return (size_t)draw_body_rows(ui) - 1;
}

static void rows_drop(struct receipts *list, size_t from, size_t count)
{
	if (count == 0)
		return;
	request_rows_clear(list->rows + from, count);
	memmove(list->rows + from, list->rows + from + count,
		(list->count - from - count) * sizeof(*list->rows));
	list->count -= count;
	explicit_bzero(list->rows + list->count, count * sizeof(*list->rows));
}

/* Takes rows over, before or behind those there are. */
static void rows_take(struct receipts *list, struct request_row *rows, size_t count, bool before)
{
	size_t size = sizeof(*rows);

	if (count == 0) {
		mem_free(rows);
		return;
	}
	list->rows = mem_resize(list->rows, list->count * size, (list->count + count) * size);
	if (before)
		memmove(list->rows + count, list->rows, list->count * size);
	memcpy(list->rows + (before ? 0 : list->count), rows, count * size);
	list->count += count;
	mem_free(rows);
}

static enum desk_status list_read(
	struct desk *desk, struct receipts *list, bool backwards, size_t limit)
{
	struct request_page page = { .backwards = backwards, .limit = limit };
	struct request_row *rows = NULL;
	size_t count = 0;
	enum desk_status status;

	if (list->count > 0)
		page.after = &list->rows[backwards ? 0 : list->count - 1];
	status = desk_requests(desk, &page, &rows, &count, &list->notice);
	if (status != DESK_OK)
		return status;
	if (count < limit && backwards)
		list->is_begin = true;
	if (count < limit && !backwards)
		list->is_end = true;
	if (backwards) {
		list->top += (long)count;
		list->selected += (long)count;
	}
	rows_take(list, rows, count, backwards);
	return DESK_OK;
}

/* Rows far from what is shown go. */
static void list_trim(struct receipts *list, size_t height)
{
	size_t kept = PAGES_KEPT * height;
	size_t top = (size_t)list->top;

	if (list->count > top + height + kept) {
		rows_drop(list, top + height + kept, list->count - top - height - kept);
		list->is_end = false;
	}
	if (top > kept) {
		rows_drop(list, 0, top - kept);
		list->is_begin = false;
		list->top -= (long)(top - kept);
		list->selected -= (long)(top - kept);
	}
}

/* Puts the selection among the rows, and the rows shown around the selection. */
static void list_settle(struct receipts *list, size_t height)
{
	long count = (long)list->count, shown = (long)height;

	if (list->selected >= count)
		list->selected = count - 1;
	if (list->selected < 0)
		list->selected = 0;
	if (list->top > count - shown)
		list->top = count - shown;
	if (list->top < 0)
		list->top = 0;
	if (list->selected < list->top)
		list->top = list->selected;
	if (list->selected >= list->top + shown)
		list->top = list->selected - shown + 1;
}

/* Is a row wanted that the window does not hold and the store may? */
static bool list_lacks_before(const struct receipts *list)
{
	return !list->is_begin && (list->top < 0 || list->selected < 0);
}

static bool list_lacks_after(const struct receipts *list, size_t height)
{
	long last = list->top + (long)height - 1;

	return !list->is_end &&
	       ((last > list->selected ? last : list->selected) >= (long)list->count);
}

static void list_restart(struct receipts *list, size_t height)
{
	if (list->from == FROM_WINDOW)
		return;
	rows_drop(list, 0, list->count);
	list->is_begin = list->from == FROM_BEGIN;
	list->is_end = list->from == FROM_END;
	list->top = list->from == FROM_BEGIN ? 0 : -(long)height;
	list->selected = list->from == FROM_BEGIN ? 0 : -1;
	list->from = FROM_WINDOW;
}

static enum desk_status list_fill(struct ui *ui, struct receipts *list)
{
	size_t height = list_height(ui);
	enum desk_status status = DESK_OK;

	list_restart(list, height);
	while (status == DESK_OK && list_lacks_before(list))
		status = list_read(ui->desk, list, true, PAGES_READ * height);
	while (status == DESK_OK && list_lacks_after(list, height))
		status = list_read(ui->desk, list, false, PAGES_READ * height);
	list_settle(list, height);
	list_trim(list, height);
	return status;
}

static unsigned receipts_load(struct ui *ui, void *state)
{
	struct receipts *list = state;
	enum desk_status status = DESK_OK;

	memset(&list->notice, 0, sizeof(list->notice));
	if (!ui->services.services)
		status = desk_services(
			ui->desk, &ui->services.services, &ui->services.count, &list->notice);
	if (status == DESK_OK)
		status = list_fill(ui, list);
	list->is_refused = status != DESK_OK && list->count == 0;
	if (status == DESK_OK && list->is_new)
		snprintf(
			list->notice.text, sizeof(list->notice.text), "%s", desk_warning(ui->desk));
	list->is_new = false;
	if (status != DESK_LOCKED)
		return SCREEN_STAY;
	ui->notice = list->notice; /* a one-time password: nothing can be done here */
	return SCREEN_QUIT;
}

static unsigned receipts_open(struct ui *ui, void *state, const void *argument)
{
	struct receipts *list = state;

	(void)ui;
	(void)argument;
	list->from = FROM_BEGIN;
	list->is_new = true;
	return SCREEN_RELOAD;
}

static const char *list_more(const struct receipts *list, size_t height)
{
	bool is_above = !list->is_begin || list->top > 0;
	bool is_below = !list->is_end || list->top + (long)height < (long)list->count;

	if (is_above)
		return is_below ? "more above and below" : "more above";
	return is_below ? "more below" : "";
}

static void list_draw_rows(const struct ui *ui, const struct receipts *list)
{
	size_t height = list_height(ui), top = (size_t)list->top;

	cells_draw_heads(DRAW_BODY, ui->columns);
	for (size_t i = 0; i < height && top + i < list->count; i++)
		cells_draw_row(&ui->services, DRAW_BODY + 1 + (int)i, ui->columns,
			&list->rows[top + i], (long)(top + i) == list->selected);
}

static void receipts_draw(const struct ui *ui, const void *state)
{
	const struct receipts *list = state;
	const struct draw_area area = { DRAW_BODY + 1, 2, draw_body_rows(ui) - 2, ui->columns - 4 };
	struct frame frame = { .title = "Receipts",
		.path = "Newest first",
		.path_right = list->count > 0 ? list_more(list, list_height(ui)) : NULL,
		.commands = scr_receipts.commands };
	struct buffer explain;

	buffer_init(&explain);
	frame.is_bad = list->notice.text[0] != '\0';
	if (frame.is_bad && !list->is_refused)
		buffer_add(&explain, list->notice.text);
	else if (list->count > 0)
		cells_explain(&list->rows[list->selected], &explain);
	frame.explain = buffer_text(&explain);
	if (list->count > 0)
		list_draw_rows(ui, list);
	else
		draw_wrapped(&area, DRAW_PLAIN,
			list->is_refused ? list->notice.text : "There are no receipts yet.");
	draw_frame(ui, &frame);
	buffer_done(&explain);
}

/* The rows the selection moves by, and with it what is shown. */
static unsigned list_move(const struct ui *ui, struct receipts *list, long rows)
{
	size_t height = list_height(ui);
	bool is_page = rows == (long)height || rows == -(long)height;

	list->selected += rows;
	if (is_page)
		list->top += rows;
	if (list_lacks_before(list) || list_lacks_after(list, height))
		return SCREEN_RELOAD;
	list_settle(list, height);
	return SCREEN_STAY;
}

static unsigned list_restart_from(struct receipts *list, int from)
{
	list->from = from == FROM_END ? FROM_END : FROM_BEGIN;
	return SCREEN_RELOAD;
}

/* As the desk will have it: asking first is kinder than a refusal, which is recorded. */
static bool reason_is_needed(const struct ui *ui, const struct request_row *row)
{
	if ((desk_person(ui->desk)->roles & (ROLE_SUPERVISOR | ROLE_AUDITOR)) != 0)
		return false;
	return day_is_valid(row->decided) &&
	       day_number(desk_today(ui->desk)) - day_number(row->decided) > DAYS_WITHOUT_REASON;
}

static unsigned list_open_selected(struct ui *ui, struct receipts *list)
{
	const struct request_row *row;

	if (list->count == 0)
		return SCREEN_STAY;
	row = &list->rows[list->selected];
	if (reason_is_needed(ui, row)) {
		ui->next = &scr_reason;
		ui->next_argument = row;
	} else {
		ui->next = &scr_receipt;
		ui->next_argument = row->reference;
	}
	return SCREEN_PUSH;
}

static unsigned list_log(struct ui *ui)
{
	static const struct log_argument is_new = { 0 };

	ui->next = &scr_log;
	ui->next_argument = &is_new;
	return SCREEN_PUSH;
}

static unsigned receipts_command(struct ui *ui, void *state, enum command_id id)
{
	struct receipts *list = state;
	long page = (long)list_height(ui);

	memset(&list->notice, 0, sizeof(list->notice));
	if (id == COMMAND_OPEN)
		return list_open_selected(ui, list);
	if (id == COMMAND_LOG)
		return list_log(ui);
	if (id == COMMAND_UP || id == COMMAND_DOWN)
		return list_move(ui, list, id == COMMAND_UP ? -1 : 1);
	if (id == COMMAND_PAGE_UP || id == COMMAND_PAGE_DOWN)
		return list_move(ui, list, id == COMMAND_PAGE_UP ? -page : page);
	if (id == COMMAND_LAST)
		return list_restart_from(list, FROM_END);
	if (id == COMMAND_FIRST || id == COMMAND_RELOAD)
		return list_restart_from(list, FROM_BEGIN);
	return id == COMMAND_QUIT ? SCREEN_QUIT : SCREEN_STAY;
}

static unsigned receipts_resized(struct ui *ui, void *state)
{
	return list_move(ui, state, 0);
}

static void receipts_done(void *state)
{
	struct receipts *list = state;

	rows_drop(list, 0, list->count);
	mem_free(list->rows);
}

static const enum command_id receipts_commands[] = { COMMAND_OPEN, COMMAND_LOG, COMMAND_UP, COMMAND_DOWN,
	COMMAND_PAGE_UP, COMMAND_PAGE_DOWN, COMMAND_FIRST, COMMAND_LAST, COMMAND_RELOAD,
	COMMAND_REDRAW, COMMAND_HELP, COMMAND_QUIT, COMMAND_NONE };

const struct screen_ops scr_receipts = {
	.name = "Receipts",
	.state_size = sizeof(struct receipts),
	.commands = receipts_commands,
	.open = receipts_open,
	.waiting = "reading …",
	.load = receipts_load,
	.draw = receipts_draw,
	.resized = receipts_resized,
	.command = receipts_command,
	.done = receipts_done,
};
