/*
 * Every receipt, newest first: the first screen of those who only read.
 */
#include "core/buffer.h"
#include "tui/doors.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/receipt_list.h"
#include "tui/screen.h"

static unsigned receipts_load(struct ui *ui, void *state)
{
	return list_load(ui, state);
}

static unsigned receipts_open(struct ui *ui, void *state, const void *argument)
{
	struct receipt_list *list = state;

	(void)ui;
	(void)argument;
	list->window.from = FROM_BEGIN;
	list->is_new = true;
	return SCREEN_RELOAD;
}

static void receipts_draw(const struct ui *ui, const void *state)
{
	const struct receipt_list *list = state;
	struct frame frame = { .title = "Receipts",
		.path = "Newest first",
		.more = window_more(&list->window, DRAW_BODY + 1),
		.commands = scr_receipts.commands };
	struct buffer explain;

	buffer_init(&explain);
	list_explain(ui, list, &frame, &explain);
	list_draw(ui, list, "There are no receipts yet.");
	draw_frame(ui, &frame);
	buffer_done(&explain);
}

static unsigned receipts_command(struct ui *ui, void *state, enum command_id id)
{
	unsigned flags;

	if (door_of(id)) {
		ui->next = door_of(id);
		return SCREEN_PUSH;
	}
	flags = list_command(ui, state, id);
	if (flags != SCREEN_UNUSED)
		return flags;
	return id == COMMAND_QUIT ? SCREEN_QUIT : SCREEN_STAY;
}

static unsigned receipts_resized(struct ui *ui, void *state)
{
	return list_resized(ui, state);
}

static void receipts_done(void *state)
{
	list_clear(state);
}

static void receipts_keep(const void *state, struct draft *draft)
{
	list_keep(state, draft);
}

static unsigned receipts_resume(struct ui *ui, void *state, struct draft *draft)
{
	unsigned flags = receipts_open(ui, state, NULL);

	list_resume(state, draft);
	ui->list = state;
	return flags;
}

static const enum command_id receipts_commands[] = { COMMAND_OPEN, COMMAND_FIND, COMMAND_MONTHS,
	COMMAND_DBSB, COMMAND_AUDIT, COMMAND_UP, COMMAND_DOWN, COMMAND_PAGE_UP, COMMAND_PAGE_DOWN,
	COMMAND_FIRST, COMMAND_LAST, COMMAND_RELOAD, COMMAND_REDRAW, COMMAND_HELP, COMMAND_QUIT,
	COMMAND_NONE };

const struct screen_ops scr_receipts = {
	.name = "Receipts",
	.state_size = sizeof(struct receipt_list),
	.commands = receipts_commands,
	.open = receipts_open,
	.waiting = "reading …",
	.load = receipts_load,
	.draw = receipts_draw,
	.resized = receipts_resized,
	.command = receipts_command,
	.done = receipts_done,
	.keep = receipts_keep,
	.resume = receipts_resume,
};
