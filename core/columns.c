/*
 * Tables of columns from the lists of fields, and a function for each kind of
 * value. A sentence says what is wrong without quoting the value: it goes to
 * terminals and logs, the value is a case's.
 */
#include "core/columns.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/codes.h"
#include "core/list.h"
#include "core/text.h"

#define COLUMN(constant, name, kind, codes, most, label, place) \
	{ #name, place, constant, kind, codes, most, label },
#define REQUEST_COLUMN(...)    COLUMN(__VA_ARGS__, COLUMN_REQUEST)
#define SUBJECT_COLUMN(...)    COLUMN(__VA_ARGS__, COLUMN_SUBJECT)
#define HISTORY_COLUMN(...)    COLUMN(__VA_ARGS__, COLUMN_HISTORY)
#define SUBMISSION_COLUMN(...) COLUMN(__VA_ARGS__, COLUMN_SUBMISSION)
#define FILE_COLUMN(...)       COLUMN(__VA_ARGS__, COLUMN_FILE)

static const struct column columns[] = { REQUEST_FIELDS(REQUEST_COLUMN) SUBJECT_FIELDS(
	SUBJECT_COLUMN) HISTORY_FIELDS(HISTORY_COLUMN) COLUMN(FIELD_TRACE_CODE, trace_code,
	FIELD_CODE, "trace_code", 2, "Trace code", COLUMN_TRACE_CODE) };
static const struct column submission_columns[] = { SUBMISSION_FIELDS(SUBMISSION_COLUMN) };
static const struct column file_columns[] = { FILE_FIELDS(FILE_COLUMN) };

/* Of transactions and single matches. */
static const int64_t most_count = INT64_C(1000000000000);

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A value on its way: what came, and where the answer goes. */
struct value {
	const struct column *column;
	const char *text; /* without blanks at the ends, but for plain text */
	bool dates_dmy;
	struct buffer *out;
	char *out_why;
	size_t why_size;
};

size_t column_count(void)
{
	return COUNT(columns);
}

const struct column *column_at(size_t index)
{
	return index < COUNT(columns) ? &columns[index] : NULL;
}

static const struct column *find_in(const struct column *table, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

const struct column *column_find(const char *name)
{
	return find_in(columns, COUNT(columns), name);
}

const struct column *file_column_find(const char *name)
{
	return find_in(file_columns, COUNT(file_columns), name);
}

const struct column *submission_column_at(enum submission_field field)
{
	return &submission_columns[field];
}

const struct column *submission_column_find(const char *name)
{
	return find_in(submission_columns, COUNT(submission_columns), name);
}

__attribute__((format(printf, 2, 3))) static bool refuse(
	const struct value *value, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(value->out_why, value->why_size, format, args);
	va_end(args);
	return false;
}

/* Does "-" (not on the form) make sense there? */
static bool column_may_be_dash(const struct column *column)
{
	switch (column->place) {
	case COLUMN_REQUEST:
		return column->field != FIELD_RECEIVED && column->field != FIELD_SERVICE;
	case COLUMN_SUBJECT:
		return true;
	case COLUMN_SUBMISSION:
		return column->field == SUBMISSION_FIELD_ORGANISATION ||
		       column->field == SUBMISSION_FIELD_CONTACT_EMAIL ||
		       column->field == SUBMISSION_FIELD_NOTE;
	case COLUMN_HISTORY:
	case COLUMN_TRACE_CODE:
	case COLUMN_FILE:
		break;
	}
	return false;
}

static bool column_is_subject(const struct column *column, enum subject_field field)
{
	return column->place == COLUMN_SUBJECT && column->field == (int)field;
}

static bool column_is_submission(const struct column *column, enum submission_field field)
{
	return column->place == COLUMN_SUBMISSION && column->field == (int)field;
}

static bool column_is_reference(const struct column *column)
{
	return (column->place == COLUMN_FILE && column->field == FILE_FIELD_REFERENCE) ||
	       column_is_submission(column, SUBMISSION_FIELD_REFERENCE);
}

static bool accept_text(struct value *value)
{
	const char *at = value->text;

	while (*at) {
		const char *start = at;
		int32_t code = text_next(&at);

		if (code < 0)
			return refuse(value, "is not UTF-8 text");
		if (code == '\r') {
			if (*at != '\n')
				buffer_add(value->out, "\n");
		} else if ((code < 0x20 && code != '\n' && code != '\t') ||
			   (code >= 0x7f && code < 0xa0)) {
			return refuse(value, "holds a control character (U+%04X); take it out",
				(unsigned)code);
		} else {
			buffer_add_bytes(value->out, start, (size_t)(at - start));
		}
	}
	return true;
}

static bool accept_day(struct value *value)
{
	char day[DAY_SIZE];
	const char *text = value->text;

	if (day_is_valid(text)) {
		buffer_add(value->out, text);
		return true;
	}
	/* Two slashes and a year in full: what day_from_typed takes besides is for people. */
	if (value->dates_dmy && strlen(text) >= 8 && text[strlen(text) - 5] == '/' &&
		day_from_typed(text, "2000-01-01", day)) {
		buffer_add(value->out, day);
		return true;
	}
	return refuse(value, "is no day of the calendar written %s",
		value->dates_dmy ? "DD/MM/YYYY" : "YYYY-MM-DD");
}

static bool accept_month(struct value *value)
{
	char month[8];
	const char *text = value->text;

	(void)snprintf(month, sizeof(month), "%.4s-01", text);
	if (!month_is_valid(strlen(text) == 4 ? month : text))
		return refuse(value, "is neither a year nor a month written YYYY-MM");
	buffer_add(value->out, text);
	return true;
}

static void describe_codes(const struct code_set *set, struct buffer *out)
{
	buffer_add(out, "one of ");
	for (size_t i = 0; i < set->count; i++)
		buffer_print(out, "%s%s", i > 0 ? " " : "", set->codes[i].code);
}

static bool refuse_code(const struct value *value, const char *what)
{
	struct buffer codes;

	buffer_init(&codes);
	describe_codes(code_set_find(value->column->codes), &codes);
	refuse(value, "%s; use %s", what, buffer_text(&codes));
	buffer_done(&codes);
	return false;
}

static bool accept_code(struct value *value)
{
	if (!code_label(code_set_find(value->column->codes), value->text))
		return refuse_code(value, "is no code of that column");
	buffer_add(value->out, value->text);
	return true;
}

static bool accept_yes_no(struct value *value)
{
	if (strcmp(value->text, "yes") != 0 && strcmp(value->text, "no") != 0)
		return refuse(value, "is neither yes nor no");
	buffer_add(value->out, value->text);
	return true;
}

static const char blanks[] = " \t\r\n";

/* A copy without blanks at either end. */
static char *text_trimmed(const char *text, size_t size)
{
	while (size > 0 && strchr(blanks, text[size - 1]))
		size--;
	while (size > 0 && strchr(blanks, *text)) {
		text++;
		size--;
	}
	return mem_text_sized(text, size);
}

static bool accept_item(struct value *value, const char *item)
{
	bool is_free = value->column->place == COLUMN_REQUEST;
	struct value part = *value;

	if (!*item || list_has(buffer_text(value->out), item))
		return true;
	if (!is_free && !code_label(code_set_find(value->column->codes), item))
		return refuse_code(value, "holds what is no code of that column");
	if (value->out->size > 0)
		buffer_add(value->out, ";");
	part.text = item;
	return accept_text(&part);
}

static bool accept_list(struct value *value)
{
	const char *at = value->text;
	bool is_good = true;

	while (*at && is_good) {
		size_t size = strcspn(at, ";");
		char *item = text_trimmed(at, size);

		is_good = accept_item(value, item);
		mem_free(item);
		at += size + (at[size] == ';');
	}
	return is_good;
}

/* Whether it is a good number is a check's business, not the intake's. */
static bool accept_nhs_number(struct value *value)
{
	for (const char *at = value->text; *at; at++) {
		if (*at >= '0' && *at <= '9')
			buffer_add_bytes(value->out, at, 1);
		else if (*at != ' ' && *at != '-')
			return refuse(value, "holds something besides digits");
	}
	return true;
}

static bool is_letter(char byte)
{
	return byte >= 'A' && byte <= 'Z';
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* Outward A9 A99 AA9 AA99 A9A AA9A (and GIR), inward 9AA. text: capitals without blanks. */
static bool is_postcode(const char *text, size_t size)
{
	size_t outward = size - 3;
	size_t area = is_letter(text[0]) ? (is_letter(text[1]) ? 2 : 1) : 0;
	const char *inward = text + outward;

	if (!is_digit(inward[0]) || !is_letter(inward[1]) || !is_letter(inward[2]))
		return false;
	if (outward == 3 && memcmp(text, "GIR", 3) == 0)
		return true;
	return area > 0 && outward > area && outward <= area + 2 && is_digit(text[area]) &&
	       (outward == area + 1 || is_digit(text[area + 1]) || is_letter(text[area + 1]));
}

static bool accept_postcode(struct value *value)
{
	char text[8];
	size_t size = 0;

	for (const char *at = value->text; *at; at++) {
		if (*at == ' ')
			continue;
		if (size == sizeof(text) - 1)
			return accept_text(value);
		text[size++] = (char)(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at);
	}
	text[size] = '\0';
	if (size < 5 || !is_postcode(text, size))
		return accept_text(value);
	buffer_add_bytes(value->out, text, size - 3);
	buffer_print(value->out, " %s", text + size - 3);
	return true;
}

static bool accept_reference(struct value *value)
{
	static const char fit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
				  "-/._";

	if (value->text[strspn(value->text, fit)])
		return refuse(value, "holds something besides letters, digits and - / . _");
	buffer_add(value->out, value->text);
	return true;
}

static bool accept_count(struct value *value)
{
	const char *text = value->text;

	if (text[strspn(text, "0123456789")])
		return refuse(value, "is no whole number in digits alone");
	if (strlen(text) > value->column->most || column_count_value(text) > most_count)
		return refuse(value, "is over 1000000000000");
	buffer_add(value->out, text);
	return true;
}

int64_t column_count_value(const char *value)
{
	int64_t number = 0;

	for (; *value; value++)
		number = number * 10 + (*value - '0');
	return number;
}

typedef bool accept_function(struct value *value);

static accept_function *accept_find(const struct column *column)
{
	switch (column->kind) {
	case FIELD_TEXT:
		if (column_is_reference(column))
			return accept_reference;
		if (column_is_subject(column, FIELD_SUBJECT_POSTCODE))
			return accept_postcode;
		if (column_is_submission(column, SUBMISSION_FIELD_TRANSACTIONS) ||
			column_is_submission(column, SUBMISSION_FIELD_SINGLE_MATCH))
			return accept_count;
		return accept_text;
	case FIELD_DAY:
		return accept_day;
	case FIELD_MONTH:
		return accept_month;
	case FIELD_CODE:
		return accept_code;
	case FIELD_YES_NO:
		return accept_yes_no;
	case FIELD_LIST:
		return accept_list;
	case FIELD_NUMBER:
		return accept_nhs_number;
	}
	return accept_text;
}

char *column_accept(const struct column *column, const char *text, bool dates_dmy, char *out_why,
	size_t why_size)
{
	accept_function *accept = accept_find(column);
	char *trimmed = text_trimmed(text, strlen(text));
	struct buffer out;
	struct value value = { column, trimmed, dates_dmy, &out, out_why, why_size };
	char *accepted;
	bool is_good = true;

	buffer_init(&out);
	if (strcmp(trimmed, "-") == 0) {
		is_good = column_may_be_dash(column) ||
			  refuse(&value, "cannot be - (not on the form)");
		buffer_add(&out, "-");
	} else if (*trimmed) {
		if (accept == accept_text)
			value.text = text; /* kept as written, blanks at its ends too */
		is_good = accept(&value);
	}
	if (is_good && text_length(buffer_text(&out)) > column->most)
		is_good = refuse(&value, "is longer than %zu characters", column->most);
	accepted = is_good ? buffer_take(&out) : NULL;
	buffer_done(&out);
	mem_free(trimmed);
	return accepted;
}
