/*
 * A disk in memory for one store: its file and its log, under SQLite's VFS
 * interface, for one connection at a time. Whoever fuzzes changes the bytes
 * between two readings.
 */
#ifndef TRACEDESK_TESTS_FUZZ_MEMORY_DISK_H
#define TRACEDESK_TESTS_FUZZ_MEMORY_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MEMORY_FILE_MOST = 1 << 18 };

struct memory_file {
	uint8_t bytes[MEMORY_FILE_MOST];
	size_t size;
	bool is_there;
};

struct memory_disk {
	struct memory_file store;
	struct memory_file log; /* any name that ends with -wal */
};

/* Registers the VFS on the first call. The one disk there is. */
struct memory_disk *memory_disk(void);
const char *memory_disk_vfs(void);
void memory_file_put(struct memory_file *file, const uint8_t *bytes, size_t size);

#endif
