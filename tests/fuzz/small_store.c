/*
 * The small database: two tables, an index, words, a row that overflows its
 * page.
 */
#include "tests/fuzz/small_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT = 700, LONG_TEXT = 6000, LONG_ROW = 7 };

static const char *const questions[SMALL_QUESTIONS] = {
	"SELECT id, a, b FROM t ORDER BY id",
	"SELECT id FROM t INDEXED BY ta WHERE a > '' ORDER BY a",
	"SELECT rowid FROM w WHERE w MATCH 'row*' ORDER BY rowid DESC",
	"PRAGMA integrity_check",
};

sqlite3 *small_store_open(const char *vfs)
{
	int reserve = SEAL_RESERVE;
	sqlite3 *db;

	fuzz_must(sqlite3_open_v2("small.tdk", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
			  vfs) == SQLITE_OK,
		"the database can be opened");
	(void)sqlite3_file_control(db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
	(void)sqlite3_exec(db,
		"PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
		"PRAGMA mmap_size=0; PRAGMA wal_autocheckpoint=0",
		NULL, NULL, NULL);
	(void)sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	return db;
}

static void run(sqlite3 *db, const char *sql)
{
	fuzz_must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

static void fill(const struct small_store *store)
{
	sqlite3 *db = small_store_open(sealing_vfs_name(store->vfs));
	char sql[400];

	run(db, "PRAGMA page_size=4096; PRAGMA journal_mode=MEMORY; PRAGMA journal_mode=WAL;"
		"CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b TEXT) STRICT;"
		"CREATE INDEX ta ON t(a);"
		"CREATE VIRTUAL TABLE w USING fts5(a, content='', columnsize=0, detail=column)");
	(void)snprintf(sql, sizeof(sql),
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
		" INSERT INTO t SELECT i, 'row ' || i, printf('%%.*c', iif(i = %d, %d, %d), 'x')"
		" FROM n; INSERT INTO w(rowid, a) SELECT id, a FROM t",
		SMALL_ROWS, LONG_ROW, LONG_TEXT, TEXT);
	run(db, sql);
	run(db, "PRAGMA wal_checkpoint(TRUNCATE)");
	fuzz_must(sqlite3_close(db) == SQLITE_OK, "the database can be closed");
}

static void write_log(struct small_store *store)
{
	sqlite3 *db = small_store_open(sealing_vfs_name(store->vfs));

	run(db, "UPDATE t SET b = 'y' WHERE id = 1");
	store->first_size = store->disk->log.size;
	run(db, "UPDATE t SET b = 'y' WHERE id = 20");
	fuzz_must(sqlite3_close(db) == SQLITE_OK, "the database can be closed");
}

void small_store_make(struct small_store *store)
{
	static const uint8_t header[SMALL_HEADER];
	static const uint8_t file_id[FILE_ID_BYTES] = { 7 };
	struct secret *master;

	fuzz_must(secret_start() && sqlite_start(), "libraries");
	store->disk = memory_disk();
	master = secret_new(MASTER_KEY_BYTES);
	store->keys = keys_new(master, file_id);
	secret_free(master);
	memory_file_put(&store->disk->store, header, sizeof(header));
	store->vfs = sealing_vfs_new(&(struct sealing_vfs_config) {
		.keys = store->keys, .database_offset = SMALL_HEADER, .lower = memory_disk_vfs() });
	fill(store);
	store->good = store->disk->store;
	write_log(store);
	store->log = store->disk->log;
	store->disk->log.is_there = false;
	fuzz_must(store->good.size > SMALL_HEADER && store->log.size > 0, "store and log");
}

/* What a whole row has. */
static bool row_is_ours(sqlite3_stmt *row)
{
	const char *a = (const char *)sqlite3_column_text(row, 1);
	const char *b = (const char *)sqlite3_column_text(row, 2);
	size_t size = sqlite3_column_int(row, 0) == LONG_ROW ? LONG_TEXT : TEXT;
	char expected[16];

	(void)snprintf(expected, sizeof(expected), "row %d", sqlite3_column_int(row, 0));
	return a && b && strcmp(a, expected) == 0 &&
	       ((strlen(b) == size && strspn(b, "x") == size) || strcmp(b, "y") == 0);
}

static void row_take(sqlite3_stmt *row, struct small_answer *answer)
{
	answer->rows++;
	answer->is_foreign |= !row_is_ours(row);
	answer->newer += sqlite3_column_bytes(row, 2) == 1;
}

static bool ask(struct small_reader *reader, int which, struct small_answer *answer)
{
	sqlite3_stmt **question = &reader->questions[which];
	int code = SQLITE_OK;

	if (!*question)
		code = sqlite3_prepare_v2(reader->db, questions[which], -1, question, NULL);
	if (code != SQLITE_OK)
		return false;
	while ((code = sqlite3_step(*question)) == SQLITE_ROW)
		if (which == 0)
			row_take(*question, answer);
	return sqlite3_reset(*question) == SQLITE_OK && code == SQLITE_DONE;
}

bool small_reader_ask(struct small_reader *reader, struct small_answer *out_answer)
{
	bool is_whole = true;

	*out_answer = (struct small_answer) { .rows = 0 };
	for (int i = 0; i < SMALL_QUESTIONS; i++)
		is_whole &= ask(reader, i, out_answer);
	return is_whole;
}

void small_reader_clear(struct small_reader *reader)
{
	for (int i = 0; i < SMALL_QUESTIONS; i++) {
		(void)sqlite3_finalize(reader->questions[i]);
		reader->questions[i] = NULL;
	}
	if (reader->db)
		fuzz_must(sqlite3_close(reader->db) == SQLITE_OK, "the database can be closed");
	reader->db = NULL;
}
