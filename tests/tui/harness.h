/*
 * A terminal for tests: any program on a pty with libvterm (80×24, wide
 * characters, attributes, resize). After each key a test says what must be seen
 * and the harness waits for it, up to a deadline: no sleeps, no recordings.
 * What fails prints the whole screen. The child is killed and reaped whatever
 * happens, and the pty's own settings tell whether it left the terminal tidy.
 */
#ifndef TRACEDESK_TESTS_TUI_HARNESS_H
#define TRACEDESK_TESTS_TUI_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { QUIET_MS = 20, TERMINAL_ROWS = 24, TERMINAL_COLUMNS = 80, TERMINAL_SECONDS = 30 };

struct terminal;

struct terminal_program {
	const char *const *arguments; /* ends with NULL; the first is the program's path */
	/* "NAME=value" on top of (bare "NAME": taken out of) PATH, HOME, LANG=C.UTF-8 and
	   TERM=xterm-256color; ends with NULL, NULL for none. */
	const char *const *environment;
	int rows, columns; /* 0: 24 and 80 */
};

enum terminal_key {
	PRESS_ENTER,
	PRESS_ESCAPE,
	PRESS_TAB,
	PRESS_BACKSPACE,
	PRESS_UP,
	PRESS_DOWN,
	PRESS_LEFT,
	PRESS_RIGHT,
	PRESS_HOME,
	PRESS_END,
	PRESS_PAGE_UP,
	PRESS_PAGE_DOWN,
};

struct terminal_cell {
	char text[32]; /* UTF-8; "" for the right half of a wide character and for blanks */
	bool is_bold, is_underlined, is_reversed, is_coloured;
};

/* A test owns one terminal: its setup makes it (in *state), its teardown kills, reaps, frees. */
int terminal_setup(void **state);
int terminal_teardown(void **state);
#define TERMINAL_TEST(function) \
	cmocka_unit_test_setup_teardown(function, terminal_setup, terminal_teardown)

/* Starts the program on a fresh pty; the one before, if any, is killed. */
void terminal_start(struct terminal *terminal, const struct terminal_program *program);
void terminal_type(struct terminal *terminal, const char *utf8);
/* The bytes that such a key sends in the terminal's present mode. */
void terminal_press(struct terminal *terminal, enum terminal_key key);
void terminal_resize(struct terminal *terminal, int rows, int columns);
void terminal_signal(struct terminal *terminal, int signal);
/* The terminal goes away; nothing more can be seen or checked of it but the program's end. */
void terminal_hang_up(struct terminal *terminal);
pid_t terminal_child(const struct terminal *terminal);

/* Wait until it is so; the test fails, with the screen printed, when the deadline passes or the
   program ends before. Rows are from 0; a row is compared without its blanks at the end. */
#define terminal_see(terminal, text) terminal_must_see((terminal), (text), true, __FILE__, __LINE__)
#define terminal_unsee(terminal, text) \
	terminal_must_see((terminal), (text), false, __FILE__, __LINE__)
#define terminal_see_row(terminal, row, text) \
	terminal_must_see_row((terminal), (row), (text), __FILE__, __LINE__)
#define terminal_see_in_row(terminal, row, text) \
	terminal_must_see_in_row((terminal), (row), (text), __FILE__, __LINE__)
#define terminal_see_screen(terminal, rows, count) \
	terminal_must_see_screen((terminal), (rows), (count), __FILE__, __LINE__)
/* Waits for the end; the wait status as waitpid gives it. What was written before the end has then
   been read. */
#define terminal_end(terminal) terminal_must_end((terminal), __FILE__, __LINE__)
/* Ended, settings as before the start, alternate screen left, cursor shown. */
#define terminal_see_restored(terminal) terminal_must_be_restored((terminal), __FILE__, __LINE__)

void terminal_must_see(
	struct terminal *terminal, const char *text, bool seen, const char *file, int line);
void terminal_must_see_row(
	struct terminal *terminal, int row, const char *text, const char *file, int line);
void terminal_must_see_in_row(
	struct terminal *terminal, int row, const char *text, const char *file, int line);
void terminal_must_see_screen(
	struct terminal *terminal, const char *const *rows, int count, const char *file, int line);
int terminal_must_end(struct terminal *terminal, const char *file, int line);
void terminal_must_be_restored(struct terminal *terminal, const char *file, int line);

/* Has nothing come from the program for QUIET_MS? What comes is read. */
bool terminal_is_quiet(struct terminal *terminal);
/* What is there now, nothing waited for. */
void terminal_row(const struct terminal *terminal, int row, char *out_text, size_t size);
bool terminal_has(const struct terminal *terminal, const char *text);
void terminal_cell(
	const struct terminal *terminal, int row, int column, struct terminal_cell *out_cell);
bool terminal_is_alternate(const struct terminal *terminal);
/* What the program has left untidy (settings, alternate screen, cursor), or NULL. */
const char *terminal_disorder(struct terminal *terminal);
void terminal_print(const struct terminal *terminal);
/* Every byte the program has written so far. */
const char *terminal_raw(const struct terminal *terminal, size_t *out_size);
bool terminal_raw_has(const struct terminal *terminal, const char *bytes, size_t size);

#endif
