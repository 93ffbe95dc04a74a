/*
 * The state of the form of a request, and its drawing: what scr_log.c and
 * log_draw.c share.
 */
#ifndef TRACEDESK_TUI_LOG_PRIVATE_H
#define TRACEDESK_TUI_LOG_PRIVATE_H

#include "tui/choice.h"
#include "tui/form.h"
#include "tui/known.h"
#include "tui/screen.h"

enum log_part {
	LOG_CHOOSE,   /* which service asks */
	LOG_TYPE,     /* the form */
	LOG_ASK,      /* throw away what was typed? */
	LOG_CONFLICT, /* somebody else changed the receipt */
	LOG_SAVED,
	LOG_REFUSED, /* there is no form: the notice says why */
};

struct log {
	struct log_argument argument;
	enum log_part part;
	size_t service;		     /* LOG_CHOOSE: the selected one */
	char sought[CHOICE_LETTERS]; /* letters by which it is sought */
	struct request base;	     /* what was there before typing */
	struct form form;	     /* no fields before LOG_TYPE */
	struct known known;
	struct desk_findings findings;
	struct desk_saved saved; /* the one saved last, until the next key of typing */
	bool has_saved;
	size_t asks;	/* of the one saved last: things to ask the sender for */
	size_t against; /* checks that speak for rejecting it */
	char *told;	/* both in full, lines, or NULL */
	char *both;	/* after an edit conflict: lines, or NULL */
	char *kept;	/* what was typed before the desk was locked, until the form stands; NULL */
	struct notice notice;
};

bool log_is_new(const struct log *log);
const enum command_id *log_commands(const struct log *log);
/* What the checks say of what is being saved, for the words after it. */
void log_tell(struct log *log);
/* Where the form stands; the checks stand on its right. */
void log_area(const struct ui *ui, struct draw_area *out_area);
void log_draw(const struct ui *ui, const void *state);

#endif
