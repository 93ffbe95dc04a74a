/*
 * How far long work is, on a terminal's standard error; Ctrl-C and the like
 * stop it at the next step instead of ending the program in the middle.
 */
#ifndef TRACEDESK_CLI_PROGRESS_H
#define TRACEDESK_CLI_PROGRESS_H

#include <signal.h>

#include "core/desk_store.h"

struct progress {
	struct desk_watch watch; /* for the desk */
	int signals;
	sigset_t mask;
	bool is_terminal;
	int64_t shown_at; /* milliseconds */
	int shown;	  /* columns that the line takes */
};

void progress_begin(struct progress *progress);
/* Takes the line away, for what is said in between. */
void progress_clear(struct progress *progress);
/* Takes the line away. A signal that came after the last step came too late: what was done is said.
 */
void progress_end(struct progress *progress);

#endif
