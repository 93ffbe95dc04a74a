/*
 * Import of a file: all of it or nothing. It is read twice in pieces. The
 * first reading checks every row and hashes the bytes; the second, in one
 * transaction with an event a receipt, stores what it reads, and its hash must
 * be the same. A dry run does it all and rolls back.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/desk_rulebook.h"
#include "core/desk_senders.h"
#include "core/desk_words.h"
#include "core/intake.h"
#include "db/imports.h"
#include "db/requests.h"
#include "db/settings.h"
#include "db/submissions.h"

enum { PIECE = 64 * 1024 };

struct import_run {
	struct desk *desk;
	const struct desk_import *import;
	enum deed deed;
	int fd;
	struct intake_options options;
	char cut_over[DAY_SIZE];
	char closed_to[8];
	bool is_storing;       /* the second reading */
	enum db_status stored; /* of what a record function did */
	struct words_batch words;
	struct rulebook rulebook; /* of the second reading */
	int64_t receipts;
	size_t problem_count;
	struct buffer problems;
	uint8_t hash[STORE_HASH_BYTES];
};

static void problem_add(void *context, int64_t line, const char *column, const char *why)
{
	struct import_run *run = context;

	if (run->problem_count >= INTAKE_MOST_PROBLEMS)
		return;
	run->problem_count++;
	buffer_print(&run->problems, "%s:%lld: %s%s%s\n", run->import->path, (long long)line,
		column, *column != '\0' ? ": " : "", why);
}

/* A reference that is taken makes its row a bad one. */
static void problem_taken(struct import_run *run, int64_t line, const char *reference)
{
	char why[128];

	(void)snprintf(why, sizeof(why), "%s is in the store already; leave it empty or mend it",
		reference);
	problem_add(run, line, "reference", why);
}

/* First reading: is the given reference free? */
static bool row_check(struct import_run *run, int64_t line, const char *reference)
{
	run->receipts++;
	if (reference[0] == '\0')
		return true;
	if (run->deed == DEED_IMPORT_REQUESTS)
		run->stored = requests_has(run->desk->store, reference);
	else
		run->stored = submissions_has(run->desk->store, reference);
	if (run->stored == DB_OK)
		problem_taken(run, line, reference);
	return run->stored == DB_OK || run->stored == DB_NONE;
}

/* Second reading: the event of the row just inserted. A reference twice in the file shows here. */
static bool row_event(
	struct import_run *run, int64_t line, enum event_kind kind, const char *reference)
{
	const struct desk_event event = { .kind = kind, .reference = reference };

	if (run->stored == DB_REFUSED) {
		problem_taken(run, line, reference);
		return true;
	}
	if (run->stored == DB_OK)
		run->stored = desk_event(run->desk, &event);
	return run->stored == DB_OK;
}

static bool request_take(void *context, int64_t line, struct request *request)
{
	struct import_run *run = context;

	if (!run->is_storing)
		return row_check(run, line, request->reference);
	run->stored = desk_request_insert_many(run->desk, &run->words, request);
	if (run->stored == DB_OK)
		run->stored = desk_sender_learn(run->desk, &run->rulebook, request);
	return row_event(run, line, EVENT_REQUEST_IMPORTED, request->reference);
}

static bool submission_take(void *context, int64_t line, struct submission *submission)
{
	struct import_run *run = context;

	if (!run->is_storing)
		return row_check(run, line, submission->reference);
	run->stored = submissions_insert(run->desk->store, submission);
	return row_event(run, line, EVENT_SUBMISSION_IMPORTED, submission->reference);
}

static struct intake *intake_make(struct import_run *run)
{
	if (run->deed == DEED_IMPORT_REQUESTS)
		return intake_requests_new(&run->options, request_take, problem_add, run);
	return intake_submissions_new(&run->options, submission_take, problem_add, run);
}

static enum desk_status file_failed(const struct import_run *run, struct notice *notice)
{
	return notice_set(notice, DESK_IO, "%s: cannot be read: %s; nothing was stored",
		run->import->path, strerror(errno));
}

/* Regular files alone: they can be read twice, and opening one waits for nobody. */
static enum desk_status file_open(struct import_run *run, struct notice *notice)
{
	const char *what = "a device, pipe or socket";
	struct stat info;

	run->fd = open(run->import->path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (run->fd < 0 || fstat(run->fd, &info) != 0)
		return file_failed(run, notice);
	if (S_ISREG(info.st_mode))
		return DESK_OK;
	if (S_ISDIR(info.st_mode))
		what = "a directory";
	return notice_set(
		notice, DESK_IO, "%s: it is %s; give a CSV file", run->import->path, what);
}

static enum desk_status intake_failed(struct import_run *run, const struct intake *intake,
	enum intake_status status, struct notice *notice)
{
	static const enum desk_status statuses[] = {
		[INTAKE_BAD_FILE] = DESK_REFUSED,
		[INTAKE_COLUMNS] = DESK_USAGE,
		[INTAKE_NOT_UTF8] = DESK_IO,
	};

	switch (status) {
	case INTAKE_OK:
	case INTAKE_BAD_ROWS:
		if (run->problem_count == 0)
			return DESK_OK;
		return notice_set(notice, DESK_REFUSED,
			"%s: %s%zu problem%s; nothing was stored: mend the rows and import the "
			"file "
			"again",
			run->import->path,
			run->problem_count < INTAKE_MOST_PROBLEMS ? "" : "the first ",
			run->problem_count, run->problem_count == 1 ? "" : "s");
	case INTAKE_STOPPED:
		return desk_failed(run->desk->store, run->stored, notice);
	case INTAKE_BAD_FILE:
	case INTAKE_COLUMNS:
	case INTAKE_NOT_UTF8:
		break;
	}
	return notice_set(notice, statuses[status], "%s: %s; nothing was stored", run->import->path,
		intake_message(intake));
}

/* Feeds the whole file; DESK_IO when it cannot be read. */
static enum desk_status file_feed(struct import_run *run, struct intake *intake,
	struct import_hash *hash, enum intake_status *out_status)
{
	char *piece = mem_new(PIECE, 1);
	ssize_t got = 1;

	*out_status = INTAKE_OK;
	if (lseek(run->fd, 0, SEEK_SET) != 0)
		got = -1;
	while (got > 0 && *out_status == INTAKE_OK) {
		got = read(run->fd, piece, PIECE);
		if (got < 0 && errno == EINTR) {
			got = 1;
		} else if (got > 0) {
			import_hash_add(hash, piece, (size_t)got);
			*out_status = intake_feed(intake, piece, (size_t)got);
		}
	}
	mem_free(piece);
	if (*out_status == INTAKE_OK && got == 0)
		*out_status = intake_finish(intake);
	return got < 0 ? DESK_IO : DESK_OK;
}

/* One reading of the whole file. */
static enum desk_status file_read(struct import_run *run, uint8_t out_hash[STORE_HASH_BYTES],
	int64_t *out_rows, struct notice *notice)
{
	struct import_hash *hash = import_hash_new();
	struct intake *intake = intake_make(run);
	enum intake_status taken;
	enum desk_status status = file_feed(run, intake, hash, &taken);

	import_hash_finish(hash, out_hash);
	import_hash_free(hash);
	*out_rows = intake_rows(intake);
	if (status == DESK_OK)
		status = intake_failed(run, intake, taken, notice);
	else
		(void)file_failed(run, notice);
	intake_free(intake);
	return status;
}

static enum desk_status taken_before(struct import_run *run, struct notice *notice)
{
	enum db_status stored = imports_has(run->desk->store, run->hash);

	if (stored == DB_NONE)
		return DESK_OK;
	if (stored != DB_OK)
		return desk_failed(run->desk->store, stored, notice);
	return notice_set(notice, DESK_REFUSED,
		"%s: the same bytes were imported before; nothing was stored", run->import->path);
}

static enum db_status file_event(struct import_run *run, int64_t rows)
{
	const char *slash = strrchr(run->import->path, '/');
	const char *what = run->deed == DEED_IMPORT_REQUESTS ? "requests" : "dbsb";
	char count[24];
	const struct event_detail details[] = {
		{ "file", slash ? slash + 1 : run->import->path },
		{ "what", what },
		{ "rows", count },
	};
	const struct desk_event event = { EVENT_FILE_IMPORTED, NULL, details, 3 };
	enum db_status status;

	(void)snprintf(count, sizeof(count), "%lld", (long long)rows);
	status = imports_insert(run->desk->store, run->hash, what, rows);
	return status == DB_OK ? desk_event(run->desk, &event) : status;
}

/* The second reading, inside the transaction. */
static enum desk_status file_store(struct import_run *run, struct notice *notice)
{
	uint8_t hash[STORE_HASH_BYTES];
	int64_t rows = 0;
	enum desk_status status = taken_before(run, notice);

	run->is_storing = true;
	if (status == DESK_OK)
		status = desk_failed(run->desk->store,
			desk_rulebook_load(run->desk->store, 0, true, &run->rulebook), notice);
	if (status == DESK_OK)
		status = file_read(run, hash, &rows, notice);
	if (status == DESK_OK && memcmp(hash, run->hash, sizeof(hash)) != 0)
		status = notice_set(notice, DESK_REFUSED,
			"%s: it changed while it was read; nothing was stored, import it again",
			run->import->path);
	if (status == DESK_OK)
		status = desk_failed(
			run->desk->store, desk_words_flush(run->desk, &run->words), notice);
	if (status == DESK_OK)
		status = desk_failed(run->desk->store, file_event(run, rows), notice);
	desk_words_drop(&run->words);
	desk_rulebook_clear(&run->rulebook);
	return status;
}

/* Up to which day history is taken, and which months are closed. */
static enum desk_status limits_read(struct import_run *run, struct notice *notice)
{
	struct store *store = run->desk->store;
	enum db_status status =
		settings_get(store, "cut_over", run->cut_over, sizeof(run->cut_over));

	if (status == DB_OK)
		status = desk_closed_to(run->desk, run->closed_to);
	run->options = (struct intake_options) {
		.delimiter = run->import->delimiter,
		.dates_dmy = run->import->dates_dmy,
		.charset_cp1252 = run->import->charset_cp1252,
		.today = run->desk->today,
		.cut_over = run->cut_over,
		.closed_to = run->closed_to,
	};
	return desk_failed(store, status, notice);
}

/* The limits are read again: a month may have been closed since the first reading. */
static enum desk_status transaction_run(struct import_run *run, struct notice *notice)
{
	struct store *store = run->desk->store;
	enum desk_status status = desk_failed(store, store_begin(store), notice);

	if (status != DESK_OK)
		return status;
	status = limits_read(run, notice);
	if (status == DESK_OK)
		status = file_store(run, notice);
	if (status == DESK_OK && !run->import->dry_run)
		return desk_failed(store, store_commit(store), notice);
	store_rollback(store);
	return status;
}

static enum desk_status import_file(
	struct import_run *run, struct desk_import_result *result, struct notice *notice)
{
	enum desk_status status = limits_read(run, notice);

	if (status == DESK_OK)
		status = file_open(run, notice);
	if (status == DESK_OK)
		status = file_read(run, run->hash, &result->rows, notice);
	if (status == DESK_OK)
		status = taken_before(run, notice);
	if (status == DESK_OK)
		status = transaction_run(run, notice);
	if (run->fd >= 0)
		(void)close(run->fd);
	result->receipts = run->receipts;
	if (run->problem_count > 0)
		result->problems = buffer_take(&run->problems);
	buffer_done(&run->problems);
	return status;
}

static enum desk_status import_as(enum deed deed, struct desk *desk,
	const struct desk_import *import, struct desk_import_result *result, struct notice *notice)
{
	struct import_run run = { .desk = desk, .import = import, .deed = deed, .fd = -1 };
	enum desk_status status = desk_allow(desk, deed, NULL, notice);

	*result = (struct desk_import_result) { 0 };
	buffer_init(&run.problems);
	return status == DESK_OK ? import_file(&run, result, notice) : status;
}

enum desk_status desk_import_requests(struct desk *desk, const struct desk_import *import,
	struct desk_import_result *out_result, struct notice *out_notice)
{
	return import_as(DEED_IMPORT_REQUESTS, desk, import, out_result, out_notice);
}

enum desk_status desk_import_submissions(struct desk *desk, const struct desk_import *import,
	struct desk_import_result *out_result, struct notice *out_notice)
{
	return import_as(DEED_IMPORT_DBSB, desk, import, out_result, out_notice);
}
