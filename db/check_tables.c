/*
 * What SQLite says of the tables, and what of them can be counted again; key
 * slots against the people that the tables tell of.
 */
#include <assert.h>
#include <string.h>

#include "db/check.h"
#include "db/people.h"
#include "db/statement.h"
#include "db/vault_private.h"

static_assert(EVENT_CHECKPOINT_MADE == 62, "as below");

enum {
	CHECK_WHOLE,
	CHECK_FOREIGN,
	CHECK_INDEX,
	CHECK_FOUND,
	CHECK_COUNTS,
	CHECK_CHECKPOINTS,
	CHECK_STATEMENTS
};
static const char *const check_sql[CHECK_STATEMENTS] = {
	[CHECK_WHOLE] = "SELECT integrity_check AS what FROM pragma_integrity_check(100)"
			" WHERE integrity_check <> 'ok'",
	[CHECK_FOREIGN] =
		"SELECT \"table\" || ', row ' || coalesce(rowid, 0) || ': it names a row of '"
		" || parent || ' that is not there' AS what FROM pragma_foreign_key_check",
	[CHECK_INDEX] = "INSERT INTO request_words(request_words, rank)"
			" VALUES('integrity-check', 0)",
	/* Reading the index through finds every word; a search goes by its branches. */
	[CHECK_FOUND] =
		"SELECT count(*) AS lost FROM temp.words_counted WHERE doc <> (SELECT count(*) FROM"
		" request_words WHERE request_words MATCH '\"' || term || '\"')",
	[CHECK_COUNTS] =
		"SELECT 'state ' || state || ': ' || sum(kept) || ' receipts kept, ' || sum(there)"
		" || ' there' AS what FROM (SELECT state, assigned_to AS a, correcting AS c,"
		" to_send AS t, count AS kept, 0 AS there FROM state_counts UNION ALL"
		" SELECT state, coalesce(assigned_to, 0), correcting, to_send, 0, 1 FROM requests)"
		" GROUP BY state, a, c, t HAVING sum(kept) <> sum(there)",
	[CHECK_CHECKPOINTS] =
		"SELECT 'the signature of the checkpoint of event ' || sequence || ' is not there'"
		" AS what FROM events WHERE kind = 62 AND sequence NOT IN"
		" (SELECT event FROM checkpoints)",
};
static const struct statement_file statements = { FILE_CHECK, check_sql, CHECK_STATEMENTS };

/* SQLite tells of a page that it had no memory for (SQLITE_NOMEM is 7) as of a damaged one. */
static bool is_for_memory(const char *what)
{
	const char *code = strstr(what, "error code=7");

	return code && (code[12] < '0' || code[12] > '9');
}

/* What SQLite finds comes several to a row, under a heading of its own. */
static enum db_status whole_say(struct check *check, const char *what)
{
	const char *path = store_path(check->store), *line;
	char *copy, *rest;

	if (is_for_memory(what))
		return store_fail(check->store, DB_BUSY,
			"%s: not enough memory; close other programs and try again", path);
	copy = rest = mem_text(what);
	while ((line = strsep(&rest, "\n")) != NULL)
		if (strncmp(line, "***", 3) != 0)
			check_say(check, false,
				"%s: its tables do not hold together (%s); restore the latest "
				"backup",
				path, line);
	mem_free(copy);
	return DB_OK;
}

/* advice NULL: what SQLite says of the tables. */
static enum db_status rows_say(struct check *check, int which, const char *advice)
{
	struct statement *statement = statement_use(check->store, &statements, which);
	enum db_status status;

	do {
		status = statement_step(statement);
		if (status == DB_OK && advice)
			check_say(check, false, "%s: %s; %s", store_path(check->store),
				statement_text(statement, "what"), advice);
		else if (status == DB_OK)
			status = whole_say(check, statement_text(statement, "what"));
	} while (status == DB_OK);
	statement_done(statement);
	return check_part_end(check, status == DB_NONE ? DB_OK : status);
}

/* A page that was named before is no fault of the index, which cannot be judged then. */
static void words_fault_set(struct check *check, const char *fault)
{
	if (!check_has_said(check, store_message(check->store)))
		check->words_fault = fault;
}

/* A fault of the index itself is mended later; no memory and a failing disk say nothing of it. */
static enum db_status index_search(struct check *check)
{
	struct store *store = check->store;
	int64_t lost = 0;
	int code = sqlite3_exec(store->db,
		"CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_counted USING"
		" fts5vocab(main, request_words, row)",
		NULL, NULL, NULL);
	enum db_status status = code == SQLITE_OK ? DB_OK : store_fail_sqlite(store, code);

	if (status == DB_OK)
		status = statement_one_number(store, &statements, CHECK_FOUND, &lost);
	if (status == DB_BUSY || status == DB_IO)
		return check_part_end(check, status);
	if (status != DB_OK)
		words_fault_set(check, "could not be read through");
	else if (lost > 0)
		check->words_fault = "did not lead to all of its words";
	return DB_OK;
}

/* The full-text index in itself: SQLite's own look does not go into it. */
static enum db_status index_look(struct check *check)
{
	struct store *store = check->store;
	enum db_status status = store_begin(store);

	if (status != DB_OK)
		return check_part_end(check, status);
	status = statement_run(statement_use(store, &statements, CHECK_INDEX));
	if (status == DB_DAMAGED || status == DB_FAULT) {
		words_fault_set(check, "was damaged");
		status = DB_OK;
	}
	status = check_part_end(check, status);
	store_rollback(store);
	return status;
}

static void slot_missing_say(struct check *check, const struct person *person)
{
	struct slot slot;

	if (!person->disabled &&
		vault_find_slot(&check->store->vault->header, person->name, &slot) < 0)
		check_say(check, false,
			"%s: %s has no key slot (a change was cut off); `tracedesk user reset %s`",
			store_path(check->store), person->name, person->name);
}

static bool is_somebodys(const uint8_t *keys, size_t count, const uint8_t public_key[32])
{
	for (size_t i = 0; i < count; i++)
		if (memcmp(keys + i * 32, public_key, 32) == 0)
			return true;
	return false;
}

struct slot_keepers {
	struct person *people;
	size_t people_count;
	uint8_t *keys;
	size_t key_count;
};

static const char *slot_owner(const struct slot_keepers *keepers, const struct slot *slot)
{
	for (size_t i = 0; i < keepers->people_count; i++)
		if (slot_is_of(slot, keepers->people[i].name))
			return keepers->people[i].name;
	return NULL;
}

/* A change writes the new key to the audit log first, then the slot. */
static void slot_foreign_say(
	struct check *check, const struct slot_keepers *keepers, int index, const struct slot *slot)
{
	const char *name = slot_owner(keepers, slot), *path = store_path(check->store);

	if (index == 0)
		check_say(check, false,
			"%s: the recovery code is not the one that the audit log tells of; if "
			"`tracedesk store recover` was cut off, begin it again with the code from "
			"before, else restore the latest backup",
			path);
	else if (name)
		check_say(check, false,
			"%s: %s has another key slot than the audit log tells of (a change was cut "
			"off, or somebody put it there); `tracedesk user reset %s`",
			path, name, name);
	else
		check_say(check, false,
			"%s: key slot %d is of nobody that the audit log tells of; `tracedesk "
			"store rekey` empties it",
			path, index);
}

static void slots_foreign_say(struct check *check, const struct slot_keepers *keepers)
{
	for (int i = 0; i < STORE_SLOTS; i++) {
		struct slot slot;

		slot_read(&slot, header_slot(&check->store->vault->header, i));
		if (slot.state != SLOT_EMPTY &&
			!is_somebodys(keepers->keys, keepers->key_count, slot.public_key))
			slot_foreign_say(check, keepers, i, &slot);
	}
}

static enum db_status slots_look(struct check *check)
{
	struct slot_keepers keepers = { .people = NULL };
	enum db_status status = people_list(check->store, &keepers.people, &keepers.people_count);

	if (status == DB_OK)
		status = people_box_keys(check->store, &keepers.keys, &keepers.key_count);
	if (status == DB_OK)
		slots_foreign_say(check, &keepers);
	for (size_t i = 0; i < keepers.people_count; i++) {
		if (status == DB_OK)
			slot_missing_say(check, &keepers.people[i]);
		person_clear(&keepers.people[i]);
	}
	mem_free(keepers.people);
	mem_free(keepers.keys);
	return status;
}

static const struct {
	int which;
	const char *advice;
} row_looks[] = {
	{ CHECK_WHOLE, NULL },
	{ CHECK_FOREIGN, "run `tracedesk audit verify`" },
	{ CHECK_COUNTS, "restore the latest backup" },
	{ CHECK_CHECKPOINTS, "restore the latest backup" },
};

/* Where a page is lost, SQLite finds the tables to be in pieces: that is no damage more. */
enum db_status check_tables(struct check *check)
{
	enum db_status status =
		store_watch_step(check->store, check->watch, "checking tables", 0, 0);

	for (size_t i = 0; status == DB_OK && i < sizeof(row_looks) / sizeof(row_looks[0]); i++)
		if (row_looks[i].which != CHECK_WHOLE || !check->has_lost_parts)
			status = rows_say(check, row_looks[i].which, row_looks[i].advice);
	if (status == DB_OK)
		status = index_look(check);
	if (status == DB_OK && !check->words_fault)
		status = index_search(check);
	return status == DB_OK ? check_part_end(check, slots_look(check)) : status;
}
