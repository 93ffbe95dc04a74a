/*
 * Events of the audit log as lines and in full.
 */
#ifndef TRACEDESK_TUI_EVENT_WORDS_H
#define TRACEDESK_TUI_EVENT_WORDS_H

#include <stdbool.h>

#include "core/buffer.h"
#include "core/desk.h"

void event_heads_draw(int row, int width);
/* The line of an event, over so many columns. */
void event_line_draw(int row, int width, const struct log_entry *entry, bool is_selected);
/* Appends who did what when, and what the event tells. */
void event_words(const struct log_entry *entry, struct buffer *out);

#endif
