/*
 * Random histories of a desk: twelve months of receipts and submissions that come
 * and end, corrections, services that change, months closed and revised, made by
 * the desk's own moves. What was done is written down beside it, so that the
 * register can be counted without the store.
 */
#ifndef TRACEDESK_TESTS_CORE_HISTORIES_H
#define TRACEDESK_TESTS_CORE_HISTORIES_H

#include "tests/core/desk_fixture.h"

struct known_receipt {
	char reference[REFERENCE_SIZE];
	char service[CODE_SIZE];
	int state; /* final */
	char decided[DAY_SIZE];
};

struct known_submission {
	char reference[REFERENCE_SIZE];
	char received[DAY_SIZE], completed[DAY_SIZE];
	int status;
	int64_t transactions, single_match;
};

/* Receipts and submissions as somebody knows them. */
struct known {
	struct known_receipt *receipts;
	size_t receipt_count;
	struct known_submission *submissions;
	size_t submission_count;
};
struct known_receipt *known_add_receipt(struct known *known);
struct known_submission *known_add_submission(struct known *known);
void known_clear(struct known *known);

/* A published month as it was printed on the day. */
struct printed {
	char month[8];
	int revision;
	char *text, *csv, *cases;
};

struct history {
	struct desk_fixture fixture;
	uint64_t seed;
	char first[8], last[8]; /* months */
	char today[DAY_SIZE];
	char closed_to[8]; /* "" while none is */
	struct known known;
	struct printed *printed;
	size_t printed_count;
	int corrections, revisions, special_days;
};

/* Lives it to the end, all months closed. The history is all zeros, or one that was done before.
   history_done removes the store. */
void history_live(struct history *history, uint64_t seed);
void history_done(struct history *history);
/* Prints a month: revision 0 the newest. Clear with printed_clear. */
void history_print(
	struct history *history, const char *month, int revision, struct printed *out_printed);
void printed_clear(struct printed *printed);

#endif
