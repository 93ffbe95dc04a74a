/*
 * The trail: one row an event. The hash of an event is BLAKE2b-256 over a tag,
 * the desk, its own fields, the salted hash of its payload and the hash of the
 * event before; the signature (Ed25519) is over that hash with a tag of its
 * own. Only the salted hash of a payload is chained, so that a payload can be
 * disposed of after retention and the chain still verifies.
 */
#include "db/events.h"

#include <sodium.h>
#include <string.h>

#include "db/chain.h"
#include "db/payload.h"
#include "db/statement.h"
#include "db/vault.h"

enum {
	EVENT_LAST,
	EVENT_INSERT,
	EVENT_SIGN,
	EVENT_COUNT,
	EVENT_KEY,
	EVENT_KEY_NEWEST,
	EVENT_KEY_PUBLIC,
	EVENT_LIST,
	EVENT_FAILURE,
	EVENT_STATEMENTS
};
static const char *const event_sql[EVENT_STATEMENTS] = {
	[EVENT_LAST] = "SELECT sequence, hash FROM events ORDER BY sequence DESC LIMIT 1",
	[EVENT_INSERT] =
		"INSERT INTO events(sequence, time, person, key, role, kind, reference, operation,"
		" generation, salt, payload, payload_hash, previous, hash) VALUES(:sequence, :time,"
		" :person, :key, :role, :kind, :reference, :operation, :generation, :salt,"
		" :payload, :payload_hash, :previous, :hash)",
	[EVENT_SIGN] = "UPDATE events SET signature = :signature WHERE sequence = :sequence",
	[EVENT_COUNT] = "SELECT count(*) AS count FROM events",
	[EVENT_FAILURE] = ("INSERT INTO login_failures(box) VALUES(:box)"
			   " ON CONFLICT(box) DO NOTHING"),
	[EVENT_LIST] = "SELECT e.sequence AS sequence, e.time AS time, e.person AS person,"
		       " coalesce(p.name, '') AS name, e.role AS role, e.kind AS kind,"
		       " e.reference AS reference, e.signature IS NOT NULL AS is_signed"
		       " FROM events e LEFT JOIN people p ON p.id = e.person"
		       " WHERE e.reference = :reference AND e.reference <> ''"
		       " ORDER BY e.sequence",
	[EVENT_KEY] = "SELECT max(id) AS key FROM person_keys WHERE person = :person",
	[EVENT_KEY_NEWEST] = "SELECT sign_public AS public FROM person_keys"
			     " WHERE person = :person ORDER BY id DESC LIMIT 1",
	[EVENT_KEY_PUBLIC] = "SELECT max(id) AS key FROM person_keys"
			     " WHERE person IS NULL AND sign_public = :public",
};
static const struct statement_file events = { FILE_EVENTS, event_sql, EVENT_STATEMENTS };

enum db_status event_last(struct store *store, int64_t *out_sequence, uint8_t *out_hash)
{
	struct statement *statement = statement_use(store, &events, EVENT_LAST);
	enum db_status status;
	const uint8_t *hash;
	size_t size;

	*out_sequence = 0;
	memset(out_hash, 0, STORE_HASH_BYTES);
	status = statement_step(statement);
	if (status == DB_OK) {
		*out_sequence = statement_number(statement, "sequence");
		hash = statement_bytes(statement, "hash", &size);
		if (hash && size == STORE_HASH_BYTES)
			memcpy(out_hash, hash, size);
	}
	statement_done(statement);
	return status == DB_NONE ? DB_OK : status;
}

static enum db_status key_read(struct statement *statement, int64_t *out_key)
{
	enum db_status status = statement_step(statement);

	if (status == DB_OK)
		*out_key = statement_number(statement, "key");
	statement_done(statement);
	return status;
}

static enum db_status key_of_person(struct store *store, int64_t person, int64_t *out_key)
{
	struct statement *statement = statement_use(store, &events, EVENT_KEY);

	statement_bind_number(statement, ":person", person);
	return key_read(statement, out_key);
}

/* The recovery code's, one of several: the one that signs. */
static enum db_status key_of_code(struct store *store, int64_t *out_key)
{
	struct statement *statement = statement_use(store, &events, EVENT_KEY_PUBLIC);
	uint8_t public_key[crypto_sign_PUBLICKEYBYTES];

	(void)crypto_sign_ed25519_sk_to_pk(public_key, secret_read(store->sign_key));
	statement_bind_bytes(statement, ":public", public_key, sizeof(public_key));
	return key_read(statement, out_key);
}

static enum db_status key_of(struct store *store, const struct event_new *event, int64_t *out_key)
{
	*out_key = 0;
	if (event->person != 0)
		return key_of_person(store, event->person, out_key);
	return event->kind == EVENT_STORE_RECOVERED ? key_of_code(store, out_key) : DB_OK;
}

enum db_status event_signer_check(struct store *store, int64_t person)
{
	struct statement *statement;
	uint8_t ours[crypto_sign_PUBLICKEYBYTES];
	const uint8_t *newest;
	size_t size = 0;
	bool is_ours = false;
	enum db_status status;

	if (!store->sign_key)
		return store_fail(store, DB_FAULT, "nobody is there to sign the event");
	statement = statement_use(store, &events, EVENT_KEY_NEWEST);
	statement_bind_number(statement, ":person", person);
	status = statement_step(statement);
	if (status == DB_OK) {
		(void)crypto_sign_ed25519_sk_to_pk(ours, secret_read(store->sign_key));
		newest = statement_bytes(statement, "public", &size);
		is_ours = size == sizeof(ours) && memcmp(newest, ours, size) == 0;
	}
	statement_done(statement);
	if (status != DB_OK && status != DB_NONE)
		return status;
	return is_ours ? DB_OK
		       : store_fail(store, DB_LOCKED,
				 "cannot unlock: an administrator has given you a new password; "
				 "use that one, or ask for another with `tracedesk user reset`");
}

static enum db_status event_insert(
	struct store *store, const struct chain_link *link, const struct payload *payload)
{
	struct statement *statement = statement_use(store, &events, EVENT_INSERT);

	statement_bind_number(statement, ":sequence", link->sequence);
	statement_bind_number(statement, ":time", link->time);
	statement_bind_number(statement, ":person", link->person);
	statement_bind_number(statement, ":key", link->key);
	statement_bind_number(statement, ":role", link->role);
	statement_bind_number(statement, ":kind", link->kind);
	statement_bind_text(statement, ":reference", link->reference);
	statement_bind_bytes(statement, ":operation", link->operation, STORE_ID_BYTES);
	statement_bind_number(statement, ":generation", (int64_t)link->generation);
	statement_bind_bytes(statement, ":salt", link->salt, CHAIN_SALT_BYTES);
	statement_bind_bytes(statement, ":payload", payload->bytes, payload->size);
	statement_bind_bytes(statement, ":payload_hash", link->payload_hash, STORE_HASH_BYTES);
	statement_bind_bytes(statement, ":previous", link->previous, STORE_HASH_BYTES);
	statement_bind_bytes(statement, ":hash", link->hash, STORE_HASH_BYTES);
	return statement_run(statement);
}

static enum db_status link_fill(
	struct store *store, const struct event_new *event, struct chain_link *link)
{
	enum db_status status = DB_OK;

	if (!store->tail_known)
		status = event_last(store, &store->tail_sequence, store->tail_hash);
	if (status != DB_OK)
		return status;
	store->tail_known = true;
	link->desk_id = store_desk_id(store);
	link->sequence = store->tail_sequence + 1;
	link->time = event->time;
	link->person = event->person;
	link->role = event->role;
	link->kind = event->kind;
	link->reference = event->reference;
	link->generation = store_generation(store);
	memcpy(link->operation, store->operation, STORE_ID_BYTES);
	memcpy(link->previous, store->tail_hash, STORE_HASH_BYTES);
	randombytes_buf(link->salt, sizeof(link->salt));
	return key_of(store, event, &link->key);
}

enum db_status event_append(struct store *store, const struct event_new *event)
{
	struct chain_link link = { 0 };
	struct payload payload = { 0 };
	enum db_status status;

	if (!store->in_transaction)
		return store_fail(store, DB_FAULT, "an event outside a transaction");
	status = link_fill(store, event, &link);
	if (status == DB_OK)
		status = payload_build(store, event, &payload);
	if (status != DB_OK)
		return status;
	chain_payload_hash(link.salt, payload.bytes, payload.size, link.payload_hash);
	chain_hash(&link, link.hash);
	status = event_insert(store, &link, &payload);
	payload_clear(&payload);
	if (status != DB_OK)
		return status;
	changes_forget(store->changes);
	store->tail_sequence = link.sequence;
	store->tail_needs_signature = true;
	memcpy(store->tail_hash, link.hash, STORE_HASH_BYTES);
	return DB_OK;
}

enum db_status events_sign(struct store *store)
{
	struct statement *statement;
	uint8_t signature[crypto_sign_BYTES];

	if (!store->tail_needs_signature)
		return DB_OK;
	if (!store->sign_key)
		return store_fail(store, DB_FAULT, "nobody is there to sign the event");
	if (chain_sign(store->tail_hash, secret_read(store->sign_key), signature) != 0)
		return store_fail(store, DB_FAULT, "the event could not be signed");
	statement = statement_use(store, &events, EVENT_SIGN);
	statement_bind_bytes(statement, ":signature", signature, sizeof(signature));
	statement_bind_number(statement, ":sequence", store->tail_sequence);
	return statement_run(statement);
}

/* DB_NONE: the trail has that box already. */
static enum db_status failure_note(struct store *store, const struct vault_failure *failure)
{
	struct statement *statement = statement_use(store, &events, EVENT_FAILURE);
	enum db_status status;

	statement_bind_bytes(statement, ":box", failure->id, sizeof(failure->id));
	status = statement_run(statement);
	return status == DB_OK && sqlite3_changes(store->db) == 0 ? DB_NONE : status;
}

static enum db_status failure_append(struct store *store, const struct vault_failure *failure)
{
	char id[2 * sizeof(failure->id) + 1];
	const struct event_detail details[] = { { "id", id }, { "name", failure->name } };
	const struct event_new event = { .time = failure->time,
		.kind = EVENT_LOGIN_FAILED,
		.reference = "",
		.details = details,
		.detail_count = 2 };
	enum db_status status = failure_note(store, failure);

	if (status != DB_OK)
		return status == DB_NONE ? DB_OK : status;
	(void)sodium_bin2hex(id, sizeof(id), failure->id, sizeof(failure->id));
	return event_append(store, &event);
}

static enum db_status lost_append(struct store *store, uint64_t lost)
{
	char count[24];
	const struct event_detail details[] = { { "overwritten", count } };
	const struct event_new event = { .time = store->failures[0].time,
		.kind = EVENT_LOGIN_LOST,
		.reference = "",
		.details = details,
		.detail_count = 1 };

	(void)snprintf(count, sizeof(count), "%llu", (unsigned long long)lost);
	return event_append(store, &event);
}

enum db_status events_take_failures(struct store *store)
{
	return events_take_failures_sealed(store, store->keys);
}

enum db_status events_take_failures_sealed(struct store *store, const struct keys *keys)
{
	enum db_status status = vault_failures_read(
		store->vault, keys, store->failures, &store->failure_count, &store->failures_lost);

	if (status != DB_OK)
		return store_fail(store, status, "%s", vault_message(store->vault));
	for (int i = 0; i < store->failure_count && status == DB_OK; i++)
		status = failure_append(store, &store->failures[i]);
	if (status == DB_OK && store->failures_lost > 0)
		status = lost_append(store, store->failures_lost);
	return status;
}

enum db_status events_tail(struct store *store, int64_t *out_sequence)
{
	uint8_t hash[STORE_HASH_BYTES];

	return event_last(store, out_sequence, hash);
}

enum db_status events_count(struct store *store, int64_t *out_count)
{
	return statement_one_number(store, &events, EVENT_COUNT, out_count);
}

void event_read(struct statement *statement, struct event *out_event)
{
	out_event->sequence = statement_number(statement, "sequence");
	out_event->time = statement_number(statement, "time");
	out_event->person = statement_number(statement, "person");
	out_event->role = (unsigned)statement_number(statement, "role");
	out_event->kind = (enum event_kind)statement_number(statement, "kind");
	out_event->is_signed = statement_number(statement, "is_signed") != 0;
	statement_copy(statement, "name", out_event->person_name, sizeof(out_event->person_name));
	statement_copy(statement, "reference", out_event->reference, sizeof(out_event->reference));
}

enum db_status events_list(
	struct store *store, const char *reference, struct event **out_events, size_t *out_count)
{
	struct statement *statement = statement_use(store, &events, EVENT_LIST);
	struct event *list = NULL;
	size_t count = 0, size = sizeof(*list);
	enum db_status status;

	statement_bind_text(statement, ":reference", reference);
	while ((status = statement_step(statement)) == DB_OK) {
		list = mem_resize(list, count * size, (count + 1) * size);
		event_read(statement, &list[count++]);
	}
	statement_done(statement);
	if (status != DB_NONE) {
		mem_free(list);
		return status;
	}
	*out_events = list;
	*out_count = count;
	return DB_OK;
}
