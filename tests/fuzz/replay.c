/*
 * Drives a target without libFuzzer, as a test: every file of the corpus, then
 * copies of them with changes, for FUZZ_SECONDS. The seed is printed; FUZZ_SEED
 * gives one. An input that takes MOST_SECONDS ends it.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/fuzz/fuzz.h"

enum { MOST_FILES = 200, MOST_BYTES = 1 << 16, MOST_SECONDS = 20 };

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

int main(int argc, char **argv)
{
	const char *seconds = getenv("FUZZ_SECONDS"), *seed = getenv("FUZZ_SEED");
	time_t end = time(NULL) + (seconds ? strtol(seconds, NULL, 10) : 10);
	struct corpus corpus = { .count = 0 };
	uint8_t *input = malloc(MOST_BYTES);
	uint64_t state = (uint64_t)time(NULL) ^ (uint64_t)getpid();
	unsigned long runs = 0;

	fuzz_must(argc == 2 && input, "usage: fuzz_TARGET CORPUS");
	if (seed)
		state = strtoull(seed, NULL, 10);
	printf("# FUZZ_SEED=%llu\n", (unsigned long long)state);
	(void)fflush(stdout);
	corpus_load(&corpus, argv[1]);
	for (size_t i = 0; i < corpus.count; i++)
		(void)LLVMFuzzerTestOneInput(corpus.bytes[i], corpus.sizes[i]);
	for (; time(NULL) < end; runs++) {
		(void)alarm(MOST_SECONDS);
		(void)LLVMFuzzerTestOneInput(input, mutate(&corpus, &state, input));
	}
	for (size_t i = 0; i < corpus.count; i++)
		free(corpus.bytes[i]);
	free(input);
	printf("%zu files of the corpus, %lu changed copies\n", corpus.count, runs);
	return 0;
}
