/*
 * Files to import: the first byte chooses how they are read, the rest is the
 * file.
 */
#include <string.h>

#include "core/calendar.h"
#include "core/intake.h"
#include "tests/fuzz/fuzz.h"

struct seen {
	int64_t rows;
	int problems;
};

void fuzz_start(void)
{
}

static void on_problem(void *context, int64_t line, const char *column, const char *why)
{
	struct seen *seen = context;

	(void)column;
	fuzz_must(line >= 1 && why[0] != '\0', "a problem has its line and its sentence");
	seen->problems++;
}

static bool on_request(void *context, int64_t line, struct request *request)
{
	struct seen *seen = context;

	fuzz_must(line > 1, "a request has its line");
	fuzz_must(day_is_valid(request->field[FIELD_RECEIVED]), "and the day it came");
	seen->rows++;
	return true;
}

static bool on_submission(void *context, int64_t line, struct submission *submission)
{
	struct seen *seen = context;

	fuzz_must(line > 1, "a submission has its line");
	fuzz_must(submission->single_match <= submission->transactions, "no more matches than all");
	seen->rows++;
	return true;
}

void fuzz_input(const uint8_t *bytes, size_t size)
{
	uint8_t how = size ? bytes[0] : 0;
	const struct intake_options options = { .delimiter = how & 1 ? ';' : ',',
		.dates_dmy = (how & 2) != 0,
		.charset_cp1252 = (how & 4) != 0,
		.today = "2021-01-04",
		.cut_over = "2021-01-04",
		.closed_to = how & 8 ? "2020-06" : "" };
	struct seen seen = { 0 };
	struct intake *intake =
		how & 16 ? intake_submissions_new(&options, on_submission, on_problem, &seen)
			 : intake_requests_new(&options, on_request, on_problem, &seen);
	enum intake_status status = INTAKE_OK;

	/* In two parts: a file comes in pieces. */
	if (size > 1)
		status = intake_feed(intake, (const char *)bytes + 1, (size - 1) / 2);
	if (size > 1 && status == INTAKE_OK)
		status = intake_feed(intake, (const char *)bytes + 1 + (size - 1) / 2,
			size - 1 - (size - 1) / 2);
	if (status == INTAKE_OK)
		status = intake_finish(intake);
	fuzz_must(status == INTAKE_OK || status == INTAKE_BAD_ROWS ||
			  intake_message(intake)[0] != '\0',
		"why a file is not taken is said");
	fuzz_must(seen.problems <= INTAKE_MOST_PROBLEMS, "a hundred problems at most");
	fuzz_must((status == INTAKE_BAD_ROWS) == (seen.problems > 0) || status > INTAKE_BAD_ROWS,
		"bad rows are told of, good ones not");
	intake_free(intake);
}
