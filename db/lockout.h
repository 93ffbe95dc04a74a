/*
 * The lockout part: 8192 bytes at 32768 of a store that are written without a
 * key, by whoever fails to log in, and so have a plain checksum only. Whoever
 * can write the file can change it: the real guard is the cost of a guess.
 */
#ifndef TRACEDESK_DB_LOCKOUT_H
#define TRACEDESK_DB_LOCKOUT_H

#include "db/rawfile.h"
#include "db/vault.h"

/*
 * All whole numbers little-endian:
 *
 *       0   8  serial of the next failed log-in, from 1
 *       8   8  failed log-ins that were overwritten since the trail took any
 *      64      a slot's wrong passwords in a row (4), zeros (4), locked until
 *              (8, seconds since 1970): 40 times 16 bytes
 *    1024      the ring: 32 times serial (8; 0: empty) and a box of 120:
 *              time (8) and typed name (64, zeros behind it), crypto_box_seal
 *              to the header's witness key
 *    8160  32  BLAKE2b-256 of all before it
 *
 * The rest is zeros. The id of an entry is BLAKE2b-128 of its box, so that it
 * can be cleared without a key.
 */

enum {
	LOCKOUT_BYTES = 8192,
	LOCKOUT_RING = VAULT_MOST_FAILURES,
	LOCKOUT_TRIES = 5,
	LOCKOUT_SECONDS = 15 * 60
};

struct lockout {
	uint8_t bytes[LOCKOUT_BYTES];
};

void lockout_init(struct lockout *lockout);
/* DB_DAMAGED: the checksum is wrong; lockout is then as new. */
enum db_status lockout_load(struct rawfile *file, struct lockout *out_lockout);
enum db_status lockout_store(struct rawfile *file, struct lockout *lockout);

/* Is the slot locked at the time now? */
bool lockout_is_shut(const struct lockout *lockout, int slot, int64_t now, int64_t *out_until);
bool lockout_has_count(const struct lockout *lockout, int slot);
/* The fifth wrong password in a row locks the slot and starts the count anew. */
void lockout_count(struct lockout *lockout, int slot, int64_t now);
void lockout_forget(struct lockout *lockout, int slot);

/* Boxes a failed log-in; the oldest makes room. */
void lockout_box(struct lockout *lockout, const uint8_t witness[32], const char *name, int64_t now);
/* Opens the boxes with the witness subkey, oldest first. Those that do not open, forged or of
   another store, are dropped and counted as lost: true then, the part must be stored. */
bool lockout_open(struct lockout *lockout, const uint8_t subkey[32],
	struct vault_failure out_failures[LOCKOUT_RING], int *out_count, uint64_t *out_lost);
void lockout_clear(
	struct lockout *lockout, const struct vault_failure *failures, int count, uint64_t lost);

#endif
