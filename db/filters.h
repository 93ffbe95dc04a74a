/*
 * What a filter of receipts asks, as the lists read it. The words are parsed by
 * core/filter.c.
 */
#ifndef TRACEDESK_DB_FILTERS_H
#define TRACEDESK_DB_FILTERS_H

#include <stdbool.h>

#include "db/fields.h"

/* What a filter of coded words asks (interface section 9). Lists are codes between semicolons
   (";police;nca;"); "" does not ask. Each has its negation. */
enum filter_word {
	FILTER_STATE,
	FILTER_SERVICE,
	FILTER_ORGANISATION, /* the whole name, folded by the desk */
	FILTER_REASON,
	FILTER_ASSIGNED, /* a name, or "none" */
	FILTER_REFERENCE,
	FILTER_NHS,
	FILTER_BORN,
	FILTER_OPEN, /* these four: "yes" when asked */
	FILTER_DECIDED,
	FILTER_FLAGGED,
	FILTER_IMPORTED,
	FILTER_WORDS
};
struct request_filter {
	char *is[FILTER_WORDS];
	char *is_not[FILTER_WORDS];
	char received_from[DAY_SIZE], received_to[DAY_SIZE];
	char decided_from[DAY_SIZE], decided_to[DAY_SIZE];
	/* Whose eyes: receipts that are flagged and not open to this person do not match what would
	   tell of their subject (nhs, born). */
	bool sees_flagged;
	char person[NAME_SIZE];
};

#endif
