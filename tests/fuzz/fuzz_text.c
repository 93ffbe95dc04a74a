/*
 * Foreign text on its way to the terminal; days and names as they are typed.
 */
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/text.h"
#include "tests/fuzz/fuzz.h"

void fuzz_start(void)
{
}

static void show(const char *text)
{
	struct buffer shown, cut, folded;
	int width = (int)(strlen(text) % 40) + 1;

	buffer_init(&shown);
	buffer_init(&cut);
	buffer_init(&folded);
	text_show(text, &shown);
	fuzz_must(text_is_plain(buffer_text(&shown)), "what is shown is plain");
	fuzz_must(text_fit(buffer_text(&shown), width, &cut) <= width, "what is cut fits");
	fuzz_must(text_width(buffer_text(&cut)) <= width, "and takes no more columns than said");
	text_fold(text, &folded);
	fuzz_must(text_is_same_name(text, text) || !text_is_utf8(text, strlen(text)),
		"a name is the same as itself");
	buffer_done(&shown);
	buffer_done(&cut);
	buffer_done(&folded);
}

void fuzz_input(const uint8_t *bytes, size_t size)
{
	char *text = malloc(size + 1), day[DAY_SIZE];

	fuzz_must(text != NULL, "memory");
	memcpy(text, bytes, size);
	text[size] = '\0';
	show(text);
	if (day_from_typed(text, "2021-01-04", day))
		fuzz_must(day_is_valid(day), "a typed day is one");
	free(text);
}
