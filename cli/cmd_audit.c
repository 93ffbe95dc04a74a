/*
 * audit verify.
 */
#include <inttypes.h>

#include "cli/command.h"
#include "cli/output.h"
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

static void verdict_text(const struct audit_result *result, struct buffer *out)
{
	char first[21], last[21];

	moment_text(result->first, first);
	moment_text(result->last, last);
	buffer_print(out, "%" PRId64 " events from %s to %s, %" PRId64 " signatures\nHead %s\n",
		result->events, first, last, result->signatures, result->head);
	for (size_t i = 0; i < result->problem_count; i++) {
		buffer_print(out, "Event %" PRId64 ": ", result->problems[i].event);
		text_show(result->problems[i].what, out);
		buffer_add(out, "\n");
	}
	if (result->problem_count == 0)
		buffer_add(out, "No problem found.\n");
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
		verdict_text(result, &text);
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

/* Problems are written out too, and then decide the exit status. */
enum desk_status cmd_audit_verify(const struct call *call, struct notice *notice)
{
	struct audit_result result = { 0 };
	struct notice written = { 0 };
	struct desk *desk = NULL;
	struct output output;
	enum desk_status verdict, status = output_open(call, &output, notice);

	if (status != DESK_OK)
		return status;
	verdict = session_desk(call, &desk, notice);
	if (verdict == DESK_OK)
		verdict = desk_audit_verify(desk, &result, notice);
	desk_close(desk);
	if (verdict != DESK_OK && result.problem_count == 0)
		return output_close(&output, verdict, notice);
	status = write_verdict(&result, &output, &written);
	status = output_close(&output, status, &written);
	mem_free(result.problems);
	if (verdict == DESK_OK && status != DESK_OK)
		*notice = written;
	return verdict != DESK_OK ? verdict : status;
}
