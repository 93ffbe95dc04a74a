/*
 * What is kept of who is at the desk: read by that person alone, gone when it is
 * dropped and with the person. And what a closed desk leaves of the keys in this
 * process's memory: nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "config.h"
#include "core/desk_private.h"
#include "db/drafts.h"
#include "db/keys.h"
#include "db/people.h"
#include "db/store_private.h"
#include "tests/core/desk_fixture.h"
#include "tests/db/number_of.h"
#include "tests/sanitizer.h"

static struct desk_fixture fixture;

static char *read_draft(enum who who)
{
	struct notice notice = { 0 };
	char *text;

	assert_int_equal(desk_draft_read(fixture.desk[who], &text, &notice), DESK_OK);
	return text;
}

static void keep(enum who who, const char *text)
{
	struct notice notice = { 0 };

	assert_int_equal(desk_draft_keep(fixture.desk[who], text, &notice), DESK_OK);
}

static void test_for_its_author_alone(void **state)
{
	struct notice notice = { 0 };
	struct person casey = { 0 };
	char *text;

	(void)state;
	assert_null(read_draft(CASEY));
	keep(CASEY, "typed");
	keep(CASEY, "typed once more, O'Tést");
	keep(CHRIS, "");
	text = read_draft(CASEY);
	assert_string_equal(text, "typed once more, O'Tést");
	mem_free(text);
	text = read_draft(CHRIS);
	assert_string_equal(text, "");
	mem_free(text);
	/* A colleague's program that asks for the row itself. */
	assert_int_equal(people_load(fixture.desk[SAM]->store, "casey", &casey), DB_OK);
	assert_int_equal(drafts_get(fixture.desk[SAM]->store, casey.id, &text), DB_NONE);
	assert_null(text);
	assert_int_equal(drafts_get(fixture.desk[ADA]->store, casey.id, &text), DB_NONE);
	assert_null(text);
	person_clear(&casey);
	/* Nor does the row show what it holds, or the desk hand it to anybody. */
	assert_int_equal(number_of(fixture.desk[SAM]->store->db,
				 "SELECT count(*) FROM drafts WHERE "
				 "instr(sealed, CAST('typed once' AS BLOB)) > 0"),
		0);
	for (enum who who = CHRIS; who < PEOPLE; who++) {
		text = read_draft(who);
		assert_true(!text || !strstr(text, "typed"));
		mem_free(text);
	}
	assert_int_equal(desk_draft_drop(fixture.desk[CASEY], &notice), DESK_OK);
	assert_null(read_draft(CASEY));
}

static int64_t drafts_count(void)
{
	return number_of(fixture.desk[SAM]->store->db, "SELECT count(*) FROM drafts");
}

static void test_gone_with_the_person(void **state)
{
	struct notice notice = { 0 };
	int64_t before = drafts_count();
	const struct desk_renewal renewal = { .name = "robin" };
	struct secret *made;
	char *work;

	(void)state;
	keep(SASHA, "half a sentence");
	assert_int_equal(drafts_count(), before + 1);
	assert_int_equal(desk_user_disable(fixture.desk[ADA], "sasha", &work, &notice), DESK_OK);
	mem_free(work);
	assert_int_equal(drafts_count(), before);
	/* New keys would not open it: it goes with the old ones. */
	keep(ROBIN, "half a sentence");
	assert_int_equal(drafts_count(), before + 1);
	assert_int_equal(desk_user_renew(fixture.desk[ADA], &renewal, &made, &notice), DESK_OK);
	secret_free(made);
	assert_int_equal(drafts_count(), before);
}

/* Who is disabled, or has a one-time password, keeps nothing and is given nothing. */
static void test_not_for_who_is_out(void **state)
{
	static const enum who out[] = { SASHA, ROBIN };
	struct notice notice = { 0 };
	char *text;

	(void)state;
	for (size_t i = 0; i < sizeof(out) / sizeof(out[0]); i++) {
		struct desk *desk = fixture.desk[out[i]];

		assert_int_equal(desk_draft_keep(desk, "typed", &notice), DESK_LOCKED);
		assert_int_equal(desk_draft_read(desk, &text, &notice), DESK_LOCKED);
		assert_null(text);
		assert_int_equal(desk_draft_drop(desk, &notice), DESK_LOCKED);
	}
}

/* Minutes are configure's, from 5 to 15; a demo alone takes seconds, no more than those. */
static void test_minutes(void **state)
{
	static const struct {
		const char *wanted;
		int seconds;
	} cases[] = { { NULL, LOCK_MINUTES * 60 }, { "4", 4 }, { "900", 900 },
		{ "901", LOCK_MINUTES * 60 }, { "0", LOCK_MINUTES * 60 },
		{ "-5", LOCK_MINUTES * 60 }, { "soon", LOCK_MINUTES * 60 } };
	_Static_assert(LOCK_MINUTES >= 5 && LOCK_MINUTES <= 15, "as interface.md has it");

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (cases[i].wanted)
			assert_int_equal(setenv("TRACEDESK_LOCK_SECONDS", cases[i].wanted, 1), 0);
		assert_int_equal(desk_lock_seconds(fixture.desk[SAM]), cases[i].seconds);
	}
	assert_int_equal(unsetenv("TRACEDESK_LOCK_SECONDS"), 0);
}

enum { TURNED = 0xa5 };

/* A key, with bits turned so that keeping it here is not finding it. */
struct turned {
	const char *name;
	uint8_t bytes[32];
};

static void turn(struct turned *turned, const char *name, const uint8_t *key)
{
	turned->name = name;
	for (size_t i = 0; i < sizeof(turned->bytes); i++)
		turned->bytes[i] = (uint8_t)(key[i] ^ TURNED);
}

/* In place, so that looking makes no copies. */
static long search_area(const volatile uint8_t *from, size_t size, const struct turned *key)
{
	long count = 0;

	for (size_t at = 0; at + sizeof(key->bytes) <= size; at++) {
		size_t i = 0;

		while (i < sizeof(key->bytes) && (from[at + i] ^ TURNED) == key->bytes[i])
			i++;
		count += i == sizeof(key->bytes);
	}
	return count;
}

static long search(const struct turned *key)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	uintmax_t from, to;
	char rights[5], line[512];
	long count = 0;

	assert_non_null(maps);
	while (fgets(line, sizeof(line), maps))
		if (sscanf(line, "%jx-%jx %4s", &from, &to, rights) == 3 &&
			strncmp(rights, "rw", 2) == 0 && !strstr(line, "[v"))
			count += search_area((const volatile uint8_t *)(uintptr_t)from,
				(size_t)(to - from), key);
	assert_int_equal(fclose(maps), 0);
	return count;
}

static void test_keys_are_wiped(void **state)
{
	enum { KEYS = 4 };
	struct turned keys[KEYS];
	const struct store *store = fixture.desk[CHRIS]->store;

	(void)state;
	if (HAS_SANITIZER) {
		print_message("# its allocator keeps what is freed as it was\n");
		skip();
	}
	for (enum who who = 0; who < PEOPLE; who++) {
		if (who == CHRIS)
			continue;
		desk_close(fixture.desk[who]);
		fixture.desk[who] = NULL;
	}
	turn(&keys[0], "master key", secret_read(store->master));
	turn(&keys[1], "page key", keys_subkey(store->keys, SUBKEY_PAGE));
	turn(&keys[2], "log key", keys_subkey(store->keys, SUBKEY_LOG));
	turn(&keys[3], "signing key", secret_read(store->sign_key));
	for (size_t i = 0; i < KEYS; i++)
		assert_true(search(&keys[i]) > 0);
	desk_close(fixture.desk[CHRIS]);
	fixture.desk[CHRIS] = NULL;
	for (size_t i = 0; i < KEYS; i++) {
		long left = search(&keys[i]);

		print_message("# %s: %ld times in memory after closing\n", keys[i].name, left);
		assert_int_equal(left, 0);
	}
}

static int make(void **state)
{
	(void)state;
	fixture_make(&fixture);
	for (enum who who = 0; who < PEOPLE; who++)
		fixture_enter(&fixture, who);
	return 0;
}

static int done(void **state)
{
	(void)state;
	fixture_done(&fixture);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_for_its_author_alone),
		cmocka_unit_test(test_gone_with_the_person),
		cmocka_unit_test(test_not_for_who_is_out),
		cmocka_unit_test(test_minutes),
		cmocka_unit_test(test_keys_are_wiped),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("drafts", tests, make, done);
}
