/*
 * A list of receipts as a window of rows that is read from the store by key and
 * moves with the selection: the whole list is never in memory, and no read
 * stays open. Indexes count from the first row of the window and may lie
 * outside it until window_fill has moved the window there.
 */
#ifndef TRACEDESK_TUI_ROW_WINDOW_H
#define TRACEDESK_TUI_ROW_WINDOW_H

#include <stdbool.h>
#include <stddef.h>

#include "core/desk.h"
#include "tui/draw.h"

enum window_from { FROM_WINDOW, FROM_BEGIN, FROM_END };

struct row_window {
	enum queue queue;	     /* whose rows; 0: every receipt's, newest first */
	const struct filter *filter; /* with queue 0: what it leaves; NULL: all */
	bool is_running;	     /* begun before: its start is no search of its own */
	struct request_row *rows;
	size_t count;
	bool is_begin, is_end; /* the window's first row is the list's first; its last the last */
	long top, selected;
	enum window_from from;
	struct notice notice; /* what failed */
};

/* Reads what is wanted for height rows shown and does not lie in the window yet. */
enum desk_status window_fill(struct desk *desk, struct row_window *window, size_t height);
/* Reads again what is shown: others, or this person, may have changed it. */
enum desk_status window_refresh(struct desk *desk, struct row_window *window, size_t height);
/* Moves the selection, and with it what is shown; true when window_fill must be called. */
bool window_move(struct row_window *window, long rows, size_t height);
/* The selected row; NULL when there is none. */
const struct request_row *window_selected(const struct row_window *window);
/* What of the list is not seen where its rows are shown from a row of the terminal on. */
struct draw_more window_more(const struct row_window *window, int row);
void window_clear(struct row_window *window);

#endif
