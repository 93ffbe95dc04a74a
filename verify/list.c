/*
 * Lists that grow, and those in which an item is found by its id.
 */
#include "verify/verify.h"

#include <stdlib.h>
#include <string.h>

void *allocate(void *old, size_t size)
{
	void *memory = realloc(old, size);

	if (memory)
		return memory;
	fputs("tracedesk-verify: out of memory; close other programs\n", stderr);
	exit(NO_INPUT);
}

void *list_add(struct list *list, size_t size)
{
	if (list->count == list->room) {
		list->room = list->room ? 2 * list->room : 16;
		list->items = allocate(list->items, list->room * size);
	}
	return (char *)list->items + list->count++ * size;
}

static int64_t id_at(const struct list *list, size_t size, size_t index)
{
	int64_t id;

	memcpy(&id, (const char *)list->items + index * size, sizeof(id));
	return id;
}

void *list_place(struct list *list, size_t size, int64_t id, bool *out_is_new)
{
	size_t low = 0, high = list->count;
	char *place;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (id_at(list, size, middle) < id)
			low = middle + 1;
		else
			high = middle;
	}
	*out_is_new = low == list->count || id_at(list, size, low) != id;
	if (*out_is_new)
		(void)list_add(list, size);
	place = (char *)list->items + low * size;
	if (*out_is_new) {
		memmove(place + size, place, (list->count - 1 - low) * size);
		memset(place, 0, size);
		memcpy(place, &id, sizeof(id));
	}
	return place;
}
