/*
 * The keys of the screen it was called from, read from the list of commands.
 */
#include "core/buffer.h"
#include "tui/draw.h"
#include "tui/screen.h"

enum { KEYS_COLUMN = 3, NAME_COLUMN = 16, HELP_COLUMN = 29 };

struct help {
	const struct screen_ops *ops;
	int top, count; /* the first command shown; of how many */
};

static unsigned help_open(struct ui *ui, void *state, const void *argument)
{
	struct help *help = state;

	(void)ui;
	help->ops = argument;
	while (help->ops->commands[help->count] != COMMAND_NONE)
		help->count++;
	return SCREEN_STAY;
}

static void help_draw(const struct ui *ui, const void *state)
{
	const struct help *help = state;
	struct buffer path;
	struct frame frame = { .title = "Help",
		.explain = "Capitals and small letters are different keys.",
		.commands = scr_help.commands };
	int row = DRAW_BODY;

	buffer_init(&path);
	buffer_print(&path, "Keys of %s", help->ops->name);
	frame.path = buffer_text(&path);
	for (int i = help->top; i < help->count && row < DRAW_BODY + draw_body_rows(ui) - 1; i++) {
		const struct command *command = command_get(help->ops->commands[i]);

		draw_text(++row, KEYS_COLUMN, NAME_COLUMN - KEYS_COLUMN - 1, DRAW_BOLD,
			command->keys);
		draw_text(
			row, NAME_COLUMN, HELP_COLUMN - NAME_COLUMN - 1, DRAW_PLAIN, command->name);
		draw_text(
			row, HELP_COLUMN, ui->columns - HELP_COLUMN - 1, DRAW_PLAIN, command->help);
	}
	draw_frame(ui, &frame);
	buffer_done(&path);
}

static unsigned help_resized(struct ui *ui, void *state)
{
	struct help *help = state;
	int last = help->count - (draw_body_rows(ui) - 1);

	if (help->top > last)
		help->top = last;
	if (help->top < 0)
		help->top = 0;
	return SCREEN_STAY;
}

static unsigned help_command(struct ui *ui, void *state, enum command_id id)
{
	struct help *help = state;
	int page = draw_body_rows(ui) - 1;

	if (id == COMMAND_BACK)
		return SCREEN_POP;
	if (id == COMMAND_UP || id == COMMAND_DOWN)
		help->top += id == COMMAND_UP ? -1 : 1;
	else
		help->top += id == COMMAND_PAGE_UP ? -page : page;
	return help_resized(ui, state);
}

static const enum command_id help_commands[] = { COMMAND_UP, COMMAND_DOWN, COMMAND_PAGE_UP,
	COMMAND_PAGE_DOWN, COMMAND_REDRAW, COMMAND_BACK, COMMAND_NONE };

const struct screen_ops scr_help = {
	.name = "Help",
	.state_size = sizeof(struct help),
	.commands = help_commands,
	.open = help_open,
	.draw = help_draw,
	.resized = help_resized,
	.command = help_command,
};
