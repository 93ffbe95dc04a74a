/*
 * The command most like what was typed: by the fewest letters to put in, take
 * out or change.
 */
#include "cli/unknown.h"

#include <stdio.h>
#include <string.h>

#include "cli/help.h"
#include "cli/output.h"
#include "core/text.h"

/* Longer words are no mistyped command. */
enum { WORDS_MOST = 40, MISTAKES_MOST = 3 };

static size_t least(size_t a, size_t b, size_t c)
{
	size_t less = a < b ? a : b;

	return less < c ? less : c;
}

/* How many letters make the difference. */
static size_t distance(const char *a, const char *b)
{
	size_t row[WORDS_MOST + 1], length = strlen(b);

	for (size_t j = 0; j <= length; j++)
		row[j] = j;
	for (size_t i = 0; a[i] != '\0'; i++) {
		size_t before = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < length; j++) {
			size_t above = row[j + 1];

			row[j + 1] = least(above + 1, row[j] + 1, before + (a[i] != b[j]));
			before = above;
		}
	}
	return row[length];
}

/* As many of the words as the command has, or of the command as there are words. */
static void words_like(const char *words, size_t count, char out_part[WORDS_MOST + 1])
{
	size_t size = strcspn(words, " ");

	if (count > 1 && words[size] == ' ')
		size += 1 + strcspn(words + size + 1, " ");
	(void)snprintf(out_part, WORDS_MOST + 1, "%.*s", (int)size, words);
}

/* What is most like the words typed, at most three letters and a third of them apart; "" when
   nothing is. */
static void nearest(const char *typed, size_t count, char out_words[WORDS_MOST + 1])
{
	size_t best = least(strlen(typed) / 3, MISTAKES_MOST, MISTAKES_MOST) + 1;

	out_words[0] = '\0';
	for (size_t i = 0; i < command_count; i++) {
		char part[WORDS_MOST + 1], own[WORDS_MOST + 1];
		bool is_one = strchr(commands[i].words, ' ') == NULL;
		size_t apart;

		words_like(commands[i].words, count, part);
		words_like(typed, is_one ? 1 : count, own);
		apart = distance(own, part);
		if (apart < best) {
			best = apart;
			memcpy(out_words, part, sizeof(part));
		}
	}
}

enum desk_status unknown_command(const struct call *call, struct notice *notice)
{
	struct output output = { .is_file = false };
	char typed[2 * WORDS_MOST + 2] = "", near[WORDS_MOST + 1] = "";
	size_t count = call->word_count > 1 ? 2 : 1;
	struct buffer group;
	enum desk_status status = DESK_OK;
	bool is_group;

	buffer_init(&group);
	is_group = help_group(call, &group);
	if (is_group)
		status = output_write(&output, &group, notice);
	buffer_done(&group);
	if (status != DESK_OK)
		return status;
	if (is_group)
		return notice_set(notice, DESK_USAGE,
			"%s: half a command; write one of those listed, or see tracedesk %s --help",
			call->words[0], call->words[0]);
	if (strlen(call->words[0]) <= WORDS_MOST / 2 &&
		(count == 1 || strlen(call->words[1]) <= WORDS_MOST / 2)) {
		(void)snprintf(typed, sizeof(typed), "%s%s%s", call->words[0], count > 1 ? " " : "",
			count > 1 ? call->words[1] : "");
		nearest(typed, count, near);
	}
	return notice_set(notice, DESK_USAGE,
		"%.*s%s%.*s: unknown command; %s%s%stracedesk --help%s",
		text_start(call->words[0], 40), call->words[0], count > 1 ? " " : "",
		count > 1 ? text_start(call->words[1], 40) : 0, count > 1 ? call->words[1] : "",
		near[0] ? "write tracedesk " : "", near, near[0] ? ", or see " : "",
		near[0] ? "" : " lists them");
}
