/*
 * Submissions from rows (interface.md section 6).
 */
#include <string.h>

#include "core/intake_private.h"
#include "core/submission.h"

static void submission_refuse(void *context, const char *column, const char *why)
{
	intake_refuse(context, column, "%s", why);
}

static void check_row(struct intake *intake, const struct submission *submission,
	const struct submission_text *text)
{
	const struct submission_check check = { intake->options.today, submission_refuse, intake };

	submission_check(submission, text, &check);
	if (*submission->received)
		intake_check_open(intake, "received", submission->received);
	if (*submission->completed)
		intake_check_open(intake, "completed", submission->completed);
	intake_check_reference(intake, submission->reference);
}

static void submission_row(struct intake *intake, char **values)
{
	struct submission_text text;
	struct submission submission;

	if (intake->row_is_bad)
		return;
	for (int field = 0; field < SUBMISSION_FIELD_COUNT; field++)
		text.field[field] = "";
	for (size_t i = 0; i < intake->header_count; i++)
		text.field[intake->header[i]->field] = values[i];
	submission_init(&submission);
	submission_fill(&submission, &text);
	check_row(intake, &submission, &text);
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
