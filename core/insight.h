/*
 * Insight: what the register does not publish. Shares rejected by service, reason
 * and force, days to the decision, ages of what is open; a period beside the twelve
 * months before it. Pure: receipts are counted in one by one.
 */
#ifndef TRACEDESK_CORE_INSIGHT_H
#define TRACEDESK_CORE_INSIGHT_H

#include "core/buffer.h"
#include "core/figures.h"
#include "core/sheet.h"

/* clang-format off */
/* X(constant, code, title) */
#define INSIGHT_PARTS(X) \
	X(INSIGHT_SERVICES, "rejected_by_service", "Rejected, by service") \
	X(INSIGHT_REASONS, "rejected_by_reason", "Rejected, by reason (a receipt can have several)") \
	X(INSIGHT_FORCES, "rejected_by_force", "Rejected, by force") \
	X(INSIGHT_DAYS, "days_to_decision", "Working days from receipt to decision") \
	X(INSIGHT_AGES, "open_by_age", "Open now, by age in working days")
/* clang-format on */

#define INSIGHT_VALUE(constant, ...) constant,
enum insight_part { INSIGHT_PARTS(INSIGHT_VALUE) INSIGHT_PART_COUNT };

/* One of the two periods of a line. */
struct insight_side {
	int64_t count;
	int64_t of;    /* count is so many of them */
	int32_t *days; /* of each receipt of a line of INSIGHT_DAYS */
	size_t day_count;
	size_t day_room;
};

struct insight_line {
	enum insight_part part;
	int order;  /* within its part, then by how many were rejected */
	char *name; /* a code, the name of an organisation, an age ("6-10") or "total" */
	char *label;
	struct insight_side now;
	struct insight_side before; /* empty for INSIGHT_AGES */
};

struct insight {
	struct figures_span span;
	struct figures_span before; /* the twelve months before */
	char today[DAY_SIZE];
	struct insight_line *lines; /* by part */
	size_t line_count;
	int64_t rejected_now; /* all of them */
	int64_t rejected_before;
};

struct insight_case {
	const char *service; /* its code, and its label */
	const char *label;
	int position; /* in the register; 0: not in it */
	const char *organisation;
	const char *organisation_kind;
	const char *reasons; /* parted by ';' */
	enum request_state outcome;
	const char *decided;
	int32_t days; /* to the decision; of an open one, so far */
};

void insight_init(struct insight *insight, const struct figures_span *span, const char *today);
void insight_clear(struct insight *insight);
/* One that the register has no outcome of, or of another time, is passed over. */
void insight_add_decided(struct insight *insight, const struct insight_case *decided);
void insight_add_open(struct insight *insight, int32_t days);
/* After the last: puts the lines in order. */
void insight_finish(struct insight *insight);

/* The smallest number of days within which so many in a hundred were decided; -1 of none. */
int32_t insight_percentile(const struct insight_side *side, int percent);

/* For csv and json. Free with sheet_free. */
struct sheet *insight_sheet(const struct insight *insight);
/* For people; width as for register_text. */
void insight_text(const struct insight *insight, bool is_demo, int width, struct buffer *out);

#endif
