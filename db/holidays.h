/*
 * The bank holidays as rows.
 */
#ifndef TRACEDESK_DB_HOLIDAYS_H
#define TRACEDESK_DB_HOLIDAYS_H

#include "db/store.h"

/* A new day, or the title of one that is known. */
enum db_status holidays_put(struct store *store, const struct holiday *holiday);
enum db_status holidays_remove(struct store *store, const char *day);
/* Ascending. Free with mem_free. */
enum db_status holidays_list(struct store *store, struct holiday **out_holidays, size_t *out_count);

#endif
