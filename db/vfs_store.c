/*
 * The main file through the seal. Page n lies at the database's offset plus
 * (n - 1) * 4096, sealed; whatever does not open is damage, all zeros and
 * short pages too, and never data. What SQLite may ask:
 *
 *   read   100 at 0, 16 at 24   before it holds a lock or knows the log
 *   read   4096, page aligned
 *   write  4096, page aligned  by a checkpoint, or for a new database before WAL mode
 *   size, truncate, size hint   shifted by the header
 *
 * The reads before any lock may meet page 1 half written by a checkpoint that
 * is running or was cut off: they are answered with a header that says no more
 * than "WAL mode, 4096, reserve 40", and the log supplies the page.
 *
 * Reading ahead (vfs_ahead.c), while SQLite holds a read mark: what a reader takes
 * from the main file then, and not from the log, no checkpoint writes before he
 * gives the mark up (sqlite.org/walformat.html, 2.3). The VFS below must bear being
 * read by two threads: the system's, which keeps no place in the file, does.
 *
 * The gate: SQLite up to 3.51.2 loses commits when one connection commits and
 * another restarts the log while a third checkpoints (sqlite.org/wal.html, the
 * WAL-reset bug). Whoever takes the checkpoint lock takes the write lock with
 * it here, so that no commit runs during any checkpoint.
 */
#include <string.h>

#include "db/memory.h"
#include "db/privilege.h"
#include "db/vfs_private.h"

static struct store_file *store_of(sqlite3_file *file)
{
	return (struct store_file *)file;
}

/* Byte 16: page size, 18 and 19: write and read version (2: WAL), 20: reserve, 21 to 23: payload
   fractions (sqlite.org/fileformat2.html, 1.3). */
static const uint8_t page_one_magic[16] = "SQLite format 3";
static const uint8_t page_one_form[8] = { 0x10, 0x00, 2, 2, SEAL_RESERVE, 64, 32, 32 };

bool page_one_fits(const uint8_t *plain)
{
	return memcmp(plain + 16, page_one_form, 2) == 0 && plain[20] == SEAL_RESERVE;
}

int store_is_empty(struct store_file *store, bool *out_empty)
{
	sqlite3_int64 size;
	int status = store->lower->pMethods->xFileSize(store->lower, &size);

	*out_empty = status == SQLITE_OK && size <= store->vfs->database_offset;
	return status;
}

/* Reads a page sealed. SQLITE_IOERR_SHORT_READ: not all of it is there, though others are. */
static int page_read_sealed(
	struct store_file *store, sqlite3_int64 offset, uint8_t *sealed, bool *out_empty)
{
	int status = lower_read(
		store->lower, sealed, SEAL_PAGE_SIZE, store->vfs->database_offset + offset);

	*out_empty = false;
	if (status == SQLITE_IOERR_SHORT_READ) {
		int failed = store_is_empty(store, out_empty);

		if (failed)
			return failed;
	}
	return status;
}

static bool may_go_on(const struct sealing_vfs *vfs)
{
	return !vfs->watch || vfs->watch(vfs->watch_with);
}

/* Called by the thread that reads ahead, too. */
static bool page_read_ahead(void *with, uint32_t page, uint8_t *out_sealed)
{
	const struct store_file *store = with;
	sqlite3_int64 offset = ((sqlite3_int64)page - 1) * SEAL_PAGE_SIZE;

	return store->lower->pMethods->xRead(store->lower, out_sealed, SEAL_PAGE_SIZE,
		       store->vfs->database_offset + offset) == SQLITE_OK;
}

static int page_read_open(struct store_file *store, sqlite3_int64 offset, uint8_t *out_page)
{
	uint32_t page = (uint32_t)(offset / SEAL_PAGE_SIZE + 1);
	bool is_empty;
	int status = page_read_sealed(store, offset, out_page, &is_empty);

	if (status == SQLITE_OK && page_open(store->keys, page, out_page, out_page))
		return SQLITE_OK;
	memset(out_page, 0, SEAL_PAGE_SIZE);
	if (status == SQLITE_OK || (status == SQLITE_IOERR_SHORT_READ && !is_empty))
		return vfs_damaged(store->vfs, false, page);
	return status;
}

static int page_read(struct store_file *store, sqlite3_int64 offset, uint8_t *out_page)
{
	uint32_t page = (uint32_t)(offset / SEAL_PAGE_SIZE + 1);
	int status;

	if (!may_go_on(store->vfs))
		return SQLITE_INTERRUPT;
	if (!store->ahead || !store->has_read)
		return page_read_open(store, offset, out_page);
	if (!ahead_take(store->ahead, page, out_page)) {
		status = page_read_open(store, offset, out_page);
		if (status != SQLITE_OK)
			return status;
		ahead_follow(store->ahead, page);
	}
	ahead_learn(store->ahead, out_page);
	return SQLITE_OK;
}

/* The first bytes of page 1, or the stand-in for them. */
static int start_read(struct store_file *store, uint8_t *out, size_t size, size_t offset)
{
	uint8_t *page = store->page;
	bool is_empty;
	int status = page_read_sealed(store, 0, page, &is_empty);

	if (is_empty || (status != SQLITE_OK && status != SQLITE_IOERR_SHORT_READ)) {
		memset(out, 0, size);
		return status;
	}
	if (status == SQLITE_IOERR_SHORT_READ || !page_open(store->keys, 1, page, page)) {
		memset(page, 0, SEAL_PAGE_SIZE);
		memcpy(page, page_one_magic, sizeof(page_one_magic));
		memcpy(page + 16, page_one_form, sizeof(page_one_form));
	}
	memcpy(out, page + offset, size);
	explicit_bzero(page, SEAL_PAGE_SIZE);
	return SQLITE_OK;
}

static bool is_page(int amount, sqlite3_int64 offset)
{
	return amount == SEAL_PAGE_SIZE && offset >= 0 && offset % SEAL_PAGE_SIZE == 0 &&
	       offset / SEAL_PAGE_SIZE < UINT32_MAX;
}

static int store_read(sqlite3_file *file, void *out, int amount, sqlite3_int64 offset)
{
	if (is_page(amount, offset))
		return page_read(store_of(file), offset, out);
	if ((amount == 100 && offset == 0) || (amount == 16 && offset == 24))
		return start_read(store_of(file), out, (size_t)amount, (size_t)offset);
	return SQLITE_IOERR_READ;
}

/* The page as the log holds it, sealed, when a checkpoint was just given it. */
static const uint8_t *page_from_log(struct store_file *store, uint32_t page, const uint8_t *plain)
{
	struct log *log = store->log;

	if (!log || log->copy_page != page || memcmp(log->handed, plain, SEAL_PLAIN_SIZE) != 0)
		return NULL;
	return log->frame + LOG_HEAD_BYTES;
}

/* VACUUM INTO leaves a file that says "rollback journal"; a store always says WAL. */
static bool page_one_says_log(const uint8_t *plain)
{
	return memcmp(plain + 18, page_one_form + 2, 2) == 0;
}

static void page_one_seal(struct store_file *store, const uint8_t *plain)
{
	memcpy(store->page, plain, SEAL_PAGE_SIZE);
	memcpy(store->page + 16, page_one_form, 4);
	page_seal(store->keys, 1, store->page, store->page);
}

/* Only a checkpoint writes, with the log open, but for a new database before it is in WAL mode: a
   store must never leave that mode, since without the log a power cut takes it apart. */
static bool may_write(const struct store_file *store)
{
	return store->log || store->is_new;
}

static int store_write(sqlite3_file *file, const void *plain, int amount, sqlite3_int64 offset)
{
	struct store_file *store = store_of(file);
	uint32_t page = (uint32_t)(offset / SEAL_PAGE_SIZE + 1);
	const uint8_t *sealed = NULL;

	if (!is_page(amount, offset) || !may_write(store) || (page == 1 && !page_one_fits(plain)))
		return SQLITE_IOERR_WRITE;
	if (!may_go_on(store->vfs))
		return SQLITE_INTERRUPT;
	if (page == 1 && !page_one_says_log(plain)) {
		page_one_seal(store, plain);
		sealed = store->page;
	}
	if (!sealed)
		sealed = page_from_log(store, page, plain);
	/* What is not what a checkpoint was given may be sealed already. */
	if (!sealed && store->is_checkpointing && page != 1)
		return SQLITE_IOERR_WRITE;
	if (!sealed) {
		page_seal(store->keys, page, plain, store->page);
		sealed = store->page;
	}
	return store->lower->pMethods->xWrite(
		store->lower, sealed, SEAL_PAGE_SIZE, store->vfs->database_offset + offset);
}

static int store_close(sqlite3_file *file)
{
	struct store_file *store = store_of(file);

	ahead_free(store->ahead);
	mem_free(store->page);
	store->page = NULL;
	return store->lower->pMethods->xClose(store->lower);
}

static int store_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct store_file *store = store_of(file);

	return store->lower->pMethods->xTruncate(store->lower, size + store->vfs->database_offset);
}

static int store_sync(sqlite3_file *file, int flags)
{
	sqlite3_file *lower = store_of(file)->lower;

	return vfs_sync_below(lower, flags);
}

static int store_size(sqlite3_file *file, sqlite3_int64 *out_size)
{
	struct store_file *store = store_of(file);
	int status;

	*out_size = 0;
	status = store->lower->pMethods->xFileSize(store->lower, out_size);

	*out_size -= store->vfs->database_offset;
	if (*out_size < 0)
		*out_size = 0;
	return status;
}

/* The last one to close takes the whole file and checkpoints, without the wal-index's locks. A
   connection in exclusive mode takes it, too, but while it reads, or before it opens the log. */
static int store_lock_file(sqlite3_file *file, int level)
{
	struct store_file *store = store_of(file);
	int status = store->lower->pMethods->xLock(store->lower, level);

	if (status == SQLITE_OK && level == SQLITE_LOCK_EXCLUSIVE)
		store->is_checkpointing = store->log && !store->has_read;
	return status;
}

static int store_unlock_file(sqlite3_file *file, int level)
{
	struct store_file *store = store_of(file);

	store->is_checkpointing = false;
	return store->lower->pMethods->xUnlock(store->lower, level);
}

static int store_is_reserved(sqlite3_file *file, int *out_answer)
{
	sqlite3_file *lower = store_of(file)->lower;

	return lower->pMethods->xCheckReservedLock(lower, out_answer);
}

/* What the VFS below may hear; the rest it does not know (memory maps, atomic batches, chunks of
   zeros, sector rules switched off). */
static int store_control(sqlite3_file *file, int what, void *argument)
{
	struct store_file *store = store_of(file);
	sqlite3_file *lower = store->lower;
	sqlite3_int64 size;
	gid_t before;
	int status;

	switch (what) {
	case SQLITE_FCNTL_SIZE_HINT:
		size = *(sqlite3_int64 *)argument + store->vfs->database_offset;
		return lower->pMethods->xFileControl(lower, what, &size);
	case SQLITE_FCNTL_LOCKSTATE:
	case SQLITE_FCNTL_LAST_ERRNO:
	case SQLITE_FCNTL_HAS_MOVED:
	case SQLITE_FCNTL_PERSIST_WAL:
	case SQLITE_FCNTL_VFSNAME:
	case SQLITE_FCNTL_SYNC:
	case SQLITE_FCNTL_COMMIT_PHASETWO:
		before = privilege_raise(); /* the question whether it moved names the file */
		status = lower->pMethods->xFileControl(lower, what, argument);
		privilege_lower(before);
		return status;
	default:
		return SQLITE_NOTFOUND;
	}
}

static int store_sector(sqlite3_file *file)
{
	sqlite3_file *lower = store_of(file)->lower;

	return lower->pMethods->xSectorSize(lower);
}

/* Powersafe overwrite is what keeps SQLite's writes to the sizes above. The promises of atomic,
   appended or ordered writes below do not hold for what is written here. */
static int store_character(sqlite3_file *file)
{
	sqlite3_file *lower = store_of(file)->lower;
	int passed = SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN | SQLITE_IOCAP_IMMUTABLE;

	return (lower->pMethods->xDeviceCharacteristics(lower) & passed) |
	       SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int index_map(sqlite3_file *file, int region, int size, int extend, void volatile **out_map)
{
	sqlite3_file *lower = store_of(file)->lower;
	gid_t before = privilege_raise();
	int status = lower->pMethods->xShmMap(lower, region, size, extend, out_map);

	privilege_lower(before);
	return status;
}

static int index_lock_below(struct store_file *store, int offset, int count, int flags)
{
	return store->lower->pMethods->xShmLock(store->lower, offset, count, flags);
}

static int write_lock(struct store_file *store, int flags)
{
	return index_lock_below(store, WAL_WRITE_LOCK, 1, flags | SQLITE_SHM_EXCLUSIVE);
}

/* SQLite's own write lock. What its transaction left unwritten was not committed. */
static int writer_lock(struct store_file *store, bool take)
{
	int status = SQLITE_OK;

	if (!take && store->log)
		log_drop(store->log);
	if (!store->has_gate)
		status = write_lock(store, take ? SQLITE_SHM_LOCK : SQLITE_SHM_UNLOCK);
	if (status == SQLITE_OK || !take)
		store->has_write = take;
	return status;
}

static int gate_open(struct store_file *store)
{
	store->has_gate = false;
	return store->has_write ? SQLITE_OK : write_lock(store, SQLITE_SHM_UNLOCK);
}

static int gate_close(struct store_file *store)
{
	int status = store->has_write ? SQLITE_OK : write_lock(store, SQLITE_SHM_LOCK);

	store->has_gate = status == SQLITE_OK;
	return status;
}

static int checkpoint_lock(struct store_file *store, bool take)
{
	bool with_gate = !store->vfs->gate_off;
	int status = take && with_gate ? gate_close(store) : SQLITE_OK;

	if (status)
		return status;
	status = index_lock_below(store, WAL_CHECKPOINT_LOCK, 1,
		(take ? SQLITE_SHM_LOCK : SQLITE_SHM_UNLOCK) | SQLITE_SHM_EXCLUSIVE);
	store->is_checkpointing = take && status == SQLITE_OK;
	if (store->has_gate && !store->is_checkpointing) {
		int opened = gate_open(store);

		return status ? status : opened;
	}
	return status;
}

/* Only the recovery locks a range with WAL_RECOVER_LOCK in it. */
static void recovery_note(struct store_file *store, bool take)
{
	store->is_recovering = take;
	if (store->log)
		store->log->is_scanned = false;
}

static int index_lock(sqlite3_file *file, int offset, int count, int flags)
{
	struct store_file *store = store_of(file);
	bool take = flags & SQLITE_SHM_LOCK;
	int status;

	if (flags & SQLITE_SHM_EXCLUSIVE && count == 1 && offset == WAL_WRITE_LOCK)
		return writer_lock(store, take);
	if (flags & SQLITE_SHM_EXCLUSIVE && count == 1 && offset == WAL_CHECKPOINT_LOCK)
		return checkpoint_lock(store, take);
	if (flags & SQLITE_SHM_SHARED)
		ahead_forget(store->ahead);
	status = index_lock_below(store, offset, count, flags);
	if (flags & SQLITE_SHM_SHARED && status == SQLITE_OK)
		store->has_read = take;
	if (flags & SQLITE_SHM_EXCLUSIVE && status == SQLITE_OK && offset <= WAL_RECOVER_LOCK &&
		offset + count > WAL_RECOVER_LOCK)
		recovery_note(store, take);
	return status;
}

static void index_barrier(sqlite3_file *file)
{
	sqlite3_file *lower = store_of(file)->lower;

	lower->pMethods->xShmBarrier(lower);
}

static int index_unmap(sqlite3_file *file, int remove)
{
	struct store_file *store = store_of(file);
	gid_t before = privilege_raise();
	int status;

	ahead_forget(store->ahead);
	store->has_write = store->has_gate = store->has_read = false;
	store->is_checkpointing = store->is_recovering = false;
	status = store->lower->pMethods->xShmUnmap(store->lower, remove);
	privilege_lower(before);
	return status;
}

const sqlite3_io_methods store_methods = {
	.iVersion = 2,
	.xClose = store_close,
	.xRead = store_read,
	.xWrite = store_write,
	.xTruncate = store_truncate,
	.xSync = store_sync,
	.xFileSize = store_size,
	.xLock = store_lock_file,
	.xUnlock = store_unlock_file,
	.xCheckReservedLock = store_is_reserved,
	.xFileControl = store_control,
	.xSectorSize = store_sector,
	.xDeviceCharacteristics = store_character,
	.xShmMap = index_map,
	.xShmLock = index_lock,
	.xShmBarrier = index_barrier,
	.xShmUnmap = index_unmap,
};

int store_file_open(struct sealing_vfs *vfs, const char *name, struct store_file *file, int flags,
	int *out_flags)
{
	int status;

	*file = (struct store_file) {
		.vfs = vfs, .keys = vfs->keys, .lower = (sqlite3_file *)(file + 1)
	};
	if (vfs->other_path && name && strcmp(name, vfs->other_path) == 0)
		file->keys = vfs->other_keys;
	file->lower->pMethods = NULL;
	flags &= ~(SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE);
	status = vfs->lower->xOpen(vfs->lower, name, file->lower, flags, out_flags);
	if (status == SQLITE_OK && file->lower->pMethods->iVersion < 2)
		status = SQLITE_CANTOPEN;
	if (status != SQLITE_OK) {
		if (file->lower->pMethods)
			file->lower->pMethods->xClose(file->lower);
		return status;
	}
	status = store_is_empty(file, &file->is_new);
	if (status != SQLITE_OK) {
		file->lower->pMethods->xClose(file->lower);
		return status;
	}
	file->page = mem_new(1, SEAL_PAGE_SIZE);
	if (strcmp(vfs->lower->zName, "unix") == 0)
		file->ahead = ahead_new(file->keys, page_read_ahead, file);
	file->base.pMethods = &store_methods;
	return SQLITE_OK;
}
