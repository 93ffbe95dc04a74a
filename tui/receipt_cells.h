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

/* The state in words; "?" for none. */
const char *state_name(enum request_state state);

struct state_facts {
	enum request_state state;
	const char *decided, *assigned_to, *needed_by; /* "" for nothing */
	bool is_imported, is_safeguarding, is_correcting;
};
/* Appends where a receipt stands, as a sentence without its full stop. */
void state_explain(const struct state_facts *facts, struct buffer *out);

/* Kinds of lists: they show what tells their receipts apart. */
enum cells_list {
	CELLS_OPEN,
	CELLS_PROPOSED, /* what waits for somebody: the state says for what */
	CELLS_CLOSED,
	CELLS_ALL
};
void cells_draw_heads(enum cells_list list, int row, int columns);
void cells_draw_row(const struct ui *ui, enum cells_list list, int row,
	const struct request_row *receipt, bool is_selected);
/* Its reference and subject alone, over so many columns. */
void cells_draw_narrow(const struct request_row *receipt, int row, int width, bool is_selected);
/* Appends why it is pressing, where it stands, and in full what the columns may have cut. */
void cells_explain(const struct request_row *receipt, const char *today, struct buffer *out);

#endif
