/*
 * The log of the trail: pages of events by a filter, newest first.
 */
#ifndef TRACEDESK_DB_EVENT_LOG_H
#define TRACEDESK_DB_EVENT_LOG_H

#include "db/store.h"

/* The newest events before (older than) the sequence; 0: the newest of all. out_events holds room
   for limit events. */
struct events_page {
	int64_t before;
	size_t limit;
	const struct event_filter *filter;
};
enum db_status events_page(struct store *store, const struct events_page *page,
	struct event *out_events, size_t *out_count);
/* The sequences of all that the filter leaves, newest first. Free with mem_free. */
enum db_status events_matching(struct store *store, const struct event_filter *filter,
	int64_t **out_sequences, size_t *out_count);
enum db_status events_load(struct store *store, int64_t sequence, struct event *out_event);

/* Hands every subject's receipt and surname to row; anything but DB_OK from it ends the run. */
typedef enum db_status surname_row(void *with, const char *reference, const char *surname);
enum db_status surnames_walk(struct store *store, surname_row *row, void *with);

#endif
