/*
 * Drafts. The signing key of who is logged in, turned into a key for boxes,
 * seals and opens them.
 */
#include "db/drafts.h"

#include <sodium.h>
#include <string.h>

#include "db/statement.h"

enum { DRAFT_PUT, DRAFT_GET, DRAFT_DELETE, DRAFT_STATEMENTS };
static const char *const draft_sql[DRAFT_STATEMENTS] = {
	[DRAFT_PUT] = "INSERT OR REPLACE INTO drafts(person, sealed) VALUES(:person, :sealed)",
	[DRAFT_GET] = "SELECT sealed FROM drafts WHERE person = :person",
	[DRAFT_DELETE] = "DELETE FROM drafts WHERE person = :person",
};
static const struct statement_file drafts = { FILE_DRAFTS, draft_sql, DRAFT_STATEMENTS };

/* Free the secret. False: nobody has unlocked. */
static bool box_keys(const struct store *store, uint8_t out_public[32], struct secret **out_secret)
{
	*out_secret = secret_new(crypto_box_SECRETKEYBYTES);
	return store->sign_key &&
	       crypto_sign_ed25519_sk_to_curve25519(
		       secret_bytes(*out_secret), secret_read(store->sign_key)) == 0 &&
	       crypto_scalarmult_base(out_public, secret_read(*out_secret)) == 0;
}

enum db_status drafts_put(struct store *store, int64_t person, const char *text)
{
	size_t size = strlen(text), sealed_size = size + crypto_box_SEALBYTES;
	uint8_t *sealed = mem_new(sealed_size, 1), public[32];
	struct statement *statement = NULL;
	struct secret *secret;
	enum db_status status = DB_FAULT;

	if (box_keys(store, public, &secret) &&
		crypto_box_seal(sealed, (const uint8_t *)text, size, public) == 0)
		statement = statement_use(store, &drafts, DRAFT_PUT);
	if (statement) {
		statement_bind_number(statement, ":person", person);
		statement_bind_bytes(statement, ":sealed", sealed, sealed_size);
		status = statement_run(statement);
	}
	secret_free(secret);
	mem_free(sealed);
	return status;
}

/* NULL: it is none that this person's key opens. */
static char *draft_open(const struct store *store, const uint8_t *sealed, size_t size)
{
	struct secret *secret;
	uint8_t public[32];
	char *text = NULL;

	if (box_keys(store, public, &secret) && sealed && size >= crypto_box_SEALBYTES) {
		text = mem_new(size - crypto_box_SEALBYTES + 1, 1);
		if (crypto_box_seal_open(
			    (uint8_t *)text, sealed, size, public, secret_read(secret)) != 0) {
			mem_free(text);
			text = NULL;
		}
	}
	secret_free(secret);
	return text;
}

enum db_status drafts_get(struct store *store, int64_t person, char **out_text)
{
	struct statement *statement = statement_use(store, &drafts, DRAFT_GET);
	enum db_status status;
	const uint8_t *sealed;
	size_t size;

	*out_text = NULL;
	statement_bind_number(statement, ":person", person);
	status = statement_step(statement);
	if (status == DB_OK) {
		sealed = statement_bytes(statement, "sealed", &size);
		*out_text = draft_open(store, sealed, size);
		status = *out_text ? DB_OK : DB_NONE;
	}
	statement_done(statement);
	return status;
}

enum db_status drafts_delete(struct store *store, int64_t person)
{
	struct statement *statement = statement_use(store, &drafts, DRAFT_DELETE);

	statement_bind_number(statement, ":person", person);
	return statement_run(statement);
}
