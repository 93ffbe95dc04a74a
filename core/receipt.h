/*
 * One receipt written out: a page for people, the JSON of
 * interface.md section 10, CSV that import takes again. Pure.
 */
#ifndef TRACEDESK_CORE_RECEIPT_H
#define TRACEDESK_CORE_RECEIPT_H

#include <stdbool.h>

#include "core/beside.h"
#include "core/buffer.h"
#include "db/records.h"

/* The texts are made harmless for a terminal. What stands beside it follows by
   beside_text. */
void receipt_text(
	const struct request *request, const char *service_label, bool is_demo, struct buffer *out);
void receipt_json(const struct request *request, const struct beside *beside, struct buffer *out);
/* The names of columns, then a row a subject: of what an outcome leaves behind only what goes with
   it, so that import takes the rows again. */
void receipt_csv_head(struct buffer *out);
void receipt_csv(const struct request *request, bool spreadsheet, struct buffer *out);

#endif
