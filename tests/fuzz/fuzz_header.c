/*
 * Headers, slots, the part with failed log-ins and the records of -head,
 * changed. The first byte says in its lowest bit whether the checksums are made
 * right again, as anybody can who has no key, above it what is read; the rest
 * are edits. Sums and seals are short ones here: BLAKE2b over 32 KiB would take
 * nine tenths of the time, and is libsodium's to test.
 */
#include <string.h>

#include "db/head.h"
#include "db/lockout.h"
#include "db/slots.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/memory_disk.h"

/* -head lies behind the other parts here. */
enum {
	HEADERS = HEADER_COPIES * HEADER_COPY_BYTES,
	AT_HEAD = HEADERS + LOCKOUT_BYTES,
	HEAD_BYTES = 1024,
	ALL = AT_HEAD + HEAD_BYTES
};

static uint8_t good[ALL];
static struct keys *keys;
static const uint8_t *key;
static struct memory_disk *disk;
static struct report report;
static struct rawfile *file;

/* Eight bytes at a time, each step can be undone: no single edit goes unseen. */
static uint64_t mixed(uint64_t sum, const unsigned char *bytes, size_t size)
{
	uint64_t word = 0;

	for (; size >= sizeof(word); bytes += sizeof(word), size -= sizeof(word)) {
		memcpy(&word, bytes, sizeof(word));
		sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		sum ^= sum >> 29;
	}
	for (; size > 0; bytes++, size--)
		sum = (sum ^ *bytes) * UINT64_C(0x9e3779b97f4a7c15);
	return sum;
}

int __wrap_crypto_generichash(unsigned char *out, size_t out_size, const unsigned char *bytes,
	unsigned long long size, const unsigned char *its_key, size_t key_size);
int __wrap_crypto_generichash(unsigned char *out, size_t out_size, const unsigned char *bytes,
	unsigned long long size, const unsigned char *its_key, size_t key_size)
{
	uint64_t sum = mixed(mixed(size, its_key, key_size), bytes, (size_t)size);

	for (size_t i = 0; i < out_size; i++) {
		sum = mixed(sum, (const unsigned char *)&i, sizeof(i));
		out[i] = (unsigned char)(sum >> 32);
	}
	return 0;
}

static void header_put(void)
{
	const struct header_ids ids = { { 1 }, { 2 }, { 3 } };
	struct header header;
	struct slot slot;
	uint8_t bytes[HEADER_SLOT_BYTES];

	header_make(&header, STORE_ORDINARY, &ids);
	slot_init(&slot, SLOT_PERSON, "casey");
	slot_write(&slot, bytes);
	header_set_slot(&header, 1, bytes);
	header_seal(&header, key);
	memcpy(good, header.bytes, HEADER_COPY_BYTES);
	memcpy(good + HEADER_COPY_BYTES, header.bytes, HEADER_COPY_BYTES);
}

/* A good part, with a failed log-in. */
static void lockout_put(void)
{
	struct lockout lockout;

	lockout_init(&lockout);
	lockout_count(&lockout, 1, 1600000000);
	fuzz_must(lockout_store(file, &lockout) == DB_OK, "the part is written");
	memcpy(good + HEADERS, disk->store.bytes + HEADERS, LOCKOUT_BYTES);
}

static void head_put(void)
{
	struct head_record record = { .sequence = 5, .generation = 3 };

	disk->store.size = 0;
	for (int i = 0; i < 2; i++, record.sequence++)
		fuzz_must(head_store(file, keys, &record) == DB_OK, "a record is written");
	memcpy(good + AT_HEAD, disk->store.bytes, HEAD_BYTES);
}

void fuzz_start(void)
{
	static const uint8_t file_id[FILE_ID_BYTES] = { 1 };
	struct secret *master;

	fuzz_must(store_start(), "libraries");
	master = secret_new(MASTER_KEY_BYTES);
	keys = keys_new(master, file_id);
	secret_free(master);
	key = keys_subkey(keys, SUBKEY_HEADER);
	disk = memory_disk();
	fuzz_must(rawfile_open(memory_disk_vfs(), "/header", RAWFILE_MAKE_MISSING, &report,
			  &file) == DB_OK,
		"it opens");
	header_put();
	lockout_put();
	head_put();
}

static void read_slots(const struct header *header)
{
	for (int i = 0; i < STORE_SLOTS; i++) {
		struct slot slot;

		slot_read(&slot, header_slot(header, i));
		if (slot.state != SLOT_EMPTY && slot_may_be_used(&slot))
			fuzz_must(cost_is_in_bounds(slot.cost), "costs are bounded before use");
	}
}

static void use(const struct header_pair *pair)
{
	if (header_check(pair, "store", &report) == DB_OK)
		read_slots(&pair->copy[pair->best]);
}

/* Before there is a password. */
static void read_checksummed(bool is_summed)
{
	struct header_pair pair;

	(void)is_summed;
	(void)header_look(file, "store", &report);
	if (header_load(file, NULL, &pair) == DB_OK)
		use(&pair);
}

static void read_proved(bool is_summed)
{
	struct header_pair pair;

	(void)is_summed;
	if (header_load(file, key, &pair) != DB_OK)
		return;
	fuzz_must(memcmp(pair.copy[pair.best].bytes, good, HEADER_COPY_BYTES) == 0,
		"a header that holds is the one written");
	use(&pair);
}

/* As if both copies held, whatever they say. */
static void read_unproved(bool is_summed)
{
	struct header_pair pair = { .is_whole = { true, true }, .best = is_summed };

	for (int i = 0; i < HEADER_COPIES; i++)
		memcpy(pair.copy[i].bytes, disk->store.bytes + i * HEADER_COPY_BYTES,
			HEADER_COPY_BYTES);
	use(&pair);
}

static void read_lockout(bool is_summed)
{
	struct lockout lockout;
	int64_t until;

	if (is_summed)
		memcpy(lockout.bytes, disk->store.bytes + HEADERS, LOCKOUT_BYTES);
	else
		(void)lockout_load(file, &lockout);
	for (int i = 0; i < STORE_SLOTS; i++)
		(void)lockout_is_shut(&lockout, i, 1600000000, &until);
}

static void read_head(bool is_summed)
{
	struct head_pair pair;

	(void)is_summed;
	memmove(disk->store.bytes, disk->store.bytes + AT_HEAD, HEAD_BYTES);
	disk->store.size = HEAD_BYTES;
	fuzz_must(head_load(file, keys, &pair) == DB_OK, "it can be read");
	fuzz_must(pair.best < 0 ||
			  (pair.record.sequence == 5 + pair.best && pair.record.generation == 3),
		"a record that holds is one written");
	fuzz_must(pair.best == 1 || memcmp(disk->store.bytes + 512, good + AT_HEAD + 512, 512) != 0,
		"the latest whole one holds");
}

static void sum_again(uint8_t *copy)
{
	static const uint8_t other_key[32];
	struct header header;

	memcpy(header.bytes, copy, HEADER_COPY_BYTES);
	header_seal(&header, other_key);
	memcpy(copy, header.bytes, HEADER_COPY_BYTES);
}

void fuzz_input(const uint8_t *bytes, size_t size)
{
	static void (*const reads[])(bool is_summed) = { read_checksummed, read_proved,
		read_unproved, read_lockout, read_head };
	uint8_t how = size ? bytes[0] >> 1 : 0;
	bool is_summed = size > 0 && bytes[0] % 2 == 1;
	void (*read)(bool is_summed) = reads[how % (sizeof(reads) / sizeof(reads[0]))];

	memory_file_put(&disk->store, good, ALL);
	if (size > 1)
		(void)fuzz_edit(disk->store.bytes, ALL, bytes + 1, size - 1);
	for (int i = 0; is_summed && i < HEADER_COPIES; i++) {
		uint8_t *copy = disk->store.bytes + i * HEADER_COPY_BYTES;

		if ((read == read_checksummed || read == read_proved) &&
			memcmp(copy, good, HEADER_COPY_BYTES) != 0)
			sum_again(copy);
	}
	read(is_summed);
}
