/*
 * Decisions and proposals, one row each: what, by whom, on which findings and
 * version of the rulebook, reviewed by whom. At most one of a receipt is open.
 */
#ifndef TRACEDESK_DB_DECISIONS_H
#define TRACEDESK_DB_DECISIONS_H

#include "db/store.h"

/* Fills id. DB_REFUSED: another one of the receipt is open. */
enum db_status decisions_insert(struct store *store, struct decision *decision);
/* The result with reviewer, reviewed, struck and review_note, of an open one. DB_REFUSED: it is no
   longer open. */
enum db_status decisions_review(struct store *store, const struct decision *decision);
/* The open one of a receipt, or DB_NONE. Clear with decision_clear. */
enum db_status decisions_open(struct store *store, int64_t request, struct decision *out_decision);
/* All of a receipt, oldest first. Clear each with decision_clear, free with mem_free. */
enum db_status decisions_list(
	struct store *store, int64_t request, struct decision **out_decisions, size_t *out_count);

#endif
