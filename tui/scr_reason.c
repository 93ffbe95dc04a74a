/*
 * Why a receipt decided long ago is opened: one line, recorded with the
 * opening. Esc goes back and opens nothing.
 */
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/line.h"
#include "tui/screen.h"

enum { REASON_ROOM = 1024, VALUE_COLUMN = 12 };

struct reason {
	char reference[REFERENCE_SIZE];
	char decided[DAY_SIZE];
	char text[REASON_ROOM];
	struct line line;
};

static unsigned reason_open(struct ui *ui, void *state, const void *argument)
{
	const struct request_row *row = argument;
	struct reason *reason = state;

	(void)ui;
	memcpy(reason->reference, row->reference, sizeof(reason->reference));
	memcpy(reason->decided, row->decided, sizeof(reason->decided));
	line_init(&reason->line, reason->text, sizeof(reason->text));
	return SCREEN_STAY;
}

static void reason_draw(const struct ui *ui, const void *state)
{
	const struct reason *reason = state;
	const struct draw_area area = { DRAW_BODY + 1, 2, 3, ui->columns - 4 };
	const struct frame frame = {
		.title = reason->reference,
		.explain = "Say why in a few words, then Enter. The reason is recorded with "
			   "the opening.",
		.commands = scr_reason.commands,
	};
	char decided[64];
	struct buffer text;
	int end;

	day_shown(reason->decided, decided);
	buffer_init(&text);
	buffer_print(&text, "This receipt was decided on %s, more than 90 days ago.", decided);
	draw_wrapped(&area, DRAW_PLAIN, buffer_text(&text));
	buffer_done(&text);
	draw_text(DRAW_BODY + 4, 2, VALUE_COLUMN - 2, DRAW_PLAIN, "Because");
	end = draw_typed(DRAW_BODY + 4, VALUE_COLUMN, ui->columns - 2 - VALUE_COLUMN, reason->text);
	draw_frame(ui, &frame);
	draw_cursor(DRAW_BODY + 4, end);
}

static unsigned reason_command(struct ui *ui, void *state, enum command_id id)
{
	struct reason *reason = state;

	if (id == COMMAND_LEAVE)
		return SCREEN_POP;
	if (id != COMMAND_GIVE || line_is_blank(&reason->line))
		return SCREEN_STAY;
	mem_free(ui->because);
	ui->because = mem_text(reason->text);
	memcpy(ui->reference, reason->reference, sizeof(ui->reference));
	ui->next = &scr_receipt;
	ui->next_argument = ui->reference;
	return SCREEN_POP | SCREEN_PUSH;
}

static unsigned reason_text(struct ui *ui, void *state, int key)
{
	struct reason *reason = state;

	(void)ui;
	return line_key(&reason->line, key) ? SCREEN_STAY : SCREEN_UNUSED;
}

static void reason_keep(const void *state, struct draft *draft)
{
	const struct reason *reason = state;

	draft_put(draft, reason->reference);
	draft_put(draft, reason->decided);
	line_keep(&reason->line, draft);
}

static unsigned reason_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct reason *reason = state;

	(void)ui;
	draft_take_into(draft, reason->reference, sizeof(reason->reference));
	draft_take_into(draft, reason->decided, sizeof(reason->decided));
	line_init(&reason->line, reason->text, sizeof(reason->text));
	line_resume(&reason->line, draft);
	return SCREEN_STAY;
}

static const enum command_id reason_commands[] = { COMMAND_GIVE, COMMAND_REDRAW, COMMAND_FORM_HELP,
	COMMAND_LEAVE, COMMAND_NONE };

const struct screen_ops scr_reason = {
	.name = "Reason",
	.state_size = sizeof(struct reason),
	.commands = reason_commands,
	.open = reason_open,
	.draw = reason_draw,
	.command = reason_command,
	.text = reason_text,
	.keep = reason_keep,
	.resume = reason_resume,
};
