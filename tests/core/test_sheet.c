/*
 * Sheets: aligned text with foreign scripts and hostile bytes, exact csv, the
 * guard for spreadsheets, json of every kind of cell.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "core/sheet.h"

static const struct sheet_column columns[] = {
	{ "reference", "Receipt", CELL_TEXT, false, false },
	{ "count", "Number", CELL_NUMBER, false, false },
	{ "received", "Received", CELL_DAY, false, false },
	{ "subject", "Subject", CELL_TEXT, false, true },
	{ "sealed", "Sealed", CELL_YES_NO, false, false },
	{ "secret", "", CELL_TEXT, true, false },
	{ "items", "Asks for", CELL_LIST, false, false },
};

static struct sheet *sheet_of_columns(void)
{
	return sheet_new(columns, sizeof(columns) / sizeof(columns[0]));
}

static void add_row(struct sheet *sheet, const char *reference, int64_t count, const char *subject)
{
	sheet_text(sheet, reference);
	sheet_number(sheet, count);
	sheet_text(sheet, "2020-12-03");
	sheet_text(sheet, subject);
	sheet_yes_no(sheet, count > 1);
	sheet_text(sheet, "x");
	sheet_text(sheet, "name;address");
}

static void check_text(struct sheet *sheet, const char *wanted)
{
	struct buffer out;

	buffer_init(&out);
	sheet_write_text(sheet, &out);
	assert_string_equal(buffer_text(&out), wanted);
	buffer_done(&out);
	sheet_free(sheet);
}

static void test_text(void **state)
{
	struct sheet *sheet = sheet_of_columns();

	(void)state;
	add_row(sheet, "TR-1", 7, "O'TESTA, A");
	add_row(sheet, "TR-22", 1234567, "王, 小");
	add_row(sheet, "", -5, "");
	assert_int_equal(sheet_rows(sheet), 3);
	check_text(sheet, "Receipt     Number  Received    Subject     Sealed  Asks for\n"
			  "-----------------------------------------------------------------\n"
			  "TR-1             7  03/12/2020  O'TESTA, A  yes     name, address\n"
			  "TR-22    1,234,567  03/12/2020  王, 小      yes     name, address\n"
			  "                -5  03/12/2020              no      name, address\n");
}

static void test_text_of_no_row(void **state)
{
	(void)state;
	check_text(sheet_of_columns(), "Receipt  Number  Received  Subject  Sealed  Asks for\n"
				       "----------------------------------------------------\n"
				       "(none)\n");
}

static void test_text_is_made_visible(void **state)
{
	static const struct sheet_column two[] = { { "a", "A", CELL_TEXT, false, false },
		{ "b", "B", CELL_TEXT, false, false } };
	struct sheet *sheet = sheet_new(two, 2);

	(void)state;
	sheet_text(sheet, "\x1b]0;x\x07");
	sheet_text(sheet, "a\xe2\x80\xae"
			  "b\nc");
	check_text(sheet, "A       B\n"
			  "--------------------\n"
			  "␛]0;x␇  a<U+202E>b␊c\n");
}

/* Only the last column is printed whole, however long. */
static void test_long_text_is_cut(void **state)
{
	static const char fifty[] = "12345678901234567890123456789012345678901234567890";
	static const struct sheet_column two[] = { { "a", "A", CELL_TEXT, false, false },
		{ "b", "B", CELL_TEXT, false, false } };
	struct sheet *sheet = sheet_new(two, 2);
	struct buffer out;

	(void)state;
	sheet_text(sheet, fifty);
	sheet_text(sheet, fifty);
	buffer_init(&out);
	sheet_write_text(sheet, &out);
	assert_non_null(strstr(out.text, "123456789012345678901234567890123456789…  1234567890"));
	assert_non_null(strstr(out.text, "678901234567890\n"));
	buffer_done(&out);
	buffer_init(&out);
	sheet_write_csv(sheet, false, &out);
	assert_int_equal(out.size, strlen("a,b\n") + 2 * strlen(fifty) + 2);
	buffer_done(&out);
	sheet_free(sheet);
}

static void test_csv(void **state)
{
	struct sheet *sheet = sheet_of_columns();
	struct buffer out;

	(void)state;
	add_row(sheet, "say \"no\", twice", 1234567, "not in csv");
	add_row(sheet, "two\nlines", -5, "");
	add_row(sheet, NULL, 0, "");
	buffer_init(&out);
	sheet_write_csv(sheet, true, &out);
	assert_string_equal(out.text,
		"reference,count,received,sealed,secret,items\n"
		"\"say \"\"no\"\", twice\",1234567,2020-12-03,yes,x,name;address\n"
		"\"two\nlines\",-5,2020-12-03,no,x,name;address\n"
		",0,2020-12-03,no,x,name;address\n");
	buffer_done(&out);
	sheet_free(sheet);
}

static void check_cell(const char *text, bool spreadsheet, const char *wanted)
{
	struct buffer out;

	buffer_init(&out);
	csv_write_cell(text, spreadsheet, &out);
	assert_string_equal(buffer_text(&out), wanted);
	buffer_done(&out);
}

static void test_csv_cell(void **state)
{
	static const char *const formulas[][2] = { { "=1+1", "'=1+1" }, { "+44", "'+44" },
		{ "-", "'-" }, { "@SUM(A1)", "'@SUM(A1)" }, { "\tx", "'\tx" },
		{ "\rx", "\"'\rx\"" }, { "\nx", "\"'\nx\"" }, { "=\"a\",1", "\"'=\"\"a\"\",1\"" } };

	(void)state;
	for (size_t i = 0; i < sizeof(formulas) / sizeof(formulas[0]); i++)
		check_cell(formulas[i][0], true, formulas[i][1]);
	check_cell("=1+1", false, "=1+1");
	check_cell("-", false, "-");
	check_cell("", true, "");
	check_cell("a=b", true, "a=b");
	check_cell("'=1", true, "'=1");
	check_cell(" a ", false, " a ");
	check_cell("a,b", false, "\"a,b\"");
	check_cell("\"", false, "\"\"\"\"");
	check_cell("a\rb", false, "\"a\rb\"");
}

static void check_json(const struct sheet_column *column, const char *text, const char *wanted)
{
	struct sheet *sheet = sheet_new(column, 1);
	struct buffer out;
	json_t *root;
	char *dumped;

	sheet_text(sheet, text);
	buffer_init(&out);
	sheet_write_json(sheet, &out);
	root = json_loads(out.text, 0, NULL);
	assert_non_null(root);
	dumped = json_dumps(json_array_get(root, 0), JSON_COMPACT);
	assert_string_equal(dumped, wanted);
	free(dumped);
	json_decref(root);
	buffer_done(&out);
	sheet_free(sheet);
}

static void test_json(void **state)
{
	static const struct sheet_column kinds[] = {
		[CELL_TEXT] = { "c", "C", CELL_TEXT, false, false },
		[CELL_NUMBER] = { "c", "C", CELL_NUMBER, false, false },
		[CELL_DAY] = { "c", "C", CELL_DAY, false, false },
		[CELL_YES_NO] = { "c", "C", CELL_YES_NO, false, false },
		[CELL_TENTHS] = { "c", "C", CELL_TENTHS, false, false },
		[CELL_LIST] = { "c", "C", CELL_LIST, false, false },
	};

	(void)state;
	check_json(&kinds[CELL_TEXT], "", "{\"c\":null}");
	check_json(&kinds[CELL_TEXT], "12", "{\"c\":\"12\"}");
	check_json(&kinds[CELL_TEXT], "a\"\\\n\x01é", "{\"c\":\"a\\\"\\\\\\n\\u0001é\"}");
	check_json(&kinds[CELL_NUMBER], "12", "{\"c\":12}");
	check_json(&kinds[CELL_NUMBER], "-12", "{\"c\":-12}");
	check_json(&kinds[CELL_NUMBER], "007", "{\"c\":7}");
	check_json(&kinds[CELL_NUMBER], "", "{\"c\":null}");
	check_json(&kinds[CELL_NUMBER], "-", "{\"c\":\"-\"}");
	check_json(&kinds[CELL_DAY], "2020-12-03", "{\"c\":\"2020-12-03\"}");
	check_json(&kinds[CELL_DAY], "", "{\"c\":null}");
	check_json(&kinds[CELL_YES_NO], "yes", "{\"c\":true}");
	check_json(&kinds[CELL_YES_NO], "no", "{\"c\":false}");
	check_json(&kinds[CELL_YES_NO], "-", "{\"c\":\"-\"}");
	check_json(&kinds[CELL_YES_NO], "", "{\"c\":null}");
	check_json(&kinds[CELL_TENTHS], "77.5", "{\"c\":77.5}");
	check_json(&kinds[CELL_TENTHS], "", "{\"c\":null}");
	check_json(&kinds[CELL_LIST], "", "{\"c\":[]}");
	check_json(&kinds[CELL_LIST], "a", "{\"c\":[\"a\"]}");
	check_json(&kinds[CELL_LIST], "a;b", "{\"c\":[\"a\",\"b\"]}");
}

static void test_json_rows(void **state)
{
	struct sheet *sheet = sheet_of_columns();
	struct buffer out;

	(void)state;
	buffer_init(&out);
	sheet_write_json(sheet, &out);
	assert_string_equal(out.text, "[]\n");
	add_row(sheet, "A", 2, "not in json");
	add_row(sheet, "B", 1, "");
	buffer_done(&out);
	sheet_write_json(sheet, &out);
	assert_string_equal(out.text,
		"[\n{\"reference\":\"A\",\"count\":2,\"received\":\"2020-12-03\",\"sealed\":true,"
		"\"secret\":\"x\",\"items\":[\"name\",\"address\"]},\n"
		"{\"reference\":\"B\",\"count\":1,\"received\":\"2020-12-03\",\"sealed\":false,"
		"\"secret\":\"x\",\"items\":[\"name\",\"address\"]}\n]\n");
	buffer_done(&out);
	sheet_free(sheet);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_text_of_no_row),
		cmocka_unit_test(test_text_is_made_visible),
		cmocka_unit_test(test_long_text_is_cut),
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_csv_cell),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_json_rows),
	};

	(void)setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
}
