/*
 * SQLite's memory: a class that fits a cached page, blocks wiped when they come
 * back, and no word of a store in the process once it is closed.
 */
#include "rig.h"
#include "tests/sanitizer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_classes(void **state)
{
	static const int sizes[] = { 1, 8, 24, 25, 100, 1016, 1017, 4096, 4360, 4361, 8192, 65528,
		65529, 300000, 5000000 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		void *memory = sqlite3_malloc(sizes[i]);

		assert_non_null(memory);
		assert_int_equal((uintptr_t)memory % 8, 0);
		assert_true(sqlite3_msize(memory) >= (sqlite3_uint64)sizes[i]);
		assert_true(sqlite3_msize(memory) <= (sqlite3_uint64)sizes[i] * 3 / 2 + 24);
		memset(memory, 0xee, sqlite3_msize(memory));
		sqlite3_free(memory);
	}
	sqlite3_free(NULL);
}

/* What SQLite takes for a page of the cache: a class of its own, not twice as much (trap 27). */
static void test_page_class(void **state)
{
	void *memory = sqlite3_malloc(4360);

	(void)state;
	assert_int_equal(sqlite3_msize(memory), 4360);
	sqlite3_free(memory);
}

static bool is_wiped(const uint8_t *memory, size_t size)
{
	for (size_t i = sizeof(void *); i < size; i++)
		if (memory[i] != 0)
			return false;
	return true;
}

/* A block that came back is still mapped: its first bytes are the next one's address. */
static void test_wiped(void **state)
{
	int wiped = 0;

	(void)state;
	for (int size = 16; size < 65528; size += 37) {
		uint8_t *volatile memory = sqlite3_malloc(size);
		size_t room = sqlite3_msize(memory);

		memset(memory, 0xee, room);
		sqlite3_free(memory);
		assert_true(is_wiped(memory, room));
		wiped++;
	}
	print_message("# %d blocks wiped\n", wiped);
}

static void test_soak(void **state)
{
	enum { SLOTS = 300 };
	static struct {
		uint8_t *at;
		size_t size;
		uint8_t fill;
	} slots[SLOTS];

	(void)state;
	for (int i = 0; i < 200000; i++) {
		size_t which = rig_random(SLOTS);
		size_t size = 1 + rig_random(rig_random(10) == 0 ? 100000 : 5000);

		for (size_t at = 0; at < slots[which].size; at += 97)
			assert_int_equal(slots[which].at[at], slots[which].fill);
		if (rig_random(2) == 0) {
			sqlite3_free(slots[which].at);
			slots[which].at = sqlite3_malloc((int)size);
		} else {
			size_t kept = slots[which].size < size ? slots[which].size : size;

			slots[which].at = sqlite3_realloc(slots[which].at, (int)size);
			for (size_t at = 0; at < kept; at += 97)
				assert_int_equal(slots[which].at[at], slots[which].fill);
		}
		assert_non_null(slots[which].at);
		slots[which].size = size;
		slots[which].fill = (uint8_t)i;
		memset(slots[which].at, slots[which].fill, size);
	}
	for (size_t i = 0; i < SLOTS; i++)
		sqlite3_free(slots[i].at);
}

static void fill_and_look(struct rig *rig, const char *word, int *out_open, int *out_closed)
{
	sqlite3 *db = rig_open(rig);
	sqlite3_stmt *insert;

	sql(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, a); CREATE INDEX ta ON t (a)");
	assert_int_equal(
		sqlite3_prepare_v2(db, "INSERT INTO t (a) VALUES (? || hex(randomblob(99)))", -1,
			&insert, NULL),
		SQLITE_OK);
	for (int i = 0; i < 500; i++) {
		sqlite3_bind_text(insert, 1, word, -1, SQLITE_TRANSIENT);
		assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
		sqlite3_reset(insert);
	}
	sqlite3_finalize(insert);
	sql(db, "SELECT count(*) FROM (SELECT a || id FROM t ORDER BY 1 DESC)");
	*out_open = word_count(word);
	rig_close(db);
	*out_closed = word_count(word);
}

/* In a child, whose memory holds nothing of earlier tests. */
static void test_nothing_left(void **state)
{
	struct rig rig;
	int status, ends[2], counts[2] = { 0, 0 };
	pid_t child;

	(void)state;
	if (HAS_SANITIZER) {
		print_message("# its shadow memory cannot be searched\n");
		skip();
	}
	rig_init(&rig, NULL);
	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		char word[WORD_BYTES];

		word_make(word);
		fill_and_look(&rig, word, &counts[0], &counts[1]);
		_exit(write(ends[1], counts, sizeof(counts)) != sizeof(counts));
	}
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
	assert_int_equal(read(ends[0], counts, sizeof(counts)), sizeof(counts));
	print_message("# the word in %d places while open, %d when closed\n", counts[0], counts[1]);
	assert_true(counts[0] > 100);
	assert_int_equal(counts[1], 0);
	close(ends[0]);
	close(ends[1]);
	rig_done(&rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_classes),
		cmocka_unit_test(test_page_class),
		cmocka_unit_test(test_wiped),
		cmocka_unit_test(test_soak),
		cmocka_unit_test(test_nothing_left),
	};

	return cmocka_run_group_tests_name("SQLite's memory", tests, rig_start, NULL);
}
