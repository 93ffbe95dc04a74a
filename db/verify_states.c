/*
 * The states of receipts against decisions: a receipt comes to a state that
 * somebody decides only in an event in which the decision that belongs to it
 * comes in or is reviewed. History comes in as it was decided elsewhere, and
 * its outcome changes by a correction alone.
 */
#include <string.h>

#include "db/verify_private.h"

/* A receipt as the events so far tell it. */
struct verify_receipt {
	int64_t id;
	int64_t state;
	bool is_imported;
	bool was_accepted; /* a decision to accept it stood once */
};

/* A decision that an event brought in or reviewed; a receipt whose state it changed. */
struct verify_move {
	int64_t request;
	int64_t kind, result; /* of a decision */
	int64_t from;	      /* of a receipt: the state before, 0 for a new one */
	bool is_receipt;
};

#define BIT(kind) (1U << (kind))

/* Which decisions lead to a state, and with which result. */
static const struct backing {
	unsigned kinds;
	int64_t result;
} backings[STATE_WITHDRAWN + 1] = {
	[STATE_EXCEPTION_PROPOSED] = { BIT(DECISION_EXCEPTION), DECISION_OPEN },
	[STATE_ACCEPTED] = { BIT(DECISION_ACCEPTANCE) | BIT(DECISION_EXCEPTION), DECISION_STANDS },
	[STATE_GUARDIAN_PENDING] = { BIT(DECISION_RELEASE), DECISION_OPEN },
	[STATE_RELEASE_PROPOSED] = { BIT(DECISION_RELEASE), DECISION_OPEN },
	[STATE_REJECTION_PROPOSED] = { BIT(DECISION_REJECTION), DECISION_OPEN },
	[STATE_WITHDRAWAL_PROPOSED] = { BIT(DECISION_WITHDRAWAL), DECISION_OPEN },
	[STATE_REJECTED] = { BIT(DECISION_REJECTION) | BIT(DECISION_GUARDIAN) |
				     BIT(DECISION_CORRECTION),
		DECISION_STANDS },
	[STATE_APPROVED_TRACE] = { BIT(DECISION_TRACE) | BIT(DECISION_RELEASE) |
					   BIT(DECISION_GUARDIAN) | BIT(DECISION_CORRECTION),
		DECISION_STANDS },
	[STATE_APPROVED_NO_TRACE] = { BIT(DECISION_NO_TRACE) | BIT(DECISION_CORRECTION),
		DECISION_STANDS },
	[STATE_WITHDRAWN] = { BIT(DECISION_WITHDRAWAL), DECISION_STANDS },
};

/* Receipts come in by rising id: the place is nearly always the end. */
static struct verify_receipt *receipt_find(struct verify *verify, int64_t id, bool *out_is_new)
{
	size_t low = 0, high = verify->receipt_count, size = sizeof(*verify->receipts);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (verify->receipts[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	*out_is_new = low == verify->receipt_count || verify->receipts[low].id != id;
	if (!*out_is_new)
		return &verify->receipts[low];
	if (verify->receipt_count == verify->receipt_room) {
		size_t room = verify->receipt_room ? verify->receipt_room * 2 : 64;

		verify->receipts =
			mem_resize(verify->receipts, verify->receipt_room * size, room * size);
		verify->receipt_room = room;
	}
	memmove(verify->receipts + low + 1, verify->receipts + low,
		(verify->receipt_count - low) * size);
	verify->receipt_count++;
	verify->receipts[low] = (struct verify_receipt) { .id = id };
	return &verify->receipts[low];
}

static void move_add(struct verify *verify, const struct verify_move *made)
{
	size_t size = sizeof(*verify->moves);

	verify->moves = mem_resize(
		verify->moves, verify->move_count * size, (verify->move_count + 1) * size);
	verify->moves[verify->move_count++] = *made;
}

void verify_state_decision(struct verify *verify, const struct decision_image *image)
{
	if (image->is_there)
		move_add(verify, &(struct verify_move) { .request = image->request,
					 .kind = image->kind,
					 .result = image->result });
}

void verify_state_receipt(struct verify *verify, int64_t event, const struct receipt_image *image)
{
	bool is_new;
	struct verify_receipt *receipt;

	if (!image->is_there)
		return;
	receipt = receipt_find(verify, image->id, &is_new);
	if (!is_new && image->is_imported != receipt->is_imported)
		verify_problem(verify, event, "receipt %lld: its mark as history was changed",
			(long long)image->id);
	if (image->state != receipt->state && !(is_new && image->is_imported))
		move_add(verify,
			&(struct verify_move) {
				.request = image->id, .from = receipt->state, .is_receipt = true });
	receipt->state = image->state;
	receipt->is_imported = image->is_imported;
}

/* Was the receipt decided upon in this event, so that it may come to its state? */
static bool is_backed(
	const struct verify *verify, const struct verify_move *move, struct verify_receipt *receipt)
{
	const struct backing *backing = &backings[receipt->state];
	bool is_given_back =
		receipt->state == STATE_ACCEPTED &&
		(move->from == STATE_RELEASE_PROPOSED || move->from == STATE_GUARDIAN_PENDING);

	for (size_t i = 0; i < verify->move_count; i++) {
		const struct verify_move *made = &verify->moves[i];

		if (!made->is_receipt && made->request == receipt->id &&
			made->result == backing->result && made->kind > 0 && made->kind < 32 &&
			(BIT(made->kind) & backing->kinds) != 0) {
			receipt->was_accepted |= receipt->state == STATE_ACCEPTED;
			return true;
		}
	}
	return backing->kinds == 0 || (is_given_back && receipt->was_accepted);
}

void verify_states_settle(struct verify *verify, int64_t event)
{
	bool is_new;

	for (size_t i = 0; i < verify->move_count; i++) {
		struct verify_receipt *receipt;

		if (!verify->moves[i].is_receipt)
			continue;
		receipt = receipt_find(verify, verify->moves[i].request, &is_new);
		if (receipt->state < STATE_RECEIVED || receipt->state > STATE_WITHDRAWN ||
			!is_backed(verify, &verify->moves[i], receipt))
			verify_problem(verify, event,
				"receipt %lld: no decision leads to the state it comes to",
				(long long)receipt->id);
	}
	mem_free(verify->moves);
	verify->moves = NULL;
	verify->move_count = 0;
}
