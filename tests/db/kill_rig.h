/*
 * A process killed at its nth call to a file: every call of the VFS below and
 * every call of ours that names, makes, syncs or removes a file counts. What
 * it leaves on the disk is what the next process finds.
 */
#ifndef TRACEDESK_TESTS_DB_KILL_RIG_H
#define TRACEDESK_TESTS_DB_KILL_RIG_H

#include "store_rig.h"

/* Linked with KILL_WRAPS of tests/local.mk. The body runs in a child over the shim; what it
   answers is its exit status. */
typedef int kill_body(void *with);
struct kill_tally {
	long states, vfs_calls, file_calls; /* where it was killed */
};
/* at 0: never killed. True: it was killed; false: it came to its end, with *out_status. */
bool kill_run(kill_body *body, void *with, long at, int *out_status);
/* The at-th call from now on of that name ("renameat2" and the others of KILL_WRAPS) fails with
   EIO; NULL: none does. True: the one asked for before has failed. */
bool kill_fail(const char *name, long at);
/* In a body: calls do not count while it waits. */
void kill_wait(bool waits);
/* Kills body at each call in turn until it comes to its end with 0, and each time asks prepare
   before and judge after. Prints the counts; fails when nothing was killed. */
struct kill_walk {
	const char *name;
	kill_body *body;
	void (*prepare)(void *with);
	void (*judge)(void *with, long at);
	void *with;
	long step; /* 1: every call */
};
void kill_walk(const struct kill_walk *walk);

#endif
