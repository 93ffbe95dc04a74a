/*
 * Lists in one text.
 */
#include "core/list.h"

#include <stdio.h>
#include <string.h>

#include "db/memory.h"

/* The bytes of the next item, which begins at *out_item; false at the end. */
static bool step(const char **rest, const char **out_item, size_t *out_size)
{
	if (!*rest || !**rest)
		return false;
	*out_item = *rest;
	*out_size = strcspn(*rest, ";");
	*rest += *out_size + ((*rest)[*out_size] == ';');
	return true;
}

char *list_next(const char **rest)
{
	const char *item;
	size_t size;

	return step(rest, &item, &size) ? mem_text_sized(item, size) : NULL;
}

bool list_take(const char **rest, char *out_item, size_t size)
{
	const char *item;
	size_t length;

	if (!step(rest, &item, &length))
		return false;
	(void)snprintf(out_item, size, "%.*s", (int)length, item);
	return true;
}

bool list_has(const char *list, const char *item)
{
	const char *at;
	size_t size;

	while (step(&list, &at, &size))
		if (strlen(item) == size && memcmp(at, item, size) == 0)
			return true;
	return false;
}

size_t list_count(const char *list)
{
	const char *item;
	size_t size, count = 0;

	while (step(&list, &item, &size))
		count++;
	return count;
}

void list_add(struct buffer *list, const char *item)
{
	if (list->size > 0)
		buffer_add(list, ";");
	buffer_add(list, item);
}
