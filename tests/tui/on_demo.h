/*
 * The real program on a demo store of the test's own, by screen and by command.
 */
#ifndef TRACEDESK_TESTS_TUI_ON_DEMO_H
#define TRACEDESK_TESTS_TUI_ON_DEMO_H

#include "tests/scratch.h"
#include "tests/tui/harness.h"

enum { DEMO_PATH_SIZE = 512 };

/* All tests of a group share the store and the terminal. */
struct demo {
	struct terminal *terminal;
	char program[DEMO_PATH_SIZE], lines[DEMO_PATH_SIZE];
	char folder[SCRATCH_SIZE], store[DEMO_PATH_SIZE];
	const char *const *environment; /* of the screens, as in terminal_program; NULL: none */
};

int demo_setup(void **state);
int demo_teardown(void **state);
/* Runs a line of shell; its exit status. $P is the program with store, user and password file, $D
   the folder, $L the tool that prints JSON as lines. */
int demo_shell(struct demo *demo, const char *user, const char *line);
/* The same, not waited for. */
void demo_shell_start(struct demo *demo, const char *user, const char *line);
/* The same while the screens stay open on the terminal; it must succeed. */
void demo_beside(struct demo *demo, const char *line);
/* Starts the screens and types the password where it is asked for. */
void demo_enter(struct demo *demo, const char *user, int rows, int columns);
void demo_unlock(struct demo *demo, const char *user);
void demo_password(struct demo *demo, const char *user, char out_password[64]);
/* Unlocks the screens and waits for the first list. */
void demo_start(struct demo *demo, const char *user, int rows, int columns);
/* Leaves by these keys, or from a first list; the program must end well. */
void demo_leave(struct demo *demo, const char *keys);
void demo_quit(struct demo *demo);
/* Until the program waits for a key, or is gone. What it had to write is read. */
void demo_wait_for_key(const struct demo *demo);
/* Writes a text into a file of the folder. */
void demo_file(struct demo *demo, const char *name, const char *text);

#endif
