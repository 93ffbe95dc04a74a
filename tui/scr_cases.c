/*
 * What stands behind a figure: receipts, each opened by Enter, or submissions.
 * Of a closed month they are those that stood behind it when it was published.
 */
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/layout.h"
#include "core/listing.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/pick.h"
#include "tui/receipt_cells.h"

struct cases_screen {
	struct cases_argument argument;
	struct desk_cases cases;
	size_t top, selected;
	char reference[REFERENCE_SIZE]; /* of the submission that is opened */
	struct notice notice;
};

static unsigned cases_open(struct ui *ui, void *state, const void *argument)
{
	struct cases_screen *screen = state;

	(void)ui;
	screen->argument = *(const struct cases_argument *)argument;
	return SCREEN_RELOAD;
}

static size_t cases_height(const struct ui *ui)
{
	return (size_t)draw_body_rows(ui) - 1;
}

static unsigned cases_load(struct ui *ui, void *state)
{
	struct cases_screen *screen = state;
	const struct desk_figures_wanted wanted = { .period = screen->argument.month,
		.is_present = screen->argument.is_present };
	struct desk_cases cases;

	screen->notice = (struct notice) { 0 };
	if (!ui->services.rows)
		(void)desk_services(
			ui->desk, &ui->services.rows, &ui->services.count, &screen->notice);
	if (desk_cases(ui->desk, &wanted, &screen->argument.cell, &cases, &screen->notice) !=
		DESK_OK)
		return SCREEN_STAY;
	desk_cases_clear(&screen->cases);
	screen->cases = cases;
	if (screen->selected >= cases.count)
		screen->selected = cases.count > 0 ? cases.count - 1 : 0;
	return SCREEN_STAY;
}

/* A column: where it begins and how wide it is; 0 is the rest of the line. */
struct place {
	const char *head;
	int column, width;
};

static void text_draw(
	const struct ui *ui, const struct place *place, int row, bool is_selected, const char *text)
{
	int width = place->width > 0 ? place->width : ui->columns - place->column - 1;

	draw_text(row, place->column, width, is_selected ? DRAW_BOLD : DRAW_PLAIN, text);
}

static const struct place request_places[] = { { "Receipt", 2, 15 }, { "Received", 18, 10 },
	{ "Decided", 29, 10 }, { "Service", 40, 14 }, { "Organisation", 55, 0 } };
static const struct place request_wide[] = { { "Receipt", 2, 15 }, { "Received", 18, 10 },
	{ "Decided", 29, 10 }, { "Outcome", 40, 20 }, { "Service", 61, 16 }, { "Subject", 78, 18 },
	{ "Organisation", 97, 0 } };
static const struct place submission_places[] = { { "Submission", 2, 15 }, { "Received", 18, 10 },
	{ "Completed", 29, 10 }, { "Counts as", 40, 10 }, { "Transactions", 51, 12 },
	{ "Organisation", 64, 0 } };

static void request_draw(
	const struct ui *ui, const struct desk_case *one, int row, bool is_selected)
{
	bool is_wide = ui->columns >= DRAW_WIDE_COLUMNS;
	const struct place *places = is_wide ? request_wide : request_places;
	const char *service = service_label(&ui->services, one->counted.service);
	char received[64], decided[64];
	struct buffer subject;

	day_shown(one->request.received, received);
	day_shown(one->request.decided, decided);
	text_draw(ui, &places[0], row, is_selected, one->counted.reference);
	text_draw(ui, &places[1], row, is_selected, received);
	text_draw(ui, &places[2], row, is_selected, decided);
	if (!is_wide) {
		text_draw(ui, &places[3], row, is_selected, service);
		text_draw(ui, &places[4], row, is_selected, one->request.organisation);
		return;
	}
	buffer_init(&subject);
	listing_subject(&one->request, &subject);
	text_draw(ui, &places[3], row, is_selected, request_state_name(one->counted.counts));
	text_draw(ui, &places[4], row, is_selected, service);
	text_draw(ui, &places[5], row, is_selected, buffer_text(&subject));
	text_draw(ui, &places[6], row, is_selected, one->request.organisation);
	buffer_done(&subject);
}

static void submission_draw(
	const struct ui *ui, const struct desk_case *one, int row, bool is_selected)
{
	const struct place *places = submission_places;
	char received[64], completed[64], number[32] = "";

	day_shown(one->submission.received, received);
	day_shown(one->submission.completed, completed);
	if (one->counted.counts == SUBMISSION_PROCESSED)
		layout_number(one->counted.transactions, number);
	text_draw(ui, &places[0], row, is_selected, one->counted.reference);
	text_draw(ui, &places[1], row, is_selected, received);
	text_draw(ui, &places[2], row, is_selected, completed);
	text_draw(ui, &places[3], row, is_selected, submission_status_code(one->counted.counts));
	draw_text_right(row, places[4].column + places[4].width, places[4].width,
		is_selected ? DRAW_BOLD : DRAW_PLAIN, number);
	text_draw(ui, &places[5], row, is_selected, one->submission.organisation);
}

static void heads_draw(const struct ui *ui, const struct cases_screen *screen)
{
	bool is_wide = ui->columns >= DRAW_WIDE_COLUMNS;
	const struct place *places = is_wide ? request_wide : request_places;
	size_t count = is_wide ? sizeof(request_wide) / sizeof(*places)
			       : sizeof(request_places) / sizeof(*places);

	if (screen->argument.cell.is_dbsb) {
		places = submission_places;
		count = sizeof(submission_places) / sizeof(*places);
	}
	for (size_t i = 0; i < count; i++)
		draw_text(DRAW_BODY, places[i].column,
			places[i].width > 0 ? places[i].width : ui->columns - places[i].column - 1,
			DRAW_FAINT, places[i].head);
}

static void rows_draw(const struct ui *ui, const struct cases_screen *screen)
{
	for (size_t i = 0; i < cases_height(ui) && screen->top + i < screen->cases.count; i++) {
		const struct desk_case *one = &screen->cases.list[screen->top + i];
		bool is_selected = screen->top + i == screen->selected;
		int row = DRAW_BODY + 1 + (int)i;

		if (is_selected)
			draw_text(row, 0, 2, DRAW_BOLD, "▸");
		if (screen->argument.cell.is_dbsb)
			submission_draw(ui, one, row, is_selected);
		else
			request_draw(ui, one, row, is_selected);
	}
}

static void cases_explain(const struct cases_screen *screen, struct buffer *out)
{
	const struct desk_case *one;

	if (screen->cases.count == 0) {
		buffer_add(out, "Nothing stands behind it.");
		return;
	}
	one = &screen->cases.list[screen->selected];
	buffer_print(out, "%zu of %zu · ", screen->selected + 1, screen->cases.count);
	if (screen->argument.cell.is_dbsb)
		buffer_add(out, one->submission.organisation);
	else
		buffer_print(out, "%s · %s", request_state_name(one->counted.counts),
			one->request.organisation);
	if (!screen->argument.cell.is_dbsb && (int)one->request.state != one->counted.counts)
		buffer_print(out, " · now %s", request_state_name((int)one->request.state));
}

static bool cases_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct cases_screen *screen = state;

	(void)ui;
	out_why[0] = '\0';
	return id == COMMAND_OPEN && screen->cases.count == 0;
}

static void cases_draw(const struct ui *ui, const void *state)
{
	const struct cases_screen *screen = state;
	struct frame frame = { .title = "Cases",
		.path = screen->argument.title,
		.is_bad = screen->notice.text[0] != '\0',
		.commands = scr_cases.commands,
		.cannot = cases_cannot,
		.state = screen };
	struct buffer explain;

	buffer_init(&explain);
	heads_draw(ui, screen);
	rows_draw(ui, screen);
	frame.more = draw_more(DRAW_BODY + 1, screen->top, screen->cases.count);
	if (frame.is_bad)
		buffer_add(&explain, screen->notice.text);
	else
		cases_explain(screen, &explain);
	frame.explain = buffer_text(&explain);
	draw_frame(ui, &frame);
	buffer_done(&explain);
}

static unsigned cases_go(const struct ui *ui, struct cases_screen *screen, long by)
{
	const struct pick pick = { &screen->selected, &screen->top, screen->cases.count,
		cases_height(ui) };

	pick_move(&pick, by);
	return SCREEN_STAY;
}

static unsigned case_open(struct ui *ui, struct cases_screen *screen)
{
	const struct desk_case *one = &screen->cases.list[screen->selected];

	ui->list = NULL;
	if (screen->argument.cell.is_dbsb) {
		memcpy(screen->reference, one->counted.reference, sizeof(screen->reference));
		ui->next = &scr_submission;
		ui->next_argument = screen->reference;
		return SCREEN_PUSH;
	}
	ui->next = desk_request_needs_reason(ui->desk, &one->request) ? &scr_reason : &scr_receipt;
	ui->next_argument = ui->next == &scr_reason ? (const void *)&one->request
						    : (const void *)one->request.reference;
	return SCREEN_PUSH;
}

static unsigned cases_command(struct ui *ui, void *state, enum command_id id)
{
	struct cases_screen *screen = state;
	char why[WHY_SIZE];

	if (id == COMMAND_BACK)
		return SCREEN_POP;
	if (cases_cannot(ui, screen, id, why))
		return SCREEN_STAY;
	if (id == COMMAND_OPEN)
		return case_open(ui, screen);
	return cases_go(ui, screen, command_rows(id, (long)cases_height(ui)));
}

static unsigned cases_resized(struct ui *ui, void *state)
{
	return cases_go(ui, state, 0);
}

static void cases_done(void *state)
{
	struct cases_screen *screen = state;

	desk_cases_clear(&screen->cases);
}

static void cases_keep(const void *state, struct draft *draft)
{
	const struct cases_screen *screen = state;
	const struct figures_cell *cell = &screen->argument.cell;
	bool is_some = screen->selected < screen->cases.count;

	draft_put(draft, screen->argument.month);
	draft_put_number(draft, screen->argument.is_present);
	draft_put_number(draft, cell->is_dbsb);
	draft_put_number(draft, cell->measure);
	draft_put(draft, cell->service);
	draft_put(draft, screen->argument.title);
	draft_put_number(draft, (long)screen->top);
	draft_put(draft, is_some ? screen->cases.list[screen->selected].counted.reference : "");
}

static unsigned cases_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct cases_screen *screen = state;
	struct cases_argument *argument = &screen->argument;
	char reference[REFERENCE_SIZE];
	unsigned flags;

	draft_take_into(draft, argument->month, sizeof(argument->month));
	argument->is_present = draft_take_number(draft) != 0;
	argument->cell.is_dbsb = draft_take_number(draft) != 0;
	argument->cell.measure = (int)draft_take_number(draft);
	draft_take_into(draft, argument->cell.service, sizeof(argument->cell.service));
	draft_take_into(draft, argument->title, sizeof(argument->title));
	screen->top = (size_t)draft_take_number(draft);
	draft_take_into(draft, reference, sizeof(reference));
	flags = cases_load(ui, state);
	for (size_t i = 0; i < screen->cases.count; i++)
		if (strcmp(screen->cases.list[i].counted.reference, reference) == 0)
			screen->selected = i;
	ui->list = NULL;
	return flags | cases_go(ui, screen, 0);
}

static const enum command_id cases_commands[] = { COMMAND_OPEN, COMMAND_UP, COMMAND_DOWN,
	COMMAND_PAGE_UP, COMMAND_PAGE_DOWN, COMMAND_FIRST, COMMAND_LAST, COMMAND_REDRAW,
	COMMAND_HELP, COMMAND_BACK, COMMAND_NONE };

const struct screen_ops scr_cases = {
	.name = "Cases",
	.state_size = sizeof(struct cases_screen),
	.commands = cases_commands,
	.open = cases_open,
	.waiting = "reading …",
	.load = cases_load,
	.draw = cases_draw,
	.cannot = cases_cannot,
	.resized = cases_resized,
	.command = cases_command,
	.done = cases_done,
	.keep = cases_keep,
	.resume = cases_resume,
};
