/*
 * Stock SQLite's work through the sealing VFS: the same statements on a plain
 * database must leave equal contents.
 */
#include "rig.h"
#include "shim.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A plain database in memory beside the sealed one. */
struct pair {
	struct rig rig;
	sqlite3 *sealed;
	sqlite3 *plain;
};

static void pair_init(struct pair *pair)
{
	rig_init(&pair->rig, NULL);
	pair->sealed = rig_open(&pair->rig);
	assert_int_equal(sqlite3_open(":memory:", &pair->plain), SQLITE_OK);
}

static void pair_sql(struct pair *pair, const char *text)
{
	sql(pair->sealed, text);
	sql(pair->plain, text);
}

static void pair_check(struct pair *pair)
{
	assert_true(sql_is_whole(pair->sealed));
	assert_true(sql_digest(pair->sealed) == sql_digest(pair->plain));
}

static void pair_reopen(struct pair *pair)
{
	rig_close(pair->sealed);
	pair->sealed = rig_open(&pair->rig);
	pair_check(pair);
}

static void pair_done(struct pair *pair)
{
	pair_reopen(pair);
	assert_false(rig_damage(&pair->rig).is_found);
	rig_close(pair->sealed);
	rig_close(pair->plain);
	rig_done(&pair->rig);
}

#define NUMBERS(count) \
	"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " #count ") "

static const char make_tables[] =
	"CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b BLOB); CREATE INDEX ta ON t (a);"
	"CREATE TABLE u (id INTEGER PRIMARY KEY, t INTEGER, w TEXT)";
static const char insert_rows[] =
	NUMBERS(2000) "INSERT INTO t (a, b) SELECT printf('row %d of many', i * 7919 % 2003),"
		      " zeroblob(i * 31 % 900) FROM n";

static void test_workload(void **state)
{
	struct pair pair;

	(void)state;
	pair_init(&pair);
	pair_sql(&pair, make_tables);
	pair_sql(&pair, insert_rows);
	pair_check(&pair);
	pair_sql(&pair, "BEGIN; UPDATE t SET a = a || ' more' WHERE id % 3 = 0; ROLLBACK");
	pair_check(&pair);
	pair_sql(&pair, "BEGIN; DELETE FROM t WHERE id % 5 = 0; SAVEPOINT one;"
			"UPDATE t SET b = zeroblob(2000) WHERE id % 7 = 0; ROLLBACK TO one;"
			"INSERT INTO u (t, w) SELECT id, a FROM t; RELEASE one; COMMIT");
	pair_check(&pair);
	pair_sql(&pair, "UPDATE t SET b = zeroblob(9000) WHERE id % 100 = 1");
	pair_reopen(&pair);
	pair_sql(&pair, "DELETE FROM t WHERE id < 1500; VACUUM");
	pair_check(&pair);
	pair_sql(&pair, "CREATE VIRTUAL TABLE words USING fts5(w);"
			"INSERT INTO words (w) SELECT a FROM t");
	assert_int_equal(sql_number(pair.sealed, "SELECT count(*) FROM words('many')"),
		sql_number(pair.plain, "SELECT count(*) FROM words('many')"));
	pair_done(&pair);
}

/* Transactions far beyond the cache: frames are written again in place, headers alone after that,
   and savepoints throw frames away (traps 6, 17, 18). */
static void test_spill(void **state)
{
	struct pair pair;

	(void)state;
	pair_init(&pair);
	pair_sql(&pair, make_tables);
	sql(pair.sealed, "PRAGMA cache_size=10; PRAGMA wal_autocheckpoint=0");
	for (int round = 0; round < 3; round++) {
		pair_sql(&pair, "BEGIN");
		pair_sql(&pair, insert_rows);
		pair_sql(&pair, "UPDATE t SET a = a || id WHERE id % 2 = 0; SAVEPOINT s");
		pair_sql(&pair, "UPDATE t SET b = zeroblob(length(b) + 100)");
		pair_sql(&pair, round == 1 ? "ROLLBACK TO s" : "RELEASE s");
		pair_sql(&pair, "DELETE FROM t WHERE id % 11 = 0");
		pair_sql(&pair, round == 2 ? "ROLLBACK" : "COMMIT");
		pair_check(&pair);
	}
	sql(pair.sealed, "PRAGMA wal_checkpoint(TRUNCATE)");
	pair_check(&pair);
	pair_done(&pair);
}

static void test_checkpoints(void **state)
{
	static const int modes[] = { SQLITE_CHECKPOINT_PASSIVE, SQLITE_CHECKPOINT_FULL,
		SQLITE_CHECKPOINT_RESTART, SQLITE_CHECKPOINT_TRUNCATE };
	struct pair pair;
	struct stat info;

	(void)state;
	pair_init(&pair);
	pair_sql(&pair, make_tables);
	for (size_t i = 0; i < 4; i++) {
		int frames, done;

		pair_sql(&pair, insert_rows);
		assert_int_equal(
			sqlite3_wal_checkpoint_v2(pair.sealed, NULL, modes[i], &frames, &done),
			SQLITE_OK);
		assert_int_equal(frames, done);
		pair_check(&pair);
	}
	assert_int_equal(stat(pair.rig.log, &info), 0);
	assert_int_equal(info.st_size, 0);
	sql(pair.sealed, "PRAGMA journal_size_limit=100000");
	for (int i = 0; i < 2; i++) {
		pair_sql(&pair, insert_rows);
		sql(pair.sealed, "PRAGMA wal_checkpoint(RESTART)");
	}
	pair_sql(&pair, "DELETE FROM u");
	assert_int_equal(stat(pair.rig.log, &info), 0);
	assert_true(info.st_size < 110000 && info.st_size > 90000);
	pair_done(&pair);
}

/* Main file and log: what the write of a frame costs and that checkpoints copy it as it is. */
struct counts {
	long log_writes;
	long log_bytes;
	int largest;
};

static int count_writes(void *context, const struct shim_call *call)
{
	struct counts *counts = context;

	if (call->op == SHIM_WRITE && call->is_log) {
		counts->log_writes++;
		counts->log_bytes += call->amount;
		if (call->amount > counts->largest)
			counts->largest = call->amount;
	}
	return SQLITE_OK;
}

static void test_gathered(void **state)
{
	struct counts counts = { 0, 0, 0 };
	struct rig rig;
	sqlite3 *db;

	(void)state;
	shim_start(count_writes, &counts);
	rig_init(&rig, shim_name());
	db = rig_open(&rig);
	sql(db, make_tables);
	counts = (struct counts) { 0, 0, 0 };
	sql(db, "BEGIN; INSERT INTO t (a) VALUES ('one'); INSERT INTO u (w) VALUES ('two'); "
		"COMMIT");
	assert_int_equal(counts.log_writes, 1);
	assert_int_equal(counts.log_bytes % DISK_FRAME, 0);
	sql(db, insert_rows);
	print_message("# largest write %d bytes, %ld writes\n", counts.largest, counts.log_writes);
	assert_int_equal(counts.largest, 15 * DISK_FRAME);
	rig_close(db);
	rig_done(&rig);
}

/* Page by page: is the sealed page in the main file the newest one of the log? */
static int64_t pages_copied(const struct rig *rig, struct bytes log)
{
	struct bytes store = file_load(rig->path);
	int64_t copied = 0;

	for (size_t at = RIG_OFFSET; at < store.size; at += DISK_PAGE)
		if (memmem(log.at, log.size, store.at + at, DISK_PAGE))
			copied++;
	print_message("# %lld pages copied\n", (long long)copied);
	bytes_clear(&store);
	return copied;
}

/* By a checkpoint, and by the last one to close. */
static void test_verbatim(void **state)
{
	struct rig rig;
	struct bytes log;
	sqlite3 *db;
	int64_t pages;

	(void)state;
	rig_init(&rig, NULL);
	for (int i = 0; i < 2; i++) {
		db = rig_open(&rig);
		sql(db, "DROP TABLE IF EXISTS t; DROP TABLE IF EXISTS u; VACUUM");
		sql(db, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint=0");
		sql(db, make_tables);
		sql(db, insert_rows);
		pages = sql_number(db, "PRAGMA page_count");
		log = file_load(rig.log);
		if (i == 0)
			sql(db, "PRAGMA wal_checkpoint(PASSIVE)");
		else
			rig_close(db);
		assert_int_equal(pages_copied(&rig, log), pages);
		bytes_clear(&log);
		if (i == 0)
			rig_close(db);
	}
	rig_done(&rig);
}

/* A connection that keeps the file to itself holds the locks of one that closes, and reads pages
   under them: in that mode from its first call on, or later. */
static void test_exclusive(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct rig rig;
		sqlite3 *db;
		int64_t sum;

		rig_init(&rig, NULL);
		db = rig_open(&rig);
		if (i == 0) {
			rig_close(db);
			assert_int_equal(sqlite3_open_v2(rig.path, &db, SQLITE_OPEN_READWRITE,
						 sealing_vfs_name(rig.vfs)),
				SQLITE_OK);
		}
		sql(db, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=5;"
			"PRAGMA wal_autocheckpoint=0");
		sql(db, make_tables);
		sql(db, insert_rows);
		sum = sql_number(db, "SELECT sum(length(a)) FROM t");
		assert_true(sum > 0);
		sql(db, "PRAGMA wal_checkpoint(PASSIVE); UPDATE t SET a = a || 'x'");
		sql(db, "PRAGMA integrity_check");
		assert_true(sql_number(db, "SELECT sum(length(a)) FROM t") > sum);
		sum = sql_number(db, "SELECT sum(length(a)) FROM t");
		rig_close(db);
		db = rig_open(&rig);
		assert_int_equal(sql_number(db, "SELECT sum(length(a)) FROM t"), sum);
		assert_false(rig_damage(&rig).is_found);
		rig_close(db);
		rig_done(&rig);
	}
}

static unsigned mode_of(const char *path)
{
	struct stat info;

	assert_int_equal(stat(path, &info), 0);
	return info.st_mode & 0777;
}

/* -wal and -shm get the main file's mode; a missing main file is not made (trap 22). */
static void test_modes(void **state)
{
	static const unsigned modes[] = { 0600, 0660 };
	char index[SCRATCH_SIZE + 24], missing[SCRATCH_SIZE + 24];
	mode_t mask = umask(022);

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct rig rig;
		sqlite3 *db;

		rig_init(&rig, NULL);
		assert_int_equal(chmod(rig.path, modes[i]), 0);
		db = rig_open(&rig);
		sql(db, make_tables);
		snprintf(index, sizeof(index), "%s-shm", rig.path);
		assert_int_equal(mode_of(rig.path), modes[i]);
		assert_int_equal(mode_of(rig.log), modes[i]);
		assert_int_equal(mode_of(index), modes[i]);
		rig_close(db);
		snprintf(missing, sizeof(missing), "%s.not", rig.path);
		assert_int_equal(
			sqlite3_open_v2(missing, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
				sealing_vfs_name(rig.vfs)),
			SQLITE_CANTOPEN);
		sqlite3_close(db);
		assert_int_not_equal(access(missing, F_OK), 0);
		rig_done(&rig);
	}
	umask(mask);
}

/* The page that SQLite leaves out for its lock bytes: moved here from 1 GiB to 64 KiB. */
static void test_lock_page(void **state)
{
	struct pair pair;

	(void)state;
	sqlite3_test_control(SQLITE_TESTCTRL_PENDING_BYTE, 0x10000);
	pair_init(&pair);
	pair_sql(&pair, make_tables);
	pair_sql(&pair, insert_rows);
	assert_true(sql_number(pair.sealed, "PRAGMA page_count") > 40);
	sql(pair.sealed, "PRAGMA wal_checkpoint(TRUNCATE)");
	pair_sql(&pair, "DELETE FROM t WHERE id % 2; VACUUM");
	pair_done(&pair);
	sqlite3_test_control(SQLITE_TESTCTRL_PENDING_BYTE, 0x40000000);
}

/* A forged journal is not looked at, whatever is in it (trap 20). */
static void test_forged_journal(void **state)
{
	static const char magic[] = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7\xff\xff\xff\xff";
	struct rig rig;
	struct bytes page;
	char journal[SCRATCH_SIZE + 24];
	sqlite3 *db;

	(void)state;
	rig_init(&rig, NULL);
	db = rig_open(&rig);
	sql(db, make_tables);
	sql(db, "INSERT INTO t (a) VALUES ('kept')");
	rig_close(db);
	page = (struct bytes) { calloc(1, 8192), 8192 };
	memcpy(page.at, magic, sizeof(magic) - 1);
	snprintf(journal, sizeof(journal), "%s-journal", rig.path);
	file_save(journal, page);
	db = rig_open(&rig);
	assert_int_equal(sql_number(db, "SELECT count(*) FROM t WHERE a = 'kept'"), 1);
	sql(db, "INSERT INTO t (a) VALUES ('more')");
	rig_close(db);
	bytes_clear(&page);
	page = file_load(journal);
	assert_memory_equal(page.at, magic, sizeof(magic) - 1);
	bytes_clear(&page);
	assert_int_equal(unlink(journal), 0);
	rig_done(&rig);
}

/* Temporary files and journals cannot be opened: the statement fails, nothing is written. */
static void test_no_other_files(void **state)
{
	struct rig rig;
	sqlite3 *db;

	(void)state;
	rig_init(&rig, NULL);
	db = rig_open(&rig);
	sql(db, make_tables);
	sql(db, insert_rows);
	sql(db, "PRAGMA temp_store=FILE; PRAGMA cache_size=10; PRAGMA temp.cache_size=10");
	assert_int_not_equal(
		sql_status(db, "CREATE TEMP TABLE x AS SELECT a.a, b.b FROM t a, t b LIMIT 20000"),
		SQLITE_OK);
	sql(db, "PRAGMA temp_store=MEMORY");
	assert_int_equal(
		sql_status(db, "CREATE TEMP TABLE x AS SELECT a.a, b.b FROM t a, t b LIMIT 2000"),
		SQLITE_OK);
	rig_close(db);
	rig_done(&rig);
}

/* VACUUM INTO a file made beforehand: sealed, in WAL mode, no journal (trap 21). */
static void test_vacuum_into(void **state)
{
	struct rig rig, other;
	sqlite3 *db, *copy;
	uint64_t digest;

	(void)state;
	rig_init(&rig, NULL);
	rig_init(&other, NULL);
	db = rig_open(&rig);
	sql(db, make_tables);
	sql(db, insert_rows);
	digest = sql_digest(db);
	sql_format(db, "VACUUM INTO '%s'", other.path);
	rig_close(db);
	copy = rig_open(&other);
	assert_true(sql_digest(copy) == digest && sql_is_whole(copy));
	rig_close(copy);
	rig_done(&rig);
	rig_done(&other);
}

/* A store never leaves WAL mode: asked to, SQLite fails and everything is as it was. */
static void test_stays_in_wal_mode(void **state)
{
	static const char *const modes[] = { "MEMORY", "DELETE", "OFF", "TRUNCATE" };
	struct rig rig;
	sqlite3 *db;

	(void)state;
	rig_init(&rig, NULL);
	db = rig_open(&rig);
	sql(db, make_tables);
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		char text[64];

		snprintf(text, sizeof(text), "PRAGMA journal_mode=%s", modes[i]);
		assert_int_not_equal(sql_status(db, text), SQLITE_OK);
		sql_status(db, "INSERT INTO t (a) VALUES ('lost')");
		sqlite3_close(db);
		db = rig_open(&rig);
		sql(db, "INSERT INTO t (a) VALUES ('kept')");
		assert_int_equal(sql_number(db, "SELECT count(*) FROM t WHERE a = 'kept'"), i + 1);
		assert_true(sql_is_whole(db));
	}
	rig_close(db);
	rig_done(&rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_workload),
		cmocka_unit_test(test_spill),
		cmocka_unit_test(test_checkpoints),
		cmocka_unit_test(test_gathered),
		cmocka_unit_test(test_verbatim),
		cmocka_unit_test(test_exclusive),
		cmocka_unit_test(test_modes),
		cmocka_unit_test(test_lock_page),
		cmocka_unit_test(test_forged_journal),
		cmocka_unit_test(test_no_other_files),
		cmocka_unit_test(test_vacuum_into),
		cmocka_unit_test(test_stays_in_wal_mode),
	};

	return cmocka_run_group_tests_name("the sealing VFS", tests, rig_start, NULL);
}
