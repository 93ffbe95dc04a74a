/*
 * The rows as the events tell them against the rows as they are. The list of
 * the last image of each row lies in a temporary table (temp_store=MEMORY, so
 * never in a file); the images themselves are read from the events again. A
 * column added by a later migration is fine while it holds nothing.
 */
#include <string.h>

#include "db/statement.h"
#include "db/verify_private.h"

#define ROWS_SQL(constant, number, table) [number] = "SELECT * FROM " #table " ORDER BY id",

enum {
	ROWS_NOTE = COVERED_END,
	ROWS_FIND,
	ROWS_MATCHED,
	ROWS_LEFT,
	ROWS_PAYLOAD,
	ROWS_CLEAR,
	ROWS_STATEMENTS
};

static const char *const rows_sql[ROWS_STATEMENTS] = {
	COVERED_TABLES(ROWS_SQL)[ROWS_NOTE] =
		"INSERT OR REPLACE INTO temp.trail_rows(covered, row, event, place, columns,"
		" is_there) VALUES(:covered, :row, :event, :place, :columns, :is_there)",
	[ROWS_FIND] = "SELECT event, place, columns, is_there FROM temp.trail_rows"
		      " WHERE covered = :covered AND row = :row",
	[ROWS_MATCHED] = "DELETE FROM temp.trail_rows WHERE covered = :covered AND row = :row",
	[ROWS_LEFT] = "SELECT covered, row, event FROM temp.trail_rows WHERE is_there = 1",
	[ROWS_PAYLOAD] = "SELECT payload FROM events WHERE sequence = :sequence",
	[ROWS_CLEAR] = "DELETE FROM temp.trail_rows",
};
static const struct statement_file statements = { FILE_VERIFY_ROWS, rows_sql, ROWS_STATEMENTS };

/* Where the last image of a row stands. */
struct image_place {
	int64_t event;
	size_t place;
	unsigned columns;
	bool is_there;
};

enum db_status verify_rows_start(struct verify *verify)
{
	struct store *store = verify->store;
	struct statement *statement;
	int code = sqlite3_exec(store->db,
		"CREATE TEMP TABLE IF NOT EXISTS trail_rows(covered INTEGER, row INTEGER,"
		" event INTEGER, place INTEGER, columns INTEGER, is_there INTEGER,"
		" PRIMARY KEY(covered, row)) WITHOUT ROWID",
		NULL, NULL, NULL);

	if (code != SQLITE_OK)
		return store_fail_sqlite(store, code);
	statement = statement_use(store, &statements, ROWS_CLEAR);
	return statement_run(statement);
}

static enum db_status row_note(
	struct verify *verify, int64_t event, const struct payload_row *row, size_t place)
{
	struct statement *statement = statement_use(verify->store, &statements, ROWS_NOTE);

	statement_bind_number(statement, ":covered", row->table);
	statement_bind_number(statement, ":row", row->row);
	statement_bind_number(statement, ":event", event);
	statement_bind_number(statement, ":place", (int64_t)place);
	statement_bind_number(statement, ":columns", row->columns);
	statement_bind_number(statement, ":is_there", row->is_there);
	return statement_run(statement);
}

static bool value_is(const struct payload_value *value, const char *name)
{
	return value->name_size == strlen(name) && memcmp(value->name, name, value->name_size) == 0;
}

static void decision_take(const struct payload_value *value, struct decision_image *image)
{
	static const char wish[] = "requester_withdrew";

	if (value_is(value, "request"))
		image->request = value->number;
	else if (value_is(value, "kind"))
		image->kind = value->number;
	else if (value_is(value, "result"))
		image->result = value->number;
	else if (value_is(value, "proposer"))
		image->proposer = value->number;
	else if (value_is(value, "reviewer"))
		image->reviewer = value->number;
	else if (value_is(value, "reasons"))
		image->is_requesters_wish = value->size == sizeof(wish) - 1 &&
					    memcmp(value->bytes, wish, value->size) == 0;
}

static void file_take_column(const struct payload_value *value, struct file_image *image)
{
	if (value_is(value, "person"))
		image->person = value->number;
	else if (value_is(value, "size"))
		image->size = value->number;
	else if (value_is(value, "salt"))
		image->salt_size = value->size;
	else if (value_is(value, "hashes"))
		image->hashes_size = value->size;
}

/* Passes over the columns of a row; those of a new key, a decision and a file are looked at. */
static bool columns_pass(struct verify *verify, int64_t event, struct payload_reader *reader,
	const struct payload_row *row)
{
	struct decision_image decision = { .id = row->row, .is_there = row->is_there };
	struct person_image person_row = { .id = row->row, .is_there = row->is_there };
	struct file_image file = { .id = row->row, .is_there = row->is_there };
	struct receipt_image receipt = { .id = row->row, .is_there = row->is_there };
	struct payload_value value;
	const uint8_t *sign_public = NULL;
	int64_t person = 0;

	for (unsigned i = 0; i < row->columns; i++) {
		if (!payload_column(reader, &value))
			return false;
		if (value_is(&value, "person"))
			person = value.number;
		if (value_is(&value, "sign_public") && value.size == 32)
			sign_public = value.bytes;
		if (value_is(&value, "roles"))
			person_row.roles = value.number;
		decision_take(&value, &decision);
		if (value_is(&value, "state"))
			receipt.state = value.number;
		if (value_is(&value, "imported"))
			receipt.is_imported = value.number != 0;
		file_take_column(&value, &file);
	}
	if (row->table == COVERED_DECISIONS) {
		verify_decision(verify, event, &decision);
		verify_state_decision(verify, &decision);
	}
	if (row->table == COVERED_REQUESTS)
		verify_state_receipt(verify, event, &receipt);
	if (row->table == COVERED_FILES)
		verify_file_row(verify, event, &file);
	if (row->table == COVERED_PEOPLE)
		verify_person(verify, event, &person_row);
	if (row->table == COVERED_PERSON_KEYS)
		verify_person_key(verify, event,
			&(struct key_image) { row->row, person,
				sign_public && !verify_key_is(verify, row->row) });
	if (row->table == COVERED_PERSON_KEYS && sign_public)
		verify_key_add(verify, row->row, person, sign_public);
	if (!verify_may_change(verify, (int)row->table))
		verify_problem(verify, event, "it changes a row in nobody's name");
	return true;
}

bool verify_rows_note(struct verify *verify, int64_t event, struct payload_reader *reader,
	enum db_status *out_status)
{
	struct payload_row row;
	uint32_t rows;

	verify->move_count = 0;
	*out_status = DB_OK;
	if (!payload_rows(reader, &rows))
		return false;
	for (uint32_t i = 0; i < rows; i++) {
		size_t place;

		if (!payload_row(reader, &row))
			return false;
		place = reader->place;
		if (!columns_pass(verify, event, reader, &row))
			return false;
		*out_status = row_note(verify, event, &row, place);
		if (*out_status != DB_OK)
			return true;
	}
	verify_states_settle(verify, event);
	return reader->place == reader->size;
}

static enum db_status place_find(
	struct verify *verify, int table, int64_t row, struct image_place *out_place)
{
	struct statement *statement = statement_use(verify->store, &statements, ROWS_FIND);
	enum db_status status;

	statement_bind_number(statement, ":covered", table);
	statement_bind_number(statement, ":row", row);
	status = statement_step(statement);
	if (status == DB_OK) {
		out_place->event = statement_number(statement, "event");
		out_place->place = (size_t)statement_number(statement, "place");
		out_place->columns = (unsigned)statement_number(statement, "columns");
		out_place->is_there = statement_number(statement, "is_there") != 0;
	}
	statement_done(statement);
	return status;
}

static bool value_is_same(sqlite3_stmt *row, int column, const struct payload_value *value)
{
	int type = sqlite3_column_type(row, column);
	const void *bytes;

	if (type == SQLITE_NULL)
		return value->type == PAYLOAD_NULL;
	if (type == SQLITE_INTEGER)
		return value->type == PAYLOAD_NUMBER &&
		       value->number == sqlite3_column_int64(row, column);
	if (value->type != (type == SQLITE_TEXT ? PAYLOAD_TEXT : PAYLOAD_BYTES))
		return false;
	bytes = sqlite3_column_blob(row, column);
	return (size_t)sqlite3_column_bytes(row, column) == value->size &&
	       (value->size == 0 || memcmp(bytes, value->bytes, value->size) == 0);
}

static bool column_is_empty(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_INTEGER
		       ? sqlite3_column_int64(row, column) == 0
		       : sqlite3_column_bytes(row, column) == 0;
}

/* The first column that differs, or NULL. */
static const char *image_differs(sqlite3_stmt *row, struct payload_reader *reader, unsigned columns)
{
	struct payload_value value;
	int count = sqlite3_column_count(row);

	for (unsigned i = 0; i < columns; i++) {
		if (!payload_column(reader, &value))
			return "(what the event carries cannot be read)";
		if ((int)i >= count || !value_is(&value, sqlite3_column_name(row, (int)i)))
			return "(the columns are not those of the event)";
		if (!value_is_same(row, (int)i, &value))
			return sqlite3_column_name(row, (int)i);
	}
	for (int i = (int)columns; i < count; i++)
		if (!column_is_empty(row, i))
			return sqlite3_column_name(row, i);
	return NULL;
}

static enum db_status image_compare(
	struct verify *verify, int table, sqlite3_stmt *row, const struct image_place *place)
{
	struct statement *statement = statement_use(verify->store, &statements, ROWS_PAYLOAD);
	struct payload_reader reader = { 0 };
	enum db_status status;
	const char *column;

	statement_bind_number(statement, ":sequence", place->event);
	status = statement_step(statement);
	if (status == DB_OK) {
		reader.bytes = statement_bytes(statement, "payload", &reader.size);
		reader.place = place->place;
		column = reader.size < reader.place ? "(what the event carries cannot be read)"
						    : image_differs(row, &reader, place->columns);
		if (column)
			verify_problem(verify, place->event,
				"%s, row %lld: %s is not as this event left it",
				covered_table_name((enum covered_table)table),
				(long long)sqlite3_column_int64(row, 0), column);
	}
	statement_done(statement);
	return status == DB_NONE ? DB_OK : status;
}

static enum db_status row_matched(struct verify *verify, int table, int64_t row)
{
	struct statement *statement = statement_use(verify->store, &statements, ROWS_MATCHED);

	statement_bind_number(statement, ":covered", table);
	statement_bind_number(statement, ":row", row);
	return statement_run(statement);
}

static enum db_status row_compare(struct verify *verify, int table, sqlite3_stmt *row)
{
	struct image_place place = { 0 };
	int64_t id = sqlite3_column_int64(row, 0);
	enum db_status status = place_find(verify, table, id, &place);

	if (status == DB_NONE) {
		verify_problem(verify, 0, "%s, row %lld: no event tells of it",
			covered_table_name((enum covered_table)table), (long long)id);
		return DB_OK;
	}
	if (status != DB_OK)
		return status;
	if (!place.is_there)
		verify_problem(verify, place.event, "%s, row %lld: is there, though removed",
			covered_table_name((enum covered_table)table), (long long)id);
	else
		status = image_compare(verify, table, row, &place);
	return status == DB_OK ? row_matched(verify, table, id) : status;
}

static enum db_status table_compare(struct verify *verify, int table)
{
	struct statement *statement = statement_use(verify->store, &statements, table);
	enum db_status status = DB_OK, step = DB_OK;

	while (status == DB_OK && (step = statement_step(statement)) == DB_OK) {
		status = row_compare(verify, table, statement_raw(statement));
		if (status == DB_OK)
			status = verify_step(verify);
	}
	statement_done(statement);
	if (status != DB_OK)
		return status;
	return step == DB_NONE ? DB_OK : step;
}

enum db_status verify_rows_compare(struct verify *verify)
{
	struct statement *statement;
	enum db_status status = DB_OK;

	for (int table = 1; table < COVERED_END && status == DB_OK; table++)
		status = table_compare(verify, table);
	if (status != DB_OK)
		return status;
	statement = statement_use(verify->store, &statements, ROWS_LEFT);
	while ((status = statement_step(statement)) == DB_OK)
		verify_problem(verify, statement_number(statement, "event"),
			"%s, row %lld: is gone, and no event says so",
			covered_table_name(
				(enum covered_table)statement_number(statement, "covered")),
			(long long)statement_number(statement, "row"));
	statement_done(statement);
	return status == DB_NONE ? DB_OK : status;
}
