/*
 * What a screen puts down when the desk is locked and takes up again when it is
 * unlocked: texts one after the other, each with its length. Its memory is
 * wiped.
 */
#ifndef TRACEDESK_TUI_DRAFT_H
#define TRACEDESK_TUI_DRAFT_H

#include <stdbool.h>

#include "core/buffer.h"

/* The texts put down; at the place where the next is taken. */
struct draft {
	struct buffer text;
	size_t at;
};

void draft_init(struct draft *draft);
void draft_done(struct draft *draft);
void draft_put(struct draft *draft, const char *text); /* NULL is "" */
void draft_put_number(struct draft *draft, long number);
/* The next text; "" when there is none. Free with mem_free. */
char *draft_take(struct draft *draft);
/* The next into a field; what does not fit is cut. */
void draft_take_into(struct draft *draft, char *out_text, size_t size);
long draft_take_number(struct draft *draft);
bool draft_is_empty(const struct draft *draft);

#endif
