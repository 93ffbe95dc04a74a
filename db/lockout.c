/*
 * Wrong passwords: counted by slot, boxed for the trail.
 */
#include "db/lockout.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "db/bytes.h"

enum {
	AT_PART = 32768,
	AT_SERIAL = 0,
	AT_LOST = 8,
	AT_SLOT = 64,
	SLOT_BYTES = 16,
	AT_RING = 1024,
	FAILURE_NAME = 64,
	FAILURE_BYTES = 8 + FAILURE_NAME,
	BOX_BYTES = FAILURE_BYTES + crypto_box_SEALBYTES,
	ENTRY_BYTES = 8 + BOX_BYTES,
	AT_CHECKSUM = LOCKOUT_BYTES - 32
};

_Static_assert(AT_SLOT + STORE_SLOTS * SLOT_BYTES <= AT_RING, "the counts fit");
_Static_assert(AT_RING + LOCKOUT_RING * ENTRY_BYTES <= AT_CHECKSUM, "the ring fits");
_Static_assert(AT_PART + LOCKOUT_BYTES == VAULT_HEADER_BYTES, "the database follows");
_Static_assert(FAILURE_NAME == NAME_SIZE - 1, "a name fits");

static void checksum(const struct lockout *lockout, uint8_t out_hash[32])
{
	crypto_generichash(out_hash, 32, lockout->bytes, AT_CHECKSUM, NULL, 0);
}

void lockout_init(struct lockout *lockout)
{
	memset(lockout->bytes, 0, sizeof lockout->bytes);
	bytes_put64(lockout->bytes + AT_SERIAL, 1);
}

enum db_status lockout_load(struct rawfile *file, struct lockout *out_lockout)
{
	uint8_t hash[32];
	enum db_status status =
		rawfile_read(file, AT_PART, out_lockout->bytes, sizeof out_lockout->bytes);

	if (status != DB_OK)
		return status;
	checksum(out_lockout, hash);
	if (sodium_memcmp(hash, out_lockout->bytes + AT_CHECKSUM, sizeof hash) == 0)
		return DB_OK;
	lockout_init(out_lockout);
	return DB_DAMAGED;
}

enum db_status lockout_store(struct rawfile *file, struct lockout *lockout)
{
	enum db_status status;

	checksum(lockout, lockout->bytes + AT_CHECKSUM);
	status = rawfile_write(file, AT_PART, lockout->bytes, sizeof lockout->bytes);
	return status == DB_OK ? rawfile_sync(file) : status;
}

static size_t slot_at(int slot)
{
	assert(slot >= 0 && slot < STORE_SLOTS);
	return AT_SLOT + (size_t)slot * SLOT_BYTES;
}

bool lockout_is_shut(const struct lockout *lockout, int slot, int64_t now, int64_t *out_until)
{
	*out_until = (int64_t)bytes_get64(lockout->bytes + slot_at(slot) + 8);
	/* A time further off is of a clock that was wrong. */
	return *out_until > now && *out_until <= now + LOCKOUT_SECONDS;
}

bool lockout_has_count(const struct lockout *lockout, int slot)
{
	const uint8_t *bytes = lockout->bytes + slot_at(slot);

	return bytes_get32(bytes) > 0 || bytes_get64(bytes + 8) > 0;
}

void lockout_count(struct lockout *lockout, int slot, int64_t now)
{
	uint8_t *bytes = lockout->bytes + slot_at(slot);
	uint32_t count = bytes_get32(bytes) + 1;

	if (count >= LOCKOUT_TRIES) {
		bytes_put64(bytes + 8, (uint64_t)(now + LOCKOUT_SECONDS));
		count = 0;
	}
	bytes_put32(bytes, count);
}

void lockout_forget(struct lockout *lockout, int slot)
{
	memset(lockout->bytes + slot_at(slot), 0, SLOT_BYTES);
}

static uint8_t *entry(struct lockout *lockout, int index)
{
	return lockout->bytes + AT_RING + (size_t)index * ENTRY_BYTES;
}

/* The entry to write: an empty one has serial 0, so the lowest serial does. */
static uint8_t *entry_lowest(struct lockout *lockout)
{
	uint8_t *lowest = entry(lockout, 0);

	for (int i = 1; i < LOCKOUT_RING; i++) {
		if (bytes_get64(entry(lockout, i)) < bytes_get64(lowest))
			lowest = entry(lockout, i);
	}
	return lowest;
}

static void lost_add(struct lockout *lockout, uint64_t more)
{
	bytes_put64(lockout->bytes + AT_LOST, bytes_get64(lockout->bytes + AT_LOST) + more);
}

void lockout_box(struct lockout *lockout, const uint8_t witness[32], const char *name, int64_t now)
{
	uint8_t plain[FAILURE_BYTES] = { 0 };
	uint8_t *to = entry_lowest(lockout);
	uint64_t serial = bytes_get64(lockout->bytes + AT_SERIAL);

	if (bytes_get64(to) != 0)
		lost_add(lockout, 1);
	bytes_put64(plain, (uint64_t)now);
	memcpy(plain + 8, name, strnlen(name, FAILURE_NAME));
	memset(to, 0, ENTRY_BYTES);
	/* Fails for a public key that is none: the header is damaged, its seal will say so. */
	if (crypto_box_seal(to + 8, plain, sizeof plain, witness) == 0)
		bytes_put64(to, serial);
	bytes_put64(lockout->bytes + AT_SERIAL, serial + 1);
	sodium_memzero(plain, sizeof plain);
}

static void entry_id(const uint8_t *bytes, uint8_t out_id[16])
{
	crypto_generichash(out_id, 16, bytes + 8, BOX_BYTES, NULL, 0);
}

/* The entry that follows serial, or NULL. */
static uint8_t *entry_after(struct lockout *lockout, uint64_t serial)
{
	uint8_t *next = NULL;

	for (int i = 0; i < LOCKOUT_RING; i++) {
		uint64_t its = bytes_get64(entry(lockout, i));

		if (its > serial && (!next || its < bytes_get64(next)))
			next = entry(lockout, i);
	}
	return next;
}

bool lockout_open(struct lockout *lockout, const uint8_t subkey[32],
	struct vault_failure out_failures[LOCKOUT_RING], int *out_count, uint64_t *out_lost)
{
	uint8_t public_key[crypto_box_PUBLICKEYBYTES];
	struct secret *key = secret_new(crypto_box_SECRETKEYBYTES);
	uint8_t plain[FAILURE_BYTES];
	uint64_t serial = 0;
	bool is_changed = false;
	uint8_t *from;

	crypto_box_seed_keypair(public_key, secret_bytes(key), subkey);
	*out_count = 0;
	while ((from = entry_after(lockout, serial))) {
		serial = bytes_get64(from);
		if (crypto_box_seal_open(
			    plain, from + 8, BOX_BYTES, public_key, secret_read(key)) == 0) {
			struct vault_failure *failure = &out_failures[(*out_count)++];

			entry_id(from, failure->id);
			failure->time = (int64_t)bytes_get64(plain);
			memcpy(failure->name, plain + 8, FAILURE_NAME);
			failure->name[FAILURE_NAME] = '\0';
		} else {
			memset(from, 0, ENTRY_BYTES);
			lost_add(lockout, 1);
			is_changed = true;
		}
	}
	*out_lost = bytes_get64(lockout->bytes + AT_LOST);
	secret_free(key);
	sodium_memzero(plain, sizeof plain);
	return is_changed;
}

void lockout_clear(
	struct lockout *lockout, const struct vault_failure *failures, int count, uint64_t lost)
{
	uint64_t known = bytes_get64(lockout->bytes + AT_LOST);

	for (int i = 0; i < LOCKOUT_RING; i++) {
		uint8_t id[16];

		entry_id(entry(lockout, i), id);
		for (int j = 0; j < count; j++) {
			if (memcmp(id, failures[j].id, sizeof id) == 0)
				memset(entry(lockout, i), 0, ENTRY_BYTES);
		}
	}
	bytes_put64(lockout->bytes + AT_LOST, known > lost ? known - lost : 0);
}
