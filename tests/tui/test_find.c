/*
 * Find on the real program with a demo store: what runs at once and what on
 * Enter, mistakes pointed at, what is recorded of it all, who finds a flagged
 * receipt, and the searches before.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/tui/on_demo.h"

static void quit(struct demo *demo)
{
	terminal_press(demo->terminal, PRESS_ESCAPE);
	terminal_see(demo->terminal, "q quit");
	demo_quit(demo);
}

/* So many searches stand in the audit log, the newest by these words. */
static void searches_are(struct demo *demo, int count, const char *words)
{
	char line[512];

	snprintf(line, sizeof(line),
		"$P -s $D/demo.tdk -u audrey --password-file $D/audrey.password audit log "
		"kind:searched >$D/log; test $(grep -c 'search by words' $D/log) -eq %d && "
		"grep 'words ' $D/log | head -1 | grep -qF 'words \"%s\"'",
		count, words);
	demo_beside(demo, line);
}

static void clear_line(struct demo *demo)
{
	terminal_type(demo->terminal, "\025");
	terminal_see(demo->terminal, "Type words and filters");
}

static void codes_at_once_words_on_enter(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "casey", 24, 80);
	terminal_type(terminal, "/");
	terminal_see_in_row(terminal, 0, "tracedesk  DEMO  Find");
	terminal_see(terminal, "not: before any word turns it round");
	terminal_type(terminal, "service:polic");
	terminal_see(terminal, "\"polic\" is no");
	terminal_type(terminal, "e");
	terminal_see_in_row(terminal, 4, "▸ TR-2021-000001");
	terminal_see_in_row(terminal, 1, "Find  service:police");
	terminal_see_in_row(terminal, 21, "↓ more below");
	searches_are(demo, 1, "service:police");
	terminal_press(terminal, PRESS_END);
	terminal_see_in_row(terminal, 2, "↑ more above");
	terminal_press(terminal, PRESS_HOME);
	terminal_see_in_row(terminal, 4, "▸ TR-2021-000001");
	terminal_press(terminal, PRESS_PAGE_DOWN);
	terminal_see_in_row(terminal, 2, "↑ more above");
	searches_are(demo, 1, "service:police");
	terminal_type(terminal, " state:accepted");
	terminal_see_in_row(terminal, 4, "accepted");
	searches_are(demo, 2, "service:police state:accepted");
	clear_line(demo);
	terminal_type(terminal, "essex");
	terminal_see(terminal, "Enter searches; the search is recorded");
	terminal_see_in_row(terminal, 1, "not searched yet");
	searches_are(demo, 2, "service:police state:accepted");
	terminal_type(terminal, "\r");
	terminal_see(terminal, "Essex Police ·");
	terminal_see_in_row(terminal, 22, "Found in organisation \"essex\" · ");
	terminal_unsee(terminal, "not searched yet");
	searches_are(demo, 3, "essex");
	clear_line(demo);
	terminal_type(terminal, "zzyzx\r");
	terminal_see(terminal, "No receipt matches.");
	terminal_see_row(terminal, 23, " ^U clear  ^K lock  F1 help  Esc back");
	terminal_type(terminal, "y");
	terminal_unsee(terminal, "No receipt matches.");
	terminal_type(terminal, "\033OP");
	terminal_see(terminal, "PgUp        page up");
	assert_false(terminal_has(terminal, "asks first when"));
	terminal_type(terminal, "q");
	terminal_see(terminal, "not searched yet");
	clear_line(demo);
	terminal_type(terminal, "burg mensah\r");
	terminal_see_in_row(terminal, 22, "Found in offence \"burg\", surname \"mensah\" · ");
	clear_line(demo);
	terminal_type(terminal, "state:accepted");
	terminal_see_in_row(terminal, 4, "accepted");
	assert_false(terminal_has(terminal, "Found in"));
	quit(demo);
}

static void mistakes_are_pointed_at(void **state)
{
	static const struct {
		const char *typed, *mark, *said;
	} mistakes[] = {
		{ "kent sevice:x", "────────────^──", "there is no such word" },
		{ "state:nowhere", "───────^──", "\"nowhere\" is no state" },
		{ "ö not:received:never", "─────────^──", "that is no year" },
		{ "open nhs:1", "────────────^──", "NHS number" },
	};
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "casey", 24, 80);
	terminal_type(terminal, "/");
	terminal_see_in_row(terminal, 0, "Find");
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		char row[1024];

		terminal_type(terminal, mistakes[i].typed);
		terminal_see_in_row(terminal, 2, mistakes[i].mark);
		terminal_see(terminal, mistakes[i].said);
		terminal_row(terminal, 2, row, sizeof(row));
		assert_ptr_equal(strstr(row, mistakes[i].mark), row);
		terminal_type(terminal, "\r");
		terminal_see(terminal, mistakes[i].said);
		clear_line(demo);
	}
	quit(demo);
}

static void enter_opens_one(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "sam", 40, 120);
	terminal_type(terminal, "/");
	terminal_see_in_row(terminal, 0, "Find");
	terminal_type(terminal, "state:in_triage service:police");
	terminal_see_in_row(terminal, 4, "▸ TR-2020-000241");
	terminal_press(terminal, PRESS_DOWN);
	terminal_see_in_row(terminal, 5, "▸ TR-2020-000238");
	demo_beside(demo,
		"$P -s $D/demo.tdk -u audrey --password-file $D/audrey.password audit log "
		"kind:searched --format csv | grep -c . >$D/before");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see_in_row(terminal, 0, "TR-2020-000238");
	terminal_see(terminal, "[Summary]");
	terminal_see(terminal, "TR-2020-000241");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see_in_row(terminal, 5, "▸ TR-2020-000238");
	terminal_see_in_row(terminal, 1, "Find  state:in_triage service:police");
	demo_beside(demo,
		"$P -s $D/demo.tdk -u audrey --password-file $D/audrey.password audit log "
		"kind:searched --format csv | grep -c . | diff - $D/before");
	quit(demo);
}

/* What chris may not open does not answer to its subject's name. */
static void flagged_ones_are_silent(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;
	const char *const line = "$P request show TR-2020-000219 --format json | $L | sed -n "
				 "'s/^subjects.0..subject_surname.//p' >$D/name; test -s $D/name";
	char path[128], name[64] = "";
	FILE *file;

	assert_int_equal(demo_shell(demo, "sam", line), 0);
	snprintf(path, sizeof(path), "%s/name", demo->folder);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(name, sizeof(name), file));
	fclose(file);
	name[strcspn(name, "\n")] = '\0';
	demo_start(demo, "sam", 24, 80);
	terminal_type(terminal, "/");
	terminal_type(terminal, name);
	terminal_type(terminal, "\r");
	terminal_see(terminal, "TR-2020-000219");
	quit(demo);
	demo_start(demo, "chris", 24, 80);
	terminal_type(terminal, "/flagged");
	terminal_see(terminal, "TR-2020-000219");
	terminal_see(terminal, "░░░");
	clear_line(demo);
	terminal_type(terminal, name);
	terminal_type(terminal, " ref:TR-2020-000219\r");
	terminal_see(terminal, "No receipt matches.");
	quit(demo);
}

static void searches_before_are_chosen_from(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "casey", 24, 80);
	terminal_type(terminal, "/kent\r");
	terminal_see_in_row(terminal, 4, "▸ TR-");
	clear_line(demo);
	terminal_type(terminal, "flagged");
	terminal_see_in_row(terminal, 4, "▸ TR-2020-000");
	clear_line(demo);
	terminal_see(terminal, "Searched for in this session");
	terminal_see(terminal, "▸ flagged");
	terminal_press(terminal, PRESS_DOWN);
	terminal_see(terminal, "▸ kent");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see_in_row(terminal, 1, "Find  kent");
	terminal_see_in_row(terminal, 4, "▸ TR-");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see_in_row(terminal, 0, "Work");
	terminal_type(terminal, "/");
	terminal_see(terminal, "▸ kent");
	quit(demo);
	demo_start(demo, "casey", 24, 80);
	terminal_type(terminal, "/");
	terminal_see(terminal, "not: before any word");
	terminal_unsee(terminal, "Searched for");
	quit(demo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_at_once_words_on_enter),
		cmocka_unit_test(mistakes_are_pointed_at),
		cmocka_unit_test(enter_opens_one),
		cmocka_unit_test(flagged_ones_are_silent),
		cmocka_unit_test(searches_before_are_chosen_from),
	};

	return cmocka_run_group_tests_name("find", tests, demo_setup, demo_teardown);
}
