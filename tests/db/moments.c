/*
 * Lives a store, and asks what was put together from its files. Nothing is
 * synced: no power goes here.
 */
#include "moments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/check.h"
#include "db/drafts.h"
#include "db/events.h"
#include "db/files.h"
#include "db/request_words.h"
#include "db/requests.h"
#include "db/settings.h"
#include "db/verify.h"
#include "db/words_check.h"
#include "shim.h"

enum { RECEIPTS = 3, FILE_SIZE = 9000, WORDS = 9 };

const char *stage_name(enum stage stage)
{
	static const char *const names[STAGES] = { "opening", "reading", "store check",
		"audit verify", "audit verify --against", "a warning", "nothing to tell", "NEVER" };

	return names[stage];
}

static struct {
	int amount;
	int64_t offset;
} bad_sector;

void disk_fails_at(int amount, int64_t offset)
{
	bad_sector.amount = amount;
	bad_sector.offset = offset;
}

static int watch(void *context, const struct shim_call *call)
{
	(void)context;
	if (call->op == SHIM_READ && call->amount == bad_sector.amount &&
		call->offset == bad_sector.offset)
		return SQLITE_IOERR_READ;
	return call->op == SHIM_SYNC ? SHIM_SKIP : SQLITE_OK;
}

static struct store *store_below(void)
{
	struct store *store = store_new();

	shim_start(watch, NULL);
	store_set_lower(store, shim_name());
	return store;
}

static struct bytes load(const char *name, const char *end)
{
	char file[64];
	const char *path;

	(void)snprintf(file, sizeof(file), "%s%s", name, end);
	path = store_rig_path(file);
	return access(path, F_OK) == 0 ? file_load(path) : (struct bytes) { NULL, 0 };
}

static struct files files_load(const char *name)
{
	return (struct files) { load(name, ""), load(name, "-head"), load(name, "-wal") };
}

static void files_clear(struct files *files)
{
	bytes_clear(&files->store);
	bytes_clear(&files->head);
	bytes_clear(&files->log);
}

static void event_add(struct store *store, enum event_kind kind)
{
	const struct event_new event = { .time = 1600000000,
		.person = 1,
		.role = ROLE_ADMINISTRATOR,
		.kind = kind,
		.reference = "" };

	assert_int_equal(event_append(store, &event), DB_OK);
}

/* Words enough that the index has branches. */
struct words {
	char subject[32];
	char other[400];
	struct request_words as;
};

static const struct request_words *words_of(int64_t id, struct words *words)
{
	size_t used = 0;

	(void)snprintf(
		words->subject, sizeof(words->subject), "testa%lld", (long long)id * 7919 % 97);
	words->other[0] = '\0';
	for (int i = 0; i < WORDS; i++)
		used += (size_t)snprintf(words->other + used, sizeof(words->other) - used,
			"%c%lldlongenoughtofill%lld ", (char)('a' + i),
			(long long)id * 104729 % 9973, (long long)id);
	words->as = (struct request_words) { words->subject, words->other };
	return &words->as;
}

static void receipt_add(struct store *store)
{
	struct request request;
	struct words words;

	request_init(&request);
	record_set(&request.field[FIELD_RECEIVED], "2020-12-14");
	record_set(&request.field[FIELD_SERVICE], "police");
	record_set(&request_add_subject(&request)->field[FIELD_SUBJECT_SURNAME], "O'Testa");
	assert_int_equal(requests_insert(store, &request), DB_OK);
	assert_int_equal(
		request_words_put(store, request.id, NULL, words_of(request.id, &words)), DB_OK);
	request_clear(&request);
}

static void file_attach(struct store *store)
{
	struct receipt_file file = { .request = 1, .person = 1, .name = mem_text("form") };
	uint8_t *piece = mem_new(FILE_SIZE, 1);
	const struct file_content content = { { piece }, FILE_SIZE };

	assert_int_equal(files_insert(store, &file, &content), DB_OK);
	receipt_file_clear(&file);
	mem_free(piece);
}

static void change_rows(struct store *store, int commit)
{
	char sql[160];

	(void)snprintf(sql, sizeof(sql),
		"UPDATE requests SET requester_reference = 'ref %d' WHERE id %% 7 = %d", commit,
		commit % 7);
	assert_int_equal(sqlite3_exec(store->db, sql, NULL, NULL, NULL), SQLITE_OK);
	(void)snprintf(sql, sizeof(sql), "%d", commit);
	assert_int_equal(settings_set(store, "commits", sql), DB_OK);
	if (commit % 4 == 0)
		file_attach(store);
	if (commit % 4 == 1)
		assert_int_equal(drafts_put(store, 1, sql), DB_OK);
}

static void moment_live(struct store *store, int moment, struct life *life)
{
	for (int i = 0; i < MOMENT_COMMITS; i++) {
		bool is_last = moment == MOMENTS - 1 && i == MOMENT_COMMITS - 1;

		assert_int_equal(store_begin(store), DB_OK);
		for (int j = 0; j < RECEIPTS; j++)
			receipt_add(store);
		change_rows(store, moment * MOMENT_COMMITS + i);
		event_add(store, is_last ? EVENT_CHECKPOINT_MADE : EVENT_LOGIN);
		if (is_last)
			assert_int_equal(checkpoint_make(store, &life->checkpoint), DB_OK);
		if (store_commit(store) != DB_OK)
			fail_msg("%s", store_message(store));
	}
}

static void digest_add(uint64_t *digest, const uint8_t *bytes, size_t size)
{
	*digest ^= size;
	for (size_t i = 0; i < size; i++)
		*digest = (*digest ^ bytes[i]) * 0x100000001b3ULL;
}

static int digest_table(sqlite3 *db, const char *name, uint64_t *digest)
{
	sqlite3_stmt *rows = NULL;
	char text[200];
	int code;

	(void)snprintf(text, sizeof(text), "SELECT * FROM \"%s\" NOT INDEXED", name);
	code = sqlite3_prepare_v2(db, text, -1, &rows, NULL);
	if (code != SQLITE_OK)
		return code;
	while ((code = sqlite3_step(rows)) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(rows); i++)
			digest_add(digest, sqlite3_column_blob(rows, i),
				(size_t)sqlite3_column_bytes(rows, i));
	(void)sqlite3_finalize(rows);
	return code;
}

/* The words of the full-text index are proved one by one (store_check). */
bool table_is_proved(const char *name)
{
	return strcmp(name, "drafts") != 0 && strcmp(name, "reference_counters") != 0;
}

uint32_t pages_of(struct bytes store)
{
	return (uint32_t)((store.size - VAULT_HEADER_BYTES) / SEAL_PAGE_SIZE);
}

/* Over every row of every proved table. DB_DAMAGED: with its words in the store. */
static enum db_status digest_all(struct store *store, uint64_t *out_digest)
{
	sqlite3_stmt *tables = NULL;
	uint64_t digest = 0xcbf29ce484222325ULL;
	int code = sqlite3_prepare_v2(store->db,
		"SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
		" ORDER BY name",
		-1, &tables, NULL);

	*out_digest = digest;
	while (code == SQLITE_OK && (code = sqlite3_step(tables)) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(tables, 0);
		bool is_words = strncmp(name, "request_words_", 14) == 0;

		code = digest_table(store->db, name, &digest);
		if (!is_words && table_is_proved(name))
			*out_digest = digest;
		else
			digest = *out_digest;
		if (code == SQLITE_DONE)
			code = SQLITE_OK;
	}
	(void)sqlite3_finalize(tables);
	return code == SQLITE_DONE ? DB_OK : store_fail_sqlite(store, code);
}

/* The header moves on: a slot comes and goes. */
static void slot_pass(struct store *store)
{
	struct secret *password = password_of("staple battery horse"), *seed;
	uint8_t sign_public[32], box_public[32];

	store_seed_new(&seed, sign_public, box_public);
	assert_int_equal(store_slot_add(store, "passing", password, seed), DB_OK);
	assert_int_equal(store_slot_remove(store, "passing"), DB_OK);
	secret_free(seed);
	secret_free(password);
}

static void owners_find(struct store *store, char owner[MOST_PAGES][OWNER_SIZE])
{
	sqlite3_stmt *rows = NULL;

	memset(owner, 0, (size_t)MOST_PAGES * OWNER_SIZE);
	assert_int_equal(sqlite3_prepare_v2(store->db,
				 "SELECT pageno, coalesce(tbl_name, d.name) FROM dbstat AS d"
				 " LEFT JOIN sqlite_schema AS s ON s.name = d.name",
				 -1, &rows, NULL),
		SQLITE_OK);
	while (sqlite3_step(rows) == SQLITE_ROW) {
		int page = sqlite3_column_int(rows, 0);

		assert_true(page > 0 && page < MOST_PAGES);
		(void)snprintf(
			owner[page], OWNER_SIZE, "%s", (const char *)sqlite3_column_text(rows, 1));
	}
	assert_int_equal(sqlite3_finalize(rows), SQLITE_OK);
}

void life_make(struct life *life, const char *name)
{
	struct store *store;

	store_made(name);
	for (int i = 0; i < MOMENTS; i++) {
		store = store_below();
		assert_int_equal(store_try(store, name), DB_OK);
		slot_pass(store);
		moment_live(store, i, life);
		life->live[i] = files_load(name);
		owners_find(store, life->owner[i]);
		if (i == MOMENTS - 1) {
			const uint8_t other_id[FILE_ID_BYTES] = { 5 };

			assert_int_equal(digest_all(store, &life->digest), DB_OK);
			life->keys = keys_new(store->master, vault_file_id(store->vault));
			life->other_keys = keys_new(store->master, other_id);
		}
		store_free(store);
		life->closed[i] = files_load(name);
		assert_null(life->closed[i].log.at);
	}
}

void life_done(struct life *life)
{
	for (int i = 0; i < MOMENTS; i++) {
		files_clear(&life->live[i]);
		files_clear(&life->closed[i]);
	}
	keys_free(life->keys);
	keys_free(life->other_keys);
}

static void put(const char *end, struct bytes bytes)
{
	char name[64];

	(void)snprintf(name, sizeof(name), "x.tdk%s", end);
	(void)unlink(store_rig_path(name));
	if (bytes.at)
		file_save(store_rig_path(name), bytes);
}

static void files_put(const struct files *files)
{
	put("", files->store);
	put("-head", files->head);
	put("-wal", files->log);
	put("-shm", (struct bytes) { NULL, 0 });
}

static void say(struct told *told, const char *words)
{
	size_t used = strlen(told->words);

	(void)snprintf(told->words + used, sizeof(told->words) - used, "%s\n", words);
}

static size_t findings_say(struct check *check, struct told *told)
{
	for (size_t i = 0; i < check->count; i++)
		say(told, check->findings[i].what);
	mem_free(check->findings);
	return check->problems;
}

static int64_t receipts_there(struct store *store)
{
	sqlite3_stmt *rows = NULL;
	int64_t count = 0;

	if (sqlite3_prepare_v2(store->db, "SELECT max(id) FROM requests", -1, &rows, NULL) ==
			SQLITE_OK &&
		sqlite3_step(rows) == SQLITE_ROW)
		count = sqlite3_column_int64(rows, 0);
	(void)sqlite3_finalize(rows);
	return count;
}

/* Files, tables, and the words of each receipt. */
static bool store_check(struct store *store, struct told *told)
{
	struct check check = { .store = store };
	struct words_check *words = NULL;
	struct words text;
	int64_t wrong = 0, first = 0, receipts = receipts_there(store);

	assert_int_equal(check_files(&check), DB_OK);
	assert_int_equal(check_tables(&check), DB_OK);
	assert_int_equal(store_read_begin(store), DB_OK);
	if (check.problems == 0 && !check.words_fault && words_check_new(store, &words) == DB_OK) {
		for (int64_t id = 1; id <= receipts; id++)
			assert_int_equal(words_check_put(words, id, words_of(id, &text)), DB_OK);
		assert_int_equal(words_check_end(words, &wrong, &first), DB_OK);
	}
	words_check_free(words);
	store_read_end(store);
	if (wrong > 0 || check.words_fault)
		say(told, "the index of words has other words");
	return findings_say(&check, told) == 0 && wrong == 0 && !check.words_fault;
}

static bool trail_holds(struct store *store, const struct checkpoint *against, struct told *told)
{
	const struct trail_asked asked = { .against = against };
	struct trail_verdict verdict = { 0 };
	enum db_status status = trail_verify_asked(store, &asked, &verdict);

	if (status != DB_OK)
		say(told, store_message(store));
	for (size_t i = 0; i < verdict.problem_count; i++)
		say(told, verdict.problems[i].what);
	mem_free(verdict.problems);
	return status == DB_OK && verdict.problem_count == 0;
}

/* Is every receipt found by each of its words? */
static bool all_are_found(struct store *store)
{
	const int64_t receipts = receipts_there(store);
	sqlite3_stmt *search = NULL;
	int64_t found = 0;

	if (sqlite3_prepare_v2(store->db,
		    "SELECT 1 FROM request_words WHERE request_words MATCH ?1 AND rowid = ?2", -1,
		    &search, NULL) != SQLITE_OK)
		return false;
	for (int64_t id = 1; id <= receipts; id++) {
		struct words words;
		char *rest = NULL;

		(void)words_of(id, &words);
		for (char *word = strtok_r(words.other, " ", &rest); word;
			word = strtok_r(NULL, " ", &rest)) {
			(void)sqlite3_bind_text(search, 1, word, -1, SQLITE_TRANSIENT);
			(void)sqlite3_bind_int64(search, 2, id);
			found += sqlite3_step(search) == SQLITE_ROW;
			(void)sqlite3_reset(search);
		}
	}
	(void)sqlite3_finalize(search);
	return found == receipts * WORDS;
}

static enum stage stage_of(struct store *store, const struct life *life, struct told *told)
{
	uint64_t digest;
	enum db_status status = store_try(store, "x.tdk");

	if (status == DB_OK && *store_warning(store) != '\0')
		say(told, store_warning(store));
	if (status != DB_OK) {
		say(told, store_message(store));
		return STAGE_OPEN;
	}
	if (digest_all(store, &digest) != DB_OK) {
		say(told, store_message(store));
		return STAGE_READ;
	}
	if (!store_check(store, told))
		return STAGE_CHECK;
	if (!trail_holds(store, &life->checkpoint, told))
		return trail_holds(store, NULL, told) ? STAGE_AGAINST : STAGE_VERIFY;
	if (digest != life->digest || !all_are_found(store))
		return STAGE_NEVER;
	return told->words[0] != '\0' ? STAGE_WARNED : STAGE_NONE;
}

void files_ask(const struct files *files, const struct life *life, struct told *out_told)
{
	struct store *store = store_below();

	out_told->words[0] = '\0';
	files_put(files);
	out_told->stage = stage_of(store, life, out_told);
	store_free(store);
}

size_t files_check(const struct files *files, char *out_words, size_t size)
{
	struct secret *password = password_of("correct horse battery");
	struct store *store = store_below();
	struct check check = { .store = store };
	struct told told = { .words = "" };
	size_t problems;

	files_put(files);
	assert_int_equal(store_open(store, store_rig_path("x.tdk")), DB_OK);
	assert_int_equal(store_unlock_files(store, "ada", password, 1600000000), DB_OK);
	assert_int_equal(check_files(&check), DB_OK);
	problems = findings_say(&check, &told);
	(void)snprintf(out_words, size, "%s", told.words);
	secret_free(password);
	store_free(store);
	return problems;
}
