/*
 * The records: one plain struct a table and the enums that are stored, each
 * from one list. The store fills them, the desk and the screens work on them;
 * there is no second set. Texts are UTF-8, owned by the record, freed (and
 * wiped) by its _clear. Days are "YYYY-MM-DD" in Europe/London; moments are
 * seconds since 1970 in UTC.
 */
#ifndef TRACEDESK_DB_RECORDS_H
#define TRACEDESK_DB_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/memory.h"

enum { DAY_SIZE = 11, REFERENCE_SIZE = 48, NAME_SIZE = 65, CODE_SIZE = 33 };

/* clang-format off */

/* Stored enums: X(constant, stored number, code of the interface, name shown). Numbers are never
   used again for something else. */
#define REQUEST_STATES(X) \
	X(STATE_RECEIVED, 1, "received", "received") \
	X(STATE_IN_TRIAGE, 2, "in_triage", "in triage") \
	X(STATE_HELD, 3, "held", "held") \
	X(STATE_AWAITING_INFORMATION, 4, "awaiting_information", "waiting for an answer") \
	X(STATE_EXCEPTION_PROPOSED, 5, "exception_proposed", "exception proposed") \
	X(STATE_ACCEPTED, 6, "accepted", "accepted") \
	X(STATE_GUARDIAN_PENDING, 7, "guardian_pending", "with the Caldicott Guardian") \
	X(STATE_RELEASE_PROPOSED, 8, "release_proposed", "release to check") \
	X(STATE_REJECTION_PROPOSED, 9, "rejection_proposed", "rejection proposed") \
	X(STATE_WITHDRAWAL_PROPOSED, 10, "withdrawal_proposed", "withdrawal proposed") \
	X(STATE_REJECTED, 11, "rejected", "Rejected") \
	X(STATE_APPROVED_TRACE, 12, "approved_trace", "Approved - Trace") \
	X(STATE_APPROVED_NO_TRACE, 13, "approved_no_trace", "Approved - No Trace") \
	X(STATE_WITHDRAWN, 14, "withdrawn", "withdrawn")

#define ROLES(X) \
	X(ROLE_CASEWORKER, 1, "caseworker", "caseworker") \
	X(ROLE_SUPERVISOR, 2, "supervisor", "supervisor") \
	X(ROLE_AUDITOR, 4, "auditor", "auditor") \
	X(ROLE_ADMINISTRATOR, 8, "administrator", "administrator")

#define SUBMISSION_STATUSES(X) \
	X(SUBMISSION_RECEIVED, 1, "received", "received") \
	X(SUBMISSION_REJECTED, 2, "rejected", "rejected") \
	X(SUBMISSION_WITHDRAWN, 3, "withdrawn", "withdrawn") \
	X(SUBMISSION_PROCESSED, 4, "processed", "processed")

#define EVENT_KINDS(X) \
	X(EVENT_STORE_CREATED, 1, "store_created", "store made") \
	X(EVENT_LOGIN, 2, "login", "logged in") \
	X(EVENT_LOGIN_FAILED, 3, "login_failed", "log-in failed") \
	X(EVENT_LOGIN_LOST, 4, "login_lost", "failed log-ins overwritten") \
	X(EVENT_REFUSED, 5, "refused", "refused") \
	X(EVENT_USER_ADDED, 6, "user_added", "person added") \
	X(EVENT_PASSWORD_CHANGED, 7, "password_changed", "password changed") \
	X(EVENT_REQUEST_IMPORTED, 8, "request_imported", "receipt imported") \
	X(EVENT_SUBMISSION_IMPORTED, 9, "submission_imported", "submission imported") \
	X(EVENT_FILE_IMPORTED, 10, "file_imported", "file imported") \
	X(EVENT_REQUEST_OPENED, 11, "request_opened", "receipt opened") \
	X(EVENT_SUBMISSION_OPENED, 12, "submission_opened", "submission opened") \
	X(EVENT_SEARCHED, 13, "searched", "search by words") \
	X(EVENT_EXPORTED, 14, "exported", "export written")

/* clang-format on */

#define RECORD_ENUM_VALUE(constant, number, code, name) constant = number,
enum request_state { REQUEST_STATES(RECORD_ENUM_VALUE) };
enum role { ROLES(RECORD_ENUM_VALUE) };
enum submission_status { SUBMISSION_STATUSES(RECORD_ENUM_VALUE) };
enum event_kind { EVENT_KINDS(RECORD_ENUM_VALUE) };

/* The code and the shown name of a stored number; NULL for a number that is none of them. The
   _from functions give 0 for an unknown code. */
const char *request_state_code(int state);
const char *request_state_name(int state);
int request_state_from(const char *code);
const char *role_code(int role);
int role_from(const char *code);
const char *submission_status_code(int status);
int submission_status_from(const char *code);
const char *event_kind_code(int kind);
const char *event_kind_name(int kind);
int event_kind_from(const char *code);

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

#define RECORD_FIELD_ID(constant, ...) constant,
enum request_field {
	REQUEST_FIELDS(RECORD_FIELD_ID) HISTORY_FIELDS(RECORD_FIELD_ID) REQUEST_FIELD_COUNT
};
enum subject_field { SUBJECT_FIELDS(RECORD_FIELD_ID) FIELD_TRACE_CODE, SUBJECT_FIELD_COUNT };
enum { REQUEST_INTAKE_COUNT = FIELD_NOTE + 1 };

struct subject {
	char *field[SUBJECT_FIELD_COUNT]; /* never NULL once loaded: "" is not entered */
};

/* A receipt: one logged request with its subjects. The field outcome is "" until it is decided. */
struct request {
	int64_t id;
	char reference[REFERENCE_SIZE];
	int64_t version; /* 1 when new, one more with every change */
	enum request_state state;
	bool imported;			  /* history: taken over as an older system decided it */
	char assigned_to[NAME_SIZE];	  /* "" when nobody's */
	char *field[REQUEST_FIELD_COUNT]; /* never NULL once loaded or after request_init */
	struct subject *subjects;
	size_t subject_count;
};

/* Makes an empty record: every field "", no subject. */
void request_init(struct request *request);
void request_clear(struct request *request);
/* Adds an empty subject and returns it (valid until the next is added). */
struct subject *request_add_subject(struct request *request);
/* Replaces a field by a copy of text (NULL is ""). */
void record_set(char **field, const char *text);

/* One line of a list of receipts. */
struct request_row {
	int64_t id;
	char reference[REFERENCE_SIZE];
	char received[DAY_SIZE];
	char decided[DAY_SIZE];
	char needed_by[DAY_SIZE];
	char service[CODE_SIZE];
	char *organisation;
	char *surname; /* of the first subject; "" when none */
	char *forenames;
	int subjects;
	enum request_state state;
	char assigned_to[NAME_SIZE];
	bool safeguarding;
	bool imported;
};
void request_rows_clear(struct request_row *rows, size_t count);

/* A batch file sent to the Demographics Batch Service Bureau. */
struct submission {
	int64_t id;
	char reference[REFERENCE_SIZE];
	char received[DAY_SIZE];
	char completed[DAY_SIZE]; /* "" until rejected, withdrawn or processed */
	char *organisation;
	char *contact_email;
	char *note;
	char reason[CODE_SIZE]; /* "" unless rejected */
	enum submission_status status;
	int64_t transactions; /* records in the file; 0 unless processed */
	int64_t single_match; /* of which so many had one unique match */
};
void submission_init(struct submission *submission);
void submission_clear(struct submission *submission);

struct person {
	int64_t id;
	char name[NAME_SIZE]; /* the log-in name */
	char *full_name;
	unsigned roles; /* of enum role, or-ed */
	bool disabled;
	bool must_change; /* the password is a one-time one */
};
void person_clear(struct person *person);

struct service {
	int64_t id;
	char code[CODE_SIZE];
	char *label;		     /* as the register prints it, without its note */
	int position;		     /* order in the register; 0: not in the register */
	char accepts_from[DAY_SIZE]; /* "" without a first day */
	char accepts_to[DAY_SIZE];   /* last day, "" when open */
	char shown_from[7 + 1];	     /* first month (YYYY-MM) the register shows it, or "" */
	char shown_to[7 + 1];	     /* last month, or "" */
	char held_from[DAY_SIZE];    /* held (under review) from that day, or "" */
	bool suspended;
	char *note;	       /* printed after the label, or "" */
	char note_from[7 + 1]; /* in months from this one on; "" with a note: always */
	char *footnote;	       /* printed once under the figures that show the service, or "" */
};
void service_clear(struct service *service);

/* One step of the trail. Hashes are BLAKE2b-256, the signature Ed25519 (RFC 8032). */
struct event {
	int64_t sequence;
	int64_t time;
	int64_t person; /* 0: nobody (a failed log-in) */
	char person_name[NAME_SIZE];
	unsigned role; /* the roles held then */
	enum event_kind kind;
	char reference[REFERENCE_SIZE]; /* of the receipt or submission, or "" */
	bool is_signed;
};

/* Grouped counts behind the register. */
struct tracing_count {
	char month[8]; /* YYYY-MM of the decision */
	char service[CODE_SIZE];
	enum request_state outcome;
	int64_t count;
};
struct submission_count {
	char month[8];
	int64_t received; /* by day of receipt */
	int64_t rejected; /* these by day of completion */
	int64_t withdrawn;
	int64_t processed;
	int64_t transactions;
	int64_t single_match;
};

/* A published month. */
struct month {
	char month[8];
	bool closed;
	char closed_on[DAY_SIZE];
	int revision; /* 0 while open */
};

#endif
