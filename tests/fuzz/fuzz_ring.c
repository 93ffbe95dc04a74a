/*
 * The ring of failed log-ins, as anybody can leave it who can write the file:
 * the input is edits of its bytes. What opens was boxed; what does not is
 * counted as lost.
 */
#include <string.h>

#include "db/keys.h"
#include "db/lockout.h"
#include "tests/fuzz/fuzz.h"

enum { FAILURES = 3, TIME = 1600000000 };

static struct lockout good;
static struct keys *keys;

void fuzz_start(void)
{
	static const uint8_t file_id[FILE_ID_BYTES] = { 1 };
	struct secret *master;
	uint8_t witness[32];

	fuzz_must(secret_start(), "libraries");
	master = secret_new(MASTER_KEY_BYTES);
	keys = keys_new(master, file_id);
	secret_free(master);
	keys_witness(keys, witness);
	lockout_init(&good);
	for (int i = 0; i < FAILURES; i++)
		lockout_box(&good, witness, "casey", TIME + i);
}

void fuzz_input(const uint8_t *bytes, size_t size)
{
	struct vault_failure failures[LOCKOUT_RING];
	struct lockout lockout = good;
	uint64_t lost;
	int count;
	bool is_same, is_changed;

	(void)fuzz_edit(lockout.bytes, sizeof(lockout.bytes), bytes, size);
	is_same = memcmp(lockout.bytes, good.bytes, sizeof(good.bytes)) == 0;
	is_changed =
		lockout_open(&lockout, keys_subkey(keys, SUBKEY_WITNESS), failures, &count, &lost);
	fuzz_must(count >= 0 && count <= LOCKOUT_RING, "no more failures than fit");
	for (int i = 0; i < count; i++)
		fuzz_must(failures[i].time >= TIME && failures[i].time < TIME + FAILURES &&
				  strcmp(failures[i].name, "casey") == 0,
			"what opens was boxed");
	fuzz_must(!is_same || (count == FAILURES && lost == 0 && !is_changed),
		"a whole ring is read as it was");
}
