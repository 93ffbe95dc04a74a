/*
 * A VFS between the sealing VFS and the system's, for tests: every call that
 * touches a file is shown to a function first, which may fail it, skip it, or
 * do something else in the meantime.
 */
#ifndef TRACEDESK_TESTS_DB_SHIM_H
#define TRACEDESK_TESTS_DB_SHIM_H

#include <sqlite3.h>
#include <stdbool.h>

enum shim_op { SHIM_OPEN, SHIM_READ, SHIM_WRITE, SHIM_TRUNCATE, SHIM_SYNC, SHIM_SIZE, SHIM_DELETE };
enum { SHIM_OPS = SHIM_DELETE + 1 };

struct shim_call {
	enum shim_op op;
	bool is_log;
	int number;	      /* of the open file, from 0 */
	sqlite3_file *file;   /* of the system's VFS; NULL for SHIM_OPEN and SHIM_DELETE */
	const void *bytes;    /* SHIM_WRITE */
	int amount;	      /* bytes read or written */
	sqlite3_int64 offset; /* or the size to truncate to */
};

/* SHIM_SKIP: answer SQLITE_OK without doing it. SQLITE_OK: do it. Else fail with that code. */
enum { SHIM_SKIP = -1 };
typedef int shim_watch(void *context, const struct shim_call *call);

/* Registers the shim under shim_name(); watch may be NULL. Called again it only changes watch. */
void shim_start(shim_watch *watch, void *context);
const char *shim_name(void);

#endif
