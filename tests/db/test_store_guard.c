/*
 * What a store is guarded by beside the seal of its pages: the settings of its
 * connection; the -head record against files of another time; the header's
 * generation against a slot put back.
 */
#include "store_rig.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/events.h"
#include "db/settings.h"
#include "db/vault.h"
#include "shim.h"
#include "tests/db/number_of.h"

static int setting(struct store *store, int which)
{
	int value = -1;

	assert_int_equal(sqlite3_db_config(store->db, which, -1, &value), SQLITE_OK);
	return value;
}

/* Each of these closes a way past the seal or past the trail. */
static void test_settings(void **state)
{
	struct store *store;
	sqlite3 *memory = NULL;

	(void)state;
	store_made("x.tdk");
	store = store_at("x.tdk", NULL);
	assert_int_equal(number_of(store->db, "PRAGMA temp_store"), 2);
	assert_int_equal(number_of(store->db, "PRAGMA synchronous"), 2);
	assert_int_equal(number_of(store->db, "PRAGMA foreign_keys"), 1);
	assert_int_equal(number_of(store->db, "PRAGMA trusted_schema"), 0);
	assert_int_equal(number_of(store->db, "PRAGMA cell_size_check"), 1);
	/* No answer: this file has no memory map. */
	assert_int_equal(number_of(store->db, "PRAGMA mmap_size"), -1);
	assert_int_equal(setting(store, SQLITE_DBCONFIG_DEFENSIVE), 1);
	assert_int_equal(setting(store, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION), 0);
	assert_int_equal(sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, -1), 0);
	assert_int_equal(
		sqlite3_exec(store->db, "ATTACH ':memory:' AS other", 0, 0, 0), SQLITE_ERROR);
	assert_int_equal(sqlite3_exec(store->db, "VACUUM INTO ':memory:'", 0, 0, 0), SQLITE_ERROR);
	/* SQLite's own checkpoint waits for no copy of the pages. */
	assert_ptr_equal(sqlite3_wal_hook(store->db, NULL, NULL), store);
	store_free(store);
	assert_int_equal(
		sqlite3_open_v2("file:nothing?mode=memory", &memory, SQLITE_OPEN_READWRITE, NULL),
		SQLITE_CANTOPEN);
	(void)sqlite3_close(memory);
}

/* Two histories that part: the store of one, the -head of the other. */
static void test_another_history(void **state)
{
	struct store *store;

	(void)state;
	store_made("x.tdk");
	store_files_copy("x.tdk", "y.tdk");
	store = store_at("x.tdk", NULL);
	assert_int_equal(note_try(store), DB_OK);
	store_free(store);
	store = store_at("y.tdk", NULL);
	assert_int_equal(note_try(store), DB_OK);
	store_free(store);
	file_copy("y.tdk-head", "x.tdk-head");
	store = store_new();
	assert_int_equal(store_try(store, "x.tdk"), DB_DAMAGED);
	assert_non_null(strstr(store_message(store), "another history"));
	store_free(store);
}

static void header_keep(const char *name, uint8_t header[VAULT_HEADER_BYTES], bool put)
{
	int file = open(store_rig_path(name), O_RDWR | O_CLOEXEC);

	assert_true(file >= 0);
	assert_int_equal(put ? pwrite(file, header, VAULT_HEADER_BYTES, 0)
			     : pread(file, header, VAULT_HEADER_BYTES, 0),
		VAULT_HEADER_BYTES);
	assert_int_equal(close(file), 0);
}

/* A leaver who kept the header of his time cannot put his slot back with it. */
static void test_a_leavers_header(void **state)
{
	static uint8_t header[VAULT_HEADER_BYTES];
	uint8_t sign_public[32], box_public[32];
	struct secret *password = password_of("staple battery horse");
	struct secret *seed;
	struct store *store;

	(void)state;
	store_made("x.tdk");
	store = store_at("x.tdk", NULL);
	store_seed_new(&seed, sign_public, box_public);
	assert_int_equal(store_slot_add(store, "leaver", password, seed), DB_OK);
	store_free(store);
	header_keep("x.tdk", header, false);
	store = store_at("x.tdk", NULL);
	assert_int_equal(store_slot_remove(store, "leaver"), DB_OK);
	store_free(store);
	header_keep("x.tdk", header, true);
	store = store_new();
	assert_int_equal(store_open(store, store_rig_path("x.tdk")), DB_OK);
	assert_int_equal(store_unlock(store, "leaver", password, 1600000000), DB_DAMAGED);
	assert_non_null(strstr(store_message(store), "header is older"));
	assert_int_equal(store_try(store, "x.tdk"), DB_DAMAGED);
	store_free(store);
	secret_free(seed);
	secret_free(password);
}

/* The header of one store before the pages of another. */
static void test_a_foreign_header(void **state)
{
	static uint8_t header[VAULT_HEADER_BYTES];
	struct store *store = store_new();

	(void)state;
	store_made("x.tdk");
	store_made("y.tdk");
	header_keep("y.tdk", header, false);
	header_keep("x.tdk", header, true);
	assert_int_equal(store_try(store, "x.tdk"), DB_DAMAGED);
	store_free(store);
}

struct syncs {
	int store_files; /* -head and the store itself: both opened as a main file */
};

static int syncs_watch(void *context, const struct shim_call *call)
{
	struct syncs *syncs = context;

	syncs->store_files += call->op == SHIM_SYNC && !call->is_log;
	return SQLITE_OK;
}

/* What -head remembers is made durable when the store is closed. */
static void test_head_is_synced_at_close(void **state)
{
	struct syncs syncs = { 0 };
	struct store *store, *other;

	(void)state;
	store_made("x.tdk");
	/* With another at it the last close, and its checkpoint, is not ours. */
	other = store_at("x.tdk", NULL);
	shim_start(syncs_watch, &syncs);
	store = store_at("x.tdk", shim_name());
	store_free(store);
	assert_int_equal(syncs.store_files, 0);
	store = store_at("x.tdk", shim_name());
	assert_int_equal(note_try(store), DB_OK);
	assert_int_equal(syncs.store_files, 0);
	store_free(store);
	assert_int_equal(syncs.store_files, 1);
	store_free(other);
}

/* And before the log is brought into the pages, of which a copy could be put back. */
static void test_head_is_synced_at_checkpoints(void **state)
{
	enum { BYTES = 5 << 20 };
	const struct event_new event = { .time = 1600000000,
		.person = 1,
		.role = ROLE_ADMINISTRATOR,
		.kind = EVENT_LOGIN,
		.reference = "" };
	char *text = mem_new(BYTES + 1, 1);
	struct syncs syncs = { 0 };
	struct store *store;

	(void)state;
	memset(text, 'a', BYTES);
	store_made("x.tdk");
	shim_start(syncs_watch, &syncs);
	store = store_at("x.tdk", shim_name());
	syncs.store_files = 0;
	assert_int_equal(store_begin(store), DB_OK);
	assert_int_equal(settings_set(store, "long", text), DB_OK);
	assert_int_equal(event_append(store, &event), DB_OK);
	assert_int_equal(store_commit(store), DB_OK);
	assert_int_equal(syncs.store_files, 2);
	store_free(store);
	mem_free(text);
}

/* In a process of its own: opens, says so, waits, and tries to write and to read. */
static int work_on_a_replaced_file(int say, int hear)
{
	struct store *store = store_new();
	char word = 'o';
	int status = 1;

	if (store_try(store, "x.tdk") == DB_OK && note_try(store) == DB_OK &&
		write(say, &word, 1) == 1 && read(hear, &word, 1) == 1 &&
		note_try(store) == DB_IO && strstr(store_message(store), "replaced") &&
		store_read_begin(store) == DB_IO)
		status = 0;
	store_free(store);
	return status;
}

/* Trap 11: what one process would store in a file that another has replaced. */
static void test_a_replaced_file(void **state)
{
	int said[2], heard[2], status;
	struct store *store;
	pid_t child;
	char word;

	(void)state;
	store_made("x.tdk");
	file_copy("x.tdk", "y.tdk");
	assert_int_equal(pipe(said), 0);
	assert_int_equal(pipe(heard), 0);
	child = fork();
	if (child == 0)
		_exit(work_on_a_replaced_file(said[1], heard[0]));
	assert_int_equal(read(said[0], &word, 1), 1);
	assert_int_equal(rename(store_rig_path("y.tdk"), store_rig_path("x.tdk")), 0);
	assert_int_equal(write(heard[1], &word, 1), 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	/* What was stored before is in the log, which fits the copy put there. */
	store = store_at("x.tdk", NULL);
	assert_int_equal(count_of(store), 2);
	store_free(store);
	for (int i = 0; i < 2; i++) {
		close(said[i]);
		close(heard[i]);
	}
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, store_rig_start, store_rig_done)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_settings),
		IN_FOLDER(test_another_history),
		IN_FOLDER(test_a_leavers_header),
		IN_FOLDER(test_a_foreign_header),
		IN_FOLDER(test_head_is_synced_at_close),
		IN_FOLDER(test_head_is_synced_at_checkpoints),
		IN_FOLDER(test_a_replaced_file),
	};

	if (!store_start())
		return 1;
	return cmocka_run_group_tests_name("what guards a store", tests, NULL, NULL);
}
