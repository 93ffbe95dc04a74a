/*
 * The two records of -head.
 */
#include "db/head.h"

#include <sodium.h>
#include <string.h>

#include "db/bytes.h"

enum {
	RECORD_BYTES = 512,
	RECORDS = 2,
	AT_FILE_ID = 0,
	AT_COUNTER = 16,
	AT_SEQUENCE = 24,
	AT_HASH = 32,
	AT_GENERATION = 64,
	AT_SEAL = RECORD_BYTES - 32
};

static void seal(const uint8_t *bytes, const struct keys *keys, uint8_t out_seal[32])
{
	crypto_generichash(out_seal, 32, bytes, AT_SEAL, keys_subkey(keys, SUBKEY_HEAD), 32);
}

static bool is_valid(const uint8_t *bytes, const struct keys *keys)
{
	uint8_t right[32];

	seal(bytes, keys, right);
	return memcmp(bytes + AT_FILE_ID, keys_file_id(keys), FILE_ID_BYTES) == 0 &&
	       sodium_memcmp(right, bytes + AT_SEAL, sizeof right) == 0;
}

enum db_status head_load(struct rawfile *file, const struct keys *keys, struct head_pair *out_pair)
{
	uint8_t bytes[RECORDS * RECORD_BYTES];
	enum db_status status = rawfile_read(file, 0, bytes, sizeof bytes);

	*out_pair = (struct head_pair) { .best = -1 };
	if (status != DB_OK)
		return status;
	for (int i = 0; i < RECORDS; i++) {
		const uint8_t *from = bytes + i * RECORD_BYTES;
		uint64_t counter = bytes_get64(from + AT_COUNTER);

		if (!is_valid(from, keys)) {
			out_pair->has_damage |= !sodium_is_zero(from, RECORD_BYTES);
			continue;
		}
		if (out_pair->best >= 0 && counter <= out_pair->counter)
			continue;
		out_pair->best = i;
		out_pair->counter = counter;
		out_pair->record.sequence = (int64_t)bytes_get64(from + AT_SEQUENCE);
		memcpy(out_pair->record.hash, from + AT_HASH, STORE_HASH_BYTES);
		out_pair->record.generation = bytes_get64(from + AT_GENERATION);
	}
	return DB_OK;
}

static enum db_status record_write(struct rawfile *file, const struct keys *keys, int place,
	uint64_t counter, const struct head_record *record)
{
	uint8_t bytes[RECORD_BYTES] = { 0 };

	memcpy(bytes + AT_FILE_ID, keys_file_id(keys), FILE_ID_BYTES);
	bytes_put64(bytes + AT_COUNTER, counter);
	bytes_put64(bytes + AT_SEQUENCE, (uint64_t)record->sequence);
	memcpy(bytes + AT_HASH, record->hash, STORE_HASH_BYTES);
	bytes_put64(bytes + AT_GENERATION, record->generation);
	seal(bytes, keys, bytes + AT_SEAL);
	return rawfile_write(file, (int64_t)place * RECORD_BYTES, bytes, sizeof bytes);
}

enum db_status head_store(
	struct rawfile *file, const struct keys *keys, const struct head_record *record)
{
	struct head_record written = *record;
	struct head_pair pair;
	enum db_status status = head_load(file, keys, &pair);

	if (status != DB_OK)
		return status;
	/* Whoever writes with a header loaded earlier must not take a generation back. */
	if (pair.best >= 0 && pair.record.generation > written.generation)
		written.generation = pair.record.generation;
	return record_write(file, keys, pair.best == 0 ? 1 : 0, pair.counter + 1, &written);
}

/* Without the keys of the other store its records are told by what stands in them in clear. */
enum db_status head_store_beside(struct rawfile *file, const struct keys *keys,
	const uint8_t *file_id, const struct head_record *record)
{
	uint8_t bytes[RECORDS * RECORD_BYTES];
	uint64_t highest = 0;
	int newest = -1;
	enum db_status status = rawfile_read(file, 0, bytes, sizeof bytes);

	if (status != DB_OK)
		return status;
	for (int i = 0; i < RECORDS && file_id; i++) {
		const uint8_t *from = bytes + i * RECORD_BYTES;
		uint64_t counter = bytes_get64(from + AT_COUNTER);

		if (memcmp(from + AT_FILE_ID, file_id, FILE_ID_BYTES) == 0 && counter >= highest) {
			newest = i;
			highest = counter;
		}
	}
	status = record_write(file, keys, newest == 0 ? 1 : 0, 1, record);
	return status == DB_OK ? rawfile_sync(file) : status;
}

enum db_status head_wipe(struct rawfile *file)
{
	const uint8_t zeros[RECORDS * RECORD_BYTES] = { 0 };
	enum db_status status = rawfile_write(file, 0, zeros, sizeof zeros);

	return status == DB_OK ? rawfile_sync(file) : status;
}
