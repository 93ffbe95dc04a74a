/*
 * Key slots: from a password to a seed, from a seed to a person's keys and
 * the master key.
 */
#include "db/slots.h"

#include <assert.h>
#include <ctype.h>
#include <sodium.h>
#include <string.h>

#include "db/bytes.h"

static const char seed_context[crypto_kdf_CONTEXTBYTES + 1] = "tdk-seed";

enum { SUBSEED_SIGN = 1, SUBSEED_BOX = 2 };

static const struct store_cost least = { 8ULL << 20, 1 };
static const struct store_cost most = { 1ULL << 30, 10 };

_Static_assert(sizeof((struct slot *)0)->boxed == MASTER_KEY_BYTES + crypto_box_SEALBYTES,
	"a boxed master key");

/* The byte strings of a slot, in the order of the file. */
struct slot_part {
	size_t at;
	size_t size;
	size_t member;
};
#define SLOT_PART(place, name)                                                     \
	{                                                                          \
		place, sizeof((struct slot *)0)->name, offsetof(struct slot, name) \
	}
static const struct slot_part slot_parts[] = {
	SLOT_PART(16, id_salt),
	SLOT_PART(32, id),
	SLOT_PART(64, kdf_salt),
	SLOT_PART(80, sealed),
	SLOT_PART(152, public_key),
	SLOT_PART(184, boxed),
	SLOT_PART(264, commitment),
};
enum { SLOT_PARTS = sizeof slot_parts / sizeof *slot_parts };

void slot_read(struct slot *slot, const uint8_t bytes[HEADER_SLOT_BYTES])
{
	slot->state = bytes_get32(bytes);
	slot->cost.passes = bytes_get32(bytes + 4);
	slot->cost.memory_bytes = bytes_get64(bytes + 8);
	for (size_t i = 0; i < SLOT_PARTS; i++)
		memcpy((uint8_t *)slot + slot_parts[i].member, bytes + slot_parts[i].at,
			slot_parts[i].size);
}

void slot_write(const struct slot *slot, uint8_t bytes[HEADER_SLOT_BYTES])
{
	memset(bytes, 0, HEADER_SLOT_BYTES);
	bytes_put32(bytes, slot->state);
	bytes_put32(bytes + 4, slot->cost.passes);
	bytes_put64(bytes + 8, slot->cost.memory_bytes);
	for (size_t i = 0; i < SLOT_PARTS; i++)
		memcpy(bytes + slot_parts[i].at, (const uint8_t *)slot + slot_parts[i].member,
			slot_parts[i].size);
}

void slot_put(const struct slot *slot, struct header *header, int index)
{
	uint8_t bytes[HEADER_SLOT_BYTES];

	slot_write(slot, bytes);
	header_set_slot(header, index, bytes);
}

bool cost_is_in_bounds(struct store_cost cost)
{
	return cost.memory_bytes >= least.memory_bytes && cost.memory_bytes <= most.memory_bytes &&
	       cost.passes >= least.passes && cost.passes <= most.passes;
}

bool slot_may_be_used(const struct slot *slot)
{
	if (slot->state == SLOT_EMPTY)
		return true;
	return slot->state <= SLOT_RECOVERY && cost_is_in_bounds(slot->cost);
}

static void slot_id(const uint8_t salt[16], const char *name, uint8_t out_id[32])
{
	char folded[NAME_SIZE] = "";
	size_t size = strlen(name);

	assert(size < sizeof folded);
	for (size_t i = 0; i < size; i++)
		folded[i] =
			(char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] - 'A' + 'a' : name[i]);
	crypto_generichash(out_id, 32, (const uint8_t *)folded, size, salt, 16);
}

bool slot_is_of(const struct slot *slot, const char *name)
{
	uint8_t id[32];

	if (slot->state != SLOT_PERSON || strlen(name) >= NAME_SIZE)
		return false;
	slot_id(slot->id_salt, name, id);
	return sodium_memcmp(id, slot->id, sizeof id) == 0;
}

void slot_init(struct slot *slot, enum slot_state state, const char *name)
{
	memset(slot, 0, sizeof *slot);
	slot->state = state;
	randombytes_buf(slot->id_salt, sizeof slot->id_salt);
	slot_id(slot->id_salt, name, slot->id);
	randombytes_buf(slot->kdf_salt, sizeof slot->kdf_salt);
}

enum db_status slot_derive(const struct slot *slot, const struct secret *password,
	struct report *report, struct secret **out_derived)
{
	struct secret *derived = secret_new(SLOT_DERIVED_BYTES);

	if (crypto_pwhash(secret_bytes(derived), SLOT_DERIVED_BYTES,
		    (const char *)secret_read(password), secret_size(password), slot->kdf_salt,
		    slot->cost.passes, (size_t)slot->cost.memory_bytes,
		    crypto_pwhash_ALG_ARGON2ID13) == 0) {
		*out_derived = derived;
		return DB_OK;
	}
	secret_free(derived);
	*out_derived = NULL;
	return report_fail(report, DB_BUSY,
		"busy: not enough free memory to look at a password (%u MiB); close other "
		"programs and try again",
		(unsigned)(slot->cost.memory_bytes >> 20));
}

/* What ties a sealed seed to its desk and its name. */
static void slot_context(
	const struct slot *slot, const uint8_t desk_id[16], uint8_t out_context[48])
{
	memcpy(out_context, desk_id, 16);
	memcpy(out_context + 16, slot->id, 32);
}

static void slot_commitment(
	const struct secret *derived, const uint8_t context[48], uint8_t out_hash[32])
{
	crypto_generichash(out_hash, 32, context, 48, secret_read(derived) + 32, 32);
}

void slot_seal_seed(struct slot *slot, const uint8_t desk_id[16], const struct secret *derived,
	const struct secret *seed)
{
	uint8_t context[48];

	slot_context(slot, desk_id, context);
	slot_commitment(derived, context, slot->commitment);
	randombytes_buf(slot->sealed, SEAL_NONCE_BYTES);
	crypto_aead_xchacha20poly1305_ietf_encrypt(slot->sealed + SEAL_NONCE_BYTES, NULL,
		secret_read(seed), SLOT_SEED_BYTES, context, sizeof context, NULL, slot->sealed,
		secret_read(derived));
}

bool slot_open_seed(const struct slot *slot, const uint8_t desk_id[16],
	const struct secret *derived, struct secret **out_seed)
{
	uint8_t context[48];
	uint8_t commitment[32];

	*out_seed = NULL;
	slot_context(slot, desk_id, context);
	slot_commitment(derived, context, commitment);
	if (sodium_memcmp(commitment, slot->commitment, sizeof commitment) != 0)
		return false;
	*out_seed = secret_new(SLOT_SEED_BYTES);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(secret_bytes(*out_seed), NULL, NULL,
		    slot->sealed + SEAL_NONCE_BYTES, sizeof slot->sealed - SEAL_NONCE_BYTES,
		    context, sizeof context, slot->sealed, secret_read(derived)) == 0)
		return true;
	secret_free(*out_seed);
	*out_seed = NULL;
	return false;
}

void slot_box_master(
	struct slot *slot, const struct vault_person *person, const struct secret *master)
{
	int failed;

	assert(secret_size(master) == MASTER_KEY_BYTES);
	memcpy(slot->public_key, person->box_public, sizeof slot->public_key);
	failed = crypto_box_seal(
		slot->boxed, secret_read(master), MASTER_KEY_BYTES, slot->public_key);
	assert(!failed);
	(void)failed;
}

static struct secret *subseed(const struct secret *seed, uint64_t which)
{
	struct secret *made = secret_new(32);

	crypto_kdf_derive_from_key(secret_bytes(made), 32, which, seed_context, secret_read(seed));
	return made;
}

/* The X25519 secret key of a seed. */
static struct secret *box_keys(const struct secret *seed, uint8_t out_public[32])
{
	struct secret *from = subseed(seed, SUBSEED_BOX);
	struct secret *key = secret_new(crypto_box_SECRETKEYBYTES);

	crypto_box_seed_keypair(out_public, secret_bytes(key), secret_read(from));
	secret_free(from);
	return key;
}

void person_from_seed(struct vault_person *person, const struct secret *seed)
{
	struct secret *from = subseed(seed, SUBSEED_SIGN);

	*person = (struct vault_person) { .sign_key = secret_new(crypto_sign_SECRETKEYBYTES) };
	crypto_sign_seed_keypair(
		person->sign_public, secret_bytes(person->sign_key), secret_read(from));
	secret_free(from);
	secret_free(box_keys(seed, person->box_public));
}

void slot_box_seed(struct slot *slot, const struct secret *seed, const struct secret *master)
{
	struct vault_person person;

	person_from_seed(&person, seed);
	slot_box_master(slot, &person, master);
	vault_person_clear(&person);
}

bool slot_open_person(
	const struct slot *slot, const struct secret *seed, struct vault_person *person)
{
	struct secret *key = box_keys(seed, person->box_public);
	struct secret *master = secret_new(MASTER_KEY_BYTES);
	bool is_fit = sodium_memcmp(person->box_public, slot->public_key, 32) == 0 &&
		      crypto_box_seal_open(secret_bytes(master), slot->boxed, sizeof slot->boxed,
			      slot->public_key, secret_read(key)) == 0;

	secret_free(key);
	if (is_fit) {
		person_from_seed(person, seed);
		person->master = master;
	} else {
		*person = (struct vault_person) { .master = NULL };
		secret_free(master);
	}
	return is_fit;
}
