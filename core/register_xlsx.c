/*
 * The register as a workbook: all tracing figures in one table, all of DBSB in
 * another, then notes, then charts. For programs and pivot tables as much as for
 * people: zeros are zeros, no cell is empty; "-" is what cannot be divided.
 */
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/register.h"
#include "core/register_words.h"
#include "core/suppress.h"
#include "core/terms.h"
#include "core/xlsx.h"

enum { MONTH_WIDTH = 18, LABEL_WIDTH = 46, FIGURE_WIDTH = 17, CHART_WIDTH = 11 };

#define CHART_MONTHS "mmm yy"

static const struct xlsx_column tracing_columns[] = {
	{ "Month", XLSX_MONTH, MONTH_WIDTH },
	{ "Service", XLSX_TEXT, LABEL_WIDTH },
	{ "Rejected", XLSX_COUNT, FIGURE_WIDTH },
	{ "Approved - Trace", XLSX_COUNT, FIGURE_WIDTH },
	{ "Approved - No Trace", XLSX_COUNT, FIGURE_WIDTH },
	{ "Total receipts processed", XLSX_COUNT, FIGURE_WIDTH },
};

static const struct xlsx_column note_columns[] = {
	{ "Topic", XLSX_TEXT, 36 },
	{ "Note", XLSX_PROSE, 100 },
};

/* The chart's own table: by month, or by service when there is one month. */
static const struct xlsx_column month_columns[] = {
	{ "Month", XLSX_MONTH, MONTH_WIDTH },
	{ "Rejected", XLSX_COUNT, CHART_WIDTH },
	{ "Approved - Trace", XLSX_COUNT, CHART_WIDTH },
	{ "Approved - No Trace", XLSX_COUNT, CHART_WIDTH },
};
static const struct xlsx_column service_columns[] = {
	{ "Service", XLSX_TEXT, LABEL_WIDTH },
	{ "Rejected", XLSX_COUNT, CHART_WIDTH },
	{ "Approved - Trace", XLSX_COUNT, CHART_WIDTH },
	{ "Approved - No Trace", XLSX_COUNT, CHART_WIDTH },
};

enum { OUTCOMES = MEASURE_TOTAL };

struct content {
	struct xlsx *book;
	const struct figures *figures;
	const struct register_about *about;
	char mark[64]; /* at the top of each printed page */
};

/* One of a closed month that is another now is marked. */
static void write_figure(struct xlsx *book, int64_t value, bool is_tenths, bool differs)
{
	if (differs)
		xlsx_mark(book);
	if (value == FIGURE_HIDDEN)
		xlsx_text(book, REGISTER_HIDDEN);
	else if (value == FIGURE_NONE)
		xlsx_text(book, differs ? "-" REGISTER_DIFFERS : "-");
	else if (is_tenths)
		xlsx_per_cent(book, value);
	else
		xlsx_count(book, value);
}

static void write_tracing_row(const struct content *content, const struct figures_month *month,
	const char *label, const int64_t *values, const bool *differs)
{
	xlsx_month(content->book, month->month);
	xlsx_text(content->book, label);
	for (int m = 0; m < TRACING_MEASURES; m++)
		write_figure(content->book, values[m], false, differs[m]);
}

static void write_tracing(const struct content *content)
{
	xlsx_sheet(content->book, "Tracing", content->mark, tracing_columns,
		sizeof(tracing_columns) / sizeof(tracing_columns[0]));
	for (size_t i = content->figures->month_count; i > 0; i--) {
		const struct figures_month *month = &content->figures->months[i - 1];

		for (size_t s = 0; s < month->service_count; s++)
			write_tracing_row(content, month, month->services[s].label,
				month->services[s].value, month->services[s].differs);
		xlsx_sums(content->book);
		write_tracing_row(content, month, "Total", month->total, month->total_differs);
	}
}

static void dbsb_columns(
	const struct figures *figures, struct xlsx_column out_columns[1 + DBSB_MEASURES])
{
	enum xlsx_kind share =
		suppression_is_whole(figures->suppression) ? XLSX_WHOLE_PER_CENT : XLSX_PER_CENT;

	out_columns[0] = (struct xlsx_column) { "Month", XLSX_MONTH, MONTH_WIDTH };
	for (int m = 0; m < DBSB_MEASURES; m++)
		out_columns[1 + m] = (struct xlsx_column) { register_dbsb[m].title,
			m == DBSB_SINGLE_PERCENT ? share : XLSX_COUNT, FIGURE_WIDTH };
}

static void write_dbsb(const struct content *content, const struct xlsx_column *columns)
{
	xlsx_sheet(content->book, "DBSB", content->mark, columns, 1 + DBSB_MEASURES);
	for (size_t i = 0; i < content->figures->month_count; i++) {
		const struct figures_month *month = &content->figures->months[i];

		xlsx_month(content->book, month->month);
		for (int m = 0; m < DBSB_MEASURES; m++)
			write_figure(content->book, month->dbsb[m], m == DBSB_SINGLE_PERCENT,
				month->dbsb_differs[m]);
	}
}

static void write_note(const struct content *content, const char *topic, const char *note)
{
	xlsx_text(content->book, topic);
	xlsx_text(content->book, note);
}

static void write_status(const struct content *content)
{
	char shown[32], day[64], note[160];

	day_shown(content->about->today, day);
	(void)snprintf(
		note, sizeof(note), REGISTER_PROVISIONAL " This is how it stood on %s.", day);
	for (size_t i = 0; i < content->figures->month_count; i++) {
		const struct figures_month *month = &content->figures->months[i];

		month_shown(month->month, shown);
		if (month->is_present)
			write_note(content, shown, REGISTER_PRESENT);
		else if (!month->is_closed)
			write_note(content, shown, note);
	}
}

static void write_terms(const struct content *content)
{
	const char *topic = "";

	for (size_t i = 0; i < register_term_count; i++) {
		if (register_terms[i].kind == TERM_HEADING)
			topic = register_terms[i].text;
		else
			write_note(content, topic, register_terms[i].text);
	}
}

static void write_notes(const struct content *content, const char *title)
{
	struct register_notes notes;

	xlsx_sheet(content->book, "Notes", content->mark, note_columns,
		sizeof(note_columns) / sizeof(note_columns[0]));
	write_note(content, "Contents", title);
	if (content->about->is_demo)
		write_note(content, "DEMO", REGISTER_DEMO);
	write_status(content);
	register_notes_load(content->figures, &notes);
	for (size_t i = notes.footnote_count; i < notes.count; i++)
		write_note(content, "Published", notes.lines[i]);
	write_note(content, "Sheet Tracing",
		"A row is a month and a service; the row Total is the month's. Newest month "
		"first.");
	write_note(content, "Sheet DBSB",
		"A row is a month, oldest first. - stands where nothing can be divided: no "
		"submission was processed in that month, or none had a transaction.");
	write_terms(content);
	for (size_t i = 0; i < notes.footnote_count; i++)
		write_note(content, "Footnote", notes.lines[i]);
	register_notes_clear(&notes);
}

static bool is_by_service(const struct figures *figures)
{
	return figures->month_count == 1 && figures->months[0].service_count > 0;
}

static size_t write_chart_rows(const struct content *content)
{
	const struct figures *figures = content->figures;
	const struct figures_month *only = &figures->months[0];

	if (is_by_service(figures)) {
		xlsx_sheet(content->book, "Charts", content->mark, service_columns, 1 + OUTCOMES);
		for (size_t s = 0; s < only->service_count; s++) {
			xlsx_text(content->book, only->services[s].label);
			for (int m = 0; m < OUTCOMES; m++)
				write_figure(content->book, only->services[s].value[m], false,
					only->services[s].differs[m]);
		}
		return only->service_count;
	}
	xlsx_sheet(content->book, "Charts", content->mark, month_columns, 1 + OUTCOMES);
	for (size_t i = 0; i < figures->month_count; i++) {
		xlsx_month(content->book, figures->months[i].month);
		for (int m = 0; m < OUTCOMES; m++)
			write_figure(content->book, figures->months[i].total[m], false,
				figures->months[i].total_differs[m]);
	}
	return figures->month_count;
}

static void write_charts(const struct content *content)
{
	const struct xlsx_chart tracing = { .title = "Tracing service: receipts by outcome",
		.alternative = "Stacked columns of the receipts rejected, traced and not traced; "
			       "the figures stand in the table on the left.",
		.sheet = "Charts",
		.rows = write_chart_rows(content),
		.columns = { 1, 2, 3 },
		.column_count = OUTCOMES,
		.names = { register_tracing[0].title, register_tracing[1].title,
			register_tracing[2].title },
		.rows_format = is_by_service(content->figures) ? NULL : CHART_MONTHS };
	const struct xlsx_chart dbsb = { .title = "DBSB: transactions by month",
		.alternative = "Stacked columns of the transactions with a single match and "
			       "unmatched; the figures stand on the sheet DBSB.",
		.sheet = "DBSB",
		.rows = content->figures->month_count,
		.columns = { 1 + DBSB_SINGLE, 1 + DBSB_UNMATCHED },
		.column_count = 2,
		.names = { "Single match", "Unmatched" },
		.rows_format = CHART_MONTHS };

	xlsx_chart(content->book, &tracing, 0);
	/* One column compares with nothing. */
	if (content->figures->month_count > 1)
		xlsx_chart(content->book, &dbsb, 1);
}

/* The file's day: when the last of the months was published; while one is open, today. */
static const char *file_day(const struct figures *figures, const char *today)
{
	const char *day = "";

	for (size_t i = 0; i < figures->month_count; i++) {
		if (!figures->months[i].is_closed)
			return today;
		if (strcmp(figures->months[i].closed_on, day) > 0)
			day = figures->months[i].closed_on;
	}
	return day;
}

const char *register_xlsx(const struct figures *figures, const struct register_about *about,
	const char *path, const char *folder)
{
	struct xlsx_column columns[1 + DBSB_MEASURES];
	struct content content = { .figures = figures, .about = about };
	struct xlsx_about said = { .subject = "Tracing service and DBSB",
		.comments = about->is_demo ? REGISTER_DEMO : "",
		.created = file_day(figures, about->today) };
	struct buffer title, open;

	buffer_init(&title);
	buffer_init(&open);
	register_title(figures, &title);
	register_provisional(figures, &open);
	(void)snprintf(content.mark, sizeof(content.mark), "%s%s", about->is_demo ? "DEMO  " : "",
		open.size > 0 ? "Provisional" : "");
	said.title = buffer_text(&title);
	content.book = xlsx_new(path, folder, &said);
	dbsb_columns(figures, columns);
	write_tracing(&content);
	write_dbsb(&content, columns);
	write_notes(&content, said.title);
	write_charts(&content);
	buffer_done(&title);
	buffer_done(&open);
	return xlsx_close(content.book);
}
