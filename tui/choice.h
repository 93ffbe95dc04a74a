/*
 * Type-ahead among choices: letters typed one after the other, the choice they
 * lead to. Blanks, hyphens and capitals make no difference; letters that lead
 * nowhere change nothing.
 */
#ifndef TRACEDESK_TUI_CHOICE_H
#define TRACEDESK_TUI_CHOICE_H

#include <stdbool.h>

#include "core/codes.h"

enum { CHOICE_LETTERS = 32 };

/* One more letter: the choice that all of them lead to, counted from the present one on, or, when
   one letter is repeated, the next choice that begins so. set->count: none, and the letters stay as
   they were. present: set->count when nothing is chosen. */
size_t choice_seek(
	const struct code_set *set, char letters[CHOICE_LETTERS], size_t present, char letter);
/* May the key be a letter of a choice? */
bool choice_takes(int key);

#endif
