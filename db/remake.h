/*
 * A store made anew beside itself, or somewhere else: every page sealed anew
 * under another file id, without gaps; with another master key when that is
 * asked for. It takes its place when the caller's event is in it.
 */
#ifndef TRACEDESK_DB_REMAKE_H
#define TRACEDESK_DB_REMAKE_H

#include "db/backup.h"
#include "db/store.h"

/* Nobody else may have the store open: DB_BUSY after 10 s. Until store_share, or until it closes.
 */
enum db_status store_alone(struct store *store);
enum db_status store_share(struct store *store);

struct remake {
	bool new_master; /* every person's slot gets it, without any password */
	const struct store_watch *watch;
};
/* from is unlocked and alone, or from store_restore. *out_made: the new store inside a transaction,
   to which the caller adds his event, and commits; then remake_end or remake_drop. */
enum db_status remake_begin(
	struct store *from, const struct remake *remake, struct store **out_made);
/* Commits the new store's transaction, if status is DB_OK; the words of what failed there go over
   to from. */
enum db_status remake_commit(struct store *from, struct store *made, enum db_status status);
/* The new store takes its place. Frees made; from can only be freed. After a failure the store that
   was there is as it was, or the words say that the new one is in place. */
enum db_status remake_end(struct store *from, struct store *made);
void remake_drop(struct store *from, struct store *made);

/* Failed log-ins that wait at from, taken into made's transaction. */
enum db_status remake_take_failures(struct store *from, struct store *made);

/* A backup, taken apart beside path, opened like a store: unlock it, and make it anew from there.
   The words are in store; nothing is at path until remake_end. */
struct store_restore {
	const char *path;
	int descriptor;	  /* of the backup, open to read */
	const char *name; /* of the backup, for sentences */
	bool replaces;	  /* a store at path is kept as path.old */
	const struct store_watch *watch;
};
enum db_status store_restore(
	struct store *store, const struct store_restore *restore, int64_t *out_made);

#endif
