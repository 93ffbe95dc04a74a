/*
 * A disk that fails. What is defined here takes the place of the C library's for
 * the program and every library that it uses.
 */
#include "tests/core/disk_faults.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/core/faults.h"

/* Opening */

static int opened(const char *path, int flags, va_list rest)
{
	mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;

	if (fault_fails(DISK_OPEN))
		return -1;
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
	va_list rest;
	int file;

	va_start(rest, flags);
	file = opened(path, flags, rest);
	va_end(rest);
	return file;
}

int open64(const char *path, int flags, ...)
{
	va_list rest;
	int file;

	va_start(rest, flags);
	file = opened(path, flags, rest);
	va_end(rest);
	return file;
}

/* Reading and writing. The C library's checked ones end the program for a size beyond the room. */

ssize_t read(int file, void *bytes, size_t size)
{
	return fault_fails(DISK_READ) ? -1 : syscall(SYS_read, file, bytes, size);
}

ssize_t __read_chk(int file, void *bytes, size_t size, size_t room);
ssize_t __read_chk(int file, void *bytes, size_t size, size_t room)
{
	return size > room ? (abort(), -1) : read(file, bytes, size);
}

ssize_t pread(int file, void *bytes, size_t size, off_t offset)
{
	return fault_fails(DISK_READ) ? -1 : syscall(SYS_pread64, file, bytes, size, offset);
}

ssize_t pread64(int file, void *bytes, size_t size, off64_t offset)
{
	return pread(file, bytes, size, offset);
}

ssize_t __pread64_chk(int file, void *bytes, size_t size, off64_t offset, size_t room);
ssize_t __pread64_chk(int file, void *bytes, size_t size, off64_t offset, size_t room)
{
	return size > room ? (abort(), -1) : pread(file, bytes, size, offset);
}

/* How much of it is written; 0: errno says why nothing is. */
static size_t writable(size_t size)
{
	int how = fault_met(DISK_WRITE);

	if (how == 0)
		return size;
	if (how == DISK_SHORT)
		return (size + 1) / 2;
	errno = how;
	return 0;
}

ssize_t write(int file, const void *bytes, size_t size)
{
	size_t most = writable(size);

	return most == 0 && size > 0 ? -1 : syscall(SYS_write, file, bytes, most);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t offset)
{
	size_t most = writable(size);

	return most == 0 && size > 0 ? -1 : syscall(SYS_pwrite64, file, bytes, most, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t offset)
{
	return pwrite(file, bytes, size, offset);
}

int fsync(int file)
{
	(void)file;
	return fault_fails(DISK_SYNC) ? -1 : 0;
}

int fdatasync(int file)
{
	return fsync(file);
}

int ftruncate(int file, off_t size)
{
	return fault_fails(DISK_CUT) ? -1 : (int)syscall(SYS_ftruncate, file, size);
}

int ftruncate64(int file, off64_t size)
{
	return ftruncate(file, size);
}

/* Names */

int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags)
{
	if (fault_fails(DISK_NAME))
		return -1;
	return (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags);
}

int linkat(int from_at, const char *from, int to_at, const char *to, int flags)
{
	return fault_fails(DISK_NAME) ? -1
				      : (int)syscall(SYS_linkat, from_at, from, to_at, to, flags);
}

int unlink(const char *path)
{
	return fault_fails(DISK_NAME) ? -1 : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int chmod(const char *path, mode_t mode)
{
	return fault_fails(DISK_NAME) ? -1 : (int)syscall(SYS_fchmodat, AT_FDCWD, path, mode);
}

/* Looking */

int statvfs(const char *path, struct statvfs *out_about)
{
	struct statvfs64 about;

	if (statvfs64(path, &about) != 0)
		return -1;
	*out_about = (struct statvfs) { .f_bavail = about.f_bavail, .f_frsize = about.f_frsize };
	if (fault_met(DISK_ROOM) != 0)
		out_about->f_bavail = 0;
	return 0;
}

int stat(const char *path, struct stat *out_about)
{
	return fault_fails(DISK_LOOK) ? -1 : fstatat(AT_FDCWD, path, out_about, 0);
}

int stat64(const char *path, struct stat64 *out_about)
{
	return fault_fails(DISK_LOOK) ? -1 : fstatat64(AT_FDCWD, path, out_about, 0);
}

int lstat(const char *path, struct stat *out_about)
{
	return fault_fails(DISK_LOOK) ? -1
				      : fstatat(AT_FDCWD, path, out_about, AT_SYMLINK_NOFOLLOW);
}

int lstat64(const char *path, struct stat64 *out_about)
{
	return fault_fails(DISK_LOOK) ? -1
				      : fstatat64(AT_FDCWD, path, out_about, AT_SYMLINK_NOFOLLOW);
}

int fstat(int file, struct stat *out_about)
{
	return fault_fails(DISK_LOOK) ? -1 : fstatat(file, "", out_about, AT_EMPTY_PATH);
}

int fstat64(int file, struct stat64 *out_about)
{
	return fault_fails(DISK_LOOK) ? -1 : fstatat64(file, "", out_about, AT_EMPTY_PATH);
}
