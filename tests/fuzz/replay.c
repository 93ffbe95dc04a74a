/*
 * Drives a target without libFuzzer, as a test: every file of the corpus, then
 * copies of them with changes, FUZZ_RUNS of them or for FUZZ_SECONDS, what ends
 * first. The seed is printed; FUZZ_SEED gives one. BATCH inputs that take
 * MOST_SECONDS end it.
 */
#include <dirent.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/fuzz/fuzz.h"

enum { MOST_FILES = 200, MOST_BYTES = 1 << 16, MOST_SECONDS = 20, BATCH = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

struct corpus {
	uint8_t *bytes[MOST_FILES];
	size_t sizes[MOST_FILES];
	size_t count;
};

static uint64_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return *state >> 33;
}

static void corpus_add(struct corpus *corpus, const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes = malloc(MOST_BYTES);

	fuzz_must(file && bytes, path);
	corpus->sizes[corpus->count] = fread(bytes, 1, MOST_BYTES, file);
	corpus->bytes[corpus->count++] = bytes;
	(void)fclose(file);
}

static void corpus_load(struct corpus *corpus, const char *folder)
{
	DIR *directory = opendir(folder);
	struct dirent *entry;
	char path[512];

	fuzz_must(directory != NULL, folder);
	while ((entry = readdir(directory)) && corpus->count < MOST_FILES) {
		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		corpus_add(corpus, path);
	}
	(void)closedir(directory);
	fuzz_must(corpus->count > 0, "the corpus is not empty");
}

/* A copy with bytes changed, put in, taken out, or a piece of another one put in. */
static size_t mutate(const struct corpus *corpus, uint64_t *state, uint8_t *out)
{
	size_t which = next_random(state) % corpus->count;
	size_t size = corpus->sizes[which];

	memcpy(out, corpus->bytes[which], size);
	for (uint64_t changes = 1 + next_random(state) % 6; changes > 0; changes--) {
		size_t place = size ? next_random(state) % size : 0;
		size_t other = next_random(state) % corpus->count;
		size_t piece = corpus->sizes[other] ? next_random(state) % corpus->sizes[other] : 0;

		switch (next_random(state) % 4) {
		case 0:
			if (size)
				out[place] = (uint8_t)next_random(state);
			break;
		case 1:
			if (size < MOST_BYTES)
				out[size++] = (uint8_t)next_random(state);
			break;
		case 2:
			size = size ? place : 0;
			break;
		case 3:
			if (place + piece > MOST_BYTES)
				break;
			memcpy(out + place, corpus->bytes[other], piece);
			size = place + piece > size ? place + piece : size;
			break;
		}
	}
	return size;
}

static double seconds_now(void)
{
	struct timespec now;

	fuzz_must(clock_gettime(CLOCK_MONOTONIC, &now) == 0, "there is a clock");
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct limit {
	unsigned long runs;
	double seconds;
};

static struct limit limit_get(void)
{
	const char *seconds = getenv("FUZZ_SECONDS"), *runs = getenv("FUZZ_RUNS");
	bool has_runs = runs && *runs;

	return (struct limit) {
		.runs = has_runs ? strtoul(runs, NULL, 10) : ULONG_MAX,
		.seconds = seconds && *seconds ? strtod(seconds, NULL)
			   : has_runs	       ? HUGE_VAL
					       : 10,
	};
}

static uint64_t seed_get(void)
{
	const char *seed = getenv("FUZZ_SEED");

	return seed ? strtoull(seed, NULL, 10) : (uint64_t)time(NULL) ^ (uint64_t)getpid() << 20;
}

/* Returns how many. */
static unsigned long drive(const struct corpus *corpus, uint64_t state, struct limit limit)
{
	double end = seconds_now() + limit.seconds;
	uint8_t *input = malloc(MOST_BYTES);
	unsigned long runs = 0;

	fuzz_must(input != NULL, "memory");
	while (runs < limit.runs && seconds_now() < end) {
		(void)alarm(MOST_SECONDS);
		for (int i = 0; i < BATCH && runs < limit.runs; i++, runs++)
			(void)LLVMFuzzerTestOneInput(input, mutate(corpus, &state, input));
	}
	free(input);
	return runs;
}

int main(int argc, char **argv)
{
	struct corpus corpus = { .count = 0 };
	uint64_t seed = seed_get();
	double began;
	unsigned long runs;

	fuzz_must(argc == 2, "usage: fuzz_TARGET CORPUS");
	printf("# FUZZ_SEED=%llu\n", (unsigned long long)seed);
	(void)fflush(stdout);
	corpus_load(&corpus, argv[1]);
	for (size_t i = 0; i < corpus.count; i++)
		(void)LLVMFuzzerTestOneInput(corpus.bytes[i], corpus.sizes[i]);
	began = seconds_now();
	runs = drive(&corpus, seed, limit_get());
	printf("%zu files of the corpus, %lu changed copies, %.0f a second\n", corpus.count, runs,
		(double)runs / (seconds_now() - began));
	for (size_t i = 0; i < corpus.count; i++)
		free(corpus.bytes[i]);
	return 0;
}
