/*
 * import requests, import dbsb.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/complain.h"
#include "cli/output.h"
#include "cli/session.h"

/* desk_import_requests or desk_import_submissions. */
typedef enum desk_status import_function(struct desk *desk, const struct desk_import *import,
	struct desk_import_result *out_result, struct notice *out_notice);

static enum desk_status read_delimiter(
	const struct call *call, struct desk_import *import, struct notice *notice)
{
	const char *text = call->value[OPTION_DELIMITER];

	if (!text)
		return DESK_OK;
	if (strlen(text) != 1 || *text == '"' || isalnum((unsigned char)*text) ||
		(!isprint((unsigned char)*text) && *text != '\t'))
		return call_misused(call, notice,
			"\"%s\" parts no columns; give one character such as \";\", or a tab",
			text);
	import->delimiter = *text;
	return DESK_OK;
}

static enum desk_status read_import(
	const struct call *call, struct desk_import *import, struct notice *notice)
{
	const char *dates = call->value[OPTION_DATES];
	const char *charset = call->value[OPTION_CHARSET];

	*import = (struct desk_import) {
		.path = call_word(call, 0),
		.delimiter = ',',
		.dates_dmy = dates != NULL,
		.charset_cp1252 = charset != NULL,
		.dry_run = call->value[OPTION_DRY_RUN] != NULL,
	};
	if (dates && strcmp(dates, "dmy") != 0)
		return call_misused(
			call, notice, "unknown dates \"%s\"; leave it out or write dmy", dates);
	if (charset && strcmp(charset, "cp1252") != 0)
		return call_misused(call, notice,
			"unknown charset \"%s\"; leave it out for UTF-8 or write cp1252", charset);
	return read_delimiter(call, import, notice);
}

static enum desk_status say_result(const struct desk_import *import,
	const struct desk_import_result *result, const char *things, struct notice *notice)
{
	char line[128];

	(void)snprintf(line, sizeof(line), "%s %s: %" PRId64 ", from %" PRId64 " row%s.%s\n",
		things, import->dry_run ? "that would be imported" : "imported", result->receipts,
		result->rows, result->rows == 1 ? "" : "s",
		import->dry_run ? " A dry run: nothing was stored." : "");
	return output_say(line, notice);
}

static enum desk_status import_with(const struct call *call, import_function *function,
	const char *things, struct notice *notice)
{
	struct desk_import_result result = { 0 };
	struct desk_import import;
	struct desk *desk = NULL;
	enum desk_status status = read_import(call, &import, notice);

	if (status == DESK_OK)
		status = session_desk(call, &desk, notice);
	if (status == DESK_OK)
		status = function(desk, &import, &result, notice);
	desk_close(desk);
	if (result.problems)
		complain_lines(result.problems);
	mem_free(result.problems);
	return status == DESK_OK ? say_result(&import, &result, things, notice) : status;
}

enum desk_status cmd_import_requests(const struct call *call, struct notice *notice)
{
	return import_with(call, desk_import_requests, "Receipts", notice);
}

enum desk_status cmd_import_dbsb(const struct call *call, struct notice *notice)
{
	return import_with(call, desk_import_submissions, "Submissions", notice);
}
