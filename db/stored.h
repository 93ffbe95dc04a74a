/*
 * The enums that are stored, each from one list: its constant, the number in
 * the store, the code of the interface, the name people see. Numbers are never
 * used again for something else.
 */
#ifndef TRACEDESK_DB_STORED_H
#define TRACEDESK_DB_STORED_H

/* clang-format off */

/* Stored enums: X(constant, stored number, code of the interface, name shown). */
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
	X(EVENT_EXPORTED, 14, "exported", "export written") \
	X(EVENT_REQUEST_ADDED, 15, "request_added", "receipt logged") \
	X(EVENT_REQUEST_EDITED, 16, "request_edited", "receipt edited") \
	X(EVENT_REQUEST_JUDGED, 17, "request_judged", "check judged") \
	X(EVENT_REQUEST_ASSIGNED, 18, "request_assigned", "receipt assigned") \
	X(EVENT_REQUEST_HELD, 19, "request_held", "receipt held") \
	X(EVENT_REQUEST_RESUMED, 20, "request_resumed", "receipt resumed") \
	X(EVENT_REQUEST_ACCEPTED, 21, "request_accepted", "receipt accepted") \
	X(EVENT_EXCEPTION_PROPOSED, 22, "exception_proposed", "exception proposed") \
	X(EVENT_REJECTION_PROPOSED, 23, "rejection_proposed", "rejection proposed") \
	X(EVENT_REQUEST_TRACED, 24, "request_traced", "trace recorded") \
	X(EVENT_REQUEST_NOT_TRACED, 25, "request_not_traced", "no trace recorded") \
	X(EVENT_GUARDIAN_DECIDED, 26, "guardian_decided", "Caldicott Guardian's decision recorded") \
	X(EVENT_REVIEW_CONFIRMED, 27, "review_confirmed", "proposal confirmed") \
	X(EVENT_REVIEW_RETURNED, 28, "review_returned", "proposal returned") \
	X(EVENT_REQUEST_WITHDRAWN, 29, "request_withdrawn", "receipt withdrawn") \
	X(EVENT_WITHDRAWAL_PROPOSED, 30, "withdrawal_proposed", "withdrawal proposed") \
	X(EVENT_NOTE_ADDED, 31, "note_added", "note added") \
	X(EVENT_RULE_SET, 32, "rule_set", "rule changed") \
	X(EVENT_SERVICE_SET, 33, "service_set", "service changed") \
	X(EVENT_ORGANISATION_SET, 34, "organisation_set", "organisation changed") \
	X(EVENT_COUNTED, 35, "counted", "receipts counted by words") \
	X(EVENT_CHECKED, 36, "checked", "checks shown") \
	X(EVENT_HISTORY_SHOWN, 37, "history_shown", "history shown") \
	X(EVENT_REQUEST_QUERIED, 38, "request_queried", "sender asked") \
	X(EVENT_REQUEST_ANSWERED, 39, "request_answered", "answer taken in") \
	X(EVENT_LINKED, 40, "linked", "receipts linked") \
	X(EVENT_INCIDENT_RECORDED, 41, "incident_recorded", "incident recorded") \
	X(EVENT_RESUBMITTED, 42, "resubmitted", "sent in again as a new receipt") \
	X(EVENT_CORRECTION_PROPOSED, 43, "correction_proposed", "correction proposed") \
	X(EVENT_LETTER_PRINTED, 44, "letter_printed", "letter printed") \
	X(EVENT_LETTER_SENT, 45, "letter_sent", "letter sent") \
	X(EVENT_USER_ROLES_SET, 46, "user_roles_set", "person's roles changed") \
	X(EVENT_USER_DISABLED, 47, "user_disabled", "person disabled") \
	X(EVENT_USER_ENABLED, 48, "user_enabled", "person enabled") \
	X(EVENT_USER_RESET, 49, "user_reset", "person's password and keys renewed") \
	X(EVENT_USER_UNLOCKED, 50, "user_unlocked", "person's lock-out ended") \
	X(EVENT_HOLIDAYS_LOADED, 51, "holidays_loaded", "bank holidays loaded") \
	X(EVENT_FILE_ATTACHED, 52, "file_attached", "file attached") \
	X(EVENT_FILE_VIEWED, 53, "file_viewed", "file viewed") \
	X(EVENT_FILE_EXTRACTED, 54, "file_extracted", "file extracted") \
	X(EVENT_REQUESTS_EXPORTED, 55, "requests_exported", "receipts exported") \
	X(EVENT_RULE_TRIED, 56, "rule_tried", "rule tried") \
	X(EVENT_BRIEFING_SHOWN, 57, "briefing_shown", "briefing shown") \
	X(EVENT_LETTERHEAD_SET, 58, "letterhead_set", "letterhead changed") \
	X(EVENT_LETTER_SHOWN, 59, "letter_shown", "letter shown on the screen") \
	X(EVENT_LOG_SEARCHED, 60, "log_searched", "audit log read") \
	X(EVENT_TRAIL_EXPORTED, 61, "trail_exported", "audit log exported") \
	X(EVENT_CHECKPOINT_MADE, 62, "checkpoint_made", "checkpoint made") \
	X(EVENT_SUBMISSION_RECEIVED, 63, "submission_received", "submission received") \
	X(EVENT_SUBMISSION_REJECTED, 64, "submission_rejected", "submission rejected") \
	X(EVENT_SUBMISSION_WITHDRAWN, 65, "submission_withdrawn", "submission withdrawn") \
	X(EVENT_SUBMISSION_PROCESSED, 66, "submission_processed", "submission processed") \
	X(EVENT_SUBMISSION_CORRECTED, 67, "submission_corrected", "submission corrected") \
	X(EVENT_MONTH_CLOSED, 68, "month_closed", "month closed") \
	X(EVENT_MONTH_REVISED, 69, "month_revised", "month revised") \
	X(EVENT_HEAD_MADE, 71, "head_made", "the store's -head made again") \
	X(EVENT_STORE_RESTORED, 72, "store_restored", "store restored from a backup") \
	X(EVENT_STORE_REKEYED, 73, "store_rekeyed", "store sealed under new keys") \
	X(EVENT_STORE_COMPACTED, 74, "store_compacted", "store compacted") \
	X(EVENT_STORE_RECOVERED, 75, "store_recovered", "administrator let in by the recovery code") \
	X(EVENT_WORDS_MADE, 77, "words_made", "the index of words made again")

#define DECISION_KINDS(X) \
	X(DECISION_EXCEPTION, 1, "exception", "exception") \
	X(DECISION_REJECTION, 2, "rejection", "rejection") \
	X(DECISION_RELEASE, 3, "release", "release") \
	X(DECISION_WITHDRAWAL, 4, "withdrawal", "withdrawal") \
	X(DECISION_ACCEPTANCE, 5, "acceptance", "acceptance") \
	X(DECISION_TRACE, 6, "trace", "trace") \
	X(DECISION_NO_TRACE, 7, "no_trace", "no trace") \
	X(DECISION_GUARDIAN, 8, "guardian", "Caldicott Guardian's decision") \
	X(DECISION_CORRECTION, 9, "correction", "correction")

#define DECISION_RESULTS(X) \
	X(DECISION_OPEN, 1, "open", "waits for review") \
	X(DECISION_STANDS, 2, "stands", "stands") \
	X(DECISION_RETURNED, 3, "returned", "returned") \
	X(DECISION_DROPPED, 4, "dropped", "dropped")

#define NOTE_KINDS(X) \
	X(NOTE_PLAIN, 1, "note", "note") \
	X(NOTE_HOLD, 2, "hold", "why it is held") \
	X(NOTE_QUERY, 3, "query", "what was asked") \
	X(NOTE_ANSWER, 4, "answer", "what was answered") \
	X(NOTE_RETURN, 5, "return", "why it was returned") \
	X(NOTE_REASON, 6, "reason", "reason given") \
	X(NOTE_INCIDENT, 7, "incident", "incident")

#define LETTER_KINDS(X) \
	X(LETTER_QUERY, 1, "query", "query") \
	X(LETTER_REJECTION, 2, "rejection", "rejection") \
	X(LETTER_NO_TRACE, 3, "no_trace", "no trace") \
	X(LETTER_RELEASE, 4, "release", "release")

/* The queues of the work screen. */
#define QUEUES(X) \
	X(QUEUE_MINE, 1, "mine", "Mine") \
	X(QUEUE_UNASSIGNED, 2, "unassigned", "Unassigned") \
	X(QUEUE_WAITING, 3, "waiting", "Waiting") \
	X(QUEUE_REVIEW, 4, "to_review", "To review") \
	X(QUEUE_RELEASES, 5, "to_check", "To check") \
	X(QUEUE_TO_SEND, 6, "to_send", "To send") \
	X(QUEUE_CLOSED, 7, "closed", "Closed")

/* clang-format on */

#define RECORD_ENUM_VALUE(constant, number, code, name) constant = number,
enum request_state { REQUEST_STATES(RECORD_ENUM_VALUE) };
enum role { ROLES(RECORD_ENUM_VALUE) };
enum submission_status { SUBMISSION_STATUSES(RECORD_ENUM_VALUE) };
enum event_kind { EVENT_KINDS(RECORD_ENUM_VALUE) };
enum decision_kind { DECISION_KINDS(RECORD_ENUM_VALUE) };
enum decision_result { DECISION_RESULTS(RECORD_ENUM_VALUE) };
enum note_kind { NOTE_KINDS(RECORD_ENUM_VALUE) };
enum letter_kind { LETTER_KINDS(RECORD_ENUM_VALUE) };
enum queue { QUEUES(RECORD_ENUM_VALUE) };

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
const char *decision_kind_code(int kind);
const char *decision_kind_name(int kind);
const char *decision_result_name(int result);
const char *note_kind_code(int kind);
const char *note_kind_name(int kind);
const char *letter_kind_code(int kind);
const char *letter_kind_name(int kind);
const char *queue_code(int queue);
const char *queue_name(int queue);

#endif
