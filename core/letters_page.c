/*
 * Letters written out: lines of plain text, or one page of HTML that stands
 * alone and prints on A4.
 */
#include <string.h>

#include "core/html.h"
#include "core/letters.h"
#include "core/text.h"

enum { LINE_WIDTH = 72 };

struct page {
	struct buffer *out;
	enum letter_part last;
	bool has_last;
};

/* Lines of one kind that belong together. */
static bool goes_on(const struct page *page, enum letter_part part)
{
	return page->has_last && page->last == part &&
	       (part == LETTER_OFFICE || part == LETTER_ADDRESS || part == LETTER_FACT ||
		       part == LETTER_ITEM);
}

static void word_add(struct buffer *out, const char *word, size_t size, int *column, int indent)
{
	char *copy = mem_text_sized(word, size);
	int width = text_width(copy);

	if (*column > indent && *column + 1 + width > LINE_WIDTH) {
		buffer_print(out, "\n%*s", indent, "");
		*column = indent;
	} else if (*column > indent) {
		buffer_add(out, " ");
		(*column)++;
	}
	buffer_add(out, copy);
	*column += width;
	mem_free(copy);
}

static void take_text(void *with, enum letter_part part, const char *text)
{
	struct page *page = with;
	int indent = part == LETTER_ITEM ? 2 : 0, column = indent;

	if (page->has_last && !goes_on(page, part) && part != LETTER_OFFICE)
		buffer_add(page->out, "\n");
	if (part == LETTER_ITEM)
		buffer_add(page->out, "- ");
	while (*text != '\0') {
		size_t size = strcspn(text, " ");

		if (size > 0)
			word_add(page->out, text, size, &column, indent);
		text += size;
		text += *text == ' ';
	}
	buffer_add(page->out, "\n");
	page->last = part;
	page->has_last = true;
}

void letter_text(const struct letter *letter, struct buffer *out)
{
	struct page page = { .out = out };

	letter_parts(letter, take_text, &page);
}

/* HTML */

static const char html_head[] =
	"<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
	"<meta http-equiv=\"Content-Security-Policy\""
	" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";
/* The address stands where the window of a DL envelope shows it. */
static const char html_style[] =
	"<style>\n"
	"@page { size: A4; margin: 15mm 22mm 18mm 22mm }\n"
	"body { font: 11pt/1.4 Arial, Helvetica, sans-serif; color: #000; max-width: 166mm;"
	" margin: 0 auto }\n"
	".sender { font-size: 14pt; font-weight: bold; margin: 0 0 1mm }\n"
	".office { font-size: 9pt; margin: 0 }\n"
	"address { font-style: normal; border-top: 1pt solid #000; margin: 4mm 0 0;"
	" padding-top: 9mm; min-height: 32mm }\n"
	".fact { margin: 6mm 0 0 }\n"
	"h1 { font-size: 12pt; margin: 7mm 0 3mm }\n"
	"p, ul { margin: 0 0 3mm }\n"
	"ul { padding-left: 6mm }\n"
	"li { margin-bottom: 1mm; break-inside: avoid }\n"
	"p { orphans: 3; widows: 3 }\n"
	"li, p, address { overflow-wrap: anywhere }\n"
	".demo { border: 1pt solid #000; padding: 1mm 2mm; margin: 3mm 0; font-weight: bold }\n"
	"</style>\n";

/* How each part is written: around lines that belong together, and between them. */
static const struct {
	const char *before, *between, *after;
} tags[] = {
	[LETTER_DEMO] = { "<p class=\"demo\">", "", "</p>\n" },
	[LETTER_SENDER] = { "<p class=\"sender\">", "", "</p>\n" },
	[LETTER_OFFICE] = { "<p class=\"office\">", "<br>\n", "</p>\n" },
	[LETTER_ADDRESS] = { "<address>", "<br>\n", "</address>\n" },
	[LETTER_FACT] = { "<p class=\"fact\">", "<br>\n", "</p>\n" },
	[LETTER_HEADING] = { "<h1>", "", "</h1>\n" },
	[LETTER_PARAGRAPH] = { "<p>", "", "</p>\n" },
	[LETTER_ITEM] = { "<ul>\n<li>", "</li>\n<li>", "</li>\n</ul>\n" },
};

static void take_html(void *with, enum letter_part part, const char *text)
{
	struct page *page = with;

	if (goes_on(page, part)) {
		buffer_add(page->out, tags[part].between);
	} else {
		if (page->has_last)
			buffer_add(page->out, tags[page->last].after);
		buffer_add(page->out, tags[part].before);
	}
	html_text(text, page->out);
	page->last = part;
	page->has_last = true;
}

void letter_html(const struct letter *letter, struct buffer *out)
{
	struct page page = { .out = out };

	buffer_add(out, html_head);
	buffer_add(out, "<title>");
	html_text(letter->request->reference, out);
	buffer_add(out, "</title>\n");
	buffer_add(out, html_style);
	buffer_add(out, "</head>\n<body>\n");
	letter_parts(letter, take_html, &page);
	if (page.has_last)
		buffer_add(out, tags[page.last].after);
	buffer_add(out, "</body>\n</html>\n");
}
