/*
 * Opening and closing the connection. Everything that could write in clear is
 * off: no rollback journal, no temporary file, no attached database, no
 * extension, no memory map.
 */
#include "db/connection.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/chain.h"
#include "db/changes.h"
#include "db/privilege.h"
#include "db/schema.h"
#include "db/statement.h"
#include "db/vault_private.h"
#include "db/vfs.h"

enum { STORE_EVENT_AT, STORE_OPERATION, STORE_JOURNAL, STORE_PAGES, STORE_STATEMENTS };
static const char *const store_sql[STORE_STATEMENTS] = {
	[STORE_EVENT_AT] = "SELECT hash FROM events WHERE sequence = :sequence",
	[STORE_JOURNAL] = "SELECT journal_mode FROM pragma_journal_mode",
	[STORE_PAGES] = "SELECT page_count AS pages FROM pragma_page_count",
	[STORE_OPERATION] = ("SELECT 1 AS found FROM (SELECT operation FROM events"
			     " ORDER BY sequence DESC LIMIT 1000) WHERE operation = :operation"),
};
static const struct statement_file statements = { FILE_STORE, store_sql, STORE_STATEMENTS };

/* The checkpoint is ours (transaction.c): log_note takes the place of SQLite's, and no word of
   wal_autocheckpoint may follow, which would take it away. */
static const char open_pragmas[] = "PRAGMA temp_store=MEMORY;"
				   "PRAGMA synchronous=FULL;"
				   "PRAGMA foreign_keys=ON;"
				   "PRAGMA trusted_schema=OFF;"
				   "PRAGMA cell_size_check=ON;"
				   "PRAGMA mmap_size=0;"
				   "PRAGMA cache_size=-65536;";

static enum db_status run(struct store *store, const char *sql)
{
	int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? DB_OK : store_fail_sqlite(store, code);
}

static int log_note(void *context, sqlite3 *db, const char *schema, int frames)
{
	struct store *store = context;

	(void)db;
	(void)schema;
	store->log_frames = frames;
	return SQLITE_OK;
}

static enum db_status connection_guard(struct store *store)
{
	static const int on[] = { SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_ENABLE_FKEY };
	static const int off[] = { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION,
		SQLITE_DBCONFIG_TRUSTED_SCHEMA };
	int code = SQLITE_OK;

	for (size_t i = 0; i < sizeof(on) / sizeof(on[0]) && code == SQLITE_OK; i++)
		code = sqlite3_db_config(store->db, on[i], 1, NULL);
	for (size_t i = 0; i < sizeof(off) / sizeof(off[0]) && code == SQLITE_OK; i++)
		code = sqlite3_db_config(store->db, off[i], 0, NULL);
	if (code != SQLITE_OK)
		return store_fail_sqlite(store, code);
	(void)sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 0);
	(void)sqlite3_busy_timeout(store->db, 10000);
	(void)sqlite3_wal_hook(store->db, log_note, store);
	changes_watch(store->changes, store->db);
	return DB_OK;
}

static enum db_status vfs_make(struct store *store)
{
	const struct sealing_vfs_config config = { .keys = store->keys,
		.database_offset = VAULT_HEADER_BYTES,
		.lower = vault_lower(store->vault) };

	store->vfs = sealing_vfs_new(&config);
	return store->vfs ? DB_OK
			  : store_fail(store, DB_FAULT, "the sealing file layer was refused");
}

static enum db_status connection_make(struct store *store)
{
	enum db_status status = vfs_make(store);
	int code, reserve = SEAL_RESERVE;

	if (status != DB_OK)
		return status;
	code = sqlite3_open_v2(store_path(store), &store->db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
		sealing_vfs_name(store->vfs));
	if (code != SQLITE_OK)
		return store_fail_sqlite(store, code);
	(void)sqlite3_extended_result_codes(store->db, 1);
	code = sqlite3_file_control(store->db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
	if (code != SQLITE_OK)
		return store_fail_sqlite(store, code);
	status = connection_guard(store);
	return status == DB_OK ? run(store, open_pragmas) : status;
}

/* One that could not be finished is not left behind: it would write without its settings. */
enum db_status connection_open(struct store *store)
{
	enum db_status status = connection_make(store);

	if (status != DB_OK)
		connection_close(store);
	return status;
}

enum db_status connection_again(struct store *store)
{
	return store->db || !store->keys ? DB_OK : connection_open(store);
}

/* The last to close brings the log into the pages, but not under somebody who copies them: then
   the log stays. */
static void close_database(struct store *store)
{
	bool may_change = vault_pages_change(store->vault) == DB_OK;

	if (!may_change)
		(void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	(void)sqlite3_close(store->db);
	if (may_change)
		vault_pages_end(store->vault);
	store->db = NULL;
}

void connection_close(struct store *store)
{
	if (store->db) {
		statements_finalize(store);
		close_database(store);
	}
	sealing_vfs_free(store->vfs);
	store->vfs = NULL;
	store->tail_known = false;
}

enum db_status connection_check_log(struct store *store)
{
	int64_t pages = 0;
	char mode[16];
	enum db_status status =
		statement_one_text(store, &statements, STORE_JOURNAL, mode, sizeof(mode));

	if (status != DB_OK || strcmp(mode, "wal") == 0)
		return status;
	/* A file without a first page is an empty database to SQLite. */
	if (store_pages(store, &pages) == DB_OK && pages == 0)
		return store_fail(store, DB_DAMAGED,
			"%s: it was cut off: its pages are missing; restore the latest backup",
			store_path(store));
	return store_fail(store, DB_FAULT,
		"%s: it would be written without its log (%s): nothing was stored",
		store_path(store), mode);
}

enum db_status store_pages(struct store *store, int64_t *out_pages)
{
	return statement_one_number(store, &statements, STORE_PAGES, out_pages);
}

enum db_status connection_prepare_new(struct store *store)
{
	/* Until there is a log, the new file's first transaction wants a journal: in memory. */
	enum db_status status = run(store, "PRAGMA page_size=4096; PRAGMA journal_mode=MEMORY;"
					   " PRAGMA journal_mode=WAL;");

	return status == DB_OK ? connection_check_log(store) : status;
}

enum db_status connection_upgrade(struct store *store)
{
	enum db_status status = store_begin(store);

	if (status == DB_OK)
		status = schema_migrate(store);
	if (status == DB_OK)
		return store_commit(store);
	store_rollback(store);
	return status;
}

enum db_status connection_compare_head(struct store *store, const struct head_record *record)
{
	struct statement *statement;
	const uint8_t *hash;
	size_t size;
	enum db_status status;
	int64_t last;
	uint8_t last_hash[STORE_HASH_BYTES];
	bool same = false;

	status = event_last(store, &last, last_hash);
	if (status != DB_OK)
		return status;
	if (last < record->sequence)
		return store_fail(store, DB_DAMAGED,
			"%s: %lld events are missing: %s-head knows event %lld, the store ends at"
			" %lld; an old copy or a cut log: restore the latest backup",
			store_path(store), (long long)(record->sequence - last), store_path(store),
			(long long)record->sequence, (long long)last);
	if (record->sequence == 0)
		return DB_OK;
	statement = statement_use(store, &statements, STORE_EVENT_AT);
	statement_bind_number(statement, ":sequence", record->sequence);
	status = statement_step(statement);
	if (status == DB_OK) {
		hash = statement_bytes(statement, "hash", &size);
		same = size == STORE_HASH_BYTES && memcmp(hash, record->hash, size) == 0;
	}
	statement_done(statement);
	if (status != DB_OK && status != DB_NONE)
		return status;
	return same ? DB_OK
		    : store_fail(store, DB_DAMAGED,
			      "%s: event %lld is not the one that %s-head remembers; the store has"
			      " another history: restore the latest backup",
			      store_path(store), (long long)record->sequence, store_path(store));
}

enum db_status connection_find_operation(
	struct store *store, const uint8_t operation[STORE_ID_BYTES])
{
	struct statement *statement = statement_use(store, &statements, STORE_OPERATION);
	enum db_status status;

	statement_bind_bytes(statement, ":operation", operation, STORE_ID_BYTES);
	status = statement_step(statement);
	statement_done(statement);
	return status;
}

enum db_status store_fail_part(struct store *store, bool is_log, uint32_t number)
{
	return store_fail(store, DB_DAMAGED,
		"%s%s: %s %u is damaged or was tampered with: nothing of it was used; restore the"
		" latest backup",
		store_path(store), is_log ? "-wal" : "", is_log ? "frame" : "page",
		(unsigned)number);
}

/* What an I/O error means: the VFS knows page and file of damage. */
static enum db_status damage_fail(struct store *store)
{
	struct vfs_damage damage = { 0 };

	if (store->vfs)
		sealing_vfs_damage(store->vfs, &damage);
	if (!damage.is_found)
		return DB_OK;
	return store_fail_part(store, damage.is_log, damage.page);
}

struct code_status {
	int code;
	enum db_status status;
	const char *words;
};

static const struct code_status code_statuses[] = {
	{ SQLITE_BUSY, DB_BUSY, "the store is busy; try again" },
	{ SQLITE_LOCKED, DB_BUSY, "the store is busy; try again" },
	{ SQLITE_FULL, DB_IO,
		"the disk is full, or a quota used up: nothing was stored; make room and try "
		"again" },
	{ SQLITE_IOERR, DB_IO,
		"reading or writing failed: nothing was stored; see that the disk has room and is "
		"sound" },
	{ SQLITE_CANTOPEN, DB_IO, "a file of the store cannot be opened; look at its rights" },
	{ SQLITE_READONLY, DB_IO, "the store cannot be written; look at its rights" },
	{ SQLITE_CORRUPT, DB_DAMAGED, "the store is damaged; restore the latest backup" },
	{ SQLITE_NOTADB, DB_DAMAGED, "the store is damaged; restore the latest backup" },
	{ SQLITE_MISUSE, DB_IO, "closed after a failure of the disk; start the program again" },
	{ SQLITE_NOMEM, DB_BUSY, "not enough memory; close other programs and try again" },
};

/* What the system said, where SQLite's own code says less: a map of the log's index that got no
   memory, a quota. */
static int kind_of(const struct store *store, int code)
{
	int kind = code & 0xff;
	int system = kind == SQLITE_IOERR && store->db ? sqlite3_system_errno(store->db) : 0;

	if (system == ENOMEM)
		return SQLITE_NOMEM;
	return system == EDQUOT || system == ENOSPC ? SQLITE_FULL : kind;
}

/* The log and its index come and go beside the store. */
static enum db_status folder_fail(struct store *store)
{
	char *copy = mem_text(store_path(store));
	const char *folder = dirname(copy);
	gid_t before = privilege_raise();
	bool is_closed = faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0;
	enum db_status status = DB_OK;

	privilege_lower(before);
	if (is_closed)
		status = store_fail(store, DB_IO,
			"%s: no file can be made in this folder, and a store needs its log beside "
			"it; look at the folder's rights",
			folder);
	mem_free(copy);
	return status;
}

/* SQLite does not say which of its files it could not open: what stands in their places tells. */
static enum db_status file_fail(struct store *store)
{
	static const char *const suffixes[] = { "-wal", "-shm" };
	int system = store->db ? sqlite3_system_errno(store->db) : 0;
	enum db_status status = DB_OK;

	if (system == EMFILE || system == ENFILE)
		return store_fail(store, DB_IO,
			"%s: cannot be opened: too many files are open; close other programs, or "
			"have the limit raised (ulimit -n)",
			store_path(store));
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]) && status == DB_OK; i++) {
		char *name = vault_name_with(store->vault, suffixes[i]);
		gid_t before = privilege_raise();
		struct stat about;
		bool is_there = lstat(name, &about) == 0;
		bool is_open_to_us = faccessat(AT_FDCWD, name, R_OK | W_OK, AT_EACCESS) == 0;

		privilege_lower(before);
		if (is_there && !S_ISREG(about.st_mode))
			status = store_fail(
				store, DB_IO, "%s: not a plain file; move it away", name);
		else if (is_there && !is_open_to_us)
			status = store_fail(store, DB_IO,
				"%s: this file of the store cannot be read and written; look at "
				"its rights",
				name);
		mem_free(name);
	}
	return status == DB_OK ? folder_fail(store) : status;
}

bool store_disk_is_full(const struct store *store, int code)
{
	return kind_of(store, code) == SQLITE_FULL;
}

enum db_status store_fail_sqlite(struct store *store, int code)
{
	const int kind = kind_of(store, code);

	if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
		return store_fail(store, DB_REFUSED, "that is there already");
	if ((code & 0xff) == SQLITE_IOERR && damage_fail(store) != DB_OK)
		return DB_DAMAGED;
	if ((kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY || kind == SQLITE_IOERR) &&
		file_fail(store) != DB_OK)
		return DB_IO;
	for (size_t i = 0; i < sizeof(code_statuses) / sizeof(code_statuses[0]); i++)
		if (code_statuses[i].code == kind)
			return store_fail(store, code_statuses[i].status, "%s: %s",
				store_path(store), code_statuses[i].words);
	return store_fail(store, DB_FAULT, "%s: %s (%d)", store_path(store),
		store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(code), code);
}
