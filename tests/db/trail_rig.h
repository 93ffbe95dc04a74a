/*
 * An honest trail of three people, and what a forger does to one.
 */
#ifndef TRACEDESK_TESTS_DB_TRAIL_RIG_H
#define TRACEDESK_TESTS_DB_TRAIL_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "db/store_private.h"

enum { CODE = 0, ADA = 1, SAM = 2, SASHA = 3, RECEIPTS = 8 };

/* From TEST_SEED, which is printed, or by chance. */
void random_start(void);
int64_t random_below(int64_t below);

/* A store with its trail: receipts one a transaction and many in one, decided by two people, a
   failed log-in between; the last two receipts wait for a review. */
struct store *trail_made(void);
/* The store, its export and the keys go. */
void trail_remove(void);
/* Setup and teardown of a test: a folder for them. */
int trail_rig_start(void **state);
int trail_rig_done(void **state);
/* Where exports are written. */
const char *trail_exported(void);

/* Whose key signs from now on; CODE: the recovery code's. */
void act_as(struct store *store, int64_t person);
/* From now on that is the key of person. */
void act_key(int64_t person, const struct secret *seed);
void event_add(struct store *store, int64_t person, enum event_kind kind, const char *reference);
void commit(struct store *store);
/* A rejection of a receipt, as a row that says of its proposer what it is told. */
void propose(struct store *store, int64_t request, int64_t proposer, int result);
void review(struct store *store, int64_t request, int64_t reviewer);

/* Hashes of the events from one on as a forger computes them anew; signatures stay. */
void hashes_mend(struct store *store, int64_t from);
/* Signs an event anew, with whose key. */
void sign_as(struct store *store, int64_t sequence, int64_t person);

#endif
