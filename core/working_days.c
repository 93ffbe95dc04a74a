/*
 * Working days counted by whole weeks, then by the days that are left, then
 * less the bank holidays between.
 */
#include "core/working_days.h"

#include <stdio.h>
#include <string.h>

#include "core/calendar.h"

/* 1970-01-01 was a Thursday: 2 and 3 days after one are Saturday and Sunday. */
static bool is_weekday(int32_t day)
{
	int32_t place = ((day % 7) + 7) % 7;

	return place != 2 && place != 3;
}

/* How many bank holidays lie up to that day. */
static size_t holidays_up_to(const struct holidays *holidays, int32_t day)
{
	size_t low = 0, high = holidays->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (holidays->days[middle] <= day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int32_t working_days(const struct holidays *holidays, int32_t after, int32_t last)
{
	int32_t days, from = after;
	size_t end;

	if (last <= after)
		return 0;
	end = holidays_up_to(holidays, last);
	days = (last - from) / 7 * 5;
	from += (last - from) / 7 * 7;
	for (int32_t day = from + 1; day <= last; day++)
		days += is_weekday(day);
	for (size_t i = holidays_up_to(holidays, after); i < end; i++)
		days -= is_weekday(holidays->days[i]);
	return days;
}

int32_t working_days_on(const struct holidays *holidays, int32_t after, int32_t count)
{
	int32_t day = after;

	while (count > 0) {
		day++;
		count -= working_days(holidays, day - 1, day);
	}
	return day;
}

/* A span in which an answer was awaited. */
struct wait {
	int32_t from, to;
	bool is_open;
};

/* The next one of *place on; false at the end. */
static bool wait_next(const char **place, int32_t today, struct wait *out_wait)
{
	char from[DAY_SIZE], to[DAY_SIZE];
	const char *slash = strchr(*place, '/');

	if (!slash)
		return false;
	(void)snprintf(from, sizeof(from), "%.10s", *place);
	(void)snprintf(to, sizeof(to), "%.10s", slash + 1);
	*place = slash + 1 + strcspn(slash + 1, ";");
	*place += **place == ';';
	out_wait->is_open = !day_is_valid(to);
	out_wait->to = out_wait->is_open ? today : day_number(to);
	out_wait->from = day_is_valid(from) ? day_number(from) : out_wait->to;
	return true;
}

static int32_t later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static int32_t sooner(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static int32_t days_old(
	const struct holidays *holidays, const struct age_facts *facts, int32_t today)
{
	int32_t received = day_number(facts->received);
	int32_t days = working_days(holidays, received, today);
	const char *place = facts->waits;
	struct wait wait;

	while (wait_next(&place, today, &wait))
		days -= working_days(holidays, later(wait.from, received), sooner(wait.to, today));
	return days;
}

/* False: the clock stands and the day is not known yet. */
static bool day_due(const struct holidays *holidays, const struct age_facts *facts, int32_t today,
	int32_t *out_due)
{
	int32_t at = day_number(facts->received), left = facts->target_days;
	const char *place = facts->waits;
	struct wait wait;

	while (wait_next(&place, today, &wait)) {
		int32_t from = later(wait.from, at), before = working_days(holidays, at, from);

		if (before >= left)
			break;
		if (wait.is_open)
			return false;
		left -= before;
		at = later(wait.to, from);
	}
	*out_due = working_days_on(holidays, at, left);
	return true;
}

void age_read(const struct holidays *holidays, const struct age_facts *facts, const char *today,
	struct age *out_age)
{
	int32_t now = day_number(today), due;

	*out_age = (struct age) { .days = -1 };
	if (*facts->decided != '\0' || !day_is_valid(facts->received))
		return;
	out_age->days = days_old(holidays, facts, now);
	if (facts->target_days <= 0 || !day_due(holidays, facts, now, &due))
		return;
	day_from_number(due, out_age->due);
	out_age->is_due_today = due == now;
	out_age->is_overdue = due < now;
}

void waits_begin(const char *waits, const char *today, struct buffer *out)
{
	buffer_print(out, "%s%s%s/", waits, *waits != '\0' ? ";" : "", today);
}

void waits_end(const char *waits, const char *today, struct buffer *out)
{
	size_t size = strlen(waits);

	buffer_print(out, "%s%s", waits, size > 0 && waits[size - 1] == '/' ? today : "");
}
