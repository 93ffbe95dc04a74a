/*
 * From rows of a CSV file to requests and submissions: names of columns, values
 * checked one by one, rows of one form gathered, every problem with its line.
 * Pure: files are read by the desk, which feeds pieces.
 */
#ifndef TRACEDESK_CORE_INTAKE_H
#define TRACEDESK_CORE_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/csv.h"
#include "db/records.h"

enum intake_status {
	INTAKE_OK,
	INTAKE_BAD_ROWS, /* exit 1: problems were reported */
	INTAKE_BAD_FILE, /* exit 1: quoting, long line */
	INTAKE_COLUMNS,	 /* exit 2: unknown, missing or doubled column, empty file */
	INTAKE_NOT_UTF8, /* exit 6 */
	INTAKE_STOPPED,	 /* a record function said stop */
};

enum { INTAKE_MOST_PROBLEMS = 100 };

struct intake_options {
	char delimiter;
	bool dates_dmy;
	bool charset_cp1252;
	const char *today;     /* nothing may be later than that */
	const char *cut_over;  /* history only up to that day */
	const char *closed_to; /* last closed month YYYY-MM, or "" */
};

/* A problem: line 1 is the header; column may be "". */
typedef void intake_problem(void *context, int64_t line, const char *column, const char *why);
/* A good request (borrowed); line where its first row starts. False stops. */
typedef bool intake_request(void *context, int64_t line, struct request *request);
typedef bool intake_submission(void *context, int64_t line, struct submission *submission);

struct intake;

struct intake *intake_requests_new(const struct intake_options *options, intake_request *request,
	intake_problem *problem, void *context);
struct intake *intake_submissions_new(const struct intake_options *options,
	intake_submission *submission, intake_problem *problem, void *context);
enum intake_status intake_feed(struct intake *intake, const char *bytes, size_t size);
enum intake_status intake_finish(struct intake *intake);
/* The sentence for INTAKE_BAD_FILE, INTAKE_COLUMNS and INTAKE_NOT_UTF8. */
const char *intake_message(const struct intake *intake);
int64_t intake_rows(const struct intake *intake);
void intake_free(struct intake *intake);

#endif
