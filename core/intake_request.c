/*
 * Requests from rows: a row begins a form or (same_form) adds a subject to the one
 * above, so a form is handed out when the next one begins. History, what an older
 * system decided, is checked for its days and for what goes with its outcome
 * (interface.md section 5); everything else is the checks' business.
 */
#include <stdio.h>
#include <string.h>

#include "core/codes.h"
#include "core/intake_private.h"

static void check_trace_codes(struct intake *intake, const struct request *request)
{
	bool is_given = false, is_traced = false;

	for (size_t i = 0; i < request->subject_count; i++) {
		is_given |= *request->subjects[i].field[FIELD_TRACE_CODE] != '\0';
		is_traced |= trace_code_is_found(request->subjects[i].field[FIELD_TRACE_CODE]);
	}
	if (is_given && !request->imported)
		intake_refuse(intake, "trace_code", "is given without an outcome");
	else if (is_given && !is_traced && request->state == STATE_APPROVED_TRACE)
		intake_refuse(intake, "trace_code",
			"none of 00 90 92 is given, though the outcome is approved_trace");
}

/* Hands out the form gathered so far, if it is good. Its problems are those of its first line. */
static void form_end(struct intake *intake)
{
	struct intake_form *form = &intake->form;
	int64_t line = intake->line;

	if (!form->is_open)
		return;
	intake->line = form->line;
	intake->row_is_bad = form->is_bad;
	if (!form->is_bad)
		check_trace_codes(intake, &form->request);
	if (!intake->row_is_bad && !intake->request(intake->context, form->line, &form->request))
		intake->status = INTAKE_STOPPED;
	request_clear(&form->request);
	form->is_open = false;
	intake->line = line;
	intake->row_is_bad = false;
}

static void check_undecided(struct intake *intake, const struct request *request)
{
	for (size_t i = 0; i < column_count(); i++) {
		const struct column *column = column_at(i);

		if (column->place == COLUMN_HISTORY && *request->field[column->field])
			intake_refuse(intake, column->name, "is given without an outcome");
	}
}

static void check_decided(struct intake *intake, const struct request *request)
{
	const char *decided = request->field[FIELD_DECIDED];

	if (!*decided) {
		intake_refuse(intake, "decided", "is missing: an outcome has a day");
		return;
	}
	if (strcmp(decided, request->field[FIELD_RECEIVED]) < 0)
		intake_refuse(intake, "decided", "is before the day received");
	intake_check_past(intake, "decided", decided);
	if (strcmp(decided, intake->options.cut_over) > 0)
		intake_refuse(intake, "decided",
			"is after the cut-over day %s; history is taken only up to that day",
			intake->options.cut_over);
	intake_check_open(intake, "decided", decided);
}

static void check_history(struct intake *intake, const struct request *request)
{
	if (!request->imported) {
		check_undecided(intake, request);
		return;
	}
	check_decided(intake, request);
	if (*request->field[FIELD_REASONS] && request->state != STATE_REJECTED)
		intake_refuse(intake, "reasons", "go with the outcome rejected only");
	if (*request->field[FIELD_RELEASED] && request->state != STATE_APPROVED_TRACE)
		intake_refuse(intake, "released", "goes with the outcome approved_trace only");
}

/* The rules of a form's first row, once each of its cells is good. */
static void check_form(struct intake *intake, const struct request *request)
{
	const char *received = request->field[FIELD_RECEIVED];

	if (!*received)
		intake_refuse(intake, "received", "is missing");
	else
		intake_check_past(intake, "received", received);
	if (!*request->field[FIELD_SERVICE])
		intake_refuse(intake, "service", "is missing");
	if (!intake->row_is_bad)
		check_history(intake, request);
	intake_check_reference(intake, request->reference);
}

static bool column_is_subjects(const struct column *column)
{
	return column->place == COLUMN_SUBJECT || column->place == COLUMN_TRACE_CODE;
}

/* Fills a request from the cells of a row; out_is_more: same_form says yes. */
static void request_fill(
	struct intake *intake, char **values, struct request *request, bool *out_is_more)
{
	*out_is_more = false;
	for (size_t i = 0; i < intake->header_count; i++) {
		const struct column *column = intake->header[i];
		const char *value = values[i] ? values[i] : "";

		if (column_is_subjects(column)) {
			if (*value && request->subject_count == 0)
				(void)request_add_subject(request);
			if (*value)
				record_set(&request->subjects[0].field[column->field], value);
		} else if (column->place != COLUMN_FILE) {
			record_set(&request->field[column->field], value);
		} else if (column->field == FILE_FIELD_REFERENCE) {
			(void)snprintf(request->reference, sizeof(request->reference), "%s", value);
		} else {
			*out_is_more = strcmp(value, "yes") == 0;
		}
	}
	if (*request->field[FIELD_OUTCOME]) {
		request->imported = true;
		request->state =
			(enum request_state)request_state_from(request->field[FIELD_OUTCOME]);
	}
}

/* What the row says of the form must be what the form's first row said. */
static void check_same(struct intake *intake, const struct request *more)
{
	const struct request *first = &intake->form.request;

	for (size_t i = 0; i < column_count(); i++) {
		const struct column *column = column_at(i);

		if (!column_is_subjects(column) && *more->field[column->field] &&
			strcmp(more->field[column->field], first->field[column->field]) != 0)
			intake_refuse(intake, column->name,
				"differs from the form's first row; leave it empty");
	}
	if (*more->reference && strcmp(more->reference, first->reference) != 0)
		intake_refuse(
			intake, "reference", "differs from the form's first row; leave it empty");
	if (more->subject_count == 0)
		intake_refuse(intake, "same_form", "says yes, but the row names no subject");
}

/* Adds the row's subject to the form above. */
static void form_add(struct intake *intake, struct request *more)
{
	struct intake_form *form = &intake->form;
	struct subject *subject;

	if (!form->is_open) {
		intake_refuse(intake, "same_form", "says yes, but there is no row above");
		return;
	}
	if (!intake->row_is_bad && !form->is_bad)
		check_same(intake, more);
	form->is_bad |= intake->row_is_bad;
	if (form->is_bad)
		return;
	subject = request_add_subject(&form->request);
	for (int field = 0; field < SUBJECT_FIELD_COUNT; field++)
		record_set(&subject->field[field], more->subjects[0].field[field]);
}

static void request_row(struct intake *intake, char **values)
{
	struct request request;
	bool is_more = false;
	bool is_bad = intake->row_is_bad;

	request_init(&request);
	if (values)
		request_fill(intake, values, &request, &is_more);
	if (is_more) {
		form_add(intake, &request);
		request_clear(&request);
		return;
	}
	form_end(intake);
	intake->row_is_bad = is_bad;
	if (!is_bad)
		check_form(intake, &request);
	intake->form = (struct intake_form) { true, intake->row_is_bad, intake->line, request };
}

static const struct column *request_column_find(const char *name)
{
	const struct column *column = column_find(name);

	return column ? column : file_column_find(name);
}

struct intake *intake_requests_new(const struct intake_options *options, intake_request *request,
	intake_problem *problem, void *context)
{
	static const struct intake_kind kind = {
		.column_find = request_column_find,
		.required = { "received", "service" },
		.row = request_row,
		.end = form_end,
	};
	struct intake *intake = intake_new(options, &kind, problem, context);

	intake->request = request;
	return intake;
}
