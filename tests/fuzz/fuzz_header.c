/*
 * Headers, slots and the part with failed log-ins, changed: the first byte says
 * whether the seals are made anew afterwards, the rest are edits.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/lockout.h"
#include "db/slots.h"
#include "tests/fuzz/fuzz.h"

enum { HEADERS = HEADER_COPIES * HEADER_COPY_BYTES, PART = HEADERS + LOCKOUT_BYTES };

static uint8_t good[PART];
static const uint8_t key[32] = { 9 };
static char path[128];

static void remove_file(void)
{
	(void)unlink(path);
}

static void put(const uint8_t bytes[PART])
{
	FILE *file = fopen(path, "wb");

	fuzz_must(file && fwrite(bytes, PART, 1, file) == 1 && fclose(file) == 0, path);
}

void fuzz_start(void)
{
	const struct header_ids ids = { { 1 }, { 2 }, { 3 } };
	const char *where = getenv("TMPDIR");
	struct lockout lockout;
	struct header header;
	struct slot slot;
	uint8_t bytes[HEADER_SLOT_BYTES];
	int file;

	(void)snprintf(path, sizeof(path), "%.100s/tracedesk-XXXXXX", where ? where : "/tmp");
	file = mkstemp(path);
	fuzz_must(store_start() && file >= 0 && close(file) == 0, "libraries and file");
	fuzz_must(atexit(remove_file) == 0, "the file will go");
	header_make(&header, STORE_ORDINARY, &ids);
	slot_init(&slot, SLOT_PERSON, "casey");
	slot_write(&slot, bytes);
	header_set_slot(&header, 1, bytes);
	header_seal(&header, key);
	memcpy(good, header.bytes, HEADER_COPY_BYTES);
	memcpy(good + HEADER_COPY_BYTES, header.bytes, HEADER_COPY_BYTES);
	lockout_init(&lockout);
	memcpy(good + HEADERS, lockout.bytes, LOCKOUT_BYTES);
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

static void read_lockout(struct rawfile *file)
{
	struct vault_failure failures[LOCKOUT_RING];
	struct lockout lockout;
	uint64_t lost;
	int count;
	int64_t until;

	(void)lockout_load(file, &lockout);
	for (int i = 0; i < STORE_SLOTS; i++)
		(void)lockout_is_shut(&lockout, i, 1600000000, &until);
	(void)lockout_open(&lockout, key, failures, &count, &lost);
	fuzz_must(count >= 0 && count <= LOCKOUT_RING, "no more failures than fit");
}

void fuzz_input(const uint8_t *bytes, size_t size)
{
	struct report report = { .message = "" };
	struct header_pair pair;
	struct rawfile *file;
	uint8_t part[PART];
	bool is_sealed = size > 0 && bytes[0] % 2 == 1;

	memcpy(part, good, PART);
	if (size > 1)
		(void)fuzz_edit(part, PART, bytes + 1, size - 1);
	for (int i = 0; is_sealed && i < HEADER_COPIES; i++) {
		struct header header;

		memcpy(header.bytes, part + i * HEADER_COPY_BYTES, HEADER_COPY_BYTES);
		header_seal(&header, key);
		memcpy(part + i * HEADER_COPY_BYTES, header.bytes, HEADER_COPY_BYTES);
	}
	put(part);
	fuzz_must(rawfile_open(NULL, path, RAWFILE_EXISTING, &report, &file) == DB_OK, "it opens");
	(void)header_look(file, path, &report);
	(void)header_load(file, NULL, &pair);
	if (header_load(file, key, &pair) == DB_OK) {
		const struct header *best = &pair.copy[pair.best];

		fuzz_must(is_sealed || memcmp(best->bytes, good, HEADER_COPY_BYTES) == 0,
			"a header that holds is the one written");
		(void)header_check(&pair, path, &report);
		read_slots(best);
	}
	read_lockout(file);
	rawfile_close(file);
}
