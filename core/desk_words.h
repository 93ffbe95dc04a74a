/*
 * The words of receipts as the desk keeps them beside what they are made of.
 * Not for cli/ or tui/.
 */
#ifndef TRACEDESK_CORE_DESK_WORDS_H
#define TRACEDESK_CORE_DESK_WORDS_H

#include "core/desk_private.h"

/* Stores a new receipt with its words. */
enum db_status desk_request_insert(struct desk *desk, struct request *request);

/* The same for many: every statement between two writes of words makes a piece of the index of its
   own (triggers open a savepoint, at which it is flushed), so that words wait for those of others.
   desk_words_flush ends it, before the commit; a batch of zeros is empty. */
struct words_batch {
	struct words_waiting *list;
	size_t count;
};
enum db_status desk_request_insert_many(
	struct desk *desk, struct words_batch *batch, struct request *request);
enum db_status desk_words_flush(struct desk *desk, struct words_batch *batch);
void desk_words_drop(struct words_batch *batch);
/* The words of a receipt as it is, its notes read from the store. */
enum db_status desk_words_load(
	struct desk *desk, const struct request *request, struct request_words *out_words);
/* After a change, in its transaction: the words that stood before make way for those of now. */
enum db_status desk_words_change(
	struct desk *desk, const struct request *request, const struct request_words *before);

#endif
