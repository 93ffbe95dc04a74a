/*
 * The care of a store: copied, restored, proved, made anew under other keys or
 * without its gaps, opened with the recovery code. Long work can be watched and
 * stopped; what is stopped has changed nothing.
 */
#ifndef TRACEDESK_CORE_DESK_STORE_H
#define TRACEDESK_CORE_DESK_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/notice.h"
#include "db/secret.h"

struct desk;

/* Called between pieces of long work; false: stop it (DESK_REFUSED). what: "copying" and the like;
   done of all. */
struct desk_watch {
	bool (*step)(void *with, const char *what, int64_t done, int64_t all);
	void *with;
};

/* Writes all of the store at path, sealed, into the private file `file`, while people work. Nobody
   has to log in. DESK_REFUSED: file is there and is not to be replaced, or is the store's own. */
struct desk_backup {
	const char *store;
	const char *file;
	bool replaces;
	const struct desk_watch *watch; /* or NULL */
};
enum desk_status desk_store_backup(const struct desk_backup *backup, struct notice *out_notice);

/* Makes a store of a backup, proved, under a new file id; login is of an administrator of the
   backup, its store what is to be made. One that is there needs replaces, and is kept as
   NAME.old. */
struct desk_login;
struct desk_restore {
	const struct desk_login *login;
	const char *file;
	bool replaces;
	const struct desk_watch *watch; /* or NULL */
};
enum desk_status desk_store_restore(const struct desk_restore *wanted, struct notice *out_notice);

/* Everything sealed anew: by new keys, which everybody gets without a password; or only without
   the gaps that deleted rows leave. Nobody else may be at the store (DESK_BUSY). Afterwards the
   desk can only be closed. */
enum desk_status desk_store_rekey(
	struct desk *desk, const struct desk_watch *watch, struct notice *out_notice);
enum desk_status desk_store_compact(
	struct desk *desk, const struct desk_watch *watch, struct notice *out_notice);

/* The recovery code lets an administrator, disabled or not, in again with a new password. A new
   code replaces it: `show` gets it before anything is changed, so that it cannot be lost, and
   whatever it answers but DESK_OK ends it there. DESK_REFUSED: no administrator of that name;
   DESK_LOCKED: not this store's code, or no longer. */
struct desk_recovery {
	const char *store;
	const char *user;
	const struct secret *code;
	const struct secret *password;
	const struct desk_watch *watch; /* or NULL; asked once, before the code is shown */
};
typedef enum desk_status recovery_show(
	void *with, const struct secret *code, struct notice *notice);
enum desk_status desk_store_recover(const struct desk_recovery *recovery, recovery_show *show,
	void *with, struct notice *out_notice);

/* Every page, frame, copy of the header, slot and record; the tables, the index of words against
   the receipts; the audit log. Heals what can be healed. DESK_DAMAGED: problems are left, or the
   store does not open at all: then the files alone are looked at. */
struct desk_finding {
	bool is_mended;
	char what[512];
};
struct desk_check_result {
	int64_t pages, frames, events;
	struct desk_finding *findings; /* mem_free */
	size_t count;
};
enum desk_status desk_store_check(const struct desk_login *login, const struct desk_watch *watch,
	struct desk_check_result *out_result, struct notice *out_notice);

#endif
