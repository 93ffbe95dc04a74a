/*
 * Pages that open with the right key and are no good to SQLite: as a faulty
 * disk controller of the writer, or somebody with a key, could leave them. The
 * input is edits of the opened pages, which SQLite gets from memory. One
 * connection reads them all; it is opened anew when the schema's page is
 * another, and a change counter makes it forget the others.
 */
#include <stdlib.h>
#include <string.h>

#include "db/bytes.h"
#include "tests/fuzz/small_store.h"

/* Of page 1 (sqlite.org/fileformat2.html, 1.3). */
enum { AT_WRITE_VERSION = 18, AT_READ_VERSION = 19, AT_COUNTER = 24, AT_VALID_FOR = 92 };

static struct small_store store;
static struct memory_file pages; /* opened */
static struct small_reader reader;
static bool schema_was_other;
static uint32_t counter;

/* Its pages are in mapped memory, where a search for leaks does not look for pointers. */
static void reader_end(void)
{
	small_reader_clear(&reader);
}

void fuzz_start(void)
{
	fuzz_must(atexit(reader_end) == 0, "the end is told");
	small_store_make(&store);
	pages.size = store.good.size - SMALL_HEADER;
	for (size_t at = 0; at < pages.size; at += SEAL_PAGE_SIZE)
		fuzz_must(page_open(store.keys, (uint32_t)(at / SEAL_PAGE_SIZE + 1),
				  store.good.bytes + SMALL_HEADER + at, pages.bytes + at),
			"a page opens");
	pages.bytes[AT_WRITE_VERSION] = pages.bytes[AT_READ_VERSION] = 1;
}

/* What is read may be wrong: errors are for SQLite to say; nothing may break, nor stay behind. */
void fuzz_input(const uint8_t *bytes, size_t size)
{
	struct memory_file *file = &store.disk->store;
	bool is_same, is_whole, schema_is_other;
	struct small_answer answer;

	memory_file_put(file, pages.bytes, pages.size);
	store.disk->log.is_there = false;
	store.disk->log.size = 0;
	(void)fuzz_edit(file->bytes, file->size, bytes, size);
	is_same = memcmp(file->bytes, pages.bytes, pages.size) == 0;
	schema_is_other = memcmp(file->bytes, pages.bytes, SEAL_PAGE_SIZE) != 0;
	bytes_put32(file->bytes + AT_COUNTER, ++counter);
	bytes_put32(file->bytes + AT_VALID_FOR, counter);
	if (schema_is_other || schema_was_other)
		small_reader_clear(&reader);
	schema_was_other = schema_is_other;
	if (!reader.db)
		reader.db = small_store_open(memory_disk_vfs());
	is_whole = small_reader_ask(&reader, &answer);
	fuzz_must(!is_same || (is_whole && !answer.is_foreign && answer.rows == SMALL_ROWS),
		"what is whole is read as it was");
}
