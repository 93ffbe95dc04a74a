/*
 * Rekey, compact and restore: what they make, and what is there when they are
 * killed at any call. Always a store that opens, with every event, and the same
 * can simply be begun again.
 */
#include "kill_rig.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/events.h"
#include "db/people.h"
#include "db/remake.h"
#include "db/vault_private.h"
#include "shim.h"

enum { EVENTS = 3 };

static const struct event_new care_event = { .time = 1600000000,
	.person = 1,
	.role = ROLE_ADMINISTRATOR,
	.kind = EVENT_STORE_REKEYED,
	.reference = "" };

/* x.tdk as it is before each state is kept as y.tdk. */
static void base_make(void)
{
	struct store *store;

	store_made("x.tdk");
	store = store_at("x.tdk", NULL);
	for (int i = 1; i < EVENTS; i++)
		assert_int_equal(note_try(store), DB_OK);
	store_free(store);
	store_files_copy("x.tdk", "y.tdk");
}

static enum db_status finish(struct store *from, struct store *made)
{
	enum db_status status = remake_take_failures(from, made);

	if (status == DB_OK)
		status = remake_commit(from, made, event_append(made, &care_event));
	if (status == DB_OK)
		return remake_end(from, made);
	remake_drop(from, made);
	return status;
}

static enum db_status remake_try(struct store *store, bool new_master)
{
	const struct remake remake = { .new_master = new_master };
	struct store *made;
	enum db_status status = store_alone(store);

	if (status == DB_OK)
		status = remake_begin(store, &remake, &made);
	return status == DB_OK ? finish(store, made) : status;
}

static void remake_done(bool new_master)
{
	struct store *store = store_at("x.tdk", NULL);

	if (remake_try(store, new_master) != DB_OK)
		fail_msg("%s", store_message(store));
	store_free(store);
}

static void nothing_is_left(const char *name)
{
	static const char *const left[] = { "-making", "-making-head", "-making-wal", "-making-shm",
		"-opened", "-opened-head", "-opened-wal", "-opened-shm" };
	char path[64];

	for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s%s", name, left[i]);
		if (access(store_rig_path(path), F_OK) == 0)
			fail_msg("%s is left", path);
	}
}

static int64_t events_of(const char *name)
{
	struct store *store = store_at(name, NULL);
	int64_t events = count_of(store);

	if (strcmp(name, "x.tdk") == 0 && strstr(store_warning(store), "missing"))
		fail_msg("%s", store_warning(store));
	store_free(store);
	return events;
}

struct ids {
	uint8_t file[16], desk[16], master[32];
	uint64_t generation;
};

static struct ids ids_of(const char *name)
{
	struct store *store = store_at(name, NULL);
	struct ids ids = { .generation = vault_generation(store->vault) };

	memcpy(ids.file, vault_file_id(store->vault), sizeof(ids.file));
	memcpy(ids.desk, vault_desk_id(store->vault), sizeof(ids.desk));
	memcpy(ids.master, secret_read(store->master), sizeof(ids.master));
	store_free(store);
	return ids;
}

static void test_another_file_the_same_desk(void **state)
{
	(void)state;
	for (int new_master = 0; new_master < 2; new_master++) {
		struct ids before, after;

		base_make();
		before = ids_of("x.tdk");
		remake_done(new_master);
		after = ids_of("x.tdk");
		assert_memory_equal(before.desk, after.desk, sizeof(after.desk));
		assert_memory_not_equal(before.file, after.file, sizeof(after.file));
		assert_int_equal(memcmp(before.master, after.master, 32) != 0, new_master);
		assert_true(after.generation > before.generation);
		assert_int_equal(events_of("x.tdk"), EVENTS + 1);
		nothing_is_left("x.tdk");
		store_rig_remove();
	}
}

/* An old page, log or header does not come back into the new store. */
static void test_old_pages_are_foreign(void **state)
{
	struct store *store = store_new();

	(void)state;
	base_make();
	remake_done(false);
	file_copy("y.tdk", "x.tdk");
	assert_int_equal(store_try(store, "x.tdk"), DB_OK);
	assert_non_null(strstr(store_warning(store), "-head is damaged or another file's"));
	store_free(store);
	store_rig_remove();
}

static void test_not_under_others(void **state)
{
	struct store *store, *other;

	(void)state;
	base_make();
	store = store_at("x.tdk", NULL);
	other = store_at("x.tdk", NULL);
	store->vault->turnstile.wait_ms = 40;
	assert_int_equal(remake_try(store, true), DB_BUSY);
	assert_non_null(strstr(store_message(store), "others have the store open"));
	assert_int_equal(note_try(store), DB_OK);
	assert_int_equal(note_try(other), DB_OK);
	store_free(other);
	store_free(store);
	nothing_is_left("x.tdk");
	store_rig_remove();
}

struct stop {
	int64_t after, steps;
};

static bool stop_step(void *with, const char *what, int64_t done, int64_t all)
{
	struct stop *stop = with;

	assert_true(*what != '\0' && done <= all);
	return ++stop->steps != stop->after;
}

/* Stopped at any step: as before, and at work again. */
static void test_stopped_by_hand(void **state)
{
	struct stop stop = { .after = 1 };
	struct store_watch watch = { stop_step, &stop };
	const struct remake remake = { .new_master = true, .watch = &watch };
	struct store *store, *made;
	enum db_status status;

	(void)state;
	base_make();
	store = store_at("x.tdk", NULL);
	assert_int_equal(store_alone(store), DB_OK);
	for (;; stop.after++) {
		stop.steps = 0;
		status = remake_begin(store, &remake, &made);
		if (status == DB_OK)
			break;
		assert_int_equal(status, DB_REFUSED);
		assert_non_null(strstr(store_message(store), "stopped"));
		nothing_is_left("x.tdk");
	}
	print_message("# stopped at %lld steps\n", (long long)stop.after - 1);
	assert_true(stop.after > 20);
	remake_drop(store, made);
	nothing_is_left("x.tdk");
	assert_int_equal(note_try(store), DB_OK);
	store_free(store);
	assert_int_equal(events_of("x.tdk"), EVENTS + 1);
	store_rig_remove();
}

static struct store *opened_over_shim(void)
{
	struct store *store = store_new();

	store_set_lower(store, shim_name());
	if (store_try(store, "x.tdk") == DB_OK)
		return store;
	store_free(store);
	return NULL;
}

static int remake_body(void *with)
{
	struct store *store = opened_over_shim();
	int status = store && remake_try(store, *(bool *)with) == DB_OK ? 0 : 1;

	store_free(store);
	return status;
}

static void base_put_back(void *with)
{
	(void)with;
	store_files_copy("y.tdk", "x.tdk");
}

/* Whole before or whole after; and then the same once more. */
static void remake_judge(void *with, long at)
{
	int64_t events = events_of("x.tdk");

	if (events != EVENTS && events != EVENTS + 1)
		fail_msg("call %ld: %lld events", at, (long long)events);
	remake_done(*(bool *)with);
	assert_int_equal(events_of("x.tdk"), events + 1);
	nothing_is_left("x.tdk");
}

static void test_killed_while_made_anew(void **state)
{
	bool new_master = true;
	struct kill_walk walk = { "rekey", remake_body, base_put_back, remake_judge, &new_master,
		1 };

	(void)state;
	base_make();
	kill_walk(&walk);
	new_master = false;
	walk.name = "compact";
	kill_walk(&walk);
	store_rig_remove();
}

static int make_body(void *with)
{
	struct store *store = store_new();
	struct secret *recovery = NULL;
	int status;

	(void)with;
	store_set_lower(store, shim_name());
	status = store_make_try(store, "x.tdk", &recovery) == DB_OK ? 0 : 1;
	secret_free(recovery);
	store_free(store);
	return status;
}

static void place_cleared(void *with)
{
	(void)with;
	store_rig_remove();
}

/* No store, and one can be made; or a whole one. */
static void make_judge(void *with, long at)
{
	struct store *store = store_new();
	struct secret *recovery = NULL;
	enum db_status status = store_make_try(store, "x.tdk", &recovery);

	(void)with;
	(void)at;
	secret_free(recovery);
	store_free(store);
	if (status != DB_OK)
		assert_int_equal(status, DB_REFUSED);
	assert_int_equal(events_of("x.tdk"), 1);
	if (status == DB_OK)
		nothing_is_left("x.tdk");
}

static void test_killed_while_first_made(void **state)
{
	const struct kill_walk walk = { "init", make_body, place_cleared, make_judge, NULL, 1 };

	(void)state;
	kill_walk(&walk);
	store_rig_remove();
}

/* The nth call fails, and all after it. */
struct failing {
	enum shim_op op;
	int code;
	const char *words;
	long at, calls, fired;
};

static int failing_watch(void *context, const struct shim_call *call)
{
	struct failing *failing = context;

	if (call->op != failing->op || ++failing->calls < failing->at)
		return SQLITE_OK;
	failing->fired++;
	return failing->code;
}

/* It fails, says why, and leaves the store and nothing else; or it was through before. */
static enum db_status failing_try(struct failing *failing)
{
	struct store *store = store_new();
	enum db_status status;

	store_files_copy("y.tdk", "x.tdk");
	shim_start(NULL, NULL);
	store_set_lower(store, shim_name());
	assert_int_equal(store_try(store, "x.tdk"), DB_OK);
	shim_start(failing_watch, failing);
	status = remake_try(store, true);
	if (status != DB_OK && !strstr(store_message(store), failing->words))
		fail_msg("call %ld: %s", failing->at, store_message(store));
	shim_start(NULL, NULL);
	store_free(store);
	if (status != DB_OK && events_of("x.tdk") != EVENTS)
		assert_int_equal(events_of("x.tdk"), EVENTS + 1);
	nothing_is_left("x.tdk");
	return status;
}

static void failing_walk(struct failing failing)
{
	long fired = 0, states = 0;
	enum db_status status = DB_IO;

	base_make();
	for (failing.at = 1; status != DB_OK; failing.at++, states++) {
		failing.calls = failing.fired = 0;
		status = failing_try(&failing);
		fired += failing.fired > 0;
	}
	print_message("# %s: %ld states, fired in %ld\n", failing.words, states, fired);
	assert_true(fired > 50);
	store_rig_remove();
}

static void test_full_disk_and_no_memory(void **state)
{
	(void)state;
	failing_walk((struct failing) { .op = SHIM_WRITE, .code = SQLITE_FULL, .words = "full" });
	failing_walk((struct failing) { SHIM_READ, SQLITE_NOMEM, "enough memory", 0, 0, 0 });
}

static enum db_status piece_write(void *with, const uint8_t *bytes, size_t size)
{
	return fwrite(bytes, 1, size, with) == size ? DB_OK : DB_IO;
}

static enum db_status backup_of(const char *name, const char *to)
{
	FILE *file = fopen(store_rig_path(to), "wb");
	const struct backup backup = { piece_write, file, NULL, 1600000000 };
	struct store *store = store_new();
	enum db_status status = store_open(store, store_rig_path(name));

	if (status == DB_OK)
		status = backup_make(store, &backup);
	assert_int_equal(fclose(file), 0);
	store_free(store);
	return status;
}

static enum db_status restore_try(
	struct store *store, const char *to, const char *backup, bool replaces)
{
	struct store_restore restore = { store_rig_path(to),
		open(store_rig_path(backup), O_RDONLY | O_CLOEXEC), "the backup", replaces, NULL };
	struct secret *password = password_of("correct horse battery");
	struct store *made;
	int64_t when;
	enum db_status status = store_restore(store, &restore, &when);

	if (status == DB_OK)
		status = store_unlock(store, "ada", password, 1600000000);
	if (status == DB_OK)
		status = remake_begin(store, &(struct remake) { .new_master = false }, &made);
	if (status == DB_OK)
		status = finish(store, made);
	secret_free(password);
	close(restore.descriptor);
	return status;
}

static void restored(const char *to, const char *backup, bool replaces)
{
	struct store *store = store_new();

	if (restore_try(store, to, backup, replaces) != DB_OK)
		fail_msg("%s", store_message(store));
	store_free(store);
}

/* A store that was killed: its last event stands in the log alone. */
static void killed_with_a_log(const char *name)
{
	int status;

	if (fork() == 0) {
		struct store *store = store_new();

		_exit(store_try(store, name) == DB_OK && note_try(store) == DB_OK ? 0 : 1);
	}
	assert_true(wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_int_equal(access(store_rig_path("x.tdk-wal"), F_OK), 0);
}

static void test_a_backup_comes_back(void **state)
{
	struct ids before, after;

	(void)state;
	base_make();
	killed_with_a_log("x.tdk");
	assert_int_equal(backup_of("x.tdk", "b"), DB_OK);
	before = ids_of("x.tdk");
	restored("z.tdk", "b", false);
	after = ids_of("z.tdk");
	assert_memory_equal(before.desk, after.desk, sizeof(after.desk));
	assert_memory_not_equal(before.file, after.file, sizeof(after.file));
	assert_int_equal(events_of("z.tdk"), EVENTS + 2);
	nothing_is_left("z.tdk");
	store_rig_remove();
}

static void test_what_is_no_backup(void **state)
{
	struct bytes_of {
		off_t cut;
		off_t flip;
		const char *words;
	} faults[] = { { 30, -1, "not a backup" }, { 5000, -1, "cut short" },
		{ -1, 3, "not a backup" }, { -1, 16, "newer" }, { -1, 26, "cut short" },
		{ -1, 5000, "damaged since it was made" },
		{ -1, 60000, "damaged since it was made" } };

	(void)state;
	base_make();
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct store *store = store_new();
		uint8_t byte;
		int file;

		assert_int_equal(backup_of("x.tdk", "b"), DB_OK);
		file = open(store_rig_path("b"), O_RDWR | O_CLOEXEC);
		if (faults[i].cut >= 0)
			assert_int_equal(ftruncate(file, faults[i].cut), 0);
		if (faults[i].flip >= 0) {
			assert_int_equal(pread(file, &byte, 1, faults[i].flip), 1);
			byte ^= 2;
			assert_int_equal(pwrite(file, &byte, 1, faults[i].flip), 1);
		}
		close(file);
		assert_int_equal(restore_try(store, "z.tdk", "b", false), DB_DAMAGED);
		if (!strstr(store_message(store), faults[i].words))
			fail_msg("%zu: %s", i, store_message(store));
		store_free(store);
		assert_int_not_equal(access(store_rig_path("z.tdk"), F_OK), 0);
	}
	store_rig_remove();
}

static int restore_body(void *with)
{
	struct store *store = store_new();
	int status;

	(void)with;
	store_set_lower(store, shim_name());
	status = restore_try(store, "x.tdk", "b", true) == DB_OK ? 0 : 1;
	store_free(store);
	return status;
}

/* Over a store that was killed with an event in its log. */
static void log_put_back(void *with)
{
	(void)with;
	(void)unlink(store_rig_path("x.tdk.old"));
	(void)unlink(store_rig_path("x.tdk.old-wal"));
	(void)unlink(store_rig_path("x.tdk.old.1"));
	(void)unlink(store_rig_path("x.tdk.old.1-wal"));
	store_files_copy("y.tdk", "x.tdk");
}

/* The store that was there, with its log, or the one of the backup; what was there is kept. */
static void restore_judge(void *with, long at)
{
	int64_t events = events_of("x.tdk");
	bool is_old = events == EVENTS + 2;

	(void)with;
	if (!is_old && events != EVENTS + 1)
		fail_msg("call %ld: %lld events", at, (long long)events);
	if (!is_old && events_of("x.tdk.old") != EVENTS + 2)
		fail_msg("call %ld: the old store has not kept its log", at);
	restored("x.tdk", "b", true);
	assert_int_equal(events_of("x.tdk"), EVENTS + 1);
	assert_int_equal(events_of("x.tdk.old"), events);
	nothing_is_left("x.tdk");
}

/* The log of the store that was there is never replayed into the new one (trap 14). */
static void test_killed_while_restored(void **state)
{
	const struct kill_walk walk = { "restore", restore_body, log_put_back, restore_judge, NULL,
		1 };

	(void)state;
	base_make();
	assert_int_equal(backup_of("x.tdk", "b"), DB_OK);
	killed_with_a_log("x.tdk");
	assert_int_equal(events_of("y.tdk"), EVENTS);
	killed_with_a_log("x.tdk");
	store_files_copy("x.tdk", "y.tdk");
	kill_walk(&walk);
	store_rig_remove();
}

/* NAME.old is what was there before, or there is none. */
static void test_not_exchanged(void **state)
{
	long failed = 0;
	bool has_fired = true;

	(void)state;
	base_make();
	assert_int_equal(backup_of("x.tdk", "b"), DB_OK);
	for (long at = 1; has_fired; at++) {
		struct store *store = store_new();
		enum db_status status;

		(void)kill_fail("renameat2", at);
		status = restore_try(store, "x.tdk", "b", true);
		has_fired = kill_fail(NULL, 0);
		store_free(store);
		failed += has_fired;
		assert_int_equal(status, has_fired ? DB_IO : DB_OK);
		assert_int_equal(events_of("x.tdk"), has_fired ? EVENTS : EVENTS + 1);
		assert_int_equal(access(store_rig_path("x.tdk.old"), F_OK), has_fired ? -1 : 0);
		nothing_is_left("x.tdk");
	}
	print_message("# the name failed to change %ld times\n", failed);
	assert_true(failed >= 2);
	store_rig_remove();
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, store_rig_start, store_rig_done)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_another_file_the_same_desk),
		IN_FOLDER(test_old_pages_are_foreign),
		IN_FOLDER(test_not_under_others),
		IN_FOLDER(test_stopped_by_hand),
		IN_FOLDER(test_a_backup_comes_back),
		IN_FOLDER(test_what_is_no_backup),
		IN_FOLDER(test_killed_while_made_anew),
		IN_FOLDER(test_killed_while_restored),
		IN_FOLDER(test_killed_while_first_made),
		IN_FOLDER(test_full_disk_and_no_memory),
		IN_FOLDER(test_not_exchanged),
	};

	if (!store_start())
		return 1;
	return cmocka_run_group_tests_name("stores made anew", tests, NULL, NULL);
}
