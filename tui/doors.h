/*
 * The screens that open from the first one, each for those whom the desk lets
 * do what it is for.
 */
#ifndef TRACEDESK_TUI_DOORS_H
#define TRACEDESK_TUI_DOORS_H

#include <stdbool.h>

#include "tui/screen.h"

/* The screen of a command; NULL: it opens none. */
const struct screen_ops *door_of(enum command_id id);
/* Is it a screen that the person at the desk may not open? */
bool door_is_shut(const struct ui *ui, enum command_id id);

#endif
