/*
 * A folder of a test's own, where TMPDIR says.
 */
#ifndef TRACEDESK_TESTS_SCRATCH_H
#define TRACEDESK_TESTS_SCRATCH_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { SCRATCH_SIZE = 96 };

/* False: it cannot be made, or the name of it is too long. */
static inline bool scratch_make(char out_folder[SCRATCH_SIZE], const char *name)
{
	const char *where = getenv("TMPDIR");
	int size = snprintf(out_folder, SCRATCH_SIZE, "%s/%s-XXXXXX", where ? where : "/tmp", name);

	return size < SCRATCH_SIZE && mkdtemp(out_folder) != NULL;
}

#endif
