/*
 * The only file that names libcsv. Libcsv counts no lines, so it is fed whole
 * lines: a line begins a row unless a quote is open, and a quote is open when the
 * quotes of the row so far are odd in number (strict reading allows them only
 * round a cell and doubled inside one). Left to itself it also drops blanks round
 * cells (hence the space function), takes a lone CR for the end of a row (hence
 * the term function; the CR of a CRLF is taken off here) and forgives a quote
 * that is never closed (hence CSV_STRICT_FINI).
 */
#include "core/csv.h"

#include <assert.h>
#include <string.h>

#include "core/buffer.h"
#include "core/text.h"
#include "db/memory.h"

/* Both libraries' names begin alike. */
#include <csv.h>

enum { PARSER_BLOCK = 64 * 1024 };

struct csv_reader {
	struct csv_parser parser;
	bool charset_cp1252;
	csv_row *row;
	void *context;
	enum csv_status status;
	struct buffer line; /* bytes since the last line break */
	int64_t line_number;
	int64_t row_line; /* where the row being read starts */
	size_t row_bytes; /* of its lines so far */
	bool is_quote_open;
	struct buffer cells; /* of the row being read, each ended by a NUL */
	size_t *starts;	     /* of each cell in cells */
	size_t starts_room;
	size_t count;
};

static int csv_is_space(unsigned char byte)
{
	(void)byte;
	return 0;
}

static int csv_is_term(unsigned char byte)
{
	return byte == '\n';
}

/* Libcsv grows its buffer from nothing, by one block at a time; old is NULL for the first. */
static void *csv_resize(void *old, size_t size)
{
	return mem_resize(old, size - PARSER_BLOCK, size);
}

static void buffer_empty(struct buffer *buffer)
{
	if (buffer->text)
		explicit_bzero(buffer->text, buffer->size);
	buffer->size = 0;
}

bool csv_delimiter_is_fit(char delimiter)
{
	return delimiter > 0 && delimiter < 0x7f && !strchr("\"\r\n", delimiter);
}

struct csv_reader *csv_reader_new(char delimiter, bool charset_cp1252, csv_row *row, void *context)
{
	struct csv_reader *reader = mem_new(1, sizeof(*reader));
	int failed = csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI);

	assert(!failed && csv_delimiter_is_fit(delimiter));
	(void)failed;
	csv_set_delim(&reader->parser, (unsigned char)delimiter);
	csv_set_space_func(&reader->parser, csv_is_space);
	csv_set_term_func(&reader->parser, csv_is_term);
	csv_set_realloc_func(&reader->parser, csv_resize);
	csv_set_free_func(&reader->parser, mem_free);
	csv_set_blk_size(&reader->parser, PARSER_BLOCK);
	reader->charset_cp1252 = charset_cp1252;
	reader->row = row;
	reader->context = context;
	buffer_init(&reader->line);
	buffer_init(&reader->cells);
	return reader;
}

static void take_cell(void *bytes, size_t size, void *context)
{
	struct csv_reader *reader = context;
	size_t word = sizeof(*reader->starts);

	if (reader->count == reader->starts_room) {
		size_t room = reader->starts_room ? reader->starts_room * 2 : 64;

		reader->starts =
			mem_resize(reader->starts, reader->starts_room * word, room * word);
		reader->starts_room = room;
	}
	reader->starts[reader->count++] = reader->cells.size;
	if (size > 0)
		buffer_add_bytes(&reader->cells, bytes, size);
	buffer_add_bytes(&reader->cells, "", 1);
}

static void take_row(int end, void *context)
{
	struct csv_reader *reader = context;
	char **fields = mem_new(reader->count, sizeof(*fields));

	(void)end;
	for (size_t i = 0; i < reader->count; i++)
		fields[i] = reader->cells.text + reader->starts[i];
	if (!reader->row(reader->context, reader->row_line, fields, reader->count))
		reader->status = CSV_STOPPED;
	mem_free(fields);
	buffer_empty(&reader->cells);
	reader->count = 0;
}

/* Windows-1252 from 0x80 to 0x9f; 0 is not defined. The rest is as in Latin-1. */
static const uint16_t cp1252_high[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, /* 80 */
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,	   /* 88 */
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, /* 90 */
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178, /* 98 */
};

/* Appends bytes as UTF-8; false at a byte that cp1252 does not define. */
static bool cp1252_convert(const struct buffer *bytes, struct buffer *out)
{
	for (size_t i = 0; i < bytes->size; i++) {
		unsigned byte = (unsigned char)bytes->text[i];
		unsigned code = byte >= 0x80 && byte < 0xa0 ? cp1252_high[byte - 0x80] : byte;
		char utf8[3];
		size_t size = 0;

		if (code == 0)
			return false;
		if (code < 0x80) {
			utf8[size++] = (char)code;
		} else if (code < 0x800) {
			utf8[size++] = (char)(0xc0 | (code >> 6));
		} else {
			utf8[size++] = (char)(0xe0 | (code >> 12));
			utf8[size++] = (char)(0x80 | ((code >> 6) & 0x3f));
		}
		if (code >= 0x80)
			utf8[size++] = (char)(0x80 | (code & 0x3f));
		buffer_add_bytes(out, utf8, size);
	}
	return true;
}

static enum csv_status line_convert(struct csv_reader *reader)
{
	static const char bom[] = "\xEF\xBB\xBF";
	struct buffer *line = &reader->line;
	struct buffer utf8;

	if (memchr(buffer_text(line), '\0', line->size))
		return CSV_NUL;
	if (!reader->charset_cp1252) {
		size_t skip = sizeof(bom) - 1;

		if (!text_is_utf8(buffer_text(line), line->size))
			return CSV_NOT_UTF8;
		if (reader->line_number == 1 && line->size >= skip &&
			memcmp(line->text, bom, skip) == 0) {
			line->size -= skip;
			memmove(line->text, line->text + skip, line->size + 1);
		}
		return CSV_OK;
	}
	buffer_init(&utf8);
	if (!cp1252_convert(line, &utf8)) {
		buffer_done(&utf8);
		return CSV_NOT_UTF8;
	}
	buffer_done(line);
	*line = utf8;
	return CSV_OK;
}

static bool quotes_are_odd(const struct buffer *line)
{
	bool is_odd = false;

	for (size_t i = 0; i < line->size; i++)
		is_odd ^= line->text[i] == '"';
	return is_odd;
}

/* Gives the line read so far to libcsv, with its line break unless the file ended before one. */
static enum csv_status line_parse(struct csv_reader *reader, bool has_break)
{
	struct buffer *line = &reader->line;
	enum csv_status status = line_convert(reader);

	if (status != CSV_OK)
		return status;
	if (!reader->is_quote_open) {
		reader->row_line = reader->line_number;
		reader->row_bytes = 0;
	}
	reader->row_bytes += line->size;
	reader->is_quote_open ^= quotes_are_odd(line);
	if (reader->is_quote_open && reader->row_bytes > CSV_MOST_BYTES)
		return CSV_QUOTING;
	if (!reader->is_quote_open && has_break && line->size > 0 &&
		line->text[line->size - 1] == '\r')
		line->size--;
	if (has_break)
		buffer_add(line, "\n");
	if (csv_parse(&reader->parser, buffer_text(line), line->size, take_cell, take_row,
		    reader) != line->size)
		return CSV_QUOTING;
	return reader->status;
}

static enum csv_status line_take(struct csv_reader *reader, bool has_break)
{
	reader->line_number++;
	reader->status = line_parse(reader, has_break);
	buffer_empty(&reader->line);
	return reader->status;
}

enum csv_status csv_reader_feed(struct csv_reader *reader, const char *bytes, size_t size)
{
	while (size > 0 && reader->status == CSV_OK) {
		const char *end = memchr(bytes, '\n', size);
		size_t piece = end ? (size_t)(end - bytes) : size;

		if (piece > CSV_MOST_BYTES - reader->line.size) {
			reader->line_number++;
			reader->status = CSV_LONG_LINE;
			return reader->status;
		}
		buffer_add_bytes(&reader->line, bytes, piece);
		if (!end)
			break;
		reader->status = line_take(reader, true);
		bytes += piece + 1;
		size -= piece + 1;
	}
	return reader->status;
}

enum csv_status csv_reader_finish(struct csv_reader *reader)
{
	if (reader->status == CSV_OK && reader->line.size > 0)
		reader->status = line_take(reader, false);
	if (reader->status == CSV_OK && csv_fini(&reader->parser, take_cell, take_row, reader) != 0)
		reader->status = CSV_QUOTING;
	return reader->status;
}

int64_t csv_reader_line(const struct csv_reader *reader)
{
	return reader->status == CSV_QUOTING ? reader->row_line : reader->line_number;
}

void csv_reader_free(struct csv_reader *reader)
{
	if (!reader)
		return;
	csv_free(&reader->parser);
	buffer_done(&reader->line);
	buffer_done(&reader->cells);
	mem_free(reader->starts);
	mem_free(reader);
}
