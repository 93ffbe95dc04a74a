/*
 * The columns of a request and a submission as data: names, kinds, code sets,
 * labels, and the one check of a value. Read by import, export, JSON, templates
 * and forms.
 */
#ifndef TRACEDESK_CORE_COLUMNS_H
#define TRACEDESK_CORE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/records.h"

enum column_place {
	COLUMN_REQUEST,	   /* field is an enum request_field */
	COLUMN_SUBJECT,	   /* an enum subject_field */
	COLUMN_HISTORY,	   /* an enum request_field */
	COLUMN_TRACE_CODE, /* FIELD_TRACE_CODE */
	COLUMN_SUBMISSION, /* an enum submission_field */
	COLUMN_FILE,	   /* an enum file_field: in CSV files of requests only */
};

/* clang-format off */

/* Columns of interface section 6, as REQUEST_FIELDS. */
#define SUBMISSION_FIELDS(X) \
	X(SUBMISSION_FIELD_REFERENCE, reference, FIELD_TEXT, "", 40, "Reference") \
	X(SUBMISSION_FIELD_RECEIVED, received, FIELD_DAY, "", 10, "Received") \
	X(SUBMISSION_FIELD_ORGANISATION, organisation, FIELD_TEXT, "", 200, "Organisation") \
	X(SUBMISSION_FIELD_CONTACT_EMAIL, contact_email, FIELD_TEXT, "", 254, "Contact e-mail") \
	X(SUBMISSION_FIELD_STATUS, status, FIELD_CODE, "dbsb_status", 32, "Status") \
	X(SUBMISSION_FIELD_REASON, reason, FIELD_CODE, "dbsb_reason", 32, "Reason") \
	X(SUBMISSION_FIELD_COMPLETED, completed, FIELD_DAY, "", 10, "Completed") \
	X(SUBMISSION_FIELD_TRANSACTIONS, transactions, FIELD_TEXT, "", 13, "Transactions") \
	X(SUBMISSION_FIELD_SINGLE_MATCH, single_match, FIELD_TEXT, "", 13, "Single match") \
	X(SUBMISSION_FIELD_NOTE, note, FIELD_TEXT, "", 4000, "Note")
#define FILE_FIELDS(X) \
	X(FILE_FIELD_REFERENCE, reference, FIELD_TEXT, "", 40, "Reference") \
	X(FILE_FIELD_SAME_FORM, same_form, FIELD_YES_NO, "", 3, "Same form")

/* clang-format on */

enum submission_field { SUBMISSION_FIELDS(RECORD_FIELD_ID) SUBMISSION_FIELD_COUNT };
enum file_field { FILE_FIELDS(RECORD_FIELD_ID) FILE_FIELD_COUNT };

struct column {
	const char *name;
	enum column_place place;
	int field; /* see place */
	enum field_kind kind;
	const char *codes;
	size_t most; /* characters */
	const char *label;
};

/* Requests: the fields of request, subject and history, trace_code last. */
size_t column_count(void);
const struct column *column_at(size_t index);
/* NULL when there is none of that name. */
const struct column *column_find(const char *name);
/* The same for the two columns a CSV of requests has besides (NULL: none of them). */
const struct column *file_column_find(const char *name);
const struct column *submission_column_at(enum submission_field field);
const struct column *submission_column_find(const char *name);

/* Is text a value for the column? "" and "-" always are ("-" not for received, service, reference,
   the history columns and what a submission came to). Gives it normalised (free with mem_free): NHS
   number without blanks and hyphens, postcode in capitals with one blank, days to YYYY-MM-DD when
   dates_dmy, lists without blanks and doubles, line breaks to \n; blanks alone are "". NULL: the
   reason in out_why (it never quotes the value). Items asked for in other words are kept as written
   (items_administrative judges them). */
char *column_accept(const struct column *column, const char *text, bool dates_dmy, char *out_why,
	size_t why_size);
/* A value accepted for transactions or single_match as a number; "" is 0. */
int64_t column_count_value(const char *value);

#endif
