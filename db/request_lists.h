/*
 * Lists of receipts, a page at a time by key: the whole list, a queue of the
 * work screen, and what a filter of coded words leaves.
 */
#ifndef TRACEDESK_DB_REQUEST_LISTS_H
#define TRACEDESK_DB_REQUEST_LISTS_H

#include "db/store.h"

/* A page of the list, newest received first (then the newest logged): the rows after (older than)
   the key, or before it when backwards (still newest first). By words they come newest logged
   first, and the key is the id alone. received "" is the list's start, or with backwards its end.
   out_rows holds room for limit rows; free with request_rows_clear. */
struct requests_page {
	char received[DAY_SIZE];
	int64_t id;
	bool backwards;
	size_t limit;
	const struct request_filter *filter; /* NULL: all */
};
enum db_status requests_page(struct store *store, const struct requests_page *page,
	struct request_row *out_rows, size_t *out_count);

/* The line of one receipt; DB_NONE: nothing by that reference. Free with request_rows_clear. */
enum db_status requests_row(
	struct store *store, const char *reference, struct request_row *out_row);

/* A page of a queue: pressing receipts first (QUEUE_KEY of db/schema.h), closed: the last decided
   first. Behind a row, with backwards before it; NULL is the queue's start, or its end. */
struct queue_page {
	enum queue queue;
	int64_t person; /* whose, for QUEUE_MINE */
	const struct request_row *after;
	bool backwards;
	size_t limit;
};
enum db_status queue_page(struct store *store, const struct queue_page *page,
	struct request_row *out_rows, size_t *out_count);
/* Kept counts, indexed by enum queue. */
enum { QUEUE_COUNTS = QUEUE_CLOSED + 1 };
enum db_status queue_counts(struct store *store, int64_t person, int64_t out_counts[QUEUE_COUNTS]);

/* Hands every receipt that the filter leaves to row, with its values of the columns asked for (they
   last until it returns; of the record reference, days, service and waits are filled); anything but
   DB_OK from it ends the run and is returned. */
struct requests_tally {
	const struct request_filter *filter;
	const enum tally_column *columns;
	size_t column_count;
	enum db_status (*row)(void *with, struct request_row *row, const char *const values[]);
	void *with;
};
enum db_status requests_tally(struct store *store, const struct requests_tally *tally);

#endif
