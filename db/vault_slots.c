/*
 * Slots made, sealed anew, put into the header and taken out of it.
 */
#include <sodium.h>
#include <string.h>

#include "db/vault_private.h"

static int find_empty(const struct header *header)
{
	struct slot slot;

	for (int i = 0; i < STORE_SLOTS; i++) {
		slot_read(&slot, header_slot(header, i));
		if (slot.state == SLOT_EMPTY)
			return i;
	}
	return -1;
}

static struct secret *random_seed(void)
{
	struct secret *seed = secret_new(SLOT_SEED_BYTES);

	randombytes_buf(secret_bytes(seed), SLOT_SEED_BYTES);
	return seed;
}

void vault_seed_new(
	struct secret **out_seed, uint8_t out_sign_public[32], uint8_t out_box_public[32])
{
	struct vault_person person;

	*out_seed = random_seed();
	person_from_seed(&person, *out_seed);
	memcpy(out_sign_public, person.sign_public, sizeof person.sign_public);
	memcpy(out_box_public, person.box_public, sizeof person.box_public);
	vault_person_clear(&person);
}

enum db_status vault_fill_slot(
	struct vault *vault, const struct vault_slot *wanted, struct slot *out_slot)
{
	struct secret *derived;
	enum db_status status;

	if (!*wanted->name || strlen(wanted->name) >= NAME_SIZE)
		return report_fail(&vault->report, DB_REFUSED,
			"%s: not a log-in name: it has 1 to %d bytes", wanted->name, NAME_SIZE - 1);
	slot_init(out_slot, SLOT_PERSON, wanted->name);
	out_slot->cost = vault_cost(vault);
	status = vault_derive(vault, out_slot, wanted->password, &derived);
	if (status != DB_OK)
		return status;
	slot_seal_seed(out_slot, header_desk_id(&vault->header), derived, wanted->seed);
	slot_box_seed(out_slot, wanted->seed, wanted->master);
	secret_free(derived);
	return DB_OK;
}

/* The slot of name under its old password, its seed opened. */
static enum db_status open_slot(struct vault *vault, const char *name,
	const struct secret *password, struct slot *out_slot, struct secret **out_seed)
{
	enum db_status status = vault_load(vault, NULL);

	*out_seed = NULL;
	if (status != DB_OK)
		return status;
	if (vault_find_slot(&vault->header, name, out_slot) < 0)
		return report_fail(&vault->report, DB_NONE, "%s: no key slot has that name", name);
	return vault_guess(vault, out_slot, password, out_seed);
}

/* The slot of name with its seed sealed under another password. */
static enum db_status reseal(struct vault *vault, const char *name,
	const struct secret *old_password, const struct secret *password, struct slot *out_slot)
{
	struct secret *seed;
	struct secret *derived;
	enum db_status status = open_slot(vault, name, old_password, out_slot, &seed);

	if (status != DB_OK)
		return status;
	randombytes_buf(out_slot->kdf_salt, sizeof out_slot->kdf_salt);
	status = vault_derive(vault, out_slot, password, &derived);
	if (status == DB_OK)
		slot_seal_seed(out_slot, header_desk_id(&vault->header), derived, seed);
	secret_free(derived);
	secret_free(seed);
	return status;
}

/* Puts slot at index, in both copies. Under the turnstile. */
static enum db_status write_slot(
	struct vault *vault, const struct keys *keys, int index, const struct slot *slot)
{
	struct header header = vault->header;
	enum db_status status = vault_forget_failures(vault, index);

	slot_put(slot, &header, index);
	return status == DB_OK ? vault_store(vault, keys, &header) : status;
}

/* Where slot goes: over the one of name, or, when it is new, into an empty one. */
static enum db_status find_place(
	struct vault *vault, const char *name, const struct slot *slot, bool is_new, int *out_index)
{
	struct slot old;

	*out_index = vault_find_slot(&vault->header, name, &old);
	if (*out_index < 0 && !is_new)
		return report_fail(&vault->report, DB_NONE, "%s: no key slot has that name", name);
	if (*out_index < 0)
		*out_index = find_empty(&vault->header);
	if (*out_index < 0)
		return report_fail(&vault->report, DB_REFUSED,
			"%s: all %d key slots are taken; disable somebody who has left first", name,
			STORE_SLOTS);
	if (!is_new && slot->state == SLOT_PERSON &&
		sodium_memcmp(old.public_key, slot->public_key, sizeof old.public_key) != 0)
		return report_fail(&vault->report, DB_REFUSED,
			"%s: an administrator has just given a new password; use that one", name);
	return DB_OK;
}

static enum db_status change_slot(struct vault *vault, const struct keys *keys, const char *name,
	const struct slot *slot, bool is_new)
{
	int index;
	enum db_status status = vault_turn_take(vault);

	if (status != DB_OK)
		return status;
	status = vault_load(vault, keys);
	if (status == DB_OK)
		status = find_place(vault, name, slot, is_new, &index);
	if (status == DB_OK)
		status = write_slot(vault, keys, index, slot);
	vault_turn_give(vault);
	return status;
}

enum db_status vault_slot_add(
	struct vault *vault, const struct keys *keys, const struct vault_slot *slot)
{
	struct slot made;
	enum db_status status = vault_fill_slot(vault, slot, &made);

	return status == DB_OK ? change_slot(vault, keys, slot->name, &made, true) : status;
}

/* Under the turnstile. */
static enum db_status write_recovered(struct vault *vault, const struct keys *keys,
	const struct vault_slot *wanted, const struct slot slots[2])
{
	struct header header;
	int index;
	enum db_status status = vault_load(vault, keys);

	if (status == DB_OK)
		status = find_place(vault, wanted->name, &slots[1], true, &index);
	if (status == DB_OK)
		status = vault_forget_failures(vault, index);
	if (status != DB_OK)
		return status;
	header = vault->header;
	slot_put(&slots[0], &header, 0);
	slot_put(&slots[1], &header, index);
	return vault_store(vault, keys, &header);
}

enum db_status vault_slots_recover(struct vault *vault, const struct keys *keys,
	const struct vault_slot *slot, const struct secret *recovery_seed)
{
	struct slot slots[2]; /* the code's, the person's */
	enum db_status status = vault_fill_slot(vault, slot, &slots[1]);

	if (status != DB_OK)
		return status;
	slot_init(&slots[0], SLOT_RECOVERY, "");
	slots[0].cost = vault_cost(vault);
	slot_box_seed(&slots[0], recovery_seed, slot->master);
	status = vault_turn_take(vault);
	if (status != DB_OK)
		return status;
	status = write_recovered(vault, keys, slot, slots);
	vault_turn_give(vault);
	return status;
}

enum db_status vault_slot_change_password(struct vault *vault, const struct keys *keys,
	const char *name, const struct secret *old_password, const struct secret *password)
{
	struct slot slot;
	enum db_status status = reseal(vault, name, old_password, password, &slot);

	return status == DB_OK ? change_slot(vault, keys, name, &slot, false) : status;
}

enum db_status vault_slot_remove(struct vault *vault, const struct keys *keys, const char *name)
{
	const struct slot empty = { .state = SLOT_EMPTY };

	return change_slot(vault, keys, name, &empty, false);
}

enum db_status vault_slot_unlock(struct vault *vault, const struct keys *keys, const char *name)
{
	struct slot slot;
	int index;
	enum db_status status = vault_turn_take(vault);

	if (status != DB_OK)
		return status;
	status = vault_load(vault, keys);
	index = status == DB_OK ? vault_find_slot(&vault->header, name, &slot) : -1;
	if (status == DB_OK && index < 0)
		status =
			report_fail(&vault->report, DB_NONE, "%s: no key slot has that name", name);
	if (status == DB_OK)
		status = vault_forget_failures(vault, index);
	vault_turn_give(vault);
	return status;
}
