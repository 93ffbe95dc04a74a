/*
 * A month of the register: its figures as they were published, or as they are;
 * the submissions beside them; its revisions. A figure opens to what stands behind
 * it, a month that is over is closed from here, a closed one revised.
 */
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/desk_rights.h"
#include "tui/draft.h"
#include "tui/month_draw.h"

enum { MONTHS_SHOWN = 12 };

struct month_screen {
	struct month *months;
	size_t count, at; /* the one shown */
	struct figures *figures;
	struct month_view view;
	bool is_present; /* of a closed month: its figures as they are now */
	struct desk_revision *revisions;
	size_t revision_count;
	struct page page; /* of the parts of text */
	struct buffer insight;
	struct cases_argument cases;
	struct publish_argument publish;
	struct export_argument out;
	struct notice notice;
};

static unsigned month_open(struct ui *ui, void *state, const void *argument)
{
	struct month_screen *screen = state;

	(void)ui;
	(void)argument;
	screen->at = SIZE_MAX;
	return SCREEN_RELOAD;
}

static const struct month *month_at(const struct month_screen *screen)
{
	return screen->at < screen->count ? &screen->months[screen->at] : NULL;
}

static bool month_is_over(const struct ui *ui, const struct month *month)
{
	return strncmp(month->month, desk_today(ui->desk), 7) < 0;
}

/* The month that can be closed next, else the last that is over. */
static size_t month_first(const struct ui *ui, const struct month_screen *screen)
{
	size_t at = screen->count - 1;

	for (size_t i = screen->count; i > 0; i--) {
		const struct month *month = &screen->months[i - 1];

		if (month_is_over(ui, month))
			return i - 1;
	}
	return at;
}

static bool months_read(struct ui *ui, struct month_screen *screen)
{
	struct month *months = NULL;
	size_t count = 0;

	if (desk_months(ui->desk, &months, &count, &screen->notice) != DESK_OK)
		return false;
	mem_free(screen->months);
	screen->months = months;
	screen->count = count;
	if (count > 0 && screen->at >= count)
		screen->at = month_first(ui, screen);
	return count > 0;
}

static void revisions_drop(struct month_screen *screen)
{
	desk_revisions_clear(screen->revisions, screen->revision_count);
	mem_free(screen->revisions);
	screen->revisions = NULL;
	screen->revision_count = 0;
}

/* What the register does not publish, counted while it is looked at. */
static void insight_read(struct ui *ui, struct month_screen *screen)
{
	struct insight insight = { 0 };

	buffer_done(&screen->insight);
	if (screen->view.part != PART_INSIGHT ||
		desk_insight(ui->desk, screen->months[screen->at].month, &insight,
			&screen->notice) != DESK_OK)
		return;
	insight_text(&insight, false, ui->columns - 2 * PAGE_MARGIN, &screen->insight);
	insight_clear(&insight);
}

static void text_lay(const struct ui *ui, struct month_screen *screen)
{
	int width = ui->columns - 2 * PAGE_MARGIN;

	if (screen->view.part == PART_INSIGHT) {
		page_start(&screen->page, width);
		page_put(&screen->page,
			&(struct page_text) { .text = buffer_text(&screen->insight) });
	} else {
		month_revisions_lay(
			&screen->page, screen->revisions, screen->revision_count, width);
	}
	page_scroll(&screen->page, 0, (size_t)draw_body_rows(ui));
}

/* The month shown with those before it. */
static void figures_read(struct ui *ui, struct month_screen *screen)
{
	size_t from = screen->at + 1 > MONTHS_SHOWN ? screen->at + 1 - MONTHS_SHOWN : 0;
	char period[24];
	const struct desk_figures_wanted wanted = { .period = period,
		.is_present = screen->is_present };
	struct figures *figures = NULL;

	snprintf(period, sizeof(period), "%s..%s", screen->months[from].month,
		screen->months[screen->at].month);
	/* Those of another month must not stand under this one's title. */
	figures_free(screen->figures);
	screen->figures = NULL;
	screen->view.figures = NULL;
	if (desk_figures(ui->desk, &wanted, &figures, &screen->notice) != DESK_OK)
		return;
	screen->figures = figures;
	screen->view.figures = figures;
}

static unsigned month_load(struct ui *ui, void *state)
{
	struct month_screen *screen = state;
	size_t rows;

	screen->notice = (struct notice) { 0 };
	revisions_drop(screen);
	if (!months_read(ui, screen))
		return SCREEN_STAY;
	figures_read(ui, screen);
	if (screen->notice.status == DESK_OK)
		(void)desk_month_revisions(ui->desk, screen->months[screen->at].month,
			&screen->revisions, &screen->revision_count, &screen->notice);
	insight_read(ui, screen);
	text_lay(ui, screen);
	rows = month_rows(&screen->view);
	if (screen->view.row >= rows)
		screen->view.row = rows > 0 ? rows - 1 : 0;
	return SCREEN_STAY;
}

static void parts_draw(const struct ui *ui, const struct month_screen *screen)
{
	static const char *const names[MONTH_PARTS] = { "Tracing", "DBSB", "Insight", "Revisions" };
	int column = 1;

	for (int part = 0; part < MONTH_PARTS; part++) {
		bool is_open = part == (int)screen->view.part;
		char text[48];

		snprintf(text, sizeof(text), is_open ? "[%s]" : "%s", names[part]);
		column += draw_text(DRAW_PATH, column, ui->columns - column,
				  is_open ? DRAW_BOLD : DRAW_PLAIN, text) +
			  2;
	}
}

/* "December 2020 · revision 2" */
static void title_make(const struct month_screen *screen, struct buffer *out)
{
	const struct month *month = month_at(screen);
	char shown[32];

	if (!month) {
		buffer_add(out, "Month");
		return;
	}
	month_shown(month->month, shown);
	buffer_add(out, shown);
	if (!month->closed) {
		buffer_add(out, " · Provisional");
		return;
	}
	if (screen->is_present)
		buffer_print(out, " · as it is now (revision %d)", month->revision);
	else
		buffer_print(out, " · revision %d", month->revision);
}

/* "← Nov   Jan →" */
static void neighbours_make(const struct month_screen *screen, struct buffer *out)
{
	char shown[32];

	if (screen->count == 0)
		return;
	if (screen->at > 0) {
		month_shown(screen->months[screen->at - 1].month, shown);
		buffer_print(out, "← %.3s", shown);
	}
	if (screen->at + 1 < screen->count) {
		month_shown(screen->months[screen->at + 1].month, shown);
		buffer_print(out, "   %.3s →", shown);
	}
}

/* The first month that is open: months are closed in order. */
static size_t next_to_close(const struct month_screen *screen)
{
	size_t i = 0;

	while (i < screen->at && screen->months[i].closed)
		i++;
	return i;
}

static bool close_cannot(
	const struct ui *ui, const struct month_screen *screen, char out_why[WHY_SIZE])
{
	const struct month *month = month_at(screen);
	char shown[32];

	if (!month || month->closed ||
		!deed_is_allowed(DEED_MONTH_CLOSE, desk_person(ui->desk)->roles))
		return true;
	if (!month_is_over(ui, month)) {
		snprintf(out_why, WHY_SIZE, "not over");
	} else if (next_to_close(screen) == screen->at) {
		return false;
	} else {
		month_shown(screen->months[next_to_close(screen)].month, shown);
		snprintf(out_why, WHY_SIZE, "%s first", shown);
	}
	return true;
}

static bool month_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct month_screen *screen = state;
	const struct month *month = month_at(screen);

	out_why[0] = '\0';
	if (id == COMMAND_CLOSE)
		return close_cannot(ui, screen, out_why);
	if (id == COMMAND_REVISE)
		return !month || !month->closed ||
		       !deed_is_allowed(DEED_MONTH_REVISE, desk_person(ui->desk)->roles);
	if (id == COMMAND_PRESENT)
		return !month || !month->closed;
	if (id == COMMAND_COLUMN_ON || id == COMMAND_COLUMN_BACK)
		return screen->view.part != PART_TRACING;
	if (id == COMMAND_CASES)
		return month_rows(&screen->view) == 0;
	return id == COMMAND_EXPORT && !month;
}

static void explain_make(const struct month_screen *screen, struct buffer *out)
{
	if (screen->notice.text[0])
		buffer_add(out, screen->notice.text);
	else if (screen->count == 0)
		buffer_add(out, "Nothing was decided or submitted yet.");
	else if (screen->view.part == PART_REVISIONS)
		buffer_add(out, "What each revision changed of the one before.");
	else if (screen->view.part == PART_INSIGHT)
		buffer_add(out, "Not published: the month beside the twelve before it.");
	else if (month_shown_now(&screen->view))
		month_explain(&screen->view, out);
}

static void month_screen_draw(const struct ui *ui, const void *state)
{
	const struct month_screen *screen = state;
	const struct draw_area area = { DRAW_BODY, 0, draw_body_rows(ui), ui->columns };
	struct frame frame = { .commands = scr_month.commands,
		.is_bad = screen->notice.text[0] != '\0',
		.cannot = month_cannot,
		.state = screen };
	struct buffer title, neighbours, explain;

	buffer_init(&title);
	buffer_init(&neighbours);
	buffer_init(&explain);
	title_make(screen, &title);
	neighbours_make(screen, &neighbours);
	explain_make(screen, &explain);
	frame.title = buffer_text(&title);
	frame.path_right = buffer_text(&neighbours);
	frame.explain = buffer_text(&explain);
	if (ui->told.text[0] && !frame.is_bad) {
		frame.explain = ui->told.text;
		frame.is_bad = ui->told.status != DESK_OK;
	}
	if (month_part_is_text(screen->view.part))
		frame.more = page_draw(&screen->page, &area, PAGE_NO_ITEM);
	else
		month_draw(ui, &screen->view);
	draw_frame(ui, &frame);
	parts_draw(ui, screen);
	buffer_done(&title);
	buffer_done(&neighbours);
	buffer_done(&explain);
}

static unsigned month_go(struct month_screen *screen, int by)
{
	if ((by < 0 && screen->at == 0) || (by > 0 && screen->at + 1 >= screen->count))
		return SCREEN_STAY;
	screen->at = by < 0 ? screen->at - 1 : screen->at + 1;
	screen->is_present = false;
	screen->page.top = 0;
	return SCREEN_RELOAD;
}

static unsigned part_go(struct month_screen *screen, int by)
{
	screen->view.part =
		(enum month_part)(((int)screen->view.part + by + MONTH_PARTS) % MONTH_PARTS);
	screen->view.row = 0;
	screen->view.column = 0;
	screen->page.top = 0;
	return month_part_is_text(screen->view.part) ? SCREEN_RELOAD : SCREEN_STAY;
}

static unsigned row_go(const struct ui *ui, struct month_screen *screen, long by)
{
	long rows = (long)month_rows(&screen->view);
	long row = (long)screen->view.row + by;

	if (month_part_is_text(screen->view.part))
		page_scroll(&screen->page, by, (size_t)draw_body_rows(ui));
	else if (rows > 0)
		screen->view.row = (size_t)(row < 0 ? 0 : row >= rows ? rows - 1 : row);
	return SCREEN_STAY;
}

static unsigned column_go(struct month_screen *screen, int by)
{
	int column = screen->view.column + by;

	if (column >= 0 && column < TRACING_MEASURES)
		screen->view.column = column;
	return SCREEN_STAY;
}

static unsigned push(struct ui *ui, const struct screen_ops *next, const void *argument)
{
	ui->next = next;
	ui->next_argument = argument;
	return SCREEN_PUSH;
}

static unsigned cases_push(struct ui *ui, struct month_screen *screen)
{
	struct buffer title;

	memcpy(screen->cases.month, month_at(screen)->month, sizeof(screen->cases.month));
	screen->cases.is_present = screen->is_present;
	month_cell(&screen->view, &screen->cases.cell);
	buffer_init(&title);
	month_explain(&screen->view, &title);
	snprintf(screen->cases.title, sizeof(screen->cases.title), "%s", buffer_text(&title));
	buffer_done(&title);
	return push(ui, &scr_cases, &screen->cases);
}

static unsigned month_push(struct ui *ui, struct month_screen *screen, enum command_id id)
{
	const struct month *month = month_at(screen);

	if (id == COMMAND_CASES)
		return cases_push(ui, screen);
	if (id == COMMAND_EXPORT) {
		memcpy(screen->out.month, month->month, sizeof(screen->out.month));
		screen->out.is_present = screen->is_present;
		return push(ui, &scr_export, &screen->out);
	}
	memcpy(screen->publish.month, month->month, sizeof(screen->publish.month));
	screen->publish.is_revision = id == COMMAND_REVISE;
	return push(ui, &scr_publish, &screen->publish);
}

static unsigned month_command(struct ui *ui, void *state, enum command_id id)
{
	struct month_screen *screen = state;
	long rows = command_rows(id, draw_body_rows(ui));
	char why[WHY_SIZE];

	if (id == COMMAND_CLOSE && month_cannot(ui, screen, id, why))
		id = COMMAND_REVISE; /* one key */
	if (month_cannot(ui, screen, id, why))
		return SCREEN_STAY;
	screen->notice = (struct notice) { 0 };
	if (id == COMMAND_BACK)
		return SCREEN_POP | SCREEN_RELOAD;
	if (id == COMMAND_MONTH_BACK || id == COMMAND_MONTH_ON)
		return month_go(screen, id == COMMAND_MONTH_ON ? 1 : -1);
	if (id == COMMAND_PART || id == COMMAND_PART_BACK)
		return part_go(screen, id == COMMAND_PART ? 1 : -1);
	if (id == COMMAND_COLUMN_BACK || id == COMMAND_COLUMN_ON)
		return column_go(screen, id == COMMAND_COLUMN_ON ? 1 : -1);
	if (rows != 0)
		return row_go(ui, screen, rows);
	if (id == COMMAND_PRESENT)
		screen->is_present = !screen->is_present;
	if (id == COMMAND_PRESENT || id == COMMAND_RELOAD)
		return SCREEN_RELOAD;
	return month_push(ui, screen, id);
}

static unsigned month_resized(struct ui *ui, void *state)
{
	struct month_screen *screen = state;

	if (screen->view.part == PART_INSIGHT)
		return SCREEN_RELOAD; /* its columns are as wide as the screen */
	text_lay(ui, screen);
	return SCREEN_STAY;
}

static void month_done(void *state)
{
	struct month_screen *screen = state;

	mem_free(screen->months);
	figures_free(screen->figures);
	revisions_drop(screen);
	page_clear(&screen->page);
	buffer_done(&screen->insight);
}

static void month_keep(const void *state, struct draft *draft)
{
	const struct month_screen *screen = state;
	const struct month *month = month_at(screen);

	draft_put(draft, month ? month->month : "");
	draft_put_number(draft, screen->is_present);
	draft_put_number(draft, (long)screen->view.part);
	draft_put_number(draft, (long)screen->view.row);
	draft_put_number(draft, screen->view.column);
	draft_put_number(draft, (long)screen->page.top);
}

static unsigned month_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct month_screen *screen = state;
	unsigned flags = month_open(ui, state, NULL);
	char month[sizeof(screen->months->month)];
	long part;

	draft_take_into(draft, month, sizeof(month));
	screen->is_present = draft_take_number(draft) != 0;
	part = draft_take_number(draft);
	screen->view.part = part > 0 && part < MONTH_PARTS ? (enum month_part)part : PART_TRACING;
	screen->view.row = (size_t)draft_take_number(draft);
	(void)column_go(screen, (int)draft_take_number(draft));
	screen->page.top = (size_t)draft_take_number(draft);
	(void)months_read(ui, screen);
	for (size_t i = 0; i < screen->count; i++)
		if (strcmp(screen->months[i].month, month) == 0)
			screen->at = i;
	return flags;
}

static const enum command_id month_commands[] = { COMMAND_CASES, COMMAND_EXPORT, COMMAND_CLOSE,
	COMMAND_REVISE, COMMAND_PRESENT, COMMAND_MONTH_BACK, COMMAND_MONTH_ON, COMMAND_PART,
	COMMAND_PART_BACK, COMMAND_COLUMN_BACK, COMMAND_COLUMN_ON, COMMAND_LINE_UP,
	COMMAND_LINE_DOWN, COMMAND_TOP, COMMAND_BOTTOM, COMMAND_RELOAD, COMMAND_REDRAW,
	COMMAND_HELP, COMMAND_BACK, COMMAND_NONE };

const struct screen_ops scr_month = {
	.name = "Month",
	.state_size = sizeof(struct month_screen),
	.commands = month_commands,
	.open = month_open,
	.waiting = "counting …",
	.load = month_load,
	.draw = month_screen_draw,
	.cannot = month_cannot,
	.resized = month_resized,
	.command = month_command,
	.done = month_done,
	.keep = month_keep,
	.resume = month_resume,
};
