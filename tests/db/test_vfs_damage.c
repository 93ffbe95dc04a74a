/*
 * Damage done by hand while nobody works: every flipped, moved, swapped, cut or
 * foreign byte of the store is an error with its page, never data; so it is in
 * the log, but for the last commit: damage there looks like a power cut, and
 * exactly that commit is missing (the -head record tells).
 */
#include "rig.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amount.h"
#include "shim.h"

enum { COMMITS = 6, MOST_FRAMES = 200, STEP = 7 * 8, HEAD_PLAIN = 68 };

/* A store, and a log of COMMITS commits of one row each, none of them in the store. */
struct wreck {
	struct rig rig;
	struct bytes store;
	struct bytes log;
	int frames;
	int commit_end[COMMITS + 1]; /* last frame of each commit; [0] is 0 */
};

static void keep_log(sqlite3 *db)
{
	assert_int_equal(
		sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL), SQLITE_OK);
}

static void frames_find(struct wreck *wreck)
{
	int commits = 0;

	wreck->frames = (int)((wreck->log.size - DISK_LOG_HEADER) / DISK_FRAME);
	for (int frame = 1; frame <= wreck->frames; frame++) {
		const uint8_t *sealed = wreck->log.at + DISK_LOG_HEADER + (frame - 1) * DISK_FRAME;
		struct log_place place = { (uint32_t)frame, sealed + DISK_FRAME - 16 };
		uint8_t head[HEAD_PLAIN];

		assert_true(log_open(wreck->rig.keys, place, sealed, HEAD_PLAIN, head));
		if (memcmp(head + 4, "\0\0\0\0", 4) != 0)
			wreck->commit_end[++commits] = frame;
	}
	assert_int_equal(commits, COMMITS);
	assert_int_equal(wreck->commit_end[COMMITS], wreck->frames);
}

static void wreck_init(struct wreck *wreck, int rows)
{
	sqlite3 *db;

	*wreck = (struct wreck) { .frames = 0 };
	rig_init(&wreck->rig, NULL);
	db = rig_open(&wreck->rig);
	sql(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, a); CREATE INDEX ta ON t (a)");
	sql_format(db,
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
		"INSERT INTO t (a) SELECT hex(randomblob(450)) FROM n",
		rows);
	sql(db, "CREATE TABLE last (id INTEGER PRIMARY KEY, a)");
	rig_close(db);
	db = rig_open(&wreck->rig);
	keep_log(db);
	wreck->store = file_load(wreck->rig.path);
	for (int i = 0; i < COMMITS; i++)
		sql(db, "INSERT INTO last (a) VALUES (zeroblob(5000)); ");
	wreck->log = file_load(wreck->rig.log);
	rig_close(db);
	frames_find(wreck);
}

static void wreck_done(struct wreck *wreck)
{
	bytes_clear(&wreck->store);
	bytes_clear(&wreck->log);
	rig_done(&wreck->rig);
}

static void put_byte(const char *path, size_t offset, uint8_t byte)
{
	int file = open(path, O_WRONLY | O_CLOEXEC);

	assert_true(file >= 0);
	assert_int_equal(pwrite(file, &byte, 1, (off_t)offset), 1);
	close(file);
}

enum { REPORTED = -1 };

/* Opens what lies there: commits of the log found, or REPORTED. Anything else fails. */
static int look(struct wreck *wreck)
{
	struct vfs_damage damage;
	sqlite3 *db;
	int status, found = REPORTED;

	rig_restart(&wreck->rig, NULL, false);
	status = rig_try(&wreck->rig, &db);
	keep_log(db);
	damage = rig_damage(&wreck->rig);
	if (status == SQLITE_OK)
		found = (int)sql_number(db, "SELECT count(*) FROM last");
	assert_true(damage.is_found == (status == SQLITE_IOERR_DATA));
	assert_true(status == SQLITE_IOERR_DATA || found >= 0);
	sqlite3_close(db);
	return found;
}

/* Whole store through SQL: the first error met, or SQLITE_OK. */
static int look_at_all(struct wreck *wreck)
{
	sqlite3 *db;
	int status;

	rig_restart(&wreck->rig, NULL, false);
	rig_drop_log(&wreck->rig);
	status = rig_try(&wreck->rig, &db);
	if (status == SQLITE_OK)
		status = sql_status(db, "SELECT sum(length(a)) FROM t NOT INDEXED");
	if (status == SQLITE_OK)
		status = sql_status(db, "SELECT count(*) FROM t INDEXED BY ta WHERE a > ''");
	if (status == SQLITE_OK)
		status = sql_status(db, "SELECT count(*) FROM last");
	sqlite3_close(db);
	return status;
}

static void check_page_damage(struct wreck *wreck, uint32_t page, uint32_t or_page)
{
	struct vfs_damage damage = rig_damage(&wreck->rig);

	assert_true(damage.is_found && !damage.is_log);
	assert_true(damage.page == page || damage.page == or_page);
}

/* Each byte of each page, one bit, as SQLite's pager would read it. */
static void test_store_flips(void **state)
{
	size_t step = (size_t)amount(STEP, 1);
	struct wreck wreck;
	sqlite3 *db;
	sqlite3_file *pages;
	uint8_t page[DISK_PAGE];
	int file;
	long flips = 0;

	(void)state;
	wreck_init(&wreck, 120);
	assert_true(wreck.store.size - RIG_OFFSET >= 64 * DISK_PAGE);
	db = rig_open(&wreck.rig);
	file = open(wreck.rig.path, O_RDWR | O_CLOEXEC);
	sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &pages);
	for (size_t bit = rig_random((uint32_t)step); bit < 64 * DISK_PAGE * 8; bit += step) {
		size_t i = bit / 8, at = RIG_OFFSET + i;
		uint8_t byte = wreck.store.at[at] ^ (uint8_t)(1 << bit % 8);

		assert_int_equal(pwrite(file, &byte, 1, (off_t)at), 1);
		assert_int_equal(pages->pMethods->xRead(pages, page, DISK_PAGE,
					 (sqlite3_int64)(i / DISK_PAGE * DISK_PAGE)),
			SQLITE_IOERR_DATA);
		assert_int_equal(pwrite(file, wreck.store.at + at, 1, (off_t)at), 1);
		flips++;
	}
	print_message("# %ld flips in 64 pages, all refused\n", flips);
	assert_true(flips >= 64 * DISK_PAGE / 7 - 1);
	close(file);
	sqlite3_close(db);
	wreck_done(&wreck);
}

/* The same through SQL, some bytes of each page: the statement fails, the page is named. */
static void test_store_flips_sql(void **state)
{
	struct wreck wreck;
	int flips = 0;

	(void)state;
	wreck_init(&wreck, 120);
	for (size_t at = RIG_OFFSET; at < wreck.store.size; at += 1 + rig_random(4000)) {
		uint32_t page = (uint32_t)((at - RIG_OFFSET) / DISK_PAGE + 1);

		put_byte(wreck.rig.path, at, wreck.store.at[at] ^ 0x10);
		assert_int_equal(look_at_all(&wreck), SQLITE_IOERR_DATA);
		check_page_damage(&wreck, page, page);
		put_byte(wreck.rig.path, at, wreck.store.at[at]);
		flips++;
	}
	assert_int_equal(look_at_all(&wreck), SQLITE_OK);
	print_message("# %d flips, each an error with its page\n", flips);
	wreck_done(&wreck);
}

/* Copies page from over page to, in a copy of the store. */
static void check_put(struct wreck *wreck, const uint8_t *page, uint32_t to)
{
	struct bytes all = { malloc(wreck->store.size), wreck->store.size };

	assert_non_null(all.at);
	memcpy(all.at, wreck->store.at, all.size);
	memcpy(all.at + RIG_OFFSET + (size_t)(to - 1) * DISK_PAGE, page, DISK_PAGE);
	file_save(wreck->rig.path, all);
	assert_int_equal(look_at_all(wreck), SQLITE_IOERR_DATA);
	check_page_damage(wreck, to, to);
	bytes_clear(&all);
}

static void test_moved_pages(void **state)
{
	static const uint8_t zeros[DISK_PAGE];
	struct wreck wreck, other;
	uint32_t pages;
	int tried = 0;

	(void)state;
	wreck_init(&wreck, 60);
	wreck_init(&other, 60);
	keys_free(other.rig.keys);
	other.rig.keys = rig_keys(2);
	pages = (uint32_t)((wreck.store.size - RIG_OFFSET) / DISK_PAGE);
	for (int i = 0; i < 300; i++) {
		uint32_t from = 1 + rig_random(pages), to = 1 + rig_random(pages);
		const uint8_t *page = wreck.store.at + RIG_OFFSET + (size_t)(from - 1) * DISK_PAGE;
		uint8_t sealed[DISK_PAGE];

		page_seal(other.rig.keys, to, zeros, sealed);
		check_put(&wreck, i % 3 == 0 ? sealed : zeros, to);
		if (from != to)
			check_put(&wreck, page, to);
		tried += 1 + (from != to);
	}
	print_message("# %d moved, foreign or empty pages refused\n", tried);
	wreck_done(&wreck);
	wreck_done(&other);
}

/* Cut to whole pages SQLite itself complains; within a page the seal does. Longer: not looked at.
 */
static void test_store_length(void **state)
{
	struct wreck wreck;
	struct bytes longer;

	(void)state;
	wreck_init(&wreck, 60);
	for (size_t cut = RIG_OFFSET + 1; cut < wreck.store.size; cut += 1 + rig_random(3000)) {
		struct bytes part = { wreck.store.at, cut };
		int status;

		file_save(wreck.rig.path, part);
		status = look_at_all(&wreck);
		assert_true(status == SQLITE_IOERR_DATA || (status & 0xff) == SQLITE_CORRUPT);
	}
	longer = (struct bytes) { calloc(1, wreck.store.size + 50000), wreck.store.size + 50000 };
	memcpy(longer.at, wreck.store.at, wreck.store.size);
	file_save(wreck.rig.path, longer);
	assert_int_equal(look_at_all(&wreck), SQLITE_OK);
	bytes_clear(&longer);
	wreck_done(&wreck);
}

/* An authentic page of an earlier state is SQLite's to notice, or the trail's; no crash, no alarm.
 */
static void test_old_pages(void **state)
{
	struct wreck wreck;
	struct bytes now;
	sqlite3 *db;
	int put = 0, noticed = 0;

	(void)state;
	wreck_init(&wreck, 60);
	rig_drop_log(&wreck.rig);
	file_save(wreck.rig.path, wreck.store);
	db = rig_open(&wreck.rig);
	sql(db, "DELETE FROM t WHERE id % 3 = 0; UPDATE t SET a = hex(randomblob(500))");
	rig_close(db);
	now = file_load(wreck.rig.path);
	for (size_t at = RIG_OFFSET; at < wreck.store.size && at < now.size; at += DISK_PAGE) {
		struct bytes mixed = { malloc(now.size), now.size };

		memcpy(mixed.at, now.at, now.size);
		memcpy(mixed.at + at, wreck.store.at + at, DISK_PAGE);
		file_save(wreck.rig.path, mixed);
		bytes_clear(&mixed);
		rig_restart(&wreck.rig, NULL, false);
		rig_try(&wreck.rig, &db);
		noticed += !sql_is_whole(db);
		put++;
		sqlite3_close(db);
		assert_false(rig_damage(&wreck.rig).is_found);
	}
	print_message(
		"# %d old pages put back, %d noticed by the integrity check alone\n", put, noticed);
	assert_true(noticed > 0);
	bytes_clear(&now);
	wreck_done(&wreck);
}

static void test_log_flips(void **state)
{
	struct wreck wreck;
	size_t last, step = (size_t)amount(STEP, 1);
	int reported = 0, missing = 0;

	(void)state;
	wreck_init(&wreck, 20);
	last = DISK_LOG_HEADER + (size_t)wreck.commit_end[COMMITS - 1] * DISK_FRAME;
	assert_int_equal(look(&wreck), COMMITS);
	for (size_t bit = rig_random((uint32_t)step); bit < wreck.log.size * 8; bit += step) {
		size_t at = bit / 8;
		int found;

		put_byte(wreck.rig.log, at, wreck.log.at[at] ^ (uint8_t)(1 << bit % 8));
		found = look(&wreck);
		if (at < last)
			assert_int_equal(found, REPORTED);
		else
			assert_int_equal(found, COMMITS - 1);
		reported += at < last;
		missing += at >= last;
		put_byte(wreck.rig.log, at, wreck.log.at[at]);
	}
	print_message("# %d frames: %d flips reported, %d in the last commit: that one missing\n",
		wreck.frames, reported, missing);
	assert_true(reported > 1000 && missing > 100);
	assert_int_equal(look(&wreck), COMMITS);
	wreck_done(&wreck);
}

/* What stands of a log cut anywhere: the commits that are whole, as after a power cut. */
static void test_log_cut(void **state)
{
	struct wreck wreck;
	int cuts = 0;

	(void)state;
	wreck_init(&wreck, 20);
	for (size_t cut = 0; cut < wreck.log.size; cut += 1 + rig_random(500), cuts++) {
		int frames =
			cut < DISK_LOG_HEADER ? 0 : (int)((cut - DISK_LOG_HEADER) / DISK_FRAME);
		int whole = 0;

		while (whole < COMMITS && wreck.commit_end[whole + 1] <= frames)
			whole++;
		file_save(wreck.rig.log, (struct bytes) { wreck.log.at, cut });
		assert_int_equal(look(&wreck), whole);
	}
	print_message("# %d cuts\n", cuts);
	wreck_done(&wreck);
}

static uint8_t *frame_at(const struct bytes *log, int frame)
{
	return log->at + DISK_LOG_HEADER + (size_t)(frame - 1) * DISK_FRAME;
}

/* Frames moved, repeated, zeroed; whole sectors gone; the header's too; the log of another store.
 */
static void test_log_structure(void **state)
{
	struct wreck wreck, other;
	struct bytes mixed;
	int tried = 0, last;

	(void)state;
	wreck_init(&wreck, 20);
	wreck_init(&other, 20);
	last = wreck.commit_end[COMMITS - 1];
	mixed = (struct bytes) { malloc(wreck.log.size), wreck.log.size };
	for (int i = 0; i < 600; i++) {
		int to = 1 + (int)rig_random((uint32_t)last);
		int from = 1 + (int)rig_random((uint32_t)wreck.frames);
		size_t length = 1 + rig_random(DISK_FRAME);

		memcpy(mixed.at, wreck.log.at, mixed.size);
		if (i % 3 == 0)
			memset(frame_at(&mixed, to), 0, length);
		else if (i % 3 == 1 && from != to)
			memcpy(frame_at(&mixed, to), frame_at(&wreck.log, from), DISK_FRAME);
		else
			memcpy(frame_at(&mixed, to), frame_at(&other.log, to), length);
		file_save(wreck.rig.log, mixed);
		assert_int_equal(look(&wreck), REPORTED);
		assert_true(rig_damage(&wreck.rig).is_log);
		tried++;
	}
	memcpy(mixed.at, wreck.log.at, mixed.size);
	memset(mixed.at, 0, DISK_LOG_HEADER);
	file_save(wreck.rig.log, mixed);
	assert_int_equal(look(&wreck), REPORTED);
	memset(mixed.at, 0, mixed.size);
	file_save(wreck.rig.log, mixed);
	assert_int_equal(look(&wreck), 0);
	memcpy(mixed.at, wreck.log.at, mixed.size);
	/* The header of another log of the same store: an old log, which the -head record tells. */
	memcpy(mixed.at, other.log.at, DISK_LOG_HEADER);
	file_save(wreck.rig.log, mixed);
	assert_int_equal(look(&wreck), 0);
	print_message("# %d frames moved, zeroed or of another log refused\n", tried);
	bytes_clear(&mixed);
	wreck_done(&wreck);
	wreck_done(&other);
}

/* Another store's log: sealed with other keys. */
static void test_log_foreign(void **state)
{
	struct wreck wreck;

	(void)state;
	wreck_init(&wreck, 20);
	keys_free(wreck.rig.keys);
	wreck.rig.keys = rig_keys(2);
	rig_restart(&wreck.rig, NULL, false);
	file_save(wreck.rig.path, (struct bytes) { wreck.store.at, RIG_OFFSET });
	rig_drop_log(&wreck.rig);
	rig_close(rig_open(&wreck.rig));
	file_save(wreck.rig.log, wreck.log);
	assert_int_equal(look(&wreck), REPORTED);
	assert_true(rig_damage(&wreck.rig).is_log);
	wreck_done(&wreck);
}

/* One connection's transaction grows beyond the cache and is rolled back; another commits where it
   had begun; the first commits again. Each of the two commits stands, and damage to the other's is
   told (trap 17). */
static void test_rolled_back(void **state)
{
	struct wreck wreck;
	sqlite3 *one, *other;
	struct bytes before, spilled, after;
	int reported = 0, frames;

	(void)state;
	wreck_init(&wreck, 20);
	one = rig_open(&wreck.rig);
	other = rig_open(&wreck.rig);
	keep_log(one);
	keep_log(other);
	before = file_load(wreck.rig.log);
	sql(one, "PRAGMA cache_size=2; BEGIN; UPDATE t SET a = hex(randomblob(400)); ROLLBACK");
	spilled = file_load(wreck.rig.log);
	frames = (int)((before.size - DISK_LOG_HEADER) / DISK_FRAME);
	sql(other, "INSERT INTO last (a) VALUES (zeroblob(5000))");
	after = file_load(wreck.rig.log);
	sql(one, "INSERT INTO last (a) VALUES (zeroblob(5000))");
	rig_close(one);
	rig_close(other);
	bytes_clear(&wreck.log);
	wreck.log = file_load(wreck.rig.log);
	assert_int_equal(look(&wreck), COMMITS + 2);
	for (size_t at = before.size; at < before.size + 2 * DISK_FRAME; at += 61, reported++) {
		put_byte(wreck.rig.log, at, wreck.log.at[at] ^ 1);
		assert_int_equal(look(&wreck), REPORTED);
		put_byte(wreck.rig.log, at, wreck.log.at[at]);
	}
	print_message("# %d flips in a commit over a rolled-back one reported\n", reported);
	/* The rolled-back frame itself, put back: its seal, salts and place are right. */
	for (int frame = frames + 1; frame <= frames + 2; frame++) {
		uint8_t right[DISK_FRAME];

		memcpy(right, frame_at(&wreck.log, frame), DISK_FRAME);
		memcpy(frame_at(&wreck.log, frame), frame_at(&spilled, frame), DISK_FRAME);
		file_save(wreck.rig.log, wreck.log);
		assert_int_equal(look(&wreck), REPORTED);
		memcpy(frame_at(&wreck.log, frame), right, DISK_FRAME);
	}
	bytes_clear(&spilled);
	assert_true(after.size > before.size + 2 * DISK_FRAME);
	bytes_clear(&before);
	bytes_clear(&after);
	wreck_done(&wreck);
}

/* Damage that comes while the store is open is met without a recovery: an error all the same. */
static void test_log_flips_while_open(void **state)
{
	static const size_t places[] = { 10, 60, 107, 108, 2000, DISK_FRAME - 41, DISK_FRAME - 1 };
	struct wreck wreck;
	sqlite3 *one, *other;
	int reported = 0;

	(void)state;
	wreck_init(&wreck, 20);
	rig_restart(&wreck.rig, NULL, false);
	one = rig_open(&wreck.rig);
	keep_log(one);
	assert_int_equal(sql_number(one, "SELECT count(*) FROM last"), COMMITS);
	for (int frame = wreck.commit_end[COMMITS - 1] + 1; frame <= wreck.frames; frame++) {
		for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++, reported++) {
			size_t at = DISK_LOG_HEADER + (size_t)(frame - 1) * DISK_FRAME + places[i];
			int status;

			put_byte(wreck.rig.log, at, wreck.log.at[at] ^ 4);
			status = rig_try(&wreck.rig, &other);
			if (status == SQLITE_OK)
				status = sql_status(other, "SELECT sum(instr(a, x'01')) FROM last");
			assert_int_equal(status, SQLITE_IOERR_DATA);
			sqlite3_close(other);
			put_byte(wreck.rig.log, at, wreck.log.at[at]);
		}
	}
	assert_true(rig_damage(&wreck.rig).is_log);
	print_message("# %d flips under an open store reported\n", reported);
	sqlite3_close(one);
	wreck_done(&wreck);
}

static int log_syncs_count(void *context, const struct shim_call *call)
{
	int *syncs = context;

	*syncs += call->is_log && call->op == SHIM_SYNC;
	return SQLITE_OK;
}

/* A writer killed between its write and its sync leaves a commit in the system's memory: whoever
   finds it makes it durable before he goes on from it. */
static void test_recovery_syncs(void **state)
{
	struct wreck wreck;
	sqlite3 *db;
	int syncs = 0;

	(void)state;
	wreck_init(&wreck, 20);
	shim_start(log_syncs_count, &syncs);
	rig_restart(&wreck.rig, shim_name(), false);
	assert_int_equal(rig_try(&wreck.rig, &db), SQLITE_OK);
	keep_log(db);
	assert_int_equal(sql_number(db, "SELECT count(*) FROM last"), COMMITS);
	assert_int_equal(syncs, 1);
	sqlite3_close(db);
	wreck_done(&wreck);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_store_flips),
		cmocka_unit_test(test_store_flips_sql),
		cmocka_unit_test(test_moved_pages),
		cmocka_unit_test(test_store_length),
		cmocka_unit_test(test_old_pages),
		cmocka_unit_test(test_log_flips),
		cmocka_unit_test(test_log_cut),
		cmocka_unit_test(test_log_structure),
		cmocka_unit_test(test_log_foreign),
		cmocka_unit_test(test_rolled_back),
		cmocka_unit_test(test_log_flips_while_open),
		cmocka_unit_test(test_recovery_syncs),
	};

	return cmocka_run_group_tests_name("damage", tests, rig_start, NULL);
}
