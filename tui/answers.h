/*
 * A small form: lines to tick, answers to choose, texts to type. What is typed
 * lives in memory that is wiped.
 */
#ifndef TRACEDESK_TUI_ANSWERS_H
#define TRACEDESK_TUI_ANSWERS_H

#include "core/buffer.h"
#include "core/codes.h"
#include "db/secret.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/line.h"

enum { ANSWERS_NO_CHOICE = -1, ANSWERS_TEXT_ROOM = 4096, ANSWERS_LOCKED_ROOM = 1024 };

enum entry_kind {
	ENTRY_TICK,
	ENTRY_CHOICE,
	ENTRY_SET, /* several of its choices, on one line or two */
	ENTRY_TEXT
};

struct entry {
	enum entry_kind kind;
	const char *label;
	const char *code;    /* ticks: theirs; else what the caller knows it by */
	const char *heading; /* drawn above; NULL: none */
	const struct code_set *choices;
	int chosen;	/* index of choices, or ANSWERS_NO_CHOICE; of a set the one at the cursor */
	char typed;	/* of a choice: the first character of a code that was typed */
	char missed[3]; /* what was typed last, when no code begins so; else "" */
	unsigned picked; /* of a set: bits of choices */
	int subject;	 /* whose it is */
	int rows;	 /* of a text or a set */
	bool is_ticked, is_needed;
	bool is_prefilled;     /* of a text: with what is likely; typing replaces it */
	bool is_locked;	       /* of a text: typed into locked memory */
	struct secret *secret; /* that memory */
	struct line line;
};

struct answers {
	struct entry *entries;
	size_t count, selected;
	int top;
};

/* Adds a copy; a text gets its memory. Valid until the next is added. */
struct entry *answers_add(struct answers *form, const struct entry *entry);
void answers_type(struct entry *entry, const char *text);
void answers_choose(struct entry *entry, const char *code);
/* The first of that code and subject; NULL: none. */
const struct entry *answers_find(const struct answers *form, const char *code, int subject);
/* The text of it, or ""; the code chosen of a choice. */
const char *answers_value(const struct answers *form, const char *code, int subject);
/* The codes picked of a set, parted by ';'. Free with mem_free. */
char *answers_picked(const struct entry *entry);
/* The codes ticked, parted by ';'. Free with mem_free. */
char *answers_ticked(const struct answers *form);
/* Typing, ticking, choosing; false: not a key of the form. */
bool answers_key(struct answers *form, int key);
/* Draws over an area; where the cursor goes. Returns what of it is not seen. */
struct draw_more answers_draw(
	const struct answers *form, const struct draw_area *area, int *out_row, int *out_column);
/* Moves as a command of the screen says; true: the form is to be done, and nothing needed lacks. */
bool answers_command(struct ui *ui, struct answers *form, enum command_id id);
/* Does a command of moving or ticking do nothing in this form? */
bool answers_cannot(const struct answers *form, enum command_id id);
/* The line below a form: what was told, why a key did nothing, or what can be done with the
   selected line; else what the frame has. explain lives as long as the frame. */
void answers_tell(const struct ui *ui, const struct answers *form, struct frame *frame,
	struct buffer *explain);
/* After a key or another size: what is selected can be seen. */
void answers_settle(struct answers *form, int rows);
/* Puts down what was answered; takes it up in a form of the same lines, others or not. */
void answers_keep(const struct answers *form, struct draft *draft);
void answers_resume(struct answers *form, struct draft *draft);
void answers_clear(struct answers *form);

#endif
