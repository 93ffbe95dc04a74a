/*
 * Is a new password good enough (interface.md section 3)? Length, the list of
 * common ones, the log-in name; no other rule. Pure.
 */
#ifndef TRACEDESK_CORE_PASSWORDS_H
#define TRACEDESK_CORE_PASSWORDS_H

#include <stddef.h>
#include <stdint.h>

enum { PASSWORD_LEAST = 12, PASSWORD_MOST = 256 }; /* characters */

enum password_verdict {
	PASSWORD_GOOD,
	PASSWORD_SHORT,
	PASSWORD_LONG,
	PASSWORD_NOT_UTF8,
	PASSWORD_COMMON,
	PASSWORD_NAME,
};

/* name: the log-in name. Letters' case does not count in the comparisons. */
enum password_verdict password_judge(const char *name, const uint8_t *password, size_t size);

#endif
