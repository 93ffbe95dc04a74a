/*
 * What the two kinds of intake share: the state of a file being read, and how a
 * problem is reported. For core/intake*.c only.
 */
#ifndef TRACEDESK_CORE_INTAKE_PRIVATE_H
#define TRACEDESK_CORE_INTAKE_PRIVATE_H

#include "core/columns.h"
#include "core/intake.h"

/* What differs between requests and submissions. */
struct intake_kind {
	const struct column *(*column_find)(const char *name);
	const char *required[3]; /* columns the header must have; ends with NULL */
	/* A row; values in header order, NULL for a cell that was refused; values NULL when its
	   cells do not fit the header. */
	void (*row)(struct intake *intake, char **values);
	/* The end of the file, or NULL. */
	void (*end)(struct intake *intake);
};

/* A form being gathered from its rows. */
struct intake_form {
	bool is_open;
	bool is_bad;
	int64_t line;
	struct request request;
};

struct intake {
	struct intake_options options;
	const struct intake_kind *kind;
	intake_request *request;
	intake_submission *submission;
	intake_problem *problem;
	void *context;
	struct csv_reader *reader;
	const struct column **header; /* NULL until it is read */
	size_t header_count;
	int64_t rows;
	int64_t line;	  /* where the row being read starts */
	bool row_is_bad;  /* a problem was found in it */
	int64_t problems; /* all that were found */
	enum intake_status status;
	char message[512];
	void *references; /* seen in this file: a tree of tsearch(3) */
	struct intake_form form;
};

struct intake *intake_new(const struct intake_options *options, const struct intake_kind *kind,
	intake_problem *problem, void *context);
/* Reports a problem of the row being read. */
void intake_refuse(struct intake *intake, const char *column, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Refuses a reference ("" is none) that stood in an earlier row. */
void intake_check_reference(struct intake *intake, const char *reference);
/* Refuses a day after today; "" is none. */
void intake_check_past(struct intake *intake, const char *column, const char *day);
/* Refuses a day in a closed month. */
void intake_check_open(struct intake *intake, const char *column, const char *day);

#endif
