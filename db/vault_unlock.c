/*
 * Log-ins: passwords tried, wrong ones counted and boxed, the boxes handed to
 * the trail.
 */
#include <string.h>
#include <time.h>

#include "db/recovery_code.h"
#include "db/vault_private.h"

int vault_find_slot(const struct header *header, const char *name, struct slot *out_slot)
{
	for (int i = 0; i < STORE_SLOTS; i++) {
		slot_read(out_slot, header_slot(header, i));
		if (slot_is_of(out_slot, name))
			return i;
	}
	return -1;
}

static enum db_status fail_wrong(struct vault *vault)
{
	return report_fail(&vault->report, DB_LOCKED,
		"cannot unlock: the user name or the password is wrong; try again");
}

static enum db_status fail_shut(struct vault *vault, int64_t until)
{
	time_t moment = (time_t)until;
	struct tm local;
	char clock[6] = "";

	if (localtime_r(&moment, &local))
		strftime(clock, sizeof clock, "%H:%M", &local);
	return report_fail(&vault->report, DB_LOCKED,
		"cannot unlock: locked out after %d wrong passwords until %s; an administrator's "
		"`user unlock` ends it",
		LOCKOUT_TRIES, clock);
}

enum db_status vault_derive(struct vault *vault, const struct slot *slot,
	const struct secret *password, struct secret **out_derived)
{
	enum db_status status = turnstile_guess_begin(&vault->turnstile);

	*out_derived = NULL;
	if (status != DB_OK)
		return status;
	status = slot_derive(slot, password, &vault->report, out_derived);
	turnstile_guess_end(&vault->turnstile);
	return status;
}

enum db_status vault_guess(struct vault *vault, const struct slot *slot,
	const struct secret *password, struct secret **out_seed)
{
	struct secret *derived;
	enum db_status status = vault_derive(vault, slot, password, &derived);

	*out_seed = NULL;
	if (status == DB_OK &&
		!slot_open_seed(slot, header_desk_id(&vault->header), derived, out_seed))
		status = fail_wrong(vault);
	secret_free(derived);
	return status;
}

/* The lockout part to change it, under the turnstile. */
static enum db_status lockout_begin(struct vault *vault, struct lockout *out_lockout)
{
	enum db_status status = vault_turn_take(vault);

	if (status != DB_OK)
		return status;
	status = lockout_load(vault->file, out_lockout);
	if (status == DB_DAMAGED) {
		report_warn(&vault->report,
			"%s: the part with wrong passwords and failed log-ins was damaged; it "
			"begins anew",
			vault->path);
		status = DB_OK;
	}
	if (status != DB_OK)
		vault_turn_give(vault);
	return status;
}

static enum db_status lockout_end(struct vault *vault, struct lockout *lockout)
{
	enum db_status status = lockout_store(vault->file, lockout);

	vault_turn_give(vault);
	return status;
}

/* The same to read it; a damaged one is made anew. */
static enum db_status lockout_look(struct vault *vault, struct lockout *out_lockout)
{
	enum db_status status = lockout_load(vault->file, out_lockout);

	if (status != DB_DAMAGED)
		return status;
	status = lockout_begin(vault, out_lockout);
	return status == DB_OK ? lockout_end(vault, out_lockout) : status;
}

enum db_status vault_failure_box(struct vault *vault, int index, const char *name, int64_t now)
{
	struct lockout lockout;
	enum db_status status = lockout_begin(vault, &lockout);

	if (status != DB_OK)
		return status;
	if (index >= 0)
		lockout_count(&lockout, index, now);
	lockout_box(&lockout, header_witness(&vault->header), name, now);
	return lockout_end(vault, &lockout);
}

enum db_status vault_forget_failures(struct vault *vault, int index)
{
	struct lockout lockout;
	enum db_status status = lockout_begin(vault, &lockout);

	if (status != DB_OK)
		return status;
	lockout_forget(&lockout, index);
	return lockout_end(vault, &lockout);
}

static enum db_status open_person(struct vault *vault, const struct slot *slot,
	const struct secret *seed, struct vault_person *out_person)
{
	if (slot_open_person(slot, seed, out_person))
		return DB_OK;
	return report_fail(&vault->report, DB_DAMAGED,
		"%s: this key slot's public key or its master key is damaged; restore the latest "
		"backup",
		vault->path);
}

struct attempt {
	const char *name;
	const struct secret *password;
	int index; /* of the slot, or -1 */
};

/* With the slot of name in the header in force. The same work for a name that nobody has: no
   password opens the slot made for it. */
static enum db_status try_header(
	struct vault *vault, struct attempt *attempt, struct vault_person *out_person)
{
	struct secret *seed;
	struct slot slot;
	enum db_status status;

	attempt->index = vault_find_slot(&vault->header, attempt->name, &slot);
	if (attempt->index < 0) {
		slot_init(&slot, SLOT_PERSON, "");
		slot.cost = vault_cost(vault);
	}
	status = vault_guess(vault, &slot, attempt->password, &seed);
	if (status == DB_OK)
		status = open_person(vault, &slot, seed, out_person);
	if (status == DB_OK)
		slot_write(&slot, vault->opened);
	vault->opened_index = status == DB_OK ? attempt->index : -1;
	secret_free(seed);
	return status;
}

/* With both copies of the header when they differ: one without a right seal can hide a slot, and
   that shows only afterwards (vault_verify, which also looks at the slot that was opened). */
static enum db_status try_copies(
	struct vault *vault, struct attempt *attempt, struct vault_person *out_person)
{
	const struct header_pair *pair = &vault->pair;
	enum db_status status = try_header(vault, attempt, out_person);

	if ((status == DB_LOCKED || status == DB_DAMAGED) && !header_pair_is_sound(pair) &&
		pair->is_whole[!pair->best]) {
		vault->header = pair->copy[!pair->best];
		status = try_header(vault, attempt, out_person);
	}
	return status;
}

enum db_status vault_unlock(struct vault *vault, const char *name, const struct secret *password,
	int64_t now, struct vault_person *out_person)
{
	struct attempt attempt = { name, password, -1 };
	struct lockout lockout;
	struct slot slot;
	int64_t until;
	enum db_status status;

	vault_forget(vault);
	status = vault_load(vault, NULL);
	*out_person = (struct vault_person) { .master = NULL };
	if (status == DB_OK)
		status = lockout_look(vault, &lockout);
	if (status != DB_OK)
		return status;
	attempt.index = vault_find_slot(&vault->header, name, &slot);
	if (attempt.index >= 0 && lockout_is_shut(&lockout, attempt.index, now, &until))
		return fail_shut(vault, until);
	status = try_copies(vault, &attempt, out_person);
	if (status == DB_LOCKED) {
		enum db_status noted = vault_failure_box(vault, attempt.index, name, now);

		status = noted == DB_OK ? DB_LOCKED : noted;
	}
	if (status == DB_OK && lockout_has_count(&lockout, attempt.index))
		status = vault_forget_failures(vault, attempt.index);
	if (status != DB_OK)
		vault_person_clear(out_person);
	return status;
}

enum db_status vault_slot_look(
	struct vault *vault, const char *name, int64_t now, bool *out_has, int64_t *out_until)
{
	struct lockout lockout;
	struct slot slot;
	enum db_status status = vault_load(vault, vault->keys);
	int index = status == DB_OK ? vault_find_slot(&vault->header, name, &slot) : -1;

	*out_has = index >= 0;
	*out_until = 0;
	if (status == DB_OK)
		status = lockout_look(vault, &lockout);
	if (status == DB_OK && index >= 0 && !lockout_is_shut(&lockout, index, now, out_until))
		*out_until = 0;
	return status;
}

enum db_status vault_prove(
	struct vault *vault, const char *name, const struct secret *password, int64_t now)
{
	uint8_t opened[sizeof vault->opened];
	const struct keys *keys = vault->keys;
	int opened_index = vault->opened_index;
	struct vault_person person;
	enum db_status status;

	memcpy(opened, vault->opened, sizeof opened);
	status = vault_unlock(vault, name, password, now, &person);
	if (status == DB_OK)
		vault_person_clear(&person);
	memcpy(vault->opened, opened, sizeof opened);
	vault->opened_index = opened_index;
	/* The header was read again by its checksum; the seal decides once more. */
	vault->keys = keys;
	if (status == DB_OK)
		status = vault_load(vault, keys);
	return status;
}

enum db_status vault_recover(
	struct vault *vault, const struct secret *code, struct vault_person *out_person)
{
	struct secret *seed = NULL;
	struct slot slot;
	enum db_status status;

	vault_forget(vault);
	status = vault_load(vault, NULL);
	*out_person = (struct vault_person) { .master = NULL };
	if (status == DB_OK)
		status = recovery_code_read(code, &vault->report, &seed);
	if (status != DB_OK)
		return status;
	slot_read(&slot, header_slot(&vault->header, 0));
	if (!slot_open_person(&slot, seed, out_person))
		status = report_fail(&vault->report, DB_LOCKED,
			"recovery code: it is not this store's, or no longer; look for the latest "
			"one");
	slot_write(&slot, vault->opened);
	vault->opened_index = status == DB_OK ? 0 : -1;
	secret_free(seed);
	return status;
}

enum db_status vault_failures_read(struct vault *vault, const struct keys *keys,
	struct vault_failure *out_failures, int *out_count, uint64_t *out_lost)
{
	const uint8_t *subkey = keys_subkey(keys, SUBKEY_WITNESS);
	struct lockout lockout;
	enum db_status status = lockout_look(vault, &lockout);

	*out_count = 0;
	if (status != DB_OK || !lockout_open(&lockout, subkey, out_failures, out_count, out_lost))
		return status;
	status = lockout_begin(vault, &lockout);
	if (status != DB_OK)
		return status;
	lockout_open(&lockout, subkey, out_failures, out_count, out_lost);
	return lockout_end(vault, &lockout);
}

enum db_status vault_failures_clear(
	struct vault *vault, const struct vault_failure *failures, int count, uint64_t lost)
{
	struct lockout lockout;
	enum db_status status;

	if (count == 0 && lost == 0)
		return DB_OK;
	status = lockout_begin(vault, &lockout);
	if (status != DB_OK)
		return status;
	lockout_clear(&lockout, failures, count, lost);
	return lockout_end(vault, &lockout);
}
