/*
 * The table of commands.
 */
#include "cli/command.h"

/* clang-format off */

#define BIT(name) OPTION_BIT(OPTION_##name)
#define READING (BIT(FORMAT) | BIT(OUTPUT) | BIT(FORCE) | BIT(SPREADSHEET))
#define IMPORTING (BIT(DRY_RUN) | BIT(DELIMITER) | BIT(DATES) | BIT(CHARSET))

const struct command commands[] = {
	{ "init", "", "Makes a store and its first administrator (-u). The recovery code is shown once: it opens the "
		"store when no administrator is left.",
		0, 0, BIT(RECOVERY_FILE) | BIT(CUT_OVER), cmd_init },
	{ "demo", "DIR", "Makes a demo store with invented people and cases: DIR/demo.tdk and DIR/NAME.password.",
		1, 1, 0, cmd_demo },
	{ "user list", "", "Lists the people of the store.",
		0, 0, READING, cmd_user_list },
	{ "user add", "NAME", "Adds a person with a one-time password, to be changed at the first log-in.",
		1, 1, BIT(ROLE) | BIT(FULL_NAME) | BIT(PASSWORD_FROM), cmd_user_add },
	{ "passwd", "", "Changes your password.",
		0, 0, BIT(NEW_PASSWORD_FROM), cmd_passwd },
	{ "import requests", "F", "Imports receipts from a CSV file: all of it or nothing.",
		1, 1, IMPORTING, cmd_import_requests },
	{ "import dbsb", "F", "Imports submissions to the Demographics Batch Service Bureau from a CSV file: all of it or nothing.",
		1, 1, IMPORTING, cmd_import_dbsb },
	{ "request list", "[FILTER]", "Lists receipts, newest first.",
		0, SIZE_MAX, READING | BIT(LIMIT) | BIT(FILTER_FROM), cmd_request_list },
	{ "request count", "[FILTER]", "Counts receipts by columns; one with two reasons counts under each.",
		0, SIZE_MAX, READING | BIT(BY) | BIT(FILTER_FROM), cmd_request_count },
	{ "request show", "REF", "Opens one receipt. A caseworker gives a reason for one decided over 90 days ago.",
		1, 1, READING | BIT(BECAUSE) | BIT(BECAUSE_FROM), cmd_request_show },
	{ "request template", "SERVICE", "Prints an empty request of a service as JSON, to be filled in for request add.",
		1, 1, 0, cmd_request_template },
	{ "request add", "", "Logs a request as it came, a JSON object, and prints its reference, then possible duplicates.",
		0, 0, BIT(FROM), cmd_request_add },
	{ "request edit", "REF", "Changes the columns that the JSON object gives.",
		1, 1, BIT(FROM) | BIT(EXPECT), cmd_request_move },
	{ "request judge", "REF RULE yes|no", "Answers a check that a person must judge: yes means that the rule holds.",
		3, 3, 0, cmd_request_move },
	{ "request assign", "REF USER", "Gives the receipt to a colleague.",
		2, 2, 0, cmd_request_move },
	{ "request hold", "REF", "Puts the receipt aside, for the reason in the file.",
		1, 1, BIT(FROM), cmd_request_move },
	{ "request resume", "REF", "Takes a held receipt up again.",
		1, 1, 0, cmd_request_move },
	{ "request query", "REF", "Asks the sender, with the object {\"ask\":\"...\"}; the receipt waits for the answer.",
		1, 1, BIT(FROM), cmd_request_move },
	{ "request answer", "REF", "Takes in what the sender answered: the columns that came, as a JSON object.",
		1, 1, BIT(FROM), cmd_request_move },
	{ "request accept", "REF", "Accepts a receipt whose checks hold; or proposes an exception from the failing rules, for the reason in the file.",
		1, 1, BIT(EXCEPTION) | BIT(FROM), cmd_request_move },
	{ "request reject", "REF", "Proposes to reject, for one or more reasons; a note in the file says more.",
		1, 1, BIT(REASON) | BIT(FROM), cmd_request_move },
	{ "request trace", "REF", "Records that somebody was traced, what was found and what is to be released: a JSON object.",
		1, 1, BIT(FROM), cmd_request_move },
	{ "request no-trace", "REF", "Records that nobody was traced, with the object {\"trace_code\":\"98\",\"sources\":[\"PDS\"]}.",
		1, 1, BIT(FROM), cmd_request_move },
	{ "request guardian", "REF", "Records the Caldicott Guardian's decision, a JSON object; not by the one who traced.",
		1, 1, BIT(FROM), cmd_request_move },
	{ "request review", "REF", "Confirms what a colleague proposed, or returns it for the reason in the file; never one's own.",
		1, 1, BIT(CONFIRM) | BIT(STRIKE) | BIT(RETURN) | BIT(FROM), cmd_request_move },
	{ "request withdraw", "REF", "Withdraws a receipt (--reason requester_withdrew) or proposes to (--reason logged_in_error), for what the file says.",
		1, 1, BIT(REASON) | BIT(FROM), cmd_request_move },
	{ "request note", "REF", "Adds the note in the file.",
		1, 1, BIT(FROM), cmd_request_move },
	{ "request check", "REF", "Shows the checks: what holds, what fails, what is yours to judge, and what that advises.",
		1, 1, READING | BIT(BECAUSE) | BIT(BECAUSE_FROM), cmd_request_check },
	{ "request history", "REF", "Shows who did what to a receipt, and when.",
		1, 1, READING | BIT(BECAUSE) | BIT(BECAUSE_FROM), cmd_request_history },

	{ "dbsb list", "", "Lists submissions, newest first.",
		0, 0, READING | BIT(LIMIT), cmd_dbsb_list },
	{ "dbsb show", "REF", "Opens one submission.",
		1, 1, READING, cmd_dbsb_show },
	{ "figures", "PERIOD", "Prints the register's figures of a month (2020-12), a year (2020) or a run of months (2020-07..2020-12).",
		1, 1, READING | BIT(LAYOUT), cmd_figures },
	{ "month list", "", "Lists the months from the earliest decision or submission on.",
		0, 0, READING, cmd_month_list },
	{ "audit verify", "", "Checks the audit log's chain and signatures and that the tables agree with it.",
		0, 0, READING, cmd_audit_verify },
	{ "store info", "", "Says what the store is made of and how much is in it.",
		0, 0, READING, cmd_store_info },
};

/* clang-format on */

const size_t command_count = sizeof(commands) / sizeof(commands[0]);
