/*
 * A desk without a store, for tests of the screens: it answers the functions of
 * core/desk.h that they call with rows made on the spot, as many as wanted,
 * hostile ones among them, and fails, waits or crashes where it is told to. It
 * runs in a program of its own on the harness's terminal.
 */
#ifndef TRACEDESK_TESTS_TUI_FAKE_DESK_H
#define TRACEDESK_TESTS_TUI_FAKE_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define FAKE_PASSWORD "correct horse battery"
#define FAKE_TODAY    "2021-01-04"

enum { FAKE_TRIES = 5, FAKE_HOSTILE_ROWS = 12, FAKE_PER_DAY = 2, FAKE_CORRECTED = 120 };

/* Runs the screens as a program; arguments are words:
   rows=N          receipts there are (250)
   user=NAME       casey; "user=" asks for it
   role=ROLE       of the person (caseworker)
   ordinary        no demo store
   one-time        the password is a one-time one
   warning         the store has something to tell at the start
   hostile         rows 0 to 11 carry hostile texts
   moves=HOW       how moves end (fake_life.h)
   damaged=N       reading row N of the list answers that the store is damaged
   crash=N         opening row N reads from no address
   no_memory=N     opening row N gets no memory
   gate=FILE       each page of the list waits until the FIFO gives a byte
   search=WORD     after the screens searches its own memory for WORD (fake_memory.h says how it
		   is given), and for a word that is there */
int fake_main(int argc, char **argv);

/* The reference of row index (0: the newest) of a list of rows. */
void fake_reference(long rows, long index, char out_reference[32]);

#endif
