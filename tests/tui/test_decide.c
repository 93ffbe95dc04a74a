/*
 * Decisions and second pairs of eyes on the real program with a demo store: what
 * each screen asks, what it says before and after, at three sizes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/tui/on_demo.h"

/* Where the demo's queues stand in the tabs. */
#define MINE   "1"
#define REVIEW "4"
#define CHECK  "5"

/* Moves down a queue to a receipt and opens it. */
static void open_in(struct demo *demo, const char *queue, const char *reference)
{
	struct terminal *terminal = demo->terminal;
	char row[1024], marked[64];

	terminal_type(terminal, queue);
	terminal_see(terminal, reference);
	snprintf(marked, sizeof(marked), "▸ %s", reference);
	terminal_press(terminal, PRESS_HOME);
	for (int i = 4; i < TERMINAL_ROWS; i++) {
		terminal_row(terminal, i, row, sizeof(row));
		if (strstr(row, reference))
			break;
		terminal_press(terminal, PRESS_DOWN);
	}
	terminal_see(terminal, marked);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see_in_row(terminal, 0, reference);
	terminal_unsee(terminal, "reading");
}

/* The bar is the last row at every size, and what is asked for is still there. */
static void at_all_sizes(struct demo *demo, const char *text, const char *bar)
{
	static const int sizes[][2] = { { 40, 120 }, { 60, 200 }, { 24, 80 } };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		terminal_resize(demo->terminal, sizes[i][0], sizes[i][1]);
		terminal_see_in_row(demo->terminal, sizes[i][0] - 1, bar);
		terminal_see(demo->terminal, text);
	}
}

/* Leaves a form in which something was typed. */
static void leave(struct terminal *terminal)
{
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "Esc again leaves");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "[Summary]");
}

/* Two corrections are proposed by command; another supervisor confirms one and returns the other on
   the screen, with nothing to strike. */
static void corrections_are_reviewed(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_file(demo, "correct.json",
		"{\"outcome\":\"approved_trace\",\"reasons\":[],\"reason\":\"The order came.\"}");
	assert_int_equal(demo_shell(demo, "sam",
				 "for r in TR-2020-000211 TR-2020-000212; do $P request correct $r"
				 " --from $D/correct.json || exit 1; done"),
		0);
	demo_start(demo, "sasha", 24, 80);
	open_in(demo, REVIEW, "TR-2020-000211");
	terminal_see_in_row(terminal, 1, "Correction proposed by sam");
	terminal_see(terminal, "It is       Rejected, decided on 22/12/2020");
	terminal_see(terminal, "It becomes  Approved - Trace");
	terminal_see(terminal, "The order came.");
	terminal_see(terminal, "in December 2020; no letter goes out.");
	assert_false(terminal_has(terminal, "strike"));
	at_all_sizes(demo, "It becomes  Approved - Trace", "⏎ confirm  r return");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "TR-2020-000211: confirmed · now Approved - Trace");
	terminal_see_in_row(terminal, 0, "TR-2020-000212");
	terminal_type(terminal, "rNothing came.\023");
	terminal_see(terminal, "TR-2020-000212: returned · now Rejected");
	terminal_type(terminal, "q");
	terminal_see_in_row(terminal, 1, "[To review 6]");
	assert_false(terminal_has(terminal, "TR-2020-000212"));
	demo_quit(demo);
}

/* The proposer's own is shown, and not his to decide; a decided receipt without a proposal has
   nothing to review. */
static void a_correction_is_not_its_proposers(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	assert_int_equal(
		demo_shell(demo, "sam", "$P request correct TR-2020-000213 --from $D/correct.json"),
		0);
	demo_start(demo, "sam", 24, 80);
	open_in(demo, REVIEW, "TR-2020-000213");
	terminal_see(terminal, "It can't be reviewed by you: you proposed it.");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "you proposed it; somebody else reviews it");
	terminal_type(terminal, "q");
	terminal_type(terminal, "7");
	terminal_see(terminal, "[Closed]");
	terminal_see(terminal, "▸ TR-2020-0002");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "[Summary]");
	assert_false(terminal_has(terminal, "v review"));
	terminal_type(terminal, "v");
	terminal_see(terminal, "nothing of it waits for a review");
	terminal_type(terminal, "q");
	terminal_see(terminal, "n log new");
	demo_quit(demo);
	assert_int_equal(demo_shell(demo, "sasha",
				 "echo no >$D/no; $P request review TR-2020-000213 --return"
				 " --from $D/no"),
		0);
}

/* After one in the middle was confirmed the one that stood after it comes up. */
static void the_next_of_the_queue_comes_up(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "sasha", 24, 80);
	open_in(demo, REVIEW, "TR-2020-000225");
	terminal_see_in_row(terminal, 0, "Review 1 of 6: TR-2020-000225");
	terminal_see_in_row(terminal, 1, "Exception proposed by chris");
	terminal_see(terminal, "To be accepted although these fail");
	terminal_see(terminal, "Countersigner's rank Sergeant");
	terminal_see(terminal, "Confirming makes it accepted today.");
	assert_false(terminal_has(terminal, "strike"));
	at_all_sizes(demo, "To be accepted although these fail", "⏎ confirm  r return");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "TR-2020-000225: confirmed · now accepted");
	terminal_see_in_row(terminal, 0, "Review 2 of 6: TR-2020-000223");
	terminal_type(terminal, "n");
	terminal_see_in_row(terminal, 0, "Review 3 of 6: TR-2020-000228");
	terminal_type(terminal, "n");
	terminal_see_in_row(terminal, 0, "Review 4 of 6: TR-2020-000229");
	terminal_type(terminal, "rThe reason does not say why.\023");
	terminal_see(terminal, "TR-2020-000229: returned · now in triage");
	terminal_see_in_row(terminal, 0, "Review 5 of 6: TR-2020-000230");
	terminal_type(terminal, "n");
	terminal_see_in_row(terminal, 0, "Review 6 of 6: TR-2020-000232");
	terminal_see(terminal, "To be withdrawn: logged in error");
	terminal_see(terminal, "Confirming makes it withdrawn today.");
	at_all_sizes(demo, "To be withdrawn: logged in error", "⏎ confirm  r return");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "TR-2020-000232: confirmed · now withdrawn");
	terminal_see_in_row(terminal, 0, "Review 2 of 6: TR-2020-000223");
	terminal_type(terminal, "q");
	terminal_see_in_row(terminal, 1, "[To review 3]");
	demo_quit(demo);
}

static void releases_are_reviewed(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "sam", 24, 80);
	open_in(demo, CHECK, "TR-2020-000220");
	terminal_see_in_row(terminal, 1, "Release proposed by chris");
	terminal_see(terminal, "To release");
	terminal_see(terminal, "Confirming makes it Approved - Trace today");
	terminal_type(terminal, "rThe third subject's address is missing.\023");
	terminal_see(terminal, "TR-2020-000220: returned · now accepted");
	terminal_see_in_row(terminal, 0, "TR-2020-000222");
	terminal_see_in_row(terminal, 1, "Release proposed by casey");
	at_all_sizes(demo, "To release", "⏎ confirm  r return");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "TR-2020-000222: confirmed · now Approved - Trace");
	terminal_see_in_row(terminal, 1, "[To check 2]");
	demo_quit(demo);
}

/* 98 typed is 98, not the first of the nineties. */
static void nobody_is_traced(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "chris", 24, 80);
	open_in(demo, MINE, "TR-2020-000234");
	terminal_type(terminal, "z");
	terminal_see(terminal, "Nobody was found: this ends the receipt today.");
	terminal_type(terminal, "\023");
	terminal_see(terminal, "Trace answer: needed before it can be done");
	terminal_type(terminal, "00");
	terminal_see(terminal, "No answer here begins with 00. There are: 91 invalid record, 95");
	terminal_see(terminal, "98 no match");
	terminal_type(terminal, "9");
	terminal_see(terminal, "91 invalid record");
	terminal_type(terminal, "8");
	terminal_see(terminal, "98 no match");
	terminal_type(terminal, "96");
	terminal_see(terminal, "96 not enough data");
	terminal_type(terminal, "98");
	terminal_see(terminal, "98 no match");
	at_all_sizes(demo, "98 no match", "^S do it  Tab next");
	terminal_type(terminal, "\023");
	terminal_see(terminal, "now Approved - No Trace");
	terminal_see(terminal, "traced: 98 no match");
	at_all_sizes(demo, "Decided", "? help  q back");
	terminal_type(terminal, "q");
	terminal_see(terminal, "n log new");
	demo_quit(demo);
}

static void it_is_held_and_taken_up_again(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "chris", 24, 80);
	open_in(demo, MINE, "TR-2020-000238");
	terminal_type(terminal, "h");
	terminal_see(terminal, "Why it is held: in a few words, then Ctrl-S.");
	terminal_see_row(terminal, 23, " ^S do it  ^O receipt  ^K lock  F1 help  Esc leave");
	terminal_type(terminal, "\023");
	terminal_see(terminal, "needed before it can be done");
	terminal_type(terminal, "The force sends the page that lacks.");
	at_all_sizes(demo, "The force sends the page", "^S do it  ^O receipt");
	terminal_type(terminal, "\023");
	terminal_see_in_row(terminal, 0, "TR-2020-000238  held");
	terminal_see(terminal, "h resume");
	assert_false(terminal_has(terminal, "h hold"));
	terminal_type(terminal, "h");
	terminal_see_in_row(terminal, 0, "TR-2020-000238  in triage");
	terminal_see(terminal, "resumed · now in triage");
	terminal_type(terminal, "4");
	terminal_see(terminal, "The force sends the page that lacks.");
	terminal_type(terminal, "q");
	terminal_see(terminal, "n log new");
	demo_quit(demo);
}

/* Asked, and answered with what came; edited from the receipt; all three on the form or beside it.
 */
static void it_is_asked_answered_and_edited(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "chris", 24, 80);
	open_in(demo, MINE, "TR-2020-000238");
	terminal_type(terminal, "k");
	terminal_see(terminal, "What is asked");
	terminal_type(terminal, "\025Which force are you with?");
	at_all_sizes(demo, "Which force are you with?", "^S do it  ^O receipt");
	terminal_type(terminal, "\023");
	terminal_see_in_row(terminal, 0, "TR-2020-000238  waiting for an answer");
	terminal_see(terminal, "e answer came");
	terminal_type(terminal, "e");
	terminal_see_in_row(terminal, 0, "what came to the query");
	terminal_see(terminal, "Received       [23/12/2020]");
	terminal_type(terminal, "\t\t\t\t\025new/41");
	terminal_see(terminal, "new/41");
	terminal_type(terminal, "\023");
	terminal_see(terminal, "⏎ back");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see_in_row(terminal, 0, "TR-2020-000238  in triage");
	terminal_see(terminal, "ref new/41");
	terminal_type(terminal, "e");
	terminal_see_in_row(terminal, 0, "edit");
	terminal_type(terminal, "\t\t\t\t\025new/42");
	terminal_see(terminal, "new/42");
	terminal_type(terminal, "\023");
	terminal_see(terminal, "⏎ back");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "ref new/42");
	at_all_sizes(demo, "ref new/42", "? help  q back");
	terminal_type(terminal, "q");
	terminal_see(terminal, "n log new");
	demo_quit(demo);
}

/* Neither flag has an answer before somebody gives it; who was traced was matched on something. */
static void a_trace_asks_for_what_it_matched_on(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "chris", 24, 80);
	open_in(demo, MINE, "TR-2020-000231");
	terminal_type(terminal, "t");
	terminal_see(terminal, "S-flagged               … yes or no?");
	terminal_see(terminal, "Changed identity        … yes or no?");
	terminal_type(terminal, "00\023");
	terminal_see(terminal, "S-flagged: needed before it can be done");
	terminal_type(terminal, "n\023");
	terminal_see(terminal, "Changed identity: needed before it can be done");
	terminal_type(terminal, "n\023");
	terminal_see(terminal, "Subject 1: say what was matched on");
	terminal_type(terminal, "\033[Z\033[Znd");
	terminal_see(terminal, "[x] name  [ ] former names  [x] date of birth");
	at_all_sizes(demo, "[x] name  [ ] former names  [x] date of birth", "^S do it  Tab next");
	leave(terminal);
	terminal_type(terminal, "q");
	terminal_see(terminal, "n log new");
	demo_quit(demo);
}

/* No code of a check is seen, and what is said of ten checks is said once. */
static void what_stands_against_it_is_told_in_words(void **state)
{
	static const char no_code[] = "service_open";
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "casey", 24, 80);
	open_in(demo, MINE, "TR-2020-000219");
	terminal_type(terminal, "v");
	terminal_see(terminal, "only a supervisor may do this");
	terminal_type(terminal, "q");
	open_in(demo, MINE, "TR-2020-000227");
	terminal_type(terminal, "c");
	terminal_press(terminal, PRESS_END);
	terminal_see(terminal, "– The other ");
	terminal_see(terminal, "are not for this service.");
	assert_false(terminal_has(terminal, "does not ask for it"));
	terminal_type(terminal, "x");
	terminal_see(terminal, "Other reasons");
	terminal_see(terminal, "No check fails: tick what stands against it.");
	terminal_type(terminal, "\023");
	terminal_see(terminal, "Tick at least one reason");
	terminal_press(terminal, PRESS_DOWN);
	terminal_see(terminal, "▸ [ ] other");
	terminal_type(terminal, " \023");
	terminal_see(terminal, "what the other reason is");
	leave(terminal);
	demo_beside(demo,
		"echo '{\"suspended\":\"yes\"}' >$D/s; $P -s $D/demo.tdk -u sam"
		" --password-file $D/sam.password service set court_order --from $D/s >/dev/null");
	terminal_type(terminal, "z98\023");
	terminal_see(terminal, "its checks no longer hold: 1 check fails (the service");
	leave(terminal);
	demo_beside(demo,
		"echo '{\"suspended\":\"no\"}' >$D/s; $P -s $D/demo.tdk -u sam"
		" --password-file $D/sam.password service set court_order --from $D/s >/dev/null");
	assert_false(terminal_raw_has(terminal, no_code, sizeof(no_code) - 1));
	terminal_type(terminal, "q");
	terminal_see(terminal, "n log new");
	demo_quit(demo);
}

/* A caseworker logs another receipt for the same person: the briefing names it, and masks it not.
   The Guardian releases one item. */
static void the_guardian_releases(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_file(demo, "gunn.json",
		"{\"service\":\"police\",\"received\":\"2021-01-04\",\"organisation\":\"Testshire"
		" Police\",\"subjects\":[{\"subject_surname\":\"Gunn\",\"subject_dob\":\"1998-10-"
		"24\"}]}");
	assert_int_equal(demo_shell(demo, "casey", "$P request add --from $D/gunn.json"), 0);
	demo_start(demo, "sam", 24, 80);
	open_in(demo, CHECK, "TR-2020-000219");
	terminal_see(terminal, "G guardian");
	terminal_type(terminal, "G");
	terminal_see_in_row(terminal, 1, "Briefing for the Caldicott Guardian");
	terminal_see(terminal, "Requester         Seán Abernethy, PC 47900");
	terminal_see(terminal, "S-flagged: yes · changed identity: no");
	terminal_see(terminal, "name            as on the form");
	terminal_press(terminal, PRESS_PAGE_DOWN);
	terminal_see(terminal, "Other receipts for that person");
	terminal_see(terminal, "04/01/2021 · Police · Testshire Police · received");
	at_all_sizes(demo, "Whom it is about", "⏎ record the decision");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "What the Caldicott Guardian decided.");
	terminal_type(terminal, "\023");
	terminal_see(terminal, "Caldicott Guardian: needed before it can be done");
	terminal_type(terminal, "Dr Ashworth\023");
	terminal_see(terminal, "Decision: needed before it can be done");
	terminal_type(terminal, "r\023");
	terminal_see(terminal, "Tick what is released (Space)");
	terminal_type(terminal, "\t ");
	terminal_see(terminal, "[x] name");
	terminal_see(terminal, "[ ] address");
	at_all_sizes(demo, "[x] name", "^S do it  Tab next");
	terminal_type(terminal, "\023");
	terminal_see_in_row(terminal, 0, "TR-2020-000219  Approved - Trace");
	terminal_see(terminal, "Released    name");
	terminal_see(terminal, "by casey, reviewed by sam");
	terminal_see(terminal, "Guardian    Dr Ashworth decided on 04/01/2021: release");
	terminal_type(terminal, "q");
	terminal_see_in_row(terminal, 1, "[To check");
	demo_quit(demo);
}

static void the_guardian_withholds(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "sasha", 24, 80);
	open_in(demo, CHECK, "TR-2020-000221");
	terminal_type(terminal, "G");
	terminal_see_in_row(terminal, 1, "Briefing for the Caldicott Guardian");
	terminal_press(terminal, PRESS_ENTER);
	terminal_type(terminal, "Dr Ashworth\t\tw");
	terminal_see(terminal, "withhold (its letter is neutral)");
	terminal_type(terminal, "\t \023");
	terminal_see(terminal, "nothing is released: take the ticks away");
	terminal_type(terminal, " \023");
	terminal_see_in_row(terminal, 0, "TR-2020-000221  Rejected");
	terminal_type(terminal, "q");
	terminal_see_in_row(terminal, 1, "[To check");
	assert_false(terminal_has(terminal, "TR-2020-000221"));
	demo_quit(demo);
	assert_int_equal(
		demo_shell(demo, "audrey",
			"[ $($P audit log kind:briefing_shown --format csv | wc -l) -eq 3 ]"),
		0);
}

/* Who traced it does not record the decision, and no caseworker reads the briefing. */
static void the_briefing_is_not_for_all(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "sam", 24, 80);
	open_in(demo, MINE, "TR-2020-000224");
	terminal_type(terminal, "t");
	terminal_see(terminal, "S-flagged               … yes or no?");
	terminal_type(terminal, "00\tn\ty\tn\t\tsomewhere\t98\t\tn\tn\t\t\t\t \023");
	terminal_see_in_row(terminal, 0, "with the Caldicott Guardian");
	assert_false(terminal_has(terminal, "G guardian"));
	terminal_type(terminal, "G");
	terminal_see(terminal, "you proposed it; somebody else reviews it");
	terminal_type(terminal, "q");
	terminal_see(terminal, "n log new");
	demo_quit(demo);
	demo_start(demo, "sasha", 24, 80);
	open_in(demo, CHECK, "TR-2020-000224");
	terminal_type(terminal, "G");
	terminal_see_in_row(terminal, 1, "Briefing for the Caldicott Guardian");
	terminal_press(terminal, PRESS_PAGE_DOWN);
	terminal_see(terminal, "S-flagged: yes");
	terminal_see(terminal, "and               ░░░░░░░");
	terminal_see(terminal, "address         somewhere");
	assert_false(terminal_has(terminal, "Goldthorpe"));
	terminal_type(terminal, "q");
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "q");
	terminal_see(terminal, "n log new");
	demo_quit(demo);
}

int main(void)
{
	/* They share the store and run in this order. */
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(corrections_are_reviewed),
		cmocka_unit_test(a_correction_is_not_its_proposers),
		cmocka_unit_test(the_next_of_the_queue_comes_up),
		cmocka_unit_test(releases_are_reviewed),
		cmocka_unit_test(nobody_is_traced),
		cmocka_unit_test(it_is_held_and_taken_up_again),
		cmocka_unit_test(it_is_asked_answered_and_edited),
		cmocka_unit_test(a_trace_asks_for_what_it_matched_on),
		cmocka_unit_test(what_stands_against_it_is_told_in_words),
		cmocka_unit_test(the_guardian_releases),
		cmocka_unit_test(the_guardian_withholds),
		cmocka_unit_test(the_briefing_is_not_for_all),
	};

	return cmocka_run_group_tests_name("decide", tests, demo_setup, demo_teardown);
}
