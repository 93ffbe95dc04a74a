/*
 * The screens that open from the first one, and which of all commands are for
 * the person at the desk: by the desk's own table of rights.
 */
#ifndef TRACEDESK_TUI_DOORS_H
#define TRACEDESK_TUI_DOORS_H

#include <stdbool.h>

#include "tui/screen.h"

/* The screen of a command; NULL: it opens none. */
const struct screen_ops *door_of(enum command_id id);
/* Is it a command that the roles of the person at the desk never allow? */
bool command_is_barred(const struct ui *ui, enum command_id id);

#endif
