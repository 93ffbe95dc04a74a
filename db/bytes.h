/*
 * Whole numbers in files: little-endian, whatever the machine is.
 */
#ifndef TRACEDESK_DB_BYTES_H
#define TRACEDESK_DB_BYTES_H

#include <stddef.h>
#include <stdint.h>

static inline uint64_t bytes_get(const uint8_t *from, size_t count)
{
	uint64_t value = 0;

	while (count > 0)
		value = value << 8 | from[--count];
	return value;
}

static inline void bytes_put(uint8_t *to, size_t count, uint64_t value)
{
	for (size_t i = 0; i < count; i++, value >>= 8)
		to[i] = (uint8_t)value;
}

static inline uint32_t bytes_get32(const uint8_t *from)
{
	return (uint32_t)bytes_get(from, 4);
}

static inline uint64_t bytes_get64(const uint8_t *from)
{
	return bytes_get(from, 8);
}

static inline void bytes_put32(uint8_t *to, uint32_t value)
{
	bytes_put(to, 4, value);
}

static inline void bytes_put64(uint8_t *to, uint64_t value)
{
	bytes_put(to, 8, value);
}

#endif
