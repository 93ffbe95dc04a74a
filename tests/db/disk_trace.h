/*
 * What a program does to the files of one folder, written down: every call that
 * makes, writes, cuts, syncs, renames or removes one, ours and SQLite's, since
 * the functions of libc are defined here. Then the disk as a power cut at any of
 * these calls may leave it is made from that, without running it again.
 */
#ifndef TRACEDESK_TESTS_DB_DISK_TRACE_H
#define TRACEDESK_TESTS_DB_DISK_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DISK_FILES = 64, DISK_NAME = 96, DISK_NODES = 256 };

/* A folder's files; folders in it stand there too, without bytes. */
struct disk_file {
	char name[DISK_NAME]; /* from the folder on: "x", "sub/x" */
	bool is_folder;
	uint8_t *bytes;
	size_t size;
};
struct disk {
	struct disk_file files[DISK_FILES];
	int count;
};
void disk_take(struct disk *out_disk, const char *folder);
/* The folder holds that and nothing else. */
void disk_put(const struct disk *disk, const char *folder);
void disk_clear(struct disk *disk);
uint64_t disk_hash(const struct disk *disk);
/* NULL: it has none. */
const struct disk_file *disk_find(const struct disk *disk, const char *name);
/* Are both NULL, or do they hold the same? */
bool disk_same(const struct disk_file *one, const struct disk_file *other);

enum disk_op {
	DISK_MAKE,
	DISK_WRITE,
	DISK_TRUNCATE,
	DISK_SYNC,
	DISK_RENAME,
	DISK_EXCHANGE,
	DISK_REMOVE,
	DISK_FOLDER_MAKE,
	DISK_FOLDER_REMOVE,
	DISK_FOLDER_SYNC
};
/* Does it change what names there are? */
bool disk_op_names(enum disk_op op);
struct disk_call {
	enum disk_op op;
	int node;	/* the file, whatever its name: those of base first, in their order */
	int64_t offset; /* or the size it is cut or grown to */
	size_t size;
	uint8_t *bytes;
	char name[DISK_NAME]; /* of what is made, renamed, removed; of the folder that is synced */
	char to[DISK_NAME];
	size_t durable; /* once the calls before this one were made; SIZE_MAX: never */
};
struct disk_trace {
	struct disk base; /* all of it durable */
	struct disk_call *calls;
	size_t count, room;
	int nodes;
};
/* From now on calls go into the trace; syncs are never waited for, whether or not. */
void disk_trace_start(struct disk_trace *trace, const char *folder);
void disk_trace_stop(void);
void disk_trace_clear(struct disk_trace *trace);

/*
 * The power went before call number `at` (the trace's count: after the last). What was synced is
 * there. Of the rest of a file each change is kept, dropped, torn at sectors, or dropped with the
 * file grown by zeros, in any order. Of names made, changed and removed whose folder was not synced
 * since, the first few are kept and the rest is not: journalling file systems keep them in order,
 * but not in step with what the files hold. Seed 0 keeps all: a kill.
 */
struct disk_cut {
	size_t at;
	uint64_t seed;
};
void disk_trace_cut(
	const struct disk_trace *trace, const struct disk_cut *cut, struct disk *out_disk);
/* A number below that, the same for the same state. */
uint32_t disk_random(uint64_t *state, uint32_t below);

#endif
