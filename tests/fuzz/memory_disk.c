/*
 * The VFS of the disk in memory. Nobody else is there, so every lock is given;
 * the wal-index lives as long as somebody maps it.
 */
#include "tests/fuzz/memory_disk.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"

enum { INDEX_REGIONS = 4 };

struct memory_handle {
	sqlite3_file base;
	struct memory_file *file;
	void *index[INDEX_REGIONS];
};

static struct memory_disk disk;
static sqlite3_vfs memory_vfs;

static struct memory_handle *handle_of(sqlite3_file *file)
{
	return (struct memory_handle *)file;
}

void memory_file_put(struct memory_file *file, const uint8_t *bytes, size_t size)
{
	fuzz_must(size <= MEMORY_FILE_MOST, "the file fits the disk");
	memcpy(file->bytes, bytes, size);
	file->size = size;
	file->is_there = true;
}

static int memory_close(sqlite3_file *file)
{
	for (int i = 0; i < INDEX_REGIONS; i++) {
		free(handle_of(file)->index[i]);
		handle_of(file)->index[i] = NULL;
	}
	return SQLITE_OK;
}

static int memory_read(sqlite3_file *file, void *out, int amount, sqlite3_int64 offset)
{
	const struct memory_file *from = handle_of(file)->file;
	size_t wanted = (size_t)amount, at = (size_t)offset;
	size_t there = at < from->size ? from->size - at : 0;

	if (there >= wanted) {
		memcpy(out, from->bytes + at, wanted);
		return SQLITE_OK;
	}
	memset(out, 0, wanted);
	memcpy(out, from->bytes + (there ? at : 0), there);
	return SQLITE_IOERR_SHORT_READ;
}

static int memory_write(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 offset)
{
	struct memory_file *to = handle_of(file)->file;
	size_t at = (size_t)offset, end = at + (size_t)amount;

	if (end > MEMORY_FILE_MOST)
		return SQLITE_FULL;
	if (at > to->size)
		memset(to->bytes + to->size, 0, at - to->size);
	memcpy(to->bytes + at, bytes, (size_t)amount);
	if (end > to->size)
		to->size = end;
	return SQLITE_OK;
}

static int memory_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct memory_file *to = handle_of(file)->file;

	if ((size_t)size < to->size)
		to->size = (size_t)size;
	return SQLITE_OK;
}

static int memory_size(sqlite3_file *file, sqlite3_int64 *out_size)
{
	*out_size = (sqlite3_int64)handle_of(file)->file->size;
	return SQLITE_OK;
}

/* Sync flags and lock levels mean nothing here. */
static int memory_nothing(sqlite3_file *file, int value)
{
	(void)file;
	(void)value;
	return SQLITE_OK;
}

static int memory_is_reserved(sqlite3_file *file, int *out_answer)
{
	(void)file;
	*out_answer = 0;
	return SQLITE_OK;
}

static int memory_control(sqlite3_file *file, int what, void *argument)
{
	(void)file;
	(void)what;
	(void)argument;
	return SQLITE_NOTFOUND;
}

static int memory_sector(sqlite3_file *file)
{
	(void)file;
	return 4096;
}

static int memory_character(sqlite3_file *file)
{
	(void)file;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int index_map(sqlite3_file *file, int region, int size, int extend, void volatile **out_map)
{
	void **index = handle_of(file)->index;

	*out_map = NULL;
	if (region >= INDEX_REGIONS)
		return SQLITE_FULL;
	if (!index[region] && extend)
		index[region] = calloc(1, (size_t)size);
	*out_map = index[region];
	return SQLITE_OK;
}

static int index_lock(sqlite3_file *file, int offset, int count, int flags)
{
	(void)file;
	(void)offset;
	(void)count;
	(void)flags;
	return SQLITE_OK;
}

static void index_barrier(sqlite3_file *file)
{
	(void)file;
}

static int index_unmap(sqlite3_file *file, int remove)
{
	(void)remove;
	return memory_close(file);
}

static const sqlite3_io_methods memory_methods = {
	.iVersion = 2,
	.xClose = memory_close,
	.xRead = memory_read,
	.xWrite = memory_write,
	.xTruncate = memory_truncate,
	.xSync = memory_nothing,
	.xFileSize = memory_size,
	.xLock = memory_nothing,
	.xUnlock = memory_nothing,
	.xCheckReservedLock = memory_is_reserved,
	.xFileControl = memory_control,
	.xSectorSize = memory_sector,
	.xDeviceCharacteristics = memory_character,
	.xShmMap = index_map,
	.xShmLock = index_lock,
	.xShmBarrier = index_barrier,
	.xShmUnmap = index_unmap,
};

static bool name_ends(const char *name, const char *end)
{
	size_t size = strlen(name), end_size = strlen(end);

	return size > end_size && strcmp(name + size - end_size, end) == 0;
}

static struct memory_file *file_named(const char *name)
{
	return name_ends(name, "-wal") ? &disk.log : &disk.store;
}

static int memory_open(
	sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags)
{
	struct memory_handle *handle = handle_of(file);

	(void)vfs;
	*handle = (struct memory_handle) { .file = file_named(name) };
	if (!handle->file->is_there && !(flags & SQLITE_OPEN_CREATE))
		return SQLITE_CANTOPEN;
	handle->file->is_there = true;
	if (out_flags)
		*out_flags = flags;
	handle->base.pMethods = &memory_methods;
	return SQLITE_OK;
}

static int memory_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
	struct memory_file *file = file_named(name);

	(void)vfs;
	(void)sync_folder;
	file->is_there = false;
	file->size = 0;
	return SQLITE_OK;
}

static int memory_access(sqlite3_vfs *vfs, const char *name, int flags, int *out_answer)
{
	(void)vfs;
	(void)flags;
	*out_answer = !name_ends(name, "-journal") && file_named(name)->is_there;
	return SQLITE_OK;
}

static int memory_full_name(sqlite3_vfs *vfs, const char *name, int size, char *out_name)
{
	(void)vfs;
	sqlite3_snprintf(size, out_name, "%s", name);
	return SQLITE_OK;
}

const char *memory_disk_vfs(void)
{
	return "memory-disk";
}

struct memory_disk *memory_disk(void)
{
	sqlite3_vfs *system = sqlite3_vfs_find(NULL);

	if (memory_vfs.zName)
		return &disk;
	fuzz_must(system != NULL, "SQLite has a VFS");
	memory_vfs = *system;
	memory_vfs.iVersion = 1;
	memory_vfs.zName = memory_disk_vfs();
	memory_vfs.szOsFile = (int)sizeof(struct memory_handle);
	memory_vfs.xOpen = memory_open;
	memory_vfs.xDelete = memory_delete;
	memory_vfs.xAccess = memory_access;
	memory_vfs.xFullPathname = memory_full_name;
	fuzz_must(sqlite3_vfs_register(&memory_vfs, 0) == SQLITE_OK, "the disk is registered");
	return &disk;
}
