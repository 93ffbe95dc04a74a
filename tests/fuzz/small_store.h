/*
 * A small sealed database in a scratch folder, whole in memory too, to be
 * damaged and read again.
 */
#ifndef TRACEDESK_TESTS_FUZZ_SMALL_STORE_H
#define TRACEDESK_TESTS_FUZZ_SMALL_STORE_H

#include <sqlite3.h>
#include <stdbool.h>

#include "db/vfs.h"
#include "tests/fuzz/fuzz.h"

enum { SMALL_HEADER = 8192, SMALL_MOST_PAGES = 64, SMALL_ROWS = 40 };

struct small_store {
	char path[128];
	char log_path[136];
	struct keys *keys;
	uint8_t *bytes; /* sealed, with the header */
	size_t size;
	uint8_t *log; /* what was written last, a row a transaction */
	size_t log_size;
};

/* Libraries started, the database made; goes with the process's end. */
void small_store_make(struct small_store *store);
/* Puts the bytes where the database is; log NULL: without one. */
void small_store_put(const struct small_store *store, const uint8_t *bytes, size_t size);
void small_store_put_log(const struct small_store *store, const uint8_t *log, size_t size);
/* Reads everything there is, by every index. False: an error was met on the way. out_rows: rows of
   the table with the text that they had; foreign: a row had another text. */
bool small_store_read(const struct small_store *store, int *out_rows, bool *out_foreign);

#endif
