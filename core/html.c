/*
 * Pieces of a web page. A chart is rows of bars: a label, the parts side by side,
 * the sum. The classes p0, p1 and p2 are given colours and patterns by the page.
 */
#include "core/html.h"

#include <inttypes.h>

#include "core/layout.h"
#include "core/text.h"

enum {
	CHART_WIDTH = 720,
	LABEL_WIDTH = 250,
	BAR_WIDTH = 390,
	ROW_HEIGHT = 26,
	BAR_HEIGHT = 18,
	LEGEND_HEIGHT = 34,
	LEGEND_STEP = 200,
	TEXT_DOWN = 13, /* from the top of a bar to its text's foot */
};

void html_text(const char *text, struct buffer *out)
{
	struct buffer shown;

	buffer_init(&shown);
	text_show(text, &shown);
	for (const char *at = buffer_text(&shown); *at; at++) {
		switch (*at) {
		case '&':
			buffer_add(out, "&amp;");
			break;
		case '<':
			buffer_add(out, "&lt;");
			break;
		case '>':
			buffer_add(out, "&gt;");
			break;
		case '"':
			buffer_add(out, "&quot;");
			break;
		case '\'':
			buffer_add(out, "&#39;");
			break;
		default:
			buffer_add_bytes(out, at, 1);
		}
	}
	buffer_done(&shown);
}

void html_element(const char *name, const char *attributes, const char *text, struct buffer *out)
{
	buffer_print(out, "<%s%s>", name, attributes);
	html_text(text, out);
	buffer_print(out, "</%s>\n", name);
}

static int64_t bar_sum(const struct html_bars *bars, const struct html_bar *bar)
{
	int64_t sum = 0;

	for (size_t i = 0; i < bars->part_count; i++)
		sum += bar->part[i] > 0 ? bar->part[i] : 0;
	return sum;
}

static int64_t largest_sum(const struct html_bars *bars)
{
	int64_t largest = 1;

	for (size_t i = 0; i < bars->bar_count; i++)
		if (bar_sum(bars, &bars->bars[i]) > largest)
			largest = bar_sum(bars, &bars->bars[i]);
	return largest;
}

static void add_count(int64_t count, struct buffer *out)
{
	char shown[32];

	layout_number(count, shown);
	buffer_add(out, count < 0 ? "*" : shown);
}

/* Every figure in words, for those who do not see the bars. */
static void describe(const struct html_bars *bars, struct buffer *out)
{
	for (size_t b = 0; b < bars->bar_count; b++) {
		html_text(bars->bars[b].label, out);
		for (size_t i = 0; i < bars->part_count; i++) {
			buffer_add(out, i == 0 ? ": " : ", ");
			html_text(bars->names[i], out);
			buffer_add(out, " ");
			add_count(bars->bars[b].part[i], out);
		}
		buffer_add(out, b + 1 < bars->bar_count ? "; " : ".");
	}
}

static void write_part(size_t part, int x, int y, int width, struct buffer *out)
{
	buffer_print(out, "<rect class=\"p%zu\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
		part, x, y, width, (int)BAR_HEIGHT);
}

static void write_legend(const struct html_bars *bars, struct buffer *out)
{
	for (size_t i = 0; i < bars->part_count; i++) {
		int x = (int)i * LEGEND_STEP;

		write_part(i, x + 1, 1, BAR_HEIGHT, out);
		buffer_print(out, "<text x=\"%d\" y=\"%d\">", x + BAR_HEIGHT + 8, TEXT_DOWN);
		html_text(bars->names[i], out);
		buffer_add(out, "</text>\n");
	}
}

static void write_bar(
	const struct html_bars *bars, size_t index, int64_t largest, struct buffer *out)
{
	const struct html_bar *bar = &bars->bars[index];
	int y = LEGEND_HEIGHT + (int)index * ROW_HEIGHT, at = LABEL_WIDTH;
	bool is_hidden = false;

	buffer_print(out, "<text x=\"%d\" y=\"%d\" class=\"l\">", LABEL_WIDTH - 8, y + TEXT_DOWN);
	html_text(bar->label, out);
	buffer_add(out, "</text>");
	for (size_t i = 0; i < bars->part_count; i++) {
		int width = bar->part[i] <= 0
				    ? 0
				    : (int)((double)bar->part[i] / (double)largest * BAR_WIDTH);

		is_hidden = is_hidden || bar->part[i] < 0;
		if (bar->part[i] > 0)
			write_part(i, at, y, width > 0 ? width : 1, out);
		at += width;
	}
	buffer_print(out, "<text x=\"%d\" y=\"%d\">", at + 8, y + TEXT_DOWN);
	add_count(is_hidden ? -1 : bar_sum(bars, bar), out);
	buffer_add(out, "</text>\n");
}

void html_bars_write(const struct html_bars *bars, struct buffer *out)
{
	int height = LEGEND_HEIGHT + (int)bars->bar_count * ROW_HEIGHT;
	int64_t largest = largest_sum(bars);

	buffer_print(out,
		"<svg class=\"bars\" viewBox=\"0 0 %d %d\" role=\"img\" "
		"aria-describedby=\"%s\" aria-label=\"",
		(int)CHART_WIDTH, height, bars->id);
	html_text(bars->title, out);
	buffer_add(out, "\">\n<title>");
	html_text(bars->title, out);
	buffer_print(out, "</title>\n<desc id=\"%s\">", bars->id);
	describe(bars, out);
	buffer_add(out, "</desc>\n");
	write_legend(bars, out);
	for (size_t i = 0; i < bars->bar_count; i++)
		write_bar(bars, i, largest, out);
	buffer_add(out, "</svg>\n");
}

void html_bars_patterns(struct buffer *out)
{
	buffer_add(out,
		"<svg width=\"0\" height=\"0\" aria-hidden=\"true\" class=\"defs\"><defs>"
		"<pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
		"patternTransform=\"rotate(45)\"><rect class=\"h0\" width=\"6\" height=\"6\"/>"
		"<rect class=\"h1\" width=\"3\" height=\"6\"/></pattern></defs></svg>\n");
}
