/*
 * The selection of a list in memory.
 */
#include "tui/pick.h"

void pick_move(const struct pick *pick, long rows)
{
	long last = (long)pick->count - 1, to = (long)*pick->selected + rows;

	if (to > last)
		to = last;
	*pick->selected = (size_t)(to < 0 ? 0 : to);
	if (*pick->selected < *pick->top)
		*pick->top = *pick->selected;
	if (*pick->selected >= *pick->top + pick->height)
		*pick->top = *pick->selected - pick->height + 1;
}
