/*
 * What the parts of a receipt say, in reading order.
 */
#include "tui/receipt_parts.h"

#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/codes.h"
#include "core/json.h"
#include "core/layout.h"
#include "core/letters.h"
#include "tui/receipt_lines.h"

enum { LABEL_COLUMN = 12, MARK_COLUMN = 2, NOTE_COLUMN = 2, EVENT_COLUMN = 18, FILE_COLUMN = 46 };

static const char *finding_mark(const struct finding *finding)
{
	if (finding->is_excepted && finding->result == RULE_FAIL)
		return "~";
	switch (finding->result) {
	case RULE_PASS:
		return "✓";
	case RULE_FAIL:
		return "✗";
	case RULE_WARN:
		return "!";
	case RULE_OPEN:
		return "?";
	case RULE_NOT_APPLICABLE:
		return "–";
	}
	return "?";
}

void moment_shown(int64_t moment, char out_shown[32])
{
	char day[DAY_SIZE], shown[64], text[21];

	moment_text(moment, text);
	snprintf(day, sizeof(day), "%.10s", text);
	day_shown(day, shown);
	snprintf(out_shown, 32, "%.10s %.5s", shown, text + 11);
}

static const char *or_dash(const char *value)
{
	if (strcmp(value, "-") == 0)
		return "(not on the form)";
	return value[0] ? value : "(not entered)";
}

/* "DC 12345" */
static void rank_shown(const struct request *request, enum request_field name, struct buffer *out)
{
	const char *rank = request->field[name + 1], *number = request->field[name + 2];

	buffer_print(out, "%s%s%s", rank, rank[0] && number[0] ? " " : "", number);
}

void officer_shown(const struct request *request, enum request_field name, struct buffer *out)
{
	const char *rank = request->field[name + 1], *number = request->field[name + 2];

	buffer_add(out, or_dash(request->field[name]));
	buffer_add(out, rank[0] || number[0] ? ", " : "");
	rank_shown(request, name, out);
}

static void signed_shown(const char *day, struct buffer *out)
{
	char shown[64];

	if (day[0] == '\0')
		return;
	day_shown(or_dash(day), shown);
	buffer_print(out, "signed %s", shown);
}

/* One line of an officer: the name, the rank and number, the day signed. */
static void officer_line(
	const struct request *request, enum request_field name, int line, struct buffer *out)
{
	enum request_field day =
		name == FIELD_REQUESTER_NAME ? FIELD_REQUESTER_SIGNED : FIELD_COUNTERSIGNED;

	if (line == 0)
		buffer_add(out, or_dash(request->field[name]));
	else if (line == 1)
		rank_shown(request, name, out);
	else
		signed_shown(request->field[day], out);
}

/* Requester and countersigner side by side. */
static void officers_put(struct page *page, const struct request *request)
{
	bool has_second = false;

	for (int i = FIELD_COUNTERSIGNER_NAME; i <= FIELD_COUNTERSIGNED; i++)
		has_second |= request->field[i][0] != '\0';
	for (int line = 0; line < 3; line++) {
		struct buffer left, right;

		buffer_init(&left);
		buffer_init(&right);
		officer_line(request, FIELD_REQUESTER_NAME, line, &left);
		if (has_second) {
			buffer_add(&right, line == 0 ? "Countersigner  " : "               ");
			officer_line(request, FIELD_COUNTERSIGNER_NAME, line, &right);
		}
		if (left.size > 0 || has_second)
			page_pair(page, line == 0 ? "Requester" : NULL, buffer_text(&left),
				buffer_text(&right));
		buffer_done(&left);
		buffer_done(&right);
	}
}

static void subject_put(struct page *page, const struct request *request, size_t which)
{
	char *const *field = request->subjects[which].field;
	const int born = field[FIELD_SUBJECT_DOB][0] ? FIELD_SUBJECT_DOB : FIELD_SUBJECT_DOB_APPROX;
	struct buffer out;

	buffer_init(&out);
	buffer_add(&out, or_dash(field[FIELD_SUBJECT_SURNAME]));
	if (field[FIELD_SUBJECT_FORENAMES][0])
		buffer_print(&out, ", %s", field[FIELD_SUBJECT_FORENAMES]);
	if (field[born][0]) {
		buffer_add(&out, born == FIELD_SUBJECT_DOB ? " · born " : " · born about ");
		subject_field_shown(&request->subjects[which], born, &out);
	}
	if (field[FIELD_SUBJECT_SEX][0])
		buffer_add(&out, " · ");
	codes_show("subject_sex", field[FIELD_SUBJECT_SEX], &out);
	buffer_print(&out, " · NHS number %s", field[FIELD_NHS_NUMBER][0] ? "" : "not given");
	subject_field_shown(&request->subjects[which], FIELD_NHS_NUMBER, &out);
	if (field[FIELD_TRACE_CODE][0]) {
		buffer_print(&out, " · traced: %s ", field[FIELD_TRACE_CODE]);
		codes_show("trace_code", field[FIELD_TRACE_CODE], &out);
	}
	page_brief(page, LABEL_COLUMN, which == 0 ? "Subject" : "and", buffer_text(&out));
	buffer_done(&out);
}

static void coded_put(struct page *page, const char *label, const char *set, const char *codes)
{
	struct buffer out;

	buffer_init(&out);
	codes_show(set, codes, &out);
	if (out.size > 0)
		page_brief(page, LABEL_COLUMN, label, out.text);
	buffer_done(&out);
}

static void head_put(struct page *page, const struct receipt_whole *whole)
{
	const struct request *request = whole->request;
	char *const *field = request->field;
	char shown[64];
	struct buffer out;

	buffer_init(&out);
	buffer_add(&out, service_label(whole->services, field[FIELD_SERVICE]));
	if (field[FIELD_REQUESTER_REFERENCE][0])
		buffer_print(&out, " · ref %s", field[FIELD_REQUESTER_REFERENCE]);
	if (field[FIELD_ORGANISATION][0])
		buffer_print(&out, " · %s", field[FIELD_ORGANISATION]);
	page_brief(page, 0, NULL, buffer_text(&out));
	buffer_done(&out);
	buffer_init(&out);
	day_shown(field[FIELD_RECEIVED], shown);
	buffer_add(&out, shown);
	if (field[FIELD_CHANNEL][0])
		buffer_add(&out, ", ");
	codes_show("channel", field[FIELD_CHANNEL], &out);
	page_brief(page, LABEL_COLUMN, "Received", buffer_text(&out));
	buffer_done(&out);
	coded_put(page, "Asks for", "item", field[FIELD_ITEMS]);
	buffer_init(&out);
	codes_show("purpose", field[FIELD_PURPOSE], &out);
	if (field[FIELD_OFFENCE][0])
		buffer_print(&out, "%s%s", out.size > 0 ? ": " : "", field[FIELD_OFFENCE]);
	if (out.size > 0)
		page_brief(page, LABEL_COLUMN, "Purpose", out.text);
	buffer_done(&out);
}

static void decision_put(struct page *page, const struct request *request)
{
	char shown[64];
	struct buffer out;

	if (!request->field[FIELD_DECIDED][0])
		return;
	buffer_init(&out);
	day_shown(request->field[FIELD_DECIDED], shown);
	buffer_print(&out, "%s on %s", state_name(request->state), shown);
	if (request->field[FIELD_DECIDED_BY][0])
		buffer_print(&out, " by %s", request->field[FIELD_DECIDED_BY]);
	if (request->field[FIELD_REVIEWED_BY][0])
		buffer_print(&out, ", reviewed by %s", request->field[FIELD_REVIEWED_BY]);
	page_brief(page, LABEL_COLUMN, "Decided", buffer_text(&out));
	buffer_done(&out);
	coded_put(page, "Reasons", "reason", request->field[FIELD_REASONS]);
	coded_put(page, "Released", "item", request->field[FIELD_RELEASED]);
}

static const char *text_of(const struct json_value *object, const char *name)
{
	const struct json_value *value = object ? json_member(object, name) : NULL;

	return value && value->text ? value->text : "";
}

/* The Guardian's own words, as they were recorded. */
static void guardian_put(struct page *page, const struct decision *decision)
{
	char why[128], day[64];
	struct json_value *detail =
		json_read(decision->detail, strlen(decision->detail), why, sizeof(why));
	const char *note = text_of(detail, "note");
	struct buffer out;

	buffer_init(&out);
	day_shown(text_of(detail, "decided"), day);
	buffer_print(&out, "%s decided on %s: %s%s%s", text_of(detail, "guardian"), day,
		text_of(detail, "decision"), note[0] ? "; " : "", note);
	page_brief(page, LABEL_COLUMN, "Guardian", buffer_text(&out));
	buffer_done(&out);
	json_free(detail);
}

static void guardians_put(struct page *page, const struct desk_beside *beside)
{
	for (size_t i = 0; i < beside->decision_count; i++)
		if (beside->decisions[i].kind == DECISION_GUARDIAN)
			guardian_put(page, &beside->decisions[i]);
}

static bool is_quiet(const struct finding *finding)
{
	return finding->result == RULE_PASS || finding->result == RULE_NOT_APPLICABLE;
}

static void check_put(struct page *page, const struct receipt_whole *whole, int item)
{
	const struct finding *finding = &whole->beside->findings.finding[item];
	struct buffer out;
	struct page_text put = { .label = finding_mark(finding),
		.column = MARK_COLUMN,
		.style = finding->result == RULE_FAIL ? DRAW_BOLD : DRAW_PLAIN,
		.is_item = true,
		.item = item };

	buffer_init(&out);
	buffer_add(&out, finding->sentence);
	if (finding->result == RULE_OPEN && whole->may_judge)
		buffer_add(&out, "  (y / n)");
	else if (finding->is_excepted && finding->result == RULE_FAIL)
		buffer_add(&out, "  (an exception)");
	put.text = buffer_text(&out);
	page_put(page, &put);
	buffer_done(&out);
}

/* They all say the same, so it is said once. */
static bool is_not_asked(const struct finding *finding)
{
	return finding->result == RULE_NOT_APPLICABLE &&
	       strcmp(finding->sentence, RULES_NOT_ASKED) == 0;
}

static void checks_put(struct page *page, const struct receipt_whole *whole)
{
	static const enum rule_result order[] = { RULE_FAIL, RULE_OPEN, RULE_WARN, RULE_PASS,
		RULE_NOT_APPLICABLE };
	const struct desk_findings *findings = &whole->beside->findings;
	int passed = 0, unfit = 0, not_asked = 0;
	char text[96];

	for (size_t o = 0; o < sizeof(order) / sizeof(order[0]); o++)
		for (size_t i = 0; i < findings->count; i++) {
			const struct finding *finding = &findings->finding[i];

			if (finding->result != order[o])
				continue;
			passed += finding->result == RULE_PASS;
			unfit += finding->result == RULE_NOT_APPLICABLE;
			not_asked += is_not_asked(finding);
			if (!is_not_asked(finding) && (whole->shows_all || !is_quiet(finding)))
				check_put(page, whole, (int)i);
		}
	if (findings->count == 0) {
		page_labelled(page, 0, NULL,
			"Taken over as an older system decided it: not checked again.");
		return;
	}
	if (whole->shows_all && not_asked > 0) {
		snprintf(text, sizeof(text), "The other %d are not for this service.", not_asked);
		page_put(page,
			&(struct page_text) { .label = "–", .text = text, .column = MARK_COLUMN });
	}
	snprintf(text, sizeof(text), "✓ %d %s   – %d %s not apply   c %s", passed,
		passed == 1 ? "check passes" : "checks pass", unfit, unfit == 1 ? "does" : "do",
		whole->shows_all ? "hides them" : "shows all");
	page_put(page, &(struct page_text) { .text = text, .style = DRAW_FAINT });
}

static const char *proposal_words(enum decision_kind kind)
{
	const char *name = decision_kind_name((int)kind);

	return name ? name : "?";
}

/* What waits for a second person. */
static void proposal_put(struct page *page, const struct receipt_whole *whole)
{
	const struct desk_beside *beside = whole->beside;
	struct buffer out;

	for (size_t i = 0; i < beside->decision_count; i++) {
		const struct decision *decision = &beside->decisions[i];

		if (decision->result != DECISION_OPEN)
			continue;
		buffer_init(&out);
		buffer_print(
			&out, "%s, by %s", proposal_words(decision->kind), decision->proposer_name);
		if (decision->note[0])
			buffer_print(&out, ": %s", decision->note);
		page_labelled(page, LABEL_COLUMN, "Proposed", buffer_text(&out));
		buffer_done(&out);
		coded_put(page, "Reasons",
			decision->kind == DECISION_WITHDRAWAL ? "withdrawal" : "reason",
			decision->reasons);
		coded_put(page, "To release", "item", decision->items);
	}
}

void part_summary(struct page *page, const struct receipt_whole *whole)
{
	head_put(page, whole);
	officers_put(page, whole->request);
	for (size_t i = 0; i < whole->request->subject_count; i++)
		subject_put(page, whole->request, i);
	decision_put(page, whole->request);
	guardians_put(page, whole->beside);
	proposal_put(page, whole);
	if (whole->beside->linked && whole->beside->linked[0])
		page_labelled(page, LABEL_COLUMN, "Linked", whole->beside->linked);
	page_gap(page);
	checks_put(page, whole);
}

void part_notes(struct page *page, const struct receipt_whole *whole)
{
	const struct desk_beside *beside = whole->beside;
	char head[160], shown[32];

	if (whole->request->field[FIELD_NOTE][0]) {
		page_heading(page, "With the request");
		page_labelled(page, NOTE_COLUMN, NULL, whole->request->field[FIELD_NOTE]);
	} else if (beside->note_count == 0) {
		page_labelled(page, 0, NULL, "There are no notes.");
	}
	for (size_t i = 0; i < beside->note_count; i++) {
		const struct note *note = &beside->notes[i];
		const char *kind = note_kind_name((int)note->kind);

		page_gap(page);
		moment_shown(note->time, shown);
		snprintf(head, sizeof(head), "%s UTC · %s · %s", shown, note->person_name,
			kind ? kind : "?");
		page_heading(page, head);
		page_labelled(page, NOTE_COLUMN, NULL, note->text);
	}
}

/* What is due, and why nothing is. */
static void letter_due_put(struct page *page, const struct request *request, size_t item)
{
	char text[160];

	if (request->to_send)
		snprintf(text, sizeof(text), "%s, not sent yet",
			letter_kind_name((int)letter_of_state(request->state)));
	else if (request->imported)
		snprintf(text, sizeof(text), "nothing: taken over from an older system");
	else if (request->state == STATE_WITHDRAWN)
		snprintf(text, sizeof(text), "nothing: it was withdrawn");
	else if (letter_of_state(request->state) == 0)
		snprintf(text, sizeof(text),
			"nothing yet: a letter comes with a decision or a question");
	else
		snprintf(text, sizeof(text), "nothing");
	page_put(page, &(struct page_text) { .label = "To send",
			       .text = text,
			       .column = LABEL_COLUMN,
			       .style = request->to_send ? DRAW_BOLD : DRAW_PLAIN,
			       .is_item = request->to_send,
			       .item = (int)item });
}

static void letter_put(struct page *page, const struct letter_row *row, int item)
{
	char moment[32], day[64], text[256];
	const char *kind = letter_kind_name((int)row->kind);

	moment_shown(row->time, moment);
	day_shown(row->sent_on, day);
	if (row->id == 0)
		snprintf(text, sizeof(text), "%s printed as %s by %s", kind ? kind : "?",
			row->format, row->person_name);
	else
		snprintf(text, sizeof(text), "%s went on %s by %s, says %s", kind ? kind : "?", day,
			code_label(code_set_find("channel"), row->channel), row->person_name);
	page_put(page, &(struct page_text) { .label = moment,
			       .text = text,
			       .column = EVENT_COLUMN,
			       .is_item = row->id != 0,
			       .item = item });
}

void part_letters(struct page *page, const struct receipt_whole *whole)
{
	const struct desk_beside *beside = whole->beside;

	letter_due_put(page, whole->request, beside->letter_count);
	if (beside->letter_count > 0) {
		page_gap(page);
		page_labelled(page, 0, NULL,
			"Oldest first; times are UTC. p shows the words of one that has gone.");
	}
	for (size_t i = 0; i < beside->letter_count; i++)
		letter_put(page, &beside->letters[i], (int)i);
}

static void file_put(struct page *page, const struct receipt_file *file, int item)
{
	char size[32], when[32], label[96];

	layout_number(file->size, size);
	moment_shown(file->time, when);
	snprintf(label, sizeof(label), "%3lld %11s  %-10.10s %s", (long long)file->number, size,
		file->person_name, when);
	page_put(page, &(struct page_text) { .label = label,
			       .text = file->name,
			       .column = FILE_COLUMN,
			       .is_item = true,
			       .item = item });
}

void part_files(struct page *page, const struct receipt_whole *whole)
{
	const struct desk_files *files = &whole->beside->files;

	if (files->count == 0) {
		page_labelled(page, 0, NULL, "No file is attached; f attaches one.");
		return;
	}
	page_put(page, &(struct page_text) { .label = "File       Bytes  Who        When, UTC",
			       .text = "Name",
			       .column = FILE_COLUMN,
			       .style = DRAW_FAINT });
	for (size_t i = 0; i < files->count; i++)
		file_put(page, &files->files[i], (int)i);
}

void part_history(struct page *page, const struct receipt_whole *whole)
{
	const struct desk_history *history = whole->history;

	if (history->count == 0)
		page_labelled(page, 0, NULL, "The audit log holds nothing of it.");
	else
		page_labelled(page, 0, NULL, "Oldest first; times are UTC.");
	for (size_t i = 0; i < history->count; i++) {
		const struct event *event = &history->events[i];
		const char *name = event_kind_name((int)event->kind);
		char shown[32];
		struct buffer out;

		buffer_init(&out);
		moment_shown(event->time, shown);
		buffer_print(&out, "%s by %s", name ? name : "?",
			event->person_name[0] ? event->person_name : "nobody");
		page_labelled(page, EVENT_COLUMN, shown, buffer_text(&out));
		buffer_done(&out);
	}
}
