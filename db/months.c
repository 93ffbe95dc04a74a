/*
 * Published months: revisions, and what each of them froze.
 */
#include "db/months.h"

#include <string.h>

#include "db/chain.h"
#include "db/statement.h"

enum {
	MONTH_CLOSED,
	MONTH_REVISIONS,
	MONTH_PUBLISH,
	MONTH_ADD_SERVICE,
	MONTH_ADD_CASE,
	MONTH_ADD_FIGURE,
	MONTH_SERVICES,
	MONTH_CASES,
	MONTH_FIGURES,
	MONTH_CASES_NOW,
	MONTH_WAITING,
	MONTH_RELEASES,
	MONTH_STATEMENTS
};

static const char *const month_sql[MONTH_STATEMENTS] = {
	[MONTH_CLOSED] = "SELECT month, max(revision) AS revision, closed_on FROM months"
			 " GROUP BY month ORDER BY month",
	[MONTH_REVISIONS] = "SELECT * FROM months WHERE month = :month ORDER BY revision",
	[MONTH_PUBLISH] = "INSERT INTO months(month, revision, closed_on, event, why)"
			  " VALUES(:month, :revision, :closed_on, :event, :why)",
	[MONTH_ADD_SERVICE] =
		"INSERT INTO month_services(published, code, position, label, footnote)"
		" VALUES(:published, :code, :position, :label, :footnote)",
	[MONTH_ADD_CASE] =
		"INSERT INTO month_cases(published, reference, service, counts, transactions,"
		" single_match) VALUES(:published, :reference, :service, :counts, :transactions,"
		" :single_match)",
	[MONTH_ADD_FIGURE] = "INSERT INTO month_figures(published, measure, service, value)"
			     " VALUES(:published, :measure, :service, :value)",
	[MONTH_SERVICES] = "SELECT * FROM month_services WHERE published = :published ORDER BY id",
	[MONTH_CASES] = "SELECT * FROM month_cases WHERE published = :published ORDER BY id",
	[MONTH_FIGURES] = "SELECT * FROM month_figures WHERE published = :published ORDER BY id",
	/* A submission counts as received in the month it came in, and as what it came to in the
	   month of that. */
	[MONTH_CASES_NOW] =
		"SELECT reference, service, counts, transactions, single_match FROM ("
		"SELECT 1 AS part, reference, service, state AS counts, 0 AS transactions,"
		" 0 AS single_match FROM requests WHERE decided <> ''"
		" AND substr(decided, 1, 7) = :month AND state IN (11, 12, 13)"
		" UNION ALL SELECT 2, reference, '', 1, 0, 0 FROM submissions"
		" WHERE received BETWEEN :month || '-01' AND :month || '-31'"
		" UNION ALL SELECT 3, reference, '', status, iif(status = 4, transactions, 0),"
		" iif(status = 4, single_match, 0) FROM submissions"
		" WHERE completed <> '' AND completed BETWEEN :month || '-01' AND :month || '-31')"
		" ORDER BY part, reference",
	[MONTH_WAITING] = "SELECT reference, service, state AS counts, 0 AS transactions,"
			  " 0 AS single_match FROM requests WHERE state IN (5, 9, 10)"
			  " OR correcting = 1 OR state IN (7, 8) ORDER BY received, id",
	[MONTH_RELEASES] =
		"SELECT reference, decided, service, organisation, released, legal_basis, purpose,"
		" imported FROM requests WHERE decided <> '' AND released <> ''"
		" AND substr(decided, 1, 7) BETWEEN :first AND :last ORDER BY decided, reference",
};
static const struct statement_file months = { FILE_MONTHS, month_sql, MONTH_STATEMENTS };
_Static_assert(STATE_REJECTED == 11 && STATE_APPROVED_TRACE == 12 &&
		       STATE_APPROVED_NO_TRACE == 13 && SUBMISSION_RECEIVED == 1 &&
		       SUBMISSION_PROCESSED == 4 && STATE_EXCEPTION_PROPOSED == 5 &&
		       STATE_GUARDIAN_PENDING == 7 && STATE_RELEASE_PROPOSED == 8 &&
		       STATE_REJECTION_PROPOSED == 9 && STATE_WITHDRAWAL_PROPOSED == 10,
	"the numbers of the statements");

/* Steps through all rows, each read into one more place of the list. */
struct rows {
	char *list;
	size_t count, size;
	void (*read)(struct statement *statement, void *row);
};

static enum db_status rows_read(struct statement *statement, struct rows *rows)
{
	enum db_status status;

	while ((status = statement_step(statement)) == DB_OK) {
		rows->list = mem_resize(
			rows->list, rows->count * rows->size, (rows->count + 1) * rows->size);
		rows->read(statement, rows->list + rows->count++ * rows->size);
	}
	statement_done(statement);
	return status == DB_NONE ? DB_OK : status;
}

/* Hands the list out, or frees it. */
static enum db_status rows_end(
	struct rows *rows, enum db_status status, void *out_list, size_t *out_count)
{
	if (status != DB_OK) {
		mem_free(rows->list);
		*rows = (struct rows) { 0 };
	}
	memcpy(out_list, &rows->list, sizeof(rows->list));
	*out_count = rows->count;
	return status;
}

static void closed_read(struct statement *statement, void *row)
{
	struct month *month = row;

	month->closed = true;
	month->revision = (int)statement_number(statement, "revision");
	statement_copy(statement, "month", month->month, sizeof(month->month));
	statement_copy(statement, "closed_on", month->closed_on, DAY_SIZE);
}

enum db_status months_closed(struct store *store, struct month **out_months, size_t *out_count)
{
	struct rows rows = { .size = sizeof(**out_months), .read = closed_read };
	enum db_status status = rows_read(statement_use(store, &months, MONTH_CLOSED), &rows);

	return rows_end(&rows, status, out_months, out_count);
}

static void published_read(struct statement *statement, void *row)
{
	struct month_revision *published = row;

	published->id = statement_number(statement, "id");
	published->revision = (int)statement_number(statement, "revision");
	published->event = statement_number(statement, "event");
	published->why = mem_text(statement_text(statement, "why"));
	statement_copy(statement, "month", published->month, sizeof(published->month));
	statement_copy(statement, "closed_on", published->day, DAY_SIZE);
}

enum db_status months_revisions(
	struct store *store, const char *month, struct month_revision **out_list, size_t *out_count)
{
	struct statement *statement = statement_use(store, &months, MONTH_REVISIONS);
	struct rows rows = { .size = sizeof(**out_list), .read = published_read };
	enum db_status status;

	if (statement)
		statement_bind_text(statement, ":month", month);
	status = rows_read(statement, &rows);
	for (size_t i = 0; status != DB_OK && i < rows.count; i++)
		month_revision_clear((struct month_revision *)(void *)rows.list + i);
	return rows_end(&rows, status, out_list, out_count);
}

enum db_status months_publish(struct store *store, struct month_revision *published)
{
	struct statement *statement = statement_use(store, &months, MONTH_PUBLISH);
	uint8_t hash[STORE_HASH_BYTES];
	int64_t last = 0;
	enum db_status status;

	status = event_last(store, &last, hash);
	published->event = last + 1;
	statement_bind_text(statement, ":month", published->month);
	statement_bind_number(statement, ":revision", published->revision);
	statement_bind_text(statement, ":closed_on", published->day);
	statement_bind_number(statement, ":event", published->event);
	statement_bind_text(statement, ":why", published->why);
	if (status != DB_OK) {
		statement_done(statement);
		return status;
	}
	status = statement_run(statement);
	if (status == DB_OK)
		published->id = sqlite3_last_insert_rowid(store->db);
	return status;
}

enum db_status months_add_service(
	struct store *store, int64_t published, const struct month_service *service)
{
	struct statement *statement = statement_use(store, &months, MONTH_ADD_SERVICE);

	statement_bind_number(statement, ":published", published);
	statement_bind_text(statement, ":code", service->code);
	statement_bind_number(statement, ":position", service->position);
	statement_bind_text(statement, ":label", service->label);
	statement_bind_text(statement, ":footnote", service->footnote);
	return statement_run(statement);
}

enum db_status months_add_case(struct store *store, int64_t published, const struct month_case *one)
{
	struct statement *statement = statement_use(store, &months, MONTH_ADD_CASE);

	statement_bind_number(statement, ":published", published);
	statement_bind_text(statement, ":reference", one->reference);
	statement_bind_text(statement, ":service", one->service);
	statement_bind_number(statement, ":counts", one->counts);
	statement_bind_number(statement, ":transactions", one->transactions);
	statement_bind_number(statement, ":single_match", one->single_match);
	return statement_run(statement);
}

enum db_status months_add_figure(
	struct store *store, int64_t published, const struct month_figure *figure)
{
	struct statement *statement = statement_use(store, &months, MONTH_ADD_FIGURE);

	statement_bind_number(statement, ":published", published);
	statement_bind_text(statement, ":measure", figure->measure);
	statement_bind_text(statement, ":service", figure->service);
	statement_bind_number(statement, ":value", figure->value);
	return statement_run(statement);
}

static struct statement *statement_of(struct store *store, int which, int64_t published)
{
	struct statement *statement = statement_use(store, &months, which);

	if (statement)
		statement_bind_number(statement, ":published", published);
	return statement;
}

static void service_read(struct statement *statement, void *row)
{
	struct month_service *service = row;

	statement_copy(statement, "code", service->code, sizeof(service->code));
	service->position = (int)statement_number(statement, "position");
	service->label = mem_text(statement_text(statement, "label"));
	service->footnote = mem_text(statement_text(statement, "footnote"));
}

enum db_status months_services(struct store *store, int64_t published,
	struct month_service **out_services, size_t *out_count)
{
	struct rows rows = { .size = sizeof(**out_services), .read = service_read };
	enum db_status status = rows_read(statement_of(store, MONTH_SERVICES, published), &rows);

	if (status != DB_OK)
		month_services_clear((struct month_service *)(void *)rows.list, rows.count);
	return rows_end(&rows, status, out_services, out_count);
}

static void case_read(struct statement *statement, void *row)
{
	struct month_case *one = row;

	statement_copy(statement, "reference", one->reference, sizeof(one->reference));
	statement_copy(statement, "service", one->service, sizeof(one->service));
	one->counts = (int)statement_number(statement, "counts");
	one->transactions = statement_number(statement, "transactions");
	one->single_match = statement_number(statement, "single_match");
}

enum db_status months_cases(
	struct store *store, int64_t published, struct month_case **out_cases, size_t *out_count)
{
	struct rows rows = { .size = sizeof(**out_cases), .read = case_read };
	enum db_status status = rows_read(statement_of(store, MONTH_CASES, published), &rows);

	return rows_end(&rows, status, out_cases, out_count);
}

static void figure_read(struct statement *statement, void *row)
{
	struct month_figure *figure = row;

	statement_copy(statement, "measure", figure->measure, sizeof(figure->measure));
	statement_copy(statement, "service", figure->service, sizeof(figure->service));
	figure->value = statement_number(statement, "value");
}

enum db_status months_figures(struct store *store, int64_t published,
	struct month_figure **out_figures, size_t *out_count)
{
	struct rows rows = { .size = sizeof(**out_figures), .read = figure_read };
	enum db_status status = rows_read(statement_of(store, MONTH_FIGURES, published), &rows);

	return rows_end(&rows, status, out_figures, out_count);
}

enum db_status months_cases_now(
	struct store *store, const char *month, struct month_case **out_cases, size_t *out_count)
{
	struct statement *statement = statement_use(store, &months, MONTH_CASES_NOW);
	struct rows rows = { .size = sizeof(**out_cases), .read = case_read };
	enum db_status status;

	if (statement)
		statement_bind_text(statement, ":month", month);
	status = rows_read(statement, &rows);
	return rows_end(&rows, status, out_cases, out_count);
}

enum db_status months_waiting(struct store *store, struct month_case **out_cases, size_t *out_count)
{
	struct rows rows = { .size = sizeof(**out_cases), .read = case_read };
	enum db_status status = rows_read(statement_use(store, &months, MONTH_WAITING), &rows);

	return rows_end(&rows, status, out_cases, out_count);
}

static void release_read(struct statement *statement, void *row)
{
	struct release *release = row;

	statement_copy(statement, "reference", release->reference, sizeof(release->reference));
	statement_copy(statement, "decided", release->decided, sizeof(release->decided));
	statement_copy(statement, "service", release->service, sizeof(release->service));
	statement_copy(statement, "legal_basis", release->legal_basis, CODE_SIZE);
	statement_copy(statement, "purpose", release->purpose, CODE_SIZE);
	release->organisation = mem_text(statement_text(statement, "organisation"));
	release->items = mem_text(statement_text(statement, "released"));
	release->imported = statement_number(statement, "imported") != 0;
}

enum db_status months_releases(struct store *store, const struct release_span *span,
	struct release **out_releases, size_t *out_count)
{
	struct statement *statement = statement_use(store, &months, MONTH_RELEASES);
	struct rows rows = { .size = sizeof(**out_releases), .read = release_read };
	enum db_status status;

	if (statement) {
		statement_bind_text(statement, ":first", span->first);
		statement_bind_text(statement, ":last", span->last);
	}
	status = rows_read(statement, &rows);
	if (status != DB_OK)
		releases_clear((struct release *)(void *)rows.list, rows.count);
	return rows_end(&rows, status, out_releases, out_count);
}
