/*
 * Closed months against who tampers with them, the trail that closing looks at
 * first, and who sees what behind a cell.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk_private.h"
#include "db/store_private.h"
#include "tests/core/desk_fixture.h"

static struct desk_fixture fixture;
static char flagged[REFERENCE_SIZE], rejected[REFERENCE_SIZE];

static void today(const char *day)
{
	assert_int_equal(setenv("TRACEDESK_TODAY", day, 1), 0);
}

static void received(enum who who)
{
	const struct desk_submission_given given = { NULL, NULL, 0, NULL };
	struct submission submission;
	struct notice notice = { 0 };

	assert_int_equal(
		desk_submission_receive(fixture.desk[who], &given, &submission, &notice), DESK_OK);
	submission_clear(&submission);
}

static int setup(void **state)
{
	const struct fixture_wish of_flagged = {
		.state = STATE_APPROVED_TRACE, .flagged = true, .proposer = CASEY
	};
	const struct fixture_wish of_rejected = { .state = STATE_REJECTED, .proposer = CASEY };

	(void)state;
	fixture_make(&fixture);
	today("2021-01-10");
	for (enum who who = 0; who < PEOPLE; who++)
		fixture_enter(&fixture, who);
	fixture_reach(&fixture, &of_flagged, flagged);
	fixture_reach(&fixture, &of_rejected, rejected);
	received(CASEY);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	fixture_done(&fixture);
	return 0;
}

/* By who, of January's receipts: is the flagged one there, and its subject kept back? */
static void assert_masked(enum who who, bool is_masked)
{
	const struct desk_figures_wanted wanted = { .period = "2021-01" };
	struct figures_cell cell;
	struct desk_cases cases;
	struct notice notice = { 0 };
	bool is_there = false;

	assert_true(figures_cell_read("total_receipts_processed:total", &cell));
	assert_int_equal(desk_cases(fixture.desk[who], &wanted, &cell, &cases, &notice), DESK_OK);
	assert_int_equal(cases.count, 2);
	for (size_t i = 0; i < cases.count; i++) {
		const struct request_row *row = &cases.list[i].request;

		if (strcmp(row->reference, flagged) != 0)
			continue;
		is_there = true;
		assert_int_equal(row->masked, is_masked);
		assert_int_equal(*row->surname == '\0', is_masked);
	}
	assert_true(is_there);
	desk_cases_clear(&cases);
}

static void assert_masks(void)
{
	assert_masked(CASEY, false); /* it is assigned to Casey */
	assert_masked(CHRIS, true);
	assert_masked(SAM, false);
	assert_masked(AUDREY, false);
}

static enum desk_status closed(const char *month, struct notice *notice)
{
	struct desk_closing closing;
	enum desk_status status = desk_month_close(fixture.desk[SAM], month, &closing, notice);

	desk_closing_clear(&closing);
	return status;
}

static void test_masks_open_and_closed(void **state)
{
	struct notice notice = { 0 };

	(void)state;
	assert_masks();
	today("2021-02-02");
	assert_int_equal(closed("2021-01", &notice), DESK_OK);
	assert_masks();
}

/* Somebody with a right password and a program of his own, every row in a signed event. */
static void forge(const char *sql)
{
	struct store *store = fixture.desk[CHRIS]->store;
	const struct desk_event event = { .kind = EVENT_SERVICE_SET };

	assert_int_equal(store_begin(store), DB_OK);
	assert_int_equal(sqlite3_exec(store->db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_changes(store->db), 1);
	assert_int_equal(desk_event(fixture.desk[CHRIS], &event), DB_OK);
	assert_int_equal(store_commit(store), DB_OK);
}

static enum desk_status january(const char *cell_text, struct notice *notice)
{
	const struct desk_figures_wanted wanted = { .period = "2021-01" };
	struct figures *figures = NULL;
	struct figures_cell cell;
	struct desk_cases cases;
	enum desk_status status;

	if (!cell_text) {
		status = desk_figures(fixture.desk[AUDREY],
			&(struct desk_figures_wanted) { .period = "2021-01" }, &figures, notice);
		figures_free(figures);
		return status;
	}
	assert_true(figures_cell_read(cell_text, &cell));
	status = desk_cases(fixture.desk[AUDREY], &wanted, &cell, &cases, notice);
	desk_cases_clear(&cases);
	return status;
}

static void assert_damaged(void)
{
	struct notice notice = { 0 };

	assert_int_equal(january(NULL, &notice), DESK_DAMAGED);
	assert_non_null(strstr(notice.text, "2021-01: a figure is not the sum"));
	assert_int_equal(january("received:dbsb", &notice), DESK_DAMAGED);
}

/* A figure and what stands behind it must agree, whoever signed that they changed. */
static void test_sums_are_checked(void **state)
{
	static const char *const forgeries[][2] = {
		{ "UPDATE month_figures SET value = value + 1 WHERE measure = 'rejected'"
		  " AND service = 'police'",
			"UPDATE month_figures SET value = value - 1 WHERE measure = 'rejected'"
			" AND service = 'police'" },
		{ "UPDATE month_figures SET value = 9 WHERE measure = 'transactions_total'",
			"UPDATE month_figures SET value = 0 WHERE measure = 'transactions_total'" },
		{ "UPDATE month_cases SET counts = 13 WHERE counts = 11",
			"UPDATE month_cases SET counts = 11 WHERE counts = 13" },
	};
	struct notice notice = { 0 };

	(void)state;
	assert_int_equal(january(NULL, &notice), DESK_OK);
	for (size_t i = 0; i < sizeof(forgeries) / sizeof(forgeries[0]); i++) {
		forge(forgeries[i][0]);
		assert_damaged();
		forge(forgeries[i][1]);
		assert_int_equal(january(NULL, &notice), DESK_OK);
		assert_int_equal(january("received:dbsb", &notice), DESK_OK);
	}
}

/* Past the program: no event tells of it. */
static void tamper(const char *sql)
{
	struct store *store = fixture.desk[CHRIS]->store;

	assert_int_equal(store_begin(store), DB_OK);
	assert_int_equal(sqlite3_exec(store->db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_changes(store->db), 1);
	assert_int_equal(store_commit(store), DB_OK);
}

static size_t closed_months(void)
{
	struct month *months = NULL;
	struct notice notice = { 0 };
	size_t count = 0, closed_count = 0;

	assert_int_equal(desk_months(fixture.desk[SAM], &months, &count, &notice), DESK_OK);
	for (size_t i = 0; i < count; i++)
		closed_count += months[i].closed;
	mem_free(months);
	return closed_count;
}

static void test_trail_must_verify(void **state)
{
	struct notice notice = { 0 };

	(void)state;
	today("2021-03-02");
	/* Before the last checkpoint, January's, signatures were looked at already. */
	tamper("UPDATE events SET signature = zeroblob(64) WHERE sequence ="
	       " (SELECT min(sequence) FROM events WHERE kind = 15)");
	assert_int_equal(closed("2021-02", &notice), DESK_OK);
	assert_int_equal(closed_months(), 2);
	today("2021-04-02");
	received(CASEY);
	tamper("UPDATE events SET signature = zeroblob(64) WHERE sequence ="
	       " (SELECT max(sequence) FROM events)");
	assert_int_equal(closed("2021-03", &notice), DESK_DAMAGED);
	assert_non_null(strstr(notice.text, "the audit log does not verify"));
	assert_int_equal(closed_months(), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_masks_open_and_closed),
		cmocka_unit_test(test_sums_are_checked),
		cmocka_unit_test(test_trail_must_verify),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("closing", tests, setup, teardown);
}
