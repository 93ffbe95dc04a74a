/*
 * The whole flow table: each move under each condition from each state, printed
 * and compared with tests/core/flow.txt, which was written from interface.md.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/buffer.h"
#include "core/flow.h"

static const char *const states[] = { "", "rcv", "tri", "hld", "awt", "exc", "acc", "grd", "rel",
	"rjp", "wdp", "REJ", "TRC", "NTR", "WDN" };
#define STATE_LAST STATE_WITHDRAWN
_Static_assert(sizeof(states) / sizeof(states[0]) == STATE_LAST + 1, "a column a state");

static const char *const conditions[] = {
	[FLOW_ALWAYS] = "always",
	[FLOW_FLAGGED] = "flagged",
	[FLOW_SECOND_CHECK] = "second check",
	[FLOW_PLAIN] = "plain",
	[FLOW_RELEASE] = "release",
	[FLOW_WITHHOLD] = "withhold",
	[FLOW_UNSOUND] = "unsound",
	[FLOW_CORRECTION] = "correction",
};
#define CONDITIONS ((enum flow_when)(sizeof(conditions) / sizeof(conditions[0])))

static const char *name_of(enum move move)
{
	return move == MOVE_WITHDRAW_ERROR ? "withdraw in error"
					   : move_name(move) + strlen("request ");
}

static const char *who_of(enum move move)
{
	unsigned roles = move_roles(move);

	if (roles == (ROLE_CASEWORKER | ROLE_SUPERVISOR))
		return "w";
	return roles == ROLE_SUPERVISOR ? "s" : "?";
}

static bool has_condition(enum move move, enum flow_when when)
{
	for (size_t i = 0; i < flow_step_count(); i++)
		if (flow_step_at(i)->move == move && flow_step_at(i)->when == when)
			return true;
	return false;
}

static const char *cell_of(enum move move, const struct flow_step *step)
{
	if (!step)
		return " . ";
	if (step->to)
		return states[step->to];
	if (move == MOVE_CONFIRM)
		return " > ";
	return move == MOVE_RESUME ? " < " : " = ";
}

static void print_row(enum move move, enum flow_when when, struct buffer *out)
{
	const char *event = NULL;

	buffer_print(out, "%-20s %s  %-13s", name_of(move), who_of(move), conditions[when]);
	for (enum request_state state = STATE_RECEIVED; state <= STATE_LAST; state++) {
		const struct flow_step *step = flow_find(move, state, when);

		buffer_print(out, " %s", cell_of(move, step));
		if (!step)
			continue;
		assert_true(flow_may(move, state));
		if (event)
			assert_string_equal(event, event_kind_code((int)step->event));
		event = event_kind_code((int)step->event);
	}
	buffer_print(out, " %s\n", event);
}

static void print_table(struct buffer *out)
{
	for (enum move move = 0; move < MOVE_COUNT; move++)
		for (enum flow_when when = 0; when < CONDITIONS; when++)
			if (has_condition(move, when))
				print_row(move, when, out);
}

/* A condition that a move does not know changes nothing. */
static void test_other_conditions_change_nothing(void **state)
{
	(void)state;
	for (enum move move = 0; move < MOVE_COUNT; move++)
		for (enum flow_when when = 0; when < CONDITIONS; when++)
			for (int from = STATE_RECEIVED; from <= STATE_LAST; from++)
				if (!has_condition(move, when))
					assert_ptr_equal(
						flow_find(move, (enum request_state)from, when),
						flow_find(move, (enum request_state)from,
							FLOW_ALWAYS));
}

static void read_reviewed(struct buffer *out)
{
	char path[1024], line[256];
	const char *top = getenv("TOP_SRCDIR");
	FILE *file;

	assert_non_null(top);
	(void)snprintf(path, sizeof(path), "%s/tests/core/flow.txt", top);
	file = fopen(path, "re");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		if (line[0] != '#')
			buffer_add(out, line);
	assert_int_equal(fclose(file), 0);
}

static void test_table_is_the_reviewed_one(void **state)
{
	struct buffer printed, reviewed;

	(void)state;
	buffer_init(&printed);
	buffer_init(&reviewed);
	print_table(&printed);
	read_reviewed(&reviewed);
	(void)printf("%s", buffer_text(&printed));
	assert_string_equal(buffer_text(&printed), buffer_text(&reviewed));
	buffer_done(&printed);
	buffer_done(&reviewed);
}

/* Of a decided one only corrections are confirmed and returned. */
static bool may_be_of_final(enum move move)
{
	return move == MOVE_NOTE || move == MOVE_ASSIGN || move == MOVE_LINK ||
	       move == MOVE_INCIDENT || move == MOVE_RESUBMIT || move == MOVE_CORRECT ||
	       move == MOVE_SENT || move == MOVE_CONFIRM || move == MOVE_RETURN;
}

/* Final is what nothing leads out of, and what nothing but an assignment changes without a second
   person. */
static void test_final_states_stay(void **state)
{
	(void)state;
	for (int from = STATE_RECEIVED; from <= STATE_LAST; from++)
		for (enum move move = 0; move < MOVE_COUNT; move++)
			if (state_is_final((enum request_state)from) && !may_be_of_final(move))
				assert_false(flow_may(move, (enum request_state)from));
	assert_true(state_is_final(STATE_WITHDRAWN));
	assert_false(state_is_final(STATE_WITHDRAWAL_PROPOSED));
}

static void test_why_not(void **state)
{
	char why[512];

	(void)state;
	flow_why(MOVE_ACCEPT, STATE_REJECTED, why, sizeof(why));
	assert_string_equal(
		why, "it is Rejected; only one that is received or in triage can be accepted");
	flow_why(MOVE_TRACE, STATE_RECEIVED, why, sizeof(why));
	assert_string_equal(why, "it is received; only one that is accepted can be traced");
	flow_why(MOVE_EDIT, STATE_WITHDRAWN, why, sizeof(why));
	assert_string_equal(why, "it is withdrawn; only one that is received, in triage, held,"
				 " waiting for an answer or accepted can be edited");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table_is_the_reviewed_one),
		cmocka_unit_test(test_other_conditions_change_nothing),
		cmocka_unit_test(test_final_states_stay),
		cmocka_unit_test(test_why_not),
	};

	return cmocka_run_group_tests_name("flow", tests, NULL, NULL);
}
