/*
 * Officers known before. Each half of the statement reads one covering index
 * over a short range and stops early, so it costs the same in a large store.
 */
#include "db/officers.h"

#include "db/statement.h"

#define OFFICERS_MOST "20"

enum { OFFICERS_FIND, OFFICERS_STATEMENTS };

/* char(1114111) sorts behind every character of a name. */
#define NAMED(column)                                           \
	" FROM requests WHERE organisation = :organisation"     \
	" AND " column " COLLATE NOCASE >= :prefix AND " column \
	" COLLATE NOCASE < :prefix || char(1114111) AND flagged = 0 LIMIT " OFFICERS_MOST

static const char *const officer_sql[OFFICERS_STATEMENTS] = {
	[OFFICERS_FIND] =
		"SELECT name, rank, number, max(email) AS email FROM ("
		"SELECT * FROM (SELECT DISTINCT requester_name AS name,"
		" requester_rank AS rank, requester_number AS number,"
		" requester_email AS email" NAMED(
			"requester_name") ")"
					  " UNION SELECT * FROM (SELECT DISTINCT "
					  "countersigner_name,"
					  " countersigner_rank, countersigner_number, ''" NAMED(
						  "countersigner_name") "))"
									" GROUP BY name, rank, "
									"number ORDER BY name "
									"COLLATE NOCASE, rank, "
									"number"
									" LIMIT " OFFICERS_MOST,
};
static const struct statement_file officer_file = { FILE_OFFICERS, officer_sql,
	OFFICERS_STATEMENTS };

void officers_clear(struct officer *officers, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		mem_free(officers[i].name);
		mem_free(officers[i].rank);
		mem_free(officers[i].number);
		mem_free(officers[i].email);
		officers[i] = (struct officer) { 0 };
	}
}

static void officer_read(struct statement *statement, struct officer *officer)
{
	officer->name = mem_text(statement_text(statement, "name"));
	officer->rank = mem_text(statement_text(statement, "rank"));
	officer->number = mem_text(statement_text(statement, "number"));
	officer->email = mem_text(statement_text(statement, "email"));
}

enum db_status officers_find(struct store *store, const char *organisation, const char *prefix,
	struct officer **out_officers, size_t *out_count)
{
	struct statement *statement = statement_use(store, &officer_file, OFFICERS_FIND);
	struct officer *list = NULL;
	size_t count = 0, size = sizeof(*list);
	enum db_status status;

	*out_officers = NULL;
	*out_count = 0;
	statement_bind_text(statement, ":organisation", organisation);
	statement_bind_text(statement, ":prefix", prefix);
	while ((status = statement_step(statement)) == DB_OK) {
		list = mem_resize(list, count * size, (count + 1) * size);
		officer_read(statement, &list[count++]);
	}
	statement_done(statement);
	if (status == DB_NONE) {
		*out_officers = list;
		*out_count = count;
		return DB_OK;
	}
	officers_clear(list, count);
	mem_free(list);
	return status;
}
