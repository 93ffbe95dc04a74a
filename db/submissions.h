/*
 * The table of batch files sent to the Demographics Batch Service Bureau.
 */
#ifndef TRACEDESK_DB_SUBMISSIONS_H
#define TRACEDESK_DB_SUBMISSIONS_H

#include "db/store.h"

/* An empty reference is allocated, DB-YYYY-NNNNNN by year received. Fills id and reference.
   DB_REFUSED: the reference is taken. */
enum db_status submissions_insert(struct store *store, struct submission *submission);
/* Writes all columns but the reference of the row with that id. */
enum db_status submissions_update(struct store *store, const struct submission *submission);
enum db_status submissions_load(
	struct store *store, const char *reference, struct submission *out_submission);
enum db_status submissions_has(struct store *store, const char *reference);
/* A page, newest received first: the rows after the given one (its received and id; NULL: from the
   start). rows holds room for limit; clear each with submission_clear. */
enum db_status submissions_page(struct store *store, const struct submission *after,
	struct submission *rows, size_t limit, size_t *out_count);
enum db_status submissions_count(struct store *store, int64_t *out_count);
/* Per month first..last that has any. Free with mem_free. */
enum db_status submissions_figures(struct store *store, const char *first, const char *last,
	struct submission_count **out_counts, size_t *out_count);
/* Month of the earliest submission; "" when there is none. */
enum db_status submissions_first_month(struct store *store, char out_month[8]);

#endif
