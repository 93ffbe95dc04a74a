/*
 * A folder of a test's own, where TMPDIR says; a folder emptied.
 */
#ifndef TRACEDESK_TESTS_SCRATCH_H
#define TRACEDESK_TESTS_SCRATCH_H

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SCRATCH_SIZE = 96 };

/* False: it cannot be made, or the name of it is too long. */
static inline bool scratch_make(char out_folder[SCRATCH_SIZE], const char *name)
{
	const char *where = getenv("TMPDIR");
	int size = snprintf(out_folder, SCRATCH_SIZE, "%s/%s-XXXXXX", where ? where : "/tmp", name);

	return size < SCRATCH_SIZE && mkdtemp(out_folder) != NULL;
}

/* False: something stays. */
static inline bool scratch_empty(const char *folder)
{
	DIR *files = opendir(folder);
	const struct dirent *entry;
	bool is_empty = files != NULL;
	char path[PATH_MAX];

	while (files && (entry = readdir(files))) {
		int size = snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (size >= (int)sizeof(path) ||
			(unlink(path) != 0 && !(scratch_empty(path) && rmdir(path) == 0)))
			is_empty = false;
	}
	if (files)
		(void)closedir(files);
	return is_empty;
}

#endif
