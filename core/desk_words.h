/*
 * The words of receipts as the desk keeps them beside what they are made of.
 * Not for cli/ or tui/.
 */
#ifndef TRACEDESK_CORE_DESK_WORDS_H
#define TRACEDESK_CORE_DESK_WORDS_H

#include "core/desk_private.h"

/* Stores a new receipt with its words: the one way in. */
enum db_status desk_request_insert(struct desk *desk, struct request *request);
/* The words of a receipt as it is, its notes read from the store. */
enum db_status desk_words_load(
	struct desk *desk, const struct request *request, struct request_words *out_words);
/* After a change, in its transaction: the words that stood before make way for those of now. */
enum db_status desk_words_change(
	struct desk *desk, const struct request *request, const struct request_words *before);

#endif
