/*
 * What the desk does to a store as a whole, killed at every call. The recovery
 * code: some code that its owner knows opens the store afterwards, he can begin
 * again, and the audit log holds. A backup: the one of before, or the new one
 * whole.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/desk_private.h"
#include "core/desk_store.h"
#include "db/store_private.h"
#include "db/verify.h"
#include "shim.h"
#include "tests/db/kill_rig.h"

static struct secret *first_code; /* of y.tdk, the store as it is before each state */

static void made(void)
{
	struct secret *password = password_of("correct horse battery");
	const struct desk_make make = { store_rig_path("x.tdk"), "ada", NULL, password,
		"2020-12-31" };
	struct notice notice;

	if (desk_make_kind(&make, STORE_DEMO, &first_code, &notice) != DESK_OK)
		fail_msg("%s", notice.text);
	secret_free(password);
	store_files_copy("x.tdk", "y.tdk");
}

/* Where the owner writes it down. */
static enum desk_status note_down(void *with, const struct secret *code, struct notice *notice)
{
	FILE *file = fopen(store_rig_path("code"), "wb");

	(void)with;
	(void)notice;
	if (!file || fwrite(secret_read(code), secret_size(code), 1, file) != 1 ||
		fclose(file) != 0)
		return DESK_IO;
	return DESK_OK;
}

static struct secret *noted_down(void)
{
	char text[128] = "";
	FILE *file = fopen(store_rig_path("code"), "rb");

	assert_non_null(file);
	assert_non_null(fgets(text, sizeof(text), file));
	assert_int_equal(fclose(file), 0);
	return secret_take(text, strlen(text));
}

static enum desk_status recover(const struct secret *code, struct notice *notice)
{
	struct secret *password = password_of("staple battery horse");
	const struct desk_recovery recovery = { store_rig_path("x.tdk"), "ada", code, password,
		NULL };
	enum desk_status status = desk_store_recover(&recovery, note_down, NULL, notice);

	secret_free(password);
	return status;
}

static int body(void *with)
{
	struct notice notice;

	(void)with;
	if (sqlite3_vfs_register(sqlite3_vfs_find(shim_name()), 1) != SQLITE_OK)
		return 2;
	return recover(first_code, &notice) == DESK_OK ? 0 : 1;
}

static void put_back(void *with)
{
	(void)with;
	(void)unlink(store_rig_path("code"));
	store_files_copy("y.tdk", "x.tdk");
}

static void log_is_sound(void)
{
	struct secret *password = password_of("staple battery horse");
	struct trail_verdict verdict;
	struct store *store = store_new();

	if (store_open(store, store_rig_path("x.tdk")) != DB_OK ||
		store_unlock(store, "ada", password, 1600000000) != DB_OK ||
		trail_verify(store, &verdict) != DB_OK)
		fail_msg("%s", store_message(store));
	if (verdict.problem_count > 0)
		fail_msg("event %lld: %s", (long long)verdict.problems[0].event,
			verdict.problems[0].what);
	mem_free(verdict.problems);
	secret_free(password);
	store_free(store);
}

/* The code that he had, or else the one that he noted down. */
static void judge(void *with, long at)
{
	struct notice notice = { 0 };
	struct secret *code = NULL;
	enum desk_status status = recover(first_code, &notice);

	(void)with;
	if (status == DESK_LOCKED) {
		log_is_sound();
		code = noted_down();
		status = recover(code, &notice);
	}
	if (status != DESK_OK)
		fail_msg("call %ld: %s", at, notice.text);
	secret_free(code);
	log_is_sound();
}

static void test_killed_at_every_call(void **state)
{
	const struct kill_walk walk = { "recover", body, put_back, judge, NULL, 1 };

	(void)state;
	made();
	kill_walk(&walk);
	secret_free(first_code);
	store_rig_remove();
}

/* The events of a kind in the log of x.tdk, after a log-in. */
static int64_t events_of(enum event_kind kind)
{
	struct secret *password = password_of("correct horse battery");
	struct store *store = store_new();
	char sql[96];
	sqlite3_stmt *statement;
	int64_t events;

	if (store_open(store, store_rig_path("x.tdk")) != DB_OK ||
		store_unlock(store, "ada", password, 1600000000) != DB_OK)
		fail_msg("%s", store_message(store));
	assert_int_equal(store_begin(store), DB_OK);
	assert_int_equal(events_take_failures(store), DB_OK);
	(void)snprintf(sql, sizeof(sql), "SELECT count(*) FROM events WHERE kind = %d", (int)kind);
	assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	events = sqlite3_column_int64(statement, 0);
	assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
	store_rollback(store);
	secret_free(password);
	store_free(store);
	return events;
}

/* While the new code is noted down ada is made somebody else. */
static enum desk_status noted_too_late(void *with, const struct secret *code, struct notice *notice)
{
	struct secret *password = password_of("correct horse battery");
	struct store *store = store_new();

	(void)with;
	(void)code;
	(void)notice;
	if (store_open(store, store_rig_path("x.tdk")) != DB_OK ||
		store_unlock(store, "ada", password, 1600000000) != DB_OK)
		fail_msg("%s", store_message(store));
	assert_int_equal(sqlite3_exec(store->db, "UPDATE people SET roles = 1 WHERE name = 'ada'",
				 NULL, NULL, NULL),
		SQLITE_OK);
	secret_free(password);
	store_free(store);
	return DESK_OK;
}

/* Refused at the second look: that is in the audit log as the refusals at the first are. */
static void test_refused_at_the_second_look(void **state)
{
	struct secret *password = password_of("staple battery horse");
	struct desk_recovery recovery = { NULL, "ada", NULL, password, NULL };
	struct notice notice = { 0 };

	(void)state;
	made();
	recovery.store = store_rig_path("x.tdk");
	recovery.code = first_code;
	assert_int_equal(
		desk_store_recover(&recovery, noted_too_late, NULL, &notice), DESK_REFUSED);
	assert_non_null(strstr(notice.text, "ada is no administrator of this store"));
	assert_non_null(strstr(notice.text, "The code shown is void"));
	assert_int_equal(events_of(EVENT_LOGIN_FAILED), 1);
	secret_free(password);
	secret_free(first_code);
	store_rig_remove();
}

static enum desk_status back_up(struct notice *notice)
{
	const struct desk_backup backup = { store_rig_path("x.tdk"), store_rig_path("b"), true,
		NULL };

	return desk_store_backup(&backup, notice);
}

static int backup_body(void *with)
{
	struct notice notice;

	(void)with;
	if (sqlite3_vfs_register(sqlite3_vfs_find(shim_name()), 1) != SQLITE_OK)
		return 2;
	return back_up(&notice) == DESK_OK ? 0 : 1;
}

static void restored_is_sound(void)
{
	struct secret *password = password_of("correct horse battery");
	const struct desk_login login = { store_rig_path("z.tdk"), "ada", password };
	const struct desk_restore restore = { &login, store_rig_path("b"), false, NULL };
	struct notice notice = { 0 };

	if (desk_store_restore(&restore, &notice) != DESK_OK)
		fail_msg("%s", notice.text);
	(void)unlink(store_rig_path("z.tdk"));
	(void)unlink(store_rig_path("z.tdk-head"));
	secret_free(password);
}

static void backup_prepare(void *with)
{
	struct notice notice;

	(void)with;
	assert_int_equal(back_up(&notice), DESK_OK);
}

static void backup_judge(void *with, long at)
{
	struct notice notice = { 0 };

	(void)with;
	(void)at;
	restored_is_sound();
	if (back_up(&notice) != DESK_OK)
		fail_msg("%s", notice.text);
}

static void test_backup_killed_at_every_call(void **state)
{
	const struct kill_walk walk = { "backup", backup_body, backup_prepare, backup_judge, NULL,
		1 };

	(void)state;
	made();
	kill_walk(&walk);
	restored_is_sound();
	secret_free(first_code);
	store_rig_remove();
}

enum { PAGES_AT = 42048, PAGE = 4096, HASH = 32 };

/* b with one byte changed; is_hashed: and its hash made to fit. */
static void backup_change(long at, bool is_hashed)
{
	FILE *file = fopen(store_rig_path("b"), "r+b");
	static uint8_t bytes[4 << 20];
	size_t size;

	assert_non_null(file);
	size = fread(bytes, 1, sizeof(bytes), file);
	assert_true(size > (size_t)at + HASH && size < sizeof(bytes));
	bytes[at] ^= 16;
	if (is_hashed)
		(void)crypto_generichash(bytes + size - HASH, HASH, bytes, size - HASH, NULL, 0);
	rewind(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

/* z.tdk, made of a backup whose damage lay in what is made anew, is sound; then it goes. */
static void restored_is_whole(void)
{
	struct secret *password = password_of("correct horse battery");
	const struct desk_login login = { store_rig_path("z.tdk"), "ada", password };
	struct desk_check_result result;
	struct notice notice = { 0 };

	if (desk_store_check(&login, NULL, &result, &notice) != DESK_OK)
		fail_msg("%s", notice.text);
	mem_free(result.findings);
	secret_free(password);
	(void)unlink(store_rig_path("z.tdk"));
	(void)unlink(store_rig_path("z.tdk-head"));
}

/* A backup is proved when it is next unlocked: it says that it is damaged and what to do, and
   nothing comes of it. False: it was restored all the same. */
static bool damage_is_told(long at, bool is_hashed, const char *words)
{
	struct secret *password = password_of("correct horse battery");
	struct desk_login login = { NULL, "ada", password };
	struct desk_restore restore = { &login, NULL, false, NULL };
	struct notice notice = { 0 };
	enum desk_status status = back_up(&notice);

	assert_int_equal(status, DESK_OK);
	backup_change(at, is_hashed);
	login.store = store_rig_path("z.tdk");
	restore.file = store_rig_path("b");
	status = desk_store_restore(&restore, &notice);
	secret_free(password);
	if (status == DESK_OK)
		return false;
	if (status != DESK_DAMAGED || !strstr(notice.text, words) ||
		!strstr(notice.text, "; take an older one") ||
		strncmp(notice.text, restore.file, strlen(restore.file)) != 0)
		fail_msg("%ld: %s", at, notice.text);
	assert_int_not_equal(access(store_rig_path("z.tdk"), F_OK), 0);
	assert_int_not_equal(access(store_rig_path("z.tdk-opened"), F_OK), 0);
	return true;
}

static long backup_size(void)
{
	struct notice notice = { 0 };
	struct stat about;

	assert_int_equal(back_up(&notice), DESK_OK);
	assert_int_equal(stat(store_rig_path("b"), &about), 0);
	return about.st_size;
}

static void test_backup_damaged(void **state)
{
	const long step = (getenv("TRACEDESK_TEST_SAMPLE") ? 15 : 5) * PAGE;
	long size, told = 0, whole = 0;

	(void)state;
	made();
	size = backup_size();
	for (long at = 64; at < size - HASH; at += size / 20, told++)
		assert_true(damage_is_told(at, false, "damaged since it was made"));
	for (long at = PAGES_AT + 99; at < size - HASH; at += step) {
		if (damage_is_told(at, true, "the backup is damaged: ")) {
			told++;
			continue;
		}
		restored_is_whole();
		whole++;
	}
	print_message("# %ld damaged backups told when unlocked; %ld with damaged indexes gave a "
		      "sound store\n",
		told, whole);
	assert_true(told > 20);
	secret_free(first_code);
	store_rig_remove();
}

/* The store at x.tdk opens with its code. */
static void code_opens(const struct secret *code)
{
	struct store *store = store_new();

	if (store_open(store, store_rig_path("x.tdk")) != DB_OK ||
		store_unlock_recovery(store, code) != DB_OK)
		fail_msg("%s", store_message(store));
	store_free(store);
}

/* A store that is there is told of with its code; where that is not told there is nothing. */
static void test_init_fails(void **state)
{
	static const char *const calls[] = { "fsync", "renameat2", "chmod", "unlink", "mkdir" };
	struct secret *password = password_of("correct horse battery");
	const struct desk_make make = { store_rig_path("x.tdk"), "ada", NULL, password,
		"2020-12-31" };
	long there = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		bool has_fired = true;
		long failed = 0;

		for (long at = 1; has_fired; at++) {
			struct secret *code = NULL;
			struct notice notice = { 0 };
			enum desk_status status;

			(void)kill_fail(calls[i], at);
			status = desk_make_kind(&make, STORE_DEMO, &code, &notice);
			has_fired = kill_fail(NULL, 0);
			failed += has_fired;
			there += status != DESK_OK && code;
			assert_true(status != DESK_OK || code);
			assert_int_equal(access(store_rig_path("x.tdk"), F_OK) == 0, code != NULL);
			if (status != DESK_OK && code)
				assert_non_null(strstr(notice.text, "keep its recovery code"));
			if (code)
				code_opens(code);
			secret_free(code);
			store_rig_remove();
		}
		print_message("# %s failed %ld times\n", calls[i], failed);
		assert_true(failed > 0);
	}
	print_message("# after %ld failures the store was there\n", there);
	assert_true(there > 0);
	secret_free(password);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_init_fails, store_rig_start, store_rig_done),
		cmocka_unit_test_setup_teardown(
			test_backup_damaged, store_rig_start, store_rig_done),
		cmocka_unit_test_setup_teardown(
			test_backup_killed_at_every_call, store_rig_start, store_rig_done),
		cmocka_unit_test_setup_teardown(
			test_killed_at_every_call, store_rig_start, store_rig_done),
		cmocka_unit_test_setup_teardown(
			test_refused_at_the_second_look, store_rig_start, store_rig_done),
	};

	if (!desk_start())
		return 1;
	return cmocka_run_group_tests_name("recovery, killed", tests, NULL, NULL);
}
