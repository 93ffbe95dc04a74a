/*
 * The format is what tracedesk-store(7) says: stores made by db/ are read by a
 * second reader (reader.c) that knows the page and no code of ours.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>
#include <sqlite3.h>

#include "db/events.h"
#include "db/people.h"
#include "db/request_words.h"
#include "db/requests.h"
#include "db/store.h"
#include "tests/db/reader.h"
#include "tests/scratch.h"

static const char password[] = "correct horse battery";

struct world {
	char folder[SCRATCH_SIZE];
	char path[SCRATCH_SIZE + 8];
	char code[100];
	struct store *store;
	struct reader reader;
	sqlite3 *rows; /* the tables as the reader opened them */
};

static struct secret *secret_of(const char *text)
{
	char copy[64];

	snprintf(copy, sizeof(copy), "%s", text);
	return secret_take(copy, strlen(copy));
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

static void store_fill(struct world *world)
{
	struct person person = { .roles = ROLE_ADMINISTRATOR, .name = "ada" };
	uint8_t sign_public[32], box_public[32];

	person.full_name = mem_text("Ada Brook");
	assert_int_equal(people_insert(world->store, &person), DB_OK);
	store_person_keys(world->store, sign_public, box_public);
	assert_int_equal(people_add_key(world->store, person.id, sign_public, box_public), DB_OK);
	event_add(world->store, EVENT_STORE_CREATED, "");
	assert_int_equal(store_commit(world->store), DB_OK);
	assert_int_equal(store_make_end(world->store), DB_OK);
	person_clear(&person);
}

static int world_make(void **state)
{
	struct world *world = calloc(1, sizeof(*world));
	struct secret *chosen = secret_of(password);
	struct secret *recovery = NULL;
	const struct store_make make = { world->path, "ada", STORE_DEMO, STORE_COST_DEMO, chosen };

	*state = world;
	if (!scratch_make(world->folder, "format"))
		return -1;
	snprintf(world->path, sizeof(world->path), "%s/x.tdk", world->folder);
	world->store = store_new();
	assert_int_equal(store_make(world->store, &make, &recovery), DB_OK);
	snprintf(world->code, sizeof(world->code), "%.*s", (int)secret_size(recovery),
		(const char *)secret_read(recovery));
	secret_free(recovery);
	secret_free(chosen);
	store_fill(world);
	return 0;
}

static int world_end(void **state)
{
	static const char *const ends[] = { "", "-head", "-wal", "-shm" };
	struct world *world = *state;
	char name[256];
	int left;

	sqlite3_close(world->rows);
	reader_done(&world->reader);
	store_free(world->store);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		snprintf(name, sizeof(name), "%s%s", world->path, ends[i]);
		unlink(name);
	}
	left = rmdir(world->folder);
	free(world);
	return left;
}

static void request_add(struct store *store)
{
	char words_text[] = "żółć-o'testa";
	const struct request_words words = { words_text, words_text };
	struct request request;

	request_init(&request);
	record_set(&request.field[FIELD_RECEIVED], "2020-12-14");
	record_set(&request.field[FIELD_SERVICE], "police");
	record_set(&request_add_subject(&request)->field[FIELD_SUBJECT_SURNAME], "Żółć-O'Testa");
	assert_int_equal(store_begin(store), DB_OK);
	assert_int_equal(requests_insert(store, &request), DB_OK);
	assert_int_equal(request_words_put(store, request.id, NULL, &words), DB_OK);
	event_add(store, EVENT_REQUEST_IMPORTED, request.reference);
	assert_int_equal(store_commit(store), DB_OK);
	request_clear(&request);
}

static void close_store(struct world *world)
{
	store_free(world->store);
	world->store = NULL;
}

/* The pages as a database in memory: no file with the tables in clear is ever made. */
static void open_rows(struct world *world)
{
	struct reader *reader = &world->reader;

	/* In memory there is no log: SQLite is told so in the bytes that say it. */
	assert_int_equal(reader->pages[18], 2);
	assert_int_equal(reader->pages[19], 2);
	assert_int_equal(reader->pages[20], 40);
	reader->pages[18] = reader->pages[19] = 1;
	assert_int_equal(sqlite3_open(":memory:", &world->rows), SQLITE_OK);
	assert_int_equal(
		sqlite3_deserialize(world->rows, "main", reader->pages,
			(sqlite3_int64)reader->page_count * 4096,
			(sqlite3_int64)reader->page_count * 4096, SQLITE_DESERIALIZE_READONLY),
		SQLITE_OK);
}

static sqlite3_stmt *query(struct world *world, const char *sql)
{
	sqlite3_stmt *stmt = NULL;

	if (sqlite3_prepare_v2(world->rows, sql, -1, &stmt, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(world->rows));
	return stmt;
}

static void add_number(crypto_generichash_state *state, uint64_t value, size_t size)
{
	uint8_t bytes[8];

	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)(value >> (8 * i));
	crypto_generichash_update(state, bytes, size);
}

static void add_blob(crypto_generichash_state *state, sqlite3_stmt *stmt, int column)
{
	size_t size = (size_t)sqlite3_column_bytes(stmt, column);

	crypto_generichash_update(state, sqlite3_column_blob(stmt, column), size);
}

/* Columns: 0 sequence, 1 time, 2 person, 3 key, 4 role, 5 kind, 6 operation, 7 generation,
   8 reference, 9 payload_hash, 10 previous, 11 hash, 12 salt, 13 payload, 14 signature. */
static void link_hash(sqlite3_stmt *stmt, const uint8_t *desk_id, uint8_t out_hash[32])
{
	static const size_t sizes[] = { 8, 8, 8, 8, 4, 4 };
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, 32);
	crypto_generichash_update(&state, (const uint8_t *)"tracedesk event 1", 18);
	crypto_generichash_update(&state, desk_id, 16);
	for (int i = 0; i < 6; i++)
		add_number(&state, (uint64_t)sqlite3_column_int64(stmt, i), sizes[i]);
	add_blob(&state, stmt, 6);
	add_number(&state, (uint64_t)sqlite3_column_int64(stmt, 7), 8);
	add_number(&state, (uint64_t)sqlite3_column_bytes(stmt, 8), 4);
	add_blob(&state, stmt, 8);
	add_blob(&state, stmt, 9);
	add_blob(&state, stmt, 10);
	crypto_generichash_final(&state, out_hash, 32);
}

static void payload_look(sqlite3_stmt *stmt)
{
	const uint8_t *payload = sqlite3_column_blob(stmt, 13);
	size_t size = (size_t)sqlite3_column_bytes(stmt, 13);
	uint8_t hash[32];

	assert_memory_equal(payload, "TDEP\1", 5);
	crypto_generichash(hash, 32, payload, size, sqlite3_column_blob(stmt, 12), 32);
	assert_memory_equal(hash, sqlite3_column_blob(stmt, 9), 32);
}

/* Walks the trail; the hash of the last event. */
static int trail_walk(struct world *world, uint8_t out_last[32])
{
	sqlite3_stmt *stmt = query(world,
		"SELECT sequence, time, person, key, role, kind, operation, generation, reference,"
		" payload_hash, previous, hash, salt, payload, signature FROM events"
		" ORDER BY sequence");
	uint8_t text[28 + 32] = "tracedesk event signature 1";
	int events = 0;

	memset(out_last, 0, 32);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		uint8_t hash[32];

		assert_int_equal(sqlite3_column_int64(stmt, 0), ++events);
		assert_memory_equal(sqlite3_column_blob(stmt, 10), out_last, 32);
		link_hash(stmt, world->reader.header + 56, hash);
		assert_memory_equal(sqlite3_column_blob(stmt, 11), hash, 32);
		payload_look(stmt);
		memcpy(out_last, hash, 32);
		memcpy(text + 28, hash, 32);
		assert_int_equal(sqlite3_column_bytes(stmt, 14), 64);
		assert_int_equal(crypto_sign_verify_detached(sqlite3_column_blob(stmt, 14), text,
					 sizeof(text), world->reader.sign_public),
			0);
	}
	sqlite3_finalize(stmt);
	return events;
}

static void expect_subject(struct world *world)
{
	sqlite3_stmt *stmt = query(world, "SELECT subject_surname FROM subjects");

	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	assert_string_equal((const char *)sqlite3_column_text(stmt, 0), "Żółć-O'Testa");
	sqlite3_finalize(stmt);
}

static void expect_head(struct world *world, int events, const uint8_t *last)
{
	uint8_t hash[32];
	uint64_t sequence = 0;

	assert_true(reader_head(&world->reader, &sequence, hash));
	assert_int_equal(sequence, events);
	assert_memory_equal(hash, last, 32);
}

static void test_closed_store(void **state)
{
	struct world *world = *state;
	uint8_t last[32];

	request_add(world->store);
	close_store(world);
	assert_true(reader_load(&world->reader, world->path));
	assert_false(reader_unlock(&world->reader, "ada", "correct horse batterz"));
	assert_true(reader_unlock(&world->reader, "ada", password));
	assert_true(reader_pages(&world->reader));
	open_rows(world);
	expect_subject(world);
	assert_int_equal(trail_walk(world, last), 2);
	expect_head(world, 2, last);
}

static void test_log_of_an_open_store(void **state)
{
	struct world *world = *state;
	uint8_t last[32];

	request_add(world->store);
	assert_true(reader_load(&world->reader, world->path));
	assert_true(reader_unlock(&world->reader, "ada", password));
	assert_true(reader_pages(&world->reader));
	assert_true(reader_log(&world->reader));
	print_message("#    commits in the log: %u\n", (unsigned)world->reader.log_commits);
	assert_true(world->reader.log_commits >= 1);
	open_rows(world);
	expect_subject(world);
	assert_int_equal(trail_walk(world, last), 2);
	expect_head(world, 2, last);
}

static void test_recovery_code(void **state)
{
	struct world *world = *state;

	close_store(world);
	assert_true(reader_load(&world->reader, world->path));
	assert_true(reader_recover(&world->reader, world->code));
	assert_true(reader_pages(&world->reader));
	world->code[2] = world->code[2] == '7' ? '8' : '7';
	assert_false(reader_recover(&world->reader, world->code));
}

static void test_failed_log_in(void **state)
{
	struct world *world = *state;
	struct secret *wrong = secret_of("not the password");
	char name[65] = "";
	int count = 0;

	close_store(world);
	world->store = store_new();
	assert_int_equal(store_open(world->store, world->path), DB_OK);
	assert_int_equal(store_unlock(world->store, "ada", wrong, 1600000000), DB_LOCKED);
	secret_free(wrong);
	assert_true(reader_load(&world->reader, world->path));
	assert_true(reader_unlock(&world->reader, "ada", password));
	assert_true(reader_failures(&world->reader, &count, name));
	assert_int_equal(count, 1);
	assert_string_equal(name, "ada");
}

/* The reader itself must see damage, or all of the above says nothing. */
static void test_damage_is_seen(void **state)
{
	struct world *world = *state;
	struct reader *reader = &world->reader;

	close_store(world);
	assert_true(reader_load(reader, world->path));
	assert_true(reader_unlock(reader, "ada", password));
	reader->store.bytes[40960 + 4096 + 17] ^= 1;
	assert_false(reader_pages(reader));
	reader->store.bytes[16000] ^= 1;
	reader->store.bytes[16384 + 16000] ^= 1;
	assert_false(reader_unlock(reader, "ada", password));
}

#define WORLD_TEST(function) cmocka_unit_test_setup_teardown(function, world_make, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(test_closed_store),
		WORLD_TEST(test_log_of_an_open_store),
		WORLD_TEST(test_recovery_code),
		WORLD_TEST(test_failed_log_in),
		WORLD_TEST(test_damage_is_seen),
	};

	if (!store_start())
		return 1;
	return cmocka_run_group_tests_name("format", tests, NULL, NULL);
}
