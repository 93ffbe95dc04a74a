/*
 * The lines of a form one below the other, scrolled as the selection moves.
 */
#include "tui/answers.h"

#include <curses.h>
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/list.h"
#include "core/text.h"

enum { LABEL_COLUMN = 2, VALUE_COLUMN = 26 };

struct entry *answers_add(struct answers *form, const struct entry *entry)
{
	size_t size = sizeof(*form->entries);
	struct entry *added;

	form->entries = mem_resize(form->entries, form->count * size, (form->count + 1) * size);
	added = &form->entries[form->count++];
	*added = *entry;
	if (entry->kind == ENTRY_TEXT && entry->is_locked) {
		added->secret = secret_new(ANSWERS_LOCKED_ROOM);
		line_init(&added->line, (char *)secret_bytes(added->secret), ANSWERS_LOCKED_ROOM);
	} else if (entry->kind == ENTRY_TEXT) {
		line_init(&added->line, mem_new(ANSWERS_TEXT_ROOM, 1), ANSWERS_TEXT_ROOM);
	}
	return added;
}

/* As far as there is room, never half a character. */
void answers_type(struct entry *entry, const char *text)
{
	line_put(&entry->line, text);
}

static long entry_value(const struct entry *entry)
{
	switch (entry->kind) {
	case ENTRY_TICK:
		return entry->is_ticked;
	case ENTRY_SET:
		return (long)entry->picked;
	case ENTRY_TEXT:
		return entry->is_prefilled;
	case ENTRY_CHOICE:
		break;
	}
	return entry->chosen;
}

void answers_keep(const struct answers *form, struct draft *draft)
{
	draft_put_number(draft, (long)form->selected);
	draft_put_number(draft, (long)form->count);
	for (size_t i = 0; i < form->count; i++) {
		const struct entry *entry = &form->entries[i];

		draft_put_number(draft, (long)entry->kind);
		draft_put(draft, entry->code);
		draft_put_number(draft, entry->subject);
		draft_put_number(draft, entry_value(entry));
		if (entry->kind == ENTRY_TEXT)
			line_keep(&entry->line, draft);
	}
}

/* The form may have other lines by now: what was answered goes with its line or is dropped. NULL:
   dropped. */
static struct entry *entry_resume(struct answers *form, struct draft *draft)
{
	enum entry_kind kind = (enum entry_kind)draft_take_number(draft);
	char *code = draft_take(draft);
	int subject = (int)draft_take_number(draft), value = (int)draft_take_number(draft);
	char unused[1];
	struct line nowhere, *line = &nowhere;
	struct entry *entry = NULL;

	for (size_t i = 0; i < form->count && !entry; i++)
		if (form->entries[i].kind == kind && form->entries[i].subject == subject &&
			strcmp(form->entries[i].code, code) == 0)
			entry = &form->entries[i];
	mem_free(code);
	line_init(&nowhere, unused, sizeof(unused));
	if (entry && kind == ENTRY_TICK)
		entry->is_ticked = value != 0;
	if (entry && kind == ENTRY_CHOICE && value < (int)entry->choices->count)
		entry->chosen = value;
	if (entry && kind == ENTRY_SET)
		entry->picked = (unsigned)value;
	if (entry && kind == ENTRY_TEXT) {
		entry->is_prefilled = value != 0;
		line = &entry->line;
	}
	if (kind == ENTRY_TEXT)
		line_resume(line, draft);
	return entry;
}

void answers_resume(struct answers *form, struct draft *draft)
{
	long selected = draft_take_number(draft), count = draft_take_number(draft);

	for (long i = 0; i < count && !draft_is_empty(draft); i++) {
		const struct entry *entry = entry_resume(form, draft);

		if (entry && i == selected)
			form->selected = (size_t)(entry - form->entries);
	}
}

void answers_choose(struct entry *entry, const char *code)
{
	entry->chosen = ANSWERS_NO_CHOICE;
	for (size_t i = 0; i < entry->choices->count; i++)
		if (strcmp(entry->choices->codes[i].code, code) == 0)
			entry->chosen = (int)i;
}

/* The code chosen, or "". */
static const char *answers_chosen(const struct entry *entry)
{
	return entry->chosen < 0 ? "" : entry->choices->codes[entry->chosen].code;
}

const struct entry *answers_find(const struct answers *form, const char *code, int subject)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->entries[i].subject == subject && strcmp(form->entries[i].code, code) == 0)
			return &form->entries[i];
	return NULL;
}

const char *answers_value(const struct answers *form, const char *code, int subject)
{
	const struct entry *entry = answers_find(form, code, subject);

	if (!entry || entry->kind == ENTRY_TICK || entry->kind == ENTRY_SET)
		return "";
	return entry->kind == ENTRY_TEXT ? entry->line.text : answers_chosen(entry);
}

char *answers_picked(const struct entry *entry)
{
	struct buffer out;

	buffer_init(&out);
	for (size_t i = 0; i < entry->choices->count; i++)
		if (entry->picked & 1U << i)
			list_add(&out, entry->choices->codes[i].code);
	return buffer_take(&out);
}

char *answers_ticked(const struct answers *form)
{
	struct buffer out;

	buffer_init(&out);
	for (size_t i = 0; i < form->count; i++)
		if (form->entries[i].kind == ENTRY_TICK && form->entries[i].is_ticked)
			list_add(&out, form->entries[i].code);
	return buffer_take(&out);
}

static bool entry_is_blank(const struct entry *entry)
{
	switch (entry->kind) {
	case ENTRY_TICK:
		return !entry->is_ticked;
	case ENTRY_CHOICE:
		return entry->chosen < 0;
	case ENTRY_SET:
		return entry->picked == 0;
	case ENTRY_TEXT:
		return line_is_blank(&entry->line);
	}
	return false;
}

/* The first entry that is needed and has no answer, selected; NULL: none. */
static const struct entry *answers_lacks(struct answers *form)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->entries[i].is_needed && entry_is_blank(&form->entries[i])) {
			form->selected = i;
			return &form->entries[i];
		}
	return NULL;
}

static void answers_step(struct answers *form, int by)
{
	if (form->count > 0)
		form->selected = (form->selected + form->count + (size_t)by) % form->count;
}

/* One line of text and nothing else: there Enter does it. */
static bool is_prompt(const struct answers *form)
{
	return form->count == 1 && form->entries[0].kind == ENTRY_TEXT &&
	       form->entries[0].rows <= 1 && !form->entries[0].is_prefilled;
}

bool answers_command(struct ui *ui, struct answers *form, enum command_id id)
{
	const bool is_done = id == COMMAND_SUBMIT || (id == COMMAND_ENTER && is_prompt(form));
	const bool is_last = form->selected + 1 >= form->count;
	const struct entry *lacks = is_done ? answers_lacks(form) : NULL;

	if (id == COMMAND_ENTRY_BACK)
		answers_step(form, -1);
	else if (id == COMMAND_ENTRY_NEXT || (id == COMMAND_ENTER && !is_done && !is_last))
		answers_step(form, 1);
	else if (id == COMMAND_ENTER && !is_done)
		(void)notice_set(&ui->told, DESK_OK,
			"This is the last line: Ctrl-S does it, Esc leaves without");
	else if (lacks)
		(void)notice_set(
			&ui->told, DESK_REFUSED, "%s: needed before it can be done", lacks->label);
	answers_settle(form, draw_body_rows(ui) - 1);
	return is_done && !lacks;
}

bool answers_cannot(const struct answers *form, enum command_id id)
{
	const enum entry_kind kind =
		form->count > 0 ? form->entries[form->selected].kind : ENTRY_TEXT;

	if (id == COMMAND_TICK)
		return kind != ENTRY_TICK && kind != ENTRY_SET;
	if (id == COMMAND_PICK)
		return kind != ENTRY_CHOICE;
	return id == COMMAND_ENTRY_NEXT && form->count <= 1;
}

/* "98" means 98, though 9 alone means the first of the nineties. */
static bool second_key(struct entry *entry, int key)
{
	for (size_t i = 0; entry->typed && i < entry->choices->count; i++)
		if (entry->choices->codes[i].code[0] == entry->typed &&
			entry->choices->codes[i].code[1] == key) {
			entry->chosen = (int)i;
			return true;
		}
	return false;
}

/* The next choice, or the one before; one whose code begins with what is typed. */
static bool choice_key(struct entry *entry, int key)
{
	int count = (int)entry->choices->count;
	bool is_second = second_key(entry, key);

	entry->typed = key >= '0' && key <= '9' && !is_second ? (char)key : '\0';
	if (is_second || key <= ' ')
		entry->missed[0] = '\0';
	if (is_second)
		return true;

	if (key == -KEY_LEFT || key == -KEY_RIGHT || key == ' ') {
		int step = key == -KEY_LEFT ? -1 : 1;

		entry->chosen = entry->chosen < 0 ? 0 : (entry->chosen + step + count) % count;
		return true;
	}
	for (int i = 1; key > ' ' && i <= count; i++) {
		int at = (entry->chosen + i + count) % count;

		if (entry->choices->codes[at].code[0] == key) {
			entry->chosen = at;
			entry->missed[0] = '\0';
			return true;
		}
	}
	if (key <= ' ' || key >= TYPED_RUBOUT)
		return false;
	if (entry->missed[1])
		entry->missed[0] = '\0';
	snprintf(entry->missed, sizeof(entry->missed), "%c%c",
		entry->missed[0] ? entry->missed[0] : key, entry->missed[0] ? key : '\0');
	return true;
}

/* "98 no match", "secure e-mail": a number is known by itself. */
static void choice_words(const struct code *code, struct buffer *out)
{
	if (code->code[0] >= '0' && code->code[0] <= '9')
		buffer_print(out, "%s ", code->code);
	buffer_add(out, code->label);
}

static void choices_list(const struct code_set *choices, struct buffer *out)
{
	for (size_t i = 0; i < choices->count; i++) {
		buffer_add(out, i > 0 ? ", " : "");
		choice_words(&choices->codes[i], out);
	}
}

/* What can be done with the selected line, or why a key did nothing; false: nothing to say. */
static bool answers_explain(const struct answers *form, struct buffer *out)
{
	const struct entry *entry = form->count > 0 ? &form->entries[form->selected] : NULL;

	if (entry && entry->kind == ENTRY_SET)
		buffer_add(out, "Pick them by their first letter, or with ←→ and Space.");
	if (!entry || entry->kind != ENTRY_CHOICE || !entry->missed[0])
		return out->size > 0;
	buffer_print(out, "No answer here begins with %s. There are: ", entry->missed);
	choices_list(entry->choices, out);
	return true;
}

void answers_tell(const struct ui *ui, const struct answers *form, struct frame *frame,
	struct buffer *explain)
{
	frame->is_bad = ui->told.status != DESK_OK;
	if (ui->told.text[0])
		frame->explain = ui->told.text;
	else if ((frame->is_whole = answers_explain(form, explain)))
		frame->explain = buffer_text(explain);
}

/* Picks the choice at the cursor, or the one whose code begins with a letter typed; or takes that
   back. */
static bool set_key(struct entry *entry, int key)
{
	int count = (int)entry->choices->count;

	if (key == -KEY_LEFT || key == -KEY_RIGHT) {
		entry->chosen = (entry->chosen + count + (key == -KEY_LEFT ? -1 : 1)) % count;
		return true;
	}
	for (int i = 0; key > ' ' && i < count; i++)
		if (entry->choices->codes[i].code[0] == key) {
			entry->chosen = i;
			key = ' ';
		}
	if (key == ' ')
		entry->picked ^= 1U << entry->chosen;
	return key >= ' ' && key < TYPED_RUBOUT;
}

bool answers_key(struct answers *form, int key)
{
	struct entry *entry = &form->entries[form->selected];

	if (form->count == 0)
		return false;
	switch (entry->kind) {
	case ENTRY_TICK:
		if (key == ' ')
			entry->is_ticked = !entry->is_ticked;
		return key == ' ';
	case ENTRY_CHOICE:
		return choice_key(entry, key);
	case ENTRY_SET:
		return set_key(entry, key);
	case ENTRY_TEXT:
		if (entry->is_prefilled && (key >= ' ' || key_is_erasing(key))) {
			line_wipe(&entry->line);
			entry->is_prefilled = false;
		}
		return line_key(&entry->line, key);
	}
	return false;
}

/* Rows of an entry: its heading with a gap above, its own. */
static int entry_height(const struct entry *entry, bool is_first)
{
	int rows = entry->rows > 1 ? entry->rows : 1;

	return rows + (entry->heading ? (is_first ? 1 : 2) : 0);
}

void answers_settle(struct answers *form, int rows)
{
	int row = 0;

	for (size_t i = 0; i < form->count; i++) {
		int height = entry_height(&form->entries[i], i == 0);

		if (i == form->selected && row < form->top)
			form->top = row;
		if (i == form->selected && row + height > form->top + rows)
			form->top = row + height - rows;
		row += height;
	}
	if (form->top > row - rows)
		form->top = row > rows ? row - rows : 0;
}

/* Where on the terminal a form is drawn; rows outside are not. */
struct place {
	const struct draw_area *area;
	int row;
	bool is_selected;
	int cursor_row, cursor_column;
};

static void place_text(
	const struct place *place, int column, enum draw_style style, const char *text)
{
	int width = place->area->width - column;

	if (place->row >= place->area->row && place->row < place->area->row + place->area->rows)
		draw_text(place->row, place->area->column + column, width, style, text);
}

static void tick_draw(const struct entry *entry, struct place *place)
{
	enum draw_style style = place->is_selected ? DRAW_BOLD : DRAW_PLAIN;

	place_text(place, LABEL_COLUMN, style, entry->is_ticked ? "[x]" : "[ ]");
	place_text(place, LABEL_COLUMN + 4, style, entry->label);
	place->cursor_row = place->row;
	place->cursor_column = place->area->column + LABEL_COLUMN + 1;
}

static void choice_draw(const struct entry *entry, struct place *place)
{
	enum draw_style style = place->is_selected ? DRAW_BOLD : DRAW_PLAIN;
	struct buffer out;

	buffer_init(&out);
	if (entry->chosen < 0)
		buffer_add(&out, "… ");
	if (entry->chosen < 0 && entry->choices->count == 2)
		buffer_print(&out, "%s or %s?", entry->choices->codes[0].label,
			entry->choices->codes[1].label);
	else if (entry->chosen < 0)
		choices_list(entry->choices, &out);
	else
		choice_words(&entry->choices->codes[entry->chosen], &out);
	place_text(place, LABEL_COLUMN, DRAW_PLAIN, entry->label);
	place_text(place, VALUE_COLUMN, style, buffer_text(&out));
	if (draw_width(buffer_text(&out)) > place->area->width - VALUE_COLUMN)
		place_text(place, place->area->width - 1, style, "…");
	place->cursor_row = place->row;
	place->cursor_column = place->area->column + VALUE_COLUMN;
	buffer_done(&out);
}

/* Its choices as ticks, over as many lines as there is need for. */
static void set_draw(const struct entry *entry, struct place *place)
{
	int column = VALUE_COLUMN;

	place_text(place, LABEL_COLUMN, DRAW_PLAIN, entry->label);
	for (int i = 0; i < (int)entry->choices->count; i++) {
		bool is_picked = (entry->picked & 1U << i) != 0;
		char text[64];

		snprintf(text, sizeof(text), "[%c] %s", is_picked ? 'x' : ' ',
			entry->choices->codes[i].label);
		if (column > VALUE_COLUMN && column + text_width(text) > place->area->width) {
			column = VALUE_COLUMN;
			place->row++;
		}
		place_text(place, column, is_picked ? DRAW_BOLD : DRAW_PLAIN, text);
		if (i == entry->chosen) {
			place->cursor_row = place->row;
			place->cursor_column = place->area->column + column + 1;
		}
		column += text_width(text) + 2;
	}
}

/* The end of what was typed, over the lines there are. */
static void text_draw(const struct entry *entry, struct place *place)
{
	int width = place->area->width - VALUE_COLUMN - 1, lines = 0, first;
	int rows = entry->rows > 1 ? entry->rows : 1, taken = 0;
	struct buffer shown;
	size_t at = 0, next;

	buffer_init(&shown);
	text_show(entry->line.text, &shown);
	for (; at < shown.size; at += next, lines++)
		(void)draw_break(shown.text + at, width, &next);
	first = lines > rows ? lines - rows : 0;
	place_text(place, LABEL_COLUMN, DRAW_PLAIN, entry->label);
	if (lines == 0)
		place_text(place, VALUE_COLUMN, DRAW_FAINT, place->is_selected ? "" : "…");
	if (first > 0)
		place_text(place, VALUE_COLUMN - 1, DRAW_BOLD, "…");
	at = 0;
	for (int i = 0; i < lines; i++, at += next) {
		char *piece =
			mem_text_sized(shown.text + at, draw_break(shown.text + at, width, &next));

		taken = text_width(piece);
		if (i >= first)
			place_text(place, VALUE_COLUMN, place->is_selected ? DRAW_BOLD : DRAW_PLAIN,
				piece);
		place->row += i >= first && i + 1 < lines;
		mem_free(piece);
	}
	place->cursor_row = place->row;
	place->cursor_column = place->area->column + VALUE_COLUMN + taken;
	buffer_done(&shown);
}

static void entry_draw(const struct entry *entry, struct place *place)
{
	switch (entry->kind) {
	case ENTRY_TICK:
		tick_draw(entry, place);
		break;
	case ENTRY_CHOICE:
		choice_draw(entry, place);
		break;
	case ENTRY_SET:
		set_draw(entry, place);
		break;
	case ENTRY_TEXT:
		text_draw(entry, place);
		break;
	}
}

struct draw_more answers_draw(
	const struct answers *form, const struct draw_area *area, int *out_row, int *out_column)
{
	int row = area->row - form->top;

	*out_row = area->row;
	*out_column = area->column;
	for (size_t i = 0; i < form->count; i++) {
		const struct entry *entry = &form->entries[i];
		struct place place = { .area = area, .is_selected = i == form->selected };
		int height = entry_height(entry, i == 0);

		place.row = row + (i > 0 && entry->heading);
		if (entry->heading) {
			place_text(&place, 0, DRAW_BOLD, entry->heading);
			place.row++;
		}
		if (place.is_selected)
			place_text(&place, 0, DRAW_BOLD, "▸");
		entry_draw(entry, &place);
		if (place.is_selected) {
			*out_row = place.cursor_row;
			*out_column = place.cursor_column;
		}
		row += height;
	}
	return draw_more(area->row, (size_t)form->top, (size_t)(row - area->row + form->top));
}

void answers_clear(struct answers *form)
{
	for (size_t i = 0; i < form->count; i++) {
		if (!form->entries[i].is_locked)
			mem_free(form->entries[i].line.text);
		secret_free(form->entries[i].secret);
	}
	mem_free(form->entries);
	memset(form, 0, sizeof(*form));
}
