/*
 * What receipts come to: a state that somebody decides is reached only in an
 * event that brings in or reviews the decision that belongs to it. The numbers
 * are those of tracedesk-store(7).
 */
#include "verify/verify.h"

#include <string.h>

enum { ACCEPTED = 6, GUARDIAN = 7, RELEASE_PROPOSED = 8, LAST_STATE = 14, LAST_KIND = 9 };
enum { OPEN = 1, DECIDED = 2 };

struct receipt {
	int64_t id, state;
	bool is_imported, was_accepted;
};

/* A row of the event at hand: of a decision its kind and result, else a receipt's state before. */
struct turn {
	bool is_receipt;
	int64_t request, kind, result, from;
};

/* By state: kinds of decisions as text of their digits, and the result. */
static const struct {
	const char *kinds;
	int64_t result;
} needed[LAST_STATE + 1] = { [5] = { "1", OPEN },
	[6] = { "15", DECIDED },
	[7] = { "3", OPEN },
	[8] = { "3", OPEN },
	[9] = { "2", OPEN },
	[10] = { "4", OPEN },
	[11] = { "289", DECIDED },
	[12] = { "6389", DECIDED },
	[13] = { "79", DECIDED },
	[14] = { "4", DECIDED } };

static struct receipt *receipt_find(struct trail *trail, int64_t id, bool *out_is_new)
{
	return list_place(&trail->receipts, sizeof(struct receipt), id, out_is_new);
}

void states_decision(struct trail *trail, int64_t request, int64_t kind, int64_t result)
{
	struct turn *turn = list_add(&trail->turns, sizeof(*turn));

	*turn = (struct turn) { false, request, kind, result, 0 };
}

void states_receipt(struct trail *trail, int64_t event, const struct told_receipt *told)
{
	bool is_new;
	struct receipt *receipt = receipt_find(trail, told->id, &is_new);
	struct turn *turn;

	if (!is_new && told->is_imported != receipt->is_imported)
		problem(trail, event, "receipt %" PRId64 ": its mark as history was changed",
			told->id);
	if (told->state != receipt->state && !(is_new && told->is_imported)) {
		turn = list_add(&trail->turns, sizeof(*turn));
		*turn = (struct turn) { true, told->id, 0, 0, receipt->state };
	}
	receipt->state = told->state;
	receipt->is_imported = told->is_imported;
}

static bool is_decided(const struct trail *trail, const struct receipt *receipt)
{
	const struct turn *turns = trail->turns.items;

	for (size_t i = 0; i < trail->turns.count; i++)
		if (!turns[i].is_receipt && turns[i].kind >= 1 && turns[i].kind <= LAST_KIND &&
			turns[i].request == receipt->id &&
			turns[i].result == needed[receipt->state].result &&
			strchr(needed[receipt->state].kinds, '0' + (int)turns[i].kind))
			return true;
	return false;
}

static bool may_come(const struct trail *trail, struct receipt *receipt, int64_t from)
{
	if (receipt->state < 1 || receipt->state > LAST_STATE)
		return false;
	if (!needed[receipt->state].kinds)
		return true;
	if (is_decided(trail, receipt)) {
		receipt->was_accepted |= receipt->state == ACCEPTED;
		return true;
	}
	/* A release that is returned. */
	return receipt->state == ACCEPTED && receipt->was_accepted &&
	       (from == RELEASE_PROPOSED || from == GUARDIAN);
}

void states_settle(struct trail *trail, int64_t event)
{
	const struct turn *turns = trail->turns.items;
	bool is_new;

	for (size_t i = 0; i < trail->turns.count; i++) {
		if (!turns[i].is_receipt)
			continue;
		if (!may_come(trail, receipt_find(trail, turns[i].request, &is_new), turns[i].from))
			problem(trail, event,
				"receipt %" PRId64 ": no decision leads to the state it comes to",
				turns[i].request);
	}
	trail->turns.count = 0;
}
