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

/* Logs one received on a day, with what makes it pressing; it is nobody's. */
static void log_one(const char *received, const char *needed_by, const char *safeguarding)
{
	const struct {
		enum request_field field;
		const char *value;
	} set[] = { { FIELD_RECEIVED, received }, { FIELD_NEEDED_BY, needed_by },
		{ FIELD_SAFEGUARDING, safeguarding } };
	struct request_patch form;
	struct desk_saved saved;
	struct notice notice = { 0 };

	fixture_form(&fixture, false, &form);
	for (size_t i = 0; i < sizeof(set) / sizeof(set[0]); i++) {
		form.has_field[set[i].field] = true;
		record_set(&form.values.field[set[i].field], set[i].value);
	}
	if (desk_request_add(fixture.desk[CASEY], &form, &saved, &notice) != DESK_OK)
		fail_msg("%s", notice.text);
	desk_saved_clear(&saved);
	request_patch_clear(&form);
}

/* Reads the unassigned ones a few at a time; all of them, in the order of the queue. */
static size_t walk(bool backwards, size_t limit, struct request_row *out_rows, size_t room)
{
	struct desk_queue_page page = {
		.queue = QUEUE_UNASSIGNED, .backwards = backwards, .limit = limit
	};
	struct notice notice = { 0 };
	size_t all = 0, count;

	do {
		struct request_row *rows;

		assert_int_equal(
			desk_queue(fixture.desk[SAM], &page, &rows, &count, &notice), DESK_OK);
		assert_true(all + count < room);
		if (backwards) {
			memmove(out_rows + count, out_rows, all * sizeof(*rows));
			memcpy(out_rows, rows, count * sizeof(*rows));
		} else {
			memcpy(out_rows + all, rows, count * sizeof(*rows));
		}
		mem_free(rows);
		all += count;
		page.after = &out_rows[backwards ? 0 : all - 1];
	} while (count == limit);
	return all;
}

/* Safeguarding, then the soonest needed, then the rest; each the longest waiting first. */
static bool is_before(const struct request_row *a, const struct request_row *b)
{
	int order = b->safeguarding - a->safeguarding;

	if (order == 0 && !a->safeguarding)
		order = strcmp(
			a->needed_by[0] ? a->needed_by : "9", b->needed_by[0] ? b->needed_by : "9");
	if (order == 0)
		order = strcmp(a->received, b->received);
	return order < 0 || (order == 0 && a->id < b->id);
}

static void test_pressing_first(void **state)
{
	enum { ROOM = 200 };
	struct request_row forwards[ROOM], back[ROOM];
	size_t count, pressing = 0;

	(void)state;
	for (int i = 0; i < 3; i++) {
		log_one("2020-12-21", "", "");
		log_one("2020-12-30", "2021-01-08", "");
		log_one("2020-12-29", "2021-01-08", "no");
		log_one("2020-12-31", "2021-01-05", "");
		log_one("2021-01-04", "", "yes");
		log_one("2020-12-22", "2021-01-05", "yes");
	}
	for (size_t limit = 1; limit <= 7; limit += 2) {
		count = walk(false, limit, forwards, ROOM);
		assert_int_equal(walk(true, limit, back, ROOM), count);
		for (size_t i = 0; i < count; i++) {
			assert_string_equal(forwards[i].reference, back[i].reference);
			assert_true(i == 0 || is_before(&forwards[i - 1], &forwards[i]));
			pressing += forwards[i].safeguarding || forwards[i].needed_by[0];
		}
		request_rows_clear(forwards, count);
		request_rows_clear(back, count);
	}
	assert_true(pressing >= 4 * 15);
}

/* Who waits for an answer or a review needs nobody to take it. */
static void test_nobodys(void **state)
{
	static const char question[] = "Which force?";
	struct request_row rows[200];
	struct desk_move ask = { .move = MOVE_QUERY, .text = question };
	char reference[REFERENCE_SIZE];
	struct desk_saved saved;
	struct notice notice = { 0 };
	size_t count = walk(false, 50, rows, 200);

	(void)state;
	memcpy(reference, rows[0].reference, sizeof(reference));
	request_rows_clear(rows, count);
	assert_true(stands_in(QUEUE_UNASSIGNED, reference));
	ask.reference = reference;
	assert_int_equal(desk_move(fixture.desk[CASEY], &ask, &saved, &notice), DESK_OK);
	desk_saved_clear(&saved);
	assert_false(stands_in(QUEUE_UNASSIGNED, reference));
	assert_true(stands_in(QUEUE_WAITING, reference));
	move(CASEY, MOVE_REJECT, reference, NULL);
	assert_false(stands_in(QUEUE_UNASSIGNED, reference));
	assert_true(stands_in(QUEUE_REVIEW, reference));
	move(SAM, MOVE_RETURN, reference, NULL);
	assert_true(stands_in(QUEUE_UNASSIGNED, reference));
	assert_false(stands_in(QUEUE_REVIEW, reference));
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
		cmocka_unit_test(test_pressing_first),
		cmocka_unit_test(test_nobodys),
	};

	return cmocka_run_group_tests_name("queues", tests, make, done);
}
