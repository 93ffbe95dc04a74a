/*
 * A supervisor's upkeep on the real program with a demo store: services, rules
 * and organisations listed, changed and added, what is refused, and that each
 * change is recorded.
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

static void upkeep_open(struct demo *demo, int rows, int columns)
{
	demo_start(demo, "sam", rows, columns);
	terminal_type(demo->terminal, "S");
	terminal_see_in_row(demo->terminal, 0, "tracedesk  DEMO  Upkeep");
	terminal_see_in_row(demo->terminal, 4, "▸ police");
}

static void quit(struct demo *demo)
{
	terminal_press(demo->terminal, PRESS_ESCAPE);
	terminal_see(demo->terminal, "q quit");
	demo_quit(demo);
}

/* So often does the program's answer to sam hold the text. */
static void is_so(struct demo *demo, const char *command, const char *text, int times)
{
	char line[512];

	snprintf(line, sizeof(line),
		"test $($P -s $D/demo.tdk -u sam --password-file $D/sam.password %s | grep -c -- "
		"'%s') = %d",
		command, text, times);
	demo_beside(demo, line);
}

static void a_service_is_changed(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	upkeep_open(demo, 24, 80);
	terminal_see_in_row(terminal, 1, "[Services]  Rules  Organisations");
	terminal_see(terminal, "09/11/2018");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "▸ In the register         Police");
	terminal_type(terminal, "\023");
	terminal_see(terminal, "nothing was changed");
	terminal_press(terminal, PRESS_DOWN);
	terminal_see(terminal, "▸ Accepts from");
	terminal_type(terminal, "31/2/20\023");
	terminal_see(terminal, "\"31/2/20\" is no day");
	terminal_type(terminal, "\0251/2/20\t\t\t\t\t\t\t\t\t10\023");
	terminal_see(terminal, "It is changed, and recorded.");
	terminal_see_in_row(terminal, 4, "10");
	is_so(demo, "service list --format csv", "^police,Police,1,2020-02-01,.*,10$", 1);
	is_so(demo, "audit log kind:service_set", "service changed", 1);
	terminal_press(terminal, PRESS_DOWN);
	terminal_see(terminal, "Code: nca · In the register: NCA");
	quit(demo);
}

static void rules_are_set(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	upkeep_open(demo, 40, 120);
	terminal_press(terminal, PRESS_TAB);
	terminal_see_in_row(terminal, 1, "Services  [Rules]  Organisations");
	terminal_see_in_row(terminal, 4, "lowest countersigner");
	terminal_see(terminal, "Reaches undecided ones");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "▸ Setting");
	terminal_press(terminal, PRESS_DOWN);
	terminal_press(terminal, PRESS_DOWN);
	terminal_see(terminal, "▸ Value");
	terminal_type(terminal, "\025captain\023");
	terminal_see(terminal, "\"captain\" is no tier");
	terminal_type(terminal, "\025superintendent\023");
	terminal_see(terminal, "It is changed, and recorded.");
	is_so(demo, "rule list --format csv", "minimum_tier,home_office,superintendent,2021-01-04",
		1);
	terminal_type(terminal, "n");
	terminal_see(terminal, "A setting of the rulebook");
	terminal_type(terminal, "s\tall\tsecure.example\023");
	terminal_see(terminal, "It is changed, and recorded.");
	is_so(demo, "rule list --format csv", "secure_domain,,secure.example,2021-01-04", 1);
	is_so(demo, "audit log kind:rule_set", "rule changed", 2);
	quit(demo);
}

static void organisations_are_kept(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	upkeep_open(demo, 24, 80);
	terminal_press(terminal, PRESS_TAB);
	terminal_see_in_row(terminal, 1, "[Rules]");
	terminal_press(terminal, PRESS_TAB);
	terminal_see_in_row(terminal, 1, "[Organisations]");
	terminal_see_in_row(terminal, 4, "▸ Avon and Somerset");
	terminal_press(terminal, PRESS_END);
	terminal_see_in_row(terminal, 20, "▸ ");
	terminal_type(terminal, "n");
	terminal_see(terminal, "An organisation");
	terminal_type(terminal, "\023");
	terminal_see(terminal, "Organisation: needed before it can be done");
	terminal_type(terminal, "Aardvark Trust\tc");
	terminal_type(terminal, "\taardvark.example\023");
	terminal_see(terminal, "It is changed, and recorded.");
	terminal_press(terminal, PRESS_HOME);
	terminal_see_in_row(terminal, 4, "▸ Aardvark Trust");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "▸ Organisation            Aardvark Trust");
	terminal_type(terminal, "\t\t\025other.example\023");
	terminal_see(terminal, "It is changed, and recorded.");
	is_so(demo, "organisation list Aard --format csv", "^Aardvark Trust,.*,other.example", 1);
	is_so(demo, "audit log kind:organisation_set", "organisation changed", 2);
	quit(demo);
}

static void caseworkers_have_no_upkeep(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "casey", 40, 200);
	terminal_unsee(terminal, "S upkeep");
	terminal_type(terminal, "S2");
	terminal_see_in_row(terminal, 1, "[Unassigned");
	terminal_see_in_row(terminal, 0, "Work");
	demo_quit(demo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_service_is_changed),
		cmocka_unit_test(rules_are_set),
		cmocka_unit_test(organisations_are_kept),
		cmocka_unit_test(caseworkers_have_no_upkeep),
	};

	return cmocka_run_group_tests_name("upkeep", tests, demo_setup, demo_teardown);
}
