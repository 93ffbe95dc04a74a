/*
 * Letters that were sent.
 */
#include "db/letters.h"

#include "db/statement.h"

enum { LETTER_INSERT, LETTER_LIST, LETTER_TEXT, LETTER_STATEMENTS };

static const char *const letter_sql[LETTER_STATEMENTS] = {
	[LETTER_INSERT] = "INSERT INTO letters(request, time, person, kind, sent_on, channel, text)"
			  " VALUES(:request, :time, :person, :kind, :sent_on, :channel, :text)",
	[LETTER_LIST] = "SELECT l.id AS id, l.time AS time, p.name AS name, l.kind AS kind,"
			" l.sent_on AS sent_on, l.channel AS channel FROM letters l JOIN people p"
			" ON p.id = l.person WHERE l.request = :request ORDER BY l.id",
	[LETTER_TEXT] = "SELECT text FROM letters WHERE id = :id AND request = :request",
};
static const struct statement_file letters = { FILE_LETTERS, letter_sql, LETTER_STATEMENTS };

enum db_status letters_insert(struct store *store, const struct sent_letter *letter)
{
	struct statement *statement = statement_use(store, &letters, LETTER_INSERT);

	statement_bind_number(statement, ":request", letter->request);
	statement_bind_number(statement, ":time", letter->time);
	statement_bind_number(statement, ":person", letter->person);
	statement_bind_number(statement, ":kind", letter->kind);
	statement_bind_text(statement, ":sent_on", letter->sent_on);
	statement_bind_text(statement, ":channel", letter->channel);
	statement_bind_text(statement, ":text", letter->text);
	return statement_run(statement);
}

static void row_read(struct statement *statement, struct letter_row *row)
{
	row->id = statement_number(statement, "id");
	row->kind = (enum letter_kind)statement_number(statement, "kind");
	row->time = statement_number(statement, "time");
	statement_copy(statement, "name", row->person_name, sizeof(row->person_name));
	statement_copy(statement, "sent_on", row->sent_on, sizeof(row->sent_on));
	statement_copy(statement, "channel", row->channel, sizeof(row->channel));
}

enum db_status letters_list(
	struct store *store, int64_t request, struct letter_row **out_rows, size_t *out_count)
{
	struct statement *statement = statement_use(store, &letters, LETTER_LIST);
	struct letter_row *rows = NULL;
	size_t count = 0, size = sizeof(*rows);
	enum db_status status;

	statement_bind_number(statement, ":request", request);
	while ((status = statement_step(statement)) == DB_OK) {
		rows = mem_resize(rows, count * size, (count + 1) * size);
		row_read(statement, &rows[count++]);
	}
	statement_done(statement);
	if (status != DB_NONE) {
		mem_free(rows);
		return status;
	}
	*out_rows = rows;
	*out_count = count;
	return DB_OK;
}

enum db_status letters_text(struct store *store, int64_t request, int64_t id, char **out_text)
{
	struct statement *statement = statement_use(store, &letters, LETTER_TEXT);
	enum db_status status;

	statement_bind_number(statement, ":request", request);
	statement_bind_number(statement, ":id", id);
	status = statement_step(statement);
	if (status == DB_OK)
		*out_text = mem_text(statement_text(statement, "text"));
	statement_done(statement);
	return status;
}
