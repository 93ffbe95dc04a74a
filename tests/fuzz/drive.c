/*
 * What both drivers share: the entry of libFuzzer, edits.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static bool is_started;

	if (!is_started)
		fuzz_start();
	is_started = true;
	fuzz_input(bytes, size);
	return 0;
}

void fuzz_must(int holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "this must hold and does not: %s\n", what);
	abort();
}

size_t fuzz_edit(uint8_t *bytes, size_t size, const uint8_t *edits, size_t edits_size)
{
	size_t changed = 0;

	for (size_t i = 0; i + 4 <= edits_size; i += 4) {
		size_t place = edits[i] | (size_t)edits[i + 1] << 8 | (size_t)edits[i + 2] << 16;
		uint8_t *byte = &bytes[place % size];

		changed += *byte != edits[i + 3];
		*byte = edits[i + 3];
	}
	return changed;
}
