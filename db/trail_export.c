/*
 * Writing the trail out: the columns of each event as they are stored.
 */
#include "db/trail_export.h"

#include <string.h>

#include "db/statement.h"

static const char trail_magic[16] = "tracedesk trail\n";
enum { TRAIL_VERSION = 1 };
static const uint32_t nothing = UINT32_MAX;

enum { TRAIL_WALK, TRAIL_STATEMENTS };
static const char *const trail_sql[TRAIL_STATEMENTS] = {
	[TRAIL_WALK] = "SELECT * FROM events WHERE sequence <= :to ORDER BY sequence",
};
static const struct statement_file statements = { FILE_TRAIL_EXPORT, trail_sql, TRAIL_STATEMENTS };

/* A piece of the file being put together. */
struct piece {
	uint8_t *bytes;
	size_t size, room;
};

static void put(struct piece *piece, const void *bytes, size_t size)
{
	size_t room = piece->room ? piece->room : 4096;

	while (room < piece->size + size)
		room *= 2;
	if (room > piece->room) {
		piece->bytes = mem_resize(piece->bytes, piece->room, room);
		piece->room = room;
	}
	memcpy(piece->bytes + piece->size, bytes, size);
	piece->size += size;
}

static void put_number(struct piece *piece, uint64_t number, size_t size)
{
	uint8_t bytes[8];

	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)(number >> (8 * i));
	put(piece, bytes, size);
}

static void put_sized(struct piece *piece, const void *bytes, size_t size)
{
	put_number(piece, bytes ? size : nothing, 4);
	if (bytes)
		put(piece, bytes, size);
}

static void put_event(struct piece *piece, struct statement *statement)
{
	static const char *const long_numbers[] = { "sequence", "time", "person", "key" };
	static const char *const columns[] = { "operation", "payload_hash", "previous", "hash",
		"signature", "salt", "payload" };
	const char *reference = statement_text(statement, "reference");
	size_t size;

	for (size_t i = 0; i < sizeof(long_numbers) / sizeof(long_numbers[0]); i++)
		put_number(piece, (uint64_t)statement_number(statement, long_numbers[i]), 8);
	put_number(piece, (uint64_t)statement_number(statement, "role"), 4);
	put_number(piece, (uint64_t)statement_number(statement, "kind"), 4);
	put_number(piece, (uint64_t)statement_number(statement, "generation"), 8);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		const uint8_t *bytes = statement_bytes(statement, columns[i], &size);

		put_sized(piece, bytes, size);
	}
	put_sized(piece, reference, strlen(reference));
}

static enum db_status write_head(
	struct store *store, const struct trail_export *wanted, struct piece *piece)
{
	put(piece, trail_magic, sizeof(trail_magic));
	put_number(piece, TRAIL_VERSION, 4);
	put(piece, store_desk_id(store), STORE_ID_BYTES);
	return wanted->write(wanted->with, piece->bytes, piece->size);
}

static enum db_status write_event(
	struct statement *statement, const struct trail_export *wanted, struct piece *piece)
{
	size_t size;

	piece->size = 0;
	put_number(piece, 0, 4);
	put_event(piece, statement);
	size = piece->size;
	piece->size = 0;
	put_number(piece, size - 4, 4);
	piece->size = size;
	return wanted->write(wanted->with, piece->bytes, size);
}

static enum db_status write_end(
	int64_t events, const struct trail_export *wanted, struct piece *piece)
{
	piece->size = 0;
	put_number(piece, 0, 4);
	put_number(piece, (uint64_t)events, 8);
	return wanted->write(wanted->with, piece->bytes, piece->size);
}

enum db_status trail_export(struct store *store, const struct trail_export *wanted)
{
	struct statement *statement = statement_use(store, &statements, TRAIL_WALK);
	struct piece piece = { 0 };
	enum db_status status, step = DB_OK;
	int64_t events = 0;

	statement_bind_number(statement, ":to", wanted->to);
	status = write_head(store, wanted, &piece);
	while (status == DB_OK && (step = statement_step(statement)) == DB_OK) {
		status = write_event(statement, wanted, &piece);
		events++;
	}
	statement_done(statement);
	if (status == DB_OK)
		status = step == DB_NONE ? write_end(events, wanted, &piece) : step;
	mem_free(piece.bytes);
	return status;
}
