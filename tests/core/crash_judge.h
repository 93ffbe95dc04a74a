/*
 * A disk that a power cut left of a scenario, judged: does the store open, the
 * old one or the new one, is it whole, is everything acknowledged in it, and can
 * it be worked with?
 */
#ifndef TRACEDESK_TESTS_CORE_CRASH_JUDGE_H
#define TRACEDESK_TESTS_CORE_CRASH_JUDGE_H

#include "db/store.h"
#include "tests/core/scenarios.h"
#include "tests/db/disk_trace.h"

enum { CRASH_MARKS = SCENE_MOST_STEPS + 1, CRASH_WHY = 600 };

/* A step was acknowledged; the first mark is of before the first step. */
struct crash_mark {
	size_t call;	   /* of the trace: the next one after it */
	struct disk after; /* what lay there, until crash_resolve */
	int64_t sequence;  /* of the last event then; 0: there was no store */
	uint8_t hash[STORE_HASH_BYTES];
};

struct crash {
	struct scene scene;
	const struct scenario *scenario;
	char root[300]; /* the folder that is traced */
	struct disk_trace trace;
	struct crash_mark marks[CRASH_MARKS];
	int mark_count;
	struct disk ended; /* what the scenario leaves */
	bool has_files;	   /* some that are no store's */
};

enum verdict { SOUND, CORRUPT, LOST, ALARM, VERDICTS };

/* Every rule of who gets in is of a scenario that there is. */
void crash_rules_check(void);
/* Nothing is written for it that the store does not write when it recovers. */
enum db_status store_look(struct store *store, const char *path);
/* What each mark's disk holds, and whether files are written beside the store; changes what lies in
   root. */
void crash_resolve(struct crash *crash);
/* How many marks were passed when the power went before that call. */
int marks_passed(const struct crash *crash, size_t call);

/* Of what lies in root. again: it is worked with, too. */
struct crash_case {
	int passed;
	bool again;
};
enum verdict disk_judge(struct crash *crash, const struct crash_case *which, char why[CRASH_WHY]);

#endif
