/*
 * Flagged receipts in lists, queues, searches and the search for duplicates:
 * masked and not to be found by those who may not open them. Only a supervisor
 * says who may.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/filter.h"
#include "core/tally.h"
#include "tests/core/desk_fixture.h"

static struct desk_fixture fixture;

/* One in every state a flagged receipt can have, all Casey's. */
enum { FLAGGED = 12 };
static struct {
	enum request_state state;
	char reference[REFERENCE_SIZE];
} flagged[FLAGGED];

/* Who reads, and whether a flagged one is open to that person. */
static const struct reader {
	enum who who;
	bool may;
} readers[] = { { CASEY, true }, { CHRIS, false }, { SAM, true }, { ROBIN, true },
	{ AUDREY, true } };
enum { READERS = sizeof(readers) / sizeof(readers[0]) };

static const struct request_row *row_find(
	const struct request_row *rows, size_t count, const char *reference)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].reference, reference) == 0)
			return &rows[i];
	return NULL;
}

static void check_row(const struct request_row *row, bool may)
{
	assert_true(row->flagged);
	assert_int_equal(row->masked, !may);
	assert_int_equal(*row->surname != '\0', may);
	assert_int_equal(*row->forenames != '\0', may);
}

static void test_list_is_masked(void **state)
{
	const struct request_page page = { .limit = 100 };
	struct notice notice = { 0 };

	(void)state;
	for (size_t r = 0; r < READERS; r++) {
		struct request_row *rows;
		size_t count;

		assert_int_equal(
			desk_requests(fixture.desk[readers[r].who], &page, &rows, &count, &notice),
			DESK_OK);
		for (size_t i = 0; i < FLAGGED; i++) {
			const struct request_row *row = row_find(rows, count, flagged[i].reference);

			assert_non_null(row);
			check_row(row, readers[r].may);
		}
		request_rows_clear(rows, count);
		mem_free(rows);
	}
}

static size_t queue_check(enum queue queue, const struct reader *reader)
{
	const struct desk_queue_page page = { .queue = queue, .limit = 100 };
	struct notice notice = { 0 };
	struct request_row *rows;
	size_t count, found = 0;

	assert_int_equal(
		desk_queue(fixture.desk[reader->who], &page, &rows, &count, &notice), DESK_OK);
	for (size_t i = 0; i < FLAGGED; i++) {
		const struct request_row *row = row_find(rows, count, flagged[i].reference);

		if (row)
			check_row(row, reader->may);
		found += row != NULL;
	}
	request_rows_clear(rows, count);
	mem_free(rows);
	return found;
}

static void test_queues_are_masked(void **state)
{
	(void)state;
	for (size_t r = 0; r < READERS; r++) {
		assert_int_equal(
			queue_check(QUEUE_MINE, &readers[r]), readers[r].who == CASEY ? 8 : 0);
		assert_int_equal(queue_check(QUEUE_UNASSIGNED, &readers[r]), 0);
		assert_int_equal(queue_check(QUEUE_WAITING, &readers[r]), 1);
		assert_int_equal(queue_check(QUEUE_REVIEW, &readers[r]), 3);
		assert_int_equal(queue_check(QUEUE_RELEASES, &readers[r]), 1);
		assert_int_equal(queue_check(QUEUE_CLOSED, &readers[r]), 4);
	}
}

/* How many receipts the words leave, the same in list, total and count. */
static int64_t matches(enum who who, const char *words)
{
	struct notice notice = { 0 };
	struct filter filter;
	struct request_page page = { .limit = 100, .filter = &filter };
	struct request_row *rows;
	struct tally tally;
	char why[FILTER_WHY_SIZE];
	int64_t total = -1, counted = 0;
	size_t count;

	filter_init(&filter);
	assert_true(filter_read(&filter, words, why));
	assert_true(tally_init(&tally, "state", why, sizeof(why)));
	assert_int_equal(desk_requests(fixture.desk[who], &page, &rows, &count, &notice), DESK_OK);
	assert_int_equal(desk_requests_total(fixture.desk[who], &filter, &total, &notice), DESK_OK);
	assert_int_equal(desk_request_count(fixture.desk[who], &filter, &tally, &notice), DESK_OK);
	for (size_t i = 0; i < tally.row_count; i++)
		counted += tally.rows[i].count;
	assert_int_equal(total, count);
	assert_int_equal(counted, count);
	tally_clear(&tally);
	filter_clear(&filter);
	request_rows_clear(rows, count);
	mem_free(rows);
	return total;
}

static void test_searches_do_not_find_them(void **state)
{
	struct request request;
	char born[32], not_born[40];

	(void)state;
	for (size_t i = 0; i < FLAGGED; i++) {
		fixture_load(&fixture, flagged[i].reference, &request);
		(void)snprintf(born, sizeof(born), "born:%s",
			request.subjects[0].field[FIELD_SUBJECT_DOB]);
		(void)snprintf(not_born, sizeof(not_born), "not:%s", born);
		request_clear(&request);
		for (size_t r = 0; r < READERS; r++) {
			assert_int_equal(matches(readers[r].who, born), readers[r].may);
			/* Nor do they tell by staying away. */
			assert_int_equal(matches(readers[r].who, not_born),
				matches(readers[r].who, "not:born:1901-01-01") - readers[r].may);
		}
	}
}

/* Whoever logs the same person again learns of the first receipt only if it is open to him. */
static void test_duplicates_do_not_tell(void **state)
{
	(void)state;
	for (size_t r = 0; r < READERS - 1; r++) {
		struct desk *desk = fixture.desk[readers[r].who];
		struct notice notice = { 0 };
		struct desk_findings findings;
		struct request_patch form;
		struct desk_saved saved;
		struct request first;

		fixture_load(&fixture, flagged[0].reference, &first);
		fixture_form(&fixture, false, &form);
		for (int f = FIELD_SUBJECT_SURNAME; f <= FIELD_NHS_NUMBER; f++)
			record_set(&form.values.subjects[0].field[f], first.subjects[0].field[f]);
		request_clear(&first);
		assert_int_equal(desk_request_add(desk, &form, &saved, &notice), DESK_OK);
		assert_int_equal(
			strstr(saved.duplicates, flagged[0].reference) != NULL, readers[r].may);
		assert_int_equal(
			desk_request_check(desk, saved.reference, NULL, &findings, &notice),
			DESK_OK);
		assert_int_equal(
			strstr(findings.duplicates, flagged[0].reference) != NULL, readers[r].may);
		desk_findings_clear(&findings);
		desk_saved_clear(&saved);
		request_patch_clear(&form);
	}
}

static bool may_open(enum who who, const char *reference)
{
	struct notice notice = { 0 };
	struct request request;
	enum desk_status status =
		desk_request_open(fixture.desk[who], reference, NULL, &request, &notice);

	if (status == DESK_OK)
		request_clear(&request);
	return status == DESK_OK;
}

/* Nor by what stands beside one, with a record from before it was flagged in hand. */
static void test_beside_is_closed(void **state)
{
	struct notice notice = { 0 };
	struct desk_beside beside;
	struct request request;

	(void)state;
	fixture_load(&fixture, flagged[0].reference, &request);
	for (size_t r = 0; r < READERS; r++) {
		struct desk *desk = fixture.desk[readers[r].who];
		size_t events = fixture_events_about(&fixture, flagged[0].reference, NULL);

		assert_int_equal(desk_request_beside(desk, &request, &beside, &notice),
			readers[r].may ? DESK_OK : DESK_REFUSED);
		desk_beside_clear(&beside);
		assert_int_equal(fixture_events_about(&fixture, flagged[0].reference, NULL),
			events + !readers[r].may);
	}
	request.flagged = false;
	assert_int_equal(
		desk_request_beside(fixture.desk[CHRIS], &request, &beside, &notice), DESK_REFUSED);
	request_clear(&request);
}

static enum desk_status read_again(enum who who, const char *reference)
{
	struct notice notice = { 0 };
	struct request request;
	enum desk_status status =
		desk_request_again(fixture.desk[who], reference, NULL, &request, &notice);

	if (status == DESK_OK)
		request_clear(&request);
	return status;
}

/* What stays open is one opening, however often it is read; with another opened between it is a new
   one, and so it is for everybody else. */
static void test_reading_again_is_one_opening(void **state)
{
	const char *one = flagged[0].reference, *other = flagged[1].reference;
	size_t events = fixture_events_about(&fixture, one, NULL);
	struct event last;

	(void)state;
	assert_true(may_open(SAM, one));
	assert_int_equal(fixture_events_about(&fixture, one, NULL), events + 1);
	assert_int_equal(read_again(SAM, one), DESK_OK);
	assert_int_equal(read_again(SAM, one), DESK_OK);
	assert_int_equal(fixture_events_about(&fixture, one, NULL), events + 1);
	assert_true(may_open(SAM, other));
	assert_int_equal(read_again(SAM, one), DESK_OK);
	assert_int_equal(fixture_events_about(&fixture, one, NULL), events + 2);
	assert_int_equal(read_again(SASHA, one), DESK_OK);
	assert_int_equal(fixture_events_about(&fixture, one, &last), events + 3);
	assert_int_equal(last.kind, EVENT_REQUEST_OPENED);
}

static const char *flagged_in(enum request_state state)
{
	for (size_t i = 0; i < FLAGGED; i++)
		if (flagged[i].state == state)
			return flagged[i].reference;
	return "";
}

/* Another receipt about the same person, linked to it. */
static void log_about(const char *reference, char out_reference[REFERENCE_SIZE])
{
	struct request_patch form;
	struct desk_saved saved;
	struct notice notice = { 0 };
	struct request request;
	struct desk_move link = { .move = MOVE_LINK, .other = reference };

	fixture_load(&fixture, reference, &request);
	fixture_form(&fixture, false, &form);
	for (int i = 0; i < FIELD_TRACE_CODE; i++)
		record_set(&form.values.subjects[0].field[i], request.subjects[0].field[i]);
	assert_int_equal(desk_request_add(fixture.desk[SAM], &form, &saved, &notice), DESK_OK);
	memcpy(out_reference, saved.reference, REFERENCE_SIZE);
	desk_saved_clear(&saved);
	link.reference = out_reference;
	assert_int_equal(desk_move(fixture.desk[SAM], &link, &saved, &notice), DESK_OK);
	desk_saved_clear(&saved);
	request_patch_clear(&form);
	request_clear(&request);
}

/* The briefing is for supervisors, while the Guardian is waited for; it names the other receipts
   for the person without their subjects, and says so in the trail first. */
static void test_briefing(void **state)
{
	static const enum who refused[] = { CASEY, CHRIS, AUDREY, ADA };
	const char *reference = flagged_in(STATE_GUARDIAN_PENDING);
	char other[REFERENCE_SIZE];
	struct notice notice = { 0 };
	struct request_row *rows;
	struct event last;
	size_t count, events;

	(void)state;
	log_about(reference, other);
	events = fixture_events_about(&fixture, reference, NULL);
	assert_int_equal(
		desk_request_brief(fixture.desk[SAM], reference, &rows, &count, &notice), DESK_OK);
	assert_int_equal(fixture_events_about(&fixture, reference, &last), events + 1);
	assert_int_equal(last.kind, EVENT_BRIEFING_SHOWN);
	assert_non_null(row_find(rows, count, other));
	assert_null(row_find(rows, count, reference));
	for (size_t i = 0; i < count; i++)
		assert_string_equal(rows[i].surname, "");
	request_rows_clear(rows, count);
	mem_free(rows);
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		struct desk *desk = fixture.desk[refused[i]];

		assert_int_equal(
			desk_request_brief(desk, reference, &rows, &count, &notice), DESK_REFUSED);
		assert_null(rows);
		assert_int_equal(fixture_events_about(&fixture, reference, &last), events + 2 + i);
		assert_int_equal(last.kind, EVENT_REFUSED);
	}
	assert_int_equal(desk_request_brief(fixture.desk[SAM], flagged_in(STATE_ACCEPTED), &rows,
				 &count, &notice),
		DESK_REFUSED);
	assert_non_null(strstr(notice.text, "only one that is with the Caldicott Guardian"));
}

static void test_a_supervisor_passes_it_on(void **state)
{
	const char *reference = flagged[0].reference;
	struct desk_saved saved;
	struct notice notice = { 0 };
	struct desk_move move;

	(void)state;
	assert_true(may_open(CASEY, reference));
	assert_false(may_open(CHRIS, reference));
	fixture_move(MOVE_ASSIGN, TRACE_PLAIN, &move);
	move.reference = reference;
	move.person = fixture_name(CHRIS);
	assert_int_equal(desk_move(fixture.desk[SAM], &move, &saved, &notice), DESK_OK);
	desk_saved_clear(&saved);
	assert_true(may_open(CHRIS, reference));
	assert_int_equal(read_again(CASEY, reference), DESK_REFUSED);
	assert_false(may_open(CASEY, reference));
}

static int make(void **state)
{
	size_t count = 0;

	(void)state;
	fixture_make(&fixture);
	for (enum who who = 0; who < PEOPLE; who++)
		fixture_enter(&fixture, who);
	for (enum request_state s = STATE_IN_TRIAGE; s <= STATE_WITHDRAWN; s++) {
		if (s == STATE_RELEASE_PROPOSED)
			continue;
		flagged[count].state = s;
		fixture_reach(&fixture,
			&(struct fixture_wish) { s, s == STATE_EXCEPTION_PROPOSED, true, CASEY },
			flagged[count++].reference);
	}
	return count == FLAGGED ? 0 : -1;
}

static int done(void **state)
{
	(void)state;
	fixture_done(&fixture);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list_is_masked),
		cmocka_unit_test(test_queues_are_masked),
		cmocka_unit_test(test_searches_do_not_find_them),
		cmocka_unit_test(test_duplicates_do_not_tell),
		cmocka_unit_test(test_beside_is_closed),
		cmocka_unit_test(test_reading_again_is_one_opening),
		cmocka_unit_test(test_briefing),
		cmocka_unit_test(test_a_supervisor_passes_it_on),
	};

	return cmocka_run_group_tests_name("flagged", tests, make, done);
}
