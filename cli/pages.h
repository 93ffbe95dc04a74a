/*
 * A long list written a page at a time, so that it is never held whole: csv and
 * json leave with each page; text waits for the end, since its columns are as
 * wide as their widest cell.
 */
#ifndef TRACEDESK_CLI_PAGES_H
#define TRACEDESK_CLI_PAGES_H

#include "cli/output.h"

enum { PAGE_ROWS = 200 };

/* The first three are the caller's to set. */
struct pages {
	struct output *output;
	const struct sheet_column *columns;
	size_t column_count;
	struct sheet *sheet; /* where the rows of the page go */
	int64_t left;	     /* rows that may still come; what the caller counts down */
	bool is_begun;
};

/* --limit, or 50 for text and all for csv and json. */
enum desk_status pages_begin(const struct call *call, struct pages *pages, struct notice *notice);
/* How many rows to ask for next; 0: enough. */
size_t pages_wanted(const struct pages *pages);
/* A page of so many rows is in the sheet. */
enum desk_status pages_next(struct pages *pages, size_t rows, struct notice *notice);
/* Writes what is left when status is DESK_OK, with the line about so many rows not shown (text). */
enum desk_status pages_end(
	struct pages *pages, enum desk_status status, int64_t not_shown, struct notice *notice);

#endif
