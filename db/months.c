/*
 * Published months: the newest revision of each.
 */
#include "db/months.h"

#include "db/statement.h"

enum { MONTH_CLOSED, MONTH_STATEMENTS };

static const char *const month_sql[MONTH_STATEMENTS] = {
	[MONTH_CLOSED] = "SELECT month, max(revision) AS revision, closed_on FROM months"
			 " GROUP BY month ORDER BY month",
};
static const struct statement_file months = { FILE_MONTHS, month_sql, MONTH_STATEMENTS };

enum db_status months_closed(struct store *store, struct month **out_months, size_t *out_count)
{
	struct statement *statement = statement_use(store, &months, MONTH_CLOSED);
	struct month *list = NULL;
	size_t count = 0, size = sizeof(*list);
	enum db_status status;

	if (!statement)
		return DB_FAULT;
	while ((status = statement_step(statement)) == DB_OK) {
		list = mem_resize(list, count * size, (count + 1) * size);
		list[count].closed = true;
		list[count].revision = (int)statement_number(statement, "revision");
		statement_copy(statement, "month", list[count].month, sizeof(list->month));
		statement_copy(statement, "closed_on", list[count].closed_on, DAY_SIZE);
		count++;
	}
	statement_done(statement);
	if (status != DB_NONE) {
		mem_free(list);
		return status;
	}
	*out_months = list;
	*out_count = count;
	return DB_OK;
}
