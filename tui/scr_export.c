/*
 * A month to a file: the path is typed, and its ending says in which form. The
 * file is for nobody else to read, until its owner passes it on.
 */
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/private_file.h"
#include "core/register.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/line.h"

enum { PATH_ROOM = 4096, PATH_COLUMN = 8 };

enum form { FORM_TEXT, FORM_CSV, FORM_JSON, FORM_HTML, FORM_XLSX, FORMS };
static const char *const endings[FORMS] = { ".txt", ".csv", ".json", ".html", ".xlsx" };

struct export_screen {
	struct export_argument argument;
	char typed[PATH_ROOM];
	struct line line;
};

static unsigned export_open(struct ui *ui, void *state, const void *argument)
{
	struct export_screen *screen = state;

	(void)ui;
	screen->argument = *(const struct export_argument *)argument;
	line_init(&screen->line, screen->typed, sizeof(screen->typed));
	return SCREEN_STAY;
}

/* FORMS: the ending is none of them. */
static enum form form_of(const char *path)
{
	size_t size = strlen(path);

	for (int form = 0; form < FORMS; form++) {
		size_t length = strlen(endings[form]);

		if (size > length && strcmp(path + size - length, endings[form]) == 0)
			return (enum form)form;
	}
	return FORMS;
}

struct writing {
	const struct figures *figures;
	struct register_about about;
};

static const char *write_book(const void *what, const char *path, const char *folder)
{
	const struct writing *writing = what;

	return register_xlsx(writing->figures, &writing->about, path, folder);
}

static void form_write(const struct writing *writing, enum form form, struct buffer *out)
{
	if (form == FORM_TEXT)
		register_text(writing->figures, REGISTER_LIST, writing->about.is_demo, 0, out);
	else if (form == FORM_CSV)
		register_csv(writing->figures, out);
	else if (form == FORM_JSON)
		register_json(writing->figures, out);
	else
		register_html(writing->figures, REGISTER_LIST, &writing->about, out);
}

static enum desk_status file_write(
	const char *path, const struct writing *writing, enum form form, struct notice *notice)
{
	struct private_file file = { 0 };
	struct buffer text;
	enum desk_status status = private_file_open(&file, path, PATH_TAKEN, notice);

	if (status != DESK_OK)
		return status;
	buffer_init(&text);
	if (form == FORM_XLSX) {
		status = private_file_fill(&file, write_book, writing, notice);
	} else {
		form_write(writing, form, &text);
		status = private_file_put(&file, buffer_text(&text), text.size, notice);
	}
	buffer_done(&text);
	return private_file_close(&file, status, notice);
}

static unsigned export_load(struct ui *ui, void *state)
{
	struct export_screen *screen = state;
	const struct desk_figures_wanted wanted = { .period = screen->argument.month,
		.is_present = screen->argument.is_present };
	struct figures *figures = NULL;
	struct writing writing = { .about = { desk_is_demo(ui->desk), desk_today(ui->desk) } };
	enum form form = form_of(screen->typed);
	enum desk_status status;
	char *path;

	if (form == FORMS) {
		(void)notice_set(&ui->told, DESK_REFUSED,
			"The name must end with .txt, .csv, .json, .html or .xlsx");
		return SCREEN_STAY;
	}
	if (desk_figures(ui->desk, &wanted, &figures, &ui->told) != DESK_OK)
		return SCREEN_STAY;
	writing.figures = figures;
	path = path_in_full(screen->line.text);
	status = file_write(path, &writing, form, &ui->told);
	if (status == DESK_OK)
		(void)notice_set(&ui->told, DESK_OK, "Written to %s", path);
	mem_free(path);
	figures_free(figures);
	return status == DESK_OK ? SCREEN_POP : SCREEN_STAY;
}

static void export_draw(const struct ui *ui, const void *state)
{
	static const char about[] =
		"The path of a new file. Its ending says what is written: .txt as it is published,"
		" .xlsx a workbook, .html a web page, .csv or .json for programs.";
	const struct export_screen *screen = state;
	const struct draw_area area = { DRAW_BODY + 1, 2, 3, ui->columns - 4 };
	struct frame frame = { .path = "Export",
		.commands = scr_export.commands,
		.explain = "Type the path, then Enter." };
	int width = ui->columns - 3 - PATH_COLUMN, end;
	char title[48], month[32];

	month_shown(screen->argument.month, month);
	snprintf(title, sizeof(title), "%s · export", month);
	frame.title = title;
	draw_wrapped(&area, DRAW_PLAIN, about);
	draw_text(DRAW_BODY + 5, 2, PATH_COLUMN - 2, DRAW_PLAIN, "Path");
	end = draw_typed(DRAW_BODY + 5, PATH_COLUMN, width, screen->typed);
	if (ui->told.text[0]) {
		frame.explain = ui->told.text;
		frame.is_bad = true;
	}
	draw_frame(ui, &frame);
	draw_cursor(DRAW_BODY + 5, end);
}

static unsigned export_command(struct ui *ui, void *state, enum command_id id)
{
	struct export_screen *screen = state;

	(void)ui;
	if (id == COMMAND_LEAVE)
		return SCREEN_POP;
	return id == COMMAND_DO && !line_is_blank(&screen->line) ? SCREEN_RELOAD : SCREEN_STAY;
}

static unsigned export_text(struct ui *ui, void *state, int key)
{
	struct export_screen *screen = state;

	(void)ui;
	return line_key(&screen->line, key) ? SCREEN_STAY : SCREEN_UNUSED;
}

static void export_keep(const void *state, struct draft *draft)
{
	const struct export_screen *screen = state;

	draft_put(draft, screen->argument.month);
	draft_put_number(draft, screen->argument.is_present);
	line_keep(&screen->line, draft);
}

static unsigned export_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct export_screen *screen = state;
	struct export_argument argument = { .is_present = false };
	unsigned flags;

	draft_take_into(draft, argument.month, sizeof(argument.month));
	argument.is_present = draft_take_number(draft) != 0;
	flags = export_open(ui, state, &argument);
	line_resume(&screen->line, draft);
	return flags;
}

static const enum command_id export_commands[] = { COMMAND_DO, COMMAND_REDRAW, COMMAND_FORM_HELP,
	COMMAND_LEAVE, COMMAND_NONE };

const struct screen_ops scr_export = {
	.name = "an export",
	.state_size = sizeof(struct export_screen),
	.commands = export_commands,
	.open = export_open,
	.waiting = "writing …",
	.load = export_load,
	.draw = export_draw,
	.command = export_command,
	.text = export_text,
	.keep = export_keep,
	.resume = export_resume,
};
