/*
 * The WAL-reset bug of SQLite 3.7.0 to 3.51.2, made to happen: B begins a
 * checkpoint; when it has read the log's header, C commits and so restarts the
 * log; B then notes far more frames as copied than the new log has, and what A
 * commits after that is never copied. With the gate C waits and nothing is
 * lost; without it rows must be lost, or the test does not bite.
 */
#include "rig.h"

#include <stdio.h>

enum { FIRST_ROWS = 60, MORE_ROWS = 120 };

/* The moment is a call that SQLite makes of files with memory maps only. B's file is made to look
   like one; the call gets no context. */
static struct {
	sqlite3_io_methods methods;
	sqlite3 *other;
	int status;
	int fired;
} moment;

static int moment_fetch(sqlite3_file *file, sqlite3_int64 offset, int amount, void **out_map)
{
	(void)file;
	(void)offset;
	(void)amount;
	*out_map = NULL;
	return SQLITE_OK;
}

static const char insert_other[] = "INSERT INTO t VALUES (100000, zeroblob(100))";

static int moment_unfetch(sqlite3_file *file, sqlite3_int64 offset, void *map)
{
	(void)file;
	(void)offset;
	if (map || moment.fired)
		return SQLITE_OK;
	moment.fired++;
	moment.status = sql_status(moment.other, insert_other);
	return SQLITE_OK;
}

static void moment_arm(sqlite3 *db, sqlite3 *other)
{
	sqlite3_file *file;

	assert_int_equal(
		sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file), SQLITE_OK);
	moment.methods = *file->pMethods;
	moment.methods.iVersion = 3;
	moment.methods.xFetch = moment_fetch;
	moment.methods.xUnfetch = moment_unfetch;
	moment.other = other;
	moment.fired = 0;
	moment.status = SQLITE_OK;
	file->pMethods = &moment.methods;
}

static void checkpoint(sqlite3 *db)
{
	sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

static int insert_rows(sqlite3 *db, int first, int count)
{
	int done = 0;

	for (int i = 0; i < count; i++) {
		char text[100];

		snprintf(text, sizeof(text), "INSERT INTO t VALUES (%d, randomblob(3000))",
			first + i);
		if (sql_status(db, text) != SQLITE_OK)
			break;
		done++;
	}
	return done;
}

/* Rows acknowledged; the store is closed. */
static int play(struct rig *rig)
{
	sqlite3 *a = rig_open(rig), *b = rig_open(rig), *c = rig_open(rig);
	int acknowledged;

	sql(a, "CREATE TABLE t (id INTEGER PRIMARY KEY, b); CREATE INDEX ti ON t (b)");
	for (int i = 0; i < 3; i++) {
		sqlite3 *db = (sqlite3 *[]) { a, b, c }[i];

		sql(db, "PRAGMA wal_autocheckpoint=0; PRAGMA busy_timeout=200");
		assert_int_equal(sql_number(db, "SELECT count(*) FROM t"), 0);
	}
	sql(a, "BEGIN");
	acknowledged = insert_rows(a, 0, FIRST_ROWS);
	sql(a, "COMMIT");
	checkpoint(a);
	moment_arm(b, c);
	checkpoint(b);
	assert_int_equal(moment.fired, 1);
	print_message("# commit during the checkpoint: %d\n", moment.status);
	if (moment.status != SQLITE_OK)
		sql(c, insert_other);
	acknowledged += 1 + insert_rows(a, 1000, MORE_ROWS);
	checkpoint(a);
	sqlite3_close(a);
	sqlite3_close(b);
	sqlite3_close(c);
	return acknowledged;
}

/* The gate is off or on; is everything there that was acknowledged? */
static bool survives(bool gate_off)
{
	struct rig rig;
	sqlite3 *db;
	int acknowledged;
	int64_t found;
	bool is_whole;

	rig_init(&rig, NULL);
	rig_restart(&rig, NULL, gate_off);
	acknowledged = play(&rig);
	assert_true(!gate_off || moment.status == SQLITE_OK);
	assert_true(gate_off || moment.status == SQLITE_BUSY);
	rig_try(&rig, &db);
	found = sql_number(db, "SELECT count(*) FROM t NOT INDEXED");
	is_whole = sql_is_whole(db);
	print_message("# gate %s: %d rows acknowledged, %lld found, %s\n", gate_off ? "off" : "on",
		acknowledged, (long long)found, is_whole ? "whole" : "malformed");
	sqlite3_close(db);
	rig_done(&rig);
	return found == acknowledged && is_whole;
}

static void test_gate(void **state)
{
	(void)state;
	assert_true(survives(false));
}

static void test_without_gate(void **state)
{
	(void)state;
	assert_false(survives(true));
}

/* The lock is given back and taken in every kind of checkpoint; a writer inside waits. */
static void test_gate_gives_back(void **state)
{
	static const int modes[] = { SQLITE_CHECKPOINT_PASSIVE, SQLITE_CHECKPOINT_FULL,
		SQLITE_CHECKPOINT_RESTART, SQLITE_CHECKPOINT_TRUNCATE };
	struct rig rig;
	sqlite3 *a, *b;

	(void)state;
	rig_init(&rig, NULL);
	a = rig_open(&rig);
	b = rig_open(&rig);
	sql(a, "CREATE TABLE t (id INTEGER PRIMARY KEY, b)");
	sql(b, "PRAGMA busy_timeout=0");
	for (size_t i = 0; i < 4; i++) {
		insert_rows(a, (int)i * 10, 3);
		sql(a, "BEGIN IMMEDIATE");
		assert_int_equal(
			sqlite3_wal_checkpoint_v2(b, NULL, modes[i], NULL, NULL), SQLITE_BUSY);
		sql(a, "COMMIT");
		assert_int_equal(
			sqlite3_wal_checkpoint_v2(b, NULL, modes[i], NULL, NULL), SQLITE_OK);
		insert_rows(a, (int)i * 10 + 5, 2);
	}
	assert_int_equal(sql_number(b, "SELECT count(*) FROM t"), 20);
	rig_close(a);
	rig_close(b);
	rig_done(&rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gate),
		cmocka_unit_test(test_without_gate),
		cmocka_unit_test(test_gate_gives_back),
	};

	return cmocka_run_group_tests_name("the WAL-reset bug", tests, rig_start, NULL);
}
