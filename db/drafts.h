/*
 * What somebody had typed when the desk was locked: one row a person, sealed to
 * that person's own key, so that the keys of a colleague do not open it. No
 * event tells of it.
 */
#ifndef TRACEDESK_DB_DRAFTS_H
#define TRACEDESK_DB_DRAFTS_H

#include "db/store.h"

/* Of who unlocked the store; takes the place of the one before. */
enum db_status drafts_put(struct store *store, int64_t person, const char *text);
/* DB_NONE: there is none that this person's key opens. Free with mem_free. */
enum db_status drafts_get(struct store *store, int64_t person, char **out_text);
enum db_status drafts_delete(struct store *store, int64_t person);

#endif
