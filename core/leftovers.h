/*
 * Names for what is not finished yet, beside what it is going to be. Whoever
 * works on one holds a lock on it (flock(2)) that the kernel drops with the
 * process: what nobody holds was left by one that was killed, and goes.
 */
#ifndef TRACEDESK_CORE_LEFTOVERS_H
#define TRACEDESK_CORE_LEFTOVERS_H

#include <stdbool.h>

/* A name beside path that nobody else has thought of; mem_free. */
char *leftover_name(const char *path);
/* Holds what fd is open on. False: it was taken for a leftover before that, or cannot be held; make
   another one. */
bool leftover_hold(int fd);
/* The same of what has no name yet. */
bool leftover_lock(int fd);
/* Removes what killed processes of this user left beside path. */
void leftovers_remove(const char *path);

#endif
