/*
 * Pieces of a web page: escaped text, and stacked bars as inline SVG that differ by
 * pattern as well as by colour and are told in words. Pure; into a buffer.
 */
#ifndef TRACEDESK_CORE_HTML_H
#define TRACEDESK_CORE_HTML_H

#include <stddef.h>
#include <stdint.h>

#include "core/buffer.h"

/* Text made visible (text_show) and escaped, for content and for quoted attributes. */
void html_text(const char *text, struct buffer *out);
/* <NAME>text</NAME>; attributes: "" or what stands after the name, with its blank. */
void html_element(const char *name, const char *attributes, const char *text, struct buffer *out);

enum { HTML_BAR_PARTS = 3 };

/* One bar: its label and how large its parts are; what is below zero has no part and is written
   as a star. */
struct html_bar {
	const char *label;
	int64_t part[HTML_BAR_PARTS];
};

struct html_bars {
	const char *id; /* one of its own in the page */
	const char *title;
	const char *names[HTML_BAR_PARTS];
	size_t part_count;
	const struct html_bar *bars;
	size_t bar_count;
};

void html_bars_write(const struct html_bars *bars, struct buffer *out);
/* What the patterns need, once in the page, before the first bars. */
void html_bars_patterns(struct buffer *out);

#endif
