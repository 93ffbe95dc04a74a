/*
 * One submission, whole: columns were checked one by one before.
 */
#include "core/submission.h"

#include <stdio.h>
#include <string.h>

static void report(
	const struct submission_check *check, enum submission_field field, const char *why)
{
	check->problem(check->context, submission_column_at(field)->name, why);
}

static void check_goes_with(const struct submission_check *check,
	const struct submission_text *text, enum submission_field field, bool is_needed)
{
	const char *value = text->field[field];

	if (is_needed && !*value)
		report(check, field, "is missing: the status needs it");
	else if (!is_needed && *value)
		report(check, field, "does not go with the status");
}

static void check_days(const struct submission *submission, const struct submission_check *check)
{
	if (!*submission->received) {
		report(check, SUBMISSION_FIELD_RECEIVED, "is missing");
		return;
	}
	if (strcmp(submission->received, check->today) > 0)
		report(check, SUBMISSION_FIELD_RECEIVED, "is after today");
	if (!*submission->completed)
		return;
	if (strcmp(submission->completed, submission->received) < 0)
		report(check, SUBMISSION_FIELD_COMPLETED, "is before the day received");
	if (strcmp(submission->completed, check->today) > 0)
		report(check, SUBMISSION_FIELD_COMPLETED, "is after today");
}

void submission_check(const struct submission *submission, const struct submission_text *text,
	const struct submission_check *check)
{
	bool is_processed = submission->status == SUBMISSION_PROCESSED;

	check_days(submission, check);
	check_goes_with(
		check, text, SUBMISSION_FIELD_COMPLETED, submission->status != SUBMISSION_RECEIVED);
	check_goes_with(
		check, text, SUBMISSION_FIELD_REASON, submission->status == SUBMISSION_REJECTED);
	check_goes_with(check, text, SUBMISSION_FIELD_TRANSACTIONS, is_processed);
	check_goes_with(check, text, SUBMISSION_FIELD_SINGLE_MATCH, is_processed);
	if (submission->single_match > submission->transactions)
		report(check, SUBMISSION_FIELD_SINGLE_MATCH, "is more than the transactions");
}

void submission_fill(struct submission *submission, const struct submission_text *text)
{
	const char *const *field = text->field;
	const char *status = field[SUBMISSION_FIELD_STATUS];

	(void)snprintf(submission->reference, sizeof(submission->reference), "%s",
		field[SUBMISSION_FIELD_REFERENCE]);
	(void)snprintf(submission->received, sizeof(submission->received), "%s",
		field[SUBMISSION_FIELD_RECEIVED]);
	(void)snprintf(submission->completed, sizeof(submission->completed), "%s",
		field[SUBMISSION_FIELD_COMPLETED]);
	(void)snprintf(submission->reason, sizeof(submission->reason), "%s",
		field[SUBMISSION_FIELD_REASON]);
	record_set(&submission->organisation, field[SUBMISSION_FIELD_ORGANISATION]);
	record_set(&submission->contact_email, field[SUBMISSION_FIELD_CONTACT_EMAIL]);
	record_set(&submission->note, field[SUBMISSION_FIELD_NOTE]);
	submission->transactions = column_count_value(field[SUBMISSION_FIELD_TRANSACTIONS]);
	submission->single_match = column_count_value(field[SUBMISSION_FIELD_SINGLE_MATCH]);
	if (*status)
		submission->status = (enum submission_status)submission_status_from(status);
}
