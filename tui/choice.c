/*
 * Choices sought by letters: those that begin so come before those with a word
 * that does, these before codes, these before whatever has the letters inside.
 */
#include "tui/choice.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "tui/commands.h"

enum fit { FIT_BEGIN, FIT_WORD, FIT_CODE, FIT_INSIDE, FITS };

/* One letter alone is inside of nearly everything. */
enum { LEAST_INSIDE = 2 };

bool choice_takes(int key)
{
	return key > ' ' && key < TYPED_RUBOUT;
}

static bool is_sign(char c)
{
	return isalnum((unsigned char)c) != 0;
}

/* Does a text begin so, signs that are no letter or digit left out of both? */
static bool begins(const char *text, const char *letters)
{
	for (;; letters++) {
		while (*letters && !is_sign(*letters))
			letters++;
		while (*text && !is_sign(*text))
			text++;
		if (!*letters)
			return true;
		if (tolower((unsigned char)*text) != tolower((unsigned char)*letters))
			return false;
		text++;
	}
}

static bool has_inside(const char *text, const char *letters, bool at_words)
{
	for (const char *at = text; *at; at++)
		if (is_sign(*at) && !(at_words && at > text && is_sign(at[-1])) &&
			begins(at, letters))
			return true;
	return false;
}

static bool fits(const struct code *code, const char *letters, enum fit fit)
{
	switch (fit) {
	case FIT_BEGIN:
		return begins(code->label, letters);
	case FIT_WORD:
		return has_inside(code->label, letters, true);
	case FIT_CODE:
		return begins(code->code, letters);
	case FIT_INSIDE:
		return strlen(letters) >= LEAST_INSIDE && has_inside(code->label, letters, false);
	case FITS:
		break;
	}
	return false;
}

static size_t choice_find(const struct code_set *set, const char *letters, size_t start)
{
	for (enum fit fit = FIT_BEGIN; fit < FITS; fit++)
		for (size_t i = 0; i < set->count; i++) {
			size_t at = (start + i) % set->count;

			if (fits(&set->codes[at], letters, fit))
				return at;
		}
	return set->count;
}

size_t choice_seek(
	const struct code_set *set, char letters[CHOICE_LETTERS], size_t present, char letter)
{
	char more[CHOICE_LETTERS + 1];
	const char once[2] = { letter, '\0' };
	size_t found = set->count, size = strlen(letters);

	(void)snprintf(more, sizeof(more), "%s%c", letters, letter);
	if (size + 1 < CHOICE_LETTERS)
		found = choice_find(set, more, present < set->count ? present : 0);
	if (found < set->count) {
		memcpy(letters, more, CHOICE_LETTERS);
	} else if (size > 0 && strspn(letters, once) == size) {
		found = choice_find(set, once, present + 1);
		memcpy(letters, once, sizeof(once));
	}
	return found;
}
