/*
 * The fields of a form: values in and out, typing, choosing, moving. Days are
 * written DD/MM/YYYY, months MM/YYYY; a choice is sought by its letters.
 */
#include "tui/form.h"

#include <curses.h>
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/list.h"
#include "tui/commands.h"

/* Bytes of a character; room for a day or a number that is typed in a longer way. */
enum { CHARACTER_BYTES = 4, LEAST_ROOM = 64 };

static const struct code yes_no[] = { { "yes", "yes" }, { "no", "no" } };
static const struct code_set yes_no_set = { "yes_no", yes_no, 2 };

void form_init(struct form *form, const char *today)
{
	*form = (struct form) { .today = today };
}

void form_done(struct form *form)
{
	for (size_t i = 0; i < form->count; i++)
		mem_free(form->fields[i].line.text);
	mem_free(form->fields);
	*form = (struct form) { 0 };
}

static const struct column *place_column(const struct form_place *place)
{
	for (size_t i = 0; i < column_count(); i++)
		if (column_at(i)->place == place->place && column_at(i)->field == place->field)
			return column_at(i);
	return NULL;
}

void form_add(struct form *form, const struct form_place *place, size_t subject)
{
	struct form_field *field;
	size_t room;

	form->fields = mem_one_more(form->fields, form->count, sizeof(*form->fields));
	field = &form->fields[form->count++];
	field->place = place;
	field->column = place_column(place);
	field->subject = subject;
	field->is_shown = true;
	room = CHARACTER_BYTES * field->column->most + 1;
	if (room < LEAST_ROOM)
		room = LEAST_ROOM;
	line_init(&field->line, mem_new(room, 1), room);
}

struct form_field *form_find(
	const struct form *form, enum column_place place, int field, size_t subject)
{
	for (size_t i = 0; i < form->count; i++) {
		struct form_field *found = &form->fields[i];

		if (found->place->place == place && found->place->field == field &&
			found->subject == subject)
			return found;
	}
	return NULL;
}

struct form_field *form_at(const struct form *form)
{
	return &form->fields[form->at];
}

bool field_is_empty(const struct form_field *field)
{
	return line_is_blank(&field->line);
}

const struct code_set *field_codes(const struct form_field *field)
{
	if (field->place->is_rest)
		return NULL;
	if (field->column->kind == FIELD_YES_NO)
		return &yes_no_set;
	return field->column->codes[0] ? code_set_find(field->column->codes) : NULL;
}

static bool is_dash(const struct form_field *field)
{
	return strcmp(field->line.text, "-") == 0;
}

static void field_write(struct form_field *field, const char *text)
{
	size_t size = strlen(text);

	line_wipe(&field->line);
	field->line.after = 0;
	if (size >= field->line.room)
		return;
	memcpy(field->line.text, text, size);
	field->line.size = size;
}

/* "06/1980" to "1980-06". */
static void month_read(const char *typed, char out_month[16])
{
	const char *slash = strchr(typed, '/');
	size_t digits = slash ? (size_t)(slash - typed) : 0;

	if ((digits == 1 || digits == 2) && strlen(slash) == 5)
		(void)snprintf(out_month, 16, "%s-%s%.*s", slash + 1, digits == 1 ? "0" : "",
			(int)digits, typed);
	else
		(void)snprintf(out_month, 16, "%s", typed);
}

/* Of a list, the parts that are codes of the set, or those that are none. */
static void list_part(
	const struct column *column, const char *list, bool is_rest, struct buffer *out)
{
	const struct code_set *set = code_set_find(column->codes);

	char *part;

	while ((part = list_next(&list)) != NULL) {
		bool is_code = strcmp(part, "-") == 0 || code_label(set, part) != NULL;

		if (is_code != is_rest)
			list_add(out, part);
		mem_free(part);
	}
}

void field_set(struct form_field *field, const char *value)
{
	struct buffer part;
	char shown[64];

	buffer_init(&part);
	field->is_wrong = field->is_unlisted = false;
	field->is_finished = true;
	switch (field->column->kind) {
	case FIELD_DAY:
		day_shown(value, shown);
		field_write(field, shown);
		break;
	case FIELD_MONTH:
		month_digits(value, shown);
		field_write(field, shown);
		break;
	case FIELD_LIST:
		list_part(field->column, value, field->place->is_rest, &part);
		field_write(field, buffer_text(&part));
		break;
	case FIELD_TEXT:
	case FIELD_CODE:
	case FIELD_YES_NO:
	case FIELD_NUMBER:
		field_write(field, value);
		break;
	}
	buffer_done(&part);
}

static char *day_value(struct form_field *field, const char *today)
{
	char day[DAY_SIZE];

	if (field_is_empty(field) || is_dash(field))
		return column_accept(
			field->column, field->line.text, false, field->why, sizeof(field->why));
	if (day_from_typed(field->line.text, today, day))
		return mem_text(day);
	(void)snprintf(
		field->why, sizeof(field->why), "is no day of the calendar; write it like 3/11/20");
	return NULL;
}

char *field_value(struct form_field *field, const char *today)
{
	const char *text = field->line.text;
	char month[16], *value;

	if (field->column->kind == FIELD_DAY) {
		value = day_value(field, today);
	} else {
		if (field->column->kind == FIELD_MONTH && field->line.size < sizeof(month)) {
			month_read(text, month);
			text = month;
		}
		value = column_accept(field->column, text, false, field->why, sizeof(field->why));
	}
	explicit_bzero(month, sizeof(month));
	field->is_wrong = value == NULL;
	return value;
}

/* A day that cannot become one any more is wrong while it is typed: both slashes and two or four
   digits of the year are there. */
static bool day_is_whole(const char *typed)
{
	const char *slash = strrchr(typed, '/');
	size_t digits;

	if (!slash || slash == strchr(typed, '/'))
		return false;
	digits = strlen(slash + 1);
	return digits == 2 || digits >= 4;
}

static void field_check(struct form_field *field, const char *today)
{
	bool is_day = field->column->kind == FIELD_DAY || field->column->kind == FIELD_MONTH;

	field->is_wrong = false;
	if (is_day && !field->is_finished && !day_is_whole(field->line.text))
		return;
	mem_free(field_value(field, today));
}

/* Left: what was typed is written out in full. */
static void field_finish(struct form_field *field, const char *today)
{
	bool is_unlisted = field->is_unlisted;
	char *value;

	field->is_finished = true;
	field->sought[0] = '\0';
	field->is_missed = false;
	field->line.after = 0;
	value = field_value(field, today);
	if (value && field->column->kind != FIELD_LIST)
		field_set(field, value);
	field->is_unlisted = is_unlisted;
	mem_free(value);
}

/* Choosing */

static size_t choice_index(const struct code_set *set, const char *code)
{
	size_t i = 0;

	while (i < set->count && strcmp(set->codes[i].code, code) != 0)
		i++;
	return i;
}

/* A "-" is one of the letters of "e-mail"; alone it says that it is not on the form. */
static bool key_is_dash(const struct form_field *field, int key)
{
	return key == '-' && field->sought[0] == '\0';
}

/* One more letter; count when it leads nowhere, which is told. */
static size_t field_seek(
	struct form_field *field, const struct code_set *set, size_t present, int key)
{
	size_t found = choice_seek(set, field->sought, present, (char)key);

	if (found < set->count)
		return found;
	field->is_missed = true;
	(void)snprintf(
		field->why, sizeof(field->why), "no choice has \"%s%c\"", field->sought, key);
	return found;
}

static bool choice_key(struct form_field *field, const struct code_set *set, int key)
{
	size_t present = choice_index(set, field->line.text), found = set->count;

	field->is_wrong = field->is_missed = false;
	if (key_is_erasing(key) || key_is_dash(field, key)) {
		field->sought[0] = '\0';
		field_write(field, key == '-' ? "-" : "");
	} else if (key == -KEY_RIGHT || key == -KEY_LEFT) {
		field->sought[0] = '\0';
		if (key == -KEY_RIGHT)
			found = present < set->count ? present + 1 : 0;
		else
			found = present > 0 ? present - 1 : 0;
		if (found >= set->count)
			found = set->count - 1;
	} else if (choice_takes(key)) {
		found = field_seek(field, set, present, key);
	} else {
		return key == ' ';
	}
	if (found < set->count)
		field_write(field, set->codes[found].code);
	return true;
}

/* Ticking */

bool field_has_tick(const struct form_field *field, size_t index)
{
	return list_has(field->line.text, field_codes(field)->codes[index].code);
}

/* Ticked ones stand in the order of the set. */
static void tick_turn(struct form_field *field, const struct code_set *set)
{
	struct buffer list;

	buffer_init(&list);
	for (size_t i = 0; i < set->count; i++)
		if (list_has(field->line.text, set->codes[i].code) != (i == field->pick))
			list_add(&list, set->codes[i].code);
	field_write(field, buffer_text(&list));
	buffer_done(&list);
}

static bool ticks_key(struct form_field *field, const struct code_set *set, int key)
{
	size_t found = set->count;

	field->is_wrong = field->is_missed = false;
	if (choice_takes(key) && !key_is_dash(field, key)) {
		found = field_seek(field, set, field->sought[0] ? field->pick : set->count, key);
		if (found < set->count)
			field->pick = found;
		return true;
	}
	if (key == ' ')
		tick_turn(field, set);
	else if (key == '-' || (key_is_erasing(key) && field->sought[0] == '\0'))
		field_write(field, key == '-' ? "-" : "");
	else if (key == -KEY_RIGHT)
		field->pick += field->pick + 1 < set->count;
	else if (key == -KEY_LEFT)
		field->pick -= field->pick > 0;
	else if (!key_is_erasing(key))
		return false;
	field->sought[0] = '\0';
	return true;
}

/* Typing */

/* What stands there before anything was typed gives way to what is. */
static void prefilled_drop(struct form_field *field, int key)
{
	if (!field->is_prefilled || !(key >= ' ' || key_is_erasing(key)))
		return;
	line_wipe(&field->line);
	field->is_prefilled = false;
}

static bool begins_anew(const struct form_field *field)
{
	return field->line.size == 0 || field->is_prefilled;
}

bool form_takes_today(const struct form *form)
{
	const struct form_field *field = form_at(form);

	return field->column->kind == FIELD_DAY && begins_anew(field);
}

bool form_takes_dash(const struct form *form)
{
	const struct form_field *field = form_at(form);

	return field_codes(field) ? key_is_dash(field, '-') : begins_anew(field);
}

static bool day_key(struct form *form, struct form_field *field, int key)
{
	char day[DAY_SIZE];
	const char typed[2] = { (char)key, '\0' };

	if (!form_takes_today(form) || (key != 't' && key != 'y') ||
		!day_from_typed(typed, form->today, day))
		return false;
	field_set(field, day);
	return true;
}

bool form_key(struct form *form, int key)
{
	struct form_field *field = form_at(form);
	const struct code_set *set = field_codes(field);

	if (set && field->column->kind == FIELD_LIST)
		return ticks_key(field, set, key);
	if (set)
		return choice_key(field, set, key);
	prefilled_drop(field, key);
	if (day_key(form, field, key))
		return true;
	if (line_move(&field->line, key)) {
		field->is_prefilled = false;
	} else {
		if (!line_key(&field->line, key))
			return false;
		field->is_finished = field->is_unlisted = false;
	}
	field_check(field, form->today);
	return true;
}

void form_go(struct form *form, const struct form_field *field)
{
	field_finish(form_at(form), form->today);
	form->at = (size_t)(field - form->fields);
}

void form_move(struct form *form, int step)
{
	size_t at = form->at;

	for (;;) {
		if (step > 0 ? at + 1 >= form->count : at == 0)
			break;
		at = step > 0 ? at + 1 : at - 1;
		if (form->fields[at].is_shown)
			break;
	}
	if (!form->fields[at].is_shown)
		at = form->at;
	form_go(form, &form->fields[at]);
}

struct form_field *form_wrong(struct form *form)
{
	for (size_t i = 0; i < form->count; i++) {
		char *value;

		if (!form->fields[i].is_shown)
			continue;
		value = field_value(&form->fields[i], form->today);
		mem_free(value);
		if (!value)
			return &form->fields[i];
	}
	return NULL;
}

void form_keep(const struct form *form, struct draft *draft)
{
	draft_put_number(draft, (long)form->at);
	for (size_t i = 0; i < form->count; i++) {
		draft_put_number(draft, form->fields[i].is_prefilled);
		line_keep(&form->fields[i].line, draft);
	}
}

void form_resume(struct form *form, struct draft *draft)
{
	size_t at = (size_t)draft_take_number(draft);

	for (size_t i = 0; i < form->count && !draft_is_empty(draft); i++) {
		struct form_field *field = &form->fields[i];

		field->is_prefilled = draft_take_number(draft) != 0;
		line_resume(&field->line, draft);
	}
	if (at < form->count)
		form->at = at;
}
