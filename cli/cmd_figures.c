/*
 * figures, month list.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/session.h"
#include "core/register.h"
#include "core/suppress.h"

static enum desk_status read_layout(
	const struct call *call, enum register_layout *out_layout, struct notice *notice)
{
	const char *layout = call->value[OPTION_LAYOUT];

	*out_layout = REGISTER_LIST;
	if (!layout || strcmp(layout, "list") == 0)
		return DESK_OK;
	*out_layout = REGISTER_MATRIX;
	if (strcmp(layout, "matrix") == 0)
		return DESK_OK;
	return call_misused(call, notice, "unknown layout \"%s\"; choose list or matrix", layout);
}

static enum desk_status read_suppression(
	const struct call *call, enum suppression *out_suppression, struct notice *notice)
{
	const char *name = call->value[OPTION_SUPPRESS];

	*out_suppression = name ? suppression_from(name) : SUPPRESS_NOTHING;
	if (!name || *out_suppression != SUPPRESS_NOTHING)
		return DESK_OK;
	return call_misused(
		call, notice, "unknown kind of suppression \"%s\"; choose shmi or csds", name);
}

/* What is to be printed, and how. */
struct page {
	struct figures *figures;
	enum register_layout layout;
	struct register_about about;
};

static const char *write_book(const void *what, const char *path, const char *folder)
{
	const struct page *page = what;

	return register_xlsx(page->figures, &page->about, path, folder);
}

static void page_text(const struct page *page, const struct output *output, struct buffer *out)
{
	switch (output->format) {
	case OUTPUT_TEXT:
		register_text(page->figures, page->layout, page->about.is_demo, output->width, out);
		break;
	case OUTPUT_CSV:
		register_csv(page->figures, out);
		break;
	case OUTPUT_JSON:
		register_json(page->figures, out);
		break;
	}
}

static enum desk_status page_write(
	const struct page *page, struct output *output, struct notice *notice)
{
	enum desk_status status;
	struct buffer text;

	if (output->page == OUTPUT_XLSX)
		return private_file_fill(&output->file, write_book, page, notice);
	buffer_init(&text);
	if (output->page == OUTPUT_HTML)
		register_html(page->figures, page->layout, &page->about, &text);
	else
		page_text(page, output, &text);
	status = output_write(output, &text, notice);
	buffer_done(&text);
	return status;
}

static enum desk_status write_figures(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct page page = { .figures = NULL };
	enum suppression suppression;
	struct desk *desk = NULL;
	enum desk_status status = read_layout(call, &page.layout, notice);

	if (status == DESK_OK)
		status = read_suppression(call, &suppression, notice);
	if (status == DESK_OK)
		status = session_desk(call, &desk, notice);
	if (status == DESK_OK)
		status = desk_figures(desk, call_word(call, 0), &page.figures, notice);
	if (status == DESK_OK) {
		figures_suppress(page.figures, suppression);
		page.about.is_demo = desk_is_demo(desk);
		page.about.today = desk_today(desk);
		status = page_write(&page, output, notice);
	}
	figures_free(page.figures);
	desk_close(desk);
	return status;
}

enum desk_status cmd_figures(const struct call *call, struct notice *notice)
{
	return output_run(call, write_figures, notice);
}

static const struct sheet_column month_columns[] = {
	{ .name = "month", .title = "Month" },
	{ .name = "status", .title = "Status" },
	{ .name = "closed_on", .title = "Closed on", .kind = CELL_DAY },
	{ .name = "revision", .title = "Revision", .kind = CELL_NUMBER },
};

static enum desk_status write_months(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct month *months = NULL;
	struct desk *desk = NULL;
	struct sheet *sheet;
	size_t count = 0;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK)
		status = desk_months(desk, &months, &count, notice);
	desk_close(desk);
	if (status != DESK_OK)
		return status;
	sheet = sheet_new(month_columns, sizeof(month_columns) / sizeof(month_columns[0]));
	for (size_t i = 0; i < count; i++) {
		sheet_text(sheet, months[i].month);
		sheet_text(sheet, months[i].closed ? "closed" : "open");
		sheet_text(sheet, months[i].closed_on);
		sheet_number(sheet, months[i].revision);
	}
	mem_free(months);
	return output_sheet_done(output, sheet, notice);
}

enum desk_status cmd_month_list(const struct call *call, struct notice *notice)
{
	return output_run(call, write_months, notice);
}
