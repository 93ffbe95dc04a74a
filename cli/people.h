/*
 * What the commands about people share.
 */
#ifndef TRACEDESK_CLI_PEOPLE_H
#define TRACEDESK_CLI_PEOPLE_H

#include "cli/command.h"

/* "caseworker,auditor" as a set; DESK_USAGE for a role that is none, or none at all (NULL). */
enum desk_status people_read_roles(
	const struct call *call, const char *list, unsigned *out_roles, struct notice *notice);
/* "NAME DONE." and, this once, the one-time password that was made (NULL: none was). */
enum desk_status people_say(
	const char *name, const char *done, const struct secret *made, struct notice *notice);

#endif
