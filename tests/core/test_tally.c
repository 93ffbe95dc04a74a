/*
 * Counts by columns.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/tally.h"

static void assert_row(
	const struct tally *tally, size_t row, const char *first, const char *second, int64_t count)
{
	assert_string_equal(tally->rows[row].values[0], first);
	if (second)
		assert_string_equal(tally->rows[row].values[1], second);
	assert_int_equal(tally->rows[row].count, count);
}

static void test_counts_in_order(void **state)
{
	static const char *const receipts[][2] = { { "police", "11" }, { "nca", "1" },
		{ "police", "1" }, { "police", "11" }, { "ccrc", "14" }, { "nca", "1" } };
	struct tally tally;
	char why[512];

	(void)state;
	assert_true(tally_init(&tally, "service,state", why, sizeof(why)));
	for (size_t i = 0; i < sizeof(receipts) / sizeof(receipts[0]); i++)
		tally_add(&tally, receipts[i]);
	assert_int_equal(tally.row_count, 4);
	assert_row(&tally, 0, "ccrc", "withdrawn", 1);
	assert_row(&tally, 1, "nca", "received", 2);
	assert_row(&tally, 2, "police", "received", 1);
	assert_row(&tally, 3, "police", "rejected", 2);
	assert_string_equal(tally_label(tally.columns[0], "nca"), "NCA");
	assert_string_equal(tally_label(tally.columns[1], "rejected"), "Rejected");
	assert_string_equal(tally_label(tally.columns[0], "?"), "?");
	tally_clear(&tally);
}

/* One with two reasons counts under each. */
static void test_reasons(void **state)
{
	static const char *const receipts[][2] = { { "necessity_stated;service_open", "nca" },
		{ "", "nca" }, { "service_open", "nca" }, { "service_open", "police" } };
	struct tally tally;
	char why[512];

	(void)state;
	assert_true(tally_init(&tally, "reasons,service", why, sizeof(why)));
	for (size_t i = 0; i < sizeof(receipts) / sizeof(receipts[0]); i++)
		tally_add(&tally, receipts[i]);
	assert_int_equal(tally.row_count, 4);
	assert_row(&tally, 0, "", "nca", 1);
	assert_row(&tally, 1, "necessity_stated", "nca", 1);
	assert_row(&tally, 2, "service_open", "nca", 2);
	assert_row(&tally, 3, "service_open", "police", 1);
	tally_clear(&tally);
}

static void test_mistakes(void **state)
{
	struct tally tally;
	char why[512] = "";

	(void)state;
	assert_false(tally_init(&tally, "service,surname", why, sizeof(why)));
	assert_non_null(
		strstr(why, "\"surname\" is no column to count by; choose one of service, "));
	assert_false(tally_init(&tally, "", why, sizeof(why)));
	assert_false(tally_init(&tally, "service,", why, sizeof(why)));
	assert_false(tally_init(&tally, "service,state,service", why, sizeof(why)));
	assert_non_null(strstr(why, "\"service\" is named twice"));
	tally_clear(&tally);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counts_in_order),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_mistakes),
	};

	return cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
