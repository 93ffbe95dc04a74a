/*
 * Argon2 in tests: calls counted, answers kept, so that a password costs its
 * time once, and failures made. Link with --wrap=slot_derive.
 */
#ifndef TRACEDESK_TESTS_DB_ARGON2_H
#define TRACEDESK_TESTS_DB_ARGON2_H

#include "db/slots.h"

struct argon2 {
	int calls;
	bool fails;
	bool forgets;		/* keeps no answer, gives none that was kept */
	struct store_cost cost; /* of the last call */
};
extern struct argon2 argon2;

enum db_status __real_slot_derive(const struct slot *slot, const struct secret *password,
	struct report *report, struct secret **out_derived);
enum db_status __wrap_slot_derive(const struct slot *slot, const struct secret *password,
	struct report *report, struct secret **out_derived);

#endif
