/*
 * Plain text for people: paragraphs, and tables of a label and figures a row.
 * A width of 0 is no terminal: nothing is wrapped. On a terminal heads and labels
 * wrap between words, and columns that do not fit beside each other go on below;
 * a word wider than the terminal is left whole.
 */
#ifndef TRACEDESK_CORE_LAYOUT_H
#define TRACEDESK_CORE_LAYOUT_H

#include <stddef.h>
#include <stdint.h>

#include "core/buffer.h"

/* One paragraph of shown text (text_show), a line feed at its end; its further lines start with
   indent blanks. */
void layout_paragraph(const char *shown, int indent, int width, struct buffer *out);
/* 854853 as "854,853". */
void layout_number(int64_t number, char out_shown[32]);
/* A value as a bar one column wide, ▁ to █ for the largest; a dot for zero, a star for what is
   below (it is hidden). */
const char *layout_bar(int64_t value, int64_t largest);
/* A line of rule, dashes where there is no terminal. */
void layout_rule(int columns, int width, struct buffer *out);

enum layout_row {
	LAYOUT_CELLS,
	LAYOUT_HEAD,  /* the same, and repeated where columns go on below */
	LAYOUT_RULE,  /* across */
	LAYOUT_EMPTY, /* an empty line */
};

struct layout_table;

/* Columns without that of the labels; least: the table is made at least so wide, if width allows.
 */
struct layout_table *layout_table_new(size_t columns, int least);
void layout_table_free(struct layout_table *table);
/* Starts a row; rows of cells are then filled, the label first. Cells never filled stay empty. */
void layout_table_row(struct layout_table *table, enum layout_row kind);
/* Copies text in, made visible (text_show). */
void layout_table_cell(struct layout_table *table, const char *text);
void layout_table_write(const struct layout_table *table, int width, struct buffer *out);

#endif
