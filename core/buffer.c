/*
 * Growing text on wiping memory.
 */
#include "core/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "db/records.h"

void buffer_init(struct buffer *buffer)
{
	*buffer = (struct buffer) { 0 };
}

static void buffer_reserve(struct buffer *buffer, size_t more)
{
	size_t need = buffer->size + more + 1;
	size_t room = buffer->room ? buffer->room : 256;

	if (need <= buffer->room)
		return;
	while (room < need)
		room *= 2;
	buffer->text = mem_resize(buffer->text, buffer->room, room);
	buffer->room = room;
}

void buffer_add_bytes(struct buffer *buffer, const char *bytes, size_t size)
{
	buffer_reserve(buffer, size);
	memcpy(buffer->text + buffer->size, bytes, size);
	buffer->size += size;
	buffer->text[buffer->size] = '\0';
}

void buffer_add(struct buffer *buffer, const char *text)
{
	buffer_add_bytes(buffer, text, strlen(text));
}

void buffer_print(struct buffer *buffer, const char *format, ...)
{
	va_list args, again;
	int size;

	va_start(args, format);
	va_copy(again, args);
	size = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (size > 0) {
		buffer_reserve(buffer, (size_t)size);
		(void)vsnprintf(buffer->text + buffer->size, (size_t)size + 1, format, again);
		buffer->size += (size_t)size;
	}
	va_end(again);
}

const char *buffer_text(const struct buffer *buffer)
{
	return buffer->text ? buffer->text : "";
}

char *buffer_take(struct buffer *buffer)
{
	char *text = buffer->text ? buffer->text : mem_text("");

	buffer_init(buffer);
	return text;
}

void buffer_done(struct buffer *buffer)
{
	mem_free(buffer->text);
	buffer_init(buffer);
}
