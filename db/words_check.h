/*
 * The index of words against the words that receipts have: both are counted
 * into a sum for each receipt, in an order that does not matter, and the sums
 * must be the same.
 */
#ifndef TRACEDESK_DB_WORDS_CHECK_H
#define TRACEDESK_DB_WORDS_CHECK_H

#include "db/store.h"

struct words_check;

/* Reads the index. Inside store_read_begin; words_check_free in any case. */
enum db_status words_check_new(struct store *store, struct words_check **out_check);
/* The words that a receipt has. */
enum db_status words_check_put(
	struct words_check *check, int64_t request, const struct request_words *words);
/* After all of them: how many receipts the index has other words of, or that there are not, and
   the id of the first. */
enum db_status words_check_end(struct words_check *check, int64_t *out_wrong, int64_t *out_first);
void words_check_free(struct words_check *check);

#endif
