/*
 * Checkpoints: the desk, how many events there are, the hash of the last, signed
 * by who made it. Held by somebody else, one shows when a store is older than
 * it, or has another history.
 *
 *   signature = Ed25519("tracedesk checkpoint 1" NUL, desk id 16, events i64,
 *     head 32, time i64, person i64, key i64), numbers little-endian
 */
#ifndef TRACEDESK_DB_CHECKPOINT_H
#define TRACEDESK_DB_CHECKPOINT_H

#include "db/store.h"

enum { CHECKPOINT_SIGNATURE_BYTES = 64 };

struct checkpoint {
	uint8_t desk_id[STORE_ID_BYTES];
	int64_t events; /* the sequence of its own event */
	uint8_t head[STORE_HASH_BYTES];
	int64_t time;
	int64_t person, key; /* who signed */
	uint8_t signature[CHECKPOINT_SIGNATURE_BYTES];
};

/* Inside a transaction, after its event: signs where the trail stands, at that event, and keeps the
   signature. */
enum db_status checkpoint_make(struct store *store, struct checkpoint *out_checkpoint);
/* The last one made; DB_NONE: none was. */
enum db_status checkpoint_last(struct store *store, struct checkpoint *out_checkpoint);
/* The hash of the event a checkpoint was made at. */
enum db_status checkpoint_head(
	struct store *store, int64_t event, uint8_t out_head[STORE_HASH_BYTES]);
bool checkpoint_holds(const struct checkpoint *checkpoint, const uint8_t sign_public[32]);

#endif
