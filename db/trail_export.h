/*
 * The trail as one file, for a verifier that shares nothing with this program.
 * Numbers are little-endian; "sized" is u32 size, bytes; size ffffffff: nothing.
 *
 *   "tracedesk trail" LF, u32 version 1, desk id 16
 *   each event: u32 size of what follows; sequence i64, time i64, person i64,
 *     key i64, role u32, kind u32, generation u64; sized: operation,
 *     payload hash, previous, hash, signature, salt, payload, reference
 *   u32 0, i64 number of events
 */
#ifndef TRACEDESK_DB_TRAIL_EXPORT_H
#define TRACEDESK_DB_TRAIL_EXPORT_H

#include "db/store.h"

struct trail_export {
	int64_t to; /* the last event that goes in */
	/* Takes the file piece by piece; anything but DB_OK ends the run and is returned. */
	enum db_status (*write)(void *with, const uint8_t *bytes, size_t size);
	void *with;
};

/* Writes what is there, proved or not. */
enum db_status trail_export(struct store *store, const struct trail_export *wanted);

#endif
