/*
 * Days: leap days, summer time, what people type. The C library's own calendar
 * is the second opinion.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/calendar.h"

static void test_valid_days(void **state)
{
	static const char *const good[] = { "2020-02-29", "2000-02-29", "1800-01-01", "2200-12-31",
		"2021-12-31" };
	static const char *const bad[] = { "", "2021-02-29", "1900-02-29", "2020-13-01",
		"2020-00-10", "2020-04-31", "2020-1-01", "2020-01-1", "20200101", "2020-01-01 ",
		" 2020-01-01", "1799-12-31", "2201-01-01", "-020-01-01", "2020/01/01",
		"2020-01-01T", "２０２０-01-01", "2020-01", "0x20-01-01" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(day_is_valid(good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(day_is_valid(bad[i]));
	assert_true(month_is_valid("2020-12"));
	assert_false(month_is_valid("2020-13"));
	assert_false(month_is_valid("2020-12-01"));
	assert_false(month_is_valid("2020"));
}

static void test_day_numbers(void **state)
{
	char day[DAY_SIZE], wanted[32];
	int32_t first = day_number("1800-01-01"), last = day_number("2200-12-31");

	(void)state;
	assert_int_equal(day_number("1970-01-01"), 0);
	assert_int_equal(day_number("2000-03-01"), 11017);
	assert_int_equal(last - first, 146461);
	for (int32_t number = first; number <= last; number++) {
		time_t moment = (time_t)number * 86400;
		struct tm tm;

		assert_non_null(gmtime_r(&moment, &tm));
		assert_true(strftime(wanted, sizeof(wanted), "%Y-%m-%d", &tm) > 0);
		day_from_number(number, day);
		assert_string_equal(day, wanted);
		assert_int_equal(day_number(day), number);
	}
}

static void test_summer_time(void **state)
{
	static const struct {
		const char *moment, *day;
	} cases[] = {
		{ "2020-03-28T23:30:00Z", "2020-03-28" }, /* clocks change on the 29th at 01:00 */
		{ "2020-03-29T23:00:00Z", "2020-03-30" },
		{ "2020-03-29T22:59:59Z", "2020-03-29" },
		{ "2020-06-30T23:15:00Z", "2020-07-01" },
		{ "2020-10-24T23:00:00Z", "2020-10-25" },
		{ "2020-10-25T23:30:00Z", "2020-10-25" }, /* back on the 25th at 01:00 */
		{ "2020-12-31T23:59:59Z", "2020-12-31" },
		{ "2021-01-01T00:00:00Z", "2021-01-01" },
		{ "2021-03-28T00:59:59Z", "2021-03-28" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct tm tm = { 0 };
		char day[DAY_SIZE], text[21];
		int64_t moment;

		assert_non_null(strptime(cases[i].moment, "%Y-%m-%dT%H:%M:%SZ", &tm));
		moment = timegm(&tm);
		day_of_moment(moment, day);
		assert_string_equal(day, cases[i].day);
		moment_text(moment, text);
		assert_string_equal(text, cases[i].moment);
	}
}

/* Every six hours from 1996 to 2037 against the zone file, where the machine has one. */
static void test_summer_time_against_zone_file(void **state)
{
	time_t first = 820454400, last = 2145916800;
	struct tm tm;
	int summer = 0;

	(void)state;
	assert_int_equal(setenv("TZ", "Europe/London", 1), 0);
	tzset();
	if (!localtime_r(&(time_t) { 1593561600 }, &tm) || !tm.tm_isdst) {
		print_message("# no zone file here\n");
		skip();
	}
	for (time_t moment = first; moment < last; moment += 21600 - 900) {
		char day[DAY_SIZE], time[TIME_SIZE], wanted[32];

		assert_non_null(localtime_r(&moment, &tm));
		assert_true(strftime(wanted, sizeof(wanted), "%Y-%m-%d", &tm) > 0);
		day_of_moment(moment, day);
		assert_string_equal(day, wanted);
		assert_true(strftime(wanted, sizeof(wanted), "%H:%M", &tm) > 0);
		time_of_moment(moment, time);
		assert_string_equal(time, wanted);
		summer += tm.tm_isdst > 0;
	}
	assert_true(summer > 1000);
}

static void test_moment_before_1970(void **state)
{
	char day[DAY_SIZE], text[21];

	(void)state;
	moment_text(-1, text);
	assert_string_equal(text, "1969-12-31T23:59:59Z");
	day_of_moment(-86400, day);
	assert_string_equal(day, "1969-12-31");
}

static void test_typed(void **state)
{
	static const struct {
		const char *typed, *day;
	} good[] = { { "2020-12-14", "2020-12-14" }, { "14/12/2020", "2020-12-14" },
		{ "3/11/20", "2020-11-03" }, { "03.11.20", "2020-11-03" },
		{ "3-11-2020", "2020-11-03" }, { "t", "2021-01-04" }, { "y", "2021-01-03" },
		{ " t ", "2021-01-04" }, { "1/1/22", "2022-01-01" }, { "1/1/23", "1923-01-01" },
		{ "29/2/80", "1980-02-29" }, { "1/1/00", "2000-01-01" } };
	static const char *const bad[] = { "", " ", "x", "tt", "31/02/2020", "12/14/2020", "1/1/1",
		"1/1/200", "1/1/20200", "1/1", "1/1-20", "1 1 20", "t t", "/1/20", "14/12/2020x",
		"2020-12-14-99999999" };
	char day[DAY_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(day_from_typed(good[i].typed, "2021-01-04", day));
		assert_string_equal(day, good[i].day);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(day_from_typed(bad[i], "2021-01-04", day));
	assert_true(day_from_typed("y", "2021-01-01", day));
	assert_string_equal(day, "2020-12-31");
}

static void test_shown(void **state)
{
	char shown[64], month[32], next[8];
	char lengthy[200];

	(void)state;
	day_shown("2020-12-14", shown);
	assert_string_equal(shown, "14/12/2020");
	day_shown("-", shown);
	assert_string_equal(shown, "-");
	memset(lengthy, 'x', sizeof(lengthy) - 1);
	lengthy[sizeof(lengthy) - 1] = '\0';
	memcpy(lengthy + 62, "é", 2); /* would be cut in its middle */
	day_shown(lengthy, shown);
	assert_int_equal(strlen(shown), 62);
	month_shown("2020-12", month);
	assert_string_equal(month, "December 2020");
	month_digits("1996-10", shown);
	assert_string_equal(shown, "10/1996");
	month_digits("1996", shown);
	assert_string_equal(shown, "1996");
	month_shown("2020", month);
	assert_string_equal(month, "2020");
	month_next("2020-12", next);
	assert_string_equal(next, "2021-01");
	month_next("2020-01", next);
	assert_string_equal(next, "2020-02");
	assert_string_equal(weekday_short("2021-01-04"), "Mon");
	assert_string_equal(weekday_short("1970-01-01"), "Thu");
	assert_string_equal(weekday_short("1900-01-07"), "Sun");
	assert_string_equal(weekday_short("-"), "");
}

/* The day stays the day asked for, also in the hour that summer time moves over midnight. */
static void test_moment_on_day(void **state)
{
	static const char *const days[] = { "2021-01-04", "2020-03-29", "2020-07-01",
		"2020-10-25" };

	(void)state;
	for (size_t d = 0; d < sizeof(days) / sizeof(days[0]); d++)
		for (int64_t time = 0; time < 86400; time += 599) {
			int64_t moment =
				moment_on_day(days[d], INT64_C(1600000000) / 86400 * 86400 + time);
			char day[DAY_SIZE];

			day_of_moment(moment, day);
			assert_string_equal(day, days[d]);
		}
	assert_int_equal(moment_on_day("2021-01-04", 3661), 1609718400 + 3661);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_moment_on_day),
		cmocka_unit_test(test_valid_days),
		cmocka_unit_test(test_day_numbers),
		cmocka_unit_test(test_summer_time),
		cmocka_unit_test(test_summer_time_against_zone_file),
		cmocka_unit_test(test_moment_before_1970),
		cmocka_unit_test(test_typed),
		cmocka_unit_test(test_shown),
	};

	return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
