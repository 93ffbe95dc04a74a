/*
 * One event after the other: sequence, previous hash, payload, hash, who signed,
 * who decided. The keys, names and decisions are learnt from the payloads.
 */
#include "verify/verify.h"

#include <stdarg.h>
#include <string.h>

enum {
	TABLE_PEOPLE = 2,
	TABLE_KEYS = 3,
	TABLE_RECEIPTS = 5,
	TABLE_DECISIONS = 10,
	TABLE_LOGIN_FAILURES = 16,
	TABLE_FILES = 19
};
/* Of an attached file. */
enum { PIECE = 256 * 1024, MOST_BYTES = 20 * 1024 * 1024 };
enum { STANDS = 2, RETURNED = 3 };
static const uint32_t nothing = UINT32_MAX;

void problem(struct trail *trail, int64_t event, const char *format, ...)
{
	char *text;
	va_list args;
	int used;

	if (trail->problems.count == MOST_PROBLEMS)
		return;
	text = allocate(NULL, 256);
	used = snprintf(text, 256, "Event %" PRId64 ": ", event);
	va_start(args, format);
	(void)vsnprintf(text + used, 256 - (size_t)used, format, args);
	va_end(args);
	*(char **)list_add(&trail->problems, sizeof(char *)) = text;
}

static bool take(struct bytes *from, size_t size, const uint8_t **out)
{
	if (from->size < size)
		return false;
	*out = from->at;
	from->at += size;
	from->size -= size;
	return true;
}

uint64_t number_of(const uint8_t *bytes, size_t size)
{
	uint64_t number = 0;

	for (size_t i = 0; i < size; i++)
		number |= (uint64_t)bytes[i] << (8 * i);
	return number;
}

static bool take_number(struct bytes *from, size_t size, uint64_t *out)
{
	const uint8_t *bytes;

	*out = 0;
	if (!take(from, size, &bytes))
		return false;
	*out = number_of(bytes, size);
	return true;
}

static bool take_long(struct bytes *from, int64_t *out)
{
	uint64_t number;
	bool is_there = take_number(from, 8, &number);

	*out = (int64_t)number;
	return is_there;
}

/* Bytes with their size before them, of so many bytes itself. */
static bool take_sized(struct bytes *from, size_t length, struct bytes *out)
{
	uint64_t size;

	*out = (struct bytes) { NULL, 0 };
	if (!take_number(from, length, &size))
		return false;
	if (length == 4 && size == nothing)
		return true;
	out->size = (size_t)size;
	return take(from, out->size, &out->at);
}

static bool is_named(struct bytes name, const char *wanted)
{
	return name.size == strlen(wanted) && memcmp(name.at, wanted, name.size) == 0;
}

static const struct key *key_find(const struct trail *trail, int64_t id)
{
	const struct key *keys = trail->keys.items;

	for (size_t i = trail->keys.count; i > 0; i--)
		if (keys[i - 1].id == id)
			return &keys[i - 1];
	return NULL;
}

static struct person *person_find(struct trail *trail, int64_t id)
{
	struct person *people = trail->people.items;

	for (size_t i = 0; i < trail->people.count; i++)
		if (people[i].id == id)
			return &people[i];
	people = list_add(&trail->people, sizeof(*people));
	*people = (struct person) { .id = id };
	return people;
}

/* What is wanted of a row's columns; a number that is nothing is 0. */
struct row {
	uint64_t table, is_there;
	int64_t id, person, kind, result, proposer, reviewer, roles, size, request, state, imported;
	struct bytes sign_public, name, reasons, salt, hashes;
};

static void column_keep(struct row *row, struct bytes name, int64_t number, struct bytes value)
{
	const struct {
		const char *name;
		int64_t *number;
	} numbers[] = { { "person", &row->person }, { "kind", &row->kind },
		{ "result", &row->result }, { "proposer", &row->proposer },
		{ "reviewer", &row->reviewer }, { "roles", &row->roles }, { "size", &row->size },
		{ "request", &row->request }, { "state", &row->state },
		{ "imported", &row->imported } };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (is_named(name, numbers[i].name))
			*numbers[i].number = number;
	if (is_named(name, "sign_public") && value.size == crypto_sign_PUBLICKEYBYTES)
		row->sign_public = value;
	if (is_named(name, "name"))
		row->name = value;
	if (is_named(name, "reasons"))
		row->reasons = value;
	if (is_named(name, "salt"))
		row->salt = value;
	if (is_named(name, "hashes"))
		row->hashes = value;
}

static bool row_read(struct bytes *from, struct row *row)
{
	uint64_t columns = 0, type, number;
	struct bytes name, value;

	*row = (struct row) { 0 };
	if (!take_number(from, 1, &row->table) || !take_long(from, &row->id) ||
		!take_number(from, 1, &row->is_there) || row->table == 0 || row->is_there > 1 ||
		(row->is_there && !take_number(from, 2, &columns)))
		return false;
	for (uint64_t i = 0; i < columns; i++) {
		value = (struct bytes) { NULL, 0 };
		number = 0;
		if (!take_sized(from, 1, &name) || !take_number(from, 1, &type) || type > 3)
			return false;
		if ((type == 1 && !take_number(from, 8, &number)) ||
			(type > 1 && !take_sized(from, 4, &value)))
			return false;
		column_keep(row, name, (int64_t)number, value);
	}
	return true;
}

static struct decision *decision_find(struct trail *trail, int64_t id, bool *out_is_new)
{
	struct decision *decision =
		list_place(&trail->decisions, sizeof(*decision), id, out_is_new);

	if (*out_is_new)
		decision->proposer = trail->person;
	return decision;
}

static bool has_role(struct trail *trail, int64_t role)
{
	return (person_find(trail, trail->person)->roles & role) != 0;
}

/* The first event makes the first administrator. */
static bool is_administrator(struct trail *trail)
{
	return trail->people_told == 0 || has_role(trail, ADMINISTRATOR);
}

/* The recovery code's key signs in nobody's name: the newest, or the one before while the header is
   as it was when that was replaced. */
static void recovery_check(struct trail *trail, const struct event *event)
{
	bool is_meant = event->kind == KIND_RECOVERED && event->person == 0;
	bool is_again = event->key == trail->recovery_before &&
			event->generation == trail->recovery_since &&
			trail->highest <= trail->recovery_since;

	trail->is_recovery =
		is_meant && event->key != 0 && (event->key == trail->recovery_key || is_again);
	if (is_meant && !trail->is_recovery)
		problem(trail, event->sequence,
			"it is not signed with the recovery code of that time");
	trail->signer = event->key;
	trail->generation = event->generation;
	if (event->generation > trail->highest)
		trail->highest = event->generation;
}

/* By an administrator; by the recovery code only for somebody who is one already. */
static bool may_make(struct trail *trail, const struct person *person)
{
	if (trail->is_recovery)
		return person->is_told && (person->roles & ADMINISTRATOR) != 0;
	return is_administrator(trail);
}

/* People and their keys are an administrator's; one's own row may change, but for the roles. */
static void person_check(struct trail *trail, int64_t event, const struct row *row)
{
	struct person known = *person_find(trail, row->id), *person;
	bool roles_stay = known.is_told && row->is_there && row->roles == known.roles;
	bool is_own = roles_stay && row->id == trail->person;

	if (!is_own && (!may_make(trail, &known) || (trail->is_recovery && !roles_stay)))
		problem(trail, event,
			"person %" PRId64 ": made or changed by somebody who is no administrator",
			row->id);
	if (!row->is_there) {
		problem(trail, event, "person %" PRId64 ": was taken away", row->id);
		return;
	}
	person = person_find(trail, row->id);
	trail->people_told += !person->is_told;
	person->is_told = true;
	person->roles = row->roles;
}

/* person 0: the recovery code's. The first comes with the store, each other by the one before. */
static void recovery_key_check(struct trail *trail, int64_t event, const struct row *row)
{
	if (!trail->is_recovery && trail->recovery_key != 0)
		problem(trail, event,
			"key %" PRId64 ": a recovery code that did not come by the one before",
			row->id);
	if (trail->is_recovery) {
		trail->recovery_before = trail->signer;
		trail->recovery_since = trail->generation;
	}
	trail->recovery_key = row->id;
}

static void key_check(struct trail *trail, int64_t event, const struct row *row)
{
	struct person owner = { 0 };
	bool may;

	if (row->person != 0)
		owner = *person_find(trail, row->person);
	may = row->person != 0 ? may_make(trail, &owner)
			       : trail->is_recovery || is_administrator(trail);
	if (!row->sign_public.at || key_find(trail, row->id))
		problem(trail, event, "key %" PRId64 ": was changed or taken away", row->id);
	else if (!may)
		problem(trail, event,
			"key %" PRId64 ": brought in by somebody who is no administrator", row->id);
	else if (row->person == 0)
		recovery_key_check(trail, event, row);
}

/* Who proposes never reviews, by who signed; what the row says of them must agree. */
static void decision_check(struct trail *trail, int64_t event, const struct row *row)
{
	struct decision *known;
	bool is_new, needs_review = (row->kind >= 1 && row->kind <= 4) || row->kind == 9;
	bool is_wish = row->kind == 4 && is_named(row->reasons, "requester_withdrew");

	if (!row->is_there) {
		problem(trail, event, "decision %" PRId64 ": it was taken away", row->id);
		return;
	}
	known = decision_find(trail, row->id, &is_new);
	if (row->proposer != known->proposer)
		problem(trail, event, "decision %" PRId64 ": %s", row->id,
			is_new ? "proposed in another person's name" : "its proposer was changed");
	if (row->reviewer != 0 && row->reviewer != known->reviewer) {
		if (row->reviewer != trail->person)
			problem(trail, event,
				"decision %" PRId64 ": reviewed in another person's name", row->id);
		if ((row->result == STANDS || row->result == RETURNED) &&
			!has_role(trail, SUPERVISOR))
			problem(trail, event,
				"decision %" PRId64 ": reviewed by somebody who is no supervisor",
				row->id);
		if ((row->result == STANDS || row->result == RETURNED) &&
			trail->person == known->proposer)
			problem(trail, event,
				"decision %" PRId64 ": proposed and reviewed by one person",
				row->id);
	}
	known->reviewer = row->reviewer;
	if (row->result == STANDS && row->reviewer == 0 && needs_review && !is_wish)
		problem(trail, event, "decision %" PRId64 ": it stands, but nobody reviewed it",
			row->id);
}

/* A file comes once, in the name of who attached it, with a hash for each piece, and stays. */
static void file_check(struct trail *trail, int64_t event, const struct row *row)
{
	if (!row->is_there || row->id <= trail->last_file) {
		problem(trail, event, "file %" PRId64 ": it was changed or taken away", row->id);
		return;
	}
	trail->last_file = row->id;
	if (row->person != trail->person)
		problem(trail, event, "file %" PRId64 ": attached in another person's name",
			row->id);
	if (row->size < 0 || row->size > MOST_BYTES || row->salt.size != HASH ||
		row->hashes.size != (size_t)((row->size + PIECE - 1) / PIECE) * HASH)
		problem(trail, event, "file %" PRId64 ": its hashes do not fit its size", row->id);
}

static void row_use(struct trail *trail, int64_t event, const struct row *row)
{
	struct person *person;
	struct key *key;

	if (row->table == TABLE_DECISIONS)
		decision_check(trail, event, row);
	if (row->table == TABLE_DECISIONS && row->is_there)
		states_decision(trail, row->request, row->kind, row->result);
	if (row->table == TABLE_RECEIPTS && row->is_there)
		states_receipt(trail, event,
			&(struct told_receipt) { row->id, row->state, row->imported != 0 });
	if (row->table == TABLE_FILES)
		file_check(trail, event, row);
	if (row->table == TABLE_PEOPLE)
		person_check(trail, event, row);
	if (row->table == TABLE_KEYS)
		key_check(trail, event, row);
	if (row->table == TABLE_KEYS && row->sign_public.at) {
		key = list_add(&trail->keys, sizeof(*key));
		key->id = row->id;
		key->person = row->person;
		memcpy(key->public, row->sign_public.at, sizeof(key->public));
	}
	if (trail->person == 0 && row->table != TABLE_LOGIN_FAILURES &&
		!(trail->is_recovery && (row->table == TABLE_PEOPLE || row->table == TABLE_KEYS)))
		problem(trail, event, "it changes a row in nobody's name");
	if (row->table == TABLE_PEOPLE && row->name.at) {
		person = person_find(trail, row->id);
		(void)snprintf(person->name, sizeof(person->name), "%.*s",
			row->name.size < 64 ? (int)row->name.size : 64, (const char *)row->name.at);
	}
}

/* False: it is no payload. Rows before the place where it ends to be one are used. */
static bool payload_read(struct trail *trail, int64_t event, struct bytes payload)
{
	uint64_t version, details, rows;
	struct bytes name, value;
	const uint8_t *magic;
	struct row row;

	trail->turns.count = 0;
	if (!take(&payload, 4, &magic) || memcmp(magic, "TDEP", 4) != 0 ||
		!take_number(&payload, 1, &version) || version != 1 ||
		!take_number(&payload, 2, &details))
		return false;
	for (; details > 0; details--)
		if (!take_sized(&payload, 1, &name) || !take_sized(&payload, 4, &value))
			return false;
	if (!take_number(&payload, 4, &rows))
		return false;
	for (; rows > 0; rows--) {
		if (!row_read(&payload, &row))
			return false;
		row_use(trail, event, &row);
	}
	states_settle(trail, event);
	return payload.size == 0;
}

static void payload_check(struct trail *trail, const struct event *event)
{
	uint8_t hash[HASH];

	if (!event->payload.at || event->salt.size != HASH) {
		problem(trail, event->sequence, "what it carried is gone");
		return;
	}
	(void)crypto_generichash(
		hash, HASH, event->payload.at, event->payload.size, event->salt.at, HASH);
	if (memcmp(hash, event->payload_hash.at, HASH) != 0)
		problem(trail, event->sequence, "what it carries was changed");
	trail->person = event->person;
	recovery_check(trail, event);
	if (!payload_read(trail, event->sequence, event->payload))
		problem(trail, event->sequence, "what it carries cannot be read");
}

static void role_check(struct trail *trail, const struct event *event)
{
	const struct person *person;

	if (event->person == 0)
		return;
	person = person_find(trail, event->person);
	if (person->is_told && person->roles != (int64_t)event->role)
		problem(trail, event->sequence, "it tells other roles than its person had by then");
}

static void hash_number(crypto_generichash_state *state, uint64_t number, size_t size)
{
	uint8_t bytes[8];

	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)(number >> (8 * i));
	(void)crypto_generichash_update(state, bytes, size);
}

static void event_hash(const struct trail *trail, const struct event *event, uint8_t *out_hash)
{
	static const uint8_t tag[] = "tracedesk event 1";
	crypto_generichash_state state;

	(void)crypto_generichash_init(&state, NULL, 0, HASH);
	(void)crypto_generichash_update(&state, tag, sizeof(tag));
	(void)crypto_generichash_update(&state, trail->desk, DESK);
	hash_number(&state, (uint64_t)event->sequence, 8);
	hash_number(&state, (uint64_t)event->time, 8);
	hash_number(&state, (uint64_t)event->person, 8);
	hash_number(&state, (uint64_t)event->key, 8);
	hash_number(&state, event->role, 4);
	hash_number(&state, event->kind, 4);
	(void)crypto_generichash_update(&state, event->operation.at, DESK);
	hash_number(&state, event->generation, 8);
	hash_number(&state, event->reference.size, 4);
	(void)crypto_generichash_update(&state, event->reference.at, event->reference.size);
	(void)crypto_generichash_update(&state, event->payload_hash.at, HASH);
	(void)crypto_generichash_update(&state, event->previous.at, HASH);
	(void)crypto_generichash_final(&state, out_hash, HASH);
}

static void link_check(struct trail *trail, const struct event *event)
{
	uint8_t hash[HASH];

	if (event->sequence != trail->events + 1)
		problem(trail, event->sequence, "events before it are missing");
	if (memcmp(event->previous.at, trail->head, HASH) != 0)
		problem(trail, event->sequence, "it does not follow the event before it");
	event_hash(trail, event, hash);
	if (memcmp(hash, event->hash.at, HASH) != 0)
		problem(trail, event->sequence, "its fields were changed");
	if (event->person == 0 && event->kind != KIND_LOGIN_FAILED &&
		event->kind != KIND_LOGIN_LOST && event->kind != KIND_RECOVERED)
		problem(trail, event->sequence, "it is in nobody's name");
}

static void signature_check(struct trail *trail, const struct event *event)
{
	static const uint8_t tag[] = "tracedesk event signature 1";
	const struct key *key = key_find(trail, event->key);
	uint8_t text[sizeof(tag) + HASH];

	memcpy(text, tag, sizeof(tag));
	memcpy(text + sizeof(tag), event->hash.at, HASH);
	if (event->signature.size != crypto_sign_BYTES || !key ||
		crypto_sign_verify_detached(event->signature.at, text, sizeof(text), key->public) !=
			0) {
		problem(trail, event->sequence, "its signature does not hold");
	} else if (key->person != event->person) {
		problem(trail, event->sequence, "it was signed with somebody else's key");
	} else {
		trail->signatures++;
		person_find(trail, event->person)->signatures++;
	}
}

static void waiting_end(struct trail *trail)
{
	if (trail->waiting > 0)
		problem(trail, trail->waiting_last, "nobody signed it");
	trail->waiting = trail->waiting_person = 0;
}

/* The last event of a transaction carries the signature that covers those before it. */
static void who_check(struct trail *trail, const struct event *event)
{
	if (trail->waiting > 0 && memcmp(trail->operation, event->operation.at, DESK) != 0)
		waiting_end(trail);
	if (trail->waiting_person && (event->person || event->signature.at) &&
		trail->waiting_person != event->person)
		problem(trail, event->sequence, "two people acted in one transaction");
	if (event->signature.at) {
		signature_check(trail, event);
		trail->waiting = trail->waiting_person = 0;
		return;
	}
	if (event->kind == KIND_RECOVERED && event->person == 0)
		problem(trail, event->sequence, "nobody signed it");
	trail->waiting++;
	trail->waiting_last = event->sequence;
	if (event->person)
		trail->waiting_person = event->person;
	memcpy(trail->operation, event->operation.at, DESK);
}

void event_check(struct trail *trail, const struct event *event)
{
	trail->last_kind = event->kind;
	if (event->operation.size != DESK || event->payload_hash.size != HASH ||
		event->previous.size != HASH || event->hash.size != HASH) {
		problem(trail, event->sequence, "it is not whole");
		trail->events = event->sequence;
		return;
	}
	link_check(trail, event);
	payload_check(trail, event);
	role_check(trail, event);
	who_check(trail, event);
	checkpoint_check(trail, event, key_find(trail, event->key));
	if (trail->events == 0)
		trail->first = event->time;
	trail->last = event->time;
	trail->events = event->sequence;
	memcpy(trail->head, event->hash.at, HASH);
}

bool event_read(struct bytes from, struct event *event)
{
	struct bytes *const fields[] = { &event->operation, &event->payload_hash, &event->previous,
		&event->hash, &event->signature, &event->salt, &event->payload, &event->reference };
	uint64_t role, kind;

	*event = (struct event) { 0 };
	if (!take_long(&from, &event->sequence) || !take_long(&from, &event->time) ||
		!take_long(&from, &event->person) || !take_long(&from, &event->key) ||
		!take_number(&from, 4, &role) || !take_number(&from, 4, &kind) ||
		!take_number(&from, 8, &event->generation))
		return false;
	event->role = (uint32_t)role;
	event->kind = (uint32_t)kind;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (!take_sized(&from, 4, fields[i]))
			return false;
	return from.size == 0 && event->reference.at;
}

void events_end(struct trail *trail)
{
	waiting_end(trail);
	checkpoint_end(trail);
}
