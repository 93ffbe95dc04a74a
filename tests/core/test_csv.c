/*
 * CSV: what RFC 4180 says, the ways in which libcsv is lax, lines counted, memory
 * bounded, and the same result whatever the pieces.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/buffer.h"
#include "core/csv.h"
#include "db/memory.h"

/* All rows as "LINE[cell][cell]" with a blank after each, then the status. */
struct outcome {
	struct buffer rows;
	int64_t stop_at; /* the row function stops at that line */
	enum csv_status status;
	int64_t line;
};

static bool note_row(void *context, int64_t line, char **fields, size_t count)
{
	struct outcome *outcome = context;

	buffer_print(&outcome->rows, "%d", (int)line);
	for (size_t i = 0; i < count; i++)
		buffer_print(&outcome->rows, "[%s]", fields[i]);
	buffer_add(&outcome->rows, " ");
	return line != outcome->stop_at;
}

/* piece: bytes fed at once; 0: pieces of random size from *seed. */
static void read_all(
	const char *bytes, size_t size, size_t piece, unsigned *seed, struct outcome *out_outcome)
{
	struct csv_reader *reader = csv_reader_new(',', false, note_row, out_outcome);

	buffer_init(&out_outcome->rows);
	for (size_t at = 0; at < size;) {
		size_t step = piece;

		if (piece == 0) {
			*seed = *seed * 1103515245 + 12345;
			step = (*seed >> 16) % 7;
		}
		step = step > size - at ? size - at : step;
		(void)csv_reader_feed(reader, bytes + at, step);
		at += step;
	}
	out_outcome->status = csv_reader_finish(reader);
	assert_int_equal(csv_reader_finish(reader), out_outcome->status);
	out_outcome->line = csv_reader_line(reader);
	csv_reader_free(reader);
}

static void assert_reads(const char *text, enum csv_status status, int64_t line, const char *rows)
{
	for (size_t piece = 1; piece < 5; piece++) {
		struct outcome outcome = { 0 };

		read_all(text, strlen(text), piece == 4 ? strlen(text) : piece, NULL, &outcome);
		assert_string_equal(buffer_text(&outcome.rows), rows);
		assert_int_equal(outcome.status, status);
		if (status != CSV_OK)
			assert_int_equal(outcome.line, line);
		buffer_done(&outcome.rows);
	}
}

static void test_good(void **state)
{
	(void)state;
	assert_reads("", CSV_OK, 0, "");
	assert_reads("\n\r\n\n", CSV_OK, 0, "");
	assert_reads("a,b\nc,d\n", CSV_OK, 0, "1[a][b] 2[c][d] ");
	assert_reads("a,b\r\nc,d", CSV_OK, 0, "1[a][b] 2[c][d] ");
	assert_reads("a,b\n\n\r\nc,d\n", CSV_OK, 0, "1[a][b] 4[c][d] ");
	assert_reads("\xEF\xBB\xBF"
		     "a\n\xEF\xBB\xBF"
		     "b\n",
		CSV_OK, 0,
		"1[a] 2[\xEF\xBB\xBF"
		"b] ");
	assert_reads("\xEF\xBB\xBF\"a\",b\n", CSV_OK, 0, "1[a][b] ");
	assert_reads("\xEF\xBB\xBF", CSV_OK, 0, "");
	assert_reads(",\n\"\"\n,,", CSV_OK, 0, "1[][] 2[] 3[][][] ");
	assert_reads("\"a\"\"b\",\"c,d\"\n", CSV_OK, 0, "1[a\"b][c,d] ");
	assert_reads("\"a\nb\",c\r\nd,\"e\r\n\r\nf\"\ng,h\n", CSV_OK, 0,
		"1[a\nb][c] 3[d][e\r\n\r\nf] 6[g][h] ");
	assert_reads(" a , b\t\n", CSV_OK, 0, "1[ a ][ b\t] "); /* blanks stay */
	assert_reads("\" a \"\n  \n", CSV_OK, 0, "1[ a ] 2[  ] ");
	assert_reads("a\rb,c\n", CSV_OK, 0, "1[a\rb][c] "); /* a lone CR ends no row */
	assert_reads("O’Testa,王\n", CSV_OK, 0, "1[O’Testa][王] ");
}

static void test_broken_quoting(void **state)
{
	(void)state;
	assert_reads("a,b\n\"c,d\n", CSV_QUOTING, 2, "1[a][b] ");
	assert_reads("a\n\n\"c\nd\ne", CSV_QUOTING, 3, "1[a] ");
	assert_reads("a\nb\"c\nd\n", CSV_QUOTING, 2, "1[a] ");
	assert_reads("a\n\"b\"c\n", CSV_QUOTING, 2, "1[a] ");
	assert_reads("a\n\"b\" ,c\n", CSV_QUOTING, 2, "1[a] ");
	assert_reads("a\n \"b\"\n", CSV_QUOTING, 2, "1[a] ");
	assert_reads("a\n\"b\n\"\"c\n", CSV_QUOTING, 2, "1[a] ");
	assert_reads("a\n\"b\nx\"y\"\n", CSV_QUOTING, 2, "1[a] ");
	assert_reads("\"", CSV_QUOTING, 1, "");
	assert_reads("a,\"b\"\r,c\n", CSV_QUOTING, 1, "");
}

static void test_not_utf8(void **state)
{
	struct outcome outcome = { 0 };

	(void)state;
	assert_reads("a\nZo\xEB\n", CSV_NOT_UTF8, 2, "1[a] ");
	assert_reads("a\n\"x\ny\xC0\xAF\"\n", CSV_NOT_UTF8, 3, "1[a] ");
	assert_reads("a\n\xE2\x80", CSV_NOT_UTF8, 2, "1[a] ");
	read_all("a\nb\0c\n", 6, 6, NULL, &outcome);
	assert_int_equal(outcome.status, CSV_NUL);
	assert_int_equal(outcome.line, 2);
	buffer_done(&outcome.rows);
	read_all("\xFF\xFE"
		 "a\0\n\0",
		6, 6, NULL, &outcome); /* UTF-16 */
	assert_int_equal(outcome.status, CSV_NUL);
	buffer_done(&outcome.rows);
}

static void test_cp1252(void **state)
{
	static const char undefined[] = "\x81\x8D\x8F\x90\x9D";
	struct outcome outcome = { 0 };
	struct csv_reader *reader = csv_reader_new(';', true, note_row, &outcome);

	(void)state;
	assert_int_equal(csv_reader_feed(reader, "O\x92Testa;Zo\xEB;\x80 5;\x9F\n", 18), CSV_OK);
	assert_int_equal(csv_reader_finish(reader), CSV_OK);
	assert_string_equal(buffer_text(&outcome.rows), "1[O’Testa][Zoë][€ 5][Ÿ] ");
	csv_reader_free(reader);
	for (const char *byte = undefined; *byte; byte++) {
		reader = csv_reader_new(',', true, note_row, &outcome);
		assert_int_equal(csv_reader_feed(reader, byte, 1), CSV_OK);
		assert_int_equal(csv_reader_feed(reader, "\n", 1), CSV_NOT_UTF8);
		csv_reader_free(reader);
	}
	reader = csv_reader_new(',', true, note_row, &outcome);
	assert_int_equal(csv_reader_feed(reader, "a\0\n", 3), CSV_NUL);
	csv_reader_free(reader);
	buffer_done(&outcome.rows);
}

static void test_delimiter(void **state)
{
	(void)state;
	assert_true(csv_delimiter_is_fit(',') && csv_delimiter_is_fit(';'));
	assert_true(csv_delimiter_is_fit('\t') && csv_delimiter_is_fit('|'));
	assert_false(csv_delimiter_is_fit('"') || csv_delimiter_is_fit('\n'));
	assert_false(csv_delimiter_is_fit('\r') || csv_delimiter_is_fit('\0'));
	assert_false(csv_delimiter_is_fit((char)0xA7));
}

static void test_stopped(void **state)
{
	struct outcome outcome = { .stop_at = 2 };

	(void)state;
	read_all("a\nb\nc\nd\"\n", 9, 9, NULL, &outcome);
	assert_int_equal(outcome.status, CSV_STOPPED);
	assert_string_equal(buffer_text(&outcome.rows), "1[a] 2[b] ");
	buffer_done(&outcome.rows);
}

/* Feeds count pieces of 64 KiB; how it ended. What is refused must be so before two rows of the
   most bytes were taken. */
static enum csv_status feed_much(
	const char *first, char fill, char last, int count, int64_t *out_line)
{
	enum { PIECE = 65536 };
	struct outcome outcome = { 0 };
	struct csv_reader *reader = csv_reader_new(',', false, note_row, &outcome);
	enum csv_status status = csv_reader_feed(reader, first, strlen(first));
	char *piece = mem_new(PIECE, 1);
	int fed = 0;

	memset(piece, fill, PIECE);
	piece[PIECE - 1] = last;
	for (; fed < count && status == CSV_OK; fed++)
		status = csv_reader_feed(reader, piece, PIECE);
	assert_true(fed <= 2 * CSV_MOST_BYTES / PIECE);
	if (status == CSV_OK)
		status = csv_reader_finish(reader);
	*out_line = csv_reader_line(reader);
	csv_reader_free(reader);
	mem_free(piece);
	buffer_done(&outcome.rows);
	return status;
}

static void test_long_lines(void **state)
{
	int64_t line;

	(void)state;
	assert_int_equal(feed_much("a\n", 'x', 'x', 16, &line), CSV_OK); /* exactly 1 MiB */
	assert_int_equal(feed_much("a\nb", 'x', 'x', 16, &line), CSV_LONG_LINE);
	assert_int_equal(line, 2);
	assert_int_equal(feed_much("", ',', '\n', 4, &line), CSV_OK);
	/* many lines in one quote: memory is bounded all the same */
	assert_int_equal(feed_much("a\nb,\"", 'x', '\n', 1000, &line), CSV_QUOTING);
	assert_int_equal(line, 2);
}

/* Cells that are likely to matter, thrown together; fed whole and in pieces they give the same. */
static void test_any_pieces(void **state)
{
	static const char *const parts[] = { "a", ",", "\"", "\"\"", "\n", "\r\n", "\r", " ", "é",
		"\xE2\x80", "\xEF\xBB\xBF", "\"x,\ny\"", "b,c", "\x80" };
	unsigned seed = 20201214;
	int seen[CSV_STOPPED + 1] = { 0 };

	(void)state;
	print_message("# seed %u\n", seed);
	for (int round = 0; round < 20000; round++) {
		struct outcome whole = { 0 }, pieces = { 0 };
		struct buffer text;

		buffer_init(&text);
		for (int i = 0; i < round % 23; i++) {
			/* the broken bytes only in one round of eight */
			size_t count = sizeof(parts) / sizeof(parts[0]) - (round % 8 ? 5 : 0);

			seed = seed * 1103515245 + 12345;
			buffer_add(&text, parts[(seed >> 16) % count]);
		}
		read_all(buffer_text(&text), text.size, text.size + 1, NULL, &whole);
		read_all(buffer_text(&text), text.size, 0, &seed, &pieces);
		assert_int_equal(whole.status, pieces.status);
		assert_int_equal(whole.line, pieces.line);
		assert_string_equal(buffer_text(&whole.rows), buffer_text(&pieces.rows));
		seen[whole.status]++;
		buffer_done(&whole.rows);
		buffer_done(&pieces.rows);
		buffer_done(&text);
	}
	print_message("# read %d, quoting %d, not UTF-8 %d\n", seen[CSV_OK], seen[CSV_QUOTING],
		seen[CSV_NOT_UTF8]);
	assert_true(seen[CSV_OK] > 1000 && seen[CSV_QUOTING] > 1000 && seen[CSV_NOT_UTF8] > 500);
}

static void test_random_bytes(void **state)
{
	unsigned seed = 20210104;

	(void)state;
	print_message("# seed %u\n", seed);
	for (int round = 0; round < 5000; round++) {
		char bytes[64];
		struct outcome whole = { 0 }, pieces = { 0 };

		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * 1103515245 + 12345;
			bytes[i] = (char)(seed >> 16);
			if (round % 2)
				bytes[i] &= 0x2f;
		}
		read_all(bytes, sizeof(bytes), sizeof(bytes), NULL, &whole);
		read_all(bytes, sizeof(bytes), 0, &seed, &pieces);
		assert_int_equal(whole.status, pieces.status);
		assert_string_equal(buffer_text(&whole.rows), buffer_text(&pieces.rows));
		buffer_done(&whole.rows);
		buffer_done(&pieces.rows);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_broken_quoting),
		cmocka_unit_test(test_not_utf8),
		cmocka_unit_test(test_cp1252),
		cmocka_unit_test(test_delimiter),
		cmocka_unit_test(test_stopped),
		cmocka_unit_test(test_long_lines),
		cmocka_unit_test(test_any_pieces),
		cmocka_unit_test(test_random_bytes),
	};

	return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
