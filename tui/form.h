/*
 * A form: fields as data, typed into one after the other. What stands where is
 * a table of the screen that uses it; what a field takes is its column's
 * business (core/columns.h). All typed text lives in memory that is wiped.
 */
#ifndef TRACEDESK_TUI_FORM_H
#define TRACEDESK_TUI_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buffer.h"
#include "core/codes.h"
#include "core/columns.h"
#include "tui/choice.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/line.h"

enum form_shape {
	FORM_LINE,
	FORM_BESIDE, /* stands on the line of the one before where there is room */
	FORM_GROUP,  /* begins a group: an empty line before it where there is room */
};

/* Where a field stands. */
struct form_place {
	enum column_place place;
	int field; /* see place */
	const char *label;
	enum form_shape shape;
	int width;    /* columns of its text, at least */
	bool is_wide; /* takes what is left of its line */
	int lines;    /* of text shown */
	bool is_rest; /* of a list: what is no code of its set */
	/* Of the first of a group, where its fields are of somebody: of whom, and what it is itself
	   there. Else NULL. */
	const char *whose, *own;
};

enum { FORM_WHY_SIZE = 256 };

struct form_field {
	const struct form_place *place;
	const struct column *column;
	size_t subject; /* which one it is of */
	bool is_shown;
	bool is_wrong;	   /* why says why */
	bool is_missed;	   /* the letter typed led to no choice; why says so */
	bool is_needed;	   /* a check waits for it */
	bool is_prefilled; /* with what is likely: typing replaces it */
	bool is_unlisted;  /* left as typed, and nothing of that name is known */
	bool is_finished;  /* left since it was typed into: an unfinished day is wrong only then */
	struct line
		line; /* as people write it; of a choice the code; of ticks codes parted by ';' */
	char sought[CHOICE_LETTERS]; /* letters by which a choice is sought */
	size_t pick;		     /* the tick the cursor stands on */
	char why[FORM_WHY_SIZE];
	int row, indent, width, height; /* where it was laid out: form_lay */
	bool has_heading;		/* "Subject 2" stands above it */
};

struct form {
	struct form_field *fields;
	size_t count, at;  /* at: the one typed into */
	const char *today; /* borrowed */
	int top, height, columns;
};

void form_init(struct form *form, const char *today);
void form_done(struct form *form); /* wipes */
/* Adds an empty field; its place is borrowed. */
void form_add(struct form *form, const struct form_place *place, size_t subject);
/* NULL: no such field. */
struct form_field *form_find(
	const struct form *form, enum column_place place, int field, size_t subject);

/* Puts a stored value in, as people write it. */
void field_set(struct form_field *field, const char *value);
/* The value to be stored (free with mem_free), or NULL when it is wrong, and why says why. */
char *field_value(struct form_field *field, const char *today);
bool field_is_empty(const struct form_field *field);
/* Of a list: is the tick of that index set? */
bool field_has_tick(const struct form_field *field, size_t index);
/* The codes a field is chosen from; NULL: it is typed. */
const struct code_set *field_codes(const struct form_field *field);

/* A key for the field typed into; false: it is none of typing. */
bool form_key(struct form *form, int key);
struct form_field *form_at(const struct form *form);
/* Does "t" stand for today in the field typed into, "-" for what is not on the form? */
bool form_takes_today(const struct form *form);
bool form_takes_dash(const struct form *form);
/* Leaves the field, checking it and writing it out in full, for the next one or the one before. */
void form_move(struct form *form, int step);
void form_go(struct form *form, const struct form_field *field);
/* The first field that is wrong, or NULL. */
struct form_field *form_wrong(struct form *form);

/* Puts down what stands in every field; takes it up in a form with the same fields. */
void form_keep(const struct form *form, struct draft *draft);
void form_resume(struct form *form, struct draft *draft);

/* Lays the fields out over an area and draws those around the present one. */
void form_lay(struct form *form, const struct draw_area *area);
/* Returns what of it is not seen. */
struct draw_more form_draw(const struct form *form, const struct draw_area *area);
/* What is offered under the present field; at is chosen, count for none. */
struct form_offer {
	const char *const *lines;
	size_t count, at;
};
void form_offer_draw(
	const struct form *form, const struct draw_area *area, const struct form_offer *offer);
/* The last thing drawn: the cursor in the present field. */
void form_cursor(const struct form *form, const struct draw_area *area);
/* A sentence on the present field: what is wrong, else what can be typed. */
void form_explain(const struct form *form, struct buffer *out);

#endif
