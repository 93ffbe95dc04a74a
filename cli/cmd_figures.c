/*
 * figures.
 */
#include <string.h>

#include "cli/cases.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/session.h"
#include "core/register.h"
#include "core/suppress.h"
#include "core/text.h"

enum { REVISIONS_MOST = 1000000 };

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
	if (name && (call->value[OPTION_PRESENT] || call->value[OPTION_CASES]))
		return call_misused(call, notice,
			"--suppress is for what is published; leave --present and --cases out");
	if (!name || *out_suppression != SUPPRESS_NOTHING)
		return DESK_OK;
	return call_misused(
		call, notice, "unknown kind of suppression \"%s\"; choose shmi or csds", name);
}

/* Which figures: those published, or an older revision, or as they are now. */
static enum desk_status read_wanted(
	const struct call *call, struct desk_figures_wanted *out_wanted, struct notice *notice)
{
	const char *text = call->value[OPTION_REVISION];
	uint64_t revision;

	*out_wanted = (struct desk_figures_wanted) { .period = call_word(call, 0),
		.is_present = call->value[OPTION_PRESENT] != NULL };
	if (!text)
		return DESK_OK;
	if (!text_number(text, 1, REVISIONS_MOST, &revision))
		return call_misused(call, notice,
			"--revision: \"%s\" is no revision; give a whole number from 1", text);
	out_wanted->revision = (int)revision;
	return DESK_OK;
}

/* The cell of --cases; the list has no layout and no page. */
static enum desk_status write_cases(const struct call *call, struct output *output,
	const struct desk_figures_wanted *wanted, struct notice *notice)
{
	const char *text = call->value[OPTION_CASES];
	struct figures_cell cell;
	struct desk *desk = NULL;
	enum desk_status status;

	if (!figures_cell_read(text, &cell))
		return call_misused(call, notice,
			"--cases: \"%s\" is no cell; write MEASURE:SERVICE, as rejected:police,"
			" total_receipts_processed:total or received:dbsb",
			text);
	if (call->value[OPTION_LAYOUT] || output->page != OUTPUT_NO_PAGE)
		return call_misused(call, notice,
			"--cases is a list: it has no layout, and comes as text, csv or json");
	status = session_desk(call, &desk, notice);
	if (status == DESK_OK)
		status = cases_write(desk, wanted, &cell, output, notice);
	desk_close(desk);
	return status;
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

/* What is not published has no layout, no page, no revision. */
static enum desk_status write_insight(
	const struct call *call, struct output *output, struct notice *notice)
{
	static const enum option others[] = { OPTION_LAYOUT, OPTION_SUPPRESS, OPTION_REVISION,
		OPTION_PRESENT, OPTION_CASES };
	struct insight insight = { 0 };
	struct desk *desk = NULL;
	struct buffer text;
	enum desk_status status = DESK_OK;

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (call->value[others[i]] || output->page != OUTPUT_NO_PAGE)
			return call_misused(call, notice,
				"--insight is not published: it comes as text, csv or json, "
				"without "
				"--layout, --suppress, --revision, --present and --cases");
	status = session_desk(call, &desk, notice);
	if (status == DESK_OK)
		status = desk_insight(desk, call_word(call, 0), &insight, notice);
	if (status == DESK_OK && output->format != OUTPUT_TEXT) {
		status = output_sheet_done(output, insight_sheet(&insight), notice);
	} else if (status == DESK_OK) {
		buffer_init(&text);
		insight_text(&insight, desk_is_demo(desk), output->width, &text);
		status = output_write(output, &text, notice);
		buffer_done(&text);
	}
	insight_clear(&insight);
	desk_close(desk);
	return status;
}

static enum desk_status write_figures(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct page page = { .figures = NULL };
	enum suppression suppression;
	struct desk_figures_wanted wanted;
	struct desk *desk = NULL;
	enum desk_status status = read_layout(call, &page.layout, notice);

	if (status == DESK_OK)
		status = read_suppression(call, &suppression, notice);
	if (status == DESK_OK)
		status = read_wanted(call, &wanted, notice);
	if (status == DESK_OK && call->value[OPTION_CASES])
		return write_cases(call, output, &wanted, notice);
	if (status == DESK_OK)
		status = session_desk(call, &desk, notice);
	if (status == DESK_OK)
		status = desk_figures(desk, &wanted, &page.figures, notice);
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
	return output_run(
		call, call->value[OPTION_INSIGHT] ? write_insight : write_figures, notice);
}
