/*
 * A private file with an answer: written without a name (or, where the file
 * system has no such files, under another one beside), synced, then given its
 * name, so that it comes to be whole or not at all. Never over one that exists
 * unless that was asked for.
 */
#ifndef TRACEDESK_CORE_PRIVATE_FILE_H
#define TRACEDESK_CORE_PRIVATE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/notice.h"

struct private_file {
	const char *path;     /* borrowed */
	const char *if_there; /* borrowed; NULL: it replaces one */
	bool is_open;
	int fd;
	char *temp; /* the name of the unfinished file, beside path; NULL: it has none */
};

/* if_there: what to do about one that is there already, as the notice says it; NULL: it is
   replaced. DESK_REFUSED: there is one; DESK_IO: what stands there is no regular file, or it cannot
   be written. */
enum desk_status private_file_open(
	struct private_file *file, const char *path, const char *if_there, struct notice *notice);
enum desk_status private_file_put(
	struct private_file *file, const char *bytes, size_t size, struct notice *notice);
/* What something else writes: write gets the path of a file in a private folder beside the target,
   and that folder, for what it has half written; it returns NULL, or what went wrong. The folder
   goes again. */
typedef const char *private_file_writer(const void *what, const char *path, const char *folder);
enum desk_status private_file_fill(struct private_file *file, private_file_writer *write,
	const void *what, struct notice *notice);
/* With DESK_OK the file gets its name, durably; else nothing of it is left. Returns status, or what
   went wrong here. */
enum desk_status private_file_close(
	struct private_file *file, enum desk_status status, struct notice *notice);

/* All three at once. */
struct private_text {
	const char *bytes;
	size_t size;
};
enum desk_status private_file_write(const char *path, const struct private_text *text,
	const char *if_there, struct notice *notice);

/* The whole of it to a descriptor; false: errno says why. */
bool bytes_write(int fd, const char *bytes, size_t size);

#endif
