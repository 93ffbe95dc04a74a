/*
 * The work, a receipt's parts and moves, decisions and reviews: on the real
 * program with a demo store at three sizes; on the fake desk what the real one
 * cannot be brought to.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/tui/fake_desk.h"
#include "tests/tui/on_demo.h"
#include "tests/tui/on_terminal.h"

/* Three receipts: one that is good, one whose countersigner is too low, one that asks for no more
   than a name. */
#define HEADS                                                                                   \
	"received,service,reference,channel,organisation,organisation_kind,requester_name,"     \
	"requester_rank,requester_number,requester_email,requester_signed,identity_checked,"    \
	"countersigner_name,countersigner_rank,countersigner_number,countersigned,legal_basis," \
	"purpose,necessity,items,subject_surname,subject_forenames,subject_dob,safeguarding\n"
#define ROW(reference, rank, items, surname)                                                     \
	"2020-12-10,police," reference ",secure_email,Kent Police,territorial,Priya Lowe,DC,"    \
	"12345,p.lowe@kent.police.uk,2020-12-02,call_back,Quentin Marsh," rank                   \
	",9876,2020-12-03,dpa2018_sch2_2,criminal_investigation,The whereabouts of the subject " \
	"are not known by other means.," items "," surname ",Ann,1980-02-29,yes\n"

static int work_setup(void **state)
{
	struct demo *demo;

	if (demo_setup(state) != 0)
		return -1;
	demo = *state;
	demo_file(demo, "open.csv",
		HEADS ROW("T-GOOD", "DI", "name;address", "O'Testa") ROW("T-BAD", "Sergeant",
			"name;address", "Nguyen") ROW("T-WORSE", "PC", "name", "Lewis")
			ROW("T-NAME", "DI", "name", "Ap Rhys"));
	return demo_shell(demo, "sam", "$P import requests $D/open.csv");
}

/* The row of the screen that holds a text, or -1. */
static int row_of(struct terminal *terminal, const char *text)
{
	char row[1024];

	for (int i = 0; i < TERMINAL_ROWS; i++) {
		terminal_row(terminal, i, row, sizeof(row));
		if (strstr(row, text))
			return i;
	}
	return -1;
}

/* Moves the selection to a receipt of the screen. */
static void select_shown(struct demo *demo, const char *reference)
{
	struct terminal *terminal = demo->terminal;
	char marked[64];
	int rows;

	snprintf(marked, sizeof(marked), "▸ %s", reference);
	terminal_see(terminal, "[Unassigned");
	terminal_see(terminal, reference);
	rows = row_of(terminal, reference) - row_of(terminal, "▸ ");
	for (; rows > 0; rows--)
		terminal_press(terminal, PRESS_DOWN);
	for (; rows < 0; rows++)
		terminal_press(terminal, PRESS_UP);
	terminal_see(terminal, marked);
}

static void queues_are_tabs(void **state)
{
	static const char *const tabs[] = { "[Unassigned", "[Waiting", "[To review", "[To check",
		"[To send", "[Closed]", "[Mine" };
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "casey", 24, 80);
	terminal_see_in_row(terminal, 0, "tracedesk  DEMO  Work");
	terminal_see_in_row(terminal, 1, "[Mine 12]  Unassigned 15");
	for (size_t i = 0; i < sizeof(tabs) / sizeof(tabs[0]); i++) {
		terminal_press(terminal, PRESS_TAB);
		terminal_see_in_row(terminal, 1, tabs[i]);
	}
	terminal_type(terminal, "2");
	terminal_see(terminal, "▸ TR-2020-");
	terminal_see(terminal, "Received, assigned to nobody");
	terminal_resize(terminal, 40, 120);
	terminal_see(terminal, "Age");
	terminal_resize(terminal, 60, 200);
	terminal_see(terminal, "Assigned to");
	terminal_resize(terminal, 24, 80);
	terminal_unsee(terminal, "Assigned to");
	demo_quit(demo);
}

static void marked_ones_are_assigned(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "casey", 24, 80);
	terminal_see_in_row(terminal, 23, "/ find  A to colleague  m mark");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "a");
	terminal_see(terminal, "It is with you already");
	terminal_type(terminal, "q2");
	terminal_see_in_row(terminal, 23, "/ find  a take it  A to colleague");
	select_shown(demo, "TR-2020-000244");
	terminal_type(terminal, "mm");
	terminal_see(terminal, "2 marked");
	terminal_type(terminal, "a");
	terminal_see(terminal, "2 receipts are with casey now");
	terminal_see_in_row(terminal, 1, "Mine 14  [Unassigned 13]");
	terminal_type(terminal, "A");
	terminal_see(terminal, "Colleague's log-in name");
	terminal_type(terminal, "nobody\r");
	terminal_see(terminal, "nobody here is called nobody");
	terminal_see(terminal, "log-in name nobody");
	terminal_type(terminal, "\025chris\r");
	terminal_see(terminal, "is with chris now");
	terminal_see_in_row(terminal, 1, "[Unassigned 12]");
	demo_quit(demo);
}

static void a_good_one_is_accepted_and_traced(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "casey", 24, 80);
	terminal_type(terminal, "2");
	select_shown(demo, "T-NAME");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "Can't accept yet: 2 to judge");
	terminal_see(terminal, "(g accept: 2 to judge)");
	terminal_type(terminal, "g");
	terminal_see(terminal, "it can't be accepted yet: 2 to judge");
	terminal_type(terminal, "y");
	terminal_see(terminal, "Can't accept yet: 1 to judge");
	terminal_type(terminal, "y");
	terminal_see(terminal, "Nothing stands against accepting it");
	terminal_type(terminal, "g");
	terminal_see_in_row(terminal, 0, "T-NAME  accepted");
	terminal_type(terminal, "t\023");
	terminal_see(terminal, "Trace answer: needed before it can be done");
	terminal_type(terminal, "0\tnd\tn\tn\tAnn Ap Rhys\t \tr\023");
	terminal_see_in_row(terminal, 0, "Approved - Trace");
	terminal_see(terminal, "· traced:");
	terminal_type(terminal, "7");
	terminal_see(terminal, "trace recorded by casey");
	terminal_type(terminal, "q");
	terminal_see_in_row(terminal, 1, "[Unassigned 11]");
	demo_quit(demo);
}

/* A check below one that fails can be reached and judged, and the next to judge is selected. */
static void a_check_below_a_failure_is_judged(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "casey", 24, 80);
	terminal_type(terminal, "2");
	select_shown(demo, "TR-2021-000001");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "▸ ✗ The requester's e-mail");
	terminal_type(terminal, "y");
	terminal_see(terminal, "Select a check marked ?");
	terminal_press(terminal, PRESS_DOWN);
	terminal_see(terminal, "▸ ✗ Who the sender is");
	terminal_press(terminal, PRESS_DOWN);
	terminal_see(terminal, "▸ ? Is the request really");
	terminal_type(terminal, "y");
	terminal_see(terminal, "2 fail, 1 to judge");
	terminal_see(terminal, "▸ ? Is it about known people");
	terminal_press(terminal, PRESS_UP);
	terminal_see(terminal, "▸ ✗ Who the sender is");
	terminal_press(terminal, PRESS_UP);
	terminal_see(terminal, "▸ ✗ The requester's e-mail");
	terminal_type(terminal, "q");
	terminal_see(terminal, "q quit");
	demo_quit(demo);
}

static void reject(struct demo *demo, const char *reference)
{
	struct terminal *terminal = demo->terminal;

	terminal_type(terminal, "2");
	select_shown(demo, reference);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "✗");
	terminal_type(terminal, "x");
	terminal_see(terminal, "[x] the countersigner is not senior enough");
	terminal_type(terminal, "\023");
	terminal_see_in_row(terminal, 0, "rejection proposed");
	terminal_see(terminal, "(v review: supervisors only)");
	terminal_type(terminal, "vg");
	terminal_see(terminal, "only one that is received or in triage can");
	terminal_type(terminal, "q");
	terminal_see(terminal, "q quit");
}

/* Enter opens the first of the queue, Enter confirms it, and the next comes up. */
static void a_rejection_is_reviewed_in_two_keys(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;
	int keys = 0;

	demo_start(demo, "casey", 24, 80);
	reject(demo, "T-WORSE");
	reject(demo, "T-BAD");
	demo_quit(demo);
	demo_start(demo, "sam", 24, 80);
	terminal_type(terminal, "4");
	terminal_see_in_row(terminal, 1, "[To review 8]");
	keys++;
	terminal_press(terminal, PRESS_ENTER);
	terminal_see_in_row(terminal, 0, "Review 1 of 8: T-BAD");
	terminal_see_in_row(terminal, 1, "Rejection proposed by casey");
	terminal_see(terminal, "1 ✗");
	terminal_see(terminal, "Countersigner's rank Sergeant");
	terminal_see(terminal, "Confirming makes it Rejected today; it counts in January 2021.");
	terminal_resize(terminal, 60, 200);
	terminal_see_in_row(terminal, 59, "⏎ confirm");
	terminal_resize(terminal, 24, 80);
	keys++;
	terminal_press(terminal, PRESS_ENTER);
	terminal_see_in_row(terminal, 0, "Review 2 of 8: T-WORSE");
	terminal_see(terminal, "T-BAD: confirmed · now Rejected");
	printf("# keys to review a rejection: %d\n", keys);
	assert_int_equal(keys, 2);
	terminal_type(terminal, "rthe rank was read wrongly\023");
	terminal_see(terminal, "T-WORSE: returned");
	terminal_see_in_row(terminal, 0, "Review 3 of 8");
	terminal_type(terminal, "q");
	terminal_see_in_row(terminal, 1, "[To review 6]");
	demo_quit(demo);
}

/* The proposer's own proposal is shown, and cannot be confirmed. */
static void nobody_reviews_his_own(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "sam", 40, 120);
	terminal_type(terminal, "2");
	select_shown(demo, "T-GOOD");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "│");
	terminal_type(terminal, "wl\tthe wrong box\023");
	terminal_see_in_row(terminal, 0, "withdrawal proposed");
	terminal_see(terminal, "(v review: you proposed it)");
	terminal_type(terminal, "qq");
	terminal_see_restored(terminal);
	demo_start(demo, "sasha", 40, 120);
	terminal_type(terminal, "4\r");
	terminal_see(terminal, "To be withdrawn: logged in error");
	terminal_type(terminal, "\r");
	terminal_see_in_row(terminal, 0, "Review 2 of 7");
	terminal_type(terminal, "q");
	terminal_see(terminal, "[To review 6]");
	demo_quit(demo);
}

static void the_auditor_only_reads(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "audrey", 24, 80);
	terminal_see_in_row(terminal, 0, "Receipts");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "(g accept: caseworkers only)");
	terminal_see_in_row(terminal, 22, "Received, assigned to nobody");
	terminal_see(terminal, "A person must");
	assert_false(terminal_has(terminal, "y / n"));
	terminal_type(terminal, "x");
	terminal_see(terminal, "only a caseworker or supervisor may do this");
	terminal_type(terminal, "q");
	demo_quit(demo);
}

static void what_is_refused_is_told_and_nothing_is_lost(void **state)
{
	struct terminal *terminal = *state;

	screens_start(terminal, "rows=250 moves=refuse");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "Na note that was typed\023");
	terminal_see(terminal, "told over several lines; ask a");
	terminal_see(terminal, "it can't be done for a reason");
	terminal_see(terminal, "a note that was typed");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "Esc again leaves");
	terminal_see(terminal, "a note that was typed");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "q");
	assert_int_equal(screens_quit(terminal), 0);
	assert_true(terminal_has(terminal, "moves 1"));
}

static void a_conflict_is_looked_at(void **state)
{
	struct terminal *terminal = *state;

	screens_start(terminal, "rows=250 moves=conflict");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "Nstill wanted\023");
	terminal_see(terminal, "edit conflict: somebody changed it");
	terminal_type(terminal, "\023");
	terminal_see(terminal, "edit conflict");
	terminal_type(terminal, "\017");
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "q");
	terminal_see(terminal, "still wanted");
	terminal_type(terminal, "\023");
	terminal_see(terminal, "the note is added");
	terminal_type(terminal, "q");
	assert_int_equal(screens_quit(terminal), 0);
	assert_true(terminal_has(terminal, "moves 3"));
	assert_true(terminal_has(terminal, "version 2"));
	assert_true(terminal_has(terminal, "text still wanted"));
}

static void hostile_text_is_harmless(void **state)
{
	static const char clear[] = "\033[2J\033[1;31m";
	struct terminal *terminal = *state;

	screens_start(terminal, "rows=250 hostile role=supervisor");
	terminal_press(terminal, PRESS_ENTER);
	for (const char *part = "12345"; *part; part++) {
		const char key[2] = { *part, '\0' };

		terminal_type(terminal, key);
		terminal_see_in_row(terminal, 23, "q back");
	}
	terminal_type(terminal, "1x");
	terminal_see(terminal, "[x]");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "q");
	for (int i = 0; i < 8; i++)
		terminal_press(terminal, PRESS_DOWN);
	screens_see_selected(terminal, 250, 8);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see_in_row(terminal, 0, "Review");
	terminal_see(terminal, "␛[2J");
	assert_false(terminal_raw_has(terminal, clear, sizeof(clear) - 1));
	terminal_type(terminal, "q");
	assert_int_equal(screens_quit(terminal), 0);
}

static void struck_reasons_go_with_the_move(void **state)
{
	struct terminal *terminal = *state;

	screens_start(terminal, "rows=250 role=supervisor");
	for (int i = 0; i < 8; i++)
		terminal_press(terminal, PRESS_DOWN);
	screens_see_selected(terminal, 250, 8);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "1 ✗");
	terminal_type(terminal, "123");
	terminal_see(terminal, "3 –");
	terminal_see(terminal, "Every reason is struck: r returns it");
	terminal_see_in_row(terminal, 23, "(⏎ confirm: every reason is struck)");
	terminal_type(terminal, "\r");
	terminal_see(terminal, "every reason is struck; return it with r, or take one back");
	terminal_type(terminal, "2393");
	terminal_see(terminal, "1 –");
	terminal_unsee(terminal, "2 –");
	terminal_unsee(terminal, "every reason is struck");
	terminal_type(terminal, "\r");
	terminal_see(terminal, "confirmed");
	terminal_type(terminal, "q");
	assert_int_equal(screens_quit(terminal), 0);
	assert_true(terminal_has(terminal, "codes service_open"));
}

/* What can be reviewed stands behind what cannot, more than two pages of it. */
static void a_long_queue_is_walked(void **state)
{
	struct terminal *terminal = *state;

	screens_start(terminal, "rows=250 role=supervisor");
	for (int i = 0; i < 9; i++)
		terminal_press(terminal, PRESS_DOWN);
	screens_see_selected(terminal, 250, 9);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see_in_row(terminal, 0, "Review 10 of ");
	terminal_type(terminal, "n");
	terminal_see_in_row(terminal, 0, "Review 121 of ");
	terminal_see_in_row(terminal, 1, "Correction proposed");
	terminal_type(terminal, "n");
	terminal_see_in_row(terminal, 0, "Review 5 of ");
	terminal_type(terminal, "q");
	assert_int_equal(screens_quit(terminal), 0);
}

int main(int argc, char **argv)
{
	/* The first on the real program and a demo store, the others on the fake desk. */
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(queues_are_tabs),
		cmocka_unit_test(marked_ones_are_assigned),
		cmocka_unit_test(a_good_one_is_accepted_and_traced),
		cmocka_unit_test(a_check_below_a_failure_is_judged),
		cmocka_unit_test(a_rejection_is_reviewed_in_two_keys),
		cmocka_unit_test(nobody_reviews_his_own),
		cmocka_unit_test(the_auditor_only_reads),
		TERMINAL_TEST(what_is_refused_is_told_and_nothing_is_lost),
		TERMINAL_TEST(a_conflict_is_looked_at),
		TERMINAL_TEST(hostile_text_is_harmless),
		TERMINAL_TEST(struck_reasons_go_with_the_move),
		TERMINAL_TEST(a_long_queue_is_walked),
	};

	if (screens_is_wanted(argc, argv))
		return fake_main(argc - 2, argv + 2);
	return cmocka_run_group_tests_name("work", tests, work_setup, demo_teardown);
}
