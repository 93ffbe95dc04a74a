/*
 * The queues of the work screen on the real program: their columns at three
 * sizes, what is pressing and why, what an empty one says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tests/tui/on_demo.h"

enum { HEADS = 3, FIRST = 4 };

static void press(struct demo *demo, const char *key)
{
	terminal_type(demo->terminal, key);
}

static int row_of(struct demo *demo, const char *text)
{
	char row[1024];
	int i = 0;

	do
		terminal_row(demo->terminal, i, row, sizeof(row));
	while (!strstr(row, text) && ++i < TERMINAL_ROWS);
	return i;
}

/* Moves to the receipt, which is on the screen, and waits until it is selected. */
static void go_to(struct demo *demo, const char *reference)
{
	char marked[64];
	int down;

	snprintf(marked, sizeof(marked), "▸ %s", reference);
	terminal_see(demo->terminal, reference);
	for (down = row_of(demo, reference) - row_of(demo, "▸"); down > 0; down--)
		terminal_press(demo->terminal, PRESS_DOWN);
	terminal_see(demo->terminal, marked);
}

static void each_queue_shows_what_tells_its_receipts_apart(void **state)
{
	static const char open[] =
		"  Receipt        Received   Service     Organisation       Subject         Age";
	static const char proposed[] =
		"  Receipt        Service     Organisation       Subject         State      Age";
	struct demo *demo = *state;

	demo_start(demo, "casey", 24, 80);
	terminal_see_row(demo->terminal, 1,
		" [Mine 12]  Unassigned 11  Waiting 4  To review 6  To check 4  To send 4  Closed");
	terminal_see_row(demo->terminal, HEADS, open);
	press(demo, "2");
	terminal_see_row(demo->terminal, HEADS, open);
	terminal_see_row(demo->terminal, FIRST,
		"▸ TR-2020-000245 30/12/2020 Court Order Family Court at R… BLACKWOOD-HA…+2   2!");
	press(demo, "4");
	terminal_see_row(demo->terminal, HEADS, proposed);
	terminal_see_row(demo->terminal, FIRST,
		"▸ TR-2020-000225 Police      British Transport… KILBRIDE, C     exception?  11!");
	press(demo, "6");
	terminal_see_row(demo->terminal, HEADS, proposed);
	terminal_see_in_row(demo->terminal, 1, "[To send 4]");
	press(demo, "7");
	terminal_see_row(demo->terminal, HEADS,
		"  Receipt        Decided    Service     Organisation    Subject      Outcome");
	terminal_see_row(demo->terminal, FIRST,
		"▸ TR-2020-000205 31/12/2020 Court Order Family Court a… HUSSAIN, S+1 Trace");
}

static void wider_ones_show_more(void **state)
{
	struct demo *demo = *state;

	demo_start(demo, "casey", 40, 120);
	terminal_see_row(demo->terminal, HEADS,
		"  Receipt         Received   Needed by  Service         Organisation         "
		"Subject         State                 Age");
	press(demo, "7");
	terminal_see_in_row(
		demo->terminal, HEADS, "Received   Decided    Service         Organisation");
	terminal_see_in_row(demo->terminal, FIRST, "11/12/2020 31/12/2020 Court Order");
	terminal_see_in_row(demo->terminal, FIRST, "Approved - Trace");
	terminal_resize(demo->terminal, 60, 200);
	terminal_see_in_row(demo->terminal, HEADS, "Outcome                     Assigned to");
	press(demo, "1");
	terminal_see_in_row(demo->terminal, HEADS, "Age  Due        Assigned to");
	terminal_see_in_row(demo->terminal, FIRST + 2, "Devon & Cornwall Police");
	terminal_see(demo->terminal, "with the Caldicott Guardian");
	terminal_resize(demo->terminal, 24, 80);
	terminal_see_in_row(demo->terminal, HEADS, "Subject         Age");
}

/* Needed soon, safeguarding, due today, overdue: a "!", and the reason before all else below. */
static void what_is_pressing_says_why(void **state)
{
	static const int sizes[][2] = { { 24, 80 }, { 40, 120 }, { 60, 200 } };
	struct demo *demo = *state;

	demo_file(demo, "target.json", "{\"target_days\":3}");
	assert_int_equal(demo_shell(demo, "sam", "$P service set police --from $D/target.json"), 0);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		int explain = sizes[i][0] - 2;

		demo_start(demo, "casey", sizes[i][0], sizes[i][1]);
		go_to(demo, "TR-2020-000227");
		terminal_see_in_row(demo->terminal, FIRST + 1, " 10!");
		terminal_see_in_row(
			demo->terminal, explain, " ! needed by 08/01/2021, safeguarding · ");
		press(demo, "2");
		go_to(demo, "TR-2020-000245");
		terminal_see_in_row(demo->terminal, FIRST, "  2!");
		terminal_see_in_row(demo->terminal, explain, " ! safeguarding · Received");
		go_to(demo, "TR-2020-000244");
		terminal_see_in_row(
			demo->terminal, explain, " ! due today, 04/01/2021 · Received, ");
		terminal_see_in_row(demo->terminal, FIRST + 3, "  3!");
		go_to(demo, "TR-2020-000250");
		terminal_see_in_row(demo->terminal, explain, ", due 06/01/2021 · ");
		press(demo, "1");
		go_to(demo, "TR-2020-000235");
		terminal_see_in_row(demo->terminal, explain, " ! overdue since ");
	}
	demo_file(demo, "target.json", "{\"target_days\":null}");
	assert_int_equal(demo_shell(demo, "sam", "$P service set police --from $D/target.json"), 0);
}

static void an_empty_queue_says_what_that_means(void **state)
{
	struct demo *demo = *state;
	char bar[1024];

	assert_int_equal(demo_shell(demo, "ada",
				 "$P user add nils --role caseworker --password-from "
				 "$D/casey.password && cp $D/casey.password $D/once && "
				 "echo four quiet otters >$D/nils.password && chmod 600 "
				 "$D/nils.password && ${P%% *} -s $D/demo.tdk -u nils "
				 "--password-file $D/once passwd --new-password-from "
				 "$D/nils.password"),
		0);
	demo_start(demo, "nils", 24, 80);
	terminal_see_in_row(demo->terminal, 1, "[Mine 0]");
	terminal_see(demo->terminal, "Nothing is assigned to you. Tab shows what nobody has taken");
	terminal_row(demo->terminal, 23, bar, sizeof(bar));
	assert_null(strstr(bar, "open"));
	assert_null(strstr(bar, "assign"));
	assert_non_null(strstr(bar, "n log new"));
	terminal_press(demo->terminal, PRESS_ENTER);
	press(demo, "2");
	terminal_see_in_row(demo->terminal, 23, "⏎ open");
	terminal_see_in_row(demo->terminal, 1, "[Unassigned 11]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_queue_shows_what_tells_its_receipts_apart),
		cmocka_unit_test(wider_ones_show_more),
		cmocka_unit_test(what_is_pressing_says_why),
		cmocka_unit_test(an_empty_queue_says_what_that_means),
	};

	return cmocka_run_group_tests_name("queues", tests, demo_setup, demo_teardown);
}
