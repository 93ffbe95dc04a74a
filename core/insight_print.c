/*
 * Insight as one sheet for programs, and as a page of tables for people.
 */
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/insight.h"
#include "core/layout.h"
#include "core/register_words.h"
#include "core/text.h"

enum { MEDIAN = 50, NINETY = 90, FORCES_MOST = 15, PROSE_WIDTH = 80 };

#define PART_INFO(constant, code, title) [constant] = { code, title },
static const struct {
	const char *code;
	const char *title;
} parts[INSIGHT_PART_COUNT] = { INSIGHT_PARTS(PART_INFO) };

static const struct sheet_column columns[] = {
	{ .name = "part", .title = "Part" },
	{ .name = "name", .title = "Name" },
	{ .name = "count", .title = "Count", .kind = CELL_NUMBER },
	{ .name = "of", .title = "Of", .kind = CELL_NUMBER },
	{ .name = "percent", .title = "Per cent", .kind = CELL_TENTHS },
	{ .name = "median_days", .title = "Median", .kind = CELL_NUMBER },
	{ .name = "p90_days", .title = "90%", .kind = CELL_NUMBER },
	{ .name = "before_count", .title = "Count before", .kind = CELL_NUMBER },
	{ .name = "before_of", .title = "Of before", .kind = CELL_NUMBER },
	{ .name = "before_percent", .title = "Per cent before", .kind = CELL_TENTHS },
	{ .name = "before_median_days", .title = "Median before", .kind = CELL_NUMBER },
	{ .name = "before_p90_days", .title = "90% before", .kind = CELL_NUMBER },
};

/* "77.8"; "" when there is nothing to have a share of. */
static void share_text(const struct insight_side *side, char out_text[32])
{
	int64_t tenths = figures_share(side->count, 1000, side->of);

	out_text[0] = '\0';
	if (tenths != FIGURE_NONE)
		(void)snprintf(out_text, 32, "%d.%d", (int)(tenths / 10), (int)(tenths % 10));
}

static void sheet_days(struct sheet *sheet, const struct insight_side *side, int percent)
{
	int32_t days = insight_percentile(side, percent);

	if (days < 0)
		sheet_text(sheet, "");
	else
		sheet_number(sheet, days);
}

static void sheet_side(struct sheet *sheet, enum insight_part part, const struct insight_side *side)
{
	char share[32];

	if (part == INSIGHT_DAYS) {
		sheet_number(sheet, (int64_t)side->day_count);
		sheet_text(sheet, "");
		sheet_text(sheet, "");
	} else {
		share_text(side, share);
		sheet_number(sheet, side->count);
		sheet_number(sheet, side->of);
		sheet_text(sheet, share);
	}
	sheet_days(sheet, side, MEDIAN);
	sheet_days(sheet, side, NINETY);
}

struct sheet *insight_sheet(const struct insight *insight)
{
	struct sheet *sheet = sheet_new(columns, sizeof(columns) / sizeof(columns[0]));

	for (size_t i = 0; i < insight->line_count; i++) {
		const struct insight_line *line = &insight->lines[i];

		sheet_text(sheet, parts[line->part].code);
		sheet_text(sheet, line->name);
		sheet_side(sheet, line->part, &line->now);
		if (line->part == INSIGHT_AGES)
			for (int c = 0; c < 5; c++)
				sheet_text(sheet, "");
		else
			sheet_side(sheet, line->part, &line->before);
	}
	return sheet;
}

/* Text. */

static const char *const share_heads[] = { "Rejected", "Decided", "Share", "Rejected before",
	"Decided before", "Share before" };
static const char *const reason_heads[] = { "Receipts", "Rejected", "Share", "Receipts before",
	"Rejected before", "Share before" };
static const char *const day_heads[] = { "Decided", "Median", "90%", "Decided before",
	"Median before", "90% before" };
static const char *const age_heads[] = { "Receipts", "Open", "Share" };

static const struct {
	const char *const *heads;
	size_t count;
} heads_of[INSIGHT_PART_COUNT] = {
	[INSIGHT_SERVICES] = { share_heads, 6 },
	[INSIGHT_REASONS] = { reason_heads, 6 },
	[INSIGHT_FORCES] = { share_heads, 6 },
	[INSIGHT_DAYS] = { day_heads, 6 },
	[INSIGHT_AGES] = { age_heads, 3 },
};

static void cell_number(struct layout_table *table, int64_t number)
{
	char shown[32];

	layout_number(number, shown);
	layout_table_cell(table, number < 0 ? "-" : shown);
}

static void table_side(
	struct layout_table *table, enum insight_part part, const struct insight_side *side)
{
	char share[32], shown[40];

	if (part == INSIGHT_DAYS) {
		cell_number(table, (int64_t)side->day_count);
		cell_number(table, insight_percentile(side, MEDIAN));
		cell_number(table, insight_percentile(side, NINETY));
		return;
	}
	share_text(side, share);
	cell_number(table, side->count);
	cell_number(table, side->of);
	(void)snprintf(shown, sizeof(shown), "%s%%", share);
	layout_table_cell(table, share[0] ? shown : "-");
}

static size_t write_lines(
	const struct insight *insight, enum insight_part part, struct layout_table *table)
{
	size_t lines = 0;

	for (size_t i = 0; i < insight->line_count; i++) {
		const struct insight_line *line = &insight->lines[i];

		if (line->part != part)
			continue;
		if (++lines > FORCES_MOST && part == INSIGHT_FORCES)
			continue;
		layout_table_row(table, LAYOUT_CELLS);
		layout_table_cell(table, line->label);
		table_side(table, part, &line->now);
		if (part != INSIGHT_AGES)
			table_side(table, part, &line->before);
	}
	return lines;
}

static void write_part(
	const struct insight *insight, enum insight_part part, int width, struct buffer *out)
{
	struct layout_table *table = layout_table_new(heads_of[part].count, 0);
	size_t lines;

	buffer_print(out, "\n%s\n", parts[part].title);
	layout_table_row(table, LAYOUT_HEAD);
	layout_table_cell(table, "");
	for (size_t i = 0; i < heads_of[part].count; i++)
		layout_table_cell(table, heads_of[part].heads[i]);
	layout_table_row(table, LAYOUT_RULE);
	lines = write_lines(insight, part, table);
	if (lines > 0)
		layout_table_write(table, width, out);
	else
		buffer_add(out, "(none)\n");
	if (part == INSIGHT_FORCES && lines > FORCES_MOST)
		buffer_print(
			out, "and %zu more; csv and json have them all\n", lines - FORCES_MOST);
	layout_table_free(table);
}

static void write_span(const struct figures_span *span, struct buffer *out)
{
	struct figures_month months[2] = { 0 };
	const struct figures figures = { .months = months,
		.month_count = strcmp(span->first, span->last) == 0 ? 1 : 2 };

	memcpy(months[0].month, span->first, sizeof(span->first));
	memcpy(months[1].month, span->last, sizeof(span->last));
	register_period(&figures, out);
}

void insight_text(const struct insight *insight, bool is_demo, int width, struct buffer *out)
{
	int prose = width > PROSE_WIDTH ? PROSE_WIDTH : width;
	struct buffer line;
	char today[64];

	if (is_demo) {
		layout_paragraph(REGISTER_DEMO, 0, prose, out);
		buffer_add(out, "\n");
	}
	buffer_init(&line);
	buffer_add(&line, "Insight: ");
	write_span(&insight->span, &line);
	buffer_print(&line, "\n");
	buffer_add(out, buffer_text(&line));
	buffer_done(&line);
	buffer_init(&line);
	day_shown(insight->today, today);
	buffer_add(
		&line, "Not published: for the desk's own use. \"Before\" are the twelve months ");
	write_span(&insight->before, &line);
	buffer_print(&line,
		"; what is open is as on %s. Median and 90%%: within so many working "
		"days half, or nine in ten, were decided.",
		today);
	layout_paragraph(buffer_text(&line), 0, prose, out);
	buffer_done(&line);
	for (enum insight_part part = 0; part < INSIGHT_PART_COUNT; part++)
		write_part(insight, part, width, out);
}
