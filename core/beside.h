/*
 * What stands beside a receipt, written out: its checks, what was decided and
 * proposed, notes, links; for people and as the JSON of interface.md section
 * 10. Texts are made harmless for a terminal. Pure.
 */
#ifndef TRACEDESK_CORE_BESIDE_H
#define TRACEDESK_CORE_BESIDE_H

#include <stddef.h>

#include "core/buffer.h"
#include "core/rules.h"
#include "db/records.h"

/* Borrowed, all of it. */
struct beside {
	const struct finding *findings;
	size_t finding_count; /* 0: it was imported as decided, without checks of ours */
	int rules_version;
	enum rule_advice advice;
	const struct decision *decisions;
	size_t decision_count;
	const struct note *notes;
	size_t note_count;
	const char *duplicates; /* references parted by ';' */
	const char *linked;	/* likewise */
};

/* Ticks and crosses with their sentences, the worst first, and what they advise. */
void beside_checks_text(const struct beside *beside, struct buffer *out);
/* The same after a receipt's page, then decisions, notes and references. */
void beside_text(const struct beside *beside, struct buffer *out);
/* The array "findings". */
void beside_findings_json(const struct beside *beside, struct buffer *out);
/* The object of request check. */
void beside_checks_json(const char *reference, const struct beside *beside, struct buffer *out);

#endif
