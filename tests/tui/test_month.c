/*
 * The month and the batches on the real program: parts, months, what stands
 * behind a figure, closing with its confirmation, a revision, exports by ending;
 * submissions logged, processed, refused, corrected. At three sizes.
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

static void leave(struct demo *demo)
{
	terminal_type(demo->terminal, "q");
	terminal_see_in_row(demo->terminal, 0, "Work");
	demo_quit(demo);
}

static void month_start(struct demo *demo, const char *user, int rows, int columns)
{
	demo_start(demo, user, rows, columns);
	terminal_type(demo->terminal, "M");
	terminal_see_in_row(demo->terminal, 1, "[Tracing]");
	terminal_see_in_row(demo->terminal, 0, "December 2020");
}

static void figures_say_what_they_are(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	month_start(demo, "casey", 24, 80);
	terminal_see_in_row(terminal, 0, "December 2020 · Provisional");
	terminal_see_in_row(terminal, 1, "← Nov   Jan →");
	terminal_see_in_row(terminal, 3, "Rejected     Trace  No Trace     Total");
	terminal_see_in_row(
		terminal, 4, "Police                                     ▸ 9         1");
	terminal_see(
		terminal, "Total                                       17        27         4");
	terminal_see_in_row(terminal, 22, "Rejected, Police: 9 in December 2020, 13 in November");
	terminal_see(terminal, "Rejected, Police, by month");
	terminal_press(terminal, PRESS_DOWN);
	terminal_press(terminal, PRESS_DOWN);
	terminal_press(terminal, PRESS_DOWN);
	terminal_see_in_row(terminal, 22, "Rejected, Court Order: 8 in December 2020");
	terminal_type(terminal, "l");
	terminal_see_in_row(terminal, 22, "Approved - Trace, Court Order: 25 in");
	terminal_type(terminal, "h");
	terminal_press(terminal, PRESS_END);
	terminal_see_in_row(terminal, 22, "Rejected, Total: 17");
	leave(demo);
}

static void a_figure_opens_its_cases(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	month_start(demo, "casey", 24, 80);
	terminal_press(terminal, PRESS_ENTER);
	terminal_see_in_row(terminal, 0, "Cases");
	terminal_see_in_row(terminal, 1, "Rejected, Police: 9 in December 2020");
	terminal_see_in_row(terminal, 4, "▸ TR-2020-000180");
	terminal_see(terminal, "1 of 9 · Rejected");
	terminal_press(terminal, PRESS_END);
	terminal_see(terminal, "9 of 9");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "[Summary]");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "9 of 9");
	terminal_type(terminal, "q");
	terminal_see_in_row(terminal, 0, "December 2020 · Provisional");
	terminal_press(terminal, PRESS_LEFT);
	terminal_see_in_row(terminal, 0, "November 2020");
	terminal_press(terminal, PRESS_RIGHT);
	terminal_press(terminal, PRESS_RIGHT);
	terminal_see_in_row(terminal, 0, "January 2021");
	terminal_press(terminal, PRESS_LEFT);
	terminal_see_in_row(terminal, 0, "December 2020");
	leave(demo);
}

static void tabs_beside_the_tracing_figures(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	month_start(demo, "casey", 24, 80);
	terminal_press(terminal, PRESS_TAB);
	terminal_see_in_row(terminal, 1, "[DBSB]");
	terminal_see(terminal, "93,353           9,066");
	terminal_see_in_row(
		terminal, 22, "Submissions received: 4 in December 2020, 9 in November");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "1 of 4");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see_in_row(terminal, 1, "Submission");
	terminal_type(terminal, "q");
	terminal_see(terminal, "1 of 4");
	terminal_type(terminal, "q");
	terminal_see_in_row(terminal, 1, "[DBSB]");
	terminal_press(terminal, PRESS_TAB);
	terminal_see_in_row(terminal, 1, "[Insight]");
	terminal_see(terminal, "Rejected, by service");
	terminal_see(terminal, "Not published: the month beside");
	terminal_press(terminal, PRESS_TAB);
	terminal_see(terminal, "nothing of it is published");
	terminal_unsee(terminal, "c close");
	leave(demo);
}

static void exports_by_their_ending(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;
	char path[128];

	month_start(demo, "sam", 24, 80);
	terminal_type(terminal, "x");
	terminal_see_in_row(terminal, 0, "December 2020 · export");
	terminal_type(terminal, demo->folder);
	terminal_type(terminal, "/m.doc\r");
	terminal_see(terminal, "must end with .txt");
	terminal_type(terminal, "\025");
	snprintf(path, sizeof(path), "%s/m.csv\r", demo->folder);
	terminal_type(terminal, path);
	terminal_see(terminal, "Written to");
	terminal_see_in_row(terminal, 0, "December 2020 · Provisional");
	terminal_type(terminal, "x");
	terminal_see(terminal, "Type the path");
	terminal_type(terminal, path);
	terminal_see(terminal, "there is such");
	terminal_type(terminal, "\025");
	snprintf(path, sizeof(path), "%s/m.xlsx\r", demo->folder);
	terminal_type(terminal, path);
	terminal_see(terminal, "Written to");
	demo_beside(demo,
		"$P -s $D/demo.tdk -u sam --password-file $D/sam.password figures 2020-12 --format"
		" csv | cmp - $D/m.csv && test \"$(head -c 2 $D/m.xlsx)\" = PK &&"
		" test \"$(stat -c %a $D/m.csv)\" = 600");
	leave(demo);
}

static void closed_and_revised(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	month_start(demo, "sam", 40, 120);
	terminal_see(terminal, "(c close the month: February 2020 first)");
	terminal_type(terminal, "c");
	terminal_see_in_row(terminal, 0, "December 2020");
	for (int i = 0; i < 10; i++)
		terminal_press(terminal, PRESS_LEFT);
	terminal_see_in_row(terminal, 0, "February 2020 · Provisional");
	terminal_type(terminal, "c");
	terminal_see_in_row(terminal, 0, "February 2020 · close");
	terminal_see(terminal, "are frozen and signed");
	terminal_see(terminal, "10 receipts still wait for a second person");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see_in_row(terminal, 0, "February 2020 · Provisional");
	terminal_type(terminal, "c");
	terminal_see(terminal, "That cannot be taken back");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "February 2020 is closed.");
	terminal_see(terminal, "tracedesk checkpoint 1");
	terminal_type(terminal, "q");
	terminal_see(terminal, "It is closed.");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see_in_row(terminal, 0, "February 2020 · revision 1");
	terminal_type(terminal, "c");
	terminal_see(terminal, "nothing differs from what is published");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see_in_row(terminal, 0, "February 2020 · revision 1");
	demo_beside(demo,
		"echo '{\"label\":\"Constabularies\"}' >$D/label.json; $P -s $D/demo.tdk -u"
		" sasha --password-file $D/sasha.password service set police --from"
		" $D/label.json");
	terminal_type(terminal, "p");
	terminal_see_in_row(terminal, 0, "as it is now (revision 1)");
	terminal_see_in_row(terminal, 4, "Constabularies");
	terminal_type(terminal, "p");
	terminal_see_in_row(terminal, 4, "Police");
	terminal_type(terminal, "c");
	terminal_see(terminal, "\"Police\" → \"Constabularies\"");
	terminal_see(terminal, "say why first");
	terminal_press(terminal, PRESS_ENTER);
	terminal_type(terminal, "A new name\r");
	terminal_see(terminal, "is published as revision 2");
	terminal_type(terminal, "q");
	terminal_see(terminal, "It is published.");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see_in_row(terminal, 0, "February 2020 · revision 2");
	terminal_see_in_row(terminal, 4, "Constabularies");
	terminal_press(terminal, PRESS_TAB);
	terminal_press(terminal, PRESS_TAB);
	terminal_press(terminal, PRESS_TAB);
	terminal_see(terminal, "Revision 2, published on 04/01/2021");
	terminal_see(terminal, "A new name");
	terminal_see(terminal, "Revision 1, published on 04/01/2021");
	leave(demo);
}

static void batches(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "casey", 60, 200);
	terminal_type(terminal, "B");
	terminal_see_in_row(terminal, 0, "Batches");
	terminal_see_in_row(terminal, 4, "▸ DB-2020-000089");
	terminal_see(terminal, "1 of 89");
	terminal_type(terminal, "n");
	terminal_see_in_row(terminal, 0, "a submission came");
	terminal_see(terminal, "Received                04/01/2021");
	terminal_press(terminal, PRESS_BACKSPACE);
	terminal_unsee(terminal, "Received                04");
	terminal_type(terminal, "y");
	terminal_see(terminal, "Received                y");
	terminal_type(terminal, "\023");
	terminal_see(terminal, "Organisation: needed before it can be done");
	terminal_type(terminal, "Budmouth Council\t");
	terminal_type(terminal, "a@free.example\023");
	terminal_see(
		terminal, "DB-2021-000001 is logged; its contact's e-mail domain is not a secure");
	terminal_see_in_row(terminal, 4, "▸ DB-2021-000001");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "(free.example) is not a secure one");
	terminal_type(terminal, "j");
	terminal_see(terminal, "It waits to be processed, rejected or withdrawn.");
	terminal_unsee(terminal, "e correct");
	terminal_type(terminal, "p");
	terminal_see_in_row(terminal, 0, "DB-2021-000001  process");
	terminal_type(terminal, "1,200\t1300\023");
	terminal_see(terminal, "Single match is more than the transactions");
	terminal_type(terminal, "\0251000\023");
	terminal_see(terminal, "DB-2021-000001 is processed");
	terminal_see(terminal, "Unmatched         200");
	terminal_unsee(terminal, "x reject");
	terminal_type(terminal, "q");
	terminal_see_in_row(terminal, 4, "processed  04/01/2021        1,200       1,000");
	terminal_press(terminal, PRESS_DOWN);
	terminal_type(terminal, "x");
	terminal_see_in_row(terminal, 0, "DB-2020-000089  reject");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see_in_row(terminal, 0, "Batches");
	leave(demo);
}

static void corrected_by_a_supervisor(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "sam", 24, 80);
	terminal_type(terminal, "B");
	terminal_see_in_row(terminal, 4, "▸ DB-2021-000001");
	terminal_type(terminal, "e");
	terminal_see_in_row(terminal, 0, "DB-2021-000001  correct");
	terminal_see(terminal, "1200");
	terminal_type(terminal, "\023");
	terminal_see(terminal, "Why it is corrected: needed");
	terminal_type(terminal, "Counted wrongly\023");
	terminal_see(terminal, "it says so already");
	terminal_see(terminal, "insecure e-mail dom…");
	terminal_type(terminal, "\t\t\t\t\tz");
	terminal_see(terminal, "submitted data out of scope, authority for use");
	terminal_type(terminal, "\t\t");
	terminal_type(terminal, "\0251250\023");
	terminal_see(terminal, "DB-2021-000001 is processed");
	terminal_see_in_row(terminal, 4, "1,250");
	demo_beside(demo, "$P -s $D/demo.tdk -u audrey --password-file $D/audrey.password audit log"
			  " ref:DB-2021-000001 | grep -q 'because \"Counted wrongly\"'");
	leave(demo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_say_what_they_are),
		cmocka_unit_test(a_figure_opens_its_cases),
		cmocka_unit_test(tabs_beside_the_tracing_figures),
		cmocka_unit_test(exports_by_their_ending),
		cmocka_unit_test(closed_and_revised),
		cmocka_unit_test(batches),
		cmocka_unit_test(corrected_by_a_supervisor),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("month", tests, demo_setup, demo_teardown);
}
