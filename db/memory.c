/*
 * Wiping heap memory for records: malloc with the whole usable size wiped
 * before it goes back, so that no copy outlives its owner.
 */
#include "db/memory.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The program's exit status for "busy, try again". */
enum { STATUS_BUSY = 5 };

void mem_say_out(void)
{
	fputs("tracedesk: out of memory: the program ends, and what it was asked for last may not "
	      "be saved; close other programs, look, and try again\n",
		stderr);
}

void mem_is_out(void)
{
	mem_say_out();
	exit(STATUS_BUSY);
}

void *mem_new(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size ? size : 1);

	if (!memory)
		mem_is_out();
	return memory;
}

void *mem_resize(void *old, size_t old_size, size_t size)
{
	void *memory = mem_new(1, size);

	if (old)
		memcpy(memory, old, old_size < size ? old_size : size);
	mem_free(old);
	return memory;
}

void *mem_one_more(void *list, size_t count, size_t size)
{
	if ((count & (count - 1)) != 0)
		return list;
	return mem_resize(list, count * size, (count > 0 ? 2 * count : 1) * size);
}

char *mem_text_sized(const char *text, size_t size)
{
	char *copy = mem_new(size + 1, 1);

	memcpy(copy, text, size);
	return copy;
}

char *mem_text(const char *text)
{
	return text ? mem_text_sized(text, strlen(text)) : NULL;
}

void mem_free(void *memory)
{
	if (!memory)
		return;
	explicit_bzero(memory, malloc_usable_size(memory));
	free(memory);
}
