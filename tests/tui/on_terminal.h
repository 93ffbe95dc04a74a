/*
 * The fake desk's program on the harness's terminal: what the tests of the
 * screens have in common. A test program starts itself again with --desk.
 */
#ifndef TRACEDESK_TESTS_TUI_ON_TERMINAL_H
#define TRACEDESK_TESTS_TUI_ON_TERMINAL_H

#include <stdbool.h>

#include "tests/tui/harness.h"

/* Where the list stands on a terminal of 24 rows. */
enum { LIST_TOP = 4, LIST_HEIGHT = 17 };

/* Was the test program started to be the desk? Then its main answers fake_main(argc - 2, argv + 2).
 */
bool screens_is_wanted(int argc, char **argv);
/* The path of this very program. */
void screens_program(char *out_path, size_t size);
/* words: those of fake_main, parted by blanks; environment as in terminal_program; rows and columns
   0 for 24 and 80. Stops at the first screen. */
void screens_start_at(struct terminal *terminal, const char *words, const char *const *environment,
	int rows, int columns);
/* Types the password when it is asked for. */
void screens_unlock(struct terminal *terminal);
/* Both, and waits for the list. */
void screens_start(struct terminal *terminal, const char *words);
/* Leaves with q, checks the terminal; the exit status. */
int screens_quit(struct terminal *terminal);
/* Waits until the row of index is the selected one of a list of rows. */
void screens_see_selected(struct terminal *terminal, long rows, long index);

#endif
