/*
 * Insight: what counts where, the twelve months before, percentiles, the order of
 * the lines, and what programs get.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/insight.h"

static void begin(struct insight *insight, const char *first, const char *last)
{
	struct figures_span span;

	(void)snprintf(span.first, sizeof(span.first), "%s", first);
	(void)snprintf(span.last, sizeof(span.last), "%s", last);
	insight_init(insight, &span, "2021-01-04");
}

static void decide(struct insight *insight, const char *decided, enum request_state outcome,
	const char *reasons, int32_t days)
{
	const struct insight_case is = { .service = "police",
		.label = "Police",
		.position = 1,
		.organisation = "Kent Police",
		.organisation_kind = "territorial",
		.reasons = reasons,
		.outcome = outcome,
		.decided = decided,
		.days = days };

	insight_add_decided(insight, &is);
}

static const struct insight_line *line_of(
	const struct insight *insight, enum insight_part part, const char *name)
{
	for (size_t i = 0; i < insight->line_count; i++)
		if (insight->lines[i].part == part && strcmp(insight->lines[i].name, name) == 0)
			return &insight->lines[i];
	fail_msg("no line %s in part %d", name, (int)part);
	return NULL;
}

static void check_side(const struct insight_side *side, int64_t count, int64_t of)
{
	assert_int_equal(side->count, count);
	assert_int_equal(side->of, of);
}

static void test_before(void **state)
{
	struct insight insight;

	(void)state;
	begin(&insight, "2020-03", "2020-04");
	assert_string_equal(insight.before.first, "2019-03");
	assert_string_equal(insight.before.last, "2020-02");
	decide(&insight, "2020-03-01", STATE_REJECTED, "other", 1);
	decide(&insight, "2020-04-30", STATE_APPROVED_TRACE, "", 1);
	decide(&insight, "2020-02-29", STATE_REJECTED, "other", 1);
	decide(&insight, "2019-03-01", STATE_APPROVED_NO_TRACE, "", 1);
	/* Of neither time. */
	decide(&insight, "2019-02-28", STATE_REJECTED, "other", 1);
	decide(&insight, "2020-05-01", STATE_REJECTED, "other", 1);
	/* What the register does not count. */
	decide(&insight, "2020-03-02", STATE_WITHDRAWN, "", 1);
	insight_finish(&insight);
	check_side(&line_of(&insight, INSIGHT_SERVICES, "police")->now, 1, 2);
	check_side(&line_of(&insight, INSIGHT_SERVICES, "police")->before, 1, 2);
	check_side(&line_of(&insight, INSIGHT_SERVICES, "total")->now, 1, 2);
	check_side(&line_of(&insight, INSIGHT_FORCES, "Kent Police")->before, 1, 2);
	check_side(&line_of(&insight, INSIGHT_REASONS, "other")->now, 1, 1);
	assert_int_equal(line_of(&insight, INSIGHT_DAYS, "total")->now.day_count, 2);
	insight_clear(&insight);
	begin(&insight, "2020-01", "2020-12");
	assert_string_equal(insight.before.first, "2019-01");
	assert_string_equal(insight.before.last, "2019-12");
	insight_clear(&insight);
}

/* A receipt of two reasons counts under both; that the Guardian withheld is not told. */
static void test_reasons(void **state)
{
	struct insight insight;

	(void)state;
	begin(&insight, "2020-12", "2020-12");
	decide(&insight, "2020-12-01", STATE_REJECTED, "signed_and_dated;other", 1);
	decide(&insight, "2020-12-02", STATE_REJECTED, "guardian_withheld", 1);
	decide(&insight, "2020-12-03", STATE_REJECTED, "not_in_public_interest", 1);
	insight_finish(&insight);
	check_side(&line_of(&insight, INSIGHT_REASONS, "not_in_public_interest")->now, 2, 3);
	check_side(&line_of(&insight, INSIGHT_REASONS, "signed_and_dated")->now, 1, 3);
	check_side(&line_of(&insight, INSIGHT_REASONS, "other")->now, 1, 3);
	for (size_t i = 0; i < insight.line_count; i++)
		assert_string_not_equal(insight.lines[i].name, "guardian_withheld");
	insight_clear(&insight);
}

static void check_percentiles(size_t count, int32_t median, int32_t ninety)
{
	struct insight insight;
	const struct insight_line *line;

	begin(&insight, "2020-12", "2020-12");
	/* 1 to count, the largest first. */
	for (size_t i = count; i > 0; i--)
		decide(&insight, "2020-12-01", STATE_REJECTED, "", (int32_t)i);
	insight_finish(&insight);
	line = line_of(&insight, INSIGHT_DAYS, "police");
	assert_int_equal(insight_percentile(&line->now, 50), median);
	assert_int_equal(insight_percentile(&line->now, 90), ninety);
	assert_int_equal(insight_percentile(&line->before, 50), -1);
	insight_clear(&insight);
}

static void test_percentiles(void **state)
{
	(void)state;
	check_percentiles(1, 1, 1);
	check_percentiles(2, 1, 2);
	check_percentiles(3, 2, 3);
	check_percentiles(9, 5, 9);
	check_percentiles(10, 5, 9);
	check_percentiles(11, 6, 10);
	check_percentiles(1000, 500, 900);
}

static void test_ages(void **state)
{
	static const int32_t days[] = { 0, 5, 6, 10, 11, 20, 21, 40, 41, 3000 };
	static const char *const names[] = { "0-5", "6-10", "11-20", "21-40", "over-40" };
	struct insight insight;

	(void)state;
	begin(&insight, "2020-12", "2020-12");
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
		insight_add_open(&insight, days[i]);
	insight_finish(&insight);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		check_side(&line_of(&insight, INSIGHT_AGES, names[i])->now, 2, 10);
		assert_string_equal(insight.lines[i].name, names[i]);
	}
	insight_clear(&insight);
}

/* Services as the register has them, one outside it, the total; forces by rejections. */
static void test_order(void **state)
{
	struct insight_case is = { .label = "x",
		.organisation_kind = "met",
		.reasons = "",
		.outcome = STATE_REJECTED,
		.decided = "2020-12-01" };
	static const char *const wanted[] = { "police", "nca", "charity", "total", "B", "A", "C" };
	struct insight insight;

	(void)state;
	begin(&insight, "2020-12", "2020-12");
	is.service = "charity";
	is.organisation = "A";
	insight_add_decided(&insight, &is);
	is.service = "nca";
	is.position = 2;
	is.organisation = "B";
	insight_add_decided(&insight, &is);
	insight_add_decided(&insight, &is);
	is.service = "police";
	is.position = 1;
	is.organisation = "C";
	insight_add_decided(&insight, &is);
	is.organisation_kind = "court"; /* no force */
	is.organisation = "D";
	insight_add_decided(&insight, &is);
	insight_finish(&insight);
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		assert_string_equal(insight.lines[i].name, wanted[i]);
	for (size_t i = 0; i < insight.line_count; i++)
		assert_string_not_equal(insight.lines[i].name, "D");
	insight_clear(&insight);
}

static void test_print(void **state)
{
	struct insight insight;
	struct sheet *sheet;
	struct buffer out;

	(void)state;
	begin(&insight, "2020-12", "2020-12");
	decide(&insight, "2020-12-01", STATE_REJECTED, "other", 4);
	decide(&insight, "2020-12-01", STATE_APPROVED_TRACE, "", 9);
	decide(&insight, "2020-12-01", STATE_APPROVED_TRACE, "", 3);
	insight_add_open(&insight, 7);
	insight_finish(&insight);
	sheet = insight_sheet(&insight);
	buffer_init(&out);
	sheet_write_csv(sheet, false, &out);
	assert_non_null(strstr(out.text, "\nrejected_by_service,police,1,3,33.3,,,0,0,,,\n"));
	assert_non_null(strstr(out.text, "\ndays_to_decision,total,3,,,4,9,0,,,,\n"));
	assert_non_null(strstr(out.text, "\nopen_by_age,6-10,1,1,100.0,,,,,,,\n"));
	buffer_done(&out);
	buffer_init(&out);
	sheet_write_json(sheet, &out);
	assert_non_null(strstr(out.text, "\"percent\":33.3,\"median_days\":null"));
	buffer_done(&out);
	sheet_free(sheet);
	buffer_init(&out);
	insight_text(&insight, true, 0, &out);
	assert_non_null(strstr(out.text, "DEMO"));
	assert_non_null(strstr(out.text, "Not published"));
	assert_non_null(strstr(out.text, "twelve months December 2019 to November 2020;"));
	assert_non_null(strstr(out.text, "as on 04/01/2021"));
	buffer_done(&out);
	insight_clear(&insight);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_before),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_percentiles),
		cmocka_unit_test(test_ages),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_print),
	};

	return cmocka_run_group_tests_name("insight", tests, NULL, NULL);
}
