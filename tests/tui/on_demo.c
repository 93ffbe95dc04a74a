/*
 * A demo store in a folder that goes with the test; the program started on it.
 */
#include "tests/tui/on_demo.h"

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

void demo_shell_start(struct demo *demo, const char *user, const char *line)
{
	char program[4 * DEMO_PATH_SIZE], folder[SCRATCH_SIZE + 2], lines[2 * DEMO_PATH_SIZE];
	const char *const arguments[] = { "/bin/sh", "-c", line, NULL };
	const char *const environment[] = { program, folder, lines, NULL };
	const struct terminal_program run = { arguments, environment, 0, 0 };

	snprintf(program, sizeof(program), "P=%s -s %s -u %s --password-file %s/%s.password",
		demo->program, demo->store, user, demo->folder, user);
	snprintf(folder, sizeof(folder), "D=%s", demo->folder);
	snprintf(lines, sizeof(lines), "L=%s", demo->lines);
	terminal_start(demo->terminal, &run);
}

int demo_shell(struct demo *demo, const char *user, const char *line)
{
	demo_shell_start(demo, user, line);
	return WEXITSTATUS(terminal_end(demo->terminal));
}

void demo_beside(struct demo *demo, const char *line)
{
	char program[4 * DEMO_PATH_SIZE];
	int status = -1;
	pid_t child;

	snprintf(program, sizeof(program), "P=%s; D=%s; %s", demo->program, demo->folder, line);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		execl("/bin/sh", "sh", "-c", program, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

int demo_setup(void **state)
{
	struct demo *demo = calloc(1, sizeof(*demo));
	const char *build = getenv("TOP_BUILDDIR");
	void *terminal;

	if (!demo || terminal_setup(&terminal) != 0)
		return -1;
	*state = demo;
	demo->terminal = terminal;
	snprintf(demo->program, sizeof(demo->program), "%s/tracedesk", build ? build : ".");
	snprintf(demo->lines, sizeof(demo->lines), "%s/tests/cli/json_lines", build ? build : ".");
	if (!scratch_make(demo->folder, "demo"))
		return -1;
	snprintf(demo->store, sizeof(demo->store), "%s/demo.tdk", demo->folder);
	return demo_shell(demo, "casey", "${P%% *} demo $D");
}

int demo_teardown(void **state)
{
	struct demo *demo = *state;
	void *terminal = demo->terminal;
	int status = demo_shell(demo, "casey", "rm -rf $D");

	terminal_teardown(&terminal);
	free(demo);
	return status;
}

void demo_file(struct demo *demo, const char *name, const char *text)
{
	char path[DEMO_PATH_SIZE];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", demo->folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

void demo_password(struct demo *demo, const char *user, char out_password[64])
{
	char path[DEMO_PATH_SIZE];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s.password", demo->folder, user);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(out_password, 64, file));
	fclose(file);
	out_password[strcspn(out_password, "\n")] = '\0';
	assert_true(strlen(out_password) >= 12);
}

void demo_unlock(struct demo *demo, const char *user)
{
	char password[64];

	demo_password(demo, user, password);
	terminal_type(demo->terminal, password);
	terminal_type(demo->terminal, "\r");
}

void demo_enter(struct demo *demo, const char *user, int rows, int columns)
{
	const char *const arguments[] = { demo->program, "-s", demo->store, "-u", user, NULL };
	const struct terminal_program program = { arguments, demo->environment, rows, columns };

	terminal_start(demo->terminal, &program);
	terminal_see(demo->terminal, "Unlock");
	demo_unlock(demo, user);
}

void demo_start(struct demo *demo, const char *user, int rows, int columns)
{
	demo_enter(demo, user, rows, columns);
	terminal_see(demo->terminal, "q quit");
	terminal_unsee(demo->terminal, "reading");
}

/* Does the program wait for a key (or is it gone)? Then it has written all that it had to. */
static bool program_waits(pid_t child)
{
	char path[64], line[512] = "";
	const char *name_end;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)child);
	file = fopen(path, "re");
	if (file && !fgets(line, sizeof(line), file))
		line[0] = '\0';
	if (file)
		fclose(file);
	name_end = strrchr(line, ')');
	return !name_end || strchr("SZ", name_end[2]);
}

void demo_wait_for_key(const struct demo *demo)
{
	while (!program_waits(terminal_child(demo->terminal)) || !terminal_is_quiet(demo->terminal))
		continue;
}

void demo_leave(struct demo *demo, const char *keys)
{
	terminal_type(demo->terminal, keys);
	terminal_see_restored(demo->terminal);
	assert_int_equal(terminal_end(demo->terminal), 0);
}

void demo_quit(struct demo *demo)
{
	demo_leave(demo, "q");
}
