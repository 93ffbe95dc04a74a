/*
 * Bank holidays of 2019 to 2027, as published for England and Wales, and the
 * reading of what is published later.
 */
#include "core/holidays.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"

/* clang-format off */
static const struct holiday shipped[] = {
	{ "2019-01-01", "New Year’s Day" },
	{ "2019-04-19", "Good Friday" },
	{ "2019-04-22", "Easter Monday" },
	{ "2019-05-06", "Early May bank holiday" },
	{ "2019-05-27", "Spring bank holiday" },
	{ "2019-08-26", "Summer bank holiday" },
	{ "2019-12-25", "Christmas Day" },
	{ "2019-12-26", "Boxing Day" },
	{ "2020-01-01", "New Year’s Day" },
	{ "2020-04-10", "Good Friday" },
	{ "2020-04-13", "Easter Monday" },
	{ "2020-05-08", "Early May bank holiday (VE day)" },
	{ "2020-05-25", "Spring bank holiday" },
	{ "2020-08-31", "Summer bank holiday" },
	{ "2020-12-25", "Christmas Day" },
	{ "2020-12-28", "Boxing Day" },
	{ "2021-01-01", "New Year’s Day" },
	{ "2021-04-02", "Good Friday" },
	{ "2021-04-05", "Easter Monday" },
	{ "2021-05-03", "Early May bank holiday" },
	{ "2021-05-31", "Spring bank holiday" },
	{ "2021-08-30", "Summer bank holiday" },
	{ "2021-12-27", "Christmas Day" },
	{ "2021-12-28", "Boxing Day" },
	{ "2022-01-03", "New Year’s Day" },
	{ "2022-04-15", "Good Friday" },
	{ "2022-04-18", "Easter Monday" },
	{ "2022-05-02", "Early May bank holiday" },
	{ "2022-06-02", "Spring bank holiday" },
	{ "2022-06-03", "Platinum Jubilee bank holiday" },
	{ "2022-08-29", "Summer bank holiday" },
	{ "2022-09-19", "Bank Holiday for the State Funeral of Queen Elizabeth II" },
	{ "2022-12-26", "Boxing Day" },
	{ "2022-12-27", "Christmas Day" },
	{ "2023-01-02", "New Year’s Day" },
	{ "2023-04-07", "Good Friday" },
	{ "2023-04-10", "Easter Monday" },
	{ "2023-05-01", "Early May bank holiday" },
	{ "2023-05-08", "Bank holiday for the coronation of King Charles III" },
	{ "2023-05-29", "Spring bank holiday" },
	{ "2023-08-28", "Summer bank holiday" },
	{ "2023-12-25", "Christmas Day" },
	{ "2023-12-26", "Boxing Day" },
	{ "2024-01-01", "New Year’s Day" },
	{ "2024-03-29", "Good Friday" },
	{ "2024-04-01", "Easter Monday" },
	{ "2024-05-06", "Early May bank holiday" },
	{ "2024-05-27", "Spring bank holiday" },
	{ "2024-08-26", "Summer bank holiday" },
	{ "2024-12-25", "Christmas Day" },
	{ "2024-12-26", "Boxing Day" },
	{ "2025-01-01", "New Year’s Day" },
	{ "2025-04-18", "Good Friday" },
	{ "2025-04-21", "Easter Monday" },
	{ "2025-05-05", "Early May bank holiday" },
	{ "2025-05-26", "Spring bank holiday" },
	{ "2025-08-25", "Summer bank holiday" },
	{ "2025-12-25", "Christmas Day" },
	{ "2025-12-26", "Boxing Day" },
	{ "2026-01-01", "New Year’s Day" },
	{ "2026-04-03", "Good Friday" },
	{ "2026-04-06", "Easter Monday" },
	{ "2026-05-04", "Early May bank holiday" },
	{ "2026-05-25", "Spring bank holiday" },
	{ "2026-08-31", "Summer bank holiday" },
	{ "2026-12-25", "Christmas Day" },
	{ "2026-12-28", "Boxing Day" },
	{ "2027-01-01", "New Year’s Day" },
	{ "2027-03-26", "Good Friday" },
	{ "2027-03-29", "Easter Monday" },
	{ "2027-05-03", "Early May bank holiday" },
	{ "2027-05-31", "Spring bank holiday" },
	{ "2027-08-30", "Summer bank holiday" },
	{ "2027-12-27", "Christmas Day" },
	{ "2027-12-28", "Boxing Day" },
};
/* clang-format on */

size_t holidays_shipped_count(void)
{
	return sizeof(shipped) / sizeof(shipped[0]);
}

const struct holiday *holidays_shipped(size_t index)
{
	return &shipped[index];
}

static int holiday_compare(const void *a, const void *b)
{
	const struct holiday *left = a, *right = b;

	return strcmp(left->day, right->day);
}

static const char *text_of(const struct json_value *object, const char *name)
{
	const struct json_value *member = json_member(object, name);

	return member && member->kind == JSON_VALUE_TEXT ? member->text : "";
}

static bool event_read(const struct json_value *event, struct holiday *out_holiday)
{
	const char *day = text_of(event, "date"), *title = text_of(event, "title");

	if (!day_is_valid(day) || *title == '\0' || strlen(title) >= sizeof(out_holiday->title))
		return false;
	(void)snprintf(out_holiday->day, sizeof(out_holiday->day), "%s", day);
	(void)snprintf(out_holiday->title, sizeof(out_holiday->title), "%s", title);
	return true;
}

enum holidays_status holidays_read(const struct json_value *object, struct holiday **out_holidays,
	size_t *out_count, char *out_why, size_t why_size)
{
	const struct json_value *wales = json_member(object, "england-and-wales");
	const struct json_value *events = wales ? json_member(wales, "events") : NULL;
	struct holiday *list;
	const char *twice = NULL;
	size_t bad = 0;

	if (!events || !json_is_list_of(events, JSON_VALUE_OBJECT) || events->count == 0) {
		(void)snprintf(out_why, why_size,
			"it is not the list of bank holidays that GOV.UK publishes "
			"(\"england-and-wales\", \"events\"); fetch that");
		return HOLIDAYS_OTHER_FILE;
	}
	list = mem_new(events->count, sizeof(*list));
	for (size_t i = 0; i < events->count && bad == 0; i++)
		bad = event_read(&events->items[i], &list[i]) ? 0 : i + 1;
	if (bad > 0)
		(void)snprintf(out_why, why_size,
			"event %zu has no \"title\", or its \"date\" is no day (YYYY-MM-DD); mend "
			"it",
			bad);
	qsort(list, events->count, sizeof(*list), holiday_compare);
	for (size_t i = 1; i < events->count && bad == 0 && !twice; i++)
		twice = strcmp(list[i - 1].day, list[i].day) == 0 ? list[i].day : NULL;
	if (twice)
		(void)snprintf(out_why, why_size, "%s stands twice; mend it", twice);
	if (bad > 0 || twice) {
		mem_free(list);
		return HOLIDAYS_BAD_VALUE;
	}
	*out_holidays = list;
	*out_count = events->count;
	return HOLIDAYS_OK;
}
