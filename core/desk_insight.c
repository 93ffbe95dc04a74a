/*
 * Insight of a period, read in one snapshot: every receipt decided in it or in the
 * twelve months before, then those that are open.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/desk_clock.h"
#include "db/filters.h"
#include "db/request_lists.h"

enum { STATE, REASONS, ORGANISATION, KIND, WANTED };

static const enum tally_column wanted[WANTED] = { [STATE] = TALLY_STATE,
	[REASONS] = TALLY_REASONS,
	[ORGANISATION] = TALLY_ORGANISATION,
	[KIND] = TALLY_ORGANISATION_KIND };

struct run {
	struct desk_clock clock;
	struct insight *insight;
};

/* Its age on a day, waits apart; the clock of a decided one is read as if it were open then. */
static int32_t age_on(const struct run *run, const struct request_row *row, const char *day)
{
	const struct age_facts facts = {
		.received = row->received, .decided = "", .waits = row->waits
	};
	struct age age;

	age_read(&run->clock.holidays, &facts, day, &age);
	return age.days > 0 ? age.days : 0;
}

static enum db_status add_decided(void *with, struct request_row *row, const char *const values[])
{
	struct run *run = with;
	const struct service *service = service_find(&run->clock.services, row->service);
	const struct insight_case decided = { .service = row->service,
		.label = service_label(&run->clock.services, row->service),
		.position = service ? service->position : 0,
		.organisation = values[ORGANISATION],
		.organisation_kind = values[KIND],
		.reasons = values[REASONS],
		.outcome = (enum request_state)strtol(values[STATE], NULL, 10),
		.decided = row->decided,
		.days = age_on(run, row, row->decided) };

	insight_add_decided(run->insight, &decided);
	return DB_OK;
}

static enum db_status add_open(void *with, struct request_row *row, const char *const values[])
{
	struct run *run = with;

	(void)values;
	insight_add_open(run->insight, age_on(run, row, run->clock.today));
	return DB_OK;
}

static enum db_status read_all(struct desk *desk, struct run *run)
{
	char yes[] = "yes";
	struct request_filter decided = { 0 }, open = { .is[FILTER_OPEN] = yes };
	const struct requests_tally first = { .filter = &decided,
		.columns = wanted,
		.column_count = WANTED,
		.row = add_decided,
		.with = run };
	const struct requests_tally second = { .filter = &open, .row = add_open, .with = run };
	enum db_status status;

	(void)snprintf(decided.decided.from, DAY_SIZE, "%s-01", run->insight->before.first);
	(void)snprintf(decided.decided.to, DAY_SIZE, "%s-31", run->insight->span.last);
	status = desk_clock_load(desk, &run->clock);
	if (status == DB_OK)
		status = requests_tally(desk->store, &first);
	if (status == DB_OK)
		status = requests_tally(desk->store, &second);
	desk_clock_clear(&run->clock);
	return status;
}

enum desk_status desk_insight(struct desk *desk, const char *period, struct insight *out_insight,
	struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_FIGURES, NULL, out_notice);
	struct run run = { .insight = out_insight };
	struct figures_span span;
	enum db_status stored;
	char why[512];

	*out_insight = (struct insight) { 0 };
	if (status != DESK_OK)
		return status;
	if (!figures_period(period, desk->today, &span, why, sizeof(why)))
		return notice_set(out_notice, DESK_USAGE, "figures: %s", why);
	stored = store_read_begin(desk->store);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, out_notice);
	insight_init(out_insight, &span, desk->today);
	stored = read_all(desk, &run);
	store_read_end(desk->store);
	insight_finish(out_insight);
	if (stored != DB_OK)
		insight_clear(out_insight);
	return desk_failed(desk->store, stored, out_notice);
}
