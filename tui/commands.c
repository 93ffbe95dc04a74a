/*
 * The list of commands as a table, and which command a key means.
 */
#include "tui/commands.h"

#include <curses.h>

#define COMMAND_ROW(constant, bar, keys, name, help, ...) \
	{ bar, keys, name, help, { __VA_ARGS__ } },
static const struct command commands[] = { COMMANDS(COMMAND_ROW) };

const struct command *command_get(enum command_id id)
{
	return &commands[id];
}

static bool command_has_key(const struct command *command, int key)
{
	for (size_t i = 0; i < sizeof(command->key) / sizeof(command->key[0]); i++)
		if (command->key[i] != 0 && command->key[i] == key)
			return true;
	return false;
}

enum command_id command_find(const enum command_id *allowed, int key)
{
	for (; *allowed != COMMAND_NONE; allowed++)
		if (command_has_key(&commands[*allowed], key))
			return *allowed;
	return COMMAND_NONE;
}

enum { PAST_ANY_END = 1 << 30 };

static const struct {
	enum command_id id;
	long rows, pages;
} moves[] = {
	{ COMMAND_UP, -1, 0 },
	{ COMMAND_DOWN, 1, 0 },
	{ COMMAND_LINE_UP, -1, 0 },
	{ COMMAND_LINE_DOWN, 1, 0 },
	{ COMMAND_PAGE_UP, 0, -1 },
	{ COMMAND_PAGE_DOWN, 0, 1 },
	{ COMMAND_SHEET_UP, 0, -1 },
	{ COMMAND_SHEET_DOWN, 0, 1 },
	{ COMMAND_FIRST, -PAST_ANY_END, 0 },
	{ COMMAND_LAST, PAST_ANY_END, 0 },
	{ COMMAND_TOP, -PAST_ANY_END, 0 },
	{ COMMAND_BOTTOM, PAST_ANY_END, 0 },
};

long command_rows(enum command_id id, long page)
{
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++)
		if (moves[i].id == id)
			return moves[i].rows + moves[i].pages * page;
	return 0;
}

const enum command_id commands_of_line[] = { COMMAND_DO, COMMAND_FORM_HELP, COMMAND_LEAVE,
	COMMAND_NONE };

const enum command_id *commands_everywhere(const enum command_id *own)
{
	static const enum command_id of_list[] = { COMMAND_PALETTE, COMMAND_LOCK, COMMAND_NONE };
	static const enum command_id of_form[] = { COMMAND_FORM_LOCK, COMMAND_NONE };

	while (*own != COMMAND_NONE && *own != COMMAND_HELP)
		own++;
	return *own == COMMAND_HELP ? of_list : of_form;
}
