/*
 * What the screens that list receipts share: loading the window, its rows, the
 * keys that move in it, opening the selected receipt.
 */
#ifndef TRACEDESK_TUI_RECEIPT_LIST_H
#define TRACEDESK_TUI_RECEIPT_LIST_H

#include "core/buffer.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/row_window.h"
#include "tui/screen.h"

struct receipt_list {
	struct row_window window;
	bool is_refused; /* the list itself was */
	bool is_new;	 /* never loaded */
	char *marked;	 /* a list of references; NULL: none */
	/* To be selected by the next load, if it is there, and its row on the screen. */
	char sought[REFERENCE_SIZE];
	long sought_row;
};

size_t list_height(const struct ui *ui);
/* Loads (or reads again) what is shown, and the services before the first list. */
unsigned list_load(struct ui *ui, struct receipt_list *list);
/* The rows, or the sentence that there are none. */
void list_draw(const struct ui *ui, const struct receipt_list *list, const char *when_empty);
/* Puts into frame what the list has to say; explain owns the text. */
void list_explain(const struct ui *ui, const struct receipt_list *list, struct frame *frame,
	struct buffer *explain);
/* Obeys the commands that move; SCREEN_UNUSED: it is none of them. */
unsigned list_command(struct ui *ui, struct receipt_list *list, enum command_id id);
unsigned list_resized(const struct ui *ui, struct receipt_list *list);
/* Opens the selected receipt, asking for a reason first where one is needed. */
unsigned list_open(struct ui *ui, const struct receipt_list *list);
/* What is selected and marked; the next load selects it again. */
void list_keep(const struct receipt_list *list, struct draft *draft);
void list_resume(struct receipt_list *list, struct draft *draft);
/* At the left of a receipt: its references and subjects, over so many columns. Returns what of it
   is not seen. */
struct draw_more list_draw_narrow(const struct ui *ui, const struct receipt_list *list, int width);
void list_clear(struct receipt_list *list);

#endif
