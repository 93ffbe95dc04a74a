/*
 * Answers to standard output or into a file: written under another name in the
 * same folder, synced, then given its name; a failure leaves nothing behind.
 */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static enum desk_status output_failed(const char *path, struct notice *notice)
{
	return notice_set(notice, DESK_IO,
		"%s: cannot be written: %s; free some room or choose another place", path,
		strerror(errno));
}

static enum desk_status read_format(
	const struct call *call, struct output *output, struct notice *notice)
{
	static const char *const names[] = { "text", "csv", "json" };
	const char *given = call->value[OPTION_FORMAT];

	if (!given)
		return DESK_OK;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(given, names[i]) == 0) {
			output->format = (enum output_format)i;
			return DESK_OK;
		}
	}
	return call_misused(call, notice, "unknown format \"%s\"; choose text, csv or json", given);
}

/* What stands at path must be nothing, or with --force a regular file. */
static enum desk_status check_target(const char *path, bool force, struct notice *notice)
{
	struct stat info;

	if (lstat(path, &info) != 0)
		return errno == ENOENT ? DESK_OK : output_failed(path, notice);
	if (!S_ISREG(info.st_mode))
		return notice_set(notice, DESK_IO,
			"%s: not a regular file; give -o the name of a file", path);
	if (!force)
		return notice_set(notice, DESK_REFUSED,
			"%s: there is such a file already; give --force to replace it", path);
	return DESK_OK;
}

static char *temp_name(const char *path)
{
	struct buffer name;
	const char *slash = strrchr(path, '/');

	buffer_init(&name);
	buffer_add_bytes(&name, path, slash ? (size_t)(slash - path) + 1 : 0);
	buffer_add(&name, ".tracedesk.XXXXXX");
	return buffer_take(&name);
}

static enum desk_status open_file(struct output *output, struct notice *notice)
{
	enum desk_status status = check_target(output->path, output->force, notice);

	if (status != DESK_OK)
		return status;
	output->temp = temp_name(output->path);
	output->fd = mkostemp(output->temp, O_CLOEXEC);
	if (output->fd >= 0)
		return DESK_OK;
	mem_free(output->temp);
	output->temp = NULL;
	return output_failed(output->path, notice);
}

static int terminal_width(void)
{
	struct winsize size;

	if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
		return 0;
	return size.ws_col;
}

enum desk_status output_open(
	const struct call *call, struct output *out_output, struct notice *notice)
{
	enum desk_status status;

	*out_output = (struct output) { .fd = -1, .path = call->value[OPTION_OUTPUT] };
	out_output->spreadsheet = call->value[OPTION_SPREADSHEET] != NULL;
	out_output->force = call->value[OPTION_FORCE] != NULL;
	status = read_format(call, out_output, notice);
	if (status != DESK_OK)
		return status;
	if (out_output->spreadsheet && out_output->format != OUTPUT_CSV)
		return call_misused(call, notice, "--spreadsheet is for csv; add --format csv");
	if (out_output->path)
		return open_file(out_output, notice);
	out_output->fd = STDOUT_FILENO;
	out_output->width = terminal_width();
	return DESK_OK;
}

static bool write_all(int fd, const char *bytes, size_t size)
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

enum desk_status output_take(void *with, const char *bytes, size_t size, struct notice *notice)
{
	const struct output *output = with;

	if (write_all(output->fd, bytes, size))
		return DESK_OK;
	return output_failed(output->path ? output->path : "standard output", notice);
}

enum desk_status output_write(
	struct output *output, const struct buffer *text, struct notice *notice)
{
	return output_take(output, buffer_text(text), text->size, notice);
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

/* Gives the finished file its name. Without --force never over one that came meanwhile. */
static enum desk_status name_file(struct output *output, struct notice *notice)
{
	bool synced = fsync(output->fd) == 0;
	bool closed = close(output->fd) == 0;
	int flags = output->force ? 0 : RENAME_NOREPLACE;

	if (!synced || !closed)
		return output_failed(output->path, notice);
	if (renameat2(AT_FDCWD, output->temp, AT_FDCWD, output->path, (unsigned)flags) != 0) {
		if (errno == EEXIST)
			return check_target(output->path, false, notice);
		return output_failed(output->path, notice);
	}
	if (!sync_folder(output->path))
		return notice_set(notice, DESK_IO,
			"%s: written, but its folder could not be synced: %s; write it again",
			output->path, strerror(errno));
	return DESK_OK;
}

enum desk_status output_close(struct output *output, enum desk_status status, struct notice *notice)
{
	if (!output->temp)
		return status;
	if (status == DESK_OK)
		status = name_file(output, notice);
	else
		(void)close(output->fd);
	if (status != DESK_OK)
		(void)unlink(output->temp);
	mem_free(output->temp);
	output->temp = NULL;
	return status;
}

enum desk_status output_file(const char *path, const char *text, size_t size, struct notice *notice)
{
	struct output output = { .path = path, .fd = -1 };
	enum desk_status status = open_file(&output, notice);

	if (status != DESK_OK)
		return status;
	if (!write_all(output.fd, text, size))
		status = output_failed(path, notice);
	return output_close(&output, status, notice);
}

enum desk_status output_run(const struct call *call, output_fill *fill, struct notice *notice)
{
	struct output output;
	enum desk_status status = output_open(call, &output, notice);

	if (status == DESK_OK)
		status = fill(call, &output, notice);
	return output_close(&output, status, notice);
}

void output_sheet(const struct output *output, const struct sheet *sheet, struct buffer *out)
{
	switch (output->format) {
	case OUTPUT_TEXT:
		sheet_write_text(sheet, out);
		break;
	case OUTPUT_CSV:
		sheet_write_csv(sheet, output->spreadsheet, out);
		break;
	case OUTPUT_JSON:
		sheet_write_json(sheet, out);
		break;
	}
}

enum desk_status output_sheet_done(
	struct output *output, struct sheet *sheet, struct notice *notice)
{
	struct buffer text;
	enum desk_status status;

	buffer_init(&text);
	output_sheet(output, sheet, &text);
	sheet_free(sheet);
	status = output_write(output, &text, notice);
	buffer_done(&text);
	return status;
}

enum desk_status output_say(const char *text, struct notice *notice)
{
	struct output output = { .fd = STDOUT_FILENO };
	struct buffer line;
	enum desk_status status;

	buffer_init(&line);
	buffer_add(&line, text);
	status = output_write(&output, &line, notice);
	buffer_done(&line);
	return status;
}
