/*
 * Step by step as the page tells it. Places are literal numbers here, as they
 * are there.
 */
#include "tests/db/reader.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t number(const uint8_t *from, size_t size)
{
	uint64_t value = 0;

	for (size_t i = size; i > 0; i--)
		value = value << 8 | from[i - 1];
	return value;
}

/* SQLite's. */
static uint32_t big(const uint8_t *from)
{
	return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

static bool hash_is(const uint8_t *right, const void *bytes, size_t size, const uint8_t *key)
{
	uint8_t hash[32];

	crypto_generichash(hash, 32, bytes, size, key, key ? 32 : 0);
	return memcmp(hash, right, 32) == 0;
}

static bool file_load(const char *path, const char *end, struct reader_file *file)
{
	char name[256];
	FILE *stream;
	long size;

	snprintf(name, sizeof(name), "%s%s", path, end);
	stream = fopen(name, "rb");
	if (!stream)
		return false;
	fseek(stream, 0, SEEK_END);
	size = ftell(stream);
	rewind(stream);
	file->bytes = calloc(1, size > 0 ? (size_t)size : 1);
	file->size = fread(file->bytes, 1, (size_t)size, stream);
	fclose(stream);
	return file->size == (size_t)size;
}

static bool copy_is_whole(const uint8_t *copy)
{
	return memcmp(copy, "tracedesk store\n", 16) == 0 &&
	       hash_is(copy + 16320, copy, 16320, NULL);
}

bool reader_load(struct reader *reader, const char *path)
{
	const uint8_t *first, *second;

	memset(reader, 0, sizeof(*reader));
	if (!file_load(path, "", &reader->store) || !file_load(path, "-head", &reader->head))
		return false;
	(void)file_load(path, "-wal", &reader->log);
	if (reader->store.size < 40960)
		return false;
	first = reader->store.bytes;
	second = first + 16384;
	if (!copy_is_whole(first) || !copy_is_whole(second))
		return false;
	reader->header = number(second + 32, 8) > number(first + 32, 8) ? second : first;
	return number(reader->header + 16, 4) == 1 && number(reader->header + 24, 4) == 1 &&
	       number(reader->header + 28, 4) == 4096 && number(reader->header + 104, 4) == 40;
}

static bool aead_open(uint8_t *plain, const uint8_t *nonce, const struct reader_file *sealed,
	const struct reader_file *context, const uint8_t *key)
{
	return crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, sealed->bytes,
		       sealed->size, context->bytes, context->size, nonce, key) == 0;
}

/* From a seed to the master key, the subkeys, and the proof of the header. */
static bool seed_use(struct reader *reader, const uint8_t *slot, const uint8_t seed[32])
{
	uint8_t from[32], box_public[32], box_secret[32], sign_secret[64];

	crypto_kdf_derive_from_key(from, 32, 1, "tdk-seed", seed);
	crypto_sign_seed_keypair(reader->sign_public, sign_secret, from);
	crypto_kdf_derive_from_key(from, 32, 2, "tdk-seed", seed);
	crypto_box_seed_keypair(box_public, box_secret, from);
	if (memcmp(box_public, slot + 152, 32) != 0 ||
		crypto_box_seal_open(reader->master, slot + 184, 80, box_public, box_secret) != 0)
		return false;
	for (uint64_t i = 1; i <= 5; i++)
		crypto_kdf_derive_from_key(reader->subkey[i], 32, i, "tdkstore", reader->master);
	return hash_is(reader->header + 16352, reader->header, 16352, reader->subkey[3]);
}

static const uint8_t *slot_find(const struct reader *reader, const char *name)
{
	for (int i = 0; i < 40; i++) {
		const uint8_t *slot = reader->header + 512 + 384 * i;
		uint8_t id[32];

		crypto_generichash(id, 32, (const uint8_t *)name, strlen(name), slot + 16, 16);
		if (number(slot, 4) == 1 && memcmp(id, slot + 32, 32) == 0)
			return slot;
	}
	return NULL;
}

bool reader_unlock(struct reader *reader, const char *name, const char *password)
{
	const uint8_t *slot = slot_find(reader, name);
	uint8_t derived[64], context[48], seed[32], sealed[48];
	struct reader_file text = { sealed, 48 }, about = { context, 48 };

	if (!slot)
		return false;
	if (crypto_pwhash(derived, 64, password, strlen(password), slot + 64, number(slot + 4, 4),
		    (size_t)number(slot + 8, 8), crypto_pwhash_ALG_ARGON2ID13) != 0)
		return false;
	memcpy(context, reader->header + 56, 16);
	memcpy(context + 16, slot + 32, 32);
	if (!hash_is(slot + 264, context, 48, derived + 32))
		return false;
	memcpy(sealed, slot + 104, 48);
	return aead_open(seed, slot + 80, &text, &about, derived) && seed_use(reader, slot, seed);
}

/* Multiplied by x in GF(32). */
static unsigned times_x(unsigned value)
{
	return (value << 1 ^ (value & 16 ? 0x25U : 0U)) & 31;
}

bool reader_recover(struct reader *reader, const char *code)
{
	static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	uint8_t seed[33] = { 0 };
	size_t bit = 0;

	for (unsigned group = 0; group < 13; group++) {
		unsigned sum = group;

		for (int i = 0; i < 5; i++) {
			const char *digit = strchr(digits, *code++);
			unsigned value = digit ? (unsigned)(digit - digits) : 32;

			sum = times_x(sum);
			if (i == 4 && value != sum)
				return false;
			sum ^= value;
			for (int b = 4; i < 4 && b >= 0; b--, bit++)
				seed[bit / 8] |= (uint8_t)((value >> b & 1) << (7 - bit % 8));
		}
		if (*code == '-')
			code++;
	}
	return number(reader->header + 512, 4) == 2 && seed_use(reader, reader->header + 512, seed);
}

/* Opens a page, from wherever it lies sealed. */
static bool page_take(const struct reader *reader, uint32_t page, uint8_t *sealed, uint8_t *plain)
{
	uint8_t context[20], together[4072];
	struct reader_file text = { together, 4072 }, about = { context, 20 };

	memcpy(context, reader->header + 40, 16);
	for (int i = 0; i < 4; i++)
		context[16 + i] = (uint8_t)(page >> (8 * i));
	memcpy(together, sealed, 4056);
	memcpy(together + 4056, sealed + 4080, 16);
	memset(plain + 4056, 0, 40);
	return aead_open(plain, sealed + 4056, &text, &about, reader->subkey[1]);
}

bool reader_pages(struct reader *reader)
{
	size_t size = reader->store.size - 40960;

	if (size % 4096 != 0)
		return false;
	reader->page_count = (uint32_t)(size / 4096);
	reader->pages = calloc(reader->page_count + 1, 4096);
	for (uint32_t page = 1; page <= reader->page_count; page++) {
		size_t at = (size_t)(page - 1) * 4096;

		if (!page_take(reader, page, reader->store.bytes + 40960 + at, reader->pages + at))
			return false;
	}
	return true;
}

struct log_state {
	uint8_t header[32];
	uint32_t first, second; /* SQLite's running checksum */
	bool is_big;
};

static void sum_add(struct log_state *state, const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i += 8) {
		uint32_t a = state->is_big ? big(bytes + i) : (uint32_t)number(bytes + i, 4);
		uint32_t b =
			state->is_big ? big(bytes + i + 4) : (uint32_t)number(bytes + i + 4, 4);

		state->first += a + state->second;
		state->second += b + state->first;
	}
}

static bool log_begin(const struct reader *reader, struct log_state *state)
{
	uint8_t context[20] = { 0 };
	struct reader_file text = { reader->log.bytes + 24, 48 }, about = { context, 20 };

	memcpy(context, reader->header + 40, 16);
	memset(state, 0, sizeof(*state));
	if (reader->log.size < 72 ||
		!aead_open(state->header, reader->log.bytes, &text, &about, reader->subkey[2]))
		return false;
	state->is_big = state->header[3] & 1;
	sum_add(state, state->header, 24);
	return state->first == big(state->header + 24) && state->second == big(state->header + 28);
}

/* One frame: its header into head (68), its page into plain with its reserve as SQLite summed it.
 */
static bool frame_take(
	const struct reader *reader, uint32_t frame, uint8_t head[68], uint8_t plain[4096])
{
	uint8_t *bytes = reader->log.bytes + 72 + (size_t)(frame - 1) * 4204;
	uint8_t context[36];
	struct reader_file text = { bytes + 24, 84 }, about = { context, 36 };

	memcpy(context, reader->header + 40, 16);
	for (int i = 0; i < 4; i++)
		context[16 + i] = (uint8_t)(frame >> (8 * i));
	memcpy(context + 20, bytes + 4188, 16);
	if (!aead_open(head, bytes, &text, &about, reader->subkey[2]) ||
		!page_take(reader, big(head), bytes + 108, plain))
		return false;
	memcpy(plain + 4056, head + 24, 40);
	return true;
}

static bool frame_continues(
	struct log_state *state, const uint8_t head[68], const uint8_t plain[4096])
{
	sum_add(state, head, 8);
	sum_add(state, plain, 4096);
	return memcmp(head + 8, state->header + 16, 8) == 0 && state->first == big(head + 16) &&
	       state->second == big(head + 20);
}

static void page_put(struct reader *reader, uint32_t page, const uint8_t *plain)
{
	if (page > reader->page_count) {
		reader->pages = realloc(reader->pages, (size_t)page * 4096);
		reader->page_count = page;
	}
	memcpy(reader->pages + (size_t)(page - 1) * 4096, plain, 4096);
}

bool reader_log(struct reader *reader)
{
	uint32_t frames = (uint32_t)((reader->log.size - 72) / 4204), last = 0;
	struct log_state state;
	uint8_t head[68], plain[4096];

	if (!log_begin(reader, &state))
		return false;
	for (uint32_t i = 1; i <= frames && frame_take(reader, i, head, plain); i++) {
		if (!frame_continues(&state, head, plain))
			break;
		if (number(head + 64, 4) != last)
			return false;
		if (big(head + 4) != 0) {
			last = i;
			reader->log_commits++;
		}
	}
	for (uint32_t i = 1; i <= last; i++) {
		if (!frame_take(reader, i, head, plain))
			return false;
		page_put(reader, big(head), plain);
		if (i == last)
			reader->page_count = big(head + 4);
	}
	return last > 0;
}

bool reader_head(const struct reader *reader, uint64_t *out_sequence, uint8_t out_hash[32])
{
	uint64_t counter = 0;

	for (size_t at = 0; at < 1024 && reader->head.size >= 1024; at += 512) {
		const uint8_t *record = reader->head.bytes + at;

		if (memcmp(record, reader->header + 40, 16) != 0 ||
			!hash_is(record + 480, record, 480, reader->subkey[4]) ||
			number(record + 16, 8) <= counter)
			continue;
		counter = number(record + 16, 8);
		*out_sequence = number(record + 24, 8);
		memcpy(out_hash, record + 32, 32);
	}
	return counter > 0;
}

bool reader_failures(const struct reader *reader, int *out_count, char out_name[65])
{
	const uint8_t *part = reader->store.bytes + 32768;
	uint8_t witness[32], secret[32], plain[72];

	*out_count = 0;
	crypto_box_seed_keypair(witness, secret, reader->subkey[5]);
	if (!hash_is(part + 8160, part, 8160, NULL) ||
		memcmp(witness, reader->header + 72, 32) != 0)
		return false;
	for (size_t at = 1024; at < 5120; at += 128) {
		if (number(part + at, 8) == 0)
			continue;
		if (crypto_box_seal_open(plain, part + at + 8, 120, witness, secret) != 0)
			return false;
		memcpy(out_name, plain + 8, 64);
		out_name[64] = '\0';
		++*out_count;
	}
	return true;
}

void reader_done(struct reader *reader)
{
	free(reader->store.bytes);
	free(reader->log.bytes);
	free(reader->head.bytes);
	free(reader->pages);
	sodium_memzero(reader, sizeof(*reader));
}
