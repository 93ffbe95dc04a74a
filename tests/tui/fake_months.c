/*
 * The fake desk's months and submissions: there are none, and nothing can be
 * done about them.
 */
#include "core/desk.h"

static enum desk_status refuse(struct notice *notice)
{
	return notice_set(notice, DESK_REFUSED, "nothing is there; log something first");
}

enum desk_status desk_months(
	struct desk *desk, struct month **out_months, size_t *out_count, struct notice *out_notice)
{
	(void)desk;
	(void)out_notice;
	*out_months = NULL;
	*out_count = 0;
	return DESK_OK;
}

enum desk_status desk_figures(struct desk *desk, const struct desk_figures_wanted *wanted,
	struct figures **out_figures, struct notice *out_notice)
{
	(void)desk;
	(void)wanted;
	*out_figures = NULL;
	return refuse(out_notice);
}

enum desk_status desk_insight(struct desk *desk, const char *period, struct insight *out_insight,
	struct notice *out_notice)
{
	(void)desk;
	(void)period;
	*out_insight = (struct insight) { 0 };
	return refuse(out_notice);
}

enum desk_status desk_cases(struct desk *desk, const struct desk_figures_wanted *wanted,
	const struct figures_cell *cell, struct desk_cases *out_cases, struct notice *out_notice)
{
	(void)desk;
	(void)wanted;
	(void)cell;
	*out_cases = (struct desk_cases) { 0 };
	return refuse(out_notice);
}

void desk_cases_clear(struct desk_cases *cases)
{
	*cases = (struct desk_cases) { 0 };
}

enum desk_status desk_month_look(struct desk *desk, const char *month,
	struct desk_closing *out_closing, struct notice *out_notice)
{
	(void)desk;
	(void)month;
	*out_closing = (struct desk_closing) { 0 };
	return refuse(out_notice);
}

enum desk_status desk_month_close(struct desk *desk, const char *month,
	struct desk_closing *out_closing, struct notice *out_notice)
{
	return desk_month_look(desk, month, out_closing, out_notice);
}

enum desk_status desk_month_revise(struct desk *desk, const char *month, const char *why,
	struct desk_closing *out_closing, struct notice *out_notice)
{
	(void)why;
	return desk_month_look(desk, month, out_closing, out_notice);
}

void desk_closing_clear(struct desk_closing *closing)
{
	*closing = (struct desk_closing) { 0 };
}

enum desk_status desk_month_revisions(struct desk *desk, const char *month,
	struct desk_revision **out_revisions, size_t *out_count, struct notice *out_notice)
{
	(void)desk;
	(void)month;
	*out_revisions = NULL;
	*out_count = 0;
	return refuse(out_notice);
}

void desk_revisions_clear(struct desk_revision *revisions, size_t count)
{
	(void)revisions;
	(void)count;
}

enum desk_status desk_submissions(struct desk *desk, const struct submission_page *page,
	struct submission **out_rows, size_t *out_count, struct notice *out_notice)
{
	(void)desk;
	(void)page;
	(void)out_notice;
	*out_rows = NULL;
	*out_count = 0;
	return DESK_OK;
}

enum desk_status desk_submissions_total(
	struct desk *desk, int64_t *out_total, struct notice *out_notice)
{
	(void)desk;
	(void)out_notice;
	*out_total = 0;
	return DESK_OK;
}

enum desk_status desk_submission_open(struct desk *desk, const char *reference,
	struct submission *out_submission, struct notice *out_notice)
{
	(void)desk;
	(void)reference;
	*out_submission = (struct submission) { 0 };
	return refuse(out_notice);
}

enum desk_status desk_submission_contact(struct desk *desk, const struct submission *submission,
	char out_sentence[DESK_CONTACT_SIZE], struct notice *out_notice)
{
	(void)desk;
	(void)submission;
	(void)out_notice;
	*out_sentence = '\0';
	return DESK_OK;
}

enum desk_status desk_submission_receive(struct desk *desk,
	const struct desk_submission_given *given, struct submission *out_submission,
	struct notice *out_notice)
{
	return desk_submission_open(desk, given->reference, out_submission, out_notice);
}

enum desk_status desk_submission_correct(struct desk *desk,
	const struct desk_submission_given *given, struct submission *out_submission,
	struct notice *out_notice)
{
	return desk_submission_open(desk, given->reference, out_submission, out_notice);
}

enum desk_status desk_submission_end(struct desk *desk, const struct desk_submission_end *end,
	struct submission *out_submission, struct notice *out_notice)
{
	return desk_submission_open(desk, end->reference, out_submission, out_notice);
}
