/*
 * The desk's functions that are about no one receipt.
 */
#include "tests/core/rights_deeds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/desk_store.h"
#include "core/filter.h"
#include "core/letters.h"
#include "core/log_filter.h"
#include "core/tally.h"

static enum desk_status add(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	struct request_patch form;
	struct desk_saved saved;
	enum desk_status status;

	fixture_form(fixture, false, &form);
	status = desk_request_add(fixture->desk[who], &form, &saved, notice);
	desk_saved_clear(&saved);
	request_patch_clear(&form);
	return status;
}

static enum desk_status list(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	const struct request_page page = { .limit = 5 };
	struct request_row *rows;
	size_t count;
	int64_t total;
	enum desk_status status = desk_requests(fixture->desk[who], &page, &rows, &count, notice);

	if (status != DESK_OK)
		return status;
	request_rows_clear(rows, count);
	mem_free(rows);
	return desk_requests_total(fixture->desk[who], NULL, &total, notice);
}

static enum desk_status queues(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	const struct desk_queue_page page = { .queue = QUEUE_REVIEW, .limit = 5 };
	struct request_row *rows;
	size_t count;
	int64_t counts[DESK_QUEUES];
	enum desk_status status = desk_queue(fixture->desk[who], &page, &rows, &count, notice);

	if (status != DESK_OK)
		return status;
	request_rows_clear(rows, count);
	mem_free(rows);
	return desk_queue_counts(fixture->desk[who], counts, notice);
}

static enum desk_status count(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	struct tally tally;
	char why[200];
	enum desk_status status;

	assert_true(tally_init(&tally, "state", why, sizeof(why)));
	status = desk_request_count(fixture->desk[who], NULL, &tally, notice);
	tally_clear(&tally);
	return status;
}

static enum desk_status services(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	struct service *services;
	size_t count;
	enum desk_status status = desk_services(fixture->desk[who], &services, &count, notice);

	if (status != DESK_OK)
		return status;
	while (count > 0)
		service_clear(&services[--count]);
	mem_free(services);
	return status;
}

static enum desk_status service_change(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	const struct desk_setting setting = { "note", "(a note)" };

	return desk_service_set(fixture->desk[who], "ccrc", &setting, 1, notice);
}

static enum desk_status rules(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	struct rule_row *rows = NULL;
	size_t count;
	int version;
	enum desk_status status = desk_rules(fixture->desk[who], &rows, &count, &version, notice);

	mem_free(rows);
	return status;
}

static enum desk_status rule_change(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	const struct rulebook_change change = { .kind = RULEBOOK_SECURE_DOMAIN,
		.scope = "",
		.value = "police.example",
		.from = "2021-01-04" };
	int version;

	return desk_rule_set(fixture->desk[who], &change, &version, notice);
}

static enum desk_status rule_trial(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	const struct rulebook_change change = { .kind = RULEBOOK_SECURE_DOMAIN,
		.scope = "",
		.value = "police.example",
		.from = "2021-01-04" };
	struct rule_trial trial;

	return desk_rule_try(fixture->desk[who], &change, "2020", &trial, notice);
}

static enum desk_status organisations(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	struct organisation *organisations;
	size_t count;
	enum desk_status status =
		desk_organisation_list(fixture->desk[who], "", &organisations, &count, notice);

	if (status != DESK_OK)
		return status;
	while (count > 0)
		organisation_clear(&organisations[--count]);
	mem_free(organisations);
	return status;
}

static enum desk_status organisation_change(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	const struct desk_setting settings[] = { { "name", "Essex Police" },
		{ "kind", "territorial" } };

	return desk_organisation_set(fixture->desk[who], settings, 2, notice);
}

static enum desk_status letterhead(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	struct letterhead head;
	enum desk_status status = desk_letterhead(fixture->desk[who], &head, notice);

	letterhead_clear(&head);
	return status;
}

static enum desk_status letterhead_change(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	const struct desk_setting setting = { "telephone", "0113 496 0018" };

	return desk_letterhead_set(fixture->desk[who], &setting, 1, notice);
}

static enum desk_status holidays(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	const struct holiday holiday = { "2028-01-03", "New Year's Day" };
	struct desk_holidays done;

	return desk_holidays_load(fixture->desk[who], &holiday, 1, &done, notice);
}

typedef enum desk_status importer(struct desk *desk, const struct desk_import *import,
	struct desk_import_result *out_result, struct notice *out_notice);

static enum desk_status import(
	struct desk_fixture *fixture, struct desk *desk, importer *run, const char *rows)
{
	char path[320];
	const struct desk_import wanted = { .path = path, .delimiter = ',' };
	struct desk_import_result result = { 0 };
	struct notice notice = { 0 };
	enum desk_status status;
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/rows.csv", fixture->folder);
	file = fopen(path, "we");
	assert_non_null(file);
	assert_true(fputs(rows, file) >= 0);
	assert_int_equal(fclose(file), 0);
	status = run(desk, &wanted, &result, &notice);
	if (status != DESK_OK && (status != DESK_REFUSED || result.problems))
		fail_msg("%s %s", notice.text, result.problems ? result.problems : "");
	mem_free(result.problems);
	(void)unlink(path);
	return status;
}

static enum desk_status import_requests(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	(void)notice;
	return import(fixture, fixture->desk[who], desk_import_requests,
		"received,service\n2021-01-04,police\n");
}

static enum desk_status import_dbsb(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	(void)notice;
	return import(fixture, fixture->desk[who], desk_import_submissions,
		"reference,received,organisation,contact_email,status\n"
		"DB-2021-000001,2021-01-04,Test Trust,files@test.nhs.uk,received\n");
}

static enum desk_status verify(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	const struct audit_proof proof = { 0 };
	struct audit_result result = { 0 };
	enum desk_status status = desk_audit_verify(fixture->desk[who], &proof, &result, notice);

	for (size_t i = 0; i < result.problem_count; i++)
		(void)printf("# event %lld: %s\n", (long long)result.problems[i].event,
			result.problems[i].what);
	mem_free(result.problems);
	return status;
}

static enum desk_status checkpoint(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	struct buffer text;
	enum desk_status status;

	buffer_init(&text);
	status = desk_audit_checkpoint(fixture->desk[who], &text, notice);
	buffer_done(&text);
	return status;
}

static enum desk_status take(void *with, const char *bytes, size_t size, struct notice *notice)
{
	(void)bytes;
	(void)notice;
	*(size_t *)with += size;
	return DESK_OK;
}

static enum desk_status trail(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	size_t size = 0;

	return desk_audit_export(fixture->desk[who], take, &size, notice);
}

static enum desk_status receipts(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	size_t size = 0;
	int64_t count;
	struct filter filter;
	const struct desk_export wanted = {
		.filter = &filter, .because = "a test", .write = take, .with = &size
	};
	enum desk_status status;

	filter_init(&filter);
	status = desk_request_export(fixture->desk[who], &wanted, &count, notice);
	filter_clear(&filter);
	return status;
}

static enum desk_status log_read(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	struct log_filter filter;
	const struct log_page page = { .filter = &filter, .limit = 3 };
	struct log_entry *entries = NULL;
	size_t count = 0;
	enum desk_status status;

	log_filter_init(&filter);
	status = desk_audit_log(fixture->desk[who], &page, &entries, &count, notice);
	log_filter_clear(&filter);
	log_entries_clear(entries, count);
	mem_free(entries);
	return status;
}

static enum desk_status people(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	struct person *people;
	size_t count;
	enum desk_status status = desk_people(fixture->desk[who], &people, &count, notice);

	if (status != DESK_OK)
		return status;
	while (count > 0)
		person_clear(&people[--count]);
	mem_free(people);
	return status;
}

static enum desk_status user_add(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	struct person person = { .roles = ROLE_CASEWORKER, .name = "newcomer" };
	struct secret *password = NULL;
	enum desk_status status;

	person.full_name = mem_text("New Comer");
	status = desk_user_add(fixture->desk[who], &person, NULL, &password, notice);
	secret_free(password);
	mem_free(person.full_name);
	return status;
}

/* What an administrator does to the newcomer, one after the other. */
static enum desk_status user_role(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	char *work;
	enum desk_status status =
		desk_user_role(fixture->desk[who], "newcomer", ROLE_SUPERVISOR, &work, notice);

	mem_free(work);
	return status;
}

static enum desk_status user_disable(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	char *work;
	enum desk_status status = desk_user_disable(fixture->desk[who], "newcomer", &work, notice);

	mem_free(work);
	return status;
}

static enum desk_status user_renew(
	struct desk_fixture *fixture, enum who who, bool is_back, struct notice *notice)
{
	const struct desk_renewal renewal = { "newcomer", is_back, NULL };
	struct secret *password;
	enum desk_status status = desk_user_renew(fixture->desk[who], &renewal, &password, notice);

	secret_free(password);
	return status;
}

static enum desk_status user_enable(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	return user_renew(fixture, who, true, notice);
}

static enum desk_status user_reset(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	return user_renew(fixture, who, false, notice);
}

static enum desk_status user_unlock(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	return desk_user_unlock(fixture->desk[who], "newcomer", notice);
}

/* Another, then the one that everybody has. */
static enum desk_status passwd(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	char bytes[] = "harbour kettle violet";
	struct secret *other = secret_take(bytes, sizeof(bytes) - 1), *usual = fixture_password();
	enum desk_status status = desk_passwd(fixture->desk[who], usual, other, notice);

	if (status == DESK_OK)
		status = desk_passwd(fixture->desk[who], other, usual, notice);
	secret_free(other);
	secret_free(usual);
	return status;
}

static enum desk_status draft(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	char *text;
	enum desk_status status = desk_draft_keep(fixture->desk[who], "half a word", notice);

	if (status == DESK_OK)
		status = desk_draft_read(fixture->desk[who], &text, notice);
	if (status != DESK_OK)
		return status;
	assert_string_equal(text, "half a word");
	mem_free(text);
	return desk_draft_drop(fixture->desk[who], notice);
}

static enum desk_status info(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	struct desk_store_info info;

	return desk_store_info(fixture->desk[who], &info, notice);
}

/* Alone: the others leave, and all come back. */
static enum desk_status made_anew(struct desk_fixture *fixture, enum who who, struct notice *notice,
	enum desk_status (*act)(struct desk *, const struct desk_watch *, struct notice *))
{
	enum desk_status status;

	if (who != ADA)
		return act(fixture->desk[who], NULL, notice);
	for (enum who other = 0; other < PEOPLE; other++) {
		if (other == who)
			continue;
		desk_close(fixture->desk[other]);
		fixture->desk[other] = NULL;
	}
	status = act(fixture->desk[who], NULL, notice);
	desk_close(fixture->desk[who]);
	for (enum who other = 0; other < PEOPLE; other++)
		fixture_enter(fixture, other);
	return status;
}

static enum desk_status check(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	struct secret *password = fixture_password();
	const struct desk_login login = { fixture->store, fixture_name(who), password };
	struct desk_check_result result;
	enum desk_status status = desk_store_check(&login, NULL, &result, notice);

	mem_free(result.findings);
	secret_free(password);
	return status;
}

static enum desk_status rekey(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	return made_anew(fixture, who, notice, desk_store_rekey);
}

static enum desk_status compact(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	return made_anew(fixture, who, notice, desk_store_compact);
}

static enum desk_status restore(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	char backup[300], store[300], head[310];
	struct secret *password = fixture_password();
	const struct desk_login login = { store, fixture_name(who), password };
	enum desk_status status;

	(void)snprintf(backup, sizeof(backup), "%s/b", fixture->folder);
	(void)snprintf(store, sizeof(store), "%s/r.tdk", fixture->folder);
	(void)snprintf(head, sizeof(head), "%s-head", store);
	status = desk_store_backup(
		&(struct desk_backup) { fixture->store, backup, true, NULL }, notice);
	assert_int_equal(status, DESK_OK);
	status = desk_store_restore(&(struct desk_restore) { &login, backup, false, NULL }, notice);
	secret_free(password);
	(void)unlink(backup);
	assert_int_equal(unlink(store), status == DESK_OK ? 0 : -1);
	assert_int_equal(unlink(head), status == DESK_OK ? 0 : -1);
	return status;
}

static const struct rights_deed deeds[] = {
	{ "request add", add },
	{ "request list", list },
	{ "request list, queues", queues },
	{ "request count", count },
	{ "request export", receipts },
	{ "service list", services },
	{ "service set", service_change },
	{ "rule list", rules },
	{ "rule show", rules },
	{ "rule set", rule_change },
	{ "rule try", rule_trial },
	{ "organisation list", organisations },
	{ "organisation set", organisation_change },
	{ "letterhead show", letterhead },
	{ "letterhead set", letterhead_change },
	{ "holiday load", holidays },
	{ "import requests", import_requests },
	{ "import dbsb", import_dbsb },
	{ "dbsb list", deed_dbsb_list },
	{ "dbsb show", deed_dbsb_show },
	{ "dbsb receive", deed_dbsb_receive },
	{ "dbsb reject", deed_dbsb_reject },
	{ "dbsb withdraw", deed_dbsb_withdraw },
	{ "dbsb process", deed_dbsb_process },
	{ "dbsb correct", deed_dbsb_correct },
	{ "figures", deed_figures },
	{ "month list", deed_months },
	{ "month close", deed_month_close },
	{ "month revise", deed_month_revise },
	{ "release list", deed_releases },
	{ "audit verify", verify },
	{ "audit checkpoint", checkpoint },
	{ "audit export", trail },
	{ "audit log", log_read },
	{ "user list", people },
	{ "user add", user_add },
	{ "user role", user_role },
	{ "user disable", user_disable },
	{ "user enable", user_enable },
	{ "user reset", user_reset },
	{ "user unlock", user_unlock },
	{ "passwd", passwd },
	{ "draft", draft },
	{ "store info", info },
	{ "store check", check },
	{ "store rekey", rekey },
	{ "store compact", compact },
	{ "store restore", restore },
};

size_t rights_deed_count(void)
{
	return sizeof(deeds) / sizeof(deeds[0]);
}

const struct rights_deed *rights_deed_at(size_t index)
{
	return &deeds[index];
}
