/*
 * The plan of the demo's history: the published figures of 2020 as counts, each
 * receipt decided on a working day of its month and received some days before.
 */
#include "core/demo_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/demo_life.h"
#include "core/demo_private.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* golden/tracing_2020.csv; services and months without a receipt are left out. */
struct published {
	const char *month;
	const char *service;
	size_t rejected;
	size_t traced;
	size_t not_traced;
};
static const struct published published[] = {
	{ "2020-02", "police", 13, 2, 2 },
	{ "2020-02", "nca", 1, 1, 0 },
	{ "2020-02", "court_order", 9, 26, 7 },
	{ "2020-03", "police", 6, 5, 0 },
	{ "2020-03", "nca", 0, 1, 1 },
	{ "2020-03", "court_order", 13, 31, 1 },
	{ "2020-11", "police", 13, 1, 0 },
	{ "2020-11", "nca", 1, 0, 0 },
	{ "2020-11", "court_order", 4, 25, 4 },
	{ "2020-12", "police", 9, 1, 0 },
	{ "2020-12", "nca", 0, 1, 0 },
	{ "2020-12", "court_order", 8, 25, 4 },
};

static const char *const bank_holidays[] = { "2020-01-01", "2020-04-10", "2020-04-13", "2020-05-08",
	"2020-05-25", "2020-08-31", "2020-12-25", "2020-12-28", "2021-01-01" };

static bool is_working_day(int32_t day)
{
	char text[DAY_SIZE];

	day_from_number(day, text);
	for (size_t i = 0; i < COUNT(bank_holidays); i++)
		if (strcmp(bank_holidays[i], text) == 0)
			return false;
	return weekday_short(text)[0] != 'S';
}

/* The working day so many working days before. */
static int32_t working_day_before(int32_t day, int count)
{
	while (count > 0)
		count -= is_working_day(--day) ? 1 : 0;
	return day;
}

size_t demo_working_days(const char *month, int32_t out_days[DEMO_MOST_WORKING_DAYS])
{
	char text[DAY_SIZE];
	size_t count = 0;

	(void)snprintf(text, sizeof(text), "%s-01", month);
	for (int32_t day = day_number(text); strncmp(text, month, 7) == 0;
		day_from_number(++day, text))
		if (is_working_day(day))
			out_days[count++] = day;
	return count;
}

/* The receipts planned so far. */
struct plans {
	struct demo_plan *plan;
	size_t count;
};

static void plans_add(struct plans *plans, const struct demo_plan *plan)
{
	size_t size = sizeof(*plan);

	plans->plan = mem_resize(plans->plan, plans->count * size, (plans->count + 1) * size);
	plans->plan[plans->count++] = *plan;
}

static void plans_add_cell(
	struct plans *plans, const char *service, enum request_state outcome, size_t count)
{
	struct demo_plan plan = { .service = service, .outcome = outcome };

	for (size_t i = 0; i < count; i++) {
		plan.index = plans->count;
		plans_add(plans, &plan);
	}
}

/* Fisher and Yates; the index goes with the case. */
static void plans_shuffle(struct demo_plan *plan, size_t count, struct demo_dice *dice)
{
	for (size_t i = count; i > 1; i--) {
		size_t other = demo_roll(dice, i);
		struct demo_plan swapped = plan[other];

		plan[other] = plan[i - 1];
		plan[i - 1] = swapped;
	}
}

/* Spreads the decisions over the working days of the month. A bad form is sent back sooner than a
   search is done. */
static void plans_set_days(struct demo_plan *plan, size_t count, const char *month)
{
	int32_t days[DEMO_MOST_WORKING_DAYS];
	size_t day_count = demo_working_days(month, days);
	struct demo_dice dice;

	for (size_t i = 0; i < count; i++) {
		bool is_rejected = plan[i].outcome == STATE_REJECTED;

		demo_dice_init(&dice, DEMO_DAYS, plan[i].index);
		plan[i].decided = days[i * day_count / count];
		plan[i].received = working_day_before(plan[i].decided,
			is_rejected ? demo_between(&dice, 1, 6) : demo_between(&dice, 2, 14));
	}
}

static void plans_add_month(struct plans *plans, const char *month)
{
	size_t first = plans->count;
	struct demo_dice dice;

	for (size_t i = 0; i < COUNT(published); i++) {
		const struct published *row = &published[i];

		if (strcmp(row->month, month) != 0)
			continue;
		plans_add_cell(plans, row->service, STATE_REJECTED, row->rejected);
		plans_add_cell(plans, row->service, STATE_APPROVED_TRACE, row->traced);
		plans_add_cell(plans, row->service, STATE_APPROVED_NO_TRACE, row->not_traced);
	}
	demo_dice_init(&dice, DEMO_ORDER, first);
	plans_shuffle(plans->plan + first, plans->count - first, &dice);
	plans_set_days(plans->plan + first, plans->count - first, month);
}

static int compare_plans(const void *a, const void *b)
{
	const struct demo_plan *left = a;
	const struct demo_plan *right = b;

	if (left->received != right->received)
		return left->received < right->received ? -1 : 1;
	if (left->decided != right->decided)
		return left->decided < right->decided ? -1 : 1;
	return left->index < right->index ? -1 : 1;
}

static void plans_make(struct plans *out_plans)
{
	*out_plans = (struct plans) { 0 };
	for (size_t i = 0; i < COUNT(published); i++)
		if (i == 0 || strcmp(published[i].month, published[i - 1].month) != 0)
			plans_add_month(out_plans, published[i].month);
	qsort(out_plans->plan, out_plans->count, sizeof(struct demo_plan), compare_plans);
}

static void plans_add_open(struct plans *plans)
{
	for (size_t i = 0; i < DEMO_OPEN_COUNT; i++) {
		const struct demo_form *form = demo_form_at(i);
		const struct demo_plan plan = { .service = form->service,
			.outcome = STATE_RECEIVED,
			.received = day_number(form->received),
			.index = i };

		plans_add(plans, &plan);
	}
}

void demo_data_make(struct demo_data *out_data)
{
	struct demo_used used = { 0 };
	struct plans plans;

	plans_make(&plans);
	out_data->history_count = plans.count;
	plans_add_open(&plans);
	out_data->request_count = plans.count;
	out_data->requests = mem_new(plans.count, sizeof(*out_data->requests));
	for (size_t i = 0; i < plans.count; i++)
		demo_request_make(&plans.plan[i], &used, &out_data->requests[i]);
	mem_free(plans.plan);
	demo_submissions_make(&out_data->submissions, &out_data->submission_count);
}

void demo_data_done(struct demo_data *data)
{
	for (size_t i = 0; i < data->request_count; i++)
		request_clear(&data->requests[i]);
	mem_free(data->requests);
	for (size_t i = 0; i < data->submission_count; i++)
		submission_clear(&data->submissions[i]);
	mem_free(data->submissions);
	*data = (struct demo_data) { 0 };
}
