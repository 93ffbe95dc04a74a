/*
 * What the verbs share: their files, and what is said of receipts that may be
 * the same.
 */
#ifndef TRACEDESK_CLI_LIFE_H
#define TRACEDESK_CLI_LIFE_H

#include "cli/command.h"
#include "core/buffer.h"
#include "core/desk.h"

/* The JSON object of --from. DESK_USAGE: not JSON, an unknown key; DESK_REFUSED: a value that
   cannot be taken; DESK_IO. Clear the patch however it ended. */
enum desk_status life_patch(
	enum patch_kind kind, const char *file, struct patch *out_patch, struct notice *notice);
/* The plain text of --from: at most 4000 characters, not blank. Free with mem_free. */
enum desk_status life_text(const char *file, char **out_text, struct notice *notice);
/* A line about possible duplicates, when there are any. */
void life_duplicates(const struct desk_saved *saved, struct buffer *out);

/* The desk, and why something of it is opened (--because, --because-from). */
struct look {
	struct desk *desk;
	char *because; /* NULL: not said */
};
enum desk_status look_open(const struct call *call, struct look *look, struct notice *notice);
void look_close(struct look *look);

#endif
