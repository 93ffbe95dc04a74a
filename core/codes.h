/*
 * The code sets of interface.md section 5 with what people see: one table.
 */
#ifndef TRACEDESK_CORE_CODES_H
#define TRACEDESK_CORE_CODES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buffer.h"

struct code {
	const char *code;
	const char *label;
};

struct code_set {
	const char *name; /* "channel", "organisation_kind", ..., as records.h names them */
	const struct code *codes;
	size_t count;
};

/* NULL for a set that is none. The set "service" holds the shipped codes. */
const struct code_set *code_set_find(const char *name);
/* NULL when the set has no such code. */
const char *code_label(const struct code_set *set, const char *code);

/* What people see for a code: its label, else (there is no such set or code) the code itself. */
const char *code_shown(const char *set, const char *code);
/* Appends the same of each code of a list (list.h), made harmless, parted by ", ". */
void codes_show(const char *set, const char *list, struct buffer *out);

/* Is it the answer of somebody found: 00, 90 or 92? */
bool trace_code_is_found(const char *code);

#endif
