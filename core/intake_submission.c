/*
 * Submissions from rows (interface.md section 6): what a submission came to needs
 * its day, and a number or a reason goes with one status only.
 */
#include <stdio.h>
#include <string.h>

#include "core/intake_private.h"

static void check_goes_with(
	struct intake *intake, enum submission_field field, const char *value, bool is_needed)
{
	const char *name = submission_column_at(field)->name;

	if (is_needed && !*value)
		intake_refuse(intake, name, "is missing: the status needs it");
	else if (!is_needed && *value)
		intake_refuse(intake, name, "does not go with the status");
}

static void check_days(struct intake *intake, const struct submission *submission)
{
	const char *completed = submission->completed;

	if (!*submission->received) {
		intake_refuse(intake, "received", "is missing");
		return;
	}
	intake_check_past(intake, "received", submission->received);
	intake_check_open(intake, "received", submission->received);
	if (!*completed)
		return;
	if (strcmp(completed, submission->received) < 0)
		intake_refuse(intake, "completed", "is before the day received");
	intake_check_past(intake, "completed", completed);
	intake_check_open(intake, "completed", completed);
}

/* text: the row's values by field, "" for what is not there. */
static void check_submission(
	struct intake *intake, const struct submission *submission, const char *const *text)
{
	enum submission_status status = submission->status;
	bool is_processed = status == SUBMISSION_PROCESSED;

	check_days(intake, submission);
	check_goes_with(intake, SUBMISSION_FIELD_COMPLETED, submission->completed,
		status != SUBMISSION_RECEIVED);
	check_goes_with(
		intake, SUBMISSION_FIELD_REASON, submission->reason, status == SUBMISSION_REJECTED);
	check_goes_with(intake, SUBMISSION_FIELD_TRANSACTIONS, text[SUBMISSION_FIELD_TRANSACTIONS],
		is_processed);
	check_goes_with(intake, SUBMISSION_FIELD_SINGLE_MATCH, text[SUBMISSION_FIELD_SINGLE_MATCH],
		is_processed);
	if (submission->single_match > submission->transactions)
		intake_refuse(intake, "single_match", "is more than the transactions");
	intake_check_reference(intake, submission->reference);
}

static void submission_fill(struct submission *submission, const char *const *text)
{
	const char *status = text[SUBMISSION_FIELD_STATUS];

	(void)snprintf(submission->reference, sizeof(submission->reference), "%s",
		text[SUBMISSION_FIELD_REFERENCE]);
	(void)snprintf(submission->received, sizeof(submission->received), "%s",
		text[SUBMISSION_FIELD_RECEIVED]);
	(void)snprintf(submission->completed, sizeof(submission->completed), "%s",
		text[SUBMISSION_FIELD_COMPLETED]);
	(void)snprintf(submission->reason, sizeof(submission->reason), "%s",
		text[SUBMISSION_FIELD_REASON]);
	record_set(&submission->organisation, text[SUBMISSION_FIELD_ORGANISATION]);
	record_set(&submission->contact_email, text[SUBMISSION_FIELD_CONTACT_EMAIL]);
	record_set(&submission->note, text[SUBMISSION_FIELD_NOTE]);
	submission->transactions = column_count_value(text[SUBMISSION_FIELD_TRANSACTIONS]);
	submission->single_match = column_count_value(text[SUBMISSION_FIELD_SINGLE_MATCH]);
	if (*status)
		submission->status = (enum submission_status)submission_status_from(status);
}

static void submission_row(struct intake *intake, char **values)
{
	const char *text[SUBMISSION_FIELD_COUNT];
	struct submission submission;

	if (intake->row_is_bad)
		return;
	for (int field = 0; field < SUBMISSION_FIELD_COUNT; field++)
		text[field] = "";
	for (size_t i = 0; i < intake->header_count; i++)
		text[intake->header[i]->field] = values[i];
	submission_init(&submission);
	submission_fill(&submission, text);
	check_submission(intake, &submission, text);
	if (!intake->row_is_bad && !intake->submission(intake->context, intake->line, &submission))
		intake->status = INTAKE_STOPPED;
	submission_clear(&submission);
}

struct intake *intake_submissions_new(const struct intake_options *options,
	intake_submission *submission, intake_problem *problem, void *context)
{
	static const struct intake_kind kind = {
		.column_find = submission_column_find,
		.required = { "received" },
		.row = submission_row,
	};
	struct intake *intake = intake_new(options, &kind, problem, context);

	intake->submission = submission;
	return intake;
}
