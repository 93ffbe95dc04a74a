/*
 * The terminal: taken over and put back, keys waited for.
 */
#ifndef TRACEDESK_TUI_TERMINAL_H
#define TRACEDESK_TUI_TERMINAL_H

#include "core/desk.h"

/* What terminal_key gives beside keys. */
enum {
	TERMINAL_LEAVE = 0x7f000000,
	TERMINAL_RESIZED,
	TERMINAL_NOTHING,
	TERMINAL_IDLE,
	TERMINAL_STOP,
	TERMINAL_PASTE, /* what follows is pasted, up to */
	TERMINAL_PASTED
};

struct terminal_hold;

/* DESK_USAGE with the sentence when there is none, or it cannot show the desk. */
enum desk_status terminal_take(struct terminal_hold **out_hold, struct notice *out_notice);
/* The screen is blanked, the settings are as before, what curses held is wiped. */
void terminal_give_back(struct terminal_hold *hold);
/* Blanks the screen and lets another program have the terminal; takes it back as it was. */
void terminal_lend(void);
void terminal_take_back(void);
/* Wipes what curses holds of the screen and begins anew with an empty one. False: it could not. */
bool terminal_wipe(struct terminal_hold *hold);
/* Stops the program, with the terminal as it was before; then takes it again. */
void terminal_stop(void);
/* Waits for a key until a moment of signals_now (0: for ever): a character, minus a KEY_ number, or
   one of the above. */
int terminal_key(int64_t until);
/* Overwrites the keys that curses remembers, and drops those typed ahead. */
void terminal_forget_keys(void);
void terminal_size(int *out_rows, int *out_columns);

/* While something long runs: has Esc been pressed, or is the desk to be locked or left? That is
   done next, then. Other keys typed meanwhile are dropped. */
bool terminal_is_stopped(void);

#endif
