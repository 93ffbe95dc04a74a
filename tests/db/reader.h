/*
 * A second reader of stores, written from tracedesk-store(7) alone: it shares
 * no code with db/, so that what the page says is what the files hold.
 */
#ifndef TRACEDESK_TESTS_DB_READER_H
#define TRACEDESK_TESTS_DB_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reader_file {
	uint8_t *bytes;
	size_t size;
};

struct reader {
	struct reader_file store, log, head;
	const uint8_t *header; /* the copy that holds */
	uint8_t sign_public[32];
	uint8_t master[32];
	uint8_t subkey[6][32]; /* by number */
	uint8_t *pages;	       /* opened */
	uint32_t page_count;
	uint32_t log_commits; /* found in the log */
};

/* Every step answers false when the files are not as the page says. reader_done after any. */
bool reader_load(struct reader *reader, const char *path);
bool reader_unlock(struct reader *reader, const char *name, const char *password);
bool reader_recover(struct reader *reader, const char *code);
/* The pages of the store, then what the log holds on top. */
bool reader_pages(struct reader *reader);
bool reader_log(struct reader *reader);
/* The last event as -head has it. */
bool reader_head(const struct reader *reader, uint64_t *out_sequence, uint8_t out_hash[32]);
/* The failed log-ins in the ring: how many, and the last one's name. */
bool reader_failures(const struct reader *reader, int *out_count, char out_name[65]);
void reader_done(struct reader *reader);

#endif
