/*
 * The table of rights.
 */
#include "core/desk_rights.h"

#include <stdio.h>
#include <string.h>

#include "db/records.h"

enum {
	EVERYBODY = ROLE_CASEWORKER | ROLE_SUPERVISOR | ROLE_AUDITOR | ROLE_ADMINISTRATOR,
	READERS = ROLE_CASEWORKER | ROLE_SUPERVISOR | ROLE_AUDITOR,
	WORKERS = ROLE_CASEWORKER | ROLE_SUPERVISOR,
	INSPECTORS = ROLE_SUPERVISOR | ROLE_AUDITOR,
};

static const struct right {
	const char *name;
	unsigned roles;
} rights[DEED_COUNT] = {
	[DEED_USER_LIST] = { "user list", ROLE_ADMINISTRATOR },
	[DEED_USER_ADD] = { "user add", ROLE_ADMINISTRATOR },
	[DEED_USER_ROLE] = { "user role", ROLE_ADMINISTRATOR },
	[DEED_USER_DISABLE] = { "user disable", ROLE_ADMINISTRATOR },
	[DEED_USER_ENABLE] = { "user enable", ROLE_ADMINISTRATOR },
	[DEED_USER_RESET] = { "user reset", ROLE_ADMINISTRATOR },
	[DEED_USER_UNLOCK] = { "user unlock", ROLE_ADMINISTRATOR },
	[DEED_PASSWD] = { "passwd", EVERYBODY },
	[DEED_DRAFT] = { "draft", EVERYBODY },
	[DEED_SERVICE_LIST] = { "service list", READERS },
	[DEED_IMPORT_REQUESTS] = { "import requests", ROLE_SUPERVISOR },
	[DEED_IMPORT_DBSB] = { "import dbsb", ROLE_SUPERVISOR },
	[DEED_REQUEST_LIST] = { "request list", READERS },
	[DEED_REQUEST_SHOW] = { "request show", READERS },
	[DEED_REQUEST_ADD] = { "request add", WORKERS },
	[DEED_REQUEST_EDIT] = { "request edit", WORKERS },
	[DEED_REQUEST_JUDGE] = { "request judge", WORKERS },
	[DEED_REQUEST_ASSIGN] = { "request assign", WORKERS },
	[DEED_REQUEST_HOLD] = { "request hold", WORKERS },
	[DEED_REQUEST_RESUME] = { "request resume", WORKERS },
	[DEED_REQUEST_QUERY] = { "request query", WORKERS },
	[DEED_REQUEST_ANSWER] = { "request answer", WORKERS },
	[DEED_REQUEST_ACCEPT] = { "request accept", WORKERS },
	[DEED_REQUEST_REJECT] = { "request reject", WORKERS },
	[DEED_REQUEST_TRACE] = { "request trace", WORKERS },
	[DEED_REQUEST_NO_TRACE] = { "request no-trace", WORKERS },
	[DEED_REQUEST_GUARDIAN] = { "request guardian", ROLE_SUPERVISOR },
	[DEED_REQUEST_REVIEW] = { "request review", ROLE_SUPERVISOR },
	[DEED_REQUEST_WITHDRAW] = { "request withdraw", WORKERS },
	[DEED_REQUEST_CORRECT] = { "request correct", ROLE_SUPERVISOR },
	[DEED_REQUEST_NOTE] = { "request note", WORKERS },
	[DEED_REQUEST_LINK] = { "request link", WORKERS },
	[DEED_REQUEST_INCIDENT] = { "request incident", WORKERS },
	[DEED_REQUEST_RESUBMIT] = { "request resubmit", WORKERS },
	[DEED_REQUEST_LETTER] = { "request letter", WORKERS },
	[DEED_REQUEST_SENT] = { "request sent", WORKERS },
	[DEED_REQUEST_ATTACH] = { "request attach", WORKERS },
	[DEED_REQUEST_FILES] = { "request files", WORKERS },
	[DEED_REQUEST_EXTRACT] = { "request extract", WORKERS },
	[DEED_REQUEST_CHECK] = { "request check", READERS },
	[DEED_REQUEST_HISTORY] = { "request history", READERS },
	[DEED_REQUEST_COUNT] = { "request count", READERS },
	[DEED_REQUEST_EXPORT] = { "request export", ROLE_SUPERVISOR },
	[DEED_SERVICE_SET] = { "service set", ROLE_SUPERVISOR },
	[DEED_RULE_LIST] = { "rule list", READERS },
	[DEED_RULE_SHOW] = { "rule show", READERS },
	[DEED_RULE_SET] = { "rule set", ROLE_SUPERVISOR },
	[DEED_RULE_TRY] = { "rule try", READERS },
	[DEED_ORGANISATION_LIST] = { "organisation list", READERS },
	[DEED_ORGANISATION_SET] = { "organisation set", ROLE_SUPERVISOR },
	[DEED_HOLIDAY_LOAD] = { "holiday load", ROLE_SUPERVISOR },
	[DEED_LETTERHEAD_SHOW] = { "letterhead show", READERS },
	[DEED_LETTERHEAD_SET] = { "letterhead set", ROLE_SUPERVISOR },
	[DEED_DBSB_LIST] = { "dbsb list", READERS },
	[DEED_DBSB_SHOW] = { "dbsb show", READERS },
	[DEED_DBSB_RECEIVE] = { "dbsb receive", WORKERS },
	[DEED_DBSB_REJECT] = { "dbsb reject", WORKERS },
	[DEED_DBSB_WITHDRAW] = { "dbsb withdraw", WORKERS },
	[DEED_DBSB_PROCESS] = { "dbsb process", WORKERS },
	[DEED_DBSB_CORRECT] = { "dbsb correct", ROLE_SUPERVISOR },
	[DEED_FIGURES] = { "figures", READERS },
	[DEED_MONTH_LIST] = { "month list", READERS },
	[DEED_MONTH_CLOSE] = { "month close", ROLE_SUPERVISOR },
	[DEED_MONTH_REVISE] = { "month revise", ROLE_SUPERVISOR },
	[DEED_RELEASE_LIST] = { "release list", READERS },
	[DEED_AUDIT_VERIFY] = { "audit verify", INSPECTORS },
	[DEED_AUDIT_LOG] = { "audit log", INSPECTORS },
	[DEED_AUDIT_CHECKPOINT] = { "audit checkpoint", INSPECTORS },
	[DEED_AUDIT_EXPORT] = { "audit export", INSPECTORS },
	[DEED_STORE_INFO] = { "store info", ROLE_ADMINISTRATOR },
	[DEED_STORE_CHECK] = { "store check", ROLE_ADMINISTRATOR },
	[DEED_STORE_REKEY] = { "store rekey", ROLE_ADMINISTRATOR },
	[DEED_STORE_COMPACT] = { "store compact", ROLE_ADMINISTRATOR },
	[DEED_STORE_RESTORE] = { "store restore", ROLE_ADMINISTRATOR },
};

const char *deed_name(enum deed deed)
{
	return rights[deed].name;
}

bool deed_is_allowed(enum deed deed, unsigned roles)
{
	return (rights[deed].roles & roles) != 0;
}

void roles_text(unsigned roles, char *out_text, size_t size)
{
	size_t used = 0;

	out_text[0] = '\0';
	for (unsigned role = ROLE_CASEWORKER; role <= ROLE_ADMINISTRATOR; role <<= 1)
		if ((roles & role) != 0 && used < size)
			used += (size_t)snprintf(out_text + used, size - used, "%s%s",
				used > 0 ? ", " : "", role_code((int)role));
}

void roles_words(unsigned roles, bool is_one, char *out_text, size_t size)
{
	unsigned left = roles;
	size_t used = 0;

	out_text[0] = '\0';
	for (unsigned role = ROLE_CASEWORKER; role <= ROLE_ADMINISTRATOR; role <<= 1) {
		const char *name = role_code((int)role);
		const char *article = strchr("aeiou", name[0]) ? "an " : "a ";

		if ((roles & role) == 0 || used >= size)
			continue;
		left &= ~role;
		used += (size_t)snprintf(out_text + used, size - used, "%s%s%s%s",
			used == 0 ? "" : (left == 0 ? " and " : ", "), is_one ? article : "", name,
			is_one ? "" : "s");
	}
}

unsigned deed_roles(enum deed deed)
{
	return rights[deed].roles;
}

bool right_who(const char *command, char *out_who, size_t size)
{
	for (enum deed deed = 0; deed < DEED_COUNT; deed++) {
		if (strcmp(rights[deed].name, command) == 0) {
			roles_text(rights[deed].roles, out_who, size);
			return true;
		}
	}
	return false;
}
