/*
 * Typing at the cursor; what is taken back is wiped at once.
 */
#include "tui/line.h"

#include <curses.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "core/buffer.h"
#include "db/memory.h"
#include "tui/commands.h"
#include "tui/draft.h"

void line_init(struct line *line, char *memory, size_t room)
{
	line->text = memory;
	line->room = room;
	line->size = 0;
	line->after = 0;
	memory[0] = '\0';
}

void line_put(struct line *line, const char *text)
{
	size_t size = strlen(text);

	if (size > line->room - 1)
		for (size = line->room - 1; size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80;
			size--)
			;
	memcpy(line->text, text, size);
	line->text[size] = '\0';
	line->size = size;
	line->after = 0;
}

void line_wipe(struct line *line)
{
	explicit_bzero(line->text, line->room);
	line->size = 0;
	line->after = 0;
}

static bool is_inside(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Bytes of the character before the cursor, of the one behind it; 0: none. */
static size_t character_before(const struct line *line)
{
	size_t at = line->size - line->after, start = at;

	while (start > 0 && is_inside(line->text[--start]))
		continue;
	return at - start;
}

static size_t character_behind(const struct line *line)
{
	size_t at = line->size - line->after, end = at;

	while (end < line->size && (end == at || is_inside(line->text[end])))
		end++;
	return end - at;
}

static void line_back(struct line *line)
{
	size_t at = line->size - line->after, size = character_before(line);

	memmove(line->text + at - size, line->text + at, line->after);
	line->size -= size;
	explicit_bzero(line->text + line->size, size);
}

static void line_add(struct line *line, wchar_t character)
{
	char bytes[MB_LEN_MAX];
	mbstate_t state = { 0 };
	size_t size = wcrtomb(bytes, character, &state), at = line->size - line->after;

	if (size != (size_t)-1 && line->size + size < line->room) {
		memmove(line->text + at + size, line->text + at, line->after);
		memcpy(line->text + at, bytes, size);
		line->size += size;
		line->text[line->size] = '\0';
	}
	explicit_bzero(bytes, sizeof(bytes));
}

bool line_move(struct line *line, int key)
{
	if (key == -KEY_LEFT)
		line->after += character_before(line);
	else if (key == -KEY_RIGHT)
		line->after -= character_behind(line);
	else if (key == -KEY_HOME)
		line->after = line->size;
	else if (key == -KEY_END)
		line->after = 0;
	else
		return false;
	return true;
}

bool key_is_erasing(int key)
{
	return key == TYPED_RUBOUT || key == '\b' || key == -KEY_BACKSPACE ||
	       key == TYPED_CONTROL_U;
}

bool line_key(struct line *line, int key)
{
	if (key == TYPED_CONTROL_U)
		line_wipe(line);
	else if (key_is_erasing(key))
		line_back(line);
	else if (key >= ' ' && !iswcntrl((wint_t)key))
		line_add(line, (wchar_t)key);
	else
		return false;
	return true;
}

void line_keep(const struct line *line, struct draft *draft)
{
	draft_put(draft, line->text);
	draft_put_number(draft, (long)line->after);
}

void line_resume(struct line *line, struct draft *draft)
{
	char *text = draft_take(draft);
	size_t after = (size_t)draft_take_number(draft);

	line_put(line, text);
	line->after = after <= line->size ? after : 0;
	mem_free(text);
}

bool line_is_blank(const struct line *line)
{
	return strspn(line->text, " ") == line->size;
}

char *path_in_full(const char *typed)
{
	const char *home = getenv("HOME");
	bool is_home = typed[0] == '~' && typed[1] == '/' && home;
	struct buffer path;

	buffer_init(&path);
	if (is_home)
		buffer_add(&path, home);
	buffer_add(&path, typed + (is_home ? 1 : 0));
	return buffer_take(&path);
}
