/*
 * request attach, files, extract.
 */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/life.h"
#include "cli/output.h"
#include "cli/session.h"
#include "core/calendar.h"
#include "core/text.h"

/* On a terminal alone, and no is the answer to anything but yes. */
static bool wants_delete(const char *path)
{
	struct buffer question;
	char answer[8] = "";

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return false;
	buffer_init(&question);
	buffer_add(&question, "Delete the original, ");
	text_show(path, &question);
	buffer_add(&question, "? Its name goes; its bytes stay on the disk until they are written"
			      " over. [y/N] ");
	(void)fputs(buffer_text(&question), stdout);
	(void)fflush(stdout);
	buffer_done(&question);
	return fgets(answer, sizeof(answer), stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

static enum desk_status say_attached(const char *reference, const char *path,
	const struct desk_attached *attached, struct notice *notice)
{
	struct buffer text;
	enum desk_status status;

	buffer_init(&text);
	buffer_print(&text, "%s: file %" PRId64 " is attached, %" PRId64 " byte%s.\n", reference,
		attached->number, attached->size, attached->size == 1 ? "" : "s");
	status = output_say(buffer_text(&text), notice);
	buffer_done(&text);
	if (status == DESK_OK && wants_delete(path)) {
		status = original_delete(path, &attached->original, notice);
		if (status == DESK_OK)
			status = output_say("The original is deleted.\n", notice);
	}
	return status;
}

enum desk_status cmd_request_attach(const struct call *call, struct notice *notice)
{
	const char *reference = call_word(call, 0), *path = call_word(call, 1);
	struct desk_attached attached;
	struct desk *desk = NULL;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK)
		status = desk_request_attach(desk, reference, path, &attached, notice);
	desk_close(desk);
	return status == DESK_OK ? say_attached(reference, path, &attached, notice) : status;
}

static struct sheet *files_sheet(const struct desk_files *files)
{
	static const struct sheet_column columns[] = {
		{ .name = "number", .title = "File", .kind = CELL_NUMBER },
		{ .name = "size", .title = "Bytes", .kind = CELL_NUMBER },
		{ .name = "person", .title = "Who" },
		{ .name = "time", .title = "When" },
		{ .name = "name", .title = "Name" },
	};
	struct sheet *sheet = sheet_new(columns, sizeof(columns) / sizeof(columns[0]));

	for (size_t i = 0; i < files->count; i++) {
		const struct receipt_file *file = &files->files[i];
		char time[21];

		moment_text(file->time, time);
		sheet_number(sheet, file->number);
		sheet_number(sheet, file->size);
		sheet_text(sheet, file->person_name);
		sheet_text(sheet, time);
		sheet_text(sheet, file->name);
	}
	return sheet;
}

static enum desk_status write_files(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct desk_files files = { 0 };
	struct look look = { 0 };
	enum desk_status status = look_open(call, &look, notice);

	if (status == DESK_OK)
		status = desk_request_files(
			look.desk, call_word(call, 0), look.because, &files, notice);
	if (status == DESK_OK)
		status = output_sheet_done(output, files_sheet(&files), notice);
	desk_files_clear(&files);
	look_close(&look);
	return status;
}

enum desk_status cmd_request_files(const struct call *call, struct notice *notice)
{
	return output_run(call, write_files, notice);
}

static enum desk_status read_number(
	const struct call *call, int64_t *out_number, struct notice *notice)
{
	const char *text = call_word(call, 1);
	uint64_t number;

	if (!text_number(text, 1, INT64_MAX, &number))
		return call_misused(call, notice,
			"\"%s\" is no number of a file; `tracedesk request files` numbers them",
			text);
	*out_number = (int64_t)number;
	return DESK_OK;
}

static enum desk_status write_extract(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct desk_file_wish wish = {
		.reference = call_word(call, 0), .take = output_piece, .with = output
	};
	struct look look = { 0 };
	enum desk_status status = read_number(call, &wish.number, notice);

	if (status == DESK_OK)
		status = look_open(call, &look, notice);
	wish.because = look.because;
	if (status == DESK_OK)
		status = desk_request_file(look.desk, &wish, notice);
	look_close(&look);
	return status;
}

enum desk_status cmd_request_extract(const struct call *call, struct notice *notice)
{
	if (!call->value[OPTION_OUTPUT])
		return call_misused(call, notice,
			"it holds personal data, so it goes into a private file; give -o FILE");
	return output_run(call, write_extract, notice);
}
