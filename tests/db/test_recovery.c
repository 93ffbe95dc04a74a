/*
 * The recovery code's events, given to both verifiers: honest ones, begun twice
 * by one who was killed in between, and what a forger would make of them.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "both_proofs.h"
#include "db/events.h"
#include "db/people.h"
#include "db/verify.h"
#include "trail_rig.h"

static void run_sql(struct store *store, const char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(store->db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
}

/* A new key of person, 0 the code's; its seed. */
static struct secret *key_add(struct store *store, int64_t person)
{
	uint8_t sign_public[32], box_public[32];
	struct secret *seed;

	store_seed_new(&seed, sign_public, box_public);
	assert_int_equal(people_add_key(store, person, sign_public, box_public), DB_OK);
	return seed;
}

static void begin_as(struct store *store, int64_t person)
{
	act_as(store, person);
	assert_int_equal(store_begin(store), DB_OK);
}

static int64_t end_with(struct store *store, int64_t person, enum event_kind kind)
{
	int64_t sequence;

	event_add(store, person, kind, "");
	assert_int_equal(events_tail(store, &sequence), DB_OK);
	commit(store);
	return sequence;
}

/* As the desk does it, up to the slots. */
static int64_t recovered(struct store *store, struct secret **out_code)
{
	struct secret *seed;

	begin_as(store, CODE);
	run_sql(store, "UPDATE people SET must_change = 1 - must_change WHERE id = 1");
	seed = key_add(store, ADA);
	act_key(ADA, seed);
	secret_free(seed);
	*out_code = key_add(store, CODE);
	return end_with(store, CODE, EVENT_STORE_RECOVERED);
}

/* The header's generation moves on, and an event names it. */
static void header_changed(struct store *store)
{
	char text[] = "another good password";
	struct secret *password = secret_take(text, strlen(text)), *seed;
	uint8_t sign_public[32], box_public[32];

	store_seed_new(&seed, sign_public, box_public);
	assert_int_equal(store_slot_add(store, "extra", password, seed), DB_OK);
	secret_free(password);
	secret_free(seed);
	begin_as(store, SAM);
	(void)end_with(store, SAM, EVENT_LOGIN);
}

/* An export ends with its own event. */
static void must_hold(struct store *store, char *out)
{
	struct trail_verdict verdict;

	begin_as(store, ADA);
	(void)end_with(store, ADA, EVENT_TRAIL_EXPORTED);
	assert_int_equal(trail_verify(store, &verdict), DB_OK);
	if (verdict.problem_count > 0)
		fail_msg("event %lld: %s", (long long)verdict.problems[0].event,
			verdict.problems[0].what);
	mem_free(verdict.problems);
	if (!proofs_accept(store, out))
		fail_msg("%s", out);
}

static void test_honest(void **state)
{
	struct store *store = trail_made();
	char *out = mem_new(PROOFS_OUTPUT, 1);
	struct secret *lost, *code;

	(void)state;
	(void)recovered(store, &lost);
	/* Killed before the slots were written, and begun again with the same code. */
	(void)recovered(store, &code);
	must_hold(store, out);
	header_changed(store);
	act_key(CODE, code);
	secret_free(lost);
	secret_free(code);
	(void)recovered(store, &code);
	must_hold(store, out);
	assert_non_null(strstr(out, "Signed by the recovery code (person 0): 3"));
	secret_free(code);
	mem_free(out);
	store_free(store);
}

typedef int64_t forge(struct store *store);

/* Who has the pages' key, and no code, brings one in by the event that it signs. */
static int64_t forge_code(struct store *store)
{
	struct secret *seed;

	assert_int_equal(store_begin(store), DB_OK);
	seed = key_add(store, CODE);
	act_key(CODE, seed);
	act_as(store, CODE);
	secret_free(seed);
	return end_with(store, CODE, EVENT_STORE_RECOVERED);
}

/* A code that was used, and kept. */
static int64_t forge_with_used(struct store *store)
{
	struct secret *code;

	(void)recovered(store, &code);
	secret_free(code);
	header_changed(store);
	begin_as(store, CODE);
	return end_with(store, CODE, EVENT_STORE_RECOVERED);
}

/* The same, and the event says that the header is as it was. */
static int64_t forge_generation(struct store *store)
{
	int64_t event = forge_with_used(store);
	char sql[160];

	(void)snprintf(sql, sizeof(sql),
		"UPDATE events SET generation = generation - 1 WHERE sequence = %lld",
		(long long)event);
	run_sql(store, sql);
	hashes_mend(store, event);
	sign_as(store, event, CODE);
	return event;
}

static int64_t forge_roles(struct store *store)
{
	begin_as(store, CODE);
	run_sql(store, "UPDATE people SET roles = 8 WHERE id = 2");
	return end_with(store, CODE, EVENT_STORE_RECOVERED);
}

static int64_t forge_key(struct store *store)
{
	begin_as(store, CODE);
	secret_free(key_add(store, SAM));
	return end_with(store, CODE, EVENT_STORE_RECOVERED);
}

static int64_t forge_change(struct store *store)
{
	begin_as(store, CODE);
	run_sql(store, "INSERT INTO settings VALUES(99, 'a', 'b')");
	return end_with(store, CODE, EVENT_STORE_RECOVERED);
}

static int64_t forge_as_administrator(struct store *store)
{
	begin_as(store, ADA);
	secret_free(key_add(store, CODE));
	return end_with(store, ADA, EVENT_USER_ADDED);
}

static int64_t forge_unsigned(struct store *store)
{
	int64_t event;

	begin_as(store, ADA);
	event_add(store, CODE, EVENT_STORE_RECOVERED, "");
	assert_int_equal(events_tail(store, &event), DB_OK);
	(void)end_with(store, ADA, EVENT_LOGIN);
	return event;
}

/* It names the code's key, and Ada signs for it. */
static int64_t forge_covered(struct store *store)
{
	int64_t event;

	begin_as(store, CODE);
	event_add(store, CODE, EVENT_STORE_RECOVERED, "");
	assert_int_equal(events_tail(store, &event), DB_OK);
	act_as(store, ADA);
	(void)end_with(store, ADA, EVENT_LOGIN);
	return event;
}

static int64_t forge_as_supervisor(struct store *store)
{
	begin_as(store, SAM);
	secret_free(key_add(store, CODE));
	return end_with(store, SAM, EVENT_USER_ADDED);
}

/* An event of Sam's, signed with the code's in his place. */
static int64_t forge_beside(struct store *store)
{
	begin_as(store, CODE);
	event_add(store, SAM, EVENT_LOGIN, "");
	return end_with(store, CODE, EVENT_STORE_RECOVERED);
}

static const struct {
	forge *forge;
	struct proof_wanted wanted;
} forgeries[] = {
	{ forge_code, { "a code made up", "the recovery code of that time" } },
	{ forge_with_used, { "a used code", "the recovery code of that time" } },
	{ forge_generation, { "a used code, an old header", "the recovery code of that time" } },
	{ forge_roles, { "roles", "changed by somebody who is no administrator" } },
	{ forge_key, { "a key for Sam", "brought in by somebody who is no administrator" } },
	{ forge_change, { "another row", "it changes a row in nobody's name" } },
	{ forge_as_administrator, { "a code by Ada", "did not come by the one before" } },
	{ forge_unsigned, { "unsigned", "it is not signed with the recovery code" } },
	{ forge_covered, { "signed for", "nobody signed it" } },
	{ forge_as_supervisor, { "a code by Sam", "brought in by somebody who is no" } },
	{ forge_beside, { "for Sam", "two people acted in one transaction" } },
};
enum { FORGERIES = sizeof(forgeries) / sizeof(forgeries[0]) };

static void test_forged(void **state)
{
	char *out = mem_new(PROOFS_OUTPUT, 1);
	int named = 0;

	(void)state;
	for (size_t i = 0; i < FORGERIES; i++) {
		struct store *store = trail_made();
		int64_t event = forgeries[i].forge(store);

		named += proofs_name(store, &forgeries[i].wanted, event, out);
		store_free(store);
		trail_remove();
	}
	print_message("# %d forgeries, %d named by both\n", (int)FORGERIES, named);
	assert_int_equal(named, FORGERIES);
	mem_free(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_honest, trail_rig_start, trail_rig_done),
		cmocka_unit_test_setup_teardown(test_forged, trail_rig_start, trail_rig_done),
	};

	if (!store_start())
		return 1;
	random_start();
	return cmocka_run_group_tests_name("the recovery code", tests, NULL, NULL);
}
