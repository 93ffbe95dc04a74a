/*
 * What a closed month keeps of itself: each revision with its figures, the
 * services as they were printed, and the receipts and submissions behind every
 * cell. Part of db/records.h.
 */
#ifndef TRACEDESK_DB_PUBLISHED_H
#define TRACEDESK_DB_PUBLISHED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/fields.h"

/* A revision of a closed month. */
struct month_revision {
	int64_t id;
	char month[8];
	int revision; /* from 1 */
	char day[DAY_SIZE];
	int64_t event; /* sequence of the event that published it */
	char *why;     /* of a second or later one; else "" */
};
void month_revision_clear(struct month_revision *published);

/* A service as it was printed. */
struct month_service {
	char code[CODE_SIZE];
	int position;
	char *label; /* with its note */
	char *footnote;
};
void month_services_clear(struct month_service *services, size_t count);

/* A receipt, or a submission (service ""), as it counts in a month. */
struct month_case {
	char reference[REFERENCE_SIZE];
	char service[CODE_SIZE];
	int counts; /* of enum request_state; of a submission the enum submission_status it counts
		       under, so one that came and ended in a month is there twice */
	int64_t transactions, single_match; /* where it counts as processed */
};

/* A release: an answer that told something of somebody traced. */
struct release {
	char reference[REFERENCE_SIZE];
	char decided[DAY_SIZE];
	char service[CODE_SIZE];
	char *organisation;
	char *items; /* parted by ; */
	char legal_basis[CODE_SIZE];
	char purpose[CODE_SIZE];
	bool imported; /* taken over from an older system, so added after it was made */
};
void releases_clear(struct release *releases, size_t count);

/* A cell: service "" in the dbsb section, "total" for a total. */
struct month_figure {
	char measure[CODE_SIZE];
	char service[CODE_SIZE];
	int64_t value; /* as in core/figures.h: a share in tenths, -1 for a division by zero */
};

#endif
