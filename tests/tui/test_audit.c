/*
 * The audit log's screen on the real program with a demo store: pages by key,
 * words, samples, an event in full, a proof, a checkpoint saved; what is
 * recorded of it. On the fake desk a proof that goes on for ever is stopped.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/tui/fake_desk.h"
#include "tests/tui/on_demo.h"
#include "tests/tui/on_terminal.h"
#include "tui/receipt_parts.h"

static void audit_open(struct demo *demo, const char *user, int rows, int columns)
{
	demo_start(demo, user, rows, columns);
	terminal_type(demo->terminal, "U");
	terminal_see_in_row(demo->terminal, 0, "tracedesk  DEMO  Audit log");
	terminal_see_in_row(demo->terminal, 4, "logged in");
}

static void quit(struct demo *demo)
{
	terminal_press(demo->terminal, PRESS_ESCAPE);
	terminal_see(demo->terminal, "q quit");
	demo_quit(demo);
}

/* The number of the event in a row. */
static long number_in(struct terminal *terminal, int row)
{
	char text[1024];

	terminal_row(terminal, row, text, sizeof(text));
	return strtol(text + strspn(text, " \xe2\x96\xb8"), NULL, 10);
}

static void pages_are_read_by_key(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;
	char wanted[64];
	long newest, row;

	audit_open(demo, "audrey", 24, 80);
	newest = number_in(terminal, 4);
	assert_true(newest > 400);
	for (row = 0; row < 17; row++) {
		snprintf(wanted, sizeof(wanted), "     %ld  0", newest - row);
		terminal_see_in_row(terminal, 4 + (int)row, wanted);
	}
	terminal_see_in_row(terminal, 21, "more below");
	terminal_press(terminal, PRESS_PAGE_DOWN);
	snprintf(wanted, sizeof(wanted), "▸     %ld", newest - 17);
	terminal_see_in_row(terminal, 4, wanted);
	terminal_see_in_row(terminal, 2, "more above");
	terminal_press(terminal, PRESS_UP);
	snprintf(wanted, sizeof(wanted), "▸     %ld", newest - 16);
	terminal_see_in_row(terminal, 20, wanted);
	terminal_press(terminal, PRESS_DOWN);
	snprintf(wanted, sizeof(wanted), "▸     %ld", newest - 17);
	terminal_see_in_row(terminal, 4, wanted);
	terminal_press(terminal, PRESS_HOME);
	snprintf(wanted, sizeof(wanted), "▸     %ld", newest);
	terminal_see_in_row(terminal, 4, wanted);
	terminal_resize(terminal, 40, 120);
	snprintf(wanted, sizeof(wanted), "%ld", newest - 32);
	terminal_see_in_row(terminal, 36, wanted);
	terminal_see_in_row(terminal, 4, "audrey (auditor)");
	/* Neither paging nor reading again left an event: a search by words is the next one. */
	terminal_type(terminal, "r/day:2021-01\r");
	snprintf(wanted, sizeof(wanted), "▸     %ld", newest + 1);
	terminal_see_in_row(terminal, 4, wanted);
	snprintf(wanted, sizeof(wanted), "      %ld", newest);
	terminal_see_in_row(terminal, 5, wanted);
	quit(demo);
}

/* Where a line is typed only those keys are offered that work in it. */
static void line_offers_its_keys(struct terminal *terminal)
{
	terminal_see_row(terminal, 23, " ⏎ do it  ^K lock  F1 help  Esc leave");
}

static void words_choose(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	audit_open(demo, "sam", 24, 80);
	terminal_type(terminal, "/");
	terminal_see(terminal, "person:NAME kind:KIND");
	line_offers_its_keys(terminal);
	terminal_type(terminal, "person:casey kid:login\r");
	terminal_see_in_row(terminal, 2, "─────────────────────^──");
	terminal_see(terminal, "there is no such word");
	terminal_type(terminal, "\025person:casey kind:request_assigned\r");
	terminal_see_in_row(terminal, 1, " person:casey kind:request_assigned");
	terminal_see_in_row(terminal, 4, "receipt assigned");
	terminal_see_in_row(terminal, 5, "receipt assigned");
	terminal_unsee(terminal, "receipt logged");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see_in_row(terminal, 0, "Event");
	terminal_see(terminal, "casey (caseworker)");
	terminal_see(terminal, "assigned_to nothing → casey");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see_in_row(terminal, 0, "Audit log");
	terminal_type(terminal, "/\025person:nobody\r");
	terminal_see(terminal, "there is nobody of that name");
	terminal_type(terminal, "/\025subject:zzyzx\r");
	terminal_see(terminal, "No event matches.");
	quit(demo);
	demo_beside(demo,
		"$P -s $D/demo.tdk -u audrey --password-file $D/audrey.password audit log "
		"kind:log_searched person:sam | grep -q 'words \"person:casey "
		"kind:request_assigned\"'");
}

static void samples_are_drawn(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;
	long drawn[3];

	audit_open(demo, "audrey", 24, 80);
	terminal_type(terminal, "/kind:request_added\r");
	terminal_see_in_row(terminal, 1, " kind:request_added");
	terminal_type(terminal, "s");
	terminal_see(terminal, "a number that chooses them");
	line_offers_its_keys(terminal);
	terminal_type(terminal, "many\r");
	terminal_see(terminal, "two whole numbers");
	terminal_type(terminal, "\0253 7\r");
	terminal_see_in_row(terminal, 1, "A sample");
	terminal_see_row(terminal, 7, "");
	for (int i = 0; i < 3; i++)
		drawn[i] = number_in(terminal, 4 + i);
	assert_true(drawn[0] > drawn[1] && drawn[1] > drawn[2] && drawn[2] > 0);
	assert_int_equal(number_in(terminal, 7), 0);
	terminal_type(terminal, "r");
	terminal_see_in_row(terminal, 1, " kind:request_added");
	terminal_type(terminal, "s3 7\r");
	terminal_see_in_row(terminal, 1, "A sample");
	terminal_see_row(terminal, 7, "");
	for (int i = 0; i < 3; i++)
		assert_int_equal(drawn[i], number_in(terminal, 4 + i));
	quit(demo);
}

static void proof_and_checkpoint(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	audit_open(demo, "audrey", 24, 80);
	terminal_type(terminal, "v");
	terminal_see_in_row(terminal, 0, "Verified");
	terminal_see(terminal, "No problem found.");
	terminal_see(terminal, "All of it holds.");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see_in_row(terminal, 0, "Audit log");
	terminal_type(terminal, "c");
	terminal_see_in_row(terminal, 0, "Checkpoint");
	terminal_see(terminal, "tracedesk checkpoint 1");
	terminal_type(terminal, "s");
	terminal_see_in_row(terminal, 1, "Save as");
	terminal_see(terminal, "Type the path of a new file, then Enter.");
	line_offers_its_keys(terminal);
	terminal_type(terminal, "~/point\r");
	terminal_see(terminal, "/nonexistent/point: cannot be written");
	terminal_type(terminal, "\025");
	terminal_type(terminal, demo->folder);
	terminal_type(terminal, "/point\r");
	terminal_see(terminal, "Saved as");
	terminal_type(terminal, "s\r");
	terminal_see(terminal, "there is such");
	terminal_see(terminal, "choose");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_unsee(terminal, "Save as");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see_in_row(terminal, 0, "Audit log");
	quit(demo);
	demo_beside(demo, "test $(stat -c %a $D/point) = 600 && $P -s $D/demo.tdk -u audrey "
			  "--password-file $D/audrey.password audit verify --against $D/point "
			  ">/dev/null");
}

static void who_may_not_is_not_shown_it(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "casey", 40, 200);
	terminal_unsee(terminal, "U audit log");
	terminal_type(terminal, "U");
	terminal_type(terminal, "2");
	terminal_see_in_row(terminal, 1, "[Unassigned");
	terminal_see_in_row(terminal, 0, "Work");
	demo_quit(demo);
}

static void long_proof_is_stopped(void **state)
{
	struct terminal *terminal = *state;

	screens_start(terminal, "role=auditor rows=5");
	terminal_type(terminal, "U");
	terminal_see_in_row(terminal, 4, "10000000");
	terminal_type(terminal, "v");
	terminal_see(terminal, "of 10000000 events … Esc stops");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "the proof was stopped at event");
	terminal_see_in_row(terminal, 0, "Audit log");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see_in_row(terminal, 0, "Receipts");
	assert_int_equal(screens_quit(terminal), 0);
}

static void proof_begin(struct terminal *terminal)
{
	screens_start(terminal, "role=auditor rows=5");
	terminal_type(terminal, "U");
	terminal_see_in_row(terminal, 4, "10000000");
	terminal_type(terminal, "v");
	terminal_see(terminal, "of 10000000 events … Esc stops");
}

/* Whoever locks the desk or sends it away does not wait for the end of a proof. */
static void long_proof_gives_way(void **state)
{
	static const char *const keys[] = { "L", "\013", "\032" };
	struct terminal *terminal = *state;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		proof_begin(terminal);
		terminal_type(terminal, keys[i]);
		terminal_see_in_row(terminal, 0, "Locked");
		terminal_type(terminal, "\003");
		terminal_see_restored(terminal);
		assert_int_equal(terminal_end(terminal), 0);
	}
	proof_begin(terminal);
	terminal_signal(terminal, SIGTSTP);
	terminal_see_in_row(terminal, 0, "Locked");
	terminal_type(terminal, "\003");
	terminal_see_restored(terminal);
	assert_int_equal(terminal_end(terminal), 0);
	proof_begin(terminal);
	terminal_signal(terminal, SIGTERM);
	terminal_see_restored(terminal);
	assert_int_equal(terminal_end(terminal), 0);
}

/* In summer, when London's day is the next one already. */
static void times_are_utc(void **state)
{
	char shown[32];

	(void)state;
	moment_shown(1625095800, shown);
	assert_string_equal(shown, "30/06/2021 23:30");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_are_read_by_key),
		cmocka_unit_test(words_choose),
		cmocka_unit_test(samples_are_drawn),
		cmocka_unit_test(proof_and_checkpoint),
		cmocka_unit_test(who_may_not_is_not_shown_it),
		TERMINAL_TEST(long_proof_is_stopped),
		TERMINAL_TEST(long_proof_gives_way),
		cmocka_unit_test(times_are_utc),
	};

	if (screens_is_wanted(argc, argv))
		return fake_main(argc - 2, argv + 2);
	return cmocka_run_group_tests_name("audit", tests, demo_setup, demo_teardown);
}
