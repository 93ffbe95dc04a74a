/*
 * The list of receipts on the screen.
 */
#include "tui/receipt_list.h"

#include <stdio.h>
#include <string.h>

#include "core/list.h"
#include "tui/receipt_cells.h"

/* Rows that a selection is sought among: one further down is left. */
enum { SEEK_MOST = 2000 };

size_t list_height(const struct ui *ui)
{
	return (size_t)draw_body_rows(ui) - 1;
}

static enum desk_status list_seek(struct ui *ui, struct receipt_list *list)
{
	struct row_window *window = &list->window;
	size_t height = list_height(ui);
	enum desk_status status = DESK_OK;

	for (size_t read = 0; status == DESK_OK && read < SEEK_MOST; read += height) {
		for (size_t i = 0; i < window->count; i++)
			if (strcmp(window->rows[i].reference, list->sought) == 0) {
				window->selected = (long)i;
				window->top = (long)i - list->sought_row;
				return window_fill(ui->desk, window, height);
			}
		if (window->is_end)
			break;
		window->top = window->selected = (long)window->count;
		status = window_fill(ui->desk, window, height);
	}
	window->from = FROM_BEGIN;
	return status == DESK_OK ? window_fill(ui->desk, window, height) : status;
}

unsigned list_load(struct ui *ui, struct receipt_list *list)
{
	struct row_window *window = &list->window;
	enum desk_status status = DESK_OK;

	memset(&window->notice, 0, sizeof(window->notice));
	memset(ui->seen, 0, sizeof(ui->seen)); /* a list shows no version */
	if (!ui->services.rows)
		status = desk_services(
			ui->desk, &ui->services.rows, &ui->services.count, &window->notice);
	if (status == DESK_OK)
		status = window_fill(ui->desk, window, list_height(ui));
	if (status == DESK_OK && list->sought[0])
		status = list_seek(ui, list);
	list->sought[0] = '\0';
	list->is_refused = status != DESK_OK && window->count == 0;
	if (status == DESK_OK && list->is_new)
		snprintf(window->notice.text, sizeof(window->notice.text), "%s",
			desk_warning(ui->desk));
	list->is_new = false;
	if (status != DESK_LOCKED)
		return SCREEN_STAY;
	ui->notice = window->notice; /* a one-time password: nothing can be done here */
	return SCREEN_QUIT;
}

static enum cells_list list_kind(const struct receipt_list *list)
{
	switch (list->window.queue) {
	case QUEUE_MINE:
	case QUEUE_UNASSIGNED:
	case QUEUE_WAITING:
		return CELLS_OPEN;
	case QUEUE_REVIEW:
	case QUEUE_RELEASES:
	case QUEUE_TO_SEND:
		return CELLS_PROPOSED;
	case QUEUE_CLOSED:
		return CELLS_CLOSED;
	}
	return CELLS_ALL;
}

void list_draw(const struct ui *ui, const struct receipt_list *list, const char *when_empty)
{
	const struct draw_area area = { DRAW_BODY + 1, 2, draw_body_rows(ui) - 2, ui->columns - 4 };
	const struct row_window *window = &list->window;
	size_t height = list_height(ui), top = (size_t)window->top;

	if (window->count == 0) {
		draw_wrapped(
			&area, DRAW_PLAIN, list->is_refused ? window->notice.text : when_empty);
		return;
	}
	cells_draw_heads(list_kind(list), DRAW_BODY, ui->columns);
	for (size_t i = 0; i < height && top + i < window->count; i++) {
		const struct request_row *row = &window->rows[top + i];
		int at = DRAW_BODY + 1 + (int)i;

		cells_draw_row(ui, list_kind(list), at, row, (long)(top + i) == window->selected);
		if (list_has(list->marked, row->reference))
			draw_text(at, 1, 1, DRAW_BOLD, "*");
	}
}

struct draw_more list_draw_narrow(const struct ui *ui, const struct receipt_list *list, int width)
{
	const struct row_window *window = &list->window;
	struct draw_more more = window_more(window, DRAW_BODY);
	long rows = draw_body_rows(ui), top = window->top;

	if (window->selected >= top + rows)
		top = window->selected - rows + 1;
	for (long i = 0; i < rows && top + i < (long)window->count; i++)
		cells_draw_narrow(&window->rows[top + i], DRAW_BODY + (int)i, width,
			top + i == window->selected);
	more.is_above |= top > 0;
	more.end -= top - window->top;
	more.column = width;
	return more;
}

void list_explain(const struct ui *ui, const struct receipt_list *list, struct frame *frame,
	struct buffer *explain)
{
	const struct notice *notice = &list->window.notice;
	const struct request_row *row = window_selected(&list->window);

	if (!notice->text[0])
		notice = &ui->told;
	frame->is_bad = notice->text[0] && !list->is_refused &&
			(notice == &list->window.notice || notice->status != DESK_OK);
	if (notice->text[0] && !list->is_refused)
		buffer_add(explain, notice->text);
	else if (row)
		cells_explain(row, desk_today(ui->desk), explain);
	frame->explain = buffer_text(explain);
}

static unsigned list_restart(struct receipt_list *list, enum window_from from)
{
	list->window.from = from;
	return SCREEN_RELOAD;
}

unsigned list_resized(const struct ui *ui, struct receipt_list *list)
{
	return window_move(&list->window, 0, list_height(ui)) ? SCREEN_RELOAD : SCREEN_STAY;
}

unsigned list_open(struct ui *ui, const struct receipt_list *list)
{
	const struct request_row *row = window_selected(&list->window);

	if (!row)
		return SCREEN_STAY;
	ui->list = list;
	ui->next = desk_request_needs_reason(ui->desk, row) ? &scr_reason : &scr_receipt;
	ui->next_argument =
		ui->next == &scr_reason ? (const void *)row : (const void *)row->reference;
	return SCREEN_PUSH;
}

unsigned list_command(struct ui *ui, struct receipt_list *list, enum command_id id)
{
	struct row_window *window = &list->window;
	long page = (long)list_height(ui), rows = command_rows(id, page);

	memset(&window->notice, 0, sizeof(window->notice));
	if (id == COMMAND_OPEN)
		return list_open(ui, list);
	if (id == COMMAND_LAST)
		return list_restart(list, FROM_END);
	if (id == COMMAND_FIRST || id == COMMAND_RELOAD)
		return list_restart(list, FROM_BEGIN);
	if (rows == 0)
		return SCREEN_UNUSED;
	return window_move(window, rows, (size_t)page) ? SCREEN_RELOAD : SCREEN_STAY;
}

void list_keep(const struct receipt_list *list, struct draft *draft)
{
	const struct request_row *row = window_selected(&list->window);

	draft_put(draft, row ? row->reference : "");
	draft_put_number(draft, list->window.selected - list->window.top);
	draft_put(draft, list->marked);
}

void list_resume(struct receipt_list *list, struct draft *draft)
{
	draft_take_into(draft, list->sought, sizeof(list->sought));
	list->sought_row = draft_take_number(draft);
	list->marked = draft_take(draft);
}

void list_clear(struct receipt_list *list)
{
	window_clear(&list->window);
	mem_free(list->marked);
}
