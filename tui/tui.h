/*
 * The full-screen desk.
 */
#ifndef TRACEDESK_TUI_TUI_H
#define TRACEDESK_TUI_TUI_H

#include "core/desk.h"

/* Runs the desk on the terminal until the person leaves. password (NULL: it is asked on the screen)
   is taken over, and freed after the first try. Returns what the program exits with; the notice
   holds the sentence when that is not DESK_OK. The terminal is as it was before. */
struct tui_start {
	const char *store, *user; /* as desk_login */
	struct secret *password;
};
enum desk_status tui_run(const struct tui_start *start, struct notice *out_notice);

/* The curses library in use, with its version. */
const char *tui_library(void);

#endif
