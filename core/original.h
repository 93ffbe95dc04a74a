/*
 * A file outside the store that is to be attached. Not for cli/ or tui/.
 */
#ifndef TRACEDESK_CORE_ORIGINAL_H
#define TRACEDESK_CORE_ORIGINAL_H

#include "core/desk_private.h"
#include "db/files.h"

/* Reads it whole, and what it was then. Statuses as desk_request_attach. Clear the content with
   file_content_clear either way. */
enum desk_status original_read(struct desk *desk, const char *path,
	struct file_content *out_content, struct original *out_original, struct notice *notice);
/* Its name without folders. */
const char *original_name(const char *path);

#endif
