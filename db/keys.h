/*
 * The subkeys of a store's master key (libsodium crypto_kdf, context
 * "tdkstore"), in locked memory, and the sealing of what SQLite writes.
 *
 * Cipher 1 is XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) with a random
 * nonce for each write. Associated data: file id (16 bytes), then a number
 * (4, little-endian), then for a frame's header the tag of its page (16).
 *
 *   page            ciphertext 4056, nonce 24, tag 16; page subkey; number: the page, from 1
 *   log's header    nonce 24, ciphertext 32, tag 16; log subkey; number 0, no tag
 *   frame's header  nonce 24, ciphertext 68, tag 16; log subkey; number: the frame, from 1
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
/* Wipes; NULL is fine. */
void keys_free(struct keys *keys);
const uint8_t *keys_file_id(const struct keys *keys);
/* 32 bytes. */
const uint8_t *keys_subkey(const struct keys *keys, enum subkey which);

/* The public key that failed log-ins are boxed to. */
void keys_witness(const struct keys *keys, uint8_t out_public[32]);

/* Seals a page: the first SEAL_PLAIN_SIZE bytes of plain; sealed may be plain itself. */
void page_seal(const struct keys *keys, uint32_t page, const uint8_t *plain, uint8_t *sealed);
/* Opens one; the reserve comes back as zeros. False: damaged, moved or foreign, and plain is all
   zeros. plain may be sealed itself. */
bool page_open(const struct keys *keys, uint32_t page, const uint8_t *sealed, uint8_t *plain);
/* Would it open? At a third of the cost. */
bool page_verify(const struct keys *keys, uint32_t page, const uint8_t *sealed);

/* Headers of the log. body_tag: the last SEAL_TAG_BYTES of the frame's sealed page; NULL, with
   frame 0, for the header of the log itself. A sealed header is SEAL_RESERVE bytes longer. */
struct log_place {
	uint32_t frame;
	const uint8_t *body_tag;
};
void log_seal(const struct keys *keys, struct log_place place, const uint8_t *plain, size_t size,
	uint8_t *sealed);
/* False: damaged, moved or foreign, and plain is all zeros. */
bool log_open(const struct keys *keys, struct log_place place, const uint8_t *sealed, size_t size,
	uint8_t *plain);

#endif
