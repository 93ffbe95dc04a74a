/*
 * The vault: everything of a store that is not SQLite's. The file's header
 * with its two copies and key slots, the part with failed log-ins, the -head
 * file with its records and locks, the rules about folders and file modes.
 * Reads and writes the store file only through the VFS below (a plain
 * descriptor closed on it would drop SQLite's locks: fcntl(2)).
 */
#ifndef TRACEDESK_DB_VAULT_H
#define TRACEDESK_DB_VAULT_H

#include "db/keys.h"
#include "db/store.h"

struct vault;

enum {
	VAULT_HEADER_BYTES = 40960, /* the database begins here */
	VAULT_MOST_FAILURES = 32,   /* failed log-ins kept for the trail */
};

/* What -head holds: the last event known to be durable. */
struct head_record {
	int64_t sequence;		/* of the last event: the commit count */
	uint8_t hash[STORE_HASH_BYTES]; /* of that event */
	uint64_t generation;		/* of the header */
};

/* A person's keys, derived from the seed in the slot. */
struct vault_person {
	struct secret *sign_key; /* Ed25519 secret key */
	uint8_t sign_public[32];
	uint8_t box_public[32];
	struct secret *master; /* the master key */
};
void vault_person_clear(struct vault_person *person);

/* The public keys of the recovery slot. */
struct vault_publics {
	uint8_t sign[32];
	uint8_t box[32];
};

/* A failed log-in taken out of the ring. */
struct vault_failure {
	uint8_t id[16]; /* of its box: no key is needed to clear it */
	int64_t time;
	char name[NAME_SIZE];
};

struct vault *vault_new(void);
void vault_free(struct vault *vault); /* closes files, drops locks */
const char *vault_message(const struct vault *vault);
const char *vault_warning(const struct vault *vault); /* one a line, or "" */

/* Name of the VFS below for every file of the store (tests put a faulty one there); NULL: default.
 */
void vault_set_lower(struct vault *vault, const char *lower);
const char *vault_lower(const struct vault *vault);

enum db_status vault_make(struct vault *vault, const struct store_make *make,
	struct vault_person *out_person, struct vault_publics *out_publics,
	struct secret **out_recovery);
/* Removes the files of a store that could not be finished. */
void vault_unmake(struct vault *vault);
enum db_status vault_open(struct vault *vault, const char *path);
enum db_status vault_unlock(struct vault *vault, const char *name, const struct secret *password,
	int64_t now, struct vault_person *out_person);
/* As vault_unlock, but for what it opens: it is closed again, and the vault stays as it is. */
enum db_status vault_prove(
	struct vault *vault, const char *name, const struct secret *password, int64_t now);
/* The keys of the recovery slot, by the printed code. DB_LOCKED: mistyped, or another store's. */
enum db_status vault_recover(
	struct vault *vault, const struct secret *code, struct vault_person *out_person);
/* After the keys are known: the MAC decides which copy of the header holds; heals the other. The
   keys are kept, for whenever the header is read again, until vault_forget, the next password or
   closing. */
enum db_status vault_verify(struct vault *vault, const struct keys *keys);
void vault_forget(struct vault *vault);

/* The turnstile: one writer at a time, in the order they came (turnstile.h). DB_BUSY after 10 s.
   Held over one write transaction; taken again by who has it, it is given as often. Brings the
   header up to date. DB_DAMAGED: it was changed by somebody without the key. */
enum db_status vault_turn_take(struct vault *vault);
void vault_turn_give(struct vault *vault);

/* The store's pages: kept as they are (turnstile.h), or changed by who brings the log into them. */
enum db_status vault_pages_keep(struct vault *vault);
enum db_status vault_pages_change(struct vault *vault);
void vault_pages_end(struct vault *vault);

/* Is the file still the one of that name? DB_IO with words when it was replaced or taken away
   while it was open: what is written now would be lost with it. */
enum db_status vault_is_in_place(struct vault *vault);

/* The -head record. HEAD_FOREIGN: something is written there, but nothing of this file. */
enum head_found { HEAD_HOLDS, HEAD_MISSING, HEAD_FOREIGN };
enum db_status vault_head_read(struct vault *vault, const struct keys *keys,
	struct head_record *out_record, enum head_found *out_found);
enum db_status vault_head_write(
	struct vault *vault, const struct keys *keys, const struct head_record *record);
enum db_status vault_head_sync(struct vault *vault);

struct secret *vault_random_master(void);
/* A new person's seed (random) and the public keys derived from it. */
void vault_seed_new(
	struct secret **out_seed, uint8_t out_sign_public[32], uint8_t out_box_public[32]);
struct vault_slot {
	const char *name;
	const struct secret *password;
	const struct secret *master;
	const struct secret *seed;
};
/* Takes the place of the slot of that name (reset), else an empty one; DB_REFUSED: none is empty.
   Ends a lock-out of the name. */
enum db_status vault_slot_add(
	struct vault *vault, const struct keys *keys, const struct vault_slot *slot);
/* The same, and in the same step the seed of a new recovery code in place of the old one. */
enum db_status vault_slots_recover(struct vault *vault, const struct keys *keys,
	const struct vault_slot *slot, const struct secret *recovery_seed);
/* Seals the seed anew. DB_LOCKED: the old password is wrong (not counted). DB_NONE, as for remove:
   no slot has that name. */
enum db_status vault_slot_change_password(struct vault *vault, const struct keys *keys,
	const char *name, const struct secret *old_password, const struct secret *password);
/* Forgets the wrong passwords given for the name. DB_NONE: no slot has it. */
enum db_status vault_slot_unlock(struct vault *vault, const struct keys *keys, const char *name);
/* Has the name a slot, and until when is it locked (0: it is not)? */
enum db_status vault_slot_look(
	struct vault *vault, const char *name, int64_t now, bool *out_has, int64_t *out_until);
enum db_status vault_slot_remove(struct vault *vault, const struct keys *keys, const char *name);

/* Boxes a failed log-in and counts it in the slot; index -1: no slot has that name. */
enum db_status vault_failure_box(struct vault *vault, int index, const char *name, int64_t now);
/* Failed log-ins waiting to be taken into the trail, oldest first (at most 32), and how many were
   overwritten. Cleared with vault_failures_clear after the commit that holds their ids. */
enum db_status vault_failures_read(struct vault *vault, const struct keys *keys,
	struct vault_failure *out_failures, int *out_count, uint64_t *out_lost);
enum db_status vault_failures_clear(
	struct vault *vault, const struct vault_failure *failures, int count, uint64_t lost);

/* Absolute, without links; "" before there is one. */
const char *vault_path(const struct vault *vault);
enum store_kind vault_kind(const struct vault *vault);
/* Of the store at path, read without a lock; 0 when no header there holds. Shuts the vault. */
enum store_kind vault_kind_at(struct vault *vault, const char *path);
/* Its desk, in the same way; false: it is no store. */
bool vault_desk_at(struct vault *vault, const char *path, uint8_t out_id[16]);
const uint8_t *vault_file_id(const struct vault *vault);
const uint8_t *vault_desk_id(const struct vault *vault);
uint64_t vault_generation(const struct vault *vault);
struct store_cost vault_cost(const struct vault *vault);
int vault_slots_used(const struct vault *vault);
bool vault_has_recovery(const struct vault *vault);

#endif
