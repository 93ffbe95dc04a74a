/*
 * Reading ahead for scans: a thread that reads and opens the pages a scan will
 * ask for next, while SQLite works on those before. One for each main file.
 */
#ifndef TRACEDESK_DB_VFS_AHEAD_H
#define TRACEDESK_DB_VFS_AHEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "db/keys.h"

struct ahead;

/* Reads a page as it lies sealed; called by the thread, too. False: it cannot be read now. */
typedef bool ahead_read(void *with, uint32_t page, uint8_t *out_sealed);

/* keys and with must outlive it. */
struct ahead *ahead_new(const struct keys *keys, ahead_read *read, void *with);
/* NULL is fine, here and in ahead_forget. */
void ahead_free(struct ahead *ahead);
/* True: the page was opened ahead, and out_page is as page_open leaves it. */
bool ahead_take(struct ahead *ahead, uint32_t page, uint8_t *out_page);
/* A page was read, but not ahead: what follows is, when it belongs to a scan. */
void ahead_follow(struct ahead *ahead, uint32_t page);
/* What an opened page, of the store or of its log, says of others. */
void ahead_learn(struct ahead *ahead, const uint8_t *plain);
/* From now on the pages may be written: the thread ends, what was read ahead is wiped. */
void ahead_forget(struct ahead *ahead);

#endif
