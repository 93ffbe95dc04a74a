/*
 * The keys of the screen it was called from, read from the list of commands.
 */
#include "core/buffer.h"
#include "tui/doors.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/screen.h"

enum { KEYS_COLUMN = 2, NAME_COLUMN = 14, HELP_COLUMN = 31, MOST = 64 };

struct help {
	const struct screen_ops *ops;
	enum command_id ids[MOST]; /* for the person at the desk; last what works on all screens */
	int top, count;		   /* the first command shown; of how many */
};

static void help_add(const struct ui *ui, struct help *help, const enum command_id *ids)
{
	for (; *ids != COMMAND_NONE && help->count < MOST; ids++)
		if (!command_is_barred(ui, *ids))
			help->ids[help->count++] = *ids;
}

static unsigned help_open(struct ui *ui, void *state, const void *argument)
{
	struct help *help = state;

	help->ops = argument;
	help_add(ui, help, help->ops->commands);
	help_add(ui, help, commands_everywhere(help->ops->commands));
	return SCREEN_STAY;
}

static const struct command *help_at(const struct help *help, int i)
{
	return command_get(help->ids[i]);
}

static int help_width(const struct ui *ui)
{
	return ui->columns - HELP_COLUMN - 1;
}

/* Rows below the heading's gap. */
static int help_rows(const struct ui *ui)
{
	return draw_body_rows(ui) - 1;
}

static void help_draw(const struct ui *ui, const void *state)
{
	const struct help *help = state;
	struct buffer path;
	struct frame frame = { .title = "Help",
		.explain = "Capitals and small letters are different keys.",
		.commands = scr_help.commands };
	struct draw_area area = { DRAW_BODY + 1, HELP_COLUMN, help_rows(ui), help_width(ui) };

	buffer_init(&path);
	buffer_print(&path, "Keys of %s", help->ops->name);
	frame.path = buffer_text(&path);
	frame.more = (struct draw_more) { .is_above = help->top > 0, .end = area.row };
	for (int i = help->top; i < help->count; i++)
		frame.more.end += draw_lines(help_at(help, i)->help, help_width(ui));
	for (int i = help->top; i < help->count && area.rows > 0; i++) {
		const struct command *command = help_at(help, i);
		int lines;

		draw_text(area.row, KEYS_COLUMN, NAME_COLUMN - KEYS_COLUMN - 1, DRAW_BOLD,
			command->keys);
		draw_text(area.row, NAME_COLUMN, HELP_COLUMN - NAME_COLUMN - 1, DRAW_PLAIN,
			command->name);
		lines = draw_wrapped(&area, DRAW_PLAIN, command->help);
		area.row += lines;
		area.rows -= lines;
	}
	draw_frame(ui, &frame);
	buffer_done(&path);
}

/* The last command that may stand at the top: from it on all the rest is seen. */
static int help_last_top(const struct ui *ui, const struct help *help)
{
	int rows = help_rows(ui), top = help->count;

	while (top > 0) {
		rows -= draw_lines(help_at(help, top - 1)->help, help_width(ui));
		if (rows < 0)
			break;
		top--;
	}
	return top;
}

static unsigned help_resized(struct ui *ui, void *state)
{
	struct help *help = state;
	int last = help_last_top(ui, help);

	if (help->top > last)
		help->top = last;
	if (help->top < 0)
		help->top = 0;
	return SCREEN_STAY;
}

/* How many commands fill a screen from the top, one of them seen again. */
static int help_page(const struct ui *ui, const struct help *help)
{
	int rows = help_rows(ui), count = 0;

	for (int i = help->top; i < help->count && rows > 0; i++, count++)
		rows -= draw_lines(help_at(help, i)->help, help_width(ui));
	return count > 2 ? count - 1 : 1;
}

static unsigned help_command(struct ui *ui, void *state, enum command_id id)
{
	struct help *help = state;

	if (id == COMMAND_BACK)
		return SCREEN_POP;
	help->top += (int)command_rows(id, help_page(ui, help));
	return help_resized(ui, state);
}

static void help_keep(const void *state, struct draft *draft)
{
	const struct help *help = state;

	draft_put_number(draft, help->top);
}

static unsigned help_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct help *help = state;

	(void)help_open(ui, state, ui->below.ops);
	help->top = (int)draft_take_number(draft);
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
	.keep = help_keep,
	.resume = help_resume,
};
