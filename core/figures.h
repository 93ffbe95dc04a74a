/*
 * Figures of the register: whole numbers from grouped counts, shares rounded
 * half up in whole-number arithmetic, outcomes checked against receipts. Pure.
 */
#ifndef TRACEDESK_CORE_FIGURES_H
#define TRACEDESK_CORE_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/records.h"

enum tracing_measure {
	MEASURE_REJECTED,
	MEASURE_APPROVED_TRACE,
	MEASURE_APPROVED_NO_TRACE,
	MEASURE_TOTAL,
	TRACING_MEASURES
};

enum dbsb_measure {
	DBSB_RECEIVED,
	DBSB_REJECTED,
	DBSB_WITHDRAWN,
	DBSB_PROCESSED,
	DBSB_AVERAGE,	     /* transactions / processed, rounded half up */
	DBSB_SINGLE_PERCENT, /* in tenths of a per cent, rounded half up */
	DBSB_SINGLE,
	DBSB_UNMATCHED,
	DBSB_TRANSACTIONS,
	DBSB_MEASURES
};

/* What stands in place of a figure. */
enum {
	FIGURE_NONE = -1,   /* a division by zero would be */
	FIGURE_HIDDEN = -2, /* suppressed */
};

/* A service as a month shows it. Its texts are the month's own, so that what was published does not
   change when a service does. */
struct figures_service {
	char code[CODE_SIZE];
	int position; /* order in the register */
	char *label;  /* as it is printed in that month, with its note */
	char *footnote;
	int64_t value[TRACING_MEASURES];
	bool differs[TRACING_MEASURES]; /* of present figures: from what was published */
};

/* A second or later revision of a published month. */
struct figures_revision {
	int revision;
	char day[DAY_SIZE]; /* when it was published */
	char *why;
};

/* All that is printed of a month. While it is open the four after is_closed are empty. */
struct figures_month {
	char month[8];
	bool is_closed;
	char closed_on[DAY_SIZE]; /* when the revision at hand was published */
	int revision;
	char *checkpoint; /* names that of the audit log it was published with, in a few words */
	struct figures_revision *revisions; /* up to the one at hand, ascending */
	size_t revision_count;
	struct figures_service *services; /* those shown in that month, in register order */
	size_t service_count;
	int64_t total[TRACING_MEASURES];
	int64_t dbsb[DBSB_MEASURES];
	/* Of a closed month: its figures as they would be now, with the cells that differ from what
	   was published. */
	bool is_present;
	bool total_differs[TRACING_MEASURES];
	bool dbsb_differs[DBSB_MEASURES];
};
void figures_month_clear(struct figures_month *month);
/* The service of that code as the month shows it; NULL: it does not. */
struct figures_service *figures_service_find(const struct figures_month *month, const char *code);

/* Families of rules for small numbers (core/suppress.h). */
enum suppression { SUPPRESS_NOTHING, SUPPRESS_SHMI, SUPPRESS_CSDS };

struct figures {
	struct figures_month *months; /* ascending */
	size_t month_count;
	enum suppression suppression;
};

/* The months of a period. */
struct figures_span {
	char first[8]; /* YYYY-MM */
	char last[8];
};

/* What figures are made from. */
struct figures_counts {
	const struct tracing_count *tracing;
	size_t tracing_count;
	const struct submission_count *submissions;
	size_t submission_count;
	const struct month *months; /* closed ones among the period */
	size_t month_count;
	struct service *services; /* handed over */
	size_t service_count;
};

/* Reads a period (YYYY-MM, YYYY, YYYY-MM..YYYY-MM) up to the month of today; false when it is none
   or begins after today's month, with the sentence in out_why. */
bool figures_period(const char *period, const char *today, struct figures_span *out_span,
	char *out_why, size_t why_size);
/* Takes the services over, also when it fails. Every month of the span is there, zeros included;
   counts of other months are passed over. Withdrawn receipts and services outside the register do
   not count. NULL and the sentence in out_why when counts do not fit (an outcome that is none, an
   unknown service, more single matches than transactions). */
struct figures *figures_make(const struct figures_span *span, const struct figures_counts *counts,
	char *out_why, size_t why_size);
void figures_free(struct figures *figures);
/* part * scale / whole, half a unit up; FIGURE_NONE when whole is 0. part * scale must fit. */
int64_t figures_share(int64_t part, int64_t scale, int64_t whole);

#endif
