/*
 * What a trace found, that nobody was found, what the Caldicott Guardian
 * decided. S-flag and changed identity have no default: somebody must say.
 */
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/json.h"
#include "tui/decide.h"
#include "tui/moves.h"

static const struct code yes_no_codes[] = { { "yes", "yes" }, { "no", "no" } };
static const struct code_set yes_no = { "yes_no", yes_no_codes, 2 };
static const struct code no_trace_codes[] = {
	{ "91", "invalid record" },
	{ "95", "under investigation" },
	{ "96", "not enough data" },
	{ "97", "several matches" },
	{ "98", "no match" },
};
static const struct code_set no_trace_set = { "no_trace", no_trace_codes, 5 };
static const struct code guardian_codes[] = {
	{ "release", "release" },
	{ "withhold", "withhold (its letter is neutral)" },
};
static const struct code_set guardian_set = { "guardian", guardian_codes, 2 };

static void subject_heading(const struct request *request, size_t which, struct decide *decide)
{
	char *const *field = request->subjects[which].field;
	char text[256], number[64] = "";

	if (request->subject_count > 1)
		snprintf(number, sizeof(number), " %zu of %zu", which + 1, request->subject_count);
	snprintf(text, sizeof(text), "Subject%s: %s%s%s", number, field[FIELD_SUBJECT_SURNAME],
		field[FIELD_SUBJECT_FORENAMES][0] ? ", " : "", field[FIELD_SUBJECT_FORENAMES]);
	decide->headings[which] = mem_text(text);
}

/* What stands recorded of a flag stays. */
static void flag_add(struct decide *decide, size_t which, const char *code, const char *label)
{
	const struct subject *subject = &decide->argument.request->subjects[which];
	const char *known =
		subject->field[strcmp(code, "s_flag") == 0 ? FIELD_S_FLAG : FIELD_IDENTITY_CHANGED];
	struct entry entry = { .kind = ENTRY_CHOICE,
		.label = label,
		.code = code,
		.choices = &yes_no,
		.subject = (int)which,
		.is_needed = true };

	answers_choose(&entry, strcmp(known, "yes") == 0 ? known : "");
	answers_add(&decide->form, &entry);
}

static void subject_add(struct decide *decide, size_t which)
{
	const struct code_set *items = code_set_find("item");
	const char *asked = decide->argument.request->field[FIELD_ITEMS];
	struct decide wanted = { 0 };

	subject_heading(decide->argument.request, which, decide);
	answers_add(&decide->form, &(struct entry) { .kind = ENTRY_CHOICE,
					   .label = "Trace answer",
					   .code = "trace_code",
					   .heading = decide->headings[which],
					   .choices = code_set_find("trace_code"),
					   .chosen = ANSWERS_NO_CHOICE,
					   .subject = (int)which,
					   .is_needed = true });
	answers_add(&decide->form, &(struct entry) { .kind = ENTRY_SET,
					   .label = "Matched on",
					   .code = "matched_on",
					   .choices = code_set_find("matched_on"),
					   .subject = (int)which,
					   .rows = 2 });
	flag_add(decide, which, "s_flag", "S-flagged");
	flag_add(decide, which, "identity_changed", "Changed identity");
	decide_add_items(&wanted, asked, NULL);
	for (size_t i = 0; i < wanted.form.count; i++) {
		const struct entry *item = &wanted.form.entries[i];

		answers_add(&decide->form, &(struct entry) { .kind = ENTRY_TEXT,
						   .label = code_label(items, item->code),
						   .code = item->code,
						   .subject = (int)which,
						   .rows = 1,
						   .is_locked = true });
	}
	answers_clear(&wanted.form);
}

void build_trace(const struct ui *ui, struct decide *decide)
{
	const struct request *request = decide->argument.request;
	struct entry *recipient;

	(void)ui;
	decide->heading_count = request->subject_count;
	decide->headings = mem_new(request->subject_count + 1, sizeof(*decide->headings));
	for (size_t i = 0; i < request->subject_count; i++)
		subject_add(decide, i);
	decide_add_items(decide, request->field[FIELD_ITEMS], "To be released");
	recipient = answers_add(&decide->form, &(struct entry) { .kind = ENTRY_CHOICE,
						       .label = "Recipient",
						       .code = "recipient",
						       .choices = code_set_find("recipient") });
	answers_choose(recipient, request->field[FIELD_RECIPIENT]);
}

/* {"address":"…"} of what was typed for a subject. */
static char *values_make(const struct answers *form, int subject)
{
	struct buffer out;

	buffer_init(&out);
	for (size_t i = 0; i < form->count; i++) {
		const struct entry *entry = &form->entries[i];

		if (entry->kind != ENTRY_TEXT || entry->subject != subject ||
			line_is_blank(&entry->line))
			continue;
		buffer_add(&out, out.size > 0 ? "," : "{");
		json_write_string(entry->code, &out);
		buffer_add(&out, ":");
		json_write_string(entry->line.text, &out);
	}
	if (out.size > 0)
		buffer_add(&out, "}");
	return buffer_take(&out);
}

/* Who was traced was matched on something: the number of the first of whom it is not said, or 0. */
static int unmatched(const struct answers *form, size_t count)
{
	for (int i = 0; i < (int)count; i++) {
		const char *code = answers_value(form, "trace_code", i);
		const struct entry *matched = answers_find(form, "matched_on", i);

		if (matched->picked == 0 && code_label(&no_trace_set, code) == NULL)
			return i + 1;
	}
	return 0;
}

bool make_trace(struct ui *ui, struct decide *decide)
{
	const struct answers *form = &decide->form;
	size_t count = decide->argument.request->subject_count;
	struct trace_answer *answers = mem_new(count + 1, sizeof(*answers));
	char **values = mem_new(count + 1, sizeof(*values));
	char **matched = mem_new(count + 1, sizeof(*matched));
	char *items = answers_ticked(form);
	const struct desk_move move = { .move = MOVE_TRACE,
		.reference = decide->argument.request->reference,
		.answers = answers,
		.answer_count = count,
		.items = items,
		.recipient = answers_value(form, "recipient", 0) };
	bool is_made = false;

	for (size_t i = 0; i < count; i++) {
		values[i] = values_make(form, (int)i);
		matched[i] = answers_picked(answers_find(form, "matched_on", (int)i));
		answers[i] = (struct trace_answer) { answers_value(form, "trace_code", (int)i),
			matched[i], answers_value(form, "s_flag", (int)i),
			answers_value(form, "identity_changed", (int)i), values[i] };
	}
	if (unmatched(form, count) > 0)
		(void)notice_set(&ui->told, DESK_REFUSED,
			"Subject %d: say what was matched on; at least one of them",
			unmatched(form, count));
	else
		is_made = receipt_move(ui, &move);
	for (size_t i = 0; i < count; i++) {
		mem_free(values[i]);
		mem_free(matched[i]);
	}
	mem_free(values);
	mem_free(matched);
	mem_free(answers);
	mem_free(items);
	return is_made;
}

void build_no_trace(const struct ui *ui, struct decide *decide)
{
	(void)ui;
	decide_add_choice(decide, "trace_code", "Trace answer", &no_trace_set);
	decide_add_text(decide, "sources", "Sources searched", 1);
	answers_type(&decide->form.entries[1], "PDS");
}

bool make_no_trace(struct ui *ui, struct decide *decide)
{
	const struct desk_move move = { .move = MOVE_NO_TRACE,
		.reference = decide->argument.request->reference,
		.trace_code = answers_value(&decide->form, "trace_code", 0),
		.sources = answers_value(&decide->form, "sources", 0) };

	return receipt_move(ui, &move);
}

void build_guardian(const struct ui *ui, struct decide *decide)
{
	const struct decision *open = decision_open(decide->argument.beside);
	const struct request *request = decide->argument.request;
	struct entry *added;

	decide_add_text(decide, "guardian", "Caldicott Guardian", 1);
	decide_add_day(ui, decide, "decided", "Decided on");
	decide_add_choice(decide, "decision", "Decision", &guardian_set);
	decide_add_items(
		decide, open ? open->items : request->field[FIELD_ITEMS], "To be released");
	added = answers_add(&decide->form, &(struct entry) { .kind = ENTRY_CHOICE,
						   .label = "Recipient",
						   .code = "recipient",
						   .choices = code_set_find("recipient") });
	answers_choose(added, request->field[FIELD_RECIPIENT]);
	answers_add(&decide->form,
		&(struct entry) { .kind = ENTRY_TEXT, .label = "Note", .code = "note", .rows = 2 });
}

bool make_guardian(struct ui *ui, struct decide *decide)
{
	const struct answers *form = &decide->form;
	char day[DAY_SIZE];
	char *items = answers_ticked(form);
	const struct guardian_decision guardian = { .guardian = answers_value(form, "guardian", 0),
		.decided = day,
		.withhold = strcmp(answers_value(form, "decision", 0), "withhold") == 0,
		.items = items,
		.recipient = answers_value(form, "recipient", 0),
		.note = answers_value(form, "note", 0) };
	const struct desk_move move = { .move = MOVE_GUARDIAN,
		.reference = decide->argument.request->reference,
		.guardian = &guardian };
	bool is_made = false;

	if (!decide_day(ui, decide, "decided", day))
		is_made = false;
	else if (guardian.withhold && items[0])
		(void)notice_set(&ui->told, DESK_REFUSED,
			"Withheld means that nothing is released: take the ticks away");
	else if (!guardian.withhold && !items[0])
		(void)notice_set(&ui->told, DESK_REFUSED, "Tick what is released (Space)");
	else
		is_made = receipt_move(ui, &move);
	mem_free(items);
	return is_made;
}
