/*
 * What lists show of a receipt beside its columns. Pure, but for the upper case
 * of letters, which is the locale's.
 */
#ifndef TRACEDESK_CORE_LISTING_H
#define TRACEDESK_CORE_LISTING_H

#include <stdint.h>

#include "core/buffer.h"
#include "db/records.h"

/* Stands for a subject that the person may not know. */
#define LISTING_MASK "\xE2\x96\x91\xE2\x96\x91\xE2\x96\x91\xE2\x96\x91"

/* Appends "SURNAME, F", with "+3" when there are three subjects more; not yet fit for a terminal.
 */
void listing_subject(const struct request_row *row, struct buffer *out);
/* Working days (Monday to Friday) from the day received to today; -1 for a decided receipt. */
int32_t listing_age(const struct request_row *row, const char *today);

#endif
