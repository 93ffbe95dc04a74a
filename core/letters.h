/*
 * Letters to who sent a request: a query, a rejection, no trace, a release.
 * What they say is a table of paragraphs (letters.c); plain text for a mailbox,
 * HTML that prints on A4 and needs nothing besides. A rejection names no
 * subject and lets nobody guess whether a record exists. Pure.
 */
#ifndef TRACEDESK_CORE_LETTERS_H
#define TRACEDESK_CORE_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buffer.h"
#include "core/rules.h"
#include "db/records.h"

/* Who writes, and whom to call or complain to, as a supervisor keeps it; each may be "" or NULL. */
struct letterhead {
	char *address; /* lines */
	char *telephone;
	char *email;
	char *complaints; /* "write to …": goes on "If you are not content …" */
};
void letterhead_clear(struct letterhead *head);

/* Borrowed, all of it. */
struct letter {
	enum letter_kind kind;
	struct letterhead head;
	const struct request *request;
	const struct finding *findings; /* those it was asked or decided on */
	size_t finding_count;
	const char *ask; /* of a query: what is asked besides */
	const char *day; /* YYYY-MM-DD, printed on it */
	bool is_demo;
};

/* The letter that a receipt in that state is sent; 0: none. */
enum letter_kind letter_of_state(enum request_state state);
void letter_text(const struct letter *letter, struct buffer *out);
void letter_html(const struct letter *letter, struct buffer *out);

/* May the letter go that way to who gets it? What a search came to is never told on the telephone,
   and goes to a court or an officer the way such mail goes. channel: a code of that set. */
bool letter_may_go_by(const struct letter *letter, const char *channel);

/* A letter's parts, for what writes it out: a line of text each, foreign text made harmless. */
enum letter_part {
	LETTER_DEMO,
	LETTER_SENDER,
	LETTER_OFFICE, /* under the sender */
	LETTER_ADDRESS,
	LETTER_FACT,
	LETTER_HEADING,
	LETTER_PARAGRAPH,
	LETTER_ITEM,
};
typedef void letter_take(void *with, enum letter_part part, const char *text);
void letter_parts(const struct letter *letter, letter_take *take, void *with);

#endif
