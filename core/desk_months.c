/*
 * The months the register has: from the earliest decision or submission to the
 * present one.
 */
#include <string.h>

#include "core/calendar.h"
#include "core/desk_closing.h"
#include "db/months.h"
#include "db/requests.h"
#include "db/submissions.h"

enum db_status desk_first_month(struct desk *desk, char out_month[8])
{
	struct store *store = desk->store;
	char submitted[8] = "";
	enum db_status status = requests_first_month(store, out_month);

	if (status == DB_OK)
		status = submissions_first_month(store, submitted);
	if (status == DB_OK && submitted[0] != '\0' &&
		(out_month[0] == '\0' || strcmp(submitted, out_month) < 0))
		memcpy(out_month, submitted, sizeof(submitted));
	return status;
}

static const struct month *closed_find(const struct month *closed, size_t count, const char *month)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(closed[i].month, month) == 0)
			return &closed[i];
	return NULL;
}

/* Every month first..last, open unless among the closed. */
static struct month *months_make(const char *first, const char *last, const struct month *closed,
	size_t closed_count, size_t *out_count)
{
	struct month *months = NULL;
	char month[8];

	*out_count = 0;
	if (first[0] == '\0')
		return NULL;
	memcpy(month, first, sizeof(month));
	while (strcmp(month, last) <= 0) {
		const struct month *found = closed_find(closed, closed_count, month);
		struct month row = { 0 };

		memcpy(row.month, month, sizeof(month));
		months = mem_resize(
			months, *out_count * sizeof(row), (*out_count + 1) * sizeof(row));
		months[(*out_count)++] = found ? *found : row;
		month_next(row.month, month);
	}
	return months;
}

bool day_is_in_closed(const char *day, const char *closed_to)
{
	return *closed_to != '\0' && strncmp(day, closed_to, strlen(closed_to)) <= 0;
}

static enum db_status closed_at_end(struct desk *desk, bool is_last, char out_month[8])
{
	struct month *closed = NULL;
	size_t count = 0;
	enum db_status status = months_closed(desk->store, &closed, &count);

	out_month[0] = '\0';
	if (status == DB_OK && count > 0)
		memcpy(out_month, closed[is_last ? count - 1 : 0].month, 8);
	mem_free(closed);
	return status;
}

enum db_status desk_closed_to(struct desk *desk, char out_month[8])
{
	return closed_at_end(desk, true, out_month);
}

enum db_status desk_register_begins(struct desk *desk, char out_month[8])
{
	return closed_at_end(desk, false, out_month);
}

enum desk_status desk_months(
	struct desk *desk, struct month **out_months, size_t *out_count, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_MONTH_LIST, NULL, out_notice);
	struct month *closed = NULL;
	size_t closed_count = 0;
	char first[8] = "", last[8] = "";
	enum db_status stored;

	*out_months = NULL;
	*out_count = 0;
	if (status != DESK_OK)
		return status;
	stored = store_read_begin(desk->store);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, out_notice);
	stored = desk_first_month(desk, first);
	if (stored == DB_OK)
		stored = months_closed(desk->store, &closed, &closed_count);
	if (stored == DB_OK && closed_count > 0 && strcmp(closed[0].month, first) < 0)
		memcpy(first, closed[0].month, sizeof(first));
	store_read_end(desk->store);
	memcpy(last, desk->today, sizeof(last) - 1);
	if (stored == DB_OK)
		*out_months = months_make(first, last, closed, closed_count, out_count);
	mem_free(closed);
	return desk_failed(desk->store, stored, out_notice);
}

enum desk_status desk_releases(struct desk *desk, const char *period, struct release **out_releases,
	size_t *out_count, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_RELEASE_LIST, NULL, out_notice);
	struct release_span wanted;
	struct figures_span span;
	char why[512];

	*out_releases = NULL;
	*out_count = 0;
	if (status != DESK_OK)
		return status;
	if (!figures_period(period, desk->today, &span, why, sizeof(why)))
		return notice_set(out_notice, DESK_USAGE, "release list: %s", why);
	memcpy(wanted.first, span.first, sizeof(wanted.first));
	memcpy(wanted.last, span.last, sizeof(wanted.last));
	return desk_failed(desk->store,
		months_releases(desk->store, &wanted, out_releases, out_count), out_notice);
}
