/*
 * Signals while the screens are up. They are blocked but while a key is waited
 * for, so that no store call is ever interrupted; a handler only sets a flag.
 * A crash puts the terminal back with what was prepared for it, then goes on to
 * end the program as it would have.
 */
#ifndef TRACEDESK_TUI_SIGNALS_H
#define TRACEDESK_TUI_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/* What a crash writes to standard output and sets on standard input. */
struct signals_crash {
	struct termios settings;
	char bytes[256];
	size_t size;
};

/* False: the system refused. */
bool signals_start(const struct signals_crash *crash);
void signals_end(void);
/* Waits until standard input has something, or a signal came. False: the terminal is gone. */
bool signals_wait(void);
/* The same for another descriptor, without heed to input. False also when a signal asks to leave.
 */
bool signals_wait_for(int fd);
/* Has a signal asked the program to leave? */
bool signals_is_leaving(void);
/* While another program has the terminal: keys that interrupt it are for it alone, and nothing
   stops it or us. */
struct signals_lent {
	struct sigaction before[3];
};
void signals_lend(struct signals_lent *out_lent);
void signals_lend_end(const struct signals_lent *lent);
/* Has the terminal changed its size since this was last asked? */
bool signals_take_resize(void);

#endif
