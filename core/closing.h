/*
 * A closed month: its figures made again from what it froze, its cells one by
 * one, and how two states of a month differ. Pure.
 */
#ifndef TRACEDESK_CORE_CLOSING_H
#define TRACEDESK_CORE_CLOSING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buffer.h"
#include "core/figures.h"

/* What a month was published with, or would be. */
struct closing {
	char month[8];
	struct month_service *services;
	size_t service_count;
	struct month_case *cases;
	size_t case_count;
	struct month_figure *figures; /* every cell */
	size_t figure_count;
};
void closing_clear(struct closing *closing);

/* Fills services and figures from a month's figures, which stay the caller's, and takes the cases
   over, leaving out those that count in no cell of it. */
void closing_fill(struct closing *closing, const struct figures_month *month,
	struct month_case *cases, size_t case_count);
/* The figures that the cases make, one month; NULL and the sentence in out_why when they are not
   those kept cell by cell. */
struct figures *closing_figures(const struct closing *closing, char *out_why, size_t why_size);

/* The codes of --cases: a measure of the register and a service, total, or dbsb for a submissions'
   measure. */
struct figures_cell {
	bool is_dbsb;
	int measure; /* of enum tracing_measure or dbsb_measure */
	char service[CODE_SIZE];
};
/* Does the case stand behind the cell? */
bool closing_is_behind(const struct month_case *one, const struct figures_cell *cell);
/* "rejected:police", "received:dbsb"; false: there is no such cell. */
bool figures_cell_read(const char *text, struct figures_cell *out_cell);
/* Marks the cells of now that differ from what was published. */
void closing_mark(struct figures_month *now, const struct figures_month *published);
/* Appends a line for each cell, label and footnote that differs, and for each receipt or submission
   that stands behind other cells; nothing when the two are the same. */
void closing_difference(
	const struct closing *before, const struct closing *now, struct buffer *out);

#endif
