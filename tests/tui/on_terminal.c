/*
 * Starting, unlocking and leaving the fake desk on a terminal.
 */
#include "tests/tui/on_terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/tui/fake_desk.h"

enum { MOST_WORDS = 8 };

bool screens_is_wanted(int argc, char **argv)
{
	return argc > 1 && strcmp(argv[1], "--desk") == 0;
}

void screens_program(char *out_path, size_t size)
{
	ssize_t length = readlink("/proc/self/exe", out_path, size - 1);

	assert_true(length > 0);
	out_path[length] = '\0';
}

void screens_start_at(struct terminal *terminal, const char *words, const char *const *environment,
	int rows, int columns)
{
	const char *arguments[MOST_WORDS + 3] = { "/proc/self/exe", "--desk" };
	const struct terminal_program program = { arguments, environment, rows, columns };
	char *copy = strdup(words), *rest = copy;

	assert_non_null(copy);
	for (int i = 2; i < MOST_WORDS + 2 && rest && *rest; i++)
		arguments[i] = strsep(&rest, " ");
	terminal_start(terminal, &program);
	free(copy);
}

void screens_unlock(struct terminal *terminal)
{
	terminal_see(terminal, "Unlock");
	terminal_type(terminal, FAKE_PASSWORD "\r");
}

void screens_start(struct terminal *terminal, const char *words)
{
	screens_start_at(terminal, words, NULL, 0, 0);
	screens_unlock(terminal);
	terminal_see(terminal, "q quit");
	terminal_unsee(terminal, "reading");
}

int screens_quit(struct terminal *terminal)
{
	terminal_type(terminal, "q");
	terminal_see_restored(terminal);
	return WEXITSTATUS(terminal_end(terminal));
}

void screens_see_selected(struct terminal *terminal, long rows, long index)
{
	char reference[32], marked[64];

	fake_reference(rows, index, reference);
	snprintf(marked, sizeof(marked), "▸ %s", reference);
	terminal_see(terminal, marked);
}
