/*
 * Receipts, submissions and published figures from an exported audit log alone,
 * read by what tracedesk-store(7) says of it, with no code of the program.
 */
#ifndef TRACEDESK_TESTS_CORE_REPLAY_H
#define TRACEDESK_TESTS_CORE_REPLAY_H

#include "tests/core/histories.h"

/* A cell of a revision, as its row has it. */
struct replayed_figure {
	int64_t published;
	char measure[CODE_SIZE], service[CODE_SIZE];
	int64_t value;
};

struct replayed_month {
	int64_t id;
	char month[8];
	int64_t revision;
};

struct replay {
	struct known known; /* receipts that are decided, every submission */
	struct replayed_month *months;
	size_t month_count;
	struct replayed_figure *figures;
	size_t figure_count;
	size_t events;
	size_t moments; /* decisions whose event is of the day decided */
	/* Rows by their ids, for those that change. */
	struct replayed_row {
		int table;
		int64_t id;
		size_t place; /* in known */
	} * rows;
	size_t row_count;
};

/* False: it cannot be read, or an event is of another day than the decision that it tells. */
bool replay_read(struct replay *replay, const unsigned char *bytes, size_t size);
void replay_done(struct replay *replay);

#endif
