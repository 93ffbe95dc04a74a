/*
 * request show, check, history, letter: what is read of one receipt.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/life.h"
#include "cli/output.h"
#include "cli/session.h"
#include "core/beside.h"
#include "core/calendar.h"
#include "core/desk_rights.h"
#include "core/receipt.h"
#include "core/services.h"

static struct beside beside_of_findings(const struct desk_findings *findings)
{
	return (struct beside) {
		.findings = findings->finding,
		.finding_count = findings->count,
		.rules_version = findings->rules_version,
		.advice = findings->advice,
		.duplicates = findings->duplicates ? findings->duplicates : "",
		.linked = "",
	};
}

static enum desk_status write_request(struct desk *desk, const struct request *request,
	const struct beside *beside, struct output *output, struct notice *notice)
{
	struct service_list services = { 0 };
	struct buffer text;
	enum desk_status status = desk_services(desk, &services.rows, &services.count, notice);

	if (status != DESK_OK)
		return status;
	buffer_init(&text);
	switch (output->format) {
	case OUTPUT_TEXT:
		receipt_text(request, service_label(&services, request->field[FIELD_SERVICE]),
			desk_is_demo(desk), &text);
		beside_text(beside, &text);
		break;
	case OUTPUT_CSV:
		receipt_csv_head(&text);
		receipt_csv(request, output->spreadsheet, &text);
		break;
	case OUTPUT_JSON:
		receipt_json(request, beside, &text);
		break;
	}
	services_clear(&services);
	status = output_write(output, &text, notice);
	buffer_done(&text);
	return status;
}

static enum desk_status show_request(struct desk *desk, const struct request *request,
	struct output *output, struct notice *notice)
{
	struct desk_beside found;
	enum desk_status status = desk_request_beside(desk, request, &found, notice);
	struct beside beside;

	if (status != DESK_OK)
		return status;
	beside = beside_of_findings(&found.findings);
	beside.decisions = found.decisions;
	beside.decision_count = found.decision_count;
	beside.notes = found.notes;
	beside.note_count = found.note_count;
	beside.linked = found.linked ? found.linked : "";
	status = write_request(desk, request, &beside, output, notice);
	desk_beside_clear(&found);
	return status;
}

static enum desk_status write_show(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct request request;
	struct look look = { 0 };
	enum desk_status status = look_open(call, &look, notice);

	if (status == DESK_OK)
		status = desk_request_open(
			look.desk, call_word(call, 0), look.because, &request, notice);
	if (status == DESK_OK) {
		status = show_request(look.desk, &request, output, notice);
		request_clear(&request);
	}
	look_close(&look);
	return status;
}

enum desk_status cmd_request_show(const struct call *call, struct notice *notice)
{
	return output_run(call, write_show, notice);
}

static void checks_csv(const struct beside *beside, const struct output *output, struct buffer *out)
{
	static const struct sheet_column columns[] = {
		{ .name = "rule", .title = "Rule" },
		{ .name = "result", .title = "Result" },
		{ .name = "sentence", .title = "Sentence" },
		{ .name = "source", .title = "Source" },
		{ .name = "advice", .title = "Advice" },
	};
	struct sheet *sheet = sheet_new(columns, sizeof(columns) / sizeof(columns[0]));

	for (size_t i = 0; i < beside->finding_count; i++) {
		const struct finding *finding = &beside->findings[i];

		sheet_text(sheet, finding->rule->code);
		sheet_text(sheet, rule_result_code(finding->result));
		sheet_text(sheet, finding->sentence);
		sheet_text(sheet, finding->rule->source);
		sheet_text(sheet, rule_advice_code(finding->rule->advice));
	}
	output_sheet(output, sheet, out);
	sheet_free(sheet);
}

static enum desk_status write_findings(const char *reference, const struct beside *beside,
	struct output *output, struct notice *notice)
{
	struct buffer text;
	enum desk_status status;

	buffer_init(&text);
	switch (output->format) {
	case OUTPUT_TEXT:
		beside_checks_text(beside, &text);
		break;
	case OUTPUT_CSV:
		checks_csv(beside, output, &text);
		break;
	case OUTPUT_JSON:
		beside_checks_json(reference, beside, &text);
		break;
	}
	status = output_write(output, &text, notice);
	buffer_done(&text);
	return status;
}

static enum desk_status write_check(
	const struct call *call, struct output *output, struct notice *notice)
{
	const char *reference = call_word(call, 0);
	struct desk_findings findings = { 0 };
	struct look look = { 0 };
	enum desk_status status = look_open(call, &look, notice);

	if (status == DESK_OK)
		status = desk_request_check(look.desk, reference, look.because, &findings, notice);
	if (status == DESK_OK) {
		struct beside beside = beside_of_findings(&findings);

		status = write_findings(reference, &beside, output, notice);
	}
	desk_findings_clear(&findings);
	look_close(&look);
	return status;
}

enum desk_status cmd_request_check(const struct call *call, struct notice *notice)
{
	return output_run(call, write_check, notice);
}

static const struct sheet_column history_columns[] = {
	{ .name = "event", .title = "Event", .kind = CELL_NUMBER },
	{ .name = "time", .title = "Time" },
	{ .name = "person", .title = "Who" },
	{ .name = "roles", .title = "Roles" },
	{ .name = "kind", .title = "What", .not_in_text = true },
	{ .name = "kind_name", .title = "What", .text_only = true },
};

static struct sheet *history_sheet(const struct desk_history *history)
{
	struct sheet *sheet =
		sheet_new(history_columns, sizeof(history_columns) / sizeof(history_columns[0]));

	for (size_t i = 0; i < history->count; i++) {
		const struct event *event = &history->events[i];
		char time[21], roles[128];

		moment_text(event->time, time);
		roles_text(event->role, roles, sizeof(roles));
		sheet_number(sheet, event->sequence);
		sheet_text(sheet, time);
		sheet_text(sheet, event->person_name);
		sheet_text(sheet, roles);
		sheet_text(sheet, event_kind_code((int)event->kind));
		sheet_text(sheet, event_kind_name((int)event->kind));
	}
	return sheet;
}

static enum desk_status write_history(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct desk_history history = { 0 };
	struct look look = { 0 };
	enum desk_status status = look_open(call, &look, notice);

	if (status == DESK_OK)
		status = desk_request_history(
			look.desk, call_word(call, 0), look.because, &history, notice);
	if (status == DESK_OK)
		status = output_sheet_done(output, history_sheet(&history), notice);
	mem_free(history.events);
	look_close(&look);
	return status;
}

enum desk_status cmd_request_history(const struct call *call, struct notice *notice)
{
	return output_run(call, write_history, notice);
}

static enum desk_status write_letter(const struct call *call, struct output *output,
	struct notice *notice, enum letter_format format)
{
	struct desk_letter wanted = { .reference = call_word(call, 0), .format = format };
	char *letter = NULL;
	struct look look = { 0 };
	enum desk_status status = look_open(call, &look, notice);

	wanted.because = look.because;
	if (status == DESK_OK)
		status = desk_request_letter(look.desk, &wanted, &letter, notice);
	look_close(&look);
	if (status == DESK_OK)
		status = output_bytes(output, letter, strlen(letter), notice);
	mem_free(letter);
	return status;
}

static enum desk_status write_text_letter(
	const struct call *call, struct output *output, struct notice *notice)
{
	return write_letter(call, output, notice, LETTER_AS_TEXT);
}

static enum desk_status write_html_letter(
	const struct call *call, struct output *output, struct notice *notice)
{
	return write_letter(call, output, notice, LETTER_AS_HTML);
}

/* Its formats are its own. */
enum desk_status cmd_request_letter(const struct call *call, struct notice *notice)
{
	const char *format = call->value[OPTION_FORMAT];
	struct call plain = *call;

	plain.value[OPTION_FORMAT] = NULL;
	if (!format || strcmp(format, "text") == 0)
		return output_run(&plain, write_text_letter, notice);
	if (strcmp(format, "html") == 0)
		return output_run(&plain, write_html_letter, notice);
	return call_misused(call, notice, "unknown format \"%s\"; choose text or html", format);
}
