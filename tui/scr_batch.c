/*
 * The form of a submission: one that came, how one ended, a correction. Days are
 * typed as people write them. What the desk refuses is told, and what was typed
 * stays.
 */
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/codes.h"
#include "tui/answers.h"

/* A line of the form: the column it fills. */
struct batch_line {
	const char *code, *label, *set; /* set: of the codes to choose from */
	bool is_needed, is_day, is_why; /* why: no column, but why it is corrected */
};

static const struct batch_line receive_lines[] = {
	{ "received", "Received", NULL, true, true, false },
	{ "organisation", "Organisation", NULL, true, false, false },
	{ "contact_email", "Contact e-mail", NULL, false, false, false },
	{ "note", "Note", NULL, false, false, false },
};
static const struct batch_line reject_lines[] = {
	{ "reason", "Reason", "dbsb_reason", true, false, false },
	{ "completed", "Rejected on", NULL, true, true, false },
};
static const struct batch_line withdraw_lines[] = {
	{ "completed", "Withdrawn on", NULL, true, true, false },
};
static const struct batch_line process_lines[] = {
	{ "transactions", "Transactions", NULL, true, false, false },
	{ "single_match", "With a single match", NULL, true, false, false },
	{ "completed", "Processed on", NULL, true, true, false },
};
static const struct batch_line correct_lines[] = {
	{ "because", "Why it is corrected", NULL, true, false, true },
	{ "received", "Received", NULL, true, true, false },
	{ "organisation", "Organisation", NULL, false, false, false },
	{ "contact_email", "Contact e-mail", NULL, false, false, false },
	{ "status", "Status", "dbsb_status", true, false, false },
	{ "reason", "Reason, if rejected", "dbsb_reason", false, false, false },
	{ "completed", "Completed", NULL, false, true, false },
	{ "transactions", "Transactions", NULL, false, false, false },
	{ "single_match", "With a single match", NULL, false, false, false },
	{ "note", "Note", NULL, false, false, false },
};

#define LINES(list) list, sizeof(list) / sizeof((list)[0])
static const struct batch_kind {
	enum command_id act;
	const char *title, *explain;
	const struct batch_line *lines;
	size_t count;
} kinds[] = {
	{ COMMAND_RECEIVE, "a submission came",
		"t is today, y yesterday. Ctrl-S logs it; its contact's domain is looked at.",
		LINES(receive_lines) },
	{ COMMAND_DBSB_REJECT, "reject", "It counts as rejected in the month of that day.",
		LINES(reject_lines) },
	{ COMMAND_DBSB_WITHDRAW, "withdraw", "It counts as withdrawn in the month of that day.",
		LINES(withdraw_lines) },
	{ COMMAND_DBSB_PROCESS, "process", "It counts as processed in the month of that day.",
		LINES(process_lines) },
	{ COMMAND_DBSB_CORRECT, "correct",
		"A closed month stays as it was published until it is revised.",
		LINES(correct_lines) },
};

enum { MOST_LINES = 10 };

struct batch_screen {
	struct batch_argument argument;
	const struct batch_kind *kind;
	struct answers form;
	bool is_wanted, is_changed, is_leaving;
	bool is_own; /* the submission, once taken up from a draft */
	struct submission own;
};

/* A column of the submission as it is typed. */
static void value_now(const struct submission *row, const char *code, char *out, size_t size)
{
	const struct {
		const char *code, *text;
	} texts[] = {
		{ "received", row->received },
		{ "organisation", row->organisation },
		{ "contact_email", row->contact_email },
		{ "status", submission_status_code((int)row->status) },
		{ "reason", row->reason },
		{ "completed", row->completed },
		{ "note", row->note },
	};

	out[0] = '\0';
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strcmp(texts[i].code, code) == 0)
			snprintf(out, size, "%s", texts[i].text);
	if (row->status != SUBMISSION_PROCESSED)
		return;
	if (strcmp(code, "transactions") == 0)
		snprintf(out, size, "%lld", (long long)row->transactions);
	else if (strcmp(code, "single_match") == 0)
		snprintf(out, size, "%lld", (long long)row->single_match);
}

static void line_add(
	const struct ui *ui, struct batch_screen *screen, const struct batch_line *line)
{
	const struct submission *row = screen->argument.submission;
	bool is_correction = screen->argument.act == COMMAND_DBSB_CORRECT;
	char value[ANSWERS_TEXT_ROOM] = "", shown[ANSWERS_TEXT_ROOM];
	struct entry *entry = answers_add(
		&screen->form, &(struct entry) { .kind = line->set ? ENTRY_CHOICE : ENTRY_TEXT,
				       .label = line->label,
				       .code = line->code,
				       .choices = line->set ? code_set_find(line->set) : NULL,
				       .chosen = ANSWERS_NO_CHOICE,
				       .rows = 1,
				       .is_needed = line->is_needed,
				       .is_prefilled = line->is_day });

	if (is_correction)
		value_now(row, line->code, value, sizeof(value));
	else if (line->is_day)
		snprintf(value, sizeof(value), "%s", desk_today(ui->desk));
	snprintf(shown, sizeof(shown), "%s", value);
	if (line->is_day)
		day_shown(value, shown);
	if (line->set)
		answers_choose(entry, value);
	else
		answers_type(entry, shown);
}

static unsigned batch_open(struct ui *ui, void *state, const void *argument)
{
	struct batch_screen *screen = state;

	screen->argument = *(const struct batch_argument *)argument;
	screen->kind = kinds;
	while (screen->kind->act != screen->argument.act)
		screen->kind++;
	for (size_t i = 0; i < screen->kind->count; i++)
		line_add(ui, screen, &screen->kind->lines[i]);
	return SCREEN_STAY;
}

/* What was answered, as the desk takes it. False: a day that is none, told. */
struct answered {
	char days[MOST_LINES][DAY_SIZE];
	struct desk_setting settings[MOST_LINES];
	size_t count;
	const char *because;
};

/* A correction gives what is new alone: what goes with the status before goes with it. */
static bool is_unchanged(const struct batch_screen *screen, const char *code, const char *value)
{
	char now[ANSWERS_TEXT_ROOM];

	if (screen->argument.act != COMMAND_DBSB_CORRECT)
		return false;
	value_now(screen->argument.submission, code, now, sizeof(now));
	return strcmp(now, value) == 0;
}

static bool answers_take(struct ui *ui, const struct batch_screen *screen, struct answered *out)
{
	*out = (struct answered) { .count = 0 };
	for (size_t i = 0; i < screen->kind->count; i++) {
		const struct batch_line *line = &screen->kind->lines[i];
		const char *value = answers_value(&screen->form, line->code, 0);

		if (line->is_day && *value) {
			if (!day_from_typed(value, desk_today(ui->desk), out->days[i])) {
				(void)notice_set(&ui->told, DESK_REFUSED,
					"%s: that is no day; write it as 31/12/2020", line->label);
				return false;
			}
			value = out->days[i];
		}
		if (line->is_why)
			out->because = value;
		else if (!is_unchanged(screen, line->code, value))
			out->settings[out->count++] = (struct desk_setting) { line->code, value };
	}
	return true;
}

static const char *answer_of(const struct answered *answered, const char *name)
{
	for (size_t i = 0; i < answered->count; i++)
		if (strcmp(answered->settings[i].name, name) == 0)
			return answered->settings[i].value;
	return "";
}

/* A number as typed, with or without commas; false: told that it is none. */
static bool count_take(
	struct ui *ui, const struct answered *answered, const char *name, int64_t *out_count)
{
	const char *at = answer_of(answered, name);

	*out_count = 0;
	for (; *at != '\0' && *out_count < INT64_MAX / 100; at++) {
		if (*at >= '0' && *at <= '9')
			*out_count = *out_count * 10 + (*at - '0');
		else if (*at != ',')
			break;
	}
	if (*at == '\0')
		return true;
	(void)notice_set(&ui->told, DESK_REFUSED, "That is no whole number: digits alone");
	return false;
}

static enum desk_status batch_end(struct ui *ui, const struct batch_screen *screen,
	const struct answered *answered, struct submission *out_row)
{
	struct desk_submission_end end = { .reference = screen->argument.submission->reference,
		.status = SUBMISSION_WITHDRAWN,
		.on = answer_of(answered, "completed"),
		.reason = answer_of(answered, "reason") };

	if (screen->argument.act == COMMAND_DBSB_REJECT)
		end.status = SUBMISSION_REJECTED;
	if (screen->argument.act == COMMAND_DBSB_PROCESS) {
		end.status = SUBMISSION_PROCESSED;
		if (!count_take(ui, answered, "transactions", &end.transactions) ||
			!count_take(ui, answered, "single_match", &end.single_match))
			return DESK_REFUSED;
	}
	return desk_submission_end(ui->desk, &end, out_row, &ui->told);
}

static void received_tell(struct ui *ui, const struct submission *row)
{
	char contact[DESK_CONTACT_SIZE];

	if (desk_submission_contact(ui->desk, row, contact, &ui->told) != DESK_OK)
		return;
	(void)notice_set(&ui->told, DESK_OK, "%s is logged%s", row->reference,
		*contact ? "; its contact's e-mail domain is not a secure one" : "");
}

static unsigned batch_load(struct ui *ui, void *state)
{
	struct batch_screen *screen = state;
	const struct submission *about = screen->argument.submission;
	struct desk_submission_given given = { 0 };
	struct submission row;
	struct answered answered;
	enum desk_status status;

	if (!screen->is_wanted)
		return SCREEN_STAY;
	screen->is_wanted = false;
	if (!answers_take(ui, screen, &answered))
		return SCREEN_STAY;
	given.settings = answered.settings;
	given.count = answered.count;
	given.because = answered.because;
	given.reference = about ? about->reference : NULL;
	if (screen->argument.act == COMMAND_RECEIVE)
		status = desk_submission_receive(ui->desk, &given, &row, &ui->told);
	else if (screen->argument.act == COMMAND_DBSB_CORRECT)
		status = desk_submission_correct(ui->desk, &given, &row, &ui->told);
	else
		status = batch_end(ui, screen, &answered, &row);
	if (status != DESK_OK)
		return SCREEN_STAY;
	if (screen->argument.act == COMMAND_RECEIVE)
		received_tell(ui, &row);
	else
		(void)notice_set(&ui->told, DESK_OK, "%s is %s", row.reference,
			submission_status_code((int)row.status));
	submission_clear(&row);
	return SCREEN_POP | SCREEN_RELOAD;
}

static bool batch_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct batch_screen *screen = state;

	(void)ui;
	out_why[0] = '\0';
	return answers_cannot(&screen->form, id);
}

static void batch_draw(const struct ui *ui, const void *state)
{
	const struct batch_screen *screen = state;
	const struct submission *row = screen->argument.submission;
	const struct draw_area area = { DRAW_BODY + 1, 2, draw_body_rows(ui) - 1, ui->columns - 4 };
	struct frame frame = { .explain = screen->kind->explain,
		.path = row ? row->organisation : "A new submission",
		.commands = scr_batch.commands,
		.cannot = batch_cannot,
		.state = screen };
	struct buffer title, explain;
	int at, column;

	buffer_init(&explain);
	buffer_init(&title);
	if (row)
		buffer_print(&title, "%s  ", row->reference);
	buffer_add(&title, screen->kind->title);
	frame.title = buffer_text(&title);
	answers_tell(ui, &screen->form, &frame, &explain);
	frame.more = answers_draw(&screen->form, &area, &at, &column);
	draw_frame(ui, &frame);
	draw_cursor(at, column);
	buffer_done(&explain);
	buffer_done(&title);
}

/* What was typed is thrown away only at the second time. */
static unsigned batch_leave(struct ui *ui, struct batch_screen *screen)
{
	if (screen->is_changed && !screen->is_leaving) {
		screen->is_leaving = true;
		(void)notice_set(&ui->told, DESK_REFUSED,
			"Nothing is done yet: Esc again leaves, and what you typed is lost");
		return SCREEN_STAY;
	}
	return SCREEN_POP;
}

static unsigned batch_command(struct ui *ui, void *state, enum command_id id)
{
	struct batch_screen *screen = state;

	if (id == COMMAND_LEAVE)
		return batch_leave(ui, screen);
	screen->is_leaving = false;
	screen->is_wanted = answers_command(ui, &screen->form, id);
	return screen->is_wanted ? SCREEN_RELOAD : SCREEN_STAY;
}

static unsigned batch_resized(struct ui *ui, void *state)
{
	struct batch_screen *screen = state;

	answers_settle(&screen->form, draw_body_rows(ui) - 1);
	return SCREEN_STAY;
}

static unsigned batch_text(struct ui *ui, void *state, int key)
{
	struct batch_screen *screen = state;

	(void)ui;
	if (!answers_key(&screen->form, key))
		return SCREEN_UNUSED;
	screen->is_changed = true;
	screen->is_leaving = false;
	return SCREEN_STAY;
}

static void batch_done(void *state)
{
	struct batch_screen *screen = state;

	answers_clear(&screen->form);
	if (screen->is_own)
		submission_clear(&screen->own);
}

static void batch_keep(const void *state, struct draft *draft)
{
	const struct batch_screen *screen = state;
	const struct submission *row = screen->argument.submission;

	draft_put_number(draft, screen->kind - kinds);
	draft_put(draft, row ? row->reference : "");
	draft_put_number(draft, screen->is_changed);
	answers_keep(&screen->form, draft);
}

static unsigned batch_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct batch_screen *screen = state;
	struct batch_argument argument = { .submission = NULL };
	char reference[REFERENCE_SIZE];
	long kind = draft_take_number(draft);

	if (kind < 0 || kind >= (long)(sizeof(kinds) / sizeof(kinds[0])))
		return SCREEN_POP;
	argument.act = kinds[kind].act;
	draft_take_into(draft, reference, sizeof(reference));
	if (reference[0]) {
		if (desk_submission_open(ui->desk, reference, &screen->own, &ui->told) != DESK_OK)
			return SCREEN_POP;
		screen->is_own = true;
		argument.submission = &screen->own;
	}
	(void)batch_open(ui, state, &argument);
	screen->is_changed = draft_take_number(draft) != 0;
	answers_resume(&screen->form, draft);
	return SCREEN_STAY;
}

static const enum command_id batch_commands[] = { COMMAND_SUBMIT, COMMAND_ENTER, COMMAND_ENTRY_NEXT,
	COMMAND_ENTRY_BACK, COMMAND_TICK, COMMAND_PICK, COMMAND_REDRAW, COMMAND_FORM_HELP,
	COMMAND_LEAVE, COMMAND_NONE };

const struct screen_ops scr_batch = {
	.name = "a submission's form",
	.state_size = sizeof(struct batch_screen),
	.commands = batch_commands,
	.open = batch_open,
	.waiting = "writing …",
	.load = batch_load,
	.draw = batch_draw,
	.cannot = batch_cannot,
	.resized = batch_resized,
	.command = batch_command,
	.text = batch_text,
	.done = batch_done,
	.keep = batch_keep,
	.resume = batch_resume,
};
