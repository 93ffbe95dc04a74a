/*
 * Reading files that people give.
 */
#include "cli/input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"
#include "db/memory.h"

static enum desk_status input_failed(const char *file, struct notice *notice)
{
	return notice_set(notice, DESK_IO, "%s: cannot be read: %s; give another file", file,
		strerror(errno));
}

/* All bytes of fd, or one more than most of them. */
static char *read_bytes(int fd, size_t most, size_t *out_size)
{
	size_t room = 4096;
	char *text = mem_new(room + 1, 1);
	ssize_t got = 1;

	*out_size = 0;
	while (got != 0 && *out_size <= most) {
		if (*out_size == room) {
			text = mem_resize(text, room + 1, room * 2 + 1);
			room *= 2;
		}
		got = read(fd, text + *out_size, room - *out_size);
		if (got < 0 && errno != EINTR) {
			mem_free(text);
			return NULL;
		}
		*out_size += got > 0 ? (size_t)got : 0;
	}
	return text;
}

static enum desk_status check_text(
	const char *file, const char *text, size_t size, size_t most, struct notice *notice)
{
	if (size > most)
		return notice_set(
			notice, DESK_REFUSED, "%s: over %zu bytes; shorten it", file, most);
	if (strlen(text) != size)
		return notice_set(notice, DESK_REFUSED,
			"%s: there is a NUL byte in it, so it is UTF-16 or no text; save it as "
			"UTF-8",
			file);
	if (!text_is_utf8(text, size))
		return notice_set(notice, DESK_IO, "%s: not UTF-8; save it as UTF-8", file);
	return DESK_OK;
}

/* Never waits for somebody to write into a FIFO. */
static int open_file(const char *file)
{
	struct stat info;
	int fd = open(file, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd < 0 || (fstat(fd, &info) == 0 && S_ISREG(info.st_mode)))
		return fd;
	(void)close(fd);
	errno = EINVAL;
	return -1;
}

enum desk_status input_text(const char *file, size_t most, char **out_text, struct notice *notice)
{
	bool is_input = strcmp(file, "-") == 0;
	int fd = is_input ? STDIN_FILENO : open_file(file);
	enum desk_status status;
	size_t size = 0;
	char *text;

	if (fd < 0 && errno == EINVAL)
		return notice_set(
			notice, DESK_IO, "%s: not a regular file; give a text file", file);
	if (fd < 0)
		return input_failed(file, notice);
	text = read_bytes(fd, most, &size);
	status = text ? check_text(file, text, size, most, notice) : input_failed(file, notice);
	if (!is_input)
		(void)close(fd);
	if (status == DESK_OK)
		*out_text = text;
	else
		mem_free(text);
	return status;
}

enum desk_status input_json(const char *file, struct json_value **out_value, struct notice *notice)
{
	char *text = NULL, why[256];
	enum desk_status status = input_text(file, JSON_MOST_BYTES, &text, notice);

	if (status != DESK_OK)
		return status;
	*out_value = json_read(text, strlen(text), why, sizeof(why));
	mem_free(text);
	if (*out_value)
		return DESK_OK;
	return notice_set(notice, DESK_USAGE, "%s: %s; write one JSON object", file, why);
}
