/*
 * The table of doors, and that of what a command needs.
 */
#include "tui/doors.h"

#include "core/desk_rights.h"

static const struct {
	enum command_id id;
	const struct screen_ops *screen;
} doors[] = {
	{ COMMAND_FIND, &scr_find },
	{ COMMAND_MONTHS, &scr_month },
	{ COMMAND_DBSB, &scr_dbsb },
	{ COMMAND_AUDIT, &scr_audit },
	{ COMMAND_UPKEEP, &scr_upkeep },
};

/* A command that is not here is for whoever sees its screen. */
static const struct {
	enum command_id id;
	enum deed deed;
} needs[] = {
	{ COMMAND_FIND, DEED_REQUEST_LIST },
	{ COMMAND_MONTHS, DEED_FIGURES },
	{ COMMAND_DBSB, DEED_DBSB_LIST },
	{ COMMAND_AUDIT, DEED_AUDIT_LOG },
	{ COMMAND_UPKEEP, DEED_SERVICE_SET },
	{ COMMAND_LOG, DEED_REQUEST_ADD },
	{ COMMAND_EDIT, DEED_REQUEST_EDIT },
	{ COMMAND_ANSWER, DEED_REQUEST_ANSWER },
	{ COMMAND_JUDGE_YES, DEED_REQUEST_JUDGE },
	{ COMMAND_JUDGE_NO, DEED_REQUEST_JUDGE },
	{ COMMAND_TAKE, DEED_REQUEST_ASSIGN },
	{ COMMAND_HAND, DEED_REQUEST_ASSIGN },
	{ COMMAND_MARK, DEED_REQUEST_ASSIGN },
	{ COMMAND_ACCEPT, DEED_REQUEST_ACCEPT },
	{ COMMAND_EXCEPT, DEED_REQUEST_ACCEPT },
	{ COMMAND_REJECT, DEED_REQUEST_REJECT },
	{ COMMAND_ASK, DEED_REQUEST_QUERY },
	{ COMMAND_HOLD, DEED_REQUEST_HOLD },
	{ COMMAND_RESUME, DEED_REQUEST_RESUME },
	{ COMMAND_TRACE, DEED_REQUEST_TRACE },
	{ COMMAND_NO_TRACE, DEED_REQUEST_NO_TRACE },
	{ COMMAND_GUARDIAN, DEED_REQUEST_GUARDIAN },
	{ COMMAND_REVIEW, DEED_REQUEST_REVIEW },
	{ COMMAND_WITHDRAW, DEED_REQUEST_WITHDRAW },
	{ COMMAND_CORRECT, DEED_REQUEST_CORRECT },
	{ COMMAND_NOTE, DEED_REQUEST_NOTE },
	{ COMMAND_LINK, DEED_REQUEST_LINK },
	{ COMMAND_INCIDENT, DEED_REQUEST_INCIDENT },
	{ COMMAND_RESUBMIT, DEED_REQUEST_RESUBMIT },
	{ COMMAND_LETTER, DEED_REQUEST_LETTER },
	{ COMMAND_SENT, DEED_REQUEST_SENT },
	{ COMMAND_VIEW, DEED_REQUEST_FILES },
	{ COMMAND_ATTACH, DEED_REQUEST_ATTACH },
	{ COMMAND_EXTRACT, DEED_REQUEST_EXTRACT },
	{ COMMAND_RECEIVE, DEED_DBSB_RECEIVE },
	{ COMMAND_DBSB_PROCESS, DEED_DBSB_PROCESS },
	{ COMMAND_DBSB_REJECT, DEED_DBSB_REJECT },
	{ COMMAND_DBSB_WITHDRAW, DEED_DBSB_WITHDRAW },
	{ COMMAND_DBSB_CORRECT, DEED_DBSB_CORRECT },
	{ COMMAND_CLOSE, DEED_MONTH_CLOSE },
	{ COMMAND_REVISE, DEED_MONTH_REVISE },
};

const struct screen_ops *door_of(enum command_id id)
{
	for (size_t i = 0; i < sizeof(doors) / sizeof(doors[0]); i++)
		if (doors[i].id == id)
			return doors[i].screen;
	return NULL;
}

bool command_is_barred(const struct ui *ui, enum command_id id)
{
	for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++)
		if (needs[i].id == id)
			return !deed_is_allowed(needs[i].deed, desk_person(ui->desk)->roles);
	return false;
}
