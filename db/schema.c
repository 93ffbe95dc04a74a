/*
 * The tables of the store. A migration, once released, is never changed: add
 * another at the end. Everything is STRICT; columns of requests and subjects
 * come from the lists in records.h at the time of the first release.
 */
#include "db/schema.h"

#include "db/statement.h"

#define TEXT_COLUMN(constant, column, ...) ", " #column " TEXT NOT NULL DEFAULT ''"

static const char *const migrations[] = {
	"CREATE TABLE settings(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
	" value TEXT NOT NULL) STRICT;"

	"CREATE TABLE people(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
	" full_name TEXT NOT NULL, roles INTEGER NOT NULL, disabled INTEGER NOT NULL DEFAULT 0,"
	" must_change INTEGER NOT NULL DEFAULT 0) STRICT;"

	"CREATE TABLE person_keys(id INTEGER PRIMARY KEY,"
	" person INTEGER REFERENCES people(id)," /* NULL: the recovery slot's */
	" sign_public BLOB NOT NULL, box_public BLOB NOT NULL) STRICT;"

	"CREATE TABLE services(id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE,"
	" label TEXT NOT NULL, position INTEGER NOT NULL,"
	" accepts_from TEXT NOT NULL, accepts_to TEXT NOT NULL, shown_from TEXT NOT NULL,"
	" shown_to TEXT NOT NULL, held_from TEXT NOT NULL, suspended INTEGER NOT NULL,"
	" note TEXT NOT NULL, note_from TEXT NOT NULL, footnote TEXT NOT NULL) STRICT;"

	"CREATE TABLE requests(id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE,"
	" version INTEGER NOT NULL, state INTEGER NOT NULL, imported INTEGER NOT NULL,"
	" assigned_to INTEGER REFERENCES people(id)" REQUEST_FIELDS(TEXT_COLUMN) HISTORY_FIELDS(
		TEXT_COLUMN) ") STRICT;"
			     "CREATE INDEX requests_by_received ON requests(received, id);"
			     "CREATE INDEX requests_by_decision ON requests(substr(decided, 1, 7), "
			     "service, state)"
			     " WHERE decided <> '';"

			     "CREATE TABLE subjects(id INTEGER PRIMARY KEY,"
			     " request INTEGER NOT NULL REFERENCES requests(id), position INTEGER "
			     "NOT NULL" SUBJECT_FIELDS(
				     TEXT_COLUMN) ", trace_code TEXT NOT NULL DEFAULT '') STRICT;"
						  "CREATE UNIQUE INDEX subjects_by_request ON "
						  "subjects(request, position);"

						  "CREATE TABLE submissions(id INTEGER PRIMARY "
						  "KEY, reference TEXT NOT NULL UNIQUE,"
						  " received TEXT NOT NULL, completed TEXT NOT "
						  "NULL, organisation TEXT NOT NULL,"
						  " contact_email TEXT NOT NULL, note TEXT NOT "
						  "NULL, reason TEXT NOT NULL,"
						  " status INTEGER NOT NULL, transactions INTEGER "
						  "NOT NULL,"
						  " single_match INTEGER NOT NULL) STRICT;"
						  "CREATE INDEX submissions_by_received ON "
						  "submissions(received, id);"
						  "CREATE INDEX submissions_by_completed ON "
						  "submissions(completed, status, transactions,"
						  " single_match) WHERE completed <> '';"

						  /* The last number given out for a prefix and
						     year: TR, DB. */
						  "CREATE TABLE reference_counters(id INTEGER "
						  "PRIMARY KEY, prefix TEXT NOT NULL,"
						  " year TEXT NOT NULL, last INTEGER NOT NULL, "
						  "UNIQUE(prefix, year)) STRICT;"

						  "CREATE TABLE imports(id INTEGER PRIMARY KEY, "
						  "hash BLOB NOT NULL UNIQUE,"
						  " what TEXT NOT NULL, rows INTEGER NOT NULL) "
						  "STRICT;"

						  "CREATE TABLE months(id INTEGER PRIMARY KEY, "
						  "month TEXT NOT NULL,"
						  " revision INTEGER NOT NULL, closed_on TEXT NOT "
						  "NULL,"
						  " UNIQUE(month, revision)) STRICT;"

						  "CREATE TABLE events(sequence INTEGER PRIMARY "
						  "KEY, time INTEGER NOT NULL,"
						  " person INTEGER NOT NULL, key INTEGER NOT NULL, "
						  "role INTEGER NOT NULL,"
						  " kind INTEGER NOT NULL, reference TEXT NOT "
						  "NULL, operation BLOB NOT NULL,"
						  " generation INTEGER NOT NULL, salt BLOB, "
						  "payload BLOB, payload_hash BLOB NOT NULL,"
						  " previous BLOB NOT NULL, hash BLOB NOT NULL, "
						  "signature BLOB) STRICT;"
						  "CREATE INDEX events_by_reference ON "
						  "events(reference, sequence) WHERE reference <> "
						  "'';",
};

enum { MIGRATIONS = sizeof(migrations) / sizeof(migrations[0]) };

enum { SCHEMA_VERSION_GET, SCHEMA_STATEMENTS };
static const char *const schema_sql[SCHEMA_STATEMENTS] = {
	[SCHEMA_VERSION_GET] = "SELECT user_version AS version FROM pragma_user_version",
};
static const struct statement_file schema = { FILE_SCHEMA, schema_sql, SCHEMA_STATEMENTS };

/* A pragma takes no parameter; the versions to come are few, so each has its text. */
static const char *const version_set[] = { "PRAGMA user_version = 0", "PRAGMA user_version = 1" };
_Static_assert(sizeof(version_set) / sizeof(version_set[0]) == MIGRATIONS + 1,
	"each migration has its version");

static enum db_status version_get(struct store *store, int64_t *out_version)
{
	return statement_one_number(store, &schema, SCHEMA_VERSION_GET, out_version);
}

enum db_status schema_look(struct store *store)
{
	int64_t version;
	enum db_status status = version_get(store, &version);

	if (status != DB_OK)
		return status;
	if (version > MIGRATIONS)
		return store_fail(store, DB_DAMAGED,
			"%s: made by a newer tracedesk (tables %lld, this program knows %d);"
			" use that version",
			store_path(store), (long long)version, (int)MIGRATIONS);
	return version == MIGRATIONS ? DB_OK : DB_NONE;
}

enum db_status schema_migrate(struct store *store)
{
	int64_t version = 0;
	enum db_status status = version_get(store, &version);

	if (status != DB_OK)
		return status;
	for (; version < MIGRATIONS; version++) {
		int code = sqlite3_exec(store->db, migrations[version], NULL, NULL, NULL);

		if (code == SQLITE_OK)
			code = sqlite3_exec(store->db, version_set[version + 1], NULL, NULL, NULL);
		if (code != SQLITE_OK)
			return store_fail_sqlite(store, code);
	}
	return DB_OK;
}
