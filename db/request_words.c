/*
 * The full-text index.
 */
#include "db/request_words.h"

#include <string.h>

#include "db/changes.h"
#include "db/statement.h"

enum { WORDS_INSERT, WORDS_DELETE, WORDS_EMPTY, WORDS_STATEMENTS };

static const char *const words_sql[WORDS_STATEMENTS] = {
	[WORDS_INSERT] = "INSERT INTO request_words(rowid, subject, other)"
			 " VALUES(:request, :subject, :other)",
	[WORDS_DELETE] = "INSERT INTO request_words(request_words, rowid, subject, other)"
			 " VALUES('delete', :request, :subject, :other)",
	[WORDS_EMPTY] = "INSERT INTO request_words(request_words) VALUES('delete-all')",
};
static const struct statement_file words_file = { FILE_REQUEST_WORDS, words_sql, WORDS_STATEMENTS };

static enum db_status words_write(
	struct store *store, int which, int64_t request, const struct request_words *words)
{
	struct statement *statement = statement_use(store, &words_file, which);

	statement_bind_number(statement, ":request", request);
	statement_bind_text(statement, ":subject", words->subject);
	statement_bind_text(statement, ":other", words->other);
	return statement_run(statement);
}

enum db_status request_words_put(struct store *store, int64_t request,
	const struct request_words *old, const struct request_words *words)
{
	enum db_status status = DB_OK;

	if (old && strcmp(old->subject, words->subject) == 0 &&
		strcmp(old->other, words->other) == 0)
		return DB_OK;
	if (old)
		status = words_write(store, WORDS_DELETE, request, old);
	if (status == DB_OK)
		status = words_write(store, WORDS_INSERT, request, words);
	if (status == DB_OK)
		changes_indexed(store->changes, request);
	return status;
}

enum db_status request_words_empty(struct store *store)
{
	struct statement *statement = statement_use(store, &words_file, WORDS_EMPTY);

	return statement_run(statement);
}
