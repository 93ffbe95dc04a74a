/*
 * One form for every decision that asks for something first: reasons to tick, a
 * text, a colleague, what a trace found. What the desk refuses is told and what
 * was typed stays; after an edit conflict the receipt can be looked at from
 * here, and the version seen then goes with the next try.
 */
#include <curses.h>
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/list.h"
#include "tui/decide.h"
#include "tui/moves.h"
#include "tui/receipt_cells.h"
#include "tui/receipt_lines.h"

enum { TEXT_ROWS = 4 };

void decide_add_text(struct decide *decide, const char *code, const char *label, int rows)
{
	answers_add(&decide->form, &(struct entry) { .kind = ENTRY_TEXT,
					   .label = label,
					   .code = code,
					   .rows = rows,
					   .is_needed = true });
}

void decide_add_choice(
	struct decide *decide, const char *code, const char *label, const struct code_set *choices)
{
	answers_add(&decide->form, &(struct entry) { .kind = ENTRY_CHOICE,
					   .label = label,
					   .code = code,
					   .choices = choices,
					   .chosen = ANSWERS_NO_CHOICE,
					   .is_needed = true });
}

void decide_add_items(struct decide *decide, const char *items, const char *heading)
{
	const struct code_set *known = code_set_find("item");

	for (size_t i = 0; i < known->count; i++) {
		struct entry entry = { .kind = ENTRY_TICK,
			.label = known->codes[i].label,
			.code = known->codes[i].code,
			.heading = heading };

		if (!list_has(items, entry.code))
			continue;
		answers_add(&decide->form, &entry);
		heading = NULL;
	}
}

static void build_note(const struct ui *ui, struct decide *decide)
{
	(void)ui;
	decide_add_text(decide, "text", "In words", TEXT_ROWS);
}

void decide_add_day(const struct ui *ui, struct decide *decide, const char *code, const char *label)
{
	struct entry *added = answers_add(&decide->form, &(struct entry) { .kind = ENTRY_TEXT,
								 .label = label,
								 .code = code,
								 .rows = 1,
								 .is_needed = true,
								 .is_prefilled = true });
	char shown[64];

	day_shown(desk_today(ui->desk), shown);
	answers_type(added, shown);
}

bool decide_day(
	struct ui *ui, const struct decide *decide, const char *code, char out_day[DAY_SIZE])
{
	if (day_from_typed(answers_value(&decide->form, code, 0), desk_today(ui->desk), out_day))
		return true;
	(void)notice_set(&ui->told, DESK_REFUSED,
		"That is no day; write it like 3/11/20, or t for today, y for yesterday");
	return false;
}

static void build_person(const struct ui *ui, struct decide *decide)
{
	(void)ui;
	decide_add_text(decide, "person", "Colleague's log-in name", 1);
}

static void build_withdraw(const struct ui *ui, struct decide *decide)
{
	(void)ui;
	decide_add_choice(decide, "why", "Why", code_set_find("withdrawal"));
	decide_add_text(decide, "text", "In words", TEXT_ROWS);
}

/* What the checks that can be mended by asking say, each thing once, to be worked over. */
static void build_query(const struct ui *ui, struct decide *decide)
{
	const struct desk_findings *findings = &decide->argument.beside->findings;
	struct buffer text;

	(void)ui;
	decide_add_text(decide, "text", "What is asked", 2 * TEXT_ROWS);
	buffer_init(&text);
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->finding[i];

		if (finding->rule->advice == ADVICE_QUERY &&
			(finding->result == RULE_FAIL ||
				(finding->result == RULE_WARN && !finding->waits)) &&
			!strstr(buffer_text(&text), finding->sentence))
			buffer_print(&text, "%s%s", text.size > 0 ? " " : "", finding->sentence);
	}
	answers_type(&decide->form.entries[0], buffer_text(&text));
	buffer_done(&text);
}

static const struct finding *finding_of(const struct decide *decide, const char *rule)
{
	const struct desk_findings *findings = &decide->argument.beside->findings;

	for (size_t i = 0; i < findings->count; i++)
		if (strcmp(findings->finding[i].rule->code, rule) == 0)
			return &findings->finding[i];
	return NULL;
}

static bool is_failing(const struct finding *finding)
{
	return finding && finding->result == RULE_FAIL && !finding->is_excepted;
}

static bool has_failing(const struct decide *decide)
{
	const struct desk_findings *findings = &decide->argument.beside->findings;
	size_t i = 0;

	while (i < findings->count && !is_failing(&findings->finding[i]))
		i++;
	return i < findings->count;
}

static void add_failing(struct decide *decide, const char *heading)
{
	const struct desk_findings *findings = &decide->argument.beside->findings;
	const struct code_set *reasons = code_set_find("reason");

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->finding[i];

		if (!is_failing(finding))
			continue;
		answers_add(
			&decide->form, &(struct entry) { .kind = ENTRY_TICK,
					       .label = code_label(reasons, finding->rule->code),
					       .code = finding->rule->code,
					       .heading = heading,
					       .is_ticked = true });
		heading = NULL;
	}
}

static void build_except(const struct ui *ui, struct decide *decide)
{
	(void)ui;
	add_failing(decide, "Accept although these fail");
	decide_add_text(decide, "text", "Why it is right", TEXT_ROWS);
}

/* The rules that fail first, then the reasons that are no rule, then the rest. */
static void build_reject(const struct ui *ui, struct decide *decide)
{
	const struct code_set *reasons = code_set_find("reason");
	const char *heading = "Other reasons";

	(void)ui;
	add_failing(decide, "Failed checks");
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < reasons->count; i++) {
			const char *code = reasons->codes[i].code;
			const bool is_rule = rule_find(code) != NULL;

			if (is_failing(finding_of(decide, code)) || is_rule != (pass == 1) ||
				strcmp(code, "guardian_withheld") == 0)
				continue;
			answers_add(&decide->form, &(struct entry) { .kind = ENTRY_TICK,
							   .label = reasons->codes[i].label,
							   .code = code,
							   .heading = heading });
			heading = NULL;
		}
		if (pass == 0)
			answers_add(&decide->form, &(struct entry) { .kind = ENTRY_TEXT,
							   .label = "Note for the reviewer",
							   .code = "text",
							   .rows = 2 });
		heading = "Other checks";
	}
}

static struct desk_move move_start(const struct decide *decide)
{
	const char *text = answers_value(&decide->form, "text", 0);

	return (struct desk_move) { .move = decide->kind->move,
		.reference = decide->argument.request->reference,
		.text = text[0] ? text : NULL };
}

static bool make_text(struct ui *ui, struct decide *decide)
{
	const struct desk_move move = move_start(decide);

	return receipt_move(ui, &move);
}

static bool make_ticked(struct ui *ui, struct decide *decide)
{
	struct desk_move move = move_start(decide);
	char *codes = answers_ticked(&decide->form);
	bool is_made = false;

	move.codes = codes;
	if (!codes[0])
		(void)notice_set(&ui->told, DESK_REFUSED, "Tick at least one reason (Space)");
	else if (list_has(codes, "other") && !move.text)
		(void)notice_set(&ui->told, DESK_REFUSED,
			"Say in the note for the reviewer what the other reason is");
	else
		is_made = receipt_move(ui, &move);
	mem_free(codes);
	return is_made;
}

static bool make_withdraw(struct ui *ui, struct decide *decide)
{
	struct desk_move move = move_start(decide);

	move.codes = answers_value(&decide->form, "why", 0);
	if (strcmp(move.codes, "logged_in_error") == 0)
		move.move = MOVE_WITHDRAW_ERROR;
	return receipt_move(ui, &move);
}

static bool make_assign(struct ui *ui, struct decide *decide)
{
	const struct decide_argument *argument = &decide->argument;
	char one[REFERENCE_SIZE + 1] = "";
	struct assign_to to = { argument->references, answers_value(&decide->form, "person", 0) };

	if (!to.references) {
		snprintf(one, sizeof(one), "%s;", argument->request->reference);
		to.references = one;
	}
	return receipts_assign(ui, &to);
}

/* clang-format off */
static const struct decide_kind kinds[] = {
	{ MOVE_ASSIGN, "assign", "The log-in name of who is to have it, then Enter or Ctrl-S.",
	  build_person, make_assign },
	{ MOVE_HOLD, "hold", "Why it is held: in a few words, then Ctrl-S.", build_note, make_text },
	{ MOVE_QUERY, "ask the sender", "The clock stops when it is asked. Ctrl-S asks; Ctrl-U empties the text.",
	  build_query, make_text },
	{ MOVE_EXCEPT, "exception", "A supervisor confirms an exception. Say why it is right.",
	  build_except, make_ticked },
	{ MOVE_REJECT, "reject", "Ticked are the checks that fail. A supervisor confirms the rejection.",
	  build_reject, make_ticked },
	{ MOVE_TRACE, "trace", "A record with an S-flag or a changed identity goes to the Caldicott Guardian.",
	  build_trace, make_trace },
	{ MOVE_NO_TRACE, "no trace", "Nobody was found: this ends the receipt today.",
	  build_no_trace, make_no_trace },
	{ MOVE_GUARDIAN, "guardian", "What the Caldicott Guardian decided. It ends the receipt today.",
	  build_guardian, make_guardian },
	{ MOVE_RETURN, "return", "What has to be done before it can be decided: for the caseworker.",
	  build_note, make_text },
	{ MOVE_WITHDRAW, "withdraw", "It counts in no figure then. A supervisor confirms what was logged in error.", build_withdraw, make_withdraw },
	{ MOVE_LINK, "link", "Linked receipts belong together, and are no duplicates of each other.",
	  build_link, make_link },
	{ MOVE_INCIDENT, "incident", "What went wrong with it: it stays with the receipt and cannot be changed.",
	  build_incident, make_incident },
	{ MOVE_CORRECT, "correct", "Another supervisor confirms it. One figure changes; no letter goes out.",
	  build_correct, make_correct },
	{ MOVE_SENT, "letter sent", "Which way the letter went, and on which day. Its words are kept.",
	  build_sent, make_sent },
	{ MOVE_NOTE, "note", "A note stays with the receipt and cannot be changed.", build_note, make_text },
};
/* clang-format on */

static void decide_build(const struct ui *ui, struct decide *decide)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].move == decide->argument.move)
			decide->kind = &kinds[i];
	if (decide->kind)
		decide->kind->build(ui, decide);
}

static unsigned decide_open(struct ui *ui, void *state, const void *argument)
{
	struct decide *decide = state;

	decide->argument = *(const struct decide_argument *)argument;
	decide_build(ui, decide);
	return SCREEN_STAY;
}

static void decide_keep(const void *state, struct draft *draft)
{
	const struct decide *decide = state;
	const struct decide_argument *argument = &decide->argument;

	draft_put_number(draft, (long)argument->move);
	draft_put(draft, argument->request ? argument->request->reference : "");
	draft_put_number(draft, argument->request ? (long)argument->request->version : 0);
	draft_put(draft, argument->because);
	draft_put(draft, argument->references);
	draft_put_number(draft, decide->is_changed);
	answers_keep(&decide->form, draft);
}

/* The receipt as it is now. Somebody else's change meanwhile is an edit conflict, as it would have
   been without the lock: the version is the one seen then. */
static bool decide_read(
	struct ui *ui, struct decide *decide, const char *reference, int64_t version)
{
	struct decide_argument *argument = &decide->argument;
	const struct receipt_look look = { reference, argument->because, true };

	if (!reference[0]) {
		argument->references = decide->references;
		return true;
	}
	if (!receipt_read(ui, &look, &decide->request))
		return false;
	ui->seen_version = version;
	decide->is_own = true;
	argument->request = &decide->request;
	argument->beside = &decide->beside;
	return desk_request_beside(ui->desk, &decide->request, &decide->beside, &ui->told) ==
	       DESK_OK;
}

static unsigned decide_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct decide *decide = state;
	char reference[REFERENCE_SIZE];
	int64_t version;

	decide->argument.move = (enum move)draft_take_number(draft);
	draft_take_into(draft, reference, sizeof(reference));
	version = draft_take_number(draft);
	decide->because = draft_take(draft);
	decide->argument.because = decide->because[0] ? decide->because : NULL;
	decide->references = draft_take(draft);
	decide->is_changed = draft_take_number(draft) != 0;
	if (decide_read(ui, decide, reference, version))
		decide_build(ui, decide);
	if (!decide->kind)
		return SCREEN_POP;
	answers_resume(&decide->form, draft);
	answers_settle(&decide->form, draw_body_rows(ui) - 1);
	return SCREEN_STAY;
}

static unsigned decide_load(struct ui *ui, void *state)
{
	struct decide *decide = state;

	if (!decide->is_wanted)
		return SCREEN_STAY;
	decide->is_wanted = false;
	decide->is_tried = true;
	return decide->kind->make(ui, decide) ? SCREEN_POP | SCREEN_RELOAD : SCREEN_STAY;
}

static void about_make(const struct ui *ui, const struct decide *decide, struct buffer *out)
{
	const struct request *request = decide->argument.request;
	const char *references = decide->argument.references;
	size_t count = list_count(references);
	char first[REFERENCE_SIZE];

	if (!request && list_take(&references, first, sizeof(first))) {
		buffer_print(
			out, count == 1 ? "%zu receipt: %s" : "%zu receipts: %s …", count, first);
		return;
	}
	buffer_add(out, service_label(&ui->services, request->field[FIELD_SERVICE]));
	if (request->field[FIELD_ORGANISATION][0])
		buffer_print(out, " · %s", request->field[FIELD_ORGANISATION]);
	if (request->subject_count > 0 && request->subjects[0].field[FIELD_SUBJECT_SURNAME][0])
		buffer_print(out, " · %s", request->subjects[0].field[FIELD_SUBJECT_SURNAME]);
}

static bool decide_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct decide *decide = state;

	(void)ui;
	out_why[0] = '\0';
	return answers_cannot(&decide->form, id) ||
	       (id == COMMAND_LOOK && !decide->argument.request);
}

static void decide_draw(const struct ui *ui, const void *state)
{
	const struct decide *decide = state;
	const struct draw_area area = { DRAW_BODY + 1, 2, draw_body_rows(ui) - 1, ui->columns - 4 };
	const struct request *request = decide->argument.request;
	struct frame frame = { .explain = decide->kind->explain,
		.commands = scr_decide.commands,
		.cannot = decide_cannot,
		.state = decide };
	struct buffer title, about, explain;
	int row, column;

	buffer_init(&explain);
	buffer_init(&title);
	buffer_init(&about);
	if (request)
		buffer_print(&title, "%s  ", request->reference);
	buffer_add(&title, decide->kind->title);
	about_make(ui, decide, &about);
	if (decide->kind->move == MOVE_REJECT && !has_failing(decide) && !decide->is_changed)
		frame.explain =
			"No check fails: tick what stands against it. A supervisor confirms.";
	answers_tell(ui, &decide->form, &frame, &explain);
	frame.more = answers_draw(&decide->form, &area, &row, &column);
	frame.title = buffer_text(&title);
	frame.path = buffer_text(&about);
	draw_frame(ui, &frame);
	draw_cursor(row, column);
	buffer_done(&title);
	buffer_done(&about);
	buffer_done(&explain);
}

/* What was answered is thrown away only at the second time. */
static unsigned decide_leave(struct ui *ui, struct decide *decide)
{
	if (decide->is_changed && !decide->is_leaving) {
		decide->is_leaving = true;
		(void)notice_set(&ui->told, DESK_REFUSED,
			"Nothing is done yet: Esc again leaves, and what you typed is lost");
		return SCREEN_STAY;
	}
	return decide->is_tried ? SCREEN_POP | SCREEN_RELOAD : SCREEN_POP;
}

static unsigned decide_command(struct ui *ui, void *state, enum command_id id)
{
	struct decide *decide = state;

	if (id == COMMAND_LEAVE)
		return decide_leave(ui, decide);
	decide->is_leaving = false;
	if (id == COMMAND_LOOK && decide->argument.request) {
		ui->next = &scr_receipt;
		ui->next_argument = decide->argument.request->reference;
		return SCREEN_PUSH;
	}
	decide->is_wanted = answers_command(ui, &decide->form, id);
	return decide->is_wanted ? SCREEN_RELOAD : SCREEN_STAY;
}

static unsigned decide_resized(struct ui *ui, void *state)
{
	struct decide *decide = state;

	answers_settle(&decide->form, draw_body_rows(ui) - 1);
	return SCREEN_STAY;
}

static unsigned decide_text(struct ui *ui, void *state, int key)
{
	struct decide *decide = state;

	(void)ui;
	if (!answers_key(&decide->form, key))
		return SCREEN_UNUSED;
	decide->is_changed = true;
	decide->is_leaving = false;
	return SCREEN_STAY;
}

static void decide_done(void *state)
{
	struct decide *decide = state;

	answers_clear(&decide->form);
	for (size_t i = 0; i < decide->heading_count; i++)
		mem_free(decide->headings[i]);
	mem_free(decide->headings);
	if (decide->is_own)
		request_clear(&decide->request);
	desk_beside_clear(&decide->beside);
	mem_free(decide->references);
	mem_free(decide->because);
}

static const enum command_id decide_commands[] = { COMMAND_SUBMIT, COMMAND_ENTER,
	COMMAND_ENTRY_NEXT, COMMAND_ENTRY_BACK, COMMAND_TICK, COMMAND_PICK, COMMAND_LOOK,
	COMMAND_REDRAW, COMMAND_FORM_HELP, COMMAND_LEAVE, COMMAND_NONE };

const struct screen_ops scr_decide = {
	.name = "a decision",
	.state_size = sizeof(struct decide),
	.commands = decide_commands,
	.open = decide_open,
	.waiting = "writing …",
	.load = decide_load,
	.draw = decide_draw,
	.cannot = decide_cannot,
	.resized = decide_resized,
	.command = decide_command,
	.text = decide_text,
	.done = decide_done,
	.keep = decide_keep,
	.resume = decide_resume,
};
