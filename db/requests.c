/*
 * Receipts and their subjects. The columns of both tables are the lists of
 * records.h, so a field cannot be stored and not read.
 */
#include "db/requests.h"

#include <string.h>

#include "db/references.h"
#include "db/statement.h"

#define COLUMN_NAME(constant, column, ...)  ", " #column
#define COLUMN_VALUE(constant, column, ...) ", :" #column
#define COLUMN_SET(constant, column, ...)   ", " #column " = :" #column
#define COLUMN_R(constant, column, ...)	    ", r." #column " AS " #column

enum {
	REQUEST_INSERT,
	REQUEST_UPDATE,
	REQUEST_LOAD,
	REQUEST_HAS,
	REQUEST_COUNT,
	REQUEST_FIGURES,
	REQUEST_FIRST_MONTH,
	SUBJECT_INSERT,
	SUBJECT_UPDATE,
	SUBJECT_DELETE,
	SUBJECT_LOAD,
	REQUEST_STATEMENTS
};

/* clang-format off */
static const char *const request_sql[REQUEST_STATEMENTS] = {
	[REQUEST_INSERT] =
		"INSERT INTO requests(reference, version, state, held_from, flagged, waits,"
		" imported, correcting, to_send, assigned_to" REQUEST_FIELDS(COLUMN_NAME) HISTORY_FIELDS(COLUMN_NAME)
		") VALUES(:reference, :version, :state, :held_from, :flagged, :waits, :imported,"
		" :correcting, :to_send, (SELECT id FROM people WHERE name = :assigned_to)"
		REQUEST_FIELDS(COLUMN_VALUE) HISTORY_FIELDS(COLUMN_VALUE) ")",
	[REQUEST_UPDATE] =
		"UPDATE requests SET version = :version + 1, state = :state,"
		" held_from = :held_from, flagged = :flagged, waits = :waits,"
		" imported = :imported, correcting = :correcting,"
		" to_send = :to_send,"
		" assigned_to = (SELECT id FROM people WHERE name = :assigned_to)"
		REQUEST_FIELDS(COLUMN_SET) HISTORY_FIELDS(COLUMN_SET)
		" WHERE reference = :reference AND version = :version",
	[REQUEST_LOAD] =
		"SELECT r.id AS id, r.reference AS reference, r.version AS version,"
		" r.state AS state, r.held_from AS held_from, r.flagged AS flagged,"
		" r.waits AS waits, r.imported AS imported, r.correcting AS correcting, r.to_send AS to_send,"
		" coalesce(p.name, '') AS assigned_to"
		REQUEST_FIELDS(COLUMN_R) HISTORY_FIELDS(COLUMN_R)
		" FROM requests r LEFT JOIN people p ON p.id = r.assigned_to"
		" WHERE r.reference = :reference",
	[REQUEST_HAS] = "SELECT 1 AS found FROM requests WHERE reference = :reference",
	[REQUEST_COUNT] = "SELECT count(*) AS count FROM requests",
	[REQUEST_FIGURES] =
		"SELECT substr(decided, 1, 7) AS month, service, state, count(*) AS count"
		" FROM requests WHERE decided <> ''"
		" AND substr(decided, 1, 7) BETWEEN :first AND :last"
		" GROUP BY substr(decided, 1, 7), service, state",
	[REQUEST_FIRST_MONTH] =
		"SELECT coalesce(min(substr(decided, 1, 7)), '') AS month"
		" FROM requests WHERE decided <> ''",
	[SUBJECT_INSERT] =
		"INSERT INTO subjects(request, position"
		SUBJECT_FIELDS(COLUMN_NAME) TRACE_FIELDS(COLUMN_NAME)
		") VALUES(:request, :position"
		SUBJECT_FIELDS(COLUMN_VALUE) TRACE_FIELDS(COLUMN_VALUE) ")",
	[SUBJECT_UPDATE] =
		"UPDATE subjects SET position = :position"
		SUBJECT_FIELDS(COLUMN_SET) TRACE_FIELDS(COLUMN_SET)
		" WHERE request = :request AND position = :position",
	[SUBJECT_DELETE] =
		"DELETE FROM subjects WHERE request = :request AND position > :position",
	[SUBJECT_LOAD] =
		"SELECT position" SUBJECT_FIELDS(COLUMN_NAME) TRACE_FIELDS(COLUMN_NAME)
		" FROM subjects WHERE request = :request ORDER BY position",
};
/* clang-format on */
static const struct statement_file requests = { FILE_REQUESTS, request_sql, REQUEST_STATEMENTS };

/* Parameter and column names of the fields, in the order of the enums. */
struct field_name {
	const char *column;
	const char *parameter;
};
#define FIELD_NAME(constant, column, ...) [constant] = { #column, ":" #column },
static const struct field_name request_fields[REQUEST_FIELD_COUNT] = { REQUEST_FIELDS(FIELD_NAME)
		HISTORY_FIELDS(FIELD_NAME) };
static const struct field_name subject_fields[SUBJECT_FIELD_COUNT] = { SUBJECT_FIELDS(FIELD_NAME)
		TRACE_FIELDS(FIELD_NAME) };

static enum db_status subject_write(struct store *store, int which, int64_t request,
	size_t position, const struct subject *subject)
{
	struct statement *statement = statement_use(store, &requests, which);

	statement_bind_number(statement, ":request", request);
	statement_bind_number(statement, ":position", (int64_t)position);
	for (int i = 0; i < SUBJECT_FIELD_COUNT; i++)
		statement_bind_text(statement, subject_fields[i].parameter, subject->field[i]);
	return statement_run(statement);
}

static enum db_status row_write(struct store *store, int which, const struct request *request)
{
	struct statement *statement = statement_use(store, &requests, which);

	statement_bind_text(statement, ":reference", request->reference);
	statement_bind_number(statement, ":version", request->version);
	statement_bind_number(statement, ":state", request->state);
	statement_bind_number(statement, ":held_from", request->held_from);
	statement_bind_number(statement, ":flagged", request->flagged);
	statement_bind_text(statement, ":waits", request->waits);
	statement_bind_number(statement, ":imported", request->imported);
	statement_bind_number(statement, ":correcting", request->correcting);
	statement_bind_number(statement, ":to_send", request->to_send);
	statement_bind_text(statement, ":assigned_to", request->assigned_to);
	for (int i = 0; i < REQUEST_FIELD_COUNT; i++)
		statement_bind_text(statement, request_fields[i].parameter, request->field[i]);
	return statement_run(statement);
}

static enum db_status row_insert(struct store *store, struct request *request)
{
	enum db_status status = row_write(store, REQUEST_INSERT, request);

	if (status == DB_OK)
		request->id = sqlite3_last_insert_rowid(store->db);
	return status;
}

static enum db_status row_insert_numbered(struct store *store, struct request *request)
{
	enum db_status status;

	if (*request->reference)
		return row_insert(store, request);
	do {
		status = reference_next(
			store, "TR", request->field[FIELD_RECEIVED], request->reference);
		if (status == DB_OK)
			status = row_insert(store, request);
	} while (status == DB_REFUSED);
	return status;
}

enum db_status requests_insert(struct store *store, struct request *request)
{
	enum db_status status = row_insert_numbered(store, request);

	for (size_t i = 0; i < request->subject_count && status == DB_OK; i++)
		status = subject_write(
			store, SUBJECT_INSERT, request->id, i + 1, &request->subjects[i]);
	return status;
}

static enum db_status subjects_cut(struct store *store, const struct request *request)
{
	struct statement *statement = statement_use(store, &requests, SUBJECT_DELETE);

	statement_bind_number(statement, ":request", request->id);
	statement_bind_number(statement, ":position", (int64_t)request->subject_count);
	return statement_run(statement);
}

enum db_status requests_update(struct store *store, struct request *request)
{
	enum db_status status = row_write(store, REQUEST_UPDATE, request);

	if (status != DB_OK)
		return status;
	if (sqlite3_changes(store->db) != 1)
		return store_fail(store, DB_REFUSED, "somebody else changed it meanwhile");
	request->version++;
	for (size_t i = 0; i < request->subject_count && status == DB_OK; i++) {
		status = subject_write(
			store, SUBJECT_UPDATE, request->id, i + 1, &request->subjects[i]);
		if (status == DB_OK && sqlite3_changes(store->db) == 0)
			status = subject_write(
				store, SUBJECT_INSERT, request->id, i + 1, &request->subjects[i]);
	}
	return status == DB_OK ? subjects_cut(store, request) : status;
}

static enum db_status subjects_load(struct store *store, struct request *request)
{
	struct statement *statement = statement_use(store, &requests, SUBJECT_LOAD);
	enum db_status status;

	statement_bind_number(statement, ":request", request->id);
	while ((status = statement_step(statement)) == DB_OK) {
		struct subject *subject = request_add_subject(request);

		for (int i = 0; i < SUBJECT_FIELD_COUNT; i++)
			record_set(&subject->field[i],
				statement_text(statement, subject_fields[i].column));
	}
	statement_done(statement);
	return status == DB_NONE ? DB_OK : status;
}

enum db_status requests_load(
	struct store *store, const char *reference, struct request *out_request)
{
	struct statement *statement = statement_use(store, &requests, REQUEST_LOAD);
	enum db_status status;

	request_init(out_request);
	statement_bind_text(statement, ":reference", reference);
	status = statement_step(statement);
	if (status == DB_OK) {
		out_request->id = statement_number(statement, "id");
		out_request->version = statement_number(statement, "version");
		out_request->state = (enum request_state)statement_number(statement, "state");
		out_request->held_from =
			(enum request_state)statement_number(statement, "held_from");
		out_request->flagged = statement_number(statement, "flagged") != 0;
		out_request->imported = statement_number(statement, "imported") != 0;
		out_request->correcting = statement_number(statement, "correcting") != 0;
		out_request->to_send = statement_number(statement, "to_send") != 0;
		statement_copy(statement, "reference", out_request->reference, REFERENCE_SIZE);
		statement_copy(statement, "assigned_to", out_request->assigned_to, NAME_SIZE);
		record_set(&out_request->waits, statement_text(statement, "waits"));
		for (int i = 0; i < REQUEST_FIELD_COUNT; i++)
			record_set(&out_request->field[i],
				statement_text(statement, request_fields[i].column));
	}
	statement_done(statement);
	if (status == DB_OK)
		status = subjects_load(store, out_request);
	if (status != DB_OK)
		request_clear(out_request);
	return status == DB_NONE
		       ? store_fail(store, DB_NONE, "there is no receipt with that reference")
		       : status;
}

enum db_status requests_has(struct store *store, const char *reference)
{
	struct statement *statement = statement_use(store, &requests, REQUEST_HAS);
	enum db_status status;

	statement_bind_text(statement, ":reference", reference);
	status = statement_step(statement);
	statement_done(statement);
	return status;
}

enum db_status requests_count(struct store *store, int64_t *out_count)
{
	return statement_one_number(store, &requests, REQUEST_COUNT, out_count);
}

enum db_status requests_figures(struct store *store, const char *first, const char *last,
	struct tracing_count **out_counts, size_t *out_count)
{
	struct statement *statement = statement_use(store, &requests, REQUEST_FIGURES);
	struct tracing_count *counts = NULL;
	size_t count = 0, size = sizeof(*counts);
	enum db_status status;

	statement_bind_text(statement, ":first", first);
	statement_bind_text(statement, ":last", last);
	while ((status = statement_step(statement)) == DB_OK) {
		counts = mem_resize(counts, count * size, (count + 1) * size);
		statement_copy(statement, "month", counts[count].month, sizeof(counts->month));
		statement_copy(
			statement, "service", counts[count].service, sizeof(counts->service));
		counts[count].outcome = (enum request_state)statement_number(statement, "state");
		counts[count++].count = statement_number(statement, "count");
	}
	statement_done(statement);
	if (status != DB_NONE) {
		mem_free(counts);
		return status;
	}
	*out_counts = counts;
	*out_count = count;
	return DB_OK;
}

enum db_status requests_first_month(struct store *store, char out_month[8])
{
	return statement_one_text(store, &requests, REQUEST_FIRST_MONTH, out_month, 8);
}
