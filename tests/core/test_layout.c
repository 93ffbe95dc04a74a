/*
 * Paragraphs and tables as they are printed, to the blank.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/layout.h"

static void check_paragraph(const char *text, int indent, int width, const char *wanted)
{
	struct buffer out;

	buffer_init(&out);
	layout_paragraph(text, indent, width, &out);
	assert_string_equal(buffer_text(&out), wanted);
	buffer_done(&out);
}

static void test_paragraph(void **state)
{
	(void)state;
	check_paragraph("one two  three", 2, 0, "one two  three\n");
	check_paragraph("one two three", 2, 13, "one two three\n");
	check_paragraph("one two three", 2, 12, "one two\n  three\n");
	check_paragraph("one two three four", 2, 7, "one two\n  three\n  four\n");
	check_paragraph("unbreakable", 2, 4, "unbreakable\n");
	check_paragraph("a unbreakable b", 0, 4, "a\nunbreakable\nb\n");
	check_paragraph("王王 王王", 0, 8, "王王\n王王\n");
	check_paragraph("", 0, 0, "\n");
}

static void check_number(int64_t number, const char *wanted)
{
	char shown[32];

	layout_number(number, shown);
	assert_string_equal(shown, wanted);
}

static void test_number(void **state)
{
	(void)state;
	check_number(0, "0");
	check_number(999, "999");
	check_number(1000, "1,000");
	check_number(-999, "-999");
	check_number(-1234567, "-1,234,567");
	check_number(INT64_MAX, "9,223,372,036,854,775,807");
	check_number(INT64_MIN, "-9,223,372,036,854,775,808");
}

static void add_row(
	struct layout_table *table, enum layout_row kind, const char *const *cells, size_t count)
{
	layout_table_row(table, kind);
	for (size_t i = 0; i < count; i++)
		layout_table_cell(table, cells[i]);
}

static void check_table(int least, int width, const char *wanted)
{
	static const char *const head[] = { "", "Court Order", "NCA", "Total" };
	static const char *const first[] = { "All that was sent back", "8", "", "1,234" };
	static const char *const second[] = { "王", "25" };
	struct layout_table *table = layout_table_new(3, least);
	struct buffer out;

	add_row(table, LAYOUT_HEAD, head, 4);
	layout_table_row(table, LAYOUT_RULE);
	add_row(table, LAYOUT_CELLS, first, 4);
	layout_table_row(table, LAYOUT_EMPTY);
	add_row(table, LAYOUT_CELLS, second, 2);
	buffer_init(&out);
	layout_table_write(table, width, &out);
	assert_string_equal(buffer_text(&out), wanted);
	buffer_done(&out);
	layout_table_free(table);
}

static void test_table(void **state)
{
	(void)state;
	check_table(0, 0,
		"                        Court Order  NCA  Total\n"
		"-----------------------------------------------\n"
		"All that was sent back            8       1,234\n"
		"\n"
		"王                               25\n");
	check_table(50, 0,
		"                           Court Order  NCA  Total\n"
		"--------------------------------------------------\n"
		"All that was sent back               8       1,234\n"
		"\n"
		"王                                  25\n");
}

/* First the heads wrap, then the labels, then columns go on below. */
static void test_narrow_table(void **state)
{
	(void)state;
	check_table(50, 47,
		"                        Court Order  NCA  Total\n"
		"───────────────────────────────────────────────\n"
		"All that was sent back            8       1,234\n"
		"\n"
		"王                               25\n");
	check_table(50, 46,
		"                        Court\n"
		"                        Order  NCA  Total\n"
		"─────────────────────────────────────────\n"
		"All that was sent back      8       1,234\n"
		"\n"
		"王                         25\n");
	check_table(0, 35,
		"                  Court\n"
		"                  Order  NCA  Total\n"
		"───────────────────────────────────\n"
		"All that was\n"
		"  sent back           8       1,234\n"
		"\n"
		"王                   25\n");
	check_table(0, 17,
		"        Court\n"
		"        Order\n"
		"─────────────\n"
		"All\n"
		"  that\n"
		"  was\n"
		"  sent\n"
		"  back      8\n"
		"\n"
		"王         25\n"
		"\n"
		"        NCA\n"
		"───────────\n"
		"All\n"
		"  that\n"
		"  was\n"
		"  sent\n"
		"  back\n"
		"\n"
		"王\n"
		"\n"
		"        Total\n"
		"─────────────\n"
		"All\n"
		"  that\n"
		"  was\n"
		"  sent\n"
		"  back  1,234\n"
		"\n"
		"王\n");
}

/* The further lines of a label are narrower by their indent. */
static void test_label_keeps_its_gap(void **state)
{
	static const char *const cells[] = { "aaaaaaaa bbbb cccc", "1", "2" };
	struct layout_table *table = layout_table_new(2, 0);
	struct buffer out;

	(void)state;
	add_row(table, LAYOUT_CELLS, cells, 3);
	buffer_init(&out);
	layout_table_write(table, 16, &out);
	assert_string_equal(buffer_text(&out), "aaaaaaaa\n"
					       "  bbbb\n"
					       "  cccc      1  2\n");
	buffer_done(&out);
	buffer_init(&out);
	layout_table_write(table, 17, &out);
	assert_string_equal(buffer_text(&out), "aaaaaaaa\n"
					       "  bbbb cccc  1  2\n");
	buffer_done(&out);
	layout_table_free(table);
}

/* Three would fit, but then one would stand alone. */
static void test_blocks_are_even(void **state)
{
	static const char *const cells[] = { "x", "1", "2", "3", "4" };
	struct layout_table *table = layout_table_new(4, 0);
	struct buffer out;

	(void)state;
	add_row(table, LAYOUT_CELLS, cells, 5);
	buffer_init(&out);
	layout_table_write(table, 10, &out);
	assert_string_equal(buffer_text(&out), "x  1  2\n\nx  3  4\n");
	buffer_done(&out);
	layout_table_free(table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paragraph),
		cmocka_unit_test(test_number),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_narrow_table),
		cmocka_unit_test(test_label_keeps_its_gap),
		cmocka_unit_test(test_blocks_are_even),
	};

	(void)setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
