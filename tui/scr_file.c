/*
 * Attaching a file to a receipt, or copying one of its files out: the path is
 * typed; after an attachment the original is deleted if that is wanted.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/private_file.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/line.h"
#include "tui/screen.h"

enum { PATH_ROOM = 4096, VALUE_COLUMN = 8 };

struct file {
	struct file_argument argument;
	char typed[PATH_ROOM];
	struct line line;
	char *path; /* as typed, ~ put in full; NULL until it is used */
	bool is_attached, is_delete_wanted;
	struct desk_attached attached;
	char *own[3]; /* texts of the argument, once taken up from a draft */
	struct receipt_file copied;
};

static unsigned file_open(struct ui *ui, void *state, const void *argument)
{
	struct file *file = state;

	(void)ui;
	file->argument = *(const struct file_argument *)argument;
	line_init(&file->line, file->typed, sizeof(file->typed));
	return SCREEN_STAY;
}

static unsigned attach(struct ui *ui, struct file *file)
{
	file->is_attached = desk_request_attach(ui->desk, file->argument.reference, file->path,
				    &file->attached, &ui->told) == DESK_OK;
	return SCREEN_STAY;
}

static enum desk_status take(void *with, const char *bytes, size_t size, struct notice *notice)
{
	return private_file_put(with, bytes, size, notice);
}

static unsigned copy_out(struct ui *ui, struct file *file)
{
	struct private_file out = { 0 };
	const struct desk_file_wish wish = { .reference = file->argument.reference,
		.because = file->argument.because,
		.number = file->argument.file->number,
		.take = take,
		.with = &out };
	enum desk_status status = private_file_open(&out, file->path, PATH_TAKEN, &ui->told);

	if (status != DESK_OK)
		return SCREEN_STAY;
	status = desk_request_file(ui->desk, &wish, &ui->told);
	if (private_file_close(&out, status, &ui->told) != DESK_OK)
		return SCREEN_STAY;
	(void)notice_set(&ui->told, DESK_OK,
		"Copied out, for you alone to read: delete the copy when it has served");
	return SCREEN_POP | SCREEN_RELOAD;
}

static unsigned file_leave(struct ui *ui, const struct file *file)
{
	(void)notice_set(
		&ui->told, DESK_OK, "File %lld is attached", (long long)file->attached.number);
	return SCREEN_POP | SCREEN_RELOAD;
}

static unsigned file_load(struct ui *ui, void *state)
{
	struct file *file = state;

	if (file->is_delete_wanted) {
		file->is_delete_wanted = false;
		if (original_delete(file->path, &file->attached.original, &ui->told) != DESK_OK)
			return SCREEN_STAY;
		return file_leave(ui, file);
	}
	mem_free(file->path);
	file->path = path_in_full(file->line.text);
	return file->argument.file ? copy_out(ui, file) : attach(ui, file);
}

static void ask_draw(const struct ui *ui, const struct file *file)
{
	static const char of_attach[] =
		"The path of a file, 20 MiB at most. It is sealed with the receipt as it is, "
		"whatever it holds, and stays with it for good.";
	static const char of_copy[] =
		"The path of a new file. What is written there is outside the store and no "
		"longer sealed: for you alone to read, and yours to delete.";
	const struct draw_area area = { DRAW_BODY + 1, 2, 4, ui->columns - 4 };

	draw_wrapped(&area, DRAW_PLAIN, file->argument.file ? of_copy : of_attach);
	draw_text(DRAW_BODY + 5, 2, VALUE_COLUMN - 2, DRAW_PLAIN, "Path");
}

static void delete_draw(const struct ui *ui, const struct file *file)
{
	static const char warning[] =
		"Deleting takes its name away. It does not scrub the disk: until they are written "
		"over, its bytes can be found there; and copies elsewhere, in a mailbox or a "
		"backup, "
		"stay.";
	struct draw_area area = { DRAW_BODY + 1, 2, draw_body_rows(ui) - 1, ui->columns - 4 };
	struct buffer text;

	buffer_init(&text);
	buffer_print(&text, "File %lld is attached, %lld byte%s. Delete the original, %s?",
		(long long)file->attached.number, (long long)file->attached.size,
		file->attached.size == 1 ? "" : "s", file->path);
	area.row += 1 + draw_wrapped(&area, DRAW_BOLD, buffer_text(&text));
	draw_wrapped(&area, DRAW_PLAIN, warning);
	buffer_done(&text);
}

static bool file_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct file *file = state;

	(void)ui;
	out_why[0] = '\0';
	if (id == COMMAND_DELETE || id == COMMAND_KEEP)
		return !file->is_attached;
	return file->is_attached && (id == COMMAND_DO || id == COMMAND_LEAVE);
}

static void file_draw(const struct ui *ui, const void *state)
{
	const struct file *file = state;
	struct buffer title;
	struct frame frame = { .commands = scr_file.commands,
		.cannot = file_cannot,
		.state = file,
		.explain = "Type the path, then Enter." };
	int end = 0;

	buffer_init(&title);
	if (file->argument.file)
		buffer_print(&title, "%s  copy out file %lld", file->argument.reference,
			(long long)file->argument.file->number);
	else
		buffer_print(&title, "%s  attach a file", file->argument.reference);
	frame.title = buffer_text(&title);
	frame.path = file->argument.file ? file->argument.file->name : NULL;
	if (file->is_attached) {
		delete_draw(ui, file);
		frame.explain = "The receipt has it either way.";
	} else {
		ask_draw(ui, file);
		end = draw_typed(
			DRAW_BODY + 5, VALUE_COLUMN, ui->columns - 3 - VALUE_COLUMN, file->typed);
	}
	if (ui->told.text[0]) {
		frame.explain = ui->told.text;
		frame.is_bad = true;
	}
	draw_frame(ui, &frame);
	if (!file->is_attached)
		draw_cursor(DRAW_BODY + 5, end);
	buffer_done(&title);
}

static unsigned file_command(struct ui *ui, void *state, enum command_id id)
{
	struct file *file = state;

	if (file->is_attached) {
		file->is_delete_wanted = id == COMMAND_DELETE;
		return file->is_delete_wanted ? SCREEN_RELOAD : file_leave(ui, file);
	}
	if (id == COMMAND_LEAVE)
		return SCREEN_POP;
	return id == COMMAND_DO && !line_is_blank(&file->line) ? SCREEN_RELOAD : SCREEN_STAY;
}

static unsigned file_text(struct ui *ui, void *state, int key)
{
	struct file *file = state;

	(void)ui;
	return !file->is_attached && line_key(&file->line, key) ? SCREEN_STAY : SCREEN_UNUSED;
}

static void file_done(void *state)
{
	struct file *file = state;

	mem_free(file->path);
	for (size_t i = 0; i < 3; i++)
		mem_free(file->own[i]);
}

static void file_keep(const void *state, struct draft *draft)
{
	const struct file *file = state;
	const struct receipt_file *copied = file->argument.file;
	const struct original *original = &file->attached.original;

	draft_put(draft, file->argument.reference);
	draft_put(draft, file->argument.because);
	draft_put_number(draft, copied ? (long)copied->number : 0);
	draft_put(draft, copied ? copied->name : "");
	line_keep(&file->line, draft);
	draft_put_number(draft, file->is_attached);
	draft_put_number(draft, (long)file->attached.number);
	draft_put_number(draft, (long)file->attached.size);
	draft_put_number(draft, (long)original->device);
	draft_put_number(draft, (long)original->inode);
	draft_put_number(draft, (long)original->size);
	draft_put_number(draft, (long)original->changed);
	draft_put_number(draft, (long)original->changed_ns);
}

/* What is attached by now and may only be deleted, if it is still the same. */
static void attached_resume(struct file *file, struct draft *draft)
{
	struct original *original = &file->attached.original;

	file->is_attached = draft_take_number(draft) != 0;
	file->attached.number = draft_take_number(draft);
	file->attached.size = draft_take_number(draft);
	original->device = (uint64_t)draft_take_number(draft);
	original->inode = (uint64_t)draft_take_number(draft);
	original->size = draft_take_number(draft);
	original->changed = draft_take_number(draft);
	original->changed_ns = draft_take_number(draft);
	if (file->is_attached)
		file->path = path_in_full(file->line.text);
}

static unsigned file_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct file *file = state;

	(void)ui;
	file->own[0] = draft_take(draft);
	file->own[1] = draft_take(draft);
	file->copied.number = draft_take_number(draft);
	file->own[2] = file->copied.name = draft_take(draft);
	file->argument = (struct file_argument) { file->own[0],
		file->own[1][0] ? file->own[1] : NULL, file->copied.number ? &file->copied : NULL };
	line_init(&file->line, file->typed, sizeof(file->typed));
	line_resume(&file->line, draft);
	attached_resume(file, draft);
	return SCREEN_STAY;
}

static const enum command_id file_commands[] = { COMMAND_DELETE, COMMAND_KEEP, COMMAND_DO,
	COMMAND_REDRAW, COMMAND_FORM_HELP, COMMAND_LEAVE, COMMAND_NONE };

const struct screen_ops scr_file = {
	.name = "a file",
	.state_size = sizeof(struct file),
	.commands = file_commands,
	.open = file_open,
	.waiting = "sealing or writing …",
	.load = file_load,
	.draw = file_draw,
	.cannot = file_cannot,
	.command = file_command,
	.text = file_text,
	.done = file_done,
	.keep = file_keep,
	.resume = file_resume,
};
