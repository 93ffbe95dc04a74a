/*
 * What an event tells: every table whose rows events carry has a word for one
 * row of it, stored numbers have theirs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/story.h"
#include "db/changes.h"

static void assert_tells(struct story_line line, const char *wanted)
{
	const struct event_story story = { &line, 1, 1 };
	struct buffer out;

	buffer_init(&out);
	story_words(&story, NULL, 0, &out);
	assert_string_equal(buffer_text(&out), wanted);
	buffer_done(&out);
}

#define TABLE_NAME(constant, number, table) #table,
static const char *const tables[] = { COVERED_TABLES(TABLE_NAME) };

static void test_every_row_has_a_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		struct story_line line = { .kind = STORY_REMOVED, .table = tables[i], .row = 1 };
		const struct event_story story = { &line, 1, 1 };
		struct buffer out;
		char table[64];

		buffer_init(&out);
		story_words(&story, NULL, 0, &out);
		(void)snprintf(table, sizeof(table), "%s removed", tables[i]);
		if (strcmp(buffer_text(&out), table) == 0 || strchr(buffer_text(&out), '_'))
			fail_msg("a row of %s is told as \"%s\"", tables[i], buffer_text(&out));
		buffer_done(&out);
	}
}

static void test_stored_numbers(void **state)
{
	char kind[] = "kind", until[] = "until", one[] = "1", nothing[] = "";

	(void)state;
	assert_tells(
		(struct story_line) {
			.kind = STORY_ADDED, .table = "letters", .column = kind, .now = one },
		"letter added: kind query");
	assert_tells(
		(struct story_line) {
			.kind = STORY_ADDED, .table = "rulebook", .column = kind, .now = one },
		"rulebook setting added: kind minimum_tier");
	assert_tells((struct story_line) { .kind = STORY_CHANGED,
			     .table = "rulebook",
			     .column = until,
			     .old = nothing,
			     .now = one },
		"rulebook setting: until nothing \u2192 1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_row_has_a_name),
		cmocka_unit_test(test_stored_numbers),
	};

	return cmocka_run_group_tests_name("story", tests, NULL, NULL);
}
