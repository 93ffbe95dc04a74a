/*
 * Taking the terminal over and putting it back. What curses held of the screen
 * is wiped: the screen is drawn blank, and from the start on the allocator
 * overwrites whatever is freed, curses' own buffers with it.
 */
#include "tui/terminal.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "tui/draw.h"
#include "tui/signals.h"

/* Last: it defines words like lines and columns as macros. */
#include <term.h>

enum { ESCAPE_MS = 25, WIPE_BYTE = 0x5a };
/* Keys of ours, beyond all that curses knows. */
enum { PASTE_BEGINS = 0x2000, PASTE_ENDS };
static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";

struct terminal_hold {
	SCREEN *screen;
};

/* Appends a string of the terminal's description, without its padding ("$<5/>"). */
static void crash_add(struct signals_crash *crash, const char *string)
{
	if (!string || string == (const char *)-1)
		return;
	while (*string && crash->size < sizeof(crash->bytes)) {
		const char *end = string[0] == '$' && string[1] == '<' ? strchr(string, '>') : NULL;

		if (end)
			string = end + 1;
		else
			crash->bytes[crash->size++] = *string++;
	}
}

/* One that is no kind of ANSI terminal would show what it does not know. */
static bool takes_modes(void)
{
	return strncmp(cursor_address, paste_on, strlen("\033[")) == 0;
}

/* Does the terminal say where what is pasted begins and ends? Those that cannot pass it over. */
static void paste_mark(bool is_on)
{
	if (!takes_modes())
		return;
	(void)putp(is_on ? paste_on : paste_off);
	(void)fflush(stdout);
}

/* Case data must not stay on the screen, in the alternate one neither. */
static bool crash_prepare(struct signals_crash *out_crash)
{
	memset(out_crash, 0, sizeof(*out_crash));
	if (takes_modes())
		crash_add(out_crash, paste_off);
	crash_add(out_crash, exit_attribute_mode);
	crash_add(out_crash, clear_screen);
	crash_add(out_crash, exit_ca_mode);
	crash_add(out_crash, keypad_local);
	crash_add(out_crash, cursor_normal);
	return tcgetattr(STDIN_FILENO, &out_crash->settings) == 0;
}

/* What was read of the terminal to judge it; curses reads it again. */
static void description_free(void)
{
	if (cur_term)
		(void)del_curterm(cur_term);
}

static enum desk_status terminal_check(struct notice *out_notice)
{
	const char *name = getenv("TERM");
	int found = 0;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return notice_set(out_notice, DESK_USAGE,
			"no terminal: the desk needs one for its input and its output; "
			"give a command instead (`tracedesk --help` lists them)");
	if (setupterm(name ? name : "unknown", STDOUT_FILENO, &found) != OK || !cursor_address ||
		!clear_screen)
		return notice_set(out_notice, DESK_USAGE,
			"terminal \"%s\": it cannot show the desk; set TERM to what it is "
			"(xterm-256color, say), or give a command instead",
			name ? name : "");
	return DESK_OK;
}

/* Texts are UTF-8 and so is what goes to the terminal, whatever the locale says. */
static bool locale_start(void)
{
	if (setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
		return true;
	return setlocale(LC_CTYPE, "C.UTF-8") != NULL;
}

static bool has_colour(void)
{
	const char *refused = getenv("NO_COLOR");

	return !refused || refused[0] == '\0';
}

static bool curses_start(struct terminal_hold *hold)
{
	char *name = getenv("TERM");

	hold->screen = newterm(name, stdout, stdin);
	if (!hold->screen)
		return false;
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	set_escdelay(ESCAPE_MS);
	(void)define_key("\033[200~", PASTE_BEGINS);
	(void)define_key("\033[201~", PASTE_ENDS);
	paste_mark(true);
	draw_start(has_colour());
	return true;
}

enum desk_status terminal_take(struct terminal_hold **out_hold, struct notice *out_notice)
{
	struct signals_crash crash;
	enum desk_status status = terminal_check(out_notice);
	bool is_prepared = status == DESK_OK && crash_prepare(&crash);

	*out_hold = NULL;
	description_free();
	if (status != DESK_OK)
		return status;
	(void)mallopt(M_PERTURB, WIPE_BYTE);
	if (!is_prepared || !locale_start() || !signals_start(&crash))
		return notice_set(out_notice, DESK_IO,
			"terminal: the system did not hand it over; try again");
	*out_hold = mem_new(1, sizeof(**out_hold));
	if (curses_start(*out_hold))
		return DESK_OK;
	signals_end();
	mem_free(*out_hold);
	*out_hold = NULL;
	return notice_set(out_notice, DESK_IO, "terminal: curses did not start; check TERM");
}

static void curses_end(struct terminal_hold *hold)
{
	paste_mark(false);
	erase();
	clearok(curscr, TRUE);
	refresh();
	terminal_forget_keys();
	endwin();
	/* Some terminals take leaving the alternate screen for going back to a hidden cursor. */
	if (cursor_normal)
		(void)putp(cursor_normal);
	(void)fflush(stdout);
	delscreen(hold->screen);
	hold->screen = NULL;
}

void terminal_give_back(struct terminal_hold *hold)
{
	if (!hold)
		return;
	if (hold->screen)
		curses_end(hold);
	mem_free(hold);
}

bool terminal_wipe(struct terminal_hold *hold)
{
	curses_end(hold);
	return curses_start(hold);
}

void terminal_lend(void)
{
	paste_mark(false);
	erase();
	clearok(curscr, TRUE);
	refresh();
	endwin();
	(void)fflush(stdout);
}

void terminal_take_back(void)
{
	reset_prog_mode();
	paste_mark(true);
	clearok(curscr, TRUE);
	refresh();
	terminal_forget_keys();
}

void terminal_stop(void)
{
	terminal_lend();
	signals_stop();
	terminal_take_back();
}

int terminal_key(int64_t until)
{
	wint_t key;
	int kind;

	if (signals_is_leaving())
		return TERMINAL_LEAVE;
	/* Whoever presses a key after that long has to unlock first. */
	if (until != 0 && signals_now() >= until)
		return TERMINAL_IDLE;
	kind = get_wch(&key);
	if (kind == ERR) {
		enum signals_waited waited = signals_wait(until);

		if (waited == SIGNALS_GONE || signals_is_leaving())
			return TERMINAL_LEAVE;
		if (waited == SIGNALS_IDLE)
			return TERMINAL_IDLE;
		if (signals_take_stop())
			return TERMINAL_STOP;
		if (signals_take_resize())
			return TERMINAL_RESIZED;
		kind = get_wch(&key);
	}
	/* What resizeterm leaves behind is no key that anybody pressed. */
	if (kind == ERR || (kind == KEY_CODE_YES && key == KEY_RESIZE))
		return TERMINAL_NOTHING;
	if (kind == KEY_CODE_YES && (key == PASTE_BEGINS || key == PASTE_ENDS))
		return key == PASTE_BEGINS ? TERMINAL_PASTE : TERMINAL_PASTED;
	return kind == KEY_CODE_YES ? -(int)key : (int)key;
}

void terminal_forget_keys(void)
{
	while (ungetch(' ') != ERR)
		continue;
	flushinp();
}

void terminal_size(int *out_rows, int *out_columns)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 &&
		(size.ws_row != LINES || size.ws_col != COLS))
		(void)resizeterm(size.ws_row, size.ws_col);
	*out_rows = LINES;
	*out_columns = COLS;
}

bool terminal_is_stopped(void)
{
	wint_t key;
	int kind;

	while ((kind = get_wch(&key)) != ERR) {
		if (kind != KEY_CODE_YES && key == TYPED_ESCAPE)
			return true;
		if (kind != KEY_CODE_YES && (key == TYPED_CONTROL_C || key == TYPED_CONTROL_Z ||
						    key == TYPED_CONTROL_K || key == 'L'))
			return unget_wch((wchar_t)key) == OK;
	}
	return signals_is_leaving() || signals_is_pending();
}
