/*
 * What administrators do to people, and people to their passwords, killed at
 * every call: the store opens for everybody else, the audit log holds, who is
 * disabled has no key, and at worst somebody has a row without a working slot,
 * which the next reset or disable mends.
 */
#include <stdio.h>
#include <string.h>

#include "core/desk_private.h"
#include "core/desk_store.h"
#include "db/lockout.h"
#include "db/people.h"
#include "shim.h"
#include "tests/core/must.h"
#include "tests/db/amount.h"
#include "tests/db/kill_rig.h"

static const char first[] = "correct horse battery", other[] = "staple battery horse",
		  mended[] = "four quiet otters swim";

struct deed_walk {
	const char *name, *who;
	enum desk_status (*run)(struct desk *desk, const char *who, struct notice *notice);
	const char *actor;
	long without; /* times a row had no working slot */
};

static struct desk *desk_of(const char *name, const char *password, struct notice *notice)
{
	struct secret *secret = password_of(password);
	const struct desk_login login = { store_rig_path("x.tdk"), name, secret };
	struct desk *desk = NULL;

	(void)desk_open(&login, &desk, notice);
	secret_free(secret);
	return desk;
}

static enum desk_status add(struct desk *desk, const char *who, struct notice *notice)
{
	struct person person = { .roles = ROLE_CASEWORKER };
	struct secret *password = password_of(other), *made = NULL;
	enum desk_status status;

	(void)snprintf(person.name, sizeof(person.name), "%s", who);
	person.full_name = mem_text(who);
	status = desk_user_add(desk, &person, password, &made, notice);
	person_clear(&person);
	secret_free(password);
	return status;
}

static enum desk_status renew(
	struct desk *desk, const char *who, bool is_back, const char *text, struct notice *notice)
{
	struct secret *password = password_of(text), *made = NULL;
	enum desk_status status = desk_user_renew(
		desk, &(struct desk_renewal) { who, is_back, password }, &made, notice);

	secret_free(password);
	return status;
}

static enum desk_status reset(struct desk *desk, const char *who, struct notice *notice)
{
	return renew(desk, who, false, other, notice);
}

static enum desk_status enable(struct desk *desk, const char *who, struct notice *notice)
{
	return renew(desk, who, true, other, notice);
}

static enum desk_status disable(struct desk *desk, const char *who, struct notice *notice)
{
	char *work = NULL;
	enum desk_status status = desk_user_disable(desk, who, &work, notice);

	mem_free(work);
	return status;
}

static enum desk_status role(struct desk *desk, const char *who, struct notice *notice)
{
	char *work = NULL;
	enum desk_status status = desk_user_role(desk, who, ROLE_AUDITOR, &work, notice);

	mem_free(work);
	return status;
}

static enum desk_status change(struct desk *desk, const char *who, struct notice *notice)
{
	struct secret *old = password_of(first), *password = password_of(other);
	enum desk_status status = desk_passwd(desk, old, password, notice);

	(void)who;
	secret_free(old);
	secret_free(password);
	return status;
}

static bool opens(const char *who, const char *password)
{
	struct secret *secret = password_of(password);
	struct store *store = store_new();
	bool is_open = store_open(store, store_rig_path("x.tdk")) == DB_OK &&
		       store_unlock(store, who, secret, 1600000000) == DB_OK;

	store_free(store);
	secret_free(secret);
	return is_open;
}

/* casey has a one-time password, dora is disabled, erin is locked out. */
static void cast(void)
{
	struct secret *password = password_of(first), *code = NULL;
	const struct desk_make make = { store_rig_path("x.tdk"), "ada", NULL, password,
		"2020-12-31" };
	static const struct {
		const char *name;
		unsigned roles;
		bool must_change;
	} people[] = { { "bea", ROLE_ADMINISTRATOR, false }, { "casey", ROLE_CASEWORKER, true },
		{ "dora", ROLE_CASEWORKER, false }, { "erin", ROLE_CASEWORKER, false } };
	struct notice notice = { 0 };
	struct desk *desk;

	must(desk_make_kind(&make, STORE_DEMO, &code, &notice), &notice);
	desk = desk_of("ada", first, &notice);
	for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++) {
		struct person person = { .roles = people[i].roles,
			.must_change = people[i].must_change };

		(void)snprintf(person.name, sizeof(person.name), "%s", people[i].name);
		person.full_name = mem_text(people[i].name);
		must(desk_person_add(desk, &person, password, &notice), &notice);
		person_clear(&person);
	}
	must(disable(desk, "dora", &notice), &notice);
	desk_close(desk);
	for (int i = 0; i < LOCKOUT_TRIES; i++)
		assert_false(opens("erin", other));
	secret_free(code);
	secret_free(password);
	store_files_copy("x.tdk", "y.tdk");
}

static int body(void *with)
{
	const struct deed_walk *walk = with;
	struct notice notice = { 0 };
	struct desk *desk;
	int status;

	if (sqlite3_vfs_register(sqlite3_vfs_find(shim_name()), 1) != SQLITE_OK)
		return 2;
	kill_wait(true);
	desk = desk_of(walk->actor, first, &notice);
	kill_wait(false);
	if (!desk)
		return 3;
	status = walk->run(desk, walk->who, &notice) == DESK_OK ? 0 : 1;
	desk_close(desk);
	return status;
}

static enum desk_status unlock(struct desk *desk, const char *who, struct notice *notice)
{
	return desk_user_unlock(desk, who, notice);
}

static void put_back(void *with)
{
	(void)with;
	store_files_copy("y.tdk", "x.tdk");
}

/* Nothing is wrong but, at most, a person without a slot. Returns whether there is one. */
static bool check(const char *as, long at)
{
	struct secret *password = password_of(first);
	const struct desk_login login = { store_rig_path("x.tdk"), as, password };
	struct desk_check_result result;
	struct notice notice = { 0 };
	bool is_without = false;

	if (desk_store_check(&login, NULL, &result, &notice) != DESK_OK && result.count == 0)
		fail_msg("call %ld: %s", at, notice.text);
	for (size_t i = 0; i < result.count; i++) {
		if (!result.findings[i].is_mended && !strstr(result.findings[i].what, "key slot"))
			fail_msg("call %ld: %s", at, result.findings[i].what);
		is_without |= !result.findings[i].is_mended;
	}
	mem_free(result.findings);
	secret_free(password);
	return is_without;
}

/* Whatever was begun, the next administrator gets everybody right: out, and in again. */
static void mend(struct desk *bea, const struct deed_walk *walk, const struct person *person)
{
	struct notice notice = { 0 };

	if (person->id == 0)
		must(add(bea, walk->who, &notice), &notice);
	else if (!person->disabled)
		must(renew(bea, walk->who, false, mended, &notice), &notice);
	if (person->id != 0 && !person->disabled)
		assert_true(opens(walk->who, mended));
	if (!person->disabled)
		must(disable(bea, walk->who, &notice), &notice);
	assert_false(opens(walk->who, mended) || opens(walk->who, other));
	must(renew(bea, walk->who, true, mended, &notice), &notice);
	assert_true(opens(walk->who, mended));
}

static void judge(void *with, long at)
{
	struct deed_walk *walk = with;
	struct person person = { 0 };
	struct notice notice = { 0 };
	bool is_without = check("bea", at);
	struct desk *bea = desk_of("bea", first, &notice);
	bool is_in = opens(walk->who, first) || opens(walk->who, other);
	enum db_status stored;

	if (!bea)
		fail_msg("%s: call %ld: %s", walk->name, at, notice.text);
	stored = people_load(bea->store, walk->who, &person);
	assert_true(stored == DB_OK || (stored == DB_NONE && walk->run == add));
	if (is_in && (stored == DB_NONE || person.disabled))
		fail_msg("%s: call %ld: a key of somebody who is out", walk->name, at);
	walk->without += stored == DB_OK && !person.disabled && !is_in;
	mend(bea, walk, &person);
	desk_close(bea);
	person_clear(&person);
	if (check("ada", at))
		fail_msg("%s: call %ld: %d: still without a slot", walk->name, at, is_without);
}

static void test_killed_at_every_call(void **state)
{
	struct deed_walk walks[] = {
		{ "user add", "nora", add, "ada", 0 },
		{ "user reset", "casey", reset, "ada", 0 },
		{ "user disable", "casey", disable, "ada", 0 },
		{ "user enable", "dora", enable, "ada", 0 },
		{ "user unlock", "erin", unlock, "ada", 0 },
		{ "user role", "casey", role, "ada", 0 },
		{ "passwd", "casey", change, "casey", 0 },
	};

	(void)state;
	cast();
	for (size_t i = 0; i < sizeof(walks) / sizeof(walks[0]); i++) {
		struct kill_walk walk = { walks[i].name, body, put_back, judge, &walks[i],
			amount(getenv("TRACEDESK_TEST_SAMPLE") ? 13 : 5, 1) };

		kill_walk(&walk);
		print_message(
			"# of those %ld times without a working slot, mended\n", walks[i].without);
	}
	store_rig_remove();
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(
		test_killed_at_every_call, store_rig_start, store_rig_done) };

	if (!desk_start())
		return 1;
	return cmocka_run_group_tests_name("people, killed", tests, NULL, NULL);
}
