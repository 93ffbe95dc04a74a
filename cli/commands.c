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
	{ "service list", "", "Lists the services with the dates between which each is accepted and shown.",
		0, 0, READING, cmd_service_list },
	{ "service set", "CODE", "Changes a service; keys: label, accepts_from, accepts_to, held_from, suspended, shown_from, shown_to, "
		"note, note_from, footnote.",
		1, 1, BIT(FROM), cmd_service_set },
	{ "rule list", "", "Lists the rules with their settings in the rulebook.",
		0, 0, READING, cmd_rule_list },
	{ "rule show", "CODE", "Shows a rule: services, advice, source, settings.",
		1, 1, READING, cmd_rule_show },
	{ "rule set", "KIND SCOPE VALUE", "Changes the rulebook, as in `rule set minimum_tier police superintendent`; the scope all is every one.",
		3, 3, BIT(DATE) | BIT(MEND) | BIT(REMOVE), cmd_rule_set },
	{ "organisation list", "[PREFIX]", "Lists the organisations known before.",
		0, 1, READING, cmd_organisation_list },
	{ "organisation set", "", "Changes an organisation or adds one; keys: name, kind, email_domain, from, to.",
		0, 0, BIT(FROM), cmd_organisation_set },
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
