/*
 * Passwords typed on a terminal: nothing is echoed, the settings come back
 * after the answer and after a signal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/scratch.h"
#include "tests/tui/harness.h"

static char folder[SCRATCH_SIZE];
static char program[512];
static char store[512];

static int folder_make(void **state)
{
	const char *built = getenv("TOP_BUILDDIR");

	(void)state;
	(void)snprintf(program, sizeof(program), "%s/tracedesk", built ? built : ".");
	assert_true(scratch_make(folder, "prompt"));
	(void)snprintf(store, sizeof(store), "%s/desk.tdk", folder);
	return 0;
}

static int folder_remove(void **state)
{
	static const char *const endings[] = { "", "-head", "-wal", "-shm" };
	char path[600];

	(void)state;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s%s", store, endings[i]);
		(void)unlink(path);
	}
	return rmdir(folder);
}

/* The program as root of the store, with these words. */
static void start(struct terminal *terminal, const char *first, const char *second)
{
	const char *const arguments[] = { program, "-s", store, "-u", "root", first, second, NULL };
	const struct terminal_program wanted = { .arguments = arguments };

	terminal_start(terminal, &wanted);
}

static void type_line(struct terminal *terminal, const char *text)
{
	terminal_type(terminal, text);
	terminal_press(terminal, PRESS_ENTER);
}

static void assert_exit(struct terminal *terminal, int status)
{
	int ended = terminal_end(terminal);

	assert_true(WIFEXITED(ended));
	assert_int_equal(WEXITSTATUS(ended), status);
	terminal_see_restored(terminal);
}

static void test_init_asks_twice(void **state)
{
	struct terminal *terminal = *state;

	start(terminal, "init", NULL);
	terminal_see(terminal, "New password:");
	type_line(terminal, "three slow rivers");
	terminal_see(terminal, "The same again:");
	type_line(terminal, "three slow roads");
	terminal_see(terminal, "the two passwords differ");
	assert_exit(terminal, 1);
	assert_int_not_equal(access(store, F_OK), 0);

	start(terminal, "init", NULL);
	terminal_see(terminal, "New password:");
	type_line(terminal, "three slow rivers");
	terminal_see(terminal, "The same again:");
	type_line(terminal, "three slow rivers");
	terminal_see(terminal, "Recovery code");
	assert_exit(terminal, 0);
	assert_false(terminal_raw_has(terminal, "rivers", 6));
	assert_int_equal(access(store, F_OK), 0);
}

static void test_log_in(void **state)
{
	struct terminal *terminal = *state;

	start(terminal, "user", "list");
	terminal_see(terminal, "Password of root:");
	type_line(terminal, "three slow rivers");
	terminal_see(terminal, "administrator");
	assert_exit(terminal, 0);
	assert_false(terminal_raw_has(terminal, "rivers", 6));

	start(terminal, "user", "list");
	terminal_see(terminal, "Password of root:");
	type_line(terminal, "");
	terminal_see(terminal, "no password was typed");
	assert_exit(terminal, 3);
}

static void test_signals(void **state)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	struct terminal *terminal = *state;

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		int ended;

		start(terminal, "user", "list");
		terminal_see(terminal, "Password of root:");
		terminal_type(terminal, "three sl");
		terminal_signal(terminal, signals[i]);
		ended = terminal_end(terminal);
		assert_true(WIFSIGNALED(ended));
		assert_int_equal(WTERMSIG(ended), signals[i]);
		terminal_see_restored(terminal);
		assert_false(terminal_raw_has(terminal, "three", 5));
	}
}

static void test_passwd(void **state)
{
	struct terminal *terminal = *state;

	start(terminal, "passwd", NULL);
	terminal_see(terminal, "Password of root:");
	type_line(terminal, "three slow rivers");
	terminal_see(terminal, "New password:");
	type_line(terminal, "nine loud brooks");
	terminal_see(terminal, "The same again:");
	type_line(terminal, "nine loud brooks");
	terminal_see(terminal, "Your password is changed.");
	assert_exit(terminal, 0);

	start(terminal, "user", "list");
	terminal_see(terminal, "Password of root:");
	type_line(terminal, "three slow rivers");
	assert_exit(terminal, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TERMINAL_TEST(test_init_asks_twice),
		TERMINAL_TEST(test_log_in),
		TERMINAL_TEST(test_signals),
		TERMINAL_TEST(test_passwd),
	};

	return cmocka_run_group_tests_name("passwords typed", tests, folder_make, folder_remove);
}
