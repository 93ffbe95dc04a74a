/*
 * Passwords from a private file or typed on the terminal without echo.
 */
#ifndef TRACEDESK_CLI_PASSWORD_H
#define TRACEDESK_CLI_PASSWORD_H

#include "core/desk.h"

/* The first line of file. DESK_LOCKED: others can read or write it, or there is none in it;
   DESK_IO: no such file, not a regular one. Free with secret_free. */
enum desk_status password_read(
	const char *file, struct secret **out_password, struct notice *notice);
/* Asks on the terminal. DESK_LOCKED: there is none; the sentence names the option instead. */
enum desk_status password_ask(const char *question, const char *option,
	struct secret **out_password, struct notice *notice);
/* A new password: from file, or (NULL) asked twice. */
enum desk_status password_new(
	const char *file, const char *option, struct secret **out_password, struct notice *notice);

#endif
