/*
 * The real program on a demo store: unlocked by password and by password file,
 * the whole list compared with what `request list` prints, one receipt opened,
 * what of all this the audit log holds, and what keeps the screens from opening.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/tui/on_demo.h"

enum { LIST_TOP = 4, LIST_HEIGHT = 17, MOST_RECEIPTS = 2000 };

/* The references that `request list` prints, newest first. */
static long references_read(struct demo *demo, char (*out_references)[32])
{
	char path[DEMO_PATH_SIZE], line[1024];
	long count = -1;
	FILE *file;

	assert_int_equal(
		demo_shell(demo, "sam", "$P request list --format csv -o $D/list.csv --force"), 0);
	snprintf(path, sizeof(path), "%s/list.csv", demo->folder);
	file = fopen(path, "r");
	assert_non_null(file);
	for (; fgets(line, sizeof(line), file) && count < MOST_RECEIPTS; count++)
		if (count >= 0)
			snprintf(out_references[count], 32, "%.*s", (int)strcspn(line, ","), line);
	fclose(file);
	return count;
}

static long events_count(struct demo *demo)
{
	char path[DEMO_PATH_SIZE], line[1024];
	const char *found;
	FILE *file;

	assert_int_equal(
		demo_shell(demo, "audrey", "$P audit verify --format json -o $D/audit --force"), 0);
	snprintf(path, sizeof(path), "%s/audit", demo->folder);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof(line), file));
	fclose(file);
	found = strstr(line, "\"events\":");
	assert_non_null(found);
	return strtol(found + 9, NULL, 10);
}

static void whole_list_is_that_of_the_command(void **state)
{
	struct demo *demo = *state;
	char(*references)[32] = calloc(MOST_RECEIPTS, sizeof(*references));
	long count, top = 0, last, seen = 0;

	assert_non_null(references);
	count = references_read(demo, references);
	assert_true(count >= 215);
	last = count - LIST_HEIGHT;
	demo_start(demo, "audrey", 24, 80);
	for (;;) {
		for (int i = 0; i < LIST_HEIGHT; i++)
			terminal_see_in_row(demo->terminal, LIST_TOP + i, references[top + i]);
		seen = top + LIST_HEIGHT;
		if (top == last)
			break;
		terminal_press(demo->terminal, PRESS_PAGE_DOWN);
		top = top + LIST_HEIGHT < last ? top + LIST_HEIGHT : last;
	}
	assert_int_equal(seen, count);
	terminal_press(demo->terminal, PRESS_HOME);
	terminal_see_in_row(demo->terminal, LIST_TOP, references[0]);
	terminal_press(demo->terminal, PRESS_END);
	terminal_see_in_row(demo->terminal, LIST_TOP + LIST_HEIGHT - 1, references[count - 1]);
	terminal_press(demo->terminal, PRESS_ENTER);
	terminal_see_in_row(demo->terminal, 0, references[count - 1]);
	terminal_see(demo->terminal, "[Summary]");
	terminal_type(demo->terminal, "q");
	terminal_see_in_row(demo->terminal, LIST_TOP + LIST_HEIGHT - 1, "▸");
	demo_quit(demo);
	printf("# receipts seen in the list: %ld\n", seen);
	free(references);
}

static void title_names_demo_and_person(void **state)
{
	struct demo *demo = *state;
	char title[256], password[64];

	demo_password(demo, "casey", password);
	demo_start(demo, "casey", 24, 80);
	terminal_row(demo->terminal, 0, title, sizeof(title));
	assert_non_null(strstr(title, " tracedesk  DEMO  Work"));
	assert_non_null(strstr(title, "Casey Ward · Mon 04/01/2021"));
	demo_quit(demo);
	assert_false(terminal_raw_has(demo->terminal, password, strlen(password)));
}

/* An old one, by a caseworker: with a reason, and one event; moving writes none. */
static void opening_alone_is_recorded(void **state)
{
	struct demo *demo = *state;
	long before = events_count(demo);

	demo_start(demo, "casey", 24, 80);
	terminal_type(demo->terminal, "7");
	terminal_see(demo->terminal, "[Closed]");
	terminal_press(demo->terminal, PRESS_PAGE_DOWN);
	terminal_press(demo->terminal, PRESS_DOWN);
	terminal_press(demo->terminal, PRESS_END);
	terminal_see(demo->terminal, "▸ TR-2020-000004");
	terminal_press(demo->terminal, PRESS_ENTER);
	terminal_see(demo->terminal, "more than 90 days ago");
	terminal_type(demo->terminal, "asked for again by the court\r");
	terminal_see(demo->terminal, "[Summary]");
	terminal_resize(demo->terminal, 40, 120);
	terminal_see_in_row(demo->terminal, 39, "q back");
	terminal_press(demo->terminal, PRESS_ESCAPE);
	terminal_see(demo->terminal, "▸ TR-2020-000004");
	demo_quit(demo);
	/* A log-in here, the opening, the log-in of the second count. */
	assert_int_equal(events_count(demo) - before, 3);
}

static void wrong_password_then_right(void **state)
{
	struct demo *demo = *state;
	const char *const arguments[] = { demo->program, "-s", demo->store, "-u", "chris", NULL };
	const struct terminal_program program = { .arguments = arguments };
	char password[64];

	demo_password(demo, "chris", password);
	terminal_start(demo->terminal, &program);
	terminal_see(demo->terminal, "Unlock");
	terminal_type(demo->terminal, "not the password\r");
	terminal_see(demo->terminal, "cannot unlock");
	terminal_type(demo->terminal, password);
	terminal_unsee(demo->terminal, "cannot unlock");
	terminal_type(demo->terminal, "\r");
	terminal_see(demo->terminal, "q quit");
	demo_quit(demo);
}

#define PASTED(text) "\033[200~" text "\033[201~"

/* Its line breaks are blanks and do nothing; in a list it is no row of commands. */
static void what_is_pasted_is_text(void **state)
{
	static const char on[] = "\033[?2004h", off[] = "\033[?2004l";
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;
	const char *const arguments[] = { demo->program, "-s", demo->store, "-u", "casey", NULL };
	const struct terminal_program program = { .arguments = arguments };
	char password[64];

	demo_password(demo, "casey", password);
	terminal_start(terminal, &program);
	terminal_see(terminal, "Unlock");
	terminal_type(terminal, "\033[200~");
	terminal_type(terminal, password);
	terminal_type(terminal, "\r\033[201~\r");
	terminal_see(terminal, "[Mine");
	assert_true(terminal_raw_has(terminal, on, strlen(on)));
	assert_false(terminal_raw_has(terminal, off, strlen(off)));
	terminal_type(terminal, PASTED("L7\rq\013\003\032"));
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "N");
	terminal_see(terminal, "In words");
	terminal_type(terminal, PASTED("\rone line\r\n\tthe next\n"));
	terminal_see(terminal, "▸ In words                one line the next");
	terminal_type(terminal, ".\r");
	terminal_see(terminal, "In words                one line the next.");
	terminal_see(terminal, "This is the last line");
	terminal_type(terminal, "\033\033");
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "q");
	demo_quit(demo);
	assert_true(terminal_raw_has(terminal, off, strlen(off)));
}

/* Where its end was lost, keys are keys again after a while. */
static void paste_without_an_end(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "casey", 24, 80);
	terminal_type(terminal, "/");
	terminal_see(terminal, "F1 has the keys");
	terminal_type(terminal, "\033[200~service:police");
	terminal_see(terminal, "service:police");
	demo_wait_for_key(demo);
	for (int quiet = 0; quiet * QUIET_MS < 1100;)
		quiet += terminal_is_quiet(terminal);
	terminal_type(terminal, "\033");
	terminal_see(terminal, "q quit");
	demo_quit(demo);
}

static void password_files_and_rights(void **state)
{
	struct demo *demo = *state;

	assert_int_equal(demo_shell(demo, "casey",
				 "umask 077; echo wrong wrong wrong >$D/w; "
				 "${P%--password*} --password-file $D/w"),
		3);
	terminal_see(demo->terminal, "tracedesk: ");
	assert_null(terminal_disorder(demo->terminal));
	demo_enter(demo, "ada", 24, 80);
	terminal_see(demo->terminal, "administrator");
	assert_false(terminal_has(demo->terminal, "TR-2020"));
	demo_quit(demo);
}

static void signals_leave_the_store_well(void **state)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGINT, SIGSEGV, SIGKILL };
	struct demo *demo = *state;

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		demo_start(demo, "casey", 24, 80);
		terminal_signal(demo->terminal, signals[i]);
		if (signals[i] != SIGKILL)
			terminal_see_restored(demo->terminal);
		(void)terminal_end(demo->terminal);
	}
	demo_start(demo, "casey", 24, 80);
	demo_quit(demo);
	assert_true(events_count(demo) > 0);
}

static void what_keeps_it_from_opening(void **state)
{
	static const struct {
		const char *line, *sentence;
		int status;
	} cases[] = {
		{ "$P </dev/null", "no terminal", 2 },
		{ "$P | cat; false", "no terminal", 1 },
		{ "TERM=dumb $P", "it cannot show the desk", 2 },
		{ "${P%% *} -s $D/nowhere.tdk", "no store at", 6 },
		{ "echo no store >$D/x.tdk; ${P%% *} -s $D/x.tdk --password-file "
		  "$D/casey.password",
			"x.tdk", 4 },
	};
	struct demo *demo = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(demo_shell(demo, "casey", cases[i].line), cases[i].status);
		terminal_see(demo->terminal, "tracedesk: ");
		terminal_see(demo->terminal, cases[i].sentence);
		assert_null(terminal_disorder(demo->terminal));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(title_names_demo_and_person),
		cmocka_unit_test(whole_list_is_that_of_the_command),
		cmocka_unit_test(opening_alone_is_recorded),
		cmocka_unit_test(wrong_password_then_right),
		cmocka_unit_test(what_is_pasted_is_text),
		cmocka_unit_test(paste_without_an_end),
		cmocka_unit_test(password_files_and_rights),
		cmocka_unit_test(signals_leave_the_store_well),
		cmocka_unit_test(what_keeps_it_from_opening),
	};

	return cmocka_run_group_tests_name("program", tests, demo_setup, demo_teardown);
}
