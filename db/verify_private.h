/*
 * What the two halves of the proof share: the walk along the chain (verify.c)
 * and the comparison of rows (verify_rows.c).
 */
#ifndef TRACEDESK_DB_VERIFY_PRIVATE_H
#define TRACEDESK_DB_VERIFY_PRIVATE_H

#include "db/payload.h"
#include "db/verify.h"

struct verify {
	struct store *store;
	struct trail_verdict *verdict;
	struct verify_key *keys; /* public keys as the trail brought them in */
	size_t key_count;
};

void verify_problem(struct verify *verify, int64_t event, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Starts a list of rows as the events tell them, in memory. */
enum db_status verify_rows_start(struct verify *verify);
/* Notes the rows of one payload, reader standing at its rows; new keys go to verify_key_add. False:
   the payload cannot be read. */
bool verify_rows_note(struct verify *verify, int64_t event, struct payload_reader *reader,
	enum db_status *out_status);
/* Compares with the rows as they are. */
enum db_status verify_rows_compare(struct verify *verify);
void verify_key_add(struct verify *verify, int64_t id, int64_t person, const uint8_t *sign_public);

#endif
