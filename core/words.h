/*
 * Cutting a filter into words, and what more than one filter reads: runs of
 * days. Pure.
 */
#ifndef TRACEDESK_CORE_WORDS_H
#define TRACEDESK_CORE_WORDS_H

#include <stdbool.h>

#include "db/records.h"

/* The next word of *text, parted by blanks outside quotes, with its quotes; NULL at the end. Free
   with mem_free. */
char *words_next(const char **text);
/* The word without its quotes. Free with mem_free. */
char *words_plain(const char *word);
bool words_closed(const char *word);
/* Adds a word to a text of words, quoted again when a shell took its quotes. */
void words_keep(char **text, const char *word);

/* 2020, 2020-11, 2020-11-30, A..B, A.., ..B. False: none of them. It may end before it begins. */
bool words_range(const char *value, struct day_range *out_range);

#endif
