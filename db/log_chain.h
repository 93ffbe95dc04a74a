/*
 * SQLite's running checksum over the frames of a log, and the salts that tell
 * one log from the next (sqlite.org/fileformat2.html, 4.1 and 4.2).
 */
#ifndef TRACEDESK_DB_LOG_CHAIN_H
#define TRACEDESK_DB_LOG_CHAIN_H

#include <stdbool.h>
#include <stdint.h>

struct log_chain {
	uint8_t salts[8];
	bool is_big_endian;	/* the checksum's words */
	uint32_t first, second; /* the checksum that the frame before stores */
};

/* From the log's header, opened. */
void log_chain_begin(struct log_chain *chain, const uint8_t *header);
/* Has the frame of this header (opened) the log's salts? They change with every new beginning. */
bool log_chain_owns(const struct log_chain *chain, const uint8_t *head);
/* Does the frame continue from the one before? plain: its page with the reserve as SQLite summed
   it. Goes on to what the frame stores, right or wrong. */
bool log_chain_continues(struct log_chain *chain, const uint8_t *head, const uint8_t *plain);

#endif
