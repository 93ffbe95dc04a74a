/*
 * The tables, as an append-only list of migrations; user_version counts those
 * done, from 11 on; to 10 were trials, refused as is a store with more than this program knows.
 */
#ifndef TRACEDESK_DB_SCHEMA_H
#define TRACEDESK_DB_SCHEMA_H

#include "db/store_private.h"

/* The place of a receipt in a queue: safeguarding first, then what is needed by a day, the soonest
   first, then the rest; each the longest waiting first. The same text in an index and in what
   reads it, or the index serves for nothing. */
#define QUEUE_KEY                                                                             \
	"(CASE WHEN safeguarding = 'yes' THEN '0' WHEN needed_by > '0' THEN '1' || needed_by" \
	" ELSE '2' END || received)"

/* Inside a transaction: makes or brings up to date. */
enum db_status schema_migrate(struct store *store);
/* DB_OK: as this program wants it; DB_NONE: older, to be migrated; DB_DAMAGED: newer. */
enum db_status schema_look(struct store *store);

/* Writes the version once more: a transaction of its own that changes nothing. */
enum db_status schema_touch(struct store *store);

#endif
