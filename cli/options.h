/*
 * The options of all commands: one list. A command's row in commands.c says
 * which of them it takes.
 */
#ifndef TRACEDESK_CLI_OPTIONS_H
#define TRACEDESK_CLI_OPTIONS_H

#include <stddef.h>
#include <stdint.h>

/* clang-format off */

/* X(constant, long name, short letter or 0, name of its value or NULL for a flag, sentence) */
#define OPTIONS(X) \
	X(OPTION_STORE, "store", 's', "FILE", "the store") \
	X(OPTION_USER, "user", 'u', "NAME", "who you are; else the name of the effective user id") \
	X(OPTION_PASSWORD_FILE, "password-file", 0, "FILE", "your password is its first line; else it is asked") \
	X(OPTION_HELP, "help", 0, NULL, "says how a command is used") \
	X(OPTION_VERSION, "version", 0, NULL, "names the versions in use") \
	X(OPTION_FORMAT, "format", 0, "F", "text (for people), csv or json") \
	X(OPTION_OUTPUT, "output", 'o', "FILE", "writes to a private file, whole or not at all") \
	X(OPTION_FORCE, "force", 0, NULL, "replaces a file that exists") \
	X(OPTION_SPREADSHEET, "spreadsheet", 0, NULL, "csv: guards cells that start like a formula") \
	X(OPTION_LIMIT, "limit", 0, "N", "at most N rows (text: 50; csv and json: all)") \
	X(OPTION_DRY_RUN, "dry-run", 0, NULL, "checks everything, stores nothing") \
	X(OPTION_DELIMITER, "delimiter", 0, "C", "the character between columns, else a comma") \
	X(OPTION_DATES, "dates", 0, "dmy", "dates are written DD/MM/YYYY") \
	X(OPTION_CHARSET, "charset", 0, "cp1252", "the file is in Windows' code page 1252") \
	X(OPTION_LAYOUT, "layout", 0, "L", "list (default) or matrix") \
	X(OPTION_INSIGHT, "insight", 0, NULL, "shares rejected, ages and days to a decision; not published") \
	X(OPTION_SUPPRESS, "suppress", 0, "RULE", "hides small numbers by the rule shmi or csds") \
	X(OPTION_ROLE, "role", 0, "R[,R]", "caseworker, supervisor, auditor; or administrator alone") \
	X(OPTION_FULL_NAME, "full-name", 0, "T", "the colleague's name as screens show it") \
	X(OPTION_PASSWORD_FROM, "password-from", 0, "FILE", "the one-time password is its first line; else one is made") \
	X(OPTION_NEW_PASSWORD_FROM, "new-password-from", 0, "FILE", "the new password is its first line; else it is asked") \
	X(OPTION_RECOVERY_FILE, "recovery-file", 0, "FILE", "writes the recovery code there instead of showing it") \
	X(OPTION_RECOVERY_FROM, "recovery-from", 0, "FILE", "the recovery code is its first line; else it is asked") \
	X(OPTION_CUT_OVER, "cut-over", 0, "DATE", "history is imported up to that day, YYYY-MM-DD; else today") \
	X(OPTION_BECAUSE, "because", 0, "TEXT", "why it is needed (a demo store only)") \
	X(OPTION_FROM, "from", 0, "FILE", "what is to be done, from a file or - (standard input)") \
	X(OPTION_EXPECT, "expect", 0, "N", "the version you saw; another one is an edit conflict") \
	X(OPTION_EXCEPTION, "exception", 0, "RULE[,RULE]", "the failing rules that an exception is made from") \
	X(OPTION_REASON, "reason", 0, "CODE[,CODE]", "why: codes of tracedesk(1)") \
	X(OPTION_CONFIRM, "confirm", 0, NULL, "what was proposed stands") \
	X(OPTION_STRIKE, "strike", 0, "CODE[,CODE]", "reasons that are struck") \
	X(OPTION_RETURN, "return", 0, NULL, "what was proposed goes back, for the reason in --from") \
	X(OPTION_FILTER_FROM, "filter-from", 0, "FILE", "words of the filter, from a file or - (standard input)") \
	X(OPTION_BY, "by", 0, "C[,C]", "the columns to count by; the channel a letter went by") \
	X(OPTION_ON, "on", 0, "DATE", "the day, YYYY-MM-DD; else today") \
	X(OPTION_DATE, "date", 0, "DATE", "from that day of receipt on, YYYY-MM-DD; else today") \
	X(OPTION_MEND, "mend", 0, NULL, "reaches undecided receipts received before, too") \
	X(OPTION_REMOVE, "remove", 0, NULL, "takes the setting out") \
	X(OPTION_PERIOD, "period", 0, "P", "YYYY-MM, YYYY or YYYY-MM..YYYY-MM") \
	X(OPTION_BECAUSE_FROM, "because-from", 0, "FILE", "why it is needed, from a file or - (standard input)") \
	X(OPTION_SINCE, "since", 0, "FILE", "a checkpoint: signatures are checked from there on") \
	X(OPTION_AGAINST, "against", 0, "FILE", "a checkpoint that must be on the chain of this store") \
	X(OPTION_SAMPLE, "sample", 0, "N", "so many events, chosen by --seed") \
	X(OPTION_SEED, "seed", 0, "N", "a number that chooses the sample; the same one draws it again") \
	X(OPTION_TRANSACTIONS, "transactions", 0, "N", "the records of the file") \
	X(OPTION_SINGLE_MATCH, "single-match", 0, "N", "how many of them had one match") \
	X(OPTION_REVISION, "revision", 0, "N", "an older revision of closed months") \
	X(OPTION_PRESENT, "present", 0, NULL, "closed months as they are now; what differs from the published is marked") \
	X(OPTION_CASES, "cases", 0, "M:S", "lists what stands behind a figure: measure and service, as rejected:police")

/* clang-format on */

#define OPTION_ID(constant, ...) constant,
enum option { OPTIONS(OPTION_ID) OPTION_COUNT };
#define OPTION_BIT(option) (UINT64_C(1) << (option))

struct option_info {
	const char *name;
	char letter;
	const char *value; /* NULL: a flag */
	const char *help;
};

const struct option_info *option_info(enum option option);

#endif
