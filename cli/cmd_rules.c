/*
 * rule list, rule show, rule set. A rule's settings are the rows of the
 * rulebook that it reads.
 */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/session.h"
#include "core/json.h"

static const struct sheet_column columns[] = {
	{ .name = "rule", .title = "Rule" },
	{ .name = "services", .title = "Services", .kind = CELL_LIST, .not_in_text = true },
	{ .name = "advice", .title = "Advice" },
	{ .name = "kind", .title = "Setting" },
	{ .name = "scope", .title = "For", .not_in_text = true },
	{ .name = "scope_shown", .title = "For", .text_only = true },
	{ .name = "value", .title = "Value" },
	{ .name = "from", .title = "Received from", .kind = CELL_DAY },
	{ .name = "to", .title = "Received to", .kind = CELL_DAY },
	{ .name = "mend", .title = "Mends", .kind = CELL_YES_NO },
};

enum { COLUMNS = sizeof(columns) / sizeof(columns[0]), SETTING_COLUMNS = COLUMNS - 3 };

/* The rulebook as read. */
struct rows {
	struct rule_row *list;
	size_t count;
	int version;
};

static enum desk_status rows_read(
	const struct call *call, struct rows *out_rows, struct notice *notice)
{
	struct desk *desk = NULL;
	enum desk_status status = session_desk(call, &desk, notice);

	*out_rows = (struct rows) { 0 };
	if (status == DESK_OK)
		status = desk_rules(
			desk, &out_rows->list, &out_rows->count, &out_rows->version, notice);
	desk_close(desk);
	return status;
}

/* The services of a rule, parted as a sheet or a person wants it. */
static void services_add(const struct rule *rule, const char *mark, struct buffer *out)
{
	const char *rest = rule->services;

	while (*rest != '\0') {
		size_t size = strcspn(rest, " ");

		buffer_add(out, rest == rule->services ? "" : mark);
		buffer_add_bytes(out, rest, size);
		rest += size + (rest[size] == ' ');
	}
}

static const char *advice_of(const struct rule *rule)
{
	const char *code = rule_advice_code(rule->advice);

	return code ? code : "";
}

static void add_rule(struct sheet *sheet, const struct rule *rule)
{
	struct buffer services;

	buffer_init(&services);
	services_add(rule, ";", &services);
	sheet_text(sheet, rule->code);
	sheet_text(sheet, buffer_text(&services));
	sheet_text(sheet, advice_of(rule));
	buffer_done(&services);
}

/* NULL: a rule without any. */
static void add_setting(struct sheet *sheet, const struct rule_row *row)
{
	static const struct rule_row none = { 0 };
	const struct rule_row *shown = row ? row : &none;
	const char *kind = rulebook_kind_code(shown->kind);

	sheet_text(sheet, kind);
	sheet_text(sheet, shown->scope);
	sheet_text(sheet, row && *row->scope == '\0' ? "all" : shown->scope);
	sheet_text(sheet, shown->value);
	sheet_text(sheet, shown->from);
	sheet_text(sheet, shown->to);
	if (row)
		sheet_yes_no(sheet, row->mend);
	else
		sheet_text(sheet, "");
}

/* The settings of a rule; with_rule: each after the rule itself. */
static void add_settings(
	struct sheet *sheet, const struct rule *rule, const struct rows *rows, bool with_rule)
{
	bool is_any = false;

	for (size_t i = 0; i < rows->count; i++) {
		if (rulebook_kind_rule(rows->list[i].kind, rows->list[i].scope) != rule)
			continue;
		if (with_rule)
			add_rule(sheet, rule);
		add_setting(sheet, &rows->list[i]);
		is_any = true;
	}
	if (!is_any && with_rule) {
		add_rule(sheet, rule);
		add_setting(sheet, NULL);
	}
}

static enum desk_status write_rules(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct rows rows;
	struct sheet *sheet;
	enum desk_status status = rows_read(call, &rows, notice);

	if (status != DESK_OK)
		return status;
	sheet = sheet_new(columns, COLUMNS);
	for (size_t i = 0; i < RULE_COUNT; i++)
		add_settings(sheet, rule_at(i), &rows, true);
	mem_free(rows.list);
	return output_sheet_done(output, sheet, notice);
}

enum desk_status cmd_rule_list(const struct call *call, struct notice *notice)
{
	return output_run(call, write_rules, notice);
}

static void show_text(const struct rule *rule, int version, struct buffer *out)
{
	buffer_print(out, "%s, rulebook version %d\n\n  Services  ", rule->code, version);
	if (*rule->services == '\0')
		buffer_add(out, "all");
	services_add(rule, ", ", out);
	buffer_print(out, "\n  Advice    %s\n  Judged    %s\n  Source    %s\n\n",
		rule->advice == ADVICE_NONE ? "none: it never fails" : advice_of(rule),
		rule->is_judged ? "by a person" : "by what is entered", rule->source);
}

static void show_json(const struct rule *rule, int version, struct buffer *out)
{
	struct buffer services;

	buffer_init(&services);
	services_add(rule, "\",\"", &services);
	buffer_print(out, "{\"rule\":\"%s\",\"services\":[", rule->code);
	if (services.size > 0)
		buffer_print(out, "\"%s\"", buffer_text(&services));
	buffer_add(out, "],\"advice\":");
	if (rule->advice == ADVICE_NONE)
		buffer_add(out, "null");
	else
		json_write_string(advice_of(rule), out);
	buffer_print(out, ",\"judged\":%s,\"source\":", rule->is_judged ? "true" : "false");
	json_write_string(rule->source, out);
	buffer_print(out, ",\"rules_version\":%d,\"settings\":", version);
	buffer_done(&services);
}

static enum desk_status write_rule(
	const struct call *call, struct output *output, struct notice *notice)
{
	const struct rule *rule = rule_find(call_word(call, 0));
	struct rows rows;
	struct sheet *sheet;
	struct buffer text;
	enum desk_status status;

	if (!rule)
		return call_misused(call, notice,
			"\"%s\" is no rule; `tracedesk rule list` shows them", call_word(call, 0));
	status = rows_read(call, &rows, notice);
	if (status != DESK_OK)
		return status;
	buffer_init(&text);
	sheet = sheet_new(columns + COLUMNS - SETTING_COLUMNS, SETTING_COLUMNS);
	add_settings(sheet, rule, &rows, false);
	if (output->format == OUTPUT_TEXT)
		show_text(rule, rows.version, &text);
	else if (output->format == OUTPUT_JSON)
		show_json(rule, rows.version, &text);
	output_sheet(output, sheet, &text);
	if (output->format == OUTPUT_JSON)
		buffer_add(&text, "}\n");
	sheet_free(sheet);
	mem_free(rows.list);
	status = output_write(output, &text, notice);
	buffer_done(&text);
	return status;
}

enum desk_status cmd_rule_show(const struct call *call, struct notice *notice)
{
	return output_run(call, write_rule, notice);
}

static enum desk_status say_set(
	const struct rulebook_change *change, int version, struct notice *notice)
{
	char text[512];

	(void)snprintf(text, sizeof(text),
		"Rulebook version %d: %s %s %s %s for receipts received from %s on%s.\n", version,
		rulebook_kind_code(change->kind), *change->scope != '\0' ? change->scope : "all",
		change->value, change->remove ? "goes out" : "holds", change->from,
		change->mend ? ", and for undecided ones received before" : "");
	return output_say(text, notice);
}

enum desk_status cmd_rule_set(const struct call *call, struct notice *notice)
{
	const char *scope = call_word(call, 1);
	const char *from = call->value[OPTION_DATE];
	struct rulebook_change change = {
		.kind = rulebook_kind_from(call_word(call, 0)),
		.scope = strcmp(scope, "all") == 0 ? "" : scope,
		.value = call_word(call, 2),
		.mend = call->value[OPTION_MEND] != NULL,
		.remove = call->value[OPTION_REMOVE] != NULL,
	};
	struct desk *desk = NULL;
	char today[DAY_SIZE] = "";
	int version = 0;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status != DESK_OK)
		return status;
	(void)snprintf(today, sizeof(today), "%s", desk_today(desk));
	change.from = from ? from : today;
	status = desk_rule_set(desk, &change, &version, notice);
	desk_close(desk);
	return status == DESK_OK ? say_set(&change, version, notice) : status;
}
