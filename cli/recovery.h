/*
 * Where a recovery code goes.
 */
#ifndef TRACEDESK_CLI_RECOVERY_H
#define TRACEDESK_CLI_RECOVERY_H

#include "cli/command.h"

/* Into a new private file, or (NULL) shown this once. */
enum desk_status recovery_give(
	const char *file, const struct secret *recovery, struct notice *notice);
/* Before a password is asked for and anything is done. NULL is fine. */
enum desk_status recovery_file_is_free(const char *file, struct notice *notice);

#endif
