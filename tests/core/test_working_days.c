/*
 * Working days, the bank holidays shipped, the clock that stands while an
 * answer is awaited, and when a receipt is due.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/calendar.h"
#include "core/holidays.h"
#include "core/working_days.h"

enum { MOST_DAYS = 200 };
static int32_t shipped_days[MOST_DAYS];

static struct holidays shipped(void)
{
	size_t count = holidays_shipped_count();

	assert_true(count < MOST_DAYS);
	for (size_t i = 0; i < count; i++)
		shipped_days[i] = day_number(holidays_shipped(i)->day);
	return (struct holidays) { shipped_days, count };
}

static bool is_shipped(const char *day)
{
	for (size_t i = 0; i < holidays_shipped_count(); i++)
		if (strcmp(holidays_shipped(i)->day, day) == 0)
			return true;
	return false;
}

/* Easter Sunday by Gauss's rule as amended for the Gregorian calendar. */
static int32_t easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4;
	int f = (b + 8) / 25, g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30;
	int k = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7, m = (a + 11 * h + 22 * k) / 451;
	int sum = h + k - 7 * m + 114;
	char day[32];

	(void)snprintf(day, sizeof(day), "%04d-%02d-%02d", year, sum / 31, sum % 31 + 1);
	return day_number(day);
}

static int32_t day_in(int year, int month, int day)
{
	char text[40];

	(void)snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, day);
	return day_number(text);
}

/* 0 for Monday. */
static int32_t weekday(int32_t day)
{
	return (day + 3) % 7;
}

static int32_t first_monday(int32_t from)
{
	return from + (7 - weekday(from)) % 7;
}

static int32_t next_working(int32_t day)
{
	while (weekday(day) >= 5)
		day++;
	return day;
}

static void assert_shipped(int32_t day)
{
	char text[DAY_SIZE];

	day_from_number(day, text);
	if (!is_shipped(text))
		fail_msg("%s is not shipped", text);
}

/* By the Banking and Financial Dealings Act 1971 and the proclamations of 2020, 2022 and 2023. */
static void test_shipped_by_the_rules(void **state)
{
	size_t counted = 0;

	(void)state;
	for (int year = 2019; year <= 2027; year++) {
		int32_t christmas = day_in(year, 12, 25), boxing = day_in(year, 12, 26);
		int32_t moved = next_working(
			boxing > next_working(christmas) ? boxing : next_working(christmas) + 1);
		int32_t may = first_monday(day_in(year, 5, 1));
		int32_t spring = first_monday(day_in(year, 5, 25));

		assert_shipped(next_working(day_in(year, 1, 1)));
		assert_shipped(easter(year) - 2);
		assert_shipped(easter(year) + 1);
		assert_shipped(year == 2020 ? day_in(2020, 5, 8) : may);
		assert_shipped(year == 2022 ? day_in(2022, 6, 2) : spring);
		assert_shipped(first_monday(day_in(year, 8, 25)));
		assert_shipped(weekday(christmas) == 6 ? christmas + 2 : next_working(christmas));
		assert_shipped(moved);
		counted += 8;
	}
	assert_shipped(day_in(2022, 6, 3));
	assert_shipped(day_in(2022, 9, 19));
	assert_shipped(day_in(2023, 5, 8));
	assert_int_equal(holidays_shipped_count(), counted + 3);
	for (size_t i = 1; i < holidays_shipped_count(); i++)
		assert_true(strcmp(holidays_shipped(i - 1)->day, holidays_shipped(i)->day) < 0);
}

static int32_t between(const char *after, const char *last)
{
	struct holidays holidays = shipped();

	return working_days(&holidays, day_number(after), day_number(last));
}

static void test_days(void **state)
{
	(void)state;
	assert_int_equal(between("2021-01-04", "2021-01-04"), 0);
	assert_int_equal(between("2021-01-05", "2021-01-04"), 0);
	assert_int_equal(between("2021-01-08", "2021-01-11"), 1); /* Friday to Monday */
	assert_int_equal(between("2021-01-09", "2021-01-10"), 0); /* Saturday to Sunday */
	assert_int_equal(between("2020-12-31", "2021-01-04"), 1); /* over a year's end */
	assert_int_equal(between("2020-12-24", "2021-01-04"), 4); /* 29, 30, 31, 4 */
	assert_int_equal(between("2021-12-24", "2021-12-29"), 1); /* both are moved */
	assert_int_equal(between("2024-02-28", "2024-03-01"), 2); /* a leap day, a Thursday */
	assert_int_equal(between("2020-02-28", "2020-03-02"), 1); /* a leap day, a Saturday */
	assert_int_equal(between("2021-04-01", "2021-04-06"), 1); /* Easter */
	assert_int_equal(between("2024-03-28", "2024-04-02"), 1); /* with the clocks of 31 March */
	/* Received on a holiday: the first working day is the first. */
	assert_int_equal(between("2021-04-02", "2021-04-05"), 0);
	assert_int_equal(between("2021-04-02", "2021-04-06"), 1);
	assert_int_equal(between("2021-04-05", "2021-04-07"), 2);
	assert_int_equal(between("2021-01-04", "2022-01-04"), 253);
}

/* Counted day by day, from and to each day of two years. */
static void test_days_one_by_one(void **state)
{
	struct holidays holidays = shipped();
	int32_t first = day_number("2021-12-01"), last = day_number("2023-06-30");

	(void)state;
	for (int32_t from = first; from <= last; from += 3) {
		int32_t counted = 0;

		for (int32_t day = from + 1; day <= last; day++) {
			char text[DAY_SIZE];

			day_from_number(day, text);
			counted += weekday(day) < 5 && !is_shipped(text);
			assert_int_equal(working_days(&holidays, from, day), counted);
			if (counted > 0 && working_days(&holidays, day - 1, day) == 1)
				assert_int_equal(working_days_on(&holidays, from, counted), day);
		}
	}
}

/* The day of a moment is London's, and a day of 23 or 25 hours is one day. */
static void test_clock_changes(void **state)
{
	static const struct {
		int64_t moment;
		const char *day;
	} moments[] = {
		{ 1616889599, "2021-03-27" }, /* 23:59:59 GMT */
		{ 1616889600, "2021-03-28" }, /* 00:00 GMT; at 01:00 the clocks go on */
		{ 1616972399, "2021-03-28" }, /* 23:59:59 BST */
		{ 1616972400, "2021-03-29" }, /* 00:00 BST, 23 hours later */
		{ 1635634799, "2021-10-30" }, /* 23:59:59 BST */
		{ 1635634800, "2021-10-31" }, /* 00:00 BST; at 02:00 the clocks go back */
		{ 1635724799, "2021-10-31" }, /* 23:59:59 GMT */
		{ 1635724800, "2021-11-01" }, /* 00:00 GMT, 25 hours later */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
		char day[DAY_SIZE];

		day_of_moment(moments[i].moment, day);
		assert_string_equal(day, moments[i].day);
	}
	assert_int_equal(between("2021-03-26", "2021-03-29"), 1);
	assert_int_equal(between("2021-10-29", "2021-11-01"), 1);
	assert_int_equal(between("2021-03-22", "2021-04-01"), 8);
	assert_int_equal(between("2021-10-25", "2021-11-05"), 9);
}

struct wanted {
	const char *received, *waits, *today;
	int target, days;
	const char *due;
	int place; /* -1 still to come, 0 today, 1 overdue */
};

static void assert_age(const struct wanted *wanted)
{
	const struct age_facts facts = { wanted->received, "", wanted->waits, wanted->target };
	struct holidays holidays = shipped();
	struct age age;

	age_read(&holidays, &facts, wanted->today, &age);
	assert_int_equal(age.days, wanted->days);
	assert_string_equal(age.due, wanted->due);
	if (*wanted->due == '\0')
		return;
	assert_int_equal(age.is_due_today, wanted->place == 0);
	assert_int_equal(age.is_overdue, wanted->place == 1);
}

static void test_age(void **state)
{
	static const struct wanted cases[] = {
		{ "2021-01-04", "", "2021-01-04", 0, 0, "", 0 },
		{ "2021-01-04", "", "2021-01-14", 0, 8, "", 0 },
		{ "2021-01-04", "", "2021-01-14", 10, 8, "2021-01-18", -1 },
		{ "2021-01-04", "", "2021-01-18", 10, 10, "2021-01-18", 0 },
		{ "2021-01-04", "", "2021-01-19", 10, 11, "2021-01-18", 1 },
		{ "2021-01-04", "", "2021-01-23", 10, 14, "2021-01-18", 1 },
		{ "2021-03-31", "", "2021-04-01", 2, 1, "2021-04-06", -1 }, /* Easter between */
		{ "2021-04-02", "", "2021-04-06", 1, 1, "2021-04-06", 0 },  /* on Good Friday */
		{ "2020-12-23", "", "2020-12-31", 5, 4, "2021-01-04", -1 },
		/* Asked on the 6th (day 2), answered on the 13th: the 14th is day 3. */
		{ "2021-01-04", "2021-01-06/", "2021-01-06", 5, 2, "", 0 },
		{ "2021-01-04", "2021-01-06/", "2021-02-26", 5, 2, "", 0 },
		{ "2021-01-04", "2021-01-06/2021-01-13", "2021-01-13", 5, 2, "2021-01-18", -1 },
		{ "2021-01-04", "2021-01-06/2021-01-13", "2021-01-14", 5, 3, "2021-01-18", -1 },
		{ "2021-01-04", "2021-01-06/2021-01-13", "2021-01-18", 5, 5, "2021-01-18", 0 },
		{ "2021-01-04", "2021-01-06/2021-01-13", "2021-01-19", 5, 6, "2021-01-18", 1 },
		/* Twice, the second over a week's end; asked and answered on one day. */
		{ "2021-01-04", "2021-01-06/2021-01-13;2021-01-14/", "2021-01-29", 5, 3, "", 0 },
		{ "2021-01-04", "2021-01-06/2021-01-13;2021-01-14/2021-01-16", "2021-01-18", 5, 4,
			"2021-01-19", -1 },
		{ "2021-01-04", "2021-01-06/2021-01-06", "2021-01-11", 5, 5, "2021-01-11", 0 },
		/* Due before it was asked for stays due. */
		{ "2021-01-04", "2021-01-12/", "2021-02-26", 5, 6, "2021-01-11", 1 },
		{ "2021-01-04", "2021-01-11/", "2021-02-26", 5, 5, "2021-01-11", 1 },
		/* The day received was set right after that. */
		{ "2021-01-12", "2021-01-06/2021-01-13", "2021-01-14", 5, 1, "2021-01-20", -1 },
	};
	const struct age_facts decided = { "2021-01-04", "2021-01-05", "", 5 };
	struct holidays none = { 0 };
	struct age age;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_age(&cases[i]);
	age_read(&none, &decided, "2021-03-01", &age);
	assert_int_equal(age.days, -1);
	assert_string_equal(age.due, "");
}

static void test_waits(void **state)
{
	struct buffer one, two;

	(void)state;
	buffer_init(&one);
	buffer_init(&two);
	waits_begin("", "2021-01-06", &one);
	assert_string_equal(buffer_text(&one), "2021-01-06/");
	waits_end(buffer_text(&one), "2021-01-13", &two);
	assert_string_equal(buffer_text(&two), "2021-01-06/2021-01-13");
	buffer_done(&one);
	buffer_init(&one);
	waits_begin(buffer_text(&two), "2021-01-14", &one);
	assert_string_equal(buffer_text(&one), "2021-01-06/2021-01-13;2021-01-14/");
	buffer_done(&two);
	buffer_init(&two);
	waits_end("2021-01-06/2021-01-13", "2021-01-20", &two);
	assert_string_equal(buffer_text(&two), "2021-01-06/2021-01-13");
	buffer_done(&one);
	buffer_done(&two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shipped_by_the_rules),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_days_one_by_one),
		cmocka_unit_test(test_clock_changes),
		cmocka_unit_test(test_age),
		cmocka_unit_test(test_waits),
	};

	return cmocka_run_group_tests_name("working days", tests, NULL, NULL);
}
