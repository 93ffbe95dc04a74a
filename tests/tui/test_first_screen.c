/*
 * The screens on a terminal, over a desk without a store: unlocking, the list
 * over its whole length, one receipt, help, sizes, what fails. The program
 * starts itself again with --desk to be what runs on the terminal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/scratch.h"
#include "tests/tui/fake_desk.h"
#include "tests/tui/harness.h"
#include "tests/tui/on_terminal.h"
#include "tui/screen.h"

/* Waits until the list shows rows from index top on. */
static void see_top(struct terminal *terminal, long rows, long top)
{
	char wanted[32];

	for (int i = 0; i < LIST_HEIGHT && top + i < rows; i++) {
		fake_reference(rows, top + i, wanted);
		terminal_see_in_row(terminal, LIST_TOP + i, wanted);
	}
}

static void right_password_opens(void **state)
{
	struct terminal *terminal = *state;
	struct terminal_cell cell;

	screens_start_at(terminal, "rows=250 role=auditor", NULL, 0, 0);
	terminal_see_row(terminal, 0, " tracedesk  DEMO  Unlock");
	terminal_see(terminal, "/somewhere/demo.tdk");
	terminal_see(terminal, "casey");
	terminal_type(terminal, "correct horsf\b\x7f\x7f"
				"rse battery\r");
	terminal_see(terminal, "Receipts");
	terminal_see_row(terminal, 0,
		" tracedesk  DEMO  Receipts                          Casey Ward · Mon 04/01/2021");
	screens_see_selected(terminal, 250, 0);
	terminal_cell(terminal, LIST_TOP, 3, &cell);
	assert_true(cell.is_bold);
	assert_false(terminal_raw_has(terminal, "horse", 5));
	assert_false(terminal_raw_has(terminal, "battery", 7));
	assert_int_equal(screens_quit(terminal), 0);
	assert_true(terminal_has(terminal, "opened 0"));
}

static void wrong_password_is_asked_again(void **state)
{
	struct terminal *terminal = *state;

	screens_start_at(terminal, "rows=250", NULL, 0, 0);
	terminal_see(terminal, "Unlock");
	terminal_type(terminal, "\r");
	terminal_type(terminal, "not this one\r");
	terminal_see(terminal, "the password is wrong; try again");
	terminal_type(terminal, "half of "
				"\025" FAKE_PASSWORD "\r");
	terminal_see(terminal, "Work");
	assert_int_equal(screens_quit(terminal), 0);
}

static void locked_out_says_so(void **state)
{
	struct terminal *terminal = *state;

	screens_start_at(terminal, "rows=250", NULL, 0, 0);
	terminal_see(terminal, "Unlock");
	for (int i = 0; i < FAKE_TRIES; i++) {
		terminal_type(terminal, "wrong");
		terminal_unsee(terminal, "is wrong");
		terminal_type(terminal, "\r");
		terminal_see(terminal, "is wrong");
	}
	terminal_type(terminal, FAKE_PASSWORD "\r");
	terminal_see(terminal, "too many wrong passwords; wait 15 minutes");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see_restored(terminal);
	assert_int_equal(WEXITSTATUS(terminal_end(terminal)), 0);
}

static void name_is_asked_when_wanted(void **state)
{
	struct terminal *terminal = *state;

	screens_start_at(terminal, "user=", NULL, 0, 0);
	terminal_see(terminal, "Type your log-in name");
	terminal_type(terminal, "audr\033");
	terminal_see_restored(terminal);
	screens_start_at(terminal, "user=", NULL, 0, 0);
	terminal_see(terminal, "Type your log-in name");
	terminal_type(terminal, "quentin\r");
	terminal_see(terminal, "Type your password");
	terminal_press(terminal, PRESS_TAB);
	terminal_see(terminal, "Type your log-in name");
	terminal_press(terminal, PRESS_BACKSPACE);
	terminal_see(terminal, "quenti");
	terminal_type(terminal, "\t" FAKE_PASSWORD "\r");
	terminal_see(terminal, "Work");
}

/* Forwards by pages, then backwards, each row seen in its place. */
static void whole_list_is_paged(void **state)
{
	struct terminal *terminal = *state;
	long rows = 250, last = rows - LIST_HEIGHT, top = 0;
	int pages = 0;

	screens_start(terminal, "rows=250 role=auditor");
	terminal_see(terminal, "more below");
	for (see_top(terminal, rows, top); top < last; see_top(terminal, rows, top), pages++) {
		terminal_press(terminal, PRESS_PAGE_DOWN);
		top = top + LIST_HEIGHT < last ? top + LIST_HEIGHT : last;
	}
	terminal_press(terminal, PRESS_PAGE_DOWN);
	screens_see_selected(terminal, rows, rows - 1);
	for (; top > 0; see_top(terminal, rows, top), pages++) {
		terminal_press(terminal, PRESS_PAGE_UP);
		top = top > LIST_HEIGHT ? top - LIST_HEIGHT : 0;
	}
	terminal_press(terminal, PRESS_PAGE_UP);
	screens_see_selected(terminal, rows, 0);
	assert_int_equal(pages, 28);
	terminal_press(terminal, PRESS_END);
	see_top(terminal, rows, last);
	screens_see_selected(terminal, rows, rows - 1);
	for (long index = rows - 2; index >= rows - 60; index--) {
		terminal_press(terminal, PRESS_UP);
		screens_see_selected(terminal, rows, index);
	}
	terminal_press(terminal, PRESS_HOME);
	see_top(terminal, rows, 0);
	for (long index = 1; index < 60; index++) {
		terminal_type(terminal, "j");
		screens_see_selected(terminal, rows, index);
	}
	assert_int_equal(screens_quit(terminal), 0);
}

/* How many pages the list was read in, as the fake desk tells at the end. */
static long pages_read(const struct terminal *terminal)
{
	char text[256];
	long pages = 0;

	for (int row = 0; row < TERMINAL_ROWS && pages == 0; row++) {
		terminal_row(terminal, row, text, sizeof(text));
		if (strncmp(text, "pages ", 6) == 0)
			pages = strtol(text + 6, NULL, 10);
	}
	return pages;
}

/* Only a window is read, whatever the length: pages of at most two screens. */
static void long_list_is_a_window(void **state)
{
	struct terminal *terminal = *state;
	long rows = 100000, last = rows - LIST_HEIGHT;

	screens_start(terminal, "rows=100000");
	see_top(terminal, rows, 0);
	terminal_press(terminal, PRESS_END);
	see_top(terminal, rows, last);
	for (int i = 1; i <= 20; i++) {
		terminal_press(terminal, PRESS_PAGE_UP);
		see_top(terminal, rows, last - i * LIST_HEIGHT);
	}
	for (int i = 19; i >= 0; i--) {
		terminal_press(terminal, PRESS_PAGE_DOWN);
		see_top(terminal, rows, last - i * LIST_HEIGHT);
	}
	terminal_press(terminal, PRESS_HOME);
	see_top(terminal, rows, 0);
	assert_int_equal(screens_quit(terminal), 0);
	assert_true(terminal_has(terminal, "most 34 "));
	/* What was left behind was read again: 2 screens at the start, the end, Home; then a page
	   of two screens for every two moved, both ways. */
	assert_true(pages_read(terminal) > 15);
}

static void short_and_empty_lists(void **state)
{
	struct terminal *terminal = *state;

	screens_start(terminal, "rows=3 role=auditor");
	see_top(terminal, 3, 0);
	terminal_press(terminal, PRESS_PAGE_DOWN);
	screens_see_selected(terminal, 3, 2);
	assert_false(terminal_has(terminal, "more "));
	screens_start(terminal, "rows=0 role=auditor");
	terminal_see(terminal, "There are no receipts yet.");
	terminal_press(terminal, PRESS_ENTER);
	terminal_press(terminal, PRESS_END);
	terminal_see(terminal, "There are no receipts yet.");
	assert_int_equal(screens_quit(terminal), 0);
}

static void one_is_shown_and_left(void **state)
{
	struct terminal *terminal = *state;

	screens_start(terminal, "rows=250");
	terminal_press(terminal, PRESS_PAGE_DOWN);
	terminal_press(terminal, PRESS_DOWN);
	screens_see_selected(terminal, 250, LIST_HEIGHT + 1);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "ref 46/123/20");
	terminal_type(terminal, "2");
	terminal_see(terminal, "Their reference    46/123/20");
	terminal_see(terminal, "Asks for           name, address, shoe size");
	terminal_press(terminal, PRESS_END);
	terminal_see(terminal, "not on the form");
	terminal_press(terminal, PRESS_ESCAPE);
	screens_see_selected(terminal, 250, LIST_HEIGHT + 1);
	see_top(terminal, 250, LIST_HEIGHT);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "46/123/20");
	terminal_type(terminal, "q");
	screens_see_selected(terminal, 250, LIST_HEIGHT + 1);
	assert_int_equal(screens_quit(terminal), 0);
	assert_true(terminal_has(terminal, "opened 2 because []"));
}

static void old_one_wants_a_reason(void **state)
{
	struct terminal *terminal = *state;

	screens_start(terminal, "rows=250");
	terminal_press(terminal, PRESS_END);
	screens_see_selected(terminal, 250, 249);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "more than 90 days ago");
	terminal_type(terminal, "  \r");
	terminal_press(terminal, PRESS_ESCAPE);
	screens_see_selected(terminal, 250, 249);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "Because");
	terminal_type(terminal, "the court asked again\r");
	terminal_see(terminal, "46/123/20");
	terminal_type(terminal, "q");
	screens_see_selected(terminal, 250, 249);
	assert_int_equal(screens_quit(terminal), 0);
	assert_true(terminal_has(terminal, "opened 1 because [the court asked again]"));
	screens_start(terminal, "rows=250 role=supervisor");
	terminal_press(terminal, PRESS_END);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "46/123/20");
}

static void help_lists_every_key(void **state)
{
	struct terminal *terminal = *state;
	const enum command_id *id = scr_receipts.commands;
	int count = 0;

	screens_start_at(terminal, "rows=250 role=auditor", NULL, 40, 132);
	screens_unlock(terminal);
	terminal_see(terminal, "q quit");
	terminal_type(terminal, "?");
	terminal_see(terminal, "Keys of Receipts");
	for (; *id != COMMAND_NONE; id++, count++) {
		const struct command *command = command_get(*id);

		terminal_see(terminal, command->keys);
		terminal_see(terminal, command->name);
		terminal_see(terminal, command->help);
	}
	assert_true(count >= 10);
	terminal_type(terminal, "q");
	terminal_unsee(terminal, "Keys of");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "46/123/20");
	terminal_type(terminal, "?");
	terminal_see(terminal, "Keys of a receipt");
	for (int i = 0; i < 4; i++)
		terminal_press(terminal, PRESS_PAGE_DOWN);
	terminal_see(terminal, "Does a command by part of its name.");
	terminal_see(terminal, "Goes back to the screen before.");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "46/123/20");
}

static void sizes_are_followed(void **state)
{
	struct terminal *terminal = *state;
	char reference[32];

	screens_start(terminal, "rows=250");
	terminal_press(terminal, PRESS_DOWN);
	screens_see_selected(terminal, 250, 1);
	terminal_resize(terminal, 23, 80);
	terminal_see(terminal, "This terminal is 80 by 23; tracedesk needs 80 by 24.");
	terminal_resize(terminal, 3, 11);
	terminal_see(terminal, "11 by 3");
	terminal_resize(terminal, 1, 1);
	terminal_resize(terminal, 40, 120);
	terminal_see(terminal, "Needed by");
	screens_see_selected(terminal, 250, 1);
	fake_reference(250, 32, reference);
	terminal_see(terminal, reference);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "│");
	terminal_resize(terminal, 24, 80);
	terminal_unsee(terminal, "│");
	terminal_see(terminal, "Countersigner");
	terminal_resize(terminal, 60, 200);
	terminal_see(terminal, "│");
	terminal_type(terminal, "q");
	terminal_see(terminal, "Assigned to");
	assert_int_equal(screens_quit(terminal), 0);
	assert_true(terminal_has(terminal, "opened 1"));
}

static void too_small_at_start(void **state)
{
	struct terminal *terminal = *state;

	screens_start_at(terminal, "rows=250", NULL, 24, 79);
	terminal_see(terminal, "tracedesk needs 80 by 24");
	assert_int_equal(screens_quit(terminal), 0);
	screens_start_at(terminal, "rows=250", NULL, 10, 40);
	terminal_see(terminal, "Make it larger");
	terminal_type(terminal, "x\r?");
	terminal_resize(terminal, 24, 80);
	screens_unlock(terminal);
	screens_see_selected(terminal, 250, 0);
}

static void what_fails_says_so(void **state)
{
	struct terminal *terminal = *state;

	screens_start(terminal, "rows=250 damaged=100");
	terminal_press(terminal, PRESS_END);
	screens_see_selected(terminal, 250, 249);
	for (int i = 0; i < 12; i++)
		terminal_press(terminal, PRESS_PAGE_UP);
	terminal_see(terminal, "page 77 is damaged");
	terminal_press(terminal, PRESS_HOME);
	screens_see_selected(terminal, 250, 0);
	terminal_unsee(terminal, "page 77 is damaged");
	assert_int_equal(screens_quit(terminal), 0);
	screens_start(terminal, "role=administrator");
	terminal_see(terminal, "People, their roles and their keys");
	terminal_type(terminal, "dy");
	terminal_see(terminal, "casey: not here; ask elsewhere");
	terminal_press(terminal, PRESS_DOWN);
	terminal_unsee(terminal, "ask elsewhere");
	assert_int_equal(screens_quit(terminal), 0);
	screens_start(terminal, "role=administrator warning");
	terminal_see(terminal, "-head is missing");
	screens_start(terminal, "rows=250 warning");
	terminal_see(terminal, "-head is missing");
	terminal_see_row(terminal, 22, " `tracedesk store check`");
	terminal_press(terminal, PRESS_DOWN);
	terminal_unsee(terminal, "-head is missing");
	screens_start_at(terminal, "one-time", NULL, 0, 0);
	screens_unlock(terminal);
	terminal_see_restored(terminal);
	assert_int_equal(WEXITSTATUS(terminal_end(terminal)), 3);
	assert_true(terminal_has(terminal, "tracedesk: casey: the password is a one-time one"));
}

static void slow_store_says_reading(void **state)
{
	struct terminal *terminal = *state;
	char folder[SCRATCH_SIZE], gate[SCRATCH_SIZE + 8], words[SCRATCH_SIZE + 32];

	assert_true(scratch_make(folder, "gate"));
	snprintf(gate, sizeof(gate), "%s/gate", folder);
	snprintf(words, sizeof(words), "rows=250 gate=%s", gate);
	assert_int_equal(mkfifo(gate, 0600), 0);
	screens_start_at(terminal, words, NULL, 0, 0);
	screens_unlock(terminal);
	for (int i = 0; i < 2; i++) {
		int handle;

		terminal_see(terminal, "reading …");
		handle = open(gate, O_WRONLY | O_CLOEXEC);
		assert_true(handle >= 0);
		assert_int_equal(write(handle, "x", 1), 1);
		close(handle);
		terminal_unsee(terminal, "reading …");
		screens_see_selected(terminal, 250, i == 0 ? 0 : 249);
		if (i == 0)
			terminal_press(terminal, PRESS_END);
	}
	assert_int_equal(screens_quit(terminal), 0);
	assert_int_equal(unlink(gate), 0);
	assert_int_equal(rmdir(folder), 0);
}

static void ordinary_store_is_no_demo(void **state)
{
	struct terminal *terminal = *state;

	screens_start(terminal, "rows=250 ordinary role=auditor");
	terminal_see_row(terminal, 0,
		" tracedesk  Receipts                                Casey Ward · Mon 04/01/2021");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TERMINAL_TEST(right_password_opens),
		TERMINAL_TEST(wrong_password_is_asked_again),
		TERMINAL_TEST(locked_out_says_so),
		TERMINAL_TEST(name_is_asked_when_wanted),
		TERMINAL_TEST(whole_list_is_paged),
		TERMINAL_TEST(long_list_is_a_window),
		TERMINAL_TEST(short_and_empty_lists),
		TERMINAL_TEST(one_is_shown_and_left),
		TERMINAL_TEST(old_one_wants_a_reason),
		TERMINAL_TEST(help_lists_every_key),
		TERMINAL_TEST(sizes_are_followed),
		TERMINAL_TEST(too_small_at_start),
		TERMINAL_TEST(what_fails_says_so),
		TERMINAL_TEST(slow_store_says_reading),
		TERMINAL_TEST(ordinary_store_is_no_demo),
	};

	if (screens_is_wanted(argc, argv))
		return fake_main(argc - 2, argv + 2);
	return cmocka_run_group_tests_name("first screen", tests, NULL, NULL);
}
