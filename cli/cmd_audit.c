/*
 * audit verify, audit checkpoint, audit export.
 */
#include <inttypes.h>

#include "cli/command.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "core/calendar.h"
#include "core/json.h"
#include "core/text.h"

static void verdict_json(const struct audit_result *result, struct buffer *out)
{
	char first[21], last[21];

	moment_text(result->first, first);
	moment_text(result->last, last);
	buffer_print(out,
		"{\"events\":%" PRId64 ",\"first\":\"%s\",\"last\":\"%s\",\"head\":\"%s\","
		"\"signatures\":%" PRId64 ",\"problems\":[",
		result->events, first, last, result->head, result->signatures);
	for (size_t i = 0; i < result->problem_count; i++) {
		buffer_print(out, "%s{\"event\":%" PRId64 ",\"what\":", i > 0 ? "," : "",
			result->problems[i].event);
		json_write_string(result->problems[i].what, out);
		buffer_add(out, "}");
	}
	buffer_add(out, "]}\n");
}

/* A line a problem; nothing but the names of columns when there is none. */
static void verdict_csv(
	const struct audit_result *result, const struct output *output, struct buffer *out)
{
	static const struct sheet_column columns[] = {
		{ .name = "event", .title = "Event", .kind = CELL_NUMBER },
		{ .name = "what", .title = "Problem" },
	};
	struct sheet *sheet = sheet_new(columns, 2);

	for (size_t i = 0; i < result->problem_count; i++) {
		sheet_number(sheet, result->problems[i].event);
		sheet_text(sheet, result->problems[i].what);
	}
	output_sheet(output, sheet, out);
	sheet_free(sheet);
}

static enum desk_status write_verdict(
	const struct audit_result *result, struct output *output, struct notice *notice)
{
	struct buffer text;
	enum desk_status status;

	buffer_init(&text);
	switch (output->format) {
	case OUTPUT_TEXT:
		audit_result_text(result, &text);
		break;
	case OUTPUT_CSV:
		verdict_csv(result, output, &text);
		break;
	case OUTPUT_JSON:
		verdict_json(result, &text);
		break;
	}
	status = output_write(output, &text, notice);
	buffer_done(&text);
	return status;
}

enum { CHECKPOINT_MOST = 4096 };

static enum desk_status read_checkpoint(
	const struct call *call, enum option option, char **out_text, struct notice *notice)
{
	const char *file = call->value[option];

	return file ? input_text(file, CHECKPOINT_MOST, out_text, notice) : DESK_OK;
}

static bool proof_step(void *with, int64_t event, int64_t all)
{
	struct progress *progress = with;

	return progress->watch.step(progress, "checking the audit log", event, all);
}

static enum desk_status prove(
	const struct call *call, struct audit_result *result, struct notice *notice)
{
	char *since = NULL, *against = NULL;
	struct desk *desk = NULL;
	struct progress progress;
	enum desk_status status = read_checkpoint(call, OPTION_SINCE, &since, notice);

	if (status == DESK_OK)
		status = read_checkpoint(call, OPTION_AGAINST, &against, notice);
	if (status == DESK_OK)
		status = session_desk(call, &desk, notice);
	if (status == DESK_OK) {
		progress_begin(&progress);
		status = desk_audit_verify(desk,
			&(struct audit_proof) { since, against, proof_step, &progress }, result,
			notice);
		progress_end(&progress);
	}
	desk_close(desk);
	mem_free(since);
	mem_free(against);
	return status;
}

/* Problems are written out too, and then decide the exit status. */
enum desk_status cmd_audit_verify(const struct call *call, struct notice *notice)
{
	struct audit_result result = { 0 };
	struct notice written = { 0 };
	struct output output;
	enum desk_status verdict, status = output_open(call, &output, notice);

	if (status != DESK_OK)
		return status;
	verdict = prove(call, &result, notice);
	if (verdict != DESK_OK && result.problem_count == 0)
		return output_close(&output, verdict, notice);
	status = write_verdict(&result, &output, &written);
	status = output_close(&output, status, &written);
	mem_free(result.problems);
	if (verdict == DESK_OK && status != DESK_OK)
		*notice = written;
	return verdict != DESK_OK ? verdict : status;
}

static enum desk_status write_checkpoint(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct desk *desk = NULL;
	struct buffer text;
	enum desk_status status = session_desk(call, &desk, notice);

	buffer_init(&text);
	if (status == DESK_OK)
		status = desk_audit_checkpoint(desk, &text, notice);
	if (status == DESK_OK)
		status = output_write(output, &text, notice);
	buffer_done(&text);
	desk_close(desk);
	return status;
}

enum desk_status cmd_audit_checkpoint(const struct call *call, struct notice *notice)
{
	return output_run(call, write_checkpoint, notice);
}

static enum desk_status write_export(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct desk *desk = NULL;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK)
		status = desk_audit_export(desk, output_piece, output, notice);
	desk_close(desk);
	return status;
}

enum desk_status cmd_audit_export(const struct call *call, struct notice *notice)
{
	if (!call->value[OPTION_OUTPUT])
		return call_misused(call, notice,
			"it holds personal data, so it goes into a private file; give -o FILE");
	return output_run(call, write_export, notice);
}
