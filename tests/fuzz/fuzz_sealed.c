/*
 * Sealed bytes changed by who has no key: the first byte chooses store or log,
 * the rest are edits. Nothing is read that was not written.
 */
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/small_store.h"

static struct small_store store;

void fuzz_start(void)
{
	small_store_make(&store);
}

static void store_damaged(const uint8_t *edits, size_t size)
{
	uint8_t *bytes = malloc(store.size);
	bool is_foreign;
	size_t changed;
	int rows;

	fuzz_must(bytes != NULL, "memory");
	memcpy(bytes, store.bytes, store.size);
	changed = fuzz_edit(bytes + SMALL_HEADER, store.size - SMALL_HEADER, edits, size);
	small_store_put(&store, bytes, store.size);
	if (small_store_read(&store, &rows, &is_foreign))
		fuzz_must(changed == 0 || memcmp(bytes, store.bytes, store.size) == 0,
			"a changed byte is an error");
	fuzz_must(!is_foreign, "what is read was written");
	free(bytes);
}

/* A damaged end may be a power cut: then the rows are as they were before. */
static void log_damaged(const uint8_t *edits, size_t size)
{
	uint8_t *log = malloc(store.log_size);
	bool is_foreign;
	int rows;

	fuzz_must(log != NULL, "memory");
	memcpy(log, store.log, store.log_size);
	(void)fuzz_edit(log, store.log_size, edits, size);
	small_store_put(&store, store.bytes, store.size);
	small_store_put_log(&store, log, store.log_size);
	if (small_store_read(&store, &rows, &is_foreign))
		fuzz_must(rows == SMALL_ROWS, "no row is lost");
	fuzz_must(!is_foreign, "what is read was written");
	free(log);
}

void fuzz_input(const uint8_t *bytes, size_t size)
{
	if (size == 0)
		return;
	if (bytes[0] % 2 == 0)
		store_damaged(bytes + 1, size - 1);
	else
		log_damaged(bytes + 1, size - 1);
}
