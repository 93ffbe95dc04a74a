/*
 * Opening one receipt from the command line: the desk, and why it is opened.
 */
#ifndef TRACEDESK_CLI_LOOK_H
#define TRACEDESK_CLI_LOOK_H

#include "cli/command.h"

struct look {
	struct desk *desk;
	char *because; /* NULL: not said */
};

/* Reads --because or --because-from and logs in. Close the look either way. */
enum desk_status look_open(const struct call *call, struct look *look, struct notice *notice);
void look_close(struct look *look);

#endif
