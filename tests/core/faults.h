/*
 * A scenario in a child, with the nth call of a kind failing there, and what it
 * answered; and all the scenarios with a table of faults, call after call or
 * samples of them. Whoever makes calls fail asks fault_met.
 */
#ifndef TRACEDESK_TESTS_CORE_FAULTS_H
#define TRACEDESK_TESTS_CORE_FAULTS_H

#include "tests/core/scenarios.h"

enum { FAULT_CALLS = 12 }; /* kinds of calls, each a bit */

struct fault {
	const char *name;
	unsigned calls; /* bits */
	int how;	/* errno, say; never 0 */
	bool stays;	/* all after it fail as well */
	bool argon2;	/* passwords are worked out each time */
};

/* Does this call fail, and how? 0: it does not. */
int fault_met(unsigned call);
/* The same, with errno set when it does. */
bool fault_fails(unsigned call);

/* How a child ended. */
struct fault_answer {
	long calls[FAULT_CALLS]; /* met */
	long fired;
	size_t acknowledged; /* steps */
	bool is_through;     /* it came to an answer of the desk's; else it left by itself */
	int left;	     /* then its exit status; or the signal that ended it, negative */
	enum desk_status status;
	char words[2048]; /* of the desk, or on standard error of who left */
	bool has_desk;	  /* somebody was at the desk then, */
	bool works;	  /* and an event could be written */
};

/* A state: a scenario with the fault at a call, and what came of it. */
struct fault_case {
	struct scene *scene;
	const struct scenario *scenario;
	const struct fault *fault;
	long at;
	const struct fault_answer *answer;
	int64_t events;	      /* in the store afterwards, without that of works */
	const int64_t *after; /* after[n]: those there are after n steps */
};
/* Fails the test when it must not be. */
typedef void fault_judge(const struct fault_case *fault_case);

struct fault_walk {
	const struct fault *faults;
	size_t count; /* at most 20 */
	long states;  /* about how many of each fault in each scenario; 0: every call, */
	long stays;   /* and of faults that stay each so manyth, others each time */
	size_t every; /* scenarios are left out but each so manyth, others each time */
	fault_judge *judge;
};
/* In the environment: TRACEDESK_PART=k/n: only the kth of n parts, all of which together are the
   whole, for n processors at once; TRACEDESK_SCENARIO=NAME: that scenario alone. */
void fault_walk(const struct fault_walk *walk);

/* For judges: fails unless the store holds what was acknowledged, or the step under way whole; or,
   of a step that goes on after its first event, some of it. What is stored though it failed must be
   told of. */
void fault_events_judge(const struct fault_case *fault_case);
/* Fails the test with what happened, and why that is wrong. */
void fault_wrong(const struct fault_case *fault_case, const char *why);
const struct scene_step *fault_step(const struct fault_case *fault_case);

#endif
