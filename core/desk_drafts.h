/*
 * What is kept of who is at the desk while it is locked: where he was and what
 * he had typed, for nobody else. Part of core/desk.h. No event tells of it.
 */
#ifndef TRACEDESK_CORE_DESK_DRAFTS_H
#define TRACEDESK_CORE_DESK_DRAFTS_H

#include "core/notice.h"

struct desk;

/* Takes the place of the one before. */
enum desk_status desk_draft_keep(struct desk *desk, const char *text, struct notice *out_notice);
/* It stays until it is dropped. out_text NULL: there is none; free with mem_free. */
enum desk_status desk_draft_read(struct desk *desk, char **out_text, struct notice *out_notice);
enum desk_status desk_draft_drop(struct desk *desk, struct notice *out_notice);

/* Seconds without a key after which the desk locks itself. */
int desk_lock_seconds(const struct desk *desk);

#endif
