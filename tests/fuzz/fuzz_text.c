/*
 * Foreign text on its way to the terminal, and JSON on its way in.
 */
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/json.h"
#include "core/patch.h"
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

static void read_json(const char *bytes, size_t size)
{
	char why[PATCH_WHY_SIZE] = "";
	struct json_value *value = json_read(bytes, size, why, sizeof(why));

	fuzz_must(value || why[0] != '\0', "why it is no JSON is said");
	json_free(value);
	for (int kind = PATCH_REQUEST; kind <= PATCH_INCIDENT; kind++) {
		struct patch patch;

		if (patch_read((enum patch_kind)kind, bytes, size, &patch) != PATCH_OK)
			fuzz_must(patch.why[0] != '\0', "why an object is not taken is said");
		patch_clear(&patch);
	}
}

void fuzz_input(const uint8_t *bytes, size_t size)
{
	char *text = malloc(size + 1), day[DAY_SIZE];

	fuzz_must(text != NULL, "memory");
	memcpy(text, bytes, size);
	text[size] = '\0';
	show(text);
	read_json(text, size);
	if (day_from_typed(text, "2021-01-04", day))
		fuzz_must(day_is_valid(day), "a typed day is one");
	free(text);
}
