/*
 * Attached files: every size comes back as it went in, none of its bytes stands
 * in an event; a piece that is changed, gone, put elsewhere or too many is named
 * by the proof and handed to nobody; a kill at any moment leaves each file whole
 * or not at all.
 */
#include "store_rig.h"

#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/events.h"
#include "db/files.h"
#include "db/request_words.h"
#include "db/requests.h"
#include "db/verify.h"
#include "tests/db/number_of.h"

static const char canary[] = "Wraxhillbottomley";

static void content_make(int64_t size, struct file_content *content)
{
	*content = (struct file_content) { .size = size };
	for (int i = 0; i < file_pieces(size); i++) {
		size_t piece = file_piece_size(size, i);

		content->piece[i] = mem_new(FILE_PIECE_BYTES, 1);
		for (size_t at = 0; at < piece; at++)
			content->piece[i][at] = (uint8_t)canary[(at + (size_t)i) % sizeof(canary)];
	}
}

static int64_t request_make(struct store *store)
{
	char empty[] = "";
	const struct event_new event = { 1600000000, 1, ROLE_ADMINISTRATOR, EVENT_REQUEST_ADDED,
		"TR-2020-000001", NULL, 0 };
	struct request request;
	const struct request_words words = { empty, empty };
	int64_t id;

	request_init(&request);
	record_set(&request.field[FIELD_RECEIVED], "2020-12-14");
	record_set(&request.field[FIELD_SERVICE], "police");
	assert_int_equal(store_begin(store), DB_OK);
	assert_int_equal(requests_insert(store, &request), DB_OK);
	assert_int_equal(request_words_put(store, request.id, NULL, &words), DB_OK);
	assert_int_equal(event_append(store, &event), DB_OK);
	assert_int_equal(store_commit(store), DB_OK);
	id = request.id;
	request_clear(&request);
	return id;
}

static enum db_status attach(struct store *store, struct receipt_file *file, int64_t size)
{
	const struct event_new event = { 1600000000, 1, ROLE_ADMINISTRATOR, EVENT_FILE_ATTACHED,
		"TR-2020-000001", NULL, 0 };
	struct file_content content;
	enum db_status status = store_begin(store);

	content_make(size, &content);
	if (status == DB_OK)
		status = files_insert(store, file, &content);
	if (status == DB_OK)
		status = event_append(store, &event);
	if (status == DB_OK)
		status = store_commit(store);
	else
		store_rollback(store);
	file_content_clear(&content);
	return status;
}

static void attach_one(struct store *store, int64_t request, int64_t size)
{
	struct receipt_file file = { .request = request, .person = 1, .name = mem_text("a\nform") };

	assert_int_equal(attach(store, &file, size), DB_OK);
	assert_int_equal(file.size, size);
	receipt_file_clear(&file);
}

/* What is read must be what content_make made. */
struct reading {
	int64_t size, got;
};

static enum db_status compare(void *with, const uint8_t *bytes, size_t size)
{
	struct reading *reading = with;
	int piece = (int)(reading->got / FILE_PIECE_BYTES);

	assert_int_equal(size, file_piece_size(reading->size, piece));
	for (size_t at = 0; at < size; at++)
		if (bytes[at] != (uint8_t)canary[(at + (size_t)piece) % sizeof(canary)])
			fail_msg("piece %d differs at %zu", piece, at);
	reading->got += (int64_t)size;
	return DB_OK;
}

static void test_every_size_comes_back(void **state)
{
	static const int64_t sizes[] = { 0, 1, FILE_PIECE_BYTES - 1, FILE_PIECE_BYTES,
		FILE_PIECE_BYTES + 1, 3 * FILE_PIECE_BYTES, FILE_MOST_BYTES - 1, FILE_MOST_BYTES };
	enum { SIZES = sizeof(sizes) / sizeof(sizes[0]) };
	struct receipt_file *files, one;
	struct store *store;
	int64_t request;
	size_t count;

	(void)state;
	store_made("x.tdk");
	store = store_at("x.tdk", NULL);
	request = request_make(store);
	for (int i = 0; i < SIZES; i++)
		attach_one(store, request, sizes[i]);
	assert_int_equal(files_list(store, request, &files, &count), DB_OK);
	assert_int_equal(count, SIZES);
	for (size_t i = 0; i < SIZES; i++) {
		struct reading reading = { .size = sizes[i] };

		assert_int_equal(files[i].number, i + 1);
		assert_int_equal(files[i].size, sizes[i]);
		assert_string_equal(files[i].name, "a\nform");
		assert_string_equal(files[i].person_name, "ada");
		assert_int_equal(files_read(store, files[i].id, compare, &reading), DB_OK);
		assert_int_equal(reading.got, sizes[i]);
		receipt_file_clear(&files[i]);
	}
	mem_free(files);
	assert_int_equal(files_find(store, request, SIZES + 1, &one), DB_NONE);
	(void)count_of(store);
	assert_true(number_of(store->db, "SELECT max(length(payload)) FROM events") < 8192);
	assert_int_equal(
		number_of(store->db, "SELECT count(*) FROM events WHERE instr(payload, CAST("
				     "'Wraxhillbottomley' AS BLOB)) > 0"),
		0);
	store_free(store);
}

struct stop {
	int64_t asked, after, last; /* last: asked when every event was read */
	int64_t events;
};

static bool stop_after(void *with, int64_t event)
{
	struct stop *stop = with;

	stop->last += event == stop->events;
	return ++stop->asked != stop->after;
}

/* The proof of many large files is stopped between two pieces. */
static void test_the_proof_can_be_stopped(void **state)
{
	enum { FILES = 3, PIECES = 4 };
	struct stop stop = { .after = -1 };
	const struct trail_asked asked = { .goes_on = stop_after, .with = &stop };
	struct trail_verdict verdict;
	struct store *store;
	int64_t request;

	(void)state;
	store_made("x.tdk");
	store = store_at("x.tdk", NULL);
	request = request_make(store);
	for (int i = 0; i < FILES; i++)
		attach_one(store, request, PIECES * FILE_PIECE_BYTES);
	stop.events = count_of(store);
	assert_int_equal(trail_verify_asked(store, &asked, &verdict), DB_OK);
	assert_true(stop.last >= FILES * PIECES);
	print_message("# asked %lld times, %lld of them when every event was read\n",
		(long long)stop.asked, (long long)stop.last);
	for (int64_t all = stop.asked, after = 1; after <= all; after++) {
		stop = (struct stop) { .after = after, .events = stop.events };
		assert_int_equal(trail_verify_asked(store, &asked, &verdict), DB_REFUSED);
		assert_non_null(strstr(store_message(store), "stopped"));
	}
	store_free(store);
}

/* What may happen to the pieces of file 1, whose rows are 1 to 4, and of file 2. */
static const struct damage {
	const char *sql;
	const char *what; /* the proof's first words */
} damages[] = {
	{ "UPDATE file_pieces SET bytes = CAST(bytes || x'00' AS BLOB) WHERE id = 2",
		"files, row 1: piece 2 is not what was attached" },
	{ "UPDATE file_pieces SET bytes = zeroblob(length(bytes)) WHERE id = 4",
		"files, row 1: piece 4 is not what was attached" },
	{ "UPDATE file_pieces SET bytes = substr(bytes, 1, length(bytes) - 1) WHERE id = 1",
		"files, row 1: piece 1 is not what was attached" },
	{ "UPDATE file_pieces SET position = position - 3 WHERE id IN (2, 3);"
	  "UPDATE file_pieces SET position = -position WHERE id IN (2, 3)",
		"files, row 1: piece 2 is not what was attached" },
	{ "UPDATE file_pieces SET bytes = (SELECT bytes FROM file_pieces WHERE id = 5)"
	  " WHERE id = 2",
		"files, row 1: piece 2 is not what was attached" },
	{ "DELETE FROM file_pieces WHERE id = 3", "files, row 1: piece 3 is gone" },
	{ "DELETE FROM file_pieces WHERE id = 4", "files, row 1: piece 4 is gone" },
	{ "INSERT INTO file_pieces VALUES(99, 1, 4, x'00')",
		"files, row 1: it has a piece 5 too many" },
	{ "PRAGMA foreign_keys = OFF; INSERT INTO file_pieces VALUES(99, 7, 0, x'00')",
		"file_pieces, row 99: a piece of file 7, which is not there" },
	{ "UPDATE files SET name = 'other' WHERE id = 1",
		"files, row 1: name is not as this event left it" },
	{ "UPDATE files SET hashes = zeroblob(128) WHERE id = 1",
		"files, row 1: hashes is not as this event left it" },
	{ "UPDATE files SET size = -1 WHERE id = 1",
		"files, row 1: size is not as this event left it" },
	{ "DELETE FROM file_pieces WHERE file = 2; DELETE FROM files WHERE id = 2",
		"files, row 2: is gone, and no event says so" },
};

static enum db_status count_bytes(void *with, const uint8_t *bytes, size_t size)
{
	(void)bytes;
	*(int64_t *)with += (int64_t)size;
	return DB_OK;
}

static void damage_try(const struct damage *damage, int64_t size)
{
	struct store *store = store_at("y.tdk", NULL);
	struct trail_verdict verdict;
	int64_t got = 0;
	enum db_status status;

	if (sqlite3_exec(store->db, damage->sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", damage->sql, sqlite3_errmsg(store->db));
	assert_int_equal(trail_verify(store, &verdict), DB_OK);
	if (verdict.problem_count == 0 || strcmp(verdict.problems[0].what, damage->what) != 0)
		fail_msg("%s: the proof says: %s", damage->what,
			verdict.problem_count ? verdict.problems[0].what : "nothing");
	mem_free(verdict.problems);
	status = files_read(store, 1, count_bytes, &got);
	if (strncmp(damage->what, "files, row 1: ", 14) == 0 && !strstr(damage->what, "name") &&
		!strstr(damage->what, "too many"))
		assert_int_equal(status, DB_DAMAGED);
	else
		assert_true(status == DB_OK && got == size);
	store_free(store);
}

static void test_damage_is_named(void **state)
{
	enum { DAMAGES = sizeof(damages) / sizeof(damages[0]) };
	const int64_t size = 3 * FILE_PIECE_BYTES + 7;
	struct store *store;
	int64_t request;

	(void)state;
	store_made("x.tdk");
	store = store_at("x.tdk", NULL);
	request = request_make(store);
	attach_one(store, request, size);
	attach_one(store, request, FILE_PIECE_BYTES);
	(void)count_of(store);
	store_free(store);
	for (int i = 0; i < DAMAGES; i++) {
		store_files_copy("x.tdk", "y.tdk");
		damage_try(&damages[i], size);
	}
	print_message("# %d kinds of damage named\n", (int)DAMAGES);
}

/* Attaches until killed; says b before each, and a when it is durable. */
static _Noreturn void attach_on(int hears)
{
	struct store *store = store_new();

	if (store_try(store, "x.tdk") != DB_OK)
		_exit(1);
	for (;;) {
		struct receipt_file file = { .request = 1, .person = 1, .name = mem_text("form") };

		if (write(hears, "b", 1) != 1 ||
			attach(store, &file, 8 * FILE_PIECE_BYTES) != DB_OK ||
			write(hears, "a", 1) != 1)
			_exit(1);
		receipt_file_clear(&file);
	}
}

/* What was said to be durable before the kill, so many microseconds after the first began. */
struct killed {
	int64_t durable;
	bool is_within; /* the next was under way */
};

static struct killed kill_one(int microseconds)
{
	struct timespec wait = { 0, microseconds * 1000L };
	struct killed killed = { 0, true };
	int ends[2], status;
	char got[64];
	ssize_t count;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(ends[0]);
		attach_on(ends[1]);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], got, 1), 1);
	(void)ppoll(NULL, 0, &wait, NULL);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	while ((count = read(ends[0], got, 1)) > 0) {
		killed.is_within = got[0] == 'b';
		killed.durable += got[0] == 'a';
	}
	close(ends[0]);
	return killed;
}

static void test_killed_at_any_moment(void **state)
{
	const int rounds = getenv("TRACEDESK_TEST_SAMPLE") ? 6 : 24;
	struct store *store;
	int64_t before = 0, durable = 0, unsaid = 0;
	int within = 0;

	(void)state;
	store_made("x.tdk");
	store = store_at("x.tdk", NULL);
	assert_int_equal(request_make(store), 1);
	store_free(store);
	for (int i = 0; i < rounds; i++) {
		struct killed killed = kill_one((int)randombytes_uniform(100000));
		int64_t files;

		store = store_at("x.tdk", NULL);
		(void)count_of(store);
		files = number_of(store->db, "SELECT count(*) FROM files");
		assert_in_range(files - before - killed.durable, 0, killed.is_within ? 1 : 0);
		assert_int_equal(
			number_of(store->db, "SELECT count(*) FROM file_pieces"), 8 * files);
		unsaid += files - before - killed.durable;
		durable += killed.durable;
		within += killed.is_within;
		before = files;
		store_free(store);
	}
	print_message(
		"# %d kills, %d within an attachment; %lld files said to be durable, %lld more"
		" were; 0 lost, 0 in part\n",
		rounds, within, (long long)durable, (long long)unsaid);
	assert_true(within > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_the_proof_can_be_stopped, store_rig_start, store_rig_done),
		cmocka_unit_test_setup_teardown(
			test_every_size_comes_back, store_rig_start, store_rig_done),
		cmocka_unit_test_setup_teardown(
			test_damage_is_named, store_rig_start, store_rig_done),
		cmocka_unit_test_setup_teardown(
			test_killed_at_any_moment, store_rig_start, store_rig_done),
	};

	if (!store_start())
		return 1;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("files", tests, NULL, NULL);
}
