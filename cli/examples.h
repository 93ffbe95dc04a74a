/*
 * The JSON objects that commands take by --from, for --help: an example each,
 * and the names of all keys where they are columns.
 */
#ifndef TRACEDESK_CLI_EXAMPLES_H
#define TRACEDESK_CLI_EXAMPLES_H

#include "core/buffer.h"

/* Lines, each ending with a newline, the object from "  {" to "  }"; NULL: the command takes none.
 */
const char *example_object(const char *words);
/* Appends "key, key, ..." where they are the columns of a request or a submission. */
void example_keys(const char *words, struct buffer *out);

#endif
