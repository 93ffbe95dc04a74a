/*
 * A receipt as one line of a list: its columns at each width of the terminal,
 * and the sentence that explains it.
 */
#ifndef TRACEDESK_TUI_RECEIPT_CELLS_H
#define TRACEDESK_TUI_RECEIPT_CELLS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buffer.h"
#include "db/records.h"
#include "tui/screen.h"

/* The code itself when there is no such service. */
const char *service_label(const struct service_list *services, const char *code);
void cells_draw_heads(int row, int columns);
void cells_draw_row(const struct service_list *services, int row, int columns,
	const struct request_row *receipt, bool is_selected);
/* Appends the state in words and what the columns had to cut. */
void cells_explain(const struct request_row *receipt, struct buffer *out);

#endif
