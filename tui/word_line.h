/*
 * One line of a filter's words, typed in the place of a screen's path: a
 * mistake is pointed at under its word, in the rule below.
 */
#ifndef TRACEDESK_TUI_WORD_LINE_H
#define TRACEDESK_TUI_WORD_LINE_H

#include "tui/line.h"
#include "tui/screen.h"

enum { WORD_LINE_ROOM = 1024, WORD_WHY_SIZE = 1024 };

struct word_line {
	char text[WORD_LINE_ROOM];
	struct line line;
	size_t mistake;		 /* where its word begins */
	char why[WORD_WHY_SIZE]; /* "" for none */
};

void word_line_init(struct word_line *words);
/* Takes a word of a filter; false with the sentence when it is a mistake. */
typedef bool word_line_add(void *filter, const char *word, char out_why[WORD_WHY_SIZE]);
/* Hands every word to add; false: one is a mistake. */
bool word_line_read(struct word_line *words, word_line_add *add, void *filter);
/* A key of typing, or left and right; false: neither. */
bool word_line_key(struct word_line *words, int key);
/* label stands before it. Ends with the cursor in it. After draw_frame. */
void word_line_draw(const struct ui *ui, const char *label, const struct word_line *words);

#endif
