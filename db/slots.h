/*
 * A key slot, 384 bytes of the header. It gives the right person the master
 * key and his own two key pairs.
 */
#ifndef TRACEDESK_DB_SLOTS_H
#define TRACEDESK_DB_SLOTS_H

#include "db/header.h"
#include "db/vault.h"

/*
 * All whole numbers little-endian:
 *
 *     0   4  state: 0 empty, 1 a person's, 2 the recovery code's
 *     4   4  Argon2id passes
 *     8   8  Argon2id memory in bytes
 *    16  16  id salt
 *    32  32  slot id: BLAKE2b-256 of the log-in name (ASCII letters made small),
 *            keyed with the id salt
 *    64  16  Argon2id salt
 *    80  72  the seed sealed: nonce 24, seed 32, tag 16 (XChaCha20-Poly1305,
 *            associated data: desk id, slot id)
 *   152  32  X25519 public key
 *   184  80  master key boxed to it (crypto_box_seal)
 *   264  32  commitment
 *
 * The rest is zeros. Argon2id makes 64 bytes of a password: 32 seal the seed;
 * with the others as key the commitment is BLAKE2b-256 of desk id and slot id,
 * looked at first, since Poly1305 alone opens under more keys than one. Of the
 * 32-byte seed crypto_kdf (context "tdk-seed") makes subkey 1, the Ed25519
 * seed, and subkey 2, the X25519 seed. The recovery slot has no sealed seed
 * and no commitment: its seed is the code. Its name is "", its costs those
 * the store was made with.
 */

enum slot_state { SLOT_EMPTY = 0, SLOT_PERSON = 1, SLOT_RECOVERY = 2 };
enum { SLOT_SEED_BYTES = 32, SLOT_DERIVED_BYTES = 64 };

struct slot {
	uint32_t state;
	struct store_cost cost;
	uint8_t id_salt[16];
	uint8_t id[32];
	uint8_t kdf_salt[16];
	uint8_t sealed[SEAL_NONCE_BYTES + SLOT_SEED_BYTES + SEAL_TAG_BYTES];
	uint8_t public_key[32];
	uint8_t boxed[MASTER_KEY_BYTES + 48];
	uint8_t commitment[32];
};

void slot_read(struct slot *slot, const uint8_t bytes[HEADER_SLOT_BYTES]);
void slot_write(const struct slot *slot, uint8_t bytes[HEADER_SLOT_BYTES]);
/* Puts it into the header. */
void slot_put(const struct slot *slot, struct header *header, int index);
/* A state this program knows, costs within bounds. */
bool slot_may_be_used(const struct slot *slot);
bool cost_is_in_bounds(struct store_cost cost);
bool slot_is_of(const struct slot *slot, const char *name);

/* A slot of name (the recovery slot for "") without costs, seed and master key: salts, id. */
void slot_init(struct slot *slot, enum slot_state state, const char *name);
/* Argon2id. DB_BUSY when there is not the memory. */
enum db_status slot_derive(const struct slot *slot, const struct secret *password,
	struct report *report, struct secret **out_derived);
/* Seals the seed under what slot_derive made. */
void slot_seal_seed(struct slot *slot, const uint8_t desk_id[16], const struct secret *derived,
	const struct secret *seed);
/* False: the password was another. */
bool slot_open_seed(const struct slot *slot, const uint8_t desk_id[16],
	const struct secret *derived, struct secret **out_seed);
/* Boxes the master key to the person's public key, which goes into the slot. */
void slot_box_master(
	struct slot *slot, const struct vault_person *person, const struct secret *master);

/* The same for who has that seed. */
void slot_box_seed(struct slot *slot, const struct secret *seed, const struct secret *master);

/* The key pairs of a seed; no master key yet. */
void person_from_seed(struct vault_person *person, const struct secret *seed);
/* The same, and the master key. False: the slot's public key or box do not fit the seed. */
bool slot_open_person(
	const struct slot *slot, const struct secret *seed, struct vault_person *person);

#endif
