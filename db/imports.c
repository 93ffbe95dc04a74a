/*
 * Hashes of the files taken over.
 */
#include "db/imports.h"

#include <sodium.h>

#include "db/statement.h"

enum { IMPORT_HAS, IMPORT_INSERT, IMPORT_STATEMENTS };

static const char *const import_sql[IMPORT_STATEMENTS] = {
	[IMPORT_HAS] = "SELECT 1 AS found FROM imports WHERE hash = :hash",
	[IMPORT_INSERT] = "INSERT INTO imports(hash, what, rows) VALUES(:hash, :what, :rows)",
};
static const struct statement_file imports = { FILE_IMPORTS, import_sql, IMPORT_STATEMENTS };

struct import_hash {
	crypto_generichash_state state;
};

struct import_hash *import_hash_new(void)
{
	struct import_hash *hash = mem_new(1, sizeof(*hash));

	(void)crypto_generichash_init(&hash->state, NULL, 0, STORE_HASH_BYTES);
	return hash;
}

void import_hash_add(struct import_hash *hash, const char *bytes, size_t size)
{
	(void)crypto_generichash_update(&hash->state, (const unsigned char *)bytes, size);
}

void import_hash_finish(struct import_hash *hash, uint8_t out_hash[STORE_HASH_BYTES])
{
	(void)crypto_generichash_final(&hash->state, out_hash, STORE_HASH_BYTES);
}

void import_hash_free(struct import_hash *hash)
{
	mem_free(hash);
}

enum db_status imports_has(struct store *store, const uint8_t hash[STORE_HASH_BYTES])
{
	struct statement *statement = statement_use(store, &imports, IMPORT_HAS);
	enum db_status status;

	statement_bind_bytes(statement, ":hash", hash, STORE_HASH_BYTES);
	status = statement_step(statement);
	statement_done(statement);
	return status;
}

enum db_status imports_insert(
	struct store *store, const uint8_t hash[STORE_HASH_BYTES], const char *what, int64_t rows)
{
	struct statement *statement = statement_use(store, &imports, IMPORT_INSERT);

	statement_bind_bytes(statement, ":hash", hash, STORE_HASH_BYTES);
	statement_bind_text(statement, ":what", what);
	statement_bind_number(statement, ":rows", rows);
	return statement_run(statement);
}
