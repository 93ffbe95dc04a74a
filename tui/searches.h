/*
 * The searches of this session: one's own, newest first, wiped when the desk
 * closes. Shown where nothing is typed yet, under what can be typed.
 */
#ifndef TRACEDESK_TUI_SEARCHES_H
#define TRACEDESK_TUI_SEARCHES_H

#include <stddef.h>

#include "tui/screen.h"

/* The newest; one that only goes on from the one before takes its place. */
void searches_keep(struct ui *ui, const char *text);
int searches_count(const struct ui *ui);
/* Copies one (0: the newest); its length. */
size_t searches_get(const struct ui *ui, int index, char *out_text, size_t size);
void searches_draw(const struct ui *ui, int chosen);
void searches_clear(struct ui *ui);

#endif
