/*
 * The header: the first 32768 bytes of a store, twice the same copy, and in it
 * all that must be known before a page can be read.
 */
#ifndef TRACEDESK_DB_HEADER_H
#define TRACEDESK_DB_HEADER_H

#include "db/rawfile.h"

/*
 * A copy, all whole numbers little-endian:
 *
 *       0  16  "tracedesk store\n"
 *      16   4  format version, 1
 *      20   4  kind: 1 ordinary, 2 demo
 *      24   4  cipher of the pages: 1 XChaCha20-Poly1305
 *      28   4  page size, 4096
 *      32   8  generation: one more with every change
 *      40  16  file id: of this file; restore makes another
 *      56  16  desk id: stays over restore and rekey
 *      72  32  witness public key (X25519): failed log-ins are boxed to it; its
 *              key pair is crypto_box_seed_keypair of SUBKEY_WITNESS
 *     104   4  slots, 40
 *     128  24  nonce of a log that lay here before the store did and is not its
 *              own; zeros: none
 *     512      the slots, 384 bytes each (slots.h)
 *   16320  32  checksum: BLAKE2b-256 of all before it
 *   16352  32  seal: BLAKE2b-256 of all before it, keyed with SUBKEY_HEADER
 *
 * The rest is zeros, under checksum and seal like everything else. The first
 * 20 bytes of either copy stay as they are in every format to come.
 *
 * A change goes to one copy, synced, then to the other, synced. Before a
 * password the copy with a right checksum and the highest generation holds;
 * after it only a copy with a right seal does.
 */

enum {
	HEADER_COPY_BYTES = 16384,
	HEADER_COPIES = 2,
	HEADER_SLOT_BYTES = 384,
	HEADER_LOG_NONCE_BYTES = 24,
	HEADER_FORMAT = 1,
	HEADER_CIPHER_XCHACHA = 1
};

struct header {
	uint8_t bytes[HEADER_COPY_BYTES];
};

/* Both copies as they lie in the file. */
struct header_pair {
	struct header copy[HEADER_COPIES];
	bool is_whole[HEADER_COPIES]; /* checksum right, and the seal when there was a key */
	int best;		      /* the copy that holds, or -1 */
};

struct header_ids {
	uint8_t file[16];
	uint8_t desk[16];
	uint8_t witness[32];
};

void header_make(struct header *header, enum store_kind kind, const struct header_ids *ids);
/* A right checksum and seal for what the header now holds. */
void header_seal(struct header *header, const uint8_t key[32]);

/* Is any copy in the file one of a store? DB_DAMAGED with a sentence when not. */
enum db_status header_look(struct rawfile *file, const char *path, struct report *report);
/* Reads both copies; key NULL: by checksums alone. DB_DAMAGED: no copy holds. */
enum db_status header_load(struct rawfile *file, const uint8_t *key, struct header_pair *out_pair);
/* Both copies hold and are alike. */
bool header_pair_is_sound(const struct header_pair *pair);
/* Why no copy holds, or what in the best one this program cannot use: DB_DAMAGED with a sentence;
   else DB_OK. */
enum db_status header_check(
	const struct header_pair *pair, const char *path, struct report *report);
/* Writes header to both copies, the one that does not hold in pair first. out_written: how many are
   durable. */
enum db_status header_store(struct rawfile *file, const struct header_pair *pair,
	const struct header *header, int *out_written);

enum store_kind header_kind(const struct header *header);
uint64_t header_generation(const struct header *header);
void header_set_generation(struct header *header, uint64_t generation);
/* The generation in the first copy, unchecked: has the header changed since it was loaded? */
enum db_status header_peek(struct rawfile *file, uint64_t *out_generation);
const uint8_t *header_file_id(const struct header *header);
const uint8_t *header_desk_id(const struct header *header);
const uint8_t *header_witness(const struct header *header);
const uint8_t *header_passed_log(const struct header *header);
void header_set_passed_log(struct header *header, const uint8_t nonce[HEADER_LOG_NONCE_BYTES]);
const uint8_t *header_slot(const struct header *header, int index);
void header_set_slot(struct header *header, int index, const uint8_t bytes[HEADER_SLOT_BYTES]);

#endif
