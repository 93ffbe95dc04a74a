/*
 * A sheet: typed columns and rows of cells. Every list the program prints is
 * one; one sheet feeds aligned text, exact CSV and JSON, so that columns cannot
 * drift apart. Pure; cells are copied in.
 */
#ifndef TRACEDESK_CORE_SHEET_H
#define TRACEDESK_CORE_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buffer.h"

enum cell_kind {
	CELL_TEXT,   /* left; json string, "" is null */
	CELL_NUMBER, /* right, 1,234 in text; json number, "" is null */
	CELL_DAY,    /* YYYY-MM-DD in csv and json, DD/MM/YYYY in text; "" is null */
	CELL_YES_NO, /* yes/no in csv and text, true/false in json */
	CELL_TENTHS, /* right; with one decimal, 77.8, a json number; "" is null */
	CELL_LIST,   /* parts by ';' in csv, array in json, by ", " in text */
};

struct sheet_column {
	const char *name;  /* csv and json */
	const char *title; /* text */
	enum cell_kind kind;
	bool not_in_text; /* csv and json only */
	bool text_only;	  /* never in csv and json */
};

/* A cell of text takes at most so many columns of aligned text, and ends with an ellipsis when it
   was longer; the last column of a sheet is never cut. */
enum { SHEET_TEXT_MOST = 40 };

struct sheet;

/* columns must outlive the sheet. */
struct sheet *sheet_new(const struct sheet_column *columns, size_t count);
void sheet_free(struct sheet *sheet);
/* Adds cells left to right; a row is full after as many cells as there are columns. NULL is "" . */
void sheet_text(struct sheet *sheet, const char *text);
void sheet_number(struct sheet *sheet, int64_t number);
void sheet_yes_no(struct sheet *sheet, bool yes);
size_t sheet_rows(const struct sheet *sheet);

/* Aligned for people, foreign text made visible (text_show), widths by wcwidth; says when there is
   no row. */
void sheet_write_text(const struct sheet *sheet, struct buffer *out);
/* RFC 4180 with "\n" at the end of a row. spreadsheet guards cells that start like a formula. */
void sheet_write_csv(const struct sheet *sheet, bool spreadsheet, struct buffer *out);
/* An array of objects. */
void sheet_write_json(const struct sheet *sheet, struct buffer *out);

/* One CSV cell, quoted when it must be. spreadsheet: one that a spreadsheet would take for a
   formula (it starts with = + - @, a tab or a line break) gets an apostrophe in front. */
void csv_write_cell(const char *text, bool spreadsheet, struct buffer *out);

#endif
