/*
 * One receipt as lines to scroll through: groups of labels and values, wrapped
 * to the terminal's width; two panes side by side where there is room.
 */
#ifndef TRACEDESK_TUI_RECEIPT_LINES_H
#define TRACEDESK_TUI_RECEIPT_LINES_H

#include <stddef.h>

#include "db/records.h"
#include "tui/receipt_cells.h"

enum { PANES = 2 };

struct receipt_line {
	const char *label; /* NULL: the value goes on, or is a heading */
	char *text;	   /* made harmless already */
	bool is_heading;
};

struct receipt_pane {
	struct receipt_line *lines;
	size_t count;
	int column, width;
};

struct receipt_lines {
	struct receipt_pane panes[PANES];
	size_t height; /* of the longer pane */
};

/* Makes the lines anew for a terminal of so many columns. */
void receipt_lines_make(struct receipt_lines *lines, const struct request *request,
	const struct service_list *services, int columns);
void receipt_lines_clear(struct receipt_lines *lines);
/* Draws from line top on over rows lines. */
void receipt_lines_draw(const struct receipt_lines *lines, size_t top, int row, int rows);

#endif
