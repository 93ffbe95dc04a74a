/*
 * A supervisor's upkeep: services, rules and organisations as lists with their
 * details, and a form that changes one through the desk.
 */
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/text.h"
#include "tui/draw.h"
#include "tui/page.h"
#include "tui/pick.h"
#include "tui/screen.h"
#include "tui/upkeep.h"

enum { LIST_WIDTH = 79, DETAIL_COLUMN = 24 };

struct upkeep {
	size_t table, selected, top;
	struct upkeep_rows rows;
	bool is_new;		/* the form asks for a new one */
	bool is_asking;		/* that form stands above */
	struct upkeep_row kept; /* after a lock: the row as it was read again */
	struct ask_argument ask;
	struct notice notice;
};

static const struct upkeep_table *table_of(const struct upkeep *upkeep)
{
	return upkeep_table(upkeep->table);
}

static const struct upkeep_row *selected(const struct upkeep *upkeep)
{
	return upkeep->selected < upkeep->rows.count ? &upkeep->rows.list[upkeep->selected] : NULL;
}

static unsigned upkeep_open(struct ui *ui, void *state, const void *argument)
{
	(void)ui;
	(void)state;
	(void)argument;
	return SCREEN_RELOAD;
}

static unsigned upkeep_load(struct ui *ui, void *state)
{
	struct upkeep *upkeep = state;

	upkeep->notice = (struct notice) { 0 };
	upkeep_rows_clear(&upkeep->rows);
	(void)table_of(upkeep)->read(ui->desk, &upkeep->rows, &upkeep->notice);
	if (upkeep->selected >= upkeep->rows.count)
		upkeep->selected = upkeep->rows.count ? upkeep->rows.count - 1 : 0;
	return SCREEN_STAY;
}

static void tabs_draw(const struct ui *ui, const struct upkeep *upkeep)
{
	int column = 1;

	for (size_t i = 0; i < UPKEEP_TABLES; i++) {
		bool is_open = i == upkeep->table;
		char text[64];

		snprintf(text, sizeof(text), is_open ? "[%s]" : "%s", upkeep_table(i)->title);
		column += draw_text(DRAW_PATH, column, ui->columns - column,
				  is_open ? DRAW_BOLD : DRAW_PLAIN, text) +
			  2;
	}
}

/* NULL: the heads. */
static void row_draw(const struct ui *ui, const struct upkeep_table *table,
	const struct upkeep_row *row, int at, bool is_selected)
{
	int column = 2;

	draw_text(at, 0, 1, DRAW_BOLD, is_selected ? "▸" : " ");
	for (size_t i = 0; i < table->field_count; i++) {
		const struct upkeep_field *field = &table->fields[i];
		struct buffer text;

		if (field->width == 0)
			continue;
		buffer_init(&text);
		if (row)
			upkeep_shown(field, row->value[i], &text);
		else
			buffer_add(&text, field->label);
		draw_text(at, column,
			column + field->width < ui->columns ? field->width - 1
							    : ui->columns - column - 1,
			!row	      ? DRAW_FAINT
			: is_selected ? DRAW_BOLD
				      : DRAW_PLAIN,
			buffer_text(&text));
		buffer_done(&text);
		column += field->width;
	}
}

static void details_put(const struct upkeep *upkeep, struct page *page)
{
	const struct upkeep_table *table = table_of(upkeep);
	const struct upkeep_row *row = selected(upkeep);

	for (size_t i = 0; row && i < table->field_count; i++) {
		struct buffer text;

		if (table->fields[i].is_asked_only)
			continue;
		buffer_init(&text);
		upkeep_shown(&table->fields[i], row->value[i], &text);
		page_labelled(page, DETAIL_COLUMN, table->fields[i].label,
			text.size > 0 ? buffer_text(&text) : "–");
		buffer_done(&text);
	}
}

static struct draw_more side_draw(const struct ui *ui, const struct upkeep *upkeep)
{
	const struct draw_area area = { DRAW_BODY, LIST_WIDTH, draw_body_rows(ui),
		ui->columns - LIST_WIDTH - 1 };
	struct page page = { 0 };
	struct draw_more more;

	page_start(&page, area.width - PAGE_MARGIN);
	details_put(upkeep, &page);
	more = page_draw(&page, &area, PAGE_NO_ITEM);
	page_clear(&page);
	return more;
}

/* What the columns of the list have no room for. */
static void upkeep_explain(
	const struct ui *ui, const struct upkeep *upkeep, struct frame *frame, struct buffer *out)
{
	const struct upkeep_table *table = table_of(upkeep);
	const struct upkeep_row *row = selected(upkeep);
	const struct notice *notice = upkeep->notice.text[0] ? &upkeep->notice : &ui->told;

	frame->is_bad = notice->status != DESK_OK;
	buffer_add(out, notice->text);
	for (size_t i = 0; row && !notice->text[0] && i < table->field_count; i++) {
		const struct upkeep_field *field = &table->fields[i];

		if (field->is_asked_only || !*row->value[i])
			continue;
		buffer_print(out, "%s%s: ", out->size > 0 ? " · " : "", field->label);
		upkeep_shown(field, row->value[i], out);
	}
	frame->explain = buffer_text(out);
}

static bool upkeep_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct upkeep *upkeep = state;

	(void)ui;
	out_why[0] = '\0';
	if (id == COMMAND_ADD)
		return !table_of(upkeep)->add;
	return id == COMMAND_CHANGE && !selected(upkeep);
}

static void upkeep_draw(const struct ui *ui, const void *state)
{
	const struct upkeep *upkeep = state;
	struct frame frame = { .title = "Upkeep",
		.commands = scr_upkeep.commands,
		.cannot = upkeep_cannot,
		.state = upkeep };
	size_t height = (size_t)draw_body_rows(ui) - 1;
	struct buffer explain;

	buffer_init(&explain);
	row_draw(ui, table_of(upkeep), NULL, DRAW_BODY, false);
	for (size_t i = upkeep->top; i < upkeep->rows.count && i < upkeep->top + height; i++)
		row_draw(ui, table_of(upkeep), &upkeep->rows.list[i],
			DRAW_BODY + 1 + (int)(i - upkeep->top), i == upkeep->selected);
	if (upkeep->rows.count == 0 && !upkeep->notice.text[0])
		draw_text(DRAW_BODY + 1, 2, ui->columns - 4, DRAW_PLAIN, "There are none yet.");
	if (ui->columns >= DRAW_WIDE_COLUMNS)
		frame.more = side_draw(ui, upkeep);
	frame.left = draw_more(DRAW_BODY + 1, upkeep->top, upkeep->rows.count);
	frame.left.column = ui->columns >= DRAW_WIDE_COLUMNS ? LIST_WIDTH : 0;
	upkeep_explain(ui, upkeep, &frame, &explain);
	draw_frame(ui, &frame);
	tabs_draw(ui, upkeep);
	buffer_done(&explain);
}

static void build(const struct ask_argument *argument, struct answers *form)
{
	const struct upkeep *upkeep = argument->with;
	const struct upkeep_table *table = table_of(upkeep);
	const struct upkeep_row *row = upkeep->is_new ? NULL : selected(upkeep);

	for (size_t i = 0; i < table->field_count; i++) {
		const struct upkeep_field *field = &table->fields[i];
		const char *value = row ? row->value[i] : "";
		char day[64];

		if (field->is_fixed)
			continue;
		if (field->kind == UPKEEP_DAY && *value) {
			day_shown(value, day);
			value = day;
		}
		if (field->choices) {
			ask_add_choice(form, field->name, field->label, upkeep_choices(field));
			answers_choose(&form->entries[form->count - 1], value);
		} else {
			ask_add_text(form, field->name, field->label, value);
		}
		form->entries[form->count - 1].is_needed = field->is_needed;
	}
}

/* A day as it is stored; false: told. */
static bool day_take(
	const struct ui *ui, const char *typed, char out_day[DAY_SIZE], struct notice *notice)
{
	out_day[0] = '\0';
	if (!*typed || day_from_typed(typed, desk_today(ui->desk), out_day))
		return true;
	(void)notice_set(notice, DESK_REFUSED,
		"\"%.*s\" is no day; write DD/MM/YYYY, or leave it empty", text_start(typed, 40),
		typed);
	return false;
}

static bool act(struct ui *ui, const struct ask_argument *argument, const struct answers *form)
{
	const struct upkeep *upkeep = argument->with;
	const struct upkeep_table *table = table_of(upkeep);
	const struct upkeep_row *row = upkeep->is_new ? NULL : selected(upkeep);
	const char *values[UPKEEP_FIELDS_MOST];
	char days[UPKEEP_FIELDS_MOST][DAY_SIZE];

	for (size_t i = 0; i < table->field_count; i++) {
		values[i] = table->fields[i].is_fixed
				    ? (row ? row->value[i] : "")
				    : answers_value(form, table->fields[i].name, 0);
		if (table->fields[i].kind != UPKEEP_DAY || table->fields[i].is_fixed)
			continue;
		if (!day_take(ui, values[i], days[i], &ui->told))
			return false;
		values[i] = days[i];
	}
	if (table->set(ui->desk, values, row, &ui->told) != DESK_OK)
		return false;
	(void)notice_set(&ui->told, DESK_OK, "It is changed, and recorded.");
	return true;
}

static unsigned upkeep_ask(struct ui *ui, struct upkeep *upkeep, bool is_new)
{
	upkeep->is_new = is_new;
	upkeep->ask = (struct ask_argument) { .title = is_new ? table_of(upkeep)->add
							      : table_of(upkeep)->title,
		.about = is_new ? NULL : selected(upkeep)->value[upkeep->table == 1 ? 2 : 0],
		.explain =
			upkeep->table == 0
				? "Months like 2020-12; the target in working days. Ctrl-S does it."
			: upkeep->table == 1
				? "It judges receipts received from that day on, "
				  "today if none is given."
				: "Ctrl-S does it; the old values stay in the audit log.",
		.build = build,
		.act = act,
		.with = upkeep,
		.is_open = &upkeep->is_asking };
	ui->next = &scr_ask;
	ui->next_argument = &upkeep->ask;
	return SCREEN_PUSH;
}

static unsigned table_open(struct upkeep *upkeep, size_t table)
{
	upkeep->table = table % UPKEEP_TABLES;
	upkeep->selected = 0;
	upkeep->top = 0;
	return SCREEN_RELOAD;
}

static void selection_move(const struct ui *ui, struct upkeep *upkeep, long by)
{
	const struct pick pick = { &upkeep->selected, &upkeep->top, upkeep->rows.count,
		(size_t)draw_body_rows(ui) - 1 };

	pick_move(&pick, by);
}

static unsigned upkeep_command(struct ui *ui, void *state, enum command_id id)
{
	struct upkeep *upkeep = state;
	long page = draw_body_rows(ui) - 1;
	char why[WHY_SIZE];

	if (upkeep_cannot(ui, upkeep, id, why))
		return SCREEN_STAY;
	upkeep->notice = (struct notice) { 0 };
	if (id == COMMAND_BACK)
		return SCREEN_POP | SCREEN_RELOAD;
	if (id == COMMAND_CHANGE || id == COMMAND_ADD)
		return upkeep_ask(ui, upkeep, id == COMMAND_ADD);
	if (id == COMMAND_TAB || id == COMMAND_TAB_BACK)
		return table_open(
			upkeep, upkeep->table + (id == COMMAND_TAB ? 1 : UPKEEP_TABLES - 1));
	selection_move(ui, upkeep, command_rows(id, page));
	return SCREEN_STAY;
}

static unsigned upkeep_resized(struct ui *ui, void *state)
{
	selection_move(ui, state, 0);
	return SCREEN_STAY;
}

static void upkeep_done(void *state)
{
	struct upkeep *upkeep = state;

	upkeep_rows_clear(&upkeep->rows);
	upkeep_row_clear(&upkeep->kept);
}

static void upkeep_keep(const void *state, struct draft *draft)
{
	const struct upkeep *upkeep = state;
	const struct upkeep_row *row = selected(upkeep);

	draft_put_number(draft, (long)upkeep->table);
	draft_put_number(draft, (long)upkeep->top);
	draft_put_number(draft, upkeep->is_asking);
	draft_put_number(draft, upkeep->is_new);
	for (size_t i = 0; i < table_of(upkeep)->field_count; i++)
		draft_put(draft, row ? row->value[i] : "");
}

/* Selects the row that has most of its first values in common; false: not even those that say
   which one it is. */
static bool row_seek(struct upkeep *upkeep)
{
	const struct upkeep_table *table = table_of(upkeep);
	size_t most = 0;

	for (size_t i = 0; i < upkeep->rows.count; i++) {
		size_t same = 0;

		while (same < table->field_count &&
			strcmp(upkeep->rows.list[i].value[same], upkeep->kept.value[same]) == 0)
			same++;
		if (same > most)
			upkeep->selected = i;
		most = same > most ? same : most;
	}
	return most >= table->keys;
}

/* The form is of the row as it was seen: what somebody else changed meanwhile is no change of this
   one's. */
static unsigned upkeep_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct upkeep *upkeep = state;
	struct upkeep_row now;
	unsigned flags;
	bool is_asked;

	upkeep->table = (size_t)draft_take_number(draft) % UPKEEP_TABLES;
	upkeep->top = (size_t)draft_take_number(draft);
	is_asked = draft_take_number(draft) != 0;
	upkeep->is_new = draft_take_number(draft) != 0;
	for (size_t i = 0; i < table_of(upkeep)->field_count; i++)
		upkeep->kept.value[i] = draft_take(draft);
	flags = upkeep_load(ui, state);
	if (!row_seek(upkeep))
		is_asked = is_asked && upkeep->is_new;
	selection_move(ui, upkeep, 0);
	if (is_asked && !upkeep->is_new) {
		now = upkeep->rows.list[upkeep->selected];
		upkeep->rows.list[upkeep->selected] = upkeep->kept;
		upkeep->kept = now;
	}
	if (is_asked)
		(void)upkeep_ask(ui, upkeep, upkeep->is_new);
	return flags;
}

static const enum command_id upkeep_commands[] = { COMMAND_CHANGE, COMMAND_ADD, COMMAND_TAB,
	COMMAND_TAB_BACK, COMMAND_UP, COMMAND_DOWN, COMMAND_PAGE_UP, COMMAND_PAGE_DOWN,
	COMMAND_FIRST, COMMAND_LAST, COMMAND_REDRAW, COMMAND_HELP, COMMAND_BACK, COMMAND_NONE };

const struct screen_ops scr_upkeep = {
	.name = "Upkeep",
	.state_size = sizeof(struct upkeep),
	.commands = upkeep_commands,
	.open = upkeep_open,
	.waiting = "reading …",
	.load = upkeep_load,
	.draw = upkeep_draw,
	.cannot = upkeep_cannot,
	.resized = upkeep_resized,
	.command = upkeep_command,
	.done = upkeep_done,
	.keep = upkeep_keep,
	.resume = upkeep_resume,
};
