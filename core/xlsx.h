/*
 * Workbooks (XLSX): sheets that are one table each, and charts. The only door to
 * libxlsxwriter, which is used in xlsx.c alone. The same calls make the same bytes.
 */
#ifndef TRACEDESK_CORE_XLSX_H
#define TRACEDESK_CORE_XLSX_H

#include <stddef.h>
#include <stdint.h>

enum xlsx_kind {
	XLSX_TEXT,
	XLSX_PROSE,    /* wrapped */
	XLSX_COUNT,    /* 1,234 */
	XLSX_PER_CENT, /* 77.8% */
	XLSX_WHOLE_PER_CENT,
	XLSX_MONTH, /* a date, shown as December 2020 */
};

struct xlsx_column {
	const char *title; /* one of its own in the sheet */
	enum xlsx_kind kind;
	double width; /* in characters */
};

struct xlsx_about {
	const char *title;
	const char *subject;
	const char *comments;
	const char *created; /* the day that the file says; never the clock's */
};

struct xlsx;

/* A workbook to be written to path. folder must be private: the library puts what it has half
   written there, in clear. What is given is copied. */
struct xlsx *xlsx_new(const char *path, const char *folder, const struct xlsx_about *about);
/* Begins the next sheet: a table of these columns (which must outlive the book), its cells then
   filled row by row. mark: printed at the top of each page, on the right. The name is the table's,
   too. */
void xlsx_sheet(struct xlsx *book, const char *name, const char *mark,
	const struct xlsx_column *columns, size_t count);
/* The row about to begin holds sums: it is printed strong. */
void xlsx_sums(struct xlsx *book);
/* A star is shown behind the number about to be written, which stays a number. */
void xlsx_mark(struct xlsx *book);
/* What is no number or month in its column is text: every cell is filled. */
void xlsx_text(struct xlsx *book, const char *text);
void xlsx_count(struct xlsx *book, int64_t count);
void xlsx_per_cent(struct xlsx *book, int64_t tenths);
void xlsx_month(struct xlsx *book, const char *month);

/* Columns stacked by the rows of a sheet of this book. */
struct xlsx_chart {
	const char *title;
	const char *alternative; /* what it shows, in words */
	const char *sheet;
	size_t rows;
	size_t columns[3]; /* where its numbers are; the first column names the rows */
	size_t column_count;
	const char *names[3];
	const char *rows_format; /* of a first column of months */
};
/* Stands on the sheet at hand, right of its table, the index-th from the top. */
void xlsx_chart(struct xlsx *book, const struct xlsx_chart *chart, size_t index);

/* Writes the file and frees the book. NULL, or what went wrong. */
const char *xlsx_close(struct xlsx *book);

#endif
