/*
 * Files that come to be whole or not at all.
 */
#include "core/private_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/leftovers.h"
#include "db/memory.h"

enum { TRIES = 10, LINK_SIZE = 40 };

/* The way to a file that is open, whatever its name: proc(5). */
static void link_name(int fd, char out_name[LINK_SIZE])
{
	(void)snprintf(out_name, LINK_SIZE, "/proc/self/fd/%d", fd);
}

static enum desk_status file_failed(const char *path, struct notice *notice)
{
	int why = errno;
	bool is_full = why == ENOSPC || why == EDQUOT || why == EFBIG;

	return notice_set(notice, DESK_IO, "%s: cannot be written: %s; %schoose another place",
		path, strerror(why), is_full ? "free some room or " : "");
}

/* What stands at path must be nothing, or a regular file to be replaced. */
static enum desk_status check_target(const char *path, const char *if_there, struct notice *notice)
{
	struct stat info;

	if (lstat(path, &info) != 0)
		return errno == ENOENT ? DESK_OK : file_failed(path, notice);
	if (!S_ISREG(info.st_mode))
		return notice_set(
			notice, DESK_IO, "%s: not a regular file; give the name of a file", path);
	if (if_there)
		return notice_set(notice, DESK_REFUSED, "%s: there is such a file already; %s",
			path, if_there);
	return DESK_OK;
}

/* Without a name while it is not finished, where the system can give it one later. */
static int unnamed_open(const char *path)
{
	char *copy = mem_text(path);
	int fd = open(dirname(copy), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	char link[LINK_SIZE];

	mem_free(copy);
	link_name(fd, link);
	if (fd < 0 || (faccessat(AT_FDCWD, link, F_OK, AT_EACCESS) == 0 && leftover_lock(fd)))
		return fd;
	(void)close(fd);
	return -1;
}

/* Under a name beside path, held. */
static int named_open(const char *path, char **out_temp)
{
	int fd = -1;

	for (int i = 0; i < TRIES && fd < 0; i++) {
		*out_temp = leftover_name(path);
		fd = open(*out_temp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd >= 0 && leftover_hold(fd))
			break;
		mem_free(*out_temp);
		*out_temp = NULL;
		if (fd < 0)
			break;
		(void)close(fd);
		fd = -1;
	}
	return fd;
}

enum desk_status private_file_open(
	struct private_file *file, const char *path, const char *if_there, struct notice *notice)
{
	enum desk_status status = check_target(path, if_there, notice);

	*file = (struct private_file) { .path = path, .if_there = if_there, .fd = -1 };
	if (status != DESK_OK)
		return status;
	leftovers_remove(path);
	file->fd = unnamed_open(path);
	if (file->fd < 0)
		file->fd = named_open(path, &file->temp);
	file->is_open = file->fd >= 0;
	return file->is_open ? DESK_OK : file_failed(path, notice);
}

bool bytes_write(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t done = write(fd, bytes, size);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return false;
		bytes += done;
		size -= (size_t)done;
	}
	return true;
}

enum desk_status private_file_put(
	struct private_file *file, const char *bytes, size_t size, struct notice *notice)
{
	return bytes_write(file->fd, bytes, size) ? DESK_OK : file_failed(file->path, notice);
}

/* Adds what the file at path holds. */
static enum desk_status put_file(struct private_file *file, const char *path, struct notice *notice)
{
	int from = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	enum desk_status status = DESK_OK;
	char bytes[16384];
	ssize_t size = 1;

	if (from < 0)
		return file_failed(file->path, notice);
	while (status == DESK_OK && size > 0) {
		size = read(from, bytes, sizeof(bytes));
		if (size < 0)
			status = file_failed(file->path, notice);
		else
			status = private_file_put(file, bytes, (size_t)size, notice);
	}
	(void)close(from);
	return status;
}

/* Libraries speak on standard error when they fail, and what went wrong is ours to say. Returns
   where it led, for hear_again. */
static int silence(void)
{
	int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (kept >= 0 && nowhere >= 0)
		(void)dup2(nowhere, STDERR_FILENO);
	if (nowhere >= 0)
		(void)close(nowhere);
	return kept;
}

static void hear_again(int kept)
{
	if (kept < 0)
		return;
	(void)dup2(kept, STDERR_FILENO);
	(void)close(kept);
}

/* A folder beside path, held. */
static int folder_open(const char *path, char **out_folder)
{
	int fd = -1;

	for (int i = 0; i < TRIES; i++) {
		bool is_made;

		*out_folder = leftover_name(path);
		is_made = mkdir(*out_folder, 0700) == 0;
		if (is_made)
			fd = open(*out_folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (fd >= 0 && leftover_hold(fd))
			return fd;
		if (fd >= 0)
			(void)close(fd);
		fd = -1;
		if (is_made)
			(void)rmdir(*out_folder);
		mem_free(*out_folder);
		*out_folder = NULL;
	}
	return fd;
}

enum desk_status private_file_fill(struct private_file *file, private_file_writer *write,
	const void *what, struct notice *notice)
{
	enum desk_status status;
	char *folder;
	struct buffer path;
	const char *why;
	int kept, held = folder_open(file->path, &folder);

	if (held < 0)
		return file_failed(file->path, notice);
	buffer_init(&path);
	buffer_print(&path, "%s/file", folder);
	kept = silence();
	why = write(what, buffer_text(&path), folder);
	hear_again(kept);
	if (why)
		status = notice_set(notice, DESK_IO,
			"%s: cannot be written: %s; free some room or choose another place",
			file->path, why);
	else
		status = put_file(file, buffer_text(&path), notice);
	(void)unlink(buffer_text(&path));
	(void)rmdir(folder);
	(void)close(held);
	buffer_done(&path);
	mem_free(folder);
	return status;
}

static bool sync_folder(const char *path)
{
	char *copy = mem_text(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		(void)close(fd);
	mem_free(copy);
	return done;
}

/* The file without a name gets one: its own when it replaces nothing. */
static bool link_file(struct private_file *file)
{
	char link[LINK_SIZE];

	link_name(file->fd, link);
	if (!file->if_there)
		file->temp = leftover_name(file->path);
	return linkat(AT_FDCWD, link, AT_FDCWD, file->temp ? file->temp : file->path,
		       AT_SYMLINK_FOLLOW) == 0;
}

static bool rename_file(const struct private_file *file)
{
	unsigned flags = file->if_there ? RENAME_NOREPLACE : 0;

	return renameat2(AT_FDCWD, file->temp, AT_FDCWD, file->path, flags) == 0;
}

/* Gives the finished file its name; never over one that came meanwhile, unless it replaces. */
static enum desk_status name_file(struct private_file *file, struct notice *notice)
{
	bool is_named = fsync(file->fd) == 0;

	if (is_named && !file->temp)
		is_named = link_file(file);
	if (is_named && file->temp)
		is_named = rename_file(file);
	/* Whoever had the name may have gone again: it is not written all the same. */
	if (!is_named && errno == EEXIST && file->if_there &&
		check_target(file->path, file->if_there, notice) != DESK_OK)
		return notice->status;
	if (!is_named)
		return file_failed(file->path, notice);
	if (!sync_folder(file->path))
		return notice_set(notice, DESK_IO,
			"%s: written, but its folder could not be synced: %s; write it again",
			file->path, strerror(errno));
	return DESK_OK;
}

enum desk_status private_file_close(
	struct private_file *file, enum desk_status status, struct notice *notice)
{
	if (!file->is_open)
		return status;
	if (status == DESK_OK)
		status = name_file(file, notice);
	if (close(file->fd) != 0 && status == DESK_OK)
		status = file_failed(file->path, notice);
	file->is_open = false;
	if (status != DESK_OK && file->temp)
		(void)unlink(file->temp);
	mem_free(file->temp);
	file->temp = NULL;
	return status;
}

enum desk_status private_file_write(const char *path, const struct private_text *text,
	const char *if_there, struct notice *notice)
{
	struct private_file file;
	enum desk_status status = private_file_open(&file, path, if_there, notice);

	if (status == DESK_OK)
		status = private_file_put(&file, text->bytes, text->size, notice);
	return private_file_close(&file, status, notice);
}
