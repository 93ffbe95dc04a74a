/*
 * The subject and the age in lists of receipts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <locale.h>
#include <stdio.h>

#include "core/calendar.h"
#include "core/listing.h"

static void assert_subject(
	const char *surname, const char *forenames, int subjects, const char *wanted)
{
	struct request_row row = { .subjects = subjects };
	struct buffer text;

	record_set(&row.surname, surname);
	record_set(&row.forenames, forenames);
	record_set(&row.organisation, "");
	buffer_init(&text);
	listing_subject(&row, &text);
	assert_string_equal(buffer_text(&text), wanted);
	buffer_done(&text);
	request_rows_clear(&row, 1);
}

static void test_subject(void **state)
{
	(void)state;
	assert_subject("", "", 0, "");
	assert_subject("O'Testa", "ann marie", 1, "O'TESTA, A");
	assert_subject("Nguy\u1ec5n", "\u00c9mile", 4, "NGUY\u1ec4N, \u00c9 +3");
	assert_subject("", "Xi", 1, "X");
	assert_subject("\u738b", "", 2, "\u738b +1");
}

static int32_t age(const char *received, const char *today)
{
	struct request_row row = { 0 };

	(void)snprintf(row.received, sizeof(row.received), "%s", received);
	return listing_age(&row, today);
}

static void test_age(void **state)
{
	struct request_row decided = { .received = "2020-12-01", .decided = "2020-12-02" };

	(void)state;
	assert_int_equal(age("2021-01-04", "2021-01-04"), 0);
	assert_int_equal(age("2021-01-01", "2021-01-04"), 1); /* Friday to Monday */
	assert_int_equal(age("2021-01-02", "2021-01-03"), 0); /* Saturday to Sunday */
	assert_int_equal(age("2020-12-31", "2021-01-04"), 2);
	assert_int_equal(age("2020-01-06", "2021-01-04"), 260); /* 52 weeks */
	assert_int_equal(age("2021-01-05", "2021-01-04"), 0);
	assert_int_equal(listing_age(&decided, "2021-01-04"), -1);
}

/* Whole weeks at once and day by day must come to the same. */
static void test_age_counts_every_weekday(void **state)
{
	int32_t today = day_number("2021-01-04");
	int32_t counted = 0;
	char day[DAY_SIZE];

	(void)state;
	for (int32_t back = 0; back < 400; back++) {
		day_from_number(today - back, day);
		assert_int_equal(age(day, "2021-01-04"), counted);
		counted += weekday_short(day)[0] != 'S';
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_subject),
		cmocka_unit_test(test_age),
		cmocka_unit_test(test_age_counts_every_weekday),
	};

	(void)setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("lists of receipts", tests, NULL, NULL);
}
