/*
 * A list that is in memory as a whole: which of its rows is selected, and from
 * which on it is shown. (row_window.h is for lists that are not.)
 */
#ifndef TRACEDESK_TUI_PICK_H
#define TRACEDESK_TUI_PICK_H

#include <stddef.h>

/* The screen's own places, the rows there are, those it has room for. */
struct pick {
	size_t *selected, *top;
	size_t count, height;
};

/* Moves the selection, to an end at the most, and what is shown with it; 0 rows: only into sight.
 */
void pick_move(const struct pick *pick, long rows);

#endif
