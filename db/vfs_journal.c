/*
 * A rollback journal that never reaches a disk. A store has none, with one
 * exception: SQLite opens one for the file that VACUUM INTO makes, and asks
 * for nothing else while doing so. It is kept in wiped memory, and only while
 * the database is still empty, when a power cut has nothing to take away; for
 * any other database it cannot be opened.
 */
#include <string.h>

#include "db/memory.h"
#include "db/vfs_private.h"

static struct journal_file *journal_of(sqlite3_file *file)
{
	return (struct journal_file *)file;
}

static int journal_close(sqlite3_file *file)
{
	mem_free(journal_of(file)->bytes);
	journal_of(file)->bytes = NULL;
	return SQLITE_OK;
}

static int journal_read(sqlite3_file *file, void *out, int amount, sqlite3_int64 offset)
{
	struct journal_file *journal = journal_of(file);
	size_t wanted = (size_t)amount;
	size_t there = (size_t)offset < journal->size ? journal->size - (size_t)offset : 0;

	memset(out, 0, wanted);
	if (there > 0)
		memcpy(out, journal->bytes + offset, there < wanted ? there : wanted);
	return there < wanted ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

static int journal_write(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 offset)
{
	struct journal_file *journal = journal_of(file);
	size_t end = (size_t)offset + (size_t)amount;

	if (end > journal->room) {
		journal->bytes = mem_resize(journal->bytes, journal->size, end * 2);
		journal->room = end * 2;
	}
	memcpy(journal->bytes + offset, bytes, (size_t)amount);
	if (end > journal->size)
		journal->size = end;
	return SQLITE_OK;
}

static int journal_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct journal_file *journal = journal_of(file);

	if ((size_t)size < journal->size) {
		explicit_bzero(journal->bytes + size, journal->size - (size_t)size);
		journal->size = (size_t)size;
	}
	return SQLITE_OK;
}

static int journal_size(sqlite3_file *file, sqlite3_int64 *out_size)
{
	*out_size = (sqlite3_int64)journal_of(file)->size;
	return SQLITE_OK;
}

/* Sync flags and lock levels mean nothing to memory. */
static int journal_nothing(sqlite3_file *file, int value)
{
	(void)file;
	(void)value;
	return SQLITE_OK;
}

static int journal_is_reserved(sqlite3_file *file, int *out_answer)
{
	(void)file;
	*out_answer = 0;
	return SQLITE_OK;
}

static int journal_control(sqlite3_file *file, int what, void *argument)
{
	(void)file;
	(void)what;
	(void)argument;
	return SQLITE_NOTFOUND;
}

static int journal_sector(sqlite3_file *file)
{
	(void)file;
	return SEAL_PAGE_SIZE;
}

static int journal_character(sqlite3_file *file)
{
	(void)file;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods journal_methods = {
	.iVersion = 1,
	.xClose = journal_close,
	.xRead = journal_read,
	.xWrite = journal_write,
	.xTruncate = journal_truncate,
	.xSync = journal_nothing,
	.xFileSize = journal_size,
	.xLock = journal_nothing,
	.xUnlock = journal_nothing,
	.xCheckReservedLock = journal_is_reserved,
	.xFileControl = journal_control,
	.xSectorSize = journal_sector,
	.xDeviceCharacteristics = journal_character,
};

int journal_file_open(const char *name, struct journal_file *file)
{
	struct store_file *store = (struct store_file *)sqlite3_database_file_object(name);
	bool is_empty = false;
	int status;

	*file = (struct journal_file) { .bytes = NULL };
	if (!store || store->base.pMethods != &store_methods)
		return SQLITE_CANTOPEN;
	status = store_is_empty(store, &is_empty);
	if (status == SQLITE_OK && !is_empty)
		status = SQLITE_CANTOPEN;
	if (status == SQLITE_OK)
		file->base.pMethods = &journal_methods;
	return status;
}
