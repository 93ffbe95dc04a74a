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
