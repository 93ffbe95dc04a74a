/*
 * The frame, the one door of text to curses, lines broken at blanks.
 */
#include "tui/draw.h"

#include <curses.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/text.h"

enum { PAIR_DEMO = 1, PAIR_BAD = 2, EXPLAIN_MOST = 4, TITLE_COLUMN = 18 };

void draw_start(bool has_colour)
{
	if (!has_colour || !has_colors() || start_color() == ERR)
		return;
	if (use_default_colors() == ERR)
		return;
	init_pair(PAIR_DEMO, COLOR_YELLOW, -1);
	init_pair(PAIR_BAD, COLOR_RED, -1);
}

void draw_cursor(int row, int column)
{
	move(row, column);
}

/* Pairs that were never made draw as the terminal's own colours. */
static attr_t style_attributes(enum draw_style style)
{
	switch (style) {
	case DRAW_PLAIN:
		return A_NORMAL;
	case DRAW_BOLD:
		return A_BOLD;
	case DRAW_FAINT:
		return A_DIM;
	case DRAW_DEMO:
		return A_BOLD | (attr_t)COLOR_PAIR(PAIR_DEMO);
	case DRAW_BAD:
		return A_BOLD | (attr_t)COLOR_PAIR(PAIR_BAD);
	}
	return A_NORMAL;
}

int draw_body_rows(const struct ui *ui)
{
	return ui->rows - DRAW_BODY - 3;
}

int draw_text(int row, int column, int width, enum draw_style style, const char *text)
{
	struct buffer shown, fitted;
	int taken = 0;

	if (!text || width <= 0)
		return 0;
	buffer_init(&shown);
	buffer_init(&fitted);
	text_show(text, &shown);
	taken = text_fit(buffer_text(&shown), width, &fitted);
	attrset((int)style_attributes(style));
	mvaddstr(row, column, buffer_text(&fitted));
	attrset(A_NORMAL);
	buffer_done(&shown);
	buffer_done(&fitted);
	return taken;
}

/* As text, not by the terminal's own line drawing, which some do not switch on. */
void draw_rule(int row, int column, int length, bool is_upright)
{
	cchar_t sign;

	if (setcchar(&sign, is_upright ? L"│" : L"─", A_NORMAL, 0, NULL) == ERR)
		return;
	if (is_upright)
		mvvline_set(row, column, &sign, length);
	else
		mvhline_set(row, column, &sign, length);
}

int draw_width(const char *text)
{
	struct buffer shown;
	int width;

	buffer_init(&shown);
	text_show(text, &shown);
	width = text_width(buffer_text(&shown));
	buffer_done(&shown);
	return width;
}

int draw_text_right(int row, int end, int width, enum draw_style style, const char *text)
{
	int taken = text ? draw_width(text) : 0;

	if (taken > width)
		taken = width;
	draw_text(row, end - taken, taken, style, text);
	return end - taken;
}

static int shown_width(const char *text)
{
	struct buffer shown;
	int width;

	buffer_init(&shown);
	text_show(text, &shown);
	width = text_width(buffer_text(&shown));
	buffer_done(&shown);
	return width;
}

/* "Casey Ward · Mon 04/01/2021"; where there is less room "casey · Mon 04/01/2021" or "casey". */
static void who_and_day(const struct ui *ui, int room, struct buffer *out)
{
	const struct person *person = desk_person(ui->desk);
	const char *day = desk_today(ui->desk), *full = person->full_name;
	char shown[64], tail[80];
	int left;

	day_shown(day, shown);
	snprintf(tail, sizeof(tail), " · %s %s", weekday_short(day), shown);
	left = room - text_width(tail);
	buffer_add(out, full && full[0] && shown_width(full) <= left ? full : person->name);
	buffer_add(out, text_width(person->name) <= left ? tail : "");
}

static void draw_title(const struct ui *ui, const char *title)
{
	struct buffer who;
	int column = 1, end = ui->columns - 1;

	if (ui->desk) {
		buffer_init(&who);
		who_and_day(ui, end - TITLE_COLUMN - shown_width(title) - 2, &who);
		end = draw_text_right(
			DRAW_TITLE, end, ui->columns / 2, DRAW_PLAIN, buffer_text(&who));
		buffer_done(&who);
	}
	column += draw_text(DRAW_TITLE, column, end - column, DRAW_BOLD, "tracedesk") + 2;
	if (ui->desk ? desk_is_demo(ui->desk) : ui->is_demo)
		column += draw_text(DRAW_TITLE, column, end - column, DRAW_DEMO, "DEMO") + 2;
	draw_text(DRAW_TITLE, column, end - column - 1, DRAW_BOLD, title);
}

/* What the bar says of a command: greyed in brackets, with the reason, what cannot be done. */
static enum draw_style bar_make(
	const struct ui *ui, const struct frame *frame, enum command_id id, struct buffer *out)
{
	const char *bar = command_get(id)->bar;
	char why[WHY_SIZE] = "";

	if (!bar[0] || !frame->cannot || !frame->cannot(ui, frame->state, id, why)) {
		buffer_add(out, bar);
		return DRAW_PLAIN;
	}
	if (why[0])
		buffer_print(out, "(%s: %s)", bar, why);
	return DRAW_FAINT;
}

/* Draws them in their order, as far as there is room; returns the next column. */
static int bar_draw(const struct ui *ui, const struct frame *frame, const struct draw_area *area)
{
	int column = area->column;

	for (int i = 0; i < area->rows; i++) {
		struct buffer text;
		enum draw_style style;
		int most = area->column + area->width - column;

		buffer_init(&text);
		style = bar_make(ui, frame, frame->commands[i], &text);
		if (text.size > 0 && draw_width(text.text) <= most)
			column += draw_text(ui->rows - 1, column, most, style, text.text) + 2;
		buffer_done(&text);
	}
	return column;
}

/* What is not told on the bar for want of room is told by help, so help and the way out come first
   when room is shared out. */
static void draw_bar(const struct ui *ui, const struct frame *frame)
{
	/* Where ":" and "L" are no letters, and where they are; nothing on screens without help. */
	static const enum command_id of_first[] = { COMMAND_LOCK, COMMAND_PALETTE, COMMAND_NONE };
	static const enum command_id of_list[] = { COMMAND_PALETTE, COMMAND_LOCK, COMMAND_NONE };
	static const enum command_id of_form[] = { COMMAND_FORM_LOCK, COMMAND_NONE };
	static const enum command_id none[] = { COMMAND_NONE };
	struct draw_area area = { 0, 1, 0, ui->columns - 2 };
	struct frame last = *frame, more = { .commands = none };
	int kept = 0;

	while (frame->commands[area.rows] != COMMAND_NONE)
		area.rows++;
	area.rows -= 2;
	last.commands += area.rows;
	if (last.commands[1] == COMMAND_QUIT)
		more.commands = of_first;
	else if (last.commands[0] == COMMAND_HELP)
		more.commands = of_list;
	else if (last.commands[0] == COMMAND_FORM_HELP)
		more.commands = of_form;
	for (int i = 0; i < 2; i++)
		area.width -= draw_width(command_get(last.commands[i])->bar) + 2;
	if (more.commands != of_list && more.commands != none)
		kept = draw_width(command_get(more.commands[0])->bar) + 2;
	area.width -= kept;
	kept += area.column + area.width;
	area.column = bar_draw(ui, frame, &area);
	area.width = kept - area.column;
	for (area.rows = 0; more.commands[area.rows] != COMMAND_NONE;)
		area.rows++;
	area.column = bar_draw(ui, &more, &area);
	area.width = ui->columns - area.column;
	area.rows = 2;
	(void)bar_draw(ui, &last, &area);
}

int draw_lines(const char *text, int width)
{
	struct buffer shown;
	size_t at = 0, next;
	int lines = 0;

	buffer_init(&shown);
	text_show(text, &shown);
	for (; at < shown.size; at += next, lines++)
		(void)draw_break(shown.text + at, width, &next);
	buffer_done(&shown);
	return lines;
}

struct draw_more draw_more(int row, size_t top, size_t count)
{
	return (struct draw_more) { .is_above = top > 0, .end = row + (long)(count - top) };
}

/* On the rules above and below the body. */
static void more_draw(const struct ui *ui, const struct draw_more *more, int rule)
{
	/* What was brought back needs the room at the left. */
	int end = more->column > 0 && !ui->back[0] ? more->column : ui->columns - 1;

	if (more->is_above)
		draw_text_right(DRAW_RULE, end, end, DRAW_PLAIN, " ↑ more above ");
	if (more->end > rule)
		draw_text_right(rule, end, end, DRAW_PLAIN, " ↓ more below ");
}

/* The rule, whose row it returns, and the line below the body. What is told in full may take more
   lines, at the body's cost. */
static int draw_explain(const struct ui *ui, const struct frame *frame)
{
	struct draw_area area = { ui->rows - 2, 1, 1, ui->columns - 2 };
	bool is_whole = (frame->is_bad || frame->is_whole) && frame->explain;

	if (is_whole) {
		area.rows = draw_lines(frame->explain, area.width);
		if (area.rows > EXPLAIN_MOST)
			area.rows = EXPLAIN_MOST;
		area.row -= area.rows - 1;
	}
	move(area.row - 1, 0);
	clrtobot();
	draw_rule(area.row - 1, 0, ui->columns, false);
	if (is_whole)
		draw_wrapped(&area, frame->is_bad ? DRAW_BAD : DRAW_PLAIN, frame->explain);
	else
		draw_text(area.row, area.column, area.width, DRAW_PLAIN, frame->explain);
	return area.row - 1;
}

void draw_frame(const struct ui *ui, const struct frame *frame)
{
	int end = ui->columns - 1, rule;

	draw_title(ui, frame->title);
	end = draw_text_right(DRAW_PATH, end, ui->columns / 2, DRAW_PLAIN, frame->path_right);
	draw_text(DRAW_PATH, 1, end - 3, DRAW_PLAIN, frame->path);
	draw_rule(DRAW_RULE, 0, ui->columns, false);
	rule = draw_explain(ui, frame);
	draw_text(rule, 1, ui->columns - 2, DRAW_BOLD, ui->back);
	more_draw(ui, &frame->more, rule);
	more_draw(ui, &frame->left, rule);
	draw_bar(ui, frame);
}

void draw_waiting(const struct ui *ui, const char *text)
{
	if (ui->rows < DRAW_LEAST_ROWS || ui->columns < DRAW_LEAST_COLUMNS)
		return;
	move(ui->rows - 2, 0);
	clrtoeol();
	draw_text(ui->rows - 2, 1, ui->columns - 2, DRAW_PLAIN, text);
	refresh();
}

void draw_waiting_alone(const struct ui *ui, const char *text)
{
	erase();
	draw_waiting(ui, text);
	refresh();
}

void draw_too_small(int rows, int columns)
{
	const struct draw_area area = { 0, 0, rows, columns };
	struct buffer text;

	buffer_init(&text);
	buffer_print(&text,
		"This terminal is %d by %d; tracedesk needs %d by %d. Make it larger. "
		"q quits.",
		columns, rows, DRAW_LEAST_COLUMNS, DRAW_LEAST_ROWS);
	draw_wrapped(&area, DRAW_PLAIN, buffer_text(&text));
	buffer_done(&text);
}

size_t draw_break(const char *shown, int width, size_t *out_next)
{
	size_t used = 0, blank = 0, size = strlen(shown);
	mbstate_t state = { 0 };
	int taken = 0;

	while (used < size) {
		wchar_t character;
		size_t bytes = mbrtowc(&character, shown + used, size - used, &state);
		int columns = bytes <= size ? wcwidth(character) : 1;

		if (bytes == 0 || bytes > size)
			bytes = 1;
		if (taken + (columns > 0 ? columns : 0) > width)
			break;
		if (character == L' ')
			blank = used;
		taken += columns > 0 ? columns : 0;
		used += bytes;
	}
	if (used < size && shown[used] == ' ')
		blank = used;
	if (used < size && blank > 0)
		used = blank;
	else if (used == 0 && size > 0)
		used = 1; /* narrower than one character: go on all the same */
	*out_next = used + (size_t)(shown[used] == ' ');
	return used;
}

int draw_wrapped(const struct draw_area *area, enum draw_style style, const char *text)
{
	struct buffer shown, part;
	size_t at = 0, next;
	int lines = 0;

	buffer_init(&shown);
	text_show(text, &shown);
	for (; lines < area->rows && at < shown.size; at += next, lines++) {
		size_t bytes = draw_break(shown.text + at, area->width, &next);

		buffer_init(&part);
		buffer_add_bytes(&part, shown.text + at, bytes);
		draw_text(area->row + lines, area->column, area->width, style, buffer_text(&part));
		buffer_done(&part);
	}
	buffer_done(&shown);
	return lines;
}

int draw_typed(int row, int column, int width, const char *typed)
{
	int taken = 0;

	if (draw_width(typed) >= width)
		taken = draw_text(row, column, 1, DRAW_BOLD, "…");
	while (taken + draw_width(typed) >= width)
		do
			typed++;
		while (((unsigned char)*typed & 0xc0) == 0x80);
	return column + taken + draw_text(row, column + taken, width - taken, DRAW_BOLD, typed);
}
