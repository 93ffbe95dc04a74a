/*
 * Secrets: made, used, cut, wiped; locked in memory or said not to be.
 */
#include "vault_fixture.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void test_take_wipes_the_source(void **state)
{
	char typed[] = "a password";
	const char wiped[sizeof typed] = "";
	struct secret *secret = secret_take(typed, 10);

	(void)state;
	assert_memory_equal(typed, wiped, sizeof wiped);
	assert_int_equal(secret_size(secret), 10);
	assert_memory_equal(secret_read(secret), "a password", 10);
	secret_free(secret);
	secret_free(NULL);
}

static void test_cut_wipes_the_rest(void **state)
{
	struct secret *secret = secret_of("abcdef");
	const uint8_t *bytes = secret_read(secret);

	(void)state;
	secret_cut(secret, 2);
	assert_int_equal(secret_size(secret), 2);
	assert_memory_equal(bytes, "ab\0\0\0\0", 6);
	secret_free(secret);
}

static void test_equal(void **state)
{
	struct secret *a = secret_of("abc");
	struct secret *b = secret_of("abc");
	struct secret *c = secret_of("abd");
	struct secret *d = secret_of("abcd");
	struct secret *empty = secret_new(0);

	(void)state;
	assert_true(secret_is_equal(a, b));
	assert_false(secret_is_equal(a, c));
	assert_false(secret_is_equal(a, d));
	assert_false(secret_is_equal(a, empty));
	secret_free(a);
	secret_free(b);
	secret_free(c);
	secret_free(d);
	secret_free(empty);
}

/* In a child, so that the test's own limits stay. */
static int start_shuts_doors(void)
{
	struct rlimit core;
	mode_t mask;

	/* Becoming nobody has shut it already. */
	if (prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) != 0 || prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 1)
		return 4;
	if (!secret_start() || getrlimit(RLIMIT_CORE, &core) != 0)
		return 1;
	mask = umask(0);
	if (mask != 077 || core.rlim_cur != 0 || core.rlim_max != 0)
		return 2;
	return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : 3;
}

static void test_start_shuts_doors(void **state)
{
	(void)state;
	assert_int_equal(run_as_nobody(start_shuts_doors), 0);
}

static int without_locked_memory(void)
{
	const struct rlimit none = { 0, 0 };
	static uint8_t page[4096];
	struct secret *secret;
	int answer;

	if (!secret_is_locked())
		return 77; /* then the limit below would show nothing */
	if (setrlimit(RLIMIT_MEMLOCK, &none) != 0)
		return 2;
	/* Sanitizers answer for the kernel here, and say yes. */
	if (mlock(page, sizeof page) == 0)
		return 77;
	/* Still made, as sodium_malloc gives it; said not to be locked. */
	secret = secret_of("abc");
	answer = memcmp(secret_read(secret), "abc", 3) == 0 && !secret_is_locked() ? 0 : 3;
	secret_free(secret);
	return answer;
}

/* Trap 25. Root is above the limit, so nobody does it. */
static void test_mlock_is_looked_at(void **state)
{
	int answer = run_as_nobody(without_locked_memory);

	(void)state;
	if (answer == 77) {
		print_message("# nobody may lock any memory here, or nothing stops it\n");
		skip();
	}
	assert_int_equal(answer, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_take_wipes_the_source),
		cmocka_unit_test(test_cut_wipes_the_rest),
		cmocka_unit_test(test_equal),
		cmocka_unit_test(test_start_shuts_doors),
		cmocka_unit_test(test_mlock_is_looked_at),
	};

	return cmocka_run_group_tests_name("secret", tests, fixture_start, fixture_stop);
}
