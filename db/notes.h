/*
 * What stands beside a receipt: notes, answers to judged rules, links to other
 * receipts, and receipts that may be about the same thing.
 */
#ifndef TRACEDESK_DB_NOTES_H
#define TRACEDESK_DB_NOTES_H

#include "db/store.h"

enum db_status notes_insert(struct store *store, const struct note *note);
/* Oldest first. Clear each with note_clear, free with mem_free. */
enum db_status notes_list(
	struct store *store, int64_t request, struct note **out_notes, size_t *out_count);

enum db_status judgements_set(struct store *store, int64_t request, const char *rule, bool holds);
enum { JUDGEMENTS_MOST = 8 };
enum db_status judgements_list(struct store *store, int64_t request,
	struct judgement out_judgements[JUDGEMENTS_MOST], size_t *out_count);

/* Links hold both ways. */
enum db_status links_insert(struct store *store, int64_t request, int64_t other);
/* References parted by ';', in order; "" when none. Free with mem_free. */
enum db_status links_list(struct store *store, int64_t request, char **out_references);

/* References, parted by ';', of receipts with the same NHS number, the same birth date and a
   surname that is the same or near (folded; one letter wrong, missing, more or two swapped), or the
   same requester's reference and organisation; never linked ones. Flagged ones only when assigned
   to person; 0: all of them. Free with mem_free. */
enum db_status duplicates_find(
	struct store *store, const struct request *request, int64_t person, char **out_references);

/* The same by number and birth alone, linked ones, too: other receipts for the same people. */
enum db_status earlier_find(
	struct store *store, const struct request *request, int64_t person, char **out_references);

#endif
