/*
 * What a command takes from a file or, for "-", from standard input, so that
 * nothing personal stands on a command line.
 */
#ifndef TRACEDESK_CLI_INPUT_H
#define TRACEDESK_CLI_INPUT_H

#include "core/json.h"
#include "core/notice.h"

/* Plain UTF-8 text of at most so many bytes; free with mem_free. DESK_REFUSED: longer, or a NUL in
   it; DESK_IO: cannot be read, not a regular file, not UTF-8. */
enum desk_status input_text(const char *file, size_t most, char **out_text, struct notice *notice);
/* One JSON object; free with json_free. Also DESK_USAGE: not JSON. */
enum desk_status input_json(const char *file, struct json_value **out_value, struct notice *notice);

#endif
