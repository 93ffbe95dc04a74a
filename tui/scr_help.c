/*
 * The keys of the screen it was called from, read from the list of commands.
 */
#include "core/buffer.h"
#include "tui/draw.h"
#include "tui/screen.h"

enum { KEYS_COLUMN = 3, NAME_COLUMN = 16, HELP_COLUMN = 29 };

struct help {
	const struct screen_ops *ops;
};

static unsigned help_open(struct ui *ui, void *state, const void *argument)
{
	struct help *help = state;

	(void)ui;
	help->ops = argument;
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
	for (const enum command_id *id = help->ops->commands; *id != COMMAND_NONE; id++) {
		const struct command *command = command_get(*id);

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

static unsigned help_command(struct ui *ui, void *state, enum command_id id)
{
	(void)ui;
	(void)state;
	return id == COMMAND_BACK ? SCREEN_POP : SCREEN_STAY;
}

static const enum command_id help_commands[] = { COMMAND_REDRAW, COMMAND_BACK, COMMAND_NONE };

const struct screen_ops scr_help = {
	.name = "Help",
	.state_size = sizeof(struct help),
	.commands = help_commands,
	.open = help_open,
	.draw = help_draw,
	.command = help_command,
};
