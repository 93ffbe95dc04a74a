/*
 * One side's database and what is done with it. Rows come from their number,
 * so that both sides hold the same.
 */
#include "tests/bench/work.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/schema.h"
#include "db/statement.h"
#include "db/vfs.h"

enum {
	HEADER_BYTES = 8192,
	COMMITS = 200,
	READS = 20000,
	QUEUE_PAGES = 400,
	WORD_SEARCHES = 400,
	ROLLUPS = 20,
	OPENINGS = 50
};

struct work {
	const struct side *side;
	struct keys *keys;
	struct sealing_vfs *vfs;
	sqlite3 *db;
	int64_t sum;
};

#define WORK_NAME(constant, name, reach)  [constant] = name,
#define WORK_REACH(constant, name, reach) [constant] = reach,
static const char *const names[] = { WORKS(WORK_NAME) };
static const double reaches[] = { WORKS(WORK_REACH) };

const char *work_name(enum work_kind kind)
{
	return names[kind];
}

double work_reach(enum work_kind kind)
{
	return reaches[kind];
}

static void die(const struct work *work, const char *what)
{
	fprintf(stderr, "bench: %s: %s: %s\n", work->side->path, what,
		work->db ? sqlite3_errmsg(work->db) : "");
	exit(1);
}

static void run(const struct work *work, const char *sql)
{
	if (sqlite3_exec(work->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		die(work, sql);
}

static sqlite3_stmt *prepare(const struct work *work, const char *sql)
{
	sqlite3_stmt *statement;

	if (sqlite3_prepare_v2(work->db, sql, -1, &statement, NULL) != SQLITE_OK)
		die(work, sql);
	return statement;
}

static double now(void)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* A number below so many, from a row and what it is for: splitmix64. */
static unsigned long long pick(
	unsigned long long row, unsigned long long what, unsigned long long below)
{
	unsigned long long number = (row * 64 + what + 1) * 0x9e3779b97f4a7c15ULL;

	number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9ULL;
	number = (number ^ (number >> 27)) * 0x94d049bb133111ebULL;
	return (number ^ (number >> 31)) % below;
}

static sqlite3 *open_database(struct work *work, const char *path)
{
	int code, reserve = SEAL_RESERVE;

	code = sqlite3_open_v2(path, &work->db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
			(work->side->is_sealed ? 0 : SQLITE_OPEN_CREATE),
		work->vfs ? sealing_vfs_name(work->vfs) : NULL);
	if (code == SQLITE_OK && work->vfs)
		code = sqlite3_file_control(work->db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
	if (code != SQLITE_OK)
		die(work, "open");
	run(work, "PRAGMA temp_store=MEMORY; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
		  "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;"
		  "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-65536;");
	return work->db;
}

static void make_file(const struct work *work, const char *path)
{
	static const char header[HEADER_BYTES];
	FILE *file = fopen(path, "wb");

	if (!file || (work->side->is_sealed && fwrite(header, sizeof(header), 1, file) != 1) ||
		fclose(file) != 0)
		die(work, "make");
}

static void make_tables(struct work *work)
{
	struct store *store = store_new();

	run(work, "PRAGMA page_size=4096; PRAGMA journal_mode=MEMORY; PRAGMA journal_mode=WAL;"
		  "BEGIN");
	store->db = work->db;
	if (schema_migrate(store) != DB_OK)
		die(work, "tables");
	statements_finalize(store);
	store->db = NULL;
	store_free(store);
	run(work, "COMMIT");
}

static void start_sealing(struct work *work)
{
	struct sealing_vfs_config config = { .database_offset = HEADER_BYTES };
	const uint8_t file_id[FILE_ID_BYTES] = { 1 };
	struct secret *master;

	if (!secret_start() || !sqlite_start())
		die(work, "start");
	master = secret_new(MASTER_KEY_BYTES);
	config.keys = work->keys = keys_new(master, file_id);
	secret_free(master);
	work->vfs = sealing_vfs_new(&config);
}

struct work *work_new(const struct side *side)
{
	struct work *work = calloc(1, sizeof(*work));

	if (!work)
		exit(1);
	work->side = side;
	if (side->is_sealed)
		start_sealing(work);
	make_file(work, side->path);
	open_database(work, side->path);
	make_tables(work);
	run(work, "INSERT INTO people(id, name, full_name, roles) VALUES(1, 'casey', 'Casey', 1)");
	return work;
}

void work_free(struct work *work)
{
	(void)sqlite3_close(work->db);
	(void)unlink(work->side->path);
	sealing_vfs_free(work->vfs);
	keys_free(work->keys);
	free(work);
}

static void bind_text(sqlite3_stmt *statement, int place, const char *text)
{
	(void)sqlite3_bind_text(statement, place, text, -1, SQLITE_TRANSIENT);
}

static void put(struct work *work, sqlite3_stmt *statement)
{
	if (sqlite3_step(statement) != SQLITE_DONE)
		die(work, "insert");
	(void)sqlite3_reset(statement);
}

static void surname_of(unsigned long long row, char out[32])
{
	static const char *const heads[] = { "Test", "Samp", "Invent", "Mock", "Exam", "Fict" };

	(void)snprintf(out, 32, "%s%c%c%c", heads[pick(row, 1, 6)], (int)('a' + pick(row, 2, 26)),
		(int)('a' + pick(row, 3, 26)), (int)('a' + pick(row, 4, 26)));
}

static void reference_of(unsigned long long row, char out[32])
{
	(void)snprintf(out, 32, "TR-%04llu-%06llu", 2000ULL + row / 100000, row % 100000 + 1);
}

static const char *const services[] = { "police", "court_order", "nca", "hm_coroner" };

static void day_of(unsigned long long row, int days, char out[24])
{
	(void)snprintf(out, 24, "%04llu-%02llu-%02llu", 2005ULL + row / 50000, pick(row, 5, 12) + 1,
		(pick(row, 6, 14) + (unsigned long long)days) % 28 + 1);
}

static void put_request(struct work *work, sqlite3_stmt *statement, unsigned long long row)
{
	char reference[32], received[24], decided[24], text[160];
	bool is_open = pick(row, 7, 100) == 0;

	reference_of(row, reference);
	day_of(row, 0, received);
	day_of(row, 10, decided);
	(void)sqlite3_bind_int64(statement, 1, (sqlite3_int64)row + 1);
	bind_text(statement, 2, reference);
	(void)sqlite3_bind_int64(statement, 3, is_open ? 2 : 11 + (int)pick(row, 8, 3));
	bind_text(statement, 4, received);
	bind_text(statement, 5, services[pick(row, 9, 4)]);
	(void)snprintf(text, sizeof(text), "Invented Force %llu", pick(row, 10, 43));
	bind_text(statement, 6, text);
	(void)snprintf(text, sizeof(text),
		"It is necessary to find this person, number %llu of an invented enquiry, since "
		"the enquiry cannot go on without an answer.",
		(unsigned long long)row);
	bind_text(statement, 7, text);
	bind_text(statement, 8, is_open ? "" : decided);
	put(work, statement);
}

static void put_subject(
	struct work *work, sqlite3_stmt *subject, sqlite3_stmt *words, unsigned long long row)
{
	char surname[32], born[16];

	surname_of(row, surname);
	(void)snprintf(born, sizeof(born), "%llu-%02llu-11", 1930 + pick(row, 11, 80),
		pick(row, 12, 12) + 1);
	(void)sqlite3_bind_int64(subject, 1, (sqlite3_int64)row + 1);
	bind_text(subject, 2, surname);
	bind_text(subject, 3, born);
	put(work, subject);
	(void)sqlite3_bind_int64(words, 1, (sqlite3_int64)row + 1);
	bind_text(words, 2, surname);
	bind_text(words, 3, "invented force burglary at an invented place");
	put(work, words);
}

static void put_event(
	struct work *work, sqlite3_stmt *event, unsigned long long row, int64_t sequence)
{
	char reference[32];
	uint8_t payload[900];

	for (size_t i = 0; i < sizeof(payload); i++)
		payload[i] = (uint8_t)(row + i * 7);
	reference_of(row, reference);
	(void)sqlite3_bind_int64(event, 1, sequence);
	bind_text(event, 2, reference);
	(void)sqlite3_bind_blob(event, 3, payload, sizeof(payload), SQLITE_TRANSIENT);
	put(work, event);
}

#define EVENT_SQL                                                                           \
	"INSERT INTO events(sequence, time, person, key, role, kind, reference, operation," \
	" generation, payload, payload_hash, previous, hash)"                               \
	" VALUES(?1, 1, 1, 1, 1, 8, ?2, x'00', 1, ?3, x'01', x'02', x'03')"

static void work_import(struct work *work, const struct order *order)
{
	sqlite3_stmt *request = prepare(work,
		"INSERT INTO requests(id, reference, version, state, received, service,"
		" organisation, necessity, decided, assigned_to, imported, requester_name,"
		" requester_number, countersigner_name, offence)"
		" VALUES(?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, 1, 1, 'Priya Example', '12345',"
		" 'Quentin Example', 'burglary')");
	sqlite3_stmt *subject = prepare(work,
		"INSERT INTO subjects(request, position, subject_surname, subject_dob,"
		" folded_surname) VALUES(?1, 1, ?2, ?3, lower(?2))");
	sqlite3_stmt *words = prepare(
		work, "INSERT INTO request_words(rowid, subject, other) VALUES(?1, ?2, ?3)");
	sqlite3_stmt *event = prepare(work, EVENT_SQL);
	unsigned long long first =
		(unsigned long long)order->round * (unsigned long long)order->rows;

	run(work, "BEGIN IMMEDIATE");
	for (unsigned long long row = first; row < first + (unsigned long long)order->rows; row++) {
		put_request(work, request, row);
		put_subject(work, subject, words, row);
		put_event(work, event, row, (int64_t)row + 1);
	}
	run(work, "COMMIT; PRAGMA wal_checkpoint(PASSIVE)");
	sqlite3_finalize(request);
	sqlite3_finalize(subject);
	sqlite3_finalize(words);
	sqlite3_finalize(event);
	work->sum = order->rows;
}

static void work_commits(struct work *work, const struct order *order)
{
	sqlite3_stmt *update = prepare(work,
		"UPDATE requests SET state = 2 + (state = 2), version = version + 1 WHERE id = ?1");
	sqlite3_stmt *event = prepare(work, EVENT_SQL);

	for (int i = 0; i < COMMITS; i++) {
		unsigned long long row = pick((unsigned long long)(order->round * COMMITS + i), 20,
			(unsigned long long)order->receipts);

		run(work, "BEGIN IMMEDIATE");
		(void)sqlite3_bind_int64(update, 1, (sqlite3_int64)row + 1);
		put(work, update);
		put_event(work, event, row,
			(int64_t)order->receipts + order->round * COMMITS + i + 1);
		run(work, "COMMIT");
	}
	run(work, "PRAGMA wal_checkpoint(PASSIVE)");
	sqlite3_finalize(update);
	sqlite3_finalize(event);
	work->sum = COMMITS;
}

/* Steps through, adding up what was read. */
static void read_rows(struct work *work, sqlite3_stmt *statement)
{
	int code;

	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(statement); i++)
			work->sum += sqlite3_column_bytes(statement, i) + 1;
	}
	if (code != SQLITE_DONE)
		die(work, "read");
	(void)sqlite3_reset(statement);
}

static void work_reads(struct work *work, const struct order *order)
{
	sqlite3_stmt *statement = prepare(work, "SELECT * FROM requests WHERE reference = ?1");
	char reference[32];

	for (int i = 0; i < READS; i++) {
		/* A twentieth of all: what people work on fits the cache. */
		reference_of(
			pick((unsigned long long)i, 21, (unsigned long long)order->receipts / 20),
			reference);
		bind_text(statement, 1, reference);
		read_rows(work, statement);
	}
	sqlite3_finalize(statement);
}

static void work_queue(struct work *work, const struct order *order)
{
	sqlite3_stmt *statement = prepare(work,
		"SELECT id FROM requests WHERE assigned_to = 1 AND state < 11 AND " QUEUE_KEY
		" >= ?1 AND (" QUEUE_KEY ", id) > (?1, 0) ORDER BY " QUEUE_KEY ", id LIMIT 50");
	char key[25] = "2"; /* of those that nothing presses, the day */

	for (int i = 0; i < QUEUE_PAGES; i++) {
		day_of(pick((unsigned long long)i, 22, (unsigned long long)order->receipts), 0,
			key + 1);
		bind_text(statement, 1, key);
		read_rows(work, statement);
	}
	sqlite3_finalize(statement);
}

static void work_words(struct work *work, const struct order *order)
{
	(void)order;
	sqlite3_stmt *statement = prepare(work,
		"SELECT w.rowid, r.reference FROM request_words w CROSS JOIN requests r"
		" ON r.id = w.rowid WHERE w.request_words MATCH ?1"
		" ORDER BY w.rowid DESC LIMIT 50");
	char surname[32], match[40];

	for (int i = 0; i < WORD_SEARCHES; i++) {
		surname_of((unsigned long long)i, surname);
		surname[strlen(surname) - 1] = '\0';
		(void)snprintf(match, sizeof(match), "subject : %s *", surname);
		bind_text(statement, 1, match);
		read_rows(work, statement);
	}
	sqlite3_finalize(statement);
}

static void work_rollup(struct work *work, const struct order *order)
{
	(void)order;
	sqlite3_stmt *statement = prepare(work,
		"SELECT substr(decided, 1, 7) AS month, service, state, count(*) FROM requests"
		" WHERE decided <> '' AND substr(decided, 1, 7) BETWEEN '2005-01' AND '2006-12'"
		" GROUP BY substr(decided, 1, 7), service, state");

	for (int i = 0; i < ROLLUPS; i++)
		read_rows(work, statement);
	sqlite3_finalize(statement);
}

static void work_scan(struct work *work, const struct order *order)
{
	(void)order;
	sqlite3_stmt *statement =
		prepare(work, "SELECT count(*), sum(length(necessity)) FROM requests NOT INDEXED");

	read_rows(work, statement);
	sqlite3_finalize(statement);
}

static void work_copy(struct work *work, const struct order *order)
{
	(void)order;
	sqlite3 *from = work->db, *into;
	sqlite3_backup *copy;
	char path[300];

	(void)snprintf(path, sizeof(path), "%s-copy", work->side->path);
	make_file(work, path);
	into = open_database(work, path);
	run(work, "PRAGMA page_size=4096; PRAGMA journal_mode=MEMORY; PRAGMA journal_mode=WAL");
	copy = sqlite3_backup_init(into, "main", from, "main");
	if (!copy || sqlite3_backup_step(copy, -1) != SQLITE_DONE ||
		sqlite3_backup_finish(copy) != SQLITE_OK)
		die(work, "copy");
	(void)sqlite3_close(into);
	(void)unlink(path);
	work->db = from;
	work->sum = 1;
}

static void work_open(struct work *work, const struct order *order)
{
	(void)sqlite3_close(work->db);
	for (int i = 0; i < OPENINGS; i++) {
		sqlite3_stmt *statement;
		char reference[32];

		open_database(work, work->side->path);
		statement = prepare(work, "SELECT * FROM requests WHERE reference = ?1");
		reference_of(pick((unsigned long long)i, 23, (unsigned long long)order->receipts),
			reference);
		bind_text(statement, 1, reference);
		read_rows(work, statement);
		sqlite3_finalize(statement);
		(void)sqlite3_close(work->db);
	}
	open_database(work, work->side->path);
}

static void (*const deeds[])(struct work *, const struct order *) = {
	[WORK_IMPORT] = work_import,
	[WORK_COMMIT] = work_commits,
	[WORK_READ] = work_reads,
	[WORK_QUEUE] = work_queue,
	[WORK_WORDS] = work_words,
	[WORK_ROLLUP] = work_rollup,
	[WORK_SCAN] = work_scan,
	[WORK_COPY] = work_copy,
	[WORK_OPEN] = work_open,
};

struct answer work_do(struct work *work, const struct order *order)
{
	double start = now();

	work->sum = 0;
	deeds[order->kind](work, order);
	return (struct answer) { now() - start, work->sum };
}
