/*
 * What lists show of a receipt beside its columns. Pure, but for the upper case
 * of letters, which is the locale's.
 */
#ifndef TRACEDESK_CORE_LISTING_H
#define TRACEDESK_CORE_LISTING_H

#include <stdbool.h>

#include "core/buffer.h"
#include "db/records.h"

/* Stands for a subject that the person may not know. */
#define LISTING_MASK "\xE2\x96\x91\xE2\x96\x91\xE2\x96\x91\xE2\x96\x91"

/* Appends "SURNAME, F", with "+3" when there are three subjects more; not yet fit for a terminal.
 */
void listing_subject(const struct request_row *row, struct buffer *out);
/* Open, and needed within three days or a matter of safeguarding: shown as "!". */
bool listing_is_urgent(const struct request_row *row, const char *today);
/* Appends the day it is due for people: "04/01/2021", with "today" or "overdue"; nothing for none.
 */
void listing_due(const struct age *age, struct buffer *out);

#endif
