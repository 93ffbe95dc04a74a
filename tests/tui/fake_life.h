/*
 * The fake desk's answers about the life of a receipt: queues that hold the
 * rows of the list, checks of every result, moves that are counted and, where
 * wanted, refused.
 */
#ifndef TRACEDESK_TESTS_TUI_FAKE_LIFE_H
#define TRACEDESK_TESTS_TUI_FAKE_LIFE_H

/* A sentence that the checks, notes and decisions carry besides ours; NULL: none. */
void fake_life_hostile(const char *text);
/* How moves end: "refuse" with a sentence of three lines, "conflict" as long as the version sent is
   not 2 (a receipt is of version 1 until it was refused, then of 2), "" well. */
void fake_life_moves(const char *how);
/* The version a receipt is opened with. */
long fake_life_version(void);
/* Prints the moves asked for: their number, and what went with the last. */
void fake_life_print(void);

#endif
