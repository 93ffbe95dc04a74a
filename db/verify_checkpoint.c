/*
 * A checkpoint against the chain: it must be of this desk, the event it was
 * made at must be there with that hash, and its signature must hold with the
 * key of that event's person.
 */
#include <string.h>

#include "db/chain.h"
#include "db/verify_private.h"

void verify_checkpoints_start(struct verify *verify)
{
	const struct trail_asked *asked = verify->asked;
	const struct checkpoint *wanted[2] = { asked->since, asked->against };

	for (size_t i = 0; i < 2; i++) {
		if (!wanted[i] || (i > 0 && wanted[i] == wanted[0]))
			continue;
		if (memcmp(wanted[i]->desk_id, store_desk_id(verify->store), STORE_ID_BYTES) != 0)
			verify_problem(verify, 0, "the checkpoint is of another desk");
		else
			verify->checkpoints[verify->checkpoint_count++].checkpoint = wanted[i];
	}
}

static void checkpoint_meet(
	struct verify *verify, const struct checkpoint *checkpoint, const struct chain_link *link)
{
	const uint8_t *sign_public = verify_key_public(verify, link->key, link->person);

	if (memcmp(checkpoint->head, link->hash, STORE_HASH_BYTES) != 0)
		verify_problem(verify, link->sequence,
			"the checkpoint was made at another event: this is another history");
	else if (checkpoint->person != link->person || checkpoint->key != link->key ||
		 !sign_public || !checkpoint_holds(checkpoint, sign_public))
		verify_problem(
			verify, link->sequence, "the signature of the checkpoint does not hold");
}

void verify_checkpoints_meet(struct verify *verify, const struct chain_link *link)
{
	for (size_t i = 0; i < verify->checkpoint_count; i++) {
		struct met_checkpoint *met = &verify->checkpoints[i];

		if (met->checkpoint->events != link->sequence)
			continue;
		met->is_met = true;
		checkpoint_meet(verify, met->checkpoint, link);
	}
}

void verify_checkpoints_end(struct verify *verify)
{
	for (size_t i = 0; i < verify->checkpoint_count; i++)
		if (!verify->checkpoints[i].is_met)
			verify_problem(verify, 0,
				"the checkpoint was made at event %lld, which is not there: the "
				"store is older than the checkpoint",
				(long long)verify->checkpoints[i].checkpoint->events);
}
