/*
 * Laying a form out over an area of the terminal, and drawing it: labels left,
 * short fields beside each other where they fit, long texts over some lines,
 * lists as boxes to tick. The form scrolls with the field typed into.
 */
#include <ctype.h>
#include <curses.h>
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/text.h"
#include "tui/form.h"

/* LABEL: columns of the labels on the left. A field's text stands in brackets. */
enum { LABEL = 16, BETWEEN = 2, BRACKETS = 2, TICK = 4, WIDEST = 72 };
/* Lines offered under a field at once; room for those of a set. */
enum { OFFERED_MOST = 6, CHOICES_MOST = 40 };

/* A list, tick by tick: where the next one stands. */
struct ticks {
	int x, y, width;
};

static void ticks_place(struct ticks *ticks, const char *label, int *out_x, int *out_y)
{
	int taken = TICK + draw_width(label);

	if (ticks->x > 0 && ticks->x + taken > ticks->width) {
		ticks->x = 0;
		ticks->y++;
	}
	*out_x = ticks->x;
	*out_y = ticks->y;
	ticks->x += taken + BETWEEN;
}

static int ticks_height(const struct code_set *set, int width)
{
	struct ticks ticks = { .width = width };
	int x, y = 0;

	for (size_t i = 0; i < set->count; i++)
		ticks_place(&ticks, set->codes[i].label, &x, &y);
	return y + 1;
}

static bool field_is_ticks(const struct form_field *field)
{
	return field->column->kind == FIELD_LIST && !field->place->is_rest;
}

/* The laying out under way: the line under way from first to last, the next free column. */
struct laying {
	const struct draw_area *area;
	struct form_field *first, *last;
	int x, row;
	bool is_loose; /* empty lines between the groups */
};

/* The first wide field of the line takes what is left of it; those behind it give way. */
static void line_stretch(struct laying *laying)
{
	int left = laying->area->width - laying->x, most;
	struct form_field *field = laying->first;

	while (field < laying->last && !(field->is_shown && field->place->is_wide))
		field++;
	most = field->place->lines > 1 ? laying->area->width : WIDEST;
	if (!field->place->is_wide || field->width >= most || left <= 0)
		return;
	if (left > most - field->width)
		left = most - field->width;
	field->width += left;
	while (field++ < laying->last)
		field->indent += left;
}

static void line_close(struct laying *laying)
{
	struct form_field *last = laying->last;

	if (!last)
		return;
	line_stretch(laying);
	if (field_is_ticks(last))
		last->height = ticks_height(field_codes(last), last->width);
	laying->row += last->height;
	laying->last = NULL;
}

static bool fits_beside(const struct laying *laying, const struct form_place *place)
{
	return place->shape == FORM_BESIDE && laying->last && laying->last->height == 1 &&
	       laying->x + BETWEEN + draw_width(place->label) + 1 + place->width + BRACKETS <=
		       laying->area->width;
}

static void field_lay(struct laying *laying, struct form_field *field)
{
	const struct form_place *place = field->place;

	if (fits_beside(laying, place)) {
		field->indent = laying->x + BETWEEN + draw_width(place->label) + 1;
	} else {
		line_close(laying);
		if (laying->is_loose && place->shape == FORM_GROUP && laying->row > 0)
			laying->row++;
		laying->row += field->has_heading;
		laying->first = field;
		field->indent = LABEL;
	}
	field->row = laying->row;
	field->width = place->width;
	if (field->width > laying->area->width - LABEL - BRACKETS)
		field->width = laying->area->width - LABEL - BRACKETS;
	field->height = place->lines > 1 ? place->lines : 1;
	laying->x = field->indent + field->width + BRACKETS;
	laying->last = field;
}

static int form_lay_all(struct form *form, const struct draw_area *area, bool is_loose)
{
	struct laying laying = { .area = area, .is_loose = is_loose };

	for (size_t i = 0; i < form->count; i++)
		if (form->fields[i].is_shown)
			field_lay(&laying, &form->fields[i]);
	line_close(&laying);
	return laying.row;
}

void form_lay(struct form *form, const struct draw_area *area)
{
	const struct form_field *at = form_at(form);
	int first, last;

	form->height = form_lay_all(form, area, true);
	if (form->height > area->rows)
		form->height = form_lay_all(form, area, false);
	first = at->row - at->has_heading;
	last = at->row + at->height; /* and the line behind it, where there is one */
	if (last >= form->height)
		last = form->height - 1;
	if (form->top < last - area->rows + 1)
		form->top = last - area->rows + 1;
	if (form->top > first)
		form->top = first;
	if (form->top > form->height - area->rows)
		form->top = form->height - area->rows;
	if (form->top < 0)
		form->top = 0;
}

/* Where bytes of shown text that fill one line of so many columns end. */
static size_t line_end(const char *shown, size_t from, int width)
{
	size_t at = from;
	struct buffer part;
	int taken = 0;

	while (shown[at]) {
		size_t next = at + 1;

		while (((unsigned char)shown[next] & 0xc0) == 0x80)
			next++;
		buffer_init(&part);
		buffer_add_bytes(&part, shown + at, next - at);
		taken += text_width(buffer_text(&part));
		buffer_done(&part);
		if (taken > width)
			break;
		at = next;
	}
	return at > from || !shown[from] ? at : from + 1;
}

/* A text in a field: shown text, the byte where the cursor stands, and what of it is seen. */
struct view {
	struct buffer shown;
	size_t cursor, start;
	int cursor_row, cursor_column;
};

/* Where text is cut at its beginning or its end. */
#define CUT "…"

static int part_width(const char *shown, size_t from, size_t to)
{
	struct buffer part;
	int width;

	buffer_init(&part);
	buffer_add_bytes(&part, shown + from, to - from);
	width = text_width(buffer_text(&part));
	buffer_done(&part);
	return width;
}

/* The columns to a byte of one line, with the mark of a cut beginning. */
static int line_columns(const struct view *view, size_t to)
{
	return (view->start > 0) + part_width(buffer_text(&view->shown), view->start, to);
}

/* One line: it slides so that the cursor is seen. Several: whole lines, the cursor's among them. */
static void view_slide(struct view *view, const struct form_field *field)
{
	const char *shown = buffer_text(&view->shown);
	size_t start = 0, end, starts[16];
	int row = 0, rows = 0;

	if (field->height == 1) {
		while (line_columns(view, view->cursor) >
			field->width - (shown[view->cursor] != '\0'))
			view->start = line_end(shown, view->start, 1);
		view->cursor_column = line_columns(view, view->cursor);
		return;
	}
	for (;; start = end, rows++) {
		end = line_end(shown, start, field->width);
		starts[rows % 16] = start;
		if (view->cursor < end || !shown[end])
			break;
	}
	row = rows < field->height ? rows : field->height - 1;
	view->start = starts[(rows - row) % 16];
	view->cursor_row = row;
	view->cursor_column = part_width(shown, start, view->cursor);
}

/* Where nothing is typed its beginning is seen. */
static void view_init(struct view *view, const struct form_field *field, bool is_present)
{
	const struct line *line = &field->line;
	char *before = mem_text_sized(line->text, is_present ? line->size - line->after : 0);

	*view = (struct view) { 0 };
	buffer_init(&view->shown);
	text_show(before, &view->shown);
	view->cursor = view->shown.size;
	buffer_done(&view->shown);
	text_show(line->text, &view->shown);
	if (view->cursor > view->shown.size)
		view->cursor = view->shown.size;
	mem_free(before);
	view_slide(view, field);
}

static void view_done(struct view *view)
{
	buffer_done(&view->shown);
}

/* A field being drawn: the terminal's row and column of its text. */
struct drawing {
	const struct draw_area *area;
	const struct form_field *field;
	bool is_present;
	int row, column;
	struct view view; /* of a text */
};

/* Draws a part of the field, from its text's own row and column, where the area shows that row. */
static void put(
	const struct drawing *drawing, int y, int x, enum draw_style style, const char *text)
{
	int row = drawing->row + y, width = drawing->field->width - x;

	if (row < drawing->area->row || row >= drawing->area->row + drawing->area->rows)
		return;
	draw_text(row, drawing->column + x, width > 0 ? width : 1, style, text);
}

/* One line of what is seen: a cut beginning or end takes a character's place. */
static void view_put(const struct drawing *drawing, int y, size_t at, size_t *out_end)
{
	const struct form_field *field = drawing->field;
	const char *shown = buffer_text(&drawing->view.shown);
	bool has_lead = y == 0 && at > 0, has_tail, is_one = field->height == 1;
	size_t from = at, to;
	struct buffer part;

	*out_end = to = line_end(shown, at, field->width - (has_lead && is_one));
	has_tail = y + 1 == field->height && shown[to] != '\0';
	if (has_lead && !is_one)
		from = line_end(shown, at, 1);
	if (has_tail)
		to = line_end(shown, from, field->width - has_lead - 1);
	buffer_init(&part);
	buffer_add(&part, has_lead ? CUT : "");
	buffer_add_bytes(&part, shown + from, to - from);
	buffer_add(&part, has_tail ? CUT : "");
	put(drawing, y, 0, DRAW_BOLD, buffer_text(&part));
	buffer_done(&part);
}

static void text_draw(struct drawing *drawing)
{
	size_t at;

	view_init(&drawing->view, drawing->field, drawing->is_present);
	at = drawing->view.start;
	for (int i = 0; i < drawing->field->height; i++)
		view_put(drawing, i, at, &at);
	view_done(&drawing->view);
}

static void ticks_draw(const struct drawing *drawing)
{
	const struct form_field *field = drawing->field;
	const struct code_set *set = field_codes(field);
	struct ticks ticks = { .width = field->width };
	int x, y;

	for (size_t i = 0; i < set->count; i++) {
		bool is_ticked = field_has_tick(field, i);
		bool is_picked = drawing->is_present && i == field->pick;

		ticks_place(&ticks, set->codes[i].label, &x, &y);
		put(drawing, y, x - 1, is_picked ? DRAW_BOLD : DRAW_PLAIN,
			is_ticked ? "[x]" : "[ ]");
		put(drawing, y, x - 1 + TICK, is_ticked || is_picked ? DRAW_BOLD : DRAW_PLAIN,
			set->codes[i].label);
	}
}

static void choice_draw(const struct drawing *drawing)
{
	const char *code = drawing->field->line.text;
	const char *label = code_label(field_codes(drawing->field), code);

	put(drawing, 0, 0, DRAW_BOLD, label ? label : code);
}

static void brackets_draw(const struct drawing *drawing)
{
	for (int i = 0; i < drawing->field->height; i++) {
		put(drawing, i, -1, DRAW_PLAIN, "[");
		put(drawing, i, drawing->field->width, DRAW_PLAIN, "]");
	}
}

/* At the left a label begins the line. */
static void label_draw(const struct drawing *drawing)
{
	const struct form_field *field = drawing->field;
	bool is_left = field->indent == LABEL;
	char *label = mem_text(field->place->label);
	int x = is_left ? -LABEL : -2 - draw_width(label);

	if (is_left)
		label[0] = (char)toupper((unsigned char)label[0]);
	if (field->is_wrong)
		put(drawing, 0, x - 1, DRAW_BAD, "✗");
	else if (field->is_needed && !drawing->is_present)
		put(drawing, 0, x - 1, DRAW_PLAIN, "…");
	if (drawing->is_present)
		put(drawing, 0, x - 1 - field->is_wrong, DRAW_BOLD, "▸");
	put(drawing, 0, x, drawing->is_present ? DRAW_BOLD : DRAW_PLAIN, label);
	mem_free(label);
}

static void field_draw(struct drawing *drawing)
{
	label_draw(drawing);
	if (field_is_ticks(drawing->field) && strcmp(drawing->field->line.text, "-") != 0) {
		ticks_draw(drawing);
		return;
	}
	brackets_draw(drawing);
	if (field_codes(drawing->field))
		choice_draw(drawing);
	else
		text_draw(drawing);
}

static void heading_draw(const struct form_field *field, const struct draw_area *area, int row)
{
	char heading[32];

	(void)snprintf(heading, sizeof(heading), "Subject %zu", field->subject + 1);
	draw_text(row, area->column + 1, area->width, DRAW_BOLD, heading);
}

void form_offer_draw(
	const struct form *form, const struct draw_area *area, const struct form_offer *offer)
{
	const struct form_field *field = form_at(form);
	int row = field->row - form->top, column = area->column + field->indent;
	int width = area->width - field->indent, count = (int)offer->count, at = (int)offer->at;
	int shown = count < OFFERED_MOST ? count : OFFERED_MOST;
	int first = at < count && at >= shown ? at - shown + 1 : 0;
	int top = row + 1 + shown <= area->rows ? row + 1 : row - shown;

	for (int i = 0; i < shown; i++) {
		bool is_chosen = first + i == at;
		bool is_cut = (i == 0 && first > 0) || (i + 1 == shown && first + shown < count);
		struct buffer line;

		buffer_init(&line);
		buffer_print(&line, "%s%s", is_chosen ? "▸ " : "  ", offer->lines[first + i]);
		for (int taken = draw_width(buffer_text(&line)); taken < width; taken++)
			buffer_add(&line, " ");
		draw_text(area->row + top + i, column, width, is_chosen ? DRAW_BOLD : DRAW_PLAIN,
			buffer_text(&line));
		if (is_cut)
			draw_text(area->row + top + i, column + width - 2, 1, DRAW_PLAIN,
				i == 0 ? "↑" : "↓");
		buffer_done(&line);
	}
}

/* What can be chosen, while nothing is or letters are being typed. */
static void choices_draw(const struct form *form, const struct draw_area *area)
{
	const struct form_field *field = form_at(form);
	const struct code_set *set = field_codes(field);
	const char *labels[CHOICES_MOST];
	struct form_offer offer = { .lines = labels };

	if (!set || field_is_ticks(field) || set->count > CHOICES_MOST ||
		(!field_is_empty(field) && !field->sought[0]))
		return;
	offer.count = offer.at = set->count;
	for (size_t i = 0; i < set->count; i++) {
		labels[i] = set->codes[i].label;
		if (strcmp(set->codes[i].code, field->line.text) == 0)
			offer.at = i;
	}
	form_offer_draw(form, area, &offer);
}

struct draw_more form_draw(const struct form *form, const struct draw_area *area)
{
	for (size_t i = 0; i < form->count; i++) {
		const struct form_field *field = &form->fields[i];
		int row = field->row - form->top;
		struct drawing drawing = { .area = area,
			.field = field,
			.is_present = i == form->at,
			.row = area->row + row,
			.column = area->column + field->indent + 1 };

		if (!field->is_shown)
			continue;
		if (field->has_heading && row > 0 && row <= area->rows)
			heading_draw(field, area, area->row + row - 1);
		field_draw(&drawing);
	}
	choices_draw(form, area);
	return draw_more(area->row, (size_t)form->top, (size_t)form->height);
}

void form_cursor(const struct form *form, const struct draw_area *area)
{
	const struct form_field *field = form_at(form);
	int row = area->row + field->row - form->top, column = area->column + field->indent + 1;
	struct ticks ticks = { .width = field->width };
	const struct code_set *set = field_codes(field);
	struct view view;
	int x = 0, y = 0;

	if (field_is_ticks(field)) {
		for (size_t i = 0; i <= field->pick; i++)
			ticks_place(&ticks, set->codes[i].label, &x, &y);
	} else if (!set) {
		view_init(&view, field, true);
		y = view.cursor_row;
		x = view.cursor_column;
		view_done(&view);
	}
	draw_cursor(row + y, column + x);
}

static void explain_choices(const struct form_field *field, struct buffer *out)
{
	const struct code_set *set = field_codes(field);
	bool is_list = field_is_ticks(field);
	const char *label =
		is_list ? set->codes[field->pick].label : code_label(set, field->line.text);

	if (field->is_missed) {
		buffer_print(out, "%s: %s", field->column->label, field->why);
		if (label)
			buffer_print(out, "; it stays %s", label);
		buffer_add(out, ". Backspace begins anew.");
		return;
	}
	buffer_add(out, is_list ? "Space ticks; ←→ or letters go to: " : "Letters, or ←→: ");
	for (size_t i = 0; i < set->count; i++)
		buffer_print(out, "%s%s", i > 0 ? ", " : "", set->codes[i].label);
}

void form_explain(const struct form *form, struct buffer *out)
{
	const struct form_field *field = form_at(form);

	if (field->is_wrong) {
		buffer_print(out, "✗ %s %s.", field->column->label, field->why);
		return;
	}
	if (field_codes(field)) {
		explain_choices(field, out);
		return;
	}
	buffer_add(out, field->column->label);
	if (field->place->is_rest)
		buffer_add(out, ", in words that are no item above; a ; parts them");
	else if (field->column->kind == FIELD_DAY)
		buffer_print(out, "%s 3/11/20, t for today, y for yesterday",
			field->is_prefilled ? ": typing replaces it:" : ": a day like");
	else if (field->column->kind == FIELD_MONTH)
		buffer_add(out, ": a year, or a month like 6/1980");
	buffer_add(out, ".");
}
