/*
 * Subkeys and seals. One nonce, one key and one place for each sealed thing:
 * the associated data says where it belongs, so that what was moved, swapped
 * or taken from another store does not open.
 */
#include "db/keys.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "db/memory.h"
#include "db/random.h"

enum {
	SUBKEYS = SUBKEY_WITNESS,
	SUBKEY_BYTES = crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
	LARGEST_PLACE = FILE_ID_BYTES + 4 + SEAL_TAG_BYTES
};

static_assert((int)SEAL_NONCE_BYTES == (int)crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "nonce");
static_assert((int)SEAL_TAG_BYTES == (int)crypto_aead_xchacha20poly1305_ietf_ABYTES, "tag");
static_assert((int)MASTER_KEY_BYTES == (int)crypto_kdf_KEYBYTES, "master key");

struct keys {
	struct secret *material;
	const uint8_t *subkeys; /* in material */
	uint8_t file_id[FILE_ID_BYTES];
};

struct keys *keys_new(const struct secret *master, const uint8_t file_id[FILE_ID_BYTES])
{
	struct keys *keys = mem_new(1, sizeof(*keys));
	uint8_t *bytes;

	assert(secret_size(master) == MASTER_KEY_BYTES);
	keys->material = secret_new((size_t)SUBKEYS * SUBKEY_BYTES);
	bytes = secret_bytes(keys->material);
	for (uint64_t i = 0; i < SUBKEYS; i++) {
		int failed = crypto_kdf_derive_from_key(bytes + i * SUBKEY_BYTES, SUBKEY_BYTES,
			i + 1, "tdkstore", secret_read(master));

		assert(!failed);
		(void)failed;
	}
	keys->subkeys = secret_read(keys->material);
	memcpy(keys->file_id, file_id, FILE_ID_BYTES);
	return keys;
}

void keys_free(struct keys *keys)
{
	if (!keys)
		return;
	secret_free(keys->material);
	mem_free(keys);
}

const uint8_t *keys_file_id(const struct keys *keys)
{
	return keys->file_id;
}

const uint8_t *keys_subkey(const struct keys *keys, enum subkey which)
{
	return keys->subkeys + ((size_t)which - 1) * SUBKEY_BYTES;
}

void keys_witness(const struct keys *keys, uint8_t out_public[32])
{
	uint8_t secret_key[crypto_box_SECRETKEYBYTES];

	crypto_box_seed_keypair(out_public, secret_key, keys_subkey(keys, SUBKEY_WITNESS));
	sodium_memzero(secret_key, sizeof(secret_key));
}

/* Writes the associated data and returns its length. */
static size_t place_write(
	const struct keys *keys, struct log_place place, uint8_t bytes[LARGEST_PLACE])
{
	size_t size = FILE_ID_BYTES;

	memcpy(bytes, keys->file_id, FILE_ID_BYTES);
	for (int shift = 0; shift < 32; shift += 8)
		bytes[size++] = (uint8_t)(place.frame >> shift);
	if (place.body_tag) {
		memcpy(bytes + size, place.body_tag, SEAL_TAG_BYTES);
		size += SEAL_TAG_BYTES;
	}
	return size;
}

void page_seal(const struct keys *keys, uint32_t page, const uint8_t *plain, uint8_t *sealed)
{
	uint8_t place[LARGEST_PLACE];
	size_t place_size = place_write(keys, (struct log_place) { page, NULL }, place);
	uint8_t *nonce = sealed + SEAL_PLAIN_SIZE;

	random_nonce(nonce, SEAL_NONCE_BYTES);
	crypto_aead_xchacha20poly1305_ietf_encrypt_detached(sealed, nonce + SEAL_NONCE_BYTES, NULL,
		plain, SEAL_PLAIN_SIZE, place, place_size, NULL, nonce,
		keys_subkey(keys, SUBKEY_PAGE));
}

/* plain NULL: the tag is checked, and that is all. */
static bool page_decrypt(
	const struct keys *keys, uint32_t page, const uint8_t *sealed, uint8_t *plain)
{
	uint8_t place[LARGEST_PLACE];
	size_t place_size = place_write(keys, (struct log_place) { page, NULL }, place);
	const uint8_t *nonce = sealed + SEAL_PLAIN_SIZE;

	return crypto_aead_xchacha20poly1305_ietf_decrypt_detached(plain, NULL, sealed,
		       SEAL_PLAIN_SIZE, nonce + SEAL_NONCE_BYTES, place, place_size, nonce,
		       keys_subkey(keys, SUBKEY_PAGE)) == 0;
}

bool page_open(const struct keys *keys, uint32_t page, const uint8_t *sealed, uint8_t *plain)
{
	bool is_good = page_decrypt(keys, page, sealed, plain);

	memset(plain + SEAL_PLAIN_SIZE, 0, SEAL_RESERVE);
	if (!is_good)
		memset(plain, 0, SEAL_PLAIN_SIZE);
	return is_good;
}

bool page_verify(const struct keys *keys, uint32_t page, const uint8_t *sealed)
{
	return page_decrypt(keys, page, sealed, NULL);
}

void log_seal(const struct keys *keys, struct log_place place, const uint8_t *plain, size_t size,
	uint8_t *sealed)
{
	uint8_t bytes[LARGEST_PLACE];
	size_t place_size = place_write(keys, place, bytes);
	uint8_t *body = sealed + SEAL_NONCE_BYTES;

	random_nonce(sealed, SEAL_NONCE_BYTES);
	crypto_aead_xchacha20poly1305_ietf_encrypt_detached(body, body + size, NULL, plain, size,
		bytes, place_size, NULL, sealed, keys_subkey(keys, SUBKEY_LOG));
}

bool log_open(const struct keys *keys, struct log_place place, const uint8_t *sealed, size_t size,
	uint8_t *plain)
{
	uint8_t bytes[LARGEST_PLACE];
	size_t place_size = place_write(keys, place, bytes);
	const uint8_t *body = sealed + SEAL_NONCE_BYTES;
	int failed = crypto_aead_xchacha20poly1305_ietf_decrypt_detached(plain, NULL, body, size,
		body + size, bytes, place_size, sealed, keys_subkey(keys, SUBKEY_LOG));

	if (failed)
		memset(plain, 0, size);
	return !failed;
}
