/*
 * The checks beside the form of a request, as they stand now.
 */
#ifndef TRACEDESK_TUI_LOG_SIDE_H
#define TRACEDESK_TUI_LOG_SIDE_H

#include "core/desk_life.h"
#include "tui/draw.h"
#include "tui/form.h"

/* What fails first, then what was not entered, what a person must judge; the passed ones counted. A
   wrong field stands before them all. */
void side_draw(const struct draw_area *area, const struct form *form,
	const struct desk_findings *findings);

#endif
