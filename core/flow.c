/*
 * The table of the flow.
 */
#include "core/flow.h"

#include <stdio.h>
#include <string.h>

#define S(name) FLOW_BIT(STATE_##name)

enum {
	TRIAGE = S(RECEIVED) | S(IN_TRIAGE),
	WORKED = TRIAGE | S(HELD) | S(AWAITING_INFORMATION) | S(ACCEPTED),
	PENDING = S(EXCEPTION_PROPOSED) | S(GUARDIAN_PENDING) | S(RELEASE_PROPOSED) |
		  S(REJECTION_PROPOSED) | S(WITHDRAWAL_PROPOSED),
	UNDECIDED = WORKED | PENDING,
	FINAL = S(REJECTED) | S(APPROVED_TRACE) | S(APPROVED_NO_TRACE) | S(WITHDRAWN),
	DECIDED = S(REJECTED) | S(APPROVED_TRACE) | S(APPROVED_NO_TRACE),
	BACK_TO_TRIAGE = S(EXCEPTION_PROPOSED) | S(REJECTION_PROPOSED) | S(WITHDRAWAL_PROPOSED),
};

/* clang-format off */
static const struct flow_step steps[] = {
	{ MOVE_EDIT, WORKED, FLOW_ALWAYS, 0, EVENT_REQUEST_EDITED },
	{ MOVE_EDIT, S(ACCEPTED), FLOW_UNSOUND, STATE_IN_TRIAGE, EVENT_REQUEST_EDITED },
	{ MOVE_JUDGE, WORKED, FLOW_ALWAYS, 0, EVENT_REQUEST_JUDGED },
	{ MOVE_JUDGE, S(ACCEPTED), FLOW_UNSOUND, STATE_IN_TRIAGE, EVENT_REQUEST_JUDGED },
	{ MOVE_ASSIGN, S(RECEIVED), FLOW_ALWAYS, STATE_IN_TRIAGE, EVENT_REQUEST_ASSIGNED },
	{ MOVE_ASSIGN, (UNDECIDED | FINAL) & ~S(RECEIVED), FLOW_ALWAYS, 0, EVENT_REQUEST_ASSIGNED },
	{ MOVE_HOLD, TRIAGE, FLOW_ALWAYS, STATE_HELD, EVENT_REQUEST_HELD },
	{ MOVE_RESUME, S(HELD), FLOW_ALWAYS, 0, EVENT_REQUEST_RESUMED },
	{ MOVE_QUERY, TRIAGE | S(ACCEPTED), FLOW_ALWAYS, STATE_AWAITING_INFORMATION,
		EVENT_REQUEST_QUERIED },
	{ MOVE_ANSWER, S(AWAITING_INFORMATION), FLOW_ALWAYS, STATE_IN_TRIAGE,
		EVENT_REQUEST_ANSWERED },
	{ MOVE_ACCEPT, TRIAGE, FLOW_ALWAYS, STATE_ACCEPTED, EVENT_REQUEST_ACCEPTED },
	{ MOVE_EXCEPT, TRIAGE, FLOW_ALWAYS, STATE_EXCEPTION_PROPOSED, EVENT_EXCEPTION_PROPOSED },
	{ MOVE_REJECT, WORKED, FLOW_ALWAYS, STATE_REJECTION_PROPOSED, EVENT_REJECTION_PROPOSED },
	{ MOVE_TRACE, S(ACCEPTED), FLOW_FLAGGED, STATE_GUARDIAN_PENDING, EVENT_REQUEST_TRACED },
	{ MOVE_TRACE, S(ACCEPTED), FLOW_SECOND_CHECK, STATE_RELEASE_PROPOSED,
		EVENT_REQUEST_TRACED },
	{ MOVE_TRACE, S(ACCEPTED), FLOW_PLAIN, STATE_APPROVED_TRACE, EVENT_REQUEST_TRACED },
	{ MOVE_NO_TRACE, S(ACCEPTED), FLOW_ALWAYS, STATE_APPROVED_NO_TRACE,
		EVENT_REQUEST_NOT_TRACED },
	{ MOVE_GUARDIAN, S(GUARDIAN_PENDING), FLOW_RELEASE, STATE_APPROVED_TRACE,
		EVENT_GUARDIAN_DECIDED },
	{ MOVE_GUARDIAN, S(GUARDIAN_PENDING), FLOW_WITHHOLD, STATE_REJECTED,
		EVENT_GUARDIAN_DECIDED },
	{ MOVE_CONFIRM, S(EXCEPTION_PROPOSED), FLOW_ALWAYS, STATE_ACCEPTED,
		EVENT_REVIEW_CONFIRMED },
	{ MOVE_CONFIRM, S(REJECTION_PROPOSED), FLOW_ALWAYS, STATE_REJECTED,
		EVENT_REVIEW_CONFIRMED },
	{ MOVE_CONFIRM, S(RELEASE_PROPOSED), FLOW_ALWAYS, STATE_APPROVED_TRACE,
		EVENT_REVIEW_CONFIRMED },
	{ MOVE_CONFIRM, S(WITHDRAWAL_PROPOSED), FLOW_ALWAYS, STATE_WITHDRAWN,
		EVENT_REVIEW_CONFIRMED },
	{ MOVE_CONFIRM, DECIDED, FLOW_CORRECTION, 0, EVENT_REVIEW_CONFIRMED },
	{ MOVE_RETURN, BACK_TO_TRIAGE, FLOW_ALWAYS, STATE_IN_TRIAGE, EVENT_REVIEW_RETURNED },
	{ MOVE_RETURN, S(RELEASE_PROPOSED), FLOW_ALWAYS, STATE_ACCEPTED, EVENT_REVIEW_RETURNED },
	{ MOVE_RETURN, DECIDED, FLOW_CORRECTION, 0, EVENT_REVIEW_RETURNED },
	{ MOVE_WITHDRAW, UNDECIDED, FLOW_ALWAYS, STATE_WITHDRAWN, EVENT_REQUEST_WITHDRAWN },
	{ MOVE_WITHDRAW_ERROR, UNDECIDED, FLOW_ALWAYS,
		STATE_WITHDRAWAL_PROPOSED, EVENT_WITHDRAWAL_PROPOSED },
	{ MOVE_CORRECT, DECIDED, FLOW_ALWAYS, 0, EVENT_CORRECTION_PROPOSED },
	{ MOVE_NOTE, UNDECIDED | FINAL, FLOW_ALWAYS, 0, EVENT_NOTE_ADDED },
	{ MOVE_LINK, UNDECIDED | FINAL, FLOW_ALWAYS, 0, EVENT_LINKED },
	{ MOVE_INCIDENT, UNDECIDED | FINAL, FLOW_ALWAYS, 0, EVENT_INCIDENT_RECORDED },
	{ MOVE_SENT, DECIDED | S(AWAITING_INFORMATION), FLOW_ALWAYS, 0, EVENT_LETTER_SENT },
	{ MOVE_RESUBMIT, S(REJECTED), FLOW_ALWAYS, 0, EVENT_RESUBMITTED },
};
/* clang-format on */

enum { STEPS = sizeof(steps) / sizeof(steps[0]) };

static const struct {
	const char *name;
	unsigned roles;
	const char *done;
} moves[MOVE_COUNT] = {
#define MOVE_ROW(constant, name, roles, done) [constant] = { name, roles, done },
	MOVES(MOVE_ROW)
};

size_t flow_step_count(void)
{
	return STEPS;
}

const struct flow_step *flow_step_at(size_t index)
{
	return &steps[index];
}

const struct flow_step *flow_find(enum move move, enum request_state state, enum flow_when when)
{
	const struct flow_step *found = NULL;

	for (size_t i = 0; i < STEPS; i++) {
		if (steps[i].move != move || !(steps[i].from & FLOW_BIT(state)))
			continue;
		if (steps[i].when == when)
			return &steps[i];
		if (steps[i].when == FLOW_ALWAYS)
			found = &steps[i];
	}
	return found;
}

bool flow_may(enum move move, enum request_state state)
{
	for (size_t i = 0; i < STEPS; i++)
		if (steps[i].move == move && (steps[i].from & FLOW_BIT(state)))
			return true;
	return false;
}

bool flow_may_review(enum request_state state, bool correcting)
{
	return flow_find(MOVE_CONFIRM, state, correcting ? FLOW_CORRECTION : FLOW_ALWAYS) != NULL;
}

bool state_is_final(enum request_state state)
{
	return (FINAL & FLOW_BIT(state)) != 0;
}

const char *move_name(enum move move)
{
	return moves[move].name;
}

const char *move_done(enum move move)
{
	return moves[move].done;
}

unsigned move_roles(enum move move)
{
	return moves[move].roles;
}

static unsigned states_from(enum move move)
{
	unsigned from = 0;

	for (size_t i = 0; i < STEPS; i++)
		if (steps[i].move == move)
			from |= steps[i].from;
	return from;
}

void flow_why(enum move move, enum request_state state, char *out_why, size_t size)
{
	unsigned from = states_from(move), left = from;
	int used = snprintf(
		out_why, size, "it is %s; only one that is ", request_state_name((int)state));

	for (int s = STATE_RECEIVED; s <= STATE_WITHDRAWN && used > 0 && (size_t)used < size; s++) {
		if (!(from & FLOW_BIT(s)))
			continue;
		left &= ~FLOW_BIT(s);
		used += snprintf(out_why + used, size - (size_t)used, "%s%s",
			from == (left | FLOW_BIT(s)) ? "" : (left ? ", " : " or "),
			request_state_name(s));
	}
	if (used > 0 && (size_t)used < size)
		(void)snprintf(out_why + used, size - (size_t)used, " can be %s", move_done(move));
}
