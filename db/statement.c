/*
 * Prepared statements, kept per table file in the store. What fails before a
 * step is remembered and comes out of it, so callers check one place. A column
 * that SQLite has no memory to hand out ends the program, as does the copy that
 * its caller would make.
 */
#include "db/statement.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "db/connection.h"

struct statement {
	struct store *store;
	sqlite3_stmt *stmt;
	enum db_status ready; /* else the store has the words of the connection that there is not */
	int error;	      /* the first before a step: of SQLite */
	bool in_use;
};

struct statement *statement_use(struct store *store, const struct statement_file *file, int which)
{
	enum db_status ready = connection_again(store);
	struct statement *statement;

	assert(which >= 0 && which < file->count);
	if (!store->statements[file->file]) {
		store->statements[file->file] = mem_new((size_t)file->count, sizeof(*statement));
		store->statement_counts[file->file] = file->count;
	}
	statement = &store->statements[file->file][which];
	assert(!statement->in_use);
	statement->store = store;
	statement->in_use = true;
	statement->ready = ready;
	statement->error = SQLITE_OK;
	if (!statement->stmt && ready == DB_OK)
		statement->error = sqlite3_prepare_v3(store->db, file->sql[which], -1,
			SQLITE_PREPARE_PERSISTENT, &statement->stmt, NULL);
	return statement;
}

static int parameter_index(struct statement *statement, const char *name)
{
	int index = sqlite3_bind_parameter_index(statement->stmt, name);

	assert(index > 0 || !statement->stmt);
	return index;
}

static void bind_note(struct statement *statement, int code)
{
	if (statement->error == SQLITE_OK)
		statement->error = code;
}

void statement_bind_text(struct statement *statement, const char *name, const char *text)
{
	bind_note(statement, sqlite3_bind_text(statement->stmt, parameter_index(statement, name),
				     text ? text : "", -1, SQLITE_TRANSIENT));
}

void statement_bind_number(struct statement *statement, const char *name, int64_t number)
{
	bind_note(statement,
		sqlite3_bind_int64(statement->stmt, parameter_index(statement, name), number));
}

void statement_bind_bytes(
	struct statement *statement, const char *name, const void *bytes, size_t size)
{
	int index = parameter_index(statement, name);

	if (bytes)
		bind_note(statement,
			sqlite3_bind_blob64(statement->stmt, index, bytes, size, SQLITE_TRANSIENT));
	else
		bind_note(statement, sqlite3_bind_null(statement->stmt, index));
}

enum db_status statement_step(struct statement *statement)
{
	int code = statement->error;

	if (statement->ready != DB_OK)
		return statement->ready;
	if (code == SQLITE_OK)
		code = sqlite3_step(statement->stmt);
	if (code == SQLITE_ROW)
		return DB_OK;
	if (code == SQLITE_DONE)
		return DB_NONE;
	return store_fail_sqlite(statement->store, code);
}

enum db_status statement_run(struct statement *statement)
{
	enum db_status status = statement_step(statement);

	statement_done(statement);
	return status == DB_NONE ? DB_OK : status;
}

void statement_done(struct statement *statement)
{
	(void)sqlite3_reset(statement->stmt); /* repeats the error of the step */
	if (statement->stmt)
		(void)sqlite3_clear_bindings(statement->stmt);
	statement->in_use = false;
}

static int column_index(struct statement *statement, const char *column)
{
	int count = sqlite3_column_count(statement->stmt);

	for (int i = 0; i < count; i++)
		if (strcmp(sqlite3_column_name(statement->stmt, i), column) == 0)
			return i;
	assert(false && "the statement has that column");
	return 0;
}

static const char *text_at(const struct statement *statement, int index)
{
	const unsigned char *text = sqlite3_column_text(statement->stmt, index);

	if (!text && sqlite3_column_type(statement->stmt, index) != SQLITE_NULL)
		mem_is_out();
	return text ? (const char *)text : "";
}

const char *statement_text(struct statement *statement, const char *column)
{
	return text_at(statement, column_index(statement, column));
}

int64_t statement_number(struct statement *statement, const char *column)
{
	return sqlite3_column_int64(statement->stmt, column_index(statement, column));
}

const uint8_t *statement_bytes(struct statement *statement, const char *column, size_t *out_size)
{
	int index = column_index(statement, column);
	const void *bytes = sqlite3_column_blob(statement->stmt, index);

	*out_size = (size_t)sqlite3_column_bytes(statement->stmt, index);
	if (!bytes && *out_size > 0)
		mem_is_out();
	return bytes;
}

void statement_copy(struct statement *statement, const char *column, char *out, size_t size)
{
	(void)snprintf(out, size, "%s", statement_text(statement, column));
}

enum db_status statement_one_number(
	struct store *store, const struct statement_file *file, int which, int64_t *out_number)
{
	struct statement *statement = statement_use(store, file, which);
	enum db_status status;

	status = statement_step(statement);
	if (status == DB_OK)
		*out_number = sqlite3_column_int64(statement->stmt, 0);
	statement_done(statement);
	return status;
}

enum db_status statement_one_text(struct store *store, const struct statement_file *file, int which,
	char *out_text, size_t size)
{
	struct statement *statement = statement_use(store, file, which);
	enum db_status status;

	status = statement_step(statement);
	if (status == DB_OK)
		(void)snprintf(out_text, size, "%s", text_at(statement, 0));
	statement_done(statement);
	return status;
}

sqlite3_stmt *statement_raw(struct statement *statement)
{
	return statement->stmt;
}

void statements_finalize(struct store *store)
{
	for (int file = 0; file < TABLE_FILES; file++) {
		for (int i = 0; i < store->statement_counts[file]; i++)
			(void)sqlite3_finalize(store->statements[file][i].stmt);
		mem_free(store->statements[file]);
		store->statements[file] = NULL;
		store->statement_counts[file] = 0;
	}
}
