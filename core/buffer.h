/*
 * Text that grows: what the writers write into. Its memory is wiped when it
 * grows and when it is freed.
 */
#ifndef TRACEDESK_CORE_BUFFER_H
#define TRACEDESK_CORE_BUFFER_H

#include <stddef.h>

struct buffer {
	char *text;  /* always ends with a NUL once something was added; NULL while empty */
	size_t size; /* bytes without that NUL */
	size_t room;
};

void buffer_init(struct buffer *buffer);
void buffer_add(struct buffer *buffer, const char *text);
void buffer_add_bytes(struct buffer *buffer, const char *bytes, size_t size);
void buffer_print(struct buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The text so far, "" when empty; valid until the next addition. */
const char *buffer_text(const struct buffer *buffer);
/* Hands the text over (free with mem_free) and empties the buffer. */
char *buffer_take(struct buffer *buffer);
void buffer_done(struct buffer *buffer);

#endif
