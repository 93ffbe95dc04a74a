/*
 * Help is read from the tables, so that it cannot say anything else than what
 * the program does. No line is wider than 100 columns.
 */
#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "cli/examples.h"
#include "config.h"
#include "core/desk_rights.h"
#include "tui/tui.h"

enum { WIDTH = 100, OPTION_INDENT = 31, COMMAND_INDENT = 6, GROUP_INDENT = 35 };

/* Appends words from a column on, broken at blanks; further lines begin at indent. The texts are
   ASCII. */
static void wrap(struct buffer *out, size_t column, size_t indent, const char *text)
{
	for (bool is_first = true; *text != '\0'; is_first = false) {
		size_t size = strcspn(text, " ");

		if (!is_first && column + 1 + size > WIDTH) {
			buffer_print(out, "\n%*s", (int)indent, "");
			column = indent;
		} else if (!is_first) {
			buffer_add(out, " ");
			column++;
		}
		buffer_add_bytes(out, text, size);
		column += size;
		text += size + (text[size] == ' ');
	}
	buffer_add(out, "\n");
}

static void usage_line(const struct command *command, struct buffer *out)
{
	buffer_print(out, "tracedesk %s%s%s%s", command->words,
		command->options != 0 ? " [OPTIONS]" : "", *command->arguments != '\0' ? " " : "",
		command->arguments);
}

static void option_line(enum option option, struct buffer *out)
{
	const struct option_info *info = option_info(option);
	char left[64];
	int taken = snprintf(left, sizeof(left), "%s%c%s--%s%s%s", info->letter != 0 ? "-" : "",
		info->letter != 0 ? info->letter : ' ', info->letter != 0 ? ", " : "   ",
		info->name, info->value ? " " : "", info->value ? info->value : "");

	buffer_print(out, "  %-28s ", left);
	wrap(out, taken > 28 ? (size_t)taken + 3 : OPTION_INDENT, OPTION_INDENT, info->help);
}

static void option_lines(uint64_t options, struct buffer *out)
{
	for (enum option i = 0; i < OPTION_COUNT; i++)
		if (options & OPTION_BIT(i))
			option_line(i, out);
}

static const uint64_t every_command = OPTION_BIT(OPTION_STORE) | OPTION_BIT(OPTION_USER) |
				      OPTION_BIT(OPTION_PASSWORD_FILE) | OPTION_BIT(OPTION_HELP);

static void help_object(const struct command *command, struct buffer *out)
{
	const char *object = example_object(command->words);
	struct buffer keys;

	if (!object)
		return;
	buffer_print(out, "\n--from takes a JSON object such as:\n\n%s", object);
	buffer_init(&keys);
	example_keys(command->words, &keys);
	if (keys.size > 0) {
		buffer_add(out, "\nIts keys: ");
		wrap(out, 10, 2, buffer_text(&keys));
	}
	buffer_done(&keys);
}

static void help_command(const struct command *command, struct buffer *out)
{
	char who[128];

	buffer_add(out, "Usage: ");
	usage_line(command, out);
	buffer_add(out, "\n\n");
	wrap(out, 0, 0, command->help);
	if (right_who(command->words, who, sizeof(who)))
		buffer_print(out, "Who may: %s.\n", who);
	help_object(command, out);
	buffer_add(out, "\nOptions, before or after the words, up to \"--\":\n");
	option_lines(every_command | command->options, out);
}

/* Does the command's name start with the words of the call? */
static bool is_of_group(const struct command *command, const struct call *call)
{
	const char *rest = command->words;

	for (size_t i = 0; i < call->word_count; i++) {
		size_t size = strlen(call->words[i]);

		if (strncmp(rest, call->words[i], size) != 0 ||
			(rest[size] != ' ' && rest[size] != '\0'))
			return false;
		rest += size + (rest[size] == ' ');
	}
	return true;
}

bool help_write(const struct call *call, struct buffer *out)
{
	bool found = false;

	if (call->command) {
		help_command(call->command, out);
		return true;
	}
	buffer_add(out, "Usage: tracedesk [-s STORE] [-u USER] [--password-file FILE] "
			"[COMMAND [ARGUMENTS]]\n\nWithout a command the full-screen desk opens. "
			"Commands:\n\n");
	for (size_t i = 0; i < command_count; i++) {
		if (!is_of_group(&commands[i], call))
			continue;
		found = true;
		buffer_add(out, "  ");
		usage_line(&commands[i], out);
		buffer_print(out, "\n%*s", COMMAND_INDENT, "");
		wrap(out, COMMAND_INDENT, COMMAND_INDENT, commands[i].help);
	}
	buffer_add(out, "\nOptions of every command:\n");
	option_lines(every_command | OPTION_BIT(OPTION_VERSION), out);
	return found;
}

/* A command and the first words on it, as far as one line goes. */
static void group_line(const struct command *command, struct buffer *out)
{
	size_t size = strcspn(command->help, ".,;:("), most = WIDTH - GROUP_INDENT;
	bool is_cut = size > most;
	char words[GROUP_INDENT];

	if (is_cut)
		for (size = most - 3; size > 0 && command->help[size] != ' ';)
			size--;
	while (size > 0 && command->help[size - 1] == ' ')
		size--;
	(void)snprintf(words, sizeof(words), "  %s %s", command->words, command->arguments);
	buffer_print(out, "%-*s%.*s%s\n", GROUP_INDENT, words, (int)size, command->help,
		is_cut ? "..." : "");
}

bool help_group(const struct call *call, struct buffer *out)
{
	bool found = false;

	for (size_t i = 0; i < command_count; i++)
		if (is_of_group(&commands[i], call)) {
			group_line(&commands[i], out);
			found = true;
		}
	return found;
}

void version_write(struct buffer *out)
{
	char libraries[128];

	desk_libraries(libraries, sizeof(libraries));
	buffer_print(out, "tracedesk %s\n%s, %s\n", PACKAGE_VERSION, libraries, tui_library());
}
