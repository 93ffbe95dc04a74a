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
#define COLUMN_R(constant, column, ...)	    ", r." #column " AS " #column

#define ROW_COLUMNS                                                                  \
	"SELECT r.id AS id, r.reference AS reference, r.received AS received,"       \
	" r.decided AS decided, r.needed_by AS needed_by, r.service AS service,"     \
	" r.organisation AS organisation, r.state AS state, r.imported AS imported," \
	" r.safeguarding AS safeguarding, coalesce(p.name, '') AS assigned_to,"      \
	" coalesce(s.subject_surname, '') AS surname,"                               \
	" coalesce(s.subject_forenames, '') AS forenames,"                           \
	" (SELECT count(*) FROM subjects WHERE request = r.id) AS subjects"          \
	" FROM requests r LEFT JOIN people p ON p.id = r.assigned_to"                \
	" LEFT JOIN subjects s ON s.request = r.id AND s.position = 1"

enum {
	REQUEST_INSERT,
	REQUEST_LOAD,
	REQUEST_HAS,
	REQUEST_NEWEST,
	REQUEST_OLDEST,
	REQUEST_OLDER,
	REQUEST_NEWER,
	REQUEST_COUNT,
	REQUEST_FIGURES,
	REQUEST_FIRST_MONTH,
	SUBJECT_INSERT,
	SUBJECT_LOAD,
	REQUEST_STATEMENTS
};

static const char *const request_sql[REQUEST_STATEMENTS] = {
	[REQUEST_INSERT] =
		"INSERT INTO requests(reference, version, state, imported" REQUEST_FIELDS(
			COLUMN_NAME)
			HISTORY_FIELDS(COLUMN_NAME) ") VALUES(:reference, :version, :state,"
						    " :imported" REQUEST_FIELDS(COLUMN_VALUE)
							    HISTORY_FIELDS(COLUMN_VALUE) ")",
	[REQUEST_LOAD] = "SELECT r.id AS id, r.reference AS reference, r.version AS version,"
			 " r.state AS state, r.imported AS imported,"
			 " coalesce(p.name, '') AS assigned_to" REQUEST_FIELDS(COLUMN_R)
				 HISTORY_FIELDS(COLUMN_R) " FROM requests r LEFT JOIN people p"
							  " ON p.id = r.assigned_to"
							  " WHERE r.reference = :reference",
	[REQUEST_HAS] = "SELECT 1 AS found FROM requests WHERE reference = :reference",
	[REQUEST_NEWEST] = ROW_COLUMNS " ORDER BY r.received DESC, r.id DESC LIMIT :limit",
	[REQUEST_OLDEST] = ROW_COLUMNS " ORDER BY r.received, r.id LIMIT :limit",
	[REQUEST_OLDER] = ROW_COLUMNS " WHERE (r.received, r.id) < (:received, :id)"
				      " ORDER BY r.received DESC, r.id DESC LIMIT :limit",
	[REQUEST_NEWER] = ROW_COLUMNS " WHERE (r.received, r.id) > (:received, :id)"
				      " ORDER BY r.received, r.id LIMIT :limit",
	[REQUEST_COUNT] = "SELECT count(*) AS count FROM requests",
	[REQUEST_FIGURES] = "SELECT substr(decided, 1, 7) AS month, service, state,"
			    " count(*) AS count FROM requests WHERE decided <> ''"
			    " AND substr(decided, 1, 7) BETWEEN :first AND :last"
			    " GROUP BY substr(decided, 1, 7), service, state",
	[REQUEST_FIRST_MONTH] = "SELECT coalesce(min(substr(decided, 1, 7)), '') AS month"
				" FROM requests WHERE decided <> ''",
	[SUBJECT_INSERT] = "INSERT INTO subjects(request, position, trace_code" SUBJECT_FIELDS(
		COLUMN_NAME) ") VALUES(:request, :position, "
			     ":trace_code" SUBJECT_FIELDS(COLUMN_VALUE) ")",
	[SUBJECT_LOAD] = "SELECT trace_code" SUBJECT_FIELDS(
		COLUMN_NAME) " FROM subjects WHERE request = :request ORDER BY position",
};
static const struct statement_file requests = { FILE_REQUESTS, request_sql, REQUEST_STATEMENTS };

/* Parameter and column names of the fields, in the order of the enums. */
struct field_name {
	const char *column;
	const char *parameter;
};
#define FIELD_NAME(constant, column, ...) [constant] = { #column, ":" #column },
static const struct field_name request_fields[REQUEST_FIELD_COUNT] = { REQUEST_FIELDS(FIELD_NAME)
		HISTORY_FIELDS(FIELD_NAME) };
static const struct field_name subject_fields[SUBJECT_FIELD_COUNT] = {
	SUBJECT_FIELDS(FIELD_NAME)[FIELD_TRACE_CODE] = { "trace_code", ":trace_code" }
};

static enum db_status subject_insert(
	struct store *store, int64_t request, size_t position, const struct subject *subject)
{
	struct statement *statement = statement_use(store, &requests, SUBJECT_INSERT);

	if (!statement)
		return DB_FAULT;
	statement_bind_number(statement, ":request", request);
	statement_bind_number(statement, ":position", (int64_t)position);
	for (int i = 0; i < SUBJECT_FIELD_COUNT; i++)
		statement_bind_text(statement, subject_fields[i].parameter, subject->field[i]);
	return statement_run(statement);
}

static enum db_status row_insert(struct store *store, struct request *request)
{
	struct statement *statement = statement_use(store, &requests, REQUEST_INSERT);
	enum db_status status;

	if (!statement)
		return DB_FAULT;
	statement_bind_text(statement, ":reference", request->reference);
	statement_bind_number(statement, ":version", request->version);
	statement_bind_number(statement, ":state", request->state);
	statement_bind_number(statement, ":imported", request->imported);
	for (int i = 0; i < REQUEST_FIELD_COUNT; i++)
		statement_bind_text(statement, request_fields[i].parameter, request->field[i]);
	status = statement_run(statement);
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
		status = subject_insert(store, request->id, i + 1, &request->subjects[i]);
	return status;
}

static enum db_status subjects_load(struct store *store, struct request *request)
{
	struct statement *statement = statement_use(store, &requests, SUBJECT_LOAD);
	enum db_status status;

	if (!statement)
		return DB_FAULT;
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

	if (!statement)
		return DB_FAULT;
	request_init(out_request);
	statement_bind_text(statement, ":reference", reference);
	status = statement_step(statement);
	if (status == DB_OK) {
		out_request->id = statement_number(statement, "id");
		out_request->version = statement_number(statement, "version");
		out_request->state = (enum request_state)statement_number(statement, "state");
		out_request->imported = statement_number(statement, "imported") != 0;
		statement_copy(statement, "reference", out_request->reference, REFERENCE_SIZE);
		statement_copy(statement, "assigned_to", out_request->assigned_to, NAME_SIZE);
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

	if (!statement)
		return DB_FAULT;
	statement_bind_text(statement, ":reference", reference);
	status = statement_step(statement);
	statement_done(statement);
	return status;
}

static void row_read(struct statement *statement, struct request_row *row)
{
	row->id = statement_number(statement, "id");
	row->subjects = (int)statement_number(statement, "subjects");
	row->state = (enum request_state)statement_number(statement, "state");
	row->imported = statement_number(statement, "imported") != 0;
	row->safeguarding = strcmp(statement_text(statement, "safeguarding"), "yes") == 0;
	statement_copy(statement, "reference", row->reference, sizeof(row->reference));
	statement_copy(statement, "received", row->received, sizeof(row->received));
	statement_copy(statement, "decided", row->decided, sizeof(row->decided));
	statement_copy(statement, "needed_by", row->needed_by, sizeof(row->needed_by));
	statement_copy(statement, "service", row->service, sizeof(row->service));
	statement_copy(statement, "assigned_to", row->assigned_to, sizeof(row->assigned_to));
	row->organisation = mem_text(statement_text(statement, "organisation"));
	row->surname = mem_text(statement_text(statement, "surname"));
	row->forenames = mem_text(statement_text(statement, "forenames"));
}

static void rows_turn(struct request_row *rows, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		struct request_row row = rows[i];

		rows[i] = rows[count - 1 - i];
		rows[count - 1 - i] = row;
	}
}

enum db_status requests_page(struct store *store, const struct requests_page *page,
	struct request_row *out_rows, size_t *out_count)
{
	bool from_end = !*page->received;
	int which = page->backwards ? (from_end ? REQUEST_OLDEST : REQUEST_NEWER)
				    : (from_end ? REQUEST_NEWEST : REQUEST_OLDER);
	struct statement *statement = statement_use(store, &requests, which);
	enum db_status status = DB_NONE;

	*out_count = 0;
	if (!statement)
		return DB_FAULT;
	if (!from_end) {
		statement_bind_text(statement, ":received", page->received);
		statement_bind_number(statement, ":id", page->id);
	}
	statement_bind_number(statement, ":limit", (int64_t)page->limit);
	while (*out_count < page->limit && (status = statement_step(statement)) == DB_OK)
		row_read(statement, &out_rows[(*out_count)++]);
	statement_done(statement);
	if (status != DB_OK && status != DB_NONE) {
		request_rows_clear(out_rows, *out_count);
		*out_count = 0;
		return status;
	}
	if (page->backwards)
		rows_turn(out_rows, *out_count);
	return DB_OK;
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

	if (!statement)
		return DB_FAULT;
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
