/*
 * A whole store changed by who has no key, read through SQLite: the first byte
 * chooses store or log, the rest are edits of the sealed bytes. Nothing is read
 * that was not written.
 */
#include <string.h>

#include "tests/fuzz/small_store.h"

static struct small_store store;

void fuzz_start(void)
{
	small_store_make(&store);
}

static bool read_all(struct small_answer *out_answer)
{
	struct small_reader reader = { .db = small_store_open(sealing_vfs_name(store.vfs)) };
	bool is_whole = small_reader_ask(&reader, out_answer);

	small_reader_clear(&reader);
	fuzz_must(!out_answer->is_foreign, "what is read was written");
	return is_whole;
}

static void store_damaged(const uint8_t *edits, size_t size)
{
	struct memory_file *file = &store.disk->store;
	struct small_answer answer;
	bool is_same;

	(void)fuzz_edit(file->bytes + SMALL_HEADER, store.good.size - SMALL_HEADER, edits, size);
	is_same = memcmp(file->bytes, store.good.bytes, store.good.size) == 0;
	fuzz_must(read_all(&answer) == is_same, "a changed byte is an error, and nothing else");
}

/* A damaged end may be a power cut: then the rows are as they were before. */
static void log_damaged(const uint8_t *edits, size_t size)
{
	const uint8_t *log = store.disk->log.bytes, *good = store.log.bytes;
	size_t first = store.first_size;
	struct small_answer answer;
	bool is_first_same, is_last_same, is_whole;

	memory_file_put(&store.disk->log, good, store.log.size);
	(void)fuzz_edit(store.disk->log.bytes, store.log.size, edits, size);
	is_first_same = memcmp(log, good, first) == 0;
	is_last_same = memcmp(log + first, good + first, store.log.size - first) == 0;
	is_whole = read_all(&answer);
	fuzz_must(!is_whole || answer.rows == SMALL_ROWS, "no row is lost");
	fuzz_must(is_whole || !is_first_same, "a cut is no error");
	fuzz_must(!is_whole || answer.newer >= is_first_same + (is_first_same && is_last_same),
		"no commit that lies there whole is lost");
	fuzz_must(is_first_same || !is_last_same || !is_whole, "a bad frame before it is an error");
}

void fuzz_input(const uint8_t *bytes, size_t size)
{
	if (size == 0)
		return;
	memory_file_put(&store.disk->store, store.good.bytes, store.good.size);
	store.disk->log.is_there = false;
	store.disk->log.size = 0;
	if (bytes[0] % 2 == 0)
		store_damaged(bytes + 1, size - 1);
	else
		log_damaged(bytes + 1, size - 1);
}
