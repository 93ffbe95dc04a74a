/*
 * Errors of the system below: each is passed on as it is, at whatever call it
 * comes; what was acknowledged is there afterwards and nothing by halves.
 */
#include "rig.h"
#include "shim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The nth call of a kind fails, and so may all after it. */
struct fault {
	enum shim_op op;
	bool is_log;
	int code;
	long at;
	bool stays;
	long calls;
	long fired;
};

static int fault_watch(void *context, const struct shim_call *call)
{
	struct fault *fault = context;

	if (fault->at == 0 || call->op != fault->op || call->is_log != fault->is_log)
		return SQLITE_OK;
	fault->calls++;
	if (fault->calls != fault->at && !(fault->stays && fault->calls > fault->at))
		return SQLITE_OK;
	fault->fired++;
	return fault->code;
}

static const struct fault faults[] = {
	{ .op = SHIM_READ, .is_log = false, .code = SQLITE_IOERR_READ },
	{ .op = SHIM_READ, .is_log = true, .code = SQLITE_IOERR_READ },
	{ .op = SHIM_READ, .is_log = true, .code = SQLITE_IOERR_READ, .stays = true },
	{ .op = SHIM_WRITE, .is_log = false, .code = SQLITE_IOERR_WRITE },
	{ .op = SHIM_WRITE, .is_log = true, .code = SQLITE_IOERR_WRITE },
	{ .op = SHIM_WRITE, .is_log = true, .code = SQLITE_FULL },
	{ .op = SHIM_WRITE, .is_log = true, .code = SQLITE_FULL, .stays = true },
	{ .op = SHIM_WRITE, .is_log = false, .code = SQLITE_FULL, .stays = true },
	{ .op = SHIM_SYNC, .is_log = false, .code = SQLITE_IOERR_FSYNC },
	{ .op = SHIM_SYNC, .is_log = true, .code = SQLITE_IOERR_FSYNC },
	{ .op = SHIM_TRUNCATE, .is_log = true, .code = SQLITE_IOERR_TRUNCATE },
	{ .op = SHIM_SIZE, .is_log = false, .code = SQLITE_IOERR_FSTAT },
	{ .op = SHIM_SIZE, .is_log = true, .code = SQLITE_IOERR_FSTAT },
	{ .op = SHIM_OPEN, .is_log = true, .code = SQLITE_CANTOPEN },
	{ .op = SHIM_OPEN, .is_log = false, .code = SQLITE_CANTOPEN },
};

/* One statement; an error must be the fault's own. */
static bool try_sql(sqlite3 *db, const struct fault *fault, const char *text)
{
	int status = sql_status(db, text);

	if (status == SQLITE_OK)
		return true;
	if (status != fault->code)
		fail_msg("%d %s instead of %d", status, sqlite3_errmsg(db), fault->code);
	assert_true(fault->fired > 0);
	return false;
}

/* A commit of a row in each table, one beyond the cache, one undone, checkpoints. Returns commits
   acknowledged. */
static int work(struct rig *rig, struct fault *fault)
{
	static const char *const steps[] = {
		"BEGIN; INSERT INTO c (b) VALUES (zeroblob(3000)); INSERT INTO a DEFAULT VALUES",
		"COMMIT",
		"BEGIN; INSERT INTO c (b) SELECT randomblob(2000) FROM c, c LIMIT 20;"
		"SAVEPOINT s; UPDATE c SET b = zeroblob(1000); ROLLBACK TO s;"
		"UPDATE c SET b = zeroblob(1500) WHERE id % 2; INSERT INTO a DEFAULT VALUES",
		"COMMIT",
		"PRAGMA wal_checkpoint(TRUNCATE)",
		"BEGIN; DELETE FROM c WHERE id > 30; INSERT INTO a DEFAULT VALUES",
		"COMMIT",
		"SELECT sum(length(b)) FROM c",
	};
	sqlite3 *db;
	int commits = 0, status = rig_try(rig, &db);

	if (status != SQLITE_OK && (status != fault->code || !fault->fired))
		fail_msg("open: %d instead of %d", status, fault->code);
	if (status == SQLITE_OK)
		sql_status(db, "PRAGMA cache_size=4; PRAGMA wal_autocheckpoint=0");
	for (size_t i = 0; status == SQLITE_OK && i < sizeof(steps) / sizeof(steps[0]); i++) {
		bool done = try_sql(db, fault, steps[i]);

		commits += done && strcmp(steps[i], "COMMIT") == 0;
		if (!done && !sqlite3_get_autocommit(db))
			sql_status(db, "ROLLBACK");
		if (!done && steps[i][0] == 'B')
			i++;
	}
	sqlite3_close(db);
	return commits;
}

static void test_faults(void **state)
{
	struct rig rig;
	struct bytes base;
	sqlite3 *db;
	struct fault fault = { .at = 0 };
	long fired = 0, runs = 0;

	(void)state;
	shim_start(fault_watch, &fault);
	rig_init(&rig, shim_name());
	db = rig_open(&rig);
	sql(db, "CREATE TABLE c (id INTEGER PRIMARY KEY, b); CREATE TABLE a (id INTEGER PRIMARY "
		"KEY);"
		"INSERT INTO c (b) VALUES (zeroblob(5000)), (zeroblob(9000))");
	rig_close(db);
	base = file_load(rig.path);
	for (size_t kind = 0; kind < sizeof(faults) / sizeof(faults[0]); kind++) {
		long kind_fired = 0;

		for (long at = 1;; at++) {
			int commits, found;

			rig_drop_log(&rig);
			file_save(rig.path, base);
			fault = faults[kind];
			fault.at = at;
			commits = work(&rig, &fault);
			kind_fired += fault.fired > 0;
			runs++;
			if (!fault.fired)
				break;
			fault.at = 0;
			db = rig_open(&rig);
			found = (int)sql_number(db, "SELECT count(*) FROM a");
			assert_true(sql_is_whole(db));
			assert_true(found >= commits);
			assert_true(found == commits || faults[kind].op == SHIM_SYNC);
			rig_close(db);
		}
		if (!kind_fired)
			fail_msg("fault %d never fired", (int)kind);
		fired += kind_fired;
	}
	print_message("# %ld runs, the fault fired in %ld\n", runs, fired);
	assert_false(rig_damage(&rig).is_found);
	bytes_clear(&base);
	rig_done(&rig);
}

/* An error swallowed while the log goes into the store would let the log be forgotten. */
static void test_checkpoints_tell(void **state)
{
	static const struct fault kinds[] = {
		{ .op = SHIM_WRITE, .code = SQLITE_IOERR_WRITE, .at = 1 },
		{ .op = SHIM_SYNC, .code = SQLITE_IOERR_FSYNC, .at = 1 },
		{ .op = SHIM_TRUNCATE, .code = SQLITE_IOERR_TRUNCATE, .at = 1 },
		{ .op = SHIM_SYNC, .is_log = true, .code = SQLITE_IOERR_FSYNC, .at = 1 },
		{ .op = SHIM_READ, .is_log = true, .code = SQLITE_IOERR_READ, .at = 1 },
	};
	struct fault fault = { .at = 0 };
	struct rig rig;
	sqlite3 *db;

	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		fault.at = 0;
		shim_start(fault_watch, &fault);
		rig_init(&rig, shim_name());
		db = rig_open(&rig);
		sql(db, "CREATE TABLE c (b); INSERT INTO c VALUES (zeroblob(90000));"
			"PRAGMA wal_checkpoint(TRUNCATE); DELETE FROM c; VACUUM");
		fault = kinds[i];
		assert_int_equal(sqlite3_wal_checkpoint_v2(
					 db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL),
			fault.code);
		assert_int_equal(fault.fired, 1);
		fault.at = 0;
		assert_int_equal(sqlite3_wal_checkpoint_v2(
					 db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL),
			SQLITE_OK);
		assert_true(sql_is_whole(db));
		rig_close(db);
		rig_done(&rig);
	}
	print_message(
		"# %zu kinds of error of a checkpoint told\n", sizeof(kinds) / sizeof(kinds[0]));
}

/* A bad page is an error for that page only (trap 5). */
static void test_other_pages_live(void **state)
{
	struct rig rig;
	struct bytes store;
	sqlite3 *db;
	int64_t page;

	(void)state;
	shim_start(NULL, NULL);
	rig_init(&rig, NULL);
	db = rig_open(&rig);
	sql(db, "CREATE TABLE c (id INTEGER PRIMARY KEY, b); CREATE TABLE d (id INTEGER PRIMARY "
		"KEY);"
		"INSERT INTO c (b) VALUES (1); INSERT INTO d VALUES (1)");
	page = sql_number(db, "SELECT rootpage FROM sqlite_schema WHERE name = 'c'");
	rig_close(db);
	store = file_load(rig.path);
	store.at[RIG_OFFSET + (size_t)page * DISK_PAGE - 1] ^= 1;
	file_save(rig.path, store);
	bytes_clear(&store);
	db = rig_open(&rig);
	assert_int_equal(sql_status(db, "SELECT * FROM c"), SQLITE_IOERR_DATA);
	assert_int_equal(sql_number(db, "SELECT count(*) FROM d"), 1);
	sql(db, "INSERT INTO d VALUES (2)");
	assert_int_equal(sql_status(db, "SELECT * FROM c"), SQLITE_IOERR_DATA);
	assert_int_equal(rig_damage(&rig).page, page);
	rig_close(db);
	rig_done(&rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_checkpoints_tell),
		cmocka_unit_test(test_other_pages_live),
	};

	return cmocka_run_group_tests_name("errors from below", tests, rig_start, NULL);
}
