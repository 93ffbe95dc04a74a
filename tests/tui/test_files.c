/*
 * Files on the screen of a receipt: attached and the original deleted or kept,
 * viewed by another program that inherits the bytes and nothing else, copied
 * out. The store stays locked and usable, and the terminal comes back tidy
 * whatever the viewer left behind.
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
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/tui/on_demo.h"

/* Says what it was given, leaves the terminal in disorder, waits for a key. */
static const char viewer[] =
	"#!/bin/sh\n"
	"{ echo \"file $1\"; env; ls -l /proc/$$/fd; } >\"${0%/*}/seen\"\n"
	"if printf x 2>/dev/null 1<>\"$1\"; then echo writable >>\"${0%/*}/seen\"; fi\n"
	"stty raw -echo\n"
	"printf '\\033[?25l'\n"
	"cat \"$1\"\n"
	"printf 'The viewer is up'\n"
	"head -c 1 >/dev/null\n";

/* Both kinds of lock that a desk holds are there still: on -head, and SQLite's on the log's index.
 */
static const char locked[] = "for end in -head -shm; do"
			     " grep -q \":$(stat -c %i $D/demo.tdk$end) \" /proc/locks || exit 1;"
			     " done";

static char path[256];

static const char *in_folder(const struct demo *demo, const char *name)
{
	snprintf(path, sizeof(path), "%s/%s", demo->folder, name);
	return path;
}

static bool is_there(const struct demo *demo, const char *name)
{
	return access(in_folder(demo, name), F_OK) == 0;
}

static void viewer_set(struct demo *demo, const char *wanted)
{
	static char variable[300];
	static const char *const environment[] = { variable, "UNWANTED=variable", NULL };

	snprintf(variable, sizeof(variable), "TRACEDESK_VIEWER=%s", wanted);
	demo->environment = environment;
}

/* Casey's first receipt, on its files. */
static void open_files(struct demo *demo, const char *wanted_viewer)
{
	viewer_set(demo, wanted_viewer);
	demo_start(demo, "casey", 24, 80);
	terminal_press(demo->terminal, PRESS_ENTER);
	terminal_see(demo->terminal, "[Summary]");
	terminal_type(demo->terminal, "5");
	terminal_see(demo->terminal, "[Files");
}

static void leave(struct demo *demo)
{
	terminal_type(demo->terminal, "q");
	terminal_see(demo->terminal, "q quit");
	terminal_type(demo->terminal, "q");
	terminal_see_restored(demo->terminal);
	assert_int_equal(terminal_end(demo->terminal), 0);
	assert_int_equal(demo_shell(demo, "audrey", "$P audit verify"), 0);
}

static void attach(struct demo *demo, const char *name)
{
	terminal_type(demo->terminal, "f");
	terminal_see(demo->terminal, "attach a file");
	terminal_type(demo->terminal, in_folder(demo, name));
	terminal_press(demo->terminal, PRESS_ENTER);
}

static void test_attached_and_copied_out(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_file(demo, "keep.txt", "a line to keep\n");
	demo_file(demo, "go.txt", "a line to go\n");
	open_files(demo, "false");
	terminal_see(terminal, "No file is attached");
	attach(demo, "none.txt");
	terminal_see(terminal, "cannot be read");
	terminal_press(terminal, PRESS_ESCAPE);
	attach(demo, "keep.txt");
	terminal_see(terminal, "It does not scrub the");
	terminal_type(terminal, "n");
	terminal_see(terminal, "[Files 1]");
	terminal_see(terminal, "File 1 is attached");
	assert_true(is_there(demo, "keep.txt"));
	attach(demo, "go.txt");
	terminal_see(terminal, "Delete the original");
	terminal_type(terminal, "y");
	terminal_see(terminal, "[Files 2]");
	assert_false(is_there(demo, "go.txt"));
	terminal_press(terminal, PRESS_DOWN);
	terminal_type(terminal, "o");
	terminal_see(terminal, "copy out file 2");
	terminal_type(terminal, in_folder(demo, "keep.txt"));
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "there is such");
	terminal_type(terminal, "2");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "Copied out");
	demo_beside(demo, "test \"$(cat $D/keep.txt2)\" = 'a line to go' &&"
			  " test \"$(stat -c %a $D/keep.txt2)\" = 600");
	leave(demo);
}

static void test_viewed(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;
	char script[256];

	demo_file(demo, "viewer", viewer);
	assert_int_equal(chmod(in_folder(demo, "viewer"), 0700), 0);
	snprintf(script, sizeof(script), "%s", path);
	open_files(demo, script);
	demo_beside(demo, locked);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "a line to keep");
	terminal_see(terminal, "The viewer is up");
	assert_false(terminal_has(terminal, "[Files"));
	demo_beside(demo, locked);
	demo_beside(demo, "$P -s $D/demo.tdk -u chris --password-file $D/chris.password"
			  " request list >/dev/null");
	demo_beside(demo, "grep -q '^file /proc/self/fd/[0-9]*$' $D/seen &&"
			  " grep -q 'memfd:' $D/seen && grep -qx LESSSECURE=1 $D/seen");
	demo_beside(demo, "! grep -e demo.tdk -e UNWANTED -e TRACEDESK -e writable $D/seen");
	terminal_type(terminal, "x");
	terminal_see(terminal, "Viewed");
	terminal_see(terminal, "[Files 2]");
	demo_beside(demo, locked);
	terminal_type(terminal, "N");
	terminal_see(terminal, "In words");
	terminal_type(terminal, "looked at it");
	terminal_type(terminal, "\023");
	terminal_see(terminal, "the note is added");
	leave(demo);
	assert_int_equal(
		demo_shell(demo, "audrey",
			"test \"$($P audit log kind:file_viewed | grep -c 'file viewed')\" = 1"),
		0);
}

static void test_viewer_goes_with_the_desk(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;
	char script[256];

	snprintf(script, sizeof(script), "%s", in_folder(demo, "viewer"));
	open_files(demo, script);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "The viewer is up");
	terminal_signal(terminal, SIGTERM);
	terminal_see_restored(terminal);
	(void)terminal_end(terminal);
	viewer_set(demo, in_folder(demo, "no-such-viewer"));
	demo_enter(demo, "casey", 24, 80);
	terminal_see(terminal, "[Files 2]");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "the viewer cannot");
	leave(demo);
}

/* An interrupt is the viewer's alone; what a text would do to the terminal is shown instead. */
static void test_less(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	if (demo_shell(demo, "casey", "command -v less") != 0)
		skip();
	demo_file(demo, "hostile", "one \033[31mred\033[0m line\n");
	open_files(demo, " ");
	attach(demo, "hostile");
	terminal_see(terminal, "Delete the original");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "[Files 3]");
	terminal_press(terminal, PRESS_DOWN);
	terminal_press(terminal, PRESS_DOWN);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "one ESC[31mred");
	terminal_see(terminal, "q goes back to the desk");
	terminal_type(terminal, "\003\032!");
	terminal_type(terminal, "q");
	terminal_see(terminal, "[Files 3]");
	leave(demo);
}

/* A viewer that is left alone is ended, and the desk locks. */
static void test_left_alone(void **state)
{
	static const char *const environment[] = { "TRACEDESK_LOCK_SECONDS=4", NULL };
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	if (demo_shell(demo, "casey", "command -v less") != 0)
		skip();
	demo->environment = environment;
	demo_start(demo, "casey", 24, 80);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "5");
	terminal_see(terminal, "[Files 3]");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "q goes back to the desk");
	terminal_see_in_row(terminal, 0, "Locked");
	assert_false(terminal_has(terminal, "a line to keep"));
	terminal_type(terminal, "\033");
	terminal_see_restored(terminal);
	assert_int_equal(terminal_end(terminal), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attached_and_copied_out),
		cmocka_unit_test(test_viewed),
		cmocka_unit_test(test_viewer_goes_with_the_desk),
		cmocka_unit_test(test_less),
		cmocka_unit_test(test_left_alone),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("files", tests, demo_setup, demo_teardown);
}
