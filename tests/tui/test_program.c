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

#include "tests/tui/harness.h"

enum { LIST_TOP = 4, LIST_HEIGHT = 17, MOST_RECEIPTS = 2000, PATH_SIZE = 512 };

/* A test has a terminal and the folder of the demo store, which all share. */
struct fixture {
	struct terminal *terminal;
	char program[PATH_SIZE];
	char folder[64], store[128], password[64];
};

/* Runs a line of shell with $P the program (store and user given) and $D the folder; its status. */
static int shell(struct fixture *fixture, const char *user, const char *line)
{
	char program[4 * PATH_SIZE], folder[128];
	const char *const arguments[] = { "/bin/sh", "-c", line, NULL };
	const char *const environment[] = { program, folder, NULL };
	const struct terminal_program run = { arguments, environment, 0, 0 };

	snprintf(program, sizeof(program), "P=%s -s %s -u %s --password-file %s/%s.password",
		fixture->program, fixture->store, user, fixture->folder, user);
	snprintf(folder, sizeof(folder), "D=%s", fixture->folder);
	terminal_start(fixture->terminal, &run);
	return WEXITSTATUS(terminal_end(fixture->terminal));
}

static void password_read(struct fixture *fixture, const char *user)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s.password", fixture->folder, user);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(fixture->password, sizeof(fixture->password), file));
	fclose(file);
	fixture->password[strcspn(fixture->password, "\n")] = '\0';
	assert_true(strlen(fixture->password) >= 12);
}

static int demo_setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	const char *build = getenv("TOP_BUILDDIR");
	void *terminal;

	if (!fixture || terminal_setup(&terminal) != 0)
		return -1;
	*state = fixture;
	fixture->terminal = terminal;
	snprintf(fixture->program, sizeof(fixture->program), "%s/tracedesk", build ? build : ".");
	snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/tracedesk-screens-XXXXXX");
	if (!mkdtemp(fixture->folder))
		return -1;
	snprintf(fixture->store, sizeof(fixture->store), "%s/demo.tdk", fixture->folder);
	return shell(fixture, "casey", "${P%% *} demo $D");
}

static int demo_teardown(void **state)
{
	struct fixture *fixture = *state;
	void *terminal = fixture->terminal;
	int status = shell(fixture, "casey", "rm -rf $D");

	terminal_teardown(&terminal);
	free(fixture);
	return status;
}

static void program_start(struct fixture *fixture, const char *user)
{
	const char *const arguments[] = { fixture->program, "-s", fixture->store, "-u", user,
		NULL };
	const struct terminal_program program = { .arguments = arguments };

	password_read(fixture, user);
	terminal_start(fixture->terminal, &program);
	terminal_see(fixture->terminal, "Unlock");
	terminal_type(fixture->terminal, fixture->password);
	terminal_type(fixture->terminal, "\r");
	terminal_see(fixture->terminal, "q quit");
	terminal_unsee(fixture->terminal, "reading");
}

static void program_quit(struct fixture *fixture)
{
	terminal_type(fixture->terminal, "q");
	terminal_see_restored(fixture->terminal);
	assert_int_equal(WEXITSTATUS(terminal_end(fixture->terminal)), 0);
}

/* The references that `request list` prints, newest first. */
static long references_read(struct fixture *fixture, char (*out_references)[32])
{
	char path[128], line[1024];
	long count = -1;
	FILE *file;

	assert_int_equal(
		shell(fixture, "sam", "$P request list --format csv -o $D/list.csv --force"), 0);
	snprintf(path, sizeof(path), "%s/list.csv", fixture->folder);
	file = fopen(path, "r");
	assert_non_null(file);
	for (; fgets(line, sizeof(line), file) && count < MOST_RECEIPTS; count++)
		if (count >= 0)
			snprintf(out_references[count], 32, "%.*s", (int)strcspn(line, ","), line);
	fclose(file);
	return count;
}

static long events_count(struct fixture *fixture)
{
	char path[128], line[1024];
	const char *found;
	FILE *file;

	assert_int_equal(
		shell(fixture, "audrey", "$P audit verify --format json -o $D/audit --force"), 0);
	snprintf(path, sizeof(path), "%s/audit", fixture->folder);
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
	struct fixture *fixture = *state;
	char(*references)[32] = calloc(MOST_RECEIPTS, sizeof(*references));
	long count, top = 0, last, seen = 0;

	assert_non_null(references);
	count = references_read(fixture, references);
	assert_true(count >= 215);
	last = count - LIST_HEIGHT;
	program_start(fixture, "audrey");
	for (;;) {
		for (int i = 0; i < LIST_HEIGHT; i++)
			terminal_see_in_row(fixture->terminal, LIST_TOP + i, references[top + i]);
		seen = top + LIST_HEIGHT;
		if (top == last)
			break;
		terminal_press(fixture->terminal, PRESS_PAGE_DOWN);
		top = top + LIST_HEIGHT < last ? top + LIST_HEIGHT : last;
	}
	assert_int_equal(seen, count);
	terminal_press(fixture->terminal, PRESS_HOME);
	terminal_see_in_row(fixture->terminal, LIST_TOP, references[0]);
	terminal_press(fixture->terminal, PRESS_END);
	terminal_see_in_row(fixture->terminal, LIST_TOP + LIST_HEIGHT - 1, references[count - 1]);
	terminal_press(fixture->terminal, PRESS_ENTER);
	terminal_see_in_row(fixture->terminal, 0, references[count - 1]);
	terminal_see(fixture->terminal, "[Summary]");
	terminal_type(fixture->terminal, "q");
	terminal_see_in_row(fixture->terminal, LIST_TOP + LIST_HEIGHT - 1, "▸");
	program_quit(fixture);
	printf("# receipts seen in the list: %ld\n", seen);
	free(references);
}

static void title_names_demo_and_person(void **state)
{
	struct fixture *fixture = *state;
	char title[256];

	program_start(fixture, "casey");
	terminal_row(fixture->terminal, 0, title, sizeof(title));
	assert_non_null(strstr(title, " tracedesk  DEMO  Work"));
	assert_non_null(strstr(title, "Casey Ward · Mon 04/01/2021"));
	program_quit(fixture);
	assert_false(
		terminal_raw_has(fixture->terminal, fixture->password, strlen(fixture->password)));
}

/* An old one, by a caseworker: with a reason, and one event; moving writes none. */
static void opening_alone_is_recorded(void **state)
{
	struct fixture *fixture = *state;
	long before = events_count(fixture);

	program_start(fixture, "casey");
	terminal_type(fixture->terminal, "7");
	terminal_see(fixture->terminal, "[Closed]");
	terminal_press(fixture->terminal, PRESS_PAGE_DOWN);
	terminal_press(fixture->terminal, PRESS_DOWN);
	terminal_press(fixture->terminal, PRESS_END);
	terminal_see(fixture->terminal, "▸ TR-2020-000004");
	terminal_press(fixture->terminal, PRESS_ENTER);
	terminal_see(fixture->terminal, "more than 90 days ago");
	terminal_type(fixture->terminal, "asked for again by the court\r");
	terminal_see(fixture->terminal, "[Summary]");
	terminal_resize(fixture->terminal, 40, 120);
	terminal_see_in_row(fixture->terminal, 39, "q back");
	terminal_press(fixture->terminal, PRESS_ESCAPE);
	terminal_see(fixture->terminal, "▸ TR-2020-000004");
	program_quit(fixture);
	/* A log-in here, the opening, the log-in of the second count. */
	assert_int_equal(events_count(fixture) - before, 3);
}

static void wrong_password_then_right(void **state)
{
	struct fixture *fixture = *state;
	const char *const arguments[] = { fixture->program, "-s", fixture->store, "-u", "chris",
		NULL };
	const struct terminal_program program = { .arguments = arguments };

	password_read(fixture, "chris");
	terminal_start(fixture->terminal, &program);
	terminal_see(fixture->terminal, "Unlock");
	terminal_type(fixture->terminal, "not the password\r");
	terminal_see(fixture->terminal, "cannot unlock");
	terminal_type(fixture->terminal, fixture->password);
	terminal_unsee(fixture->terminal, "cannot unlock");
	terminal_type(fixture->terminal, "\r");
	terminal_see(fixture->terminal, "q quit");
	program_quit(fixture);
}

static void password_files_and_rights(void **state)
{
	struct fixture *fixture = *state;
	const char *const arguments[] = { fixture->program, "-s", fixture->store, "-u", "ada",
		NULL };
	const struct terminal_program program = { .arguments = arguments };

	assert_int_equal(shell(fixture, "casey",
				 "umask 077; echo wrong wrong wrong >$D/w; "
				 "${P%--password*} --password-file $D/w"),
		3);
	terminal_see(fixture->terminal, "tracedesk: ");
	assert_null(terminal_disorder(fixture->terminal));
	password_read(fixture, "ada");
	terminal_start(fixture->terminal, &program);
	terminal_see(fixture->terminal, "Unlock");
	terminal_type(fixture->terminal, fixture->password);
	terminal_type(fixture->terminal, "\r");
	terminal_see(fixture->terminal, "administrator");
	assert_false(terminal_has(fixture->terminal, "TR-2020"));
	program_quit(fixture);
}

static void signals_leave_the_store_well(void **state)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGINT, SIGSEGV, SIGKILL };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		program_start(fixture, "casey");
		terminal_signal(fixture->terminal, signals[i]);
		if (signals[i] != SIGKILL)
			terminal_see_restored(fixture->terminal);
		(void)terminal_end(fixture->terminal);
	}
	program_start(fixture, "casey");
	program_quit(fixture);
	assert_true(events_count(fixture) > 0);
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
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(shell(fixture, "casey", cases[i].line), cases[i].status);
		terminal_see(fixture->terminal, "tracedesk: ");
		terminal_see(fixture->terminal, cases[i].sentence);
		assert_null(terminal_disorder(fixture->terminal));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(title_names_demo_and_person),
		cmocka_unit_test(whole_list_is_that_of_the_command),
		cmocka_unit_test(opening_alone_is_recorded),
		cmocka_unit_test(wrong_password_then_right),
		cmocka_unit_test(password_files_and_rights),
		cmocka_unit_test(signals_leave_the_store_well),
		cmocka_unit_test(what_keeps_it_from_opening),
	};

	return cmocka_run_group_tests_name("program", tests, demo_setup, demo_teardown);
}
