/*
 * Sums of words. Those of receipts go through an index in memory that is made
 * as the real one is, so that both have cut their words in the same way.
 */
#include "db/words_check.h"

#include <sodium.h>
#include <string.h>

#include "db/memory.h"
#include "db/statement.h"

enum { BATCH = 1024 };

enum { WORDS_SEEN, WORDS_NOW, WORDS_PUT, WORDS_EMPTY, WORDS_HIGHEST, WORDS_STATEMENTS };
static const char *const words_sql[WORDS_STATEMENTS] = {
	[WORDS_SEEN] = "SELECT term, doc, col FROM temp.words_seen",
	[WORDS_NOW] = "SELECT term, doc, col FROM temp.words_now_seen",
	[WORDS_PUT] = ("INSERT INTO temp.words_now(rowid, subject, other)"
		       " VALUES(:request, :subject, :other)"),
	[WORDS_EMPTY] = "INSERT INTO temp.words_now(words_now) VALUES('delete-all')",
	[WORDS_HIGHEST] = "SELECT coalesce(max(id), 0) AS highest FROM requests",
};
static const struct statement_file statements = { FILE_WORDS_CHECK, words_sql, WORDS_STATEMENTS };

/* As the tables of schema.c, in memory (temp_store=MEMORY). */
static const char tables[] =
	"CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_now USING fts5(subject, other, content='',"
	" columnsize=0, detail=column, tokenize='ascii');"
	"CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_now_seen USING fts5vocab(temp, words_now,"
	" instance);"
	"CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_seen USING fts5vocab(main, request_words,"
	" instance);";

struct words_check {
	struct store *store;
	uint64_t *sums; /* by id */
	int64_t highest;
	int64_t strays; /* words of receipts that there are not */
	int waiting;
};

static uint64_t word_sum(struct statement *statement)
{
	static const uint8_t key[crypto_shorthash_KEYBYTES] = "words of a desk";
	const char *term = statement_text(statement, "term");
	uint64_t sum;
	uint8_t hash[crypto_shorthash_BYTES];

	crypto_shorthash(hash, (const uint8_t *)term, strlen(term), key);
	memcpy(&sum, hash, sizeof(sum));
	return statement_text(statement, "col")[0] == 's' ? sum * 3 : sum;
}

/* Adds the words of an index to the sums, or takes them off. */
static enum db_status index_sum(struct words_check *check, int which, bool is_off)
{
	struct statement *statement = statement_use(check->store, &statements, which);
	enum db_status status;

	while ((status = statement_step(statement)) == DB_OK) {
		int64_t doc = statement_number(statement, "doc");
		uint64_t sum = word_sum(statement);

		if (doc < 1 || doc > check->highest)
			check->strays++;
		else
			check->sums[doc] += is_off ? -sum : sum;
	}
	statement_done(statement);
	return status == DB_NONE ? DB_OK : status;
}

enum db_status words_check_new(struct store *store, struct words_check **out_check)
{
	struct words_check *check = mem_new(1, sizeof(*check));
	int code = sqlite3_exec(store->db, tables, NULL, NULL, NULL);
	enum db_status status = code == SQLITE_OK ? DB_OK : store_fail_sqlite(store, code);

	*out_check = check;
	check->store = store;
	if (status == DB_OK)
		status = statement_one_number(store, &statements, WORDS_HIGHEST, &check->highest);
	if (status != DB_OK)
		return status;
	check->sums = mem_new((size_t)check->highest + 1, sizeof(*check->sums));
	return index_sum(check, WORDS_SEEN, false);
}

static enum db_status batch_flush(struct words_check *check)
{
	struct statement *statement;
	enum db_status status = index_sum(check, WORDS_NOW, true);

	if (status != DB_OK)
		return status;
	check->waiting = 0;
	statement = statement_use(check->store, &statements, WORDS_EMPTY);
	return statement_run(statement);
}

enum db_status words_check_put(
	struct words_check *check, int64_t request, const struct request_words *words)
{
	struct statement *statement = statement_use(check->store, &statements, WORDS_PUT);
	enum db_status status;

	statement_bind_number(statement, ":request", request);
	statement_bind_text(statement, ":subject", words->subject);
	statement_bind_text(statement, ":other", words->other);
	status = statement_run(statement);
	if (status != DB_OK || ++check->waiting < BATCH)
		return status;
	return batch_flush(check);
}

enum db_status words_check_end(struct words_check *check, int64_t *out_wrong, int64_t *out_first)
{
	enum db_status status = batch_flush(check);

	*out_wrong = check->strays > 0;
	*out_first = 0;
	for (int64_t id = check->highest; id > 0; id--) {
		if (check->sums[id] == 0)
			continue;
		++*out_wrong;
		*out_first = id;
	}
	return status;
}

void words_check_free(struct words_check *check)
{
	if (!check)
		return;
	mem_free(check->sums);
	mem_free(check);
}
