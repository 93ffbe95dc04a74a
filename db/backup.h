/*
 * A store's files in one: copied sealed as they are, without a password, while
 * people work; and taken apart again. What they hold is proved by who restores
 * it with a password.
 */
#ifndef TRACEDESK_DB_BACKUP_H
#define TRACEDESK_DB_BACKUP_H

#include "db/store.h"

/*
 * A backup, all whole numbers little-endian:
 *
 *       0  16  "tracedesk backup"
 *      16   4  version, 1
 *      20   4  kind of the store, as in its header
 *      24   8  bytes of the log
 *      32   8  bytes of the pages
 *      40   8  when it was made, seconds since 1970
 *      64      the records of -head, 1024
 *    1088      the store up to its pages, 40960
 *   42048      the log
 *              the pages
 *              BLAKE2b-256 of all before it
 *
 * The rest is zeros. The hash is for accidents; everything else is sealed.
 */

enum { BACKUP_START_BYTES = 64, BACKUP_HEAD_BYTES = 1024 };

/* Called between pieces of long work; false: stop it. what: "copying" and the like; done of all. */
struct store_watch {
	bool (*step)(void *with, const char *what, int64_t done, int64_t all);
	void *with;
};
/* DB_REFUSED with words when it is to stop. */
enum db_status store_watch_step(struct store *store, const struct store_watch *watch,
	const char *what, int64_t done, int64_t all);

enum db_status store_stopped(struct store *store);

/* Anything but DB_OK from it ends the copy. */
typedef enum db_status backup_write(void *with, const uint8_t *bytes, size_t size);
struct backup {
	backup_write *write;
	void *with;
	const struct store_watch *watch;
	int64_t now; /* seconds since 1970 */
};
/* May a copy be written to file? DB_REFUSED: it is one of the store's own. */
enum db_status backup_place_check(struct store *store, const char *file);
/* Hands the store, opened and locked or not, to write. */
enum db_status backup_make(struct store *store, const struct backup *backup);

/* Is the file open at descriptor a backup? At any place of it; DB_DAMAGED with a sentence that
   names it, as for one that is cut or damaged. */
struct backup_parts {
	int descriptor;
	const char *name; /* for sentences */
	int64_t log_bytes, page_bytes, made;
};
enum db_status backup_look(
	struct store *store, int descriptor, const char *name, struct backup_parts *out_parts);
/* Makes path, path-wal and path-head of it, durably; nothing may be there. */
enum db_status backup_unpack(struct store *store, const struct backup_parts *parts,
	const char *path, const struct store_watch *watch);

#endif
