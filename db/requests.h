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
/* Stores the receipt and its subjects as they are in the record, if its version is still the one in
   the store (then one more). DB_REFUSED: somebody else changed it meanwhile. */
enum db_status requests_update(struct store *store, struct request *request);
/* DB_NONE: nothing by that reference. Clear with request_clear. */
enum db_status requests_load(
	struct store *store, const char *reference, struct request *out_request);
/* DB_OK or DB_NONE. */
enum db_status requests_has(struct store *store, const char *reference);

enum db_status requests_count(struct store *store, int64_t *out_count);

/* Decided receipts by month, service and outcome, months first..last (YYYY-MM) of the decision.
   Free with mem_free. */
enum db_status requests_figures(struct store *store, const char *first, const char *last,
	struct tracing_count **out_counts, size_t *out_count);
/* Month of the earliest decision; "" when there is none. */
enum db_status requests_first_month(struct store *store, char out_month[8]);

#endif
