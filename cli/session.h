/*
 * From a command line to an open desk: which store, who, which password.
 */
#ifndef TRACEDESK_CLI_SESSION_H
#define TRACEDESK_CLI_SESSION_H

#include "cli/command.h"

struct session {
	char *store;
	const char *user;
	const char *password_file; /* NULL: ask */
};

/* Reads --store, --user, --password-file, the environment and the defaults. */
enum desk_status session_read(
	const struct call *call, struct session *out_session, struct notice *notice);
void session_done(struct session *session);
/* Is there a store to open? DESK_IO with the sentence when not. */
enum desk_status session_find_store(const struct session *session, struct notice *notice);

/* From the file, or asked on the terminal. */
enum desk_status session_password(
	const struct session *session, struct secret **out_password, struct notice *notice);

/* Everything up to the open desk; what must be told at the start goes to standard error. */
enum desk_status session_desk(
	const struct call *call, struct desk **out_desk, struct notice *notice);

#endif
