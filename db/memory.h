/*
 * Heap memory that may hold case data. Freeing wipes it, so that a locked or
 * closed desk leaves no word of a case behind. Out of memory ends the program
 * with a sentence and the status for "busy, try again"; a transaction under way
 * is then undone by whoever opens the store next, as after a kill.
 */
#ifndef TRACEDESK_DB_MEMORY_H
#define TRACEDESK_DB_MEMORY_H

#include <stddef.h>

/* Zeroed memory for count things of size bytes; never NULL. Free with mem_free. */
void *mem_new(size_t count, size_t size);
/* A list of count things of size bytes with room for one more. Grown by this alone, it always has
   room up to the next power of two, so that thousands are not copied for each. Never NULL. */
void *mem_one_more(void *list, size_t count, size_t size);
/* Grows or shrinks what mem_new gave (or NULL); the old bytes are wiped when it moves; new bytes
   are zero. old_size and size in bytes. Never NULL. */
void *mem_resize(void *old, size_t old_size, size_t size);
/* A copy of text (NULL gives NULL). */
char *mem_text(const char *text);
char *mem_text_sized(const char *text, size_t size);
/* Wipes and frees; NULL is fine. */
void mem_free(void *memory);
/* There is no memory: the sentence on standard error, and exit(3), so that what atexit(3) was told
   is done. */
_Noreturn void mem_is_out(void);
/* The sentence alone. */
void mem_say_out(void);

#endif
