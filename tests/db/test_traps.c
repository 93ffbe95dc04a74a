/*
 * Where stock SQLite trips a store, each shown on this version, and that the
 * store does not fall: checkpoints that turn passive, statements left open,
 * online backups, long writes, full-text tables behind triggers.
 */
#include "rig.h"
#include "store_rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/backup.h"
#include "db/events.h"
#include "db/settings.h"
#include "db/vault_private.h"
#include "shim.h"

static int store_writes(void *context, const struct shim_call *call)
{
	int *writes = context;

	*writes += call->op == SHIM_WRITE && !call->is_log;
	return SQLITE_OK;
}

static sqlite3 *writer_of(struct rig *rig)
{
	sqlite3 *db = rig_open(rig);

	sql(db, "PRAGMA wal_autocheckpoint=0; PRAGMA busy_timeout=0");
	return db;
}

/* Pages written into the store by a checkpoint of each kind while somebody else writes. */
static int busy_writes(bool gate_off)
{
	static const int modes[] = { SQLITE_CHECKPOINT_FULL, SQLITE_CHECKPOINT_RESTART,
		SQLITE_CHECKPOINT_TRUNCATE };
	int writes = 0, before, copied;
	struct rig rig;
	sqlite3 *a, *b;

	shim_start(store_writes, &writes);
	rig_init(&rig, shim_name());
	rig_restart(&rig, shim_name(), gate_off);
	a = writer_of(&rig);
	b = writer_of(&rig);
	sql(a, "CREATE TABLE t(id INTEGER PRIMARY KEY, b)");
	before = writes;
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		sql(a, "INSERT INTO t(b) VALUES(randomblob(9000)); BEGIN IMMEDIATE");
		assert_int_equal(
			sqlite3_wal_checkpoint_v2(b, NULL, modes[i], NULL, NULL), SQLITE_BUSY);
		sql(a, "COMMIT");
	}
	copied = writes - before;
	rig_close(a);
	rig_close(b);
	rig_done(&rig);
	return copied;
}

/* Trap 8, the first half: such a checkpoint goes on as a passive one, and so without the write
   lock. */
static void test_checkpoints_turn_passive(void **state)
{
	int without = busy_writes(true);

	(void)state;
	print_message("# without the gate %d pages were copied under a writer\n", without);
	assert_true(without > 0);
	assert_int_equal(busy_writes(false), 0);
}

/* The second half: the last one to close brings the log into the store, nobody else does. */
static void test_a_close_checkpoints_alone(void **state)
{
	int writes = 0, before;
	struct rig rig;
	sqlite3 *a, *b;

	(void)state;
	shim_start(store_writes, &writes);
	rig_init(&rig, shim_name());
	a = writer_of(&rig);
	b = writer_of(&rig);
	sql(a, "CREATE TABLE t(id INTEGER PRIMARY KEY, b); INSERT INTO t(b) "
	       "VALUES(randomblob(9000));"
	       "BEGIN IMMEDIATE; INSERT INTO t(b) VALUES('coming')");
	before = writes;
	rig_close(b);
	assert_int_equal(writes, before);
	sql(a, "COMMIT");
	rig_close(a);
	print_message("# %d pages at the last close\n", writes - before);
	assert_true(writes > before);
	a = rig_open(&rig);
	assert_int_equal(sql_number(a, "SELECT count(*) FROM t"), 2);
	rig_close(a);
	rig_done(&rig);
}

static int no_syncs(void *context, const struct shim_call *call)
{
	(void)context;
	return call->op == SHIM_SYNC ? SHIM_SKIP : SQLITE_OK;
}

enum { COMMITS = 180, TEXT_BYTES = 1500, ROWS = 12, DUE = 1000 };

/* One transaction of some pages. */
static void commit_some(struct store *store, int round)
{
	char text[TEXT_BYTES + 1], name[16];

	memset(text, 'a' + round % 26, TEXT_BYTES);
	text[TEXT_BYTES] = '\0';
	assert_int_equal(store_begin(store), DB_OK);
	for (int i = 0; i < ROWS; i++) {
		(void)snprintf(name, sizeof(name), "row %d", i);
		assert_int_equal(settings_set(store, name, text), DB_OK);
	}
	assert_int_equal(event_append(store, &(struct event_new) { .time = 1600000000,
						     .person = 1,
						     .role = ROLE_ADMINISTRATOR,
						     .kind = EVENT_LOGIN,
						     .reference = "" }),
		DB_OK);
	assert_int_equal(store_commit(store), DB_OK);
}

/* Frames that the log has come to while another one has the store open. */
static long log_grown(bool leaves_open)
{
	struct store *writer, *idle;
	sqlite3_stmt *left = NULL;
	struct stat info;

	shim_start(no_syncs, NULL);
	store_made("x.tdk");
	writer = store_at("x.tdk", shim_name());
	idle = store_at("x.tdk", shim_name());
	assert_int_equal(count_of(idle), 1);
	if (leaves_open) {
		assert_int_equal(
			sqlite3_prepare_v2(idle->db, "SELECT * FROM events", -1, &left, NULL),
			SQLITE_OK);
		assert_int_equal(sqlite3_step(left), SQLITE_ROW);
	}
	for (int i = 0; i < COMMITS; i++)
		commit_some(writer, i);
	assert_int_equal(stat(store_rig_path("x.tdk-wal"), &info), 0);
	(void)sqlite3_finalize(left);
	store_free(idle);
	store_free(writer);
	store_rig_remove();
	return (long)info.st_size / DISK_FRAME;
}

/* Trap 9. The log is brought into the pages when it has come to DUE frames, and begun anew. */
static void test_a_statement_left_open(void **state)
{
	long closed = log_grown(false), open = log_grown(true);

	(void)state;
	print_message("# log of %ld frames beside one who waits, of %ld beside one with a statement"
		      " open\n",
		closed, open);
	assert_true(closed < DUE + DUE / 5);
	assert_true(open > 2 * closed);
}

/* Trap 13: begun anew with each commit of somebody else. */
static void test_online_backups_begin_anew(void **state)
{
	sqlite3_backup *backup;
	sqlite3 *from, *other, *to;
	struct rig rig;
	int begun = 0;

	(void)state;
	rig_init(&rig, NULL);
	from = rig_open(&rig);
	other = rig_open(&rig);
	sql(from,
		"CREATE TABLE t(id INTEGER PRIMARY KEY, b); WITH RECURSIVE n(i) AS (SELECT 1 UNION"
		" ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO t(b) SELECT randomblob(3000)"
		" FROM n");
	assert_int_equal(sqlite3_open(":memory:", &to), SQLITE_OK);
	backup = sqlite3_backup_init(to, "main", from, "main");
	assert_non_null(backup);
	for (int i = 0; i < 30; i++) {
		assert_int_equal(sqlite3_backup_step(backup, 10), SQLITE_OK);
		begun += sqlite3_backup_remaining(backup) > 40;
		sql(other, "UPDATE t SET b = randomblob(3000) WHERE id = 1");
	}
	print_message("# a copy of 60 pages was begun %d times and never finished\n", begun);
	assert_int_equal(begun, 30);
	assert_int_equal(sqlite3_backup_step(backup, -1), SQLITE_DONE);
	assert_int_equal(sqlite3_backup_finish(backup), SQLITE_OK);
	(void)sqlite3_close(to);
	rig_close(other);
	rig_close(from);
	rig_done(&rig);
}

struct copy {
	struct store *other;
	size_t done, pages_at;
	long written;
	bool was_busy;
};

/* Nobody writes before all but the pages is copied; at their first piece somebody does, so much
   that the log is due. */
static enum db_status piece_take(void *with, const uint8_t *bytes, size_t size)
{
	struct copy *copy = with;
	struct turnstile *turnstile = &copy->other->vault->turnstile;

	(void)bytes;
	if (copy->done == 0) {
		turnstile->wait_ms = 20;
		copy->was_busy = store_begin(copy->other) == DB_BUSY;
		turnstile->wait_ms = TURNSTILE_WAIT_MS;
	}
	for (; copy->done == copy->pages_at && copy->written < COMMITS; copy->written++)
		commit_some(copy->other, (int)copy->written);
	copy->done += size;
	return DB_OK;
}

/* Are the pages of the store what they were? */
static bool pages_are(struct bytes before)
{
	struct bytes now = file_load(store_rig_path("x.tdk"));
	bool is_same = now.size == before.size &&
		       memcmp(now.at + VAULT_HEADER_BYTES, before.at + VAULT_HEADER_BYTES,
			       now.size - VAULT_HEADER_BYTES) == 0;

	bytes_clear(&now);
	return is_same;
}

/* The answer to it: our backup is begun once, and the pages stay until it has them. */
static void test_a_backup_keeps_the_pages(void **state)
{
	struct copy copy = { .pages_at =
				     BACKUP_START_BYTES + BACKUP_HEAD_BYTES + VAULT_HEADER_BYTES };
	const struct backup backup = { .write = piece_take, .with = &copy };
	struct store *store;
	struct bytes before;

	(void)state;
	shim_start(no_syncs, NULL);
	store_made("x.tdk");
	store = store_at("x.tdk", shim_name());
	copy.other = store_at("x.tdk", shim_name());
	before = file_load(store_rig_path("x.tdk"));
	assert_int_equal(access(store_rig_path("x.tdk-wal"), F_OK), 0);
	assert_int_equal(backup_make(store, &backup), DB_OK);
	assert_true(copy.was_busy);
	assert_int_equal(copy.written, COMMITS);
	assert_true(pages_are(before));
	commit_some(copy.other, 0);
	assert_false(pages_are(before));
	bytes_clear(&before);
	store_free(copy.other);
	store_free(store);
	store_rig_remove();
}

/* Trap 16: the length of a write, masked, is none; of a longer one that is left over. */
static void test_a_long_write_is_a_full_disk(void **state)
{
	enum { LONG = 128 * 1024 };
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
	sqlite3_file *file = calloc(1, (size_t)vfs->szOsFile);
	const char *path = store_rig_path("x.tdk");
	uint8_t *bytes = calloc(1, LONG + 1);

	(void)state;
	assert_true(file && bytes);
	assert_int_equal(
		vfs->xOpen(vfs, path, file,
			SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL),
		SQLITE_OK);
	assert_int_equal(file->pMethods->xWrite(file, bytes, LONG - 1, 0), SQLITE_OK);
	assert_int_equal(file->pMethods->xWrite(file, bytes, LONG, 0), SQLITE_FULL);
	assert_int_equal(file->pMethods->xWrite(file, bytes, LONG + 1, 0), SQLITE_FULL);
	(void)file->pMethods->xClose(file);
	free(bytes);
	free(file);
	store_rig_remove();
}

/* Trap 23: the index of words is kept by statements of the store's own; triggers may not. */
static void test_words_by_a_trigger(void **state)
{
	struct store *store;

	(void)state;
	store_made("x.tdk");
	store = store_at("x.tdk", NULL);
	sql(store->db,
		"CREATE TRIGGER words AFTER INSERT ON settings BEGIN"
		" INSERT INTO request_words(rowid, subject, other) VALUES(1, 'a', 'b'); END");
	assert_int_equal(
		sql_status(store->db, "INSERT INTO settings(name, value) VALUES('a', 'b')"),
		SQLITE_ERROR);
	assert_non_null(strstr(sqlite3_errmsg(store->db), "unsafe use of virtual table"));
	sql(store->db, "DROP TRIGGER words; INSERT INTO settings(name, value) VALUES('a', 'b')");
	store_free(store);
	store_rig_remove();
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, store_rig_start, store_rig_done)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_checkpoints_turn_passive),
		cmocka_unit_test(test_a_close_checkpoints_alone),
		IN_FOLDER(test_a_statement_left_open),
		cmocka_unit_test(test_online_backups_begin_anew),
		IN_FOLDER(test_a_backup_keeps_the_pages),
		IN_FOLDER(test_a_long_write_is_a_full_disk),
		IN_FOLDER(test_words_by_a_trigger),
	};

	return cmocka_run_group_tests_name("traps", tests, rig_start, NULL);
}
