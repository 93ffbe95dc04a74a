/*
 * Hashing and signing of the trail's links.
 */
#include "db/chain.h"

#include <sodium.h>
#include <string.h>

static const char event_tag[] = "tracedesk event 1";
static const char signature_tag[] = "tracedesk event signature 1";

static void add_number(crypto_generichash_state *state, uint64_t number, size_t size)
{
	uint8_t bytes[8];

	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)(number >> (8 * i));
	(void)crypto_generichash_update(state, bytes, size);
}

static void add_bytes(crypto_generichash_state *state, const void *bytes, size_t size)
{
	(void)crypto_generichash_update(state, bytes, size);
}

void chain_payload_hash(const uint8_t salt[CHAIN_SALT_BYTES], const uint8_t *payload, size_t size,
	uint8_t out_hash[STORE_HASH_BYTES])
{
	(void)crypto_generichash(out_hash, STORE_HASH_BYTES, payload, size, salt, CHAIN_SALT_BYTES);
}

void chain_hash(const struct chain_link *link, uint8_t out_hash[STORE_HASH_BYTES])
{
	crypto_generichash_state state;
	size_t size = strlen(link->reference);

	(void)crypto_generichash_init(&state, NULL, 0, STORE_HASH_BYTES);
	add_bytes(&state, event_tag, sizeof(event_tag));
	add_bytes(&state, link->desk_id, STORE_ID_BYTES);
	add_number(&state, (uint64_t)link->sequence, 8);
	add_number(&state, (uint64_t)link->time, 8);
	add_number(&state, (uint64_t)link->person, 8);
	add_number(&state, (uint64_t)link->key, 8);
	add_number(&state, link->role, 4);
	add_number(&state, link->kind, 4);
	add_bytes(&state, link->operation, STORE_ID_BYTES);
	add_number(&state, link->generation, 8);
	add_number(&state, size, 4);
	add_bytes(&state, link->reference, size);
	add_bytes(&state, link->payload_hash, STORE_HASH_BYTES);
	add_bytes(&state, link->previous, STORE_HASH_BYTES);
	(void)crypto_generichash_final(&state, out_hash, STORE_HASH_BYTES);
}

static void signed_bytes(
	const uint8_t *hash, uint8_t out_bytes[sizeof(signature_tag) + STORE_HASH_BYTES])
{
	memcpy(out_bytes, signature_tag, sizeof(signature_tag));
	memcpy(out_bytes + sizeof(signature_tag), hash, STORE_HASH_BYTES);
}

int chain_sign(
	const uint8_t hash[STORE_HASH_BYTES], const uint8_t *sign_key, uint8_t *out_signature)
{
	uint8_t bytes[sizeof(signature_tag) + STORE_HASH_BYTES];

	signed_bytes(hash, bytes);
	return crypto_sign_detached(out_signature, NULL, bytes, sizeof(bytes), sign_key);
}

bool chain_signature_holds(
	const uint8_t hash[STORE_HASH_BYTES], const uint8_t *sign_public, const uint8_t *signature)
{
	uint8_t bytes[sizeof(signature_tag) + STORE_HASH_BYTES];

	signed_bytes(hash, bytes);
	return crypto_sign_verify_detached(signature, bytes, sizeof(bytes), sign_public) == 0;
}
