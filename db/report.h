/*
 * What the parts of the vault tell a person: the words of the last failure,
 * and warnings gathered until somebody shows them.
 */
#ifndef TRACEDESK_DB_REPORT_H
#define TRACEDESK_DB_REPORT_H

#include "db/store.h"

struct report {
	char message[768];
	char warning[768]; /* one a line; each once */
};

/* Writes the message and returns status. */
enum db_status report_fail(struct report *report, enum db_status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void report_warn(struct report *report, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
