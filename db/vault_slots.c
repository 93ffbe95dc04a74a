/*
 * Slots made, sealed anew, put into the header and taken out of it.
 */
#include <sodium.h>
#include <string.h>

#include "db/vault_private.h"

_Static_assert((int)VAULT_SLOT_BYTES == (int)HEADER_SLOT_BYTES, "a slot of the header");

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

enum db_status vault_new_person(struct vault *vault, const struct slot_order *order,
	struct slot *out_slot, struct vault_person *out_person)
{
	const char *name = order->name;
	struct secret *seed;
	struct secret *derived;
	enum db_status status;

	*out_person = (struct vault_person) { .master = NULL };
	if (!*name || strlen(name) >= NAME_SIZE)
		return report_fail(&vault->report, DB_REFUSED,
			"%s: not a log-in name: it has 1 to %d bytes", name, NAME_SIZE - 1);
	slot_init(out_slot, SLOT_PERSON, name);
	out_slot->cost = vault_cost(vault);
	status = vault_derive(vault, out_slot, order->password, &derived);
	if (status != DB_OK)
		return status;
	seed = secret_new(SLOT_SEED_BYTES);
	randombytes_buf(secret_bytes(seed), SLOT_SEED_BYTES);
	slot_seal_seed(out_slot, header_desk_id(&vault->header), derived, seed);
	person_from_seed(out_person, seed);
	slot_box_master(out_slot, out_person, order->master);
	secret_free(derived);
	secret_free(seed);
	return DB_OK;
}

static void fill_slot(
	const struct slot *slot, const struct vault_person *person, struct vault_slot *out_slot)
{
	slot_write(slot, out_slot->bytes);
	memcpy(out_slot->sign_public, person->sign_public, sizeof out_slot->sign_public);
	memcpy(out_slot->box_public, person->box_public, sizeof out_slot->box_public);
}

enum db_status vault_slot_make(struct vault *vault, const char *name, const struct secret *password,
	const struct secret *master, struct vault_slot *out_slot)
{
	const struct slot_order order = { name, password, master };
	struct vault_person person;
	struct slot slot;
	enum db_status status = vault_new_person(vault, &order, &slot, &person);

	if (status != DB_OK)
		return status;
	fill_slot(&slot, &person, out_slot);
	vault_person_clear(&person);
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

enum db_status vault_slot_reseal(struct vault *vault, const char *name,
	const struct secret *old_password, const struct secret *password,
	struct vault_slot *out_slot)
{
	struct secret *seed;
	struct secret *derived = NULL;
	struct vault_person person;
	struct slot slot;
	enum db_status status = open_slot(vault, name, old_password, &slot, &seed);

	if (status != DB_OK)
		return status;
	randombytes_buf(slot.kdf_salt, sizeof slot.kdf_salt);
	status = vault_derive(vault, &slot, password, &derived);
	if (status == DB_OK) {
		slot_seal_seed(&slot, header_desk_id(&vault->header), derived, seed);
		person_from_seed(&person, seed);
		fill_slot(&slot, &person, out_slot);
		vault_person_clear(&person);
	}
	secret_free(derived);
	secret_free(seed);
	return status;
}

/* Puts bytes (an empty slot's when NULL) at index, in both copies. Under the turnstile. */
static enum db_status write_slot(
	struct vault *vault, const struct keys *keys, int index, const uint8_t *bytes)
{
	const uint8_t empty[HEADER_SLOT_BYTES] = { 0 };
	struct header header = vault->header;
	enum db_status status = vault_forget_failures(vault, index);

	header_set_slot(&header, index, bytes ? bytes : empty);
	return status == DB_OK ? vault_store(vault, keys, &header) : status;
}

static enum db_status put_slot(
	struct vault *vault, const struct keys *keys, const char *name, const uint8_t *bytes)
{
	struct slot slot;
	int index;
	enum db_status status = vault_load(vault, keys);

	if (status != DB_OK)
		return status;
	index = vault_find_slot(&vault->header, name, &slot);
	if (index < 0 && !bytes)
		return report_fail(&vault->report, DB_NONE, "%s: no key slot has that name", name);
	if (index < 0)
		index = find_empty(&vault->header);
	if (index < 0)
		return report_fail(&vault->report, DB_REFUSED,
			"%s: all %d key slots are taken; disable somebody who has left first", name,
			STORE_SLOTS);
	return write_slot(vault, keys, index, bytes);
}

static enum db_status change_slot(
	struct vault *vault, const struct keys *keys, const char *name, const uint8_t *bytes)
{
	enum db_status status = vault_turn_take(vault);

	if (status != DB_OK)
		return status;
	status = put_slot(vault, keys, name, bytes);
	vault_turn_give(vault);
	return status;
}

enum db_status vault_slot_put(struct vault *vault, const struct keys *keys, const char *name,
	const struct vault_slot *slot)
{
	return change_slot(vault, keys, name, slot->bytes);
}

enum db_status vault_slot_remove(struct vault *vault, const struct keys *keys, const char *name)
{
	return change_slot(vault, keys, name, NULL);
}
