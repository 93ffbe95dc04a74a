/*
 * rule try.
 */
#include <inttypes.h>
#include <string.h>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/session.h"

static const struct sheet_column columns[] = {
	{ .name = "rule", .title = "Rule", .not_in_text = true },
	{ .name = "now", .title = "As it is", .not_in_text = true },
	{ .name = "then", .title = "As tried", .not_in_text = true },
	{ .name = "outcome", .title = "Outcome", .not_in_text = true },
	{ .name = "now_shown", .title = "As it is", .text_only = true },
	{ .name = "then_shown", .title = "As tried", .text_only = true },
	{ .name = "outcome_shown", .title = "What became of it", .text_only = true },
	{ .name = "count", .title = "Receipts", .kind = CELL_NUMBER },
};

static const char *result_shown(enum rule_result result)
{
	switch (result) {
	case RULE_PASS:
		return "passes";
	case RULE_FAIL:
		return "fails";
	case RULE_WARN:
		return "warns";
	case RULE_OPEN:
		return "to be judged";
	case RULE_NOT_APPLICABLE:
		break;
	}
	return "does not apply";
}

/* 0: not decided yet. */
static int outcome_state(int outcome)
{
	return outcome == 0 ? 0 : STATE_REJECTED + outcome - 1;
}

static void add_row(struct sheet *sheet, const struct rule *rule, const enum rule_result results[2],
	int outcome, int64_t count)
{
	int state = outcome_state(outcome);

	sheet_text(sheet, rule->code);
	sheet_text(sheet, rule_result_code(results[0]));
	sheet_text(sheet, rule_result_code(results[1]));
	sheet_text(sheet, state ? request_state_code(state) : "");
	sheet_text(sheet, result_shown(results[0]));
	sheet_text(sheet, result_shown(results[1]));
	sheet_text(sheet, state ? request_state_name(state) : "not decided");
	sheet_number(sheet, count);
}

/* First what would be otherwise, then what would stay. */
static void add_rows(
	struct sheet *sheet, const struct rule *rule, const struct rule_trial *trial, bool changed)
{
	for (enum rule_result now = RULE_PASS; now <= RULE_NOT_APPLICABLE; now++)
		for (enum rule_result then = RULE_PASS; then <= RULE_NOT_APPLICABLE; then++)
			for (int outcome = 0; outcome < TRIAL_OUTCOMES; outcome++)
				if (trial->counts[now][then][outcome] > 0 &&
					(now != then) == changed)
					add_row(sheet, rule,
						(const enum rule_result[]) { now, then }, outcome,
						trial->counts[now][then][outcome]);
}

static enum desk_status write_trial(const struct rule *rule, const struct rule_trial *trial,
	struct output *output, struct notice *notice)
{
	struct sheet *sheet = sheet_new(columns, sizeof(columns) / sizeof(columns[0]));
	struct buffer text;
	enum desk_status status;

	buffer_init(&text);
	add_rows(sheet, rule, trial, true);
	add_rows(sheet, rule, trial, false);
	if (output->format == OUTPUT_TEXT)
		buffer_print(&text,
			"%s: of %" PRId64 " receipts %" PRId64
			" would have come out otherwise.\n\n",
			rule->code, trial->receipts, trial->changed);
	output_sheet(output, sheet, &text);
	sheet_free(sheet);
	status = output_write(output, &text, notice);
	buffer_done(&text);
	return status;
}

static enum desk_status try_rule(
	const struct call *call, struct output *output, struct notice *notice)
{
	const char *scope = call_word(call, 1);
	struct rulebook_change change = {
		.kind = rulebook_kind_from(call_word(call, 0)),
		.scope = strcmp(scope, "all") == 0 ? "" : scope,
		.value = call_word(call, 2),
		.remove = call->value[OPTION_REMOVE] != NULL,
	};
	struct rule_trial trial;
	struct desk *desk = NULL;
	enum desk_status status;

	if (!call->value[OPTION_PERIOD])
		return call_misused(
			call, notice, "no period; give --period, as in --period 2020-10..2020-12");
	status = session_desk(call, &desk, notice);
	if (status != DESK_OK)
		return status;
	change.from = desk_today(desk);
	status = desk_rule_try(desk, &change, call->value[OPTION_PERIOD], &trial, notice);
	desk_close(desk);
	if (status != DESK_OK)
		return status;
	return write_trial(rulebook_kind_rule(change.kind, change.scope), &trial, output, notice);
}

enum desk_status cmd_rule_try(const struct call *call, struct notice *notice)
{
	return output_run(call, try_rule, notice);
}
