/*
 * Workbooks by libxlsxwriter. It takes its texts without const and keeps some: the
 * book owns copies. The first error is kept and told at the end, so that callers
 * fill cells without looking at each. A sheet's table is made when its rows are known.
 */
#include "core/xlsx.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <xlsxwriter.h>

#include "core/calendar.h"
#include "core/text.h"
#include "db/memory.h"

enum {
	PAPER_A4 = 9,
	LINE_HEIGHT = 15,  /* points */
	CHART_WIDTH = 760, /* pixels */
	CHART_HEIGHT = 380,
	CHART_ROWS = 20, /* of a sheet that a chart takes */
	KINDS = XLSX_MONTH + 1,
};

/* Letters are narrower than the digits that a column's width counts, by this at least. */
#define NARROW 1.1

/* Far apart in lightness, so that they differ in grey, too. */
static const lxw_color_t chart_colours[] = { 0x003087, 0x41B6E6, 0xAEB7BD };

struct xlsx {
	lxw_workbook *workbook;
	lxw_worksheet *sheet;
	lxw_format *heads[KINDS];
	/* By whether the row holds sums, and whether the cell is marked. */
	lxw_format *formats[2][2][KINDS];
	bool is_sums;	/* the row at hand */
	bool is_marked; /* the cell at hand */
	const struct xlsx_column *columns;
	size_t column_count;
	size_t cells; /* of the sheet so far, its head apart */
	lxw_error error;
	char **texts;
	size_t text_count;
	char *title;
};

static void expect(struct xlsx *book, lxw_error error)
{
	if (book->error == LXW_NO_ERROR)
		book->error = error;
}

/* A copy that lives as long as the book. */
static char *keep(struct xlsx *book, const char *text)
{
	size_t size = sizeof(*book->texts);

	book->texts =
		mem_resize(book->texts, book->text_count * size, (book->text_count + 1) * size);
	return book->texts[book->text_count++] = mem_text(text);
}

static lxw_format *make_format(struct xlsx *book, enum xlsx_kind kind)
{
	lxw_format *format = workbook_add_format(book->workbook);
	bool is_right = kind == XLSX_COUNT || kind == XLSX_PER_CENT || kind == XLSX_WHOLE_PER_CENT;

	format_set_align(format, is_right ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
	return format;
}

static lxw_format *make_cell_format(
	struct xlsx *book, enum xlsx_kind kind, bool is_sums, bool is_marked)
{
	static const char *const numbers[KINDS][2] = {
		[XLSX_COUNT] = { "#,##0", "#,##0\"*\"" },
		[XLSX_PER_CENT] = { "0.0%", "0.0%\"*\"" },
		[XLSX_WHOLE_PER_CENT] = { "0%", "0%\"*\"" },
		[XLSX_MONTH] = { "mmmm yyyy", "mmmm yyyy" },
	};
	lxw_format *format = make_format(book, kind);

	if (numbers[kind][is_marked])
		format_set_num_format(format, numbers[kind][is_marked]);
	if (kind == XLSX_PROSE)
		format_set_text_wrap(format);
	format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
	if (is_sums) {
		format_set_bold(format);
		format_set_bottom(format, LXW_BORDER_THIN);
	}
	return format;
}

static void make_formats(struct xlsx *book)
{
	for (int kind = 0; kind < KINDS; kind++) {
		lxw_format *head = make_format(book, (enum xlsx_kind)kind);

		format_set_bold(head);
		format_set_text_wrap(head);
		format_set_align(head, LXW_ALIGN_VERTICAL_BOTTOM);
		format_set_bottom(head, LXW_BORDER_MEDIUM);
		book->heads[kind] = head;
		for (int i = 0; i < 4; i++)
			book->formats[i / 2][i % 2][kind] =
				make_cell_format(book, (enum xlsx_kind)kind, i / 2, i % 2);
	}
}

static void set_about(struct xlsx *book, const struct xlsx_about *about)
{
	lxw_doc_properties properties = {
		.title = keep(book, about->title),
		.subject = keep(book, about->subject),
		.comments = keep(book, about->comments),
		.author = keep(book, "tracedesk"),
		.created = (time_t)day_number(about->created) * 86400,
	};

	expect(book, workbook_set_properties(book->workbook, &properties));
	book->title = keep(book, about->title);
}

struct xlsx *xlsx_new(const char *path, const char *folder, const struct xlsx_about *about)
{
	struct xlsx *book = mem_new(1, sizeof(*book));
	lxw_workbook_options options = { .tmpdir = keep(book, folder) };

	book->workbook = workbook_new_opt(path, &options);
	if (!book->workbook) {
		book->error = LXW_ERROR_MEMORY_MALLOC_FAILED;
		return book;
	}
	make_formats(book);
	set_about(book, about);
	return book;
}

static size_t row_count(const struct xlsx *book)
{
	assert(book->cells % book->column_count == 0);
	return book->cells / book->column_count;
}

/* The sheet's rows become a table, with the heads of its columns. */
static void finish_table(struct xlsx *book)
{
	lxw_table_column *columns;
	lxw_table_column **list;
	lxw_table_options options = { .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
		.style_type_number = 9 };
	lxw_col_t last;

	if (!book->sheet)
		return;
	assert(row_count(book) > 0);
	last = (lxw_col_t)(book->column_count - 1);
	columns = mem_new(book->column_count, sizeof(*columns));
	list = mem_new(book->column_count + 1, sizeof(*list));
	for (size_t c = 0; c < book->column_count; c++) {
		columns[c].header = keep(book, book->columns[c].title);
		columns[c].header_format = book->heads[book->columns[c].kind];
		list[c] = &columns[c];
	}
	options.name = keep(book, book->sheet->name);
	options.columns = list;
	expect(book,
		worksheet_add_table(book->sheet, 0, 0, (lxw_row_t)row_count(book), last, &options));
	mem_free(list);
	mem_free(columns);
}

static void set_print(struct xlsx *book, const char *mark)
{
	struct buffer head;

	worksheet_set_landscape(book->sheet);
	worksheet_set_paper(book->sheet, PAPER_A4);
	worksheet_fit_to_pages(book->sheet, 1, 0);
	expect(book, worksheet_repeat_rows(book->sheet, 0, 0));
	buffer_init(&head);
	buffer_print(&head, "&L&10%s&R&10%s", book->title, mark);
	expect(book, worksheet_set_header(book->sheet, buffer_text(&head)));
	expect(book, worksheet_set_footer(book->sheet, "&L&10&A&R&10Page &P of &N"));
	buffer_done(&head);
}

/* Lines that the heads of the columns take, one more where words wrap. */
static int head_lines(const struct xlsx_column *columns, size_t count)
{
	int most = 1;

	for (size_t c = 0; c < count; c++) {
		int full = (int)((double)text_length(columns[c].title) / columns[c].width);

		if (full > 0 && full + 2 > most)
			most = full + 2;
	}
	return most;
}

void xlsx_sheet(struct xlsx *book, const char *name, const char *mark,
	const struct xlsx_column *columns, size_t count)
{
	if (!book->workbook)
		return;
	finish_table(book);
	book->sheet = workbook_add_worksheet(book->workbook, name);
	book->columns = columns;
	book->column_count = count;
	book->cells = 0;
	set_print(book, mark);
	worksheet_freeze_panes(book->sheet, 1, 0);
	expect(book,
		worksheet_set_row(book->sheet, 0, head_lines(columns, count) * LINE_HEIGHT, NULL));
	for (size_t c = 0; c < count; c++)
		expect(book,
			worksheet_set_column(book->sheet, (lxw_col_t)c, (lxw_col_t)c,
				columns[c].width, book->formats[false][false][columns[c].kind]));
}

/* Where the next cell stands, and how it is shown. */
struct place {
	lxw_row_t row;
	lxw_col_t column;
	lxw_format *format;
};

static struct place next_place(struct xlsx *book)
{
	size_t column = book->cells % book->column_count;
	enum xlsx_kind kind = book->columns[column].kind;
	struct place place = { (lxw_row_t)(1 + book->cells / book->column_count), (lxw_col_t)column,
		book->formats[book->is_sums][book->is_marked][kind] };

	book->cells++;
	book->is_marked = false;
	if (book->cells % book->column_count == 0)
		book->is_sums = false;
	return place;
}

void xlsx_sums(struct xlsx *book)
{
	book->is_sums = true;
}

void xlsx_mark(struct xlsx *book)
{
	book->is_marked = true;
}

/* Room for the lines that a text will take: not every program that opens the file sees to it. */
static void make_room(struct xlsx *book, const struct place *place, const char *text)
{
	const struct xlsx_column *column = &book->columns[place->column];
	double lines = 1 + (double)text_length(text) / (column->width * NARROW);

	if (column->kind == XLSX_PROSE)
		expect(book,
			worksheet_set_row(book->sheet, place->row, (int)lines * LINE_HEIGHT, NULL));
}

void xlsx_text(struct xlsx *book, const char *text)
{
	struct place place;
	struct buffer shown;

	if (!book->workbook)
		return;
	buffer_init(&shown);
	text_show(text, &shown);
	place = next_place(book);
	expect(book, worksheet_write_string(book->sheet, place.row, place.column,
			     buffer_text(&shown), place.format));
	make_room(book, &place, buffer_text(&shown));
	buffer_done(&shown);
}

static void write_number(struct xlsx *book, double number)
{
	struct place place;

	if (!book->workbook)
		return;
	place = next_place(book);
	expect(book,
		worksheet_write_number(book->sheet, place.row, place.column, number, place.format));
}

void xlsx_count(struct xlsx *book, int64_t count)
{
	write_number(book, (double)count);
}

void xlsx_per_cent(struct xlsx *book, int64_t tenths)
{
	write_number(book, (double)tenths / 1000);
}

void xlsx_month(struct xlsx *book, const char *month)
{
	lxw_datetime date = { .day = 1 };
	struct place place;

	if (!book->workbook)
		return;
	date.year = (int)strtol(month, NULL, 10);
	date.month = (int)strtol(month + 5, NULL, 10);
	place = next_place(book);
	expect(book, worksheet_write_datetime(
			     book->sheet, place.row, place.column, &date, place.format));
}

static void add_series(lxw_chart *chart, const struct xlsx_chart *from, size_t index)
{
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
	lxw_col_t column = (lxw_col_t)from->columns[index];
	lxw_chart_fill fill = { .color = chart_colours[index] };
	lxw_row_t last = (lxw_row_t)from->rows;

	chart_series_set_categories(series, from->sheet, 1, 0, last, 0);
	chart_series_set_values(series, from->sheet, 1, column, last, column);
	chart_series_set_name(series, from->names[index]);
	chart_series_set_fill(series, &fill);
}

void xlsx_chart(struct xlsx *book, const struct xlsx_chart *from, size_t index)
{
	lxw_chart_options options = { .x_scale = CHART_WIDTH / 480.0,
		.y_scale = CHART_HEIGHT / 288.0 };
	lxw_chart *chart;

	if (!book->workbook)
		return;
	chart = workbook_add_chart(book->workbook, LXW_CHART_COLUMN_STACKED);
	for (size_t i = 0; i < from->column_count; i++)
		add_series(chart, from, i);
	chart_title_set_name(chart, from->title);
	chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
	chart_axis_set_num_format(chart->y_axis, "#,##0");
	if (from->rows_format)
		chart_axis_set_num_format(chart->x_axis, from->rows_format);
	options.description = keep(book, from->alternative);
	expect(book, worksheet_insert_chart_opt(book->sheet, (lxw_row_t)(1 + index * CHART_ROWS),
			     (lxw_col_t)(book->column_count + 1), chart, &options));
}

const char *xlsx_close(struct xlsx *book)
{
	const char *why = NULL;

	if (book->workbook) {
		finish_table(book);
		expect(book, workbook_close(book->workbook));
	}
	if (book->error != LXW_NO_ERROR)
		why = lxw_strerror(book->error);
	for (size_t i = 0; i < book->text_count; i++)
		mem_free(book->texts[i]);
	mem_free(book->texts);
	mem_free(book);
	return why;
}
