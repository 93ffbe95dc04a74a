/*
 * The index of words of receipts: full text without its text, in two columns
 * (subject, other), by the receipt's id. It is derived: whoever changes what it
 * is made of puts the words in the same transaction, and gives those that
 * stood there, since an index without its text cannot find them by itself.
 */
#ifndef TRACEDESK_DB_REQUEST_WORDS_H
#define TRACEDESK_DB_REQUEST_WORDS_H

#include "db/store.h"

/* old NULL: the receipt is new; store_commit refuses one whose words were not put. */
enum db_status request_words_put(struct store *store, int64_t request,
	const struct request_words *old, const struct request_words *words);
/* Takes all of them out: every receipt's must be put in the same transaction. */
enum db_status request_words_empty(struct store *store);

#endif
