/*
 * Long work on a terminal: a line says how far it is, only there, and Ctrl-C
 * stops it at the next step: the exit status and the words say so, nothing is
 * half done, and the same can be done again.
 */
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>
#include <signal.h>

#include "tests/tui/on_demo.h"

enum { SECONDS = 30 };

/* The shell waits for a line so that the terminal can be stopped (Ctrl-S) before anything is
   written: the work then waits in its first word of progress until Ctrl-C. */
static const struct work {
	const char *what, *command, *words;
	const char *nothing; /* a line of shell: nothing of it is there */
	const char *done;    /* it is there */
} works[] = {
	{ "check", "$P -u ada --password-file $D/ada.password store check", "stopped before it was",
		"true", "true" },
	{ "backup", "$P store backup $D/b", "stopped before it was", "test ! -e $D/b", "rm $D/b" },
	{ "rekey", "$P -u ada --password-file $D/ada.password store rekey",
		"stopped before it was done: nothing is changed",
		"test \"$(head -c 56 $D/demo.tdk | cksum)\" = \"$(cat $D/ids)\"",
		"test \"$(head -c 56 $D/demo.tdk | cksum)\" != \"$(cat $D/ids)\"" },
	{ "compact", "$P -u ada --password-file $D/ada.password store compact",
		"stopped before it was done: nothing is changed",
		"test \"$(head -c 56 $D/demo.tdk | cksum)\" = \"$(cat $D/ids)\"",
		"test \"$(head -c 56 $D/demo.tdk | cksum)\" != \"$(cat $D/ids)\"" },
	{ "restore",
		"${P%% *} -s $D/n.tdk -u ada --password-file $D/ada.password store restore $D/r",
		"stopped before it was done", "test -z \"$(ls $D/n.tdk* 2>/dev/null)\"",
		"rm $D/n.tdk*" },
	{ "recover",
		"${P%% *} -s $D/o.tdk -u ada store recover --recovery-from $D/code "
		"--new-password-from $D/ada.password --recovery-file $D/code2",
		"the code that you have still opens", "test ! -e $D/code2", "mv $D/code2 $D/code" },
	{ "restore over another",
		"${P%% *} -s $D/o.tdk -u ada --password-file $D/ada.password store restore $D/r "
		"--force",
		"stopped before it was done", "test ! -e $D/o.tdk.old", "test -e $D/o.tdk.old" },
	{ "audit verify", "$P -u audrey --password-file $D/audrey.password audit verify",
		"the proof was stopped", "true", "true" },
};
enum { WORKS = sizeof(works) / sizeof(works[0]) };

/* Does the process hold Ctrl-C back? */
static bool holds_back(pid_t child)
{
	char path[64], line[256];
	unsigned long long held = 0;
	FILE *file;

	(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)child);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof(line), file))
		if (strncmp(line, "SigBlk:", 7) == 0)
			held = strtoull(line + 7, NULL, 16);
	if (file)
		(void)fclose(file);
	return (held >> (SIGINT - 1) & 1) != 0;
}

static void wait_held(pid_t child)
{
	time_t end = time(NULL) + SECONDS;

	while (!holds_back(child)) {
		if (time(NULL) > end)
			fail_msg("the work has not begun");
		(void)sched_yield();
	}
}

static void start(struct demo *demo, const char *command)
{
	char line[2048];

	(void)snprintf(line, sizeof(line), "read go; exec %s", command);
	demo_shell_start(demo, "audrey", line);
}

static bool was_written(struct demo *demo, const char *text)
{
	return terminal_raw_has(demo->terminal, text, strlen(text));
}

static void must_shell(struct demo *demo, const char *line)
{
	if (demo_shell(demo, "ada", line) != 0) {
		terminal_print(demo->terminal);
		fail_msg("%s", line);
	}
}

static int ended(struct demo *demo)
{
	int status = terminal_end(demo->terminal);

	assert_true(WIFEXITED(status));
	terminal_see_restored(demo->terminal);
	return WEXITSTATUS(status);
}

static void test_stopped(void **state)
{
	struct demo *demo = *state;
	size_t size;

	for (size_t i = 0; i < WORKS; i++) {
		must_shell(demo, "head -c 56 $D/demo.tdk | cksum >$D/ids");
		start(demo, works[i].command);
		terminal_type(demo->terminal, "\023\n");
		wait_held(terminal_child(demo->terminal));
		terminal_type(demo->terminal, "\003");
		assert_int_equal(ended(demo), 1);
		if (!was_written(demo, "Ctrl-C stops it)") || !was_written(demo, works[i].words))
			fail_msg("%s: it does not say that it was stopped: %s", works[i].what,
				terminal_raw(demo->terminal, &size));
		must_shell(demo, works[i].nothing);
		must_shell(demo, "test -z \"$(find $D -name '*-making*' -o -name '*-opened*' -o "
				 "-name '.tracedesk.*')\"");
		must_shell(demo, "$P store check");
		/* And then to its end. */
		start(demo, works[i].command);
		terminal_type(demo->terminal, "\n");
		assert_int_equal(ended(demo), 0);
		assert_true(was_written(demo, "Ctrl-C stops it)"));
		assert_false(terminal_has(demo->terminal, "Ctrl-C"));
		must_shell(demo, works[i].done);
	}
	print_message("# %d works stopped, each done afterwards\n", (int)WORKS);
}

static void test_only_on_a_terminal(void **state)
{
	char line[2048];

	for (size_t i = 0; i < WORKS; i++) {
		/* Its store is another one by now. */
		if (strcmp(works[i].what, "recover") == 0)
			continue;
		(void)snprintf(line, sizeof(line),
			"%s >/dev/null 2>$D/err && test ! -s $D/err && %s", works[i].command,
			strstr(works[i].done, "ids") ? "true" : works[i].done);
		must_shell(*state, line);
	}
}

/* A backup to restore, and a store with its own recovery code. */
static int works_setup(void **state)
{
	if (demo_setup(state) != 0)
		return -1;
	return demo_shell(*state, "ada",
		"$P store backup $D/r && ${P%% *} -s $D/o.tdk -u ada --password-file "
		"$D/ada.password init --recovery-file $D/code");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stopped),
		cmocka_unit_test(test_only_on_a_terminal),
	};

	return cmocka_run_group_tests_name("progress", tests, works_setup, demo_teardown);
}
