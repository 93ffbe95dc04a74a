/*
 * The records of -head: what the last durable commit was. Two of 512 bytes,
 * written in turn, so that a torn one leaves the other.
 */
#ifndef TRACEDESK_DB_HEAD_H
#define TRACEDESK_DB_HEAD_H

#include "db/rawfile.h"
#include "db/vault.h"

/*
 * A record, all whole numbers little-endian:
 *
 *     0  16  file id of the store
 *    16   8  counter: one more with every record
 *    24   8  sequence of the last event
 *    32  32  hash of that event
 *    64   8  generation of the header
 *   480  32  seal: BLAKE2b-256 of all before it, keyed with SUBKEY_HEAD
 *
 * The rest is zeros, under the seal. The valid record with the highest
 * counter holds; a record of another file id is passed over (restore and
 * rekey write the new file's record before the old one goes). The file is
 * never renamed or deleted; the locks lie behind the records (turnstile.h).
 */

/* Both records as they lie in the file. */
struct head_pair {
	int best;	  /* the record that holds, or -1 */
	bool has_damage;  /* one was written and is not valid for this store */
	uint64_t counter; /* of the best */
	struct head_record record;
};

enum db_status head_load(struct rawfile *file, const struct keys *keys, struct head_pair *out_pair);
/* Writes record in the place of the one that does not hold. Under the turnstile. */
enum db_status head_store(
	struct rawfile *file, const struct keys *keys, const struct head_record *record);
/* Writes the first record of the store that is to come into the place of another one, whose newest
   record stays: file_id says which, NULL: none has to. */
enum db_status head_store_beside(struct rawfile *file, const struct keys *keys,
	const uint8_t *file_id, const struct head_record *record);
/* Overwrites what another store left. */
enum db_status head_wipe(struct rawfile *file);

#endif
