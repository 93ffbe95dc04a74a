/*
 * Commits that fail: the answer is the truth, also for whoever opens the files
 * after everybody was killed; the turnstile is free again; the same handle goes
 * on. The fault is in the log, below the seal, with and without somebody else
 * who has the store open.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/events.h"
#include "db/people.h"
#include "db/store.h"
#include "db/verify.h"
#include "shim.h"

static char folder[64];
static char path[96];

/* What happens to the log's calls of one kind, once or until it is mended. */
struct fault {
	const char *name;
	enum shim_op op;
	int code;
	bool lasts;
	int torn; /* bytes of a failing write that reach the file all the same */
};

struct plan {
	const struct fault *fault; /* NULL: none */
	const struct fault *next;  /* after its first */
	int fired;
};

static int plan_watch(void *context, const struct shim_call *call)
{
	struct plan *plan = context;
	const struct fault *fault = plan->fault;

	if (!fault || !call->is_log || call->op != fault->op)
		return SQLITE_OK;
	plan->fired++;
	if (!fault->lasts || plan->next)
		plan->fault = plan->next;
	plan->next = NULL;
	if (fault->op == SHIM_WRITE && fault->torn > 0)
		call->file->pMethods->xWrite(call->file, call->bytes,
			fault->torn < call->amount ? fault->torn : call->amount, call->offset);
	return fault->code;
}

static struct secret *password_of(const char *text)
{
	char copy[64];

	(void)snprintf(copy, sizeof(copy), "%s", text);
	return secret_take(copy, strlen(copy));
}

static int folder_make(void **state)
{
	(void)state;
	(void)snprintf(folder, sizeof(folder), "/tmp/tdk-commit-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	(void)snprintf(path, sizeof(path), "%s/x.tdk", folder);
	return 0;
}

static const char *const ends[] = { "", "-head", "-wal", "-shm" };
enum { ENDS = sizeof(ends) / sizeof(ends[0]) };

static int folder_remove(void **state)
{
	static const char *const stores[] = { "x.tdk", "y.tdk" };
	char name[128];

	(void)state;
	for (int i = 0; i < 2 * ENDS; i++) {
		(void)snprintf(
			name, sizeof(name), "%s/%s%s", folder, stores[i / ENDS], ends[i % ENDS]);
		(void)unlink(name);
	}
	return rmdir(folder);
}

static enum db_status note_try(struct store *store)
{
	const struct event_new event = { .time = 1600000000,
		.person = 1,
		.role = ROLE_ADMINISTRATOR,
		.kind = EVENT_LOGIN,
		.reference = "" };
	enum db_status status = store_begin(store);

	if (status == DB_OK)
		status = event_append(store, &event);
	if (status == DB_OK)
		return store_commit(store);
	store_rollback(store);
	return status;
}

static void store_made(void)
{
	struct store *store = store_new();
	struct secret *password = password_of("correct horse battery");
	struct secret *recovery = NULL;
	struct person person = { .roles = ROLE_ADMINISTRATOR };
	const struct store_make make = { path, "ada", STORE_DEMO, STORE_COST_DEMO, password };
	const struct event_new made = { .time = 1600000000,
		.person = 1,
		.role = ROLE_ADMINISTRATOR,
		.kind = EVENT_STORE_CREATED,
		.reference = "" };
	uint8_t sign_public[32], box_public[32];

	assert_int_equal(store_make(store, &make, &recovery), DB_OK);
	(void)snprintf(person.name, sizeof(person.name), "ada");
	person.full_name = mem_text("Ada Brook");
	assert_int_equal(people_insert(store, &person), DB_OK);
	store_person_keys(store, sign_public, box_public);
	assert_int_equal(people_add_key(store, person.id, sign_public, box_public), DB_OK);
	assert_int_equal(event_append(store, &made), DB_OK);
	assert_int_equal(store_commit(store), DB_OK);
	person_clear(&person);
	secret_free(recovery);
	secret_free(password);
	store_free(store);
}

static struct store *store_at(const char *name, const char *lower)
{
	struct store *store = store_new();
	struct secret *password = password_of("correct horse battery");
	enum db_status status;

	store_set_lower(store, lower);
	status = store_open(store, name);
	if (status == DB_OK)
		status = store_unlock(store, "ada", password, 1600000000);
	if (status != DB_OK)
		fail_msg("%s", store_message(store));
	secret_free(password);
	return store;
}

static int64_t count_of(struct store *store)
{
	struct trail_verdict verdict;

	assert_int_equal(trail_verify(store, &verdict), DB_OK);
	if (verdict.problem_count > 0)
		fail_msg("event %lld: %s", (long long)verdict.problems[0].event,
			verdict.problems[0].what);
	mem_free(verdict.problems);
	return verdict.events;
}

static void file_copy(const char *from, const char *to)
{
	FILE *source = fopen(from, "rb"), *copy;
	char bytes[4096];
	size_t size;

	if (!source)
		return;
	copy = fopen(to, "wb");
	assert_non_null(copy);
	while ((size = fread(bytes, 1, sizeof(bytes), source)) > 0)
		assert_int_equal(fwrite(bytes, 1, size, copy), size);
	assert_int_equal(fclose(copy), 0);
	assert_int_equal(fclose(source), 0);
}

/* What is there for whoever opens the files when every process was killed at this moment. Nothing
   but a copy without -shm tells it while the store is open; closing descriptors here drops this
   process's locks (trap 7), which nobody else asks for. */
static int64_t count_after_kill(void)
{
	char from[128], to[128];
	struct store *store;
	int64_t count;

	for (int i = 0; i < 3; i++) {
		(void)snprintf(from, sizeof(from), "%s%s", path, ends[i]);
		(void)snprintf(to, sizeof(to), "%s/y.tdk%s", folder, ends[i]);
		(void)unlink(to);
		file_copy(from, to);
	}
	(void)snprintf(to, sizeof(to), "%s/y.tdk", folder);
	store = store_at(to, NULL);
	count = count_of(store);
	store_free(store);
	return count;
}

static const struct fault faults[] = {
	{ "sync fails once", SHIM_SYNC, SQLITE_IOERR_FSYNC, false, 0 },
	{ "sync fails", SHIM_SYNC, SQLITE_IOERR_FSYNC, true, 0 },
	{ "write fails once", SHIM_WRITE, SQLITE_IOERR_WRITE, false, 0 },
	{ "write fails", SHIM_WRITE, SQLITE_IOERR_WRITE, true, 0 },
	{ "write fails torn", SHIM_WRITE, SQLITE_IOERR_WRITE, true, 5000 },
	{ "write fails, all written", SHIM_WRITE, SQLITE_IOERR_WRITE, false, 1 << 20 },
	{ "disk full", SHIM_WRITE, SQLITE_FULL, true, 4000 },
};

static void fault_meet(const struct fault *fault, bool with_other)
{
	struct plan plan = { 0 };
	struct store *other = NULL, *store;
	int64_t before, killed, after;
	enum db_status status;
	bool cannot_tell;

	store_made();
	if (with_other)
		other = store_at(path, NULL);
	shim_start(plan_watch, &plan);
	store = store_at(path, shim_name());
	assert_int_equal(note_try(store), DB_OK);
	before = count_of(store);
	plan.fault = fault;
	status = note_try(store);
	plan.fault = NULL;
	assert_true(plan.fired > 0);
	cannot_tell = status != DB_OK && strstr(store_message(store), "cannot be told");
	killed = count_after_kill();
	print_message("# %s%s: %s; %lld more after a kill\n", fault->name,
		with_other ? ", another has it open" : "",
		status == DB_OK ? "stored" : store_message(store), (long long)(killed - before));
	if (status == DB_OK)
		assert_int_equal(killed, before + 1);
	else if (!cannot_tell)
		assert_int_equal(killed, before);
	/* Nobody stands in the turnstile, and the handle goes on. */
	if (other)
		assert_int_equal(note_try(other), DB_OK);
	status = note_try(store);
	if (status != DB_OK)
		fail_msg("the handle does not go on: %s", store_message(store));
	after = count_of(store);
	assert_in_range(after, killed + 1, killed + 2);
	store_free(store);
	store_free(other);
	store = store_at(path, NULL);
	assert_string_equal(store_warning(store), "");
	assert_int_equal(count_of(store), after);
	store_free(store);
}

static void test_the_answer_is_true(void **state)
{
	for (size_t i = 0; i < 2 * sizeof(faults) / sizeof(faults[0]); i++) {
		fault_meet(&faults[i / 2], i % 2);
		assert_int_equal(folder_remove(state), 0);
		assert_int_equal(folder_make(state), 0);
	}
}

/* The connection cannot be made again: the handle refuses, it does not write without its settings.
 */
static void test_no_half_connection(void **state)
{
	static const struct fault lost[] = {
		{ "sync fails", SHIM_SYNC, SQLITE_IOERR_FSYNC, true, 0 },
		{ "nothing opens", SHIM_OPEN, SQLITE_CANTOPEN, true, 0 },
	};
	struct plan plan = { 0 };
	struct trail_verdict verdict;
	struct store *store;

	(void)state;
	store_made();
	shim_start(plan_watch, &plan);
	store = store_at(path, shim_name());
	assert_int_equal(note_try(store), DB_OK);
	plan.fault = &lost[0];
	plan.next = &lost[1];
	assert_int_equal(note_try(store), DB_IO);
	assert_non_null(strstr(store_message(store), "cannot be told"));
	assert_int_equal(plan.fired, 2);
	assert_int_equal(trail_verify(store, &verdict), DB_IO);
	assert_non_null(strstr(store_message(store), "start the program again"));
	assert_int_equal(note_try(store), DB_IO);
	plan.fault = NULL;
	assert_int_equal(note_try(store), DB_OK);
	store_free(store);
	store = store_at(path, NULL);
	count_of(store);
	store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_the_answer_is_true, folder_make, folder_remove),
		cmocka_unit_test_setup_teardown(
			test_no_half_connection, folder_make, folder_remove),
	};

	if (!store_start())
		return 1;
	return cmocka_run_group_tests_name("commits that fail", tests, NULL, NULL);
}
