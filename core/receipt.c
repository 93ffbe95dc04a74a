/*
 * Writing one receipt. The columns come from the one table (core/columns.h).
 */
#include "core/receipt.h"

#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/codes.h"
#include "core/columns.h"
#include "core/json.h"
#include "core/nhs_number.h"
#include "core/sheet.h"
#include "core/text.h"

/* The value of a column; subject NULL for a receipt that names none. */
static const char *value_of(
	const struct request *request, const struct subject *subject, const struct column *column)
{
	switch (column->place) {
	case COLUMN_REQUEST:
	case COLUMN_HISTORY:
		return request->field[column->field];
	case COLUMN_SUBJECT:
	case COLUMN_TRACE_CODE:
		return subject ? subject->field[column->field] : "";
	case COLUMN_SUBMISSION:
	case COLUMN_FILE:
		break;
	}
	return "";
}

static bool is_of_subject(const struct column *column)
{
	return column->place == COLUMN_SUBJECT || column->place == COLUMN_TRACE_CODE;
}

/* For people */

/* Lines of a longer text stand under each other. */
static void show_lines(const char *text, struct buffer *out)
{
	while (*text != '\0') {
		size_t size = strcspn(text, "\n");
		char *line = mem_text_sized(text, size - (size > 0 && text[size - 1] == '\r'));

		text_show(line, out);
		mem_free(line);
		text += size;
		if (*text == '\n') {
			text++;
			buffer_print(out, "\n%31s", "");
		}
	}
}

static void show_value(const struct column *column, const char *value, struct buffer *out)
{
	char day[64], number[NHS_NUMBER_SHOWN_SIZE];

	if (strcmp(value, "-") == 0) {
		buffer_add(out, "- (not on the form)");
		return;
	}
	switch (column->kind) {
	case FIELD_DAY:
		day_shown(value, day);
		text_show(day, out);
		break;
	case FIELD_CODE:
		text_show(code_shown(column->codes, value), out);
		break;
	case FIELD_LIST:
		codes_show(column->codes, value, out);
		break;
	case FIELD_NUMBER:
		if (strlen(value) == NHS_NUMBER_SIZE - 1) {
			nhs_number_shown(value, number);
			value = number;
		}
		text_show(value, out);
		break;
	case FIELD_TEXT:
	case FIELD_MONTH:
	case FIELD_YES_NO:
		show_lines(value, out);
		break;
	}
}

static void show_line(const struct column *column, const char *value, struct buffer *out)
{
	if (value[0] == '\0')
		return;
	buffer_print(out, "  %-28s ", column->label);
	show_value(column, value, out);
	buffer_add(out, "\n");
}

/* Of what a trace found, the columns that section 5 does not have. */
static const struct column found_columns[] = {
	{ "matched_on", COLUMN_TRACE_CODE, FIELD_MATCHED_ON, FIELD_LIST, "matched_on", 500,
		"Matched on" },
	{ "s_flag", COLUMN_TRACE_CODE, FIELD_S_FLAG, FIELD_YES_NO, "", 3, "S-flagged" },
	{ "identity_changed", COLUMN_TRACE_CODE, FIELD_IDENTITY_CHANGED, FIELD_YES_NO, "", 3,
		"Changed identity" },
};

static void show_columns(const struct request *request, const struct subject *subject,
	enum column_place place, struct buffer *out)
{
	for (size_t i = 0; i < column_count(); i++) {
		const struct column *column = column_at(i);

		if (column->place == place && strcmp(column->name, "service") != 0)
			show_line(column, value_of(request, subject, column), out);
	}
}

/* What a trace found. The values are one object: item to text. */
static void show_found(const struct subject *subject, struct buffer *out)
{
	const struct code_set *items = code_set_find("item");
	const char *values = subject->field[FIELD_VALUES];
	char why[128];
	struct json_value *object;

	for (size_t i = 0; i < sizeof(found_columns) / sizeof(found_columns[0]); i++)
		show_line(&found_columns[i], subject->field[found_columns[i].field], out);
	object = *values ? json_read(values, strlen(values), why, sizeof(why)) : NULL;
	for (size_t i = 0; object && i < object->count; i++) {
		const struct json_value *value = &object->items[i];
		const char *label = code_label(items, value->name);
		char found[64];

		(void)snprintf(found, sizeof(found), "Found: %s", label ? label : "other");
		show_line(
			&(struct column) { .kind = FIELD_TEXT, .label = found }, value->text, out);
	}
	json_free(object);
}

static void show_heading(
	const struct request *request, const char *service_label, bool is_demo, struct buffer *out)
{
	text_show(request->reference, out);
	buffer_print(out, "  %s%s%s", request_state_name((int)request->state),
		request->imported ? ", imported" : "", request->assigned_to[0] != '\0' ? ", " : "");
	text_show(request->assigned_to, out);
	buffer_print(out, "%s\n\n  %-28s ", is_demo ? "  DEMO" : "", "Service");
	text_show(service_label, out);
	buffer_add(out, "\n");
}

void receipt_text(
	const struct request *request, const char *service_label, bool is_demo, struct buffer *out)
{
	show_heading(request, service_label, is_demo, out);
	show_columns(request, NULL, COLUMN_REQUEST, out);
	for (size_t i = 0; i < request->subject_count; i++) {
		buffer_print(out, "\nSubject %zu of %zu\n", i + 1, request->subject_count);
		show_columns(request, &request->subjects[i], COLUMN_SUBJECT, out);
		show_columns(request, &request->subjects[i], COLUMN_TRACE_CODE, out);
		show_found(&request->subjects[i], out);
	}
	if (request->field[FIELD_OUTCOME][0] == '\0')
		return;
	buffer_add(out, "\nDecision\n");
	show_columns(request, NULL, COLUMN_HISTORY, out);
}

/* JSON */

static void json_text(const char *text, struct buffer *out)
{
	if (text[0] == '\0')
		buffer_add(out, "null");
	else
		json_write_string(text, out);
}

static void json_column(const struct column *column, const char *value, struct buffer *out)
{
	json_write_string(column->name, out);
	buffer_add(out, ":");
	if (column->kind == FIELD_LIST && value[0] != '\0')
		json_write_list(value, out);
	else
		json_text(value, out);
}

static void json_subject(
	const struct request *request, const struct subject *subject, struct buffer *out)
{
	const char *separator = "{";

	for (size_t i = 0; i < column_count(); i++) {
		const struct column *column = column_at(i);

		if (!is_of_subject(column))
			continue;
		buffer_add(out, separator);
		json_column(column, value_of(request, subject, column), out);
		separator = ",";
	}
	buffer_add(out, "}");
}

void receipt_json(const struct request *request, const struct beside *beside, struct buffer *out)
{
	buffer_add(out, "{\"reference\":");
	json_write_string(request->reference, out);
	buffer_print(out, ",\"state\":\"%s\",\"version\":%lld,\"assigned_to\":",
		request_state_code((int)request->state), (long long)request->version);
	json_text(request->assigned_to, out);
	for (size_t i = 0; i < column_count(); i++) {
		const struct column *column = column_at(i);

		if (is_of_subject(column))
			continue;
		buffer_add(out, ",");
		json_column(column, value_of(request, NULL, column), out);
	}
	buffer_add(out, ",\"subjects\":[");
	for (size_t i = 0; i < request->subject_count; i++) {
		buffer_add(out, i > 0 ? "," : "");
		json_subject(request, &request->subjects[i], out);
	}
	buffer_add(out, "],\"findings\":");
	beside_findings_json(beside, out);
	buffer_add(out, ",\"linked\":");
	json_write_list(beside->linked, out);
	buffer_add(out, "}\n");
}

/* CSV */

static bool is_traced(const struct request *request)
{
	for (size_t i = 0; i < request->subject_count; i++)
		if (trace_code_is_found(request->subjects[i].field[FIELD_TRACE_CODE]))
			return true;
	return false;
}

/* A corrected outcome leaves behind what went with the one before; what waits for review has no
   outcome yet. Import takes neither. */
static bool goes_with_outcome(const struct request *request, const struct column *column)
{
	const char *outcome = request->field[FIELD_OUTCOME];

	if (column->place != COLUMN_HISTORY && column->place != COLUMN_TRACE_CODE)
		return true;
	if (*outcome == '\0')
		return false;
	if (column->place == COLUMN_TRACE_CODE)
		return strcmp(outcome, "approved_trace") != 0 || is_traced(request);
	if (column->field == FIELD_REASONS)
		return strcmp(outcome, "rejected") == 0;
	return column->field != FIELD_RELEASED || strcmp(outcome, "approved_trace") == 0;
}

static void csv_row(const struct request *request, size_t at, bool spreadsheet, struct buffer *out)
{
	const struct subject *subject = at < request->subject_count ? &request->subjects[at] : NULL;

	csv_write_cell(at == 0 ? request->reference : "", spreadsheet, out);
	buffer_add(out, at == 0 ? "," : ",yes");
	for (size_t i = 0; i < column_count(); i++) {
		const struct column *column = column_at(i);
		bool is_here =
			(at == 0 || is_of_subject(column)) && goes_with_outcome(request, column);

		buffer_add(out, ",");
		csv_write_cell(is_here ? value_of(request, subject, column) : "", spreadsheet, out);
	}
	buffer_add(out, "\n");
}

void receipt_csv_head(struct buffer *out)
{
	buffer_add(out, "reference,same_form");
	for (size_t i = 0; i < column_count(); i++)
		buffer_print(out, ",%s", column_at(i)->name);
	buffer_add(out, "\n");
}

static bool subject_is_empty(const struct request *request, const struct subject *subject)
{
	for (size_t i = 0; i < column_count(); i++) {
		const struct column *column = column_at(i);

		if (is_of_subject(column) && goes_with_outcome(request, column) &&
			*subject->field[column->field] != '\0')
			return false;
	}
	return true;
}

void receipt_csv(const struct request *request, bool spreadsheet, struct buffer *out)
{
	csv_row(request, 0, spreadsheet, out);
	for (size_t i = 1; i < request->subject_count; i++)
		if (!subject_is_empty(request, &request->subjects[i]))
			csv_row(request, i, spreadsheet, out);
}
