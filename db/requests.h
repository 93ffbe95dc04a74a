/*
 * The table of receipts with their subjects. Inside a transaction for every
 * change; the event that covers the change is the caller's.
 */
#ifndef TRACEDESK_DB_REQUESTS_H
#define TRACEDESK_DB_REQUESTS_H

#include "db/store.h"

/* Stores a new receipt with its subjects. An empty reference is allocated, TR-YYYY-NNNNNN by year
   received. Fills id and reference. DB_REFUSED: the reference is taken. */
enum db_status requests_insert(struct store *store, struct request *request);
/* DB_NONE: nothing by that reference. Clear with request_clear. */
enum db_status requests_load(
	struct store *store, const char *reference, struct request *out_request);
/* DB_OK or DB_NONE. */
enum db_status requests_has(struct store *store, const char *reference);

/* A page of the list, newest received first (then the newest logged): the rows after (older than)
   the key, or before it when backwards (still newest first). received "" is the list's start, or
   with backwards its end. out_rows holds room for limit rows; free with request_rows_clear. */
struct requests_page {
	char received[DAY_SIZE];
	int64_t id;
	bool backwards;
	size_t limit;
};
enum db_status requests_page(struct store *store, const struct requests_page *page,
	struct request_row *out_rows, size_t *out_count);
enum db_status requests_count(struct store *store, int64_t *out_count);

/* Decided receipts by month, service and outcome, months first..last (YYYY-MM) of the decision.
   Free with mem_free. */
enum db_status requests_figures(struct store *store, const char *first, const char *last,
	struct tracing_count **out_counts, size_t *out_count);
/* Month of the earliest decision; "" when there is none. */
enum db_status requests_first_month(struct store *store, char out_month[8]);

#endif
