/*
 * What the Caldicott Guardian is told of a flagged receipt beside the receipt
 * itself. Part of core/desk.h.
 */
#ifndef TRACEDESK_CORE_DESK_BRIEF_H
#define TRACEDESK_CORE_DESK_BRIEF_H

#include <stdbool.h>
#include <stddef.h>

#include "core/notice.h"
#include "db/records.h"

struct desk;

bool subject_is_flagged(const struct subject *subject);

/* The other receipts for its flagged people, newest first, as far as the person may open them:
   without their subjects. That they were shown is durable in the trail before. DESK_REFUSED: it
   waits for no Guardian. Free as desk_requests. */
enum desk_status desk_request_brief(struct desk *desk, const char *reference,
	struct request_row **out_rows, size_t *out_count, struct notice *out_notice);

#endif
