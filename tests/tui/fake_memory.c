/*
 * Looks through every writable mapping that /proc/self/maps names, in place, so
 * that looking makes no copies.
 */
#include "tests/tui/fake_memory.h"

#include <curses.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct area {
	const unsigned char *bytes;
	size_t size;
};

/* The word with its characters step bytes apart. */
static bool area_has_at(const struct area *area, size_t at, const char *word, size_t step)
{
	for (size_t i = 0; word[i]; i++)
		if (at + i * step >= area->size ||
			area->bytes[at + i * step] != (unsigned char)(word[i] - 1))
			return false;
	return true;
}

static long area_count(const struct area *area, const char *word, size_t step)
{
	long count = 0;

	for (size_t at = 0; at < area->size; at++)
		count += area->bytes[at] == (unsigned char)(word[0] - 1) &&
			 area_has_at(area, at, word, step);
	return count;
}

long fake_memory_search(const char *word_plus_one)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	uintmax_t from, to;
	char rights[5], line[512];
	long count = 0;

	if (!maps)
		return -1;
	while (fgets(line, sizeof(line), maps)) {
		struct area area;

		if (sscanf(line, "%jx-%jx %4s", &from, &to, rights) != 3 ||
			strncmp(rights, "rw", 2) != 0 || strstr(line, "[v"))
			continue;
		area.bytes = (const unsigned char *)(uintptr_t)from;
		area.size = (size_t)(to - from);
		count += area_count(&area, word_plus_one, 1) +
			 area_count(&area, word_plus_one, sizeof(wchar_t)) +
			 area_count(&area, word_plus_one, sizeof(cchar_t));
	}
	fclose(maps);
	return count;
}
