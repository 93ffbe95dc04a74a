/*
 * Counting receipts by columns: which columns there are, and the counts as they
 * grow. A receipt with two reasons counts under each. Pure.
 */
#ifndef TRACEDESK_CORE_TALLY_H
#define TRACEDESK_CORE_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/records.h"

struct tally_row {
	char **values; /* one a column, as stored; "" when there is none */
	int64_t count;
};

struct tally {
	enum tally_column columns[TALLY_COLUMN_COUNT];
	size_t column_count;
	struct tally_row *rows; /* in order of their values */
	size_t row_count;
};

const char *tally_column_name(enum tally_column column);
const char *tally_column_title(enum tally_column column);
/* A value as people see it. */
const char *tally_label(enum tally_column column, const char *value);

/* An empty tally of columns parted by commas. False: the sentence in out_why. Clear it either way.
 */
bool tally_init(struct tally *tally, const char *columns, char *out_why, size_t why_size);
void tally_clear(struct tally *tally);
/* One receipt; values in the order of the columns, the state by its number. */
void tally_add(struct tally *tally, const char *const values[]);

#endif
