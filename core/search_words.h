/*
 * The words that receipts are found by (interface.md section 9), folded. A word
 * with an apostrophe or a hyphen is kept joined and in its parts, so that it is
 * found however it is typed. Pure.
 */
#ifndef TRACEDESK_CORE_SEARCH_WORDS_H
#define TRACEDESK_CORE_SEARCH_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buffer.h"
#include "db/records.h"

/* All words of a receipt and its notes. Clear with request_words_clear. */
void words_of_request(const struct request *request, const struct note *notes, size_t note_count,
	struct request_words *out_words);
/* Appends the search for every word of text, as the index takes it (db/request_words.h). False,
   and nothing appended: text holds no letter and no digit. */
bool search_words(const char *text, bool in_subjects, struct buffer *out);

/* Appends where the words of a search made by search_words stand in a receipt: "organisation
   "kent", offence "burglary"", each in the first place it is found in. */
void search_places(const struct request *request, const struct note *notes, size_t note_count,
	const char *search, struct buffer *out);

#endif
