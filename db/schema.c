/*
 * The tables of the store. A migration, once released, is never changed: add
 * another at the end. Everything is STRICT; columns of requests and subjects
 * come from the lists in records.h at the time of the first release.
 */
#include "db/schema.h"

#include "db/statement.h"

#define TEXT_COLUMN(constant, column, ...) ", " #column " TEXT NOT NULL DEFAULT ''"

/* clang-format off */

/* Counts a receipt as it is now. */
#define COUNT_NEW \
	" INSERT INTO state_counts VALUES(new.state, coalesce(new.assigned_to, 0)," \
	" new.correcting, new.to_send, 1)" \
	" ON CONFLICT(state, assigned_to, correcting, to_send)" \
	" DO UPDATE SET count = count + 1;"

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
	" note TEXT NOT NULL, note_from TEXT NOT NULL, footnote TEXT NOT NULL,"
	" target_days INTEGER NOT NULL) STRICT;"

	"CREATE TABLE holidays(id INTEGER PRIMARY KEY, day TEXT NOT NULL UNIQUE,"
	" title TEXT NOT NULL) STRICT;"

	"CREATE TABLE requests(id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE,"
	" version INTEGER NOT NULL, state INTEGER NOT NULL,"
	" held_from INTEGER NOT NULL DEFAULT 0, flagged INTEGER NOT NULL DEFAULT 0,"
	/* Spans in which an answer was awaited (core/working_days.h). */
	" waits TEXT NOT NULL DEFAULT '',"
	" imported INTEGER NOT NULL, correcting INTEGER NOT NULL DEFAULT 0,"
	" to_send INTEGER NOT NULL DEFAULT 0,"
	" assigned_to INTEGER REFERENCES people(id)"
	REQUEST_FIELDS(TEXT_COLUMN) HISTORY_FIELDS(TEXT_COLUMN) ") STRICT;"
	"CREATE INDEX requests_by_received ON requests(received, id);"
	"CREATE INDEX requests_by_decision ON requests(substr(decided, 1, 7), service, state)"
	" WHERE decided <> '';"
	/* A queue of the work screen is one index read in its order. */
	"CREATE INDEX requests_open ON requests(assigned_to, received, id) WHERE state < 11;"
	"CREATE INDEX requests_waiting ON requests(received, id) WHERE state = 4;"
	"CREATE INDEX requests_to_review ON requests(received, id) WHERE state IN (5, 9, 10) OR correcting = 1;"
	"CREATE INDEX requests_to_check ON requests(received, id) WHERE state IN (7, 8);"
	"CREATE INDEX requests_to_send ON requests(received, id) WHERE to_send = 1;"
	"CREATE INDEX requests_closed ON requests(decided, id) WHERE state >= 11;"
	"CREATE INDEX requests_by_their_reference ON requests(requester_reference)"
	" WHERE requester_reference <> '';"

	/* Without the text itself, which is in the tables it comes from, and without what only
	   phrases and ranks need. */
	"CREATE VIRTUAL TABLE request_words USING fts5(subject, other, content='', columnsize=0,"
	" detail=column, tokenize='ascii');"
	/* What fits a page of ours, whose end is reserved. */
	"INSERT INTO request_words(request_words, rank) VALUES('pgsz', 4000);"

	"CREATE TABLE subjects(id INTEGER PRIMARY KEY,"
	" request INTEGER NOT NULL REFERENCES requests(id), position INTEGER NOT NULL"
	SUBJECT_FIELDS(TEXT_COLUMN) TRACE_FIELDS(TEXT_COLUMN) ") STRICT;"
	"CREATE UNIQUE INDEX subjects_by_request ON subjects(request, position);"
	"CREATE INDEX subjects_by_nhs_number ON subjects(nhs_number) WHERE nhs_number <> '';"
	"CREATE INDEX subjects_by_birth ON subjects(subject_dob, folded_surname)"
	" WHERE subject_dob <> '';"

	"CREATE TABLE decisions(id INTEGER PRIMARY KEY,"
	" request INTEGER NOT NULL REFERENCES requests(id), kind INTEGER NOT NULL,"
	" result INTEGER NOT NULL, proposer INTEGER NOT NULL REFERENCES people(id),"
	" proposed INTEGER NOT NULL, reasons TEXT NOT NULL, note TEXT NOT NULL,"
	" outcome TEXT NOT NULL, detail TEXT NOT NULL, items TEXT NOT NULL,"
	" recipient TEXT NOT NULL, rules_version INTEGER NOT NULL,"
	" findings TEXT NOT NULL, reviewer INTEGER REFERENCES people(id),"
	" reviewed INTEGER NOT NULL DEFAULT 0, struck TEXT NOT NULL DEFAULT '',"
	" review_note TEXT NOT NULL DEFAULT '') STRICT;"
	"CREATE INDEX decisions_by_request ON decisions(request, id);"
	"CREATE UNIQUE INDEX decisions_open ON decisions(request) WHERE result = 1;"

	"CREATE TABLE notes(id INTEGER PRIMARY KEY,"
	" request INTEGER NOT NULL REFERENCES requests(id), time INTEGER NOT NULL,"
	" person INTEGER NOT NULL REFERENCES people(id), kind INTEGER NOT NULL,"
	" text TEXT NOT NULL) STRICT;"
	"CREATE INDEX notes_by_request ON notes(request, id);"

	"CREATE TABLE judgements(id INTEGER PRIMARY KEY,"
	" request INTEGER NOT NULL REFERENCES requests(id), rule TEXT NOT NULL,"
	" holds INTEGER NOT NULL, UNIQUE(request, rule)) STRICT;"

	"CREATE TABLE links(id INTEGER PRIMARY KEY,"
	" request INTEGER NOT NULL REFERENCES requests(id),"
	" other INTEGER NOT NULL REFERENCES requests(id), UNIQUE(request, other)) STRICT;"
	"CREATE INDEX links_back ON links(other);"

	/* Letters that were sent, word for word: what was disclosed. */
	"CREATE TABLE letters(id INTEGER PRIMARY KEY,"
	" request INTEGER NOT NULL REFERENCES requests(id), time INTEGER NOT NULL,"
	" person INTEGER NOT NULL REFERENCES people(id), kind INTEGER NOT NULL,"
	" sent_on TEXT NOT NULL, channel TEXT NOT NULL, text TEXT NOT NULL) STRICT;"
	"CREATE INDEX letters_by_request ON letters(request, id);"

	/* Of who locked the desk, sealed to that person's key. */
	"CREATE TABLE drafts(person INTEGER PRIMARY KEY REFERENCES people(id),"
	" sealed BLOB NOT NULL) STRICT;"

	/* Attached files: salt and a hash for each piece stand in the row, which the trail covers. */
	"CREATE TABLE files(id INTEGER PRIMARY KEY,"
	" request INTEGER NOT NULL REFERENCES requests(id), number INTEGER NOT NULL,"
	" time INTEGER NOT NULL, person INTEGER NOT NULL REFERENCES people(id),"
	" name TEXT NOT NULL, size INTEGER NOT NULL, salt BLOB NOT NULL, hashes BLOB NOT NULL,"
	" UNIQUE(request, number)) STRICT;"
	"CREATE TABLE file_pieces(id INTEGER PRIMARY KEY,"
	" file INTEGER NOT NULL REFERENCES files(id), position INTEGER NOT NULL,"
	" bytes BLOB NOT NULL, UNIQUE(file, position)) STRICT;"

	"CREATE TABLE organisations(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
	" folded TEXT NOT NULL, kind TEXT NOT NULL, email_domain TEXT NOT NULL,"
	" valid_from TEXT NOT NULL, valid_to TEXT NOT NULL) STRICT;"
	"CREATE INDEX organisations_by_name ON organisations(folded);"

	"CREATE TABLE rulebook(id INTEGER PRIMARY KEY, version INTEGER NOT NULL,"
	" until INTEGER NOT NULL DEFAULT 0, kind INTEGER NOT NULL, scope TEXT NOT NULL,"
	" value TEXT NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,"
	" mend INTEGER NOT NULL DEFAULT 0) STRICT;"

	/* Kept counts behind the queues: one row a state, person (0: nobody), whether a
	   correction waits and whether its letter does. */
	"CREATE TABLE state_counts(state INTEGER NOT NULL, assigned_to INTEGER NOT NULL,"
	" correcting INTEGER NOT NULL, to_send INTEGER NOT NULL, count INTEGER NOT NULL,"
	" PRIMARY KEY(state, assigned_to, correcting, to_send)) STRICT, WITHOUT ROWID;"
	"CREATE TRIGGER requests_counted AFTER INSERT ON requests BEGIN"
	COUNT_NEW " END;"
	"CREATE TRIGGER requests_recounted AFTER UPDATE OF state, assigned_to, correcting, to_send"
	" ON requests BEGIN"
	" UPDATE state_counts SET count = count - 1 WHERE state = old.state"
	" AND assigned_to = coalesce(old.assigned_to, 0) AND correcting = old.correcting"
	" AND to_send = old.to_send;"
	COUNT_NEW " END;"

	"CREATE TABLE submissions(id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE,"
	" received TEXT NOT NULL, completed TEXT NOT NULL, organisation TEXT NOT NULL,"
	" contact_email TEXT NOT NULL, note TEXT NOT NULL, reason TEXT NOT NULL,"
	" status INTEGER NOT NULL, transactions INTEGER NOT NULL,"
	" single_match INTEGER NOT NULL) STRICT;"
	"CREATE INDEX submissions_by_received ON submissions(received, id);"
	"CREATE INDEX submissions_by_completed ON submissions(completed, status, transactions,"
	" single_match) WHERE completed <> '';"

	/* The last number given out for a prefix and year: TR, DB. */
	"CREATE TABLE reference_counters(id INTEGER PRIMARY KEY, prefix TEXT NOT NULL,"
	" year TEXT NOT NULL, last INTEGER NOT NULL, UNIQUE(prefix, year)) STRICT;"

	"CREATE TABLE imports(id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE,"
	" what TEXT NOT NULL, rows INTEGER NOT NULL) STRICT;"

	/* Failed log-ins taken into the trail: a box put back into the header is not taken twice. */
	"CREATE TABLE login_failures(id INTEGER PRIMARY KEY, box BLOB NOT NULL UNIQUE) STRICT;"

	/* Every revision of a closed month, and what it froze. */
	"CREATE TABLE months(id INTEGER PRIMARY KEY, month TEXT NOT NULL,"
	" revision INTEGER NOT NULL, closed_on TEXT NOT NULL, event INTEGER NOT NULL,"
	" why TEXT NOT NULL, UNIQUE(month, revision)) STRICT;"
	"CREATE TABLE month_services(id INTEGER PRIMARY KEY,"
	" published INTEGER NOT NULL REFERENCES months(id), code TEXT NOT NULL,"
	" position INTEGER NOT NULL, label TEXT NOT NULL, footnote TEXT NOT NULL,"
	" UNIQUE(published, code)) STRICT;"
	"CREATE TABLE month_cases(id INTEGER PRIMARY KEY,"
	" published INTEGER NOT NULL REFERENCES months(id), reference TEXT NOT NULL,"
	" service TEXT NOT NULL, counts INTEGER NOT NULL, transactions INTEGER NOT NULL,"
	" single_match INTEGER NOT NULL, UNIQUE(published, reference, counts)) STRICT;"
	"CREATE TABLE month_figures(id INTEGER PRIMARY KEY,"
	" published INTEGER NOT NULL REFERENCES months(id), measure TEXT NOT NULL,"
	" service TEXT NOT NULL, value INTEGER NOT NULL,"
	" UNIQUE(published, measure, service)) STRICT;"

	/* The signatures of checkpoints, by the event each was made at; they prove themselves. */
	"CREATE TABLE checkpoints(event INTEGER PRIMARY KEY, signature BLOB NOT NULL) STRICT;"

	"CREATE TABLE events(sequence INTEGER PRIMARY KEY, time INTEGER NOT NULL,"
	" person INTEGER NOT NULL, key INTEGER NOT NULL, role INTEGER NOT NULL,"
	" kind INTEGER NOT NULL, reference TEXT NOT NULL, operation BLOB NOT NULL,"
	" generation INTEGER NOT NULL, salt BLOB, payload BLOB, payload_hash BLOB NOT NULL,"
	" previous BLOB NOT NULL, hash BLOB NOT NULL, signature BLOB) STRICT;"
	"CREATE INDEX events_by_reference ON events(reference, sequence) WHERE reference <> '';",

	/* Officers known before, for the form of a request. */
	"CREATE INDEX requests_by_requester ON requests(organisation,"
	" requester_name COLLATE NOCASE, requester_rank, requester_number, requester_email,"
	" flagged) WHERE flagged = 0;"
	"CREATE INDEX requests_by_countersigner ON requests(organisation,"
	" countersigner_name COLLATE NOCASE, countersigner_rank, countersigner_number,"
	" flagged) WHERE flagged = 0;",

	/* Pressing receipts first in a queue; nobody need take what waits for somebody else. */
	"DROP INDEX requests_open;"
	"DROP INDEX requests_waiting;"
	"DROP INDEX requests_to_review;"
	"DROP INDEX requests_to_check;"
	"DROP INDEX requests_to_send;"
	"CREATE INDEX requests_open ON requests(assigned_to, " QUEUE_KEY ", id)"
	" WHERE state < 11 AND assigned_to IS NOT NULL;"
	"CREATE INDEX requests_unassigned ON requests(" QUEUE_KEY ", id)"
	" WHERE assigned_to IS NULL AND state IN (1, 2, 3, 6);"
	"CREATE INDEX requests_waiting ON requests(" QUEUE_KEY ", id) WHERE state = 4;"
	"CREATE INDEX requests_to_review ON requests(" QUEUE_KEY ", id)"
	" WHERE state IN (5, 9, 10) OR correcting = 1;"
	"CREATE INDEX requests_to_check ON requests(" QUEUE_KEY ", id) WHERE state IN (7, 8);"
	"CREATE INDEX requests_to_send ON requests(" QUEUE_KEY ", id) WHERE to_send = 1;",
};
/* clang-format on */

enum { MIGRATIONS = sizeof(migrations) / sizeof(migrations[0]) };

enum { SCHEMA_VERSION_GET, SCHEMA_STATEMENTS };
static const char *const schema_sql[SCHEMA_STATEMENTS] = {
	[SCHEMA_VERSION_GET] = "SELECT user_version AS version FROM pragma_user_version",
};
static const struct statement_file schema = { FILE_SCHEMA, schema_sql, SCHEMA_STATEMENTS };

/* A pragma takes no parameter; the versions to come are few, so each has its text. */
static const char *const version_set[] = { "PRAGMA user_version = 0", "PRAGMA user_version = 11",
	"PRAGMA user_version = 12", "PRAGMA user_version = 13" };
_Static_assert(sizeof(version_set) / sizeof(version_set[0]) == MIGRATIONS + 1,
	"each migration has its version");

/* Tables up to this number were made by builds that were never released, in forms that changed
   from one to the next; migration N makes VERSION_TRIAL + N. */
enum { VERSION_TRIAL = 10 };

/* The migrations that the store has had. */
static enum db_status version_get(struct store *store, int64_t *out_version)
{
	enum db_status status =
		statement_one_number(store, &schema, SCHEMA_VERSION_GET, out_version);

	if (status != DB_OK || *out_version == 0)
		return status;
	if (*out_version <= VERSION_TRIAL)
		return store_fail(store, DB_DAMAGED,
			"%s: made by a trial build before the tables were settled; make it anew",
			store_path(store));
	*out_version -= VERSION_TRIAL;
	return DB_OK;
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

enum db_status schema_touch(struct store *store)
{
	int code = sqlite3_exec(store->db, version_set[MIGRATIONS], NULL, NULL, NULL);

	return code == SQLITE_OK ? DB_OK : store_fail_sqlite(store, code);
}
