/*
 * The full-screen desk.
 */
#ifndef TRACEDESK_TUI_TUI_H
#define TRACEDESK_TUI_TUI_H

#include "core/desk.h"

/* Runs the desk on the terminal until the person leaves: unlock, the list of receipts, one receipt.
   login.password is asked on the screen when NULL. Returns what the program exits with; the notice
   holds the sentence when that is not DESK_OK. The terminal is as it was before. */
enum desk_status tui_run(const struct desk_login *login, struct notice *out_notice);

/* The curses library in use, with its version. */
const char *tui_library(void);

#endif
