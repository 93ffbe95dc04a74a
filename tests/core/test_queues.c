/*
 * What waits to be reviewed and what to be sent, beside the state: the queues
 * and their kept counts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/core/desk_fixture.h"

static struct desk_fixture fixture;

/* Does the receipt stand in the queue? The kept count must agree with the rows. */
static bool stands_in(enum queue queue, const char *reference)
{
	const struct desk_queue_page page = { .queue = queue, .limit = 500 };
	int64_t counts[DESK_QUEUES];
	struct notice notice = { 0 };
	struct request_row *rows;
	size_t count;
	bool found = false;

	assert_int_equal(desk_queue(fixture.desk[SAM], &page, &rows, &count, &notice), DESK_OK);
	assert_int_equal(desk_queue_counts(fixture.desk[SAM], counts, &notice), DESK_OK);
	assert_int_equal(counts[queue], count);
	for (size_t i = 0; i < count; i++) {
		found |= strcmp(rows[i].reference, reference) == 0;
		assert_true(queue != QUEUE_TO_SEND || rows[i].to_send);
	}
	request_rows_clear(rows, count);
	mem_free(rows);
	return found;
}

static void move(
	enum who who, enum move what, const char *reference, const struct correction *correction)
{
	struct desk_saved saved;
	struct notice notice = { 0 };
	struct desk_move wanted;

	fixture_move(what, TRACE_PLAIN, &wanted);
	wanted.reference = reference;
	wanted.correction = correction;
	if (desk_move(fixture.desk[who], &wanted, &saved, &notice) != DESK_OK)
		fail_msg("%s", notice.text);
	desk_saved_clear(&saved);
}

static void reach(enum request_state state, char reference[REFERENCE_SIZE])
{
	fixture_reach(
		&fixture, &(struct fixture_wish) { .state = state, .proposer = CASEY }, reference);
}

/* A query is to be sent, too, until it is, or is overtaken. */
static void test_query_to_send(void **state)
{
	char reference[REFERENCE_SIZE];

	(void)state;
	reach(STATE_AWAITING_INFORMATION, reference);
	assert_true(stands_in(QUEUE_TO_SEND, reference));
	assert_true(stands_in(QUEUE_WAITING, reference));
	move(CASEY, MOVE_SENT, reference, NULL);
	assert_false(stands_in(QUEUE_TO_SEND, reference));
	assert_true(stands_in(QUEUE_WAITING, reference));
	reach(STATE_AWAITING_INFORMATION, reference);
	move(CASEY, MOVE_REJECT, reference, NULL);
	assert_false(stands_in(QUEUE_TO_SEND, reference));
	move(SAM, MOVE_CONFIRM, reference, NULL);
	assert_true(stands_in(QUEUE_TO_SEND, reference));
	assert_true(stands_in(QUEUE_CLOSED, reference));
	move(CASEY, MOVE_ASSIGN, reference, NULL);
	move(CASEY, MOVE_NOTE, reference, NULL);
	assert_true(stands_in(QUEUE_TO_SEND, reference));
	move(CASEY, MOVE_SENT, reference, NULL);
	assert_false(stands_in(QUEUE_TO_SEND, reference));
}

static void test_decided_to_send(void **state)
{
	static const enum request_state states[] = { STATE_REJECTED, STATE_APPROVED_TRACE,
		STATE_APPROVED_NO_TRACE };
	char reference[REFERENCE_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		reach(states[i], reference);
		assert_true(stands_in(QUEUE_TO_SEND, reference));
		move(CASEY, MOVE_SENT, reference, NULL);
		assert_false(stands_in(QUEUE_TO_SEND, reference));
	}
	reach(STATE_WITHDRAWN, reference);
	assert_false(stands_in(QUEUE_TO_SEND, reference));
}

static void test_correction_to_review(void **state)
{
	static const struct correction correction = { "approved_no_trace", "", "It was wrong." };
	char reference[REFERENCE_SIZE];

	(void)state;
	reach(STATE_REJECTED, reference);
	assert_false(stands_in(QUEUE_REVIEW, reference));
	move(SAM, MOVE_CORRECT, reference, &correction);
	assert_true(stands_in(QUEUE_REVIEW, reference));
	assert_true(stands_in(QUEUE_CLOSED, reference));
	move(SASHA, MOVE_RETURN, reference, NULL);
	assert_false(stands_in(QUEUE_REVIEW, reference));
	assert_true(stands_in(QUEUE_TO_SEND, reference));
	move(SAM, MOVE_CORRECT, reference, &correction);
	move(SASHA, MOVE_CONFIRM, reference, NULL);
	assert_false(stands_in(QUEUE_REVIEW, reference));
	assert_false(stands_in(QUEUE_TO_SEND, reference));
	assert_true(stands_in(QUEUE_CLOSED, reference));
}

static int make(void **state)
{
	(void)state;
	fixture_make(&fixture);
	for (enum who who = 0; who < PEOPLE; who++)
		fixture_enter(&fixture, who);
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
		cmocka_unit_test(test_query_to_send),
		cmocka_unit_test(test_decided_to_send),
		cmocka_unit_test(test_correction_to_review),
	};

	return cmocka_run_group_tests_name("queues", tests, make, done);
}
