/*
 * Lists of receipts. Every page is read by key from an index in its order, so
 * that a page costs the same wherever it stands. The texts are fixed: a filter
 * only fills parameters, and one that is not asked is empty.
 */
#include "db/request_lists.h"

#include <stdio.h>
#include <string.h>

#include "db/schema.h"
#include "db/statement.h"

#define COLUMNS                                                                               \
	"SELECT r.id AS id, r.reference AS reference, r.received AS received,"                \
	" r.decided AS decided, r.needed_by AS needed_by, r.service AS service,"              \
	" r.organisation AS organisation, r.state AS state, r.imported AS imported,"          \
	" r.flagged AS flagged, r.correcting AS correcting, r.safeguarding AS safeguarding, " \
	"r.waits AS waits, r.to_send AS to_send,"                                             \
	" coalesce(p.name, '') AS assigned_to, coalesce(s.subject_surname, '') AS surname,"   \
	" coalesce(s.subject_forenames, '') AS forenames,"                                    \
	" (SELECT count(*) FROM subjects WHERE request = r.id) AS subjects"
#define PERSON " LEFT JOIN people p ON p.id = r.assigned_to"
#define JOINS  PERSON " LEFT JOIN subjects s ON s.request = r.id AND s.position = 1"
#define ROWS   COLUMNS " FROM requests r" JOINS
/* By the index of words, whose order is that of the receipts' ids. */
#define BY_WORDS " FROM request_words w CROSS JOIN requests r ON r.id = w.rowid"
#define FOUND	 COLUMNS BY_WORDS JOINS

/* clang-format off */

/* A word and its negation: W(constant, parameter, condition that holds when it matches). */
#define WORD_CONDITIONS(W) \
	W(FILTER_STATE, state, "instr(:is_state, ';' || r.state || ';') > 0", \
		"instr(:not_state, ';' || r.state || ';') > 0") \
	W(FILTER_SERVICE, service, "instr(:is_service, ';' || r.service || ';') > 0", \
		"instr(:not_service, ';' || r.service || ';') > 0") \
	W(FILTER_ORGANISATION, organisation, "lower(r.organisation) = :is_organisation", \
		"lower(r.organisation) = :not_organisation") \
	W(FILTER_REASON, reason, "instr(';' || " REASONS_SEEN " || ';', ';' || :is_reason || ';') > 0", \
		"instr(';' || " REASONS_SEEN " || ';', ';' || :not_reason || ';') > 0") \
	W(FILTER_ASSIGNED, assigned, "coalesce(p.name, 'none') = :is_assigned", \
		"coalesce(p.name, 'none') = :not_assigned") \
	W(FILTER_REFERENCE, reference, "r.reference = :is_reference", \
		"r.reference = :not_reference") \
	W(FILTER_NHS, nhs, SEEN " AND EXISTS (SELECT 1 FROM subjects WHERE request = r.id" \
		" AND nhs_number = :is_nhs)", SEEN " AND EXISTS (SELECT 1 FROM subjects" \
		" WHERE request = r.id AND nhs_number = :not_nhs)") \
	W(FILTER_BORN, born, SEEN " AND EXISTS (SELECT 1 FROM subjects WHERE request = r.id" \
		" AND subject_dob = :is_born)", SEEN " AND EXISTS (SELECT 1 FROM subjects" \
		" WHERE request = r.id AND subject_dob = :not_born)") \
	W(FILTER_OPEN, open, "r.state < 11", "r.state < 11") \
	W(FILTER_DECIDED, decided, "r.state >= 11", "r.state >= 11") \
	W(FILTER_FLAGGED, flagged, "r.flagged = 1", "r.flagged = 1") \
	W(FILTER_UNSENT, unsent, "r.to_send = 1", "r.to_send = 1") \
	W(FILTER_IMPORTED, imported, "r.imported = 1", "r.imported = 1") \
	W(FILTER_OVERDUE, overdue, "r.state < 11", "r.state < 0")

/* clang-format on */

#define SEEN "(r.flagged = 0 OR :sees_flagged = 1 OR coalesce(p.name, '') = :person)"
/* That it was the Caldicott Guardian who withheld is for those who may open the receipt. */
#define REASONS_SEEN \
	"iif(" SEEN  \
	", r.reasons, replace(r.reasons, 'guardian_withheld', 'not_in_public_interest'))"
#define WORD_SQL(constant, word, holds, fails) \
	" AND (:is_" #word " = '' OR (" holds ")) AND (:not_" #word " = '' OR NOT (" fails "))"
/* A run of days and its negation; the last day is given whenever the first is. */
#define RANGE_SQL(day)                                                                    \
	"(:" #day "_from = '' OR r." #day " BETWEEN :" #day "_from AND :" #day "_to)"     \
	" AND (:not_" #day "_from = '' OR r." #day " NOT BETWEEN :not_" #day "_from AND " \
	":not_" #day "_to)"
#define NOT_WORDS                                                               \
	" AND (:not_words = '' OR NOT (" SEEN " AND r.id IN (SELECT rowid FROM" \
	" request_words WHERE request_words MATCH :not_words)))"
#define FILTERED \
	" WHERE " RANGE_SQL(received) " AND " RANGE_SQL(decided) WORD_CONDITIONS(WORD_SQL) NOT_WORDS
#define MATCHED		 FILTERED " AND " SEEN " AND w.request_words MATCH :words"
#define BY_ID_DOWN	 " ORDER BY w.rowid DESC LIMIT :limit"
#define BY_ID_UP	 " ORDER BY w.rowid LIMIT :limit"
#define BY_RECEIVED_DOWN " ORDER BY r.received DESC, r.id DESC LIMIT :limit"
#define BY_RECEIVED_UP	 " ORDER BY r.received, r.id LIMIT :limit"

#define TALLY_SQL(constant, column, title, codes, where) ", " where " AS " #column
#define TALLY_SELECT                                                                          \
	"SELECT r.reference AS reference, r.received AS day_received,"                        \
	" r.decided AS day_decided, r.service AS of_service, r.waits AS waits" TALLY_COLUMNS( \
		TALLY_SQL)

/* The four pages of a list: its start, its end, after a key, before a key. */
enum { PAGE_START, PAGE_END, PAGE_AFTER, PAGE_BEFORE, PAGES };

/* An expression's index is entered by key >= :key alone. */
#define QUEUE_BEYOND(key, than) " AND " key than "= :key AND (" key ", r.id)" than " (:key, :id)"
#define QUEUE_SQL(queue, where, key, up, after, down, before)                                   \
	[QUEUE_AT(queue) + PAGE_START] =                                                        \
		ROWS " WHERE " where " ORDER BY " key up ", r.id" up " LIMIT :limit",           \
			   [QUEUE_AT(queue) + PAGE_END] = ROWS                                  \
			   " WHERE " where " ORDER BY " key down ", r.id" down " LIMIT :limit", \
			   [QUEUE_AT(queue) + PAGE_AFTER] = ROWS " WHERE " where QUEUE_BEYOND(  \
				   key, after) " ORDER BY " key up ", r.id" up " LIMIT :limit", \
			   [QUEUE_AT(queue) + PAGE_BEFORE] = ROWS " WHERE " where QUEUE_BEYOND( \
				   key, before) " ORDER BY " key down ", r.id" down             \
						" LIMIT :limit",
#define PRESSING_FIRST(queue, where) QUEUE_SQL(queue, where, QUEUE_KEY, "", " >", " DESC", " <")
#define NEWEST_FIRST(queue, where)   QUEUE_SQL(queue, where, "r.decided", " DESC", " <", "", " >")

#define QUEUE_AT(queue) (LIST_QUEUES + ((int)(queue)-1) * PAGES)

enum {
	LIST_ALL,
	LIST_FILTERED = LIST_ALL + PAGES,
	LIST_FOUND = LIST_FILTERED + PAGES,
	LIST_QUEUES = LIST_FOUND + PAGES,
	LIST_COUNTS = LIST_QUEUES + PAGES * (QUEUE_COUNTS - 1),
	LIST_TALLY,
	LIST_TALLY_FOUND,
	LIST_ONE,
	LIST_STATEMENTS
};

static const char *const list_sql[LIST_STATEMENTS] = {
	[LIST_ALL + PAGE_START] = ROWS BY_RECEIVED_DOWN,
	[LIST_ALL + PAGE_END] = ROWS BY_RECEIVED_UP,
	[LIST_ALL + PAGE_AFTER] =
		ROWS " WHERE (r.received, r.id) < (:received, :id)" BY_RECEIVED_DOWN,
	[LIST_ALL + PAGE_BEFORE] =
		ROWS " WHERE (r.received, r.id) > (:received, :id)" BY_RECEIVED_UP,
	[LIST_FILTERED + PAGE_START] = ROWS FILTERED BY_RECEIVED_DOWN,
	[LIST_FILTERED + PAGE_END] = ROWS FILTERED BY_RECEIVED_UP,
	[LIST_FILTERED + PAGE_AFTER] =
		ROWS FILTERED " AND (r.received, r.id) < (:received, :id)" BY_RECEIVED_DOWN,
	[LIST_FILTERED + PAGE_BEFORE] =
		ROWS FILTERED " AND (r.received, r.id) > (:received, :id)" BY_RECEIVED_UP,
	[LIST_FOUND + PAGE_START] = FOUND MATCHED BY_ID_DOWN,
	[LIST_FOUND + PAGE_END] = FOUND MATCHED BY_ID_UP,
	[LIST_FOUND + PAGE_AFTER] = FOUND MATCHED " AND w.rowid < :id" BY_ID_DOWN,
	[LIST_FOUND + PAGE_BEFORE] = FOUND MATCHED " AND w.rowid > :id" BY_ID_UP,
	/* clang-format off */
	PRESSING_FIRST(QUEUE_MINE, "r.assigned_to = :mine AND r.state < 11")
	PRESSING_FIRST(QUEUE_UNASSIGNED, "r.assigned_to IS NULL AND r.state IN (1, 2, 3, 6)")
	PRESSING_FIRST(QUEUE_WAITING, "r.state = 4")
	PRESSING_FIRST(QUEUE_REVIEW, "(r.state IN (5, 9, 10) OR r.correcting = 1)")
	PRESSING_FIRST(QUEUE_RELEASES, "r.state IN (7, 8)")
	PRESSING_FIRST(QUEUE_TO_SEND, "r.to_send = 1")
	NEWEST_FIRST(QUEUE_CLOSED, "r.state >= 11")
		/* clang-format on */
		[LIST_COUNTS] =
			"SELECT state, assigned_to, correcting, to_send, count FROM state_counts",
	[LIST_TALLY] = TALLY_SELECT " FROM requests r" PERSON FILTERED,
	[LIST_TALLY_FOUND] = TALLY_SELECT BY_WORDS PERSON MATCHED,
	[LIST_ONE] = ROWS " WHERE r.reference = :reference LIMIT :limit",
};
static const struct statement_file lists = { FILE_REQUEST_LISTS, list_sql, LIST_STATEMENTS };
_Static_assert(STATE_RECEIVED == 1 && STATE_IN_TRIAGE == 2 && STATE_HELD == 3 &&
		       STATE_ACCEPTED == 6 && STATE_AWAITING_INFORMATION == 4 &&
		       STATE_EXCEPTION_PROPOSED == 5 && STATE_GUARDIAN_PENDING == 7 &&
		       STATE_RELEASE_PROPOSED == 8 && STATE_REJECTION_PROPOSED == 9 &&
		       STATE_WITHDRAWAL_PROPOSED == 10 && STATE_REJECTED == 11 &&
		       STATE_WITHDRAWN == 14,
	"the numbers of the queues' statements");

#define WORD_PARAMETERS(constant, word, holds, fails) [constant] = { ":is_" #word, ":not_" #word },
static const char *const word_parameters[FILTER_WORDS][2] = { WORD_CONDITIONS(WORD_PARAMETERS) };

static void range_bind(struct statement *statement, const char *from, const char *to,
	const struct day_range *range)
{
	statement_bind_text(statement, from, range->from);
	statement_bind_text(statement, to, range->to);
}

static void filter_bind(struct statement *statement, const struct request_filter *filter)
{
	for (int i = 0; i < FILTER_WORDS; i++) {
		statement_bind_text(statement, word_parameters[i][0], filter->is[i]);
		statement_bind_text(statement, word_parameters[i][1], filter->is_not[i]);
	}
	range_bind(statement, ":received_from", ":received_to", &filter->received);
	range_bind(statement, ":decided_from", ":decided_to", &filter->decided);
	range_bind(statement, ":not_received_from", ":not_received_to", &filter->not_received);
	range_bind(statement, ":not_decided_from", ":not_decided_to", &filter->not_decided);
	if (filter->words)
		statement_bind_text(statement, ":words", filter->words);
	statement_bind_text(statement, ":not_words", filter->not_words);
	statement_bind_number(statement, ":sees_flagged", filter->sees_flagged);
	statement_bind_text(statement, ":person", filter->person);
}

static void row_read(struct statement *statement, struct request_row *row)
{
	row->id = statement_number(statement, "id");
	row->subjects = (int)statement_number(statement, "subjects");
	row->state = (enum request_state)statement_number(statement, "state");
	row->imported = statement_number(statement, "imported") != 0;
	row->flagged = statement_number(statement, "flagged") != 0;
	row->correcting = statement_number(statement, "correcting") != 0;
	row->to_send = statement_number(statement, "to_send") != 0;
	row->safeguarding = strcmp(statement_text(statement, "safeguarding"), "yes") == 0;
	statement_copy(statement, "reference", row->reference, sizeof(row->reference));
	statement_copy(statement, "received", row->received, sizeof(row->received));
	statement_copy(statement, "decided", row->decided, sizeof(row->decided));
	statement_copy(statement, "needed_by", row->needed_by, sizeof(row->needed_by));
	statement_copy(statement, "service", row->service, sizeof(row->service));
	statement_copy(statement, "assigned_to", row->assigned_to, sizeof(row->assigned_to));
	row->organisation = mem_text(statement_text(statement, "organisation"));
	row->surname = mem_text(statement_text(statement, "surname"));
	row->forenames = mem_text(statement_text(statement, "forenames"));
	row->waits = mem_text(statement_text(statement, "waits"));
}

static void rows_turn(struct request_row *rows, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		struct request_row row = rows[i];

		rows[i] = rows[count - 1 - i];
		rows[count - 1 - i] = row;
	}
}

static int page_of(bool backwards, bool from_end)
{
	if (from_end)
		return backwards ? PAGE_END : PAGE_START;
	return backwards ? PAGE_BEFORE : PAGE_AFTER;
}

/* Reads the page of a statement with everything bound; gives the statement back. */
static enum db_status rows_read(
	struct statement *statement, struct request_row *rows, size_t limit, size_t *out_count)
{
	enum db_status status = DB_NONE;

	*out_count = 0;
	statement_bind_number(statement, ":limit", (int64_t)limit);
	while (*out_count < limit && (status = statement_step(statement)) == DB_OK)
		row_read(statement, &rows[(*out_count)++]);
	statement_done(statement);
	if (status == DB_OK || status == DB_NONE)
		return DB_OK;
	request_rows_clear(rows, *out_count);
	*out_count = 0;
	return status;
}

enum db_status requests_page(struct store *store, const struct requests_page *page,
	struct request_row *out_rows, size_t *out_count)
{
	bool is_found = page->filter && page->filter->words;
	int list = page->filter ? LIST_FILTERED : LIST_ALL;
	int which = page_of(page->backwards, !*page->received) + (is_found ? LIST_FOUND : list);
	struct statement *statement = statement_use(store, &lists, which);
	enum db_status status;

	*out_count = 0;
	if (page->filter)
		filter_bind(statement, page->filter);
	if (*page->received) {
		if (!is_found)
			statement_bind_text(statement, ":received", page->received);
		statement_bind_number(statement, ":id", page->id);
	}
	status = rows_read(statement, out_rows, page->limit, out_count);
	if (page->backwards)
		rows_turn(out_rows, *out_count);
	return status;
}

enum db_status requests_row(struct store *store, const char *reference, struct request_row *out_row)
{
	struct statement *statement = statement_use(store, &lists, LIST_ONE);
	size_t count = 0;
	enum db_status status;

	statement_bind_text(statement, ":reference", reference);
	status = rows_read(statement, out_row, 1, &count);
	return status == DB_OK && count == 0 ? DB_NONE : status;
}

enum { KEY_SIZE = 2 + 2 * DAY_SIZE };

/* What the order of the queue says of a row: QUEUE_KEY. */
static void key_make(enum queue queue, const struct request_row *row, char out_key[KEY_SIZE])
{
	if (queue == QUEUE_CLOSED)
		(void)snprintf(out_key, KEY_SIZE, "%s", row->decided);
	else if (row->safeguarding)
		(void)snprintf(out_key, KEY_SIZE, "0%s", row->received);
	else if (strcmp(row->needed_by, "0") > 0)
		(void)snprintf(out_key, KEY_SIZE, "1%s%s", row->needed_by, row->received);
	else
		(void)snprintf(out_key, KEY_SIZE, "2%s", row->received);
}

enum db_status queue_page(struct store *store, const struct queue_page *page,
	struct request_row *out_rows, size_t *out_count)
{
	int which = QUEUE_AT(page->queue) + page_of(page->backwards, !page->after);
	struct statement *statement = statement_use(store, &lists, which);
	char key[KEY_SIZE];
	enum db_status status;

	*out_count = 0;
	if (page->queue == QUEUE_MINE)
		statement_bind_number(statement, ":mine", page->person);
	if (page->after) {
		key_make(page->queue, page->after, key);
		statement_bind_text(statement, ":key", key);
		statement_bind_number(statement, ":id", page->after->id);
	}
	status = rows_read(statement, out_rows, page->limit, out_count);
	if (page->backwards)
		rows_turn(out_rows, *out_count);
	return status;
}

/* Which queue each state's receipts stand in, besides a person's own. */
static const enum queue state_queues[STATE_WITHDRAWN + 1] = {
	[STATE_AWAITING_INFORMATION] = QUEUE_WAITING,
	[STATE_EXCEPTION_PROPOSED] = QUEUE_REVIEW,
	[STATE_REJECTION_PROPOSED] = QUEUE_REVIEW,
	[STATE_WITHDRAWAL_PROPOSED] = QUEUE_REVIEW,
	[STATE_GUARDIAN_PENDING] = QUEUE_RELEASES,
	[STATE_RELEASE_PROPOSED] = QUEUE_RELEASES,
	[STATE_REJECTED] = QUEUE_CLOSED,
	[STATE_APPROVED_TRACE] = QUEUE_CLOSED,
	[STATE_APPROVED_NO_TRACE] = QUEUE_CLOSED,
	[STATE_WITHDRAWN] = QUEUE_CLOSED,
};

enum db_status queue_counts(struct store *store, int64_t person, int64_t out_counts[QUEUE_COUNTS])
{
	struct statement *statement = statement_use(store, &lists, LIST_COUNTS);
	enum db_status status;

	memset(out_counts, 0, QUEUE_COUNTS * sizeof(*out_counts));
	while ((status = statement_step(statement)) == DB_OK) {
		int64_t state = statement_number(statement, "state");
		int64_t assigned = statement_number(statement, "assigned_to");
		int64_t count = statement_number(statement, "count");

		if (statement_number(statement, "to_send") != 0)
			out_counts[QUEUE_TO_SEND] += count;
		if (statement_number(statement, "correcting") != 0)
			out_counts[QUEUE_REVIEW] += count;
		if (state > 0 && state < STATE_REJECTED && !state_queues[state] && assigned == 0)
			out_counts[QUEUE_UNASSIGNED] += count;
		if (state < STATE_REJECTED && assigned == person)
			out_counts[QUEUE_MINE] += count;
		if (state > 0 && state <= STATE_WITHDRAWN && state_queues[state])
			out_counts[state_queues[state]] += count;
	}
	statement_done(statement);
	return status == DB_NONE ? DB_OK : status;
}

#define TALLY_NAME(constant, column, ...) [constant] = #column,
static const char *const tally_names[TALLY_COLUMN_COUNT] = { TALLY_COLUMNS(TALLY_NAME) };

static void tally_row_read(struct statement *statement, struct request_row *row)
{
	statement_copy(statement, "reference", row->reference, sizeof(row->reference));
	statement_copy(statement, "day_received", row->received, sizeof(row->received));
	statement_copy(statement, "day_decided", row->decided, sizeof(row->decided));
	statement_copy(statement, "of_service", row->service, sizeof(row->service));
	record_set(&row->waits, statement_text(statement, "waits"));
}

enum db_status requests_tally(struct store *store, const struct requests_tally *tally)
{
	int which = tally->filter->words ? LIST_TALLY_FOUND : LIST_TALLY;
	struct statement *statement = statement_use(store, &lists, which);
	const char *values[TALLY_COLUMN_COUNT];
	struct request_row row = { 0 };
	enum db_status status;

	filter_bind(statement, tally->filter);
	while ((status = statement_step(statement)) == DB_OK) {
		tally_row_read(statement, &row);
		for (size_t i = 0; i < tally->column_count; i++)
			values[i] = statement_text(statement, tally_names[tally->columns[i]]);
		status = tally->row(tally->with, &row, values);
		if (status != DB_OK)
			break;
	}
	statement_done(statement);
	request_rows_clear(&row, 1);
	return status == DB_NONE ? DB_OK : status;
}
