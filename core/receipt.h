/*
 * One receipt, and one submission, written out: a page for people, the JSON of
 * interface.md section 10, CSV that import takes again. Pure.
 */
#ifndef TRACEDESK_CORE_RECEIPT_H
#define TRACEDESK_CORE_RECEIPT_H

#include <stdbool.h>

#include "core/buffer.h"
#include "db/records.h"

/* services: for the label; the texts in it are made harmless for a terminal. */
void receipt_text(
	const struct request *request, const char *service_label, bool is_demo, struct buffer *out);
void receipt_json(const struct request *request, struct buffer *out);
void receipt_csv(const struct request *request, bool spreadsheet, struct buffer *out);

#endif
