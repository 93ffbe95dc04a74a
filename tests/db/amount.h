/*
 * How much a heavy test does: what `make check` takes, or, with
 * TRACEDESK_CAMPAIGN set, what `make campaign` does.
 */
#ifndef TRACEDESK_TESTS_DB_AMOUNT_H
#define TRACEDESK_TESTS_DB_AMOUNT_H

#include <stdlib.h>

static inline int amount(int usual, int campaign)
{
	return getenv("TRACEDESK_CAMPAIGN") ? campaign : usual;
}

#endif
