/*
 * A form that a screen asks something with: it says what the lines are and does
 * what they ask for. What is refused is told and what was typed stays.
 */
#ifndef TRACEDESK_TUI_ASK_H
#define TRACEDESK_TUI_ASK_H

#include "tui/answers.h"
#include "tui/screen.h"

/* Texts and with live in the screen below. */
struct ask_argument {
	const char *title, *about, *explain;
	void (*build)(const struct ask_argument *argument, struct answers *form);
	/* False: ui->told says why not. */
	bool (*act)(struct ui *ui, const struct ask_argument *argument, const struct answers *form);
	void *with;    /* the state of the screen that asks */
	bool *is_open; /* there: true as long as the form stands; NULL: of no use */
};

void ask_add_text(struct answers *form, const char *code, const char *label, const char *text);
void ask_add_choice(
	struct answers *form, const char *code, const char *label, const struct code_set *choices);

#endif
