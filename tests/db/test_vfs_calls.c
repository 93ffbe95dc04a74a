/*
 * The sealing VFS call by call, as SQLite never or seldom calls it: what is
 * refused, what is kept back and when it is written.
 */
#include "rig.h"
#include "shim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A store with a log of several commits, and SQLite's two files of it. */
struct open_store {
	struct rig rig;
	sqlite3 *db;
	sqlite3_file *store;
	sqlite3_file *log;
};

static void open_store_init(struct open_store *open, const char *lower)
{
	rig_init(&open->rig, lower);
	open->db = rig_open(&open->rig);
	sql(open->db, "PRAGMA wal_autocheckpoint=0; CREATE TABLE t (id INTEGER PRIMARY KEY, a)");
	for (int i = 0; i < 5; i++)
		sql(open->db, "INSERT INTO t (a) VALUES (hex(randomblob(2500)))");
	assert_int_equal(
		sqlite3_file_control(open->db, "main", SQLITE_FCNTL_FILE_POINTER, &open->store),
		SQLITE_OK);
	assert_int_equal(
		sqlite3_file_control(open->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &open->log),
		SQLITE_OK);
}

static void open_store_done(struct open_store *open)
{
	rig_close(open->db);
	rig_done(&open->rig);
}

static int read_at(sqlite3_file *file, void *out, int amount, sqlite3_int64 offset)
{
	return file->pMethods->xRead(file, out, amount, offset);
}

static int write_at(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 offset)
{
	return file->pMethods->xWrite(file, bytes, amount, offset);
}

static sqlite3_int64 wal_frame(int frame)
{
	return 32 + (sqlite3_int64)(frame - 1) * 4120;
}

static const struct {
	int amount;
	sqlite3_int64 offset;
} odd[] = { { 1, 0 }, { 16, 0 }, { 100, 24 }, { 100, 4096 }, { 512, 0 }, { 4095, 0 }, { 4096, 1 },
	{ 4097, 0 }, { 8192, 0 }, { 4096, 2048 }, { 16, 4120 }, { 4, 0 }, { 4096, -4096 },
	{ 4096, (sqlite3_int64)UINT32_MAX * 4096 } };
static const struct {
	int amount;
	sqlite3_int64 offset;
} odd_log[] = { { 31, 0 }, { 33, 0 }, { 32, 1 }, { 8, 16 }, { 24, 0 }, { 24, 33 }, { 4096, 32 },
	{ 4096, 0 }, { 4120, 33 }, { 4120, 0 }, { 8, 32 }, { 8, 32 + 24 }, { 4144, 32 },
	{ 8240, 32 }, { 32, 4152 }, { 24, 32 + 4120LL * UINT32_MAX } };

/* Every size and place that is not in the tables is an I/O error and leaves no byte. */
static void test_refused(void **state)
{
	struct open_store open;
	struct bytes before, after;
	static uint8_t buffer[8240];
	int refused = 0;

	(void)state;
	open_store_init(&open, NULL);
	memset(buffer, 'x', sizeof(buffer));
	before = file_load(open.rig.path);
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		assert_int_equal(write_at(open.store, buffer, odd[i].amount, odd[i].offset),
			SQLITE_IOERR_WRITE);
		assert_int_equal(read_at(open.store, buffer, odd[i].amount, odd[i].offset),
			SQLITE_IOERR_READ);
		refused += 2;
	}
	after = file_load(open.rig.path);
	assert_int_equal(before.size, after.size);
	assert_memory_equal(before.at, after.at, before.size);
	bytes_clear(&before);
	bytes_clear(&after);
	before = file_load(open.rig.log);
	for (size_t i = 0; i < sizeof(odd_log) / sizeof(odd_log[0]); i++) {
		assert_int_equal(write_at(open.log, buffer, odd_log[i].amount, odd_log[i].offset),
			SQLITE_IOERR_WRITE);
		assert_int_equal(read_at(open.log, buffer, odd_log[i].amount, odd_log[i].offset),
			SQLITE_IOERR_READ);
		refused += 2;
	}
	assert_int_equal(write_at(open.log, buffer, 4120, wal_frame(1)), SQLITE_IOERR_WRITE);
	after = file_load(open.rig.log);
	assert_int_equal(before.size, after.size);
	assert_memory_equal(before.at, after.at, before.size);
	print_message("# %d calls refused\n", refused + 1);
	bytes_clear(&before);
	bytes_clear(&after);
	open_store_done(&open);
}

/* A rollback journal opens for a database that is still empty, for no other (trap 20). */
static void test_no_journal(void **state)
{
	struct open_store open;
	sqlite3_vfs *vfs;
	sqlite3_file *file;
	const char *name;
	int flags = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

	(void)state;
	open_store_init(&open, NULL);
	sql(open.db, "PRAGMA wal_checkpoint(PASSIVE)");
	vfs = sqlite3_vfs_find(sealing_vfs_name(open.rig.vfs));
	file = calloc(1, (size_t)vfs->szOsFile);
	name = sqlite3_filename_journal(sqlite3_db_filename(open.db, "main"));
	assert_int_equal(vfs->xOpen(vfs, name, file, flags, &flags), SQLITE_CANTOPEN);
	assert_null(file->pMethods);
	free(file);
	open_store_done(&open);
}

/* Page 1 of a database of another form is not sealed; versions become WAL (trap 21). */
static void test_page_one(void **state)
{
	static const uint8_t head[24] = { 0, 0, 0, 1 };
	struct open_store open;
	uint8_t page[4096], back[4096];

	(void)state;
	open_store_init(&open, NULL);
	sql(open.db, "PRAGMA wal_checkpoint(TRUNCATE)");
	assert_int_equal(read_at(open.store, page, 4096, 0), SQLITE_OK);
	page[20] = 0;
	assert_int_equal(write_at(open.store, page, 4096, 0), SQLITE_IOERR_WRITE);
	page[20] = 40;
	page[16] = 0x20;
	assert_int_equal(write_at(open.store, page, 4096, 0), SQLITE_IOERR_WRITE);
	page[16] = 0x10;
	page[18] = page[19] = 1;
	assert_int_equal(write_at(open.store, page, 4096, 0), SQLITE_OK);
	assert_int_equal(read_at(open.store, back, 4096, 0), SQLITE_OK);
	assert_int_equal(back[18], 2);
	assert_int_equal(back[19], 2);
	page[18] = page[19] = 2;
	assert_memory_equal(page, back, 4056);
	page[20] = 0;
	assert_int_equal(write_at(open.log, head, 24, wal_frame(1)), SQLITE_OK);
	assert_int_equal(write_at(open.log, page, 4096, wal_frame(1) + 24), SQLITE_IOERR_WRITE);
	open_store_done(&open);
}

/* What SQLite held in the reserve comes back from the log, for its checksum (trap 18). */
static void test_reserve(void **state)
{
	struct open_store open;
	uint8_t frame[4120], back[4120], sum[8];
	int last = 40;

	(void)state;
	open_store_init(&open, NULL);
	for (size_t i = 0; i < sizeof(frame); i++)
		frame[i] = (uint8_t)rig_random(256);
	memcpy(frame, "\0\0\0\7\0\0\0\0", 8);
	assert_int_equal(write_at(open.log, frame, 24, wal_frame(last)), SQLITE_OK);
	assert_int_equal(write_at(open.log, frame + 24, 4096, wal_frame(last) + 24), SQLITE_OK);
	assert_int_equal(read_at(open.log, back, 4120, wal_frame(last)), SQLITE_OK);
	assert_memory_equal(frame, back, 4120);
	memcpy(frame + 8, "0123456789abcdef", 16);
	assert_int_equal(write_at(open.log, frame, 24, wal_frame(last)), SQLITE_OK);
	assert_int_equal(read_at(open.log, sum, 8, wal_frame(last) + 16), SQLITE_OK);
	assert_memory_equal(sum, "89abcdef", 8);
	frame[4119] ^= 1;
	assert_int_equal(write_at(open.log, frame + 24, 4096, wal_frame(last) + 24), SQLITE_OK);
	assert_int_equal(read_at(open.log, back, 4120, wal_frame(last)), SQLITE_OK);
	assert_memory_equal(frame, back, 4120);
	assert_false(rig_damage(&open.rig).is_found);
	open_store_done(&open);
}

static int count_log_writes(void *context, const struct shim_call *call)
{
	if (call->op == SHIM_WRITE && call->is_log)
		*(int *)context += 1;
	return SQLITE_OK;
}

static void frame_append(struct open_store *open, int frame, bool is_commit)
{
	uint8_t page[4096] = { 0 };
	uint8_t head[24] = { 0, 0, 0, 7, 0, 0, 0, is_commit ? 9 : 0 };

	assert_int_equal(write_at(open->log, head, 24, wal_frame(frame)), SQLITE_OK);
	assert_int_equal(write_at(open->log, page, 4096, wal_frame(frame) + 24), SQLITE_OK);
}

/* When gathered frames are written, and when they are thrown away (trap 17). */
static void test_flush(void **state)
{
	struct open_store open;
	sqlite3_int64 size, larger;
	uint8_t head[24];
	uint8_t page[4096];
	int writes = 0, lock = SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE;

	(void)state;
	shim_start(count_log_writes, &writes);
	open_store_init(&open, shim_name());
	assert_int_equal(open.log->pMethods->xFileSize(open.log, &size), SQLITE_OK);
	writes = 0;
	assert_int_equal(open.store->pMethods->xShmLock(open.store, 0, 1, lock), SQLITE_OK);
	frame_append(&open, 40, false);
	frame_append(&open, 41, false);
	assert_int_equal(writes, 0);
	assert_int_equal(read_at(open.log, page, 4096, wal_frame(2) + 24), SQLITE_OK);
	assert_int_equal(writes, 0);
	assert_int_equal(read_at(open.log, page, 4096, wal_frame(40) + 24), SQLITE_OK);
	assert_int_equal(writes, 1);
	frame_append(&open, 42, false);
	assert_int_equal(open.log->pMethods->xFileSize(open.log, &larger), SQLITE_OK);
	assert_int_equal(writes, 2);
	assert_int_equal(larger, wal_frame(43));
	frame_append(&open, 43, false);
	assert_int_equal(open.log->pMethods->xSync(open.log, SQLITE_SYNC_NORMAL), SQLITE_OK);
	assert_int_equal(writes, 3);
	frame_append(&open, 44, false);
	assert_int_equal(open.log->pMethods->xTruncate(open.log, wal_frame(45)), SQLITE_OK);
	assert_int_equal(writes, 4);
	frame_append(&open, 45, true);
	assert_int_equal(writes, 5);
	for (int i = 46; i < 46 + 16; i++)
		frame_append(&open, i, false);
	assert_int_equal(writes, 6);
	memset(head, 0, sizeof(head));
	assert_int_equal(write_at(open.log, head, 24, wal_frame(62)), SQLITE_OK);
	assert_int_equal(open.store->pMethods->xShmLock(
				 open.store, 0, 1, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE),
		SQLITE_OK);
	assert_int_equal(open.log->pMethods->xSync(open.log, SQLITE_SYNC_NORMAL), SQLITE_OK);
	assert_int_equal(writes, 6);
	assert_int_equal(open.log->pMethods->xTruncate(open.log, size), SQLITE_OK);
	open_store_done(&open);
}

static int fail_log_writes(void *context, const struct shim_call *call)
{
	int *left = context;

	if (call->op != SHIM_WRITE || !call->is_log || *left == 0)
		return SQLITE_OK;
	*left -= 1;
	return SQLITE_FULL;
}

/* A failed write is told and tried again: SQLite believes what went before it written. */
static void test_flush_fails(void **state)
{
	struct open_store open;
	sqlite3_int64 size;
	uint8_t page[4096];
	int failures = 0;

	(void)state;
	shim_start(fail_log_writes, &failures);
	open_store_init(&open, shim_name());
	assert_int_equal(open.log->pMethods->xFileSize(open.log, &size), SQLITE_OK);
	frame_append(&open, 40, false);
	failures = 2;
	assert_int_equal(read_at(open.log, page, 4096, wal_frame(40) + 24), SQLITE_FULL);
	assert_int_equal(open.log->pMethods->xSync(open.log, SQLITE_SYNC_NORMAL), SQLITE_FULL);
	assert_int_equal(failures, 0);
	assert_int_equal(read_at(open.log, page, 4096, wal_frame(40) + 24), SQLITE_OK);
	assert_int_equal(open.log->pMethods->xTruncate(open.log, size), SQLITE_OK);
	open_store_done(&open);
}

/* A checkpoint writes what it was given out of the log, to its own place, and nothing else. */
static void test_copy_differs(void **state)
{
	struct open_store open;
	uint8_t page[4096], plain[4096], back[4096];
	int lock = SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE;
	struct bytes before, after;

	(void)state;
	open_store_init(&open, NULL);
	assert_int_equal(read_at(open.log, plain, 4096, wal_frame(2) + 24), SQLITE_OK);
	before = file_load(open.rig.path);
	assert_int_equal(open.store->pMethods->xShmLock(open.store, 1, 1, lock), SQLITE_OK);
	assert_int_equal(read_at(open.log, page, 4096, wal_frame(2) + 24), SQLITE_OK);
	assert_memory_not_equal(page, plain, 4056);
	assert_int_equal(write_at(open.store, plain, 4096, 1 * 4096), SQLITE_IOERR_WRITE);
	page[1000] ^= 1;
	assert_int_equal(write_at(open.store, page, 4096, 1 * 4096), SQLITE_IOERR_WRITE);
	page[1000] ^= 1;
	assert_int_equal(write_at(open.store, page, 4096, 6 * 4096), SQLITE_IOERR_WRITE);
	after = file_load(open.rig.path);
	assert_int_equal(before.size, after.size);
	assert_memory_equal(before.at, after.at, before.size);
	assert_int_equal(write_at(open.store, page, 4096, 1 * 4096), SQLITE_OK);
	assert_int_equal(read_at(open.store, back, 4096, 1 * 4096), SQLITE_OK);
	assert_memory_equal(plain, back, 4056);
	assert_int_equal(open.store->pMethods->xShmLock(
				 open.store, 1, 1, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE),
		SQLITE_OK);
	assert_int_equal(read_at(open.log, page, 4096, wal_frame(2) + 24), SQLITE_OK);
	assert_memory_equal(page, plain, 4056);
	bytes_clear(&before);
	bytes_clear(&after);
	open_store_done(&open);
}

/* Page 1 half written: the log supplies it; without the log it is an error (trap 19). */
static void test_page_one_torn(void **state)
{
	struct open_store open;
	struct bytes store, log;
	sqlite3 *db;
	int64_t rows;

	(void)state;
	open_store_init(&open, NULL);
	sql(open.db, "PRAGMA wal_checkpoint(PASSIVE)");
	sql(open.db, "CREATE TABLE u (a)");
	rows = sql_number(open.db, "SELECT count(*) FROM t");
	store = file_load(open.rig.path);
	log = file_load(open.rig.log);
	rig_close(open.db);
	memset(store.at + RIG_OFFSET, 0, 512);
	file_save(open.rig.path, store);
	file_save(open.rig.log, log);
	db = rig_open(&open.rig);
	assert_int_equal(sql_number(db, "SELECT count(*) FROM t"), rows);
	assert_int_equal(sql_number(db, "SELECT count(*) FROM u"), 0);
	assert_false(rig_damage(&open.rig).is_found);
	rig_close(db);
	for (size_t cut = 0; cut < 2; cut++) {
		struct bytes part = { store.at, cut ? RIG_OFFSET + 2000 : store.size };
		struct vfs_damage damage;

		rig_restart(&open.rig, NULL, false);
		rig_drop_log(&open.rig);
		file_save(open.rig.path, part);
		assert_int_equal(rig_try(&open.rig, &db), SQLITE_IOERR_DATA);
		sqlite3_close(db);
		damage = rig_damage(&open.rig);
		assert_true(damage.is_found && !damage.is_log && damage.page == 1);
	}
	bytes_clear(&store);
	bytes_clear(&log);
	rig_done(&open.rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_no_journal),
		cmocka_unit_test(test_page_one),
		cmocka_unit_test(test_reserve),
		cmocka_unit_test(test_flush),
		cmocka_unit_test(test_flush_fails),
		cmocka_unit_test(test_copy_differs),
		cmocka_unit_test(test_page_one_torn),
	};

	return cmocka_run_group_tests_name("the sealing VFS, call by call", tests, rig_start, NULL);
}
