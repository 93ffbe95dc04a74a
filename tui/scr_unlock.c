/*
 * The first screen: name and password. The password is typed into a secret and
 * never shown, not as stars either. A wrong one says so and is asked again.
 */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "tui/draw.h"
#include "tui/line.h"
#include "tui/screen.h"
#include "tui/terminal.h"

/* 256 characters at most, of four bytes at most. */
enum { PASSWORD_ROOM = 4 * 256 + 1 };
enum { FIELD_COLUMN = 3, VALUE_COLUMN = 14 };

struct unlock {
	char name_text[NAME_SIZE];
	struct line name;
	struct secret *password;
	struct line typed; /* into password */
	bool is_in_name;
	struct notice notice;
};

static void password_renew(struct unlock *unlock)
{
	secret_free(unlock->password);
	unlock->password = secret_new(PASSWORD_ROOM);
	line_init(&unlock->typed, (char *)secret_bytes(unlock->password), PASSWORD_ROOM);
}

static unsigned unlock_open(struct ui *ui, void *state, const void *argument)
{
	struct unlock *unlock = state;
	const char *name = ui->person[0] ? ui->person : ui->user ? ui->user : "";

	(void)argument;
	line_init(&unlock->name, unlock->name_text, sizeof(unlock->name_text));
	unlock->name.size =
		(size_t)snprintf(unlock->name_text, sizeof(unlock->name_text), "%s", name);
	if (unlock->name.size >= sizeof(unlock->name_text))
		unlock->name.size = sizeof(unlock->name_text) - 1;
	unlock->is_in_name = line_is_blank(&unlock->name);
	password_renew(unlock);
	return ui->password ? SCREEN_RELOAD : SCREEN_STAY;
}

/* A wrong password can be mended here; so can a wait. What cannot ends the program, which then
   tells it where it stays to be read. */
static unsigned unlock_failed(struct ui *ui, const struct unlock *unlock, bool is_asked)
{
	enum desk_status status = unlock->notice.status;

	if (is_asked && (status == DESK_LOCKED || status == DESK_BUSY))
		return SCREEN_STAY;
	ui->notice = unlock->notice;
	return SCREEN_QUIT;
}

static unsigned unlock_load(struct ui *ui, void *state)
{
	struct unlock *unlock = state;
	bool is_asked = ui->password == NULL;
	const struct desk_login login = { ui->store, unlock->name_text,
		is_asked ? unlock->password : ui->password };
	enum desk_status status;
	unsigned roles;

	if (is_asked)
		secret_cut(unlock->password, unlock->typed.size);
	status = desk_open(&login, &ui->desk, &unlock->notice);
	password_renew(unlock);
	secret_free(ui->password);
	ui->password = NULL;
	terminal_forget_keys();
	if (status != DESK_OK)
		return unlock_failed(ui, unlock, is_asked);
	snprintf(ui->person, sizeof(ui->person), "%s", desk_person(ui->desk)->name);
	ui->idle_ms = 1000 * desk_lock_seconds(ui->desk);
	ui->is_locked = false;
	ui->is_unlocked = true;
	ui->lost[0] = '\0';
	roles = desk_person(ui->desk)->roles;
	ui->next = (roles & ROLE_ADMINISTRATOR) != 0 ? &scr_people
		   : (roles & FLOW_WORKERS) != 0     ? &scr_work
						     : &scr_receipts;
	return SCREEN_POP | SCREEN_PUSH;
}

static void unlock_draw(const struct ui *ui, const void *state)
{
	const struct unlock *unlock = state;
	const struct draw_area area = { DRAW_BODY + 5, FIELD_COLUMN, 6, ui->columns - 6 };
	const struct draw_area note = { ui->rows - 6, FIELD_COLUMN, 3, ui->columns - 6 };
	const struct frame frame = {
		.title = ui->is_locked ? "Locked" : "Unlock",
		.path = ui->store,
		.explain = unlock->is_in_name ? "Type your log-in name, then Enter."
					      : "Type your password, then Enter. It is not shown.",
		.commands = scr_unlock.commands,
	};
	int row = DRAW_BODY + 1, end;

	draw_text(row, FIELD_COLUMN, 10, DRAW_PLAIN, "Name");
	end = VALUE_COLUMN + draw_text(row, VALUE_COLUMN, ui->columns - 2 - VALUE_COLUMN, DRAW_BOLD,
				     unlock->name_text);
	draw_text(row + 2, FIELD_COLUMN, 10, DRAW_PLAIN, "Password");
	draw_wrapped(&area, DRAW_BAD, unlock->notice.text[0] ? unlock->notice.text : ui->lost);
	if (ui->is_locked && !ui->lost[0] && !unlock->notice.text[0])
		draw_wrapped(&area, DRAW_PLAIN,
			"What was open is wiped from this program's memory. Your password brings "
			"you back where you were, with what you had typed. Esc leaves; what you "
			"had typed stays sealed in the store and comes back when you next log in.");
	if (!ui->is_demo && !desk_is_guarded())
		draw_wrapped(&note, DRAW_FAINT,
			"Not installed set-group-ID: who can read the store's files could use "
			"another program on them. What people may do is provable here, and not "
			"enforced; tracedesk-store(7) says how to install it.");
	draw_frame(ui, &frame);
	if (unlock->is_in_name)
		draw_cursor(row, end);
	else
		draw_cursor(row + 2, VALUE_COLUMN);
}

static unsigned unlock_command(struct ui *ui, void *state, enum command_id id)
{
	struct unlock *unlock = state;

	(void)ui;
	if (id == COMMAND_LEAVE)
		return SCREEN_QUIT;
	if (id == COMMAND_FIELD || unlock->is_in_name) {
		unlock->is_in_name = !unlock->is_in_name;
		return SCREEN_STAY;
	}
	/* Nothing typed is no guess: it must not count as a wrong password. */
	if (unlock->typed.size > 0 && !line_is_blank(&unlock->name))
		return SCREEN_RELOAD;
	unlock->is_in_name = line_is_blank(&unlock->name);
	return SCREEN_STAY;
}

static unsigned unlock_text(struct ui *ui, void *state, int key)
{
	struct unlock *unlock = state;

	(void)ui;
	if (!line_key(unlock->is_in_name ? &unlock->name : &unlock->typed, key))
		return SCREEN_UNUSED;
	unlock->notice.text[0] = '\0';
	return SCREEN_STAY;
}

static void unlock_done(void *state)
{
	struct unlock *unlock = state;

	secret_free(unlock->password);
}

static const enum command_id unlock_commands[] = { COMMAND_UNLOCK, COMMAND_FIELD, COMMAND_REDRAW,
	COMMAND_LEAVE, COMMAND_NONE };

const struct screen_ops scr_unlock = {
	.name = "Unlock",
	.state_size = sizeof(struct unlock),
	.commands = unlock_commands,
	.open = unlock_open,
	.waiting = "unlocking …",
	.load = unlock_load,
	.draw = unlock_draw,
	.command = unlock_command,
	.text = unlock_text,
	.done = unlock_done,
};
