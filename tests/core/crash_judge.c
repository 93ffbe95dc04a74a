/*
 * Judging.
 */
#include "tests/core/crash_judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/desk_private.h"
#include "db/chain.h"
#include "db/check.h"
#include "db/verify.h"

enum { LATER = CRASH_MARKS, NOW = 1609750800 };

enum db_status store_look(struct store *store, const char *path)
{
	struct secret *password = fixture_password();
	enum db_status status = store_open(store, path);

	if (status == DB_OK)
		status = store_unlock(store, fixture_name(ADA), password, NOW);
	secret_free(password);
	return status;
}

static const char *store_of(const struct crash *crash)
{
	return scene_path(&crash->scene, crash->scenario->store);
}

static bool is_written(const struct crash *crash, const struct disk_file *ended)
{
	return !ended->is_folder && !strstr(ended->name, ".tdk") &&
	       !disk_same(disk_find(&crash->trace.base, ended->name), ended);
}

void crash_resolve(struct crash *crash)
{
	crash->has_files = false;
	for (int i = 0; i < crash->ended.count; i++)
		crash->has_files |= is_written(crash, &crash->ended.files[i]);
	for (int i = 0; i < crash->mark_count; i++) {
		struct crash_mark *mark = &crash->marks[i];
		struct store *store = store_new();

		disk_put(&mark->after, crash->root);
		disk_clear(&mark->after);
		if (access(store_of(crash), F_OK) == 0) {
			assert_int_equal(store_look(store, store_of(crash)), DB_OK);
			assert_int_equal(event_last(store, &mark->sequence, mark->hash), DB_OK);
		}
		store_free(store);
	}
}

int marks_passed(const struct crash *crash, size_t call)
{
	int passed = 0;

	while (passed < crash->mark_count && crash->marks[passed].call <= call)
		passed++;
	return passed;
}

static bool mark_holds(struct store *store, const struct crash_mark *mark)
{
	sqlite3_stmt *statement = NULL;
	bool holds = false;

	if (sqlite3_prepare_v2(store->db, "SELECT hash FROM events WHERE sequence = ?1", -1,
		    &statement, NULL) == SQLITE_OK &&
		sqlite3_bind_int64(statement, 1, mark->sequence) == SQLITE_OK &&
		sqlite3_step(statement) == SQLITE_ROW)
		holds = sqlite3_column_bytes(statement, 0) == STORE_HASH_BYTES &&
			memcmp(sqlite3_column_blob(statement, 0), mark->hash, STORE_HASH_BYTES) ==
				0;
	(void)sqlite3_finalize(statement);
	return holds;
}

static enum verdict said(enum verdict verdict, char why[CRASH_WHY], const char *what)
{
	(void)snprintf(why, CRASH_WHY, "%.*s", CRASH_WHY - 1, what);
	return verdict;
}

/* Row and event come before the slot: what is between is told, with what to do, and is no damage.
 */
static bool is_half_way(const char *finding)
{
	return strstr(finding, "a change was cut off") || strstr(finding, "recover` was cut off");
}

static const char *problem_find(const struct check *check)
{
	for (size_t i = 0; i < check->count; i++)
		if (!check->findings[i].is_mended && !is_half_way(check->findings[i].what))
			return check->findings[i].what;
	return NULL;
}

/* Pages, log, tables and the audit log. */
static enum verdict whole_judge(struct store *store, char why[CRASH_WHY])
{
	struct trail_verdict trail = { 0 };
	struct check check = { .store = store };
	enum verdict verdict = SOUND;

	if (trail_verify(store, &trail) != DB_OK)
		verdict = said(CORRUPT, why, store_message(store));
	else if (trail.problem_count > 0)
		verdict = said(CORRUPT, why, trail.problems[0].what);
	else if (check_files(&check) != DB_OK || check_tables(&check) != DB_OK)
		verdict = said(CORRUPT, why, store_message(store));
	else if (problem_find(&check))
		verdict = said(CORRUPT, why, problem_find(&check));
	mem_free(trail.problems);
	mem_free(check.findings);
	return verdict;
}

static enum verdict store_judge(
	const char *path, const struct crash_mark *mark, char why[CRASH_WHY])
{
	struct store *store = store_new();
	enum db_status status = store_look(store, path);
	enum verdict verdict;

	if (status != DB_OK)
		verdict = said(status == DB_DAMAGED ? ALARM : CORRUPT, why, store_message(store));
	else
		verdict = whole_judge(store, why);
	if (verdict == SOUND && mark->sequence > 0 && !mark_holds(store, mark))
		verdict = said(LOST, why, "an event that was acknowledged");
	if (verdict == SOUND && strstr(store_warning(store), "-head is ") && !strstr(path, ".old"))
		verdict = said(ALARM, why, store_warning(store));
	store_free(store);
	return verdict;
}

/* Who gets in with which password when so many marks were passed, the first one of them before the
   first step: the password that everybody has, or the other one that steps set. Any: nobody has
   to, between row and slot, until `user reset`. */
enum way { USUAL, OTHER, EITHER, ANY, NOT_USUAL };
static const struct entry_rule {
	const char *scenario, *name;
	int from, to;
	enum way way;
} entry_rules[] = {
	{ "password", "casey", 1, 1, USUAL },
	{ "password", "casey", 2, 2, EITHER },
	{ "password", "casey", 3, LATER, OTHER },
	{ "password", "casey", 3, LATER, NOT_USUAL },
	{ "slots", "newcomer", 3, LATER, OTHER },
	{ "slots", "casey", 1, 2, USUAL },
	{ "slots", "casey", 4, LATER, NOT_USUAL },
	{ "slots", "casey", 5, LATER, OTHER },
	{ "slots", "chris", 1, 4, USUAL },
	{ "slots", "newcomer", 2, 2, ANY },
	{ "slots", "casey", 3, 4, ANY },
	{ "slots", "chris", 5, 5, ANY },
	{ "slots", "chris", 6, LATER, OTHER },
	{ "slots", "chris", 6, LATER, NOT_USUAL },
	{ "slots", "sam", 1, LATER, USUAL },
};

void crash_rules_check(void)
{
	for (size_t i = 0; i < sizeof(entry_rules) / sizeof(entry_rules[0]); i++) {
		bool is_one = false;

		for (size_t j = 0; j < scenario_count(); j++)
			is_one |= strcmp(scenario_at(j)->name, entry_rules[i].scenario) == 0;
		if (!is_one)
			fail_msg("a rule of no scenario: %s", entry_rules[i].scenario);
	}
}

static bool gets_in(const struct crash *crash, const char *name, enum way way)
{
	struct secret *password = way == OTHER ? scene_other_password() : fixture_password();
	const struct desk_login login = { store_of(crash), name, password };
	struct notice notice = { 0 };
	struct desk *desk = NULL;
	bool is_in = desk_open(&login, &desk, &notice) == DESK_OK;

	desk_close(desk);
	secret_free(password);
	return is_in;
}

static bool rule_holds(const struct crash *crash, const struct entry_rule *rule)
{
	switch (rule->way) {
	case USUAL:
	case OTHER:
		return gets_in(crash, rule->name, rule->way);
	case EITHER:
	case ANY:
		return gets_in(crash, rule->name, USUAL) || gets_in(crash, rule->name, OTHER) ||
		       rule->way == ANY;
	case NOT_USUAL:
		return !gets_in(crash, rule->name, USUAL);
	}
	return false;
}

/* Their log-ins, too, must be such as the audit log proves. */
static enum verdict entries_judge(
	const struct crash *crash, const struct crash_case *which, char why[CRASH_WHY])
{
	bool has_rules = false;

	for (size_t i = 0; i < sizeof(entry_rules) / sizeof(entry_rules[0]); i++) {
		const struct entry_rule *rule = &entry_rules[i];

		if (strcmp(rule->scenario, crash->scenario->name) != 0 ||
			which->passed < rule->from || which->passed > rule->to)
			continue;
		has_rules = true;
		if (rule_holds(crash, rule))
			continue;
		(void)snprintf(why, CRASH_WHY, "%s gets in as he should not, or does not (%d)",
			rule->name, (int)rule->way);
		return LOST;
	}
	return has_rules ? store_judge(store_of(crash), &crash->marks[which->passed - 1], why)
			 : SOUND;
}

/* The code that its owner had, or the one that he noted down. */
static enum verdict code_judge(const struct crash *crash, char why[CRASH_WHY])
{
	struct secret *code = crash->scene.recovery;
	bool is_in = false;

	for (int i = 0; i < 2 && !is_in; i++) {
		struct store *store = store_new();

		is_in = code && store_open(store, store_of(crash)) == DB_OK &&
			store_unlock_recovery(store, code) == DB_OK;
		store_free(store);
		if (i > 0) {
			secret_free(code);
		} else {
			FILE *file = fopen(scene_path(&crash->scene, "code"), "rbe");
			char text[128] = "";

			code = file && fgets(text, sizeof(text), file)
				       ? secret_take(text, strlen(text))
				       : NULL;
			assert_int_equal(file ? fclose(file) : 0, 0);
			if (is_in)
				secret_free(code);
		}
	}
	return is_in ? SOUND : said(LOST, why, "no recovery code opens the store");
}

static bool is_restored(struct crash *crash)
{
	struct store *store = store_new();
	bool is_new = strcmp(crash->scenario->name, "restore over a store") == 0 &&
		      store_look(store, store_of(crash)) == DB_OK &&
		      mark_holds(store, &crash->marks[crash->mark_count - 1]);

	store_free(store);
	return is_new;
}

/* The restored store has the events of its backup; what it replaced is kept, its log too. */
static enum verdict restored_judge(struct crash *crash, char why[CRASH_WHY])
{
	char old[420];
	enum verdict verdict =
		store_judge(store_of(crash), &crash->marks[crash->mark_count - 1], why);

	(void)snprintf(old, sizeof(old), "%s.old", store_of(crash));
	return verdict == SOUND ? store_judge(old, &crash->marks[0], why) : verdict;
}

/* Files that are no store's, but for those without their name yet: as they were, or as they came to
   be; so in the end. */
static enum verdict files_judge(const struct crash *crash, int passed, char why[CRASH_WHY])
{
	struct disk now;
	enum verdict verdict = SOUND;

	if (!crash->has_files)
		return SOUND;
	disk_take(&now, crash->root);
	for (int i = 0; i < crash->ended.count && verdict == SOUND; i++) {
		const struct disk_file *ended = &crash->ended.files[i];
		const struct disk_file *file = disk_find(&now, ended->name);
		const struct disk_file *before = disk_find(&crash->trace.base, ended->name);

		if (!is_written(crash, ended) || disk_same(file, ended))
			continue;
		if (passed == crash->mark_count || !disk_same(file, before))
			verdict = said(LOST, why, ended->name);
	}
	disk_clear(&now);
	return verdict;
}

/* Once more from the start. What was done already may be refused. */
static enum verdict again_judge(struct crash *crash, char why[CRASH_WHY])
{
	static const char *const once[] = { "new store", "import of 200", "password", "slots",
		"recovery code", "month close" };
	struct notice notice = { 0 };
	size_t done;
	enum desk_status status = scene_run(
		&crash->scene, crash->scenario, scenario_steps(crash->scenario), &done, &notice);
	bool may_be_refused = false;

	desk_close(crash->scene.desk);
	crash->scene.desk = NULL;
	for (size_t i = 0; i < sizeof(once) / sizeof(once[0]); i++)
		may_be_refused |= strcmp(once[i], crash->scenario->name) == 0;
	if (status == DESK_OK ||
		(may_be_refused && (status == DESK_REFUSED || status == DESK_LOCKED)))
		return SOUND;
	return said(CORRUPT, why, notice.text);
}

enum verdict disk_judge(struct crash *crash, const struct crash_case *which, char why[CRASH_WHY])
{
	const struct crash_mark *mark = &crash->marks[which->passed - 1];
	enum verdict verdict = SOUND;

	if (is_restored(crash))
		verdict = restored_judge(crash, why);
	else if (mark->sequence > 0 || access(store_of(crash), F_OK) == 0)
		verdict = store_judge(store_of(crash), mark, why);
	if (verdict == SOUND)
		verdict = entries_judge(crash, which, why);
	if (verdict == SOUND && strcmp(crash->scenario->name, "recovery code") == 0)
		verdict = code_judge(crash, why);
	if (verdict == SOUND)
		verdict = files_judge(crash, which->passed, why);
	if (verdict == SOUND && which->again)
		verdict = again_judge(crash, why);
	return verdict;
}
