/*
 * The SQLite connection of an open store, through the sealing VFS, set as
 * store.md's chapter "Open" asks.
 */
#ifndef TRACEDESK_DB_CONNECTION_H
#define TRACEDESK_DB_CONNECTION_H

#include "db/store_private.h"

/* Opens the connection with the store's keys. */
enum db_status connection_open(struct store *store);
void connection_close(struct store *store);
/* Opens the connection anew when it had to be closed: a commit or a rollback failed, and it could
   not be opened then. */
enum db_status connection_again(struct store *store);
/* A new, empty file: reserve bytes, then WAL. */
enum db_status connection_prepare_new(struct store *store);
/* Every write goes through the log (journal_mode is WAL), else DB_FAULT. */
enum db_status connection_check_log(struct store *store);
/* Migrates an older store in a transaction of its own. */
enum db_status connection_upgrade(struct store *store);
/* DB_DAMAGED when the trail has fewer events than the record or another history. */
enum db_status connection_compare_head(struct store *store, const struct head_record *record);
/* Is there an event of that transaction? DB_OK, DB_NONE. */
enum db_status connection_find_operation(
	struct store *store, const uint8_t operation[STORE_ID_BYTES]);

#endif
