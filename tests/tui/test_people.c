/*
 * What an administrator sees and does, on the real program with a demo store:
 * people added, given roles, locked out, let in; a one-time password shown
 * once; work given back; lock-outs; the store's keys.
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

static void people_open(struct demo *demo, int rows, int columns)
{
	demo_start(demo, "ada", rows, columns);
	terminal_see_in_row(demo->terminal, 0, "tracedesk  DEMO  People");
	terminal_see_in_row(demo->terminal, 4, "▸ ada");
}

/* Moves the selection down to a person. */
static void select_person(struct demo *demo, const char *name)
{
	char marked[64];

	snprintf(marked, sizeof(marked), "▸ %s", name);
	for (int i = 0; i < 12 && !terminal_has(demo->terminal, marked); i++) {
		terminal_press(demo->terminal, PRESS_DOWN);
		terminal_see_in_row(demo->terminal, 5 + i, "▸");
	}
	terminal_see(demo->terminal, marked);
}

/* The password on the screen, kept in a file for the program. */
static void password_keep(struct demo *demo, const char *name)
{
	char row[1024], file[64], text[128];

	terminal_see(demo->terminal, "⏎ wipe it");
	terminal_row(demo->terminal, 6, row, sizeof(row));
	assert_true(strspn(row, " ") == 6);
	assert_true(strlen(row + 6) >= 12);
	snprintf(file, sizeof(file), "%s.password", name);
	snprintf(text, sizeof(text), "%s\n", row + 6);
	demo_file(demo, file, text);
	terminal_press(demo->terminal, PRESS_ENTER);
	terminal_unsee(demo->terminal, row + 6);
	terminal_see(demo->terminal, "Full name");
}

static void one_is_added(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	people_open(demo, 24, 80);
	terminal_type(terminal, "n");
	terminal_see(terminal, "Add a person");
	terminal_type(terminal, "Nora\tNora Quill\023");
	terminal_see(terminal, "Roles: needed before it can be done");
	terminal_see(terminal, "^S do it  Tab next  Space tick  ^K lock");
	terminal_type(terminal, "s\023");
	terminal_see(terminal, "no log-in name; use 1 to 32");
	terminal_press(terminal, PRESS_UP);
	terminal_press(terminal, PRESS_UP);
	terminal_type(terminal, "\025nora\023");
	terminal_see(terminal, "One-time password of nora");
	terminal_see(terminal, "It is shown this once.");
	terminal_type(terminal, "q");
	terminal_see(terminal, "One-time password of nora");
	password_keep(demo, "nora");
	terminal_see(terminal, "▸ nora");
	terminal_see(terminal, "one-time pass.");
	terminal_see(terminal, "nora has a one-time password that is still to be changed");
	demo_quit(demo);
	demo_beside(demo, "chmod 600 $D/nora.password; $P -s $D/demo.tdk -u nora --password-file "
			  "$D/nora.password request list 2>$D/err; test $? = 3 && grep -q "
			  "'one-time' $D/err");
}

static void work_is_given_back(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	people_open(demo, 40, 120);
	select_person(demo, "casey");
	terminal_type(terminal, "d");
	terminal_see(terminal, "casey will be locked out for good");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "casey logs in");
	terminal_type(terminal, "dy");
	terminal_see_in_row(terminal, 0, "Work given back");
	terminal_see(terminal, "Tell a supervisor, who gives them to somebody else.");
	terminal_see(terminal, "Open receipts that were with casey and are nobody's now:");
	terminal_see(terminal, "TR-2020-0002");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "casey is disabled.");
	terminal_see(terminal, "e enable");
	terminal_unsee(terminal, "d disable");
	terminal_type(terminal, "ey");
	terminal_see(terminal, "One-time password of casey");
	password_keep(demo, "casey");
	terminal_see(terminal, "d disable");
	demo_quit(demo);
}

static void roles_are_changed(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	people_open(demo, 24, 80);
	select_person(demo, "chris");
	terminal_type(terminal, "o");
	terminal_see(terminal, "[x] caseworker  [ ] supervisor");
	terminal_type(terminal, "a");
	terminal_see(terminal, "[x] auditor");
	terminal_type(terminal, "\023");
	terminal_see(terminal, "chris has these roles now.");
	terminal_see(terminal, "caseworker, auditor");
	demo_quit(demo);
	people_open(demo, 24, 80);
	terminal_see(terminal, "(d disable: you)");
	terminal_type(terminal, "d");
	terminal_see(terminal, "ada: that is you; another administrator has to do it");
	assert_false(terminal_has(terminal, "y do it"));
	terminal_see_in_row(terminal, 4, "▸ ada");
	demo_quit(demo);
}

static void a_lockout_ends(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	people_open(demo, 24, 80);
	demo_beside(demo, "echo 'not the password at all' >$D/wrong; chmod 600 $D/wrong; "
			  "for i in 1 2 3 4 5; do $P -s $D/demo.tdk -u sasha --password-file "
			  "$D/wrong request list 2>$D/err; done; test $? = 3");
	terminal_type(terminal, "r");
	terminal_see(terminal, "locked to ");
	select_person(demo, "sasha");
	terminal_see(terminal, "sasha typed five wrong passwords");
	terminal_type(terminal, "u");
	terminal_see(terminal, "sasha can log in again.");
	terminal_unsee(terminal, "locked to ");
	terminal_type(terminal, "xy");
	terminal_see(terminal, "One-time password of sasha");
	password_keep(demo, "sasha");
	demo_quit(demo);
}

static void the_store_and_its_keys(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	people_open(demo, 24, 80);
	terminal_type(terminal, "i");
	terminal_see_in_row(terminal, 0, "The store and its keys");
	terminal_see(terminal, "a demo store");
	terminal_see(terminal, "of 40 in use");
	terminal_see(terminal, "Recovery code   set");
	terminal_see(terminal, "xchacha20poly1305");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see_in_row(terminal, 0, "People");
	terminal_unsee(terminal, "Work");
	demo_quit(demo);
}

/* Waits for the help of a first screen: all of it, but what the person may never do. */
static void help_see(struct demo *demo, const char *user, const char *own, const char *never)
{
	demo_start(demo, user, 60, 120);
	terminal_type(demo->terminal, "?");
	terminal_see(demo->terminal, "Capitals and small letters are different keys.");
	terminal_see(demo->terminal, own);
	if (terminal_has(demo->terminal, never))
		fail_msg("%s is told: %s", user, never);
	terminal_type(demo->terminal, "q");
	terminal_unsee(demo->terminal, "Capitals and small letters");
}

static void help_is_for_who_asks(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	help_see(demo, "casey", "Shows the register", "Shows the audit log");
	help_see(demo, "casey", "Logs a new request", "Shows services, rules");
	help_see(demo, "casey", "Assigns the marked", "Reviews what a colleague");
	help_see(demo, "sam", "Shows the audit log", "Adds a person");
	help_see(demo, "sam", "Shows services, rules", "Adds a person");
	help_see(demo, "audrey", "Shows the audit log", "Logs a new request");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "?");
	terminal_see(terminal, "Goes to the next queue, or part of the receipt.");
	assert_false(terminal_has(terminal, "Adds a note"));
	assert_false(terminal_has(terminal, "Accepts the request"));
	help_see(demo, "ada", "Once d, e or x has asked: does it.", "Shows the register");
	terminal_type(terminal, "?");
	terminal_see_in_row(terminal, 4, "  n           add a person");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(help_is_for_who_asks),
		cmocka_unit_test(one_is_added),
		cmocka_unit_test(roles_are_changed),
		cmocka_unit_test(work_is_given_back),
		cmocka_unit_test(a_lockout_ends),
		cmocka_unit_test(the_store_and_its_keys),
	};

	return cmocka_run_group_tests_name("people", tests, demo_setup, demo_teardown);
}
