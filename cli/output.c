/*
 * Answers to standard output or into a private file.
 */
#include "cli/output.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static enum desk_status output_failed(const char *advice, struct notice *notice)
{
	if (errno == EBADF)
		return notice_set(notice, DESK_IO, "standard output: it is closed; %s", advice);
	return notice_set(notice, DESK_IO, "standard output: cannot be written: %s; %s",
		strerror(errno), advice);
}

/* A command without a choice that can guard spreadsheets writes csv. */
static enum desk_status read_format(
	const struct call *call, struct output *output, struct notice *notice)
{
	static const char *const names[] = { "text", "csv", "json" };
	static const char *const pages[] = { [OUTPUT_HTML] = "html", [OUTPUT_XLSX] = "xlsx" };
	const char *given = call->value[OPTION_FORMAT];
	bool has_pages = (call->command->options & OPTION_BIT(OPTION_LAYOUT)) != 0;
	bool has_formats = (call->command->options & OPTION_BIT(OPTION_FORMAT)) != 0;

	if (!has_formats && call->command->options & OPTION_BIT(OPTION_SPREADSHEET))
		output->format = OUTPUT_CSV;
	if (!given)
		return DESK_OK;
	for (int i = OUTPUT_TEXT; i <= OUTPUT_JSON; i++) {
		if (strcmp(given, names[i]) == 0) {
			output->format = (enum output_format)i;
			return DESK_OK;
		}
	}
	for (int i = OUTPUT_HTML; has_pages && i <= OUTPUT_XLSX; i++) {
		if (strcmp(given, pages[i]) == 0) {
			output->page = (enum output_page)i;
			return DESK_OK;
		}
	}
	return call_misused(call, notice, "unknown format \"%s\"; choose text, csv%s", given,
		has_pages ? ", json, html or xlsx" : " or json");
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
	const char *path = call->value[OPTION_OUTPUT];
	enum desk_status status;

	*out_output = (struct output) { .is_file = path != NULL };
	out_output->spreadsheet = call->value[OPTION_SPREADSHEET] != NULL;
	status = read_format(call, out_output, notice);
	if (status != DESK_OK)
		return status;
	if (out_output->spreadsheet && out_output->format != OUTPUT_CSV)
		return call_misused(call, notice, "--spreadsheet is for csv; add --format csv");
	if (out_output->page == OUTPUT_XLSX && !path)
		return call_misused(call, notice, "xlsx is a file; add -o FILE");
	if (path)
		return private_file_open(&out_output->file, path,
			call->value[OPTION_FORCE] ? NULL : "give --force to replace it", notice);
	out_output->width = terminal_width();
	return DESK_OK;
}

enum desk_status output_bytes(
	struct output *output, const char *bytes, size_t size, struct notice *notice)
{
	if (output->is_file)
		return private_file_put(&output->file, bytes, size, notice);
	if (bytes_write(STDOUT_FILENO, bytes, size))
		return DESK_OK;
	return output_failed("free some room or choose another place", notice);
}

enum desk_status output_piece(void *with, const char *bytes, size_t size, struct notice *notice)
{
	return output_bytes(with, bytes, size, notice);
}

enum desk_status output_write(
	struct output *output, const struct buffer *text, struct notice *notice)
{
	return output_bytes(output, buffer_text(text), text->size, notice);
}

enum desk_status output_close(struct output *output, enum desk_status status, struct notice *notice)
{
	return private_file_close(&output->file, status, notice);
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

enum desk_status output_told(const char *text, const char *otherwise, struct notice *notice)
{
	if (bytes_write(STDOUT_FILENO, text, strlen(text)))
		return DESK_OK;
	return output_failed(otherwise, notice);
}

enum desk_status output_say(const char *text, struct notice *notice)
{
	return output_told(text, "what was asked for is done: look before you ask again", notice);
}
