/*
 * Reading a file that is to be attached. What stands at a path is looked at
 * before it is opened: opening a device does something, and closing any other
 * descriptor of the store's own files would drop this process's locks on them.
 */
#include "core/original.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum desk_status original_failed(const char *path, struct notice *notice)
{
	return notice_set(notice, DESK_IO, "%s: cannot be read: %s; give another file", path,
		strerror(errno));
}

static struct original original_of(const struct stat *info)
{
	return (struct original) { (uint64_t)info->st_dev, (uint64_t)info->st_ino,
		(int64_t)info->st_size, (int64_t)info->st_mtim.tv_sec,
		(int64_t)info->st_mtim.tv_nsec };
}

static bool original_is_same(const struct original *a, const struct original *b)
{
	return a->device == b->device && a->inode == b->inode && a->size == b->size &&
	       a->changed == b->changed && a->changed_ns == b->changed_ns;
}

static enum desk_status place_check(
	struct desk *desk, const char *path, const struct stat *info, struct notice *notice)
{
	const char *what = "a device, pipe or socket";

	if (S_ISDIR(info->st_mode))
		what = "a directory";
	if (!S_ISREG(info->st_mode))
		return notice_set(notice, DESK_IO, "%s: it is %s; give a file", path, what);
	if (store_owns(desk->store, info))
		return notice_set(notice, DESK_IO,
			"%s: it is a file of the store itself; give another one", path);
	if (info->st_size > FILE_MOST_BYTES)
		return notice_set(notice, DESK_REFUSED,
			"%s: over 20 MiB; make it smaller or attach it in parts", path);
	return DESK_OK;
}

/* A descriptor to read from; -1 with the notice. */
static int original_open(
	struct desk *desk, const char *path, struct original *out_original, struct notice *notice)
{
	int place = open(path, O_PATH | O_CLOEXEC), fd = -1;
	char through[64];
	struct stat info;

	if (place < 0 || fstat(place, &info) != 0) {
		(void)original_failed(path, notice);
	} else if (place_check(desk, path, &info, notice) == DESK_OK) {
		*out_original = original_of(&info);
		(void)snprintf(through, sizeof(through), "/proc/self/fd/%d", place);
		fd = open(through, O_RDONLY | O_NOCTTY | O_CLOEXEC);
		if (fd < 0)
			(void)original_failed(path, notice);
	}
	if (place >= 0)
		(void)close(place);
	return fd;
}

/* Fills one piece, as far as the file goes; -1 on an error. */
static ssize_t piece_read(int fd, uint8_t *piece)
{
	size_t size = 0;

	while (size < FILE_PIECE_BYTES) {
		ssize_t got = read(fd, piece + size, FILE_PIECE_BYTES - size);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		size += (size_t)got;
	}
	return (ssize_t)size;
}

/* Until its end, or one piece more than may be. */
static bool pieces_read(int fd, struct file_content *content)
{
	ssize_t got = FILE_PIECE_BYTES;
	uint8_t more;

	for (int i = 0; i < FILE_MOST_PIECES && got == FILE_PIECE_BYTES; i++) {
		content->piece[i] = mem_new(FILE_PIECE_BYTES, 1);
		got = piece_read(fd, content->piece[i]);
		if (got < 0)
			return false;
		content->size += got;
	}
	if (content->size == FILE_MOST_BYTES) {
		got = read(fd, &more, 1);
		content->size += got > 0 ? got : 0;
	}
	return got >= 0;
}

enum desk_status original_read(struct desk *desk, const char *path,
	struct file_content *out_content, struct original *out_original, struct notice *notice)
{
	struct original after;
	struct stat info;
	int fd = original_open(desk, path, out_original, notice);
	enum desk_status status = DESK_OK;

	*out_content = (struct file_content) { .size = 0 };
	if (fd < 0)
		return notice->status;
	if (!pieces_read(fd, out_content) || fstat(fd, &info) != 0) {
		status = original_failed(path, notice);
	} else {
		after = original_of(&info);
		if (!original_is_same(&after, out_original) || after.size != out_content->size)
			status = notice_set(notice, DESK_IO,
				"%s: it changed while it was read; attach it when it is finished",
				path);
	}
	(void)close(fd);
	return status;
}

const char *original_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

enum desk_status original_delete(
	const char *path, const struct original *original, struct notice *out_notice)
{
	struct original now;
	struct stat info;

	if (lstat(path, &info) != 0)
		return notice_set(out_notice, DESK_IO,
			"%s: cannot be deleted: %s; delete it yourself", path, strerror(errno));
	now = original_of(&info);
	if (!original_is_same(&now, original))
		return notice_set(out_notice, DESK_REFUSED,
			"%s: not deleted: it is a link, or another file than was attached; look at "
			"it"
			" and delete it yourself",
			path);
	if (unlink(path) != 0)
		return notice_set(out_notice, DESK_IO,
			"%s: cannot be deleted: %s; delete it yourself", path, strerror(errno));
	return DESK_OK;
}
