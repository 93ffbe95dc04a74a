/*
 * Texts as "LENGTH:BYTES".
 */
#include "tui/draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/memory.h"

void draft_init(struct draft *draft)
{
	buffer_init(&draft->text);
	draft->at = 0;
}

void draft_done(struct draft *draft)
{
	buffer_done(&draft->text);
}

void draft_put(struct draft *draft, const char *text)
{
	const char *put = text ? text : "";

	buffer_print(&draft->text, "%zu:", strlen(put));
	buffer_add(&draft->text, put);
}

void draft_put_number(struct draft *draft, long number)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%ld", number);
	draft_put(draft, text);
}

char *draft_take(struct draft *draft)
{
	const char *all = buffer_text(&draft->text);
	char *end;
	size_t size = strtoul(all + draft->at, &end, 10), at = (size_t)(end - all) + 1;

	if (*end != ':' || at > draft->text.size || size > draft->text.size - at)
		return mem_text("");
	draft->at = at + size;
	return mem_text_sized(all + at, size);
}

void draft_take_into(struct draft *draft, char *out_text, size_t size)
{
	char *text = draft_take(draft);

	(void)snprintf(out_text, size, "%s", text);
	mem_free(text);
}

long draft_take_number(struct draft *draft)
{
	char *text = draft_take(draft);
	long number = strtol(text, NULL, 10);

	mem_free(text);
	return number;
}

bool draft_is_empty(const struct draft *draft)
{
	return draft->at >= draft->text.size;
}
