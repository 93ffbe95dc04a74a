/*
 * Where a store may lie: not where others could swap its files, not on a
 * network file system (locks there are promises only), in files that no one
 * else reads. Paths are absolute.
 */
#ifndef TRACEDESK_DB_FOLDER_H
#define TRACEDESK_DB_FOLDER_H

#include <sys/types.h>

#include "db/report.h"

/* Looks at the folder that holds path. out_mode: for the files in it: 0660 in a set-group-ID
   folder, else 0600. DB_IO with a sentence. */
enum db_status folder_check(const char *path, struct report *report, mode_t *out_mode);
/* By the number that statfs(2) gives. */
bool folder_is_network(unsigned long type);
/* The absolute path of name, the folder without links, its last part as it is. The caller frees. */
enum db_status folder_resolve(const char *name, struct report *report, char **out_path);
/* Makes the missing folders above path, 0700. out_made: how many; none after a failure. */
enum db_status folder_make(const char *path, struct report *report, int *out_made);
/* Removes so many folders above path, as long as they are empty. */
void folder_unmake(const char *path, int made);
/* Makes what was made in the folder that holds path last over a power cut. */
enum db_status folder_sync(const char *path, struct report *report);

#endif
