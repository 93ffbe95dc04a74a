/*
 * Files of the store through the VFS below SQLite. They are opened as a main
 * database: only so does the unix VFS put off a close that would drop locks.
 */
#include "db/rawfile.h"

#include <assert.h>
#include <errno.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/memory.h"
#include "db/privilege.h"

struct rawfile {
	sqlite3_vfs *vfs;
	sqlite3_file *file;
	const char *name; /* from sqlite3_create_filename: the VFS may look behind it */
	struct report *report;
};

static enum db_status rawfile_fail(const struct rawfile *file, int code, const char *deed)
{
	int system = file->vfs->xGetLastError ? file->vfs->xGetLastError(file->vfs, 0, NULL) : 0;

	if (system == ENOMEM || (code & 0xff) == SQLITE_NOMEM)
		return report_fail(file->report, DB_BUSY,
			"%s: cannot be %s: not enough memory; close other programs and try again",
			file->name, deed);
	if ((code & 0xff) == SQLITE_FULL || system == EDQUOT)
		return report_fail(file->report, DB_IO,
			"%s: cannot be %s: the disk is full, or a quota used up; make room "
			"and try again",
			file->name, deed);
	return report_fail(file->report, DB_IO, "%s: cannot be %s: %s; %s", file->name, deed,
		system ? strerror(system) : sqlite3_errstr(code),
		system == EACCES || system == EPERM
			? "look at the rights of the file and of its folders"
			: "check the disk and the file");
}

static enum db_status rawfile_open_file(struct rawfile *file, enum rawfile_how how)
{
	int flags = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE;
	bool was_there = how == RAWFILE_MAKE && access(file->name, F_OK) == 0;
	int got = 0;
	struct stat about;
	int code;

	if (how != RAWFILE_EXISTING)
		flags |= SQLITE_OPEN_CREATE;
	if (how == RAWFILE_MAKE)
		flags |= SQLITE_OPEN_EXCLUSIVE;
	code = file->vfs->xOpen(file->vfs, file->name, file->file, flags, &got);
	if ((code != SQLITE_OK || (got & SQLITE_OPEN_READONLY)) && stat(file->name, &about) == 0 &&
		!S_ISREG(about.st_mode))
		return report_fail(
			file->report, DB_IO, "%s: not a plain file; move it away", file->name);
	if (code != SQLITE_OK && was_there)
		return report_fail(file->report, DB_REFUSED,
			"%s: something is there already; name another file or move it away",
			file->name);
	/* Refused to make it, SQLite goes on to open it for reading, and that is what fails. */
	if (code != SQLITE_OK && how != RAWFILE_EXISTING && errno == ENOENT)
		return report_fail(file->report, DB_IO,
			"%s: cannot be made: its folder does not let you, or the system refused; "
			"look at the folder's rights, or choose another",
			file->name);
	if (code != SQLITE_OK)
		return rawfile_fail(file, code, "opened");
	if (got & SQLITE_OPEN_READONLY)
		return report_fail(file->report, DB_IO,
			"%s: cannot be written: its mode or its file system forbids it; "
			"ask who looks after this machine",
			file->name);
	return DB_OK;
}

enum db_status rawfile_open(const char *lower, const char *path, enum rawfile_how how,
	struct report *report, struct rawfile **out_file)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(lower);
	const char *name = sqlite3_create_filename(path, "", "", 0, NULL);
	enum db_status status;
	gid_t before;

	if (!name)
		mem_is_out();
	if (!vfs) {
		sqlite3_free_filename(name);
		return report_fail(report, DB_FAULT, "%s: SQLite's file layer %s is not there",
			path, lower ? lower : "unix");
	}
	before = privilege_raise();
	*out_file = mem_new(1, sizeof **out_file);
	**out_file = (struct rawfile) { .vfs = vfs, .name = name, .report = report };
	(*out_file)->file = mem_new(1, (size_t)vfs->szOsFile);
	status = rawfile_open_file(*out_file, how);
	privilege_lower(before);
	if (status != DB_OK) {
		rawfile_close(*out_file);
		*out_file = NULL;
	}
	return status;
}

void rawfile_close(struct rawfile *file)
{
	if (!file)
		return;
	if (file->file->pMethods)
		file->file->pMethods->xClose(file->file);
	mem_free(file->file);
	sqlite3_free_filename(file->name);
	mem_free(file);
}

enum db_status rawfile_read(struct rawfile *file, int64_t offset, uint8_t *bytes, size_t size)
{
	int code = file->file->pMethods->xRead(file->file, bytes, (int)size, offset);

	/* A short read fills the rest with zeros (sqlite3_io_methods). */
	if (code == SQLITE_OK || code == SQLITE_IOERR_SHORT_READ)
		return DB_OK;
	return rawfile_fail(file, code, "read");
}

enum db_status rawfile_write(
	struct rawfile *file, int64_t offset, const uint8_t *bytes, size_t size)
{
	int code;

	assert(size < 65536); /* SQLite's unix VFS masks the length of a write with 0x1ffff */
	code = file->file->pMethods->xWrite(file->file, bytes, (int)size, offset);
	return code == SQLITE_OK ? DB_OK : rawfile_fail(file, code, "written");
}

enum db_status rawfile_sync(struct rawfile *file)
{
	gid_t before = privilege_raise();
	int code = file->file->pMethods->xSync(file->file, SQLITE_SYNC_NORMAL);

	privilege_lower(before);
	return code == SQLITE_OK ? DB_OK : rawfile_fail(file, code, "synced");
}

bool rawfile_has_moved(struct rawfile *file)
{
	int answer = 0;
	gid_t before = privilege_raise();
	int code = file->file->pMethods->xFileControl(file->file, SQLITE_FCNTL_HAS_MOVED, &answer);

	privilege_lower(before);
	return code == SQLITE_OK && answer != 0;
}

enum db_status rawfile_size(struct rawfile *file, int64_t *out_size)
{
	sqlite3_int64 size = 0;
	int code = file->file->pMethods->xFileSize(file->file, &size);

	*out_size = size;
	return code == SQLITE_OK ? DB_OK : rawfile_fail(file, code, "read");
}
