/*
 * Who may do what (interface.md sections 2 and 3): one table. The desk asks it
 * before everything it does; help and screens read it too.
 */
#ifndef TRACEDESK_CORE_DESK_RIGHTS_H
#define TRACEDESK_CORE_DESK_RIGHTS_H

#include <stdbool.h>
#include <stddef.h>

/* What a person does, by the command's name. */
enum deed {
	DEED_USER_LIST,
	DEED_USER_ADD,
	DEED_USER_ROLE,
	DEED_USER_DISABLE,
	DEED_USER_ENABLE,
	DEED_USER_RESET,
	DEED_USER_UNLOCK,
	DEED_PASSWD,
	DEED_DRAFT, /* of no command: the screens keep it when they lock */
	DEED_SERVICE_LIST,
	DEED_IMPORT_REQUESTS,
	DEED_IMPORT_DBSB,
	DEED_REQUEST_LIST,
	DEED_REQUEST_SHOW,
	DEED_REQUEST_ADD,
	DEED_REQUEST_EDIT,
	DEED_REQUEST_JUDGE,
	DEED_REQUEST_ASSIGN,
	DEED_REQUEST_HOLD,
	DEED_REQUEST_RESUME,
	DEED_REQUEST_QUERY,
	DEED_REQUEST_ANSWER,
	DEED_REQUEST_ACCEPT,
	DEED_REQUEST_REJECT,
	DEED_REQUEST_TRACE,
	DEED_REQUEST_NO_TRACE,
	DEED_REQUEST_GUARDIAN,
	DEED_REQUEST_REVIEW,
	DEED_REQUEST_WITHDRAW,
	DEED_REQUEST_CORRECT,
	DEED_REQUEST_NOTE,
	DEED_REQUEST_LINK,
	DEED_REQUEST_INCIDENT,
	DEED_REQUEST_RESUBMIT,
	DEED_REQUEST_LETTER,
	DEED_REQUEST_SENT,
	DEED_REQUEST_ATTACH,
	DEED_REQUEST_FILES,
	DEED_REQUEST_EXTRACT,
	DEED_REQUEST_CHECK,
	DEED_REQUEST_HISTORY,
	DEED_REQUEST_COUNT,
	DEED_REQUEST_EXPORT,
	DEED_SERVICE_SET,
	DEED_RULE_LIST,
	DEED_RULE_SHOW,
	DEED_RULE_SET,
	DEED_RULE_TRY,
	DEED_ORGANISATION_LIST,
	DEED_ORGANISATION_SET,
	DEED_HOLIDAY_LOAD,
	DEED_LETTERHEAD_SHOW,
	DEED_LETTERHEAD_SET,
	DEED_DBSB_LIST,
	DEED_DBSB_SHOW,
	DEED_DBSB_RECEIVE,
	DEED_DBSB_REJECT,
	DEED_DBSB_WITHDRAW,
	DEED_DBSB_PROCESS,
	DEED_DBSB_CORRECT,
	DEED_FIGURES,
	DEED_MONTH_LIST,
	DEED_MONTH_CLOSE,
	DEED_MONTH_REVISE,
	DEED_RELEASE_LIST,
	DEED_AUDIT_VERIFY,
	DEED_AUDIT_LOG,
	DEED_AUDIT_CHECKPOINT,
	DEED_AUDIT_EXPORT,
	DEED_STORE_INFO,
	DEED_STORE_CHECK,
	DEED_STORE_REKEY,
	DEED_STORE_COMPACT,
	DEED_STORE_RESTORE,
	DEED_COUNT
};

const char *deed_name(enum deed deed);
/* roles: of enum role, or-ed. */
bool deed_is_allowed(enum deed deed, unsigned roles);
/* "caseworker, supervisor, auditor" for a set of roles. */
void roles_text(unsigned roles, char *out_text, size_t size);
/* The same in a sentence: "supervisors", "caseworkers, supervisors and auditors"; of one person "a
   caseworker". */
void roles_words(unsigned roles, bool is_one, char *out_text, size_t size);
/* The roles that may do the deed, of enum role, or-ed. */
unsigned deed_roles(enum deed deed);
/* Who may do what a command does, as roles_text; false when it needs no log-in. */
bool right_who(const char *command, char *out_who, size_t size);

#endif
