/*
 * The locks of a store, all of them open file description locks (fcntl(2),
 * F_OFD_SETLK) on bytes of -head past its records. They belong to the
 * descriptor that is opened here, so two vaults in one process exclude each
 * other as two processes do, and the kernel drops them with a killed process.
 */
#ifndef TRACEDESK_DB_TURNSTILE_H
#define TRACEDESK_DB_TURNSTILE_H

#include "db/report.h"

/*
 * The bytes:
 *
 *   1024        open: shared by every open store, alone for what replaces it
 *   1025        door: held for the moment in which a writer takes its number
 *   1026, 1027  derivations: a password guess holds one of the two, so that
 *               no more than two take their memory at once
 *   1028        pages: shared by who copies or checks them, alone by who
 *               brings the log's frames into them
 *   4096 + n    number n, held from the door until the writer's work is done
 *
 * A writer takes the door, then the number after the highest one held, and
 * leaves the door. It works when no lower number is held. So writers go in by
 * the order they came, whatever their naps between two looks. (Two locks
 * taken in turn are fair only with waits in the kernel's queue, and those
 * have no time limit.)
 */

enum { TURNSTILE_WAIT_MS = 10000 };

struct turnstile {
	int descriptor; /* -1: not open */
	int depth;	/* takes minus gives */
	int guess;	/* the byte held for a derivation, or 0 */
	int64_t number; /* the byte held in the queue */
	int wait_ms;
	const char *path;
	struct report *report;
};

/* Keeps path (of -head, which is there) and report. */
enum db_status turnstile_open(struct turnstile *turnstile, const char *path, struct report *report);
/* Drops every lock. Fine when not open. */
void turnstile_close(struct turnstile *turnstile);

/* The store itself, until closed; each turns the other into itself. DB_BUSY after the wait. */
enum db_status turnstile_share(struct turnstile *turnstile);
enum db_status turnstile_alone(struct turnstile *turnstile);

/* One writer at a time, in the order they came. Taken again by who has it, it is given as often. */
enum db_status turnstile_take(struct turnstile *turnstile);
void turnstile_give(struct turnstile *turnstile);

/* The pages stay as they are until turnstile_pages_end; others go on writing to the log. */
enum db_status turnstile_pages_keep(struct turnstile *turnstile);
/* The pages may be written. DB_BUSY at once, without words, while somebody keeps them. */
enum db_status turnstile_pages_change(struct turnstile *turnstile);
void turnstile_pages_end(struct turnstile *turnstile);

enum db_status turnstile_guess_begin(struct turnstile *turnstile);
void turnstile_guess_end(struct turnstile *turnstile);

#endif
