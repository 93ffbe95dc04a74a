/*
 * Payloads: written once when an event is made, read by the proof of the trail.
 */
#include "db/payload.h"

#include <string.h>

#include "db/statement.h"

static const char payload_magic[4] = { 'T', 'D', 'E', 'P' };
enum { PAYLOAD_VERSION = 1 };

#define IMAGE_SQL(constant, number, table) [number] = "SELECT * FROM " #table " WHERE id = :row",
static const char *const image_sql[] = { COVERED_TABLES(IMAGE_SQL) };
static const struct statement_file images = { FILE_IMAGES, image_sql, COVERED_END };

static void put_bytes(struct payload *payload, const void *bytes, size_t size)
{
	if (payload->size + size > payload->room) {
		size_t room = payload->room ? payload->room : 512;

		while (room < payload->size + size)
			room *= 2;
		payload->bytes = mem_resize(payload->bytes, payload->room, room);
		payload->room = room;
	}
	if (size)
		memcpy(payload->bytes + payload->size, bytes, size);
	payload->size += size;
}

static void put_number(struct payload *payload, uint64_t number, size_t size)
{
	uint8_t bytes[8];

	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)(number >> (8 * i));
	put_bytes(payload, bytes, size);
}

static void put_name(struct payload *payload, const char *name)
{
	size_t size = strlen(name);

	put_number(payload, size, 1);
	put_bytes(payload, name, size);
}

static void put_sized(struct payload *payload, const void *bytes, size_t size)
{
	put_number(payload, size, 4);
	put_bytes(payload, bytes, size);
}

static void put_column(struct payload *payload, sqlite3_stmt *stmt, int column)
{
	int type = sqlite3_column_type(stmt, column);

	put_name(payload, sqlite3_column_name(stmt, column));
	if (type == SQLITE_NULL) {
		put_number(payload, PAYLOAD_NULL, 1);
	} else if (type == SQLITE_INTEGER) {
		put_number(payload, PAYLOAD_NUMBER, 1);
		put_number(payload, (uint64_t)sqlite3_column_int64(stmt, column), 8);
	} else {
		const void *bytes = sqlite3_column_blob(stmt, column);

		put_number(payload, type == SQLITE_TEXT ? PAYLOAD_TEXT : PAYLOAD_BYTES, 1);
		put_sized(payload, bytes, (size_t)sqlite3_column_bytes(stmt, column));
	}
}

static enum db_status put_image(struct store *store, struct payload *payload, struct change change)
{
	struct statement *statement = statement_use(store, &images, (int)change.table);
	sqlite3_stmt *stmt;
	enum db_status status;
	int columns;

	statement_bind_number(statement, ":row", change.row);
	status = statement_step(statement);
	put_number(payload, (uint64_t)change.table, 1);
	put_number(payload, (uint64_t)change.row, 8);
	put_number(payload, status == DB_OK, 1);
	if (status == DB_OK) {
		stmt = statement_raw(statement);
		columns = sqlite3_column_count(stmt);
		put_number(payload, (uint64_t)columns, 2);
		for (int i = 0; i < columns; i++)
			put_column(payload, stmt, i);
	}
	statement_done(statement);
	return status == DB_NONE ? DB_OK : status;
}

enum db_status payload_build(
	struct store *store, const struct event_new *event, struct payload *out_payload)
{
	size_t rows = changes_count(store->changes);
	enum db_status status = DB_OK;

	*out_payload = (struct payload) { 0 };
	put_bytes(out_payload, payload_magic, sizeof(payload_magic));
	put_number(out_payload, PAYLOAD_VERSION, 1);
	put_number(out_payload, event->detail_count, 2);
	for (size_t i = 0; i < event->detail_count; i++) {
		put_name(out_payload, event->details[i].name);
		put_sized(out_payload, event->details[i].value, strlen(event->details[i].value));
	}
	put_number(out_payload, rows, 4);
	for (size_t i = 0; i < rows && status == DB_OK; i++)
		status = put_image(store, out_payload, changes_at(store->changes, i));
	if (status != DB_OK)
		payload_clear(out_payload);
	return status;
}

void payload_clear(struct payload *payload)
{
	mem_free(payload->bytes);
	*payload = (struct payload) { 0 };
}

static bool get_number(struct payload_reader *reader, size_t size, uint64_t *out_number)
{
	*out_number = 0;
	if (reader->size - reader->place < size)
		return false;
	for (size_t i = 0; i < size; i++)
		*out_number |= (uint64_t)reader->bytes[reader->place + i] << (8 * i);
	reader->place += size;
	return true;
}

static bool get_bytes(
	struct payload_reader *reader, size_t length, const uint8_t **out_bytes, size_t *out_size)
{
	uint64_t size;

	if (!get_number(reader, length, &size) || reader->size - reader->place < size)
		return false;
	*out_bytes = reader->bytes + reader->place;
	*out_size = (size_t)size;
	reader->place += (size_t)size;
	return true;
}

bool payload_open(
	struct payload_reader *reader, const uint8_t *bytes, size_t size, unsigned *out_details)
{
	uint64_t version, details;

	*reader = (struct payload_reader) { bytes, size, sizeof(payload_magic) };
	if (size < sizeof(payload_magic) ||
		memcmp(bytes, payload_magic, sizeof(payload_magic)) != 0)
		return false;
	if (!get_number(reader, 1, &version) || version != PAYLOAD_VERSION)
		return false;
	if (!get_number(reader, 2, &details))
		return false;
	*out_details = (unsigned)details;
	return true;
}

static bool get_name(struct payload_reader *reader, struct payload_value *value)
{
	const uint8_t *name;

	if (!get_bytes(reader, 1, &name, &value->name_size))
		return false;
	value->name = (const char *)name;
	return true;
}

bool payload_detail(struct payload_reader *reader, struct payload_value *out_value)
{
	*out_value = (struct payload_value) { .type = PAYLOAD_TEXT };
	return get_name(reader, out_value) &&
	       get_bytes(reader, 4, &out_value->bytes, &out_value->size);
}

bool payload_rows(struct payload_reader *reader, uint32_t *out_rows)
{
	uint64_t rows;

	if (!get_number(reader, 4, &rows))
		return false;
	*out_rows = (uint32_t)rows;
	return true;
}

bool payload_row(struct payload_reader *reader, struct payload_row *out_row)
{
	uint64_t table, row, is_there, columns = 0;

	if (!get_number(reader, 1, &table) || !get_number(reader, 8, &row) ||
		!get_number(reader, 1, &is_there))
		return false;
	if (table == 0 || table >= COVERED_END || is_there > 1)
		return false;
	if (is_there && !get_number(reader, 2, &columns))
		return false;
	*out_row = (struct payload_row) { (enum covered_table)table, (int64_t)row, is_there == 1,
		(unsigned)columns };
	return true;
}

bool payload_column(struct payload_reader *reader, struct payload_value *out_value)
{
	uint64_t type, number = 0;

	*out_value = (struct payload_value) { 0 };
	if (!get_name(reader, out_value) || !get_number(reader, 1, &type))
		return false;
	if (type > PAYLOAD_BYTES)
		return false;
	out_value->type = (enum payload_type)type;
	if (type == PAYLOAD_NULL)
		return true;
	if (type == PAYLOAD_NUMBER) {
		if (!get_number(reader, 8, &number))
			return false;
		out_value->number = (int64_t)number;
		return true;
	}
	return get_bytes(reader, 4, &out_value->bytes, &out_value->size);
}
