/*
 * Making a trail, and mending what a forger changed of it.
 */
#include "trail_rig.h"
#include "tests/scratch.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "both_proofs.h"
#include "db/chain.h"
#include "db/decisions.h"
#include "db/events.h"
#include "db/files.h"
#include "db/people.h"
#include "db/recovery_code.h"
#include "db/request_words.h"
#include "db/requests.h"
#include "db/slots.h"

static uint64_t random_state;
static struct secret *keys[4]; /* Ed25519 secret keys by person */
static char folder[SCRATCH_SIZE], path[SCRATCH_SIZE + 8], exported[SCRATCH_SIZE + 8];

void random_start(void)
{
	const char *seed = getenv("TEST_SEED");

	random_state = seed ? strtoull(seed, NULL, 10) : (uint64_t)randombytes_random();
	print_message("# TEST_SEED=%llu\n", (unsigned long long)random_state);
}

static void keys_clear(void)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		secret_free(keys[i]);
		keys[i] = NULL;
	}
}

int trail_rig_start(void **state)
{
	(void)state;
	if (!scratch_make(folder, "trail"))
		return -1;
	(void)snprintf(path, sizeof(path), "%s/x.tdk", folder);
	(void)snprintf(exported, sizeof(exported), "%s/export", folder);
	proofs_start(exported);
	return 0;
}

void trail_remove(void)
{
	static const char *const ends[] = { "", "-head", "-wal", "-shm" };
	char name[128];

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		(void)unlink(name);
	}
	(void)unlink(exported);
	keys_clear();
}

int trail_rig_done(void **state)
{
	(void)state;
	trail_remove();
	return rmdir(folder);
}

const char *trail_exported(void)
{
	return exported;
}

int64_t random_below(int64_t below)
{
	random_state = random_state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (int64_t)(random_state >> 33) % below;
}

void act_as(struct store *store, int64_t person)
{
	secret_free(store->sign_key);
	store->sign_key = secret_new(crypto_sign_SECRETKEYBYTES);
	memcpy(secret_bytes(store->sign_key), secret_read(keys[person]),
		crypto_sign_SECRETKEYBYTES);
}

void act_key(int64_t person, const struct secret *seed)
{
	struct vault_person owner;

	person_from_seed(&owner, seed);
	secret_free(keys[person]);
	keys[person] = owner.sign_key;
	owner.sign_key = NULL;
	vault_person_clear(&owner);
}

void event_add(struct store *store, int64_t person, enum event_kind kind, const char *reference)
{
	const struct event_detail details[] = { { "note", "a detail of some length" } };
	const unsigned role = person == ADA ? ROLE_ADMINISTRATOR : ROLE_SUPERVISOR;
	const struct event_new event = { 1600000000 + random_below(1000), person, role, kind,
		reference, details, 1 };

	assert_int_equal(event_append(store, &event), DB_OK);
}

void commit(struct store *store)
{
	if (store_commit(store) != DB_OK)
		fail_msg("%s", store_message(store));
}

static void person_make(struct store *store, int64_t id, const char *name)
{
	struct person person = { .roles = id == ADA ? ROLE_ADMINISTRATOR : ROLE_SUPERVISOR };
	uint8_t sign_public[32], box_public[32] = { 0 };

	keys[id] = secret_new(crypto_sign_SECRETKEYBYTES);
	assert_int_equal(crypto_sign_keypair(sign_public, secret_bytes(keys[id])), 0);
	(void)snprintf(person.name, sizeof(person.name), "%s", name);
	person.full_name = mem_text(name);
	assert_int_equal(people_insert(store, &person), DB_OK);
	assert_int_equal(person.id, id);
	assert_int_equal(people_add_key(store, id, sign_public, box_public), DB_OK);
	event_add(store, ADA, EVENT_USER_ADDED, "");
	person_clear(&person);
}

static void code_take(const struct secret *code)
{
	struct report report;
	struct secret *seed;

	assert_int_equal(recovery_code_read(code, &report, &seed), DB_OK);
	act_key(CODE, seed);
	secret_free(seed);
}

static struct store *store_made(void)
{
	struct store *store = store_new();
	char text[] = "correct horse battery";
	struct secret *password = secret_take(text, strlen(text)), *recovery = NULL;
	const struct store_make make = { path, "ada", STORE_DEMO, STORE_COST_DEMO, password };

	if (store_make(store, &make, &recovery) != DB_OK)
		fail_msg("%s", store_message(store));
	code_take(recovery);
	secret_free(recovery);
	secret_free(password);
	person_make(store, ADA, "ada");
	person_make(store, SAM, "sam");
	person_make(store, SASHA, "sasha");
	act_as(store, ADA);
	commit(store);
	assert_int_equal(store_make_end(store), DB_OK);
	assert_int_equal(sqlite3_exec(store->db, "PRAGMA synchronous=OFF", 0, 0, 0), SQLITE_OK);
	return store;
}

static void request_add(struct store *store, struct request *request)
{
	char words_text[] = "o'testa";
	const struct request_words words = { words_text, words_text };

	request_init(request);
	record_set(&request->field[FIELD_RECEIVED], "2020-12-14");
	record_set(&request->field[FIELD_SERVICE], "police");
	record_set(&request_add_subject(request)->field[FIELD_SUBJECT_SURNAME], "O'Testa");
	assert_int_equal(requests_insert(store, request), DB_OK);
	assert_int_equal(request_words_put(store, request->id, NULL, &words), DB_OK);
	event_add(store, SAM, EVENT_REQUEST_ADDED, request->reference);
}

void propose(struct store *store, int64_t request, int64_t proposer, int result)
{
	struct decision decision;

	decision_init(&decision);
	decision.request = request;
	decision.kind = DECISION_REJECTION;
	decision.result = (enum decision_result)result;
	decision.proposer = proposer;
	record_set(&decision.reasons, "other");
	assert_int_equal(decisions_insert(store, &decision), DB_OK);
	decision_clear(&decision);
}

void review(struct store *store, int64_t request, int64_t reviewer)
{
	struct decision decision;

	assert_int_equal(decisions_open(store, request, &decision), DB_OK);
	decision.result = DECISION_STANDS;
	decision.reviewer = reviewer;
	assert_int_equal(decisions_review(store, &decision), DB_OK);
	decision_clear(&decision);
}

/* A file of two pieces, in Sam's name. */
static void file_attach(struct store *store, int64_t request)
{
	struct receipt_file file = { .request = request, .person = SAM, .name = mem_text("form") };
	uint8_t *piece = mem_new(FILE_PIECE_BYTES, 1);
	const struct file_content content = { { piece, piece }, FILE_PIECE_BYTES + 1 };

	assert_int_equal(files_insert(store, &file, &content), DB_OK);
	event_add(store, SAM, EVENT_FILE_ATTACHED, "");
	receipt_file_clear(&file);
	mem_free(piece);
}

struct store *trail_made(void)
{
	struct store *store = store_made();
	struct request requests[RECEIPTS];

	for (int i = 0; i < RECEIPTS; i++) {
		if (i <= RECEIPTS / 2)
			assert_int_equal(store_begin(store), DB_OK);
		act_as(store, SAM);
		request_add(store, &requests[i]);
		if (i == 0)
			file_attach(store, requests[i].id);
		if (i < RECEIPTS / 2 || i == RECEIPTS - 1)
			commit(store);
	}
	for (int i = 0; i < RECEIPTS; i++) {
		act_as(store, SAM);
		assert_int_equal(store_begin(store), DB_OK);
		if (i % 3 == 0)
			event_add(store, 0, EVENT_LOGIN_FAILED, "");
		propose(store, requests[i].id, SAM, DECISION_OPEN);
		event_add(store, SAM, EVENT_REJECTION_PROPOSED, requests[i].reference);
		commit(store);
		if (i < RECEIPTS - 2) {
			act_as(store, SASHA);
			assert_int_equal(store_begin(store), DB_OK);
			review(store, requests[i].id, SASHA);
			event_add(store, SASHA, EVENT_REVIEW_CONFIRMED, requests[i].reference);
			commit(store);
		}
		request_clear(&requests[i]);
	}
	act_as(store, ADA);
	assert_int_equal(store_begin(store), DB_OK);
	event_add(store, ADA, EVENT_TRAIL_EXPORTED, "");
	commit(store);
	return store;
}

void hashes_mend(struct store *store, int64_t from)
{
	sqlite3_stmt *read, *write;
	uint8_t previous[STORE_HASH_BYTES];
	bool is_first = true;

	assert_int_equal(sqlite3_prepare_v2(store->db,
				 "SELECT sequence, time, person, key, role, kind, generation,"
				 " reference, operation, payload_hash, previous FROM events"
				 " WHERE sequence >= ?1 ORDER BY sequence",
				 -1, &read, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(store->db,
				 "UPDATE events SET previous = ?1, hash = ?2 WHERE sequence = ?3",
				 -1, &write, NULL),
		SQLITE_OK);
	sqlite3_bind_int64(read, 1, from);
	while (sqlite3_step(read) == SQLITE_ROW) {
		struct chain_link link = { .desk_id = store_desk_id(store),
			.sequence = sqlite3_column_int64(read, 0),
			.time = sqlite3_column_int64(read, 1),
			.person = sqlite3_column_int64(read, 2),
			.key = sqlite3_column_int64(read, 3),
			.role = (unsigned)sqlite3_column_int(read, 4),
			.kind = (unsigned)sqlite3_column_int(read, 5),
			.generation = (uint64_t)sqlite3_column_int64(read, 6),
			.reference = (const char *)sqlite3_column_text(read, 7) };

		memcpy(link.operation, sqlite3_column_blob(read, 8), STORE_ID_BYTES);
		memcpy(link.payload_hash, sqlite3_column_blob(read, 9), STORE_HASH_BYTES);
		memcpy(link.previous, is_first ? sqlite3_column_blob(read, 10) : previous,
			STORE_HASH_BYTES);
		chain_hash(&link, link.hash);
		memcpy(previous, link.hash, STORE_HASH_BYTES);
		is_first = false;
		sqlite3_bind_blob(write, 1, link.previous, STORE_HASH_BYTES, SQLITE_TRANSIENT);
		sqlite3_bind_blob(write, 2, link.hash, STORE_HASH_BYTES, SQLITE_TRANSIENT);
		sqlite3_bind_int64(write, 3, link.sequence);
		assert_int_equal(sqlite3_step(write), SQLITE_DONE);
		sqlite3_reset(write);
	}
	assert_int_equal(sqlite3_finalize(read), SQLITE_OK);
	assert_int_equal(sqlite3_finalize(write), SQLITE_OK);
}

void sign_as(struct store *store, int64_t sequence, int64_t person)
{
	uint8_t hash[STORE_HASH_BYTES], signature[crypto_sign_BYTES];
	sqlite3_stmt *stmt;

	assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT hash FROM events WHERE sequence = ?",
				 -1, &stmt, NULL),
		SQLITE_OK);
	sqlite3_bind_int64(stmt, 1, sequence);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	memcpy(hash, sqlite3_column_blob(stmt, 0), sizeof(hash));
	assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
	assert_int_equal(chain_sign(hash, secret_read(keys[person]), signature), 0);
	assert_int_equal(
		sqlite3_prepare_v2(store->db, "UPDATE events SET signature = ? WHERE sequence = ?",
			-1, &stmt, NULL),
		SQLITE_OK);
	sqlite3_bind_blob(stmt, 1, signature, sizeof(signature), SQLITE_TRANSIENT);
	sqlite3_bind_int64(stmt, 2, sequence);
	assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
	assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
}
