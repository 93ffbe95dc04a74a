/*
 * Files taken over: the hash of each (BLAKE2b-256), so that the same bytes are
 * not taken twice.
 */
#ifndef TRACEDESK_DB_IMPORTS_H
#define TRACEDESK_DB_IMPORTS_H

#include "db/store.h"

struct import_hash;

struct import_hash *import_hash_new(void);
void import_hash_add(struct import_hash *hash, const char *bytes, size_t size);
void import_hash_finish(struct import_hash *hash, uint8_t out_hash[STORE_HASH_BYTES]);
void import_hash_free(struct import_hash *hash);

/* DB_OK: taken before; DB_NONE: new. */
enum db_status imports_has(struct store *store, const uint8_t hash[STORE_HASH_BYTES]);
enum db_status imports_insert(
	struct store *store, const uint8_t hash[STORE_HASH_BYTES], const char *what, int64_t rows);

#endif
