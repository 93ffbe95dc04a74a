/*
 * What a submission must be (interface section 6): what it came to needs its
 * day, and a number or a reason goes with one status only. Read by the import and
 * by the desk. Pure.
 */
#ifndef TRACEDESK_CORE_SUBMISSION_H
#define TRACEDESK_CORE_SUBMISSION_H

#include "core/columns.h"

/* The values of a submission by field, as column_accept gives them; "" for what is not there. */
struct submission_text {
	const char *field[SUBMISSION_FIELD_COUNT];
};

/* Fills a record made by submission_init. */
void submission_fill(struct submission *submission, const struct submission_text *text);

/* A problem: why goes on after the column's name. */
typedef void submission_problem(void *context, const char *column, const char *why);
/* Reports what cannot be, of a submission filled from the text. */
struct submission_check {
	const char *today;
	submission_problem *problem;
	void *context;
};
void submission_check(const struct submission *submission, const struct submission_text *text,
	const struct submission_check *check);

#endif
