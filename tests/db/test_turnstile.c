/*
 * The locks on -head: one at a time, in the order they came, gone with a
 * killed process, given up after the time.
 */
#include "vault_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "db/turnstile.h"

enum { PROCESSES = 8, TURNS = 150, MOST_OVERTAKEN = 16, SHORT_MS = 40 };

static struct report report;

static const char *lock_path(void)
{
	static char name[128];
	int file;

	snprintf(name, sizeof name, "%s/x.tdk-head", fixture_folder());
	file = open(name, O_RDWR | O_CREAT, 0600);
	assert_true(file >= 0);
	close(file);
	return name;
}

static struct turnstile opened(int wait_ms)
{
	struct turnstile turnstile;

	assert_int_equal(turnstile_open(&turnstile, lock_path(), &report), DB_OK);
	turnstile.wait_ms = wait_ms;
	return turnstile;
}

/* What the processes share: who came when, who got in when. */
struct turn {
	int64_t came;
	int64_t entered;
};
struct field {
	atomic_int ready;
	atomic_int inside;
	atomic_int breaches;
	atomic_int count;
	struct turn turns[PROCESSES * TURNS];
};

static int64_t clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* About the time of a commit, most of it waiting for the disk. */
static void work(int file)
{
	if (pwrite(file, "work", 4, 2048) != 4 || fdatasync(file) != 0)
		_exit(3);
}

static int compete(struct field *field)
{
	struct turnstile turnstile;

	if (turnstile_open(&turnstile, lock_path(), &report) != DB_OK)
		return 1;
	atomic_fetch_add(&field->ready, 1);
	while (atomic_load(&field->ready) < PROCESSES)
		;
	for (int i = 0; i < TURNS; i++) {
		struct turn turn = { .came = clock_us() };

		if (turnstile_take(&turnstile) != DB_OK)
			return 2;
		turn.entered = clock_us();
		if (atomic_fetch_add(&field->inside, 1) != 0)
			atomic_fetch_add(&field->breaches, 1);
		field->turns[atomic_fetch_add(&field->count, 1)] = turn;
		work(turnstile.descriptor);
		atomic_fetch_sub(&field->inside, 1);
		turnstile_give(&turnstile);
	}
	turnstile_close(&turnstile);
	return 0;
}

/* The turns stand in the order of entry. */
static int most_overtaken(const struct field *field, int64_t *out_longest)
{
	int most = 0;

	*out_longest = 0;
	for (int i = 0; i < PROCESSES * TURNS; i++) {
		const struct turn *turn = &field->turns[i];
		int overtaken = 0;

		for (int j = i; j-- > 0 && field->turns[j].entered > turn->came;)
			overtaken += field->turns[j].came > turn->came;
		most = overtaken > most ? overtaken : most;
		if (turn->entered - turn->came > *out_longest)
			*out_longest = turn->entered - turn->came;
	}
	return most;
}

/* Trap 10. */
static void test_nobody_is_overtaken_often(void **state)
{
	struct field *field = mmap(
		NULL, sizeof *field, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int64_t began = clock_us();
	int64_t longest;
	int overtaken;

	(void)state;
	assert_ptr_not_equal(field, MAP_FAILED);
	fflush(NULL);
	for (int i = 0; i < PROCESSES; i++) {
		if (fork() == 0)
			_exit(compete(field));
	}
	for (int i = 0; i < PROCESSES; i++) {
		int status = 0;

		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	assert_int_equal(atomic_load(&field->breaches), 0);
	assert_int_equal(atomic_load(&field->count), PROCESSES * TURNS);
	overtaken = most_overtaken(field, &longest);
	print_message("# %d processes, %d turns in %lld ms: overtaken at most %d times, longest "
		      "wait %lld us\n",
		PROCESSES, PROCESSES * TURNS, (long long)(clock_us() - began) / 1000, overtaken,
		(long long)longest);
	assert_true(overtaken <= MOST_OVERTAKEN);
	munmap(field, sizeof *field);
}

static void test_two_of_one_process_exclude_each_other(void **state)
{
	struct turnstile a = opened(TURNSTILE_WAIT_MS);
	struct turnstile b = opened(SHORT_MS);

	(void)state;
	assert_int_equal(turnstile_take(&a), DB_OK);
	assert_int_equal(turnstile_take(&a), DB_OK); /* again by who has it */
	assert_int_equal(turnstile_take(&b), DB_BUSY);
	assert_non_null(strstr(report.message, "busy: others were writing"));
	turnstile_give(&a);
	assert_int_equal(turnstile_take(&b), DB_BUSY);
	turnstile_give(&a);
	assert_int_equal(turnstile_take(&b), DB_OK);
	/* Who gave up left no number behind. */
	turnstile_give(&b);
	assert_int_equal(turnstile_take(&a), DB_OK);
	turnstile_give(&a);
	turnstile_close(&a);
	turnstile_close(&b);
}

/* Takes the turn, says so, and keeps it until killed, or until this test is gone. */
static _Noreturn void hold(const int say[2], const int stay[2])
{
	struct turnstile turnstile;
	char byte;

	close(stay[1]);
	if (turnstile_open(&turnstile, lock_path(), &report) == DB_OK &&
		turnstile_take(&turnstile) == DB_OK && write(say[1], "x", 1) == 1)
		_exit(read(stay[0], &byte, 1) == 0 ? 0 : 1);
	_exit(1);
}

static void test_a_killed_holder_leaves_nothing(void **state)
{
	struct turnstile turnstile = opened(SHORT_MS);
	int say[2];
	int stay[2];
	char byte;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(say), 0);
	assert_int_equal(pipe(stay), 0);
	fflush(NULL);
	child = fork();
	if (child == 0)
		hold(say, stay);
	assert_int_equal(read(say[0], &byte, 1), 1);
	assert_int_equal(turnstile_take(&turnstile), DB_BUSY);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_int_equal(turnstile_take(&turnstile), DB_OK);
	turnstile_give(&turnstile);
	turnstile_close(&turnstile);
	for (int i = 0; i < 2; i++) {
		close(say[i]);
		close(stay[i]);
	}
}

static void test_shared_and_alone(void **state)
{
	struct turnstile a = opened(SHORT_MS);
	struct turnstile b = opened(SHORT_MS);

	(void)state;
	assert_int_equal(turnstile_share(&a), DB_OK);
	assert_int_equal(turnstile_share(&b), DB_OK);
	assert_int_equal(turnstile_alone(&a), DB_BUSY);
	turnstile_close(&b);
	assert_int_equal(turnstile_alone(&a), DB_OK);
	b = opened(SHORT_MS);
	assert_int_equal(turnstile_share(&b), DB_BUSY);
	assert_non_null(strstr(report.message, "to itself"));
	assert_int_equal(turnstile_share(&a), DB_OK);
	assert_int_equal(turnstile_share(&b), DB_OK);
	turnstile_close(&a);
	turnstile_close(&b);
}

/* A lock of numbers that no writer takes: many, then all there are. */
static void test_a_forged_queue(void **state)
{
	struct turnstile a = opened(SHORT_MS);
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 4097 };
	int file = open(lock_path(), O_RDWR | O_CLOEXEC);
	int64_t began = clock_us();

	(void)state;
	lock.l_len = 50;
	assert_int_equal(fcntl(file, F_OFD_SETLK, &lock), 0);
	assert_int_equal(turnstile_take(&a), DB_BUSY);
	lock.l_len = 0;
	assert_int_equal(fcntl(file, F_OFD_SETLK, &lock), 0);
	assert_int_equal(turnstile_take(&a), DB_BUSY);
	lock.l_start = 4096;
	assert_int_equal(fcntl(file, F_OFD_SETLK, &lock), 0);
	assert_int_equal(turnstile_take(&a), DB_BUSY);
	assert_non_null(strstr(report.message, "busy"));
	print_message("# gave up three times in %lld ms\n", (long long)(clock_us() - began) / 1000);
	close(file);
	assert_int_equal(turnstile_take(&a), DB_OK);
	turnstile_give(&a);
	turnstile_close(&a);
}

/* Trap 26, the second half. */
static void test_two_guesses_at_a_time(void **state)
{
	struct turnstile a = opened(SHORT_MS);
	struct turnstile b = opened(SHORT_MS);
	struct turnstile c = opened(SHORT_MS);

	(void)state;
	assert_int_equal(turnstile_guess_begin(&a), DB_OK);
	assert_int_equal(turnstile_guess_begin(&b), DB_OK);
	assert_int_equal(turnstile_guess_begin(&c), DB_BUSY);
	turnstile_guess_end(&a);
	assert_int_equal(turnstile_guess_begin(&c), DB_OK);
	turnstile_guess_end(&b);
	turnstile_guess_end(&c);
	turnstile_close(&a);
	turnstile_close(&b);
	turnstile_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_nobody_is_overtaken_often, fixture_clean),
		cmocka_unit_test_teardown(
			test_two_of_one_process_exclude_each_other, fixture_clean),
		cmocka_unit_test_teardown(test_a_killed_holder_leaves_nothing, fixture_clean),
		cmocka_unit_test_teardown(test_shared_and_alone, fixture_clean),
		cmocka_unit_test_teardown(test_a_forged_queue, fixture_clean),
		cmocka_unit_test_teardown(test_two_guesses_at_a_time, fixture_clean),
	};

	return cmocka_run_group_tests_name("turnstile", tests, fixture_start, fixture_stop);
}
