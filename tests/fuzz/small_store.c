/*
 * The small database: two tables, an index, words.
 */
#include "tests/fuzz/small_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64];

static void remove_folder(void)
{
	static const char *const names[] = { "small.tdk", "small.tdk-wal", "small.tdk-shm" };
	char path[128];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		(void)unlink(path);
	}
	(void)rmdir(folder);
}

static void put(const char *path, const uint8_t *bytes, size_t size)
{
	FILE *file = fopen(path, "wb");

	fuzz_must(file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0, path);
}

static uint8_t *get(const char *path, size_t *out_size)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes = malloc(SMALL_HEADER + SMALL_MOST_PAGES * 5000);

	fuzz_must(file && bytes, path);
	*out_size = fread(bytes, 1, SMALL_HEADER + SMALL_MOST_PAGES * 5000, file);
	(void)fclose(file);
	return bytes;
}

static sqlite3 *open_at(const struct small_store *store, struct sealing_vfs *vfs)
{
	int reserve = SEAL_RESERVE;
	sqlite3 *db;

	fuzz_must(sqlite3_open_v2(store->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
			  sealing_vfs_name(vfs)) == SQLITE_OK,
		"the database can be opened");
	(void)sqlite3_file_control(db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
	(void)sqlite3_exec(db,
		"PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
		"PRAGMA mmap_size=0; PRAGMA wal_autocheckpoint=0",
		NULL, NULL, NULL);
	(void)sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	return db;
}

static void run(sqlite3 *db, const char *sql)
{
	fuzz_must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

static void fill(const struct small_store *store, struct sealing_vfs *vfs)
{
	sqlite3 *db = open_at(store, vfs);

	run(db, "PRAGMA page_size=4096; PRAGMA journal_mode=MEMORY; PRAGMA journal_mode=WAL;"
		"CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b TEXT) STRICT;"
		"CREATE INDEX ta ON t(a);"
		"CREATE VIRTUAL TABLE w USING fts5(a, content='', columnsize=0, detail=column)");
	run(db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)"
		" INSERT INTO t SELECT i, 'row ' || i, printf('%.*c', 700, 'x') FROM n;"
		"INSERT INTO w(rowid, a) SELECT id, a FROM t");
	fuzz_must(sqlite3_close(db) == SQLITE_OK, "the database can be closed");
}

static void write_log(const struct small_store *store, struct sealing_vfs *vfs)
{
	sqlite3 *db = open_at(store, vfs);

	(void)sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	run(db, "UPDATE t SET b = 'y' WHERE id = 1");
	run(db, "UPDATE t SET b = 'y' WHERE id = 40");
	fuzz_must(sqlite3_close(db) == SQLITE_OK, "the database can be closed");
}

void small_store_make(struct small_store *store)
{
	static const uint8_t header[SMALL_HEADER];
	static const uint8_t file_id[FILE_ID_BYTES] = { 7 };
	const char *where = getenv("TMPDIR");
	struct secret *master;
	struct sealing_vfs *vfs;

	*store = (struct small_store) { .size = 0 };
	(void)snprintf(folder, sizeof(folder), "%.40s/tracedesk-XXXXXX", where ? where : "/tmp");
	fuzz_must(secret_start() && sqlite_start() && mkdtemp(folder), "libraries and folder");
	fuzz_must(atexit(remove_folder) == 0, "the folder will go");
	(void)snprintf(store->path, sizeof(store->path), "%s/small.tdk", folder);
	(void)snprintf(store->log_path, sizeof(store->log_path), "%s-wal", store->path);
	master = secret_new(MASTER_KEY_BYTES);
	store->keys = keys_new(master, file_id);
	secret_free(master);
	put(store->path, header, sizeof(header));
	vfs = sealing_vfs_new(&(struct sealing_vfs_config) {
		.keys = store->keys, .database_offset = SMALL_HEADER });
	fill(store, vfs);
	store->bytes = get(store->path, &store->size);
	write_log(store, vfs);
	store->log = get(store->log_path, &store->log_size);
	sealing_vfs_free(vfs);
}

void small_store_put(const struct small_store *store, const uint8_t *bytes, size_t size)
{
	(void)unlink(store->log_path);
	put(store->path, bytes, size);
}

void small_store_put_log(const struct small_store *store, const uint8_t *log, size_t size)
{
	put(store->log_path, log, size);
}

/* What a whole row has. */
static bool row_is_ours(sqlite3_stmt *row)
{
	const char *a = (const char *)sqlite3_column_text(row, 1);
	const char *b = (const char *)sqlite3_column_text(row, 2);
	char expected[16];

	(void)snprintf(expected, sizeof(expected), "row %d", sqlite3_column_int(row, 0));
	return a && b && strcmp(a, expected) == 0 &&
	       ((strlen(b) == 700 && strspn(b, "x") == 700) || strcmp(b, "y") == 0);
}

static bool read_rows(sqlite3 *db, int *out_rows, bool *out_foreign)
{
	sqlite3_stmt *rows;
	int code = sqlite3_prepare_v2(db, "SELECT id, a, b FROM t ORDER BY id", -1, &rows, NULL);

	if (code != SQLITE_OK)
		return false;
	while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
		++*out_rows;
		if (!row_is_ours(rows))
			*out_foreign = true;
	}
	sqlite3_finalize(rows);
	return code == SQLITE_DONE;
}

bool small_store_read(const struct small_store *store, int *out_rows, bool *out_foreign)
{
	static const char *const questions[] = {
		"SELECT id FROM t INDEXED BY ta WHERE a > '' ORDER BY a",
		"SELECT rowid FROM w WHERE w MATCH 'row*' ORDER BY rowid DESC",
		"PRAGMA integrity_check",
	};
	struct sealing_vfs *vfs = sealing_vfs_new(&(struct sealing_vfs_config) {
		.keys = store->keys, .database_offset = SMALL_HEADER });
	sqlite3 *db = open_at(store, vfs);
	bool is_whole;

	*out_rows = 0;
	*out_foreign = false;
	(void)sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	is_whole = read_rows(db, out_rows, out_foreign);
	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
		if (sqlite3_exec(db, questions[i], NULL, NULL, NULL) != SQLITE_OK)
			is_whole = false;
	}
	(void)sqlite3_close(db);
	sealing_vfs_free(vfs);
	return is_whole;
}
