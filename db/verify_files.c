/*
 * Attached files: their rows come once, in the name of who attached, and stay as
 * they are; their pieces are what the hashes in those rows say, no more and no
 * less of them.
 */
#include <inttypes.h>
#include <string.h>

#include "db/files.h"
#include "db/statement.h"
#include "db/verify_private.h"

enum { VERIFY_FILES, VERIFY_PIECES, VERIFY_STRAY, VERIFY_FILE_STATEMENTS };
static const char *const file_sql[VERIFY_FILE_STATEMENTS] = {
	[VERIFY_FILES] = "SELECT id, size, salt, hashes FROM files ORDER BY id",
	[VERIFY_PIECES] = "SELECT position, bytes FROM file_pieces WHERE file = :file"
			  " ORDER BY position",
	[VERIFY_STRAY] = "SELECT id, file FROM file_pieces"
			 " WHERE file NOT IN (SELECT id FROM files) ORDER BY id",
};
static const struct statement_file statements = { FILE_VERIFY_FILES, file_sql,
	VERIFY_FILE_STATEMENTS };

static bool hashes_fit(int64_t size, size_t salt_size, size_t hashes_size)
{
	return size >= 0 && size <= FILE_MOST_BYTES && salt_size == FILE_SALT_BYTES &&
	       hashes_size == (size_t)file_pieces(size) * STORE_HASH_BYTES;
}

void verify_file_row(struct verify *verify, int64_t event, const struct file_image *image)
{
	if (!image->is_there || image->id <= verify->last_file) {
		verify_problem(
			verify, event, "file %" PRId64 ": it was changed or taken away", image->id);
		return;
	}
	verify->last_file = image->id;
	if (image->person != verify->person)
		verify_problem(verify, event, "file %" PRId64 ": attached in another person's name",
			image->id);
	if (!hashes_fit(image->size, image->salt_size, image->hashes_size))
		verify_problem(verify, event, "file %" PRId64 ": its hashes do not fit its size",
			image->id);
}

/* A file as its row tells it. */
struct told {
	int64_t id, size;
	const uint8_t *salt, *hashes;
	bool is_met[FILE_MOST_PIECES];
};

static bool piece_holds(const struct told *told, const struct file_piece *piece)
{
	uint8_t hash[STORE_HASH_BYTES];

	if (piece->size != file_piece_size(told->size, piece->position))
		return false;
	file_piece_hash(told->salt, piece, hash);
	return memcmp(hash, told->hashes + (size_t)piece->position * STORE_HASH_BYTES,
		       STORE_HASH_BYTES) == 0;
}

static void piece_check(struct verify *verify, struct statement *statement, struct told *told)
{
	int64_t position = statement_number(statement, "position");
	struct file_piece piece = { .position = (int)position };

	piece.bytes = statement_bytes(statement, "bytes", &piece.size);
	if (position < 0 || position >= file_pieces(told->size)) {
		verify_problem(verify, 0,
			"files, row %" PRId64 ": it has a piece %" PRId64 " too many", told->id,
			position + 1);
		return;
	}
	told->is_met[position] = true;
	if (!piece_holds(told, &piece))
		verify_problem(verify, 0,
			"files, row %" PRId64 ": piece %d is not what was attached", told->id,
			piece.position + 1);
}

static enum db_status pieces_check(struct verify *verify, struct told *told)
{
	struct statement *statement = statement_use(verify->store, &statements, VERIFY_PIECES);
	enum db_status status = DB_OK, step = DB_OK;

	statement_bind_number(statement, ":file", told->id);
	while (status == DB_OK && (step = statement_step(statement)) == DB_OK) {
		piece_check(verify, statement, told);
		status = verify_ask(verify);
	}
	statement_done(statement);
	if (status != DB_OK)
		return status;
	for (int i = 0; step == DB_NONE && i < file_pieces(told->size); i++)
		if (!told->is_met[i])
			verify_problem(verify, 0, "files, row %" PRId64 ": piece %d is gone",
				told->id, i + 1);
	return step == DB_NONE ? DB_OK : step;
}

static enum db_status file_check(struct verify *verify, struct statement *statement)
{
	struct told told = { .id = statement_number(statement, "id"),
		.size = statement_number(statement, "size") };
	size_t salt_size, hashes_size;

	told.salt = statement_bytes(statement, "salt", &salt_size);
	told.hashes = statement_bytes(statement, "hashes", &hashes_size);
	/* Such a row differs from its event, or the event is told of already. */
	if (!hashes_fit(told.size, salt_size, hashes_size))
		return DB_OK;
	return pieces_check(verify, &told);
}

static enum db_status stray_check(struct verify *verify)
{
	struct statement *statement = statement_use(verify->store, &statements, VERIFY_STRAY);
	enum db_status status;

	while ((status = statement_step(statement)) == DB_OK)
		verify_problem(verify, 0,
			"file_pieces, row %" PRId64 ": a piece of file %" PRId64
			", which is not there",
			statement_number(statement, "id"), statement_number(statement, "file"));
	statement_done(statement);
	return status == DB_NONE ? DB_OK : status;
}

enum db_status verify_files(struct verify *verify)
{
	struct statement *statement = statement_use(verify->store, &statements, VERIFY_FILES);
	enum db_status status = DB_OK, step = DB_OK;

	while (status == DB_OK && (step = statement_step(statement)) == DB_OK)
		status = file_check(verify, statement);
	statement_done(statement);
	if (status != DB_OK)
		return status;
	return step == DB_NONE ? stray_check(verify) : step;
}
