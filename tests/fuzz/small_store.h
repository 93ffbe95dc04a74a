/*
 * A small sealed database on a disk in memory, to be damaged and read again.
 */
#ifndef TRACEDESK_TESTS_FUZZ_SMALL_STORE_H
#define TRACEDESK_TESTS_FUZZ_SMALL_STORE_H

#include <sqlite3.h>
#include <stdbool.h>

#include "db/vfs.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/memory_disk.h"

enum { SMALL_HEADER = 8192, SMALL_ROWS = 24, SMALL_QUESTIONS = 4 };

struct small_store {
	struct memory_disk *disk;
	struct keys *keys;
	struct sealing_vfs *vfs;
	struct memory_file good; /* sealed, with the header */
	struct memory_file log;	 /* what was written last: two transactions, a row each */
	size_t first_size;	 /* of it, what the first one is whole with */
};

/* What is read of it: every table, by every index, and SQLite's own look. */
struct small_reader {
	sqlite3 *db;
	sqlite3_stmt *questions[SMALL_QUESTIONS];
};

/* Libraries started, the database made; goes with the process's end. */
void small_store_make(struct small_store *store);
/* A connection through the VFS of that name, set up as the desk's. */
sqlite3 *small_store_open(const char *vfs);
struct small_answer {
	int rows;
	int newer;	 /* of them, those that the log changed */
	bool is_foreign; /* a row had a text that it never had */
};
/* Asks everything; prepares what is asked the first time. False: an error was met on the way. */
bool small_reader_ask(struct small_reader *reader, struct small_answer *out_answer);
/* Closes. */
void small_reader_clear(struct small_reader *reader);

#endif
