/*
 * The subkeys of a store's master key (libsodium crypto_kdf, context
 * "tdkstore"), in locked memory, and the sealing of what lies in files.
 * A page is XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) under the page
 * subkey with the file id and the page number as associated data.
 */
#ifndef TRACEDESK_DB_KEYS_H
#define TRACEDESK_DB_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/secret.h"

enum {
	SEAL_PAGE_SIZE = 4096,
	SEAL_NONCE_BYTES = 24,
	SEAL_TAG_BYTES = 16,
	SEAL_RESERVE = SEAL_NONCE_BYTES + SEAL_TAG_BYTES, /* last bytes of a page */
	SEAL_PLAIN_SIZE = SEAL_PAGE_SIZE - SEAL_RESERVE,
	MASTER_KEY_BYTES = 32,
	FILE_ID_BYTES = 16,
};

enum subkey {
	SUBKEY_PAGE = 1,
	SUBKEY_LOG = 2,
	SUBKEY_HEADER = 3,
	SUBKEY_HEAD = 4,
	SUBKEY_WITNESS = 5
};

struct keys;

/* Derives the subkeys; keeps no reference to master. Never NULL. */
struct keys *keys_new(const struct secret *master, const uint8_t file_id[FILE_ID_BYTES]);
void keys_free(struct keys *keys);
const uint8_t *keys_file_id(const struct keys *keys);
/* 32 bytes. */
const uint8_t *keys_subkey(const struct keys *keys, enum subkey which);

/* Seals a page: the first SEAL_PLAIN_SIZE bytes of plain; sealed and plain may not overlap. */
void page_seal(const struct keys *keys, uint32_t page, const uint8_t *plain, uint8_t *sealed);
/* Opens one; the reserve comes back as zeros. False: damaged, moved or foreign. */
bool page_open(const struct keys *keys, uint32_t page, const uint8_t *sealed, uint8_t *plain);

#endif
