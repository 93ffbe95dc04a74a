/*
 * People at the desk: a wrong old password counts like a failed log-in, every
 * refusal of "user add" and "passwd" is an event, and who sent a request is
 * known from then on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk_private.h"
#include "core/log_filter.h"
#include "db/event_log.h"
#include "db/lockout.h"
#include "db/verify.h"
#include "tests/core/desk_fixture.h"

static int fixture_setup(void **state)
{
	static struct desk_fixture fixture;

	fixture_make(&fixture);
	*state = &fixture;
	return 0;
}

static int fixture_teardown(void **state)
{
	fixture_done(*state);
	return 0;
}

static struct secret *secret_of(const char *text)
{
	char bytes[300];
	size_t size = strlen(text);

	memcpy(bytes, text, size + 1);
	return secret_take(bytes, size);
}

/* Events of one kind in the trail. */
static size_t kind_count(struct desk_fixture *fixture, enum event_kind kind)
{
	struct log_filter filter;
	char word[64], why[LOG_FILTER_WHY_SIZE];
	int64_t *sequences = NULL;
	size_t count = 0;

	(void)snprintf(word, sizeof(word), "kind:%s", event_kind_code((int)kind));
	log_filter_init(&filter);
	assert_true(log_filter_add(&filter, word, why));
	assert_int_equal(
		events_matching(fixture->desk[AUDREY]->store, &filter.rows, &sequences, &count),
		DB_OK);
	mem_free(sequences);
	log_filter_clear(&filter);
	return count;
}

static enum desk_status change(
	struct desk_fixture *fixture, enum who who, const char *old, const char *new)
{
	struct secret *old_password = old ? secret_of(old) : fixture_password();
	struct secret *password = secret_of(new);
	struct notice notice = { 0 };
	enum desk_status status = desk_passwd(fixture->desk[who], old_password, password, &notice);

	secret_free(old_password);
	secret_free(password);
	return status;
}

static enum desk_status enter_again(struct desk_fixture *fixture, enum who who)
{
	struct secret *password = fixture_password();
	const struct desk_login login = { fixture->store, fixture_name(who), password };
	struct desk *desk = NULL;
	struct notice notice = { 0 };
	enum desk_status status = desk_open(&login, &desk, &notice);

	desk_close(desk);
	secret_free(password);
	return status;
}

static void a_wrong_old_password_counts(void **state)
{
	struct desk_fixture *fixture = *state;
	size_t failed, changed;

	fixture_enter(fixture, AUDREY);
	fixture_enter(fixture, CASEY);
	fixture_enter(fixture, ADA);
	failed = kind_count(fixture, EVENT_LOGIN_FAILED);
	changed = kind_count(fixture, EVENT_PASSWORD_CHANGED);
	for (int i = 1; i < LOCKOUT_TRIES; i++)
		assert_int_equal(change(fixture, CASEY, "not the old one", "four quiet otters"),
			DESK_LOCKED);
	assert_int_equal(enter_again(fixture, CASEY), DESK_OK);
	assert_int_equal(kind_count(fixture, EVENT_LOGIN_FAILED), failed + LOCKOUT_TRIES - 1);
	for (int i = 0; i < LOCKOUT_TRIES; i++)
		assert_int_equal(change(fixture, CASEY, "not the old one", "four quiet otters"),
			DESK_LOCKED);
	assert_int_equal(enter_again(fixture, CASEY), DESK_LOCKED);
	assert_int_equal(change(fixture, CASEY, NULL, "four quiet otters"), DESK_LOCKED);
	assert_int_equal(kind_count(fixture, EVENT_PASSWORD_CHANGED), changed);
	assert_int_equal(
		desk_user_unlock(fixture->desk[ADA], "casey", &(struct notice) { 0 }), DESK_OK);
	assert_int_equal(change(fixture, CASEY, NULL, "four quiet otters"), DESK_OK);
	assert_int_equal(kind_count(fixture, EVENT_PASSWORD_CHANGED), changed + 1);
	assert_int_equal(enter_again(fixture, CASEY), DESK_LOCKED);
}

static void refusals_of_passwd_are_events(void **state)
{
	struct desk_fixture *fixture = *state;
	size_t refused = kind_count(fixture, EVENT_REFUSED);

	assert_int_equal(change(fixture, ADA, NULL, "short"), DESK_REFUSED);
	assert_int_equal(change(fixture, ADA, NULL, "ada"), DESK_REFUSED);
	assert_int_equal(kind_count(fixture, EVENT_REFUSED), refused + 2);
}

static void refusals_of_user_add_are_events(void **state)
{
	static const struct {
		const char *name, *full_name, *password;
		unsigned roles;
	} refused[] = {
		{ "Nora Bell", "Nora", NULL, ROLE_AUDITOR },
		{ "", "Nora", NULL, ROLE_AUDITOR },
		{ "casey", "Nora", NULL, ROLE_AUDITOR },
		{ "nora", "Nora", NULL, ROLE_AUDITOR | ROLE_ADMINISTRATOR },
		{ "nora", "No\033[2Jra", NULL, ROLE_AUDITOR },
		{ "nora", "Nora", "too short", ROLE_AUDITOR },
	};
	struct desk_fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		size_t before = kind_count(fixture, EVENT_REFUSED);
		struct person person = { .roles = refused[i].roles };
		struct secret *given = refused[i].password ? secret_of(refused[i].password) : NULL;
		struct secret *made = NULL;
		struct notice notice = { 0 };

		(void)snprintf(person.name, sizeof(person.name), "%s", refused[i].name);
		person.full_name = mem_text(refused[i].full_name);
		assert_int_equal(desk_user_add(fixture->desk[ADA], &person, given, &made, &notice),
			DESK_REFUSED);
		assert_null(made);
		assert_int_equal(kind_count(fixture, EVENT_REFUSED), before + 1);
		person_clear(&person);
		secret_free(given);
	}
}

/* What is known of an organisation; its domain goes to out_domain. */
static size_t senders(struct desk_fixture *fixture, const char *prefix, char out_domain[100])
{
	struct organisation *found = NULL;
	size_t count = 0;
	struct notice notice = { 0 };

	assert_int_equal(
		desk_organisations(fixture->desk[SAM], prefix, &found, &count, &notice), DESK_OK);
	for (size_t i = 0; i < count; i++) {
		(void)snprintf(out_domain, 100, "%s|%s", found[i].kind, found[i].email_domain);
		organisation_clear(&found[i]);
	}
	mem_free(found);
	return count;
}

static void import(struct desk_fixture *fixture, const char *rows, bool dry_run)
{
	char path[300];
	const struct desk_import wanted = { .path = path, .delimiter = ',', .dry_run = dry_run };
	struct desk_import_result result;
	struct notice notice = { 0 };
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/rows.csv", fixture->folder);
	file = fopen(path, "w");
	assert_non_null(file);
	(void)fprintf(file,
		"received,service,organisation,organisation_kind,requester_name,requester_rank,"
		"requester_number,requester_email,outcome,decided\n%s",
		rows);
	assert_int_equal(fclose(file), 0);
	if (desk_import_requests(fixture->desk[SAM], &wanted, &result, &notice) != DESK_OK)
		fail_msg("%s %s", notice.text, result.problems ? result.problems : "");
	mem_free(result.problems);
	(void)remove(path);
}

static void an_import_teaches_who_sends(void **state)
{
	struct desk_fixture *fixture = *state;
	struct desk_officers officers;
	struct notice notice = { 0 };
	char domain[100] = "";

	fixture_enter(fixture, SAM);
	import(fixture,
		"2021-01-03,police,Wexcombe Police,territorial,Zed Elm,DS,1,z@a.police.uk,,\n",
		true);
	assert_int_equal(senders(fixture, "wex", domain), 0);
	/* Not on a secure domain: that one is not learned, the next one is; then it stays. */
	import(fixture,
		"2021-01-03,police,Wexcombe Police,,Zed Elm,DS,1,z@freemail.example,,\n"
		"2020-11-03,police,WEXCOMBE  police,territorial,Zed Elm,DS,1,z@a.police.uk,"
		"rejected,2020-11-05\n"
		"2021-01-03,police,Wexcombe Police,met,Yan Oak,DC,2,y@b.police.uk,,\n"
		"2021-01-03,police,-,,,,,,,\n2021-01-03,police,,,,,,,,\n",
		false);
	assert_int_equal(senders(fixture, "wex", domain), 1);
	assert_string_equal(domain, "territorial|a.police.uk");
	assert_int_equal(senders(fixture, "", domain), 1);
	assert_int_equal(
		desk_officers(fixture->desk[SAM], "Wexcombe Police", "yan", &officers, &notice),
		DESK_OK);
	assert_int_equal(officers.count, 1);
	assert_string_equal(officers.officers[0].number, "2");
	desk_officers_clear(&officers);
}

static struct desk *entered(const struct desk_fixture *fixture, const char *name, const char *text)
{
	struct secret *password = secret_of(text);
	const struct desk_login login = { fixture->store, name, password };
	struct desk *desk = NULL;
	struct notice notice = { 0 };

	assert_int_equal(desk_open(&login, &desk, &notice), DESK_OK);
	secret_free(password);
	return desk;
}

/* Its key is void, whatever the person did with the new password meanwhile. */
static void a_session_from_before_a_reset_writes_nothing(void **state)
{
	struct desk_fixture *fixture = *state;
	struct secret *one_time = secret_of("harbour kettle violet"), *made = NULL;
	struct secret *password = secret_of("saddle window thistle");
	const struct desk_renewal renewal = { "chris", false, one_time };
	struct notice notice = { 0 };
	struct trail_verdict verdict;
	struct request_patch form;
	struct desk_saved saved;
	struct desk *desk;

	fixture_enter(fixture, CHRIS);
	assert_int_equal(desk_user_renew(fixture->desk[ADA], &renewal, &made, &notice), DESK_OK);
	desk = entered(fixture, "chris", "harbour kettle violet");
	assert_int_equal(desk_passwd(desk, one_time, password, &notice), DESK_OK);
	desk_close(desk);
	fixture_form(fixture, false, &form);
	assert_int_equal(
		desk_request_add(fixture->desk[CHRIS], &form, &saved, &notice), DESK_LOCKED);
	assert_non_null(strstr(notice.text, "an administrator has given you a new password"));
	assert_int_equal(trail_verify(fixture->desk[ADA]->store, &verdict), DB_OK);
	assert_int_equal(verdict.problem_count, 0);
	request_patch_clear(&form);
	desk_saved_clear(&saved);
	mem_free(verdict.problems);
	secret_free(made);
	secret_free(one_time);
	secret_free(password);
}

/* Disabled after the look whether he may, before his turn to write came: nothing is written in his
   name. */
static void who_is_disabled_meanwhile_writes_nothing(void **state)
{
	struct desk_fixture *fixture = *state;
	struct desk *robin;
	const struct desk_event event = { .kind = EVENT_REQUEST_OPENED };
	struct notice notice = { 0 };
	char *unassigned = NULL;
	size_t before;

	fixture_enter(fixture, ROBIN);
	robin = fixture->desk[ROBIN];
	assert_int_equal(desk_allow(robin, DEED_REQUEST_SHOW, NULL, &notice), DESK_OK);
	before = kind_count(fixture, EVENT_REQUEST_OPENED);
	assert_int_equal(
		desk_user_disable(fixture->desk[ADA], "robin", &unassigned, &notice), DESK_OK);
	mem_free(unassigned);
	assert_int_equal(desk_event_alone(robin, &event), DB_LOCKED);
	assert_non_null(strstr(store_message(robin->store), "robin: this person is disabled"));
	assert_int_equal(kind_count(fixture, EVENT_REQUEST_OPENED), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wrong_old_password_counts),
		cmocka_unit_test(refusals_of_passwd_are_events),
		cmocka_unit_test(refusals_of_user_add_are_events),
		cmocka_unit_test(an_import_teaches_who_sends),
		cmocka_unit_test(a_session_from_before_a_reset_writes_nothing),
		cmocka_unit_test(who_is_disabled_meanwhile_writes_nothing),
	};

	return cmocka_run_group_tests_name("people", tests, fixture_setup, fixture_teardown);
}
