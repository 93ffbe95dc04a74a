/*
 * Drawing the form of a request: the choice of the service, the form with the
 * checks on its right, and the words after saving or a conflict.
 */
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/codes.h"
#include "tui/draw.h"
#include "tui/log_form.h"
#include "tui/log_private.h"
#include "tui/log_side.h"
#include "tui/receipt_cells.h"

/* The checks take this share of the columns, in hundredths. */
enum { SIDE_SHARE = 35, INDENT = 3 };

static int side_width(const struct ui *ui)
{
	return ui->columns * SIDE_SHARE / 100;
}

void log_area(const struct ui *ui, struct draw_area *out_area)
{
	*out_area = (struct draw_area) { DRAW_BODY, 1, draw_body_rows(ui),
		ui->columns - side_width(ui) - 2 };
}

static void service_draw(const struct ui *ui, size_t index, int row, bool is_selected)
{
	const struct service *service = &ui->services.rows[index];
	const char *today = desk_today(ui->desk);
	char key[8] = "", shown[64], remark[128] = "";

	if (index < 10)
		(void)snprintf(key, sizeof(key), "%zu", (index + 1) % 10);
	if (service->suspended) {
		(void)snprintf(remark, sizeof(remark), "suspended");
	} else if (service->accepts_to[0] && strcmp(service->accepts_to, today) < 0) {
		day_shown(service->accepts_to, shown);
		(void)snprintf(remark, sizeof(remark), "took requests until %s", shown);
	} else if (service->held_from[0] && strcmp(service->held_from, today) <= 0) {
		(void)snprintf(remark, sizeof(remark), "under review");
	}
	draw_text(row, INDENT - 2, 2, DRAW_BOLD, is_selected ? "▸" : "");
	draw_text(row, INDENT, 2, DRAW_BOLD, key);
	draw_text(row, INDENT + 3, 28, is_selected ? DRAW_BOLD : DRAW_PLAIN, service->label);
	draw_text(row, INDENT + 32, ui->columns - INDENT - 34, DRAW_FAINT, remark);
}

static int choose_rows(const struct ui *ui)
{
	return draw_body_rows(ui) - 3;
}

static void choose_draw(const struct ui *ui, const struct log *log, struct frame *frame)
{
	size_t rows = (size_t)choose_rows(ui);
	size_t first = log->service < rows ? 0 : log->service - rows + 1;

	draw_text(DRAW_BODY + 1, INDENT, ui->columns - 4, DRAW_PLAIN, "Which service asks?");
	for (size_t i = 0; i < rows && first + i < ui->services.count; i++)
		service_draw(ui, first + i, DRAW_BODY + 3 + (int)i, first + i == log->service);
	frame->more = draw_more(DRAW_BODY + 3, first, ui->services.count);
}

static void type_draw(const struct ui *ui, const struct log *log, struct frame *frame)
{
	struct draw_area area, side;

	log_area(ui, &area);
	side = (struct draw_area) { area.row, area.column + area.width + 2, area.rows,
		ui->columns - area.column - area.width - 3 };
	frame->left = form_draw(&log->form, &area);
	frame->left.column = area.column + area.width;
	draw_rule(area.row, area.column + area.width, area.rows, true);
	side_draw(&side, &log->form, &log->findings);
	if (known_is_open(&log->known) || log->known.is_unlisted)
		known_draw(&log->known, &log->form, &area);
}

/* Lines of words, each wrapped. */
static void lines_draw(const struct ui *ui, const char *lines)
{
	struct draw_area area = { DRAW_BODY + 1, INDENT, draw_body_rows(ui) - 1, ui->columns - 6 };

	while (*lines && area.rows > 0) {
		size_t size = strcspn(lines, "\n");
		char *line = mem_text_sized(lines, size);
		int taken = size > 0 ? draw_wrapped(&area, DRAW_PLAIN, line) : 1;

		mem_free(line);
		area.row += taken;
		area.rows -= taken;
		lines += size + (lines[size] == '\n');
	}
}

/* "logged TR-2021-000003; 3 things to ask for", and what may be the same. */
static void saved_words(const struct log *log, struct buffer *out)
{
	buffer_print(out, "%s %s; ", log_is_new(log) ? "logged" : "saved", log->saved.reference);
	if (log->asks == 0)
		buffer_add(out, "nothing to ask for");
	else
		buffer_print(
			out, "%zu %s to ask for", log->asks, log->asks == 1 ? "thing" : "things");
	if (log->against > 0)
		buffer_print(out, ", %zu %s to reject it", log->against,
			log->against == 1 ? "reason" : "reasons");
	buffer_add(out, ".");
	if (log->saved.duplicates && log->saved.duplicates[0]) {
		buffer_add(out, " Possible duplicates: ");
		codes_show("", log->saved.duplicates, out);
		buffer_add(out, ".");
	}
}

static void words_draw(const struct ui *ui, const struct log *log)
{
	struct buffer words;

	buffer_init(&words);
	if (log->part == LOG_SAVED) {
		saved_words(log, &words);
		buffer_print(&words, "\n\n%s", log->told ? log->told : "");
	} else if (log->part == LOG_REFUSED) {
		buffer_add(&words, log->notice.text);
	} else {
		buffer_print(&words,
			"Somebody else changed %s while you typed. What you typed is still there; "
			"what you did not touch is as they left it.\n\n%s\n"
			"Go on, look at it, and save again what is still wanted.",
			log->argument.reference, log->both ? log->both : "");
	}
	lines_draw(ui, buffer_text(&words));
	buffer_done(&words);
}

static void explain_make(const struct log *log, struct frame *frame, struct buffer *out)
{
	frame->is_bad = false;
	if (log->part == LOG_CHOOSE) {
		buffer_add(out,
			"Its number, or its first letters and ⏎. The form has what it asks for.");
	} else if (log->part == LOG_ASK) {
		buffer_add(out, "Leave without saving? What was typed is lost then.");
		frame->is_bad = true;
	} else if (log->part == LOG_CONFLICT) {
		buffer_add(out, "Edit conflict: nothing was saved yet.");
		frame->is_bad = true;
	} else if (log->part == LOG_TYPE && log->notice.text[0]) {
		buffer_add(out, log->notice.text);
		frame->is_bad = true;
	} else if (log->part == LOG_TYPE && log->saved.reference[0]) {
		saved_words(log, out);
	} else if (log->part == LOG_TYPE && known_is_open(&log->known)) {
		known_explain(&log->known, out);
	} else if (log->part == LOG_TYPE && log->known.is_unlisted) {
		buffer_print(out, "%s: %s, when the request is saved.",
			form_at(&log->form)->column->label, known_unlisted);
	} else if (log->part == LOG_TYPE) {
		form_explain(&log->form, out);
		frame->is_bad = form_at(&log->form)->is_wrong;
	}
	frame->explain = buffer_text(out);
}

static void title_make(const struct log *log, struct buffer *out)
{
	if (log_is_new(log))
		buffer_add(out, "Log a request");
	else
		buffer_print(out, "%s  %s", log->argument.reference,
			log->argument.is_answer ? "what came to the query" : "edit");
}

static void cursor_draw(const struct ui *ui, const struct log *log)
{
	const size_t rows = (size_t)choose_rows(ui);
	struct draw_area area;

	log_area(ui, &area);
	if (log->part == LOG_CHOOSE)
		draw_cursor(DRAW_BODY + 3 + (int)(log->service < rows ? log->service : rows - 1),
			INDENT + 3);
	else if (log->part == LOG_TYPE || log->part == LOG_ASK)
		form_cursor(&log->form, &area);
	else
		draw_cursor(ui->rows - 2, ui->columns - 1);
}

/* "t" is a letter where no day is to be typed, and where one was begun; "-" a hyphen in a text. */
static bool log_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct log *log = state;

	(void)ui;
	out_why[0] = '\0';
	return (id == COMMAND_TODAY && !form_takes_today(&log->form)) ||
	       (id == COMMAND_NOT_ON_FORM && !form_takes_dash(&log->form));
}

void log_draw(const struct ui *ui, const void *state)
{
	const struct log *log = state;
	struct frame frame = { .commands = log_commands(log), .cannot = log_cannot, .state = log };
	struct buffer title, explain;
	char needed[64] = "";
	size_t shown;
	bool is_form = log->part == LOG_TYPE || log->part == LOG_ASK;

	buffer_init(&title);
	buffer_init(&explain);
	title_make(log, &title);
	explain_make(log, &frame, &explain);
	frame.title = buffer_text(&title);
	if (is_form) {
		size_t count = log_form_needed(&log->form, &shown);

		if (count > 0)
			(void)snprintf(
				needed, sizeof(needed), "%zu of %zu fields needed", count, shown);
		else
			(void)snprintf(needed, sizeof(needed), "no field is needed any more");
		frame.path = service_label(&ui->services,
			form_find(&log->form, COLUMN_REQUEST, FIELD_SERVICE, 0)->line.text);
		frame.path_right = needed;
	}
	if (log->part == LOG_CHOOSE)
		choose_draw(ui, log, &frame);
	else if (is_form)
		type_draw(ui, log, &frame);
	else
		words_draw(ui, log);
	draw_frame(ui, &frame);
	cursor_draw(ui, log);
	buffer_done(&title);
	buffer_done(&explain);
}
