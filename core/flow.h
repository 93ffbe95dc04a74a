/*
 * The life of a receipt: which move leads from which state to which, and who
 * may make it (interface.md section 3). One table, which the desk obeys and the
 * screens read, so they cannot differ. Pure.
 */
#ifndef TRACEDESK_CORE_FLOW_H
#define TRACEDESK_CORE_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "db/records.h"

/* clang-format off */

/* X(constant, command, roles, what it does to the receipt). */
#define MOVES(X) \
	X(MOVE_EDIT, "request edit", FLOW_WORKERS, "edited") \
	X(MOVE_JUDGE, "request judge", FLOW_WORKERS, "judged") \
	X(MOVE_ASSIGN, "request assign", FLOW_WORKERS, "assigned") \
	X(MOVE_HOLD, "request hold", FLOW_WORKERS, "held") \
	X(MOVE_RESUME, "request resume", FLOW_WORKERS, "resumed") \
	X(MOVE_QUERY, "request query", FLOW_WORKERS, "queried") \
	X(MOVE_ANSWER, "request answer", FLOW_WORKERS, "answered") \
	X(MOVE_ACCEPT, "request accept", FLOW_WORKERS, "accepted") \
	X(MOVE_EXCEPT, "request accept --exception", FLOW_WORKERS, "proposed as an exception") \
	X(MOVE_REJECT, "request reject", FLOW_WORKERS, "proposed for rejection") \
	X(MOVE_TRACE, "request trace", FLOW_WORKERS, "traced") \
	X(MOVE_NO_TRACE, "request no-trace", FLOW_WORKERS, "closed without a trace") \
	X(MOVE_GUARDIAN, "request guardian", ROLE_SUPERVISOR, "decided by the Guardian") \
	X(MOVE_CONFIRM, "request review --confirm", ROLE_SUPERVISOR, "confirmed") \
	X(MOVE_RETURN, "request review --return", ROLE_SUPERVISOR, "returned") \
	X(MOVE_WITHDRAW, "request withdraw", FLOW_WORKERS, "withdrawn") \
	X(MOVE_WITHDRAW_ERROR, "request withdraw", FLOW_WORKERS, "proposed for withdrawal") \
	X(MOVE_CORRECT, "request correct", ROLE_SUPERVISOR, "corrected") \
	X(MOVE_NOTE, "request note", FLOW_WORKERS, "noted") \
	X(MOVE_LINK, "request link", FLOW_WORKERS, "linked") \
	X(MOVE_INCIDENT, "request incident", FLOW_WORKERS, "noted") \
	X(MOVE_SENT, "request sent", FLOW_WORKERS, "sent its letter") \
	X(MOVE_RESUBMIT, "request resubmit", FLOW_WORKERS, "sent in again")

/* clang-format on */

enum { FLOW_WORKERS = ROLE_CASEWORKER | ROLE_SUPERVISOR };

#define MOVE_VALUE(constant, ...) constant,
enum move { MOVES(MOVE_VALUE) MOVE_COUNT };

/* On what a step depends besides the state. */
enum flow_when {
	FLOW_ALWAYS,
	FLOW_FLAGGED,	   /* an S-flag or changed identity is recorded */
	FLOW_SECOND_CHECK, /* an item needs a second person's check */
	FLOW_PLAIN,	   /* neither of those */
	FLOW_RELEASE,	   /* the Guardian releases */
	FLOW_WITHHOLD,	   /* the Guardian withholds */
	FLOW_UNSOUND,	   /* after the change a check fails or is open */
	FLOW_CORRECTION,   /* what waits is a correction */
};

struct flow_step {
	enum move move;
	unsigned from; /* bits of states, FLOW_BIT */
	enum flow_when when;
	enum request_state to; /* 0: stays; for MOVE_RESUME the state held from, of a correction its
			      outcome */
	enum event_kind event;
};

#define FLOW_BIT(state) (1U << (state))

size_t flow_step_count(void);
const struct flow_step *flow_step_at(size_t index);
/* The step for a move from a state under a condition; NULL when there is none. A step that always
   holds answers every condition for which there is no closer one. */
const struct flow_step *flow_find(enum move move, enum request_state state, enum flow_when when);
/* May the move be made from the state at all, under some condition? */
bool flow_may(enum move move, enum request_state state);
/* The same of what waits for a review: a decided one only while a correction of it does. */
bool flow_may_review(enum request_state state, bool correcting);
bool state_is_final(enum request_state state);
const char *move_name(enum move move);
const char *move_done(enum move move);
unsigned move_roles(enum move move);
/* "it is rejected; only one that is received or in triage can be accepted". */
void flow_why(enum move move, enum request_state state, char *out_why, size_t size);

#endif
