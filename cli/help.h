/*
 * --help and --version, from the tables of commands and options.
 */
#ifndef TRACEDESK_CLI_HELP_H
#define TRACEDESK_CLI_HELP_H

#include "cli/command.h"
#include "core/buffer.h"

/* Of the command at hand; else of every command that starts with the call's words. False: there is
   none. */
bool help_write(const struct call *call, struct buffer *out);
/* The commands that start with the call's words, a line each. False: there is none. */
bool help_group(const struct call *call, struct buffer *out);
void version_write(struct buffer *out);

#endif
