/*
 * Counting for insight. Lines are made as they are met and put in order at the end:
 * services as the register has them, reasons and forces by how many were rejected,
 * ages as they rise. That the Guardian withheld is told as its letter tells it.
 */
#include "core/insight.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/codes.h"
#include "core/list.h"

static const char *const forces[] = { "territorial", "met", "city", "service_navy", "service_army",
	"service_air" };

static const struct age_band {
	const char *name;
	const char *label;
	int32_t most;
} ages[] = {
	{ "0-5", "0 to 5", 5 },
	{ "6-10", "6 to 10", 10 },
	{ "11-20", "11 to 20", 20 },
	{ "21-40", "21 to 40", 40 },
	{ "over-40", "over 40", INT32_MAX },
};

enum { AGES = sizeof(ages) / sizeof(ages[0]) };

/* What makes a line one of its own, and where it stands in its part. */
struct key {
	enum insight_part part;
	const char *name;
	const char *label;
	int order;
};

static struct insight_line *line_find(struct insight *insight, const struct key *key)
{
	size_t size = sizeof(*insight->lines);
	struct insight_line *line;

	for (size_t i = 0; i < insight->line_count; i++)
		if (insight->lines[i].part == key->part &&
			strcmp(insight->lines[i].name, key->name) == 0)
			return &insight->lines[i];
	insight->lines = mem_resize(
		insight->lines, insight->line_count * size, (insight->line_count + 1) * size);
	line = &insight->lines[insight->line_count++];
	*line = (struct insight_line) { .part = key->part,
		.order = key->order,
		.name = mem_text(key->name),
		.label = mem_text(key->label) };
	return line;
}

static struct insight_line *line_of_age(struct insight *insight, size_t band)
{
	const struct key key = { INSIGHT_AGES, ages[band].name, ages[band].label, (int)band };

	return line_find(insight, &key);
}

/* The same month a year before the first, up to the month before it. */
static void year_before(const char *first, struct figures_span *out_before)
{
	char text[32], month[8];

	(void)snprintf(text, sizeof(text), "%04ld%.3s", strtol(first, NULL, 10) - 1, first + 4);
	text[7] = '\0';
	memcpy(out_before->first, text, sizeof(out_before->first));
	for (memcpy(month, text, sizeof(month)); strcmp(month, first) < 0;
		month_next(out_before->last, month))
		memcpy(out_before->last, month, sizeof(month));
}

void insight_init(struct insight *insight, const struct figures_span *span, const char *today)
{
	*insight = (struct insight) { .span = *span };
	memcpy(insight->today, today, DAY_SIZE);
	year_before(span->first, &insight->before);
	for (size_t i = 0; i < AGES; i++)
		(void)line_of_age(insight, i);
}

void insight_clear(struct insight *insight)
{
	for (size_t i = 0; i < insight->line_count; i++) {
		mem_free(insight->lines[i].name);
		mem_free(insight->lines[i].label);
		mem_free(insight->lines[i].now.days);
		mem_free(insight->lines[i].before.days);
	}
	mem_free(insight->lines);
	*insight = (struct insight) { 0 };
}

static bool is_within(const struct figures_span *span, const char *day)
{
	return strncmp(day, span->first, 7) >= 0 && strncmp(day, span->last, 7) <= 0;
}

static bool is_force(const char *kind)
{
	for (size_t i = 0; i < sizeof(forces) / sizeof(forces[0]); i++)
		if (strcmp(forces[i], kind) == 0)
			return true;
	return false;
}

static struct insight_side *side_of(struct insight *insight, const struct key *key, bool is_now)
{
	struct insight_line *line = line_find(insight, key);

	return is_now ? &line->now : &line->before;
}

static void add_share(struct insight_side *side, bool counts)
{
	side->of++;
	side->count += counts;
}

static void add_days(struct insight_side *side, int32_t days)
{
	size_t size = sizeof(*side->days);

	if (side->day_count == side->day_room) {
		size_t room = side->day_room ? 2 * side->day_room : 16;

		side->days = mem_resize(side->days, side->day_room * size, room * size);
		side->day_room = room;
	}
	side->days[side->day_count++] = days;
}

static void add_reason(struct insight *insight, const char *reason, bool is_now)
{
	struct key key = { .part = INSIGHT_REASONS, .name = reason };

	if (strcmp(reason, "guardian_withheld") == 0)
		key.name = "not_in_public_interest";
	key.label = code_shown("reason", key.name);
	side_of(insight, &key, is_now)->count++;
}

static void add_reasons(struct insight *insight, const char *reasons, bool is_now)
{
	char *reason;

	while ((reason = list_next(&reasons)) != NULL) {
		add_reason(insight, reason, is_now);
		mem_free(reason);
	}
}

/* Under its service, and under the total, which stands last. */
static void add_service(
	struct insight *insight, const struct insight_case *decided, bool is_now, bool is_rejected)
{
	struct key keys[] = { { .name = decided->service,
				      .label = decided->label,
				      .order = decided->position > 0 ? decided->position
								     : INT_MAX - 1 },
		{ .name = "total", .label = "Total", .order = INT_MAX } };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		keys[i].part = INSIGHT_SERVICES;
		add_share(side_of(insight, &keys[i], is_now), is_rejected);
		keys[i].part = INSIGHT_DAYS;
		add_days(side_of(insight, &keys[i], is_now), decided->days);
	}
}

void insight_add_decided(struct insight *insight, const struct insight_case *decided)
{
	const struct key force = { .part = INSIGHT_FORCES,
		.name = decided->organisation,
		.label = decided->organisation };
	bool is_rejected = decided->outcome == STATE_REJECTED;
	bool is_now = is_within(&insight->span, decided->decided);

	if (!is_rejected && decided->outcome != STATE_APPROVED_TRACE &&
		decided->outcome != STATE_APPROVED_NO_TRACE)
		return;
	if (!is_now && !is_within(&insight->before, decided->decided))
		return;
	add_service(insight, decided, is_now, is_rejected);
	if (is_force(decided->organisation_kind) && *decided->organisation)
		add_share(side_of(insight, &force, is_now), is_rejected);
	if (!is_rejected)
		return;
	insight->rejected_now += is_now;
	insight->rejected_before += !is_now;
	add_reasons(insight, decided->reasons, is_now);
}

void insight_add_open(struct insight *insight, int32_t days)
{
	size_t band = 0;

	while (days > ages[band].most)
		band++;
	for (size_t i = 0; i < AGES; i++)
		add_share(&line_of_age(insight, i)->now, i == band);
}

static int compare_days(const void *a, const void *b)
{
	const int32_t *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

static int compare_lines(const void *a, const void *b)
{
	const struct insight_line *left = a, *right = b;

	if (left->part != right->part)
		return left->part < right->part ? -1 : 1;
	if (left->order != right->order)
		return left->order < right->order ? -1 : 1;
	if (left->now.count != right->now.count)
		return left->now.count > right->now.count ? -1 : 1;
	if (left->before.count != right->before.count)
		return left->before.count > right->before.count ? -1 : 1;
	return strcmp(left->name, right->name);
}

static void sort_days(struct insight_side *side)
{
	if (side->day_count > 0)
		qsort(side->days, side->day_count, sizeof(*side->days), compare_days);
}

void insight_finish(struct insight *insight)
{
	for (size_t i = 0; i < insight->line_count; i++) {
		struct insight_line *line = &insight->lines[i];

		if (line->part == INSIGHT_REASONS) {
			line->now.of = insight->rejected_now;
			line->before.of = insight->rejected_before;
		}
		sort_days(&line->now);
		sort_days(&line->before);
	}
	qsort(insight->lines, insight->line_count, sizeof(*insight->lines), compare_lines);
}

int32_t insight_percentile(const struct insight_side *side, int percent)
{
	size_t rank = (side->day_count * (size_t)percent + 99) / 100;

	return rank > 0 ? side->days[rank - 1] : -1;
}
