/*
 * Published figures are right: of random histories the store's figures, what a
 * replay of the exported audit log counts, what the exported receipts count and
 * what was written down while it happened agree; totals add both ways; every
 * revision prints again byte for byte. TRACEDESK_HISTORIES says how many.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/filter.h"
#include "tests/core/must.h"
#include "tests/core/replay.h"

/* What the histories held, all together: nothing of it may be missing. */
static struct {
	size_t receipts, submissions, corrections, revisions, printed, special_days, moments, cells;
} seen;

/* Counting what somebody knows, the plain way. */

static int64_t receipts_of(
	const struct known *known, const char *month, const char *service, int state)
{
	int64_t count = 0;

	for (size_t i = 0; i < known->receipt_count; i++) {
		const struct known_receipt *receipt = &known->receipts[i];

		count += receipt->state == state && strncmp(receipt->decided, month, 7) == 0 &&
			 (!service || strcmp(receipt->service, service) == 0);
	}
	return count;
}

struct batch {
	int64_t received, ended[5], transactions, single;
};

static struct batch batch_of(const struct known *known, const char *month)
{
	struct batch batch = { 0 };

	for (size_t i = 0; i < known->submission_count; i++) {
		const struct known_submission *one = &known->submissions[i];

		batch.received += strncmp(one->received, month, 7) == 0;
		if (!*one->completed || strncmp(one->completed, month, 7) != 0)
			continue;
		batch.ended[one->status]++;
		if (one->status != SUBMISSION_PROCESSED)
			continue;
		batch.transactions += one->transactions;
		batch.single += one->single_match;
	}
	return batch;
}

static void same(const char *who, const char *month, int64_t counted, int64_t shown)
{
	seen.cells++;
	if (counted != shown)
		fail_msg("%s, %s: %lld counted, the figure is %lld", month, who, (long long)counted,
			(long long)shown);
}

/* The figures of a month against what somebody knows; and their totals, both ways. */
static void month_agrees(
	const struct figures_month *month, const struct known *known, const char *who)
{
	static const int states[] = { STATE_REJECTED, STATE_APPROVED_TRACE,
		STATE_APPROVED_NO_TRACE };
	struct batch batch = batch_of(known, month->month);
	int64_t all = 0;

	for (int m = 0; m < 3; m++) {
		int64_t across = 0;

		for (size_t s = 0; s < month->service_count; s++) {
			const struct figures_service *service = &month->services[s];

			same(who, month->month,
				receipts_of(known, month->month, service->code, states[m]),
				service->value[m]);
			across += service->value[m];
		}
		same("across", month->month, across, month->total[m]);
		same(who, month->month, receipts_of(known, month->month, NULL, states[m]), across);
		all += across;
	}
	same("down", month->month, all, month->total[MEASURE_TOTAL]);
	for (size_t s = 0; s < month->service_count; s++)
		same("a service", month->month,
			month->services[s].value[0] + month->services[s].value[1] +
				month->services[s].value[2],
			month->services[s].value[MEASURE_TOTAL]);
	same(who, month->month, batch.received, month->dbsb[DBSB_RECEIVED]);
	same(who, month->month, batch.ended[SUBMISSION_REJECTED], month->dbsb[DBSB_REJECTED]);
	same(who, month->month, batch.ended[SUBMISSION_WITHDRAWN], month->dbsb[DBSB_WITHDRAWN]);
	same(who, month->month, batch.ended[SUBMISSION_PROCESSED], month->dbsb[DBSB_PROCESSED]);
	same(who, month->month, batch.transactions, month->dbsb[DBSB_TRANSACTIONS]);
	same(who, month->month, batch.single, month->dbsb[DBSB_SINGLE]);
	same(who, month->month, batch.transactions - batch.single, month->dbsb[DBSB_UNMATCHED]);
}

static void figures_agree(const struct figures *figures, const struct known *known, const char *who)
{
	for (size_t i = 0; i < figures->month_count; i++)
		month_agrees(&figures->months[i], known, who);
}

/* The exported receipts */

static enum desk_status collect(void *with, const char *bytes, size_t size, struct notice *notice)
{
	(void)notice;
	buffer_add_bytes(with, bytes, size);
	return DESK_OK;
}

/* One cell of RFC 4180 from *at on; false at the end of its row. */
static bool cell_next(const char **at, struct buffer *out)
{
	bool is_quoted = **at == '"';

	buffer_init(out);
	*at += is_quoted;
	while (**at != '\0') {
		if (is_quoted && **at == '"' && (*at)[1] != '"')
			is_quoted = false;
		else if (!is_quoted && (**at == ',' || **at == '\n'))
			break;
		else
			buffer_add_bytes(out, *at, 1);
		*at += **at == '"' && (*at)[1] == '"' && is_quoted ? 2 : 1;
	}
	return *(*at)++ == ',';
}

enum { CSV_REFERENCE, CSV_SERVICE, CSV_OUTCOME, CSV_DECIDED, CSV_COLUMNS };

/* Where the columns stand in the first row. */
static void header_read(const char **at, size_t places[CSV_COLUMNS])
{
	static const char *const names[] = { "reference", "service", "outcome", "decided" };
	struct buffer cell;
	bool is_more = true;

	for (size_t column = 0; is_more; column++) {
		is_more = cell_next(at, &cell);
		for (size_t i = 0; i < CSV_COLUMNS; i++)
			if (strcmp(buffer_text(&cell), names[i]) == 0)
				places[i] = column;
		buffer_done(&cell);
	}
}

static void row_take(const char **at, const size_t places[CSV_COLUMNS], struct known *known)
{
	struct known_receipt receipt = { .state = 0 };
	struct buffer cell;
	char outcome[CODE_SIZE] = "";
	bool is_more = true;

	for (size_t column = 0; is_more; column++) {
		is_more = cell_next(at, &cell);
		if (column == places[CSV_REFERENCE])
			(void)snprintf(receipt.reference, sizeof(receipt.reference), "%s",
				buffer_text(&cell));
		else if (column == places[CSV_SERVICE])
			(void)snprintf(
				receipt.service, sizeof(receipt.service), "%s", buffer_text(&cell));
		else if (column == places[CSV_OUTCOME])
			(void)snprintf(outcome, sizeof(outcome), "%s", buffer_text(&cell));
		else if (column == places[CSV_DECIDED])
			(void)snprintf(
				receipt.decided, sizeof(receipt.decided), "%s", buffer_text(&cell));
		buffer_done(&cell);
	}
	receipt.state = request_state_from(outcome);
	if (*outcome)
		*known_add_receipt(known) = receipt;
}

static void export_read(struct history *history, struct known *known)
{
	struct filter all;
	struct buffer csv;
	const struct desk_export wanted = {
		.filter = &all, .because = "To count it.", .write = collect, .with = &csv
	};
	size_t places[CSV_COLUMNS] = { 0 };
	struct notice notice = { 0 };
	int64_t count;
	const char *at;

	filter_init(&all);
	buffer_init(&csv);
	must(desk_request_export(history->fixture.desk[SAM], &wanted, &count, &notice), &notice);
	at = buffer_text(&csv);
	header_read(&at, places);
	while (*at != '\0')
		row_take(&at, places, known);
	buffer_done(&csv);
	filter_clear(&all);
}

static void submissions_read(struct history *history, struct known *known)
{
	const struct submission_page page = { .limit = 10000 };
	struct submission *rows = NULL;
	struct notice notice = { 0 };
	size_t count;

	must(desk_submissions(history->fixture.desk[SAM], &page, &rows, &count, &notice), &notice);
	for (size_t i = 0; i < count; i++) {
		struct known_submission *one = known_add_submission(known);

		memcpy(one->received, rows[i].received, DAY_SIZE);
		memcpy(one->completed, rows[i].completed, DAY_SIZE);
		one->status = (int)rows[i].status;
		one->transactions = rows[i].transactions;
		one->single_match = rows[i].single_match;
		submission_clear(&rows[i]);
	}
	mem_free(rows);
}

/* The audit log */

static const struct printed *printed_find(
	const struct history *history, const char *month, int64_t revision)
{
	for (size_t i = 0; i < history->printed_count; i++)
		if (strcmp(history->printed[i].month, month) == 0 &&
			history->printed[i].revision == revision)
			return &history->printed[i];
	fail_msg("%s, revision %lld: it was never printed", month, (long long)revision);
	return NULL;
}

/* What the events say was published is what was printed. */
static void published_agree(const struct history *history, const struct replay *replay)
{
	size_t at = 0;

	assert_int_equal(replay->month_count, history->printed_count);
	for (size_t i = 0; i < replay->month_count; i++) {
		const struct replayed_month *month = &replay->months[i];
		const struct printed *printed =
			printed_find(history, month->month, month->revision);
		size_t cells = 0;
		char line[200];

		for (; at < replay->figure_count && replay->figures[at].published == month->id;
			at++, cells++) {
			const struct replayed_figure *figure = &replay->figures[at];

			(void)snprintf(line, sizeof(line), "%s,tracing,%s,%s,%lld\n", month->month,
				figure->measure, figure->service, (long long)figure->value);
			if (*figure->service && !strstr(printed->csv, line))
				fail_msg("published but not printed: %s", line);
		}
		assert_true(cells > 13);
	}
	assert_int_equal(at, replay->figure_count);
}

static void trail_agrees(struct history *history, const struct figures *figures)
{
	struct buffer bytes;
	struct replay replay;
	struct notice notice = { 0 };

	buffer_init(&bytes);
	must(desk_audit_export(history->fixture.desk[SAM], collect, &bytes, &notice), &notice);
	assert_true(replay_read(&replay, (const unsigned char *)bytes.text, bytes.size));
	buffer_done(&bytes);
	figures_agree(figures, &replay.known, "the audit log");
	published_agree(history, &replay);
	seen.moments += replay.moments;
	replay_done(&replay);
}

/* Every revision ever printed, now, after all that came later. */
static void revisions_agree(struct history *history)
{
	for (size_t i = 0; i < history->printed_count; i++) {
		const struct printed *was = &history->printed[i];
		struct printed now = { 0 };

		history_print(history, was->month, was->revision, &now);
		assert_string_equal(now.text, was->text);
		assert_string_equal(now.csv, was->csv);
		assert_string_equal(now.cases, was->cases);
		printed_clear(&now);
	}
}

static void history_agrees(struct history *history, uint64_t seed)
{
	struct desk_figures_wanted wanted = { .is_present = true };
	const struct audit_proof proof = { 0 };
	struct figures *figures = NULL;
	struct audit_result result;
	struct known exported = { 0 };
	struct notice notice = { 0 };
	char period[32];

	history_live(history, seed);
	(void)snprintf(period, sizeof(period), "%s..%s", history->first, history->last);
	wanted.period = period;
	must(desk_figures(history->fixture.desk[SAM], &wanted, &figures, &notice), &notice);
	assert_true(figures->month_count >= 12);
	figures_agree(figures, &history->known, "what happened");
	export_read(history, &exported);
	submissions_read(history, &exported);
	figures_agree(figures, &exported, "the export");
	trail_agrees(history, figures);
	figures_free(figures);
	revisions_agree(history);
	must(desk_audit_verify(history->fixture.desk[SAM], &proof, &result, &notice), &notice);
	mem_free(result.problems);
	seen.receipts += history->known.receipt_count;
	seen.submissions += history->known.submission_count;
	seen.corrections += (size_t)history->corrections;
	seen.revisions += (size_t)history->revisions;
	seen.printed += history->printed_count;
	seen.special_days += (size_t)history->special_days;
	known_clear(&exported);
	history_done(history);
}

static uint64_t histories_wanted(void)
{
	const char *wanted = getenv("TRACEDESK_HISTORIES");

	if (wanted)
		return strtoull(wanted, NULL, 10);
	return getenv("TRACEDESK_TEST_SAMPLE") ? 3 : 16;
}

static void test_histories(void **state)
{
	uint64_t wanted = histories_wanted();
	struct history history = { 0 };

	(void)state;
	for (uint64_t seed = 0; seed < wanted; seed++)
		history_agrees(&history, seed);
	(void)printf("# %llu histories: %zu receipts, %zu submissions, %zu corrections, %zu months"
		     " printed, %zu of them revisions, %zu days at the edges, %zu decisions on"
		     " their day, %zu cells\n",
		(unsigned long long)wanted, seen.receipts, seen.submissions, seen.corrections,
		seen.printed, seen.revisions, seen.special_days, seen.moments, seen.cells);
	assert_true(seen.receipts > 0 && seen.submissions > 0 && seen.corrections > 0 &&
		    seen.revisions > 0 && seen.printed >= 12 && seen.special_days > 0 &&
		    seen.moments > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_histories) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("histories", tests, NULL, NULL);
}
