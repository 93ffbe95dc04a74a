/*
 * The desk's functions about submissions, figures and months.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/core/rights_deeds.h"

enum desk_status deed_dbsb_list(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	const struct submission_page page = { .limit = 5 };
	struct submission *rows;
	size_t count;
	int64_t total;
	enum desk_status status =
		desk_submissions(fixture->desk[who], &page, &rows, &count, notice);

	if (status != DESK_OK)
		return status;
	assert_int_equal(count, 1);
	submission_clear(&rows[0]);
	mem_free(rows);
	return desk_submissions_total(fixture->desk[who], &total, notice);
}

enum desk_status deed_dbsb_show(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	struct submission submission;
	enum desk_status status =
		desk_submission_open(fixture->desk[who], "DB-2021-000001", &submission, notice);

	if (status == DESK_OK)
		submission_clear(&submission);
	return status;
}

enum desk_status deed_dbsb_receive(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	const struct desk_setting setting = { "organisation", "Test Trust" };
	const struct desk_submission_given given = { NULL, &setting, 1, NULL };
	struct submission submission;
	enum desk_status status =
		desk_submission_receive(fixture->desk[who], &given, &submission, notice);

	if (status == DESK_OK)
		submission_clear(&submission);
	return status;
}

/* A new one each time for who may; the others have one that is there. */
static enum desk_status dbsb_end(struct desk_fixture *fixture, enum who who,
	enum submission_status ends, struct notice *notice)
{
	const struct desk_submission_given given = { NULL, NULL, 0, NULL };
	const unsigned workers = ROLE_CASEWORKER | ROLE_SUPERVISOR;
	struct submission received = { .reference = "DB-2021-000001" }, ended;
	struct desk_submission_end end = { .status = ends,
		.reason = ends == SUBMISSION_REJECTED ? "out_of_scope" : NULL };
	enum desk_status status;

	if ((desk_person(fixture->desk[who])->roles & workers) != 0)
		assert_int_equal(
			desk_submission_receive(fixture->desk[who], &given, &received, notice),
			DESK_OK);
	end.reference = received.reference;
	status = desk_submission_end(fixture->desk[who], &end, &ended, notice);
	submission_clear(&received);
	if (status == DESK_OK)
		submission_clear(&ended);
	return status;
}

enum desk_status deed_dbsb_reject(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	return dbsb_end(fixture, who, SUBMISSION_REJECTED, notice);
}

enum desk_status deed_dbsb_withdraw(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	return dbsb_end(fixture, who, SUBMISSION_WITHDRAWN, notice);
}

enum desk_status deed_dbsb_process(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	return dbsb_end(fixture, who, SUBMISSION_PROCESSED, notice);
}

enum desk_status deed_dbsb_correct(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	char note[32];
	const struct desk_setting setting = { "note", note };
	const struct desk_submission_given given = { "DB-2021-000001", &setting, 1, NULL };
	struct submission submission;
	enum desk_status status;

	(void)snprintf(note, sizeof(note), "corrected by %d", (int)who);
	status = desk_submission_correct(fixture->desk[who], &given, &submission, notice);
	if (status == DESK_OK)
		submission_clear(&submission);
	return status;
}

enum desk_status deed_figures(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	struct figures *figures = NULL;
	enum desk_status status = desk_figures(fixture->desk[who],
		&(struct desk_figures_wanted) { .period = "2021-01" }, &figures, notice);

	figures_free(figures);
	return status;
}

enum desk_status deed_months(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	struct month *months = NULL;
	size_t count;
	enum desk_status status = desk_months(fixture->desk[who], &months, &count, notice);

	mem_free(months);
	return status;
}

static bool is_supervisor(struct desk_fixture *fixture, enum who who)
{
	return (desk_person(fixture->desk[who])->roles & ROLE_SUPERVISOR) != 0;
}

/* For who may there is a month to close: something came in it. */
enum desk_status deed_month_close(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	const struct desk_setting setting = { "received", "2020-12-01" };
	const struct desk_submission_given given = { NULL, &setting, 1, NULL };
	struct submission submission;
	struct desk_closing closing;
	enum desk_status status;

	if (is_supervisor(fixture, who)) {
		status = desk_submission_receive(fixture->desk[who], &given, &submission, notice);
		assert_int_equal(status, DESK_OK);
		submission_clear(&submission);
	}
	status = desk_month_close(fixture->desk[who], "2020-12", &closing, notice);
	desk_closing_clear(&closing);
	return status;
}

/* And something to revise it for. */
enum desk_status deed_month_revise(
	struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	const struct desk_setting settings[] = { { "received", "2021-01-04" },
		{ "note", "wrong month" } };
	const struct desk_submission_given given = { "DB-2020-000001", settings, 2, NULL };
	struct submission submission;
	struct desk_closing closing;
	enum desk_status status;

	if (is_supervisor(fixture, who)) {
		status = desk_submission_correct(fixture->desk[who], &given, &submission, notice);
		assert_int_equal(status, DESK_OK);
		submission_clear(&submission);
	}
	status = desk_month_revise(fixture->desk[who], "2020-12", "So.", &closing, notice);
	desk_closing_clear(&closing);
	return status;
}

enum desk_status deed_releases(struct desk_fixture *fixture, enum who who, struct notice *notice)
{
	struct release *list = NULL;
	size_t count = 0;
	enum desk_status status =
		desk_releases(fixture->desk[who], "2021-01", &list, &count, notice);

	releases_clear(list, count);
	mem_free(list);
	return status;
}
