/*
 * Rows read behind and before those there are; far ones dropped again.
 */
#include "tui/row_window.h"

#include <string.h>

/* Pages kept around what is shown; the same read at once. */
enum { PAGES_KEPT = 3, PAGES_READ = 2 };

static void rows_drop(struct row_window *window, size_t from, size_t count)
{
	if (count == 0)
		return;
	request_rows_clear(window->rows + from, count);
	memmove(window->rows + from, window->rows + from + count,
		(window->count - from - count) * sizeof(*window->rows));
	window->count -= count;
	explicit_bzero(window->rows + window->count, count * sizeof(*window->rows));
}

/* Takes rows over, before or behind those there are. */
static void rows_take(
	struct row_window *window, struct request_row *rows, size_t count, bool before)
{
	size_t size = sizeof(*rows);

	if (count == 0) {
		mem_free(rows);
		return;
	}
	window->rows =
		mem_resize(window->rows, window->count * size, (window->count + count) * size);
	if (before)
		memmove(window->rows + count, window->rows, window->count * size);
	memcpy(window->rows + (before ? 0 : window->count), rows, count * size);
	window->count += count;
	mem_free(rows);
}

/* A page after (or before) a row; NULL: from the list's start (or end). */
static enum desk_status page_read(struct desk *desk, struct row_window *window,
	struct request_page *page, struct request_row **out_rows, size_t *out_count)
{
	const struct desk_queue_page queue = { window->queue, page->after, page->backwards,
		page->limit };

	page->filter = window->filter;
	page->is_running = window->is_running;
	if (window->queue == 0)
		return desk_requests(desk, page, out_rows, out_count, &window->notice);
	return desk_queue(desk, &queue, out_rows, out_count, &window->notice);
}

static enum desk_status window_read(
	struct desk *desk, struct row_window *window, bool backwards, size_t limit)
{
	struct request_page page = { .backwards = backwards, .limit = limit };
	struct request_row *rows = NULL;
	size_t count = 0;
	enum desk_status status;

	if (window->count > 0)
		page.after = &window->rows[backwards ? 0 : window->count - 1];
	status = page_read(desk, window, &page, &rows, &count);
	if (status != DESK_OK)
		return status;
	if (count < limit && backwards)
		window->is_begin = true;
	if (count < limit && !backwards)
		window->is_end = true;
	if (backwards) {
		window->top += (long)count;
		window->selected += (long)count;
	}
	rows_take(window, rows, count, backwards);
	return DESK_OK;
}

/* Rows far from what is shown go. */
static void window_trim(struct row_window *window, size_t height)
{
	size_t kept = PAGES_KEPT * height;
	size_t top = (size_t)window->top;

	if (window->count > top + height + kept) {
		rows_drop(window, top + height + kept, window->count - top - height - kept);
		window->is_end = false;
	}
	if (top > kept) {
		rows_drop(window, 0, top - kept);
		window->is_begin = false;
		window->top -= (long)(top - kept);
		window->selected -= (long)(top - kept);
	}
}

/* Puts the selection among the rows, and the rows shown around the selection. */
static void window_settle(struct row_window *window, size_t height)
{
	long count = (long)window->count, shown = (long)height;

	if (window->selected >= count)
		window->selected = count - 1;
	if (window->selected < 0)
		window->selected = 0;
	if (window->top > count - shown)
		window->top = count - shown;
	if (window->top < 0)
		window->top = 0;
	if (window->selected < window->top)
		window->top = window->selected;
	if (window->selected >= window->top + shown)
		window->top = window->selected - shown + 1;
}

/* Is a row wanted that the window does not hold and the store may? */
static bool lacks_before(const struct row_window *window)
{
	return !window->is_begin && (window->top < 0 || window->selected < 0);
}

static bool lacks_after(const struct row_window *window, size_t height)
{
	long last = window->top + (long)height - 1;

	return !window->is_end &&
	       ((last > window->selected ? last : window->selected) >= (long)window->count);
}

static void window_restart(struct row_window *window, size_t height)
{
	if (window->from == FROM_WINDOW)
		return;
	rows_drop(window, 0, window->count);
	window->is_begin = window->from == FROM_BEGIN;
	window->is_end = window->from == FROM_END;
	window->top = window->from == FROM_BEGIN ? 0 : -(long)height;
	window->selected = window->from == FROM_BEGIN ? 0 : -1;
	window->from = FROM_WINDOW;
}

enum desk_status window_fill(struct desk *desk, struct row_window *window, size_t height)
{
	enum desk_status status = DESK_OK;

	window_restart(window, height);
	while (status == DESK_OK && lacks_before(window))
		status = window_read(desk, window, true, PAGES_READ * height);
	while (status == DESK_OK && lacks_after(window, height))
		status = window_read(desk, window, false, PAGES_READ * height);
	window_settle(window, height);
	window_trim(window, height);
	return status;
}

/* The first row of the window is the key from which the rest is read anew; it goes itself. */
enum desk_status window_refresh(struct desk *desk, struct row_window *window, size_t height)
{
	struct request_page page = { .limit = window->count + height };
	struct request_row *rows = NULL;
	size_t count = 0;
	enum desk_status status;

	if (window->from != FROM_WINDOW || window->count == 0) {
		window->from = window->from == FROM_END ? FROM_END : FROM_BEGIN;
		return window_fill(desk, window, height);
	}
	if (!window->is_begin) {
		page.after = &window->rows[0];
		window->top--;
		window->selected--;
	}
	status = page_read(desk, window, &page, &rows, &count);
	if (status != DESK_OK)
		return status;
	rows_drop(window, 0, window->count);
	rows_take(window, rows, count, false);
	window->is_end = count < page.limit;
	return window_fill(desk, window, height);
}

bool window_move(struct row_window *window, long rows, size_t height)
{
	bool is_page = rows == (long)height || rows == -(long)height;

	window->selected += rows;
	if (is_page)
		window->top += rows;
	if (lacks_before(window) || lacks_after(window, height))
		return true;
	window_settle(window, height);
	return false;
}

const struct request_row *window_selected(const struct row_window *window)
{
	bool is_inside = window->selected >= 0 && window->selected < (long)window->count;

	return is_inside ? &window->rows[window->selected] : NULL;
}

struct draw_more window_more(const struct row_window *window, int row)
{
	struct draw_more more = draw_more(row, (size_t)window->top, window->count);

	more.is_above |= window->count > 0 && !window->is_begin;
	more.end += window->count > 0 && !window->is_end ? DRAW_GOES_ON : 0;
	return more;
}

void window_clear(struct row_window *window)
{
	rows_drop(window, 0, window->count);
	mem_free(window->rows);
	window->rows = NULL;
}
