/*
 * One write at a time: the turnstile before any SQLite lock, BEGIN IMMEDIATE, an
 * operation id, the events with one signature, COMMIT, the -head record, and a
 * checkpoint when the log has grown. A commit that failed with an I/O error may
 * have happened: the store is opened anew and the operation looked up, so that
 * the answer is the truth.
 */
#include <sodium.h>
#include <string.h>

#include "db/chain.h"
#include "db/changes.h"
#include "db/connection.h"
#include "db/schema.h"
#include "db/statement.h"

enum { CHECKPOINT_FRAMES = 1000 };

static enum db_status vault_failed(struct store *store, enum db_status status)
{
	return store_fail(store, status, "%s", vault_message(store->vault));
}

static enum db_status writing_begin(struct store *store)
{
	enum db_status status = connection_again(store);
	int code;

	if (status != DB_OK)
		return status;
	code = sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	return code == SQLITE_OK ? DB_OK : store_fail_sqlite(store, code);
}

enum db_status store_begin(struct store *store)
{
	enum db_status status = vault_turn_take(store->vault);

	if (status != DB_OK)
		return vault_failed(store, status);
	status = vault_is_in_place(store->vault);
	if (status != DB_OK)
		(void)vault_failed(store, status);
	else
		status = writing_begin(store);
	if (status != DB_OK) {
		vault_turn_give(store->vault);
		return status;
	}
	randombytes_buf(store->operation, sizeof(store->operation));
	changes_end(store->changes);
	store->in_transaction = true;
	store->tail_known = false;
	store->tail_needs_signature = false;
	store->failure_count = 0;
	store->failures_lost = 0;
	return DB_OK;
}

static void transaction_end(struct store *store)
{
	store->in_transaction = false;
	store->tail_known = false;
	changes_end(store->changes);
	vault_turn_give(store->vault);
}

enum db_status store_hold(struct store *store)
{
	enum db_status status = vault_turn_take(store->vault);

	return status == DB_OK ? DB_OK : vault_failed(store, status);
}

void store_release(struct store *store)
{
	vault_turn_give(store->vault);
}

/* It fails when SQLite has rolled back by itself, or has no memory for so much as that: closing the
   connection needs none, and nobody waits for the lock of a transaction that is over. */
static void undo(struct store *store)
{
	(void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	if (!store->db || sqlite3_get_autocommit(store->db))
		return;
	connection_close(store);
	(void)connection_open(store); /* or when it is needed: connection_again */
}

void store_rollback(struct store *store)
{
	if (!store->in_transaction)
		return;
	undo(store);
	transaction_end(store);
}

/* The frames of a commit that failed may lie whole in the log, though nobody counts them: the next
   recovery, after everybody was killed, would. A commit that changes nothing lands on them. */
static enum db_status leavings_cover(struct store *store, int code)
{
	return (code & 0xff) == SQLITE_IOERR ? schema_touch(store) : DB_OK;
}

/* After a commit that failed: was it durable all the same? */
static enum db_status commit_look_up(struct store *store, int code)
{
	enum db_status failed = store_fail_sqlite(store, code);
	const char *why = failed == DB_BUSY		    ? "not enough memory"
			  : store_disk_is_full(store, code) ? "the disk is full, or a quota used up"
							    : "reading or writing failed";
	char words[sizeof(store->message)];
	enum db_status status;

	memcpy(words, store->message, sizeof(words));
	connection_close(store);
	status = connection_open(store);
	if (status == DB_OK)
		status = connection_find_operation(store, store->operation);
	if (status == DB_OK)
		return DB_OK;
	if (status != DB_NONE || leavings_cover(store, code) != DB_OK)
		return store_fail(store, failed,
			"%s: %s: whether the last change was stored cannot be told; see"
			" that the disk has room, and look for it before you make it again",
			store_path(store), why);
	return store_fail(store, failed, "%s", words);
}

static void head_note(struct store *store)
{
	struct head_record record = { .sequence = store->tail_sequence,
		.generation = vault_generation(store->vault) };

	if (!store->tail_known || store->head_is_missing)
		return;
	memcpy(record.hash, store->tail_hash, sizeof(record.hash));
	if (vault_head_write(store->vault, store->keys, &record) != DB_OK)
		store_warn(store, "%s", vault_message(store->vault));
	store->head_is_behind = true;
}

void store_head_settle(struct store *store)
{
	if (store->head_is_behind && vault_head_sync(store->vault) != DB_OK)
		store_warn(store, "%s", vault_message(store->vault));
	store->head_is_behind = false;
}

/* A checkpoint that fails loses nothing: the log stays and the next one tries again. So does one
   that has to wait for a copy. */
static void checkpoint_when_due(struct store *store)
{
	if (store->log_frames < CHECKPOINT_FRAMES || vault_pages_change(store->vault) != DB_OK)
		return;
	store_head_settle(store);
	(void)sqlite3_wal_checkpoint_v2(
		store->db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, &store->log_frames);
	vault_pages_end(store->vault);
	store->log_frames = 0;
}

enum db_status store_log_bring_in(struct store *store)
{
	int code;

	if (!store->db || vault_pages_change(store->vault) != DB_OK)
		return DB_OK;
	code = sqlite3_wal_checkpoint_v2(store->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	vault_pages_end(store->vault);
	return code == SQLITE_OK ? DB_OK : store_fail_sqlite(store, code);
}

/* What must not be stored: a change that the trail would not tell of, a receipt that no search
   would find. */
static enum db_status commit_check(struct store *store)
{
	if (changes_count(store->changes) > 0)
		return store_fail(store, DB_FAULT,
			"a change of table %s without its event: nothing was stored",
			covered_table_name(changes_at(store->changes, 0).table));
	if (changes_unindexed(store->changes) > 0)
		return store_fail(store, DB_FAULT,
			"a new receipt without its words in the index: nothing was stored");
	return DB_OK;
}

enum db_status store_commit(struct store *store)
{
	enum db_status status = commit_check(store);
	int code;

	if (status == DB_OK)
		status = events_sign(store);
	if (status != DB_OK) {
		store_rollback(store);
		return status;
	}
	code = sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
	if (code != SQLITE_OK) {
		bool tail_known = store->tail_known;

		status = commit_look_up(store, code);
		store->tail_known = tail_known;
	}
	if (status == DB_OK) {
		head_note(store);
		if (store->failure_count > 0 || store->failures_lost > 0)
			status = vault_failures_clear(store->vault, store->failures,
				store->failure_count, store->failures_lost);
		if (status != DB_OK)
			store_warn(store, "%s", vault_message(store->vault));
		status = DB_OK;
		checkpoint_when_due(store);
	} else {
		undo(store);
	}
	transaction_end(store);
	return status;
}

enum db_status store_read_begin(struct store *store)
{
	enum db_status status = vault_is_in_place(store->vault);
	int code;

	if (status != DB_OK)
		return vault_failed(store, status);
	status = connection_again(store);
	if (status != DB_OK)
		return status;
	code = sqlite3_exec(store->db, "BEGIN", NULL, NULL, NULL);
	return code == SQLITE_OK ? DB_OK : store_fail_sqlite(store, code);
}

void store_read_end(struct store *store)
{
	/* Nothing was written: this only gives the snapshot back. */
	undo(store);
}
