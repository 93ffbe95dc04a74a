/*
 * Common passwords of 12 characters and more: what guessers try first.
 */
#ifndef TRACEDESK_CORE_PASSWORDS_COMMON_H
#define TRACEDESK_CORE_PASSWORDS_COMMON_H

#include <stddef.h>

/* In lower case. */
extern const char *const passwords_common[];
extern const size_t passwords_common_count;

#endif
