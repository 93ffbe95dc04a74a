/*
 * The rulebook: what the checks compare with, as rows that a supervisor can
 * change. A row holds for receipts received between two days; every decision
 * keeps the version it was made under. Shipped as one table. Pure.
 */
#ifndef TRACEDESK_CORE_RULEBOOK_H
#define TRACEDESK_CORE_RULEBOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "db/records.h"

/* clang-format off */

/* X(constant, stored number, code, what the scope is, what the value is). An empty scope holds for
   all. */
#define RULEBOOK_KINDS(X) \
	X(RULEBOOK_MINIMUM_TIER, 1, "minimum_tier", "service", "lowest tier of a countersigner") \
	X(RULEBOOK_SECURE_DOMAIN, 2, "secure_domain", "service", "mail domain; its sub-domains count") \
	X(RULEBOOK_LEGAL_BASIS, 3, "legal_basis", "service", "accepted legal basis") \
	X(RULEBOOK_PURPOSE, 4, "purpose", "service", "accepted purpose") \
	X(RULEBOOK_ITEM, 5, "item", "service", "item that may be asked for") \
	X(RULEBOOK_REQUIRED, 6, "required", "rule", "column that must be on the form") \
	X(RULEBOOK_RECIPIENT, 7, "recipient", "court_order_kind", "who may receive the answer") \
	X(RULEBOOK_NECESSITY_LEAST, 8, "necessity_least", "service", "characters of a full reason") \
	X(RULEBOOK_SIGNATURE_DAYS, 9, "signature_days", "service", "days a signature stays fresh")

/* clang-format on */

#define RULEBOOK_KIND_VALUE(constant, number, code, scope, value) constant = number,
enum rulebook_kind { RULEBOOK_KINDS(RULEBOOK_KIND_VALUE) };

/* NULL for a number that is no kind; 0 for an unknown code. */
const char *rulebook_kind_code(int kind);
int rulebook_kind_from(const char *code);

enum { RULEBOOK_VALUE_SIZE = 128 };

struct rulebook_row {
	enum rulebook_kind kind;
	char scope[CODE_SIZE];
	char value[RULEBOOK_VALUE_SIZE];
	char from[DAY_SIZE]; /* first day of receipt it holds for, "" without */
	char to[DAY_SIZE];   /* last day, "" without */
};

struct rulebook {
	int version; /* the shipped one is 1 */
	const struct rulebook_row *rows;
	size_t row_count;
	struct rulebook_row *owned; /* rows, when they were loaded from a store; else NULL */
};

const struct rulebook *rulebook_shipped(void);
/* The next row after `after` (NULL: the first) of a kind that holds for the scope on the day of
   receipt; NULL: no more. */
const struct rulebook_row *rulebook_next(const struct rulebook *rulebook, enum rulebook_kind kind,
	const char *scope, const char *day, const struct rulebook_row *after);
bool rulebook_has(const struct rulebook *rulebook, enum rulebook_kind kind, const char *scope,
	const char *day, const char *value);
/* The value of the first such row, or "". */
const char *rulebook_value(const struct rulebook *rulebook, enum rulebook_kind kind,
	const char *scope, const char *day);
/* The same as a whole number; 0 when there is none. */
int rulebook_number(const struct rulebook *rulebook, enum rulebook_kind kind, const char *scope,
	const char *day);

#endif
