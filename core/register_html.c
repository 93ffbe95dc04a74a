/*
 * The register as one web page that needs nothing else: the published layouts as
 * tables with captions and head cells, terms and footnotes, then charts. No script;
 * it follows the reader's choice of dark or light and prints on A4.
 */
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/html.h"
#include "core/layout.h"
#include "core/register.h"
#include "core/register_words.h"
#include "core/terms.h"

/* clang-format off */
static const char style[] =
	":root{color-scheme:light dark;--ink:#16202a;--soft:#4c5a67;--line:#aeb7bd;--page:#fff;"
	"--band:#eef2f5;--link:#005eb8;--mark:#7a3300;--p0:#003087;--p1:#0072ce;--p1b:#cfe6f7;--p2:#fff}\n"
	"@media (prefers-color-scheme:dark){:root{--ink:#e8edf1;--soft:#aab6c0;--line:#5b6873;--page:#14191e;"
	"--band:#1f262d;--link:#7cc0ff;--mark:#ffb878;--p0:#9fd0ff;--p1:#4fa3e8;--p1b:#1d3448;--p2:#14191e}}\n"
	"*{box-sizing:border-box}\n"
	"body{margin:0 auto;padding:1.5rem;max-width:76rem;color:var(--ink);background:var(--page);"
	"font:1rem/1.5 Arial,\"Helvetica Neue\",sans-serif}\n"
	"h1{font-size:1.75rem;line-height:1.25;margin:0 0 1rem}\n"
	"h2{font-size:1.375rem;line-height:1.3;margin:2.5rem 0 .5rem;padding-top:.75rem;border-top:1px solid var(--line)}\n"
	"h3{font-size:1.125rem;margin:1.5rem 0 .25rem}\n"
	"p,li{max-width:44rem}\n"
	"a{color:var(--link)}\n"
	"nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;margin:.5rem 0;list-style:none}\n"
	".mark{color:var(--mark);font-weight:bold;margin:.5rem 0}\n"
	".set{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr));gap:1.5rem 2.5rem;align-items:start}\n"
	".wide{overflow-x:auto}.wide table{table-layout:fixed;min-width:64rem}\n"
	".wide thead th:first-child{width:12rem}.wide.long thead th:first-child{width:24rem}.wide.long table{min-width:40rem}\n"
	"table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}\n"
	"caption{text-align:left;font-weight:bold;padding:.5rem 0}\n"
	"th,td{padding:.3rem .5rem;border-bottom:1px solid var(--line);vertical-align:bottom}\n"
	"th{text-align:left;font-weight:normal}\n"
	"thead th{font-weight:bold;color:var(--soft);border-bottom:2px solid var(--ink)}\n"
	"td,th.n{text-align:right;white-space:nowrap}\n"
	"th.n{white-space:normal}\n"
	"tbody tr:nth-child(even){background:var(--band)}\n"
	".sum th,.sum td{font-weight:bold;border-top:2px solid var(--ink)}\n"
	".bars{width:100%;max-width:60rem;height:auto;fill:var(--ink);font-size:13px}\n"
	".bars .l{text-anchor:end}\n"
	".bars rect{stroke:var(--ink);stroke-width:.75}\n"
	".p0{fill:var(--p0)}.p1{fill:url(#hatch)}.p2{fill:var(--p2)}.h0{fill:var(--p1b)}.h1{fill:var(--p1)}\n"
	".defs{position:absolute}\n"
	"figure{margin:1rem 0}\n"
	"figcaption{font-weight:bold;margin-bottom:.75rem}\n"
	"@page{size:A4;margin:15mm}\n"
	"@media print{:root{color-scheme:light;--ink:#000;--soft:#333;--line:#999;--page:#fff;--band:#f3f3f3;--link:#000;--mark:#000;"
	"--p0:#003087;--p1:#0072ce;--p1b:#cfe6f7;--p2:#fff}"
	"body{padding:0;max-width:none;font-size:9pt}nav{display:none}h1{font-size:15pt}h2{font-size:12pt;break-after:avoid}"
	".mark,h3,caption,figcaption{break-after:avoid}h3{font-size:10pt}table,figure,tr{break-inside:avoid}.set{grid-template-columns:1fr 1fr;gap:3mm 8mm}"
	"th,td{padding:.6mm 1.5mm}.wide{overflow:visible}.wide table,.wide.long table{font-size:7pt;min-width:0}"
	".wide thead th:first-child{width:27mm}.wide.long thead th:first-child{width:54mm}"
	"*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}\n";
/* clang-format on */

struct page {
	const struct figures *figures;
	const struct register_about *about;
	enum register_layout layout;
	struct buffer *out;
};

static void add(const struct page *page, const char *markup)
{
	buffer_add(page->out, markup);
}

static void add_value(const struct page *page, const char *shown, bool differs)
{
	add(page, "<td>");
	html_text(shown, page->out);
	add(page, differs ? REGISTER_DIFFERS "</td>\n" : "</td>\n");
}

static void add_cell(const struct page *page, int64_t value, bool differs, const char *zero)
{
	char shown[32];

	layout_number(value, shown);
	add_value(page,
		value == 0		 ? zero
		: value == FIGURE_HIDDEN ? REGISTER_HIDDEN
					 : shown,
		differs);
}

static void add_month_head(const struct page *page, const struct figures_month *month)
{
	char shown[32];

	month_shown(month->month, shown);
	html_element("th", " scope=\"row\"", shown, page->out);
}

static void add_dbsb_cell(
	const struct page *page, const struct figures_month *month, enum dbsb_measure measure)
{
	struct buffer shown;

	buffer_init(&shown);
	register_dbsb_shown(page->figures, month, measure, &shown);
	add_value(page, buffer_text(&shown), month->dbsb_differs[measure]);
	buffer_done(&shown);
}

/* The head of a table of two columns. */
static void open_pair(
	const struct page *page, const char *caption, const char *of, const char *what)
{
	add(page, "<table>\n");
	html_element("caption", "", caption, page->out);
	add(page, "<thead><tr>");
	html_element("th", " scope=\"col\"", of, page->out);
	html_element("th", " scope=\"col\" class=\"n\"", what, page->out);
	add(page, "</tr></thead>\n<tbody>\n");
}

static void list_table(
	const struct page *page, const struct figures_month *month, enum tracing_measure measure)
{
	open_pair(page, register_tracing[measure].title, "Service", "Number");
	for (size_t s = 0; s < month->service_count; s++) {
		add(page, "<tr>");
		html_element("th", " scope=\"row\"", month->services[s].label, page->out);
		add_cell(page, month->services[s].value[measure],
			month->services[s].differs[measure], "-");
		add(page, "</tr>\n");
	}
	add(page, "</tbody>\n<tfoot><tr class=\"sum\"><th scope=\"row\">Total</th>");
	add_cell(page, month->total[measure], month->total_differs[measure], "-");
	add(page, "</tr></tfoot>\n</table>\n");
}

static void list_month(const struct page *page, const struct figures_month *month)
{
	add(page, "<div class=\"set\">\n");
	for (int m = 0; m < TRACING_MEASURES; m++)
		list_table(page, month, (enum tracing_measure)m);
	add(page, "</div>\n");
}

static void open_matrix(const struct page *page, const char *class, const char *caption)
{
	buffer_print(page->out, "<div class=\"%s\"", class);
	add(page, " tabindex=\"0\" role=\"region\" aria-label=\"");
	html_text(caption, page->out);
	add(page, "\"><table>\n");
	html_element("caption", "", caption, page->out);
	add(page, "<thead><tr><th scope=\"col\">Measure</th>");
}

static void matrix_month(const struct page *page, const struct figures_month *month)
{
	static const char *const rows[TRACING_MEASURES] = { [MEASURE_TOTAL] = " class=\"sum\"" };

	open_matrix(page, "wide", "Requests by outcome and service");
	for (size_t s = 0; s < month->service_count; s++)
		html_element(
			"th", " scope=\"col\" class=\"n\"", month->services[s].label, page->out);
	add(page, "<th scope=\"col\" class=\"n\">Total</th></tr></thead>\n<tbody>\n");
	for (int m = 0; m < TRACING_MEASURES; m++) {
		buffer_print(page->out, "<tr%s>", rows[m] ? rows[m] : "");
		html_element("th", " scope=\"row\"", register_tracing[m].title, page->out);
		for (size_t s = 0; s < month->service_count; s++)
			add_cell(page, month->services[s].value[m], month->services[s].differs[m],
				"");
		add_cell(page, month->total[m], month->total_differs[m], "");
		add(page, "</tr>\n");
	}
	add(page, "</tbody>\n</table></div>\n");
}

static void write_month(const struct page *page, const struct figures_month *month)
{
	struct buffer heading;

	buffer_init(&heading);
	register_month_heading(month, page->layout, &heading);
	buffer_print(page->out, "<section>\n<h2 id=\"m%s\">", month->month);
	html_text(buffer_text(&heading), page->out);
	add(page, "</h2>\n");
	buffer_done(&heading);
	if (!month->is_closed)
		html_element("p", " class=\"mark\"", REGISTER_PROVISIONAL, page->out);
	if (month->is_present)
		html_element("p", " class=\"mark\"", REGISTER_PRESENT, page->out);
	if (page->layout == REGISTER_LIST)
		list_month(page, month);
	else
		matrix_month(page, month);
	add(page, "</section>\n");
}

static void list_dbsb(const struct page *page)
{
	add(page, "<div class=\"set\">\n");
	for (int m = 0; m < DBSB_MEASURES; m++) {
		open_pair(page, register_dbsb[m].title, "Month",
			m == DBSB_SINGLE_PERCENT ? "Share"
			: m == DBSB_AVERAGE	 ? "Average"
						 : "Number");
		for (size_t i = 0; i < page->figures->month_count; i++) {
			add(page, "<tr>");
			add_month_head(page, &page->figures->months[i]);
			add_dbsb_cell(page, &page->figures->months[i], (enum dbsb_measure)m);
			add(page, "</tr>\n");
		}
		add(page, "</tbody>\n</table>\n");
	}
	add(page, "</div>\n");
}

static void matrix_dbsb(const struct page *page)
{
	char shown[32];

	open_matrix(page, "wide long", "Submissions and transactions by month");
	for (size_t i = 0; i < page->figures->month_count; i++) {
		month_shown(page->figures->months[i].month, shown);
		html_element("th", " scope=\"col\" class=\"n\"", shown, page->out);
	}
	add(page, "</tr></thead>\n<tbody>\n");
	for (int m = 0; m < DBSB_MEASURES; m++) {
		add(page, "<tr>");
		html_element("th", " scope=\"row\"", register_dbsb[m].title, page->out);
		for (size_t i = 0; i < page->figures->month_count; i++)
			add_dbsb_cell(page, &page->figures->months[i], (enum dbsb_measure)m);
		add(page, "</tr>\n");
	}
	add(page, "</tbody>\n</table></div>\n");
}

static void write_dbsb(const struct page *page)
{
	struct buffer heading, open;

	buffer_init(&heading);
	buffer_init(&open);
	register_dbsb_heading(page->figures, &heading);
	register_provisional(page->figures, &open);
	add(page, "<section>\n");
	html_element("h2", " id=\"dbsb\"", buffer_text(&heading), page->out);
	if (open.size > 0)
		html_element("p", " class=\"mark\"", buffer_text(&open), page->out);
	if (page->layout == REGISTER_LIST)
		list_dbsb(page);
	else
		matrix_dbsb(page);
	add(page, "</section>\n");
	buffer_done(&heading);
	buffer_done(&open);
}

static void write_terms(const struct page *page)
{
	static const char *const before[] = {
		[TERM_HEADING] = "h3", [TERM_PARAGRAPH] = "p", [TERM_ITEM] = "li"
	};
	bool is_list = false;

	add(page, "<section>\n<h2 id=\"terms\">Explanation of terms</h2>\n");
	for (size_t i = 0; i < register_term_count; i++) {
		const struct term *term = &register_terms[i];
		bool is_item = term->kind == TERM_ITEM;

		if (is_item != is_list)
			add(page, is_item ? "<ul>\n" : "</ul>\n");
		is_list = is_item;
		html_element(before[term->kind], "", term->text + (is_item ? strlen("- ") : 0),
			page->out);
	}
	add(page, is_list ? "</ul>\n</section>\n" : "</section>\n");
}

static void write_notes(const struct page *page)
{
	struct register_notes notes;

	register_notes_load(page->figures, &notes);
	if (notes.count > 0)
		add(page, "<section>\n<h2 id=\"notes\">Notes</h2>\n");
	for (size_t i = 0; i < notes.count; i++)
		html_element("p", "", notes.lines[i], page->out);
	if (notes.count > 0)
		add(page, "</section>\n");
	register_notes_clear(&notes);
}

static void write_figure(const struct page *page, const struct html_bars *bars)
{
	add(page, "<figure>\n");
	html_element("figcaption", "", bars->title, page->out);
	html_bars_write(bars, page->out);
	add(page, "</figure>\n");
}

/* Bars by month, or by service when there is one month. */
static void chart_tracing(const struct page *page)
{
	const struct figures *figures = page->figures;
	const struct figures_month *only = &figures->months[0];
	bool by_service = figures->month_count == 1;
	size_t count = by_service ? only->service_count : figures->month_count;
	struct html_bar *rows = mem_new(count + 1, sizeof(*rows));
	char(*months)[32] = mem_new(count + 1, sizeof(*months));
	struct html_bars bars = { .id = "tracing",
		.title = "Tracing service: receipts by outcome",
		.part_count = MEASURE_TOTAL,
		.bars = rows,
		.bar_count = count };

	for (size_t i = 0; i < count; i++) {
		if (!by_service)
			month_shown(figures->months[i].month, months[i]);
		rows[i].label = by_service ? only->services[i].label : months[i];
		for (int m = 0; m < MEASURE_TOTAL; m++)
			rows[i].part[m] = by_service ? only->services[i].value[m]
						     : figures->months[i].total[m];
	}
	for (int m = 0; m < MEASURE_TOTAL; m++)
		bars.names[m] = register_tracing[m].title;
	write_figure(page, &bars);
	mem_free(rows);
	mem_free(months);
}

static void chart_dbsb(const struct page *page)
{
	const struct figures *figures = page->figures;
	struct html_bar *rows = mem_new(figures->month_count, sizeof(*rows));
	char(*months)[32] = mem_new(figures->month_count, sizeof(*months));
	const struct html_bars bars = { .id = "transactions",
		.title = "DBSB: transactions by month",
		.names = { "Single match", "Unmatched" },
		.part_count = 2,
		.bars = rows,
		.bar_count = figures->month_count };

	for (size_t i = 0; i < figures->month_count; i++) {
		month_shown(figures->months[i].month, months[i]);
		rows[i].label = months[i];
		rows[i].part[0] = figures->months[i].dbsb[DBSB_SINGLE];
		rows[i].part[1] = figures->months[i].dbsb[DBSB_UNMATCHED];
	}
	write_figure(page, &bars);
	mem_free(rows);
	mem_free(months);
}

static void write_contents(const struct page *page)
{
	char shown[32];

	add(page, "<nav aria-label=\"On this page\"><ul>\n");
	for (size_t i = page->figures->month_count; i > 0; i--) {
		month_shown(page->figures->months[i - 1].month, shown);
		buffer_print(page->out, "<li><a href=\"#m%s\">%s</a></li>\n",
			page->figures->months[i - 1].month, shown);
	}
	add(page, "<li><a href=\"#dbsb\">DBSB</a></li>\n<li><a href=\"#terms\">Explanation of "
		  "terms</a></li>\n<li><a href=\"#charts\">Charts</a></li>\n</ul></nav>\n");
}

static void write_head(const struct page *page)
{
	struct buffer title;

	buffer_init(&title);
	register_title(page->figures, &title);
	add(page, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
		  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
	html_element("title", "", buffer_text(&title), page->out);
	buffer_print(page->out, "<style>\n%s</style>\n</head>\n<body>\n<header>\n", style);
	html_element("h1", "", buffer_text(&title), page->out);
	if (page->about->is_demo)
		html_element("p", " class=\"mark\"", REGISTER_DEMO, page->out);
	write_contents(page);
	add(page, "</header>\n<main>\n");
	buffer_done(&title);
}

void register_html(const struct figures *figures, enum register_layout layout,
	const struct register_about *about, struct buffer *out)
{
	const struct page page = { figures, about, layout, out };

	write_head(&page);
	for (size_t i = figures->month_count; i > 0; i--)
		write_month(&page, &figures->months[i - 1]);
	write_dbsb(&page);
	write_terms(&page);
	write_notes(&page);
	add(&page, "<section>\n<h2 id=\"charts\">Charts</h2>\n");
	html_bars_patterns(out);
	chart_tracing(&page);
	chart_dbsb(&page);
	add(&page, "</section>\n</main>\n</body>\n</html>\n");
}
