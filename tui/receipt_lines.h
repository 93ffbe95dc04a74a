/*
 * What was given of a receipt and of its subjects as labels and values on a
 * page.
 */
#ifndef TRACEDESK_TUI_RECEIPT_LINES_H
#define TRACEDESK_TUI_RECEIPT_LINES_H

#include "tui/page.h"
#include "tui/receipt_cells.h"

void lines_form(
	struct page *page, const struct request *request, const struct service_list *services);
/* shows_found: what was traced, too. */
void lines_subjects(struct page *page, const struct request *request, bool shows_found);
/* Appends what a field holds, in words. */
void request_field_shown(const struct request *request, int field, struct buffer *out);
void subject_field_shown(const struct subject *subject, int field, struct buffer *out);
/* Of an intake field. */
const char *request_field_label(int field);
const char *subject_field_label(int field);

#endif
