/*
 * What the files of db/ share of an open store. Not for core/.
 *
 * vault: file, header, slots, -head and locks (vault.c); keys: the subkeys of
 * the master key; vfs: the sealing VFS that SQLite reads and writes through;
 * db: the connection. Prepared statements are kept a table file at a time.
 */
#ifndef TRACEDESK_DB_STORE_PRIVATE_H
#define TRACEDESK_DB_STORE_PRIVATE_H

#include <sqlite3.h>

#include "db/store.h"
#include "db/vault.h"

struct sealing_vfs;
struct changes;
struct statement;

enum table_file {
	FILE_STORE,
	FILE_REQUESTS,
	FILE_REQUEST_LISTS,
	FILE_DECISIONS,
	FILE_NOTES,
	FILE_LETTERS,
	FILE_ORGANISATIONS,
	FILE_RULEBOOK,
	FILE_SUBMISSIONS,
	FILE_PEOPLE,
	FILE_SERVICES,
	FILE_EVENTS,
	FILE_MONTHS,
	FILE_SETTINGS,
	FILE_IMPORTS,
	FILE_VERIFY,
	FILE_VERIFY_ROWS,
	FILE_IMAGES,
	FILE_SCHEMA,
	FILE_REFERENCES,
	FILE_OFFICERS,
	FILE_CHECKPOINT,
	FILE_TRAIL_EXPORT,
	FILE_EVENT_LOG,
	FILE_EVENT_STORY,
	FILE_HOLIDAYS,
	FILE_REQUEST_WORDS,
	FILE_CHECK,
	FILE_WORDS_CHECK,
	FILE_FILES,
	FILE_DRAFTS,
	FILE_VERIFY_FILES,
	TABLE_FILES
};

struct store {
	struct vault *vault;
	struct vault *place;	 /* where it is to come, NULL: where it is (vault_place.h) */
	bool is_placed;		 /* it has come there */
	struct keys *keys;	 /* NULL while locked */
	struct secret *sign_key; /* Ed25519 secret key of who unlocked, or NULL */
	struct secret *master;	 /* the master key, for new slots; NULL while locked */
	uint8_t sign_public[32]; /* of who made the store just now */
	uint8_t box_public[32];
	struct sealing_vfs *vfs;
	sqlite3 *db;
	struct statement *statements[TABLE_FILES];
	int statement_counts[TABLE_FILES];
	struct changes *changes;	   /* rows changed since the last event */
	uint8_t operation[STORE_ID_BYTES]; /* id of the transaction under way */
	bool in_transaction;
	bool head_is_missing; /* it stays so until `store check`: every opening must warn */
	bool head_is_behind;  /* written, not yet synced */
	/* The last event as the transaction under way sees it. */
	bool tail_known;
	bool tail_needs_signature;
	int64_t tail_sequence;
	uint8_t tail_hash[STORE_HASH_BYTES];
	/* Failed log-ins taken into the transaction under way, cleared from the header after it. */
	struct vault_failure failures[VAULT_MOST_FAILURES];
	int failure_count;
	uint64_t failures_lost;
	int log_frames; /* frames in the log after the last commit */
	char message[1024];
	char warning[512];
};

/* Writes the message and returns the status. */
enum db_status store_fail(struct store *store, enum db_status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Adds a sentence to the warning. */
void store_warn(struct store *store, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* What SQLite said just now, as a status with words (damage with file and page when the VFS knows
   them). */
enum db_status store_fail_sqlite(struct store *store, int code);

/* Was it for want of room, or of quota, that SQLite failed just now? */
bool store_disk_is_full(const struct store *store, int code);
/* A page of the store or a frame of its log does not open: DB_DAMAGED, in the same words whoever
   found it. */
enum db_status store_fail_part(struct store *store, bool is_log, uint32_t number);

/* Keys and connection for a person whose seed is open; takes the person's secrets over. */
enum db_status store_enter(struct store *store, struct vault_person *person);
/* Where it is, or where it is to come. */
struct vault *store_place(struct store *store);
/* NAME-making, opened as made, takes the place of from; both connections are closed by it. A store
   just made is both. */
enum db_status store_take_place(struct store *from, struct store *made, bool keeps_old);
/* How many pages the database has. */
enum db_status store_pages(struct store *store, int64_t *out_pages);

/* -head is made durable, if anything was written to it: before a checkpoint and before closing. */
void store_head_settle(struct store *store);
/* Brings the whole log into the pages, by who is alone with the store: closing does that too, and
   does not say why it failed. DB_OK with the log as it is: nothing is open, or the pages must not
   change now, since somebody copies them. */
enum db_status store_log_bring_in(struct store *store);

#endif
