/*
 * The explanation of terms that follows the figures of the register, as data.
 */
#ifndef TRACEDESK_CORE_TERMS_H
#define TRACEDESK_CORE_TERMS_H

#include <stddef.h>

enum term_kind {
	TERM_HEADING,
	TERM_PARAGRAPH,
	TERM_ITEM, /* of a list, with its dash */
};

struct term {
	enum term_kind kind;
	const char *text;
};

extern const struct term register_terms[];
extern const size_t register_term_count;

#endif
