/*
 * Prepared statements: a table of SQL per file, each prepared once for a store,
 * parameters bound and columns read by name. A statement in use is given back
 * with statement_done, which also wipes its bindings; none stays in use while
 * the program waits for a person.
 */
#ifndef TRACEDESK_DB_STATEMENT_H
#define TRACEDESK_DB_STATEMENT_H

#include "db/store_private.h"

struct statement_file {
	enum table_file file;
	const char *const *sql;
	int count;
};

/* Never NULL: what cannot be prepared fails at its step. */
struct statement *statement_use(struct store *store, const struct statement_file *file, int which);
void statement_bind_text(struct statement *statement, const char *name, const char *text);
void statement_bind_number(struct statement *statement, const char *name, int64_t number);
void statement_bind_bytes(
	struct statement *statement, const char *name, const void *bytes, size_t size);
/* DB_OK: a row is there; DB_NONE: no more; else an error with the message in the store. */
enum db_status statement_step(struct statement *statement);
/* Runs one that gives no rows and gives it back. DB_REFUSED: a unique value is taken. */
enum db_status statement_run(struct statement *statement);
void statement_done(struct statement *statement);

/* Of the row just stepped to; valid until the next step. A missing column ends the program
   (assert). */
const char *statement_text(struct statement *statement, const char *column);
int64_t statement_number(struct statement *statement, const char *column);
const uint8_t *statement_bytes(struct statement *statement, const char *column, size_t *out_size);
/* Copies a text column into a fixed field. */
void statement_copy(struct statement *statement, const char *column, char *out, size_t size);

/* Runs one without parameters that gives one row with one number. */
enum db_status statement_one_number(
	struct store *store, const struct statement_file *file, int which, int64_t *out_number);

/* The same with one text. */
enum db_status statement_one_text(struct store *store, const struct statement_file *file, int which,
	char *out_text, size_t size);

/* The SQLite statement, for walking its columns (row images). */
sqlite3_stmt *statement_raw(struct statement *statement);
/* Finalises all of a store, before its connection closes. */
void statements_finalize(struct store *store);

#endif
