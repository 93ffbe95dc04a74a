/*
 * A small form: lines to tick, answers to choose, texts to type. What is typed
 * lives in memory that is wiped.
 */
#ifndef TRACEDESK_TUI_FORM_H
#define TRACEDESK_TUI_FORM_H

#include "core/codes.h"
#include "tui/draw.h"
#include "tui/line.h"

enum { FORM_NO_CHOICE = -1, FORM_TEXT_ROOM = 4096 };

enum entry_kind { ENTRY_TICK, ENTRY_CHOICE, ENTRY_TEXT };

struct entry {
	enum entry_kind kind;
	const char *label;
	const char *code;    /* ticks: theirs; else what the caller knows it by */
	const char *heading; /* drawn above; NULL: none */
	const struct code_set *choices;
	int chosen;  /* index of choices, or FORM_NO_CHOICE */
	int subject; /* whose it is */
	int rows;    /* of a text */
	bool is_ticked, is_needed;
	struct line line;
};

struct form {
	struct entry *entries;
	size_t count, selected;
	int top;
};

/* Adds a copy; a text gets its memory. Valid until the next is added. */
struct entry *form_add(struct form *form, const struct entry *entry);
void form_type(struct entry *entry, const char *text);
void form_choose(struct entry *entry, const char *code);
/* The code chosen, or "". */
const char *form_chosen(const struct entry *entry);
/* The first of that code and subject; NULL: none. */
const struct entry *form_find(const struct form *form, const char *code, int subject);
/* The text of it, or ""; the code chosen of a choice. */
const char *form_value(const struct form *form, const char *code, int subject);
/* The codes ticked, parted by ';'. Free with mem_free. */
char *form_ticked(const struct form *form);
/* The first entry that is needed and has no answer, selected; NULL: none. */
const struct entry *form_lacks(struct form *form);
/* Typing, ticking, choosing; false: not a key of the form. */
bool form_key(struct form *form, int key);
void form_step(struct form *form, int by);
/* Draws over an area; where the cursor goes. */
void form_draw(
	const struct form *form, const struct draw_area *area, int *out_row, int *out_column);
/* After a key or another size: what is selected can be seen. */
void form_settle(struct form *form, int rows);
void form_clear(struct form *form);

#endif
