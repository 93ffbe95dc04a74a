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

/* Oldest first. Free with mem_free. */
enum db_status letters_list(
	struct store *store, int64_t request, struct letter_row **out_rows, size_t *out_count);
/* The words of one of a receipt. DB_NONE: it has no such letter. Free with mem_free. */
enum db_status letters_text(struct store *store, int64_t request, int64_t id, char **out_text);

#endif
