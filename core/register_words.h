/*
 * The words of the register, written once for all its forms: codes and titles of
 * the measures, headings, what is provisional, and the notes that follow the terms.
 */
#ifndef TRACEDESK_CORE_REGISTER_WORDS_H
#define TRACEDESK_CORE_REGISTER_WORDS_H

#include "core/buffer.h"
#include "core/figures.h"
#include "core/register.h"

/* In place of a suppressed figure. */
#define REGISTER_HIDDEN	     "*"
#define REGISTER_DEMO	     "DEMO: every case and every person in these figures is invented."
#define REGISTER_PROVISIONAL "Provisional: the month is not closed; its figures can still change."
/* Figures of a closed month as they are now, and the mark of one that is not as it was published.
 */
#define REGISTER_PRESENT "Present figures, not those published; * marks one that differs."
#define REGISTER_DIFFERS "*"

struct register_measure {
	const char *code;
	const char *title;
};

extern const struct register_measure register_tracing[TRACING_MEASURES];
extern const struct register_measure register_dbsb[DBSB_MEASURES];

/* "December 2020", "July to December 2020", "December 2019 to January 2020". */
void register_period(const struct figures *figures, struct buffer *out);
/* "Tracing service and Demographics Batch Service Bureau activity - December 2020". */
void register_title(const struct figures *figures, struct buffer *out);
/* "Tracing service activity for December 2020", "Tracing service - February 2020". */
void register_month_heading(
	const struct figures_month *month, enum register_layout layout, struct buffer *out);
void register_dbsb_heading(const struct figures *figures, struct buffer *out);
/* Which months of the period can still change; nothing when all are closed. */
void register_provisional(const struct figures *figures, struct buffer *out);
/* A dbsb figure: 9,066 and 4.0%; a dash for zero and for what cannot be divided. */
void register_dbsb_shown(const struct figures *figures, const struct figures_month *month,
	enum dbsb_measure measure, struct buffer *out);
/* A share: 77.8, or 78 when the figures are suppressed to whole per cents. */
void register_share(const struct figures *figures, int64_t tenths, struct buffer *out);

/* The lines after the terms: what is suppressed; footnotes of the services shown, once each, in
   register order; then when each closed month was published and why it was revised. */
struct register_notes {
	char **lines;
	size_t count;
	size_t footnote_count; /* of them, the first */
};
void register_notes_load(const struct figures *figures, struct register_notes *out_notes);
void register_notes_clear(struct register_notes *notes);

#endif
