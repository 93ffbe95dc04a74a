/*
 * Find: the words of a filter typed into one line, what they leave below it,
 * newest first, read by key. A filter of codes alone runs as soon as it can be
 * read; one that names somebody or something runs on Enter, since each run by
 * words is recorded. A mistake is pointed at under its word.
 */
#include <curses.h>
#include <string.h>

#include "core/buffer.h"
#include "core/filter.h"
#include "core/words.h"
#include "tui/draw.h"
#include "tui/line.h"
#include "tui/receipt_list.h"
#include "tui/screen.h"
#include "tui/searches.h"

enum { FIND_ROOM = 1024, TEXT_COLUMN = 7 };

struct find {
	struct receipt_list list;
	char text[FIND_ROOM];
	struct line line;
	struct filter filter; /* of the text */
	char *run;	      /* the words that the list below was found by; NULL: nothing yet */
	size_t mistake;	      /* where the word begins that is one */
	char why[FILTER_WHY_SIZE];
	bool is_wanted; /* the next load runs the text */
	bool is_moved;	/* the next load only moves the window */
	int chosen;	/* of the searches before, while nothing is typed */
};

static bool find_is_run(const struct find *find)
{
	return find->run && find->why[0] == '\0' && strcmp(find->run, find->filter.text) == 0;
}

/* Reads the line again: a filter, or a mistake and where it stands. */
static bool find_read(struct find *find)
{
	const char *at = find->text;
	bool is_good = true;
	char *word;

	filter_clear(&find->filter);
	filter_init(&find->filter);
	find->why[0] = '\0';
	while (is_good && (word = words_next(&at)) != NULL) {
		is_good = filter_add(&find->filter, word, find->why);
		find->mistake = (size_t)(at - find->text) - strlen(word);
		mem_free(word);
	}
	return is_good;
}

/* Codes, flags and days: whole as soon as they can be read, and about nobody. */
static bool find_is_coded(const struct find *find)
{
	static const enum filter_word named[] = { FILTER_ORGANISATION, FILTER_ASSIGNED,
		FILTER_REFERENCE };
	const struct request_filter *rows = &find->filter.rows;

	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		if (rows->is[named[i]] || rows->is_not[named[i]])
			return false;
	return find->filter.words > 0 && !find->filter.is_personal;
}

static unsigned find_open(struct ui *ui, void *state, const void *argument)
{
	struct find *find = state;

	(void)ui;
	(void)argument;
	line_init(&find->line, find->text, sizeof(find->text));
	filter_init(&find->filter);
	return SCREEN_STAY;
}

/* The list is of another text from now on. */
static void find_run(struct ui *ui, struct find *find)
{
	mem_free(find->run);
	find->run = mem_text(find->filter.text);
	find->list.window.filter = &find->filter;
	find->list.window.from = FROM_BEGIN;
	find->list.window.is_running = false;
	searches_keep(ui, find->text);
}

static unsigned find_load(struct ui *ui, void *state)
{
	struct find *find = state;
	struct row_window *window = &find->list.window;
	enum desk_status status = DESK_OK;
	unsigned flags;

	if (find->is_wanted)
		find_run(ui, find);
	else if (!find_is_run(find))
		return SCREEN_STAY;
	else if (!find->is_moved && window->from == FROM_WINDOW)
		status = window_refresh(ui->desk, window, list_height(ui));
	find->is_wanted = false;
	find->is_moved = false;
	flags = status == DESK_OK ? list_load(ui, &find->list) : SCREEN_STAY;
	window->is_running = !window->notice.text[0];
	return flags;
}

/* Where the part of the line begins that is shown: its end, when it is too long. */
static const char *find_shown(const struct ui *ui, const struct find *find)
{
	const char *shown = find->text;
	int width = ui->columns / 2;

	while (draw_width(shown) >= width)
		do
			shown++;
		while (((unsigned char)*shown & 0xc0) == 0x80);
	return shown;
}

/* The columns that so many bytes of the line take. */
static int find_width(const char *text, size_t size)
{
	char *part = mem_text_sized(text, size);
	int width = draw_width(part);

	mem_free(part);
	return width;
}

static const char *find_hint(const struct find *find)
{
	if (find->line.size == 0)
		return "Type words and filters; F1 has the keys.";
	if (find->why[0])
		return find->why;
	if (!find_is_run(find))
		return "Enter searches; the search is recorded with its words.";
	return NULL;
}

static void find_explain(
	const struct ui *ui, const struct find *find, struct frame *frame, struct buffer *explain)
{
	const char *hint = find_hint(find);

	if (hint) {
		buffer_add(explain, hint);
		frame->explain = buffer_text(explain);
		frame->is_bad = find->why[0] != '\0';
		return;
	}
	list_explain(ui, &find->list, frame, explain);
}

/* The line in the place of the path, and under a mistake's word a mark in the rule. */
static void line_draw(const struct ui *ui, const struct find *find)
{
	const char *shown = find_shown(ui, find);
	size_t hidden = (size_t)(shown - find->text);
	size_t before = find->line.size - find->line.after;

	draw_text(DRAW_PATH, 1, TEXT_COLUMN - 2, DRAW_PLAIN, "Find");
	draw_text(DRAW_PATH, TEXT_COLUMN, ui->columns - TEXT_COLUMN, DRAW_BOLD, shown);
	if (find->why[0] && find->mistake >= hidden)
		draw_text(DRAW_RULE, TEXT_COLUMN + find_width(shown, find->mistake - hidden), 1,
			DRAW_BAD, "^");
	draw_cursor(DRAW_PATH,
		TEXT_COLUMN + (before > hidden ? find_width(shown, before - hidden) : 0));
}

static void find_draw(const struct ui *ui, const void *state)
{
	const struct find *find = state;
	const struct row_window *window = &find->list.window;
	struct frame frame = { .title = "Find", .commands = scr_find.commands };
	struct buffer explain;

	buffer_init(&explain);
	if (find->line.size > 0)
		frame.path_right = find_is_run(find) ? window_more(window, list_height(ui))
						     : "not searched yet";
	find_explain(ui, find, &frame, &explain);
	if (find->line.size == 0)
		searches_draw(ui, find->chosen);
	else if (find->run)
		list_draw(ui, &find->list,
			"No receipt matches. A word finds names, organisations, offences and notes "
			"that begin with it.");
	draw_frame(ui, &frame);
	line_draw(ui, find);
	buffer_done(&explain);
}

/* While nothing is typed the searches before are chosen from. */
static unsigned searches_command(struct ui *ui, struct find *find, enum command_id id)
{
	int count = searches_count(ui);

	if (id == COMMAND_LINE_DOWN && find->chosen + 1 < count)
		find->chosen++;
	if (id == COMMAND_LINE_UP && find->chosen > 0)
		find->chosen--;
	if (id != COMMAND_SEARCH || count == 0)
		return SCREEN_STAY;
	find->line.size = searches_get(ui, find->chosen, find->text, sizeof(find->text));
	find->line.after = 0;
	find->is_wanted = find_read(find);
	return SCREEN_RELOAD;
}

static enum command_id list_meaning(enum command_id id)
{
	return id == COMMAND_LINE_UP	 ? COMMAND_UP
	       : id == COMMAND_LINE_DOWN ? COMMAND_DOWN
	       : id == COMMAND_TOP	 ? COMMAND_FIRST
	       : id == COMMAND_BOTTOM	 ? COMMAND_LAST
					 : id;
}

static unsigned find_command(struct ui *ui, void *state, enum command_id id)
{
	struct find *find = state;
	unsigned flags;

	if (id == COMMAND_LEAVE)
		return SCREEN_POP | SCREEN_RELOAD;
	if (find->line.size == 0)
		return searches_command(ui, find, id);
	if (id == COMMAND_SEARCH && find_is_run(find))
		return list_open(ui, &find->list);
	if (id == COMMAND_SEARCH) {
		find->is_wanted = find_read(find) && find->filter.words > 0;
		return find->is_wanted ? SCREEN_RELOAD : SCREEN_STAY;
	}
	if (!find_is_run(find))
		return SCREEN_STAY;
	flags = list_command(ui, &find->list, list_meaning(id)) & ~(unsigned)SCREEN_UNUSED;
	find->is_moved = (flags & SCREEN_RELOAD) != 0;
	return flags;
}

static unsigned find_text(struct ui *ui, void *state, int key)
{
	struct find *find = state;
	bool is_good;

	(void)ui;
	if (key == -KEY_LEFT || key == -KEY_RIGHT)
		return line_move(&find->line, key) ? SCREEN_STAY : SCREEN_UNUSED;
	if (!line_key(&find->line, key))
		return SCREEN_UNUSED;
	is_good = find_read(find);
	find->chosen = 0;
	find->is_wanted = is_good && find_is_coded(find) && !find_is_run(find);
	return find->is_wanted ? SCREEN_RELOAD : SCREEN_STAY;
}

static unsigned find_resized(struct ui *ui, void *state)
{
	struct find *find = state;
	unsigned flags = find_is_run(find) ? list_resized(ui, &find->list) : SCREEN_STAY;

	find->is_moved = flags != SCREEN_STAY;
	return flags;
}

static void find_done(void *state)
{
	struct find *find = state;

	list_clear(&find->list);
	filter_clear(&find->filter);
	mem_free(find->run);
}

static const enum command_id find_commands[] = { COMMAND_SEARCH, COMMAND_LINE_UP, COMMAND_LINE_DOWN,
	COMMAND_PAGE_UP, COMMAND_PAGE_DOWN, COMMAND_TOP, COMMAND_BOTTOM, COMMAND_CLEAR,
	COMMAND_REDRAW, COMMAND_FORM_HELP, COMMAND_LEAVE, COMMAND_NONE };

const struct screen_ops scr_find = {
	.name = "Find",
	.state_size = sizeof(struct find),
	.commands = find_commands,
	.open = find_open,
	.waiting = "searching …",
	.load = find_load,
	.draw = find_draw,
	.resized = find_resized,
	.command = find_command,
	.text = find_text,
	.done = find_done,
};
