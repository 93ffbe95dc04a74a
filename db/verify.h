/*
 * Proof of the trail: every link, every hash, every signature; that who proposed
 * a decision did not review it; the rows as the events tell them compared with
 * the rows as they are.
 */
#ifndef TRACEDESK_DB_VERIFY_H
#define TRACEDESK_DB_VERIFY_H

#include "db/checkpoint.h"
#include "db/store.h"

struct trail_problem {
	int64_t event; /* sequence, or 0 when it is about no one event */
	char what[256];
};

enum { TRAIL_MOST_PROBLEMS = 1000 };

struct trail_verdict {
	int64_t events;
	int64_t signatures;
	int64_t first_time, last_time;
	uint8_t head[STORE_HASH_BYTES]; /* hash of the last event */
	struct trail_problem *problems; /* free with mem_free */
	size_t problem_count;		/* at most TRAIL_MOST_PROBLEMS are kept */
};

/* DB_OK also when there are problems: look at problem_count. */
enum db_status trail_verify(struct store *store, struct trail_verdict *out_verdict);

/* The same with checkpoints, each or both NULL. since: signatures are checked from its event on;
   the links before it must lead to it. against: it must be on this chain. */
struct trail_asked {
	const struct checkpoint *since;
	const struct checkpoint *against;
	/* Told now and then up to which event it has come (the last one: rows are compared); false
	   ends it with DB_REFUSED. NULL: nobody waits. */
	bool (*goes_on)(void *with, int64_t event);
	void *with;
};
enum db_status trail_verify_asked(
	struct store *store, const struct trail_asked *asked, struct trail_verdict *out_verdict);

#endif
