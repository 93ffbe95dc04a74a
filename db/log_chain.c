/*
 * The running checksum of a log.
 */
#include "db/log_chain.h"

#include <string.h>

#include "db/vfs_private.h"

static uint32_t word(const struct log_chain *chain, const uint8_t *bytes)
{
	uint32_t value = sqlite_get32(bytes);

	return chain->is_big_endian ? value : __builtin_bswap32(value);
}

static void add(struct log_chain *chain, const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i += 8) {
		chain->first += word(chain, bytes + i) + chain->second;
		chain->second += word(chain, bytes + i + 4) + chain->first;
	}
}

/* Byte 0: magic, its last bit the order of the checksum's words; 16: salts; 24: checksum. */
void log_chain_begin(struct log_chain *chain, const uint8_t *header)
{
	memcpy(chain->salts, header + 16, sizeof(chain->salts));
	chain->is_big_endian = header[3] & 1;
	chain->first = sqlite_get32(header + 24);
	chain->second = sqlite_get32(header + 28);
}

bool log_chain_owns(const struct log_chain *chain, const uint8_t *head)
{
	return memcmp(head + 8, chain->salts, sizeof(chain->salts)) == 0;
}

bool log_chain_continues(struct log_chain *chain, const uint8_t *head, const uint8_t *plain)
{
	const uint32_t first = sqlite_get32(head + 16), second = sqlite_get32(head + 20);
	bool is_same;

	add(chain, head, 8);
	add(chain, plain, SEAL_PAGE_SIZE);
	is_same = chain->first == first && chain->second == second;
	chain->first = first;
	chain->second = second;
	return is_same;
}
