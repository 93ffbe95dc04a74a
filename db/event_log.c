/*
 * Pages of the log. One set of conditions; what is not asked is bound empty.
 */
#include "db/event_log.h"

#include <string.h>

#include "db/events.h"
#include "db/statement.h"

#define LOG_FROM                                                                 \
	" FROM events e LEFT JOIN people p ON p.id = e.person"                   \
	" WHERE e.sequence < :before AND e.time >= :from AND e.time < :to"       \
	" AND NOT (e.time >= :not_from AND e.time < :not_to)"                    \
	" AND (:person = '' OR coalesce(p.name, '') = :person)"                  \
	" AND (:not_person = '' OR coalesce(p.name, '') <> :not_person)"         \
	" AND (:kind = '' OR instr(:kind, ';' || e.kind || ';') > 0)"            \
	" AND (:not_kind = '' OR instr(:not_kind, ';' || e.kind || ';') = 0)"    \
	" AND (:reference = '' OR e.reference = :reference)"                     \
	" AND (:not_reference = '' OR e.reference <> :not_reference)"            \
	" AND (:subject = '' OR instr(:subject, ';' || e.reference || ';') > 0)" \
	" AND (:not_subject = '' OR instr(:not_subject, ';' || e.reference || ';') = 0)"
#define LOG_COLUMNS                                                          \
	"SELECT e.sequence AS sequence, e.time AS time, e.person AS person," \
	" coalesce(p.name, '') AS name, e.role AS role, e.kind AS kind,"     \
	" e.reference AS reference, e.signature IS NOT NULL AS is_signed"

enum { LOG_PAGE, LOG_MATCHING, LOG_ONE, LOG_SURNAMES, LOG_STATEMENTS };
static const char *const log_sql[LOG_STATEMENTS] = {
	[LOG_PAGE] = LOG_COLUMNS LOG_FROM " ORDER BY e.sequence DESC LIMIT :limit",
	[LOG_MATCHING] = "SELECT e.sequence AS sequence" LOG_FROM " ORDER BY e.sequence DESC",
	[LOG_ONE] = (LOG_COLUMNS " FROM events e LEFT JOIN people p ON p.id = e.person"
				 " WHERE e.sequence = :sequence"),
	[LOG_SURNAMES] = ("SELECT r.reference AS reference, s.subject_surname AS surname"
			  " FROM subjects s JOIN requests r ON r.id = s.request"),
};
static const struct statement_file statements = { FILE_EVENT_LOG, log_sql, LOG_STATEMENTS };

static void filter_bind(
	struct statement *statement, const struct event_filter *filter, int64_t before)
{
	static const char *const names[LOG_WORDS][2] = { { ":person", ":not_person" },
		{ ":kind", ":not_kind" }, { ":reference", ":not_reference" },
		{ ":subject", ":not_subject" } };

	statement_bind_number(statement, ":before", before ? before : INT64_MAX);
	statement_bind_number(statement, ":from", filter->time.from);
	statement_bind_number(statement, ":to", filter->time.to ? filter->time.to : INT64_MAX);
	statement_bind_number(statement, ":not_from", filter->not_time.from);
	statement_bind_number(statement, ":not_to", filter->not_time.to);
	for (size_t i = 0; i < LOG_WORDS; i++) {
		statement_bind_text(statement, names[i][0], filter->is[i]);
		statement_bind_text(statement, names[i][1], filter->is_not[i]);
	}
}

enum db_status events_page(struct store *store, const struct events_page *page,
	struct event *out_events, size_t *out_count)
{
	struct statement *statement = statement_use(store, &statements, LOG_PAGE);
	enum db_status status;

	*out_count = 0;
	filter_bind(statement, page->filter, page->before);
	statement_bind_number(statement, ":limit", (int64_t)page->limit);
	while ((status = statement_step(statement)) == DB_OK)
		event_read(statement, &out_events[(*out_count)++]);
	statement_done(statement);
	return status == DB_NONE ? DB_OK : status;
}

enum db_status events_matching(struct store *store, const struct event_filter *filter,
	int64_t **out_sequences, size_t *out_count)
{
	struct statement *statement = statement_use(store, &statements, LOG_MATCHING);
	size_t room = 0, count = 0;
	int64_t *list = NULL;
	enum db_status status;

	filter_bind(statement, filter, 0);
	while ((status = statement_step(statement)) == DB_OK) {
		if (count == room) {
			room = room ? room * 2 : 256;
			list = mem_resize(list, count * sizeof(*list), room * sizeof(*list));
		}
		list[count++] = statement_number(statement, "sequence");
	}
	statement_done(statement);
	*out_sequences = list;
	*out_count = count;
	return status == DB_NONE ? DB_OK : status;
}

enum db_status events_load(struct store *store, int64_t sequence, struct event *out_event)
{
	struct statement *statement = statement_use(store, &statements, LOG_ONE);
	enum db_status status;

	statement_bind_number(statement, ":sequence", sequence);
	status = statement_step(statement);
	if (status == DB_OK)
		event_read(statement, out_event);
	statement_done(statement);
	return status;
}

enum db_status surnames_walk(struct store *store, surname_row *row, void *with)
{
	struct statement *statement = statement_use(store, &statements, LOG_SURNAMES);
	enum db_status status = DB_OK, step = DB_OK;

	while (status == DB_OK && (step = statement_step(statement)) == DB_OK)
		status = row(with, statement_text(statement, "reference"),
			statement_text(statement, "surname"));
	statement_done(statement);
	if (status != DB_OK)
		return status;
	return step == DB_NONE ? DB_OK : step;
}
