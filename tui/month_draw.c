/*
 * Numbers end where their headings do; the selected one stands behind a mark and
 * in bold. A bar never stands without its number.
 */
#include "tui/month_draw.h"

#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/layout.h"
#include "core/register_words.h"

enum {
	CELL_WIDTH = 10,
	LABEL_MOST = 52,
	BARS_MOST = 12, /* months */
	BAR_WIDTH = 5,
	BAR_ROWS = 5, /* a gap, what they show, bars, numbers, months */
};

/* The published titles do not fit a line with two numbers. */
static const char *const dbsb_labels[DBSB_MEASURES] = {
	[DBSB_RECEIVED] = "Submissions received",
	[DBSB_REJECTED] = "Submissions rejected",
	[DBSB_WITHDRAWN] = "Submissions withdrawn",
	[DBSB_PROCESSED] = "Submissions approved and processed",
	[DBSB_AVERAGE] = "Transactions, average per file",
	[DBSB_SINGLE_PERCENT] = "Single match, % of transactions",
	[DBSB_SINGLE] = "Transactions with single match",
	[DBSB_UNMATCHED] = "Transactions unmatched",
	[DBSB_TRANSACTIONS] = "Transactions, total",
};

const struct figures_month *month_shown_now(const struct month_view *view)
{
	return view->figures && view->figures->month_count > 0
		       ? &view->figures->months[view->figures->month_count - 1]
		       : NULL;
}

bool month_part_is_text(enum month_part part)
{
	return part == PART_INSIGHT || part == PART_REVISIONS;
}

size_t month_rows(const struct month_view *view)
{
	const struct figures_month *month = month_shown_now(view);

	if (!month || month_part_is_text(view->part))
		return 0;
	return view->part == PART_TRACING ? month->service_count + 1 : DBSB_MEASURES;
}

void month_cell(const struct month_view *view, struct figures_cell *out_cell)
{
	const struct figures_month *month = month_shown_now(view);
	const char *service = "dbsb";

	if (view->part == PART_TRACING)
		service = view->row < month->service_count ? month->services[view->row].code
							   : "total";
	*out_cell = (struct figures_cell) { .is_dbsb = view->part == PART_DBSB };
	out_cell->measure = out_cell->is_dbsb ? (int)view->row : view->column;
	(void)snprintf(out_cell->service, sizeof(out_cell->service), "%s", service);
}

/* The selected figure in another month; 0 where its service is not shown. */
static int64_t value_in(const struct month_view *view, const struct figures_month *month)
{
	struct figures_cell cell;

	month_cell(view, &cell);
	if (cell.is_dbsb)
		return month->dbsb[cell.measure];
	if (strcmp(cell.service, "total") == 0)
		return month->total[cell.measure];
	for (size_t i = 0; i < month->service_count; i++)
		if (strcmp(month->services[i].code, cell.service) == 0)
			return month->services[i].value[cell.measure];
	return 0;
}

static void value_shown(
	const struct month_view *view, const struct figures_month *month, struct buffer *out)
{
	int64_t value = value_in(view, month);
	char shown[32];

	if (value == 0) {
		buffer_add(out, "none");
		return;
	}
	if (view->part == PART_DBSB) {
		register_dbsb_shown(view->figures, month, (enum dbsb_measure)view->row, out);
		return;
	}
	layout_number(value, shown);
	buffer_add(out, shown);
}

static const char *row_label(const struct month_view *view, size_t row)
{
	const struct figures_month *month = month_shown_now(view);

	if (view->part == PART_DBSB)
		return dbsb_labels[row];
	return row < month->service_count ? month->services[row].label : "Total";
}

/* "Rejected, Court Order", "Submissions received" */
static void cell_label(const struct month_view *view, struct buffer *out)
{
	if (view->part == PART_TRACING)
		buffer_print(out, "%s, ", register_tracing[view->column].title);
	buffer_add(out, row_label(view, view->row));
}

void month_explain(const struct month_view *view, struct buffer *out)
{
	const struct figures *figures = view->figures;
	const struct figures_month *month = month_shown_now(view);
	char shown[32];

	cell_label(view, out);
	buffer_add(out, ": ");
	value_shown(view, month, out);
	month_shown(month->month, shown);
	buffer_print(out, " in %s", shown);
	if (figures->month_count < 2)
		return;
	month_shown(figures->months[figures->month_count - 2].month, shown);
	buffer_add(out, ", ");
	value_shown(view, &figures->months[figures->month_count - 2], out);
	buffer_print(out, " in %s", shown);
}

static int label_width(const struct ui *ui, int columns)
{
	int width = ui->columns - 4 - columns;

	return width > LABEL_MOST ? LABEL_MOST : width;
}

static void number_draw(int row, int end, const char *shown, bool is_selected)
{
	int at = draw_text_right(
		row, end, CELL_WIDTH - 2, is_selected ? DRAW_BOLD : DRAW_PLAIN, shown);

	if (is_selected)
		draw_text(row, at - 2, 2, DRAW_BOLD, "▸");
}

static void tracing_row(const struct ui *ui, const struct month_view *view, size_t at)
{
	const struct figures_month *month = month_shown_now(view);
	bool is_total = at == month->service_count;
	int row = DRAW_BODY + 1 + (int)at;
	int width = label_width(ui, TRACING_MEASURES * CELL_WIDTH);

	draw_text(row, 2, width, at == view->row ? DRAW_BOLD : DRAW_PLAIN, row_label(view, at));
	for (int m = 0; m < TRACING_MEASURES; m++) {
		int64_t value = is_total ? month->total[m] : month->services[at].value[m];
		bool differs = is_total ? month->total_differs[m] : month->services[at].differs[m];
		char number[32], shown[40];

		layout_number(value, number);
		snprintf(shown, sizeof(shown), "%s%s", value == 0 ? "-" : number,
			differs ? REGISTER_DIFFERS : "");
		number_draw(row, 2 + width + (m + 1) * CELL_WIDTH, shown,
			at == view->row && m == view->column);
	}
}

static int tracing_draw(const struct ui *ui, const struct month_view *view)
{
	static const char *const heads[TRACING_MEASURES] = { "Rejected", "Trace", "No Trace",
		"Total" };
	int width = label_width(ui, TRACING_MEASURES * CELL_WIDTH);
	size_t rows = month_rows(view);

	for (int m = 0; m < TRACING_MEASURES; m++)
		draw_text_right(DRAW_BODY, 2 + width + (m + 1) * CELL_WIDTH, CELL_WIDTH, DRAW_FAINT,
			heads[m]);
	for (size_t i = 0; i < rows; i++)
		tracing_row(ui, view, i);
	return DRAW_BODY + 1 + (int)rows;
}

/* The month shown and the one before it. */
static int dbsb_draw(const struct ui *ui, const struct month_view *view)
{
	enum { WIDE_CELL = 16 };
	const struct figures *figures = view->figures;
	size_t count = figures->month_count < 2 ? figures->month_count : 2;
	int width = label_width(ui, 2 * WIDE_CELL);

	for (size_t c = 0; c < count; c++) {
		const struct figures_month *month =
			&figures->months[figures->month_count - count + c];
		int end = 2 + width + (int)(c + 1) * WIDE_CELL;
		char shown[32];

		month_shown(month->month, shown);
		draw_text_right(DRAW_BODY, end, WIDE_CELL - 1, DRAW_FAINT, shown);
		for (size_t m = 0; m < DBSB_MEASURES; m++) {
			bool is_selected = c + 1 == count && m == view->row;
			struct buffer text;

			buffer_init(&text);
			register_dbsb_shown(figures, month, (enum dbsb_measure)m, &text);
			if (month->dbsb_differs[m])
				buffer_add(&text, REGISTER_DIFFERS);
			number_draw(DRAW_BODY + 1 + (int)m, end, buffer_text(&text), is_selected);
			buffer_done(&text);
		}
	}
	for (size_t m = 0; m < DBSB_MEASURES; m++)
		draw_text(DRAW_BODY + 1 + (int)m, 2, width, m == view->row ? DRAW_BOLD : DRAW_PLAIN,
			row_label(view, m));
	return DRAW_BODY + 1 + DBSB_MEASURES;
}

/* The selected figure over the months: a bar, its number and the month's name. */
static void bars_draw(const struct ui *ui, const struct month_view *view, int row)
{
	static const char *const bars[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	const struct figures *figures = view->figures;
	struct buffer label;
	int64_t most = 1;

	if (row + BAR_ROWS > DRAW_BODY + draw_body_rows(ui) || figures->month_count < 2)
		return;
	buffer_init(&label);
	cell_label(view, &label);
	buffer_add(&label, ", by month");
	draw_text(row + 1, 2, ui->columns - 4, DRAW_FAINT, buffer_text(&label));
	buffer_done(&label);
	row++;
	for (size_t i = 0; i < figures->month_count; i++)
		if (value_in(view, &figures->months[i]) > most)
			most = value_in(view, &figures->months[i]);
	for (size_t i = 0; i < figures->month_count; i++) {
		const struct figures_month *month = &figures->months[i];
		int64_t value = value_in(view, month);
		int end = 2 + (int)(i + 1) * (view->part == PART_DBSB ? BAR_WIDTH + 1 : BAR_WIDTH);
		char name[32], number[32];

		month_shown(month->month, name);
		layout_number(value, number);
		if (value > 9999)
			snprintf(number, sizeof(number), "%lldk", (long long)(value + 500) / 1000);
		if (view->part == PART_DBSB && view->row == DBSB_SINGLE_PERCENT)
			snprintf(number, sizeof(number), "%lld.%lld", (long long)value / 10,
				(long long)value % 10);
		if (value > 0)
			draw_text_right(row + 1, end, BAR_WIDTH, DRAW_BOLD,
				bars[(value * 8 + most - 1) / most - 1]);
		draw_text_right(row + 2, end, BAR_WIDTH, DRAW_PLAIN, value > 0 ? number : "-");
		name[3] = '\0';
		draw_text_right(row + 3, end, BAR_WIDTH, DRAW_FAINT, name);
	}
}

void month_draw(const struct ui *ui, const struct month_view *view)
{
	int row;

	if (!month_shown_now(view) || month_part_is_text(view->part))
		return;
	row = view->part == PART_TRACING ? tracing_draw(ui, view) : dbsb_draw(ui, view);
	bars_draw(ui, view, row);
}

void month_revisions_lay(
	struct page *page, const struct desk_revision *revisions, size_t count, int width)
{
	page_start(page, width);
	if (count == 0)
		page_put(page, &(struct page_text) {
				       .text = "The month is open: nothing of it is published." });
	for (size_t i = count; i > 0; i--) {
		const struct desk_revision *revision = &revisions[i - 1];
		char heading[160], day[64];

		day_shown(revision->published.day, day);
		snprintf(heading, sizeof(heading), "Revision %d, published on %s, event %lld",
			revision->published.revision, day, (long long)revision->published.event);
		page_heading(page, heading);
		if (*revision->published.why)
			page_put(page, &(struct page_text) { .text = revision->published.why });
		if (*revision->difference)
			page_put(page, &(struct page_text) { .text = revision->difference });
		page_gap(page);
	}
}
