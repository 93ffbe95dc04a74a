/*
 * Both verifiers on one trail: the store's own proof, and tracedesk-verify on
 * an export of the store. What one says the other must say, too.
 */
#ifndef TRACEDESK_TESTS_DB_BOTH_PROOFS_H
#define TRACEDESK_TESTS_DB_BOTH_PROOFS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "db/store_private.h"

enum { PROOFS_OUTPUT = 65536 };

/* Where exports are written. */
void proofs_start(const char *path);
void proofs_export(struct store *store);
/* Runs tracedesk-verify on the exported file: its exit status and what it said. */
int proofs_verifier(char *out);
/* Neither finds anything. */
bool proofs_accept(struct store *store, char *out);
/* Both name the event first, in the same words, and what is wanted is among them. */
struct proof_wanted {
	const char *name, *what;
};
bool proofs_name(struct store *store, const struct proof_wanted *wanted, int64_t event, char *out);

#endif
