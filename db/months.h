/*
 * Published months. An open month has no row.
 */
#ifndef TRACEDESK_DB_MONTHS_H
#define TRACEDESK_DB_MONTHS_H

#include "db/store.h"

/* Closed months, ascending. Free with mem_free. */
enum db_status months_closed(struct store *store, struct month **out_months, size_t *out_count);

#endif
