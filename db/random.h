/*
 * Random nonces for sealing, in batches: asking the system for each page
 * costs a tenth of the sealing. Nonces lie in the file in clear, so that the
 * batch is no secret; but none may ever be used twice. Keys and salts come
 * from the cipher library itself, never from here.
 */
#ifndef TRACEDESK_DB_RANDOM_H
#define TRACEDESK_DB_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* size bytes (at most 64) never given to anybody else: neither to another thread nor, after a fork,
   to the other process. */
void random_nonce(uint8_t *out, size_t size);

#endif
