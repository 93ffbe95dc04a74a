/*
 * The links of the trail as bytes: what is hashed and what is signed.
 *
 *   payload hash = BLAKE2b-256(key = 32 bytes of salt, payload)
 *   hash = BLAKE2b-256("tracedesk event 1" NUL, desk id 16, sequence i64,
 *     time i64, person i64, key i64, role u32, kind u32, operation 16,
 *     generation u64, u32 length, reference, payload hash 32, previous 32)
 *   signature = Ed25519("tracedesk event signature 1" NUL, hash 32)
 *
 * Numbers are little-endian. The first event's previous is 32 zero bytes.
 */
#ifndef TRACEDESK_DB_CHAIN_H
#define TRACEDESK_DB_CHAIN_H

#include "db/store_private.h"

enum { CHAIN_SALT_BYTES = 32 };

struct chain_link {
	const uint8_t *desk_id;
	int64_t sequence, time, person, key;
	unsigned role, kind;
	const char *reference;
	uint64_t generation;
	uint8_t operation[STORE_ID_BYTES];
	uint8_t salt[CHAIN_SALT_BYTES];
	uint8_t payload_hash[STORE_HASH_BYTES];
	uint8_t previous[STORE_HASH_BYTES];
	uint8_t hash[STORE_HASH_BYTES];
};

void chain_payload_hash(const uint8_t salt[CHAIN_SALT_BYTES], const uint8_t *payload, size_t size,
	uint8_t out_hash[STORE_HASH_BYTES]);
void chain_hash(const struct chain_link *link, uint8_t out_hash[STORE_HASH_BYTES]);
/* 0: signed. */
int chain_sign(
	const uint8_t hash[STORE_HASH_BYTES], const uint8_t *sign_key, uint8_t *out_signature);
bool chain_signature_holds(
	const uint8_t hash[STORE_HASH_BYTES], const uint8_t *sign_public, const uint8_t *signature);

/* The last event; sequence 0 and a hash of zeros when there is none. */
enum db_status event_last(struct store *store, int64_t *out_sequence, uint8_t *out_hash);
/* Signs the last event of the transaction under way, if it has any. */
enum db_status events_sign(struct store *store);

#endif
