/*
 * A counter a prefix and year. A reference that came with a file may be ahead of
 * the counter: callers try the next one when it is taken.
 */
#include "db/references.h"

#include <stdio.h>

#include "db/statement.h"

enum { REFERENCE_NEXT, REFERENCE_STATEMENTS };
static const char *const reference_sql[REFERENCE_STATEMENTS] = {
	[REFERENCE_NEXT] = "INSERT INTO reference_counters(prefix, year, last)"
			   " VALUES(:prefix, :year, 1) ON CONFLICT(prefix, year)"
			   " DO UPDATE SET last = last + 1 RETURNING last",
};
static const struct statement_file references = { FILE_REFERENCES, reference_sql,
	REFERENCE_STATEMENTS };

enum db_status reference_next(struct store *store, const char *prefix, const char *day,
	char out_reference[REFERENCE_SIZE])
{
	struct statement *statement = statement_use(store, &references, REFERENCE_NEXT);
	enum db_status status;
	char year[5];

	(void)snprintf(year, sizeof(year), "%.4s", day);
	statement_bind_text(statement, ":prefix", prefix);
	statement_bind_text(statement, ":year", year);
	status = statement_step(statement);
	if (status == DB_OK)
		(void)snprintf(out_reference, REFERENCE_SIZE, "%s-%s-%06lld", prefix, year,
			(long long)statement_number(statement, "last"));
	statement_done(statement);
	return status == DB_NONE ? DB_FAULT : status;
}
