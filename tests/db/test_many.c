/*
 * Many processes write to one store, each its own numbered events, and one of
 * them is killed again and again wherever it is, and started anew: nothing
 * acknowledged is lost, the trail is whole, nobody waits in vain.
 */
#include "tests/db/number_of.h"
#include "tests/db/store_rig.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/events.h"
#include "tests/db/amount.h"

enum { MOST_WRITERS = 24, MOST_EACH = 2000 };

struct said {
	int writer;
	int number; /* the event acknowledged; -1: the writer could not write */
};

struct crowd {
	int writers, each;
	int hears, says;
	pid_t child[MOST_WRITERS];
	int done[MOST_WRITERS]; /* events acknowledged */
	uint32_t random;
	int kills;
};

static uint32_t below(struct crowd *crowd, uint32_t limit)
{
	crowd->random = crowd->random * 1664525U + 1013904223U;
	return (crowd->random >> 8) % limit;
}

static enum db_status write_one(struct store *store, int writer, int number)
{
	struct event_new event = {
		.time = 1600000000, .person = 1, .role = ROLE_ADMINISTRATOR, .kind = EVENT_LOGIN
	};
	char reference[32];
	enum db_status status = store_begin(store);

	(void)snprintf(reference, sizeof(reference), "W%02d-%04d", writer, number);
	event.reference = reference;
	if (status == DB_OK)
		status = event_append(store, &event);
	if (status == DB_OK)
		return store_commit(store);
	store_rollback(store);
	return status;
}

static void say(const struct crowd *crowd, int writer, int number)
{
	const struct said said = { writer, number };

	if (write(crowd->says, &said, sizeof(said)) != (ssize_t)sizeof(said))
		_exit(1);
}

static void writer_run(const struct crowd *crowd, int writer)
{
	struct store *store = store_new();

	if (store_try(store, "x.tdk") != DB_OK) {
		fprintf(stderr, "# writer %d: %s\n", writer, store_message(store));
		say(crowd, writer, -1);
	}
	for (int number = crowd->done[writer]; number < crowd->each; number++) {
		if (write_one(store, writer, number) != DB_OK) {
			fprintf(stderr, "# writer %d: %s\n", writer, store_message(store));
			say(crowd, writer, -1);
		}
		say(crowd, writer, number);
	}
	store_free(store);
	_exit(0);
}

static void writer_start(struct crowd *crowd, int writer)
{
	crowd->child[writer] = fork();
	assert_true(crowd->child[writer] >= 0);
	if (crowd->child[writer] == 0)
		writer_run(crowd, writer);
}

static void writer_kill(struct crowd *crowd, int writer)
{
	int status;

	assert_int_equal(kill(crowd->child[writer], SIGKILL), 0);
	assert_int_equal(waitpid(crowd->child[writer], &status, 0), crowd->child[writer]);
	crowd->kills += WIFSIGNALED(status);
}

/* What was said before the kill counts: it was acknowledged. Numbers come in order. */
static void hear(struct crowd *crowd)
{
	struct said said;

	assert_int_equal(read(crowd->hears, &said, sizeof(said)), sizeof(said));
	assert_true(said.number >= 0);
	if (said.number >= crowd->done[said.writer])
		crowd->done[said.writer] = said.number + 1;
}

static bool all_done(const struct crowd *crowd)
{
	for (int i = 0; i < crowd->writers; i++) {
		if (crowd->done[i] < crowd->each)
			return false;
	}
	return true;
}

static void run_all(struct crowd *crowd)
{
	for (int i = 0; i < crowd->writers; i++)
		writer_start(crowd, i);
	while (!all_done(crowd)) {
		hear(crowd);
		if (below(crowd, 40) == 0) {
			int writer = (int)below(crowd, (uint32_t)crowd->writers);

			if (crowd->done[writer] < crowd->each) {
				writer_kill(crowd, writer);
				writer_start(crowd, writer);
			}
		}
	}
	for (int i = 0; i < crowd->writers; i++)
		assert_int_equal(waitpid(crowd->child[i], NULL, 0), crowd->child[i]);
}

static void test_kills(void **state)
{
	struct crowd crowd = { .writers = amount(8, MOST_WRITERS),
		.each = amount(500, MOST_EACH),
		.random = (uint32_t)getpid() };
	struct store *store;
	int64_t events, found;
	int ends[2];

	(void)state;
	if (getenv("TRACEDESK_TEST_SAMPLE"))
		crowd.each = 60;
	store_made("x.tdk");
	assert_int_equal(pipe(ends), 0);
	crowd.hears = ends[0];
	crowd.says = ends[1];
	run_all(&crowd);
	store = store_at("x.tdk", NULL);
	found = number_of(store->db,
		"SELECT count(DISTINCT reference) FROM events WHERE reference LIKE 'W%'");
	events = count_of(store);
	store_free(store);
	print_message("# %d writers, %d events each, %d killed: %lld of %d found, %lld events, "
		      "the trail is whole\n",
		crowd.writers, crowd.each, crowd.kills, (long long)found,
		crowd.writers * crowd.each, (long long)events);
	assert_true(crowd.kills > 3);
	assert_int_equal(found, crowd.writers * crowd.each);
	close(ends[0]);
	close(ends[1]);
}

static int start(void **state)
{
	(void)state;
	return store_start() ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_kills, store_rig_start, store_rig_done),
	};

	return cmocka_run_group_tests_name("many writers", tests, start, NULL);
}
