/*
 * A text to be read: what an event tells, a proof, a checkpoint. One that is to
 * be kept can be saved to a private file.
 */
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/private_file.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/line.h"
#include "tui/page.h"
#include "tui/screen.h"

enum { PATH_ROOM = 1024, PATH_COLUMN = 12 };

struct told {
	struct told_argument is; /* its texts are copies */
	char *texts[4];
	struct page page;
	char path[PATH_ROOM];
	struct line line;
	bool is_asking; /* for the file's name */
	struct notice notice;
};

static const char *text_keep(struct told *told, int index, const char *text)
{
	told->texts[index] = mem_text(text ? text : "");
	return told->texts[index];
}

static void told_lay(const struct ui *ui, struct told *told)
{
	page_start(&told->page, ui->columns - 2 * PAGE_MARGIN);
	page_put(&told->page, &(struct page_text) { .text = told->is.text });
	page_scroll(&told->page, 0, (size_t)draw_body_rows(ui));
}

static unsigned told_open(struct ui *ui, void *state, const void *argument)
{
	struct told *told = state;

	told->is = *(const struct told_argument *)argument;
	told->is.title = text_keep(told, 0, told->is.title);
	told->is.path = text_keep(told, 1, told->is.path);
	told->is.text = text_keep(told, 2, told->is.text);
	told->is.explain = text_keep(told, 3, told->is.explain);
	line_init(&told->line, told->path, sizeof(told->path));
	told_lay(ui, told);
	return SCREEN_STAY;
}

static bool told_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct told *told = state;

	(void)ui;
	out_why[0] = '\0';
	if (id == COMMAND_SAVE_AS)
		return !told->is.can_keep || told->is_asking;
	if (id == COMMAND_DO)
		return !told->is_asking;
	return told->is_asking && id != COMMAND_REDRAW && id != COMMAND_BACK;
}

static void told_draw(const struct ui *ui, const void *state)
{
	const struct told *told = state;
	const struct draw_area area = { DRAW_BODY, 0, draw_body_rows(ui), ui->columns };
	struct frame frame = { .title = told->is.title,
		.path = told->is.path,
		.explain = told->is.explain,
		.commands = told->is_asking ? commands_of_line : scr_told.commands,
		.cannot = told->is_asking ? NULL : told_cannot,
		.state = told };

	frame.more = page_draw(&told->page, &area, PAGE_NO_ITEM);
	if (told->is_asking) {
		frame.path = "Save as";
		frame.explain = "Type the path of a new file, then Enter.";
	}
	if (told->notice.text[0]) {
		frame.explain = told->notice.text;
		frame.is_bad = told->notice.status != DESK_OK;
	}
	draw_frame(ui, &frame);
	if (told->is_asking)
		draw_cursor(DRAW_PATH, PATH_COLUMN + draw_text(DRAW_PATH, PATH_COLUMN,
							     ui->columns - PATH_COLUMN - 1,
							     DRAW_BOLD, told->path));
}

static void told_save(struct told *told)
{
	const struct private_text text = { told->is.text, strlen(told->is.text) };
	char *path = path_in_full(told->line.text);

	told->notice = (struct notice) { 0 };
	if (private_file_write(path, &text, PATH_TAKEN, &told->notice) == DESK_OK) {
		told->is_asking = false;
		(void)notice_set(
			&told->notice, DESK_OK, "Saved as %s, for nobody else to read.", path);
	}
	mem_free(path);
}

static unsigned told_command(struct ui *ui, void *state, enum command_id id)
{
	struct told *told = state;
	long rows = draw_body_rows(ui);
	char why[WHY_SIZE];

	if (told_cannot(ui, told, id, why))
		return SCREEN_STAY;
	told->notice.text[0] = '\0';
	if (id == COMMAND_BACK && !told->is_asking)
		return SCREEN_POP;
	if (id == COMMAND_BACK)
		told->is_asking = false;
	else if (id == COMMAND_SAVE_AS)
		told->is_asking = true;
	else if (id == COMMAND_DO && !line_is_blank(&told->line))
		told_save(told);
	else
		page_scroll(&told->page, command_rows(id, rows), (size_t)rows);
	return SCREEN_STAY;
}

static bool told_types(const void *state)
{
	const struct told *told = state;

	return told->is_asking;
}

static unsigned told_text(struct ui *ui, void *state, int key)
{
	struct told *told = state;

	(void)ui;
	if (!told->is_asking || !line_key(&told->line, key))
		return SCREEN_UNUSED;
	told->notice.text[0] = '\0';
	return SCREEN_STAY;
}

static unsigned told_resized(struct ui *ui, void *state)
{
	told_lay(ui, state);
	return SCREEN_STAY;
}

static void told_done(void *state)
{
	struct told *told = state;

	for (size_t i = 0; i < sizeof(told->texts) / sizeof(told->texts[0]); i++)
		mem_free(told->texts[i]);
	page_clear(&told->page);
}

static void told_keep(const void *state, struct draft *draft)
{
	const struct told *told = state;

	for (size_t i = 0; i < sizeof(told->texts) / sizeof(told->texts[0]); i++)
		draft_put(draft, told->texts[i]);
	draft_put_number(draft, told->is.can_keep);
	draft_put_number(draft, (long)told->page.top);
	draft_put_number(draft, told->is_asking);
	line_keep(&told->line, draft);
}

static unsigned told_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct told *told = state;
	char *title = draft_take(draft), *path = draft_take(draft), *text = draft_take(draft),
	     *explain = draft_take(draft);
	const struct told_argument argument = { title, path, text, explain,
		draft_take_number(draft) != 0 };

	(void)told_open(ui, state, &argument);
	page_scroll(&told->page, draft_take_number(draft), (size_t)draw_body_rows(ui));
	told->is_asking = draft_take_number(draft) != 0;
	line_resume(&told->line, draft);
	mem_free(title);
	mem_free(path);
	mem_free(text);
	mem_free(explain);
	return SCREEN_STAY;
}

static const enum command_id told_commands[] = { COMMAND_DO, COMMAND_SAVE_AS, COMMAND_UP,
	COMMAND_DOWN, COMMAND_PAGE_UP, COMMAND_PAGE_DOWN, COMMAND_REDRAW, COMMAND_HELP,
	COMMAND_BACK, COMMAND_NONE };

const struct screen_ops scr_told = {
	.name = "Text",
	.state_size = sizeof(struct told),
	.commands = told_commands,
	.open = told_open,
	.draw = told_draw,
	.cannot = told_cannot,
	.resized = told_resized,
	.command = told_command,
	.text = told_text,
	.types = told_types,
	.done = told_done,
	.keep = told_keep,
	.resume = told_resume,
};
