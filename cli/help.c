/*
 * Help is read from the tables, so that it cannot say anything else than what
 * the program does.
 */
#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "config.h"
#include "core/desk_rights.h"
#include "tui/tui.h"

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

	(void)snprintf(left, sizeof(left), "%s%c%s--%s%s%s", info->letter != 0 ? "-" : "",
		info->letter != 0 ? info->letter : ' ', info->letter != 0 ? ", " : "   ",
		info->name, info->value ? " " : "", info->value ? info->value : "");
	buffer_print(out, "  %-28s %s\n", left, info->help);
}

static void option_lines(uint64_t options, struct buffer *out)
{
	for (enum option i = 0; i < OPTION_COUNT; i++)
		if (options & OPTION_BIT(i))
			option_line(i, out);
}

static const uint64_t every_command = OPTION_BIT(OPTION_STORE) | OPTION_BIT(OPTION_USER) |
				      OPTION_BIT(OPTION_PASSWORD_FILE) | OPTION_BIT(OPTION_HELP);

static void help_command(const struct command *command, struct buffer *out)
{
	char who[128];

	buffer_add(out, "Usage: ");
	usage_line(command, out);
	buffer_print(out, "\n\n%s\n", command->help);
	if (right_who(command->words, who, sizeof(who)))
		buffer_print(out, "Who may: %s.\n", who);
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
		buffer_print(out, "\n      %s\n", commands[i].help);
	}
	buffer_add(out, "\nOptions of every command:\n");
	option_lines(every_command | OPTION_BIT(OPTION_VERSION), out);
	return found;
}

void version_write(struct buffer *out)
{
	char libraries[128];

	desk_libraries(libraries, sizeof(libraries));
	buffer_print(out, "tracedesk %s\n%s, %s\n", PACKAGE_VERSION, libraries, tui_library());
}
