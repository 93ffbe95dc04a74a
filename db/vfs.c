/*
 * The sealing VFS: registration and the calls that name a file.
 *
 * Stock SQLite in WAL mode reads and writes a store through this. Between it
 * and the operating system's VFS each page of the main file (vfs_store.c) and
 * each frame of the write-ahead log (vfs_log.c, vfs_recover.c) is sealed on
 * its way down and opened on its way up (keys.h). What SQLite may ask is a
 * short closed list, in those files' tables; everything else is an I/O error,
 * so that no byte ever falls through in clear.
 *
 * There is no other file. Rollback journals are denied to exist: a forged one
 * would be rolled back through the seal and come out authentic. One is kept in
 * memory for the file that VACUUM INTO makes (vfs_journal.c); temporary files
 * cannot be opened. A store is used with journal_mode=MEMORY until it is in WAL
 * mode, and temp_store=MEMORY. The -shm file is SQLite's own and in clear: page
 * numbers, salts and a running checksum.
 *
 * The main file is never created here: the vault makes it, header and mode,
 * and SQLite's unix VFS gives -wal and -shm the same mode.
 *
 * What it does not do: tell an old file or log from the newest (the -head
 * record does), an old page from the newest (audit verify does), or notice a
 * store cut to its bare header (SQLite would see an empty database: whoever
 * opens a store that must hold one looks at its size first).
 */
#include <stdio.h>
#include <string.h>

#include "db/memory.h"
#include "db/privilege.h"
#include "db/vfs_private.h"

static struct sealing_vfs *vfs_of(sqlite3_vfs *base)
{
	return base->pAppData;
}

int vfs_damaged(struct sealing_vfs *vfs, bool is_log, uint32_t page)
{
	if (!atomic_flag_test_and_set(&vfs->is_damaged))
		vfs->damage = (struct vfs_damage) { true, is_log, page };
	return SQLITE_IOERR_DATA;
}

int vfs_sync_below(sqlite3_file *lower, int flags)
{
	gid_t before = privilege_raise();
	int status = lower->pMethods->xSync(lower, flags);

	privilege_lower(before);
	return status;
}

static bool name_ends(const char *name, const char *end)
{
	size_t name_size = name ? strlen(name) : 0;
	size_t end_size = strlen(end);

	return name_size > end_size && strcmp(name + name_size - end_size, end) == 0;
}

static int open_kind(struct sealing_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags,
	int *out_flags)
{
	if (flags & SQLITE_OPEN_MAIN_DB)
		return store_file_open(vfs, name, (struct store_file *)file, flags, out_flags);
	if (flags & SQLITE_OPEN_WAL)
		return log_file_open(vfs, name, (struct log_file *)file, flags, out_flags);
	if (flags & SQLITE_OPEN_MAIN_JOURNAL)
		return journal_file_open(name, (struct journal_file *)file);
	return SQLITE_CANTOPEN;
}

static int vfs_open(
	sqlite3_vfs *base, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags)
{
	gid_t before = privilege_raise();
	int status;

	file->pMethods = NULL;
	status = open_kind(vfs_of(base), name, file, flags, out_flags);
	privilege_lower(before);
	return status;
}

static int vfs_delete(sqlite3_vfs *base, const char *name, int sync_folder)
{
	sqlite3_vfs *lower = vfs_of(base)->lower;
	gid_t before;
	int status;

	if (name_ends(name, "-journal"))
		return SQLITE_OK;
	if (!name_ends(name, "-wal"))
		return SQLITE_IOERR_DELETE;
	before = privilege_raise();
	status = lower->xDelete(lower, name, sync_folder);
	privilege_lower(before);
	return status;
}

static int vfs_access(sqlite3_vfs *base, const char *name, int flags, int *out_answer)
{
	sqlite3_vfs *lower = vfs_of(base)->lower;
	gid_t before;
	int status;

	*out_answer = 0;
	if (name_ends(name, "-journal"))
		return SQLITE_OK;
	before = privilege_raise();
	status = lower->xAccess(lower, name, flags, out_answer);
	privilege_lower(before);
	return status;
}

static int vfs_full_name(sqlite3_vfs *base, const char *name, int size, char *out_name)
{
	sqlite3_vfs *lower = vfs_of(base)->lower;
	gid_t before = privilege_raise();
	int status = lower->xFullPathname(lower, name, size, out_name);

	privilege_lower(before);
	return status;
}

static void *vfs_library_open(sqlite3_vfs *base, const char *name)
{
	(void)base;
	(void)name;
	return NULL;
}

static void vfs_library_error(sqlite3_vfs *base, int size, char *out_words)
{
	(void)base;
	sqlite3_snprintf(size, out_words, "a store loads no libraries");
}

static int vfs_randomness(sqlite3_vfs *base, int size, char *out_bytes)
{
	sqlite3_vfs *lower = vfs_of(base)->lower;

	return lower->xRandomness(lower, size, out_bytes);
}

static int vfs_sleep(sqlite3_vfs *base, int microseconds)
{
	sqlite3_vfs *lower = vfs_of(base)->lower;

	return lower->xSleep(lower, microseconds);
}

static int vfs_time(sqlite3_vfs *base, double *out_day)
{
	sqlite3_vfs *lower = vfs_of(base)->lower;

	return lower->xCurrentTime(lower, out_day);
}

static int vfs_last_error(sqlite3_vfs *base, int size, char *out_words)
{
	sqlite3_vfs *lower = vfs_of(base)->lower;

	return lower->xGetLastError ? lower->xGetLastError(lower, size, out_words) : 0;
}

/* Room for any of ours; the file of the VFS below lies behind it. */
union own_file {
	struct store_file store;
	struct log_file log;
	struct journal_file journal;
};

struct sealing_vfs *sealing_vfs_new(const struct sealing_vfs_config *config)
{
	sqlite3_vfs *lower = sqlite3_vfs_find(config->lower);
	struct sealing_vfs *vfs;

	if (!lower)
		return NULL;
	vfs = mem_new(1, sizeof(*vfs));
	snprintf(vfs->name, sizeof(vfs->name), "tracedesk-%p", (void *)vfs);
	vfs->lower = lower;
	vfs->keys = config->keys;
	vfs->database_offset = config->database_offset;
	vfs->gate_off = config->gate_off;
	atomic_flag_clear(&vfs->is_damaged);
	vfs->base = (sqlite3_vfs) {
		.iVersion = 1,
		.szOsFile = lower->szOsFile + (int)sizeof(union own_file),
		.mxPathname = lower->mxPathname,
		.zName = vfs->name,
		.pAppData = vfs,
		.xOpen = vfs_open,
		.xDelete = vfs_delete,
		.xAccess = vfs_access,
		.xFullPathname = vfs_full_name,
		.xDlOpen = vfs_library_open,
		.xDlError = vfs_library_error,
		.xRandomness = vfs_randomness,
		.xSleep = vfs_sleep,
		.xCurrentTime = vfs_time,
		.xGetLastError = vfs_last_error,
	};
	if (sqlite3_vfs_register(&vfs->base, 0) != SQLITE_OK) {
		mem_free(vfs);
		return NULL;
	}
	return vfs;
}

const char *sealing_vfs_name(const struct sealing_vfs *vfs)
{
	return vfs->name;
}

void sealing_vfs_damage(const struct sealing_vfs *vfs, struct vfs_damage *out_damage)
{
	*out_damage = vfs->damage;
}

void sealing_vfs_other(struct sealing_vfs *vfs, const char *path, const struct keys *keys)
{
	vfs->other_path = path;
	vfs->other_keys = keys;
}

void sealing_vfs_watched(struct sealing_vfs *vfs, sealing_vfs_watch *watch, void *with)
{
	vfs->watch = watch;
	vfs->watch_with = with;
}

void sealing_vfs_free(struct sealing_vfs *vfs)
{
	if (!vfs)
		return;
	sqlite3_vfs_unregister(&vfs->base);
	mem_free(vfs);
}
