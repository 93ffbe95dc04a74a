/*
 * Before a month is closed, or a closed one revised: what it will do, in words.
 * A revision asks why, which becomes its footnote. What comes of it is told with
 * the checkpoint, which can be saved.
 */
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/line.h"
#include "tui/page.h"

enum { WHY_ROOM = 1024, WHY_COLUMN = 8 };

struct publish {
	struct publish_argument argument;
	struct desk_closing coming; /* what would come of it */
	bool is_known;		    /* it was looked at, and may be done */
	bool is_wanted;
	char typed[WHY_ROOM];
	struct line line;
	struct page page;
	struct buffer told; /* of the text screen */
	struct told_argument telling;
	struct notice notice;
};

static unsigned publish_open(struct ui *ui, void *state, const void *argument)
{
	struct publish *publish = state;

	(void)ui;
	publish->argument = *(const struct publish_argument *)argument;
	line_init(&publish->line, publish->typed, sizeof(publish->typed));
	return SCREEN_RELOAD;
}

static void publish_lay(const struct ui *ui, struct publish *publish)
{
	struct page *page = &publish->page;
	char shown[32];
	struct buffer text;

	page_start(page, ui->columns - 2 * PAGE_MARGIN);
	if (!publish->is_known)
		return;
	month_shown(publish->argument.month, shown);
	buffer_init(&text);
	if (publish->argument.is_revision)
		buffer_print(&text,
			"This publishes revision %d of %s, as the month is now. The revision before"
			" it stays as it is and can be printed again.",
			publish->coming.revision, shown);
	else
		buffer_print(&text,
			"This closes %s: its figures, the services as they are printed, and the"
			" receipts and submissions behind every figure are frozen and signed. Later"
			" corrections show only when it is revised. A checkpoint is made for "
			"somebody"
			" else to keep.",
			shown);
	page_put(page, &(struct page_text) { .text = buffer_text(&text) });
	page_gap(page);
	if (*publish->coming.warning)
		page_put(
			page, &(struct page_text) {
				      .label = "!", .column = 2, .text = publish->coming.warning });
	if (publish->coming.difference) {
		page_gap(page);
		page_heading(page, "What differs from what is published");
		page_put(page, &(struct page_text) { .text = publish->coming.difference });
	}
	buffer_done(&text);
}

static void look(struct ui *ui, struct publish *publish)
{
	desk_closing_clear(&publish->coming);
	publish->notice = (struct notice) { 0 };
	publish->is_known = desk_month_look(ui->desk, publish->argument.month, &publish->coming,
				    &publish->notice) == DESK_OK;
	publish_lay(ui, publish);
}

/* Done: what came of it is told above this screen, which then has nothing more to ask. */
static unsigned tell(struct ui *ui, struct publish *publish, const struct desk_closing *closing)
{
	struct buffer *told = &publish->told;
	char shown[32];

	month_shown(closing->month, shown);
	buffer_done(told);
	if (closing->difference)
		buffer_print(told, "%s is published as revision %d.\n\n", shown, closing->revision);
	else
		buffer_print(told, "%s is closed.\n\n", shown);
	buffer_add(told, closing->checkpoint);
	publish->telling = (struct told_argument) { .title = "Checkpoint",
		.path = "Done and recorded",
		.text = buffer_text(told),
		.explain =
			"Save the checkpoint, or copy it out: it is for somebody who cannot write"
			" here.",
		.can_keep = true };
	ui->next = &scr_told;
	ui->next_argument = &publish->telling;
	return SCREEN_PUSH;
}

static unsigned publish_load(struct ui *ui, void *state)
{
	struct publish *publish = state;
	struct desk_closing done = { 0 };
	enum desk_status status;
	unsigned flags;

	if (!publish->is_wanted) {
		look(ui, publish);
		return SCREEN_STAY;
	}
	publish->is_wanted = false;
	status = publish->argument.is_revision
			 ? desk_month_revise(ui->desk, publish->argument.month, publish->typed,
				   &done, &publish->notice)
			 : desk_month_close(
				   ui->desk, publish->argument.month, &done, &publish->notice);
	if (status != DESK_OK)
		return SCREEN_STAY;
	publish->is_known = false;
	publish_lay(ui, publish);
	flags = tell(ui, publish, &done);
	desk_closing_clear(&done);
	return flags;
}

static bool publish_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct publish *publish = state;
	bool is_done = publish->told.size > 0;

	(void)ui;
	out_why[0] = '\0';
	if (id == COMMAND_FINISH)
		return !is_done;
	if (id == COMMAND_LEAVE || id == COMMAND_REDRAW || id == COMMAND_FORM_HELP)
		return is_done && id == COMMAND_LEAVE;
	if (publish->is_known && publish->argument.is_revision && line_is_blank(&publish->line) &&
		id == COMMAND_DO) {
		snprintf(out_why, WHY_SIZE, "say why first");
		return true;
	}
	return !publish->is_known;
}

static int why_draw(const struct ui *ui, const struct publish *publish, int row)
{
	draw_text(row, 2, WHY_COLUMN - 2, DRAW_PLAIN, "Why");
	return draw_typed(row, WHY_COLUMN, ui->columns - 3 - WHY_COLUMN, publish->typed);
}

static void publish_draw(const struct ui *ui, const void *state)
{
	const struct publish *publish = state;
	bool asks = publish->argument.is_revision && publish->is_known;
	struct draw_area area = { DRAW_BODY, 0, draw_body_rows(ui), ui->columns };
	struct frame frame = { .path = publish->argument.is_revision ? "Revise" : "Close",
		.commands = scr_publish.commands,
		.cannot = publish_cannot,
		.explain = publish->argument.is_revision
				   ? "Why it is revised stands under the figures. Then Enter."
				   : "Enter closes the month. That cannot be taken back.",
		.state = publish };
	char title[48], shown[32];
	int end = 0;

	month_shown(publish->argument.month, shown);
	snprintf(title, sizeof(title), "%s · %s", shown,
		publish->argument.is_revision ? "revise" : "close");
	frame.title = title;
	if (asks) {
		end = why_draw(ui, publish, DRAW_BODY + 1);
		area.row += 3;
		area.rows -= 3;
	}
	frame.more = page_draw(&publish->page, &area, PAGE_NO_ITEM);
	if (publish->told.size > 0) {
		draw_text(DRAW_BODY + 1, 2, ui->columns - 4, DRAW_BOLD,
			publish->argument.is_revision ? "It is published." : "It is closed.");
		frame.explain = "Enter goes back to the month.";
	}
	if (publish->notice.text[0]) {
		frame.explain = publish->notice.text;
		frame.is_bad = true;
	}
	draw_frame(ui, &frame);
	if (asks)
		draw_cursor(DRAW_BODY + 1, end);
}

static unsigned publish_command(struct ui *ui, void *state, enum command_id id)
{
	struct publish *publish = state;
	long rows = draw_body_rows(ui) - 3;
	char why[WHY_SIZE];

	if (id == COMMAND_LEAVE || id == COMMAND_FINISH || publish->told.size > 0)
		return SCREEN_POP | SCREEN_RELOAD;
	if (publish_cannot(ui, publish, id, why))
		return SCREEN_STAY;
	page_scroll(&publish->page, command_rows(id, rows), (size_t)rows);
	publish->is_wanted = id == COMMAND_DO;
	return publish->is_wanted ? SCREEN_RELOAD : SCREEN_STAY;
}

static bool publish_types(const void *state)
{
	const struct publish *publish = state;

	return publish->argument.is_revision && publish->is_known;
}

static unsigned publish_text(struct ui *ui, void *state, int key)
{
	struct publish *publish = state;

	(void)ui;
	if (!publish_types(publish) || !line_key(&publish->line, key))
		return SCREEN_UNUSED;
	publish->notice = (struct notice) { 0 };
	return SCREEN_STAY;
}

static unsigned publish_resized(struct ui *ui, void *state)
{
	publish_lay(ui, state);
	return SCREEN_STAY;
}

static void publish_done(void *state)
{
	struct publish *publish = state;

	desk_closing_clear(&publish->coming);
	page_clear(&publish->page);
	buffer_done(&publish->told);
}

static void publish_keep(const void *state, struct draft *draft)
{
	const struct publish *publish = state;

	draft_put(draft, publish->argument.month);
	draft_put_number(draft, publish->argument.is_revision);
	line_keep(&publish->line, draft);
	draft_put(draft, buffer_text(&publish->told));
}

/* Once it is done there is nothing more to look at. */
static unsigned publish_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct publish *publish = state;
	struct publish_argument argument = { .is_revision = false };
	unsigned flags;
	char *told;

	draft_take_into(draft, argument.month, sizeof(argument.month));
	argument.is_revision = draft_take_number(draft) != 0;
	flags = publish_open(ui, state, &argument);
	line_resume(&publish->line, draft);
	told = draft_take(draft);
	buffer_add(&publish->told, told);
	mem_free(told);
	return publish->told.size > 0 ? SCREEN_STAY : flags;
}

static const enum command_id publish_commands[] = { COMMAND_DO, COMMAND_FINISH, COMMAND_SHEET_UP,
	COMMAND_SHEET_DOWN, COMMAND_REDRAW, COMMAND_FORM_HELP, COMMAND_LEAVE, COMMAND_NONE };

const struct screen_ops scr_publish = {
	.name = "closing a month",
	.state_size = sizeof(struct publish),
	.commands = publish_commands,
	.open = publish_open,
	.waiting = "verifying and counting …",
	.load = publish_load,
	.draw = publish_draw,
	.cannot = publish_cannot,
	.resized = publish_resized,
	.command = publish_command,
	.text = publish_text,
	.types = publish_types,
	.done = publish_done,
	.keep = publish_keep,
	.resume = publish_resume,
};
