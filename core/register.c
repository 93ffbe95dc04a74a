/*
 * The register as text, in both layouts: the list is that of the page of December
 * 2020, the matrix that of early 2020.
 */
#include "core/register.h"

#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/layout.h"
#include "core/register_words.h"
#include "core/terms.h"
#include "core/text.h"

enum {
	LIST_WIDTH = 64,  /* columns of a table of the list layout: wider than its longest title */
	PROSE_WIDTH = 80, /* lines of prose are not longer, however wide the terminal */
};

/* What a page of text is written with. */
struct page {
	const struct figures *figures;
	int width;
	struct buffer *out;
};

static void page_line(const struct page *page, const char *text)
{
	int width = page->width > PROSE_WIDTH ? PROSE_WIDTH : page->width;

	layout_paragraph(text, 0, width, page->out);
}

static void page_gap(const struct page *page)
{
	buffer_add(page->out, "\n");
}

/* A figure of a closed month that is another now is marked. */
static void table_figure(struct layout_table *table, const char *shown, bool differs)
{
	char marked[64];

	(void)snprintf(marked, sizeof(marked), "%s%s", shown, differs ? REGISTER_DIFFERS : "");
	layout_table_cell(table, marked);
}

static void table_number(struct layout_table *table, int64_t number, bool differs, const char *zero)
{
	char shown[32];

	layout_number(number, shown);
	if (number == FIGURE_HIDDEN)
		layout_table_cell(table, REGISTER_HIDDEN);
	else
		table_figure(table, number == 0 ? zero : shown, differs);
}

/* A zero is a dash, and so is what cannot be divided. */
static void table_dbsb(struct layout_table *table, const struct figures *figures,
	const struct figures_month *month, enum dbsb_measure measure)
{
	struct buffer shown;

	buffer_init(&shown);
	register_dbsb_shown(figures, month, measure, &shown);
	table_figure(table, buffer_text(&shown), month->dbsb_differs[measure]);
	buffer_done(&shown);
}

static void table_month(struct layout_table *table, const char *month)
{
	char shown[32];

	month_shown(month, shown);
	layout_table_cell(table, shown);
}

static void table_finish(struct layout_table *table, const struct page *page)
{
	layout_table_write(table, page->width, page->out);
	layout_table_free(table);
}

static void month_heading(
	const struct page *page, const struct figures_month *month, enum register_layout layout)
{
	struct buffer line;

	buffer_init(&line);
	register_month_heading(month, layout, &line);
	page_line(page, buffer_text(&line));
	buffer_done(&line);
	if (!month->is_closed)
		page_line(page, REGISTER_PROVISIONAL);
	if (month->is_present)
		page_line(page, REGISTER_PRESENT);
	page_gap(page);
}

static void list_month(const struct page *page, const struct figures_month *month)
{
	month_heading(page, month, REGISTER_LIST);
	for (int m = 0; m < TRACING_MEASURES; m++) {
		struct layout_table *table = layout_table_new(1, LIST_WIDTH);

		page_line(page, register_tracing[m].title);
		layout_table_row(table, LAYOUT_RULE);
		for (size_t s = 0; s < month->service_count; s++) {
			layout_table_row(table, LAYOUT_CELLS);
			layout_table_cell(table, month->services[s].label);
			table_number(table, month->services[s].value[m],
				month->services[s].differs[m], "-");
		}
		layout_table_row(table, LAYOUT_RULE);
		layout_table_row(table, LAYOUT_CELLS);
		layout_table_cell(table, "Total");
		table_number(table, month->total[m], month->total_differs[m], "-");
		table_finish(table, page);
		page_gap(page);
	}
}

static void matrix_month(const struct page *page, const struct figures_month *month)
{
	struct layout_table *table = layout_table_new(month->service_count + 1, 0);

	month_heading(page, month, REGISTER_MATRIX);
	layout_table_row(table, LAYOUT_HEAD);
	layout_table_cell(table, "");
	for (size_t s = 0; s < month->service_count; s++)
		layout_table_cell(table, month->services[s].label);
	layout_table_cell(table, "Total");
	layout_table_row(table, LAYOUT_RULE);
	for (int m = 0; m < TRACING_MEASURES; m++) {
		if (m == MEASURE_TOTAL)
			layout_table_row(table, LAYOUT_EMPTY);
		layout_table_row(table, LAYOUT_CELLS);
		layout_table_cell(table, register_tracing[m].title);
		for (size_t s = 0; s < month->service_count; s++)
			table_number(table, month->services[s].value[m],
				month->services[s].differs[m], "");
		table_number(table, month->total[m], month->total_differs[m], "");
	}
	table_finish(table, page);
	page_gap(page);
}

static void list_dbsb(const struct page *page)
{
	const struct figures *figures = page->figures;

	for (int m = 0; m < DBSB_MEASURES; m++) {
		struct layout_table *table = layout_table_new(1, LIST_WIDTH);

		page_line(page, register_dbsb[m].title);
		layout_table_row(table, LAYOUT_RULE);
		for (size_t i = 0; i < figures->month_count; i++) {
			layout_table_row(table, LAYOUT_CELLS);
			table_month(table, figures->months[i].month);
			table_dbsb(table, figures, &figures->months[i], (enum dbsb_measure)m);
		}
		table_finish(table, page);
		page_gap(page);
	}
}

static void matrix_dbsb(const struct page *page)
{
	const struct figures *figures = page->figures;
	struct layout_table *table = layout_table_new(figures->month_count, 0);

	layout_table_row(table, LAYOUT_HEAD);
	layout_table_cell(table, "");
	for (size_t i = 0; i < figures->month_count; i++)
		table_month(table, figures->months[i].month);
	layout_table_row(table, LAYOUT_RULE);
	for (int m = 0; m < DBSB_MEASURES; m++) {
		layout_table_row(table, LAYOUT_CELLS);
		layout_table_cell(table, register_dbsb[m].title);
		for (size_t i = 0; i < figures->month_count; i++)
			table_dbsb(table, figures, &figures->months[i], (enum dbsb_measure)m);
	}
	table_finish(table, page);
	page_gap(page);
}

static void dbsb_heading(const struct page *page)
{
	struct buffer line, provisional;

	buffer_init(&line);
	buffer_init(&provisional);
	register_dbsb_heading(page->figures, &line);
	register_provisional(page->figures, &provisional);
	page_line(page, buffer_text(&line));
	if (provisional.size > 0)
		page_line(page, buffer_text(&provisional));
	page_gap(page);
	buffer_done(&line);
	buffer_done(&provisional);
}

static void write_terms(const struct page *page)
{
	int width = page->width > PROSE_WIDTH ? PROSE_WIDTH : page->width;
	enum term_kind before = TERM_HEADING;

	page_line(page, "Explanation of terms");
	layout_rule((int)strlen("Explanation of terms"), page->width, page->out);
	for (size_t i = 0; i < register_term_count; i++) {
		const struct term *term = &register_terms[i];
		bool is_item = term->kind == TERM_ITEM;

		if (!is_item || before != TERM_ITEM)
			page_gap(page);
		layout_paragraph(term->text, 2, width, page->out);
		before = term->kind;
	}
}

static void write_notes(const struct page *page)
{
	struct register_notes notes;
	struct buffer shown;

	register_notes_load(page->figures, &notes);
	for (size_t i = 0; i < notes.count; i++) {
		buffer_init(&shown);
		text_show(notes.lines[i], &shown);
		page_gap(page);
		page_line(page, buffer_text(&shown));
		buffer_done(&shown);
	}
	register_notes_clear(&notes);
}

/* What the bars show. */
static const struct series {
	const char *title;
	bool is_dbsb;
	int measure; /* of its section */
} all_series[] = {
	{ "Rejected", false, MEASURE_REJECTED },
	{ "Approved - Trace", false, MEASURE_APPROVED_TRACE },
	{ "Approved - No Trace", false, MEASURE_APPROVED_NO_TRACE },
	{ "Total receipts processed", false, MEASURE_TOTAL },
	{ "DBSB submissions received", true, DBSB_RECEIVED },
	{ "DBSB transactions", true, DBSB_TRANSACTIONS },
};

static int64_t series_value(const struct series *series, const struct figures_month *month)
{
	return series->is_dbsb ? month->dbsb[series->measure] : month->total[series->measure];
}

enum { BARS_TITLE = 27, BARS_LEAST = 60 };

/* One row: title, a bar for each month from `first` on, the largest. */
static void write_bars_row(const struct page *page, const struct series *series, size_t first)
{
	const struct figures *figures = page->figures;
	int64_t largest = FIGURE_HIDDEN;
	char shown[32];

	for (size_t i = first; i < figures->month_count; i++)
		if (series_value(series, &figures->months[i]) > largest)
			largest = series_value(series, &figures->months[i]);
	buffer_print(page->out, "%-*s", BARS_TITLE, series->title);
	for (size_t i = first; i < figures->month_count; i++)
		buffer_print(page->out, "%s ",
			layout_bar(series_value(series, &figures->months[i]), largest));
	layout_number(largest, shown);
	if (largest < 0)
		buffer_add(page->out, " suppressed\n");
	else
		buffer_print(page->out, " up to %s\n", shown);
}

/* The months side by side, oldest first, for who looks at a terminal; the last ones where not all
   fit. */
static void write_bars(const struct page *page)
{
	const struct figures *figures = page->figures;
	int room = (page->width > PROSE_WIDTH ? PROSE_WIDTH : page->width) - BARS_TITLE - 20;
	size_t most = room > 0 ? (size_t)room / 2 : 0, first = 0;
	char shown[32];

	if (page->width < BARS_LEAST || figures->month_count < 2)
		return;
	if (figures->month_count > most)
		first = figures->month_count - most;
	page_gap(page);
	page_line(page, "Month by month");
	layout_rule((int)strlen("Month by month"), page->width, page->out);
	buffer_print(page->out, "%-*s", BARS_TITLE, "");
	for (size_t i = first; i < figures->month_count; i++) {
		month_shown(figures->months[i].month, shown);
		buffer_print(page->out, "%s%.1s", i > first ? " " : "", shown);
	}
	page_gap(page);
	for (size_t i = 0; i < sizeof(all_series) / sizeof(all_series[0]); i++)
		write_bars_row(page, &all_series[i], first);
}

void register_text(const struct figures *figures, enum register_layout layout, bool is_demo,
	int width, struct buffer *out)
{
	const struct page page = { figures, width, out };

	if (is_demo) {
		page_line(&page, REGISTER_DEMO);
		page_gap(&page);
	}
	for (size_t i = figures->month_count; i > 0; i--) {
		if (layout == REGISTER_LIST)
			list_month(&page, &figures->months[i - 1]);
		else
			matrix_month(&page, &figures->months[i - 1]);
	}
	dbsb_heading(&page);
	if (layout == REGISTER_LIST)
		list_dbsb(&page);
	else
		matrix_dbsb(&page);
	write_terms(&page);
	write_notes(&page);
	write_bars(&page);
}
