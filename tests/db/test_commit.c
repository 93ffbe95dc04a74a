/*
 * Commits that fail: the answer is the truth, also for whoever opens the files
 * after everybody was killed; the turnstile is free again; the same handle goes
 * on. The fault is in the log, below the seal, with and without somebody else
 * who has the store open.
 */
#include "store_rig.h"

#include <stdio.h>
#include <string.h>

#include "db/check.h"
#include "db/events.h"
#include "db/memory.h"
#include "db/verify.h"
#include "shim.h"

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

/* What is there for whoever opens the files when every process was killed at this moment. Nothing
   but a copy without -shm tells it while the store is open; closing descriptors here drops this
   process's locks (trap 7), which nobody else asks for. */
static int64_t count_after_kill(void)
{
	struct store *store;
	int64_t count;

	store_files_copy("x.tdk", "y.tdk");
	store = store_at("y.tdk", NULL);
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

	store_made("x.tdk");
	if (with_other)
		other = store_at("x.tdk", NULL);
	shim_start(plan_watch, &plan);
	store = store_at("x.tdk", shim_name());
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
	store = store_at("x.tdk", NULL);
	assert_string_equal(store_warning(store), "");
	assert_int_equal(count_of(store), after);
	store_free(store);
}

static void test_the_answer_is_true(void **state)
{
	for (size_t i = 0; i < 2 * sizeof(faults) / sizeof(faults[0]); i++) {
		fault_meet(&faults[i / 2], i % 2);
		assert_int_equal(store_rig_done(state), 0);
		assert_int_equal(store_rig_start(state), 0);
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
	int64_t count;

	(void)state;
	store_made("x.tdk");
	shim_start(plan_watch, &plan);
	store = store_at("x.tdk", shim_name());
	assert_int_equal(note_try(store), DB_OK);
	plan.fault = &lost[0];
	plan.next = &lost[1];
	assert_int_equal(note_try(store), DB_IO);
	assert_non_null(strstr(store_message(store), "cannot be told"));
	assert_int_equal(plan.fired, 2);
	assert_int_equal(trail_verify(store, &verdict), DB_IO);
	assert_non_null(strstr(store_message(store), "cannot be opened"));
	assert_int_equal(events_count(store, &count), DB_IO);
	assert_non_null(strstr(store_message(store), "cannot be opened"));
	assert_int_equal(note_try(store), DB_IO);
	plan.fault = NULL;
	assert_int_equal(note_try(store), DB_OK);
	store_free(store);
	store = store_at("x.tdk", NULL);
	count_of(store);
	store_free(store);
}

static int open_watch(void *context, const struct shim_call *call)
{
	struct plan *plan = context;
	const struct fault *fault = plan->fault;

	if (!fault || call->op != fault->op)
		return SQLITE_OK;
	plan->fired++;
	plan->fault = NULL;
	return fault->code;
}

/* No memory to look through the log ends the look, and is no damage; what the disk refuses is. */
static void test_no_memory_is_no_damage(void **state)
{
	static const struct fault met[] = {
		{ "no memory", SHIM_OPEN, SQLITE_NOMEM, false, 0 },
		{ "refused", SHIM_OPEN, SQLITE_CANTOPEN, false, 0 },
	};
	struct plan plan = { 0 };
	struct check check = { 0 };

	(void)state;
	store_made("x.tdk");
	shim_start(open_watch, &plan);
	check.store = store_at("x.tdk", shim_name());
	assert_int_equal(note_try(check.store), DB_OK);
	for (size_t i = 0; i < sizeof(met) / sizeof(met[0]); i++) {
		plan.fault = &met[i];
		plan.fired = 0;
		assert_int_equal(check_files(&check), i == 0 ? DB_BUSY : DB_OK);
		assert_int_equal(plan.fired, 1);
		assert_int_equal(check.problems, i);
		assert_int_equal(note_try(check.store), DB_OK);
	}
	store_free(check.store);
	mem_free(check.findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_the_answer_is_true, store_rig_start, store_rig_done),
		cmocka_unit_test_setup_teardown(
			test_no_half_connection, store_rig_start, store_rig_done),
		cmocka_unit_test_setup_teardown(
			test_no_memory_is_no_damage, store_rig_start, store_rig_done),
	};

	if (!store_start())
		return 1;
	return cmocka_run_group_tests_name("commits that fail", tests, NULL, NULL);
}
