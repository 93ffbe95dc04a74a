/*
 * Payloads of events: read to the end, however wrong they are.
 */
#include <string.h>

#include "db/payload.h"
#include "tests/fuzz/fuzz.h"

void fuzz_start(void)
{
}

static void value_must_lie_in(const struct payload_value *value, const uint8_t *bytes, size_t size)
{
	const uint8_t *name = (const uint8_t *)value->name;

	fuzz_must(name >= bytes && value->name_size <= size - (size_t)(name - bytes),
		"a name lies in the payload");
	if (value->type == PAYLOAD_TEXT || value->type == PAYLOAD_BYTES)
		fuzz_must(value->bytes >= bytes &&
				  value->size <= size - (size_t)(value->bytes - bytes),
			"a value lies in the payload");
}

static void read_rows(struct payload_reader *reader, const uint8_t *bytes, size_t size)
{
	struct payload_value value;
	struct payload_row row;
	uint32_t rows;

	if (!payload_rows(reader, &rows))
		return;
	for (uint32_t i = 0; i < rows; i++) {
		if (!payload_row(reader, &row))
			return;
		for (unsigned column = 0; column < row.columns; column++) {
			if (!payload_column(reader, &value))
				return;
			value_must_lie_in(&value, bytes, size);
		}
	}
}

void fuzz_input(const uint8_t *bytes, size_t size)
{
	struct payload_reader reader;
	struct payload_value value;
	unsigned details;

	if (!payload_open(&reader, bytes, size, &details))
		return;
	for (unsigned i = 0; i < details; i++) {
		if (!payload_detail(&reader, &value))
			return;
		value_must_lie_in(&value, bytes, size);
	}
	read_rows(&reader, bytes, size);
}
