/*
 * Pages that open with the right key and are no good to SQLite: as a faulty
 * disk controller of the writer, or somebody with a key, could leave them. The
 * input is edits of the plain pages, which are then sealed.
 */
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/small_store.h"

static struct small_store store;

void fuzz_start(void)
{
	small_store_make(&store);
}

/* What is read may be wrong: errors are for SQLite to say; nothing may break. */
void fuzz_input(const uint8_t *bytes, size_t size)
{
	size_t pages = (store.size - SMALL_HEADER) / SEAL_PAGE_SIZE;
	uint8_t *copy = malloc(store.size);
	bool is_foreign;
	int rows;

	fuzz_must(copy != NULL, "memory");
	memcpy(copy, store.bytes, store.size);
	for (size_t i = 0; i < pages; i++) {
		uint8_t *page = copy + SMALL_HEADER + i * SEAL_PAGE_SIZE;

		fuzz_must(page_open(store.keys, (uint32_t)i + 1, page, page), "a page opens");
	}
	(void)fuzz_edit(copy + SMALL_HEADER, pages * SEAL_PAGE_SIZE, bytes, size);
	for (size_t i = 0; i < pages; i++) {
		uint8_t *page = copy + SMALL_HEADER + i * SEAL_PAGE_SIZE;

		page_seal(store.keys, (uint32_t)i + 1, page, page);
	}
	small_store_put(&store, copy, store.size);
	(void)small_store_read(&store, &rows, &is_foreign);
	free(copy);
}
