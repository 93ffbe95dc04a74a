/*
 * The commands of the screen it was called from, by name: part of a name is
 * typed, Enter does the command as its key would. What cannot be done here and
 * now is greyed and says why.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/line.h"
#include "tui/screen.h"

enum { TYPED_SIZE = 40, MOST = 64, KEYS_COLUMN = 3, NAME_COLUMN = 14, HELP_COLUMN = 34 };

struct palette {
	struct screen_below below;
	char typed[TYPED_SIZE];
	struct line line;
	enum command_id found[MOST]; /* that the typed part is in */
	int count, at;
};

static bool has_part(const char *name, const char *part)
{
	for (; *name; name++)
		if (strncasecmp(name, part, strlen(part)) == 0)
			return true;
	return *part == '\0';
}

static bool palette_cannot(const struct ui *ui, const struct palette *palette, enum command_id id,
	char out_why[WHY_SIZE])
{
	const struct screen_below *below = &palette->below;

	out_why[0] = '\0';
	return below->ops->cannot && below->ops->cannot(ui, below->state, id, out_why);
}

/* Adds those with the typed part in their name, at its beginning or not, that can or cannot be
 * done.
 */
static void palette_add(const struct ui *ui, struct palette *palette, bool begins, bool cannot)
{
	const enum command_id *own = palette->below.ops->commands;
	const enum command_id *const lists[] = { own, commands_everywhere(own) };
	const char *part = palette->typed;
	char why[WHY_SIZE];

	for (int i = 0; i < 2; i++)
		for (const enum command_id *id = lists[i];
			*id != COMMAND_NONE && palette->count < MOST; id++) {
			const char *name = command_get(*id)->name;

			if (*id != COMMAND_PALETTE && has_part(name, part) &&
				(strncasecmp(name, part, strlen(part)) == 0) == begins &&
				palette_cannot(ui, palette, *id, why) == cannot)
				palette->found[palette->count++] = *id;
		}
}

/* What can be done first, and of that those whose name begins so. */
static void palette_seek(const struct ui *ui, struct palette *palette)
{
	palette->count = palette->at = 0;
	for (int i = 0; i < 4; i++)
		palette_add(ui, palette, i % 2 == 0, i >= 2);
}

static unsigned palette_open(struct ui *ui, void *state, const void *argument)
{
	struct palette *palette = state;

	palette->below = *(const struct screen_below *)argument;
	line_init(&palette->line, palette->typed, sizeof(palette->typed));
	palette_seek(ui, palette);
	return SCREEN_STAY;
}

static void command_draw(const struct ui *ui, const struct palette *palette, int index, int row)
{
	enum command_id id = palette->found[index];
	const struct command *command = command_get(id);
	char why[WHY_SIZE];
	bool cannot = palette_cannot(ui, palette, id, why), is_at = index == palette->at;
	enum draw_style style = cannot ? DRAW_FAINT : is_at ? DRAW_BOLD : DRAW_PLAIN;

	if (is_at)
		draw_text(row, 1, 1, DRAW_BOLD, "▸");
	draw_text(row, KEYS_COLUMN, NAME_COLUMN - KEYS_COLUMN - 1, style, command->keys);
	draw_text(row, NAME_COLUMN, HELP_COLUMN - NAME_COLUMN - 1, style, command->name);
	if (cannot)
		draw_text(row, HELP_COLUMN, 1, style, "(");
	draw_text(row, HELP_COLUMN + cannot, ui->columns - HELP_COLUMN - 2, style,
		!cannot	 ? command->help
		: why[0] ? why
			 : "not here and now)");
	if (cannot && why[0])
		draw_text(row, HELP_COLUMN + 1 + draw_width(why), 1, style, ")");
}

static void palette_draw(const struct ui *ui, const void *state)
{
	const struct palette *palette = state;
	struct frame frame = { .title = "Commands", .commands = scr_palette.commands };
	int rows = draw_body_rows(ui) - 2, top = palette->at < rows ? 0 : palette->at - rows + 1;
	struct buffer path;

	buffer_init(&path);
	buffer_print(&path, "Of %s", palette->below.ops->name);
	frame.path = buffer_text(&path);
	frame.is_whole = true;
	frame.explain = palette->count > 0 ? command_get(palette->found[palette->at])->help
					   : "No command has that in its name.";
	frame.more = draw_more(DRAW_BODY + 2, (size_t)top, (size_t)palette->count);
	for (int i = 0; i < rows && top + i < palette->count; i++)
		command_draw(ui, palette, top + i, DRAW_BODY + 2 + i);
	draw_frame(ui, &frame);
	draw_text(DRAW_BODY, 1, 1, DRAW_BOLD, ":");
	draw_text(DRAW_BODY, KEYS_COLUMN, TYPED_SIZE, DRAW_BOLD, palette->typed);
	draw_cursor(DRAW_BODY, KEYS_COLUMN + draw_width(palette->typed));
	buffer_done(&path);
}

static unsigned palette_run(struct ui *ui, const struct palette *palette)
{
	char why[WHY_SIZE];

	if (palette->count == 0 || palette_cannot(ui, palette, palette->found[palette->at], why))
		return SCREEN_STAY;
	ui->wanted = palette->found[palette->at];
	return SCREEN_POP | SCREEN_COMMAND;
}

static unsigned palette_text(struct ui *ui, void *state, int key)
{
	struct palette *palette = state;
	enum command_id id = command_find(scr_palette.commands, key);

	if (id == COMMAND_LINE_UP || id == COMMAND_LINE_DOWN) {
		palette->at += id == COMMAND_LINE_DOWN ? 1 : -1;
		if (palette->at >= palette->count)
			palette->at = palette->count - 1;
		if (palette->at < 0)
			palette->at = 0;
	} else if (id == COMMAND_DO) {
		return palette_run(ui, palette);
	} else if (id == COMMAND_AWAY) {
		return SCREEN_POP;
	} else if (id != COMMAND_NONE) {
		return SCREEN_UNUSED;
	} else if (line_key(&palette->line, key)) {
		palette_seek(ui, palette);
	}
	return SCREEN_STAY;
}

static void palette_keep(const void *state, struct draft *draft)
{
	const struct palette *palette = state;

	line_keep(&palette->line, draft);
	draft_put_number(draft, palette->at);
}

static unsigned palette_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct palette *palette = state;
	long at;

	(void)palette_open(ui, state, &ui->below);
	line_resume(&palette->line, draft);
	palette_seek(ui, palette);
	at = draft_take_number(draft);
	if (at >= 0 && at < palette->count)
		palette->at = (int)at;
	return SCREEN_STAY;
}

static const enum command_id palette_commands[] = { COMMAND_DO, COMMAND_LINE_UP, COMMAND_LINE_DOWN,
	COMMAND_REDRAW, COMMAND_FORM_HELP, COMMAND_AWAY, COMMAND_NONE };

const struct screen_ops scr_palette = {
	.name = "Commands",
	.state_size = sizeof(struct palette),
	.commands = palette_commands,
	.open = palette_open,
	.draw = palette_draw,
	.text = palette_text,
	.keep = palette_keep,
	.resume = palette_resume,
};
