/*
 * The words of a filter of the audit log (interface.md section 9), and samples
 * of what it leaves. A mistake is pointed at. Pure.
 */
#ifndef TRACEDESK_CORE_LOG_FILTER_H
#define TRACEDESK_CORE_LOG_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/records.h"

enum { LOG_FILTER_WHY_SIZE = 1024 };

struct log_filter {
	struct event_filter rows; /* the subject still a surname */
	size_t words;		  /* taken so far */
	bool is_personal;	  /* asks by subject: never from a command line */
	unsigned given[2];	  /* bits of the words given, and given with not: */
	char *text;		  /* the words as given */
};

void log_filter_init(struct log_filter *filter);
void log_filter_clear(struct log_filter *filter);
/* As filter_add and filter_read of core/filter.h. */
bool log_filter_add(struct log_filter *filter, const char *word, char out_why[LOG_FILTER_WHY_SIZE]);
bool log_filter_read(
	struct log_filter *filter, const char *text, char out_why[LOG_FILTER_WHY_SIZE]);

/* Keeps, in their order, the count of the sequences that a seed chooses: the same of the same ones
   on every machine. Returns how many are left. */
size_t log_sample(int64_t *sequences, size_t from, size_t count, uint64_t seed);

#endif
