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

/* The texts are borrowed until intake_free. */
struct intake_options {
	char delimiter; /* csv_delimiter_is_fit */
	bool dates_dmy;
	bool charset_cp1252;
	const char *today;     /* nothing was received, decided or completed later than that */
	const char *cut_over;  /* history only up to that day */
	const char *closed_to; /* last closed month YYYY-MM, or "" */
};

/* A problem: line 1 is the header; column may be "". Called at most INTAKE_MOST_PROBLEMS times. */
typedef void intake_problem(void *context, int64_t line, const char *column, const char *why);
/* A good request (borrowed); line where its first row starts. False stops. Good ones are handed out
   after a problem, too, so that the caller can find problems of its own. */
typedef bool intake_request(void *context, int64_t line, struct request *request);
typedef bool intake_submission(void *context, int64_t line, struct submission *submission);

struct intake;

struct intake *intake_requests_new(const struct intake_options *options, intake_request *request,
	intake_problem *problem, void *context);
struct intake *intake_submissions_new(const struct intake_options *options,
	intake_submission *submission, intake_problem *problem, void *context);
/* INTAKE_OK, or why nothing more is read. */
enum intake_status intake_feed(struct intake *intake, const char *bytes, size_t size);
/* Hands out the last form; how it all ended. */
enum intake_status intake_finish(struct intake *intake);
/* "WHY; WHAT TO DO" for INTAKE_BAD_ROWS (how many), _BAD_FILE, _COLUMNS and _NOT_UTF8; else "". */
const char *intake_message(const struct intake *intake);
int64_t intake_rows(const struct intake *intake);
void intake_free(struct intake *intake);

#endif
