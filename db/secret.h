/*
 * A secret (password, key, seed) in locked memory with guard pages. Its only
 * doors are make, use, free; free wipes.
 */
#ifndef TRACEDESK_DB_SECRET_H
#define TRACEDESK_DB_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct secret;

/* Call once at start, before any secret is made: starts the cipher library, turns core dumps and
   debuggers off (PR_SET_DUMPABLE 0, RLIMIT_CORE 0), umask 077; what right the program has by its
   group is put aside (db/privilege.h). False: the library did not start. */
bool secret_start(void);
/* size zero bytes; ends the program with a sentence when there is no memory. */
struct secret *secret_new(size_t size);
/* Copies, then wipes the source. */
struct secret *secret_take(void *bytes, size_t size);
uint8_t *secret_bytes(struct secret *secret);
const uint8_t *secret_read(const struct secret *secret);
size_t secret_size(const struct secret *secret);
/* Shortens to size bytes and wipes the rest (typing into a larger one). */
void secret_cut(struct secret *secret, size_t size);
bool secret_is_equal(const struct secret *a, const struct secret *b);
void secret_free(struct secret *secret);
/* Does the system lock secrets in memory (mlock)? Tries it with room for more than live at once, so
   that true says the secrets made before are locked too. */
bool secret_is_locked(void);

#endif
