/*
 * Showing a file of the store with another program: its bytes lie in memory
 * that the program inherits, never in a file that has a name.
 */
#ifndef TRACEDESK_TUI_VIEWER_H
#define TRACEDESK_TUI_VIEWER_H

#include "tui/screen.h"

/* Shows what the wish asks for (take and with are filled in here) and waits until the viewer is
   left, or the desk is to lock (ui->is_lock_due). What went wrong is told (ui->told). title: plain
   text. The terminal is curses' again however it ended. */
enum desk_status viewer_show(struct ui *ui, struct desk_file_wish *wish, const char *title);

#endif
