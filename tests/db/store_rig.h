/*
 * Whole stores in a folder of their own, for tests: made, opened, written to,
 * proved, their files copied.
 */
#ifndef TRACEDESK_TESTS_DB_STORE_RIG_H
#define TRACEDESK_TESTS_DB_STORE_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/store_private.h"

/* Setup and teardown of a test; the teardown fails when a file is left that no store has. */
int store_rig_start(void **state);
int store_rig_done(void **state);
/* A file of the folder; the text is valid until the next but three calls. */
const char *store_rig_path(const char *name);
/* Removes every file of the folder. */
void store_rig_remove(void);

struct secret *password_of(const char *text);
/* Makes a demo store for ada and leaves it open. */
enum db_status store_make_try(struct store *store, const char *name, struct secret **out_recovery);
/* The same, closed. */
void store_made(const char *name);
/* Opened by ada; the test fails when that fails. */
struct store *store_at(const char *name, const char *lower);
/* The same, when it may fail; the words stay in the store. */
enum db_status store_try(struct store *store, const char *name);
/* A transaction of one event. */
enum db_status note_try(struct store *store);
/* Events of a trail without problems. */
int64_t count_of(struct store *store);
/* A copy of one file, when it is there; of store, -head and -wal. */
void file_copy(const char *from, const char *to);
void store_files_copy(const char *from, const char *to);

#endif
