/*
 * Locking: what the screens hold is put down, sealed, and everything that was
 * opened is wiped; unlocking brings the same screens back.
 */
#ifndef TRACEDESK_TUI_LOCKING_H
#define TRACEDESK_TUI_LOCKING_H

#include "tui/screen.h"

enum { STACK_MOST = 12 };

struct layer {
	const struct screen_ops *ops;
	void *state;
};

/* How far something pasted has come: nothing of it yet, text, a break after that. */
enum stack_paste { PASTE_NONE, PASTE_BEGUN, PASTE_TEXT, PASTE_BREAK };

struct stack {
	struct ui ui;
	struct layer layers[STACK_MOST];
	int depth;
	bool is_touched; /* a key came; what it asked for is done */
	int64_t touched; /* when that was, by signals_now */
	bool is_begun;	 /* since the desk was locked */
	enum stack_paste paste;
	int draft_depth; /* screens there were when a draft was taken up; 0: none is kept */
};

/* tui.c */
/* Is something being typed on that screen? */
bool layer_types(const struct layer *layer);
/* Frees and wipes what screens share. */
void ui_wipe(struct ui *ui);
void stack_pop(struct stack *stack);
bool stack_obey(struct stack *stack, unsigned flags);

/* Seals the place and what was typed, as far as the screens can come back, in the store. */
void stack_keep(struct stack *stack);
/* The same, then wipes: the store is closed, no screen is left. */
void stack_lock(struct stack *stack);
/* After unlocking: takes the draft up, if this person has one. */
void stack_resume(struct stack *stack);
/* Drops the draft once it has served: its screen is left, or what it held is saved. */
void stack_draft_settle(struct stack *stack);
/* Overwrites what the functions called so far have left behind. */
void memory_settle(void);

#endif
