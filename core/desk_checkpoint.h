/*
 * The text of a checkpoint. Private to the desk.
 */
#ifndef TRACEDESK_CORE_DESK_CHECKPOINT_H
#define TRACEDESK_CORE_DESK_CHECKPOINT_H

#include "core/buffer.h"
#include "db/checkpoint.h"

/* name: of who signed, for people to read; it proves nothing. */
void checkpoint_write(const struct checkpoint *checkpoint, const char *name, struct buffer *out);
/* False: the text holds no whole checkpoint. */
bool checkpoint_parse(const char *text, struct checkpoint *out_checkpoint);

#endif
