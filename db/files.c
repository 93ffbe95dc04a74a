/*
 * Files: the row, its pieces, and reading them with each piece proved.
 */
#include "db/files.h"

#include <sodium.h>
#include <string.h>

#include "db/statement.h"

enum {
	FILE_NEXT,
	FILE_INSERT,
	FILE_PIECE_INSERT,
	FILE_LIST,
	FILE_FIND,
	FILE_PROOF,
	FILE_READ,
	FILE_STATEMENTS
};

#define FILE_COLUMNS                                                                        \
	"SELECT f.id AS id, f.number AS number, f.time AS time, f.person AS person,"        \
	" p.name AS person_name, f.name AS name, f.size AS size FROM files f JOIN people p" \
	" ON p.id = f.person WHERE f.request = :request"

static const char *const file_sql[FILE_STATEMENTS] = {
	[FILE_NEXT] = "SELECT coalesce(max(number), 0) + 1 AS next FROM files"
		      " WHERE request = :request",
	[FILE_INSERT] = "INSERT INTO files(request, number, time, person, name, size, salt, hashes)"
			" VALUES(:request, :number, :time, :person, :name, :size, :salt, :hashes)",
	[FILE_PIECE_INSERT] = "INSERT INTO file_pieces(file, position, bytes)"
			      " VALUES(:file, :position, :bytes)",
	[FILE_LIST] = FILE_COLUMNS " ORDER BY f.number",
	[FILE_FIND] = FILE_COLUMNS " AND f.number = :number",
	[FILE_PROOF] = "SELECT request, number, size, salt, hashes FROM files WHERE id = :id",
	[FILE_READ] = "SELECT position, bytes FROM file_pieces WHERE file = :id ORDER BY position",
};
static const struct statement_file files = { FILE_FILES, file_sql, FILE_STATEMENTS };

void file_content_clear(struct file_content *content)
{
	for (int i = 0; i < FILE_MOST_PIECES; i++)
		mem_free(content->piece[i]);
	*content = (struct file_content) { .size = 0 };
}

int file_pieces(int64_t size)
{
	return (int)((size + FILE_PIECE_BYTES - 1) / FILE_PIECE_BYTES);
}

size_t file_piece_size(int64_t size, int piece)
{
	int64_t left = size - (int64_t)piece * FILE_PIECE_BYTES;

	return (size_t)(left < FILE_PIECE_BYTES ? left : FILE_PIECE_BYTES);
}

void file_piece_hash(const uint8_t salt[FILE_SALT_BYTES], const struct file_piece *piece,
	uint8_t out_hash[STORE_HASH_BYTES])
{
	const uint8_t position[4] = { (uint8_t)piece->position, (uint8_t)(piece->position >> 8),
		(uint8_t)(piece->position >> 16), (uint8_t)(piece->position >> 24) };
	crypto_generichash_state state;

	/* They fail only for sizes that these are not. */
	(void)crypto_generichash_init(&state, salt, FILE_SALT_BYTES, STORE_HASH_BYTES);
	(void)crypto_generichash_update(&state, position, sizeof(position));
	(void)crypto_generichash_update(&state, piece->bytes, piece->size);
	(void)crypto_generichash_final(&state, out_hash, STORE_HASH_BYTES);
}

static enum db_status number_next(struct store *store, struct receipt_file *file)
{
	struct statement *statement = statement_use(store, &files, FILE_NEXT);
	enum db_status status;

	statement_bind_number(statement, ":request", file->request);
	status = statement_step(statement);
	if (status == DB_OK)
		file->number = statement_number(statement, "next");
	statement_done(statement);
	return status;
}

static enum db_status row_insert(
	struct store *store, struct receipt_file *file, const struct file_content *content)
{
	struct statement *statement = statement_use(store, &files, FILE_INSERT);
	uint8_t salt[FILE_SALT_BYTES], hashes[FILE_MOST_PIECES * STORE_HASH_BYTES];
	int pieces = file_pieces(content->size);
	enum db_status status;

	randombytes_buf(salt, sizeof(salt));
	for (int i = 0; i < pieces; i++)
		file_piece_hash(salt,
			&(struct file_piece) {
				i, content->piece[i], file_piece_size(content->size, i) },
			hashes + (size_t)i * STORE_HASH_BYTES);
	statement_bind_number(statement, ":request", file->request);
	statement_bind_number(statement, ":number", file->number);
	statement_bind_number(statement, ":time", file->time);
	statement_bind_number(statement, ":person", file->person);
	statement_bind_text(statement, ":name", file->name);
	statement_bind_number(statement, ":size", content->size);
	statement_bind_bytes(statement, ":salt", salt, sizeof(salt));
	statement_bind_bytes(statement, ":hashes", hashes, (size_t)pieces * STORE_HASH_BYTES);
	status = statement_run(statement);
	if (status == DB_OK)
		file->id = sqlite3_last_insert_rowid(store->db);
	return status;
}

static enum db_status piece_insert(
	struct store *store, int64_t file, const struct file_piece *piece)
{
	struct statement *statement = statement_use(store, &files, FILE_PIECE_INSERT);

	statement_bind_number(statement, ":file", file);
	statement_bind_number(statement, ":position", piece->position);
	statement_bind_bytes(statement, ":bytes", piece->bytes, piece->size);
	return statement_run(statement);
}

enum db_status files_insert(
	struct store *store, struct receipt_file *file, const struct file_content *content)
{
	int pieces = file_pieces(content->size);
	enum db_status status = number_next(store, file);

	file->size = content->size;
	if (status == DB_OK)
		status = row_insert(store, file, content);
	for (int i = 0; i < pieces && status == DB_OK; i++)
		status = piece_insert(store, file->id,
			&(struct file_piece) {
				i, content->piece[i], file_piece_size(content->size, i) });
	return status;
}

static void row_read(struct statement *statement, int64_t request, struct receipt_file *out_file)
{
	*out_file = (struct receipt_file) {
		.id = statement_number(statement, "id"),
		.request = request,
		.number = statement_number(statement, "number"),
		.time = statement_number(statement, "time"),
		.person = statement_number(statement, "person"),
		.name = mem_text(statement_text(statement, "name")),
		.size = statement_number(statement, "size"),
	};
	statement_copy(
		statement, "person_name", out_file->person_name, sizeof(out_file->person_name));
}

enum db_status files_list(
	struct store *store, int64_t request, struct receipt_file **out_files, size_t *out_count)
{
	struct statement *statement = statement_use(store, &files, FILE_LIST);
	enum db_status status;

	*out_files = NULL;
	*out_count = 0;
	statement_bind_number(statement, ":request", request);
	while ((status = statement_step(statement)) == DB_OK) {
		*out_files = mem_resize(*out_files, *out_count * sizeof(**out_files),
			(*out_count + 1) * sizeof(**out_files));
		row_read(statement, request, &(*out_files)[(*out_count)++]);
	}
	statement_done(statement);
	return status == DB_NONE ? DB_OK : status;
}

enum db_status files_find(
	struct store *store, int64_t request, int64_t number, struct receipt_file *out_file)
{
	struct statement *statement = statement_use(store, &files, FILE_FIND);
	enum db_status status;

	statement_bind_number(statement, ":request", request);
	statement_bind_number(statement, ":number", number);
	status = statement_step(statement);
	if (status == DB_OK)
		row_read(statement, request, out_file);
	statement_done(statement);
	return status;
}

/* What a file's pieces are proved by. */
struct file_proof {
	int64_t number, size;
	uint8_t salt[FILE_SALT_BYTES];
	uint8_t hashes[FILE_MOST_PIECES * STORE_HASH_BYTES];
};

static bool proof_take(struct statement *statement, struct file_proof *out_proof)
{
	size_t salt_size, hashes_size;
	const uint8_t *salt = statement_bytes(statement, "salt", &salt_size);
	const uint8_t *hashes = statement_bytes(statement, "hashes", &hashes_size);

	out_proof->number = statement_number(statement, "number");
	out_proof->size = statement_number(statement, "size");
	if (out_proof->size < 0 || out_proof->size > FILE_MOST_BYTES ||
		salt_size != FILE_SALT_BYTES ||
		hashes_size != (size_t)file_pieces(out_proof->size) * STORE_HASH_BYTES)
		return false;
	memcpy(out_proof->salt, salt, salt_size);
	if (hashes_size > 0)
		memcpy(out_proof->hashes, hashes, hashes_size);
	return true;
}

static enum db_status proof_load(struct store *store, int64_t id, struct file_proof *out_proof)
{
	struct statement *statement = statement_use(store, &files, FILE_PROOF);
	enum db_status status;

	statement_bind_number(statement, ":id", id);
	status = statement_step(statement);
	if (status == DB_OK && !proof_take(statement, out_proof))
		status = store_fail(store, DB_DAMAGED,
			"%s: file %lld: its hashes do not fit its size; restore a backup",
			store_path(store), (long long)out_proof->number);
	statement_done(statement);
	return status;
}

static bool piece_holds(const struct file_proof *proof, const struct file_piece *piece)
{
	uint8_t hash[STORE_HASH_BYTES];

	if (piece->size != file_piece_size(proof->size, piece->position))
		return false;
	file_piece_hash(proof->salt, piece, hash);
	return memcmp(hash, proof->hashes + (size_t)piece->position * STORE_HASH_BYTES,
		       STORE_HASH_BYTES) == 0;
}

static enum db_status pieces_read(
	struct statement *statement, const struct file_proof *proof, file_take *take, void *with)
{
	int pieces = file_pieces(proof->size);
	enum db_status status = DB_OK;

	for (int i = 0; i < pieces && status == DB_OK; i++) {
		struct file_piece piece = { .position = i };

		status = statement_step(statement);
		if (status != DB_OK)
			return status;
		piece.bytes = statement_bytes(statement, "bytes", &piece.size);
		if (statement_number(statement, "position") != i || !piece_holds(proof, &piece))
			return DB_NONE;
		status = take(with, piece.bytes, piece.size);
	}
	return status;
}

enum db_status files_read(struct store *store, int64_t id, file_take *take, void *with)
{
	struct file_proof proof;
	enum db_status status = proof_load(store, id, &proof);
	struct statement *statement;

	if (status != DB_OK)
		return status;
	statement = statement_use(store, &files, FILE_READ);
	statement_bind_number(statement, ":id", id);
	status = pieces_read(statement, &proof, take, with);
	statement_done(statement);
	if (status != DB_NONE)
		return status;
	return store_fail(store, DB_DAMAGED,
		"%s: file %lld is not what was attached; run `tracedesk audit verify`, and restore "
		"a"
		" backup",
		store_path(store), (long long)proof.number);
}
