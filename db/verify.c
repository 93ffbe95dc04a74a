/*
 * The walk along the chain: sequence, previous hash, payload hash, hash, and who
 * signed. An event without a signature of its own is covered by the next signed
 * one of the same transaction, by the same person; failed log-ins are nobody's.
 */
#include "db/verify.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "db/chain.h"
#include "db/statement.h"
#include "db/store_private.h"
#include "db/verify_private.h"

enum { VERIFY_WALK, VERIFY_STATEMENTS };
static const char *const verify_sql[VERIFY_STATEMENTS] = {
	[VERIFY_WALK] = "SELECT * FROM events ORDER BY sequence",
};
static const struct statement_file statements = { FILE_VERIFY, verify_sql, VERIFY_STATEMENTS };

/* Between two times that goes_on is asked. */
enum { STEPS_UNASKED = 256 };

struct verify_key {
	int64_t id;
	int64_t person;
	uint8_t sign_public[32];
};

/* Events since the last signature. */
struct unsigned_run {
	int64_t count;
	int64_t person; /* who must sign; 0 while only failed log-ins wait */
	int64_t last;
	uint8_t operation[STORE_ID_BYTES];
};

void verify_problem(struct verify *verify, int64_t event, const char *format, ...)
{
	struct trail_verdict *verdict = verify->verdict;
	struct trail_problem *problem;
	va_list args;

	if (verdict->problem_count == TRAIL_MOST_PROBLEMS)
		return;
	verdict->problems = mem_resize(verdict->problems, verdict->problem_count * sizeof(*problem),
		(verdict->problem_count + 1) * sizeof(*problem));
	problem = &verdict->problems[verdict->problem_count++];
	problem->event = event;
	va_start(args, format);
	(void)vsnprintf(problem->what, sizeof(problem->what), format, args);
	va_end(args);
}

void verify_key_add(struct verify *verify, int64_t id, int64_t person, const uint8_t *sign_public)
{
	size_t size = sizeof(*verify->keys);
	struct verify_key *key;

	verify->keys =
		mem_resize(verify->keys, verify->key_count * size, (verify->key_count + 1) * size);
	key = &verify->keys[verify->key_count++];
	key->id = id;
	key->person = person;
	memcpy(key->sign_public, sign_public, sizeof(key->sign_public));
}

const uint8_t *verify_key_public(const struct verify *verify, int64_t id, int64_t person)
{
	for (size_t i = verify->key_count; i > 0; i--)
		if (verify->keys[i - 1].id == id)
			return verify->keys[i - 1].person == person
				       ? verify->keys[i - 1].sign_public
				       : NULL;
	return NULL;
}

static const struct verify_key *key_find(const struct verify *verify, int64_t id)
{
	for (size_t i = verify->key_count; i > 0; i--)
		if (verify->keys[i - 1].id == id)
			return &verify->keys[i - 1];
	return NULL;
}

bool verify_key_is(const struct verify *verify, int64_t id)
{
	return key_find(verify, id) != NULL;
}

/* Copies a column of exactly size bytes; false when it has another size. */
static bool column_take(
	struct statement *statement, const char *column, uint8_t *out_bytes, size_t size)
{
	size_t found;
	const uint8_t *bytes = statement_bytes(statement, column, &found);

	if (!bytes || found != size)
		return false;
	memcpy(out_bytes, bytes, size);
	return true;
}

static bool link_read(struct verify *verify, struct statement *statement, struct chain_link *link)
{
	link->desk_id = store_desk_id(verify->store);
	link->sequence = statement_number(statement, "sequence");
	link->time = statement_number(statement, "time");
	link->person = statement_number(statement, "person");
	link->key = statement_number(statement, "key");
	link->role = (unsigned)statement_number(statement, "role");
	link->kind = (unsigned)statement_number(statement, "kind");
	link->reference = statement_text(statement, "reference");
	link->generation = (uint64_t)statement_number(statement, "generation");
	return column_take(statement, "operation", link->operation, STORE_ID_BYTES) &&
	       column_take(statement, "payload_hash", link->payload_hash, STORE_HASH_BYTES) &&
	       column_take(statement, "previous", link->previous, STORE_HASH_BYTES) &&
	       column_take(statement, "hash", link->hash, STORE_HASH_BYTES);
}

static void link_check(struct verify *verify, const struct chain_link *link)
{
	const struct trail_verdict *verdict = verify->verdict;
	uint8_t hash[STORE_HASH_BYTES];

	if (link->sequence != verdict->events + 1)
		verify_problem(verify, link->sequence, "events before it are missing");
	if (memcmp(link->previous, verdict->head, STORE_HASH_BYTES) != 0)
		verify_problem(verify, link->sequence, "it does not follow the event before it");
	chain_hash(link, hash);
	if (memcmp(hash, link->hash, STORE_HASH_BYTES) != 0)
		verify_problem(verify, link->sequence, "its fields were changed");
	if (!event_kind_code((int)link->kind))
		verify_problem(verify, link->sequence, "it is of an unknown kind");
	if (link->person == 0 && link->kind != EVENT_LOGIN_FAILED &&
		link->kind != EVENT_LOGIN_LOST && link->kind != EVENT_STORE_RECOVERED)
		verify_problem(verify, link->sequence, "it is in nobody's name");
}

static enum db_status payload_check(
	struct verify *verify, struct statement *statement, const struct chain_link *link)
{
	uint8_t salt[CHAIN_SALT_BYTES], hash[STORE_HASH_BYTES];
	struct payload_reader reader;
	struct payload_value value;
	enum db_status status = DB_OK;
	unsigned details = 0;
	size_t size;
	const uint8_t *payload = statement_bytes(statement, "payload", &size);
	bool is_read;

	if (!payload || !column_take(statement, "salt", salt, sizeof(salt))) {
		verify_problem(verify, link->sequence, "what it carried is gone");
		return DB_OK;
	}
	chain_payload_hash(salt, payload, size, hash);
	if (memcmp(hash, link->payload_hash, STORE_HASH_BYTES) != 0)
		verify_problem(verify, link->sequence, "what it carries was changed");
	verify->person = link->person;
	verify_recovery(verify, link);
	is_read = payload_open(&reader, payload, size, &details);
	for (unsigned i = 0; i < details && is_read; i++)
		is_read = payload_detail(&reader, &value);
	if (!is_read || !verify_rows_note(verify, link->sequence, &reader, &status))
		verify_problem(verify, link->sequence, "what it carries cannot be read");
	return status;
}

static void run_close(struct verify *verify, struct unsigned_run *run)
{
	if (run->count > 0)
		verify_problem(verify, run->last, "nobody signed it");
	*run = (struct unsigned_run) { 0 };
}

static void signature_check(
	struct verify *verify, struct statement *statement, const struct chain_link *link)
{
	uint8_t signature[crypto_sign_BYTES];
	const struct verify_key *key = key_find(verify, link->key);

	if (verify->asked->since && link->sequence < verify->asked->since->events)
		return;
	if (!column_take(statement, "signature", signature, sizeof(signature)) || !key ||
		!chain_signature_holds(link->hash, key->sign_public, signature))
		verify_problem(verify, link->sequence, "its signature does not hold");
	else if (key->person != link->person)
		verify_problem(verify, link->sequence, "it was signed with somebody else's key");
	else
		verify->verdict->signatures++;
}

static void who_check(struct verify *verify, struct statement *statement,
	const struct chain_link *link, struct unsigned_run *run)
{
	size_t size;
	bool is_signed = statement_bytes(statement, "signature", &size) != NULL;

	if (run->count > 0 && memcmp(run->operation, link->operation, STORE_ID_BYTES) != 0)
		run_close(verify, run);
	if (run->person && (link->person || is_signed) && run->person != link->person)
		verify_problem(verify, link->sequence, "two people acted in one transaction");
	if (is_signed) {
		signature_check(verify, statement, link);
		*run = (struct unsigned_run) { 0 };
		return;
	}
	if (link->kind == EVENT_STORE_RECOVERED && link->person == 0)
		verify_problem(verify, link->sequence, "nobody signed it");
	run->count++;
	run->last = link->sequence;
	if (link->person)
		run->person = link->person;
	memcpy(run->operation, link->operation, STORE_ID_BYTES);
}

static enum db_status event_check(
	struct verify *verify, struct statement *statement, struct unsigned_run *run)
{
	struct chain_link link = { 0 };
	struct trail_verdict *verdict = verify->verdict;
	enum db_status status;

	if (!link_read(verify, statement, &link)) {
		verify_problem(verify, link.sequence, "it is not whole");
		verdict->events = link.sequence;
		return DB_OK;
	}
	link_check(verify, &link);
	status = payload_check(verify, statement, &link);
	verify_event_role(verify, &link);
	who_check(verify, statement, &link, run);
	verify_checkpoints_meet(verify, &link);
	if (verdict->events == 0)
		verdict->first_time = link.time;
	verdict->last_time = link.time;
	verdict->events = link.sequence;
	memcpy(verdict->head, link.hash, STORE_HASH_BYTES);
	return status;
}

enum db_status verify_step(struct verify *verify)
{
	return verify->steps++ % STEPS_UNASKED == 0 ? verify_ask(verify) : DB_OK;
}

enum db_status verify_ask(struct verify *verify)
{
	const struct trail_asked *asked = verify->asked;

	if (!asked->goes_on || asked->goes_on(asked->with, verify->verdict->events))
		return DB_OK;
	return store_fail(verify->store, DB_REFUSED,
		"the proof was stopped at event %lld; nothing is proved until it ends",
		(long long)verify->verdict->events);
}

static enum db_status chain_walk(struct verify *verify)
{
	struct statement *statement = statement_use(verify->store, &statements, VERIFY_WALK);
	struct unsigned_run run = { 0 };
	enum db_status status, step;

	status = DB_OK;
	while (status == DB_OK && (step = statement_step(statement)) == DB_OK) {
		status = event_check(verify, statement, &run);
		if (status == DB_OK)
			status = verify_step(verify);
	}
	statement_done(statement);
	if (status != DB_OK)
		return status;
	run_close(verify, &run);
	return step == DB_NONE ? DB_OK : step;
}

enum db_status trail_verify(struct store *store, struct trail_verdict *out_verdict)
{
	return trail_verify_asked(store, &(struct trail_asked) { .since = NULL }, out_verdict);
}

enum db_status trail_verify_asked(
	struct store *store, const struct trail_asked *asked, struct trail_verdict *out_verdict)
{
	struct verify verify = { .store = store, .verdict = out_verdict, .asked = asked };
	enum db_status status;

	*out_verdict = (struct trail_verdict) { 0 };
	status = store_read_begin(store);
	if (status != DB_OK)
		return status;
	verify_checkpoints_start(&verify);
	status = verify_rows_start(&verify);
	if (status == DB_OK)
		status = chain_walk(&verify);
	verify_checkpoints_end(&verify);
	if (status == DB_OK)
		status = verify_rows_compare(&verify);
	if (status == DB_OK)
		status = verify_files(&verify);
	store_read_end(store);
	mem_free(verify.keys);
	mem_free(verify.people);
	mem_free(verify.duties);
	mem_free(verify.receipts);
	mem_free(verify.moves);
	if (status != DB_OK) {
		mem_free(out_verdict->problems);
		*out_verdict = (struct trail_verdict) { 0 };
	}
	return status;
}
