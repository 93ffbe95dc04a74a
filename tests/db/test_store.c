/*
 * The store as the desk uses it: made, opened, unlocked; rows and events in one
 * transaction; the trail proved, and every way to tamper with rows or events
 * that SQL can reach found by that proof.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/events.h"
#include "db/imports.h"
#include "db/people.h"
#include "db/request_lists.h"
#include "db/request_words.h"
#include "db/requests.h"
#include "db/settings.h"
#include "db/store_private.h"
#include "db/verify.h"
#include "tests/sanitizer.h"
#include "tests/scratch.h"

static char folder[SCRATCH_SIZE];
static char path[SCRATCH_SIZE + 8];

static struct secret *password_of(const char *text)
{
	char copy[64];

	(void)snprintf(copy, sizeof(copy), "%s", text);
	return secret_take(copy, strlen(copy));
}

static int folder_make(void **state)
{
	(void)state;
	if (!scratch_make(folder, "store"))
		return -1;
	(void)snprintf(path, sizeof(path), "%s/x.tdk", folder);
	return 0;
}

static int folder_remove(void **state)
{
	static const char *const ends[] = { "", "-head", "-wal", "-shm" };
	char name[SCRATCH_SIZE + 16];

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		(void)unlink(name);
	}
	/* Fails, as the test should, when anything else was left there. */
	return rmdir(folder);
}

static void event_add(struct store *store, enum event_kind kind, const char *reference)
{
	const struct event_new event = { .time = 1600000000,
		.person = 1,
		.role = ROLE_ADMINISTRATOR,
		.kind = kind,
		.reference = reference };

	assert_int_equal(event_append(store, &event), DB_OK);
}

/* With its first rows, and not in its place yet. */
static struct store *store_begun(void)
{
	struct store *store = store_new();
	struct secret *password = password_of("correct horse battery");
	struct secret *recovery = NULL;
	struct person person = { .roles = ROLE_ADMINISTRATOR };
	const struct store_make make = { path, "ada", STORE_DEMO, STORE_COST_DEMO, password };
	uint8_t sign_public[32], box_public[32];
	enum db_status status = store_make(store, &make, &recovery);

	if (status != DB_OK)
		fail_msg("%s", store_message(store));
	assert_non_null(recovery);
	(void)snprintf(person.name, sizeof(person.name), "ada");
	person.full_name = mem_text("Ada Brook");
	assert_int_equal(people_insert(store, &person), DB_OK);
	store_person_keys(store, sign_public, box_public);
	assert_int_equal(people_add_key(store, person.id, sign_public, box_public), DB_OK);
	event_add(store, EVENT_STORE_CREATED, "");
	assert_int_equal(store_commit(store), DB_OK);
	person_clear(&person);
	secret_free(recovery);
	secret_free(password);
	return store;
}

static struct store *store_made(void)
{
	struct store *store = store_begun();

	if (store_make_end(store) != DB_OK)
		fail_msg("%s", store_message(store));
	return store;
}

static struct store *store_again(void)
{
	struct store *store = store_new();
	struct secret *password = password_of("correct horse battery");
	enum db_status status = store_open(store, path);

	if (status == DB_OK)
		status = store_unlock(store, "ada", password, 1600000000);
	if (status != DB_OK)
		fail_msg("%s", store_message(store));
	secret_free(password);
	return store;
}

static int stop(void *context)
{
	(void)context;
	return 1;
}

/* The store that is made and the one it is made from are one here. */
static void test_failed_end_has_words(void **state)
{
	struct store *store = store_begun();

	(void)state;
	sqlite3_progress_handler(store->db, 1, stop, NULL);
	assert_int_not_equal(store_make_end(store), DB_OK);
	assert_non_null(strstr(store_message(store), path));
	store_unmake(store);
	store_free(store);
}

static void request_fill(struct request *request, const char *received)
{
	request_init(request);
	record_set(&request->field[FIELD_RECEIVED], received);
	record_set(&request->field[FIELD_SERVICE], "police");
	record_set(&request->field[FIELD_ORGANISATION], "Kent Police");
	record_set(&request_add_subject(request)->field[FIELD_SUBJECT_SURNAME], "O'Testa");
	record_set(&request_add_subject(request)->field[FIELD_SUBJECT_SURNAME], "Łącki");
}

static void words_add(struct store *store, const struct request *request)
{
	struct request_words words = { mem_text("o'testa"), mem_text("kent police") };

	assert_int_equal(request_words_put(store, request->id, NULL, &words), DB_OK);
	request_words_clear(&words);
}

static void request_add(struct store *store, const char *received)
{
	struct request request;

	assert_int_equal(store_begin(store), DB_OK);
	request_fill(&request, received);
	assert_int_equal(requests_insert(store, &request), DB_OK);
	words_add(store, &request);
	event_add(store, EVENT_REQUEST_IMPORTED, request.reference);
	assert_int_equal(store_commit(store), DB_OK);
	request_clear(&request);
}

static size_t problems(struct store *store)
{
	struct trail_verdict verdict;

	assert_int_equal(trail_verify(store, &verdict), DB_OK);
	for (size_t i = 0; i < verdict.problem_count; i++)
		print_message("#    event %lld: %s\n", (long long)verdict.problems[i].event,
			verdict.problems[i].what);
	mem_free(verdict.problems);
	return verdict.problem_count;
}

static void test_a_receipt_comes_back(void **state)
{
	struct store *store = store_made();
	struct request request;

	(void)state;
	request_add(store, "2020-12-14");
	request_add(store, "2020-12-15");
	store_free(store);
	store = store_again();
	assert_string_equal(store_warning(store), "");
	assert_int_equal(requests_load(store, "TR-2020-000002", &request), DB_OK);
	assert_string_equal(request.field[FIELD_RECEIVED], "2020-12-15");
	assert_int_equal(request.subject_count, 2);
	assert_string_equal(request.subjects[1].field[FIELD_SUBJECT_SURNAME], "Łącki");
	request_clear(&request);
	assert_int_equal(requests_load(store, "TR-2020-000003", &request), DB_NONE);
	assert_int_equal(problems(store), 0);
	store_free(store);
}

static void test_pages_by_key(void **state)
{
	struct store *store = store_made();
	struct request_row rows[4];
	struct requests_page page = { .limit = 4 };
	size_t count, seen = 0;

	(void)state;
	for (int i = 0; i < 10; i++)
		request_add(store, i % 3 ? "2020-12-15" : "2020-12-14");
	do {
		assert_int_equal(requests_page(store, &page, rows, &count), DB_OK);
		for (size_t i = 0; i < count; i++) {
			int order = *page.received ? strcmp(rows[i].received, page.received) : -1;

			assert_true(order < 0 || (order == 0 && rows[i].id < page.id));
			(void)snprintf(
				page.received, sizeof(page.received), "%s", rows[i].received);
			page.id = rows[i].id;
		}
		seen += count;
		request_rows_clear(rows, count);
	} while (count == 4);
	assert_int_equal(seen, 10);
	page.backwards = true;
	assert_int_equal(requests_page(store, &page, rows, &count), DB_OK);
	assert_int_equal(count, 4);
	assert_string_equal(rows[3].reference, "TR-2020-000004");
	request_rows_clear(rows, count);
	store_free(store);
}

static void test_a_change_without_event_is_refused(void **state)
{
	struct store *store = store_made();
	char value[16];

	(void)state;
	assert_int_equal(store_begin(store), DB_OK);
	assert_int_equal(settings_set(store, "cut_over", "2020-12-31"), DB_OK);
	assert_int_equal(store_commit(store), DB_FAULT);
	assert_non_null(strstr(store_message(store), "settings"));
	assert_int_equal(settings_get(store, "cut_over", value, sizeof(value)), DB_NONE);
	assert_int_equal(problems(store), 0);
	store_free(store);
}

/* One of two is in the index, then both; the words of a third do not count for the second. */
static void test_a_receipt_past_the_index_is_refused(void **state)
{
	struct store *store = store_made();
	struct request first, second;
	int64_t count;

	(void)state;
	request_fill(&first, "2020-12-14");
	request_fill(&second, "2020-12-15");
	for (int indexed = 1; indexed <= 2; indexed++) {
		assert_int_equal(store_begin(store), DB_OK);
		first.reference[0] = second.reference[0] = '\0';
		assert_int_equal(requests_insert(store, &first), DB_OK);
		assert_int_equal(requests_insert(store, &second), DB_OK);
		words_add(store, &first);
		if (indexed == 2)
			words_add(store, &second);
		event_add(store, EVENT_REQUEST_IMPORTED, first.reference);
		assert_int_equal(store_commit(store), indexed == 2 ? DB_OK : DB_FAULT);
		assert_int_equal(requests_count(store, &count), DB_OK);
		assert_int_equal(count, indexed == 2 ? 2 : 0);
		if (indexed < 2)
			assert_non_null(strstr(store_message(store), "in the index"));
	}
	assert_int_equal(problems(store), 0);
	request_clear(&first);
	request_clear(&second);
	store_free(store);
}

static void test_same_bytes_twice(void **state)
{
	struct store *store = store_made();
	struct import_hash *hash = import_hash_new();
	uint8_t bytes[STORE_HASH_BYTES];

	(void)state;
	import_hash_add(hash, "abc", 3);
	import_hash_finish(hash, bytes);
	import_hash_free(hash);
	assert_int_equal(imports_has(store, bytes), DB_NONE);
	assert_int_equal(store_begin(store), DB_OK);
	assert_int_equal(imports_insert(store, bytes, "requests", 1), DB_OK);
	event_add(store, EVENT_FILE_IMPORTED, "");
	assert_int_equal(store_commit(store), DB_OK);
	assert_int_equal(imports_has(store, bytes), DB_OK);
	assert_int_equal(store_begin(store), DB_OK);
	assert_int_equal(imports_insert(store, bytes, "requests", 1), DB_REFUSED);
	store_rollback(store);
	store_free(store);
}

/* SQL that tampers behind the trail's back, as a patched program could. */
static const char *const tampering[] = {
	"UPDATE requests SET state = 12 WHERE id = 1",
	"UPDATE requests SET organisation = 'Other' WHERE id = 2",
	"UPDATE subjects SET subject_surname = 'X' WHERE id = 1",
	"DELETE FROM subjects WHERE request = 2 AND position = 1",
	"INSERT INTO settings(name, value) VALUES('demo_today', '1999-01-01')",
	"UPDATE people SET roles = 15 WHERE id = 1",
	("INSERT INTO person_keys(person, sign_public, box_public) VALUES(1, zeroblob(32),"
	 " zeroblob(32))"),
	"UPDATE events SET time = time + 1 WHERE sequence = 2",
	"UPDATE events SET person = 0 WHERE sequence = 2",
	"UPDATE events SET kind = 2 WHERE sequence = 2",
	"UPDATE events SET reference = 'TR-2020-000009' WHERE sequence = 2",
	"UPDATE events SET payload = substr(payload, 1, length(payload) - 1) WHERE sequence = 2",
	"UPDATE events SET payload = NULL WHERE sequence = 2",
	"UPDATE events SET salt = zeroblob(32) WHERE sequence = 2",
	"UPDATE events SET payload_hash = zeroblob(32) WHERE sequence = 2",
	"UPDATE events SET hash = zeroblob(32) WHERE sequence = 3",
	"UPDATE events SET previous = zeroblob(32) WHERE sequence = 3",
	"UPDATE events SET signature = NULL WHERE sequence = 2",
	"UPDATE events SET signature = NULL WHERE sequence = 3",
	"UPDATE events SET signature = zeroblob(64) WHERE sequence = 2",
	"UPDATE events SET generation = 99 WHERE sequence = 2",
	"DELETE FROM events WHERE sequence = 2",
	"DELETE FROM events WHERE sequence = 3",
	"UPDATE events SET sequence = 9 WHERE sequence = 3",
	"UPDATE events SET key = 1 WHERE sequence = 2",
	"UPDATE events SET operation = zeroblob(16) WHERE sequence = 2",
	"UPDATE events SET role = 1 WHERE sequence = 2",
};

static void test_tampering_is_found(void **state)
{
	size_t kinds = sizeof(tampering) / sizeof(tampering[0]);
	struct store *store = NULL;

	(void)state;
	for (size_t i = 0; i < kinds; i++) {
		if (store) {
			store_free(store);
			assert_int_equal(folder_remove(state), 0);
			assert_int_equal(folder_make(state), 0);
		}
		store = store_made();
		request_add(store, "2020-12-14");
		request_add(store, "2020-12-15");
		assert_int_equal(problems(store), 0);
		print_message("# %s\n", tampering[i]);
		assert_int_equal(
			sqlite3_exec(store->db, "PRAGMA foreign_keys=OFF", 0, 0, 0), SQLITE_OK);
		assert_int_equal(sqlite3_exec(store->db, tampering[i], 0, 0, 0), SQLITE_OK);
		assert_int_equal(sqlite3_changes(store->db), 1);
		if (problems(store) == 0)
			fail_msg("not found: %s", tampering[i]);
	}
	print_message("# %zu kinds of tampering, all found\n", kinds);
	store_free(store);
}

static void test_fewer_events_than_head_says(void **state)
{
	struct store *store = store_made();
	struct secret *password = password_of("correct horse battery");

	(void)state;
	request_add(store, "2020-12-14");
	assert_int_equal(sqlite3_exec(store->db, "DELETE FROM events WHERE sequence = 2", 0, 0, 0),
		SQLITE_OK);
	store_free(store);
	store = store_new();
	assert_int_equal(store_open(store, path), DB_OK);
	assert_int_equal(store_unlock(store, "ada", password, 1600000000), DB_DAMAGED);
	assert_non_null(strstr(store_message(store), "events are missing"));
	store_free(store);
	secret_free(password);
}

/* A store opened again must write through its log: without it a kill could tear it. */
static void test_a_store_opened_again_has_its_log(void **state)
{
	struct store *store = store_made();
	char name[SCRATCH_SIZE + 16];

	(void)state;
	store_free(store);
	store = store_again();
	request_add(store, "2020-12-14");
	(void)snprintf(name, sizeof(name), "%s-wal", path);
	assert_int_equal(access(name, F_OK), 0);
	store_free(store);
}

static void test_a_missing_head_warns_each_time(void **state)
{
	struct store *store = store_made();
	struct secret *password = password_of("staple battery horse"), *seed;
	uint8_t sign_public[32], box_public[32];
	char head[128];

	(void)state;
	store_free(store);
	store_seed_new(&seed, sign_public, box_public);
	(void)snprintf(head, sizeof(head), "%s-head", path);
	assert_int_equal(unlink(head), 0);
	for (int i = 0; i < 2; i++) {
		store = store_again();
		assert_non_null(strstr(store_warning(store), "-head is missing"));
		request_add(store, "2020-12-14");
		assert_int_equal(store_slot_add(store, "ben", password, seed), DB_OK);
		store_free(store);
	}
	secret_free(seed);
	secret_free(password);
}

static void test_failed_log_ins_reach_the_trail_once(void **state)
{
	struct store *store = store_made();
	struct secret *wrong = password_of("incorrect horse battery");
	int64_t before, after;

	(void)state;
	store_free(store);
	store = store_new();
	assert_int_equal(store_open(store, path), DB_OK);
	assert_int_equal(store_unlock(store, "ada", wrong, 1600000000), DB_LOCKED);
	assert_int_equal(store_unlock(store, "nobody", wrong, 1600000001), DB_LOCKED);
	store_free(store);
	store = store_again();
	assert_int_equal(events_count(store, &before), DB_OK);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(store_begin(store), DB_OK);
		assert_int_equal(events_take_failures(store), DB_OK);
		if (i == 0) {
			/* As after a crash between the commit and the clearing. */
			store->failure_count = 0;
		}
		event_add(store, EVENT_LOGIN, "");
		assert_int_equal(store_commit(store), DB_OK);
	}
	assert_int_equal(events_count(store, &after), DB_OK);
	assert_int_equal(after - before, 2 + 2);
	/* What was taken is cleared, so that nothing of it counts as lost later. */
	assert_int_equal(store_begin(store), DB_OK);
	assert_int_equal(events_take_failures(store), DB_OK);
	assert_int_equal(store->failure_count, 0);
	store_rollback(store);
	assert_int_equal(problems(store), 0);
	store_free(store);
	secret_free(wrong);
}

/* Kept as no secret itself is, so that it is not found here. */
enum { VEIL = 0xa5, VEILED_BYTES = 32 };
struct veiled {
	const char *name;
	uint8_t bytes[VEILED_BYTES];
};

static struct veiled veiled_of(const char *name, const uint8_t *bytes)
{
	struct veiled veiled = { .name = name };

	for (size_t i = 0; i < VEILED_BYTES; i++)
		veiled.bytes[i] = bytes[i] ^ VEIL;
	return veiled;
}

static bool is_veiled_at(const struct veiled *veiled, const uint8_t *at)
{
	for (size_t i = 0; i < VEILED_BYTES; i++)
		if ((at[i] ^ VEIL) != veiled->bytes[i])
			return false;
	return true;
}

/* In all memory of this process that can be read. */
static long veiled_count(const struct veiled *veiled)
{
	unsigned long from, to;
	char line[512], rights[5];
	long count = 0;
	FILE *maps = fopen("/proc/self/maps", "r");

	assert_non_null(maps);
	while (fgets(line, sizeof(line), maps)) {
		if (sscanf(line, "%lx-%lx %4s", &from, &to, rights) != 3 || rights[0] != 'r' ||
			strstr(line, "[v"))
			continue;
		for (; from + VEILED_BYTES <= to; from++)
			count += is_veiled_at(veiled, (const uint8_t *)from);
	}
	(void)fclose(maps);
	return count;
}

/* Of keys nothing is left in a process that has locked its store. */
static void test_keys_are_wiped(void **state)
{
	struct veiled keys[3];
	struct store *store;

	(void)state;
	if (HAS_SANITIZER) {
		print_message("# a sanitizer keeps what was freed: not searched\n");
		skip();
	}
	/* Its own memory is kept from a process without dumps, too. */
	assert_int_equal(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0), 0);
	store_free(store_made());
	store = store_again();
	assert_int_equal(store_begin(store), DB_OK);
	event_add(store, EVENT_LOGIN, "");
	assert_int_equal(store_commit(store), DB_OK);
	keys[0] = veiled_of("the master key", secret_read(store->master));
	keys[1] = veiled_of("the signing key", secret_read(store->sign_key));
	keys[2] = veiled_of("the pages' key", keys_subkey(store->keys, SUBKEY_PAGE));
	for (size_t i = 0; i < 3; i++)
		assert_true(veiled_count(&keys[i]) > 0);
	store_lock(store);
	for (size_t i = 0; i < 3; i++)
		if (veiled_count(&keys[i]) != 0)
			fail_msg("%s is found %ld times", keys[i].name, veiled_count(&keys[i]));
	store_free(store);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_failed_end_has_words),
		IN_FOLDER(test_a_receipt_comes_back),
		IN_FOLDER(test_pages_by_key),
		IN_FOLDER(test_a_change_without_event_is_refused),
		IN_FOLDER(test_a_receipt_past_the_index_is_refused),
		IN_FOLDER(test_same_bytes_twice),
		IN_FOLDER(test_tampering_is_found),
		IN_FOLDER(test_fewer_events_than_head_says),
		IN_FOLDER(test_a_store_opened_again_has_its_log),
		IN_FOLDER(test_a_missing_head_warns_each_time),
		IN_FOLDER(test_failed_log_ins_reach_the_trail_once),
		IN_FOLDER(test_keys_are_wiped),
	};

	if (!store_start())
		return 1;
	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
