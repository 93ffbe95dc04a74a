/*
 * Where a file is to be written: one line. A file that is there already is
 * replaced only when Enter is pressed again. Nothing is written here: the screen
 * below does that with what ui->path says.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/buffer.h"
#include "tui/draw.h"
#include "tui/line.h"
#include "tui/screen.h"

enum { VALUE_COLUMN = 12 };

struct path {
	const char *title; /* borrowed: what is written */
	struct line line;
	bool is_asked; /* whether the file that is there is to be replaced */
};

static unsigned path_open(struct ui *ui, void *state, const void *argument)
{
	struct path *path = state;

	path->title = argument;
	path->line =
		(struct line) { ui->path.text, sizeof(ui->path.text), strlen(ui->path.text), 0 };
	ui->path.is_given = false;
	ui->path.replaces = false;
	return SCREEN_STAY;
}

/* The end of what was typed, where it is longer than the field. */
static int typed_draw(const struct ui *ui, int row)
{
	int width = ui->columns - 2 - VALUE_COLUMN;
	const char *typed = ui->path.text;

	while (draw_width(typed) >= width)
		do
			typed++;
		while (((unsigned char)*typed & 0xc0) == 0x80);
	return VALUE_COLUMN + draw_text(row, VALUE_COLUMN, width, DRAW_BOLD, typed);
}

static void path_draw(const struct ui *ui, const void *state)
{
	const struct path *path = state;
	const struct frame frame = {
		.title = path->title,
		.explain = ui->told.text[0]
				   ? ui->told.text
				   : "A private file: nobody else can read it. Ctrl-U empties "
				     "the line.",
		.is_bad = ui->told.text[0] != '\0',
		.commands = scr_path.commands,
	};
	int end;

	draw_text(DRAW_BODY + 1, 2, VALUE_COLUMN - 2, DRAW_PLAIN, "File");
	end = typed_draw(ui, DRAW_BODY + 1);
	draw_frame(ui, &frame);
	draw_cursor(DRAW_BODY + 1, end);
}

static unsigned path_command(struct ui *ui, void *state, enum command_id id)
{
	struct path *path = state;

	if (id == COMMAND_LEAVE)
		return SCREEN_POP;
	if (id != COMMAND_WRITE || line_is_blank(&path->line))
		return SCREEN_STAY;
	if (access(ui->path.text, F_OK) == 0 && !path->is_asked) {
		path->is_asked = true;
		(void)notice_set(&ui->told, DESK_REFUSED,
			"There is such a file already: Enter again replaces it");
		return SCREEN_STAY;
	}
	ui->path.is_given = true;
	ui->path.replaces = path->is_asked;
	return SCREEN_POP | SCREEN_RELOAD;
}

static unsigned path_text(struct ui *ui, void *state, int key)
{
	struct path *path = state;

	(void)ui;
	if (!line_key(&path->line, key))
		return SCREEN_UNUSED;
	path->is_asked = false;
	return SCREEN_STAY;
}

static const enum command_id path_commands[] = { COMMAND_WRITE, COMMAND_REDRAW, COMMAND_LEAVE,
	COMMAND_NONE };

const struct screen_ops scr_path = {
	.name = "a file",
	.state_size = sizeof(struct path),
	.commands = path_commands,
	.open = path_open,
	.draw = path_draw,
	.command = path_command,
	.text = path_text,
};
