/*
 * What is known before: organisations and officers whose name begins with the
 * three letters typed, offered under the field, and filled in when chosen.
 */
#ifndef TRACEDESK_TUI_KNOWN_H
#define TRACEDESK_TUI_KNOWN_H

#include "tui/form.h"

struct known {
	struct organisation *organisations;
	size_t organisation_count;
	struct desk_officers officers;
	bool is_unlisted;     /* no organisation begins as typed */
	size_t at;	      /* the one that would be filled in */
	char domain[255];     /* the e-mail domain of the organisation chosen last, or "" */
	struct notice notice; /* why nothing could be read */
};

void known_clear(struct known *known); /* nothing is offered any more; the domain stays */
bool known_is_open(const struct known *known);
/* Looks for what fits the field typed into. */
void known_seek(struct known *known, struct desk *desk, const struct form *form);
void known_move(struct known *known, int step);
/* Fills in the one chosen, with all that is known of it, and closes. */
void known_take(struct known *known, struct form *form);
/* Leaving a field: its organisation's kind, or the domain of an e-mail address, where it is known.
 */
void known_finish(struct known *known, struct desk *desk, struct form *form);
/* "…; added as typed": of an organisation that nobody named before. */
extern const char known_unlisted[];
/* Draws what is offered, or that there is nothing. */
void known_draw(const struct known *known, const struct form *form, const struct draw_area *area);
void known_explain(const struct known *known, struct buffer *out);

#endif
