/*
 * The speed of a sealed store beside the same SQLite without sealing: two
 * processes, one a side, do the same work in turns on this machine, and what
 * counts is the ratio of their medians; the least and the most of the rounds
 * tell how quiet it was. Both must find the same rows, and commit as durably.
 * bench RECEIPTS FOLDER prints a line a workload; the databases lie in FOLDER
 * meanwhile.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/work.h"

enum { ROUNDS = 9, IMPORTS = 10, MOST_ROUNDS = 10 };

struct worker {
	pid_t process;
	int orders, answers;
};

static void die(const char *what)
{
	fprintf(stderr, "bench: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void serve(const struct side *side, int orders, int answers)
{
	struct work *work = work_new(side);
	struct order order;

	while (read(orders, &order, sizeof(order)) == (ssize_t)sizeof(order) &&
		order.kind != WORK_KINDS) {
		struct answer answer = work_do(work, &order);

		if (write(answers, &answer, sizeof(answer)) != (ssize_t)sizeof(answer))
			exit(1);
	}
	work_free(work);
	exit(0);
}

static struct worker worker_start(const struct side *side)
{
	int orders[2], answers[2];
	struct worker worker;

	if (pipe(orders) != 0 || pipe(answers) != 0)
		die("pipe");
	worker = (struct worker) { fork(), orders[1], answers[0] };
	if (worker.process < 0)
		die("fork");
	if (worker.process == 0) {
		close(orders[1]);
		close(answers[0]);
		serve(side, orders[0], answers[1]);
	}
	close(orders[0]);
	close(answers[1]);
	return worker;
}

static struct answer worker_ask(const struct worker *worker, const struct order *order)
{
	struct answer answer;

	if (write(worker->orders, order, sizeof(*order)) != (ssize_t)sizeof(*order) ||
		read(worker->answers, &answer, sizeof(answer)) != (ssize_t)sizeof(answer)) {
		fprintf(stderr, "bench: %s: one side stopped\n", work_name(order->kind));
		exit(1);
	}
	return answer;
}

/* The most memory it ever had, in MiB. */
static double worker_end(const struct worker *worker)
{
	const struct order stop = { .kind = WORK_KINDS };
	struct rusage usage;
	int status;

	if (write(worker->orders, &stop, sizeof(stop)) != (ssize_t)sizeof(stop) ||
		wait4(worker->process, &status, 0, &usage) < 0 || status != 0)
		die("a side ended badly");
	close(worker->orders);
	close(worker->answers);
	return (double)usage.ru_maxrss / 1024;
}

static int by_size(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static double median(double *values, int count)
{
	qsort(values, (size_t)count, sizeof(*values), by_size);
	return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

/* One round of both sides; who goes first changes from round to round. */
static void take_turns(const struct worker workers[2], const struct order *order, double out[2])
{
	int64_t sums[2];

	for (int i = 0; i < 2; i++) {
		int side = (i + order->round) % 2;
		struct answer answer = worker_ask(&workers[side], order);

		out[side] = answer.seconds;
		sums[side] = answer.sum;
	}
	if (sums[0] != sums[1]) {
		fprintf(stderr, "bench: %s: the two sides found different rows\n",
			work_name(order->kind));
		exit(1);
	}
}

static void measure(const struct worker workers[2], enum work_kind kind, int receipts)
{
	double seconds[2][MOST_ROUNDS], ratios[MOST_ROUNDS], ratio;
	int rounds = kind == WORK_IMPORT ? IMPORTS : ROUNDS;
	double middle[2];

	for (int round = 0; round < rounds; round++) {
		const struct order order = { kind, round, receipts / IMPORTS, receipts };
		double both[2];

		take_turns(workers, &order, both);
		seconds[0][round] = both[0];
		seconds[1][round] = both[1];
		ratios[round] = both[1] / both[0];
	}
	for (int side = 0; side < 2; side++)
		middle[side] = median(seconds[side], rounds);
	ratio = middle[1] / middle[0];
	qsort(ratios, (size_t)rounds, sizeof(ratios[0]), by_size);
	printf("%-42s %10.3f %10.3f %7.2f %5.2f-%.2f %7.2f %s\n", work_name(kind), middle[0] * 1000,
		middle[1] * 1000, ratio, ratios[0], ratios[rounds - 1], work_reach(kind),
		ratio <= work_reach(kind) ? "" : "over");
	fflush(stdout);
}

int main(int argc, char **argv)
{
	struct side sides[2] = { { .is_sealed = false }, { .is_sealed = true } };
	struct worker workers[2];
	double memory[2];
	int receipts = argc == 3 ? (int)strtol(argv[1], NULL, 10) : 0;

	if (receipts < IMPORTS) {
		fputs("usage: bench RECEIPTS FOLDER\n", stderr);
		return 2;
	}
	for (int i = 0; i < 2; i++) {
		(void)snprintf(sides[i].path, sizeof(sides[i].path), "%s/%s.tdk", argv[2],
			sides[i].is_sealed ? "sealed" : "plain");
		workers[i] = worker_start(&sides[i]);
	}
	printf("%d receipts; medians in milliseconds\n%-42s %10s %10s %7s %10s %7s\n", receipts,
		"workload", "unsealed", "sealed", "ratio", "rounds", "reach");
	for (int kind = 0; kind < WORK_KINDS; kind++)
		measure(workers, (enum work_kind)kind, receipts);
	for (int i = 0; i < 2; i++)
		memory[i] = worker_end(&workers[i]);
	printf("%-42s %10.1f %10.1f %7.2f\n", "most memory, MiB", memory[0], memory[1],
		memory[1] / memory[0]);
	return 0;
}
