/*
 * What the screens must never do: leave a terminal untidy (signals, crashes, a
 * terminal that goes away), let a foreign text act on it, use colour where it
 * is not wanted, keep a word of a case in memory, start without a terminal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/sanitizer.h"
#include "tests/tui/fake_desk.h"
#include "tests/tui/harness.h"
#include "tests/tui/on_terminal.h"

static void signals_leave_tidily(void **state)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGINT, SIGQUIT };
	struct terminal *terminal = *state;

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		screens_start(terminal, "rows=250");
		assert_true(terminal_is_alternate(terminal));
		terminal_signal(terminal, signals[i]);
		terminal_see_restored(terminal);
		assert_true(WIFEXITED(terminal_end(terminal)));
		assert_int_equal(WEXITSTATUS(terminal_end(terminal)), 0);
		screens_start_at(terminal, "rows=250", NULL, 0, 0);
		terminal_see(terminal, "Unlock");
		terminal_signal(terminal, signals[i]);
		terminal_see_restored(terminal);
		assert_int_equal(WEXITSTATUS(terminal_end(terminal)), 0);
	}
}

static void control_c_leaves_tidily(void **state)
{
	struct terminal *terminal = *state;

	screens_start(terminal, "rows=250");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "46/123/20");
	terminal_type(terminal, "\003");
	terminal_see_restored(terminal);
	assert_int_equal(WEXITSTATUS(terminal_end(terminal)), 0);
	screens_start_at(terminal, "rows=250", NULL, 0, 0);
	terminal_see(terminal, "Unlock");
	terminal_type(terminal, "half a pass\003");
	terminal_see_restored(terminal);
	assert_false(terminal_raw_has(terminal, "half", 4));
}

static void crashes_leave_tidily(void **state)
{
	static const int signals[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL };
	static const char *const terminals[] = { "TERM=xterm-256color", "TERM=vt100",
		"TERM=linux" };
	struct terminal *terminal = *state;
	int crashes = 0;

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		const char *const environment[] = { terminals[i % 3], NULL };

		screens_start_at(terminal, "rows=250", environment, 0, 0);
		screens_unlock(terminal);
		terminal_see(terminal, "Kent Police");
		terminal_signal(terminal, signals[i]);
		terminal_see_restored(terminal);
		assert_true(WIFSIGNALED(terminal_end(terminal)));
		assert_int_equal(WTERMSIG(terminal_end(terminal)), signals[i]);
		assert_false(terminal_has(terminal, "Kent Police"));
		assert_true(terminal_has(terminal, "tracedesk: the desk stopped: a fault"));
		crashes++;
	}
	screens_start(terminal, "rows=250 crash=0");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see_restored(terminal);
	assert_int_equal(WTERMSIG(terminal_end(terminal)), SIGSEGV);
	assert_int_equal(++crashes, 6);
	printf("# crashes: %d\n", crashes);
}

/* The sentence is what is seen last, and busy what the program answers. */
static void no_memory_leaves_tidily(void **state)
{
	struct terminal *terminal = *state;

	screens_start(terminal, "rows=250 no_memory=0");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see_restored(terminal);
	assert_int_equal(WEXITSTATUS(terminal_end(terminal)), 5);
	assert_false(terminal_has(terminal, "Kent Police"));
	assert_true(terminal_has(terminal, "tracedesk: out of memory: the program ends"));
}

static void lost_terminal_ends_it(void **state)
{
	struct terminal *terminal = *state;

	screens_start(terminal, "rows=250");
	terminal_hang_up(terminal);
	assert_true(WIFEXITED(terminal_end(terminal)));
}

/* Has the program sent bytes of a planted text that a terminal obeys? */
static void see_harmless(const struct terminal *terminal)
{
	static const char *const planted[] = { "\033[2J\033[1;31mcleared", "\033]0;title",
		"\033]52;c", "\302\233", "\302\235", "\342\200\256", "\342\201\246", "\033Pq",
		"\033[6n", "\033c", "\377\376", "\300\200", "\355\240\200", "\342\200\213",
		"\357\273\277", "\356\200\200", "\ttab", "\vvert", "\fform", "\bback", "\007" };

	for (size_t i = 0; i < sizeof(planted) / sizeof(planted[0]); i++)
		if (terminal_raw_has(terminal, planted[i], strlen(planted[i])))
			fail_msg("planted text %zu went to the terminal", i);
}

static void hostile_text_is_shown_not_obeyed(void **state)
{
	struct terminal *terminal = *state;
	int opened = 0;

	screens_start(terminal, "rows=250 hostile");
	terminal_see(terminal, "[2J");
	terminal_see(terminal, "山田太郎");
	terminal_see_in_row(terminal, 0, "Work");
	terminal_see_in_row(terminal, 23, "q quit");
	for (; opened < FAKE_HOSTILE_ROWS; opened++) {
		screens_see_selected(terminal, 250, opened);
		terminal_press(terminal, PRESS_ENTER);
		terminal_see(terminal, "46/123/20");
		terminal_see_in_row(terminal, 23, "q back");
		terminal_type(terminal, "6");
		terminal_see(terminal, "[Letters");
		terminal_type(terminal, "p");
		terminal_see_in_row(terminal, 0, "Letter ");
		terminal_see(terminal, "went on 04/01/2021");
		terminal_type(terminal, "q");
		terminal_see(terminal, "[Letters");
		terminal_type(terminal, "q");
		terminal_see_in_row(terminal, 23, "q quit");
		terminal_press(terminal, PRESS_DOWN);
	}
	see_harmless(terminal);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "there is no such receipt");
	terminal_type(terminal, "q");
	terminal_see_in_row(terminal, 23, "q quit");
	assert_int_equal(screens_quit(terminal), 0);
	printf("# hostile receipts opened: %d\n", opened);
}

/* Does a select-graphic-rendition sequence among the bytes choose a colour? */
static bool raw_has_colour(const struct terminal *terminal)
{
	size_t size;
	const char *raw = terminal_raw(terminal, &size);

	for (size_t at = 0; at + 2 < size; at++) {
		size_t end = at + 2;

		if (raw[at] != '\033' || raw[at + 1] != '[')
			continue;
		while (end < size && (isdigit((unsigned char)raw[end]) || raw[end] == ';'))
			end++;
		if (end == size || raw[end] != 'm')
			continue;
		for (size_t i = at + 2; i < end; i += strcspn(raw + i, ";m") + 1) {
			long number = strtol(raw + i, NULL, 10);

			if ((number >= 30 && number != 39 && number < 49) || number >= 90)
				return true;
		}
	}
	return false;
}

static void no_color_is_honoured(void **state)
{
	static const char *const refused[] = { "NO_COLOR=1", NULL };
	static const char *const empty[] = { "NO_COLOR=", NULL };
	struct terminal *terminal = *state;

	screens_start_at(terminal, "rows=250 warning", empty, 0, 0);
	screens_unlock(terminal);
	terminal_see(terminal, "-head is missing");
	assert_true(raw_has_colour(terminal));
	screens_start_at(terminal, "rows=250 warning", refused, 0, 0);
	screens_unlock(terminal);
	terminal_see(terminal, "-head is missing");
	terminal_see(terminal, "DEMO");
	assert_int_equal(screens_quit(terminal), 0);
	assert_false(raw_has_colour(terminal));
}

static void usual_terminals_work(void **state)
{
	static const char *const names[] = { "TERM=xterm", "TERM=xterm-256color", "TERM=screen",
		"TERM=tmux-256color", "TERM=linux", "TERM=vt100" };
	struct terminal *terminal = *state;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *const environment[] = { names[i], "LANG", NULL };

		screens_start_at(terminal, "rows=250", environment, 0, 0);
		screens_unlock(terminal);
		screens_see_selected(terminal, 250, 0);
		terminal_type(terminal, "jj");
		screens_see_selected(terminal, 250, 2);
		terminal_type(terminal, "\r");
		terminal_see(terminal, "46/123/20");
		terminal_press(terminal, PRESS_ESCAPE);
		screens_see_selected(terminal, 250, 2);
		terminal_see_in_row(terminal, 6, "MÜLLER-ÅNG");
		assert_int_equal(screens_quit(terminal), 0);
		assert_false(terminal_has(terminal, "MÜLLER"));
	}
}

static void no_terminal_is_refused(void **state)
{
	static const char *const scripts[] = { "\"$0\" --desk </dev/null",
		"\"$0\" --desk >/dev/null", "TERM=dumb \"$0\" --desk", "TERM= \"$0\" --desk",
		"TERM=nonesuch \"$0\" --desk", "unset TERM; \"$0\" --desk" };
	struct terminal *terminal = *state;
	char self[512];

	screens_program(self, sizeof(self));
	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++) {
		const char *const arguments[] = { "/bin/sh", "-c", scripts[i], self, NULL };
		const struct terminal_program program = { .arguments = arguments };

		terminal_start(terminal, &program);
		assert_int_equal(WEXITSTATUS(terminal_end(terminal)), 2);
		terminal_see_in_row(terminal, 0,
			i < 2 ? "tracedesk: no terminal: the desk needs"
			      : "tracedesk: terminal \"");
		assert_null(terminal_disorder(terminal));
		assert_false(terminal_raw_has(terminal, "\033", 1));
	}
}

static void memory_is_wiped(void **state)
{
	struct terminal *terminal = *state;

	if (HAS_SANITIZER)
		skip(); /* its allocator keeps what is freed as it was */
	/* "Quentin Marsh", "correct horse" */
	screens_start(terminal, "rows=250 search=Rvfoujo!Nbsti");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "46/123/20");
	terminal_type(terminal, " ");
	terminal_see(terminal, "Quentin Marsh");
	terminal_resize(terminal, 60, 200);
	terminal_see_in_row(terminal, 59, "q back");
	terminal_resize(terminal, 24, 80);
	terminal_see_in_row(terminal, 23, "q back");
	terminal_type(terminal, "\003");
	terminal_see_restored(terminal);
	terminal_see(terminal, "found 0 control found");
	screens_start(terminal, "rows=250 search=dpssfdu!ipstf");
	assert_int_equal(screens_quit(terminal), 0);
	terminal_see(terminal, "found 0 control found");
}

/* What a trace found is typed, taken back, and nowhere any more; so are a letter's words. */
static void what_was_found_is_wiped(void **state)
{
	struct terminal *terminal = *state;

	if (HAS_SANITIZER)
		skip();
	/* "Lark Meadow" */
	screens_start(terminal, "rows=250 search=Mbsl!Nfbepx");
	terminal_type(terminal, "jjjjj\r");
	terminal_see_in_row(terminal, 0, "accepted");
	terminal_type(terminal, "t");
	terminal_see(terminal, "Trace answer");
	terminal_type(terminal, "\t\t\t\tLark Meadow");
	terminal_see(terminal, "Lark Meadow");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "Esc again leaves");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "q");
	assert_int_equal(screens_quit(terminal), 0);
	terminal_see(terminal, "found 0 control found");
	/* "The letter of now" */
	screens_start(terminal, "rows=250 search=Uif!mfuufs!pg!opx");
	terminal_type(terminal, "jjj\rp");
	terminal_see(terminal, "The letter of now");
	terminal_type(terminal, "q");
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "q");
	assert_int_equal(screens_quit(terminal), 0);
	terminal_see(terminal, "found 0 control found");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TERMINAL_TEST(signals_leave_tidily),
		TERMINAL_TEST(control_c_leaves_tidily),
		TERMINAL_TEST(crashes_leave_tidily),
		TERMINAL_TEST(no_memory_leaves_tidily),
		TERMINAL_TEST(lost_terminal_ends_it),
		TERMINAL_TEST(hostile_text_is_shown_not_obeyed),
		TERMINAL_TEST(no_color_is_honoured),
		TERMINAL_TEST(usual_terminals_work),
		TERMINAL_TEST(no_terminal_is_refused),
		TERMINAL_TEST(memory_is_wiped),
		TERMINAL_TEST(what_was_found_is_wiped),
	};

	if (screens_is_wanted(argc, argv))
		return fake_main(argc - 2, argv + 2);
	return cmocka_run_group_tests_name("screen safety", tests, NULL, NULL);
}
