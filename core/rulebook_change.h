/*
 * A change of the rulebook: which rule a kind of row belongs to, and what may
 * stand in one. Pure.
 */
#ifndef TRACEDESK_CORE_RULEBOOK_CHANGE_H
#define TRACEDESK_CORE_RULEBOOK_CHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/rulebook.h"
#include "core/rules.h"

struct rulebook_change {
	int kind;	   /* enum rulebook_kind, or 0: unknown */
	const char *scope; /* "" for all */
	const char *value;
	const char *from; /* the first day of receipt it judges */
	bool mend;	  /* reaches undecided receipts received before, too */
	bool remove;	  /* the value goes out instead of coming in */
};

/* Has the kind one value a scope, so that a new one takes the place of the old? */
bool rulebook_kind_is_single(int kind);
/* The rule that reads the rows of a kind and scope. */
const struct rule *rulebook_kind_rule(int kind, const char *scope);
/* Known kind, scope, value and day? False: "WHY; WHAT TO DO" in out_why. */
bool rulebook_change_check(const struct rulebook_change *change, char *out_why, size_t why_size);
/* The rulebook as if the change had always held. Free out_changed->owned with mem_free. */
void rulebook_try(const struct rulebook *rulebook, const struct rulebook_change *change,
	struct rulebook *out_changed);

#endif
