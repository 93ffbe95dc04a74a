/*
 * A list in one text, its items parted by ';': codes, references. "" is the
 * empty list. Pure.
 */
#ifndef TRACEDESK_CORE_LIST_H
#define TRACEDESK_CORE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buffer.h"

/* A copy of the next item of *rest, which moves on behind it; free with mem_free. NULL at the end
   (and for a *rest of NULL). */
char *list_next(const char **rest);
/* The same into memory of the caller's, cut when it has no room; false at the end. */
bool list_take(const char **rest, char *out_item, size_t size);
/* Is item one of the list, to the letter? */
bool list_has(const char *list, const char *item);
size_t list_count(const char *list);
/* Appends an item to a list that is being written. */
void list_add(struct buffer *list, const char *item);

#endif
