/*
 * Two administrators in two processes act at once, round after round: each
 * takes the other's role, each takes it from another supervisor, one lets
 * somebody in whom the other puts out, both add one name. The last of a kind
 * always stays, and who is out has no key.
 */
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
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
#include "db/people.h"
#include "tests/core/desk_fixture.h"

enum { ROUNDS_MOST = 300, SECONDS_MOST = 120 };

static const enum who actors[2] = { ADA, CHRIS };

/* In memory of both. */
static struct shared {
	atomic_int arrived;
	atomic_int begun;	    /* the meeting after which the first of a round has begun */
	atomic_bool is_over;	    /* one of them has failed */
	enum desk_status status[2]; /* of this round */
	long won[4][2];		    /* by act and actor: alone, the other was refused */
	long both[4];
	long none[4];
} * shared;

/* A process of its own. */
struct actor {
	struct desk *desk;
	int index;
	int meetings;
};

/* What both do at once, what must hold then, and how it comes to be as before. */
struct act {
	const char *name;
	int rounds;
	enum desk_status (*run)(struct actor *actor, int round, struct notice *notice);
	bool (*holds)(struct actor *actor);
	bool (*mend)(struct actor *actor);
	bool may_both_win;
};

static void meet(struct actor *actor)
{
	actor->meetings++;
	(void)atomic_fetch_add(&shared->arrived, 1);
	while (atomic_load(&shared->arrived) < 2 * actor->meetings &&
		!atomic_load(&shared->is_over))
		(void)sched_yield();
}

static size_t at_work(struct actor *actor, unsigned role)
{
	struct person *people = NULL;
	size_t count = 0, found = 0;

	if (people_list(actor->desk->store, &people, &count) != DB_OK)
		return 0;
	while (count > 0) {
		struct person *person = &people[--count];

		found += !person->disabled && (person->roles & role) != 0;
		person_clear(person);
	}
	mem_free(people);
	return found;
}

static enum desk_status roles_set(
	struct actor *actor, enum who who, unsigned roles, struct notice *notice)
{
	char *work = NULL;
	enum desk_status status =
		desk_user_role(actor->desk, fixture_name(who), roles, &work, notice);

	mem_free(work);
	return status;
}

static int64_t nanoseconds(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* Who has won has the pages at hand and would win for ever: both have looked at them, and each
   begins first by turns, at once with the other or up to 150 microseconds before. */
static void begin(struct actor *actor, int round)
{
	meet(actor);
	(void)at_work(actor, ROLE_ADMINISTRATOR);
	meet(actor);
	if (actor->index == round % 2)
		atomic_store(&shared->begun, actor->meetings);
	while (atomic_load(&shared->begun) < actor->meetings && !atomic_load(&shared->is_over))
		(void)sched_yield();
	if (actor->index != round % 2)
		for (int64_t end = nanoseconds() + round / 2 % 4 * 50000; nanoseconds() < end;)
			(void)sched_yield();
}

static bool role_give(struct actor *actor, enum who who, unsigned role)
{
	struct notice notice = { 0 };

	if (roles_set(actor, who, role, &notice) == DESK_OK)
		return true;
	(void)printf("# %s\n", notice.text);
	return false;
}

static enum desk_status administrator_take(struct actor *actor, int round, struct notice *notice)
{
	(void)round;
	return roles_set(actor, actors[!actor->index], ROLE_AUDITOR, notice);
}

static bool administrator_is_left(struct actor *actor)
{
	return at_work(actor, ROLE_ADMINISTRATOR) == 1;
}

static bool administrator_mend(struct actor *actor)
{
	return shared->status[actor->index] != DESK_OK ||
	       role_give(actor, actors[!actor->index], ROLE_ADMINISTRATOR);
}

static enum desk_status supervisor_take(struct actor *actor, int round, struct notice *notice)
{
	(void)round;
	return roles_set(actor, actor->index ? SAM : SASHA, ROLE_CASEWORKER, notice);
}

static bool supervisor_is_left(struct actor *actor)
{
	return at_work(actor, ROLE_SUPERVISOR) == 1;
}

static bool supervisor_mend(struct actor *actor)
{
	return shared->status[actor->index] != DESK_OK ||
	       role_give(actor, actor->index ? SAM : SASHA, ROLE_SUPERVISOR);
}

static enum desk_status casey_disable(struct actor *actor, struct notice *notice)
{
	char *work = NULL;
	enum desk_status status =
		desk_user_disable(actor->desk, fixture_name(CASEY), &work, notice);

	mem_free(work);
	return status;
}

static enum desk_status in_and_out(struct actor *actor, int round, struct notice *notice)
{
	const struct desk_renewal renewal = { fixture_name(CASEY), true, NULL };
	struct secret *password = NULL;
	enum desk_status status;

	(void)round;
	if (actor->index == 1)
		return casey_disable(actor, notice);
	status = desk_user_renew(actor->desk, &renewal, &password, notice);
	secret_free(password);
	return status;
}

/* Who is out has no slot, who is in has one. */
static bool slot_is_right(struct actor *actor)
{
	struct person person = { 0 };
	struct desk_key key = { .has_slot = false };
	struct notice notice = { 0 };
	bool is_right = people_load(actor->desk->store, fixture_name(CASEY), &person) == DB_OK &&
			desk_people_keys(actor->desk, &person, 1, &key, &notice) == DESK_OK &&
			key.has_slot == !person.disabled;

	person_clear(&person);
	return is_right;
}

static bool out_again(struct actor *actor)
{
	struct person person = { 0 };
	struct notice notice = { 0 };
	bool is_done = people_load(actor->desk->store, fixture_name(CASEY), &person) == DB_OK;

	if (is_done && actor->index == 1 && !person.disabled)
		is_done = casey_disable(actor, &notice) == DESK_OK;
	person_clear(&person);
	return is_done;
}

static enum desk_status name_add(struct actor *actor, int round, struct notice *notice)
{
	struct person person = { .roles = ROLE_CASEWORKER };
	struct secret *password = NULL;
	enum desk_status status;

	(void)snprintf(person.name, sizeof(person.name), "twin%d", round);
	person.full_name = mem_text("Twin");
	status = desk_user_add(actor->desk, &person, NULL, &password, notice);
	if (status != DESK_OK && !strstr(notice->text, "there is a person of that name already"))
		status = DESK_IO;
	person_clear(&person);
	secret_free(password);
	return status;
}

static bool nothing_to_see(struct actor *actor)
{
	(void)actor;
	return true;
}

static const struct act acts[] = {
	{ "each other's role", ROUNDS_MOST, administrator_take, administrator_is_left,
		administrator_mend, false },
	{ "two supervisors", ROUNDS_MOST, supervisor_take, supervisor_is_left, supervisor_mend,
		false },
	{ "in and out", 60, in_and_out, slot_is_right, out_again, true },
	{ "one name", 8, name_add, nothing_to_see, nothing_to_see, false },
};
enum { ACTS = sizeof(acts) / sizeof(acts[0]) };

/* Under a sanitizer a sample does. */
static int rounds_of(int act)
{
	int rounds = acts[act].rounds;

	return getenv("TRACEDESK_TEST_SAMPLE") && rounds > 60 ? 60 : rounds;
}

static void count_round(int act)
{
	bool first = shared->status[0] == DESK_OK, second = shared->status[1] == DESK_OK;

	if (first && second)
		shared->both[act]++;
	else if (first || second)
		shared->won[act][second]++;
	else
		shared->none[act]++;
}

/* Everything that both look at lies between two meetings. */
static bool round_run(struct actor *actor, int act, int round)
{
	struct notice notice = { 0 };
	bool is_good;

	begin(actor, round);
	shared->status[actor->index] = acts[act].run(actor, round, &notice);
	is_good = shared->status[actor->index] == DESK_OK ||
		  shared->status[actor->index] == DESK_REFUSED;
	if (!is_good)
		(void)printf("# %s, %d: %s\n", acts[act].name, actor->index, notice.text);
	meet(actor);
	if (actor->index == 0)
		count_round(act);
	if (is_good && !acts[act].holds(actor)) {
		(void)printf("# %s: round %d: it does not hold\n", acts[act].name, round);
		is_good = false;
	}
	meet(actor);
	return is_good && acts[act].mend(actor);
}

static int actor_run(struct desk_fixture *fixture, int index)
{
	struct actor actor = { .index = index };
	bool is_good = true;

	(void)alarm(SECONDS_MOST);
	fixture_enter(fixture, actors[index]);
	actor.desk = fixture->desk[actors[index]];
	for (int act = 0; act < ACTS && is_good; act++)
		for (int round = 0; round < rounds_of(act) && is_good; round++)
			is_good = round_run(&actor, act, round) && !atomic_load(&shared->is_over);
	if (!is_good)
		atomic_store(&shared->is_over, true);
	(void)fflush(stdout);
	desk_close(actor.desk);
	return is_good ? 0 : 1;
}

static void actors_run(struct desk_fixture *fixture)
{
	pid_t children[2];
	int status;

	for (int i = 0; i < 2; i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0)
			_exit(actor_run(fixture, i));
	}
	for (int i = 0; i < 2; i++) {
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
}

/* Chris comes to be an administrator, Robin no supervisor, Casey is out. */
static void cast(struct desk_fixture *fixture)
{
	struct actor ada = { .index = 0 };
	struct notice notice = { 0 };

	fixture_enter(fixture, ADA);
	ada.desk = fixture->desk[ADA];
	assert_true(role_give(&ada, CHRIS, ROLE_ADMINISTRATOR));
	assert_true(role_give(&ada, ROBIN, ROLE_CASEWORKER));
	assert_int_equal(casey_disable(&ada, &notice), DESK_OK);
	desk_close(fixture->desk[ADA]);
	fixture->desk[ADA] = NULL;
}

static void trail_holds(struct desk_fixture *fixture)
{
	const struct audit_proof proof = { 0 };
	struct audit_result result = { 0 };
	struct notice notice = { 0 };

	fixture_enter(fixture, AUDREY);
	if (desk_audit_verify(fixture->desk[AUDREY], &proof, &result, &notice) != DESK_OK)
		fail_msg("%s", notice.text);
	mem_free(result.problems);
}

static void test_two_administrators(void **state)
{
	struct desk_fixture fixture = { .is_started = false };

	(void)state;
	shared = mmap(
		NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(shared != MAP_FAILED);
	fixture_make(&fixture);
	cast(&fixture);
	actors_run(&fixture);
	trail_holds(&fixture);
	for (int i = 0; i < ACTS; i++) {
		(void)printf("# %s: met %d times; ada alone won %ld, chris %ld, both %ld\n",
			acts[i].name, rounds_of(i), shared->won[i][0], shared->won[i][1],
			shared->both[i]);
		assert_int_equal(shared->none[i], 0);
		if (!acts[i].may_both_win)
			assert_int_equal(shared->both[i], 0);
	}
	assert_true(shared->won[0][0] > 0 && shared->won[0][1] > 0);
	assert_true(shared->won[1][0] > 0 && shared->won[1][1] > 0);
	(void)munmap(shared, sizeof(*shared));
	fixture_done(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_two_administrators) };

	/* What a disk does with so many commits is another test's business. */
	if (access("/dev/shm", W_OK | X_OK) == 0)
		(void)setenv("TMPDIR", "/dev/shm", 1);
	return cmocka_run_group_tests_name("two administrators", tests, NULL, NULL);
}
