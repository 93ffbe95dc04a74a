/*
 * A command line that names no command: what can be written instead.
 */
#ifndef TRACEDESK_CLI_UNKNOWN_H
#define TRACEDESK_CLI_UNKNOWN_H

#include "cli/command.h"

/* DESK_USAGE. The words of a group get its commands on standard output, any others the command that
   is written most like them, where one is. */
enum desk_status unknown_command(const struct call *call, struct notice *notice);

#endif
