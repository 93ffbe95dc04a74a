/*
 * The rulebook as the store keeps it: written at the start, read in any
 * version. Not for cli/ or tui/.
 */
#ifndef TRACEDESK_CORE_DESK_RULEBOOK_H
#define TRACEDESK_CORE_DESK_RULEBOOK_H

#include <stdbool.h>

#include "core/rulebook.h"
#include "db/store.h"

/* The rows that a new store starts with, as version 1. Inside a transaction. */
enum db_status desk_rulebook_ship(struct store *store);
/* The rulebook of a version (0: the newest). is_undecided: for receipts not decided yet, which rows
   marked to mend reach however early they were received. Rows of one scope come before those for
   all, so that the closer one is the first found. Free with desk_rulebook_clear. */
enum db_status desk_rulebook_load(
	struct store *store, int version, bool is_undecided, struct rulebook *out_rulebook);
void desk_rulebook_clear(struct rulebook *rulebook);

#endif
