/*
 * Seals: what was sealed opens where it belongs and nowhere else. The form on
 * disk is put together here once more with libsodium alone.
 */
#include "rig.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/random.h"

static void fill(uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)rig_random(256);
}

static void test_page(void **state)
{
	struct keys *keys = rig_keys(1), *other = rig_keys(2);
	uint8_t plain[4096], sealed[4096], again[4096], back[4096];
	int refused = 0;

	(void)state;
	fill(plain, sizeof(plain));
	page_seal(keys, 7, plain, sealed);
	page_seal(keys, 7, plain, again);
	assert_memory_not_equal(sealed, again, 4056);
	assert_true(page_open(keys, 7, sealed, back));
	assert_true(page_verify(keys, 7, sealed));
	assert_false(page_verify(keys, 8, sealed));
	assert_memory_equal(plain, back, 4056);
	for (size_t i = 4056; i < 4096; i++)
		assert_int_equal(back[i], 0);
	assert_false(page_open(keys, 8, sealed, back));
	assert_false(page_open(keys, 7 << 8, sealed, back));
	assert_false(page_open(other, 7, sealed, back));
	for (size_t i = 0; i < 4096; i++) {
		sealed[i] ^= (uint8_t)(1 << rig_random(8));
		refused += !page_open(keys, 7, sealed, back) && !page_verify(keys, 7, sealed);
		for (size_t j = 0; j < 4096; j += 500)
			assert_int_equal(back[j], 0);
		page_seal(keys, 7, plain, sealed);
	}
	print_message("# %d of 4096 flipped bytes refused\n", refused);
	assert_int_equal(refused, 4096);
	memset(sealed, 0, sizeof(sealed));
	assert_false(page_open(keys, 7, sealed, back));
	keys_free(keys);
	keys_free(other);
}

static void test_page_in_place(void **state)
{
	struct keys *keys = rig_keys(1);
	uint8_t plain[4096], page[4096];

	(void)state;
	fill(plain, sizeof(plain));
	memcpy(page, plain, sizeof(page));
	page_seal(keys, 3, page, page);
	assert_true(page_open(keys, 3, page, page));
	assert_memory_equal(plain, page, 4056);
	keys_free(keys);
}

static void test_log(void **state)
{
	struct keys *keys = rig_keys(1);
	uint8_t tag[16], tag_other[16], plain[64], sealed[104], back[64];
	struct log_place place = { 5, tag };

	(void)state;
	fill(tag, sizeof(tag));
	memcpy(tag_other, tag, sizeof(tag));
	tag_other[15] ^= 1;
	fill(plain, sizeof(plain));
	log_seal(keys, place, plain, 64, sealed);
	assert_true(log_open(keys, place, sealed, 64, back));
	assert_memory_equal(plain, back, 64);
	assert_false(log_open(keys, (struct log_place) { 6, tag }, sealed, 64, back));
	assert_false(log_open(keys, (struct log_place) { 5, tag_other }, sealed, 64, back));
	assert_false(log_open(keys, (struct log_place) { 5, NULL }, sealed, 64, back));
	for (size_t i = 0; i < sizeof(sealed); i++) {
		sealed[i] ^= 1;
		assert_false(log_open(keys, place, sealed, 64, back));
		sealed[i] ^= 1;
	}
	keys_free(keys);
}

/* The format, from its description. */
static void test_form(void **state)
{
	uint8_t master[32], key[32], place[36], plain[4096], sealed[4096], back[64];
	struct keys *keys = rig_keys(1);

	(void)state;
	memset(master, 0x41, sizeof(master));
	memset(place, 1, 16);
	memcpy(place + 16, "\x04\x03\x02\x01", 4);
	fill(plain, sizeof(plain));
	fill(sealed, sizeof(sealed));
	assert_int_equal(crypto_kdf_derive_from_key(key, 32, 1, "tdkstore", master), 0);
	crypto_aead_xchacha20poly1305_ietf_encrypt_detached(
		sealed, sealed + 4056 + 24, NULL, plain, 4056, place, 20, NULL, sealed + 4056, key);
	assert_true(page_open(keys, 0x01020304, sealed, sealed));
	assert_memory_equal(plain, sealed, 4056);
	assert_int_equal(crypto_kdf_derive_from_key(key, 32, 2, "tdkstore", master), 0);
	memcpy(place + 20, plain, 16);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
		sealed + 24, NULL, plain, 64, place, 36, NULL, sealed, key);
	assert_true(log_open(keys, (struct log_place) { 0x01020304, plain }, sealed, 64, back));
	assert_memory_equal(plain, back, 64);
	for (uint64_t which = SUBKEY_PAGE; which <= SUBKEY_WITNESS; which++) {
		crypto_kdf_derive_from_key(key, 32, which, "tdkstore", master);
		assert_memory_equal(keys_subkey(keys, (enum subkey)which), key, 32);
	}
	keys_free(keys);
}

struct nonce {
	uint8_t bytes[24];
};

/* What is sealed twice has a nonce of its own each time, and none that tells of what it holds. */
static void test_fresh_nonces(void **state)
{
	struct keys *keys = rig_keys(1);
	uint8_t plain[4096], page[2][4096], head[2][104];

	(void)state;
	fill(plain, sizeof(plain));
	for (int i = 0; i < 2; i++) {
		page_seal(keys, 1, plain, page[i]);
		log_seal(keys, (struct log_place) { 1, NULL }, plain, 64, head[i]);
		assert_null(memmem(plain, sizeof(plain), page[i] + 4056, 8));
		assert_null(memmem(plain, sizeof(plain), head[i], 8));
	}
	assert_memory_not_equal(page[0] + 4056, page[1] + 4056, 24);
	assert_memory_not_equal(head[0], head[1], 24);
	assert_memory_not_equal(page[0] + 4056, head[0], 24);
	keys_free(keys);
}

static int compare(const void *a, const void *b)
{
	return memcmp(a, b, 24);
}

/* Nonces of this process and of a child that took over the same batch. */
static void test_nonces(void **state)
{
	enum { EACH = 1000 };
	static struct nonce nonces[3 * EACH];
	int ends[2], status;
	pid_t child;

	(void)state;
	for (int i = 0; i < EACH; i++)
		random_nonce(nonces[i].bytes, 24);
	assert_int_equal(pipe(ends), 0);
	child = fork();
	for (int i = EACH; i < 2 * EACH; i++)
		random_nonce(nonces[i].bytes, 24);
	if (child == 0)
		_exit(write(ends[1], nonces + EACH, EACH * 24) != EACH * 24);
	for (int got = 0; got < EACH * 24;) {
		ssize_t part = read(
			ends[0], (uint8_t *)(nonces + 2 * EACH) + got, (size_t)(EACH * 24 - got));

		assert_true(part > 0);
		got += (int)part;
	}
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
	qsort(nonces, 3 * EACH, 24, compare);
	for (int i = 1; i < 3 * EACH; i++)
		assert_memory_not_equal(nonces + i - 1, nonces + i, 24);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page),
		cmocka_unit_test(test_page_in_place),
		cmocka_unit_test(test_log),
		cmocka_unit_test(test_form),
		cmocka_unit_test(test_fresh_nonces),
		cmocka_unit_test(test_nonces),
	};

	return cmocka_run_group_tests_name("seals", tests, rig_start, NULL);
}
