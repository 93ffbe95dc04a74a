/*
 * Letters that were sent.
 */
#include "db/letters.h"

#include "db/statement.h"

enum { LETTER_INSERT, LETTER_STATEMENTS };

static const char *const letter_sql[LETTER_STATEMENTS] = {
	[LETTER_INSERT] = "INSERT INTO letters(request, time, person, kind, sent_on, channel, text)"
			  " VALUES(:request, :time, :person, :kind, :sent_on, :channel, :text)",
};
static const struct statement_file letters = { FILE_LETTERS, letter_sql, LETTER_STATEMENTS };

enum db_status letters_insert(struct store *store, const struct sent_letter *letter)
{
	struct statement *statement = statement_use(store, &letters, LETTER_INSERT);

	if (!statement)
		return DB_FAULT;
	statement_bind_number(statement, ":request", letter->request);
	statement_bind_number(statement, ":time", letter->time);
	statement_bind_number(statement, ":person", letter->person);
	statement_bind_number(statement, ":kind", letter->kind);
	statement_bind_text(statement, ":sent_on", letter->sent_on);
	statement_bind_text(statement, ":channel", letter->channel);
	statement_bind_text(statement, ":text", letter->text);
	return statement_run(statement);
}
