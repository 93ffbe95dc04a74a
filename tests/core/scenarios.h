/*
 * Whole pieces of the desk's work, step by step, for tests that break them on
 * the way: what each begins with, and how to see afterwards what the store
 * holds. No step fails a test: each answers as the desk does, so that it can run
 * in a child with faults.
 */
#ifndef TRACEDESK_TESTS_CORE_SCENARIOS_H
#define TRACEDESK_TESTS_CORE_SCENARIOS_H

#include "tests/core/desk_fixture.h"

/* Where a scenario happens. Work is done on copies in the folder work. */
struct scene {
	struct desk_fixture base; /* its folder holds what every scenario begins with */
	char work[300];
	char triage[REFERENCE_SIZE]; /* receipts of the base */
	char accepted[REFERENCE_SIZE];
	struct secret *recovery; /* the code of the store with the one administrator */
	/* Of the steps under way. */
	struct desk *desk;
	char reference[REFERENCE_SIZE];
};

typedef enum desk_status scene_act(struct scene *scene, struct notice *out_notice);
struct scene_step {
	const char *name;
	scene_act *act;
	bool goes_on; /* an event is stored before what may still fail, or there are several */
};

enum { SCENE_MOST_STEPS = 12 };
struct scenario {
	const char *name;
	const char *from;  /* the store of the base that it begins with; NULL: none */
	const char *store; /* what it works on and is judged by, in the folder work */
	struct scene_step steps[SCENE_MOST_STEPS + 1]; /* the last is empty */
};
size_t scenario_count(void);
const struct scenario *scenario_at(size_t index);
size_t scenario_steps(const struct scenario *scenario);

/* Makes the base; SQLite and all are started. */
void scene_make(struct scene *scene);
void scene_done(struct scene *scene);
/* Empties the folder work and copies there what the scenario begins with. */
void scene_put_back(struct scene *scene, const struct scenario *scenario);
/* Runs steps first to last (from 0, not counting last itself) until one fails: acknowledged counts
   those that were DESK_OK, while they run; leaves the desk open. */
enum desk_status scene_run(struct scene *scene, const struct scenario *scenario, size_t last,
	size_t *acknowledged, struct notice *out_notice);
/* The one that a scenario gives somebody; free with secret_free. */
struct secret *scene_other_password(void);
/* A file of the folder work; the text is valid until the next but three calls. */
const char *scene_path(const struct scene *scene, const char *name);

/* Events of the store that the scenario works on: it opens, the audit log proves it, and the tables
   are whole. 0: there is none. */
int64_t scene_events(const struct scene *scene, const struct scenario *scenario);
/* The first file of the folder work that no scenario means to leave; "" when there is none. */
const char *scene_litter(const struct scene *scene);

#endif
