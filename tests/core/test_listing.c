/*
 * The subject, what is urgent and what is due in lists of receipts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <locale.h>
#include <stdio.h>

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

static void test_urgent(void **state)
{
	struct request_row row = { .needed_by = "2021-01-08" };

	(void)state;
	assert_false(listing_is_urgent(&row, "2021-01-04"));
	assert_true(listing_is_urgent(&row, "2021-01-05"));
	assert_true(listing_is_urgent(&row, "2021-02-01"));
	row = (struct request_row) { .needed_by = "-" };
	assert_false(listing_is_urgent(&row, "2021-01-04"));
	row.safeguarding = true;
	assert_true(listing_is_urgent(&row, "2021-01-04"));
	(void)snprintf(row.decided, sizeof(row.decided), "2021-01-04");
	assert_false(listing_is_urgent(&row, "2021-01-04"));
}

static void assert_due(const struct age *age, const char *wanted)
{
	struct buffer text;

	buffer_init(&text);
	listing_due(age, &text);
	assert_string_equal(buffer_text(&text), wanted);
	buffer_done(&text);
}

static void test_due(void **state)
{
	struct age age = { .days = 3 };

	(void)state;
	assert_due(&age, "");
	(void)snprintf(age.due, sizeof(age.due), "2021-01-04");
	assert_due(&age, "04/01/2021");
	age.is_due_today = true;
	assert_due(&age, "04/01/2021 today");
	age = (struct age) { .due = "2021-01-04", .is_overdue = true };
	assert_due(&age, "04/01/2021 overdue");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_subject),
		cmocka_unit_test(test_urgent),
		cmocka_unit_test(test_due),
	};

	(void)setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("lists of receipts", tests, NULL, NULL);
}
