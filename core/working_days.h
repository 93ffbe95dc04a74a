/*
 * Working days: how old a receipt is, and when it is due. Days run from Monday
 * to Friday without bank holidays; the clock stands while an answer is awaited.
 * The day received is day 0, a day on which an answer was asked for still
 * counts, the day it came is a day 0 again. Pure: days are Europe/London days,
 * today is an argument.
 */
#ifndef TRACEDESK_CORE_WORKING_DAYS_H
#define TRACEDESK_CORE_WORKING_DAYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buffer.h"
#include "db/records.h"

/* Bank holidays as day numbers (core/calendar.h), ascending. */
struct holidays {
	const int32_t *days;
	size_t count;
};

/* Working days after one day, up to and with another; 0 when that is not later. */
int32_t working_days(const struct holidays *holidays, int32_t after, int32_t last);
/* The day that is so many working days (from 1) after another. */
int32_t working_days_on(const struct holidays *holidays, int32_t after, int32_t count);

/* What a receipt's clock is read from. waits: see waits_begin. */
struct age_facts {
	const char *received, *decided, *waits;
	int target_days; /* 0: the service has none */
};
/* days -1: decided. A receipt without a target is never due; nor is one that waits for an answer
   and was not due before it was asked for. */
void age_read(const struct holidays *holidays, const struct age_facts *facts, const char *today,
	struct age *out_age);

/* The spans in which an answer was awaited: "FROM/TO" parted by ';', the last one open ("FROM/")
   while it is. These append the text as it is after a wait began or ended today. */
void waits_begin(const char *waits, const char *today, struct buffer *out);
void waits_end(const char *waits, const char *today, struct buffer *out);

#endif
