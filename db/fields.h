/*
 * The columns of a request (interface section 5) as lists, read by the tables,
 * the import, the forms and the checks.
 */
#ifndef TRACEDESK_DB_FIELDS_H
#define TRACEDESK_DB_FIELDS_H

enum { DAY_SIZE = 11, REFERENCE_SIZE = 48, NAME_SIZE = 65, CODE_SIZE = 40 };

/* What a column of a request holds. */
enum field_kind {
	FIELD_TEXT,   /* one line or several, as written */
	FIELD_DAY,    /* YYYY-MM-DD */
	FIELD_MONTH,  /* YYYY or YYYY-MM */
	FIELD_CODE,   /* one code of a set */
	FIELD_YES_NO, /* yes, no */
	FIELD_LIST,   /* codes or words parted by ; */
	FIELD_NUMBER, /* NHS number: ten digits, kept without blanks */
};

/* clang-format off */

/* Columns of interface section 5: X(constant, column, kind, code set or "", most characters, label).
   Each is kept as the text that was typed: "" is not entered yet, "-" is not on the form. */
#define REQUEST_FIELDS(X) \
	X(FIELD_REQUESTER_REFERENCE, requester_reference, FIELD_TEXT, "", 100, "Their reference") \
	X(FIELD_RECEIVED, received, FIELD_DAY, "", 10, "Received") \
	X(FIELD_CHANNEL, channel, FIELD_CODE, "channel", 32, "Came by") \
	X(FIELD_SERVICE, service, FIELD_CODE, "service", 32, "Service") \
	X(FIELD_ORGANISATION, organisation, FIELD_TEXT, "", 200, "Organisation") \
	X(FIELD_ORGANISATION_KIND, organisation_kind, FIELD_CODE, "organisation_kind", 32, "Kind of organisation") \
	X(FIELD_REQUESTER_NAME, requester_name, FIELD_TEXT, "", 200, "Requester") \
	X(FIELD_REQUESTER_RANK, requester_rank, FIELD_TEXT, "", 100, "Requester's rank") \
	X(FIELD_REQUESTER_NUMBER, requester_number, FIELD_TEXT, "", 60, "Requester's number") \
	X(FIELD_REQUESTER_EMAIL, requester_email, FIELD_TEXT, "", 254, "Requester's e-mail") \
	X(FIELD_REQUESTER_TELEPHONE, requester_telephone, FIELD_TEXT, "", 60, "Requester's telephone") \
	X(FIELD_REQUESTER_ADDRESS, requester_address, FIELD_TEXT, "", 500, "Requester's address") \
	X(FIELD_REQUESTER_STATION, requester_station, FIELD_TEXT, "", 200, "Station") \
	X(FIELD_REQUESTER_SIGNED, requester_signed, FIELD_DAY, "", 10, "Signed") \
	X(FIELD_IDENTITY_CHECKED, identity_checked, FIELD_CODE, "identity_checked", 32, "Sender checked") \
	X(FIELD_COUNTERSIGNER_NAME, countersigner_name, FIELD_TEXT, "", 200, "Countersigner") \
	X(FIELD_COUNTERSIGNER_RANK, countersigner_rank, FIELD_TEXT, "", 100, "Countersigner's rank") \
	X(FIELD_COUNTERSIGNER_NUMBER, countersigner_number, FIELD_TEXT, "", 60, "Countersigner's number") \
	X(FIELD_COUNTERSIGNER_ORGANISATION, countersigner_organisation, FIELD_TEXT, "", 200, "Countersigner's organisation") \
	X(FIELD_COUNTERSIGNED, countersigned, FIELD_DAY, "", 10, "Countersigned") \
	X(FIELD_LEGAL_BASIS, legal_basis, FIELD_CODE, "legal_basis", 32, "Legal basis") \
	X(FIELD_PURPOSE, purpose, FIELD_CODE, "purpose", 32, "Purpose") \
	X(FIELD_NECESSITY, necessity, FIELD_TEXT, "", 4000, "Why it is necessary") \
	X(FIELD_OFFENCE, offence, FIELD_TEXT, "", 500, "Offence") \
	X(FIELD_SUBJECT_ROLE, subject_role, FIELD_CODE, "subject_role", 32, "Subject's role") \
	X(FIELD_COURT, court, FIELD_TEXT, "", 200, "Court") \
	X(FIELD_COURT_CASE, court_case, FIELD_TEXT, "", 100, "Case number") \
	X(FIELD_COURT_ORDER_KIND, court_order_kind, FIELD_CODE, "court_order_kind", 32, "Kind of order") \
	X(FIELD_COURT_ORDER_DATE, court_order_date, FIELD_DAY, "", 10, "Order made") \
	X(FIELD_SEALED_COPY_SEEN, sealed_copy_seen, FIELD_YES_NO, "", 3, "Sealed copy seen") \
	X(FIELD_WARRANT_REFERENCE, warrant_reference, FIELD_TEXT, "", 100, "Warrant reference") \
	X(FIELD_PANEL_DECISION, panel_decision, FIELD_CODE, "panel_decision", 32, "Panel's decision") \
	X(FIELD_RECIPIENT, recipient, FIELD_CODE, "recipient", 32, "Recipient") \
	X(FIELD_RETURN_ROUTE, return_route, FIELD_TEXT, "", 100, "Return route") \
	X(FIELD_NEEDED_BY, needed_by, FIELD_DAY, "", 10, "Needed by") \
	X(FIELD_SAFEGUARDING, safeguarding, FIELD_YES_NO, "", 3, "Safeguarding") \
	X(FIELD_ITEMS, items, FIELD_LIST, "item", 500, "Asks for") \
	X(FIELD_NOTE, note, FIELD_TEXT, "", 4000, "Note")

#define SUBJECT_FIELDS(X) \
	X(FIELD_SUBJECT_SURNAME, subject_surname, FIELD_TEXT, "", 200, "Surname") \
	X(FIELD_SUBJECT_FORENAMES, subject_forenames, FIELD_TEXT, "", 200, "Forenames") \
	X(FIELD_SUBJECT_ALIASES, subject_aliases, FIELD_TEXT, "", 500, "Other names") \
	X(FIELD_SUBJECT_DOB, subject_dob, FIELD_DAY, "", 10, "Born") \
	X(FIELD_SUBJECT_DOB_APPROX, subject_dob_approx, FIELD_MONTH, "", 7, "Born about") \
	X(FIELD_SUBJECT_SEX, subject_sex, FIELD_CODE, "subject_sex", 32, "Sex") \
	X(FIELD_SUBJECT_ADDRESS, subject_address, FIELD_TEXT, "", 500, "Address") \
	X(FIELD_SUBJECT_POSTCODE, subject_postcode, FIELD_TEXT, "", 10, "Postcode") \
	X(FIELD_NHS_NUMBER, nhs_number, FIELD_NUMBER, "", 12, "NHS number")

/* History only: what an older system decided. trace_code belongs to the subject. */
#define HISTORY_FIELDS(X) \
	X(FIELD_OUTCOME, outcome, FIELD_CODE, "outcome", 32, "Outcome") \
	X(FIELD_DECIDED, decided, FIELD_DAY, "", 10, "Decided") \
	X(FIELD_DECIDED_BY, decided_by, FIELD_TEXT, "", 200, "Decided by") \
	X(FIELD_REVIEWED_BY, reviewed_by, FIELD_TEXT, "", 200, "Reviewed by") \
	X(FIELD_REASONS, reasons, FIELD_LIST, "reason", 500, "Reasons") \
	X(FIELD_RELEASED, released, FIELD_LIST, "item", 500, "Released")

/* clang-format on */

/* clang-format off */

/* What a trace found, a subject: kept sealed, printed in the letter if released. Values is one JSON
   object item → text. The desk keeps the surname folded for finding the same person again. */
#define TRACE_FIELDS(X) \
	X(FIELD_TRACE_CODE, trace_code, FIELD_CODE, "trace_code", 32, "Trace answer") \
	X(FIELD_MATCHED_ON, matched_on, FIELD_LIST, "matched_on", 500, "Matched on") \
	X(FIELD_S_FLAG, s_flag, FIELD_YES_NO, "", 3, "S-flagged") \
	X(FIELD_IDENTITY_CHANGED, identity_changed, FIELD_YES_NO, "", 3, "Changed identity") \
	X(FIELD_VALUES, found_values, FIELD_TEXT, "", 8000, "Found") \
	X(FIELD_FOLDED_SURNAME, folded_surname, FIELD_TEXT, "", 800, "Surname folded")

/* clang-format on */

#define RECORD_FIELD_ID(constant, ...) constant,
enum request_field {
	REQUEST_FIELDS(RECORD_FIELD_ID) HISTORY_FIELDS(RECORD_FIELD_ID) REQUEST_FIELD_COUNT
};
enum subject_field {
	SUBJECT_FIELDS(RECORD_FIELD_ID) TRACE_FIELDS(RECORD_FIELD_ID) SUBJECT_FIELD_COUNT
};
enum { REQUEST_INTAKE_COUNT = FIELD_NOTE + 1 };

#endif
