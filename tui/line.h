/*
 * One line of typing into memory of the caller: a name, a reason, a password
 * (whose memory is a secret's). Always UTF-8, always ended by a NUL.
 */
#ifndef TRACEDESK_TUI_LINE_H
#define TRACEDESK_TUI_LINE_H

#include <stdbool.h>
#include <stddef.h>

struct draft;

struct line {
	char *text; /* borrowed */
	size_t room;
	size_t size;
	size_t after; /* bytes behind the cursor; 0 unless it was moved */
};

/* room: bytes of the memory, with the NUL. */
void line_init(struct line *line, char *memory, size_t room);
/* A character, Backspace, Ctrl-U (all of it away); false: not a key of typing. What finds no room
   is dropped. */
bool line_key(struct line *line, int key);
/* Backspace or Ctrl-U? */
bool key_is_erasing(int key);
/* Left, Right, Home, End move the cursor; false: none of them. */
bool line_move(struct line *line, int key);
/* Puts text in place of what was typed; what finds no room is cut. */
void line_put(struct line *line, const char *text);
void line_wipe(struct line *line);
/* What was typed and where the cursor stands; into memory of the same room. */
void line_keep(const struct line *line, struct draft *draft);
void line_resume(struct line *line, struct draft *draft);
bool line_is_blank(const struct line *line);
/* A text that was typed as a path: "~/" is the person's own folder. Free with mem_free. */
char *path_in_full(const char *typed);
/* What to do when there is such a file already. */
#define PATH_TAKEN "choose another name"

#endif
