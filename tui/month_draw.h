/*
 * The month on the screen: what is selected of it, its tables, and the months
 * before it as small bars with their numbers.
 */
#ifndef TRACEDESK_TUI_MONTH_DRAW_H
#define TRACEDESK_TUI_MONTH_DRAW_H

#include "core/buffer.h"
#include "core/closing.h"
#include "tui/draw.h"
#include "tui/page.h"
#include "tui/screen.h"

enum month_part { PART_TRACING, PART_DBSB, PART_INSIGHT, PART_REVISIONS, MONTH_PARTS };
/* A part of lines to scroll through, without figures to select. */
bool month_part_is_text(enum month_part part);

/* A month and what is selected of it. */
struct month_view {
	const struct figures *figures; /* the last one is the month shown */
	enum month_part part;
	size_t row; /* of services (the last one is the total), or of the dbsb measures */
	int column; /* of enum tracing_measure */
};

/* The month shown; NULL before it was loaded. */
const struct figures_month *month_shown_now(const struct month_view *view);
/* How many rows can be selected. */
size_t month_rows(const struct month_view *view);
/* The cell selected. */
void month_cell(const struct month_view *view, struct figures_cell *out_cell);
/* "Rejected, Court Order: 8 in December 2020, 4 in November 2020". */
void month_explain(const struct month_view *view, struct buffer *out);
void month_draw(const struct ui *ui, const struct month_view *view);
/* The revisions as lines, newest first. */
void month_revisions_lay(
	struct page *page, const struct desk_revision *revisions, size_t count, int width);

#endif
