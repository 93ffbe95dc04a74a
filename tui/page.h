/*
 * Lines to scroll through, one column of them: headings, sentences wrapped
 * behind a mark, labels with values, pairs side by side. Some lines are items
 * that can be selected.
 */
#ifndef TRACEDESK_TUI_PAGE_H
#define TRACEDESK_TUI_PAGE_H

#include <stddef.h>

#include "tui/draw.h"

enum { PAGE_NO_ITEM = -1, PAGE_MARGIN = 2 };

struct page_line {
	char *label, *text; /* NULL: nothing */
	char *right;	    /* a second text, in the right half */
	int column;	    /* of the text */
	enum draw_style style;
	int item;
};

struct page {
	struct page_line *lines;
	size_t count, top;
	int width;
};

/* What is put: label stands before the first line of text, which is wrapped from column on. */
struct page_text {
	const char *label, *text;
	int column;
	enum draw_style style;
	bool is_item;
	int item;
	int most; /* lines; 0: as many as it takes */
};

/* Empties it for lines of so many columns. The top stays. */
void page_start(struct page *page, int width);
void page_put(struct page *page, const struct page_text *put);
void page_labelled(struct page *page, int column, const char *label, const char *text);
/* Both cut to their halves; column is that of the left one. */
void page_pair(struct page *page, const char *label, const char *left, const char *right);
/* The same over three lines at most: the whole is told elsewhere. */
void page_brief(struct page *page, int column, const char *label, const char *text);
void page_heading(struct page *page, const char *text);
void page_gap(struct page *page);
/* Scrolls so that the item can be seen (PAGE_NO_ITEM: only inside the page). */
void page_settle(struct page *page, size_t rows, int item);
void page_scroll(struct page *page, long lines, size_t rows);
/* The page's first column is the area's third: the selected item is marked before it. Returns what
   of it is not seen. */
struct draw_more page_draw(const struct page *page, const struct draw_area *area, int selected);
void page_clear(struct page *page);

#endif
