/*
 * Submissions to the batch service.
 */
#include "db/submissions.h"

#include <string.h>

#include "db/references.h"
#include "db/statement.h"

#define SUBMISSION_COLUMNS                                                                      \
	"SELECT id, reference, received, completed, organisation, contact_email, note, reason," \
	" status, transactions, single_match FROM submissions"

enum {
	SUBMISSION_INSERT,
	SUBMISSION_UPDATE,
	SUBMISSION_LOAD,
	SUBMISSION_HAS,
	SUBMISSION_NEWEST,
	SUBMISSION_OLDER,
	SUBMISSION_COUNT,
	SUBMISSION_FIGURES,
	SUBMISSION_FIRST_MONTH,
	SUBMISSION_STATEMENTS
};

static const char *const submission_sql[SUBMISSION_STATEMENTS] = {
	[SUBMISSION_INSERT] =
		"INSERT INTO submissions(reference, received, completed, organisation,"
		" contact_email, note, reason, status, transactions, single_match)"
		" VALUES(:reference, :received, :completed, :organisation, :contact_email, :note,"
		" :reason, :status, :transactions, :single_match)",
	[SUBMISSION_UPDATE] =
		"UPDATE submissions SET received = :received, completed = :completed,"
		" organisation = :organisation, contact_email = :contact_email, note = :note,"
		" reason = :reason, status = :status, transactions = :transactions,"
		" single_match = :single_match WHERE id = :id",
	[SUBMISSION_LOAD] = SUBMISSION_COLUMNS " WHERE reference = :reference",
	[SUBMISSION_HAS] = "SELECT 1 AS found FROM submissions WHERE reference = :reference",
	[SUBMISSION_NEWEST] = SUBMISSION_COLUMNS " ORDER BY received DESC, id DESC LIMIT :limit",
	[SUBMISSION_OLDER] = SUBMISSION_COLUMNS " WHERE (received, id) < (:received, :id)"
						" ORDER BY received DESC, id DESC LIMIT :limit",
	[SUBMISSION_COUNT] = "SELECT count(*) AS count FROM submissions",
	/* Received counts by the day received, the rest by the day completed (interface section
	   6). */
	[SUBMISSION_FIGURES] =
		"SELECT month, sum(received) AS received, sum(rejected) AS rejected,"
		" sum(withdrawn) AS withdrawn, sum(processed) AS processed,"
		" sum(transactions) AS transactions, sum(single_match) AS single_match FROM ("
		"SELECT substr(received, 1, 7) AS month, 1 AS received, 0 AS rejected,"
		" 0 AS withdrawn, 0 AS processed, 0 AS transactions, 0 AS single_match"
		" FROM submissions UNION ALL "
		"SELECT substr(completed, 1, 7), 0, status = 2, status = 3, status = 4,"
		" iif(status = 4, transactions, 0), iif(status = 4, single_match, 0)"
		" FROM submissions WHERE completed <> '')"
		" WHERE month BETWEEN :first AND :last GROUP BY month ORDER BY month",
	[SUBMISSION_FIRST_MONTH] =
		"SELECT coalesce(min(substr(received, 1, 7)), '') AS month FROM submissions",
};
static const struct statement_file submissions = { FILE_SUBMISSIONS, submission_sql,
	SUBMISSION_STATEMENTS };
_Static_assert(SUBMISSION_REJECTED == 2 && SUBMISSION_WITHDRAWN == 3 && SUBMISSION_PROCESSED == 4,
	"the numbers of the figures' statement");

/* What both statements that write a row bind. */
static void row_bind(struct statement *statement, const struct submission *submission)
{
	statement_bind_text(statement, ":received", submission->received);
	statement_bind_text(statement, ":completed", submission->completed);
	statement_bind_text(statement, ":organisation", submission->organisation);
	statement_bind_text(statement, ":contact_email", submission->contact_email);
	statement_bind_text(statement, ":note", submission->note);
	statement_bind_text(statement, ":reason", submission->reason);
	statement_bind_number(statement, ":status", submission->status);
	statement_bind_number(statement, ":transactions", submission->transactions);
	statement_bind_number(statement, ":single_match", submission->single_match);
}

static enum db_status row_insert(struct store *store, struct submission *submission)
{
	struct statement *statement = statement_use(store, &submissions, SUBMISSION_INSERT);
	enum db_status status;

	statement_bind_text(statement, ":reference", submission->reference);
	row_bind(statement, submission);
	status = statement_run(statement);
	if (status == DB_OK)
		submission->id = sqlite3_last_insert_rowid(store->db);
	return status;
}

enum db_status submissions_update(struct store *store, const struct submission *submission)
{
	struct statement *statement = statement_use(store, &submissions, SUBMISSION_UPDATE);

	statement_bind_number(statement, ":id", submission->id);
	row_bind(statement, submission);
	return statement_run(statement);
}

enum db_status submissions_insert(struct store *store, struct submission *submission)
{
	enum db_status status;

	if (*submission->reference)
		return row_insert(store, submission);
	do {
		status = reference_next(store, "DB", submission->received, submission->reference);
		if (status == DB_OK)
			status = row_insert(store, submission);
	} while (status == DB_REFUSED);
	return status;
}

static void row_read(struct statement *statement, struct submission *submission)
{
	submission_init(submission);
	submission->id = statement_number(statement, "id");
	statement_copy(statement, "reference", submission->reference, REFERENCE_SIZE);
	statement_copy(statement, "received", submission->received, DAY_SIZE);
	statement_copy(statement, "completed", submission->completed, DAY_SIZE);
	statement_copy(statement, "reason", submission->reason, CODE_SIZE);
	record_set(&submission->organisation, statement_text(statement, "organisation"));
	record_set(&submission->contact_email, statement_text(statement, "contact_email"));
	record_set(&submission->note, statement_text(statement, "note"));
	submission->status = (enum submission_status)statement_number(statement, "status");
	submission->transactions = statement_number(statement, "transactions");
	submission->single_match = statement_number(statement, "single_match");
}

enum db_status submissions_load(
	struct store *store, const char *reference, struct submission *out_submission)
{
	struct statement *statement = statement_use(store, &submissions, SUBMISSION_LOAD);
	enum db_status status;

	statement_bind_text(statement, ":reference", reference);
	status = statement_step(statement);
	if (status == DB_OK)
		row_read(statement, out_submission);
	statement_done(statement);
	return status == DB_NONE
		       ? store_fail(store, DB_NONE, "there is no submission with that reference")
		       : status;
}

enum db_status submissions_has(struct store *store, const char *reference)
{
	struct statement *statement = statement_use(store, &submissions, SUBMISSION_HAS);
	enum db_status status;

	statement_bind_text(statement, ":reference", reference);
	status = statement_step(statement);
	statement_done(statement);
	return status;
}

enum db_status submissions_page(struct store *store, const struct submission *after,
	struct submission *rows, size_t limit, size_t *out_count)
{
	struct statement *statement =
		statement_use(store, &submissions, after ? SUBMISSION_OLDER : SUBMISSION_NEWEST);
	enum db_status status = DB_NONE;

	*out_count = 0;
	if (after) {
		statement_bind_text(statement, ":received", after->received);
		statement_bind_number(statement, ":id", after->id);
	}
	statement_bind_number(statement, ":limit", (int64_t)limit);
	while (*out_count < limit && (status = statement_step(statement)) == DB_OK)
		row_read(statement, &rows[(*out_count)++]);
	statement_done(statement);
	if (status == DB_OK || status == DB_NONE)
		return DB_OK;
	while (*out_count > 0)
		submission_clear(&rows[--*out_count]);
	return status;
}

enum db_status submissions_count(struct store *store, int64_t *out_count)
{
	return statement_one_number(store, &submissions, SUBMISSION_COUNT, out_count);
}

static void figures_read(struct statement *statement, struct submission_count *count)
{
	statement_copy(statement, "month", count->month, sizeof(count->month));
	count->received = statement_number(statement, "received");
	count->rejected = statement_number(statement, "rejected");
	count->withdrawn = statement_number(statement, "withdrawn");
	count->processed = statement_number(statement, "processed");
	count->transactions = statement_number(statement, "transactions");
	count->single_match = statement_number(statement, "single_match");
}

enum db_status submissions_figures(struct store *store, const char *first, const char *last,
	struct submission_count **out_counts, size_t *out_count)
{
	struct statement *statement = statement_use(store, &submissions, SUBMISSION_FIGURES);
	struct submission_count *counts = NULL;
	size_t count = 0, size = sizeof(*counts);
	enum db_status status;

	statement_bind_text(statement, ":first", first);
	statement_bind_text(statement, ":last", last);
	while ((status = statement_step(statement)) == DB_OK) {
		counts = mem_resize(counts, count * size, (count + 1) * size);
		figures_read(statement, &counts[count++]);
	}
	statement_done(statement);
	if (status != DB_NONE) {
		mem_free(counts);
		return status;
	}
	*out_counts = counts;
	*out_count = count;
	return DB_OK;
}

enum db_status submissions_first_month(struct store *store, char out_month[8])
{
	return statement_one_text(store, &submissions, SUBMISSION_FIRST_MONTH, out_month, 8);
}
