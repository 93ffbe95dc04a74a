/*
 * The register in its four forms. The list layout is that of the page of
 * December 2020, the matrix that of early 2020; csv and json carry the same
 * figures for programs. Titles, codes and order are tables, written once.
 */
#include "core/register.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/json.h"
#include "core/layout.h"
#include "core/sheet.h"
#include "core/terms.h"
#include "core/text.h"

enum {
	LIST_WIDTH = 64,  /* columns of a table of the list layout: wider than its longest title */
	PROSE_WIDTH = 80, /* lines of prose are not longer, however wide the terminal */
};

#define PROVISIONAL_MONTH "Provisional: the month is not closed; its figures can still change."
#define PROVISIONAL_MONTHS \
	"Provisional: these months are not closed; their figures can still change."

struct measure {
	const char *code;
	const char *title;
};

static const struct measure tracing_measures[TRACING_MEASURES] = {
	[MEASURE_REJECTED] = { "rejected", "Rejected" },
	[MEASURE_APPROVED_TRACE] = { "approved_trace", "Approved - Trace" },
	[MEASURE_APPROVED_NO_TRACE] = { "approved_no_trace", "Approved - No Trace" },
	[MEASURE_TOTAL] = { "total_receipts_processed", "Total receipts processed" },
};

static const struct measure dbsb_measures[DBSB_MEASURES] = {
	[DBSB_RECEIVED] = { "received", "Number of Submissions Received" },
	[DBSB_REJECTED] = { "rejected", "Number of Submissions Rejected" },
	[DBSB_WITHDRAWN] = { "withdrawn", "Number of Submissions Withdrawn" },
	[DBSB_PROCESSED] = { "approved_and_processed",
		"Number of Submissions Approved and Processed" },
	[DBSB_AVERAGE] = { "transactions_avg_per_file",
		"Actual Number of Transactions Processed by DBS (Avg per File)" },
	[DBSB_SINGLE_PERCENT] = { "single_match_percent", "% of Transactions with Single Matched" },
	[DBSB_SINGLE] = { "single_match", "Total Number of Transactions with Single Match" },
	[DBSB_UNMATCHED] = { "unmatched", "Total Unmatched" },
	[DBSB_TRANSACTIONS] = { "transactions_total",
		"Actual Number of Transactions Processed by DBS (Total)" },
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

static void table_number(struct layout_table *table, int64_t number, const char *zero)
{
	char shown[32];

	layout_number(number, shown);
	layout_table_cell(table, number == 0 ? zero : shown);
}

/* A zero is a dash, and so is what cannot be divided. */
static void table_dbsb(
	struct layout_table *table, const struct figures_month *month, enum dbsb_measure measure)
{
	int64_t value = month->dbsb[measure];
	char shown[40];

	if (value <= 0)
		(void)snprintf(shown, sizeof(shown), "-");
	else if (measure == DBSB_SINGLE_PERCENT)
		(void)snprintf(
			shown, sizeof(shown), "%" PRId64 ".%" PRId64 "%%", value / 10, value % 10);
	else
		layout_number(value, shown);
	layout_table_cell(table, shown);
}

static void table_month(struct layout_table *table, const char *month)
{
	char shown[32];

	month_shown(month, shown);
	layout_table_cell(table, shown);
}

/* The label, and its note in the months that have it. */
static void table_service(
	struct layout_table *table, const struct service *service, const char *month)
{
	struct buffer label;

	buffer_init(&label);
	buffer_add(&label, service->label);
	if (service->note[0] && strcmp(service->note_from, month) <= 0)
		buffer_print(&label, " %s", service->note);
	layout_table_cell(table, buffer_text(&label));
	buffer_done(&label);
}

static void table_finish(struct layout_table *table, const struct page *page)
{
	layout_table_write(table, page->width, page->out);
	layout_table_free(table);
}

static void month_heading(
	const struct page *page, const char *title, const struct figures_month *month)
{
	char shown[32], line[128];

	month_shown(month->month, shown);
	(void)snprintf(line, sizeof(line), "%s %s", title, shown);
	page_line(page, line);
	if (!month->is_closed)
		page_line(page, PROVISIONAL_MONTH);
	page_gap(page);
}

static void list_month(const struct page *page, const struct figures_month *month)
{
	month_heading(page, "Tracing service activity for", month);
	for (int m = 0; m < TRACING_MEASURES; m++) {
		struct layout_table *table = layout_table_new(1, LIST_WIDTH);

		page_line(page, tracing_measures[m].title);
		layout_table_row(table, LAYOUT_RULE);
		for (size_t s = 0; s < month->service_count; s++) {
			layout_table_row(table, LAYOUT_CELLS);
			table_service(table, month->services[s].service, month->month);
			table_number(table, month->services[s].value[m], "-");
		}
		layout_table_row(table, LAYOUT_RULE);
		layout_table_row(table, LAYOUT_CELLS);
		layout_table_cell(table, "Total");
		table_number(table, month->total[m], "-");
		table_finish(table, page);
		page_gap(page);
	}
}

static void matrix_month(const struct page *page, const struct figures_month *month)
{
	struct layout_table *table = layout_table_new(month->service_count + 1, 0);

	month_heading(page, "Tracing service -", month);
	layout_table_row(table, LAYOUT_HEAD);
	layout_table_cell(table, "");
	for (size_t s = 0; s < month->service_count; s++)
		table_service(table, month->services[s].service, month->month);
	layout_table_cell(table, "Total");
	layout_table_row(table, LAYOUT_RULE);
	for (int m = 0; m < TRACING_MEASURES; m++) {
		if (m == MEASURE_TOTAL)
			layout_table_row(table, LAYOUT_EMPTY);
		layout_table_row(table, LAYOUT_CELLS);
		layout_table_cell(table, tracing_measures[m].title);
		for (size_t s = 0; s < month->service_count; s++)
			table_number(table, month->services[s].value[m], "");
		table_number(table, month->total[m], "");
	}
	table_finish(table, page);
	page_gap(page);
}

static void list_dbsb(const struct page *page)
{
	const struct figures *figures = page->figures;

	for (int m = 0; m < DBSB_MEASURES; m++) {
		struct layout_table *table = layout_table_new(1, LIST_WIDTH);

		page_line(page, dbsb_measures[m].title);
		layout_table_row(table, LAYOUT_RULE);
		for (size_t i = 0; i < figures->month_count; i++) {
			layout_table_row(table, LAYOUT_CELLS);
			table_month(table, figures->months[i].month);
			table_dbsb(table, &figures->months[i], (enum dbsb_measure)m);
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
		layout_table_cell(table, dbsb_measures[m].title);
		for (size_t i = 0; i < figures->month_count; i++)
			table_dbsb(table, &figures->months[i], (enum dbsb_measure)m);
	}
	table_finish(table, page);
	page_gap(page);
}

/* "December 2020", "July to December 2020", "December 2019 to January 2020". */
static void period_shown(const struct figures *figures, struct buffer *out)
{
	const char *first = figures->months[0].month;
	const char *last = figures->months[figures->month_count - 1].month;
	char shown[32];

	month_shown(first, shown);
	if (strcmp(first, last) != 0) {
		if (strncmp(first, last, 4) == 0)
			shown[strcspn(shown, " ")] = '\0';
		buffer_print(out, "%s to ", shown);
		month_shown(last, shown);
	}
	buffer_add(out, shown);
}

/* Says which months of the period can still change. */
static void dbsb_provisional(const struct page *page)
{
	const struct figures *figures = page->figures;
	size_t open = 0;
	struct buffer names;
	char shown[32];

	buffer_init(&names);
	for (size_t i = 0; i < figures->month_count; i++) {
		if (figures->months[i].is_closed)
			continue;
		month_shown(figures->months[i].month, shown);
		buffer_print(
			&names, "%s%s", open++ > 0 ? ", " : "Provisional, not closed: ", shown);
	}
	if (open > 0 && open == figures->month_count)
		page_line(page, open == 1 ? PROVISIONAL_MONTH : PROVISIONAL_MONTHS);
	else if (open > 0)
		page_line(page, buffer_text(&names));
	buffer_done(&names);
}

static void dbsb_heading(const struct page *page)
{
	struct buffer line;

	buffer_init(&line);
	buffer_add(&line, "Demographics Batch Service Bureau activity - ");
	period_shown(page->figures, &line);
	page_line(page, buffer_text(&line));
	dbsb_provisional(page);
	page_gap(page);
	buffer_done(&line);
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

static bool service_is_shown(const struct figures *figures, const struct service *service)
{
	for (size_t i = 0; i < figures->month_count; i++)
		for (size_t s = 0; s < figures->months[i].service_count; s++)
			if (figures->months[i].services[s].service == service)
				return true;
	return false;
}

static void write_footnotes(const struct page *page)
{
	const struct figures *figures = page->figures;
	struct buffer shown;

	for (size_t s = 0; s < figures->service_count; s++) {
		const struct service *service = &figures->services[s];

		if (!service->footnote[0] || !service_is_shown(figures, service))
			continue;
		buffer_init(&shown);
		text_show(service->footnote, &shown);
		page_gap(page);
		page_line(page, buffer_text(&shown));
		buffer_done(&shown);
	}
}

void register_text(const struct figures *figures, enum register_layout layout, bool is_demo,
	int width, struct buffer *out)
{
	const struct page page = { figures, width, out };

	if (is_demo) {
		page_line(&page, "DEMO: every case and every person in these figures is invented.");
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
	write_footnotes(&page);
}

/* One figure of csv and json. */
struct cell {
	const char *month;
	const char *section;
	const char *measure;
	const char *service; /* NULL in the dbsb section */
	char value[40];	     /* "-" where a division by zero would be */
};

typedef void cell_writer(const struct cell *cell, struct buffer *out);

static void write_cell(struct cell *cell, int64_t value, cell_writer *write, struct buffer *out)
{
	(void)snprintf(cell->value, sizeof(cell->value), "%" PRId64, value);
	write(cell, out);
}

static void tracing_cells(const struct figures_month *month, cell_writer *write, struct buffer *out)
{
	for (int m = 0; m < TRACING_MEASURES; m++) {
		struct cell cell = { .month = month->month,
			.section = "tracing",
			.measure = tracing_measures[m].code };

		for (size_t s = 0; s < month->service_count; s++) {
			cell.service = month->services[s].service->code;
			write_cell(&cell, month->services[s].value[m], write, out);
		}
		cell.service = "total";
		write_cell(&cell, month->total[m], write, out);
	}
}

static void dbsb_cells(const struct figures_month *month, cell_writer *write, struct buffer *out)
{
	for (int m = 0; m < DBSB_MEASURES; m++) {
		struct cell cell = {
			.month = month->month, .section = "dbsb", .measure = dbsb_measures[m].code
		};
		int64_t value = month->dbsb[m];

		if (value < 0)
			(void)snprintf(cell.value, sizeof(cell.value), "-");
		else if (m == DBSB_SINGLE_PERCENT)
			(void)snprintf(cell.value, sizeof(cell.value), "%" PRId64 ".%" PRId64,
				value / 10, value % 10);
		else
			(void)snprintf(cell.value, sizeof(cell.value), "%" PRId64, value);
		write(&cell, out);
	}
}

/* Every figure in the order of the contract: csv and json cannot differ in it. */
static void all_cells(const struct figures *figures, cell_writer *write, struct buffer *out)
{
	for (size_t i = 0; i < figures->month_count; i++) {
		tracing_cells(&figures->months[i], write, out);
		dbsb_cells(&figures->months[i], write, out);
	}
}

static void csv_cell(const struct cell *cell, struct buffer *out)
{
	buffer_print(out, "%s,%s,%s,", cell->month, cell->section, cell->measure);
	if (cell->service)
		csv_write_cell(cell->service, false, out);
	buffer_print(out, ",%s\n", cell->value);
}

void register_csv(const struct figures *figures, struct buffer *out)
{
	buffer_add(out, "month,section,measure,service,value\n");
	all_cells(figures, csv_cell, out);
}

static void json_cell(const struct cell *cell, struct buffer *out)
{
	bool is_first = buffer_text(out)[out->size - 1] == '[';

	buffer_print(out,
		"%s\n{\"month\":\"%s\",\"section\":\"%s\",\"measure\":\"%s\",\"service\":",
		is_first ? "" : ",", cell->month, cell->section, cell->measure);
	if (cell->service)
		json_write_string(cell->service, out);
	else
		buffer_add(out, "null");
	buffer_print(out, ",\"value\":%s}", strcmp(cell->value, "-") == 0 ? "null" : cell->value);
}

static void json_months(const struct figures *figures, struct buffer *out)
{
	for (size_t i = 0; i < figures->month_count; i++) {
		const struct figures_month *month = &figures->months[i];

		buffer_print(out,
			"%s\n{\"month\":\"%s\",\"status\":\"%s\",\"closed_on\":", i > 0 ? "," : "",
			month->month, month->is_closed ? "closed" : "open");
		if (month->is_closed)
			json_write_string(month->closed_on, out);
		else
			buffer_add(out, "null");
		buffer_print(out, ",\"revision\":%d}", month->revision);
	}
}

void register_json(const struct figures *figures, struct buffer *out)
{
	buffer_add(out, "{\"months\":[");
	json_months(figures, out);
	buffer_add(out, "],\n\"figures\":[");
	all_cells(figures, json_cell, out);
	buffer_add(out, "]}\n");
}
