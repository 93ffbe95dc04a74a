/*
 * A store looked through: every part of its files, every page and frame, what
 * SQLite says of its tables, what is derived against what it is derived from.
 * What is found is named with its file and its place, and what to do.
 */
#ifndef TRACEDESK_DB_CHECK_H
#define TRACEDESK_DB_CHECK_H

#include "db/backup.h"
#include "db/store.h"

enum { CHECK_MOST = 1000 };

struct check_finding {
	bool is_mended; /* and nothing is left to do */
	char what[512];
};
struct check {
	struct store *store;
	const struct store_watch *watch;
	struct check_finding *findings; /* at most CHECK_MOST; mem_free */
	size_t count;
	size_t problems; /* findings that are not mended */
	int64_t pages, frames;
	bool has_lost_parts;	 /* a page or frame does not open or is not there */
	bool has_no_head;	 /* -head has no record: check_head_make */
	bool head_is_foreign;	 /* but something is written there */
	const char *words_fault; /* of the index of words, which can be made again; NULL: none */
};

/* One damaged page stops every look that comes to it, and is one damage: what was said is not said
   again. */
bool check_has_said(const struct check *check, const char *what);
void check_say(struct check *check, bool is_mended, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* A page or frame that does not open. */
void check_part_lost(struct check *check, bool is_log, uint32_t number);

/* How a part of the look ended: what cannot be read is a finding (it names the page); a stop, a
   busy store or no memory ends it. */
enum db_status check_part_end(struct check *check, enum db_status status);

/* Each goes on after what it finds; DB_OK also then. The files: needs the keys alone. */
enum db_status check_files(struct check *check);
/* The tables, and slots against people. Inside no transaction. */
enum db_status check_tables(struct check *check);
/* Gives -head a record again, in the transaction whose event says so. */
void check_head_make(struct check *check);

/* For a store too damaged to be used: the keys of a person, and nothing opened with them. */
enum db_status store_unlock_files(
	struct store *store, const char *name, const struct secret *password, int64_t now);

#endif
