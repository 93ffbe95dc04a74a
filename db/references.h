/*
 * References given out: PREFIX-YYYY-NNNNNN by the year received.
 */
#ifndef TRACEDESK_DB_REFERENCES_H
#define TRACEDESK_DB_REFERENCES_H

#include "db/store_private.h"

/* The next number of the prefix in the year of day. */
enum db_status reference_next(struct store *store, const char *prefix, const char *day,
	char out_reference[REFERENCE_SIZE]);

#endif
