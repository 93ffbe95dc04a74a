/*
 * What an event carries, in a fixed binary form (version 1; numbers
 * little-endian, everything with its length before it):
 *
 *   "TDEP" u8 version
 *   u16 details, each: u8 length, name; u32 length, value
 *   u32 rows, each: u8 table (db/changes.h); i64 row; u8 1 as it is now, 0 gone;
 *     if 1: u16 columns, each: u8 length, name; u8 type (0 null, 1 number,
 *     2 text, 3 bytes); number i64, else u32 length, bytes
 */
#ifndef TRACEDESK_DB_PAYLOAD_H
#define TRACEDESK_DB_PAYLOAD_H

#include "db/changes.h"
#include "db/events.h"

struct payload {
	uint8_t *bytes;
	size_t size;
	size_t room;
};

/* Builds the payload of an event from its details and the changed rows. */
enum db_status payload_build(
	struct store *store, const struct event_new *event, struct payload *out_payload);
void payload_clear(struct payload *payload);

enum payload_type { PAYLOAD_NULL = 0, PAYLOAD_NUMBER = 1, PAYLOAD_TEXT = 2, PAYLOAD_BYTES = 3 };

struct payload_value {
	const char *name; /* not NUL-terminated */
	size_t name_size;
	enum payload_type type;
	int64_t number;
	const uint8_t *bytes;
	size_t size;
};

/* Reading: a place in a payload. Everything answers false when the bytes are no payload. */
struct payload_reader {
	const uint8_t *bytes;
	size_t size;
	size_t place;
};

struct payload_row {
	enum covered_table table;
	int64_t row;
	bool is_there;
	unsigned columns;
};

bool payload_open(
	struct payload_reader *reader, const uint8_t *bytes, size_t size, unsigned *out_details);
bool payload_detail(struct payload_reader *reader, struct payload_value *out_value);
bool payload_rows(struct payload_reader *reader, uint32_t *out_rows);
bool payload_row(struct payload_reader *reader, struct payload_row *out_row);
bool payload_column(struct payload_reader *reader, struct payload_value *out_value);

#endif
