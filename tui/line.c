/*
 * Typing at the end of a line; what is taken back is wiped at once.
 */
#include "tui/line.h"

#include <curses.h>
#include <limits.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "tui/commands.h"

void line_init(struct line *line, char *memory, size_t room)
{
	line->text = memory;
	line->room = room;
	line->size = 0;
	memory[0] = '\0';
}

void line_wipe(struct line *line)
{
	explicit_bzero(line->text, line->room);
	line->size = 0;
}

static void line_back(struct line *line)
{
	while (line->size > 0) {
		bool is_inside = ((unsigned char)line->text[--line->size] & 0xc0) == 0x80;

		line->text[line->size] = '\0';
		if (!is_inside)
			return;
	}
}

static void line_add(struct line *line, wchar_t character)
{
	char bytes[MB_LEN_MAX];
	mbstate_t state = { 0 };
	size_t size = wcrtomb(bytes, character, &state);

	if (size != (size_t)-1 && line->size + size < line->room) {
		memcpy(line->text + line->size, bytes, size);
		line->size += size;
		line->text[line->size] = '\0';
	}
	explicit_bzero(bytes, sizeof(bytes));
}

bool line_key(struct line *line, int key)
{
	if (key == TYPED_CONTROL_U)
		line_wipe(line);
	else if (key == TYPED_RUBOUT || key == '\b' || key == -KEY_BACKSPACE)
		line_back(line);
	else if (key >= ' ' && !iswcntrl((wint_t)key))
		line_add(line, (wchar_t)key);
	else
		return false;
	return true;
}

bool line_is_blank(const struct line *line)
{
	return strspn(line->text, " ") == line->size;
}
