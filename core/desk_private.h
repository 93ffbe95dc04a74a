/*
 * What the files of the desk share. Not for cli/ or tui/.
 */
#ifndef TRACEDESK_CORE_DESK_PRIVATE_H
#define TRACEDESK_CORE_DESK_PRIVATE_H

#include "core/desk.h"
#include "core/desk_rights.h"
#include "db/events.h"
#include "db/store.h"

struct desk {
	struct store *store;
	struct person person;
	char today[DAY_SIZE];
	char opened[REFERENCE_SIZE]; /* the receipt whose opening was recorded last */
	bool is_demo_made; /* the demo is being made: its own day, whatever TRACEDESK_TODAY says */
};

/* The store's words, unchanged, with the exit status that fits. */
enum desk_status desk_failed(
	const struct store *store, enum db_status status, struct notice *notice);

/* May the person do it? A refusal for want of a right is an event; DESK_LOCKED: a one-time password
   has to be changed first. Call it first in every function of the desk, outside a transaction. */
enum desk_status desk_allow(
	struct desk *desk, enum deed deed, const char *reference, struct notice *notice);

/* Writes an event of the person at the desk into the transaction under way. */
struct desk_event {
	enum event_kind kind;
	const char *reference; /* NULL: about no receipt */
	const struct event_detail *details;
	size_t detail_count;
};
enum db_status desk_event(struct desk *desk, const struct desk_event *event);
/* The same as a transaction of its own. */
enum db_status desk_event_alone(struct desk *desk, const struct desk_event *event);
/* Writes a refusal as a transaction of its own. */
enum db_status desk_refusal(struct desk *desk, enum deed deed, const char *reference);
/* What a command was refused for besides a right is an event, too: writes it when status is
   DESK_REFUSED. Outside a transaction. Returns status, or what failed. */
enum desk_status desk_refused(struct desk *desk, enum deed deed, const char *reference,
	enum desk_status status, struct notice *notice);
/* What was refused while nobody is at the desk: for the trail, boxed as a failed log-in of
   "COMMAND: NAME". Returns the status of the notice, or what failed. */
enum desk_status desk_boxed(
	struct store *store, const char *command, const char *name, struct notice *notice);
/* Commits when status is DB_OK, else rolls back and keeps the status. */
enum db_status desk_end(struct desk *desk, enum db_status status);
/* desk_allow and the transaction in one: what is looked at from here on stays so until desk_finish,
   and whoever asks still has the right then. */
enum desk_status desk_begin(struct desk *desk, enum deed deed, struct notice *notice);
/* Commits when status is DESK_OK; else rolls back, and a refusal becomes an event. */
enum desk_status desk_finish(
	struct desk *desk, enum deed deed, enum desk_status status, struct notice *notice);

/* Log-in names: lower-case letters, digits, . _ -; 1 to 32 characters. */
enum desk_status person_name_check(const char *name, struct notice *notice);

/* A set of roles that a person may have: DESK_USAGE for none, DESK_REFUSED for an administrator
   with another. */
enum desk_status person_roles_check(const char *command, unsigned roles, struct notice *notice);
/* False with the sentence: no key slot is empty. */
bool person_slot_is_free(const struct desk *desk, const char *command, struct notice *notice);

/* Making a store of either kind, and adding a person whose password lasts. */
enum desk_status desk_make_kind(const struct desk_make *make, enum store_kind kind,
	struct secret **out_recovery, struct notice *notice);
enum desk_status desk_person_add(struct desk *desk, const struct person *person,
	const struct secret *password, struct notice *notice);

/* The last closed month; "" while none is. Inside a transaction or a read. */
enum db_status desk_closed_to(struct desk *desk, char out_month[8]);
/* The first closed month, with which the register begins; "" while none is. */
enum db_status desk_register_begins(struct desk *desk, char out_month[8]);
/* Does the day lie in a month up to the last closed one? */
bool day_is_in_closed(const char *day, const char *closed_to);

/* A watch as the store takes it, made in room; NULL stays NULL. */
struct desk_watch;
struct store_watch;
const struct store_watch *desk_watch_pass(const struct desk_watch *watch, struct store_watch *room);

/* The clerks of core/demo_life.h log the demo's open receipts and work on them. */
enum desk_status desk_demo_live(
	struct desk *const clerks[], const struct request *forms, struct notice *notice);

#endif
