/*
 * Text: checked UTF-8, foreign text made harmless for a terminal, names folded
 * for comparing (utf8proc is used in text.c alone). Pure.
 */
#ifndef TRACEDESK_CORE_TEXT_H
#define TRACEDESK_CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buffer.h"

bool text_is_utf8(const char *bytes, size_t size);
/* Appends text with control characters, bidi controls, line breaks, private use, unassigned and bad
   UTF-8 made visible (U+2400 pictures or <U+202E>): the one door of foreign text to a terminal. */
void text_show(const char *text, struct buffer *out);
/* Columns that shown text takes on a terminal (wcwidth). */
int text_width(const char *shown);
/* Appends shown text cut to at most width columns, with U+2026 at the end when it was cut; returns
   the columns it takes. */
int text_fit(const char *shown, int width, struct buffer *out);
/* Appends text folded for comparing: NFKD, case folded, marks, apostrophes and hyphens dropped,
   blanks run together and trimmed. */
void text_fold(const char *text, struct buffer *out);
/* Equal when folded. */
bool text_is_same_name(const char *a, const char *b);

#endif
