/*
 * The workloads of the bench, on one side: a database with the tables of a
 * store, sealed or not.
 */
#ifndef TRACEDESK_TESTS_BENCH_WORK_H
#define TRACEDESK_TESTS_BENCH_WORK_H

#include <stdbool.h>
#include <stdint.h>

/* X(constant, name, ratio to reach) */
#define WORKS(X)                                                \
	X(WORK_IMPORT, "bulk import", 1.10)                     \
	X(WORK_COMMIT, "single-case commits, FULL", 1.15)       \
	X(WORK_READ, "read by reference, warm", 1.30)           \
	X(WORK_QUEUE, "open-queue page, 50 rows", 1.10)         \
	X(WORK_WORDS, "name prefix (FTS5), newest first", 1.15) \
	X(WORK_ROLLUP, "month roll-up, covering index", 1.05)   \
	X(WORK_SCAN, "full scan, warm", 1.25)                   \
	X(WORK_COPY, "full copy", 1.80)                         \
	X(WORK_OPEN, "open to first row, beyond the password", 1.20)

#define WORK_ID(constant, ...) constant,
enum work_kind { WORKS(WORK_ID) WORK_KINDS };

struct side {
	bool is_sealed;
	char path[256];
};

struct order {
	enum work_kind kind;
	int round;
	int rows;     /* of an import */
	int receipts; /* in the database, after the imports */
};

struct answer {
	double seconds;
	int64_t sum; /* over what was read */
};

struct work;

const char *work_name(enum work_kind kind);
double work_reach(enum work_kind kind);
/* Makes the database; ends the process when that fails. */
struct work *work_new(const struct side *side);
void work_free(struct work *work); /* removes it */
struct answer work_do(struct work *work, const struct order *order);

#endif
