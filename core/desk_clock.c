/*
 * The clock of receipts, and the bank holidays it reads.
 */
#include "core/desk_clock.h"

#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/holidays.h"
#include "db/holidays.h"
#include "db/services.h"

static enum db_status days_load(struct desk *desk, struct desk_clock *clock)
{
	struct holiday *list = NULL;
	size_t count = 0;
	enum db_status status = holidays_list(desk->store, &list, &count);

	clock->days = mem_new(count + 1, sizeof(*clock->days));
	for (size_t i = 0; i < count; i++)
		clock->days[i] = day_number(list[i].day);
	clock->holidays = (struct holidays) { clock->days, count };
	mem_free(list);
	return status;
}

enum db_status desk_clock_load(struct desk *desk, struct desk_clock *out_clock)
{
	enum db_status status;

	*out_clock = (struct desk_clock) { .today = desk->today };
	status = days_load(desk, out_clock);
	if (status == DB_OK)
		status = services_list(
			desk->store, &out_clock->services.rows, &out_clock->services.count);
	if (status != DB_OK)
		desk_clock_clear(out_clock);
	return status;
}

void desk_clock_clear(struct desk_clock *clock)
{
	services_clear(&clock->services);
	mem_free(clock->days);
	*clock = (struct desk_clock) { 0 };
}

static int target_days(const struct desk_clock *clock, const char *code)
{
	const struct service *service = service_find(&clock->services, code);

	return service ? service->target_days : 0;
}

void desk_clock_row(const struct desk_clock *clock, struct request_row *row)
{
	const struct age_facts facts = { row->received, row->decided, row->waits ? row->waits : "",
		target_days(clock, row->service) };

	age_read(&clock->holidays, &facts, clock->today, &row->age);
}

enum db_status desk_clock_request(
	struct desk *desk, const struct request *request, struct age *out_age)
{
	struct desk_clock clock;
	enum db_status status = desk_clock_load(desk, &clock);
	struct age_facts facts = { request->field[FIELD_RECEIVED], request->field[FIELD_DECIDED],
		request->waits, 0 };

	if (status != DB_OK)
		return status;
	facts.target_days = target_days(&clock, request->field[FIELD_SERVICE]);
	age_read(&clock.holidays, &facts, desk->today, out_age);
	desk_clock_clear(&clock);
	return DB_OK;
}

void desk_clock_move(struct request *request, enum request_state from, const char *today)
{
	bool waited = from == STATE_AWAITING_INFORMATION;
	bool waits = request->state == STATE_AWAITING_INFORMATION;
	struct buffer spans;

	if (waited == waits)
		return;
	buffer_init(&spans);
	if (waits)
		waits_begin(request->waits, today, &spans);
	else
		waits_end(request->waits, today, &spans);
	record_set(&request->waits, buffer_text(&spans));
	buffer_done(&spans);
}

enum db_status desk_clock_ship(struct store *store)
{
	enum db_status status = DB_OK;

	for (size_t i = 0; i < holidays_shipped_count() && status == DB_OK; i++)
		status = holidays_put(store, holidays_shipped(i));
	return status;
}

/* What loading a file changed. */
struct load {
	const struct holiday *list;
	size_t count;
	struct desk_holidays *done;
};

static const struct holiday *holiday_find(const struct holiday *list, size_t count, const char *day)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].day, day) == 0)
			return &list[i];
	return NULL;
}

/* Between its first day and its last the list is whole: what it does not name is no holiday. */
static enum db_status old_remove(
	struct desk *desk, const struct load *load, const struct holiday *old, size_t count)
{
	const char *first = load->list[0].day, *last = load->list[load->count - 1].day;
	enum db_status status = DB_OK;

	for (size_t i = 0; i < count && status == DB_OK; i++) {
		if (strcmp(old[i].day, first) < 0 || strcmp(old[i].day, last) > 0 ||
			holiday_find(load->list, load->count, old[i].day))
			continue;
		status = holidays_remove(desk->store, old[i].day);
		load->done->gone++;
	}
	return status;
}

static enum db_status load_store(struct desk *desk, const struct load *load)
{
	struct holiday *old = NULL;
	size_t count = 0;
	enum db_status status = holidays_list(desk->store, &old, &count);

	if (status == DB_OK)
		status = old_remove(desk, load, old, count);
	for (size_t i = 0; i < load->count && status == DB_OK; i++) {
		const struct holiday *known = holiday_find(old, count, load->list[i].day);

		load->done->added += known ? 0 : 1;
		if (!known || strcmp(known->title, load->list[i].title) != 0)
			status = holidays_put(desk->store, &load->list[i]);
	}
	mem_free(old);
	return status;
}

static enum db_status load_event(struct desk *desk, const struct load *load)
{
	char counts[64];
	const struct event_detail details[] = { { "first", load->list[0].day },
		{ "last", load->list[load->count - 1].day }, { "changed", counts } };
	const struct desk_event event = { EVENT_HOLIDAYS_LOADED, NULL, details, 3 };

	(void)snprintf(
		counts, sizeof(counts), "%zu new, %zu gone", load->done->added, load->done->gone);
	return desk_event(desk, &event);
}

enum desk_status desk_holidays_load(struct desk *desk, const struct holiday *list, size_t count,
	struct desk_holidays *out_done, struct notice *out_notice)
{
	const struct load load = { list, count, out_done };
	enum desk_status status = desk_begin(desk, DEED_HOLIDAY_LOAD, out_notice);
	enum db_status stored;

	*out_done = (struct desk_holidays) { 0 };
	if (status != DESK_OK)
		return status;
	stored = load_store(desk, &load);
	if (stored == DB_OK)
		stored = load_event(desk, &load);
	return desk_failed(desk->store, desk_end(desk, stored), out_notice);
}
