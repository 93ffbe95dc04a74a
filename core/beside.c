/*
 * Writing what stands beside a receipt.
 */
#include "core/beside.h"

#include <string.h>

#include "core/calendar.h"
#include "core/codes.h"
#include "core/json.h"
#include "core/text.h"

/* Checks, for people */

/* In the order shown; the marks are those of the screens. */
static const struct {
	enum rule_result result;
	const char *mark;
} marks[] = {
	{ RULE_FAIL, "✗" },
	{ RULE_WARN, "!" },
	{ RULE_OPEN, "?" },
	{ RULE_PASS, "✓" },
};

static const char *const advice_words[] = {
	[ADVICE_NONE] = "none",
	[ADVICE_ACCEPT] = "accept; nothing stands against it",
	[ADVICE_QUERY] = "query; the sender can mend it",
	[ADVICE_REJECT] = "reject",
};

static void checks_of(
	const struct beside *beside, enum rule_result result, const char *mark, struct buffer *out)
{
	for (size_t i = 0; i < beside->finding_count; i++) {
		const struct finding *finding = &beside->findings[i];

		if (finding->result != result)
			continue;
		buffer_print(out, "  %s ", mark);
		text_show(finding->sentence, out);
		buffer_print(out, "%s  [%s]\n",
			finding->is_excepted && result == RULE_FAIL ? " (An exception is made.)"
								    : "",
			finding->rule->code);
	}
}

void beside_checks_text(const struct beside *beside, struct buffer *out)
{
	size_t not_asked = 0;

	if (beside->finding_count == 0) {
		buffer_add(out, "No checks: it was imported as an older system decided it.\n");
		return;
	}
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		checks_of(beside, marks[i].result, marks[i].mark, out);
	for (size_t i = 0; i < beside->finding_count; i++)
		not_asked += beside->findings[i].result == RULE_NOT_APPLICABLE;
	if (not_asked > 0)
		buffer_print(
			out, "  – %zu %s not apply.\n", not_asked, not_asked == 1 ? "does" : "do");
	buffer_print(out, "  Advice: %s. Rulebook version %d.\n", advice_words[beside->advice],
		beside->rules_version);
}

/* Decisions, notes, references, for people */

/* Lines of a text under each other. */
static void show_lines(const char *label, const char *text, struct buffer *out)
{
	if (*text == '\0')
		return;
	buffer_print(out, "    %s", label);
	while (*text != '\0') {
		size_t size = strcspn(text, "\n");
		char *line = mem_text_sized(text, size);

		text_show(line, out);
		mem_free(line);
		text += size;
		if (*text == '\n') {
			text++;
			buffer_add(out, "\n    ");
		}
	}
	buffer_add(out, "\n");
}

/* Nothing of an empty list. set: of its codes; "" for what are none. */
static void show_list(const char *label, const char *list, const char *set, struct buffer *out)
{
	if (*list == '\0')
		return;
	buffer_print(out, "    %s", label);
	codes_show(set, list, out);
	buffer_add(out, "\n");
}

static void show_who(const char *what, const char *name, int64_t moment, struct buffer *out)
{
	char day[DAY_SIZE], shown[64];

	day_of_moment(moment, day);
	day_shown(day, shown);
	buffer_print(out, "%s, %s, ", what, shown);
	text_show(name, out);
}

/* The Guardian's decision as an object, or the sources that were searched as a list. */
static void show_detail(const char *detail, struct buffer *out)
{
	char why[128];
	struct json_value *object;

	if (*detail != '{') {
		show_list("Searched: ", detail, "", out);
		return;
	}
	object = json_read(detail, strlen(detail), why, sizeof(why));
	for (size_t i = 0; object && i < object->count; i++) {
		struct buffer label;

		buffer_init(&label);
		text_show(object->items[i].name, &label);
		buffer_add(&label, ": ");
		show_lines(buffer_text(&label), object->items[i].text, out);
		buffer_done(&label);
	}
	json_free(object);
}

static void decision_text(const struct decision *decision, struct buffer *out)
{
	bool is_exception = decision->kind == DECISION_EXCEPTION;
	const char *set = decision->kind == DECISION_WITHDRAWAL ? "withdrawal" : "reason";

	buffer_add(out, "  ");
	show_who(decision_kind_name((int)decision->kind), decision->proposer_name,
		decision->proposed, out);
	buffer_print(out, ": %s\n", decision_result_name((int)decision->result));
	show_list(is_exception ? "From: " : "Reasons: ", decision->reasons, is_exception ? "" : set,
		out);
	if (*decision->outcome != '\0')
		show_list("To be: ", decision->outcome, "outcome", out);
	show_list("To be released: ", decision->items, "item", out);
	show_list("To: ", decision->recipient, "recipient", out);
	show_lines("Note: ", decision->note, out);
	show_detail(decision->detail, out);
	if (decision->reviewer == 0)
		return;
	buffer_add(out, "    ");
	show_who("Reviewed", decision->reviewer_name, decision->reviewed, out);
	buffer_add(out, "\n");
	show_list("Struck: ", decision->struck, "reason", out);
	show_lines("Review: ", decision->review_note, out);
}

static void note_text(const struct note *note, struct buffer *out)
{
	buffer_add(out, "  ");
	show_who(note_kind_name((int)note->kind), note->person_name, note->time, out);
	buffer_add(out, "\n");
	show_lines("", note->text, out);
}

void beside_text(const struct beside *beside, struct buffer *out)
{
	if (beside->finding_count > 0) {
		buffer_add(out, "\nChecks\n");
		beside_checks_text(beside, out);
	}
	if (beside->decision_count > 0)
		buffer_add(out, "\nDecisions and proposals\n");
	for (size_t i = 0; i < beside->decision_count; i++)
		decision_text(&beside->decisions[i], out);
	if (beside->note_count > 0)
		buffer_add(out, "\nNotes\n");
	for (size_t i = 0; i < beside->note_count; i++)
		note_text(&beside->notes[i], out);
	if (*beside->duplicates != '\0' || *beside->linked != '\0')
		buffer_add(out, "\nOther receipts\n");
	show_list("Possible duplicates: ", beside->duplicates, "", out);
	show_list("Linked: ", beside->linked, "", out);
}

/* JSON */

static void advice_json(enum rule_advice advice, struct buffer *out)
{
	const char *code = rule_advice_code(advice);

	buffer_add(out, ",\"advice\":");
	if (code)
		json_write_string(code, out);
	else
		buffer_add(out, "null");
}

/* advice of a finding: what a fail of its rule leads to, whatever came out. */
void beside_findings_json(const struct beside *beside, struct buffer *out)
{
	buffer_add(out, "[");
	for (size_t i = 0; i < beside->finding_count; i++) {
		const struct finding *finding = &beside->findings[i];

		buffer_print(out,
			"%s{\"rule\":\"%s\",\"result\":\"%s\",\"sentence\":", i > 0 ? "," : "",
			finding->rule->code, rule_result_code(finding->result));
		json_write_string(finding->sentence, out);
		buffer_add(out, ",\"source\":");
		json_write_string(finding->rule->source, out);
		advice_json(finding->rule->advice, out);
		buffer_add(out, "}");
	}
	buffer_add(out, "]");
}

void beside_checks_json(const char *reference, const struct beside *beside, struct buffer *out)
{
	buffer_add(out, "{\"reference\":");
	json_write_string(reference, out);
	buffer_print(out, ",\"rules_version\":%d", beside->rules_version);
	advice_json(beside->advice, out);
	buffer_add(out, ",\"findings\":");
	beside_findings_json(beside, out);
	buffer_add(out, "}\n");
}
