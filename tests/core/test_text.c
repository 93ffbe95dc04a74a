/*
 * Foreign text before a terminal, widths, folding: hostile strings first.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include "core/text.h"

typedef void text_function(const char *text, struct buffer *out);

static void assert_gives(text_function *function, const char *text, const char *wanted)
{
	struct buffer out;

	buffer_init(&out);
	function(text, &out);
	assert_string_equal(buffer_text(&out), wanted);
	buffer_done(&out);
}

static void test_utf8(void **state)
{
	(void)state;
	assert_true(text_is_utf8("", 0));
	assert_true(text_is_utf8("O’Testa 王 \xF0\x9F\x98\x80", 18));
	assert_false(text_is_utf8("a\0b", 3));
	assert_false(text_is_utf8("\xC0\xAF", 2));	   /* overlong / */
	assert_false(text_is_utf8("\xE0\x80\xAF", 3));	   /* overlong / */
	assert_false(text_is_utf8("\xED\xA0\x80", 3));	   /* surrogate */
	assert_false(text_is_utf8("\xF4\x90\x80\x80", 4)); /* over U+10FFFF */
	assert_false(text_is_utf8("\xE2\x80", 2));	   /* cut short */
	assert_false(text_is_utf8("\x80", 1));
	assert_int_equal(text_length("Zoë 王\xFF"), 6);
}

static void test_show_leaves_names(void **state)
{
	static const char *const names[] = { "", "O'Testa", "Zoë Müller-Łukasz", "王小明",
		"דוד לוי", "محمد", "Nguyễn Thị", "Nguye\xCC\x82\xCC\x83n", "👮 £5 – “x”" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_gives(text_show, names[i], names[i]);
}

static void test_show_hostile(void **state)
{
	(void)state;
	assert_gives(text_show, "\x1B[2J\x1B]0;x\x07", "␛[2J␛]0;x␇");
	assert_gives(text_show, "a\r\nb\tc\x7F", "a␍␊b␉c␡");
	assert_gives(text_show,
		"\xC2\x9B"
		"31m",
		"<U+009B>31m");
	assert_gives(text_show, "\xC2\x85", "<U+0085>");
	assert_gives(text_show,
		"\x9B"
		"31m",
		"<0x9B>31m");
	assert_gives(text_show, "\xC0\x9B", "<0xC0><0x9B>");
	assert_gives(text_show, "\xED\xA0\x80", "<0xED><0xA0><0x80>");
	assert_gives(text_show, "\xE2\x80", "<0xE2><0x80>");
	assert_gives(text_show, "doc\xE2\x80\xAEtxt.exe", "doc<U+202E>txt.exe");
	assert_gives(text_show,
		"a\xE2\x80\xA8"
		"b\xE2\x80\xA9",
		"a<U+2028>b<U+2029>");
	assert_gives(text_show, "\xEF\xBB\xBFx", "<U+FEFF>x");
	assert_gives(text_show, "\xEE\x80\x80", "<U+E000>");
	assert_gives(text_show, "\xEF\xBF\xBF\xEF\xB7\x90", "<U+FFFF><U+FDD0>");
	assert_gives(text_show, "\xF3\xA0\x81\x81", "<U+E0041>"); /* tag: invisible */
	assert_gives(text_show, "\xF4\x8F\xBF\xBF", "<U+10FFFF>");
	assert_gives(text_show, "\xCD\xB8", "<U+0378>"); /* unassigned */
	assert_gives(text_show,
		"a\xC2\xAD"
		"b",
		"a<U+00AD>b");
	assert_gives(text_show, "a\xE3\x85\xA4", "a<U+3164>"); /* filler: a blank letter */
	assert_gives(text_show, "a\xEF\xB8\x8F", "a<U+FE0F>");
}

/* Every code that turns the direction, joins or is drawn as nothing, by its number. */
static void test_show_every_format_code(void **state)
{
	static const struct {
		int first, last;
	} ranges[] = { { 1, 0x1f }, { 0x7f, 0x9f }, { 0xad, 0xad }, { 0x34f, 0x34f },
		{ 0x61c, 0x61c }, { 0x180b, 0x180f }, { 0x200b, 0x200f }, { 0x2028, 0x202e },
		{ 0x2060, 0x206f }, { 0xe000, 0xf8ff }, { 0xfdd0, 0xfdef }, { 0xfe00, 0xfe0f },
		{ 0xfeff, 0xfeff }, { 0xfff0, 0xfffb }, { 0xfffe, 0xffff }, { 0xe0000, 0xe0fff },
		{ 0xf0000, 0xf00ff }, { 0x10ffff, 0x10ffff } };
	int count = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		for (int code = ranges[i].first; code <= ranges[i].last; code++, count++)
			assert_false(text_code_is_plain(code));
	assert_true(count > 6400);
	assert_true(text_code_is_plain('A') && text_code_is_plain(0x0301));
}

/* No shown text holds a control, a bad byte, or more than four marks in a row. */
static void test_show_random(void **state)
{
	unsigned seed = 20201221;

	(void)state;
	print_message("# seed %u\n", seed);
	for (int round = 0; round < 20000; round++) {
		char text[24] = { 0 };
		struct buffer out;
		const char *at;

		for (size_t i = 0; i < sizeof(text) - 1; i++) {
			seed = seed * 1103515245 + 12345;
			text[i] = (char)(seed >> 16);
		}
		buffer_init(&out);
		text_show(text, &out);
		assert_true(text_is_utf8(buffer_text(&out), out.size));
		at = buffer_text(&out);
		for (int32_t code = text_next(&at); code; code = text_next(&at)) {
			assert_true(text_code_is_plain(code));
			assert_true(wcwidth((wchar_t)code) >= 0);
		}
		buffer_done(&out);
	}
}

static void test_show_heaps_of_marks(void **state)
{
	struct buffer text, out;

	(void)state;
	assert_gives(text_show, "\xCC\x81x", "<U+0301>x");
	assert_gives(text_show,
		"e\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x85"
		"a\xCC\x81",
		"e\xCC\x81\xCC\x82\xCC\x83\xCC\x84<U+0305>a\xCC\x81");
	/* vowels of Hangul are letters that take no column */
	assert_gives(text_show, "\xE1\x85\xA1", "<U+1161>");
	buffer_init(&text);
	buffer_init(&out);
	buffer_add(&text, "Z");
	for (int i = 0; i < 1000; i++)
		buffer_add(&text, "\xCC\xB5");
	text_show(buffer_text(&text), &out);
	assert_int_equal(out.size, 1 + 4 * 2 + 996 * strlen("<U+0335>"));
	buffer_done(&text);
	buffer_done(&out);
}

static void test_width_and_fit(void **state)
{
	static const struct {
		const char *text;
		int width;
		const char *fitted;
		int used;
	} cases[] = { { "abc", 3, "abc", 3 }, { "abcd", 3, "ab…", 3 }, { "王小明", 6, "王小明", 6 },
		{ "王小明", 5, "王小…", 5 }, { "王小明", 4, "王…", 3 }, { "王小明", 1, "…", 1 },
		{ "abc", 0, "", 0 }, { "", 0, "", 0 }, { "e\xCC\x81xyz", 2, "e\xCC\x81…", 2 } };

	(void)state;
	assert_int_equal(text_width("O’Testa"), 7);
	assert_int_equal(text_width("王"), 2);
	assert_int_equal(text_width("e\xCC\x81"), 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buffer out;

		buffer_init(&out);
		assert_int_equal(text_fit(cases[i].text, cases[i].width, &out), cases[i].used);
		assert_string_equal(buffer_text(&out), cases[i].fitted);
		assert_int_equal(text_width(buffer_text(&out)), cases[i].used);
		buffer_done(&out);
	}
}

static void test_fold(void **state)
{
	(void)state;
	assert_gives(text_fold, "  O’Testa  ", "otesta");
	assert_gives(text_fold, "Łódź Ærøskøbing ẞ Œuf Þór Đorđe",
		"lodz aeroskobing ss oeuf thor dorde");
	assert_gives(text_fold, "ﬁ ﬃ Ｓｍｉｔｈ", "fi ffi smith");
	assert_gives(text_fold, "Smith–Jones\tand \n Sons", "smithjones and sons");
	assert_gives(text_fold, "İstanbul ıstanbul", "istanbul istanbul");
	assert_gives(text_fold, "ǾǼ", "oae");
	assert_gives(text_fold, "´ `", "");
	assert_gives(text_fold, "王小明", "王小明");
	assert_gives(text_fold, "a\xFF", "a\xEF\xBF\xBD");
}

static void test_same_name(void **state)
{
	static const char *const same[] = { "O’Testa", "O'TESTA", "OTesta", "o`testa", "Oʼtesta",
		"O´testa", " O‘Testa ", "O-Testa", "O‑Testa", "Ó’Tésta", "O\xCC\x81testa",
		"O\u200Btesta" };

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		assert_true(text_is_same_name(same[0], same[i]));
	assert_false(text_is_same_name("O’Testa", "O Testa"));
	assert_false(text_is_same_name("Ann", "Anne"));
	assert_true(text_is_same_name("Groß", "GROSS"));
	assert_true(text_is_same_name("Ann  Marie", "ann\xC2\xA0marie"));
}

static void test_number(void **state)
{
	static const char *const none[] = { "", " 1", "+1", "-1", "1 ", "1.0", "0x1",
		"18446744073709551616", "99999999999999999999999" };
	uint64_t number;

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_false(text_number(none[i], 0, UINT64_MAX, &number));
	assert_true(text_number("18446744073709551615", 0, UINT64_MAX, &number));
	assert_true(number == UINT64_MAX);
	assert_true(text_number("007", 1, 7, &number));
	assert_int_equal(number, 7);
	assert_false(text_number("8", 1, 7, &number));
	assert_false(text_number("0", 1, 7, &number));
	assert_true(text_number("0", 0, 0, &number));
}

static void test_start_ends_between_characters(void **state)
{
	static const struct {
		const char *text;
		int most, size;
	} starts[] = { { "", 4, 0 }, { "abc", 4, 3 }, { "abcd", 4, 4 }, { "abcde", 4, 4 },
		{ "abc\xc3\xa9", 4, 3 }, { "ab\xc3\xa9", 4, 4 }, { "a\xf0\x9f\x98\x80", 4, 1 },
		{ "abc\xff", 4, 4 }, { "\xc3\xa9", 0, 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		assert_int_equal(text_start(starts[i].text, starts[i].most), starts[i].size);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_start_ends_between_characters),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_show_leaves_names),
		cmocka_unit_test(test_show_hostile),
		cmocka_unit_test(test_show_every_format_code),
		cmocka_unit_test(test_show_random),
		cmocka_unit_test(test_show_heaps_of_marks),
		cmocka_unit_test(test_width_and_fit),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_same_name),
		cmocka_unit_test(test_number),
	};

	if (!setlocale(LC_ALL, "C.UTF-8"))
		return 1;
	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
