/*
 * Making and proving checkpoints.
 */
#include "db/checkpoint.h"

#include <sodium.h>
#include <string.h>

#include "db/chain.h"
#include "db/statement.h"

static const char checkpoint_tag[] = "tracedesk checkpoint 1";

enum { CHECKPOINT_EVENT, CHECKPOINT_KEEP, CHECKPOINT_LAST, CHECKPOINT_STATEMENTS };
static const char *const checkpoint_sql[CHECKPOINT_STATEMENTS] = {
	[CHECKPOINT_EVENT] =
		"SELECT time, person, key, hash FROM events WHERE sequence = :sequence",
	[CHECKPOINT_KEEP] = "INSERT INTO checkpoints(event, signature) VALUES(:event, :signature)",
	[CHECKPOINT_LAST] = "SELECT c.event AS event, c.signature AS signature, e.hash AS hash,"
			    " e.time AS time, e.person AS person, e.key AS key"
			    " FROM checkpoints c JOIN events e ON e.sequence = c.event"
			    " ORDER BY c.event DESC LIMIT 1",
};
static const struct statement_file statements = { FILE_CHECKPOINT, checkpoint_sql,
	CHECKPOINT_STATEMENTS };

struct signed_bytes {
	uint8_t bytes[sizeof(checkpoint_tag) + STORE_ID_BYTES + STORE_HASH_BYTES + 4 * 8];
	size_t size;
};

static void put(struct signed_bytes *to, const void *bytes, size_t size)
{
	memcpy(to->bytes + to->size, bytes, size);
	to->size += size;
}

static void put_number(struct signed_bytes *to, int64_t number)
{
	for (int i = 0; i < 8; i++)
		to->bytes[to->size++] = (uint8_t)((uint64_t)number >> (8 * i));
}

static struct signed_bytes bytes_of(const struct checkpoint *checkpoint)
{
	struct signed_bytes to = { .size = 0 };

	put(&to, checkpoint_tag, sizeof(checkpoint_tag));
	put(&to, checkpoint->desk_id, STORE_ID_BYTES);
	put_number(&to, checkpoint->events);
	put(&to, checkpoint->head, STORE_HASH_BYTES);
	put_number(&to, checkpoint->time);
	put_number(&to, checkpoint->person);
	put_number(&to, checkpoint->key);
	return to;
}

static enum db_status event_load(struct store *store, struct checkpoint *checkpoint)
{
	struct statement *statement = statement_use(store, &statements, CHECKPOINT_EVENT);
	enum db_status status;

	statement_bind_number(statement, ":sequence", checkpoint->events);
	status = statement_step(statement);
	if (status == DB_OK) {
		checkpoint->time = statement_number(statement, "time");
		checkpoint->person = statement_number(statement, "person");
		checkpoint->key = statement_number(statement, "key");
	}
	statement_done(statement);
	return status;
}

static enum db_status checkpoint_keep(struct store *store, const struct checkpoint *checkpoint)
{
	struct statement *statement = statement_use(store, &statements, CHECKPOINT_KEEP);

	statement_bind_number(statement, ":event", checkpoint->events);
	statement_bind_bytes(
		statement, ":signature", checkpoint->signature, sizeof(checkpoint->signature));
	return statement_run(statement);
}

enum db_status checkpoint_make(struct store *store, struct checkpoint *out_checkpoint)
{
	struct signed_bytes bytes;
	enum db_status status;

	if (!store->in_transaction || !store->sign_key)
		return store_fail(store, DB_FAULT, "a checkpoint of nobody");
	memcpy(out_checkpoint->desk_id, store_desk_id(store), STORE_ID_BYTES);
	status = event_last(store, &out_checkpoint->events, out_checkpoint->head);
	if (status == DB_OK)
		status = event_load(store, out_checkpoint);
	if (status != DB_OK)
		return status;
	bytes = bytes_of(out_checkpoint);
	if (crypto_sign_detached(out_checkpoint->signature, NULL, bytes.bytes, bytes.size,
		    secret_read(store->sign_key)) != 0)
		return store_fail(store, DB_FAULT, "the checkpoint could not be signed");
	return checkpoint_keep(store, out_checkpoint);
}

/* A signature or hash of another size proves nothing: zeros do not either. */
static void take_bytes(struct statement *statement, const char *column, uint8_t *out, size_t size)
{
	size_t found;
	const uint8_t *bytes = statement_bytes(statement, column, &found);

	memset(out, 0, size);
	if (bytes && found == size)
		memcpy(out, bytes, size);
}

enum db_status checkpoint_head(
	struct store *store, int64_t event, uint8_t out_head[STORE_HASH_BYTES])
{
	struct statement *statement = statement_use(store, &statements, CHECKPOINT_EVENT);
	enum db_status status;

	statement_bind_number(statement, ":sequence", event);
	status = statement_step(statement);
	if (status == DB_OK)
		take_bytes(statement, "hash", out_head, STORE_HASH_BYTES);
	statement_done(statement);
	if (status != DB_NONE)
		return status;
	return store_fail(store, DB_DAMAGED,
		"event %lld, with which a month was published, is not there; run `tracedesk audit"
		" verify` and tell the auditor",
		(long long)event);
}

enum db_status checkpoint_last(struct store *store, struct checkpoint *out_checkpoint)
{
	struct statement *statement = statement_use(store, &statements, CHECKPOINT_LAST);
	struct checkpoint *to = out_checkpoint;
	enum db_status status;

	status = statement_step(statement);
	if (status == DB_OK) {
		memcpy(to->desk_id, store_desk_id(store), STORE_ID_BYTES);
		to->events = statement_number(statement, "event");
		to->time = statement_number(statement, "time");
		to->person = statement_number(statement, "person");
		to->key = statement_number(statement, "key");
		take_bytes(statement, "hash", to->head, sizeof(to->head));
		take_bytes(statement, "signature", to->signature, sizeof(to->signature));
	}
	statement_done(statement);
	return status;
}

bool checkpoint_holds(const struct checkpoint *checkpoint, const uint8_t sign_public[32])
{
	struct signed_bytes bytes = bytes_of(checkpoint);

	return crypto_sign_verify_detached(
		       checkpoint->signature, bytes.bytes, bytes.size, sign_public) == 0;
}
