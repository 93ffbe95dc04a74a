/*
 * Drawing: the frame that all screens share and the one door to curses. Every
 * text, ours or foreign, goes through draw_text, which makes it harmless
 * (text_show) and cuts it to its columns (text_fit). Meaning is never in the
 * style alone.
 */
#ifndef TRACEDESK_TUI_DRAW_H
#define TRACEDESK_TUI_DRAW_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "tui/screen.h"

enum { DRAW_LEAST_ROWS = 24, DRAW_LEAST_COLUMNS = 80, DRAW_WIDE_COLUMNS = 120 };
/* The body of a screen: rows from DRAW_BODY on, draw_body_rows of them. */
enum { WHY_SIZE = 96 };
enum { DRAW_TITLE, DRAW_PATH, DRAW_RULE, DRAW_BODY };

enum draw_style { DRAW_PLAIN, DRAW_BOLD, DRAW_FAINT, DRAW_DEMO, DRAW_BAD };

/* Content of which only a part is seen: what is above, and the screen's row behind its last line if
   all the rest were shown; the rules say so. 0: nothing that could be cut. */
struct draw_more {
	bool is_above;
	long end;
	int column; /* before which it is said; 0: at the right edge */
};
/* Added to an end behind which there is more, nobody knows how much. */
#define DRAW_GOES_ON (LONG_MAX / 2)
/* Lines shown from a row on, of which the first is top of count. */
struct draw_more draw_more(int row, size_t top, size_t count);

/* Texts may be NULL for nothing. */
struct frame {
	const char *title;
	const char *path, *path_right; /* the second line */
	const char *explain;	       /* one line on what is selected */
	struct draw_more more, left;   /* of the body, of a list at its left */
	bool is_bad;		       /* explain tells of a failure: in full, over several lines */
	bool is_whole;		       /* explain is told in full, too */
	const enum command_id *commands;
	/* Can the command not be used here and now? Then why, in a few words; "" where nobody needs
	   to be told of it. NULL: all can. */
	bool (*cannot)(
		const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE]);
	const void *state; /* of the screen */
};

void draw_start(bool has_colour);
/* Where the cursor of a screen that takes text stands; the last thing drawn. */
void draw_cursor(int row, int column);
int draw_body_rows(const struct ui *ui);
/* Cut to width columns; returns those it took. */
int draw_text(int row, int column, int width, enum draw_style style, const char *text);
/* A line across, or upright. */
void draw_rule(int row, int column, int length, bool is_upright);
/* Columns that a text takes once made harmless. */
int draw_width(const char *text);
/* Ends before column end; returns where it begins. Takes at most width columns. */
int draw_text_right(int row, int end, int width, enum draw_style style, const char *text);
/* The end of what was typed, behind a mark, where it is longer than width; returns the column of
   the cursor. */
int draw_typed(int row, int column, int width, const char *typed);
/* All but the body, which is drawn before it. */
void draw_frame(const struct ui *ui, const struct frame *frame);
/* Shows now, in the place of the explaining line, that something takes its time. */
void draw_waiting(const struct ui *ui, const char *text);
/* The same, of all that is shown. */
void draw_waiting_alone(const struct ui *ui, const char *text);
void draw_too_small(int rows, int columns);

/* How many bytes of shown text fit on a line of width columns, broken at a blank where possible;
   out_next: where the next line begins. */
size_t draw_break(const char *shown, int width, size_t *out_next);
struct draw_area {
	int row, column, rows, width;
};
/* Lines that a text takes, broken so. */
int draw_lines(const char *text, int width);
/* Draws text over the lines of an area; returns the lines it took. */
int draw_wrapped(const struct draw_area *area, enum draw_style style, const char *text);

#endif
