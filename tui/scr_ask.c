/*
 * The form of tui/ask.h.
 */
#include "tui/ask.h"

#include <string.h>

#include "core/buffer.h"

struct ask {
	struct ask_argument is;
	struct answers form;
	bool is_wanted;	 /* the next load does it */
	bool is_changed; /* something was typed */
	bool is_leaving; /* and leaving was asked for once */
};

void ask_add_text(struct answers *form, const char *code, const char *label, const char *text)
{
	struct entry *entry = answers_add(form,
		&(struct entry) { .kind = ENTRY_TEXT, .label = label, .code = code, .rows = 1 });

	answers_type(entry, text ? text : "");
}

void ask_add_choice(
	struct answers *form, const char *code, const char *label, const struct code_set *choices)
{
	answers_add(form, &(struct entry) { .kind = ENTRY_CHOICE,
				  .label = label,
				  .code = code,
				  .choices = choices,
				  .chosen = ANSWERS_NO_CHOICE });
}

static unsigned ask_open(struct ui *ui, void *state, const void *argument)
{
	struct ask *ask = state;

	(void)ui;
	ask->is = *(const struct ask_argument *)argument;
	if (ask->is.is_open)
		*ask->is.is_open = true;
	ask->is.build(&ask->is, &ask->form);
	return SCREEN_STAY;
}

static unsigned ask_load(struct ui *ui, void *state)
{
	struct ask *ask = state;

	if (!ask->is_wanted)
		return SCREEN_STAY;
	ask->is_wanted = false;
	return ask->is.act(ui, &ask->is, &ask->form) ? SCREEN_POP | SCREEN_RELOAD : SCREEN_STAY;
}

static bool ask_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct ask *ask = state;

	(void)ui;
	out_why[0] = '\0';
	return answers_cannot(&ask->form, id);
}

static void ask_draw(const struct ui *ui, const void *state)
{
	const struct ask *ask = state;
	const struct draw_area area = { DRAW_BODY + 1, 2, draw_body_rows(ui) - 1, ui->columns - 4 };
	struct frame frame = { .title = ask->is.title,
		.path = ask->is.about,
		.explain = ask->is.explain,
		.commands = scr_ask.commands,
		.cannot = ask_cannot,
		.state = ask };
	struct buffer explain;
	int row, column;

	buffer_init(&explain);
	answers_tell(ui, &ask->form, &frame, &explain);
	frame.more = answers_draw(&ask->form, &area, &row, &column);
	draw_frame(ui, &frame);
	draw_cursor(row, column);
	buffer_done(&explain);
}

static unsigned ask_command(struct ui *ui, void *state, enum command_id id)
{
	struct ask *ask = state;

	if (id == COMMAND_LEAVE && (!ask->is_changed || ask->is_leaving))
		return SCREEN_POP;
	ask->is_leaving = id == COMMAND_LEAVE;
	if (ask->is_leaving)
		(void)notice_set(&ui->told, DESK_REFUSED,
			"Nothing is done yet: Esc again leaves, and what you typed is lost");
	ask->is_wanted = answers_command(ui, &ask->form, id);
	return ask->is_wanted ? SCREEN_RELOAD : SCREEN_STAY;
}

static unsigned ask_resized(struct ui *ui, void *state)
{
	struct ask *ask = state;

	answers_settle(&ask->form, draw_body_rows(ui) - 1);
	return SCREEN_STAY;
}

static unsigned ask_text(struct ui *ui, void *state, int key)
{
	struct ask *ask = state;

	(void)ui;
	if (!answers_key(&ask->form, key))
		return SCREEN_UNUSED;
	ask->is_changed = true;
	ask->is_leaving = false;
	return SCREEN_STAY;
}

static void ask_done(void *state)
{
	struct ask *ask = state;

	answers_clear(&ask->form);
	if (ask->is.is_open)
		*ask->is.is_open = false;
}

static void ask_keep(const void *state, struct draft *draft)
{
	const struct ask *ask = state;

	draft_put(draft, ask->is.title);
	draft_put_number(draft, ask->is_changed);
	answers_keep(&ask->form, draft);
}

/* The screen below has come back and says again what it asks. */
static unsigned ask_resume(struct ui *ui, void *state, struct draft *draft)
{
	const struct ask_argument *argument = ui->next == &scr_ask ? ui->next_argument : NULL;
	struct ask *ask = state;
	char *title = draft_take(draft);
	bool is_asked = argument && strcmp(argument->title, title) == 0;

	mem_free(title);
	if (!is_asked)
		return SCREEN_POP;
	(void)ask_open(ui, state, argument);
	ask->is_changed = draft_take_number(draft) != 0;
	answers_resume(&ask->form, draft);
	return ask_resized(ui, state);
}

static const enum command_id ask_commands[] = { COMMAND_SUBMIT, COMMAND_ENTER, COMMAND_ENTRY_NEXT,
	COMMAND_ENTRY_BACK, COMMAND_TICK, COMMAND_PICK, COMMAND_REDRAW, COMMAND_FORM_HELP,
	COMMAND_LEAVE, COMMAND_NONE };

const struct screen_ops scr_ask = {
	.name = "a form",
	.state_size = sizeof(struct ask),
	.commands = ask_commands,
	.open = ask_open,
	.waiting = "writing …",
	.load = ask_load,
	.draw = ask_draw,
	.cannot = ask_cannot,
	.resized = ask_resized,
	.command = ask_command,
	.text = ask_text,
	.done = ask_done,
	.keep = ask_keep,
	.resume = ask_resume,
};
