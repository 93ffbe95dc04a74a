/*
 * Two people in two processes edit one receipt, a thousand times, both with the
 * version both saw: one wins, the other gets the edit conflict, which shows both
 * texts, looks again and repeats. Nothing is lost, no version is left out, the
 * trail holds. The processes begin before any store is opened.
 */
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/core/desk_fixture.h"

enum { ROUNDS = 1000, EDITORS = 2, SECONDS_MOST = 120 };

/* What an editor is told to do, and what came of it. */
struct order {
	char store[FIXTURE_PATH_SIZE];
	char reference[REFERENCE_SIZE];
	int round;
	int64_t seen; /* version */
	bool alone;   /* no need to wait for the other */
};
struct answer {
	enum desk_status status;
	int64_t version;
	bool shows_both;
};

/* In memory of both: how many came to the barrier so far. */
static atomic_int *arrived;

static void barrier_wait(int round)
{
	(void)atomic_fetch_add(arrived, 1);
	while (atomic_load(arrived) < EDITORS * (round + 1))
		(void)sched_yield();
}

/* Both write the note, and each a field of his own. */
static struct editor {
	enum who who;
	enum request_field own;
	pid_t child;
	int orders; /* ends of pipes */
	int answers;
} editors[EDITORS] = { { CASEY, FIELD_OFFENCE, 0, 0, 0 }, { CHRIS, FIELD_COURT_CASE, 0, 0, 0 } };

static void note_of(const struct editor *editor, int round, char out_note[32])
{
	(void)snprintf(out_note, 32, "%s %d", fixture_name(editor->who), round);
}

static void answer_edit(struct desk *desk, const struct editor *editor, const struct order *order,
	struct answer *out_answer)
{
	struct request_patch patch = { 0 };
	struct desk_saved saved;
	struct notice notice = { 0 };
	struct desk_move move;
	char mine[32], theirs[32], shown[100];

	note_of(editor, order->round, mine);
	note_of(&editors[editor == &editors[0]], order->round, theirs);
	(void)snprintf(shown, sizeof(shown), "note: now \"%s\", yours \"%s\"", theirs, mine);
	request_init(&patch.values);
	patch.has_field[FIELD_NOTE] = patch.has_field[editor->own] = true;
	record_set(&patch.values.field[FIELD_NOTE], mine);
	record_set(&patch.values.field[editor->own], mine);
	fixture_move(MOVE_EDIT, TRACE_PLAIN, &move);
	move.reference = order->reference;
	move.expect = order->seen;
	move.patch = &patch;
	if (!order->alone)
		barrier_wait(order->round);
	out_answer->status = desk_move(desk, &move, &saved, &notice);
	out_answer->version = saved.version;
	out_answer->shows_both = strstr(notice.text, "edit conflict") && saved.conflict &&
				 strstr(saved.conflict, shown);
	desk_saved_clear(&saved);
	request_patch_clear(&patch);
}

/* A process of its own: an order in, an answer out, until nobody gives orders. */
static void edit_all(const struct editor *editor, int orders, int answers)
{
	struct desk_fixture fixture = { 0 };
	struct order order;

	(void)alarm(SECONDS_MOST);
	if (!desk_start())
		_exit(1);
	while (read(orders, &order, sizeof(order)) == (ssize_t)sizeof(order)) {
		struct answer answer = { 0 };

		if (!fixture.desk[editor->who]) {
			memcpy(fixture.store, order.store, sizeof(fixture.store));
			fixture_enter(&fixture, editor->who);
		}
		answer_edit(fixture.desk[editor->who], editor, &order, &answer);
		if (write(answers, &answer, sizeof(answer)) != (ssize_t)sizeof(answer))
			_exit(1);
	}
	desk_close(fixture.desk[editor->who]);
	_exit(0);
}

static void editor_start(struct editor *editor)
{
	int orders[2], answers[2];

	assert_int_equal(pipe(orders), 0);
	assert_int_equal(pipe(answers), 0);
	editor->child = fork();
	assert_true(editor->child >= 0);
	if (editor->child == 0) {
		(void)close(orders[1]);
		(void)close(answers[0]);
		if (editor != &editors[0])
			(void)close(editors[0].orders);
		edit_all(editor, orders[0], answers[1]);
	}
	(void)close(orders[0]);
	(void)close(answers[1]);
	editor->orders = orders[1];
	editor->answers = answers[0];
}

static void editor_stop(struct editor *editor)
{
	int status = -1;

	(void)close(editor->orders);
	assert_int_equal(waitpid(editor->child, &status, 0), editor->child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	(void)close(editor->answers);
}

static void tell(const struct editor *editor, const struct order *order)
{
	assert_int_equal(write(editor->orders, order, sizeof(*order)), sizeof(*order));
}

static void hear(const struct editor *editor, struct answer *out_answer)
{
	assert_int_equal(
		read(editor->answers, out_answer, sizeof(*out_answer)), sizeof(*out_answer));
}

static void check_receipt(struct desk_fixture *fixture, const struct order *order, int64_t version,
	const struct editor *last)
{
	struct request request;
	char note[32];

	fixture_load(fixture, order->reference, &request);
	assert_int_equal(request.version, version);
	note_of(last, order->round, note);
	assert_string_equal(request.field[FIELD_NOTE], note);
	for (size_t i = 0; i < EDITORS; i++) {
		note_of(&editors[i], order->round, note);
		assert_string_equal(request.field[editors[i].own], note);
	}
	request_clear(&request);
}

/* Both at once, then the one who lost again. Returns who won. */
static size_t run_round(struct desk_fixture *fixture, struct order *order)
{
	struct answer answers[EDITORS], again;
	size_t winner;

	order->alone = false;
	for (size_t i = 0; i < EDITORS; i++)
		tell(&editors[i], order);
	for (size_t i = 0; i < EDITORS; i++)
		hear(&editors[i], &answers[i]);
	winner = answers[1].status == DESK_OK;
	assert_int_equal(answers[winner].status, DESK_OK);
	assert_int_equal(answers[winner].version, order->seen + 1);
	assert_int_equal(answers[!winner].status, DESK_REFUSED);
	assert_true(answers[!winner].shows_both);
	order->seen++;
	order->alone = true;
	tell(&editors[!winner], order);
	hear(&editors[!winner], &again);
	assert_int_equal(again.status, DESK_OK);
	assert_int_equal(again.version, ++order->seen);
	check_receipt(fixture, order, order->seen, &editors[!winner]);
	return winner;
}

static void check_trail(struct desk_fixture *fixture, const char *reference)
{
	static const enum event_kind kinds[] = { EVENT_REQUEST_EDITED, EVENT_REFUSED };
	static const size_t wanted[] = { 2 * ROUNDS, ROUNDS };
	const struct audit_proof proof = { 0 };
	struct audit_result result = { 0 };
	struct desk_history history;
	struct notice notice = { 0 };

	fixture_enter(fixture, AUDREY);
	assert_int_equal(
		desk_request_history(fixture->desk[AUDREY], reference, NULL, &history, &notice),
		DESK_OK);
	for (size_t k = 0; k < 2; k++) {
		size_t count = 0;

		for (size_t i = 0; i < history.count; i++)
			count += history.events[i].kind == kinds[k];
		assert_int_equal(count, wanted[k]);
	}
	mem_free(history.events);
	if (desk_audit_verify(fixture->desk[AUDREY], &proof, &result, &notice) != DESK_OK)
		fail_msg("%s", notice.text);
	assert_true(result.events > 3 * ROUNDS);
	mem_free(result.problems);
}

static void test_two_people(void **state)
{
	const struct fixture_wish wish = { STATE_RECEIVED, false, false, SAM };
	struct desk_fixture fixture = { .is_started = false };
	struct request request;
	struct order order = { 0 };
	size_t conflicts = 0, won[EDITORS] = { 0 };

	(void)state;
	arrived = mmap(
		NULL, sizeof(*arrived), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(arrived != MAP_FAILED);
	for (size_t i = 0; i < EDITORS; i++)
		editor_start(&editors[i]);
	fixture_make(&fixture);
	fixture_enter(&fixture, SAM);
	fixture_enter(&fixture, ADA);
	fixture_reach(&fixture, &wish, order.reference);
	fixture_load(&fixture, order.reference, &request);
	order.seen = request.version;
	request_clear(&request);
	memcpy(order.store, fixture.store, sizeof(order.store));
	for (order.round = 0; order.round < ROUNDS; order.round++, conflicts++)
		won[run_round(&fixture, &order)]++;
	for (size_t i = 0; i < EDITORS; i++)
		editor_stop(&editors[i]);
	check_trail(&fixture, order.reference);
	(void)printf("# %zu edit conflicts; casey won %zu rounds, chris %zu\n", conflicts, won[0],
		won[1]);
	assert_int_equal(conflicts, ROUNDS);
	assert_true(won[0] > 0 && won[1] > 0);
	(void)munmap(arrived, sizeof(*arrived));
	fixture_done(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_two_people) };

	/* Three thousand commits: what a disk does with them is another test's business. */
	if (access("/dev/shm", W_OK | X_OK) == 0)
		(void)setenv("TMPDIR", "/dev/shm", 1);
	return cmocka_run_group_tests_name("two_people", tests, NULL, NULL);
}
