/*
 * Several processes on one store, some killed at any moment, and what the
 * files hold meanwhile: never a word of what was written.
 */
#include "rig.h"
#include "shim.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char canary[] = "Wraxhillbottomley";

enum { WRITERS = 2 };

/* Children that say "a" for each commit. */
struct crew {
	pid_t children[WRITERS];
	int count;
	int hears;
};

static void crew_start(struct crew *crew, struct rig *rig, void (*work)(struct rig *, int, int))
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	for (int i = 0; i < crew->count; i++) {
		crew->children[i] = fork();
		assert_true(crew->children[i] >= 0);
		if (crew->children[i] == 0) {
			close(ends[0]);
			work(rig, i, ends[1]);
			_exit(0);
		}
	}
	close(ends[1]);
	crew->hears = ends[0];
}

static void say(int pipe_end)
{
	if (write(pipe_end, "a", 1) != 1)
		_exit(1);
}

static int hear_all(int pipe_end)
{
	char got[64];
	ssize_t count;
	int heard = 0;

	while ((count = read(pipe_end, got, sizeof(got))) > 0)
		heard += (int)count;
	close(pipe_end);
	return heard;
}

static void hear(int pipe_end, int count)
{
	char got;

	for (int i = 0; i < count; i++)
		assert_int_equal(read(pipe_end, &got, 1), 1);
}

static void make_tables(struct rig *rig)
{
	sqlite3 *db = rig_open(rig);

	sql(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, who INTEGER, a TEXT);"
		"CREATE INDEX ta ON t (a)");
	rig_close(db);
}

enum { EACH = 150 };

static void insert_many(struct rig *rig, int number, int pipe_end)
{
	sqlite3 *db = rig_open(rig);

	sql(db, "PRAGMA wal_autocheckpoint=50");
	for (int i = 0; i < EACH; i++) {
		sql_format(db,
			"BEGIN IMMEDIATE; INSERT INTO t (who, a) VALUES (%d, hex(randomblob(400)));"
			"COMMIT",
			number);
		say(pipe_end);
	}
	rig_close(db);
}

static void test_two_processes(void **state)
{
	struct rig rig;
	struct crew crew = { .count = WRITERS };
	sqlite3 *db;
	int status;

	(void)state;
	rig_init(&rig, NULL);
	make_tables(&rig);
	crew_start(&crew, &rig, insert_many);
	assert_int_equal(hear_all(crew.hears), WRITERS * EACH);
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(waitpid(crew.children[i], &status, 0), crew.children[i]);
		assert_int_equal(status, 0);
	}
	db = rig_open(&rig);
	assert_int_equal(sql_number(db, "SELECT count(*) FROM t"), WRITERS * EACH);
	assert_true(sql_is_whole(db));
	rig_close(db);
	assert_false(rig_damage(&rig).is_found);
	rig_done(&rig);
}

static void insert_forever(struct rig *rig, int number, int pipe_end)
{
	sqlite3 *db = rig_open(rig);

	sql(db, "PRAGMA wal_autocheckpoint=20; PRAGMA cache_size=5; PRAGMA busy_timeout=100");
	for (int i = 0;; i++) {
		/* Another may be ahead for long: SQLite's waiting is not fair. */
		if (sql_status(db, "BEGIN IMMEDIATE") == SQLITE_BUSY)
			continue;
		sql_format(db,
			"INSERT INTO t (who, a) VALUES (%d, '%s' || hex(randomblob(300)));"
			"UPDATE t SET a = a || 'x' WHERE id %% 3 = %d; COMMIT",
			number, canary, i % 3);
		say(pipe_end);
	}
}

/* Two writers, one of them killed, over and over; the other lives through it. */
static void test_kill(void **state)
{
	enum { ROUNDS = 25 };
	struct rig rig;
	int acknowledged = 0, files, kills = 0;
	sqlite3 *db;

	(void)state;
	rig_init(&rig, NULL);
	make_tables(&rig);
	for (int round = 0; round < ROUNDS; round++) {
		struct crew crew = { .count = round % WRITERS + 1 };
		int before = 1 + (int)rig_random(30);

		crew_start(&crew, &rig, insert_forever);
		hear(crew.hears, before);
		acknowledged += before;
		for (int i = 0; i < crew.count; i++) {
			assert_int_equal(kill(crew.children[i], SIGKILL), 0);
			assert_int_equal(waitpid(crew.children[i], NULL, 0), crew.children[i]);
			kills++;
		}
		acknowledged += hear_all(crew.hears);
		assert_false(folder_holds(&rig, canary, &files));
		assert_int_equal(files, 3);
		db = rig_open(&rig);
		assert_true(sql_number(db, "SELECT count(*) FROM t") >= acknowledged);
		assert_true(sql_is_whole(db));
		assert_false(rig_damage(&rig).is_found);
		rig_close(db);
	}
	print_message("# %d kills, %d commits acknowledged, none lost\n", kills, acknowledged);
	rig_done(&rig);
}

/* The word is in no file: while open, with a transaction beyond the cache under way, closed. */
static void test_canary(void **state)
{
	struct rig rig;
	sqlite3 *db;
	uint8_t word[sizeof(canary)];
	int files, looked = 0;

	(void)state;
	rig_init(&rig, NULL);
	make_tables(&rig);
	db = rig_open(&rig);
	sql(db, "PRAGMA cache_size=5; BEGIN");
	for (int i = 0; i < 200; i++)
		sql_format(db, "INSERT INTO t (a) VALUES ('%s' || %d || hex(randomblob(200)))",
			canary, i);
	sql(db, "SAVEPOINT s; UPDATE t SET a = a || a; CREATE TEMP TABLE x AS SELECT a FROM t "
		"ORDER BY a || id; ROLLBACK TO s");
	assert_false(folder_holds(&rig, canary, &files));
	looked += files;
	sql(db, "COMMIT");
	assert_false(folder_holds(&rig, canary, &files));
	looked += files;
	assert_false(folder_holds(&rig, "CREATE TABLE", &files));
	rig_close(db);
	assert_false(folder_holds(&rig, canary, &files));
	looked += files;
	assert_int_equal(looked, 3 + 3 + 1);
	memcpy(word, canary, sizeof(word));
	file_save(rig.log, (struct bytes) { word, sizeof(word) });
	assert_true(folder_holds(&rig, canary, &files));
	rig_done(&rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_processes),
		cmocka_unit_test(test_kill),
		cmocka_unit_test(test_canary),
	};

	return cmocka_run_group_tests_name("several processes", tests, rig_start, NULL);
}
