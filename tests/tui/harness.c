/*
 * The terminal for tests: a pty, a child on it, libvterm fed by what the child
 * writes. The parent keeps the pty's other end open as well: so the settings
 * can be read after the child has gone, and a mark written there tells when all
 * of the child's output has been read. Waiting is poll(2) on the pty and on a
 * descriptor of the child.
 */
#include "tests/tui/harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

enum { MOST_ENVIRONMENT = 64, ROW_SIZE = 4096 };

/* Written by the parent behind the child's last byte; no program writes it, libvterm ignores it. */
static const char end_mark[] = "\x16\x16\x16";

struct terminal {
	VTerm *vterm;
	VTermScreen *screen;
	int master, slave;
	pid_t child; /* 0: none, or reaped */
	int child_handle;
	int status;
	struct termios before;
	bool is_alternate, is_cursor_shown;
	char *raw;
	size_t raw_size, raw_room;
};

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static int on_property(VTermProp property, VTermValue *value, void *context)
{
	struct terminal *terminal = context;

	if (property == VTERM_PROP_ALTSCREEN)
		terminal->is_alternate = value->boolean;
	else if (property == VTERM_PROP_CURSORVISIBLE)
		terminal->is_cursor_shown = value->boolean;
	return 1;
}

static const VTermScreenCallbacks screen_callbacks = { .settermprop = on_property };

/* Keys pressed, and answers of the terminal to questions of the program. */
static void on_output(const char *bytes, size_t size, void *context)
{
	const struct terminal *terminal = context;

	while (size > 0) {
		ssize_t done = write(terminal->master, bytes, size);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return;
		bytes += done;
		size -= (size_t)done;
	}
}

int terminal_setup(void **state)
{
	struct terminal *terminal = calloc(1, sizeof(*terminal));

	if (!terminal)
		return -1;
	terminal->master = terminal->slave = terminal->child_handle = -1;
	*state = terminal;
	return 0;
}

static void handle_close(int *handle)
{
	if (*handle >= 0)
		close(*handle);
	*handle = -1;
}

static void terminal_stop(struct terminal *terminal)
{
	if (terminal->child > 0) {
		kill(-terminal->child, SIGKILL);
		kill(terminal->child, SIGKILL);
		while (waitpid(terminal->child, &terminal->status, 0) < 0 && errno == EINTR)
			continue;
		terminal->child = 0;
	}
	handle_close(&terminal->child_handle);
	handle_close(&terminal->slave);
	handle_close(&terminal->master);
	if (terminal->vterm)
		vterm_free(terminal->vterm);
	terminal->vterm = NULL;
	free(terminal->raw);
	terminal->raw = NULL;
	terminal->raw_size = terminal->raw_room = 0;
}

int terminal_teardown(void **state)
{
	struct terminal *terminal = *state;

	terminal_stop(terminal);
	free(terminal);
	return 0;
}

static bool is_named(const char *setting, const char *name)
{
	size_t size = strcspn(name, "=");

	return strncmp(setting, name, size) == 0 && setting[size] == '=';
}

/* The base settings, less those the program names, then the program's. */
static void environment_make(
	const struct terminal_program *program, const char *out_settings[MOST_ENVIRONMENT])
{
	static const char *const base[] = { "HOME=/nonexistent", "LANG=C.UTF-8",
		"TERM=xterm-256color", "PATH=/usr/local/bin:/usr/bin:/bin",
		"ASAN_OPTIONS=handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigfpe=0" };
	const char *const none[] = { NULL };
	const char *const *own = program->environment ? program->environment : none;
	int count = 0;

	/* What a sanitizer is told about leaks of libraries that are not ours. */
	for (char **setting = environ; *setting; setting++)
		if (is_named(*setting, "LSAN_OPTIONS"))
			out_settings[count++] = *setting;
	for (size_t i = 0; i < sizeof(base) / sizeof(base[0]); i++) {
		bool is_replaced = false;

		for (int j = 0; own[j]; j++)
			is_replaced |= is_named(base[i], own[j]);
		if (!is_replaced)
			out_settings[count++] = base[i];
	}
	for (int j = 0; own[j]; j++) {
		assert_true(count < MOST_ENVIRONMENT - 1);
		if (strchr(own[j], '='))
			out_settings[count++] = own[j];
	}
	out_settings[count] = NULL;
}

static _Noreturn void child_run(
	int slave, const char *const *arguments, const char *const *settings)
{
	static const int ignored[] = { SIGINT, SIGQUIT, SIGHUP, SIGTERM, SIGTSTP };
	sigset_t none;

	/* Tests that run in the background were given some of these ignored. */
	for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++)
		(void)signal(ignored[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (setsid() < 0 || ioctl(slave, TIOCSCTTY, 0) < 0 || dup2(slave, 0) < 0 ||
		dup2(slave, 1) < 0 || dup2(slave, 2) < 0)
		_exit(126);
	/* execve does not write to them; its prototype is older than const. */
	execve(arguments[0], (char **)(uintptr_t)arguments, (char **)(uintptr_t)settings);
	_exit(127);
}

static void pty_open(struct terminal *terminal, int rows, int columns)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };

	terminal->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
	assert_true(terminal->master >= 0);
	assert_int_equal(grantpt(terminal->master), 0);
	assert_int_equal(unlockpt(terminal->master), 0);
	terminal->slave = open(ptsname(terminal->master), O_RDWR | O_NOCTTY | O_CLOEXEC);
	assert_true(terminal->slave >= 0);
	assert_int_equal(ioctl(terminal->slave, TIOCSWINSZ, &size), 0);
	assert_int_equal(tcgetattr(terminal->slave, &terminal->before), 0);
}

void terminal_start(struct terminal *terminal, const struct terminal_program *program)
{
	int rows = program->rows ? program->rows : TERMINAL_ROWS;
	int columns = program->columns ? program->columns : TERMINAL_COLUMNS;
	const char *settings[MOST_ENVIRONMENT];

	terminal_stop(terminal);
	environment_make(program, settings);
	pty_open(terminal, rows, columns);
	terminal->vterm = vterm_new(rows, columns);
	assert_non_null(terminal->vterm);
	vterm_set_utf8(terminal->vterm, 1);
	vterm_output_set_callback(terminal->vterm, on_output, terminal);
	terminal->screen = vterm_obtain_screen(terminal->vterm);
	vterm_screen_set_callbacks(terminal->screen, &screen_callbacks, terminal);
	vterm_screen_enable_altscreen(terminal->screen, 1);
	vterm_screen_reset(terminal->screen, 1);
	terminal->is_alternate = false;
	terminal->is_cursor_shown = true;
	fflush(NULL);
	terminal->child = fork();
	assert_true(terminal->child >= 0);
	if (terminal->child == 0)
		child_run(terminal->slave, program->arguments, settings);
	terminal->child_handle = pidfd_open(terminal->child, 0);
	assert_true(terminal->child_handle >= 0);
}

void terminal_type(struct terminal *terminal, const char *utf8)
{
	on_output(utf8, strlen(utf8), terminal);
}

void terminal_press(struct terminal *terminal, enum terminal_key key)
{
	static const VTermKey keys[] = { [PRESS_ENTER] = VTERM_KEY_ENTER,
		[PRESS_ESCAPE] = VTERM_KEY_ESCAPE,
		[PRESS_TAB] = VTERM_KEY_TAB,
		[PRESS_BACKSPACE] = VTERM_KEY_BACKSPACE,
		[PRESS_UP] = VTERM_KEY_UP,
		[PRESS_DOWN] = VTERM_KEY_DOWN,
		[PRESS_LEFT] = VTERM_KEY_LEFT,
		[PRESS_RIGHT] = VTERM_KEY_RIGHT,
		[PRESS_HOME] = VTERM_KEY_HOME,
		[PRESS_END] = VTERM_KEY_END,
		[PRESS_PAGE_UP] = VTERM_KEY_PAGEUP,
		[PRESS_PAGE_DOWN] = VTERM_KEY_PAGEDOWN };

	vterm_keyboard_key(terminal->vterm, keys[key], VTERM_MOD_NONE);
}

void terminal_resize(struct terminal *terminal, int rows, int columns)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };

	vterm_set_size(terminal->vterm, rows, columns);
	assert_int_equal(ioctl(terminal->master, TIOCSWINSZ, &size), 0);
}

void terminal_signal(struct terminal *terminal, int signal)
{
	assert_true(terminal->child > 0);
	assert_int_equal(kill(terminal->child, signal), 0);
}

void terminal_hang_up(struct terminal *terminal)
{
	handle_close(&terminal->slave);
	handle_close(&terminal->master);
}

pid_t terminal_child(const struct terminal *terminal)
{
	return terminal->child;
}

static void raw_add(struct terminal *terminal, const char *bytes, size_t size)
{
	if (terminal->raw_size + size > terminal->raw_room) {
		terminal->raw_room = 2 * (terminal->raw_size + size);
		terminal->raw = realloc(terminal->raw, terminal->raw_room);
		assert_non_null(terminal->raw);
	}
	memcpy(terminal->raw + terminal->raw_size, bytes, size);
	terminal->raw_size += size;
}

/* Reads what is there; false when nothing was. */
static bool terminal_read(struct terminal *terminal)
{
	char bytes[16384];
	ssize_t size = read(terminal->master, bytes, sizeof(bytes));

	if (size <= 0)
		return false;
	raw_add(terminal, bytes, (size_t)size);
	vterm_input_write(terminal->vterm, bytes, (size_t)size);
	return true;
}

bool terminal_is_quiet(struct terminal *terminal)
{
	struct pollfd output = { terminal->master, POLLIN, 0 };
	bool is_quiet = poll(&output, 1, QUIET_MS) <= 0;

	while (terminal_read(terminal))
		continue;
	return is_quiet;
}

/* Waits for output, the child's end or the deadline. */
static void terminal_wait(struct terminal *terminal, long long deadline)
{
	struct pollfd wait[2] = { { terminal->master, POLLIN, 0 },
		{ terminal->child > 0 ? terminal->child_handle : -1, POLLIN, 0 } };
	long long left = deadline - now_ms();

	if (left > 0)
		(void)poll(wait, 2, (int)left);
	while (terminal_read(terminal))
		continue;
}

static bool terminal_reap(struct terminal *terminal)
{
	if (terminal->child > 0 && waitpid(terminal->child, &terminal->status, WNOHANG) > 0)
		terminal->child = 0;
	return terminal->child == 0;
}

/* After the child's end: everything it wrote comes before our mark. */
static void terminal_drain(struct terminal *terminal)
{
	long long deadline = now_ms() + TERMINAL_SECONDS * 1000LL;
	size_t size = sizeof(end_mark) - 1;

	while (terminal_read(terminal))
		continue;
	if (write(terminal->slave, end_mark, size) != (ssize_t)size)
		return;
	while (now_ms() < deadline && !terminal_raw_has(terminal, end_mark, size))
		terminal_wait(terminal, deadline);
}

static void row_text(const struct terminal *terminal, int row, char out_text[ROW_SIZE])
{
	VTermRect rect = { row, row + 1, 0, 0 };
	int rows, columns;
	size_t size;

	vterm_get_size(terminal->vterm, &rows, &columns);
	rect.end_col = columns;
	size = row < rows ? vterm_screen_get_text(terminal->screen, out_text, ROW_SIZE - 1, rect)
			  : 0;
	while (size > 0 && (out_text[size - 1] == ' ' || out_text[size - 1] == '\n'))
		size--;
	out_text[size] = '\0';
}

void terminal_row(const struct terminal *terminal, int row, char *out_text, size_t size)
{
	char text[ROW_SIZE];

	row_text(terminal, row, text);
	snprintf(out_text, size, "%s", text);
}

static bool row_has(const struct terminal *terminal, int row, const char *text)
{
	char there[ROW_SIZE];

	row_text(terminal, row, there);
	return strstr(there, text) != NULL;
}

bool terminal_has(const struct terminal *terminal, const char *text)
{
	int rows, columns;

	vterm_get_size(terminal->vterm, &rows, &columns);
	for (int row = 0; row < rows; row++)
		if (row_has(terminal, row, text))
			return true;
	return false;
}

void terminal_print(const struct terminal *terminal)
{
	char text[ROW_SIZE];
	int rows, columns;

	if (!terminal->vterm)
		return;
	vterm_get_size(terminal->vterm, &rows, &columns);
	for (int row = 0; row < rows; row++) {
		row_text(terminal, row, text);
		fprintf(stderr, "# |%s\n", text);
	}
}

static void failed(const struct terminal *terminal, const char *what, const char *file, int line)
{
	fprintf(stderr, "# %s:%d: %s", file, line, what);
	if (terminal->child == 0)
		fprintf(stderr, "; the program has ended, wait status %#x", terminal->status);
	fputs("\n", stderr);
	terminal_print(terminal);
	_fail(file, line);
}

/* One look: the child's end is noticed first, then all it wrote is read, then judged, so that what
   it wrote last counts. */
static bool terminal_is_over(struct terminal *terminal, long long deadline)
{
	if (terminal->child == 0 || now_ms() >= deadline)
		return true;
	terminal_wait(terminal, deadline);
	if (terminal_reap(terminal))
		terminal_drain(terminal);
	return false;
}

void terminal_must_see(
	struct terminal *terminal, const char *text, bool seen, const char *file, int line)
{
	long long deadline = now_ms() + TERMINAL_SECONDS * 1000LL;
	char what[512];

	while (terminal_has(terminal, text) != seen)
		if (terminal_is_over(terminal, deadline)) {
			snprintf(what, sizeof(what), "%s \"%s\"",
				seen ? "never seen:" : "still seen:", text);
			failed(terminal, what, file, line);
		}
}

void terminal_must_see_row(
	struct terminal *terminal, int row, const char *text, const char *file, int line)
{
	long long deadline = now_ms() + TERMINAL_SECONDS * 1000LL;
	char there[ROW_SIZE], what[512];

	for (;;) {
		row_text(terminal, row, there);
		if (strcmp(there, text) == 0)
			return;
		if (terminal_is_over(terminal, deadline)) {
			snprintf(what, sizeof(what), "row %d was never \"%s\"", row, text);
			failed(terminal, what, file, line);
		}
	}
}

void terminal_must_see_in_row(
	struct terminal *terminal, int row, const char *text, const char *file, int line)
{
	long long deadline = now_ms() + TERMINAL_SECONDS * 1000LL;
	char what[512];

	while (!row_has(terminal, row, text))
		if (terminal_is_over(terminal, deadline)) {
			snprintf(what, sizeof(what), "never seen in row %d: \"%s\"", row, text);
			failed(terminal, what, file, line);
		}
}

/* The first row that differs, or -1. */
static int rows_differ(const struct terminal *terminal, const char *const *rows, int count)
{
	char there[ROW_SIZE];

	for (int row = 0; row < count; row++) {
		row_text(terminal, row, there);
		if (strcmp(there, rows[row]) != 0)
			return row;
	}
	return -1;
}

void terminal_must_see_screen(
	struct terminal *terminal, const char *const *rows, int count, const char *file, int line)
{
	long long deadline = now_ms() + TERMINAL_SECONDS * 1000LL;
	char what[ROW_SIZE];
	int row;

	while ((row = rows_differ(terminal, rows, count)) >= 0)
		if (terminal_is_over(terminal, deadline)) {
			snprintf(what, sizeof(what), "row %d differs, wanted |%s", row, rows[row]);
			failed(terminal, what, file, line);
		}
}

int terminal_must_end(struct terminal *terminal, const char *file, int line)
{
	long long deadline = now_ms() + TERMINAL_SECONDS * 1000LL;

	while (terminal->child > 0)
		if (terminal_is_over(terminal, deadline))
			failed(terminal, "the program did not end", file, line);
	return terminal->status;
}

const char *terminal_disorder(struct terminal *terminal)
{
	struct termios after;

	assert_int_equal(tcgetattr(terminal->slave, &after), 0);
	if (after.c_lflag != terminal->before.c_lflag)
		return "echo and line settings are not as before";
	if (after.c_iflag != terminal->before.c_iflag ||
		after.c_oflag != terminal->before.c_oflag ||
		memcmp(after.c_cc, terminal->before.c_cc, sizeof(after.c_cc)) != 0)
		return "terminal settings are not as before";
	if (terminal->is_alternate)
		return "the alternate screen was not left";
	if (!terminal->is_cursor_shown)
		return "the cursor is hidden";
	return NULL;
}

void terminal_must_be_restored(struct terminal *terminal, const char *file, int line)
{
	const char *disorder;

	(void)terminal_must_end(terminal, file, line);
	disorder = terminal_disorder(terminal);
	if (disorder)
		failed(terminal, disorder, file, line);
}

/* One character of UTF-8; 0 takes none. */
static size_t utf8_put(uint32_t c, char *out)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return c != 0;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | (c >> 18 & 7));
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

void terminal_cell(
	const struct terminal *terminal, int row, int column, struct terminal_cell *out_cell)
{
	VTermPos place = { row, column };
	VTermScreenCell cell;
	size_t size = 0;

	memset(out_cell, 0, sizeof(*out_cell));
	if (!vterm_screen_get_cell(terminal->screen, place, &cell))
		return;
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
		if (cell.chars[i] != UINT32_MAX)
			size += utf8_put(cell.chars[i], out_cell->text + size);
	out_cell->is_bold = cell.attrs.bold;
	out_cell->is_underlined = cell.attrs.underline != 0;
	out_cell->is_reversed = cell.attrs.reverse;
	out_cell->is_coloured =
		!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
}

bool terminal_is_alternate(const struct terminal *terminal)
{
	return terminal->is_alternate;
}

const char *terminal_raw(const struct terminal *terminal, size_t *out_size)
{
	*out_size = terminal->raw_size;
	return terminal->raw ? terminal->raw : "";
}

bool terminal_raw_has(const struct terminal *terminal, const char *bytes, size_t size)
{
	return terminal->raw && memmem(terminal->raw, terminal->raw_size, bytes, size) != NULL;
}
