/*
 * What every file goes through: the header, the count of cells, each value by
 * the check of its column, problems counted and handed on. What a row as a whole
 * must hold is in intake_request.c and intake_submission.c.
 */
#include "core/intake.h"

#include <inttypes.h>
#include <search.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/intake_private.h"
#include "core/text.h"

enum { WHY_SIZE = 1024, MOST_SHOWN_NAME = 40 };

/* A node of the tree of references. */
struct reference_seen {
	int64_t line;
	char reference[REFERENCE_SIZE];
};

static int reference_compare(const void *a, const void *b)
{
	const struct reference_seen *left = a, *right = b;

	return strcmp(left->reference, right->reference);
}

void intake_refuse(struct intake *intake, const char *column, const char *format, ...)
{
	char why[WHY_SIZE];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	intake->row_is_bad = true;
	if (++intake->problems <= INTAKE_MOST_PROBLEMS)
		intake->problem(intake->context, intake->line, column, why);
}

void intake_check_reference(struct intake *intake, const char *reference)
{
	struct reference_seen *seen;
	struct reference_seen **found;

	if (!*reference)
		return;
	seen = mem_new(1, sizeof(*seen));
	seen->line = intake->line;
	(void)snprintf(seen->reference, sizeof(seen->reference), "%s", reference);
	found = tsearch(seen, &intake->references, reference_compare);
	if (found && *found == seen)
		return;
	mem_free(seen);
	if (found)
		intake_refuse(
			intake, "reference", "stands already in line %" PRId64, (*found)->line);
}

void intake_check_past(struct intake *intake, const char *column, const char *day)
{
	if (strcmp(day, intake->options.today) > 0)
		intake_refuse(intake, column, "is after today");
}

void intake_check_open(struct intake *intake, const char *column, const char *day)
{
	const char *closed_to = intake->options.closed_to;

	if (*closed_to && strncmp(day, closed_to, strlen(closed_to)) <= 0)
		intake_refuse(
			intake, column, "lies in a closed month (closed up to %s)", closed_to);
}

static bool stop(struct intake *intake, enum intake_status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
static bool stop(struct intake *intake, enum intake_status status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(intake->message, sizeof(intake->message), format, args);
	va_end(args);
	intake->status = status;
	return false;
}

static bool stop_at_columns(struct intake *intake, const char *what, const char *name)
{
	struct buffer shown, cut;

	buffer_init(&shown);
	buffer_init(&cut);
	text_show(name, &shown);
	(void)text_fit(buffer_text(&shown), MOST_SHOWN_NAME, &cut);
	stop(intake, INTAKE_COLUMNS,
		"line 1: %s \"%s\"; tracedesk-import(5) lists the columns, --delimiter tells what "
		"parts them",
		what, buffer_text(&cut));
	buffer_done(&shown);
	buffer_done(&cut);
	return false;
}

static bool header_has(const struct intake *intake, const char *name)
{
	for (size_t i = 0; i < intake->header_count; i++)
		if (strcmp(intake->header[i]->name, name) == 0)
			return true;
	return false;
}

static bool header_read(struct intake *intake, char **fields, size_t count)
{
	intake->header = mem_new(count, sizeof(*intake->header));
	for (size_t i = 0; i < count; i++) {
		const struct column *column = intake->kind->column_find(fields[i]);

		if (!column)
			return stop_at_columns(intake, "unknown column", fields[i]);
		if (header_has(intake, fields[i]))
			return stop_at_columns(intake, "doubled column", fields[i]);
		intake->header[intake->header_count++] = column;
	}
	for (const char *const *name = intake->kind->required; *name; name++)
		if (!header_has(intake, *name))
			return stop_at_columns(intake, "missing column", *name);
	return true;
}

static char *cell_read(struct intake *intake, const struct column *column, const char *text)
{
	char why[WHY_SIZE];
	char *value = column_accept(column, text, intake->options.dates_dmy, why, sizeof(why));

	if (!value)
		intake_refuse(intake, column->name, "%s", why);
	return value;
}

static bool row_read(void *context, int64_t line, char **fields, size_t count)
{
	struct intake *intake = context;
	char **values;

	intake->line = line;
	if (!intake->header)
		return header_read(intake, fields, count);
	intake->rows++;
	intake->row_is_bad = false;
	if (count != intake->header_count) {
		intake_refuse(intake, "", "the row has %zu cells, the first row has %zu", count,
			intake->header_count);
		intake->kind->row(intake, NULL);
		return intake->status == INTAKE_OK;
	}
	values = mem_new(count, sizeof(*values));
	for (size_t i = 0; i < count; i++)
		values[i] = cell_read(intake, intake->header[i], fields[i]);
	intake->kind->row(intake, values);
	for (size_t i = 0; i < count; i++)
		mem_free(values[i]);
	mem_free(values);
	return intake->status == INTAKE_OK;
}

static void csv_stopped(struct intake *intake, enum csv_status status)
{
	int64_t line = csv_reader_line(intake->reader);

	switch (status) {
	case CSV_OK:
	case CSV_STOPPED: /* the status was set by who stopped it */
		return;
	case CSV_QUOTING:
		stop(intake, INTAKE_BAD_FILE,
			"line %" PRId64 ": the quotes of the row that starts there do not match; "
			"double each quote inside a quoted cell and close every one",
			line);
		return;
	case CSV_LONG_LINE:
		stop(intake, INTAKE_BAD_FILE,
			"line %" PRId64 " is over 1 MiB long; is this a CSV file?", line);
		return;
	case CSV_NUL:
		stop(intake, INTAKE_NOT_UTF8,
			"line %" PRId64 " holds a NUL byte, so the file is UTF-16 (Excel calls "
			"that Unicode text) or no text; save it as \"CSV UTF-8\"",
			line);
		return;
	case CSV_NOT_UTF8:
		if (intake->options.charset_cp1252)
			stop(intake, INTAKE_NOT_UTF8,
				"line %" PRId64 " is not text in Windows-1252; save the file as "
				"UTF-8 and leave --charset out",
				line);
		else
			stop(intake, INTAKE_NOT_UTF8,
				"line %" PRId64 " is not UTF-8 text; save the file as UTF-8, or "
				"give --charset cp1252",
				line);
		return;
	}
}

struct intake *intake_new(const struct intake_options *options, const struct intake_kind *kind,
	intake_problem *problem, void *context)
{
	struct intake *intake = mem_new(1, sizeof(*intake));

	intake->options = *options;
	intake->kind = kind;
	intake->problem = problem;
	intake->context = context;
	intake->reader =
		csv_reader_new(options->delimiter, options->charset_cp1252, row_read, intake);
	return intake;
}

enum intake_status intake_feed(struct intake *intake, const char *bytes, size_t size)
{
	if (intake->status == INTAKE_OK)
		csv_stopped(intake, csv_reader_feed(intake->reader, bytes, size));
	return intake->status;
}

enum intake_status intake_finish(struct intake *intake)
{
	if (intake->status == INTAKE_OK)
		csv_stopped(intake, csv_reader_finish(intake->reader));
	if (intake->status == INTAKE_OK && !intake->header)
		stop(intake, INTAKE_COLUMNS,
			"the file is empty; its first row names the columns, see "
			"tracedesk-import(5)");
	if (intake->status == INTAKE_OK && intake->kind->end)
		intake->kind->end(intake);
	if (intake->status == INTAKE_OK && intake->problems > 0)
		stop(intake, INTAKE_BAD_ROWS,
			"%" PRId64 " problem%s%s; mend the rows and import "
			"the file again",
			intake->problems, intake->problems == 1 ? "" : "s",
			intake->problems > INTAKE_MOST_PROBLEMS ? ", the first 100 are listed"
								: "");
	return intake->status;
}

const char *intake_message(const struct intake *intake)
{
	return intake->message;
}

int64_t intake_rows(const struct intake *intake)
{
	return intake->rows;
}

void intake_free(struct intake *intake)
{
	if (!intake)
		return;
	csv_reader_free(intake->reader);
	tdestroy(intake->references, mem_free);
	if (intake->form.is_open)
		request_clear(&intake->form.request);
	mem_free(intake->header);
	mem_free(intake);
}
