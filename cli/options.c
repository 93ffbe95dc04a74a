/*
 * The options as a table and reading a command line by it: options stand
 * before, between and after words until "--".
 */
#include "cli/options.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/unknown.h"

#define OPTION_ROW(constant, name, letter, value, help) { name, letter, value, help },
static const struct option_info options[OPTION_COUNT] = { OPTIONS(OPTION_ROW) };

const struct option_info *option_info(enum option option)
{
	return &options[option];
}

/* By its long name of so many characters; OPTION_COUNT when there is none. */
static enum option option_find(const char *name, size_t size)
{
	for (enum option i = 0; i < OPTION_COUNT; i++)
		if (strlen(options[i].name) == size && memcmp(options[i].name, name, size) == 0)
			return i;
	return OPTION_COUNT;
}

static enum option option_find_letter(char letter)
{
	for (enum option i = 0; i < OPTION_COUNT; i++)
		if (letter != 0 && options[i].letter == letter)
			return i;
	return OPTION_COUNT;
}

const char *call_word(const struct call *call, size_t index)
{
	return call->own + index < call->word_count ? call->words[call->own + index] : NULL;
}

enum desk_status call_misused(
	const struct call *call, struct notice *notice, const char *format, ...)
{
	char why[1024];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	if (!call->command)
		return notice_set(notice, DESK_USAGE, "%s", why);
	return notice_set(notice, DESK_USAGE, "%s: %s", call->command->words, why);
}

/* Where the reading of a command line is. */
struct reading {
	struct call *call;
	char **argv;
	int at;
};

/* What an option holds: after "=", or the next argument. */
static enum desk_status take_value(
	struct reading *reading, enum option option, const char *joined, struct notice *notice)
{
	const struct option_info *info = &options[option];

	if (!info->value && joined)
		return notice_set(notice, DESK_USAGE, "--%s: takes no value; leave \"%s\" out",
			info->name, joined);
	if (!info->value)
		joined = "";
	if (!joined)
		joined = reading->argv[++reading->at];
	if (!joined || (info->value && *joined == '\0'))
		return notice_set(notice, DESK_USAGE, "--%s: its value is %s; write --%s %s",
			info->name, joined ? "empty" : "missing", info->name, info->value);
	reading->call->value[option] = joined;
	return DESK_OK;
}

static enum desk_status take_option(struct reading *reading, struct notice *notice)
{
	const char *text = reading->argv[reading->at];
	const char *joined = NULL;
	enum option option;

	if (text[1] == '-') {
		size_t size = strcspn(text + 2, "=");

		option = option_find(text + 2, size);
		if (text[2 + size] == '=')
			joined = text + 2 + size + 1;
	} else {
		option = option_find_letter(text[1]);
		if (text[2] != '\0')
			joined = text + 2;
	}
	if (option == OPTION_COUNT)
		return notice_set(notice, DESK_USAGE,
			"%s: unknown option; tracedesk --help lists them", text);
	return take_value(reading, option, joined, notice);
}

/* Does the line start with the command's words? How many they are, or 0. */
static size_t command_matches(const struct command *command, const struct call *call)
{
	const char *rest = command->words;

	for (size_t i = 0; i < call->word_count; i++) {
		size_t size = strcspn(rest, " ");

		if (strlen(call->words[i]) != size || memcmp(call->words[i], rest, size) != 0)
			return 0;
		rest += size;
		if (*rest == '\0')
			return i + 1;
		rest++;
	}
	return 0;
}

static void find_command(struct call *call)
{
	for (size_t i = 0; i < command_count && !call->command; i++) {
		call->own = command_matches(&commands[i], call);
		if (call->own > 0)
			call->command = &commands[i];
	}
}

static const uint64_t common_options = OPTION_BIT(OPTION_STORE) | OPTION_BIT(OPTION_USER) |
				       OPTION_BIT(OPTION_PASSWORD_FILE) | OPTION_BIT(OPTION_HELP) |
				       OPTION_BIT(OPTION_VERSION);

static enum desk_status check_options(const struct call *call, struct notice *notice)
{
	uint64_t taken = common_options | (call->command ? call->command->options : 0);

	for (enum option i = 0; i < OPTION_COUNT; i++)
		if (call->value[i] && !(taken & OPTION_BIT(i)))
			return call_misused(
				call, notice, "takes no --%s; see --help", options[i].name);
	return DESK_OK;
}

static enum desk_status check_words(const struct call *call, struct notice *notice)
{
	size_t count = call->word_count - call->own;
	const struct command *command = call->command;

	if (count < command->least)
		return call_misused(call, notice, "a word is missing; write tracedesk %s %s",
			command->words, command->arguments);
	if (count > command->most)
		return call_misused(call, notice, "unknown word \"%s\"; see tracedesk %s --help",
			call_word(call, command->most), command->words);
	return DESK_OK;
}

/* Options and words, told apart; the words go to the front of argv. */
static enum desk_status read_line(int argc, struct reading *reading, struct notice *notice)
{
	struct call *call = reading->call;
	enum desk_status status = DESK_OK;
	bool only_words = false;

	for (; reading->at < argc && status == DESK_OK; reading->at++) {
		char *text = reading->argv[reading->at];

		if (!only_words && strcmp(text, "--") == 0)
			only_words = true;
		else if (only_words || text[0] != '-' || text[1] == '\0')
			call->words[call->word_count++] = text;
		else
			status = take_option(reading, notice);
	}
	return status;
}

enum desk_status call_read(int argc, char **argv, struct call *out_call, struct notice *notice)
{
	struct reading reading = { out_call, argv, 1 };
	enum desk_status status;

	*out_call = (struct call) { .words = argv };
	status = read_line(argc, &reading, notice);
	if (status != DESK_OK)
		return status;
	find_command(out_call);
	if (out_call->value[OPTION_HELP] || out_call->value[OPTION_VERSION])
		return DESK_OK;
	if (!out_call->command && out_call->word_count > 0)
		return unknown_command(out_call, notice);
	status = check_options(out_call, notice);
	if (status == DESK_OK && out_call->command)
		status = check_words(out_call, notice);
	return status;
}
