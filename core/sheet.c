/*
 * Sheets: rows of texts kept as csv has them, written in the three ways. Only
 * text for people is made visible and shortened; csv and json are exact.
 */
#include "core/sheet.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/json.h"
#include "core/layout.h"
#include "core/text.h"
#include "db/memory.h"

enum { COLUMN_GAP = 2 };

struct sheet {
	const struct sheet_column *columns;
	size_t column_count;
	char **cells; /* row by row */
	size_t cell_count;
	size_t cell_room;
};

struct sheet *sheet_new(const struct sheet_column *columns, size_t count)
{
	struct sheet *sheet = mem_new(1, sizeof(*sheet));

	assert(count > 0);
	sheet->columns = columns;
	sheet->column_count = count;
	return sheet;
}

void sheet_free(struct sheet *sheet)
{
	if (!sheet)
		return;
	for (size_t i = 0; i < sheet->cell_count; i++)
		mem_free(sheet->cells[i]);
	mem_free(sheet->cells);
	mem_free(sheet);
}

void sheet_text(struct sheet *sheet, const char *text)
{
	size_t size = sizeof(*sheet->cells);

	if (sheet->cell_count == sheet->cell_room) {
		size_t room = sheet->cell_room ? 2 * sheet->cell_room : 64;

		sheet->cells = mem_resize(sheet->cells, sheet->cell_room * size, room * size);
		sheet->cell_room = room;
	}
	sheet->cells[sheet->cell_count++] = mem_text(text ? text : "");
}

void sheet_number(struct sheet *sheet, int64_t number)
{
	char digits[24];

	(void)snprintf(digits, sizeof(digits), "%" PRId64, number);
	sheet_text(sheet, digits);
}

void sheet_yes_no(struct sheet *sheet, bool yes)
{
	sheet_text(sheet, yes ? "yes" : "no");
}

size_t sheet_rows(const struct sheet *sheet)
{
	assert(sheet->cell_count % sheet->column_count == 0);
	return sheet->cell_count / sheet->column_count;
}

static const char *cell_at(const struct sheet *sheet, size_t row, size_t column)
{
	return sheet->cells[row * sheet->column_count + column];
}

/* A whole number, so that it may stand in json as it is. */
static bool is_number(const char *text, int64_t *out_number)
{
	char *end;

	*out_number = strtoll(text, &end, 10);
	return *text && !*end && strspn(text, "-0123456789") == strlen(text);
}

/* Text for people. */

static void number_plain(const char *text, struct buffer *out)
{
	char shown[32];
	int64_t number;

	if (is_number(text, &number)) {
		layout_number(number, shown);
		text = shown;
	}
	buffer_add(out, text);
}

static void day_plain(const char *text, struct buffer *out)
{
	char shown[64];

	day_shown(text, shown);
	buffer_add(out, shown);
}

static void list_plain(const char *text, struct buffer *out)
{
	for (; *text; text++)
		buffer_add_bytes(out, *text == ';' ? ", " : text, *text == ';' ? 2 : 1);
}

static void add_plain(enum cell_kind kind, const char *text, struct buffer *out)
{
	switch (kind) {
	case CELL_NUMBER:
		number_plain(text, out);
		break;
	case CELL_DAY:
		day_plain(text, out);
		break;
	case CELL_LIST:
		list_plain(text, out);
		break;
	case CELL_TEXT:
	case CELL_TENTHS:
	case CELL_YES_NO:
		buffer_add(out, text);
		break;
	}
}

/* A cell as it is printed, most columns wide at most (0: as wide as it is). */
static char *cell_printed(enum cell_kind kind, const char *text, int most)
{
	struct buffer plain, shown, fitted;

	buffer_init(&plain);
	buffer_init(&shown);
	buffer_init(&fitted);
	add_plain(kind, text, &plain);
	text_show(buffer_text(&plain), &shown);
	if (most > 0)
		(void)text_fit(buffer_text(&shown), most, &fitted);
	else
		buffer_add(&fitted, buffer_text(&shown));
	buffer_done(&plain);
	buffer_done(&shown);
	return buffer_take(&fitted);
}

/* One printed column: its title, then its cells. */
struct printed {
	enum cell_kind kind;
	char **lines;
	int width;
};

static void print_column(
	const struct sheet *sheet, size_t index, bool is_last, struct printed *out_column)
{
	const struct sheet_column *column = &sheet->columns[index];
	size_t rows = sheet_rows(sheet);
	int most = is_last ? 0 : SHEET_TEXT_MOST;

	out_column->kind = column->kind;
	out_column->width = 0;
	out_column->lines = mem_new(rows + 1, sizeof(*out_column->lines));
	for (size_t r = 0; r <= rows; r++) {
		char *line =
			r == 0 ? cell_printed(CELL_TEXT, column->title, 0)
			       : cell_printed(column->kind, cell_at(sheet, r - 1, index), most);
		int width = text_width(line);

		out_column->lines[r] = line;
		if (width > out_column->width)
			out_column->width = width;
	}
}

static void free_columns(struct printed *columns, size_t count, size_t lines)
{
	for (size_t c = 0; c < count; c++) {
		for (size_t r = 0; r < lines; r++)
			mem_free(columns[c].lines[r]);
		mem_free(columns[c].lines);
	}
	mem_free(columns);
}

/* No blanks at the end of a line. */
static void print_line(const struct printed *columns, size_t count, size_t line, struct buffer *out)
{
	int pending = 0;

	for (size_t c = 0; c < count; c++) {
		const char *text = columns[c].lines[line];
		int spare = columns[c].width - text_width(text);
		bool is_right = columns[c].kind == CELL_NUMBER || columns[c].kind == CELL_TENTHS;

		if (*text) {
			buffer_print(out, "%*s%s", pending + (is_right ? spare : 0), "", text);
			pending = is_right ? 0 : spare;
		} else {
			pending += spare;
		}
		pending += COLUMN_GAP;
	}
	buffer_add(out, "\n");
}

static int print_width(const struct printed *columns, size_t count)
{
	int width = 0;

	for (size_t c = 0; c < count; c++)
		width += columns[c].width + (c > 0 ? COLUMN_GAP : 0);
	return width;
}

void sheet_write_text(const struct sheet *sheet, struct buffer *out)
{
	struct printed *columns = mem_new(sheet->column_count, sizeof(*columns));
	size_t rows = sheet_rows(sheet), count = 0, last = 0;

	for (size_t c = 0; c < sheet->column_count; c++)
		if (!sheet->columns[c].not_in_text)
			last = c;
	for (size_t c = 0; c < sheet->column_count; c++)
		if (!sheet->columns[c].not_in_text)
			print_column(sheet, c, c == last, &columns[count++]);
	print_line(columns, count, 0, out);
	layout_rule(print_width(columns, count), 0, out);
	for (size_t r = 1; r <= rows; r++)
		print_line(columns, count, r, out);
	if (rows == 0)
		buffer_add(out, "(none)\n");
	free_columns(columns, count, rows + 1);
}

/* CSV. */

void csv_write_cell(const char *text, bool spreadsheet, struct buffer *out)
{
	bool is_formula = spreadsheet && *text && strchr("=+-@\t\r\n", *text);

	if (!strpbrk(text, ",\"\r\n")) {
		buffer_print(out, "%s%s", is_formula ? "'" : "", text);
		return;
	}
	buffer_add(out, is_formula ? "\"'" : "\"");
	for (; *text; text++) {
		if (*text == '"')
			buffer_add(out, "\"");
		buffer_add_bytes(out, text, 1);
	}
	buffer_add(out, "\"");
}

/* A number is no formula, whatever its sign. */
static void csv_cell(
	const struct sheet *sheet, size_t row, size_t column, bool spreadsheet, struct buffer *out)
{
	const char *text = cell_at(sheet, row, column);
	int64_t number;

	if (sheet->columns[column].kind == CELL_NUMBER && is_number(text, &number))
		spreadsheet = false;
	csv_write_cell(text, spreadsheet, out);
}

void sheet_write_csv(const struct sheet *sheet, bool spreadsheet, struct buffer *out)
{
	size_t rows = sheet_rows(sheet);

	for (size_t r = 0; r <= rows; r++) {
		const char *separator = "";

		for (size_t c = 0; c < sheet->column_count; c++) {
			if (sheet->columns[c].text_only)
				continue;
			buffer_add(out, separator);
			separator = ",";
			if (r == 0)
				csv_write_cell(sheet->columns[c].name, false, out);
			else
				csv_cell(sheet, r - 1, c, spreadsheet, out);
		}
		buffer_add(out, "\n");
	}
}

/* JSON. */

static void json_cell(enum cell_kind kind, const char *text, struct buffer *out)
{
	int64_t number;

	if (kind == CELL_LIST)
		json_write_list(text, out);
	else if (!*text)
		buffer_add(out, "null");
	else if (kind == CELL_NUMBER && is_number(text, &number))
		buffer_print(out, "%" PRId64, number);
	else if (kind == CELL_TENTHS)
		buffer_add(out, text);
	else if (kind == CELL_YES_NO && strcmp(text, "yes") == 0)
		buffer_add(out, "true");
	else if (kind == CELL_YES_NO && strcmp(text, "no") == 0)
		buffer_add(out, "false");
	else
		json_write_string(text, out);
}

static void json_row(const struct sheet *sheet, size_t row, struct buffer *out)
{
	const char *separator = "";

	buffer_add(out, "{");
	for (size_t c = 0; c < sheet->column_count; c++) {
		if (sheet->columns[c].text_only)
			continue;
		buffer_add(out, separator);
		separator = ",";
		json_write_string(sheet->columns[c].name, out);
		buffer_add(out, ":");
		json_cell(sheet->columns[c].kind, cell_at(sheet, row, c), out);
	}
	buffer_add(out, "}");
}

void sheet_write_json(const struct sheet *sheet, struct buffer *out)
{
	size_t rows = sheet_rows(sheet);

	buffer_add(out, "[");
	for (size_t r = 0; r < rows; r++) {
		buffer_add(out, r == 0 ? "\n" : ",\n");
		json_row(sheet, r, out);
	}
	buffer_add(out, rows > 0 ? "\n]\n" : "]\n");
}
