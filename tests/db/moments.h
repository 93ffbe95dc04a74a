/*
 * The life of a store in copies of its files, each of another moment, and what
 * a store that is put together from them is found out by.
 */
#ifndef TRACEDESK_TESTS_DB_MOMENTS_H
#define TRACEDESK_TESTS_DB_MOMENTS_H

#include "db/checkpoint.h"
#include "rig.h"
#include "store_rig.h"

enum { MOMENTS = 6, MOMENT_COMMITS = 3, OWNER_SIZE = 40, MOST_PAGES = 400 };

/* What lies in the folder; at NULL: no such file. */
struct files {
	struct bytes store;
	struct bytes head;
	struct bytes log;
};

/* One store: closed after each moment; and, before that, with the commits of the moment in its
   log alone. */
struct life {
	struct files closed[MOMENTS];
	struct files live[MOMENTS];
	/* The table that page n belongs to after each moment; "" for a free one. */
	char owner[MOMENTS][MOST_PAGES][OWNER_SIZE];
	struct checkpoint checkpoint; /* of the last moment */
	struct keys *keys;
	struct keys *other_keys; /* the same master key, another file id */
	uint64_t digest;	 /* of all rows at the end, but those that nobody proves */
};

/* Of these an older page may be read: a draft is boxed to its person and newer than nothing, a
   counter says only which reference to try first. */
bool table_is_proved(const char *name);
/* How many pages a store has. */
uint32_t pages_of(struct bytes store);

/* In the order in which they are asked. */
enum stage {
	STAGE_OPEN,    /* the store does not open, and says why */
	STAGE_READ,    /* a page is an error when it is read */
	STAGE_CHECK,   /* store check */
	STAGE_VERIFY,  /* audit verify */
	STAGE_AGAINST, /* audit verify --against a checkpoint of the end */
	STAGE_WARNED,  /* nothing is lost nor wrong, and a warning is given */
	STAGE_NONE,    /* nothing is lost nor wrong */
	STAGE_NEVER,   /* other rows are read, and nobody says so */
	STAGES
};
const char *stage_name(enum stage stage);

/* Lives a store under that name, in the folder of store_rig. */
void life_make(struct life *life, const char *name);
void life_done(struct life *life);

/* Where it was told first, and all that was said on the way. */
struct told {
	enum stage stage;
	char words[4096];
};
/* Puts the files where the store is (x.tdk), and asks all there is to ask. */
void files_ask(const struct files *files, const struct life *life, struct told *out_told);
/* From now on a read of so many bytes from there fails, as of a bad disk; 0 bytes: none. */
void disk_fails_at(int amount, int64_t offset);
/* What `store check` says of the files alone, a finding a line; returns how many are problems. */
size_t files_check(const struct files *files, char *out_words, size_t size);

#endif
