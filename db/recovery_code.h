/*
 * The recovery code: the recovery slot's seed of 32 bytes on paper. Thirteen
 * groups of five characters in Crockford's base32, four of the seed and one
 * to check them and their place: a wrong character or two swapped ones are
 * found in their group, and so are swapped groups.
 */
#ifndef TRACEDESK_DB_RECOVERY_CODE_H
#define TRACEDESK_DB_RECOVERY_CODE_H

#include "db/report.h"

enum { RECOVERY_SEED_BYTES = 32, RECOVERY_CODE_LENGTH = 13 * 6 - 1 };

/* The code as text; a NUL follows it that its size does not count. The caller frees. */
struct secret *recovery_code_text(const struct secret *seed);
/* Reads a code as people type it: either case, blanks and hyphens anywhere, O for 0, I and L for 1.
   DB_LOCKED with a sentence that names the group. */
enum db_status recovery_code_read(
	const struct secret *text, struct report *report, struct secret **out_seed);

#endif
