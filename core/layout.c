/*
 * Paragraphs and tables in plain text. A table is written in blocks: as many
 * columns as fit beside each other, each block with its labels, the blocks of
 * about equal size. Cells of several lines end on the row's last line.
 */
#include "core/layout.h"

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "db/memory.h"

enum { GAP = 2, INDENT = 2 };

struct row {
	enum layout_row kind;
	char **cells; /* NULL unless it has cells */
	size_t filled;
};

struct layout_table {
	size_t columns; /* with that of the labels, which is the first */
	int least;
	struct row *rows;
	size_t row_count;
};

static int width_of(const char *text, size_t size)
{
	char *part = mem_text_sized(text, size);
	int width = text_width(part);

	mem_free(part);
	return width;
}

/* Bytes of the first line of text, one word at least, in width columns. */
static size_t line_size(const char *text, int width)
{
	size_t size = strcspn(text, " ");

	while (text[size]) {
		size_t start = size + strspn(text + size, " ");
		size_t end = start + strcspn(text + start, " ");

		if (width_of(text, end) > width)
			break;
		size = end;
	}
	return size;
}

static const char *line_after(const char *text, size_t size)
{
	return text + size + strspn(text + size, " ");
}

static void blanks(int count, struct buffer *out)
{
	for (int i = 0; i < count; i++)
		buffer_add(out, " ");
}

void layout_paragraph(const char *shown, int indent, int width, struct buffer *out)
{
	int room = width;

	if (width <= 0)
		buffer_print(out, "%s\n", shown);
	while (width > 0 && *shown) {
		size_t size = line_size(shown, room);

		buffer_add_bytes(out, shown, size);
		buffer_add(out, "\n");
		shown = line_after(shown, size);
		if (*shown)
			blanks(indent, out);
		room = width - indent;
	}
}

void layout_number(int64_t number, char out_shown[32])
{
	char digits[24];
	size_t at = 0, sign = number < 0, length;

	(void)snprintf(digits, sizeof(digits), "%" PRId64, number);
	length = strlen(digits);
	for (size_t i = 0; i < length; i++) {
		if (i > sign && (length - i) % 3 == 0)
			out_shown[at++] = ',';
		out_shown[at++] = digits[i];
	}
	out_shown[at] = '\0';
}

const char *layout_bar(int64_t value, int64_t largest)
{
	static const char *const bars[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	int64_t levels = sizeof(bars) / sizeof(bars[0]);
	double level;

	if (value <= 0)
		return value < 0 ? "*" : "·";
	level = (double)value / (double)largest * (double)levels;
	return bars[value >= largest ? levels - 1 : (int64_t)level];
}

void layout_rule(int columns, int width, struct buffer *out)
{
	for (int i = 0; i < columns; i++)
		buffer_add(out, width > 0 ? "─" : "-");
	buffer_add(out, "\n");
}

struct layout_table *layout_table_new(size_t columns, int least)
{
	struct layout_table *table = mem_new(1, sizeof(*table));

	table->columns = columns + 1;
	table->least = least;
	return table;
}

void layout_table_free(struct layout_table *table)
{
	if (!table)
		return;
	for (size_t r = 0; r < table->row_count; r++) {
		for (size_t c = 0; c < table->rows[r].filled; c++)
			mem_free(table->rows[r].cells[c]);
		mem_free(table->rows[r].cells);
	}
	mem_free(table->rows);
	mem_free(table);
}

void layout_table_row(struct layout_table *table, enum layout_row kind)
{
	size_t size = sizeof(struct row);
	struct row *row;

	table->rows =
		mem_resize(table->rows, table->row_count * size, (table->row_count + 1) * size);
	row = &table->rows[table->row_count++];
	row->kind = kind;
	if (kind == LAYOUT_CELLS || kind == LAYOUT_HEAD)
		row->cells = mem_new(table->columns, sizeof(*row->cells));
}

void layout_table_cell(struct layout_table *table, const char *text)
{
	struct row *row = &table->rows[table->row_count - 1];
	struct buffer shown;

	assert(row->cells && row->filled < table->columns);
	buffer_init(&shown);
	text_show(text, &shown);
	row->cells[row->filled++] = buffer_take(&shown);
}

static const char *cell_at(const struct row *row, size_t column)
{
	return column < row->filled ? row->cells[column] : "";
}

static int longest_word(const char *text)
{
	int longest = 0;

	while (*text) {
		size_t size = strcspn(text, " ");
		int width = width_of(text, size);

		if (width > longest)
			longest = width;
		text = line_after(text, size);
	}
	return longest;
}

static int column_indent(size_t column)
{
	return column == 0 ? INDENT : 0;
}

/* Widths with every cell on one line; narrow: as small as the words of heads and labels allow. */
static void measure(const struct layout_table *table, bool narrow, int *out_widths)
{
	for (size_t c = 0; c < table->columns; c++)
		out_widths[c] = 0;
	for (size_t r = 0; r < table->row_count; r++) {
		const struct row *row = &table->rows[r];

		for (size_t c = 0; c < row->filled; c++) {
			bool wraps = narrow && (c == 0 || row->kind == LAYOUT_HEAD);
			int width = text_width(row->cells[c]);

			if (wraps && width > longest_word(row->cells[c]) + column_indent(c))
				width = longest_word(row->cells[c]) + column_indent(c);

			if (width > out_widths[c])
				out_widths[c] = width;
		}
	}
}

/* The line-th line of a cell, 0 bytes after the last one. A label's further lines are indented. */
static size_t cell_line(const char **text, int room, int indent, size_t line)
{
	size_t size = line_size(*text, room);

	for (; line > 0 && size > 0; line--) {
		*text = line_after(*text, size);
		size = line_size(*text, room - indent);
	}
	return size;
}

static size_t cell_lines(const char *text, int room, int indent)
{
	size_t lines = 0;

	for (const char *at = text; cell_line(&at, room, indent, lines) > 0; at = text)
		lines++;
	return lines;
}

/* The columns first..last with the labels, as they stand beside each other. */
struct block {
	const int *widths;
	size_t first;
	size_t last;
};

static size_t block_next(const struct block *block, size_t column)
{
	return column == 0 ? block->first : column + 1;
}

static int block_width(const struct block *block)
{
	int sum = block->widths[0];

	for (size_t c = block->first; c <= block->last; c++)
		sum += GAP + block->widths[c];
	return sum;
}

/* The line-th of the lines that a row takes; a cell of fewer lines stands at the bottom. */
static void write_line(const struct block *block, const struct row *row, size_t line, size_t lines,
	struct buffer *out)
{
	int at = 0, start = 0;

	for (size_t c = 0; c <= block->last; c = block_next(block, c)) {
		int room = block->widths[c], indent = column_indent(c), width, target;
		const char *text = cell_at(row, c);
		size_t above = lines - cell_lines(text, room, indent), size = 0;

		if (line >= above)
			size = cell_line(&text, room, indent, line - above);
		if (size > 0) {
			width = width_of(text, size);
			target = c > 0 ? start + room - width : line > above ? indent : 0;
			blanks(target - at, out);
			buffer_add_bytes(out, text, size);
			at = target + width;
		}
		start += room + GAP;
	}
	buffer_add(out, "\n");
}

static void write_cells(const struct block *block, const struct row *row, struct buffer *out)
{
	size_t lines = 1;

	for (size_t c = 0; c <= block->last; c = block_next(block, c)) {
		size_t need = cell_lines(cell_at(row, c), block->widths[c], column_indent(c));

		if (need > lines)
			lines = need;
	}
	for (size_t line = 0; line < lines; line++)
		write_line(block, row, line, lines, out);
}

static void write_block(
	const struct layout_table *table, const struct block *block, int width, struct buffer *out)
{
	for (size_t r = 0; r < table->row_count; r++)
		switch (table->rows[r].kind) {
		case LAYOUT_CELLS:
		case LAYOUT_HEAD:
			write_cells(block, &table->rows[r], out);
			break;
		case LAYOUT_RULE:
			layout_rule(block_width(block), width, out);
			break;
		case LAYOUT_EMPTY:
			buffer_add(out, "\n");
			break;
		}
}

/* Extends a block from its first column to the last that fits, `most` columns at most. */
static void block_fill(struct block *block, size_t columns, size_t most, int width)
{
	block->last = block->first;
	while (block->last + 1 < columns && block->last + 1 - block->first < most) {
		block->last++;
		if (block_width(block) > width) {
			block->last--;
			break;
		}
	}
}

/* In how many blocks the columns go, when each takes as many as fit. */
static size_t blocks_needed(struct block block, size_t columns, int width)
{
	size_t blocks = 0;

	for (; block.first < columns; block.first = block.last + 1, blocks++)
		block_fill(&block, columns, columns, width);
	return blocks;
}

/* Room for the labels on a terminal too narrow for the table as it is: what the figures leave, or
   two fifths when that is too little and columns must go below anyway. */
static int label_room(const struct block *all, int natural, int width)
{
	int left = width - (block_width(all) - all->widths[0]);
	int room = left >= width / 4 ? left : width * 2 / 5;

	if (room > natural)
		room = natural;
	return room > all->widths[0] ? room : all->widths[0];
}

static void write_narrow(
	const struct layout_table *table, int *widths, int width, struct buffer *out)
{
	struct block block = { widths, 1, table->columns - 1 };
	size_t most, values = table->columns - 1;
	int natural = widths[0];

	measure(table, true, widths);
	widths[0] = label_room(&block, natural, width);
	most = blocks_needed(block, table->columns, width);
	most = (values + most - 1) / most;
	for (; block.first < table->columns; block.first = block.last + 1) {
		block_fill(&block, table->columns, most, width);
		if (block.first > 1)
			buffer_add(out, "\n");
		write_block(table, &block, width, out);
	}
}

void layout_table_write(const struct layout_table *table, int width, struct buffer *out)
{
	int *widths = mem_new(table->columns, sizeof(*widths));
	struct block all = { widths, 1, table->columns - 1 };
	int least = width > 0 && width < table->least ? width : table->least;

	measure(table, false, widths);
	if (block_width(&all) < least)
		widths[0] += least - block_width(&all);
	if (width <= 0 || block_width(&all) <= width)
		write_block(table, &all, width, out);
	else
		write_narrow(table, widths, width, out);
	mem_free(widths);
}
