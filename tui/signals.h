/*
 * Signals while the screens are up. They are blocked but while a key is waited
 * for, so that no store call is ever interrupted; a handler only sets a flag.
 * A crash puts the terminal back with what was prepared for it, then goes on to
 * end the program as it would have; so it is put back when there is no memory.
 */
#ifndef TRACEDESK_TUI_SIGNALS_H
#define TRACEDESK_TUI_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
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
/* How a wait ended: something is there or a signal came; nothing for so long; the terminal is gone.
 */
enum signals_waited { SIGNALS_READY, SIGNALS_IDLE, SIGNALS_GONE };
/* Milliseconds on a clock that goes on while the machine sleeps or the program is stopped. */
int64_t signals_now(void);
/* Waits for standard input or a signal until that moment (0: for ever); once it has come, input is
   no matter any more. */
enum signals_waited signals_wait(int64_t until);
/* The same for another descriptor, without heed to input; SIGNALS_GONE also when a signal asks to
   leave. */
enum signals_waited signals_wait_for(int fd, int64_t until);
/* Has a signal asked the program to leave? */
bool signals_is_leaving(void);
/* Does one wait, to leave or to stop, that could not be delivered while the program works? */
bool signals_is_pending(void);
/* While another program has the terminal: keys that interrupt it are for it alone, and nothing
   stops it or us. */
struct signals_lent {
	struct sigaction before[3];
};
void signals_lend(struct signals_lent *out_lent);
void signals_lend_end(const struct signals_lent *lent);
/* Has a signal asked the program to stop since this was last asked? */
bool signals_take_stop(void);
/* Stops the program until it is continued. */
void signals_stop(void);
/* Has the terminal changed its size since this was last asked? */
bool signals_take_resize(void);

#endif
