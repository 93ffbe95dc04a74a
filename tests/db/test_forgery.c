/*
 * What somebody with a right password and a program of his own may write, every
 * link and signature as they should be: a key in another's name, roles for
 * himself, events in nobody's name. The proof of the trail names each.
 */
#include "store_rig.h"

#include <stdio.h>
#include <string.h>

#include "db/changes.h"
#include "db/events.h"
#include "db/people.h"
#include "db/settings.h"
#include "db/verify.h"

enum { ADA = 1, CASEY = 2, SAM = 3 };

static enum db_status event_by(struct store *store, int64_t person, unsigned role)
{
	const struct event_new event = { .time = 1600000000,
		.person = person,
		.role = role,
		.kind = EVENT_USER_ADDED,
		.reference = "" };

	return event_append(store, &event);
}

static void person_made(struct store *store, const char *name, unsigned roles)
{
	struct person person = { .roles = roles };
	struct secret *password = password_of("correct horse battery");
	uint8_t sign_public[32], box_public[32];
	struct secret *seed;

	store_seed_new(&seed, sign_public, box_public);
	(void)snprintf(person.name, sizeof(person.name), "%s", name);
	person.full_name = mem_text(name);
	assert_int_equal(store_begin(store), DB_OK);
	assert_int_equal(people_insert(store, &person), DB_OK);
	assert_int_equal(people_add_key(store, person.id, sign_public, box_public), DB_OK);
	assert_int_equal(event_by(store, ADA, ROLE_ADMINISTRATOR), DB_OK);
	assert_int_equal(store_commit(store), DB_OK);
	assert_int_equal(store_slot_add(store, name, password, seed), DB_OK);
	person_clear(&person);
	secret_free(password);
	secret_free(seed);
}

/* The public key that the forger has the secret of: his own. */
static void own_key(struct store *store, uint8_t out_sign_public[32])
{
	memcpy(out_sign_public, secret_read(store->sign_key) + 32, 32);
}

static void key_in_anothers_name(struct store *store)
{
	uint8_t sign_public[32], box_public[32] = { 0 };

	own_key(store, sign_public);
	assert_int_equal(people_add_key(store, SAM, sign_public, box_public), DB_OK);
	assert_int_equal(event_by(store, CASEY, ROLE_CASEWORKER), DB_OK);
	assert_int_equal(store_commit(store), DB_OK);
	/* From here on Casey signs as Sam, and every signature holds. */
	assert_int_equal(store_begin(store), DB_OK);
	assert_int_equal(event_by(store, SAM, ROLE_SUPERVISOR), DB_OK);
}

static void run(struct store *store, const char *sql)
{
	assert_int_equal(sqlite3_exec(store->db, sql, 0, 0, 0), SQLITE_OK);
	assert_int_equal(sqlite3_changes(store->db), 1);
}

static void key_changed(struct store *store)
{
	uint8_t sign_public[32];
	char sql[160];

	own_key(store, sign_public);
	(void)snprintf(sql, sizeof(sql), "UPDATE person_keys SET sign_public = x'");
	for (int i = 0; i < 32; i++)
		(void)snprintf(
			sql + strlen(sql), sizeof(sql) - strlen(sql), "%02x", sign_public[i]);
	(void)snprintf(sql + strlen(sql), sizeof(sql) - strlen(sql), "' WHERE person = %d", SAM);
	run(store, sql);
	assert_int_equal(event_by(store, CASEY, ROLE_CASEWORKER), DB_OK);
}

static void key_taken_away(struct store *store)
{
	run(store, "DELETE FROM person_keys WHERE person = 3");
	assert_int_equal(event_by(store, CASEY, ROLE_CASEWORKER), DB_OK);
}

static void roles_for_oneself(struct store *store)
{
	run(store, "UPDATE people SET roles = roles | 2 WHERE id = 2");
	assert_int_equal(event_by(store, CASEY, ROLE_CASEWORKER), DB_OK);
}

static void another_disabled(struct store *store)
{
	run(store, "UPDATE people SET disabled = 1 WHERE id = 3");
	assert_int_equal(event_by(store, CASEY, ROLE_CASEWORKER), DB_OK);
}

static void person_taken_away(struct store *store)
{
	run(store, "DELETE FROM people WHERE id = 3");
	assert_int_equal(event_by(store, CASEY, ROLE_CASEWORKER), DB_OK);
}

static void person_made_up(struct store *store)
{
	run(store, "INSERT INTO people(name, full_name, roles) VALUES('sasha', 'S', 2)");
	assert_int_equal(event_by(store, CASEY, ROLE_CASEWORKER), DB_OK);
}

static void nobodys_event(struct store *store)
{
	assert_int_equal(event_by(store, 0, 0), DB_OK);
	assert_int_equal(event_by(store, CASEY, ROLE_CASEWORKER), DB_OK);
}

static void nobodys_change(struct store *store)
{
	const struct event_new event = {
		.time = 1600000000, .kind = EVENT_LOGIN_FAILED, .reference = ""
	};

	assert_int_equal(settings_set(store, "cut_over", "2020-12-31"), DB_OK);
	assert_int_equal(event_append(store, &event), DB_OK);
	assert_int_equal(event_by(store, CASEY, ROLE_CASEWORKER), DB_OK);
}

static void unknown_kind(struct store *store)
{
	const struct event_new event = { .time = 1600000000,
		.person = CASEY,
		.role = ROLE_CASEWORKER,
		.kind = (enum event_kind)9999,
		.reference = "" };

	assert_int_equal(event_append(store, &event), DB_OK);
}

static void in_anothers_name(struct store *store)
{
	assert_int_equal(event_by(store, SAM, ROLE_SUPERVISOR), DB_OK);
}

static void two_people(struct store *store)
{
	assert_int_equal(event_by(store, SAM, ROLE_SUPERVISOR), DB_OK);
	assert_int_equal(event_by(store, CASEY, ROLE_CASEWORKER), DB_OK);
}

/* What the program writes of its own about a change, left out. */
static void run_untold(struct store *store, const char *sql)
{
	run(store, sql);
	changes_forget(store->changes);
}

static void own_key_in_anothers_name(struct store *store)
{
	run_untold(store, "UPDATE person_keys SET person = 1 WHERE id = 4");
	run_untold(store, "UPDATE person_keys SET person = 3 WHERE id = 3");
	assert_int_equal(event_by(store, SAM, ROLE_SUPERVISOR), DB_OK);
	run_untold(store, "UPDATE person_keys SET person = 2 WHERE id = 3");
	run_untold(store, "UPDATE person_keys SET person = 3 WHERE id = 4");
}

static void review_by_a_caseworker(struct store *store)
{
	char sql[400];

	(void)snprintf(sql, sizeof(sql),
		"INSERT INTO decisions(request, kind, result, proposer, proposed, reasons, note,"
		" outcome, detail, items, recipient, rules_version, findings)"
		" VALUES(1, %d, %d, 2, 0, '', '', '', '', '', '', 1, '')",
		DECISION_REJECTION, DECISION_OPEN);
	run(store, sql);
	assert_int_equal(event_by(store, CASEY, ROLE_CASEWORKER), DB_OK);
	(void)snprintf(sql, sizeof(sql), "UPDATE decisions SET result = %d, reviewer = 2",
		DECISION_STANDS);
	run(store, sql);
	assert_int_equal(event_by(store, CASEY, ROLE_SUPERVISOR), DB_OK);
}

static void removed_and_still_there(struct store *store)
{
	run(store, "INSERT INTO settings(id, name, value) VALUES(9, 'a', 'b')");
	assert_int_equal(event_by(store, CASEY, ROLE_CASEWORKER), DB_OK);
	run(store, "DELETE FROM settings WHERE id = 9");
	assert_int_equal(event_by(store, CASEY, ROLE_CASEWORKER), DB_OK);
	run_untold(store, "INSERT INTO settings(id, name, value) VALUES(9, 'a', 'b')");
}

static const struct forgery {
	const char *words;
	void (*write)(struct store *store);
} forgeries[] = {
	{ "no administrator", key_in_anothers_name },
	{ "key 4: was changed or taken away", key_changed },
	{ "key 4: was changed or taken away", key_taken_away },
	{ "person 2: made or changed by somebody who is no administrator", roles_for_oneself },
	{ "person 3: made or changed by somebody who is no administrator", another_disabled },
	{ "person 4: made or changed by somebody who is no administrator", person_made_up },
	{ "person 3: was taken away", person_taken_away },
	{ "in nobody's name", nobodys_event },
	{ "it changes a row in nobody's name", nobodys_change },
	{ "of an unknown kind", unknown_kind },
	{ "its signature does not hold", in_anothers_name },
	{ "it was signed with somebody else's key", own_key_in_anothers_name },
	{ "reviewed by somebody who is no supervisor", review_by_a_caseworker },
	{ "is there, though removed", removed_and_still_there },
	{ "two people acted in one transaction", two_people },
};

static struct store *store_of_casey(void)
{
	struct secret *password = password_of("correct horse battery");
	struct store *store = store_at("x.tdk", NULL);

	person_made(store, "casey", ROLE_CASEWORKER);
	person_made(store, "sam", ROLE_SUPERVISOR);
	store_free(store);
	store = store_new();
	assert_int_equal(store_open(store, store_rig_path("x.tdk")), DB_OK);
	assert_int_equal(store_unlock(store, "casey", password, 1600000000), DB_OK);
	secret_free(password);
	return store;
}

static bool is_told(struct store *store, const char *words)
{
	struct trail_verdict verdict;
	bool is_told = false;

	assert_int_equal(trail_verify(store, &verdict), DB_OK);
	for (size_t i = 0; i < verdict.problem_count; i++)
		is_told |= strstr(verdict.problems[i].what, words) != NULL;
	mem_free(verdict.problems);
	return is_told;
}

static void test_forgeries(void **state)
{
	size_t kinds = sizeof(forgeries) / sizeof(forgeries[0]);

	for (size_t i = 0; i < kinds; i++) {
		struct store *store;

		store_made("x.tdk");
		store = store_of_casey();
		assert_int_equal(
			sqlite3_exec(store->db, "PRAGMA foreign_keys=OFF", 0, 0, 0), SQLITE_OK);
		(void)count_of(store);
		assert_int_equal(store_begin(store), DB_OK);
		forgeries[i].write(store);
		assert_int_equal(store_commit(store), DB_OK);
		if (!is_told(store, forgeries[i].words))
			fail_msg("not told: %s", forgeries[i].words);
		store_free(store);
		assert_int_equal(store_rig_done(state), 0);
		assert_int_equal(store_rig_start(state), 0);
	}
	print_message("# %zu forgeries, all told\n", kinds);
}

/* A change of one's own password touches one's own row. */
static void test_an_own_row(void **state)
{
	struct store *store;

	(void)state;
	store_made("x.tdk");
	store = store_of_casey();
	assert_int_equal(store_begin(store), DB_OK);
	run(store, "UPDATE people SET must_change = 1 WHERE id = 2");
	assert_int_equal(event_by(store, CASEY, ROLE_CASEWORKER), DB_OK);
	assert_int_equal(store_commit(store), DB_OK);
	(void)count_of(store);
	store_free(store);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, store_rig_start, store_rig_done)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_forgeries),
		IN_FOLDER(test_an_own_row),
	};

	if (!store_start())
		return 1;
	return cmocka_run_group_tests_name("forgeries", tests, NULL, NULL);
}
