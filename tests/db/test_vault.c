/*
 * The vault in good health: passwords taken and refused, lock-outs, slots,
 * the recovery code and failed log-ins for the trail.
 */
#include "vault_fixture.h"

#include <sodium.h>
#include <sys/resource.h>
#include <unistd.h>

#include "db/recovery_code.h"
#include "db/vault_private.h"

static void test_made_and_unlocked(void **state)
{
	struct keys *keys;
	struct vault *vault;
	struct vault_person person;

	(void)state;
	store_made(&keys, NULL);
	vault = store_opened();
	assert_int_equal(vault_kind(vault), STORE_DEMO);
	assert_int_equal(vault_cost(vault).memory_bytes, 8 << 20);
	assert_int_equal(vault_cost(vault).passes, 1);
	assert_int_equal(vault_slots_used(vault), 2);
	assert_int_equal(vault_generation(vault), 1);
	assert_memory_equal(vault_file_id(vault), keys_file_id(keys), FILE_ID_BYTES);
	assert_int_equal(unlock(vault, "Ada", "first password", &person), DB_OK);
	keys_free(keys);
	keys = keys_new(person.master, vault_file_id(vault));
	assert_int_equal(vault_verify(vault, keys), DB_OK);
	assert_string_equal(vault_warning(vault), "");
	assert_memory_equal(
		person.sign_public, secret_read(person.sign_key) + 32, sizeof person.sign_public);
	vault_person_clear(&person);
	keys_free(keys);
	vault_free(vault);
}

/* Neither of who has a slot nor of who tried to get in. */
static void test_no_name_in_clear(void **state)
{
	static const char *const names[] = { "ada", "Ada", "Benedict", "benedict", "Quillfeather",
		"quillfeather" };
	struct image image;
	struct keys *keys;
	struct vault *vault;

	(void)state;
	store_made(NULL, NULL);
	vault = store_entered(&keys);
	assert_int_equal(add_person(vault, keys, "Benedict", "his password"), DB_OK);
	assert_int_equal(unlock_at(vault, "Benedict", "wrong", NOON), DB_LOCKED);
	assert_int_equal(unlock_at(vault, "Quillfeather", "wrong", NOON), DB_LOCKED);
	image_read(&image);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_null(memmem(&image, sizeof image, names[i], strlen(names[i])));
	keys_free(keys);
	vault_free(vault);
}

/* What is guessed for one slot serves for no other one, nor for one of the next password; two
   stores have no key, and no two people a seed, in common. */
static void test_salts_and_keys_are_fresh(void **state)
{
	struct slot slots[4];
	struct keys *other, *keys;
	struct vault *vault;
	struct secret *password = secret_of("first password");

	store_made(&other, NULL);
	assert_int_equal(fixture_clean(state), 0);
	store_made(NULL, NULL);
	vault = store_entered(&keys);
	assert_memory_not_equal(
		keys_subkey(other, SUBKEY_PAGE), keys_subkey(keys, SUBKEY_PAGE), 32);
	assert_int_equal(add_person(vault, keys, "ben", "first password"), DB_OK);
	for (int i = 0; i < 3; i++)
		slot_read(&slots[i], header_slot(&vault->header, i));
	assert_int_equal(vault_slot_change_password(vault, keys, "ada", password, password), DB_OK);
	slot_read(&slots[3], header_slot(&vault->header, 1));
	for (int i = 0; i < 4; i++)
		for (int j = 0; j < i; j++) {
			assert_memory_not_equal(slots[i].kdf_salt, slots[j].kdf_salt, 16);
			if (i == 3 && j == 1)
				continue;
			assert_memory_not_equal(slots[i].id_salt, slots[j].id_salt, 16);
			assert_memory_not_equal(slots[i].public_key, slots[j].public_key, 32);
		}
	secret_free(password);
	keys_free(other);
	keys_free(keys);
	vault_free(vault);
}

/* The same words and the same work for a wrong password and for a name that nobody has. */
static void test_wrong_and_unknown_are_alike(void **state)
{
	struct vault *vault;
	struct argon2 wrong;
	char words[256];

	(void)state;
	store_made(NULL, NULL);
	vault = store_opened();
	argon2.calls = 0;
	assert_int_equal(unlock_at(vault, "ada", "another password", NOON), DB_LOCKED);
	snprintf(words, sizeof words, "%s", vault_message(vault));
	wrong = argon2;
	argon2.calls = 0;
	fault.calls = 0;
	assert_int_equal(unlock_at(vault, "nobody.here", "another password", NOON), DB_LOCKED);
	assert_string_equal(vault_message(vault), words);
	assert_int_equal(wrong.calls, 1);
	assert_int_equal(argon2.calls, 1);
	assert_int_equal(argon2.cost.memory_bytes, wrong.cost.memory_bytes);
	assert_int_equal(argon2.cost.passes, wrong.cost.passes);
	assert_int_equal(fault.calls, 2); /* one write, one sync: its box */
	print_message("# %s\n", words);
	vault_free(vault);
}

static void test_five_wrong_lock_for_15_minutes(void **state)
{
	const int64_t until = NOON + 4 + 15 * 60;
	struct vault *vault;

	(void)state;
	store_made(NULL, NULL);
	vault = store_opened();
	for (int i = 0; i < 5; i++)
		assert_int_equal(unlock_at(vault, "ada", "wrong", NOON + i), DB_LOCKED);
	argon2.calls = 0;
	assert_int_equal(unlock_at(vault, "ada", "first password", NOON + 5), DB_LOCKED);
	assert_non_null(strstr(vault_message(vault), "locked out"));
	print_message("# %s\n", vault_message(vault));
	assert_int_equal(unlock_at(vault, "ada", "first password", until - 1), DB_LOCKED);
	assert_int_equal(argon2.calls, 0);
	/* Another vault reads it from the file. */
	vault_free(vault);
	vault = store_opened();
	assert_int_equal(unlock_at(vault, "ada", "first password", until - 1), DB_LOCKED);
	assert_int_equal(unlock_at(vault, "ada", "first password", until), DB_OK);
	vault_free(vault);
}

/* A lock that ends later than any lock can: the clock was wrong when it was set. */
static void test_a_wrong_clock_locks_nobody_out(void **state)
{
	struct vault *vault;

	(void)state;
	store_made(NULL, NULL);
	vault = store_opened();
	for (int i = 0; i < 5; i++)
		assert_int_equal(unlock_at(vault, "ada", "wrong", NOON), DB_LOCKED);
	assert_int_equal(unlock_at(vault, "ada", "first password", NOON - 1), DB_OK);
	vault_free(vault);
}

static void test_a_right_one_resets_the_count(void **state)
{
	struct vault *vault;

	(void)state;
	store_made(NULL, NULL);
	vault = store_opened();
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 4; i++)
			assert_int_equal(unlock_at(vault, "ada", "wrong", NOON), DB_LOCKED);
		assert_int_equal(unlock_at(vault, "ada", "first password", NOON), DB_OK);
	}
	vault_free(vault);
}

/* 0: the memory was refused, and that was said. */
static int derive_without_memory(void)
{
	struct report report = { .message = "" };
	struct secret *password = secret_of("first password");
	struct secret *derived = NULL;
	struct slot slot;
	struct rlimit limit;
	long pages = 0;
	FILE *size = fopen("/proc/self/statm", "r");
	enum db_status status;

	if (!size || fscanf(size, "%ld", &pages) != 1)
		return 1;
	fclose(size);
	limit.rlim_cur = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + (256ULL << 20);
	limit.rlim_max = limit.rlim_cur;
	slot_init(&slot, SLOT_PERSON, "ada");
	slot.cost = (struct store_cost) { 1ULL << 30, 1 };
	if (setrlimit(RLIMIT_AS, &limit) != 0)
		return 2;
	status = __real_slot_derive(&slot, password, &report, &derived);
	secret_free(password);
	return status == DB_BUSY && !derived && strstr(report.message, "not enough free memory")
		       ? 0
		       : 3;
}

/* Trap 26: no memory is not a wrong password, and is not counted as one. */
static void test_no_memory_for_argon2(void **state)
{
	struct keys *keys;
	struct vault *vault;
	struct vault_failure failures[VAULT_MOST_FAILURES];
	uint64_t lost;
	int count;

	(void)state;
	assert_int_equal(run_as_nobody(derive_without_memory), 0);
	store_made(NULL, NULL);
	vault = store_entered(&keys);
	argon2.fails = true;
	for (int i = 0; i < 6; i++)
		assert_int_equal(unlock_at(vault, "ada", "first password", NOON), DB_BUSY);
	argon2.fails = false;
	assert_int_equal(unlock_at(vault, "ada", "first password", NOON), DB_OK);
	assert_int_equal(vault_failures_read(vault, keys, failures, &count, &lost), DB_OK);
	assert_int_equal(count, 0);
	keys_free(keys);
	vault_free(vault);
}

static void test_recovery_code_opens(void **state)
{
	struct secret *code;
	struct secret *other;
	struct keys *keys;
	struct vault *vault;
	struct vault_person person;

	(void)state;
	store_made(&keys, &code);
	vault = store_opened();
	assert_int_equal(vault_recover(vault, code, &person), DB_OK);
	keys_free(keys);
	keys = keys_new(person.master, vault_file_id(vault));
	assert_int_equal(vault_verify(vault, keys), DB_OK);
	vault_person_clear(&person);
	other = secret_new(RECOVERY_SEED_BYTES);
	secret_free(code);
	code = recovery_code_text(other);
	assert_int_equal(vault_recover(vault, code, &person), DB_LOCKED);
	assert_non_null(strstr(vault_message(vault), "not this store's"));
	secret_free(other);
	secret_free(code);
	keys_free(keys);
	vault_free(vault);
}

/* As people type: small letters, blanks, O and L for 0 and 1. */
static struct secret *typed(const struct secret *code)
{
	char text[256];
	size_t size = 0;

	for (size_t i = 0; i < secret_size(code); i++) {
		char letter = (char)secret_read(code)[i];

		if (letter >= 'A' && letter <= 'Z')
			letter = (char)(letter - 'A' + 'a');
		if (letter == '0')
			letter = i % 2 ? 'o' : 'O';
		if (letter == '1')
			letter = "iIlL"[i % 4];
		if (letter != '-')
			text[size++] = letter;
		if (i % 7 == 0)
			text[size++] = " \t\n-"[i % 4];
	}
	return secret_take(text, size);
}

static void test_recovery_code_is_forgiving(void **state)
{
	struct report report = { .message = "" };

	(void)state;
	for (int i = 0; i < 200; i++) {
		struct secret *seed = secret_new(RECOVERY_SEED_BYTES);
		struct secret *code;
		struct secret *as_typed;
		struct secret *back;

		if (i > 0)
			randombytes_buf(secret_bytes(seed), RECOVERY_SEED_BYTES);
		code = recovery_code_text(seed);
		assert_int_equal(secret_size(code), RECOVERY_CODE_LENGTH);
		assert_int_equal(strlen((const char *)secret_read(code)), RECOVERY_CODE_LENGTH);
		as_typed = typed(code);
		assert_int_equal(recovery_code_read(as_typed, &report, &back), DB_OK);
		assert_true(secret_is_equal(seed, back));
		secret_free(as_typed);
		secret_free(back);
		secret_free(code);
		secret_free(seed);
	}
}

/* Every wrong character and every pair of neighbours swapped is found, in its group. */
static void test_recovery_code_finds_mistakes(void **state)
{
	static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	struct report report = { .message = "" };
	struct secret *seed = secret_new(RECOVERY_SEED_BYTES);
	struct secret *code;
	struct secret *back;
	int tried = 0;

	(void)state;
	randombytes_buf(secret_bytes(seed), RECOVERY_SEED_BYTES);
	code = recovery_code_text(seed);
	for (size_t i = 0; i < secret_size(code); i++) {
		uint8_t *place = secret_bytes(code) + i;
		uint8_t right = *place;

		for (size_t j = 0; j < 32 && right != '-'; j++) {
			*place = (uint8_t)letters[j];
			if (*place == right)
				continue;
			assert_int_equal(recovery_code_read(code, &report, &back), DB_LOCKED);
			assert_non_null(strstr(report.message, "mistyped"));
			tried++;
		}
		*place = right;
		if (i + 1 == secret_size(code) || right == '-' || place[1] == '-' ||
			place[1] == right)
			continue;
		*place = place[1];
		place[1] = right;
		assert_int_equal(recovery_code_read(code, &report, &back), DB_LOCKED);
		place[1] = *place;
		*place = right;
		tried++;
	}
	secret_cut(code, secret_size(code) - 1);
	assert_int_equal(recovery_code_read(code, &report, &back), DB_LOCKED);
	print_message("# %d mistakes found; %s\n", tried, report.message);
	secret_free(code);
	secret_free(seed);
}

static void test_slots_come_change_and_go(void **state)
{
	struct keys *keys;
	struct vault *vault;
	struct vault *other;
	struct secret *old = secret_of("ben's password");
	struct secret *new = secret_of("ben's next one");
	uint64_t generation;

	(void)state;
	store_made(NULL, NULL);
	vault = store_entered(&keys);
	other = store_opened(); /* its header is then out of date */
	assert_int_equal(add_person(vault, keys, "ben", "ben's password"), DB_OK);
	assert_int_equal(vault_slots_used(vault), 3);
	generation = vault_generation(vault);
	assert_int_equal(generation, 2);
	assert_int_equal(unlock_at(other, "BEN", "ben's password", NOON), DB_OK);
	assert_int_equal(vault_slot_change_password(vault, keys, "ben", new, old), DB_LOCKED);
	assert_int_equal(vault_slot_change_password(vault, keys, "eve", old, new), DB_NONE);
	assert_int_equal(vault_slot_change_password(vault, keys, "Ben", old, new), DB_OK);
	assert_int_equal(unlock_at(other, "ben", "ben's password", NOON), DB_LOCKED);
	assert_int_equal(unlock_at(other, "ben", "ben's next one", NOON), DB_OK);
	/* Given anew by an administrator: the same slot, other keys. */
	assert_int_equal(add_person(vault, keys, "ben", "one time"), DB_OK);
	assert_int_equal(vault_slots_used(vault), 3);
	assert_int_equal(unlock_at(other, "ben", "ben's next one", NOON), DB_LOCKED);
	assert_int_equal(unlock_at(other, "ben", "one time", NOON), DB_OK);
	assert_int_equal(vault_slot_remove(vault, keys, "ben"), DB_OK);
	assert_int_equal(vault_slot_remove(vault, keys, "ben"), DB_NONE);
	assert_int_equal(unlock_at(other, "ben", "one time", NOON), DB_LOCKED);
	assert_int_equal(vault_generation(vault), generation + 3);
	/* The turnstile brings the other one up to date. */
	assert_int_equal(vault_turn_take(other), DB_OK);
	assert_int_equal(vault_generation(other), generation + 3);
	vault_turn_give(other);
	secret_free(old);
	secret_free(new);
	keys_free(keys);
	vault_free(other);
	vault_free(vault);
}

static void test_new_slot_ends_a_lock_out(void **state)
{
	struct keys *keys;
	struct vault *vault;

	(void)state;
	store_made(NULL, NULL);
	vault = store_entered(&keys);
	assert_int_equal(add_person(vault, keys, "ben", "ben's password"), DB_OK);
	for (int i = 0; i < 6; i++)
		assert_int_equal(unlock_at(vault, "ben", "wrong", NOON), DB_LOCKED);
	assert_non_null(strstr(vault_message(vault), "locked out"));
	assert_int_equal(add_person(vault, keys, "ben", "one time"), DB_OK);
	assert_int_equal(unlock_at(vault, "ben", "one time", NOON), DB_OK);
	keys_free(keys);
	vault_free(vault);
}

static void test_forty_slots(void **state)
{
	struct keys *keys;
	struct vault *vault;
	char name[32];

	(void)state;
	store_made(NULL, NULL);
	vault = store_entered(&keys);
	for (int i = 2; i < STORE_SLOTS; i++) {
		snprintf(name, sizeof name, "person%d", i);
		assert_int_equal(add_person(vault, keys, name, "a password"), DB_OK);
	}
	assert_int_equal(vault_slots_used(vault), STORE_SLOTS);
	assert_int_equal(add_person(vault, keys, "late", "a password"), DB_REFUSED);
	print_message("# %s\n", vault_message(vault));
	assert_non_null(strstr(vault_message(vault), "all 40 key slots are taken"));
	/* Room again, and whoever has a slot keeps it. */
	assert_int_equal(add_person(vault, keys, "person7", "another one"), DB_OK);
	assert_int_equal(vault_slot_remove(vault, keys, "person9"), DB_OK);
	assert_int_equal(add_person(vault, keys, "late", "a password"), DB_OK);
	assert_int_equal(unlock_at(vault, "person39", "a password", NOON), DB_OK);
	assert_int_equal(unlock_at(vault, "person7", "another one", NOON), DB_OK);
	assert_int_equal(unlock_at(vault, "late", "a password", NOON), DB_OK);
	keys_free(keys);
	vault_free(vault);
}

static void test_failures_for_the_trail(void **state)
{
	const char longest[] = "a.name.of.exactly.sixty.four.bytes.that.somebody.typed.into.it..";
	struct keys *keys;
	struct vault *vault;
	struct vault_failure failures[VAULT_MOST_FAILURES];
	uint64_t lost;
	int count;

	(void)state;
	store_made(NULL, NULL);
	vault = store_entered(&keys);
	assert_int_equal(vault_failures_read(vault, keys, failures, &count, &lost), DB_OK);
	assert_int_equal(count, 0);
	unlock_at(vault, "ada", "wrong", NOON);
	unlock_at(vault, longest, "wrong", NOON + 1);
	unlock_at(vault, "a.name.too.long.a.name.too.long.a.name.too.long.a.name.too.long.end",
		"wrong", NOON + 2);
	assert_int_equal(vault_failures_read(vault, keys, failures, &count, &lost), DB_OK);
	assert_int_equal(count, 3);
	assert_int_equal(lost, 0);
	assert_string_equal(failures[0].name, "ada");
	assert_int_equal(failures[0].time, NOON);
	assert_string_equal(failures[1].name, longest);
	assert_int_equal(strlen(failures[2].name), NAME_SIZE - 1);
	/* One that came after the reading stays. */
	unlock_at(vault, "ben", "wrong", NOON + 3);
	assert_int_equal(vault_failures_clear(vault, failures, count, lost), DB_OK);
	assert_int_equal(vault_failures_read(vault, keys, failures, &count, &lost), DB_OK);
	assert_int_equal(count, 1);
	assert_string_equal(failures[0].name, "ben");
	keys_free(keys);
	vault_free(vault);
}

static void test_ring_counts_what_it_loses(void **state)
{
	struct keys *keys;
	struct vault *vault;
	struct vault_failure failures[VAULT_MOST_FAILURES];
	char name[32];
	uint64_t lost;
	int count;

	(void)state;
	store_made(NULL, NULL);
	vault = store_entered(&keys);
	for (int i = 0; i < 40; i++) {
		snprintf(name, sizeof name, "guess%d", i);
		unlock_at(vault, name, "wrong", NOON + i);
	}
	assert_int_equal(vault_failures_read(vault, keys, failures, &count, &lost), DB_OK);
	assert_int_equal(count, VAULT_MOST_FAILURES);
	assert_int_equal(lost, 40 - VAULT_MOST_FAILURES);
	for (int i = 0; i < count; i++)
		assert_int_equal(failures[i].time, NOON + 8 + i);
	unlock_at(vault, "guess40", "wrong", NOON + 40);
	assert_int_equal(vault_failures_clear(vault, failures, count, lost), DB_OK);
	assert_int_equal(vault_failures_read(vault, keys, failures, &count, &lost), DB_OK);
	assert_int_equal(count, 1);
	assert_int_equal(lost, 1); /* the one that guess40 took the place of */
	keys_free(keys);
	vault_free(vault);
}

#define VAULT_TEST(name) cmocka_unit_test_teardown(name, fixture_clean)

static void test_a_log_in_waits_for_two_others(void **state)
{
	struct report report = { .message = "" };
	struct turnstile others[2];
	char head[128];
	struct vault *vault;

	(void)state;
	store_made(NULL, NULL);
	snprintf(head, sizeof head, "%s-head", fixture_path());
	for (int i = 0; i < 2; i++) {
		assert_int_equal(turnstile_open(&others[i], head, &report), DB_OK);
		assert_int_equal(turnstile_guess_begin(&others[i]), DB_OK);
	}
	vault = store_opened();
	vault->turnstile.wait_ms = 50;
	argon2.calls = 0;
	assert_int_equal(unlock_at(vault, "ada", "first password", NOON), DB_BUSY);
	assert_int_equal(argon2.calls, 0);
	turnstile_close(&others[0]);
	assert_int_equal(unlock_at(vault, "ada", "first password", NOON), DB_OK);
	turnstile_close(&others[1]);
	vault_free(vault);
}

/* A sealed seed opens for its desk and its name, under the one key it was sealed with. */
static void test_a_seed_is_bound(void **state)
{
	static const uint8_t desk[16] = { 1 }, other_desk[16] = { 2 };
	struct secret *derived = secret_new(SLOT_DERIVED_BYTES);
	struct secret *seed = secret_new(SLOT_SEED_BYTES);
	struct secret *opened = NULL;
	struct slot slot, changed;

	(void)state;
	slot_init(&slot, SLOT_PERSON, "ada");
	slot_seal_seed(&slot, desk, derived, seed);
	assert_true(slot_open_seed(&slot, desk, derived, &opened));
	secret_free(opened);
	assert_false(slot_open_seed(&slot, other_desk, derived, &opened));
	changed = slot;
	changed.commitment[0] ^= 1;
	assert_false(slot_open_seed(&changed, desk, derived, &opened));
	changed = slot;
	changed.id[0] ^= 1;
	assert_false(slot_open_seed(&changed, desk, derived, &opened));
	changed = slot;
	changed.sealed[SEAL_NONCE_BYTES] ^= 1;
	assert_false(slot_open_seed(&changed, desk, derived, &opened));
	secret_free(derived);
	secret_free(seed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		VAULT_TEST(test_made_and_unlocked),
		VAULT_TEST(test_no_name_in_clear),
		VAULT_TEST(test_salts_and_keys_are_fresh),
		VAULT_TEST(test_wrong_and_unknown_are_alike),
		VAULT_TEST(test_five_wrong_lock_for_15_minutes),
		VAULT_TEST(test_a_wrong_clock_locks_nobody_out),
		VAULT_TEST(test_a_right_one_resets_the_count),
		VAULT_TEST(test_a_log_in_waits_for_two_others),
		VAULT_TEST(test_a_seed_is_bound),
		VAULT_TEST(test_no_memory_for_argon2),
		VAULT_TEST(test_recovery_code_opens),
		VAULT_TEST(test_recovery_code_is_forgiving),
		VAULT_TEST(test_recovery_code_finds_mistakes),
		VAULT_TEST(test_slots_come_change_and_go),
		VAULT_TEST(test_new_slot_ends_a_lock_out),
		VAULT_TEST(test_forty_slots),
		VAULT_TEST(test_failures_for_the_trail),
		VAULT_TEST(test_ring_counts_what_it_loses),
	};

	return cmocka_run_group_tests_name("vault", tests, fixture_start, fixture_stop);
}
