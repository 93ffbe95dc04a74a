/*
 * Bank holidays.
 */
#include "db/holidays.h"

#include "db/statement.h"

enum { HOLIDAY_PUT, HOLIDAY_REMOVE, HOLIDAY_LIST, HOLIDAY_STATEMENTS };

static const char *const holiday_sql[HOLIDAY_STATEMENTS] = {
	[HOLIDAY_PUT] = ("INSERT INTO holidays(day, title) VALUES(:day, :title)"
			 " ON CONFLICT(day) DO UPDATE SET title = excluded.title"),
	[HOLIDAY_REMOVE] = "DELETE FROM holidays WHERE day = :day",
	[HOLIDAY_LIST] = "SELECT day, title FROM holidays ORDER BY day",
};
static const struct statement_file holidays = { FILE_HOLIDAYS, holiday_sql, HOLIDAY_STATEMENTS };

enum db_status holidays_put(struct store *store, const struct holiday *holiday)
{
	struct statement *statement = statement_use(store, &holidays, HOLIDAY_PUT);

	statement_bind_text(statement, ":day", holiday->day);
	statement_bind_text(statement, ":title", holiday->title);
	return statement_run(statement);
}

enum db_status holidays_remove(struct store *store, const char *day)
{
	struct statement *statement = statement_use(store, &holidays, HOLIDAY_REMOVE);

	statement_bind_text(statement, ":day", day);
	return statement_run(statement);
}

enum db_status holidays_list(struct store *store, struct holiday **out_holidays, size_t *out_count)
{
	struct statement *statement = statement_use(store, &holidays, HOLIDAY_LIST);
	struct holiday *list = NULL;
	size_t count = 0, size = sizeof(*list);
	enum db_status status;

	*out_holidays = NULL;
	*out_count = 0;
	while ((status = statement_step(statement)) == DB_OK) {
		list = mem_resize(list, count * size, (count + 1) * size);
		statement_copy(statement, "day", list[count].day, sizeof(list->day));
		statement_copy(statement, "title", list[count].title, sizeof(list->title));
		count++;
	}
	statement_done(statement);
	if (status != DB_NONE) {
		mem_free(list);
		return status;
	}
	*out_holidays = list;
	*out_count = count;
	return DB_OK;
}
