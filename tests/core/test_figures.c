/*
 * Periods and figures: rounding half up, division by zero, what is shown, what
 * is refused, totals both ways.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/figures.h"
#include "core/services.h"
#include "tests/core/published.h"

static void check_period(const char *period, const char *first, const char *last)
{
	struct figures_span span = { "", "" };
	char why[200] = "";
	bool is_good = figures_period(period, "2021-01-04", &span, why, sizeof(why));

	if (!first) {
		if (is_good || !*why)
			fail_msg("'%s' was taken as %s to %s", period, span.first, span.last);
		return;
	}
	if (!is_good)
		fail_msg("%s", why);
	assert_string_equal(span.first, first);
	assert_string_equal(span.last, last);
}

static void test_period(void **state)
{
	static const char *const nonsense[] = { "", "2020-13", "2020-00", "2020-1", "20", "202a",
		"2020-12-01", "2020..2021", "2020-01..2020", "2020-01.2020-02", "2020-01..2020-13",
		"2020-01...2020-2", "december", " 2020", "2020 ", "2020-12\n", "-",
		"2020-03..2020-02" };

	(void)state;
	check_period("2020-12", "2020-12", "2020-12");
	check_period("2020", "2020-01", "2020-12");
	check_period("2020-07..2020-12", "2020-07", "2020-12");
	check_period("2019-12..2020-01", "2019-12", "2020-01");
	check_period("2021-01", "2021-01", "2021-01");
	/* Up to the present month, and nothing that has not begun. */
	check_period("2021", "2021-01", "2021-01");
	check_period("2020-12..2021-06", "2020-12", "2021-01");
	check_period("2021-02", NULL, NULL);
	check_period("2022", NULL, NULL);
	check_period("2021-02..2021-03", NULL, NULL);
	for (size_t i = 0; i < sizeof(nonsense) / sizeof(nonsense[0]); i++)
		check_period(nonsense[i], NULL, NULL);
}

/* The figures of one month with these submissions. */
static void check_submissions(
	const struct submission_count *counted, int64_t average, int64_t tenths, int64_t unmatched)
{
	const struct figures_counts counts = { .submissions = counted, .submission_count = 1 };
	struct figures *figures = published_figures("2020-12", &counts);
	const int64_t *dbsb = figures->months[0].dbsb;

	assert_int_equal(dbsb[DBSB_AVERAGE], average);
	assert_int_equal(dbsb[DBSB_SINGLE_PERCENT], tenths);
	assert_int_equal(dbsb[DBSB_UNMATCHED], unmatched);
	figures_free(figures);
}

static void test_rounding(void **state)
{
	(void)state;
	/* 2266.5: half a unit goes up, where rounding to even would give 2266. */
	check_submissions(
		&(struct submission_count) { "2020-12", 4, 0, 0, 4, 9066, 362 }, 2267, 40, 8704);
	check_submissions(&(struct submission_count) { "2020-12", 0, 0, 0, 3, 10, 10 }, 3, 1000, 0);
	check_submissions(&(struct submission_count) { "2020-12", 0, 0, 0, 3, 11, 0 }, 4, 0, 11);
	/* 0.05 % and just under it. */
	check_submissions(
		&(struct submission_count) { "2020-12", 0, 0, 0, 2, 2000, 1 }, 1000, 1, 1999);
	check_submissions(
		&(struct submission_count) { "2020-12", 0, 0, 0, 2, 2001, 1 }, 1001, 0, 2000);
	/* 99.95 % is 100.0 %. */
	check_submissions(
		&(struct submission_count) { "2020-12", 0, 0, 0, 1, 2000, 1999 }, 2000, 1000, 1);
}

static void test_division_by_zero(void **state)
{
	(void)state;
	check_submissions(&(struct submission_count) { "2020-12", 3, 1, 1, 0, 0, 0 }, -1, -1, 0);
	check_submissions(&(struct submission_count) { "2020-12", 3, 0, 0, 2, 0, 0 }, 0, -1, 0);
}

static const char *refusal(struct figures_counts *counts, char why[256])
{
	static const struct figures_span span = { "2020-11", "2020-12" };
	struct figures *figures;

	counts->services = published_services();
	counts->service_count = services_shipped_count();
	why[0] = '\0';
	figures = figures_make(&span, counts, why, 256);
	if (figures) {
		figures_free(figures);
		fail_msg("was not refused");
	}
	return why;
}

static void check_refused_tracing(struct tracing_count count, const char *word)
{
	struct figures_counts counts = { .tracing = &count, .tracing_count = 1 };
	char why[256];

	if (!strstr(refusal(&counts, why), word))
		fail_msg("'%s' does not say '%s'", why, word);
}

static void check_refused_submissions(struct submission_count count, const char *word)
{
	const struct submission_count twice[] = { count, count };
	struct figures_counts counts = { .submissions = twice, .submission_count = 2 };
	char why[256];

	if (!strstr(refusal(&counts, why), word))
		fail_msg("'%s' does not say '%s'", why, word);
}

static void test_refused(void **state)
{
	(void)state;
	check_refused_tracing(
		(struct tracing_count) { "2020-12", "porridge", STATE_REJECTED, 1 }, "porridge");
	check_refused_tracing(
		(struct tracing_count) { "2020-12", "police", STATE_ACCEPTED, 1 }, "outcome");
	check_refused_tracing(
		(struct tracing_count) { "2020-12", "police", (enum request_state)99, 1 },
		"outcome");
	check_refused_tracing(
		(struct tracing_count) { "2020-12", "police", STATE_REJECTED, -1 }, "below zero");
	check_refused_submissions(
		(struct submission_count) { "2020-12", 0, 0, 0, 1, 5, 6 }, "single matches");
	check_refused_submissions(
		(struct submission_count) { "2020-12", 0, 0, 0, 0, 5, 0 }, "no processed");
	check_refused_submissions(
		(struct submission_count) { "2020-12", INT64_MAX, 0, 0, 0, 0, 0 }, "too large");
	check_refused_submissions(
		(struct submission_count) { "2020-12", 0, 0, 0, 1, INT64_MAX / 3, 0 }, "more");
}

static const struct tracing_count some[] = {
	{ "2020-12", "police", STATE_REJECTED, 9 },
	{ "2020-12", "police", STATE_APPROVED_TRACE, 1 },
	{ "2020-12", "court_order", STATE_REJECTED, 8 },
	{ "2020-12", "court_order", STATE_APPROVED_NO_TRACE, 4 },
	{ "2020-12", "court_order", STATE_REJECTED, 2 }, /* the same cell again */
	{ "2020-12", "police", STATE_WITHDRAWN, 100 }, { "2020-12", "nhscfa", STATE_WITHDRAWN, 7 },
	{ "2020-12", "charity", STATE_REJECTED, 50 },
	{ "2019-12", "police", STATE_REJECTED, 1000 }, /* of another period */
};

static void test_totals(void **state)
{
	const struct figures_counts counts = { .tracing = some,
		.tracing_count = sizeof(some) / sizeof(some[0]) };
	struct figures *figures = published_figures("2020-11..2020-12", &counts);
	const struct figures_month *month = &figures->months[1];
	int64_t across[TRACING_MEASURES] = { 0 };

	(void)state;
	assert_int_equal(figures->month_count, 2);
	assert_int_equal(figures->months[0].total[MEASURE_TOTAL], 0);
	assert_int_equal(figures->months[0].service_count, 8);
	assert_int_equal(month->total[MEASURE_REJECTED], 19);
	assert_int_equal(month->total[MEASURE_TOTAL], 24);
	for (size_t s = 0; s < month->service_count; s++) {
		const int64_t *value = month->services[s].value;

		for (int m = 0; m < TRACING_MEASURES; m++)
			across[m] += value[m];
		assert_int_equal(value[MEASURE_REJECTED] + value[MEASURE_APPROVED_TRACE] +
					 value[MEASURE_APPROVED_NO_TRACE],
			value[MEASURE_TOTAL]);
	}
	assert_memory_equal(across, month->total, sizeof(across));
	figures_free(figures);
}

static bool is_shown(const struct figures_month *month, const char *code)
{
	for (size_t i = 0; i < month->service_count; i++)
		if (strcmp(month->services[i].code, code) == 0)
			return true;
	return false;
}

static void test_services_shown(void **state)
{
	const struct tracing_count late = { "2020-05", "nhscfa", STATE_APPROVED_TRACE, 1 };
	const struct figures_counts counts = { .tracing = &late, .tracing_count = 1 };
	struct figures *figures = published_figures("2020-03..2020-06", &counts);
	const char *before = "";

	(void)state;
	assert_true(is_shown(&figures->months[0], "nhscfa"));
	assert_false(is_shown(&figures->months[1], "nhscfa"));
	/* A receipt shows it, whatever its dates. */
	assert_true(is_shown(&figures->months[2], "nhscfa"));
	assert_false(is_shown(&figures->months[3], "nhscfa"));
	for (size_t i = 0; i < figures->month_count; i++)
		assert_false(is_shown(&figures->months[i], "charity"));
	assert_string_equal(figures->months[0].services[0].code, "police");
	assert_string_equal(figures->months[0].services[8].code, "jersey_cytology");
	for (size_t i = 0; i < figures->month_count; i++) {
		assert_true(strcmp(before, figures->months[i].month) < 0);
		before = figures->months[i].month;
	}
	figures_free(figures);
}

static void test_shown_from(void **state)
{
	static const struct figures_span span = { "2020-01", "2020-02" };
	const struct figures_counts counts = { .services = mem_new(1, sizeof(struct service)),
		.service_count = 1 };
	struct figures *figures;
	char why[256];

	(void)state;
	services_shipped(0, counts.services);
	(void)snprintf(counts.services->shown_from, sizeof(counts.services->shown_from), "2020-02");
	figures = figures_make(&span, &counts, why, sizeof(why));
	assert_non_null(figures);
	assert_int_equal(figures->months[0].service_count, 0);
	assert_int_equal(figures->months[1].service_count, 1);
	figures_free(figures);
}

static void test_closed_months(void **state)
{
	const struct month closed[] = { { "2020-11", true, "2020-12-03", 2 },
		{ "2020-12", false, "", 0 }, { "2019-01", true, "2019-02-03", 1 } };
	const struct figures_counts counts = { .months = closed, .month_count = 3 };
	struct figures *figures = published_figures("2020-11..2020-12", &counts);

	(void)state;
	assert_true(figures->months[0].is_closed);
	assert_string_equal(figures->months[0].closed_on, "2020-12-03");
	assert_int_equal(figures->months[0].revision, 2);
	assert_false(figures->months[1].is_closed);
	assert_int_equal(figures->months[1].revision, 0);
	figures_free(figures);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_period),
		cmocka_unit_test(test_rounding),
		cmocka_unit_test(test_division_by_zero),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_totals),
		cmocka_unit_test(test_services_shown),
		cmocka_unit_test(test_shown_from),
		cmocka_unit_test(test_closed_months),
	};

	return cmocka_run_group_tests_name("figures", tests, NULL, NULL);
}
