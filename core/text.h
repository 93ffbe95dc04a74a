/*
 * Text: checked UTF-8, foreign text made harmless for a terminal, names folded
 * for comparing (utf8proc is used in text.c alone), numbers read. Pure, but for
 * the width of a character, which the C library knows only in a UTF-8 locale;
 * without one widths come from utf8proc.
 */
#ifndef TRACEDESK_CORE_TEXT_H
#define TRACEDESK_CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buffer.h"

/* A NUL among the bytes is none: text ends there. */
bool text_is_utf8(const char *bytes, size_t size);
/* Steps over one character of *text and gives its code point; -1 for a byte that is not UTF-8 (then
   one byte was stepped over). 0 at the end, where it stays. */
int32_t text_next(const char **text);
/* Bytes of the longest beginning of text that is no more than most and ends between characters: for
   "%.*s". */
int text_start(const char *text, int most);
/* Characters (code points) in text. */
size_t text_length(const char *text);
/* May the code point stand in shown text as itself? Not so controls, line breaks, bidi controls,
   invisible and other format characters, private use, unassigned ones, surrogates. */
bool text_code_is_plain(int32_t code);
/* The same of every character of a text; false for bad UTF-8. */
bool text_is_plain(const char *text);
/* Appends text with all that is not plain, bad UTF-8 and heaps of combining marks made visible
   (U+2400 pictures, <U+202E>, <0xFF>): the one door of foreign text to a terminal. */
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

/* Is text a whole number in digits alone, from least to most? */
bool text_number(const char *text, uint64_t least, uint64_t most, uint64_t *out_number);

/* Is the code point an apostrophe or a hyphen, which folding drops inside a word? */
bool text_code_is_joiner(int32_t code);

#endif
