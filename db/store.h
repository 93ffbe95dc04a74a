/*
 * The store: one file NAME.tdk (header with key slots, then sealed pages),
 * NAME.tdk-head beside it, -wal and -shm while in use. A store is opened
 * (file, header and locks), unlocked (a person's password), used in
 * transactions, closed. Every call returns a status; the words are in the
 * handle (store_message), written by the lowest layer that knew.
 */
#ifndef TRACEDESK_DB_STORE_H
#define TRACEDESK_DB_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/records.h"
#include "db/secret.h"

enum db_status {
	DB_OK = 0,
	DB_NONE,    /* no such row, no more rows */
	DB_REFUSED, /* a rule of the store: a name or reference taken, the same bytes twice */
	DB_LOCKED,  /* cannot unlock: user or password wrong, locked out, disabled */
	DB_DAMAGED, /* damaged, tampered with, not a store, made by a newer version */
	DB_BUSY,    /* not free within 10 s */
	DB_IO,	    /* no such file, disk full, input or output failed */
	DB_FAULT,   /* a mistake of the program's (SQL that does not fit the tables) */
};

enum { STORE_ID_BYTES = 16, STORE_SLOTS = 40, STORE_HASH_BYTES = 32 };
enum store_kind { STORE_ORDINARY = 1, STORE_DEMO = 2 };

/* Argon2id costs of a password guess. */
struct store_cost {
	uint64_t memory_bytes; /* 8 MiB to 1 GiB */
	uint32_t passes;       /* 1 to 10 */
};
#define STORE_COST_ORDINARY ((struct store_cost) { 256ULL << 20, 3 })
#define STORE_COST_DEMO	    ((struct store_cost) { 8ULL << 20, 1 })

struct store;
struct stat;

/* Once at the program's start, before anything else of the store's or any secret: the cipher
   library, SQLite's memory and switches, no core dumps (secret_start). False: a library did not
   start. */
bool store_start(void);

/* A handle with nothing open; never NULL. store_free closes and wipes; NULL is fine. */
struct store *store_new(void);
void store_free(struct store *store);
const char *store_message(const struct store *store);
/* A warning to show the person who opens (a missing -head, healed header, lockout part reset), or
   "". */
const char *store_warning(const struct store *store);

/* Makes a store that is to be at path (nothing may be there; DB_REFUSED otherwise), with one first
   slot for name under password and the recovery slot, and leaves it open and unlocked, inside a
   transaction that holds the schema: the caller adds the first person (people_insert,
   people_add_key with store_person_keys), the first event and commits; then store_make_end, and
   only then it is at path, whole; when anything fails, store_unmake. out_recovery: the recovery
   code as text (a secret; the caller frees it). A failure leaves no file behind. */
struct store_make {
	const char *path;
	const char *name;
	enum store_kind kind;
	struct store_cost cost;
	const struct secret *password;
};
enum db_status store_make(
	struct store *store, const struct store_make *make, struct secret **out_recovery);

/* The store takes its place, and is open and unlocked there. */
enum db_status store_make_end(struct store *store);
/* After that failed: has the store come to its place all the same? */
bool store_is_made(const struct store *store);
/* Closes and removes a store just made that could not be finished. */
void store_unmake(struct store *store);

/* Opens path: DB_IO no such file, DB_DAMAGED not a store or newer, DB_BUSY open elsewhere alone. */
enum db_status store_open(struct store *store, const char *path);
/* Takes a person's password. Same words and time for no such user and a wrong password. Failed
   tries are counted in the slot (five: locked for 15 minutes of the time now, in seconds) and boxed
   for the trail. On DB_OK the tables can be read and a transaction begun. */
enum db_status store_unlock(
	struct store *store, const char *name, const struct secret *password, int64_t now);
/* Is it the password of that name? Counted and boxed as by store_unlock, whose words and statuses
   it has; the store stays unlocked as it is. */
enum db_status store_password_prove(
	struct store *store, const char *name, const struct secret *password, int64_t now);
/* The recovery code in the place of a person's password: nobody is at the store then. DB_LOCKED as
   above. */
enum db_status store_unlock_recovery(struct store *store, const struct secret *code);
/* Boxes a failed log-in of that name for the trail, as store_unlock does; store open, locked or
 * not.
 */
enum db_status store_failure_box(struct store *store, const char *name, int64_t now);
/* Forgets keys and pages; the file stays open and locked (shared). */
void store_lock(struct store *store);

/* One write at a time: waits its turn up to 10 s (DB_BUSY). Every row changed on a table that the
   trail covers must be covered by an event (event_append) before the commit, and the words of every
   new receipt be in the index (request_words_put), else DB_FAULT. */
enum db_status store_begin(struct store *store);
/* DB_OK means durable. After an I/O error the store is looked up by operation id, so the answer is
   the truth. */
enum db_status store_commit(struct store *store);
void store_rollback(struct store *store);
/* Nobody else writes from here to store_release: for a slot that follows its row. Transactions and
   slot changes in between are as elsewhere. */
enum db_status store_hold(struct store *store);
void store_release(struct store *store);
/* One snapshot over several reads. */
enum db_status store_read_begin(struct store *store);
void store_read_end(struct store *store);

/* A new person's keys, for the row and the event that come before the slot. Free the seed with
   secret_free. */
void store_seed_new(
	struct secret **out_seed, uint8_t out_sign_public[32], uint8_t out_box_public[32]);
/* The public keys of who made the store just now (store_make). */
void store_person_keys(
	const struct store *store, uint8_t out_sign_public[32], uint8_t out_box_public[32]);

/* Key slots; store unlocked. Password rules are the desk's. Order: to add, the rows and the event
   first, then the slot, both inside store_hold; to remove, the slot first, inside the transaction
   and before its first event. DB_REFUSED: all slots are taken. */
enum db_status store_slot_add(struct store *store, const char *name, const struct secret *password,
	const struct secret *seed);
enum db_status store_slot_change_password(struct store *store, const char *name,
	const struct secret *old_password, const struct secret *password);
enum db_status store_slot_remove(struct store *store, const char *name);

/* After the code: rows and event first, then both slots in one step: name under password with the
   keys of seed, and a new recovery code of recovery_seed (of store_seed_new; its text). */
struct store_recovered {
	const char *name;
	const struct secret *password;
	const struct secret *seed;
	const struct secret *recovery_seed;
};
enum db_status store_slots_recover(struct store *store, const struct store_recovered *recovered);
struct secret *store_recovery_text(const struct secret *recovery_seed);

/* Has the name a key slot, and until when is it locked (0: it is not)? */
enum db_status store_slot_look(
	struct store *store, const char *name, int64_t now, bool *out_has, int64_t *out_until);

/* Ends a lock-out. */
enum db_status store_slot_unlock(struct store *store, const char *name);

/* Writes "SQLite 3.40.1, libsodium 1.0.18": the libraries in use. */
void store_libraries(char *out_text, size_t size);

struct store_info {
	int format;
	enum store_kind kind;
	int page_size;
	const char *cipher;
	struct store_cost cost;
	bool locked_memory;
	int slots_used;
	bool has_recovery;
};
void store_info(const struct store *store, struct store_info *out_info);
enum store_kind store_kind(const struct store *store);
/* Of the store at path, from its header alone, without a lock or a password; 0 when it is none. */
enum store_kind store_kind_at(const char *path);
/* Does it belong to another desk, seen in the same way? One that is none does not. */
bool store_is_anothers_at(const struct store *store, const char *path);
const uint8_t *store_desk_id(const struct store *store);
uint64_t store_generation(const struct store *store);
/* Tests: the name of the VFS below for every file of the store; before store_make or store_open. */
void store_set_lower(struct store *store, const char *lower);
const char *store_path(const struct store *store);
/* Is it one of the store's files? Opening and closing one elsewhere would drop its locks. */
bool store_owns(const struct store *store, const struct stat *info);

#endif
