/*
 * Small numbers suppressed, as NHS publications do it, so that no total gives one
 * away. The figures of the register itself are published as they are. Pure.
 */
#ifndef TRACEDESK_CORE_SUPPRESS_H
#define TRACEDESK_CORE_SUPPRESS_H

#include "core/figures.h"

/* SUPPRESS_NOTHING when there is none of that name. */
enum suppression suppression_from(const char *name);
/* Shares are printed without a decimal. */
bool suppression_is_whole(enum suppression suppression);
/* What a reader must know of it, in one paragraph. */
const char *suppression_note(enum suppression suppression);

/* Hides and rounds every month by itself, so that a month is the same in every period. Each hidden
   count can still be any of three values at least, as far as sums of what is shown can tell. */
void figures_suppress(struct figures *figures, enum suppression suppression);

#endif
