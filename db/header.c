/*
 * The two copies of the header: made, sealed, chosen, written.
 */
#include "db/header.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "db/bytes.h"
#include "db/keys.h"
#include "db/slots.h"

static const char magic[] = "tracedesk store\n";
static const char backup_magic[] = "tracedesk backup";

enum {
	MAGIC_BYTES = sizeof magic - 1,
	AT_FORMAT = 16,
	AT_KIND = 20,
	AT_CIPHER = 24,
	AT_PAGE_SIZE = 28,
	AT_GENERATION = 32,
	AT_FILE_ID = 40,
	AT_DESK_ID = 56,
	AT_WITNESS = 72,
	AT_SLOTS = 104,
	AT_PASSED_LOG = 128,
	AT_SLOT = 512,
	AT_CHECKSUM = HEADER_COPY_BYTES - 64,
	AT_SEAL = HEADER_COPY_BYTES - 32,
	HASH_BYTES = 32
};

_Static_assert(AT_SLOT + STORE_SLOTS * HEADER_SLOT_BYTES <= AT_CHECKSUM, "the slots fit");
_Static_assert(MAGIC_BYTES == AT_FORMAT, "the magic is 16 bytes");

void header_make(struct header *header, enum store_kind kind, const struct header_ids *ids)
{
	uint8_t *bytes = header->bytes;

	memset(bytes, 0, sizeof header->bytes);
	memcpy(bytes, magic, MAGIC_BYTES);
	bytes_put32(bytes + AT_FORMAT, HEADER_FORMAT);
	bytes_put32(bytes + AT_KIND, (uint32_t)kind);
	bytes_put32(bytes + AT_CIPHER, HEADER_CIPHER_XCHACHA);
	bytes_put32(bytes + AT_PAGE_SIZE, SEAL_PAGE_SIZE);
	bytes_put64(bytes + AT_GENERATION, 1);
	memcpy(bytes + AT_FILE_ID, ids->file, sizeof ids->file);
	memcpy(bytes + AT_DESK_ID, ids->desk, sizeof ids->desk);
	memcpy(bytes + AT_WITNESS, ids->witness, sizeof ids->witness);
	bytes_put32(bytes + AT_SLOTS, STORE_SLOTS);
}

static void checksum(const struct header *header, uint8_t out_hash[HASH_BYTES])
{
	crypto_generichash(out_hash, HASH_BYTES, header->bytes, AT_CHECKSUM, NULL, 0);
}

static void seal(const struct header *header, const uint8_t key[32], uint8_t out_hash[HASH_BYTES])
{
	crypto_generichash(out_hash, HASH_BYTES, header->bytes, AT_SEAL, key, 32);
}

void header_seal(struct header *header, const uint8_t key[32])
{
	checksum(header, header->bytes + AT_CHECKSUM);
	seal(header, key, header->bytes + AT_SEAL);
}

static bool is_whole(const struct header *header, const uint8_t *key)
{
	uint8_t hash[HASH_BYTES];

	checksum(header, hash);
	if (sodium_memcmp(hash, header->bytes + AT_CHECKSUM, HASH_BYTES) != 0)
		return false;
	if (!key)
		return true;
	seal(header, key, hash);
	return sodium_memcmp(hash, header->bytes + AT_SEAL, HASH_BYTES) == 0;
}

static bool has_magic(const uint8_t *bytes)
{
	return memcmp(bytes, magic, MAGIC_BYTES) == 0;
}

enum db_status header_look(struct rawfile *file, const char *path, struct report *report)
{
	uint8_t start[HEADER_COPIES][MAGIC_BYTES];
	int64_t size;
	enum db_status status = rawfile_size(file, &size);

	for (int i = 0; i < HEADER_COPIES && status == DB_OK; i++)
		status = rawfile_read(file, i * HEADER_COPY_BYTES, start[i], MAGIC_BYTES);
	if (status != DB_OK || has_magic(start[0]) || has_magic(start[1]))
		return status;
	if (memcmp(start[0], backup_magic, MAGIC_BYTES) == 0)
		return report_fail(report, DB_DAMAGED,
			"%s: a backup, not a store; make a store of it with `tracedesk --store "
			"NEW-FILE store restore %s`",
			path, path);
	return report_fail(report, DB_DAMAGED,
		"%s: not a tracedesk store; name another file, or restore the latest backup", path);
}

enum db_status header_load(struct rawfile *file, const uint8_t *key, struct header_pair *out_pair)
{
	out_pair->best = -1;
	for (int i = 0; i < HEADER_COPIES; i++) {
		struct header *copy = &out_pair->copy[i];
		enum db_status status =
			rawfile_read(file, i * HEADER_COPY_BYTES, copy->bytes, HEADER_COPY_BYTES);

		if (status != DB_OK)
			return status;
		out_pair->is_whole[i] = has_magic(copy->bytes) && is_whole(copy, key);
		if (out_pair->is_whole[i] &&
			(out_pair->best < 0 ||
				header_generation(copy) > header_generation(&out_pair->copy[0])))
			out_pair->best = i;
	}
	return out_pair->best < 0 ? DB_DAMAGED : DB_OK;
}

bool header_pair_is_sound(const struct header_pair *pair)
{
	return pair->is_whole[0] && pair->is_whole[1] &&
	       memcmp(pair->copy[0].bytes, pair->copy[1].bytes, HEADER_COPY_BYTES) == 0;
}

/* A newer format may keep its checksum elsewhere: then both copies name it and neither is whole. */
static uint32_t pair_format(const struct header_pair *pair)
{
	const uint8_t *a = pair->copy[0].bytes;
	const uint8_t *b = pair->copy[1].bytes;
	uint32_t format = bytes_get32(a + AT_FORMAT);

	if (pair->best >= 0)
		return bytes_get32(pair->copy[pair->best].bytes + AT_FORMAT);
	if (has_magic(a) && has_magic(b) && format == bytes_get32(b + AT_FORMAT))
		return format;
	return HEADER_FORMAT;
}

static bool may_be_used(const struct header *header)
{
	const uint8_t *bytes = header->bytes;
	uint32_t kind = bytes_get32(bytes + AT_KIND);

	if (bytes_get32(bytes + AT_FORMAT) != HEADER_FORMAT ||
		(kind != STORE_ORDINARY && kind != STORE_DEMO) ||
		bytes_get32(bytes + AT_CIPHER) != HEADER_CIPHER_XCHACHA ||
		bytes_get32(bytes + AT_PAGE_SIZE) != SEAL_PAGE_SIZE ||
		bytes_get32(bytes + AT_SLOTS) != STORE_SLOTS)
		return false;
	for (int i = 0; i < STORE_SLOTS; i++) {
		struct slot slot;

		slot_read(&slot, header_slot(header, i));
		if (!slot_may_be_used(&slot))
			return false;
	}
	return true;
}

enum db_status header_check(const struct header_pair *pair, const char *path, struct report *report)
{
	uint32_t format = pair_format(pair);

	if (format > HEADER_FORMAT)
		return report_fail(report, DB_DAMAGED,
			"%s: made by a newer tracedesk (format %u); use that version", path,
			(unsigned)format);
	if (pair->best < 0)
		return report_fail(report, DB_DAMAGED,
			"%s: both copies of the header are damaged; restore the latest backup",
			path);
	if (!may_be_used(&pair->copy[pair->best]))
		return report_fail(report, DB_DAMAGED,
			"%s: the header asks for a kind, cipher, page size or password cost that "
			"this program does not know; use the version that made it, or restore "
			"the latest backup",
			path);
	return DB_OK;
}

enum db_status header_store(struct rawfile *file, const struct header_pair *pair,
	const struct header *header, int *out_written)
{
	int first = pair->best == 0 ? 1 : 0;

	*out_written = 0;
	for (int i = 0; i < HEADER_COPIES; i++) {
		int64_t offset = ((first + i) % HEADER_COPIES) * HEADER_COPY_BYTES;
		enum db_status status =
			rawfile_write(file, offset, header->bytes, HEADER_COPY_BYTES);

		if (status == DB_OK)
			status = rawfile_sync(file);
		if (status != DB_OK)
			return status;
		++*out_written;
	}
	return DB_OK;
}

enum store_kind header_kind(const struct header *header)
{
	return (enum store_kind)bytes_get32(header->bytes + AT_KIND);
}

uint64_t header_generation(const struct header *header)
{
	return bytes_get64(header->bytes + AT_GENERATION);
}

void header_set_generation(struct header *header, uint64_t generation)
{
	bytes_put64(header->bytes + AT_GENERATION, generation);
}

enum db_status header_peek(struct rawfile *file, uint64_t *out_generation)
{
	uint8_t bytes[8];
	enum db_status status = rawfile_read(file, AT_GENERATION, bytes, sizeof bytes);

	*out_generation = bytes_get64(bytes);
	return status;
}

const uint8_t *header_file_id(const struct header *header)
{
	return header->bytes + AT_FILE_ID;
}

const uint8_t *header_desk_id(const struct header *header)
{
	return header->bytes + AT_DESK_ID;
}

const uint8_t *header_witness(const struct header *header)
{
	return header->bytes + AT_WITNESS;
}

const uint8_t *header_passed_log(const struct header *header)
{
	return header->bytes + AT_PASSED_LOG;
}

void header_set_passed_log(struct header *header, const uint8_t nonce[HEADER_LOG_NONCE_BYTES])
{
	memcpy(header->bytes + AT_PASSED_LOG, nonce, HEADER_LOG_NONCE_BYTES);
}

const uint8_t *header_slot(const struct header *header, int index)
{
	assert(index >= 0 && index < STORE_SLOTS);
	return header->bytes + AT_SLOT + index * HEADER_SLOT_BYTES;
}

void header_set_slot(struct header *header, int index, const uint8_t bytes[HEADER_SLOT_BYTES])
{
	assert(index >= 0 && index < STORE_SLOTS);
	memcpy(header->bytes + AT_SLOT + index * HEADER_SLOT_BYTES, bytes, HEADER_SLOT_BYTES);
}
