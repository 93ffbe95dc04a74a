/*
 * Published months. An open month has no row; a closed one has a revision, or
 * several, each with all that was printed of it and what stood behind that. Rows
 * are only ever added.
 */
#ifndef TRACEDESK_DB_MONTHS_H
#define TRACEDESK_DB_MONTHS_H

#include "db/store.h"

struct release_span {
	char first[8], last[8];
};

/* Closed months with their newest revision, ascending. Free with mem_free. */
enum db_status months_closed(struct store *store, struct month **out_months, size_t *out_count);
/* The revisions of a month, ascending; none while it is open. Clear each with month_revision_clear,
   free with mem_free. */
enum db_status months_revisions(struct store *store, const char *month,
	struct month_revision **out_list, size_t *out_count);

/* Inside a transaction, before its event. Fills id and event. */
enum db_status months_publish(struct store *store, struct month_revision *published);
enum db_status months_add_service(
	struct store *store, int64_t published, const struct month_service *service);
enum db_status months_add_case(
	struct store *store, int64_t published, const struct month_case *one);
enum db_status months_add_figure(
	struct store *store, int64_t published, const struct month_figure *figure);

/* What was published, in the order in which it was added. Free with mem_free (services after
   month_services_clear). */
enum db_status months_services(struct store *store, int64_t published,
	struct month_service **out_services, size_t *out_count);
enum db_status months_cases(
	struct store *store, int64_t published, struct month_case **out_cases, size_t *out_count);
enum db_status months_figures(struct store *store, int64_t published,
	struct month_figure **out_figures, size_t *out_count);

/* What stands behind a month's figures now: receipts by reference, then submissions. Those of
   services outside the register are there too. Free with mem_free. */
enum db_status months_cases_now(
	struct store *store, const char *month, struct month_case **out_cases, size_t *out_count);
/* Releases of the months first..last, by day and reference; one whose outcome was corrected
   afterwards was made all the same. Free with mem_free after releases_clear. */
enum db_status months_releases(struct store *store, const struct release_span *span,
	struct release **out_releases, size_t *out_count);
/* Receipts that wait for a second person, oldest first; counts is the state. Free with mem_free. */
enum db_status months_waiting(
	struct store *store, struct month_case **out_cases, size_t *out_count);

#endif
