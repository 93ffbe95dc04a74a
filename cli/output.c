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
	static const char *const pages[] = { [OUTPUT_XLSX] = "xlsx" };
	bool has_pages = call->command->options & OPTION_BIT(OPTION_LAYOUT);
	const char *given = call->value[OPTION_FORMAT];

	if (!given)
		return DESK_OK;
	for (int i = OUTPUT_TEXT; i <= OUTPUT_JSON; i++) {
		if (strcmp(given, names[i]) == 0) {
			output->format = (enum output_format)i;
			return DESK_OK;
		}
	}
	for (int i = OUTPUT_XLSX; has_pages && i <= OUTPUT_XLSX; i++) {
		if (strcmp(given, pages[i]) == 0) {
			output->page = (enum output_page)i;
			return DESK_OK;
		}
	}
	return call_misused(call, notice, "unknown format \"%s\"; choose text, csv%s", given,
		has_pages ? ", json or xlsx" : " or json");
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
	if (out_output->page == OUTPUT_XLSX && !out_output->path)
		return call_misused(call, notice, "xlsx is a file; add -o FILE");
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

enum desk_status output_write(
	struct output *output, const struct buffer *text, struct notice *notice)
{
	if (write_all(output->fd, buffer_text(text), text->size))
		return DESK_OK;
	return output_failed(output->path ? output->path : "standard output", notice);
}

static bool read_whole(const char *path, struct buffer *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char bytes[16384];
	ssize_t size = fd < 0 ? -1 : 1;

	while (size > 0) {
		size = read(fd, bytes, sizeof(bytes));
		if (size > 0)
			buffer_add_bytes(out, bytes, (size_t)size);
	}
	if (fd >= 0)
		(void)close(fd);
	return size == 0;
}

/* Libraries speak on standard error when they fail, and what went wrong is ours to say. Returns
   what it was, for hear_again. */
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

enum desk_status output_from_file(
	struct output *output, output_writer *write, const void *what, struct notice *notice)
{
	char *folder = temp_name(output->path);
	enum desk_status status = DESK_OK;
	struct buffer path, bytes;
	const char *why;
	int kept;

	buffer_init(&path);
	buffer_init(&bytes);
	if (!mkdtemp(folder)) {
		status = output_failed(output->path, notice);
		goto out;
	}
	buffer_print(&path, "%s/file", folder);
	kept = silence();
	why = write(what, buffer_text(&path), folder);
	hear_again(kept);
	if (why)
		status = notice_set(notice, DESK_IO,
			"%s: cannot be written: %s; free some room or choose another place",
			output->path, why);
	else if (!read_whole(buffer_text(&path), &bytes))
		status = output_failed(output->path, notice);
	else
		status = output_write(output, &bytes, notice);
	(void)unlink(buffer_text(&path));
	(void)rmdir(folder);
out:
	buffer_done(&bytes);
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
