/*
 * The watching VFS: passes everything on to the default one.
 */
#include "shim.h"

#include <stddef.h>

struct shim_file {
	sqlite3_file base;
	int number;
	bool is_log;
	sqlite3_file *real;
};

static struct {
	sqlite3_vfs base;
	sqlite3_vfs *real;
	shim_watch *watch;
	void *context;
	int files;
} shim;

static int watched(struct shim_call call)
{
	return shim.watch ? shim.watch(shim.context, &call) : SQLITE_OK;
}

static struct shim_call call_of(sqlite3_file *file, enum shim_op op)
{
	struct shim_file *own = (struct shim_file *)file;

	return (struct shim_call) {
		.op = op, .is_log = own->is_log, .number = own->number, .file = own->real
	};
}

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct shim_file *)file)->real;
}

static int answer(int status)
{
	return status == SHIM_SKIP ? SQLITE_OK : status;
}

static int shim_close(sqlite3_file *file)
{
	return real_of(file)->pMethods->xClose(real_of(file));
}

static int shim_read(sqlite3_file *file, void *out, int amount, sqlite3_int64 offset)
{
	struct shim_call call = call_of(file, SHIM_READ);
	int status;

	call.amount = amount;
	call.offset = offset;
	status = watched(call);
	if (status != SQLITE_OK)
		return answer(status);
	return call.file->pMethods->xRead(call.file, out, amount, offset);
}

static int shim_write(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 offset)
{
	struct shim_call call = call_of(file, SHIM_WRITE);
	int status;

	call.bytes = bytes;
	call.amount = amount;
	call.offset = offset;
	status = watched(call);
	if (status != SQLITE_OK)
		return answer(status);
	return call.file->pMethods->xWrite(call.file, bytes, amount, offset);
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct shim_call call = call_of(file, SHIM_TRUNCATE);
	int status;

	call.offset = size;
	status = watched(call);
	if (status != SQLITE_OK)
		return answer(status);
	return call.file->pMethods->xTruncate(call.file, size);
}

static int shim_sync(sqlite3_file *file, int flags)
{
	struct shim_call call = call_of(file, SHIM_SYNC);
	int status = watched(call);

	if (status != SQLITE_OK)
		return answer(status);
	return call.file->pMethods->xSync(call.file, flags);
}

static int shim_size(sqlite3_file *file, sqlite3_int64 *out_size)
{
	struct shim_call call = call_of(file, SHIM_SIZE);
	int status = watched(call);

	if (status != SQLITE_OK)
		return answer(status);
	return call.file->pMethods->xFileSize(call.file, out_size);
}

static int shim_lock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int shim_unlock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int shim_is_reserved(sqlite3_file *file, int *out_answer)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out_answer);
}

static int shim_control(sqlite3_file *file, int what, void *argument)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}

static int shim_sector(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int shim_character(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int shim_index_map(
	sqlite3_file *file, int region, int size, int extend, void volatile **out_map)
{
	return real_of(file)->pMethods->xShmMap(real_of(file), region, size, extend, out_map);
}

static int shim_index_lock(sqlite3_file *file, int offset, int count, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

static void shim_index_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int shim_index_unmap(sqlite3_file *file, int remove)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

static const sqlite3_io_methods shim_methods = {
	.iVersion = 2,
	.xClose = shim_close,
	.xRead = shim_read,
	.xWrite = shim_write,
	.xTruncate = shim_truncate,
	.xSync = shim_sync,
	.xFileSize = shim_size,
	.xLock = shim_lock,
	.xUnlock = shim_unlock,
	.xCheckReservedLock = shim_is_reserved,
	.xFileControl = shim_control,
	.xSectorSize = shim_sector,
	.xDeviceCharacteristics = shim_character,
	.xShmMap = shim_index_map,
	.xShmLock = shim_index_lock,
	.xShmBarrier = shim_index_barrier,
	.xShmUnmap = shim_index_unmap,
};

static int shim_open(
	sqlite3_vfs *base, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
	struct shim_file *own = (struct shim_file *)file;
	bool is_log = flags & SQLITE_OPEN_WAL;
	int status = watched((struct shim_call) { .op = SHIM_OPEN, .is_log = is_log });

	(void)base;
	file->pMethods = NULL;
	if (status != SQLITE_OK)
		return status;
	own->real = (sqlite3_file *)(own + 1);
	own->real->pMethods = NULL;
	own->is_log = is_log;
	own->number = shim.files++;
	status = shim.real->xOpen(shim.real, name, own->real, flags, out_flags);
	file->pMethods = own->real->pMethods ? &shim_methods : NULL;
	return status;
}

static int shim_delete(sqlite3_vfs *base, const char *name, int sync_folder)
{
	int status = watched((struct shim_call) { .op = SHIM_DELETE, .is_log = true });

	(void)base;
	if (status != SQLITE_OK)
		return answer(status);
	return shim.real->xDelete(shim.real, name, sync_folder);
}

void shim_start(shim_watch *watch, void *context)
{
	shim.watch = watch;
	shim.context = context;
	shim.files = 0;
	if (shim.real)
		return;
	shim.real = sqlite3_vfs_find(NULL);
	shim.base = *shim.real;
	shim.base.iVersion = 1;
	shim.base.zName = shim_name();
	shim.base.szOsFile = (int)sizeof(struct shim_file) + shim.real->szOsFile;
	shim.base.xOpen = shim_open;
	shim.base.xDelete = shim_delete;
	sqlite3_vfs_register(&shim.base, 0);
}

const char *shim_name(void)
{
	return "shim";
}
