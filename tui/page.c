/*
 * Wrapping when a line is put, cutting when it is drawn.
 */
#include "tui/page.h"

#include <string.h>

#include "core/buffer.h"
#include "core/text.h"

enum { PAIR_COLUMN = 12, BRIEF_LINES = 3 };

void page_start(struct page *page, int width)
{
	size_t top = page->top;

	page_clear(page);
	page->top = top;
	page->width = width;
}

static void line_put(struct page *page, const struct page_line *line)
{
	page->lines = mem_one_more(page->lines, page->count, sizeof(*page->lines));
	page->lines[page->count++] = *line;
}

/* One piece without line breaks, over as many lines as it needs; returns those it may still take.
 */
static int piece_put(struct page *page, struct page_line line, const char *piece, int most)
{
	int width = page->width - line.column;
	struct buffer shown;
	size_t at = 0, next;

	buffer_init(&shown);
	text_show(piece, &shown);
	do {
		const char *rest = buffer_text(&shown) + at;
		size_t bytes = draw_break(rest, width, &next);

		/* The last line that may be taken keeps its rest: drawing cuts it visibly. */
		line.text = most == 1 ? mem_text(rest) : mem_text_sized(rest, bytes);
		line_put(page, &line);
		line.label = NULL;
		at += next;
		most--;
	} while (at < shown.size && most != 0);
	buffer_done(&shown);
	return most;
}

void page_put(struct page *page, const struct page_text *put)
{
	struct page_line line = { .label = mem_text(put->label),
		.column = put->column,
		.style = put->style,
		.item = put->is_item ? put->item : PAGE_NO_ITEM };
	const char *text = put->text ? put->text : "";
	int most = put->most > 0 ? put->most : -1;

	do {
		size_t size = strcspn(text, "\n");
		char *piece = mem_text_sized(text, size);

		most = piece_put(page, line, piece, most);
		mem_free(piece);
		line.label = NULL;
		text += size + (text[size] != '\0');
	} while (*text && most != 0);
}

void page_brief(struct page *page, int column, const char *label, const char *text)
{
	page_put(page, &(struct page_text) { .label = label,
			       .text = text,
			       .column = column,
			       .style = column == 0 ? DRAW_BOLD : DRAW_PLAIN,
			       .most = BRIEF_LINES });
}

void page_labelled(struct page *page, int column, const char *label, const char *text)
{
	page_put(page, &(struct page_text) { .label = label, .text = text, .column = column });
}

void page_pair(struct page *page, const char *label, const char *left, const char *right)
{
	struct page_line line = { .label = mem_text(label),
		.text = mem_text(left),
		.right = mem_text(right),
		.column = PAIR_COLUMN,
		.item = PAGE_NO_ITEM };

	line_put(page, &line);
}

void page_heading(struct page *page, const char *text)
{
	page_put(page, &(struct page_text) { .text = text, .style = DRAW_BOLD });
}

void page_gap(struct page *page)
{
	if (page->count > 0)
		page_put(page, &(struct page_text) { .text = "" });
}

void page_scroll(struct page *page, long lines, size_t rows)
{
	long last = page->count > rows ? (long)(page->count - rows) : 0;
	long top = (long)page->top + lines;

	page->top = (size_t)(top < 0 ? 0 : top > last ? last : top);
}

void page_settle(struct page *page, size_t rows, int item)
{
	size_t first = page->count, last = 0;

	for (size_t i = 0; item != PAGE_NO_ITEM && i < page->count; i++)
		if (page->lines[i].item == item) {
			first = i < first ? i : first;
			last = i;
		}
	if (first < page->count && last >= page->top + rows)
		page->top = last - rows + 1;
	if (first < page->top)
		page->top = first;
	page_scroll(page, 0, rows);
}

static void line_draw(const struct page *page, const struct page_line *line, int row, int column)
{
	int half = page->width / 2;
	int width = line->right ? half - line->column - 1 : page->width - line->column;

	if (line->label)
		draw_text(row, column, line->column > 0 ? line->column - 1 : page->width,
			line->style == DRAW_BAD ? DRAW_BAD : DRAW_FAINT, line->label);
	draw_text(row, column + line->column, width, line->style, line->text);
	draw_text(row, column + half, page->width - half, line->style, line->right);
}

struct draw_more page_draw(const struct page *page, const struct draw_area *area, int selected)
{
	int column = area->column + PAGE_MARGIN;

	for (size_t i = page->top; i < page->count && i < page->top + (size_t)area->rows; i++) {
		const struct page_line *line = &page->lines[i];
		int row = area->row + (int)(i - page->top);
		bool is_first = i == 0 || page->lines[i - 1].item != line->item;

		line_draw(page, line, row, column);
		if (line->item != PAGE_NO_ITEM && line->item == selected && is_first)
			draw_text(row, area->column, 1, DRAW_BOLD, "▸");
	}
	return draw_more(area->row, page->top, page->count);
}

void page_clear(struct page *page)
{
	for (size_t i = 0; i < page->count; i++) {
		mem_free(page->lines[i].label);
		mem_free(page->lines[i].text);
		mem_free(page->lines[i].right);
	}
	mem_free(page->lines);
	memset(page, 0, sizeof(*page));
}
