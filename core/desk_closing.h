/*
 * What figures and closing share: a month counted now, and as it was frozen. Inside
 * a transaction or a read. Private to the desk.
 */
#ifndef TRACEDESK_CORE_DESK_CLOSING_H
#define TRACEDESK_CORE_DESK_CLOSING_H

#include "core/closing.h"
#include "core/desk_private.h"

/* Every month of the span as it is now; closed ones say that they are. */
enum desk_status figures_now(struct desk *desk, const struct figures_span *span,
	struct figures **out_figures, struct notice *notice);
/* What a revision froze. closing_clear, also on a failure. */
enum desk_status closing_load(struct desk *desk, const struct month_revision *published,
	struct closing *out_closing, struct notice *notice);
/* What would be frozen of a month counted now. closing_clear, also on a failure. */
enum desk_status closing_now(struct desk *desk, const struct figures_month *month,
	struct closing *out_closing, struct notice *notice);
void revisions_done(struct month_revision *list, size_t count);
/* Month of the earliest decision or submission; "" when there is none. */
enum db_status desk_first_month(struct desk *desk, char out_month[8]);

#endif
