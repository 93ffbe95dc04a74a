/*
 * One receipt, to scroll through. It is read, and its opening recorded, once:
 * another size of the terminal only lays the lines out anew.
 */
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "tui/draw.h"
#include "tui/receipt_cells.h"
#include "tui/receipt_lines.h"
#include "tui/screen.h"

struct receipt {
	char reference[REFERENCE_SIZE];
	char *because; /* NULL: none needed */
	bool is_open;
	struct request request;
	struct receipt_lines lines;
	size_t top;
	struct notice notice;
};

static unsigned receipt_open(struct ui *ui, void *state, const void *argument)
{
	struct receipt *receipt = state;

	snprintf(receipt->reference, sizeof(receipt->reference), "%s", (const char *)argument);
	receipt->because = ui->because;
	ui->because = NULL;
	return SCREEN_RELOAD;
}

static size_t top_last(const struct ui *ui, const struct receipt *receipt)
{
	size_t rows = (size_t)draw_body_rows(ui);

	return receipt->lines.height > rows ? receipt->lines.height - rows : 0;
}

static unsigned receipt_resized(struct ui *ui, void *state)
{
	struct receipt *receipt = state;

	if (!receipt->is_open)
		return SCREEN_STAY;
	receipt_lines_make(&receipt->lines, &receipt->request, &ui->services, ui->columns);
	if (receipt->top > top_last(ui, receipt))
		receipt->top = top_last(ui, receipt);
	return SCREEN_STAY;
}

static unsigned receipt_load(struct ui *ui, void *state)
{
	struct receipt *receipt = state;

	receipt->is_open = desk_request_open(ui->desk, receipt->reference, receipt->because,
				   &receipt->request, &receipt->notice) == DESK_OK;
	return receipt_resized(ui, state);
}

/* "Police · Kent Police · ref 46/123/20" */
static void path_make(const struct ui *ui, const struct request *request, struct buffer *out)
{
	const char *reference = request->field[FIELD_REQUESTER_REFERENCE];

	buffer_add(out, service_label(&ui->services, request->field[FIELD_SERVICE]));
	if (request->field[FIELD_ORGANISATION][0])
		buffer_print(out, " · %s", request->field[FIELD_ORGANISATION]);
	if (reference[0])
		buffer_print(out, " · ref %s", reference);
}

static void explain_make(const struct request *request, struct buffer *out)
{
	const struct state_facts facts = { request->state, request->field[FIELD_DECIDED],
		request->assigned_to, request->field[FIELD_NEEDED_BY], request->imported,
		strcmp(request->field[FIELD_SAFEGUARDING], "yes") == 0 };

	state_explain(&facts, out);
	buffer_add(out, ".");
}

/* What the frame says of the receipt. */
struct told {
	struct buffer title, path, explain;
	char lines[64];
};

static void told_make(const struct ui *ui, const struct receipt *receipt, struct told *told)
{
	size_t rows = (size_t)draw_body_rows(ui), last = receipt->top + rows;

	buffer_init(&told->title);
	buffer_init(&told->path);
	buffer_init(&told->explain);
	told->lines[0] = '\0';
	buffer_add(&told->title, receipt->reference);
	if (!receipt->is_open)
		return;
	buffer_print(&told->title, "  %s", state_name(receipt->request.state));
	path_make(ui, &receipt->request, &told->path);
	explain_make(&receipt->request, &told->explain);
	if (receipt->lines.height > rows)
		snprintf(told->lines, sizeof(told->lines), "lines %zu–%zu of %zu", receipt->top + 1,
			last < receipt->lines.height ? last : receipt->lines.height,
			receipt->lines.height);
}

static void receipt_draw(const struct ui *ui, const void *state)
{
	const struct receipt *receipt = state;
	const struct draw_area area = { DRAW_BODY + 1, 2, draw_body_rows(ui) - 2, ui->columns - 4 };
	struct frame frame = { .commands = scr_receipt.commands };
	struct told told;

	told_make(ui, receipt, &told);
	frame.title = buffer_text(&told.title);
	frame.path = buffer_text(&told.path);
	frame.path_right = told.lines;
	frame.explain = buffer_text(&told.explain);
	draw_wrapped(&area, DRAW_BAD, receipt->notice.text);
	receipt_lines_draw(&receipt->lines, receipt->top, DRAW_BODY, draw_body_rows(ui));
	draw_frame(ui, &frame);
	buffer_done(&told.title);
	buffer_done(&told.path);
	buffer_done(&told.explain);
}

static unsigned receipt_command(struct ui *ui, void *state, enum command_id id)
{
	struct receipt *receipt = state;
	size_t last = top_last(ui, receipt), page = (size_t)draw_body_rows(ui);
	size_t step = id == COMMAND_PAGE_UP || id == COMMAND_PAGE_DOWN ? page : 1;

	if (id == COMMAND_BACK)
		return SCREEN_POP;
	if (id == COMMAND_UP || id == COMMAND_PAGE_UP)
		receipt->top -= receipt->top < step ? receipt->top : step;
	else if (id == COMMAND_DOWN || id == COMMAND_PAGE_DOWN)
		receipt->top = last - receipt->top < step ? last : receipt->top + step;
	else if (id == COMMAND_FIRST || id == COMMAND_LAST)
		receipt->top = id == COMMAND_FIRST ? 0 : last;
	return SCREEN_STAY;
}

static void receipt_done(void *state)
{
	struct receipt *receipt = state;

	if (receipt->is_open)
		request_clear(&receipt->request);
	receipt_lines_clear(&receipt->lines);
	mem_free(receipt->because);
}

static const enum command_id receipt_commands[] = { COMMAND_UP, COMMAND_DOWN, COMMAND_PAGE_UP,
	COMMAND_PAGE_DOWN, COMMAND_FIRST, COMMAND_LAST, COMMAND_REDRAW, COMMAND_HELP, COMMAND_BACK,
	COMMAND_NONE };

const struct screen_ops scr_receipt = {
	.name = "a receipt",
	.state_size = sizeof(struct receipt),
	.commands = receipt_commands,
	.open = receipt_open,
	.waiting = "reading …",
	.load = receipt_load,
	.draw = receipt_draw,
	.resized = receipt_resized,
	.command = receipt_command,
	.done = receipt_done,
};
