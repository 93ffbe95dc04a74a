/*
 * The right to the files of a store, when the program is installed
 * set-group-ID: the folder and the files belong to a group that no person is
 * in. The right is put aside at the start and taken up only around the calls
 * that name a file of the store, so that files which people name are opened
 * with their own rights. Installed otherwise, all of this does nothing.
 */
#ifndef TRACEDESK_DB_PRIVILEGE_H
#define TRACEDESK_DB_PRIVILEGE_H

#include <stdbool.h>
#include <sys/types.h>

/* Puts the right aside; before anything else is opened. False: the system refused. */
bool privilege_start(void);
/* Whether there is such a right: roles are enforced then, and not provable only. */
bool privilege_is_held(void);

/* Takes the right up. What it answers is given back to privilege_lower: calls may be nested. */
gid_t privilege_raise(void);
void privilege_lower(gid_t before); /* ends the program when the system refuses; keeps errno */

#endif
