/*
 * Reading ahead: the pages of a scan come as they would without, nothing of
 * them outlives the read transaction, damage is met in its place, and beside
 * somebody who commits and checkpoints every sum is of one snapshot.
 */
#include "amount.h"
#include "rig.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/vfs_ahead.h"
#include "tests/sanitizer.h"

/* A file in memory: page 2 is the parent of all from 3 to the last. */
enum { PARENT = 2, FIRST_CHILD = 3, PAGES = 600 };

struct file {
	struct keys *keys;
	uint32_t unreadable; /* this page cannot be read; 0: all can */
	uint8_t pages[PAGES + 1][SEAL_PAGE_SIZE];
};

static void put16(uint8_t *bytes, uint32_t number)
{
	bytes[0] = (uint8_t)(number >> 8);
	bytes[1] = (uint8_t)number;
}

static void parent_make(uint8_t *page)
{
	memset(page, 0, SEAL_PAGE_SIZE);
	page[0] = 5;
	put16(page + 3, PAGES - FIRST_CHILD);
	put16(page + 10, PAGES);
	for (uint32_t i = 0; i < PAGES - FIRST_CHILD; i++) {
		uint32_t at = SEAL_PLAIN_SIZE - 4 * (i + 1);

		put16(page + 12 + 2 * i, at);
		put16(page + at + 2, FIRST_CHILD + i);
	}
}

static void child_make(uint32_t page, uint8_t *out_page)
{
	memset(out_page, 0, SEAL_PAGE_SIZE);
	word_make((char *)out_page + 100);
	put16(out_page + 200, page);
}

static struct file *file_new(void)
{
	struct file *file = calloc(1, sizeof(*file));
	uint8_t plain[SEAL_PAGE_SIZE];

	assert_non_null(file);
	file->keys = rig_keys(1);
	for (uint32_t page = FIRST_CHILD; page <= PAGES; page++) {
		child_make(page, plain);
		page_seal(file->keys, page, plain, file->pages[page]);
	}
	explicit_bzero(plain, sizeof(plain));
	return file;
}

static void file_free(struct file *file)
{
	keys_free(file->keys);
	free(file);
}

static bool file_read(void *with, uint32_t page, uint8_t *out_sealed)
{
	const struct file *file = with;

	if (page < FIRST_CHILD || page > PAGES || page == file->unreadable)
		return false;
	memcpy(out_sealed, file->pages[page], SEAL_PAGE_SIZE);
	return true;
}

static struct ahead *file_ahead(struct file *file)
{
	struct ahead *ahead = ahead_new(file->keys, file_read, file);
	uint8_t parent[SEAL_PAGE_SIZE];

	parent_make(parent);
	ahead_learn(ahead, parent);
	return ahead;
}

/* As the main file does; how many of the pages had been opened ahead. */
static int scan(struct ahead *ahead, uint32_t from, uint32_t to)
{
	uint8_t got[SEAL_PAGE_SIZE], right[SEAL_PAGE_SIZE];
	int taken = 0;

	for (uint32_t page = from; page <= to; page++) {
		if (!ahead_take(ahead, page, got)) {
			ahead_follow(ahead, page);
			continue;
		}
		taken++;
		child_make(page, right);
		assert_memory_equal(got, right, SEAL_PAGE_SIZE);
	}
	explicit_bzero(got, sizeof(got));
	explicit_bzero(right, sizeof(right));
	return taken;
}

static int thread_count(void)
{
	DIR *folder = opendir("/proc/self/task");
	int count = -2; /* . and .. */

	assert_non_null(folder);
	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}

static void test_taken(void **state)
{
	struct file *file = file_new();
	struct ahead *ahead = file_ahead(file);
	int threads = thread_count();
	int taken = scan(ahead, FIRST_CHILD, PAGES);

	(void)state;
	print_message("# %d of %d pages were opened ahead\n", taken, PAGES - FIRST_CHILD + 1);
	assert_true(taken > (PAGES - FIRST_CHILD) / 2);
	assert_int_equal(thread_count(), threads + 1);
	ahead_free(ahead);
	assert_int_equal(thread_count(), threads);
	file_free(file);
}

/* Pages here and there, and a few in order, are no scan. */
static void test_no_scan(void **state)
{
	struct file *file = file_new();
	struct ahead *ahead = file_ahead(file);
	int threads = thread_count();
	uint8_t page[SEAL_PAGE_SIZE];

	(void)state;
	for (int i = 0; i < 2000; i++) {
		uint32_t number = FIRST_CHILD + rig_random(PAGES - FIRST_CHILD + 1);

		assert_false(ahead_take(ahead, number, page));
		ahead_follow(ahead, number);
		if (i % 20 == 0)
			ahead_forget(ahead);
	}
	ahead_forget(ahead);
	assert_int_equal(scan(ahead, 100, 120), 0);
	assert_int_equal(thread_count(), threads);
	ahead_free(ahead);
	file_free(file);
}

/* Scans that stop and go on elsewhere, four trees at a time and more. */
static void test_many_scans(void **state)
{
	struct file *file = file_new();
	struct ahead *ahead = file_ahead(file);
	int taken = scan(ahead, FIRST_CHILD, 80);

	(void)state;
	for (int i = 0; i < 300; i++) {
		uint32_t from = FIRST_CHILD + rig_random(PAGES - 60);

		taken += scan(ahead, from, from + rig_random(50));
		if (i % 50 == 49) {
			ahead_forget(ahead);
			taken += scan(ahead, FIRST_CHILD, 80);
		}
	}
	print_message("# %d pages of scans that stop were opened ahead\n", taken);
	assert_true(taken > 300);
	ahead_free(ahead);
	file_free(file);
}

static void test_forgotten(void **state)
{
	struct file *file = file_new();
	struct ahead *ahead = file_ahead(file);
	int threads = thread_count();
	uint8_t page[SEAL_PAGE_SIZE];
	char word[WORD_BYTES];
	int found;

	(void)state;
	word_make(word);
	assert_true(scan(ahead, FIRST_CHILD, 300) > 0);
	if (HAS_SANITIZER) {
		print_message("# memory is not searched: the sanitizer keeps what was wiped\n");
	} else {
		found = word_count(word);
		print_message("# %d opened pages in memory during the scan\n", found);
		assert_true(found > 10);
	}
	ahead_forget(ahead);
	assert_int_equal(thread_count(), threads);
	if (!HAS_SANITIZER)
		assert_int_equal(word_count(word), 0);
	for (uint32_t next = 301; next < 340; next++)
		assert_false(ahead_take(ahead, next, page));
	ahead_free(ahead);
	file_free(file);
}

/* A page that does not open, one that cannot be read: neither is answered, those behind are. */
static void test_bad_pages(void **state)
{
	struct file *file = file_new();
	struct ahead *ahead = file_ahead(file);
	uint8_t page[SEAL_PAGE_SIZE];

	(void)state;
	file->pages[200][50] ^= 1;
	file->unreadable = 220;
	assert_true(scan(ahead, FIRST_CHILD, 199) > 0);
	assert_false(ahead_take(ahead, 200, page));
	ahead_follow(ahead, 200);
	assert_true(scan(ahead, 201, 219) > 0);
	assert_false(ahead_take(ahead, 220, page));
	ahead_follow(ahead, 220);
	assert_true(scan(ahead, 221, PAGES) > 0);
	ahead_free(ahead);
	file_free(file);
}

/* Any bytes may stand in a page: children that are none, cells outside of it. */
static void test_foreign_parents(void **state)
{
	struct file *file = file_new();
	struct ahead *ahead = file_ahead(file);
	uint8_t page[SEAL_PAGE_SIZE];

	(void)state;
	for (int i = 0; i < 3000; i++) {
		for (size_t at = 0; at < sizeof(page); at++)
			page[at] = (uint8_t)rig_random(256);
		page[0] = i % 2 ? 2 : 5;
		if (i % 3)
			put16(page + 3, rig_random(2100));
		ahead_learn(ahead, page);
		(void)scan(ahead, FIRST_CHILD, 60);
	}
	ahead_free(ahead);
	file_free(file);
}

/* Ten rows a page, in a store that is read through a cache of ten pages. */
enum { ROWS = 6000 };

static void store_make(struct rig *rig)
{
	sqlite3 *db;

	rig_init(rig, NULL);
	db = rig_open(rig);
	sql(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, amount INTEGER, a TEXT);"
		"CREATE TABLE commits (number INTEGER); INSERT INTO commits VALUES (0)");
	sql_format(db,
		"WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
		" INSERT INTO t SELECT i, 0, hex(zeroblob(180)) FROM n",
		ROWS);
	rig_close(db);
}

static sqlite3 *store_open(struct rig *rig)
{
	sqlite3 *db = rig_open(rig);

	sql(db, "PRAGMA cache_size=10");
	return db;
}

/* Steps so many rows and stands: how many threads are there, and the status of the last step. */
static int threads_after(sqlite3 *db, int rows, int *out_status)
{
	sqlite3_stmt *statement;
	int threads;

	assert_int_equal(
		sqlite3_prepare_v2(db, "SELECT a FROM t", -1, &statement, NULL), SQLITE_OK);
	do
		*out_status = sqlite3_step(statement);
	while (*out_status == SQLITE_ROW && --rows > 0);
	threads = thread_count();
	sqlite3_finalize(statement);
	return threads;
}

static void test_thread_ends(void **state)
{
	struct rig rig;
	sqlite3 *db;
	int threads = thread_count(), status;

	(void)state;
	store_make(&rig);
	db = store_open(&rig);
	assert_int_equal(threads_after(db, 50, &status), threads);
	assert_int_equal(threads_after(db, 3000, &status), threads + 1);
	assert_int_equal(status, SQLITE_ROW);
	assert_int_equal(thread_count(), threads);
	sql(db, "BEGIN");
	assert_int_equal(threads_after(db, 3000, &status), threads + 1);
	assert_int_equal(thread_count(), threads + 1);
	sql(db, "COMMIT");
	assert_int_equal(thread_count(), threads);
	rig_close(db);
	rig_done(&rig);
}

static void test_damage(void **state)
{
	enum { PAGE = 300 };
	struct rig rig;
	sqlite3 *db;
	struct bytes bytes;
	int threads = thread_count(), status;

	(void)state;
	store_make(&rig);
	bytes = file_load(rig.path);
	bytes.at[RIG_OFFSET + (PAGE - 1) * DISK_PAGE + 77] ^= 4;
	file_save(rig.path, bytes);
	bytes_clear(&bytes);
	db = store_open(&rig);
	assert_int_equal(threads_after(db, 2000, &status), threads + 1);
	assert_int_equal(status, SQLITE_ROW);
	assert_int_equal(threads_after(db, ROWS, &status), threads);
	assert_int_equal(status, SQLITE_IOERR_DATA);
	assert_true(rig_damage(&rig).is_found);
	assert_false(rig_damage(&rig).is_log);
	assert_int_equal(rig_damage(&rig).page, PAGE);
	rig_close(db);
	rig_done(&rig);
}

/* Commits that move amounts between a quarter of the pages, each brought into the pages. */
static void write_forever(struct rig *rig)
{
	sqlite3 *db;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	db = store_open(rig);
	for (;;) {
		sql_format(db,
			"BEGIN IMMEDIATE; UPDATE commits SET number = number + 1;"
			"UPDATE t SET amount = amount - 1 WHERE id %% 75 = %d;"
			"UPDATE t SET amount = amount + 1 WHERE id %% 75 = %d; COMMIT",
			(int)rig_random(75), (int)rig_random(75));
		sql(db, "PRAGMA wal_checkpoint(PASSIVE)");
	}
}

static void test_snapshots(void **state)
{
	struct rig rig;
	sqlite3 *db;
	int scans = amount(80, 5000), ahead = 0, wrong = 0, status, threads = thread_count();
	pid_t writer;
	int ended;

	(void)state;
	store_make(&rig);
	writer = fork();
	assert_true(writer >= 0);
	if (writer == 0)
		write_forever(&rig);
	db = store_open(&rig);
	for (int i = 0; i < scans; i++) {
		/* What this reads ahead and leaves must not be met by the next. */
		ahead += threads_after(db, 400 + (int)rig_random(5000), &status) > threads;
		wrong += status != SQLITE_ROW;
		wrong += sql_number(db, "SELECT sum(amount) FROM t") != 0;
		wrong += sql_number(db, "SELECT count(*) FROM t") != ROWS;
	}
	assert_int_equal(kill(writer, SIGKILL), 0);
	assert_int_equal(waitpid(writer, &ended, 0), writer);
	assert_true(WIFSIGNALED(ended) && WTERMSIG(ended) == SIGKILL);
	print_message("# %d of %d scans ahead, beside %lld commits\n", ahead, scans,
		(long long)sql_number(db, "SELECT number FROM commits"));
	assert_int_equal(wrong, 0);
	assert_true(ahead > scans / 2);
	assert_true(sql_number(db, "SELECT number FROM commits") > 3);
	assert_false(rig_damage(&rig).is_found);
	rig_close(db);
	rig_done(&rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_taken),
		cmocka_unit_test(test_no_scan),
		cmocka_unit_test(test_many_scans),
		cmocka_unit_test(test_forgotten),
		cmocka_unit_test(test_bad_pages),
		cmocka_unit_test(test_foreign_parents),
		cmocka_unit_test(test_thread_ends),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_snapshots),
	};

	return cmocka_run_group_tests_name("reading ahead", tests, rig_start, NULL);
}
