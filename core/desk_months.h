/*
 * Figures and months as the desk offers them: published ones as they were
 * published, open ones as they are, what stands behind a cell; closing a month
 * and revising a closed one. Part of core/desk.h.
 */
#ifndef TRACEDESK_CORE_DESK_MONTHS_H
#define TRACEDESK_CORE_DESK_MONTHS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/closing.h"
#include "core/figures.h"
#include "core/insight.h"
#include "core/notice.h"
#include "db/records.h"

struct desk;

/* Figures of a period as in interface section 7: a closed month's are those of its newest revision
   (0) or of an older one, or as they would be now, with the cells marked that differ. Free with
   figures_free. DESK_REFUSED: a month of the period has no such revision; DESK_DAMAGED: figures are
   not the sums of what stands behind them. */
struct desk_figures_wanted {
	const char *period;
	int revision;
	bool is_present;
};
enum desk_status desk_figures(struct desk *desk, const struct desk_figures_wanted *wanted,
	struct figures **out_figures, struct notice *out_notice);

/* A receipt or submission behind a cell; of a closed month as it was published. */
struct desk_case {
	char month[8];
	struct month_case counted;
	struct request_row request;   /* of a tracing cell; masked as in lists */
	struct submission submission; /* of a dbsb cell */
};
struct desk_cases {
	struct desk_case *list;
	size_t count;
};
void desk_cases_clear(struct desk_cases *cases);
enum desk_status desk_cases(struct desk *desk, const struct desk_figures_wanted *wanted,
	const struct figures_cell *cell, struct desk_cases *out_cases, struct notice *out_notice);

/* What the register does not publish of a period. Clear with insight_clear. */
enum desk_status desk_insight(struct desk *desk, const char *period, struct insight *out_insight,
	struct notice *out_notice);

/* Every month from the earliest decision or submission to the present one. Free with mem_free. */
enum desk_status desk_months(
	struct desk *desk, struct month **out_months, size_t *out_count, struct notice *out_notice);

/* Releases of a period, by the day they were made, whenever they came into the store. Free with
   mem_free after releases_clear. */
enum desk_status desk_releases(struct desk *desk, const char *period, struct release **out_releases,
	size_t *out_count, struct notice *out_notice);

/* What came, or would come, of closing or revising a month. */
struct desk_closing {
	char month[8];
	int revision;
	char *warning;	  /* receipts that still wait for a second person; "" for none */
	char *difference; /* of a revision: a line for each cell that differs */
	char *checkpoint; /* the text of the one made; "" before */
};
void desk_closing_clear(struct desk_closing *closing);
/* Closes a month that is over, in order: its figures and what stands behind each cell are frozen
   and signed, and a checkpoint is made. DESK_DAMAGED: the audit log does not verify from the last
   checkpoint on, or figures are not the sums of their cases. */
enum desk_status desk_month_close(struct desk *desk, const char *month,
	struct desk_closing *out_closing, struct notice *out_notice);
/* Publishes the next revision of a closed month, for a reason, which becomes its footnote.
   DESK_REFUSED: nothing differs from what was published. */
enum desk_status desk_month_revise(struct desk *desk, const char *month, const char *why,
	struct desk_closing *out_closing, struct notice *out_notice);
/* What would come of it; nothing is changed. DESK_REFUSED, without an event: why it cannot be. */
enum desk_status desk_month_look(struct desk *desk, const char *month,
	struct desk_closing *out_closing, struct notice *out_notice);

/* A revision of a month with what it changed of the one before. */
struct desk_revision {
	struct month_revision published;
	char *difference; /* "" for the first */
};
void desk_revisions_clear(struct desk_revision *revisions, size_t count);
/* Free with mem_free after desk_revisions_clear. */
enum desk_status desk_month_revisions(struct desk *desk, const char *month,
	struct desk_revision **out_revisions, size_t *out_count, struct notice *out_notice);

#endif
