/*
 * What an edit does to an accepted receipt, to one that somebody else changed
 * meanwhile, and to what nobody knows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/core/desk_fixture.h"

static struct desk_fixture fixture;

static enum desk_status edit(const char *reference, enum request_field field, const char *value,
	int64_t expect, struct desk_saved *out_saved)
{
	struct request_patch patch = { 0 };
	struct notice notice = { 0 };
	struct desk_move move;
	enum desk_status status;

	request_init(&patch.values);
	patch.has_field[field] = true;
	record_set(&patch.values.field[field], value);
	fixture_move(MOVE_EDIT, TRACE_PLAIN, &move);
	move.reference = reference;
	move.expect = expect;
	move.patch = &patch;
	status = desk_move(fixture.desk[CASEY], &move, out_saved, &notice);
	request_patch_clear(&patch);
	return status;
}

static enum request_state state_after(
	const char *reference, enum request_field field, const char *value)
{
	enum request_state after;
	struct desk_saved saved;

	assert_int_equal(edit(reference, field, value, 0, &saved), DESK_OK);
	after = saved.state;
	desk_saved_clear(&saved);
	return after;
}

static enum request_state state_after_judging(const char *reference, bool holds)
{
	enum request_state after;
	struct desk_saved saved;
	struct notice notice = { 0 };
	struct desk_move move;

	fixture_move(MOVE_JUDGE, TRACE_PLAIN, &move);
	move.reference = reference;
	move.holds = holds;
	assert_int_equal(desk_move(fixture.desk[CASEY], &move, &saved, &notice), DESK_OK);
	after = saved.state;
	desk_saved_clear(&saved);
	return after;
}

/* Back to triage when a check fails; not for what is only not entered any more. */
static void test_edits_of_an_accepted_one(void **state)
{
	const struct fixture_wish wish = { STATE_ACCEPTED, false, false, CASEY };
	char reference[REFERENCE_SIZE];

	(void)state;
	fixture_reach(&fixture, &wish, reference);
	assert_int_equal(state_after(reference, FIELD_NOTE, "Rang."), STATE_ACCEPTED);
	assert_int_equal(state_after(reference, FIELD_IDENTITY_CHECKED, ""), STATE_ACCEPTED);
	assert_int_equal(state_after(reference, FIELD_IDENTITY_CHECKED, "no"), STATE_IN_TRIAGE);
	assert_int_equal(
		state_after(reference, FIELD_IDENTITY_CHECKED, "call_back"), STATE_IN_TRIAGE);
	fixture_reach(&fixture, &wish, reference);
	assert_int_equal(state_after_judging(reference, true), STATE_ACCEPTED);
	assert_int_equal(state_after_judging(reference, false), STATE_IN_TRIAGE);
}

/* A confirmed exception counts no more; another failure does. */
static void test_edits_of_an_exception(void **state)
{
	const struct fixture_wish wish = { STATE_EXCEPTION_PROPOSED, true, false, CASEY };
	char reference[REFERENCE_SIZE];
	struct desk_saved saved;
	struct notice notice = { 0 };
	struct desk_move move;

	(void)state;
	fixture_reach(&fixture, &wish, reference);
	fixture_move(MOVE_CONFIRM, TRACE_PLAIN, &move);
	move.reference = reference;
	assert_int_equal(desk_move(fixture.desk[SAM], &move, &saved, &notice), DESK_OK);
	assert_int_equal(saved.state, STATE_ACCEPTED);
	desk_saved_clear(&saved);
	assert_int_equal(state_after(reference, FIELD_NOTE, "Rang."), STATE_ACCEPTED);
	assert_int_equal(state_after(reference, FIELD_NECESSITY, "-"), STATE_IN_TRIAGE);
}

static void test_conflict_shows_both(void **state)
{
	const struct fixture_wish wish = { STATE_IN_TRIAGE, false, false, CASEY };
	char reference[REFERENCE_SIZE];
	struct desk_saved saved;
	struct request request;
	struct event event = { 0 };
	int64_t seen;

	(void)state;
	fixture_reach(&fixture, &wish, reference);
	fixture_load(&fixture, reference, &request);
	seen = request.version;
	request_clear(&request);
	assert_int_equal(edit(reference, FIELD_OFFENCE, "robbery", seen, &saved), DESK_OK);
	desk_saved_clear(&saved);
	assert_int_equal(edit(reference, FIELD_OFFENCE, "fraud", seen, &saved), DESK_REFUSED);
	assert_string_equal(saved.conflict, "offence: now \"robbery\", yours \"fraud\"\n");
	desk_saved_clear(&saved);
	(void)fixture_events_about(&fixture, reference, &event);
	assert_int_equal(event.kind, EVENT_REFUSED);
	fixture_load(&fixture, reference, &request);
	assert_int_equal(request.version, seen + 1);
	assert_string_equal(request.field[FIELD_OFFENCE], "robbery");
	request_clear(&request);
}

/* To ask for what is not there is refused, and seen in the trail. */
static void test_nothing_by_that_reference(void **state)
{
	static const char reference[] = "TR-1999-000001";
	int64_t events = fixture_events(&fixture);
	struct desk_findings findings;
	struct desk_history history;
	struct request request;
	struct desk_saved saved;
	struct notice notice = { 0 };
	struct desk *desk = fixture.desk[CASEY];

	(void)state;
	assert_int_equal(desk_request_open(desk, reference, NULL, &request, &notice), DESK_REFUSED);
	assert_int_equal(fixture_events(&fixture), ++events);
	assert_int_equal(
		desk_request_check(desk, reference, NULL, &findings, &notice), DESK_REFUSED);
	assert_int_equal(fixture_events(&fixture), ++events);
	assert_int_equal(
		desk_request_history(desk, reference, NULL, &history, &notice), DESK_REFUSED);
	assert_int_equal(fixture_events(&fixture), ++events);
	assert_int_equal(edit(reference, FIELD_NOTE, "Rang.", 0, &saved), DESK_REFUSED);
	assert_int_equal(fixture_events(&fixture), ++events);
	desk_saved_clear(&saved);
}

static int make(void **state)
{
	static const enum who at_work[] = { CASEY, SAM, SASHA, ADA };

	(void)state;
	fixture_make(&fixture);
	for (size_t i = 0; i < sizeof(at_work) / sizeof(at_work[0]); i++)
		fixture_enter(&fixture, at_work[i]);
	return 0;
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
		cmocka_unit_test(test_edits_of_an_accepted_one),
		cmocka_unit_test(test_edits_of_an_exception),
		cmocka_unit_test(test_conflict_shows_both),
		cmocka_unit_test(test_nothing_by_that_reference),
	};

	return cmocka_run_group_tests_name("life", tests, make, done);
}
