/*
 * Every screen comes back after a lock as it stood: the whole terminal is
 * compared, with what was typed, selected, filtered and scrolled to. What was a
 * secret does not come back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/tui/on_demo.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define LEFT	     "\033OD"
#define DOWN	     "\033OB"
#define PAGE_DOWN    "\033[6~"

enum { ROWS_MOST = 40, ROW_SIZE = 1024, RULE_ABOVE = 2 };

/* Keys, and what is to be seen after them: of the last ones what they change lowest on the screen,
   which is drawn last. */
struct step {
	const char *keys, *see;
};

/* A way on from where the way before has led; locked is compared at its end. */
struct place {
	const char *name;
	struct step steps[7];
};

static void steps_go(struct demo *demo, const struct place *place)
{
	for (size_t i = 0; i < COUNT(place->steps) && place->steps[i].keys; i++) {
		terminal_type(demo->terminal, place->steps[i].keys);
		terminal_see(demo->terminal, place->steps[i].see);
	}
}

/* The rule above the explaining line says that what was typed is back, or is as it was. */
static void rule_see(struct demo *demo, int row, const char *before)
{
	char now[ROW_SIZE];

	demo_wait_for_key(demo);
	terminal_row(demo->terminal, row, now, sizeof(now));
	if (!strstr(now, " What you had typed by "))
		terminal_see_row(demo->terminal, row, before);
}

/* Locks on whatever is shown and unlocks: the screen is as it was, row by row. */
static void lock_and_compare(struct demo *demo, const char *user, int rows)
{
	struct terminal *terminal = demo->terminal;
	char(*before)[ROW_SIZE] = calloc(ROWS_MOST, sizeof(*before));

	assert_non_null(before);
	demo_wait_for_key(demo);
	for (int row = 0; row < rows; row++)
		terminal_row(terminal, row, before[row], ROW_SIZE);
	terminal_type(terminal, "\032");
	terminal_see_in_row(terminal, 0, "Locked");
	terminal_see(terminal, "is wiped from this");
	demo_unlock(demo, user);
	for (int row = 0; row < rows; row++)
		if (row <= RULE_ABOVE || strncmp(before[row], "───", strlen("───")) != 0)
			terminal_see_row(terminal, row, before[row]);
	for (int row = RULE_ABOVE + 1; row < rows; row++)
		if (strncmp(before[row], "───", strlen("───")) == 0)
			rule_see(demo, row, before[row]);
	free(before);
}

static void places_see(
	struct demo *demo, const char *user, const struct place *places, size_t count)
{
	const size_t step = getenv("TRACEDESK_TEST_SAMPLE") ? 3 : 1;

	for (size_t i = 0; i < count; i++) {
		print_message("# %s: %s\n", user, places[i].name);
		steps_go(demo, &places[i]);
		if (i % step == 0)
			lock_and_compare(demo, user, 24);
	}
}

/* First: nobody has worked on the demo yet. */
static void test_audit(void **state)
{
	static const struct place places[] = {
		{ "a filter", { { "U", "All events" }, { "/", "⏎ do it" },
				      { "person:casey\r", "c checkpoint" } } },
		{ "a page", { { PAGE_DOWN, "Nobody countersigned" },
				    { "j", "triage, assigned_to nothing" } } },
		{ "an event", { { "\r", ": commands" } } },
		{ "words", { { "q", "c checkpoint" }, { "/", "⏎ do it" },
				   { "\025kind:log" LEFT, "kind:log" } } },
		{ "a sample", { { "\033", "c checkpoint" }, { "s", "⏎ do it" },
				      { "3 7\r", "c checkpoint" }, { "j", "Rang the station" } } },
		{ "how many of it", { { "s", "⏎ do it" }, { "1 9" LEFT, "1 9" } } },
		{ "a proof", { { "\033", "c checkpoint" }, { "v", "All of it holds" } } },
	};
	struct demo *demo = *state;

	demo_start(demo, "audrey", 24, 80);
	places_see(demo, "audrey", places, COUNT(places));
	demo_leave(demo, "\003");
}

static void test_administrator(void **state)
{
	static const struct place places[] = {
		{ "people", { { "jj", "casey logs in with a password" } } },
		{ "their keys", { { "?", "q back" } } },
		{ "a command", { { "q", "q quit" }, { ":", "F1 help" }, { "disab", ": disab" } } },
		{ "is it meant?", { { "\033", "q quit" }, { "d", "y do it" } } },
		{ "roles",
			{ { "\033", "q quit" }, { "o", "Esc leave" }, { "s", "[x] supervisor" } } },
		{ "a new person", { { "\033\033", "q quit" }, { "n", "Esc leave" },
					  { "bobby\tBob Xy" LEFT, "Bob Xy" } } },
		{ "the store", { { "\033\033", "q quit" }, { "i", "q back" } } },
	};
	struct demo *demo = *state;

	demo_start(demo, "ada", 24, 80);
	places_see(demo, "ada", places, COUNT(places));
	demo_leave(demo, "\003");
}

/* A one-time password is not kept; whose it was is said. */
static void test_made_password(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "ada", 24, 80);
	terminal_type(terminal, "n");
	terminal_see(terminal, "Log-in name");
	terminal_type(terminal, "billie\t\tc");
	terminal_see(terminal, "[x] caseworker");
	terminal_type(terminal, "\023");
	terminal_see(terminal, "One-time password of billie");
	terminal_type(terminal, "L");
	terminal_see_in_row(terminal, 0, "Locked");
	demo_unlock(demo, "ada");
	terminal_see(terminal, "▸ billie");
	terminal_see(terminal, "The one-time password of billie was wiped by the lock");
	demo_leave(demo, "\003");
}

static void test_month(void **state)
{
	static const struct place places[] = {
		{ "a cell", { { "M", "December 2020" },
				    { LEFT DOWN DOWN DOWN "l",
					    "Trace, Court Order: 25 in November" } } },
		{ "its cases", { { "\r", "DEMO  Cases" }, { "jjj", "4 of 25" } } },
		{ "a file for it", { { "q", "c close" }, { "x", "Esc leave" },
					   { "figs.tx" LEFT, "figs.tx" } } },
		{ "submissions", { { "\033", "c close" }, { "\t", "Submissions received: 9" },
					 { DOWN DOWN, "Submissions withdrawn: none" } } },
		{ "insight", { { "\t", "Not published: the month beside" } } },
		{ "revisions", { { "\t", "What each revision changed" } } },
		{ "before closing",
			{ { "\t" LEFT LEFT LEFT LEFT LEFT LEFT LEFT LEFT LEFT, "February 2020" },
				{ "c", "Esc leave" } } },
		{ "closed", { { "\r", "s save" } } },
		{ "its file", { { "s", "Save as" }, { "paper.txt" LEFT, "paper.txt" } } },
		{ "done", { { "\033", "s save" }, { "q", "⏎ back" } } },
	};
	struct demo *demo = *state;

	demo_start(demo, "sam", 24, 80);
	places_see(demo, "sam", places, COUNT(places));
	demo_leave(demo, "\003");
}

static void test_upkeep(void **state)
{
	static const struct place places[] = {
		{ "rules", { { "S", "[Services]" }, { "\tjjj", "all · Value: police.uk" } } },
		{ "one changed", { { "\r", "Esc leave" }, { "\txy" LEFT, "allxy" } } },
		{ "a new one", { { "\033\033", "n add" }, { "n", "Esc leave" },
				       { "\tzz", "▸ For                     zz" } } },
		{ "organisations",
			{ { "\033\033", "n add" }, { "\t", "Organisation: Avon and Somerset" } } },
	};
	struct demo *demo = *state;

	demo_start(demo, "sam", 24, 80);
	places_see(demo, "sam", places, COUNT(places));
	demo_leave(demo, "\003");
}

static void test_lists(void **state)
{
	static const struct place places[] = {
		{ "far down", { { "7", "[Closed]" },
				      { PAGE_DOWN PAGE_DOWN PAGE_DOWN "kk",
					      "safeguarding · Family Court at Reading" } } },
		{ "marks", { { "2", "[Unassigned" }, { "mjm", "2 marked · " } } },
		{ "words that are a mistake",
			{ { "/", "F1 has the keys" }, { "is:zz" LEFT, "word 1, \"is:zz\"" } } },
		{ "words and what they find",
			{ { "\025service:police ", "Greater Manchester Police · Gogoi" },
				{ LEFT DOWN DOWN, "Essex Police · Ferreira" } } },
		{ "submissions",
			{ { "\033", "L lock" }, { "B", "n receive" }, { "jjjj", "5 of 89" } } },
		{ "one of them", { { "\r", ": commands" } } },
		{ "its form", { { "q", "5 of 89" }, { "n", "Esc leave" },
				      { "\tBarset" LEFT, "Barset" } } },
	};
	struct demo *demo = *state;

	demo_start(demo, "casey", 24, 80);
	places_see(demo, "casey", places, COUNT(places));
	terminal_type(demo->terminal, "\033\033");
	terminal_see(demo->terminal, "5 of 89");
	demo_leave(demo, "\003");
}

static void test_receipt(void **state)
{
	static const struct place places[] = {
		{ "the second check",
			{ { "/", "F1 has the keys" },
				{ "ref:TR-2020-000216\r", "Held, with casey" }, { "\r", "N note" },
				{ DOWN, "▸ ? Is it about known" } } },
		{ "all checks", { { "c", "Who the sender is was checked" } } },
		{ "the form further down",
			{ { "2", "↓ more below" }, { PAGE_DOWN, "more above" } } },
		{ "a file to be attached", { { "5", "[Files]" }, { "f", "Esc leave" },
						   { "letter.pd" LEFT, "letter.pd" } } },
		{ "an organisation nobody named",
			{ { "\033", "N note" }, { "e", "Esc leave" }, { "\t\tQX", "PoliceQX" } } },
		{ "more of the edit", { { "\t\tQY" LEFT, "QY" } } },
		{ "help in it", { { "\033OP", "q back" } } },
	};
	struct demo *demo = *state;

	demo_start(demo, "casey", 24, 80);
	places_see(demo, "casey", places, COUNT(places));
	demo_leave(demo, "\003");
}

/* Opened for a reason: what is typed on it comes back without asking again. */
static void test_reason(void **state)
{
	static const struct place places[] = {
		{ "why it is opened", { { "7", "[Closed]" }, { "G", "03/02/2020 · Family" },
					      { "\r", "Esc leave" },
					      { "the court asks" LEFT, "the court asks" } } },
		{ "the receipt", { { "\r", "N note" } } },
		{ "a note on it",
			{ { "N", "Esc leave" }, { "said by phone" LEFT, "said by phone" } } },
	};
	struct demo *demo = *state;

	demo_start(demo, "casey", 24, 80);
	places_see(demo, "casey", places, COUNT(places));
	terminal_type(demo->terminal, "\033\033");
	terminal_see(demo->terminal, "[Summary]");
	demo_leave(demo, "\003");
}

static void test_second_person(void **state)
{
	static const struct place places[] = {
		{ "a proposal", { { "/", "F1 has the keys" },
					{ "ref:TR-2020-000223\r", "West Midlands Police ·" },
					{ "\r", "v review" }, { "v", "o receipt" } } },
		{ "a reason struck", { { "1", "(struck)" } } },
		{ "returned", { { "r", "Esc leave" }, { "not enough" LEFT, "not enough" } } },
		{ "a briefing", { { "\033\033", "o receipt" }, { "q", "v review" }, { "q", "open" },
					{ "\025ref:TR-2020-000219\r", "Devon & Cornwall Police ·" },
					{ "\r", "G guardian" }, { "G", ": commands" } } },
		{ "a letter", { { "q", "G guardian" }, { "q", "open" }, { "\033", "q quit" },
				      { "6", "[To send" }, { "\r", "p print" },
				      { PAGE_DOWN, "more above" } } },
		{ "its file", { { "p", "Esc leave" }, { "\025out.html" LEFT, "out.html" } } },
		{ "that it has gone",
			{ { "\033\033", "p print" }, { "s", "Esc leave" }, { "\t", "▸ On" } } },
	};
	struct demo *demo = *state;

	demo_start(demo, "sam", 24, 80);
	places_see(demo, "sam", places, COUNT(places));
	demo_leave(demo, "\003");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_audit),
		cmocka_unit_test(test_administrator),
		cmocka_unit_test(test_made_password),
		cmocka_unit_test(test_month),
		cmocka_unit_test(test_upkeep),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_receipt),
		cmocka_unit_test(test_reason),
		cmocka_unit_test(test_second_person),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("lock places", tests, demo_setup, demo_teardown);
}
