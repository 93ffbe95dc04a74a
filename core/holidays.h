/*
 * The bank holidays of England and Wales: those that every store starts with,
 * and the published JSON of https://www.gov.uk/bank-holidays.json read into
 * the same rows. Pure.
 */
#ifndef TRACEDESK_CORE_HOLIDAYS_H
#define TRACEDESK_CORE_HOLIDAYS_H

#include <stddef.h>

#include "core/json.h"
#include "db/records.h"

size_t holidays_shipped_count(void);
const struct holiday *holidays_shipped(size_t index);

enum holidays_status { HOLIDAYS_OK, HOLIDAYS_OTHER_FILE, HOLIDAYS_BAD_VALUE };
/* The events of "england-and-wales", ascending. Free with mem_free. Else the sentence in out_why:
   the file is something else, or a value in it is wrong. */
enum holidays_status holidays_read(const struct json_value *object, struct holiday **out_holidays,
	size_t *out_count, char *out_why, size_t why_size);

#endif
