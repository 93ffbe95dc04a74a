/*
 * Files of the verbs, read and checked.
 */
#include "cli/life.h"

#include <string.h>

#include "cli/input.h"
#include "cli/session.h"
#include "core/codes.h"
#include "core/columns.h"

/* Characters of UTF-8 take up to four bytes; how many they are the column's check says. */
enum { TEXT_MOST_BYTES = 4 * 4000 + 4096 };

static const char *shown_name(const char *file)
{
	return strcmp(file, "-") == 0 ? "standard input" : file;
}

/* Editors of some systems put one at the start. */
static const char *without_mark(const char *text)
{
	static const char mark[] = "\xEF\xBB\xBF";

	return strncmp(text, mark, sizeof(mark) - 1) == 0 ? text + sizeof(mark) - 1 : text;
}

enum desk_status life_patch(
	enum patch_kind kind, const char *file, struct patch *out_patch, struct notice *notice)
{
	char *text = NULL;
	const char *object;
	enum desk_status status = input_text(file, JSON_MOST_BYTES, &text, notice);

	if (status != DESK_OK)
		return status;
	object = without_mark(text);
	switch (patch_read(kind, object, strlen(object), out_patch)) {
	case PATCH_OK:
		break;
	case PATCH_MISUSED:
		status = notice_set(notice, DESK_USAGE, "%s: %s", shown_name(file), out_patch->why);
		break;
	case PATCH_REFUSED:
		status = notice_set(
			notice, DESK_REFUSED, "%s: %s", shown_name(file), out_patch->why);
		break;
	}
	mem_free(text);
	return status;
}

enum desk_status life_text(const char *file, char **out_text, struct notice *notice)
{
	char *text = NULL, why[256];
	size_t size;
	enum desk_status status = input_text(file, TEXT_MOST_BYTES, &text, notice);

	if (status != DESK_OK)
		return status;
	size = strlen(text);
	while (size > 0 && strchr(" \t\r\n", text[size - 1]))
		text[--size] = '\0';
	*out_text = column_accept(column_find("note"), without_mark(text), false, why, sizeof(why));
	mem_free(text);
	if (!*out_text)
		return notice_set(notice, DESK_REFUSED, "%s: the text %s", shown_name(file), why);
	if (**out_text != '\0' && strcmp(*out_text, "-") != 0)
		return DESK_OK;
	mem_free(*out_text);
	*out_text = NULL;
	return notice_set(notice, DESK_REFUSED,
		"%s: there is no text in it; write the reason there", shown_name(file));
}

void life_duplicates(const struct desk_saved *saved, struct buffer *out)
{
	if (!saved->duplicates || saved->duplicates[0] == '\0')
		return;
	buffer_add(out, "Possible duplicates: ");
	codes_show("", saved->duplicates, out);
	buffer_add(out, "\n");
}

enum { REASON_MOST = 4000 };

enum desk_status look_open(const struct call *call, struct look *look, struct notice *notice)
{
	const char *file = call->value[OPTION_BECAUSE_FROM];
	const char *because = call->value[OPTION_BECAUSE];
	enum desk_status status = DESK_OK;

	if (file && because)
		return call_misused(call, notice, "give --because or --because-from, not both");
	if (file)
		status = input_text(file, REASON_MOST, &look->because, notice);
	if (status == DESK_OK)
		status = session_desk(call, &look->desk, notice);
	if (status != DESK_OK || !because)
		return status;
	if (!desk_is_demo(look->desk))
		return call_misused(call, notice,
			"--because is for demo stores, since command lines can be read by others; "
			"give --because-from FILE");
	look->because = mem_text(because);
	return DESK_OK;
}

void look_close(struct look *look)
{
	desk_close(look->desk);
	mem_free(look->because);
}
