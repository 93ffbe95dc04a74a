/*
 * Where scenarios happen: the base that they begin with, copies of it, and what
 * a store holds afterwards.
 */
#include "tests/core/scenarios.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/demo_data.h"
#include "core/desk_private.h"
#include "core/desk_store.h"
#include "db/store_private.h"
#include "db/verify.h"
#include "tests/core/must.h"

enum { IMPORT_ROWS = 200, ATTACHED_BYTES = 1 << 20 };

static const char *path_in(const char *folder, const char *name)
{
	static char paths[4][400];
	static int next;
	char *path = paths[next++ % 4];

	(void)snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
	return path;
}

const char *scene_path(const struct scene *scene, const char *name)
{
	return path_in(scene->work, name);
}

static const char *base_path(const struct scene *scene, const char *name)
{
	return path_in(scene->base.folder, name);
}

static void file_copied(const char *from, const char *to)
{
	FILE *source = fopen(from, "rbe"), *copy;
	char bytes[65536];
	size_t size;

	if (!source)
		return;
	copy = fopen(to, "wbe");
	assert_non_null(copy);
	while ((size = fread(bytes, 1, sizeof(bytes), source)) > 0)
		assert_int_equal(fwrite(bytes, 1, size, copy), size);
	assert_int_equal(fclose(copy), 0);
	assert_int_equal(fclose(source), 0);
}

/* A store at rest has no log. */
static void store_copied(const char *from, const char *to)
{
	char from_head[400], to_head[400];

	(void)snprintf(from_head, sizeof(from_head), "%s-head", from);
	(void)snprintf(to_head, sizeof(to_head), "%s-head", to);
	file_copied(from, to);
	file_copied(from_head, to_head);
}

/* Base */

static void receipts_make(struct scene *scene)
{
	const struct fixture_wish triage = { .state = STATE_IN_TRIAGE, .proposer = CASEY };
	const struct fixture_wish accepted = { .state = STATE_ACCEPTED, .proposer = CASEY };
	const struct fixture_wish decided = { .state = STATE_APPROVED_TRACE, .proposer = CASEY };
	const struct desk_setting setting = { "received", "2020-12-01" };
	const struct desk_submission_given given = { NULL, &setting, 1, NULL };
	struct submission submission;
	struct notice notice = { 0 };
	char reference[REFERENCE_SIZE];

	for (enum who who = 0; who < PEOPLE; who++)
		fixture_enter(&scene->base, who);
	fixture_reach(&scene->base, &triage, scene->triage);
	fixture_reach(&scene->base, &accepted, scene->accepted);
	fixture_reach(&scene->base, &decided, reference);
	must(desk_submission_receive(scene->base.desk[CASEY], &given, &submission, &notice),
		&notice);
	submission_clear(&submission);
	for (enum who who = 0; who < PEOPLE; who++) {
		desk_close(scene->base.desk[who]);
		scene->base.desk[who] = NULL;
	}
}

/* As the program of before the last migration left it. */
static void older_make(struct scene *scene)
{
	struct secret *password = fixture_password();
	struct store *store = store_new();

	store_copied(scene->base.store, base_path(scene, "o.tdk"));
	if (store_open(store, base_path(scene, "o.tdk")) != DB_OK ||
		store_unlock(store, "ada", password, 1609750800) != DB_OK ||
		store_begin(store) != DB_OK)
		fail_msg("%s", store_message(store));
	assert_int_equal(sqlite3_exec(store->db,
				 "DROP INDEX requests_by_requester;"
				 "DROP INDEX requests_by_countersigner;"
				 "DROP INDEX requests_open; DROP INDEX requests_unassigned;"
				 "CREATE INDEX requests_open ON requests(assigned_to, received, id)"
				 " WHERE state < 11; PRAGMA user_version = 11",
				 NULL, NULL, NULL),
		SQLITE_OK);
	assert_int_equal(store_commit(store), DB_OK);
	store_free(store);
	secret_free(password);
}

/* A store with its first administrator alone, whose code we know. */
static void lonely_make(struct scene *scene)
{
	struct secret *password = fixture_password();
	const struct desk_make make = { base_path(scene, "c.tdk"), "ada", NULL, password,
		DEMO_TODAY };
	struct notice notice = { 0 };

	must(desk_make_kind(&make, STORE_DEMO, &scene->recovery, &notice), &notice);
	secret_free(password);
}

static void outside_make(struct scene *scene)
{
	const struct desk_backup backup = { scene->base.store, base_path(scene, "backup"), false,
		NULL };
	FILE *rows = fopen(base_path(scene, "rows.csv"), "we");
	FILE *file = fopen(base_path(scene, "file"), "we");
	struct notice notice = { 0 };

	assert_non_null(rows);
	assert_non_null(file);
	(void)fputs(
		"received,service,organisation,requester_name,subject_surname,subject_dob\n", rows);
	for (int i = 0; i < IMPORT_ROWS; i++)
		(void)fprintf(rows,
			"2020-12-%02d,police,Kent Police,Priya Lowe,Surname%d,19%02d-02-03\n",
			1 + i % 28, i, 10 + i % 80);
	for (int i = 0; i < ATTACHED_BYTES; i++)
		(void)fputc('a' + i % 23, file);
	assert_int_equal(fclose(rows), 0);
	assert_int_equal(fclose(file), 0);
	must(desk_store_backup(&backup, &notice), &notice);
}

void scene_make(struct scene *scene)
{
	*scene = (struct scene) { .work = "" };
	fixture_make(&scene->base);
	receipts_make(scene);
	older_make(scene);
	lonely_make(scene);
	outside_make(scene);
	(void)snprintf(scene->work, sizeof(scene->work), "%s/work", scene->base.folder);
	assert_int_equal(mkdir(scene->work, 0700), 0);
}

void scene_done(struct scene *scene)
{
	secret_free(scene->recovery);
	assert_true(scratch_empty(scene->base.folder));
	fixture_done(&scene->base);
}

void scene_put_back(struct scene *scene, const struct scenario *scenario)
{
	static const char *const outside[] = { "backup", "rows.csv", "file" };

	assert_true(scratch_empty(scene->work));
	if (scenario->from)
		store_copied(base_path(scene, scenario->from), scene_path(scene, scenario->store));
	for (size_t i = 0; i < sizeof(outside) / sizeof(outside[0]); i++)
		file_copied(base_path(scene, outside[i]), scene_path(scene, outside[i]));
}

/* Steps */

size_t scenario_steps(const struct scenario *scenario)
{
	size_t count = 0;

	while (scenario->steps[count].act)
		count++;
	return count;
}

enum desk_status scene_run(struct scene *scene, const struct scenario *scenario, size_t last,
	size_t *acknowledged, struct notice *out_notice)
{
	*acknowledged = 0;
	for (size_t i = 0; i < last; i++) {
		enum desk_status status = scenario->steps[i].act(scene, out_notice);

		if (status != DESK_OK)
			return status;
		++*acknowledged;
	}
	return DESK_OK;
}

/* Afterwards */

static void tables_are_whole(struct store *store)
{
	sqlite3_stmt *statement = NULL;

	assert_int_equal(
		sqlite3_prepare_v2(store->db, "PRAGMA integrity_check", -1, &statement, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	assert_string_equal((const char *)sqlite3_column_text(statement, 0), "ok");
	assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
}

static int64_t events_proved(struct store *store)
{
	struct trail_verdict verdict = { 0 };
	int64_t events;

	if (trail_verify(store, &verdict) != DB_OK)
		fail_msg("%s", store_message(store));
	if (verdict.problem_count > 0)
		fail_msg("event %lld: %s", (long long)verdict.problems[0].event,
			verdict.problems[0].what);
	events = verdict.events;
	mem_free(verdict.problems);
	return events;
}

int64_t scene_events(const struct scene *scene, const struct scenario *scenario)
{
	const char *path = scene_path(scene, scenario->store);
	struct secret *password;
	struct store *store;
	int64_t events;

	if (access(path, F_OK) != 0)
		return 0;
	password = fixture_password();
	store = store_new();
	if (store_open(store, path) != DB_OK ||
		store_unlock(store, "ada", password, 1609750800) != DB_OK)
		fail_msg("%s", store_message(store));
	events = events_proved(store);
	tables_are_whole(store);
	store_free(store);
	secret_free(password);
	return events;
}

const char *scene_litter(const struct scene *scene)
{
	static char name[256];
	DIR *files = opendir(scene->work);
	const struct dirent *entry;

	name[0] = '\0';
	assert_non_null(files);
	while ((entry = readdir(files)))
		if (strncmp(entry->d_name, ".tracedesk", 10) == 0 ||
			strstr(entry->d_name, "-making") || strstr(entry->d_name, "-opened"))
			(void)snprintf(name, sizeof(name), "%s", entry->d_name);
	assert_int_equal(closedir(files), 0);
	return name;
}
