/*
 * The terminal harness itself, against sh and a small child of its own that
 * draws without curses: what is seen, waited for, resized, compared, restored
 * and left untidy. The program starts itself again with --child as that child.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "tests/tui/harness.h"

static void on_resize(int signal)
{
	(void)signal;
}

static void child_say(const char *text)
{
	if (write(STDOUT_FILENO, text, strlen(text)) < 0)
		_exit(1);
}

/* Takes the screen over, answers keys, leaves tidily with q and untidily with x. */
static int child_main(void)
{
	struct sigaction resized = { .sa_handler = on_resize };
	struct termios before, raw;
	struct winsize size;
	struct pollfd input = { 0, POLLIN, 0 };
	sigset_t none, resizing;
	char text[64], key;

	sigemptyset(&none);
	sigemptyset(&resizing);
	sigaddset(&resizing, SIGWINCH);
	if (sigprocmask(SIG_BLOCK, &resizing, NULL) < 0 ||
		sigaction(SIGWINCH, &resized, NULL) < 0 || tcgetattr(0, &before) < 0)
		return 1;
	raw = before;
	raw.c_lflag &= ~(tcflag_t)(ECHO | ICANON);
	tcsetattr(0, TCSANOW, &raw);
	child_say("\033[?1049h\033[?25l\033[2J\033[H\033[1mbold\033[m \033[31mred\033[m "
		  "名é\r\nready");
	for (;;) {
		if (ppoll(&input, 1, NULL, &none) < 0) {
			ioctl(0, TIOCGWINSZ, &size);
			snprintf(text, sizeof(text), "\033[3Hsize %dx%d", size.ws_row, size.ws_col);
			child_say(text);
		} else if (read(0, &key, 1) != 1 || key == 'x') {
			return 4;
		} else if (key == 'q') {
			child_say("\033[?25h\033[?1049l");
			tcsetattr(0, TCSANOW, &before);
			return 3;
		} else {
			snprintf(text, sizeof(text), "\033[2Hkey %02x   ", (unsigned char)key);
			child_say(text);
		}
	}
}

static void child_start(struct terminal *terminal)
{
	const char *const arguments[] = { "/proc/self/exe", "--child", NULL };
	const struct terminal_program program = { .arguments = arguments };

	terminal_start(terminal, &program);
	terminal_see(terminal, "ready");
}

static void shell_start(struct terminal *terminal, const char *script, const char *setting)
{
	const char *const arguments[] = { "/bin/sh", "-c", script, NULL };
	const char *const environment[] = { setting, NULL };
	const struct terminal_program program = { arguments, environment, 0, 0 };

	terminal_start(terminal, &program);
}

static void shell_is_seen(void **state)
{
	struct terminal *terminal = *state;
	const char *const screen[] = { "one", "two three", "", "" };

	shell_start(terminal, "echo one; echo $WORD; test -t 0; exit $?", "WORD=two three");
	terminal_see_screen(terminal, screen, 4);
	terminal_see_row(terminal, 1, "two three");
	terminal_see_in_row(terminal, 1, "o th");
	assert_false(terminal_has(terminal, "four"));
	assert_int_equal(WEXITSTATUS(terminal_end(terminal)), 0);
	assert_null(terminal_disorder(terminal));
}

static void settings_are_replaced(void **state)
{
	struct terminal *terminal = *state;

	shell_start(terminal, "echo \"[$TERM|$LANG]\"", "TERM=vt100");
	terminal_see_row(terminal, 0, "[vt100|C.UTF-8]");
	shell_start(terminal, "echo \"[${TERM-none}]\"", "TERM");
	terminal_see_row(terminal, 0, "[none]");
	assert_int_equal(terminal_end(terminal), 0);
}

static void typing_is_answered(void **state)
{
	struct terminal *terminal = *state;

	shell_start(terminal, "read a; echo \"got $a\"; read b; exit 7", "A=");
	terminal_type(terminal, "zürich\r");
	terminal_see(terminal, "got zürich");
	terminal_press(terminal, PRESS_ENTER);
	assert_int_equal(WEXITSTATUS(terminal_end(terminal)), 7);
}

static void cells_have_attributes(void **state)
{
	struct terminal *terminal = *state;
	struct terminal_cell cell;

	child_start(terminal);
	terminal_see_row(terminal, 0, "bold red 名é");
	assert_true(terminal_is_alternate(terminal));
	terminal_cell(terminal, 0, 0, &cell);
	assert_string_equal(cell.text, "b");
	assert_true(cell.is_bold && !cell.is_coloured && !cell.is_reversed);
	terminal_cell(terminal, 0, 5, &cell);
	assert_true(!cell.is_bold && cell.is_coloured);
	terminal_cell(terminal, 0, 9, &cell);
	assert_string_equal(cell.text, "名");
	terminal_cell(terminal, 0, 10, &cell);
	assert_string_equal(cell.text, "");
	terminal_cell(terminal, 0, 11, &cell);
	assert_string_equal(cell.text, "é");
}

static void keys_are_sent(void **state)
{
	struct terminal *terminal = *state;

	child_start(terminal);
	terminal_type(terminal, "a");
	terminal_see_row(terminal, 1, "key 61");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "key 1b");
	terminal_press(terminal, PRESS_UP);
	terminal_see(terminal, "key 41"); /* the last byte of ESC [ A */
	terminal_unsee(terminal, "key 1b");
}

static void resize_is_told(void **state)
{
	struct terminal *terminal = *state;

	child_start(terminal);
	terminal_resize(terminal, 50, 132);
	terminal_see(terminal, "size 50x132");
	terminal_resize(terminal, 10, 20);
	terminal_see(terminal, "size 10x20");
}

static void tidy_and_untidy_ends(void **state)
{
	struct terminal *terminal = *state;

	child_start(terminal);
	assert_non_null(terminal_disorder(terminal));
	terminal_type(terminal, "q");
	terminal_see_restored(terminal);
	assert_int_equal(WEXITSTATUS(terminal_end(terminal)), 3);
	child_start(terminal);
	terminal_type(terminal, "x");
	assert_int_equal(WEXITSTATUS(terminal_end(terminal)), 4);
	assert_non_null(terminal_disorder(terminal));
	shell_start(terminal, "printf '\\033[?25l'", "A=");
	(void)terminal_end(terminal);
	assert_string_equal(terminal_disorder(terminal), "the cursor is hidden");
	shell_start(terminal, "printf '\\033[?1049h'", "A=");
	(void)terminal_end(terminal);
	assert_string_equal(terminal_disorder(terminal), "the alternate screen was not left");
}

static void all_output_is_read(void **state)
{
	struct terminal *terminal = *state;
	size_t size;

	shell_start(
		terminal, "i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done", "A=");
	assert_int_equal(terminal_end(terminal), 0);
	assert_true(terminal_has(terminal, "line 2999"));
	assert_true(terminal_raw_has(terminal, "line 0\r\nline 1\r\n", 16));
	(void)terminal_raw(terminal, &size);
	assert_true(size > 3000 * 10);
}

static void stubborn_child_is_killed(void **state)
{
	struct terminal *terminal = *state;
	pid_t child;

	shell_start(terminal, "trap '' TERM HUP INT; echo here; while :; do read a; done", "A=");
	terminal_see(terminal, "here");
	child = terminal_child(terminal);
	terminal_signal(terminal, SIGTERM);
	assert_int_equal(kill(child, 0), 0);
	shell_start(terminal, "kill -TERM $$", "A=");
	assert_int_equal(kill(child, 0), -1);
	assert_int_equal(errno, ESRCH);
	assert_int_equal(WTERMSIG(terminal_end(terminal)), SIGTERM);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TERMINAL_TEST(shell_is_seen),
		TERMINAL_TEST(settings_are_replaced),
		TERMINAL_TEST(typing_is_answered),
		TERMINAL_TEST(cells_have_attributes),
		TERMINAL_TEST(keys_are_sent),
		TERMINAL_TEST(resize_is_told),
		TERMINAL_TEST(tidy_and_untidy_ends),
		TERMINAL_TEST(all_output_is_read),
		TERMINAL_TEST(stubborn_child_is_killed),
	};

	if (argc > 1 && strcmp(argv[1], "--child") == 0)
		return child_main();
	return cmocka_run_group_tests_name("harness", tests, NULL, NULL);
}
