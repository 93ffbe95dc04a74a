/*
 * dbsb receive, reject, withdraw, process, correct.
 */
#include <inttypes.h>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/settings.h"
#include "core/calendar.h"
#include "core/codes.h"
#include "core/text.h"

static enum desk_status read_day(
	const struct call *call, const char **out_day, struct notice *notice)
{
	*out_day = call->value[OPTION_ON];
	if (!*out_day || day_is_valid(*out_day))
		return DESK_OK;
	return call_misused(call, notice, "--on: \"%s\" is no day; write YYYY-MM-DD", *out_day);
}

static enum desk_status read_count(
	const struct call *call, enum option option, int64_t *out_count, struct notice *notice)
{
	const char *text = call->value[option];
	const char *name = option_info(option)->name;
	uint64_t number;

	if (!text)
		return call_misused(call, notice, "--%s is missing; say how many", name);
	if (!text_number(text, 0, INT64_MAX, &number))
		return call_misused(call, notice,
			"--%s: \"%s\" is no whole number; write digits alone", name, text);
	*out_count = (int64_t)number;
	return DESK_OK;
}

static enum desk_status say_line(const char *line, struct notice *notice)
{
	struct buffer text;
	enum desk_status status;

	buffer_init(&text);
	buffer_print(&text, "%s\n", line);
	status = output_say(buffer_text(&text), notice);
	buffer_done(&text);
	return status;
}

/* The reference stands alone in the first line, for scripts; nothing that fails after the batch is
   stored withholds it. */
static enum desk_status receive(struct desk *desk, const struct call *call,
	const struct settings *settings, struct notice *notice)
{
	const struct desk_submission_given given = { .settings = settings->list,
		.count = settings->count };
	struct submission submission;
	char contact[DESK_CONTACT_SIZE] = "";
	enum desk_status status = desk_submission_receive(desk, &given, &submission, notice);

	(void)call;
	if (status != DESK_OK)
		return status;
	status = say_line(submission.reference, notice);
	if (status == DESK_OK)
		status = desk_submission_contact(desk, &submission, contact, notice);
	if (status == DESK_OK && *contact != '\0')
		status = say_line(contact, notice);
	submission_clear(&submission);
	return status;
}

enum desk_status cmd_dbsb_receive(const struct call *call, struct notice *notice)
{
	return settings_run(call, receive, notice);
}

static enum desk_status say_now(
	const struct submission *submission, const char *what, struct notice *notice)
{
	struct buffer text;
	enum desk_status status;

	buffer_init(&text);
	buffer_print(&text, "%s is %s%s.\n", submission->reference, what,
		submission_status_code((int)submission->status));
	status = output_say(buffer_text(&text), notice);
	buffer_done(&text);
	return status;
}

static enum desk_status end_run(
	const struct call *call, struct desk_submission_end *end, struct notice *notice)
{
	struct submission submission;
	struct desk *desk = NULL;
	enum desk_status status = read_day(call, &end->on, notice);

	end->reference = call_word(call, 0);
	if (status == DESK_OK)
		status = session_desk(call, &desk, notice);
	if (status == DESK_OK)
		status = desk_submission_end(desk, end, &submission, notice);
	desk_close(desk);
	if (status != DESK_OK)
		return status;
	status = say_now(&submission, "now ", notice);
	submission_clear(&submission);
	return status;
}

enum desk_status cmd_dbsb_reject(const struct call *call, struct notice *notice)
{
	struct desk_submission_end end = { .status = SUBMISSION_REJECTED,
		.reason = call->value[OPTION_REASON] };

	if (!end.reason || !code_label(code_set_find("dbsb_reason"), end.reason))
		return call_misused(call, notice,
			"give --reason incorrect_format, insecure_email, out_of_scope or "
			"no_authority");
	return end_run(call, &end, notice);
}

enum desk_status cmd_dbsb_withdraw(const struct call *call, struct notice *notice)
{
	struct desk_submission_end end = { .status = SUBMISSION_WITHDRAWN };

	return end_run(call, &end, notice);
}

enum desk_status cmd_dbsb_process(const struct call *call, struct notice *notice)
{
	struct desk_submission_end end = { .status = SUBMISSION_PROCESSED };
	enum desk_status status = read_count(call, OPTION_TRANSACTIONS, &end.transactions, notice);

	if (status == DESK_OK)
		status = read_count(call, OPTION_SINGLE_MATCH, &end.single_match, notice);
	return status == DESK_OK ? end_run(call, &end, notice) : status;
}

static enum desk_status correct(struct desk *desk, const struct call *call,
	const struct settings *settings, struct notice *notice)
{
	const struct desk_submission_given given = { .reference = call_word(call, 0),
		.settings = settings->list,
		.count = settings->count };
	struct submission submission;
	enum desk_status status = desk_submission_correct(desk, &given, &submission, notice);

	if (status != DESK_OK)
		return status;
	status = say_now(&submission, "corrected: it is ", notice);
	submission_clear(&submission);
	return status;
}

enum desk_status cmd_dbsb_correct(const struct call *call, struct notice *notice)
{
	return settings_run(call, correct, notice);
}
