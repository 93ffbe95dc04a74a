/*
 * The palette on the real program: commands by part of their name, done as
 * their keys would; what cannot be done says why.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/tui/on_demo.h"

enum { PROMPT = 3, FIRST = 5 };

static void type(struct demo *demo, const char *keys)
{
	terminal_type(demo->terminal, keys);
}

static void part_of_a_name_is_enough(void **state)
{
	struct demo *demo = *state;

	demo_start(demo, "casey", 24, 80);
	type(demo, "2");
	terminal_see(demo->terminal, "[Unassigned 11]");
	type(demo, ":");
	terminal_see_row(demo->terminal, 1, " Of Work");
	terminal_see_in_row(demo->terminal, FIRST, " ▸ Enter      open");
	terminal_see_in_row(demo->terminal, 0, "Casey Ward · Mon 04/01/2021");
	terminal_see_in_row(demo->terminal, FIRST + 1, "   n          log new");
	type(demo, "\x15re");
	terminal_see_in_row(demo->terminal, FIRST, " ▸ r          read again");
	terminal_see(demo->terminal, "review              (not here and now)");
	type(demo, "\x15SIGN");
	terminal_see_row(demo->terminal, PROMPT, " : SIGN");
	terminal_see_in_row(demo->terminal, FIRST, " ▸ a          assign to me");
	terminal_see_in_row(demo->terminal, FIRST + 1, "   A          assign ");
	terminal_see_row(demo->terminal, FIRST + 2, "");
	type(demo, "\r");
	terminal_see_in_row(demo->terminal, 22, "TR-2020-000245 is with casey now");
	terminal_see(demo->terminal, "[Unassigned 10]");
	type(demo, ":log");
	terminal_see_in_row(demo->terminal, FIRST, " ▸ n          log new");
	type(demo, "\r");
	terminal_see(demo->terminal, "Which service asks?");
	type(demo, "1");
	terminal_see(demo->terminal, "Sender checked");
	type(demo, "\t\t\t\t\t:x");
	terminal_see(demo->terminal, "[:x ");
	terminal_press(demo->terminal, PRESS_ESCAPE);
	terminal_see(demo->terminal, "Leave without saving?");
	type(demo, "y");
	terminal_see(demo->terminal, "[Unassigned 10]");
	type(demo, "?");
	terminal_see(demo->terminal, "Keys of Work");
	terminal_press(demo->terminal, PRESS_PAGE_DOWN);
	terminal_press(demo->terminal, PRESS_PAGE_DOWN);
	terminal_see(demo->terminal, "Does a command by part of its name.");
	type(demo, "q:lock");
	terminal_see_in_row(demo->terminal, FIRST, " ▸ L Ctrl-K   lock");
	type(demo, "\x15quit\r");
	terminal_see_restored(demo->terminal);
	assert_int_equal(WEXITSTATUS(terminal_end(demo->terminal)), 0);
}

static void what_cannot_be_done_says_why(void **state)
{
	struct demo *demo = *state;

	demo_start(demo, "casey", 24, 80);
	type(demo, "7");
	terminal_see(demo->terminal, "[Closed]");
	type(demo, ":assign");
	terminal_see_in_row(demo->terminal, FIRST, "assign to me        (not here and now)");
	type(demo, "\r");
	terminal_press(demo->terminal, PRESS_DOWN);
	terminal_see_in_row(demo->terminal, FIRST + 1, " ▸ A ");
	type(demo, "ment");
	terminal_see_in_row(demo->terminal, 22, "No command has that in its name.");
	type(demo, "\r\x15");
	terminal_see_in_row(demo->terminal, FIRST, "open");
	terminal_press(demo->terminal, PRESS_ESCAPE);
	terminal_see(demo->terminal, "[Closed]");
	type(demo, "2\r");
	terminal_see(demo->terminal, "Can't accept yet");
	type(demo, ":accep");
	terminal_see_in_row(demo->terminal, FIRST, "accept              (2 to judge)");
	type(demo, "\r");
	terminal_see_in_row(demo->terminal, PROMPT, " : accep");
	type(demo, "\x15sent in");
	terminal_see_row(demo->terminal, 22, " to it.");
	type(demo, "\x15hist");
	terminal_press(demo->terminal, PRESS_ESCAPE);
	terminal_see(demo->terminal, "Can't accept yet");
	demo_start(demo, "audrey", 40, 120);
	terminal_see_in_row(demo->terminal, 39, "⏎ open");
	type(demo, "\r");
	terminal_see(demo->terminal, "[Summary]");
	type(demo, ":reject");
	terminal_see_in_row(demo->terminal, FIRST, "reject              (caseworkers only)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(part_of_a_name_is_enough),
		cmocka_unit_test(what_cannot_be_done_says_why),
	};

	return cmocka_run_group_tests_name("palette", tests, demo_setup, demo_teardown);
}
