/*
 * Scenarios with faults.
 */
#include "tests/core/faults.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/desk_private.h"
#include "tests/db/argon2.h"

enum { CHILD_SECONDS = 60, MOST_FAULTS = 20 };

/* Shared with the child. */
static struct shared {
	volatile bool is_armed;
	const struct fault *fault;
	long at;  /* 0: none fails */
	long met; /* of the fault's calls */
	struct fault_answer answer;
} * shared;

int fault_met(unsigned call)
{
	if (!shared || !shared->is_armed)
		return 0;
	shared->answer.calls[__builtin_ctz(call)]++;
	if (shared->at == 0 || !(shared->fault->calls & call))
		return 0;
	shared->met++;
	if (shared->met < shared->at || (shared->met > shared->at && !shared->fault->stays))
		return 0;
	shared->answer.fired++;
	return shared->fault->how;
}

bool fault_fails(unsigned call)
{
	int how = fault_met(call);

	if (how != 0)
		errno = how;
	return how != 0;
}

/* In the child. */
static void body(struct scene *scene, const struct scenario *scenario, size_t steps)
{
	struct notice notice = { 0 };
	struct fault_answer *answer = &shared->answer;

	argon2.forgets = shared->fault->argon2;
	shared->is_armed = true;
	answer->status = scene_run(scene, scenario, steps, &answer->acknowledged, &notice);
	shared->is_armed = false;
	answer->is_through = true;
	memcpy(answer->words, notice.text, sizeof(answer->words));
	answer->has_desk = scene->desk != NULL;
	if (scene->desk)
		answer->works = desk_refusal(scene->desk, DEED_MONTH_CLOSE, NULL) == DB_OK;
	desk_close(scene->desk);
	_exit(0);
}

static void child_become(FILE *said)
{
	(void)alarm(CHILD_SECONDS);
	(void)signal(SIGSEGV, SIG_DFL);
	(void)signal(SIGABRT, SIG_DFL);
	(void)dup2(fileno(said), STDERR_FILENO);
}

/* Runs the first steps of it. */
static void run(const struct fault_case *now, size_t steps)
{
	struct fault_answer *answer = &shared->answer;
	FILE *said = tmpfile();
	int status;
	pid_t child;

	assert_non_null(said);
	shared->fault = now->fault;
	shared->at = now->at;
	shared->met = 0;
	*answer = (struct fault_answer) { .fired = 0 };
	(void)fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		child_become(said);
		body(now->scene, now->scenario, steps);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	shared->is_armed = false;
	answer->left = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
	answer->is_through &= answer->left == 0;
	if (!answer->is_through) {
		rewind(said);
		answer->words[fread(answer->words, 1, sizeof(answer->words) - 1, said)] = '\0';
	}
	assert_int_equal(fclose(said), 0);
}

/* Judges */

const struct scene_step *fault_step(const struct fault_case *now)
{
	return &now->scenario->steps[now->answer->acknowledged];
}

void fault_wrong(const struct fault_case *now, const char *why)
{
	const struct fault_answer *answer = now->answer;
	size_t done = answer->acknowledged;

	fail_msg("%s, %s, call %ld: %s: %s: status %d, ended %d, %lld events (%lld and %lld "
		 "wanted): %s",
		now->scenario->name, now->fault->name, now->at,
		fault_step(now)->act ? fault_step(now)->name : "all through", why, answer->status,
		answer->left, (long long)now->events, (long long)now->after[done],
		(long long)now->after[done + (fault_step(now)->act != NULL)], answer->words);
}

/* The step under way failed and is stored all the same: the words must not hide it. */
static bool is_told(const struct fault_answer *answer)
{
	static const char *const words[] = { "cannot be told", "may not be saved",
		"the new store is in its place", "is made all the same" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(answer->words, words[i]))
			return true;
	return false;
}

void fault_events_judge(const struct fault_case *now)
{
	const struct scene_step *step = fault_step(now);
	const int64_t *after = now->after + now->answer->acknowledged;

	if (now->events > after[0] && step->act && !step->goes_on && now->answer->left >= 0 &&
		!is_told(now->answer))
		fault_wrong(now, "it was stored, and is not told of");
	if (now->events == after[0] || (step->act && now->events == after[1]))
		return;
	if (now->events < after[0])
		fault_wrong(now, "acknowledged events are lost");
	if (!step->act || now->events > after[1])
		fault_wrong(now, "events that nobody made");
	if (!step->goes_on)
		fault_wrong(now, "a step by halves");
}

/* Walking */

struct learned {
	int64_t after[SCENE_MOST_STEPS + 2];
	long calls[2][FAULT_CALLS]; /* without and with Argon2 */
};

static void ran_well(const struct fault_case *now, size_t steps)
{
	if (shared->answer.acknowledged != steps || !shared->answer.is_through)
		fail_msg("%s, step %zu of %zu: %s", now->scenario->name,
			shared->answer.acknowledged + 1, steps, shared->answer.words);
}

/* Events after each number of steps, and how many calls there are, without faults. */
static void learn(struct fault_case *now, struct learned *out_learned)
{
	static const struct fault none[] = { { "none", 0, 0, false, false },
		{ "none", 0, 0, false, true } };
	size_t steps = scenario_steps(now->scenario);

	now->at = 0;
	now->fault = &none[0];
	for (size_t i = 0; i <= steps; i++) {
		scene_put_back(now->scene, now->scenario);
		run(now, i);
		ran_well(now, i);
		out_learned->after[i] =
			scene_events(now->scene, now->scenario) - shared->answer.works;
	}
	for (size_t i = 0; i < 2; i++) {
		now->fault = &none[i];
		scene_put_back(now->scene, now->scenario);
		run(now, steps);
		ran_well(now, steps);
		memcpy(out_learned->calls[i], shared->answer.calls, sizeof(out_learned->calls[i]));
	}
}

static void state(struct fault_case *now, fault_judge *judge)
{
	scene_put_back(now->scene, now->scenario);
	run(now, scenario_steps(now->scenario));
	now->answer = &shared->answer;
	now->events = scene_events(now->scene, now->scenario) - shared->answer.works;
	judge(now);
}

struct fault_count {
	long states, fired, calls;
};

struct part {
	long number, of; /* from 1 */
};

static struct part part_wanted(void)
{
	const char *words = getenv("TRACEDESK_PART");
	struct part part = { 1, 1 };

	if (words && (sscanf(words, "%ld/%ld", &part.number, &part.of) != 2 || part.number < 1 ||
			     part.number > part.of))
		fail_msg("TRACEDESK_PART is %s, and not as 1/4", words);
	return part;
}

/* One fault in one scenario: all of its calls, or some with another offset each time. */
static void calls_walk(struct fault_case *now, const struct learned *learned,
	const struct fault_walk *walk, struct fault_count *count)
{
	const struct part part = part_wanted();
	long calls = 0, step = walk->states == 0 && now->fault->stays ? walk->stays : 1;
	long first;

	for (int i = 0; i < FAULT_CALLS; i++)
		if (now->fault->calls & 1U << i)
			calls += learned->calls[now->fault->argon2][i];
	count->calls += calls;
	if (walk->states > 0 && calls > walk->states)
		step = (calls + walk->states - 1) / walk->states;
	first = 1 + random() % step + (part.number - 1) * step;
	for (long at = first; at <= calls; at += step * part.of) {
		now->at = at;
		state(now, walk->judge);
		count->states++;
		count->fired += shared->answer.fired > 0;
	}
}

static void scenario_walk(struct scene *scene, const struct scenario *scenario,
	const struct fault_walk *walk, struct fault_count *counts)
{
	struct learned learned = { .after = { 0 } };
	struct fault_case now = { .scene = scene, .scenario = scenario, .after = learned.after };

	learn(&now, &learned);
	for (size_t i = 0; i < walk->count; i++) {
		now.fault = &walk->faults[i];
		calls_walk(&now, &learned, walk, &counts[i]);
	}
}

void fault_walk(const struct fault_walk *walk)
{
	const char *only = getenv("TRACEDESK_SCENARIO");
	unsigned seed = (unsigned)time(NULL);
	struct scene scene;
	struct fault_count counts[MOST_FAULTS] = { { 0 } };

	print_message("# seed %u\n", seed);
	srandom(seed);
	shared = mmap(
		NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(shared != MAP_FAILED && walk->count <= MOST_FAULTS);
	scene_make(&scene);
	for (size_t i = seed % walk->every; i < scenario_count(); i += walk->every)
		if (!only || strcmp(scenario_at(i)->name, only) == 0)
			scenario_walk(&scene, scenario_at(i), walk, counts);
	for (size_t i = 0; i < walk->count; i++) {
		print_message("# %s: %ld calls, %ld states, failed in %ld\n", walk->faults[i].name,
			counts[i].calls, counts[i].states, counts[i].fired);
		/* Some calls are of a few scenarios only. */
		assert_true(
			counts[i].fired > 0 || ((walk->every > 1 || only) && counts[i].calls == 0));
	}
	scene_done(&scene);
	assert_int_equal(munmap(shared, sizeof(*shared)), 0);
	shared = NULL;
}
