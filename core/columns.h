/*
 * The columns of a request and a submission as data: names, kinds, code sets,
 * labels, and the one check of a value. Read by import, export, JSON, templates
 * and forms.
 */
#ifndef TRACEDESK_CORE_COLUMNS_H
#define TRACEDESK_CORE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "db/records.h"

enum column_place { COLUMN_REQUEST, COLUMN_SUBJECT, COLUMN_HISTORY, COLUMN_TRACE_CODE };

struct column {
	const char *name;
	enum column_place place;
	int field; /* enum request_field or subject_field */
	enum field_kind kind;
	const char *codes;
	size_t most; /* characters */
	const char *label;
};

size_t column_count(void);
const struct column *column_at(size_t index);
const struct column *column_find(const char *name);
/* Is text a value for the column? "" and "-" always are ("-" not for received, service and the
   history columns). Normalises into out_value (NHS number without blanks, postcode in capitals with
   one blank, days to YYYY-MM-DD when dates_dmy), size bytes. False: the reason in out_why.
   Items asked for in other words are kept as written (items_administrative judges them). */
bool column_accept(const struct column *column, const char *text, bool dates_dmy, char **out_value,
	char *out_why, size_t why_size);

#endif
