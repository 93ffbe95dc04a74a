/*
 * store check: each kind of damage planted in a store, and named; what can be
 * mended is, and the store is sound afterwards.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/desk_private.h"
#include "core/desk_store.h"
#include "core/filter.h"
#include "db/check.h"
#include "db/people.h"
#include "db/store_private.h"
#include "tests/core/desk_fixture.h"

enum { RECEIPTS = 6, HEADER = 40960, PAGE = 4096, COPY = 16384, LOG_HEADER = 72, FRAME = 4204 };

static struct desk_fixture fixture;

static int make(void **state)
{
	const struct fixture_wish wish = { STATE_ACCEPTED, false, false, CASEY };
	char reference[REFERENCE_SIZE];

	(void)state;
	fixture_make(&fixture);
	for (enum who who = 0; who < PEOPLE; who++)
		fixture_enter(&fixture, who);
	for (int i = 0; i < RECEIPTS; i++)
		fixture_reach(&fixture, &wish, reference);
	for (enum who who = 0; who < PEOPLE; who++) {
		desk_close(fixture.desk[who]);
		fixture.desk[who] = NULL;
	}
	return 0;
}

static int done(void **state)
{
	(void)state;
	fixture_done(&fixture);
	return 0;
}

static enum desk_status look(struct desk_check_result *out_result, struct notice *notice)
{
	struct secret *password = fixture_password();
	const struct desk_login login = { fixture.store, "ada", password };
	enum desk_status status = desk_store_check(&login, NULL, out_result, notice);

	secret_free(password);
	return status;
}

/* The check says it; is_mended: and no problem is left. */
static void must_say(const char *words, bool is_mended)
{
	struct notice notice = { 0 };
	struct desk_check_result result;
	enum desk_status status = look(&result, &notice);
	bool is_said = strstr(notice.text, words) != NULL;

	for (size_t i = 0; i < result.count; i++)
		is_said |= strstr(result.findings[i].what, words) &&
			   result.findings[i].is_mended == is_mended;
	if (!is_said || status != (is_mended ? DESK_OK : DESK_DAMAGED)) {
		for (size_t i = 0; i < result.count; i++)
			print_message("# %s\n", result.findings[i].what);
		fail_msg("not said: %s (%d: %s)", words, (int)status, notice.text);
	}
	mem_free(result.findings);
}

static void must_be_sound(void)
{
	struct notice notice = { 0 };
	struct desk_check_result result;
	enum desk_status status = look(&result, &notice);

	if (status != DESK_OK || result.count > 0)
		fail_msg("%s: %s", notice.text, result.count ? result.findings[0].what : "");
	assert_true(result.pages > 50 && result.events > 20);
	mem_free(result.findings);
}

static void flip(const char *suffix, long at)
{
	char name[400];
	int byte;
	FILE *file;

	(void)snprintf(name, sizeof(name), "%s%s", fixture.store, suffix);
	file = fopen(name, "r+b");
	assert_non_null(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	byte = fgetc(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	assert_int_equal(fputc(byte ^ 4, file), byte ^ 4);
	assert_int_equal(fclose(file), 0);
}

static long size_of(const char *suffix)
{
	char name[400];
	long size;
	FILE *file;

	(void)snprintf(name, sizeof(name), "%s%s", fixture.store, suffix);
	file = fopen(name, "rb");
	assert_non_null(file);
	assert_int_equal(fseek(file, 0, SEEK_END), 0);
	size = ftell(file);
	assert_int_equal(fclose(file), 0);
	return size;
}

/* Behind the desk's back, as a program that is not this one. */
static void forge(const char *sql)
{
	struct secret *password = fixture_password();
	struct store *store = store_new();
	char *why = NULL;

	assert_int_equal(store_open(store, fixture.store), DB_OK);
	assert_int_equal(store_unlock(store, "ada", password, 1600000000), DB_OK);
	assert_int_equal(sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL), 0);
	if (sqlite3_exec(store->db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
	secret_free(password);
	store_free(store);
}

/* Several looks come to the page: it is named once, and nothing in words of SQLite's. */
static void must_be_all(const char *words)
{
	struct notice notice = { 0 };
	struct desk_check_result result;

	assert_int_equal(look(&result, &notice), DESK_DAMAGED);
	if (result.count != 1 || !strstr(result.findings[0].what, words)) {
		for (size_t i = 0; i < result.count; i++)
			print_error("# %s\n", result.findings[i].what);
		fail_msg("not %s alone", words);
	}
	mem_free(result.findings);
}

/* Every byte's page in turn, then mended by hand. */
static void test_pages(void **state)
{
	long pages = (size_of("") - HEADER) / PAGE;
	char words[64];
	int told = 0;

	(void)state;
	must_be_sound();
	for (long page = 1; page <= pages; page += 3, told++) {
		long at = HEADER + (page - 1) * PAGE + page % PAGE;

		flip("", at);
		(void)snprintf(words, sizeof(words), "page %ld is damaged", page);
		must_be_all(words);
		flip("", at);
		/* Some of the looks before that could be stored have moved pages. */
		pages = (size_of("") - HEADER) / PAGE;
	}
	print_message("# %d pages of %ld, each told\n", told, pages);
	must_be_sound();
}

static void test_half_a_page(void **state)
{
	long pages = (size_of("") - HEADER) / PAGE;
	char words[64];

	(void)state;
	assert_int_equal(truncate(fixture.store, HEADER + pages * PAGE - PAGE / 2), 0);
	(void)snprintf(words, sizeof(words), "page %ld ", pages);
	must_say(words, false);
}

static void test_header_and_head(void **state)
{
	char name[400];

	(void)state;
	flip("", 600);
	must_say("copy A of the header was damaged; it was made again", true);
	must_be_sound();
	flip("", COPY + 600);
	must_say("copy B of the header was damaged; it was made again", true);
	must_be_sound();
	(void)snprintf(name, sizeof(name), "%s-head", fixture.store);
	assert_int_equal(unlink(name), 0);
	must_say("-head: it was missing or empty; it was made again", true);
	must_be_sound();
	flip("", 600);
	flip("", COPY + 601);
	must_say("both copies of the header are damaged", false);
	flip("", 600);
	flip("", COPY + 601);
	must_be_sound();
}

/* A killed process leaves a log of several commits. */
static void log_leave(void)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		struct notice notice;

		fixture_enter(&fixture, AUDREY);
		for (int i = 0; i < 5; i++)
			(void)desk_user_unlock(fixture.desk[AUDREY], "sam", &notice);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void test_log(void **state)
{
	(void)state;
	log_leave();
	assert_true(size_of("-wal") > LOG_HEADER + 4 * FRAME);
	flip("-wal", LOG_HEADER + FRAME + 300);
	must_say("-wal: frame 2 is damaged", false);
	flip("-wal", LOG_HEADER + FRAME + 300);
	must_be_sound();
}

/* Problems that the files have for a store that was opened and not yet written to. */
static size_t file_problems(void)
{
	struct secret *password = fixture_password();
	struct check check = { .store = store_new() };

	assert_int_equal(store_open(check.store, fixture.store), DB_OK);
	if (store_unlock(check.store, "ada", password, 1600000000) == DB_OK)
		assert_int_equal(check_files(&check), DB_OK);
	else
		check.problems = 1;
	store_free(check.store);
	mem_free(check.findings);
	secret_free(password);
	return check.problems;
}

/* A new log that a power cut left as zeros is no damage; with a byte behind them it is. */
static void test_unwritten_log(void **state)
{
	const char zeros[LOG_HEADER + FRAME] = { 0 };
	char name[400];
	FILE *file;

	(void)state;
	(void)snprintf(name, sizeof(name), "%s-wal", fixture.store);
	for (int behind = 0; behind < 2; behind++) {
		file = fopen(name, "wb");
		assert_non_null(file);
		assert_int_equal(fwrite(zeros, sizeof(zeros), 1, file), 1);
		assert_int_equal(fclose(file), 0);
		if (behind)
			flip("-wal", LOG_HEADER + 30);
		assert_int_equal(file_problems(), behind);
	}
	must_say("-wal: its header is damaged", false);
	assert_int_equal(unlink(name), 0);
	must_be_sound();
}

static void test_tables(void **state)
{
	(void)state;
	forge("UPDATE state_counts SET count = count + 1");
	must_say("receipts kept", false);
	forge("UPDATE state_counts SET count = count - 1");
	must_be_sound();
	forge("INSERT INTO request_words(rowid, subject, other) VALUES(2, 'somebody', '')");
	forge("PRAGMA foreign_keys=OFF; UPDATE requests SET assigned_to = 77 WHERE id = 3");
	must_say("requests, row 3: it names a row of people that is not there", false);
	must_say("the audit log, event ", false);
}

/* Receipts whose words have it. */
static int64_t found(const char *word)
{
	struct filter filter;
	struct notice notice = { 0 };
	char why[FILTER_WHY_SIZE];
	int64_t total = 0;

	fixture_enter(&fixture, SAM);
	filter_init(&filter);
	assert_true(filter_add(&filter, word, why));
	if (desk_requests_total(fixture.desk[SAM], &filter, &total, &notice) != DESK_OK)
		fail_msg("%s", notice.text);
	filter_clear(&filter);
	desk_close(fixture.desk[SAM]);
	fixture.desk[SAM] = NULL;
	return total;
}

/* The index of words is derived: what is wrong in it is named, and made again. */
static void test_words(void **state)
{
	static const struct {
		const char *sql, *words;
	} faults[] = {
		{ "INSERT INTO request_words(rowid, subject, other) VALUES(2, 'somebody', '')",
			"other words than 1 receipt (the first has the number 2)" },
		{ "INSERT INTO request_words(request_words) VALUES('delete-all')",
			"other words than" },
		{ "DELETE FROM request_words_data WHERE id > 10", "the index of words" },
		{ "UPDATE request_words_data SET block = zeroblob(length(block)) WHERE id > 10",
			"the index of words" },
	};

	(void)state;
	assert_int_equal(found("burglary"), RECEIPTS);
	forge("UPDATE state_counts SET count = count + 1");
	forge(faults[1].sql);
	must_say("again when nothing else is wrong", false);
	assert_int_equal(found("burglary"), 0);
	forge("UPDATE state_counts SET count = count - 1");
	must_say("it was made again", true);
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		forge(faults[i].sql);
		must_say(faults[i].words, true);
		must_be_sound();
		assert_int_equal(found("burglary"), RECEIPTS);
	}
}

/* Slots against people: one that is lost, one that nobody has. */
static void test_slots(void **state)
{
	char text[] = "another good password";
	struct secret *password = fixture_password(), *other = secret_take(text, strlen(text));
	struct secret *seed;
	struct notice notice;
	uint8_t sign_public[32], box_public[32];
	struct store *store = store_new();

	(void)state;
	store_seed_new(&seed, sign_public, box_public);
	assert_int_equal(store_open(store, fixture.store), DB_OK);
	assert_int_equal(store_unlock(store, "ada", password, 1600000000), DB_OK);
	assert_int_equal(store_slot_add(store, "leaver", other, seed), DB_OK);
	assert_int_equal(store_slot_remove(store, "sam"), DB_OK);
	store_free(store);
	must_say("is of nobody that the audit log tells of", false);
	must_say("sam has no key slot", false);
	/* New keys are not for him. */
	fixture_enter(&fixture, ADA);
	assert_int_equal(desk_store_rekey(fixture.desk[ADA], NULL, &notice), DESK_OK);
	desk_close(fixture.desk[ADA]);
	fixture.desk[ADA] = NULL;
	store = store_new();
	assert_int_equal(store_open(store, fixture.store), DB_OK);
	assert_int_equal(store_unlock(store, "leaver", other, 1600000000), DB_LOCKED);
	store_free(store);
	fixture_enter(&fixture, CASEY);
	secret_free(seed);
	secret_free(password);
	secret_free(other);
}

/* As a reset of sam's password and a new recovery code that were cut off leave them: what is said
   helps. */
static void test_slots_cut_off(void **state)
{
	struct secret *password = fixture_password(), *seed, *code_seed, *made = NULL;
	const struct desk_renewal renewal = { "sam", false, password };
	struct store_recovered recovered = { "sam", password, NULL, NULL };
	struct notice notice = { 0 };
	uint8_t sign_public[32], box_public[32];
	struct store *store = store_new();

	(void)state;
	store_seed_new(&seed, sign_public, box_public);
	store_seed_new(&code_seed, sign_public, box_public);
	recovered.seed = seed;
	recovered.recovery_seed = code_seed;
	assert_int_equal(store_open(store, fixture.store), DB_OK);
	assert_int_equal(store_unlock(store, "ada", password, 1600000000), DB_OK);
	assert_int_equal(store_slots_recover(store, &recovered), DB_OK);
	store_free(store);
	must_say("the recovery code is not the one that the audit log tells of; if", false);
	must_say("sam has another key slot than the audit log tells of", false);
	fixture_enter(&fixture, ADA);
	assert_int_equal(desk_user_renew(fixture.desk[ADA], &renewal, &made, &notice), DESK_OK);
	assert_int_equal(desk_store_rekey(fixture.desk[ADA], NULL, &notice), DESK_DAMAGED);
	assert_non_null(strstr(notice.text, "run `tracedesk store check`"));
	desk_close(fixture.desk[ADA]);
	fixture.desk[ADA] = NULL;
	fixture_enter(&fixture, SAM);
	desk_close(fixture.desk[SAM]);
	fixture.desk[SAM] = NULL;
	secret_free(made);
	secret_free(seed);
	secret_free(code_seed);
	secret_free(password);
}

/* The row and the event of a reset, without the slot. */
static void reset_cut_off(void)
{
	struct desk *ada = fixture.desk[ADA];
	const struct desk_event event = { .kind = EVENT_USER_RESET };
	uint8_t sign_public[32], box_public[32];
	struct secret *seed;
	struct person sam = { 0 };

	store_seed_new(&seed, sign_public, box_public);
	assert_int_equal(people_load(ada->store, "sam", &sam), DB_OK);
	assert_int_equal(store_begin(ada->store), DB_OK);
	assert_int_equal(people_add_key(ada->store, sam.id, sign_public, box_public), DB_OK);
	assert_int_equal(desk_event(ada, &event), DB_OK);
	assert_int_equal(store_commit(ada->store), DB_OK);
	person_clear(&sam);
	secret_free(seed);
}

/* Whoever comes in with the old password would sign events that do not hold. */
static void test_reset_cut_off(void **state)
{
	struct secret *password = fixture_password(), *made = NULL;
	const struct desk_login login = { fixture.store, "sam", password };
	const struct desk_renewal renewal = { "sam", false, password };
	struct desk *sam = NULL;
	struct notice notice = { 0 };

	(void)state;
	fixture_enter(&fixture, ADA);
	reset_cut_off();
	assert_int_equal(desk_open(&login, &sam, &notice), DESK_LOCKED);
	assert_non_null(strstr(notice.text, "an administrator has given you a new password"));
	must_say("sam has another key slot than the audit log tells of", false);
	assert_int_equal(desk_user_renew(fixture.desk[ADA], &renewal, &made, &notice), DESK_OK);
	assert_int_equal(desk_open(&login, &sam, &notice), DESK_OK);
	desk_close(sam);
	desk_close(fixture.desk[ADA]);
	fixture.desk[ADA] = NULL;
	must_be_sound();
	secret_free(made);
	secret_free(password);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_pages, make, done),
		cmocka_unit_test_setup_teardown(test_half_a_page, make, done),
		cmocka_unit_test_setup_teardown(test_header_and_head, make, done),
		cmocka_unit_test_setup_teardown(test_log, make, done),
		cmocka_unit_test_setup_teardown(test_unwritten_log, make, done),
		cmocka_unit_test_setup_teardown(test_tables, make, done),
		cmocka_unit_test_setup_teardown(test_words, make, done),
		cmocka_unit_test_setup_teardown(test_slots, make, done),
		cmocka_unit_test_setup_teardown(test_slots_cut_off, make, done),
		cmocka_unit_test_setup_teardown(test_reset_cut_off, make, done),
	};

	return cmocka_run_group_tests_name("store check", tests, NULL, NULL);
}
