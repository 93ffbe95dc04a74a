/*
 * The words of a filter of receipts (interface.md section 9), read into what
 * the lists ask. A mistake is pointed at: by the word, its place and what would
 * be right. Pure.
 */
#ifndef TRACEDESK_CORE_FILTER_H
#define TRACEDESK_CORE_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/rules.h"
#include "db/records.h"

/* What a filter asks of the checks: the desk finds it out receipt by receipt. */
struct filter_rule {
	const struct rule *rule;
	enum rule_result result;
	bool is_not;
};

enum { FILTER_MOST_RULES = 4, FILTER_WHY_SIZE = 1024 };

struct filter {
	struct request_filter rows; /* assigned "me" is for the desk to fill in; so is whose eyes */
	struct filter_rule rules[FILTER_MOST_RULES];
	size_t rule_count;
	size_t words;	   /* taken so far */
	bool is_personal;  /* asks by NHS number, birth or words: never from a command line */
	unsigned given[2]; /* bits of the words given, and given with not: */
	char *text;	   /* the words as given, parted by blanks; "" for none */
};

void filter_init(struct filter *filter);
void filter_clear(struct filter *filter);
/* Adds a word as a shell hands it over: quotes are taken off, blanks belong to it. False: the
   sentence in out_why, "word 2, "sevice:nca": WHY; WHAT TO DO". */
bool filter_add(struct filter *filter, const char *word, char out_why[FILTER_WHY_SIZE]);
/* Adds the words of a text, parted by blanks outside quotes. */
bool filter_read(struct filter *filter, const char *text, char out_why[FILTER_WHY_SIZE]);

#endif
