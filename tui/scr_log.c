/*
 * The form of a request: log a new one, edit a receipt, enter what came to a
 * query. The checks stand beside it as they are after each field left. Nothing
 * typed is lost by a refusal or by another person's change: the form stays.
 */
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/desk_rights.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/form.h"
#include "tui/known.h"
#include "tui/log_form.h"
#include "tui/log_private.h"
#include "tui/screen.h"
#include "tui/terminal.h"

/* The keys of each part of the screen, as the bar tells them. */
static const enum command_id choose_commands[] = { COMMAND_CHOOSE, COMMAND_LINE_UP,
	COMMAND_LINE_DOWN, COMMAND_SERVICE, COMMAND_REDRAW, COMMAND_FORM_HELP, COMMAND_LEAVE,
	COMMAND_NONE };
static const enum command_id type_commands[] = { COMMAND_NEXT_FIELD, COMMAND_LAST_FIELD,
	COMMAND_SAVE, COMMAND_SAVE_NEXT, COMMAND_TODAY, COMMAND_NOT_ON_FORM, COMMAND_SUBJECT,
	COMMAND_REDRAW, COMMAND_FORM_HELP, COMMAND_LEAVE, COMMAND_NONE };
static const enum command_id edit_commands[] = { COMMAND_NEXT_FIELD, COMMAND_LAST_FIELD,
	COMMAND_SAVE, COMMAND_TODAY, COMMAND_NOT_ON_FORM, COMMAND_SUBJECT, COMMAND_REDRAW,
	COMMAND_FORM_HELP, COMMAND_LEAVE, COMMAND_NONE };
static const enum command_id ask_commands[] = { COMMAND_THROW_AWAY, COMMAND_STAY, COMMAND_REDRAW,
	COMMAND_NONE };
static const enum command_id conflict_commands[] = { COMMAND_GO_ON, COMMAND_REDRAW, COMMAND_NONE };
static const enum command_id saved_commands[] = { COMMAND_FINISH, COMMAND_SHOW_SAVED,
	COMMAND_REDRAW, COMMAND_NONE };
/* An edit was begun on the receipt: back is there. */
static const enum command_id finish_commands[] = { COMMAND_FINISH, COMMAND_REDRAW, COMMAND_NONE };

const enum command_id *log_commands(const struct log *log)
{
	switch (log->part) {
	case LOG_CHOOSE:
		return choose_commands;
	case LOG_TYPE:
		return log_is_new(log) ? type_commands : edit_commands;
	case LOG_ASK:
		return ask_commands;
	case LOG_CONFLICT:
		return conflict_commands;
	case LOG_SAVED:
		return log_is_new(log) ? saved_commands : finish_commands;
	case LOG_REFUSED:
		break;
	}
	return finish_commands;
}

bool log_is_new(const struct log *log)
{
	return log->argument.reference[0] == '\0';
}

static long log_subjects(const struct log *log)
{
	long most = 0;

	for (size_t i = 0; i < log->form.count; i++)
		if ((long)log->form.fields[i].subject + 1 > most)
			most = (long)log->form.fields[i].subject + 1;
	return most;
}

static void log_settle(const struct ui *ui, struct log *log)
{
	struct draw_area area;

	if (log->form.count == 0)
		return;
	log_form_show(&log->form);
	log_area(ui, &area);
	form_lay(&log->form, &area);
}

/* The checks of what is typed. */
static void log_try(struct ui *ui, struct log *log)
{
	struct request now;

	log_form_request(&log->form, &log->base, &now);
	desk_findings_clear(&log->findings);
	(void)desk_request_try(ui->desk, &now, &log->findings, &log->notice);
	request_clear(&now);
	if (log->findings.count > 0)
		log_form_need(&log->form, &log->findings.needs);
}

static void log_begin(struct ui *ui, struct log *log)
{
	form_done(&log->form);
	log_form_build(&log->form, desk_today(ui->desk));
	log_form_set(&log->form, &log->base);
	log_form_show(&log->form);
	log->form.at = 0;
	form_move(&log->form, 1);
	form_find(&log->form, COLUMN_REQUEST, FIELD_RECEIVED, 0)->is_prefilled = log_is_new(log);
	log->part = LOG_TYPE;
	log_try(ui, log);
}

/* Opening */

static unsigned log_open(struct ui *ui, void *state, const void *argument)
{
	struct log *log = state;

	(void)ui;
	log->argument = *(const struct log_argument *)argument;
	request_init(&log->base);
	return SCREEN_RELOAD;
}

static bool log_may(const struct ui *ui, struct log *log)
{
	enum deed deed = log_is_new(log)	   ? DEED_REQUEST_ADD
			 : log->argument.is_answer ? DEED_REQUEST_ANSWER
						   : DEED_REQUEST_EDIT;

	if (deed_is_allowed(deed, desk_person(ui->desk)->roles))
		return true;
	(void)notice_set(&log->notice, DESK_REFUSED,
		"%s: only a caseworker or supervisor may do this", deed_name(deed));
	return false;
}

static enum move log_move(const struct log *log)
{
	return log->argument.is_answer ? MOVE_ANSWER : MOVE_EDIT;
}

static bool log_read(struct ui *ui, struct log *log)
{
	struct request now;
	char why[512];

	if (desk_request_again(ui->desk, log->argument.reference, NULL, &now, &log->notice) !=
		DESK_OK)
		return false;
	request_clear(&log->base);
	log->base = now;
	if (flow_may(log_move(log), log->base.state))
		return true;
	flow_why(log_move(log), log->base.state, why, sizeof(why));
	(void)notice_set(&log->notice, DESK_REFUSED, "%s: %s", log->argument.reference, why);
	return false;
}

static void log_take_up(struct ui *ui, struct log *log);

static unsigned log_load(struct ui *ui, void *state)
{
	struct log *log = state;
	bool is_good = log_may(ui, log);

	if (is_good && !ui->services.rows)
		is_good = desk_services(ui->desk, &ui->services.rows, &ui->services.count,
				  &log->notice) == DESK_OK;
	if (is_good && !log_is_new(log))
		is_good = log_read(ui, log);
	log->part = !is_good ? LOG_REFUSED : log_is_new(log) ? LOG_CHOOSE : LOG_TYPE;
	if (log->part == LOG_TYPE)
		log_begin(ui, log);
	if (log->kept && log->part != LOG_REFUSED)
		log_take_up(ui, log);
	log_settle(ui, log);
	return SCREEN_STAY;
}

/* What was typed when the desk was locked, over the receipt as it is now. Its version is the one
   seen then, so that another person's change meanwhile is an edit conflict. */
static void log_take_up(struct ui *ui, struct log *log)
{
	struct draft draft;
	char *service;
	long version, subjects, at;
	bool is_offered;

	draft_init(&draft);
	buffer_add(&draft.text, log->kept);
	mem_free(log->kept);
	log->kept = NULL;
	service = draft_take(&draft);
	version = draft_take_number(&draft);
	subjects = draft_take_number(&draft);
	is_offered = draft_take_number(&draft) != 0;
	at = draft_take_number(&draft);
	if (log_is_new(log)) {
		record_set(&log->base.field[FIELD_SERVICE], service);
		record_set(&log->base.field[FIELD_RECEIVED], desk_today(ui->desk));
		log_begin(ui, log);
	}
	log->base.version = version;
	while (log_subjects(log) < subjects)
		(void)log_form_add_subject(&log->form);
	form_resume(&log->form, &draft);
	log_form_show(&log->form);
	log_try(ui, log);
	if (is_offered)
		known_seek(&log->known, ui->desk, &log->form);
	for (; at > 0 && known_is_open(&log->known); at--)
		known_move(&log->known, 1);
	mem_free(service);
	draft_done(&draft);
}

/* The form of the selected service; most requests came today. */
static void log_choose(struct ui *ui, struct log *log)
{
	record_set(&log->base.field[FIELD_SERVICE], ui->services.rows[log->service].code);
	record_set(&log->base.field[FIELD_RECEIVED], desk_today(ui->desk));
	log_begin(ui, log);
}

/* Selects the service that the letters lead to. */
static void service_seek(const struct ui *ui, struct log *log, int key)
{
	size_t count = ui->services.count, found;
	struct code *codes = mem_new(count, sizeof(*codes));
	const struct code_set set = { "service", codes, count };

	for (size_t i = 0; i < count; i++)
		codes[i] = (struct code) { ui->services.rows[i].code, ui->services.rows[i].label };
	found = choice_seek(&set, log->sought, log->service, (char)key);
	if (found < count)
		log->service = found;
	mem_free(codes);
}

/* A digit chooses at once. */
static void service_key(struct ui *ui, struct log *log, int key)
{
	size_t index = key == '0' ? 9 : (size_t)(key - '1');

	if (key >= '0' && key <= '9' && index < ui->services.count) {
		log->service = index;
		log_choose(ui, log);
	} else if (choice_takes(key)) {
		service_seek(ui, log, key);
	}
}

static void service_move(const struct ui *ui, struct log *log, int step)
{
	size_t count = ui->services.count;

	log->sought[0] = '\0';
	log->service = (log->service + count + (step > 0 ? 1 : count - 1)) % count;
}

/* Saving */

static void saved_keep(struct log *log, struct desk_saved *saved)
{
	desk_saved_clear(&log->saved);
	log->saved = *saved;
	*saved = (struct desk_saved) { 0 };
}

/* The next one came the same way, the same day, from the same. */
static void log_next(struct ui *ui, struct log *log)
{
	static const enum request_field kept[] = { FIELD_SERVICE, FIELD_CHANNEL, FIELD_RECEIVED,
		FIELD_ORGANISATION, FIELD_ORGANISATION_KIND };
	struct request now, next;

	log_form_request(&log->form, &log->base, &now);
	request_init(&next);
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		record_set(&next.field[kept[i]], now.field[kept[i]]);
	request_clear(&now);
	request_clear(&log->base);
	log->base = next;
	log_begin(ui, log);
	while (!field_is_empty(form_at(&log->form)))
		form_move(&log->form, 1);
}

/* Both are shown; the form keeps what was typed and takes over the rest. */
static void log_conflict(struct ui *ui, struct log *log)
{
	struct request seen = log->base;
	struct notice refused = log->notice;
	struct buffer both;

	request_init(&log->base);
	if (!log_read(ui, log)) {
		request_clear(&log->base);
		log->base = seen;
		return;
	}
	log->notice = refused;
	buffer_init(&both);
	log_form_follow(&log->form, &seen, &log->base, &both);
	mem_free(log->both);
	log->both = buffer_take(&both);
	request_clear(&seen);
	log->part = LOG_CONFLICT;
	log_try(ui, log);
}

static enum desk_status log_send(struct ui *ui, struct log *log, struct desk_saved *out_saved)
{
	struct request now;
	struct request_patch patch;
	struct desk_move move = { .move = log_move(log),
		.reference = log->argument.reference,
		.expect = log->base.version,
		.patch = &patch };
	enum desk_status status;
	bool differs;

	*out_saved = (struct desk_saved) { 0 };
	log_form_request(&log->form, &log->base, &now);
	if (log_is_new(log)) {
		struct request none;

		request_init(&none);
		(void)log_form_patch(&none, &now, &patch);
		request_clear(&none);
		status = desk_request_add(ui->desk, &patch, out_saved, &log->notice);
	} else {
		differs = log_form_patch(&log->base, &now, &patch);
		status = differs || log->argument.is_answer
				 ? desk_move(ui->desk, &move, out_saved, &log->notice)
				 : notice_set(&log->notice, DESK_REFUSED,
					   "%s: nothing was changed; Esc leaves",
					   log->argument.reference);
	}
	request_patch_clear(&patch);
	request_clear(&now);
	return status;
}

static void log_save(struct ui *ui, struct log *log, bool is_next)
{
	const struct form_field *wrong;
	struct desk_saved saved;
	enum desk_status status;

	form_go(&log->form, form_at(&log->form));
	wrong = form_wrong(&log->form);
	if (wrong) {
		form_go(&log->form, wrong);
		(void)notice_set(&log->notice, DESK_REFUSED, "Nothing is saved yet: %s %s.",
			wrong->column->label, wrong->why);
		return;
	}
	log_try(ui, log);
	log_tell(log);
	status = log_send(ui, log, &saved);
	if (status == DESK_OK) {
		saved_keep(log, &saved);
		log->has_saved = true;
		ui->is_saved = true;
		log->part = LOG_SAVED;
		if (is_next)
			log_next(ui, log);
	} else if (saved.conflict) {
		log_conflict(ui, log);
	}
	desk_saved_clear(&saved);
}

/* Keys */

/* Leaves the present field: what is known of it is filled in, the checks are made again. */
static void log_leave_field(struct ui *ui, struct log *log, int step)
{
	known_finish(&log->known, ui->desk, &log->form);
	form_move(&log->form, step);
	log_try(ui, log);
}

static void log_take(struct ui *ui, struct log *log)
{
	size_t before;

	known_take(&log->known, &log->form);
	log_form_show(&log->form);
	do {
		before = log->form.at;
		form_move(&log->form, 1);
	} while (log->form.at != before && !field_is_empty(form_at(&log->form)));
	log_try(ui, log);
}

static bool log_is_touched(struct log *log)
{
	struct request now;
	struct request_patch patch;
	bool differs;

	log_form_request(&log->form, &log->base, &now);
	differs = log_form_patch(&log->base, &now, &patch) || form_wrong(&log->form) != NULL;
	request_patch_clear(&patch);
	request_clear(&now);
	return differs;
}

/* The screen before reads again what was changed. */
static unsigned log_end(const struct log *log)
{
	return log->has_saved ? SCREEN_POP | SCREEN_RELOAD : SCREEN_POP;
}

static unsigned log_leave(struct log *log)
{
	if (log->part != LOG_TYPE || !log_is_touched(log))
		return log_end(log);
	log->part = LOG_ASK;
	terminal_forget_keys(); /* the answer is not among what was pasted */
	return SCREEN_STAY;
}

static unsigned log_show_saved(struct ui *ui, const struct log *log)
{
	memcpy(ui->reference, log->saved.reference, sizeof(ui->reference));
	ui->next = &scr_receipt;
	ui->next_argument = ui->reference;
	return SCREEN_POP | SCREEN_PUSH;
}

static unsigned log_command(struct ui *ui, void *state, enum command_id id)
{
	struct log *log = state;

	if (id == COMMAND_LEAVE)
		return log_leave(log);
	if (id == COMMAND_THROW_AWAY || id == COMMAND_FINISH)
		return log_end(log);
	if (id == COMMAND_SHOW_SAVED)
		return log_show_saved(ui, log);
	if (id == COMMAND_STAY || id == COMMAND_GO_ON)
		log->part = LOG_TYPE;
	else if (id == COMMAND_CHOOSE)
		log_choose(ui, log);
	else if (id == COMMAND_LINE_UP || id == COMMAND_LINE_DOWN)
		service_move(ui, log, id == COMMAND_LINE_DOWN ? 1 : -1);
	else if (id == COMMAND_NEXT_FIELD || id == COMMAND_LAST_FIELD)
		log_leave_field(ui, log, id == COMMAND_NEXT_FIELD ? 1 : -1);
	else if (id == COMMAND_SAVE || id == COMMAND_SAVE_NEXT)
		log_save(ui, log, id == COMMAND_SAVE_NEXT);
	else if (id == COMMAND_SUBJECT)
		form_go(&log->form, log_form_add_subject(&log->form));
	return SCREEN_STAY;
}

/* While something known is offered some keys are about it. */
static bool log_known_key(struct ui *ui, struct log *log, int key)
{
	enum command_id id = command_find(type_commands, key);

	if (!known_is_open(&log->known))
		return false;
	if (key == '\t')
		log_take(ui, log);
	else if (key == '\r')
		log_leave_field(ui, log, 1);
	else if (id == COMMAND_NEXT_FIELD || id == COMMAND_LAST_FIELD)
		known_move(&log->known, id == COMMAND_NEXT_FIELD ? 1 : -1);
	else if (id == COMMAND_LEAVE)
		known_clear(&log->known);
	else
		return false;
	return true;
}

/* Keys that work on every screen. */
static bool is_everywhere(enum command_id id)
{
	return id == COMMAND_REDRAW || id == COMMAND_FORM_HELP;
}

static unsigned log_type(struct ui *ui, struct log *log, int key)
{
	enum command_id id;

	log->notice.text[0] = '\0';
	if (log_known_key(ui, log, key))
		return SCREEN_STAY;
	if (form_key(&log->form, key)) {
		desk_saved_clear(&log->saved);
		known_seek(&log->known, ui->desk, &log->form);
		return SCREEN_STAY;
	}
	id = command_find(log_commands(log), key);
	if (is_everywhere(id))
		return SCREEN_UNUSED;
	known_finish(&log->known, ui->desk, &log->form);
	return id == COMMAND_NONE ? SCREEN_STAY : log_command(ui, log, id);
}

static unsigned log_text(struct ui *ui, void *state, int key)
{
	struct log *log = state;
	enum command_id id = command_find(log_commands(log), key);
	unsigned flags = SCREEN_STAY;

	if (log->part == LOG_TYPE)
		flags = log_type(ui, log, key);
	else if (is_everywhere(id))
		return SCREEN_UNUSED;
	else if (id != COMMAND_NONE)
		flags = log_command(ui, log, id);
	else if (log->part == LOG_CHOOSE)
		service_key(ui, log, key);
	if ((flags & SCREEN_POP) == 0)
		log_settle(ui, log);
	return flags;
}

static unsigned log_resized(struct ui *ui, void *state)
{
	log_settle(ui, state);
	return SCREEN_STAY;
}

static void log_done(void *state)
{
	struct log *log = state;

	known_clear(&log->known);
	form_done(&log->form);
	request_clear(&log->base);
	desk_findings_clear(&log->findings);
	desk_saved_clear(&log->saved);
	mem_free(log->both);
	mem_free(log->told);
	mem_free(log->kept);
}

static void log_keep(const void *state, struct draft *draft)
{
	const struct log *log = state;
	bool is_typed = log->form.count > 0 && log->part != LOG_SAVED;

	draft_put(draft, log->argument.reference);
	draft_put_number(draft, log->argument.is_answer);
	draft_put_number(draft, is_typed);
	if (!is_typed)
		return;
	draft_put(draft, log->base.field[FIELD_SERVICE]);
	draft_put_number(draft, (long)log->base.version);
	draft_put_number(draft, log_subjects(log));
	draft_put_number(draft, known_is_open(&log->known) || log->known.is_unlisted);
	draft_put_number(draft, (long)log->known.at);
	form_keep(&log->form, draft);
}

static unsigned log_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct log_argument argument = { .is_answer = false };
	struct log *log = state;

	draft_take_into(draft, argument.reference, sizeof(argument.reference));
	argument.is_answer = draft_take_number(draft) != 0;
	if (draft_take_number(draft) != 0)
		log->kept = mem_text(buffer_text(&draft->text) + draft->at);
	return log_open(ui, state, &argument);
}

static const enum command_id all_commands[] = { COMMAND_CHOOSE, COMMAND_SERVICE, COMMAND_NEXT_FIELD,
	COMMAND_LAST_FIELD, COMMAND_SAVE, COMMAND_SAVE_NEXT, COMMAND_TODAY, COMMAND_NOT_ON_FORM,
	COMMAND_SUBJECT, COMMAND_SHOW_SAVED, COMMAND_REDRAW, COMMAND_FORM_HELP, COMMAND_LEAVE,
	COMMAND_NONE };

const struct screen_ops scr_log = {
	.name = "Log a request",
	.state_size = sizeof(struct log),
	.commands = all_commands,
	.open = log_open,
	.waiting = "reading …",
	.load = log_load,
	.draw = log_draw,
	.resized = log_resized,
	.command = log_command,
	.text = log_text,
	.done = log_done,
	.keep = log_keep,
	.resume = log_resume,
};
