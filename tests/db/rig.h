/*
 * A sealed database in a folder of its own, for tests of the sealing VFS: a
 * header of RIG_OFFSET bytes of 0xA5, then pages. Connections are opened as a
 * store opens them.
 */
#ifndef TRACEDESK_TESTS_DB_RIG_H
#define TRACEDESK_TESTS_DB_RIG_H

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/vfs.h"
#include "tests/scratch.h"

enum { RIG_OFFSET = 8192 };

/* As they lie on disk; written down once more, since the format may never change. */
enum {
	DISK_PAGE = 4096,
	DISK_LOG_HEADER = 72,
	DISK_FRAME_HEAD = 108,
	DISK_FRAME = 4204,
};

struct rig {
	char folder[SCRATCH_SIZE];
	char path[SCRATCH_SIZE + 9]; /* of the main file */
	char log[SCRATCH_SIZE + 24];
	struct keys *keys;
	struct sealing_vfs *vfs;
};

struct bytes {
	uint8_t *at;
	size_t size;
};

/* Starts libsodium and SQLite; group set-up of every test program. */
int rig_start(void **state);
/* A folder with an empty store. lower: the VFS below, NULL for the system's. */
void rig_init(struct rig *rig, const char *lower);
/* Closes the VFS, checks that no journal or other file is there and that the header is untouched,
   removes the folder. */
void rig_done(struct rig *rig);
/* Another VFS on the same files: damage forgotten, other settings. */
void rig_restart(struct rig *rig, const char *lower, bool gate_off);
struct keys *rig_keys(uint8_t seed);

/* A connection; a new database is put into WAL mode. */
sqlite3 *rig_open(struct rig *rig);
/* The same, when it may fail: the status of the first statement that did. */
int rig_try(struct rig *rig, sqlite3 **out_db);
void rig_close(sqlite3 *db);
/* Fails the test with the words of SQLite if a statement fails. */
void sql(sqlite3 *db, const char *text);
void sql_format(sqlite3 *db, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Extended result code. */
int sql_status(sqlite3 *db, const char *text);
/* The first column of the first row; -1 when there is none or on an error. */
int64_t sql_number(sqlite3 *db, const char *text);
/* Does PRAGMA integrity_check say ok? */
bool sql_is_whole(sqlite3 *db);
/* A number over all rows of all tables and their order. */
uint64_t sql_digest(sqlite3 *db);

struct bytes file_load(const char *path);
void file_save(const char *path, struct bytes bytes);
void bytes_clear(struct bytes *bytes);
/* Do the files of the folder hold the text anywhere? Counts the files looked at. */
bool folder_holds(const struct rig *rig, const char *text, int *out_files);
/* Removes -wal and -shm. */
void rig_drop_log(const struct rig *rig);

struct vfs_damage rig_damage(const struct rig *rig);
enum { WORD_BYTES = 16 };
/* A word that is not written anywhere in the program. */
void word_make(char word[WORD_BYTES]);
/* Places where it lies in the memory of this process, but for the one given. */
int word_count(const char *word);

/* A random number, repeatable: the seed is printed when a group starts. */
uint32_t rig_random(uint32_t below);

#endif
