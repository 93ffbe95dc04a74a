/*
 * The vault damaged: bytes flipped, copies forged, writes cut short. Each is
 * healed or reported, none is read as good.
 */
#include "amount.h"
#include "vault_fixture.h"

#include <sodium.h>
#include <time.h>

#include "db/header.h"
#include "db/lockout.h"

enum { STEP = 7 * 8, AT_LOCKOUT = 2 * HEADER_COPY_BYTES, AT_GENERATION = 32, AT_FILE_ID = 40 };

static unsigned random_below(unsigned limit)
{
	return randombytes_uniform(limit);
}

/* A store with two people, a few failed log-ins and both records of -head, at rest. */
static void store_lived_in(struct image *image)
{
	struct head_record record = { .sequence = 1, .generation = 2 };
	struct keys *keys;
	struct vault *vault;

	store_made(NULL, NULL);
	vault = store_entered(&keys);
	assert_int_equal(add_person(vault, keys, "ben", "ben's password"), DB_OK);
	unlock_at(vault, "ben", "wrong", NOON);
	unlock_at(vault, "eve", "wrong", NOON);
	for (; record.sequence <= 4; record.sequence++)
		assert_int_equal(vault_head_write(vault, keys, &record), DB_OK);
	assert_string_equal(vault_warning(vault), "");
	keys_free(keys);
	vault_free(vault);
	image_read(image);
}

/* Everything a log-in looks at. The warning and the last sequence of -head come back. */
static enum db_status enter(char *out_words, size_t size, int64_t *out_sequence)
{
	struct vault *vault = vault_below();
	struct vault_person person = { .master = NULL };
	struct head_record record = { .sequence = 0 };
	struct keys *keys = NULL;
	enum head_found found = HEAD_HOLDS;
	enum db_status status = vault_open(vault, fixture_path());

	if (status == DB_OK)
		status = unlock(vault, "ada", "first password", &person);
	if (status == DB_OK) {
		keys = keys_new(person.master, vault_file_id(vault));
		status = vault_verify(vault, keys);
	}
	if (status == DB_OK)
		status = vault_head_read(vault, keys, &record, &found);
	snprintf(out_words, size, "%s",
		status == DB_OK ? vault_warning(vault) : vault_message(vault));
	*out_sequence = found != HEAD_HOLDS ? -1 : record.sequence;
	keys_free(keys);
	vault_person_clear(&person);
	vault_free(vault);
	return status;
}

static bool is_healed(const struct image *before)
{
	struct image after;

	image_read(&after);
	return memcmp(before->file, after.file, sizeof after.file) == 0;
}

/* Flips a bit, enters, and says what came of it. */
static void flip_one(const struct image *image, size_t bit)
{
	struct image flipped = *image;
	size_t place = bit / 8;
	uint8_t bits = (uint8_t)(1 << bit % 8);
	char words[1024];
	int64_t sequence;
	enum db_status status;

	if (place < VAULT_HEADER_BYTES)
		flipped.file[place] ^= bits;
	else
		flipped.head[place - VAULT_HEADER_BYTES] ^= bits;
	image_write(&flipped);
	status = enter(words, sizeof words, &sequence);
	if (status != DB_OK)
		fail_msg("byte %zu xor %u: %s", place, bits, words);
	if (place < AT_LOCKOUT) {
		if (!is_healed(image) || !strstr(words, "was damaged; it was made again"))
			fail_msg("byte %zu xor %u: not healed, '%s'", place, bits, words);
	} else if (place < VAULT_HEADER_BYTES) {
		if (!strstr(words, "it begins anew"))
			fail_msg("byte %zu xor %u: not reported, '%s'", place, bits, words);
	} else if (!strstr(words, "one of its two records is damaged") || sequence < 3 ||
		   sequence > 4) {
		fail_msg("byte %zu xor %u: not reported, '%s'", place, bits, words);
	}
}

static void test_every_seventh_byte_flipped(void **state)
{
	size_t first = random_below(STEP), step = (size_t)amount(STEP, 1);
	struct image image;
	clock_t began = clock();
	int flips = 0;

	(void)state;
	store_lived_in(&image);
	for (size_t bit = first; bit < sizeof image * 8; bit += step, flips++)
		flip_one(&image, bit);
	print_message("# %d flips from bit %zu on, all healed or reported, %ld ms\n", flips, first,
		(clock() - began) / (CLOCKS_PER_SEC / 1000));
	assert_true(flips > 5900);
}

/* Both copies at once: nothing is left to heal from. */
static void test_both_copies_flipped(void **state)
{
	struct image image;
	char words[1024];
	int64_t sequence;
	int flips = 0;

	(void)state;
	store_lived_in(&image);
	for (size_t place = random_below(97); place < HEADER_COPY_BYTES; place += 97, flips++) {
		struct image flipped = image;

		flipped.file[place] ^= (uint8_t)(1 + random_below(255));
		flipped.file[HEADER_COPY_BYTES + random_below(HEADER_COPY_BYTES)] ^= 1;
		image_write(&flipped);
		if (enter(words, sizeof words, &sequence) != DB_DAMAGED ||
			!strstr(words, "both copies of the header are damaged"))
			fail_msg("byte %zu: %s", place, words);
	}
	print_message("# %d pairs, all reported: %s\n", flips, words);
}

/* What somebody without keys can write: right checksums, wrong seals. */
static void test_forged_copies(void **state)
{
	struct image image;
	struct image forged;
	char words[1024];
	int64_t sequence;

	(void)state;
	store_lived_in(&image);
	for (int copy = 0; copy < 2; copy++) {
		static const size_t places[] = { AT_GENERATION, AT_GENERATION + 7, AT_FILE_ID, 56,
			72, 120, 512 + 5 * 384 + 200 };

		for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
			forged = image;
			forged.file[copy * HEADER_COPY_BYTES + AT_GENERATION] += 5;
			forged.file[copy * HEADER_COPY_BYTES + (int)places[i]] ^= 0x40;
			image_sum(&forged);
			image_write(&forged);
			assert_int_equal(enter(words, sizeof words, &sequence), DB_OK);
			assert_true(is_healed(&image));
			assert_non_null(strstr(words, "was damaged; it was made again"));
		}
	}
	/* Both forged alike. */
	forged = image;
	for (int copy = 0; copy < 2; copy++)
		forged.file[copy * HEADER_COPY_BYTES + AT_FILE_ID] ^= 1;
	image_sum(&forged);
	image_write(&forged);
	assert_int_equal(enter(words, sizeof words, &sequence), DB_DAMAGED);
}

/* A leaver's copy of the header, put back over one copy, gives way to the newer one. */
static void test_an_old_copy_put_back(void **state)
{
	struct image old;
	struct image image;
	struct keys *keys;
	struct vault *vault;
	char words[1024];
	int64_t sequence;

	(void)state;
	store_lived_in(&old);
	vault = store_entered(&keys);
	assert_int_equal(vault_slot_remove(vault, keys, "ben"), DB_OK);
	keys_free(keys);
	vault_free(vault);
	for (int copy = 0; copy < 2; copy++) {
		struct image mixed;

		image_read(&image);
		mixed = image;
		memcpy(mixed.file + copy * HEADER_COPY_BYTES, old.file, HEADER_COPY_BYTES);
		image_write(&mixed);
		assert_int_equal(enter(words, sizeof words, &sequence), DB_OK);
		assert_non_null(strstr(words, "copies differed"));
		assert_true(is_healed(&image));
		vault = store_opened();
		assert_int_equal(unlock_at(vault, "ben", "ben's password", NOON), DB_LOCKED);
		vault_free(vault);
	}
}

/* A leaver's slot written back into a copy by somebody without the key: his old password opens it,
   and then the sealed copy says that he has none. */
static void test_a_removed_slot_put_back(void **state)
{
	const size_t slots = 512;
	const size_t size = (size_t)STORE_SLOTS * HEADER_SLOT_BYTES;
	struct image old;
	struct image now;
	struct keys *keys;
	struct vault *vault;
	struct vault_person person;

	(void)state;
	store_lived_in(&old);
	vault = store_entered(&keys);
	assert_int_equal(vault_slot_remove(vault, keys, "ben"), DB_OK);
	keys_free(keys);
	vault_free(vault);
	for (int copy = 0; copy < 2; copy++) {
		image_read(&now);
		memcpy(now.file + copy * HEADER_COPY_BYTES + slots, old.file + slots, size);
		now.file[copy * HEADER_COPY_BYTES + AT_GENERATION]++;
		image_sum(&now);
		image_write(&now);
		vault = store_opened();
		assert_int_equal(unlock(vault, "ben", "ben's password", &person), DB_OK);
		keys = keys_new(person.master, vault_file_id(vault));
		assert_int_equal(vault_verify(vault, keys), DB_DAMAGED);
		assert_non_null(strstr(vault_message(vault), "is not the store's"));
		assert_int_equal(unlock_at(vault, "ben", "ben's password", NOON), DB_LOCKED);
		vault_person_clear(&person);
		keys_free(keys);
		vault_free(vault);
	}
}

/* A header forged under the eyes of who has the keys: the sealed copy holds, and without one
   nothing is written. */
static void test_forged_while_open(void **state)
{
	struct image image, forged;
	struct keys *keys;
	struct vault *vault;
	uint64_t generation;
	int slots;

	(void)state;
	store_lived_in(&image);
	vault = store_entered(&keys);
	generation = vault_generation(vault);
	slots = vault_slots_used(vault);
	image_read(&image);
	for (int forged_copies = 1; forged_copies <= 2; forged_copies++) {
		forged = image;
		for (int copy = 0; copy < forged_copies; copy++) {
			uint8_t *at = forged.file + copy * HEADER_COPY_BYTES;

			at[AT_GENERATION] += 5;
			memset(at + 512 + HEADER_SLOT_BYTES, 0, HEADER_SLOT_BYTES);
		}
		image_sum(&forged);
		image_write(&forged);
		assert_int_equal(vault_turn_take(vault), forged_copies == 1 ? DB_OK : DB_DAMAGED);
		assert_int_equal(vault_generation(vault), generation);
		assert_int_equal(vault_slots_used(vault), slots);
		if (forged_copies == 1)
			vault_turn_give(vault);
	}
	image_write(&image);
	assert_int_equal(vault_turn_take(vault), DB_OK);
	vault_turn_give(vault);
	vault_free(vault);
	keys_free(keys);
}

struct refusal {
	size_t at;
	uint32_t value;
	const char *words;
};

/* Headers of another time, or made to waste memory: refused before anything is used. */
static void test_what_is_not_known_is_refused(void **state)
{
	static const struct refusal refusals[] = {
		{ 16, 2, "made by a newer tracedesk (format 2); use that version" },
		{ 16, 0, "does not know" }, { 20, 3, "does not know" }, { 24, 2, "does not know" },
		{ 28, 8192, "does not know" }, { 104, 41, "does not know" },
		{ 512, 3, "does not know" },	       /* state of the recovery slot */
		{ 512 + 384 + 4, 0, "does not know" }, /* passes */
		{ 512 + 384 + 4, 11, "does not know" },
		{ 512 + 384 + 8, 8191 << 10, "does not know" }, /* memory */
		{ 512 + 384 + 8, (1U << 30) + 1, "does not know" },
		{ 512 + 384 + 12, 1, "does not know" }, /* its upper half */
	};
	struct image image;

	(void)state;
	store_lived_in(&image);
	argon2.calls = 0;
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		for (int has_sum = 0; has_sum < (refusals[i].value == 2 ? 2 : 1); has_sum++) {
			struct image other = image;
			struct vault *vault = vault_below();

			for (int copy = 0; copy < 2; copy++)
				memcpy(other.file + copy * HEADER_COPY_BYTES + refusals[i].at,
					&refusals[i].value, 4);
			if (!has_sum || refusals[i].at != 16)
				image_sum(&other);
			image_write(&other);
			assert_int_equal(vault_open(vault, fixture_path()), DB_DAMAGED);
			if (!strstr(vault_message(vault), refusals[i].words))
				fail_msg("%zu: %s", refusals[i].at, vault_message(vault));
			vault_free(vault);
		}
	}
	assert_int_equal(argon2.calls, 0);
}

/* One change of a slot that is cut short at every write and sync, torn at several lengths. */
struct change {
	const char *name;
	enum db_status (*run)(struct vault *vault, const struct keys *keys);
	const char *old_password; /* of ben, or NULL: none opens */
	const char *new_password;
};

static enum db_status run_add(struct vault *vault, const struct keys *keys)
{
	return add_person(vault, keys, "ben", "one time");
}

static enum db_status run_change(struct vault *vault, const struct keys *keys)
{
	struct secret *old = secret_of("ben's password");
	struct secret *new = secret_of("ben's next one");
	enum db_status status = vault_slot_change_password(vault, keys, "ben", old, new);

	secret_free(old);
	secret_free(new);
	return status;
}

static enum db_status run_remove(struct vault *vault, const struct keys *keys)
{
	return vault_slot_remove(vault, keys, "ben");
}

static const struct change changes[] = {
	{ "reset", run_add, "ben's password", "one time" },
	{ "passwd", run_change, "ben's password", "ben's next one" },
	{ "remove", run_remove, "ben's password", NULL },
};

static bool opens_with(const char *password)
{
	struct vault *vault = store_opened();
	bool is_open = unlock_at(vault, "ben", password, NOON) == DB_OK;

	vault_free(vault);
	return is_open;
}

/* After the kill: everybody who had a slot has one, ben's is the old or the new one, both copies
   are alike again. */
static void look_after(const struct change *change, enum db_status status, int *out_new)
{
	struct image image;
	char words[1024];
	int64_t sequence;
	bool is_old;

	fault = (struct fault) { .fail_at = 0 };
	if (enter(words, sizeof words, &sequence) != DB_OK)
		fail_msg("%s: %s", change->name, words);
	image_read(&image);
	assert_memory_equal(image.file, image.file + HEADER_COPY_BYTES, HEADER_COPY_BYTES);
	is_old = opens_with(change->old_password);
	assert_true(is_old || !change->new_password || opens_with(change->new_password));
	if (status == DB_OK)
		assert_false(is_old);
	*out_new += !is_old;
}

static void test_killed_between_the_copies(void **state)
{
	static const int torn[] = { -1, 40, 512, 5000, 12288, 16383 };
	struct image image;
	int fired = 0;
	int new = 0;

	(void)state;
	store_lived_in(&image);
	for (size_t i = 0; i < 3 * 6; i++) {
		const struct change *change = &changes[i / 6];
		int stop = 0;

		for (int n = 1; !stop; n++) {
			struct keys *keys;
			struct vault *vault;
			enum db_status status;

			image_write(&image);
			vault = store_entered(&keys);
			fault = (struct fault) {
				.fail_at = n, .torn_bytes = torn[i % 6], .is_dead = true
			};
			status = change->run(vault, keys);
			stop = fault.fired == 0;
			fired += !stop;
			keys_free(keys);
			vault_free(vault);
			look_after(change, status, &new);
		}
	}
	print_message("# %d kills, %d of them after the change held\n", fired, new);
	assert_true(fired >= 60 && new > 0 && new < fired);
}

/* A change that one copy alone holds is durable: killed while the other is healed, it stays. */
static void test_killed_while_healing(void **state)
{
	static const int torn[] = { -1, 40, 5000, 16383 };
	struct image old;
	struct image new;
	struct keys *keys;
	struct vault *vault;
	char words[1024];
	int64_t sequence;
	int fired = 0;

	(void)state;
	store_lived_in(&old);
	vault = store_entered(&keys);
	assert_int_equal(run_change(vault, keys), DB_OK);
	keys_free(keys);
	vault_free(vault);
	image_read(&new);
	for (int i = 0; i < 2 * 4; i++) {
		struct image mixed = new;
		int stop = 0;

		memcpy(mixed.file + i % 2 * HEADER_COPY_BYTES, old.file, HEADER_COPY_BYTES);
		/* The first two calls open the files. */
		for (int n = 3; !stop; n++) {
			image_write(&mixed);
			fault = (struct fault) {
				.fail_at = n, .torn_bytes = torn[i / 2], .is_dead = true
			};
			enter(words, sizeof words, &sequence);
			stop = fault.fired == 0;
			fired += !stop;
			fault = (struct fault) { .fail_at = 0 };
			assert_int_equal(enter(words, sizeof words, &sequence), DB_OK);
			assert_true(is_healed(&new));
		}
	}
	print_message("# %d kills while healing, the newer copy held each time\n", fired);
	assert_true(fired >= 16);
}

/* The lockout part torn: begun anew, nobody shut out. */
static void test_lockout_torn(void **state)
{
	struct image image;
	char words[1024];
	int64_t sequence;
	struct vault *vault;

	(void)state;
	store_lived_in(&image);
	vault = store_opened();
	fault = (struct fault) { .fail_at = 1, .torn_bytes = 3000, .is_dead = true };
	assert_int_equal(unlock_at(vault, "ada", "wrong", NOON), DB_IO);
	assert_int_equal(fault.fired, 1);
	vault_free(vault);
	fault = (struct fault) { .fail_at = 0 };
	assert_int_equal(enter(words, sizeof words, &sequence), DB_OK);
	assert_non_null(strstr(words, "it begins anew"));
	assert_int_equal(enter(words, sizeof words, &sequence), DB_OK);
	assert_string_equal(words, "");
}

/* A record of -head torn: the one before holds, and the next one heals it. */
static void test_head_torn(void **state)
{
	struct head_record record = { .sequence = 5, .generation = 2 };
	struct image image;
	char words[1024];
	int64_t sequence;
	struct keys *keys;
	struct vault *vault;

	(void)state;
	store_lived_in(&image);
	vault = store_entered(&keys);
	fault = (struct fault) { .fail_at = 1, .torn_bytes = 100, .is_dead = true };
	assert_int_equal(vault_head_write(vault, keys, &record), DB_IO);
	assert_int_equal(fault.fired, 1);
	fault = (struct fault) { .fail_at = 0 };
	assert_int_equal(enter(words, sizeof words, &sequence), DB_OK);
	assert_int_equal(sequence, 4);
	assert_non_null(strstr(words, "one of its two records is damaged"));
	assert_int_equal(vault_head_write(vault, keys, &record), DB_OK);
	assert_int_equal(enter(words, sizeof words, &sequence), DB_OK);
	assert_int_equal(sequence, 5);
	assert_string_equal(words, "");
	keys_free(keys);
	vault_free(vault);
}

/* -head of another store, or both records gone: missing, not an error. */
static void test_head_foreign(void **state)
{
	struct image image;
	char words[1024];
	int64_t sequence;

	(void)state;
	store_lived_in(&image);
	image.head[0] ^= 1;
	image.head[512] ^= 1;
	image_write(&image);
	assert_int_equal(enter(words, sizeof words, &sequence), DB_OK);
	assert_int_equal(sequence, -1);
	memset(image.head, 0, sizeof image.head);
	image_write(&image);
	assert_int_equal(enter(words, sizeof words, &sequence), DB_OK);
	assert_int_equal(sequence, -1);
}

/* A box that nobody of this store made is dropped and counted. */
static void test_forged_box(void **state)
{
	struct image image;
	struct lockout *lockout = (struct lockout *)(image.file + AT_LOCKOUT);
	uint8_t stranger[32];
	struct vault_failure failures[VAULT_MOST_FAILURES];
	struct keys *keys;
	struct vault *vault;
	uint64_t lost;
	int count;

	(void)state;
	store_lived_in(&image);
	randombytes_buf(stranger, sizeof stranger);
	stranger[31] &= 0x7f;
	lockout_box(lockout, stranger, "mallory", NOON);
	crypto_generichash(image.file + VAULT_HEADER_BYTES - 32, 32, lockout->bytes,
		LOCKOUT_BYTES - 32, NULL, 0);
	image_write(&image);
	vault = store_entered(&keys);
	assert_int_equal(vault_failures_read(vault, keys, failures, &count, &lost), DB_OK);
	assert_int_equal(count, 2);
	assert_int_equal(lost, 1);
	assert_int_equal(vault_failures_clear(vault, failures, count, lost), DB_OK);
	assert_int_equal(vault_failures_read(vault, keys, failures, &count, &lost), DB_OK);
	assert_int_equal(count, 0);
	assert_int_equal(lost, 0);
	keys_free(keys);
	vault_free(vault);
}

#define VAULT_TEST(name) cmocka_unit_test_teardown(name, fixture_clean)

int main(void)
{
	const struct CMUnitTest tests[] = {
		VAULT_TEST(test_every_seventh_byte_flipped),
		VAULT_TEST(test_both_copies_flipped),
		VAULT_TEST(test_forged_copies),
		VAULT_TEST(test_an_old_copy_put_back),
		VAULT_TEST(test_a_removed_slot_put_back),
		VAULT_TEST(test_forged_while_open),
		VAULT_TEST(test_what_is_not_known_is_refused),
		VAULT_TEST(test_killed_between_the_copies),
		VAULT_TEST(test_killed_while_healing),
		VAULT_TEST(test_lockout_torn),
		VAULT_TEST(test_head_torn),
		VAULT_TEST(test_head_foreign),
		VAULT_TEST(test_forged_box),
	};

	return cmocka_run_group_tests_name("vault damage", tests, fixture_start, fixture_stop);
}
