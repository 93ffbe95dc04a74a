/*
 * The audit trail: events in the same transaction as the change they tell of,
 * each chained to the one before by a salted hash, the last of each transaction
 * signed by who acted. Row images of every change since the last event are
 * taken into the next one by themselves (db/changes.h).
 */
#ifndef TRACEDESK_DB_EVENTS_H
#define TRACEDESK_DB_EVENTS_H

#include "db/store.h"

/* What an event says besides the rows: pairs such as "file", "history.csv". Kept sealed. */
struct event_detail {
	const char *name;
	const char *value;
};

enum { EVENT_MOST_DETAILS = 16 };

struct event_new {
	int64_t time;	/* UTC seconds */
	int64_t person; /* 0: nobody (a failed log-in) */
	unsigned role;	/* roles held */
	enum event_kind kind;
	const char *reference; /* of a receipt or submission, or "" */
	const struct event_detail *details;
	size_t detail_count;
};

/* Inside a transaction. The hashes are made here; the signature at the commit. */
enum db_status event_append(struct store *store, const struct event_new *event);
/* DB_LOCKED: the key that will sign is not the newest of that person, who got others meanwhile, or
   whose slot was to hold others when the change was cut off: what it signs does not hold. */
enum db_status event_signer_check(struct store *store, int64_t person);
/* Moves the failed log-ins waiting in the header into the trail, in the transaction under way; they
   are cleared from the header after its commit. */
enum db_status events_take_failures(struct store *store);
/* The same of boxes that were sealed to another store's witness. */
struct keys;
enum db_status events_take_failures_sealed(struct store *store, const struct keys *keys);
/* The events of a receipt or submission, oldest first. Free with mem_free. */
enum db_status events_list(
	struct store *store, const char *reference, struct event **out_events, size_t *out_count);
/* What each listing of events reads of a row. */
struct statement;
void event_read(struct statement *statement, struct event *out_event);
/* Inside a transaction: the sequence of its last event. */
enum db_status events_tail(struct store *store, int64_t *out_sequence);
enum db_status events_count(struct store *store, int64_t *out_count);

#endif
