/*
 * Letters that were sent, a row each, word for word: the evidence of what was
 * told and disclosed, to whom and how.
 */
#ifndef TRACEDESK_DB_LETTERS_H
#define TRACEDESK_DB_LETTERS_H

#include "db/store.h"

struct sent_letter {
	int64_t request;
	int64_t time;
	int64_t person;
	enum letter_kind kind;
	const char *sent_on; /* YYYY-MM-DD */
	const char *channel;
	const char *text;
};

enum db_status letters_insert(struct store *store, const struct sent_letter *letter);

#endif
