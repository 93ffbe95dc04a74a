/*
 * Logging a request on the real program: the keys of a good police form are
 * counted and what is stored compared with what was meant; sizes, mistakes,
 * hostile text, a resize while typing, save and next, two people at once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tests/tui/on_demo.h"

enum { KEYS_MOST = 200 };

/* An organisation and two officers to be known. */
static const char known[] =
	"{\"service\":\"police\",\"received\":\"2020-12-30\",\"channel\":\"secure_email\","
	"\"organisation\":\"Wexcombe Police\",\"organisation_kind\":\"territorial\","
	"\"requester_name\":\"Zebedee Alder\",\"requester_rank\":\"DS\","
	"\"requester_number\":\"101\",\"requester_email\":\"z.alder@wexcombe.police.uk\","
	"\"countersigner_name\":\"Zelda Birch\",\"countersigner_rank\":\"DCI\","
	"\"countersigner_number\":\"202\",\"subjects\":[{\"subject_surname\":\"Elder\"}]}";

/* What the keys of the good form mean. */
static const char meant[] =
	"{\"service\":\"police\",\"received\":\"2021-01-04\",\"channel\":\"secure_email\","
	"\"organisation\":\"Wexcombe Police\",\"organisation_kind\":\"territorial\","
	"\"requester_reference\":\"46/7/21\",\"requester_name\":\"Ann Otway\","
	"\"requester_rank\":\"DC\",\"requester_number\":\"4471\","
	"\"requester_email\":\"a.otway@wexcombe.police.uk\",\"requester_signed\":\"2021-01-02\","
	"\"identity_checked\":\"force_mailbox\",\"countersigner_name\":\"Mark Hale\","
	"\"countersigner_rank\":\"Insp\",\"countersigner_number\":\"771\","
	"\"countersigned\":\"2021-01-03\",\"legal_basis\":\"dpa2018_sch2_2\","
	"\"purpose\":\"criminal_investigation\",\"necessity\":\"To find a witness to a burglary.\","
	"\"offence\":\"burglary\",\"subject_role\":\"witness\",\"items\":[\"name\",\"address\"],"
	"\"subjects\":[{\"subject_surname\":\"Otesta\",\"subject_forenames\":\"Ann\","
	"\"subject_dob\":\"1980-02-29\",\"subject_sex\":\"female\"}]}";

static size_t type(struct demo *demo, const char *keys)
{
	terminal_type(demo->terminal, keys);
	return strlen(keys);
}

/* The reference of what was just logged. */
static void logged(struct demo *demo, char out_reference[32])
{
	char row[256];
	const char *found;

	terminal_see(demo->terminal, "logged TR-");
	for (int i = 0; i < 24; i++) {
		terminal_row(demo->terminal, i, row, sizeof(row));
		found = strstr(row, "logged TR-");
		if (found) {
			snprintf(out_reference, 32, "%.14s", strstr(found, "TR-"));
			return;
		}
	}
	fail_msg("no reference");
}

/* Is the receipt the same as one added by the command from that file? */
static void is_stored(struct demo *demo, const char *reference, const char *file)
{
	char line[1024];

	snprintf(line, sizeof(line),
		"$P request add --from $D/%s >$D/twin 2>/dev/null && "
		"for r in %s $(sed -n '1s/ .*//p' $D/twin); do "
		"$P request show $r --format json | $L | "
		"grep -Ev '^(reference|version|state|assigned_to|linked|findings)' >$D/$r; done; "
		"test -s $D/%s && diff $D/%s $D/$(sed -n '1s/ .*//p' $D/twin)",
		file, reference, reference, reference);
	assert_int_equal(demo_shell(demo, "casey", line), 0);
}

static void add_known(struct demo *demo)
{
	demo_file(demo, "known.json", known);
	assert_int_equal(demo_shell(demo, "casey",
				 "$P request list organisation:'wexcombe police' --format csv | "
				 "grep -q TR- || $P request add --from $D/known.json"),
		0);
}

static void good_police_form_takes_few_keys(void **state)
{
	struct demo *demo = *state;
	char reference[32];
	size_t keys = 0;

	add_known(demo);
	demo_start(demo, "casey", 0, 0);
	keys += type(demo, "n");
	terminal_see(demo->terminal, "Which service asks?");
	keys += type(demo, "1");
	terminal_see(demo->terminal, "Sender checked");
	terminal_see_in_row(demo->terminal, 1, "18 of 39 fields needed");
	keys += type(demo, "\ts\twex");
	terminal_see(demo->terminal, "Wexcombe Police");
	keys += type(demo, "\t46/7/21\tAnn Otway\tDC\t4471\ta.otway\t\t\t\t2/1/21\tc\t");
	terminal_see(demo->terminal, "a.otway@wexcombe.police.uk");
	keys += type(demo, "Mark Hale\tInsp\t771\t\t3/1/21\td\tc\t");
	keys += type(demo, "To find a witness to a burglary.\tburglary\tw\tn a \t");
	keys += type(demo, "\t\t\t\t\tOtesta\tAnn\t\t29/2/80\t\tf\t");
	terminal_see(demo->terminal, "15 pass");
	keys += type(demo, "\x13");
	logged(demo, reference);
	type(demo, "\r");
	terminal_see(demo->terminal, "n log new");
	demo_file(demo, "meant.json", meant);
	is_stored(demo, reference, "meant.json");
	printf("# keys of a good police form: %zu\n", keys);
	assert_true(keys < KEYS_MOST);
}

/* In the demo as it is made, and from an import. */
static void who_sent_before_is_known_at_once(void **state)
{
	struct demo *demo = *state;

	demo_start(demo, "casey", 0, 0);
	type(demo, "n1\ts\tdev");
	terminal_see(demo->terminal, "▸ Devon & Cornwall Police");
	type(demo, "\t");
	terminal_see(demo->terminal, "territorial police force");
	type(demo, "\tkac");
	terminal_see(demo->terminal, "▸ Kacper Threlkeld, Sergeant 45424");
	type(demo, "\t");
	terminal_see(demo->terminal, "[kacper.threlkeld@devonandcornwa…]");
	type(demo, "\t\t\t\t\treu");
	terminal_see(demo->terminal, "Tab fills in Reuben Abernethy, Chief Inspector 1215");
	demo_file(demo, "more.csv",
		"received,service,organisation,organisation_kind,requester_name,requester_rank,"
		"requester_number,requester_email\n2021-01-04,police,Zennor Police,territorial,"
		"Zoe Zeal,DC,77,z.zeal@zennor.police.uk\n");
	assert_int_equal(demo_shell(demo, "sam", "$P import requests $D/more.csv"), 0);
	demo_start(demo, "casey", 0, 0);
	type(demo, "n1\ts\tzen");
	terminal_see(demo->terminal, "▸ Zennor Police");
	type(demo, "\t");
	terminal_see(demo->terminal, "territorial police force");
	type(demo, "\tzoe");
	terminal_see(demo->terminal, "▸ Zoe Zeal, DC 77");
}

/* What is cut is marked; an organisation nobody named before is taken as typed, and that is said; a
   day that is none is named when saving, and the cursor stands in it. */
static void what_is_cut_new_or_wrong_is_said(void **state)
{
	struct demo *demo = *state;

	demo_start(demo, "casey", 0, 0);
	type(demo, "n1\ts\tThe Most Honourable Constables");
	terminal_see(demo->terminal, "  not in the list; added as typed ");
	type(demo, " of Ambleforth");
	terminal_see(demo->terminal, "▸Organisation   […urable Constables of Ambleforth");
	terminal_see_in_row(demo->terminal, 21, "↓ more below ───");
	type(demo, "\t");
	terminal_see(demo->terminal, "Organisation   [The Most Honourable Constables …");
	terminal_see(demo->terminal, "! organisation: not in the");
	type(demo, "\t\t\t\t\t\t\t\t\t31/2/20\t\t");
	terminal_see(demo->terminal, "✗Signed         [31/2/20   ]");
	type(demo, "\x13");
	terminal_see(demo->terminal, "Nothing is saved yet: Signed is no day of the calendar");
	terminal_see(demo->terminal, "▸✗Signed         [31/2/20   ]");
	type(demo, "\x15"
		   "2/1/21\x13");
	terminal_see(demo->terminal, "logged TR-");
	demo_start(demo, "casey", 0, 0);
	type(demo, "n1\ts\tThe Most");
	terminal_see(demo->terminal, "▸ The Most Honourable");
}

/* Letters lead somewhere or are left out; what can be chosen is seen. */
static void choices_are_sought_by_letters(void **state)
{
	struct demo *demo = *state;

	demo_start(demo, "casey", 0, 0);
	type(demo, "nwelsh");
	terminal_see(demo->terminal, "▸ 8  Welsh Blood Service");
	terminal_press(demo->terminal, PRESS_UP);
	terminal_see(demo->terminal, "▸ 7  HM Coroner");
	type(demo, "court\r");
	terminal_see_in_row(demo->terminal, 1, "Court Order");
	type(demo, "\t");
	terminal_see(demo->terminal, "  court mailbox ");
	type(demo, "secure e-mial");
	terminal_see(demo->terminal, "by [secure e-mail");
	terminal_see_in_row(demo->terminal, 22, "no choice has \"securee-mal\"");
	terminal_see_in_row(demo->terminal, 22, "it stays secure e-mail.");
	type(demo, "\x7fMAIL");
	terminal_see(demo->terminal, "by [secure e-mail");
	type(demo, "z");
	terminal_see_in_row(demo->terminal, 22, "no choice has \"MAILz\"");
	type(demo, "\x7f"
		   "cc");
	terminal_see(demo->terminal, "by [court mailbox");
	type(demo, "\x7f-\t");
	terminal_see(demo->terminal, "by [-");
}

/* Saved all the same, and what is still to be asked for in full. */
static void what_is_missing_is_told_after_saving(void **state)
{
	struct demo *demo = *state;
	char reference[32];

	demo_start(demo, "casey", 0, 0);
	type(demo, "n5\tp\t");
	terminal_see_in_row(demo->terminal, 1, "6 of 33 fields needed");
	type(demo, "\x13");
	logged(demo, reference);
	terminal_see(demo->terminal, "6 things to ask for.");
	terminal_see(demo->terminal, "… requester: sender checked");
	terminal_see(demo->terminal, "… legal basis, purpose");
	terminal_see(demo->terminal, "… subject: surname, born");
}

static void officers_known_before_are_filled_in(void **state)
{
	struct demo *demo = *state;

	add_known(demo);
	demo_start(demo, "casey", 0, 0);
	type(demo, "n1\ts\twex");
	terminal_see(demo->terminal, "▸ Wexcombe Police");
	type(demo, "\t");
	terminal_see(demo->terminal, "territorial police force");
	type(demo, "\tzeb");
	terminal_see(demo->terminal, "▸ Zebedee Alder, DS 101");
	type(demo, "\t");
	terminal_see(demo->terminal, "z.alder@wexcombe.police.uk");
	type(demo, "\t\t\t\t\tzel");
	terminal_see(demo->terminal, "▸ Zelda Birch, DCI 202");
	terminal_press(demo->terminal, PRESS_ESCAPE);
	terminal_unsee(demo->terminal, "▸ Zelda Birch");
	type(demo, "\x15"
		   "Zelda\r");
	terminal_see(demo->terminal, "[Zelda ");
	terminal_unsee(demo->terminal, "DCI");
}

/* What is wrong is said while it is typed, and stays typed; saving goes there. */
static void mistakes_are_told_at_once(void **state)
{
	struct demo *demo = *state;

	demo_start(demo, "casey", 0, 0);
	type(demo, "n1");
	terminal_see(demo->terminal, "Sender checked");
	type(demo, "31/2/20");
	terminal_see_in_row(demo->terminal, 22, "Received is no day of the calendar");
	type(demo, "\t\t\t\x13");
	terminal_see_in_row(demo->terminal, 22, "Received is no day of the calendar");
	terminal_see(demo->terminal, "[31/2/20");
	type(demo, "\x15"
		   "3/11/20\t");
	terminal_see(demo->terminal, "[03/11/2020]");
	type(demo, "x");
	terminal_see_in_row(demo->terminal, 22, "Came by: no choice has \"x\". Backspace");
	type(demo, "-\t");
	terminal_see(demo->terminal, "by [-");
	terminal_press(demo->terminal, PRESS_ESCAPE);
	terminal_see(demo->terminal, "Leave without saving?");
	terminal_see_in_row(demo->terminal, 23, "n stay");
	type(demo, "n");
	terminal_see(demo->terminal, "Tab next");
	terminal_see(demo->terminal, "[03/11/2020]");
	terminal_press(demo->terminal, PRESS_ESCAPE);
	terminal_see(demo->terminal, "Leave without saving?");
	type(demo, "y");
	terminal_see(demo->terminal, "n log new");
}

static void three_sizes_and_a_resize_while_typing(void **state)
{
	static const struct {
		int rows, columns;
		const char *beside;
	} sizes[] = { { 24, 80, "Kind " }, { 40, 120, "e-mail [" }, { 60, 200, "]  sex [" } };
	struct demo *demo = *state;

	demo_start(demo, "casey", 0, 0);
	type(demo, "n1y\ts\tHalf a na");
	terminal_see(demo->terminal, "[Half a na");
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		terminal_resize(demo->terminal, sizes[i].rows, sizes[i].columns);
		terminal_see_in_row(demo->terminal, sizes[i].rows - 1, "^S save");
		terminal_see(demo->terminal, sizes[i].beside);
		terminal_see(demo->terminal, "[Half a na");
		terminal_see(demo->terminal, "03/01/2021");
		terminal_see(demo->terminal, "… ");
	}
	terminal_resize(demo->terminal, 12, 40);
	terminal_see(demo->terminal, "Make it larger");
	terminal_resize(demo->terminal, 24, 80);
	terminal_see(demo->terminal, "[Half a na");
	type(demo, "me");
	terminal_see(demo->terminal, "[Half a name");
}

/* Pasted fast, no bracketed paste: it is shown harmless, and stored as it came. */
static void help_leaves_the_form_as_it_is(void **state)
{
	struct demo *demo = *state;

	demo_start(demo, "casey", 24, 80);
	terminal_type(demo->terminal, "n1");
	terminal_see(demo->terminal, "fields needed");
	terminal_type(demo->terminal, "\033OP");
	terminal_see(demo->terminal, "Keys of Log a request");
	terminal_press(demo->terminal, PRESS_ESCAPE);
	terminal_see(demo->terminal, "fields needed");
}

/* "t" is today where a day is to be typed, and a letter everywhere else. */
static void today_is_offered_for_days(void **state)
{
	struct demo *demo = *state;

	demo_start(demo, "casey", 24, 80);
	type(demo, "n1");
	terminal_see_in_row(demo->terminal, 23, "^N and next  t today  ");
	type(demo, "3");
	terminal_see_in_row(demo->terminal, 23, "^N and next  ^K lock");
	type(demo, "\x7f");
	terminal_see_in_row(demo->terminal, 23, "^N and next  t today  ");
	type(demo, "t\t");
	terminal_see(demo->terminal, "[04/01/2021]");
	terminal_see_in_row(demo->terminal, 23, "^N and next  - not on form");
	type(demo, "t");
	terminal_see(demo->terminal, "[telephone");
}

static void hostile_text_is_text(void **state)
{
	struct demo *demo = *state;
	static const char override[] = "\xe2\x80\xae";
	char reference[32], long_text[600];

	demo_start(demo, "casey", 0, 0);
	type(demo, "n1\t\t");
	type(demo, "Evil\xe2\x80\xae.gnp\xc2\x9b[31m Police\r");
	terminal_see(demo->terminal, "Evil<U+202E>.gnp");
	memset(long_text, 'w', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	type(demo, "-\t");
	type(demo, long_text);
	terminal_see(demo->terminal, "…wwwwwwww");
	type(demo, "\x13");
	terminal_see_in_row(demo->terminal, 22, "Their reference");
	type(demo, "\x15"
		   "7\x13");
	logged(demo, reference);
	assert_false(terminal_raw_has(demo->terminal, override, strlen(override)));
	assert_false(terminal_raw_has(demo->terminal, "\xc2\x9b", 2));
	demo_file(demo, "evil.json",
		"{\"service\":\"police\",\"received\":\"2021-01-04\","
		"\"organisation\":\"Evil\xe2\x80\xae.gnp[31m Police\","
		"\"organisation_kind\":\"-\",\"requester_reference\":\"7\"}");
	is_stored(demo, reference, "evil.json");
}

static void save_and_next_keeps_what_goes_on(void **state)
{
	struct demo *demo = *state;

	add_known(demo);
	demo_start(demo, "casey", 0, 0);
	type(demo, "n4y\tp\twex");
	terminal_see(demo->terminal, "▸ Wexcombe Police");
	type(demo, "\tL1\x0e");
	terminal_see_in_row(demo->terminal, 22, "logged TR-2021-");
	terminal_see_in_row(demo->terminal, 22, "things to ask for.");
	terminal_see(demo->terminal, "[03/01/2021]  by [post");
	terminal_see(demo->terminal, "Wexcombe Police");
	terminal_see(demo->terminal, "▸Their ref.     [ ");
	type(demo, "L2\x01");
	terminal_see(demo->terminal, "Subject 2");
	terminal_see(demo->terminal, "▸Surname");
	type(demo, "Second\x13");
	terminal_see(demo->terminal, "logged TR-");
	type(demo, "o");
	terminal_see(demo->terminal, "Second");
}

/* The one who comes second sees both, loses nothing typed, and can save on top of it. */
static void edit_conflict_keeps_what_was_typed(void **state)
{
	struct demo *demo = *state;
	char reference[32], line[512];

	add_known(demo);
	demo_start(demo, "casey", 0, 0);
	type(demo, "n1\ts\tMarfleet Police\r\tA1\tJo Field\x13");
	logged(demo, reference);
	type(demo, "o");
	terminal_see(demo->terminal, "Marfleet Police");
	type(demo, "e");
	terminal_see(demo->terminal, "edit");
	terminal_see(demo->terminal, "[Marfleet Police");
	type(demo, "\t\t\t\t\x15mine\t");
	terminal_see(demo->terminal, "[mine ");
	snprintf(line, sizeof(line),
		"printf '{\"requester_reference\":\"theirs\",\"offence\":\"arson\"}' | "
		"${P%%%% *} -s $D/demo.tdk -u sam --password-file $D/sam.password "
		"request edit %s --from - >/dev/null",
		reference);
	demo_beside(demo, line);
	type(demo, "\x13");
	terminal_see_in_row(demo->terminal, 22, "Edit conflict: nothing was saved yet.");
	terminal_see(demo->terminal, "Their reference: now \"theirs\", yours \"mine\"");
	terminal_see(demo->terminal, "Offence: now \"arson\", taken over");
	type(demo, "\r");
	terminal_see(demo->terminal, "[mine ");
	terminal_see(demo->terminal, "[Jo Field");
	type(demo, "\x13");
	terminal_see(demo->terminal, "saved TR-");
	type(demo, "\r");
	terminal_see(demo->terminal, "mine");
	demo_file(demo, "both.json",
		"{\"service\":\"police\",\"received\":\"2021-01-04\",\"channel\":\"secure_email\","
		"\"organisation\":\"Marfleet Police\",\"requester_reference\":\"mine\","
		"\"requester_name\":\"Jo Field\",\"offence\":\"arson\"}");
	is_stored(demo, reference, "both.json");
}

/* A form for a thousand people opens as soon as any: no field is looked for among all of them. */
static void a_thousand_subjects_are_edited(void **state)
{
	struct demo *demo = *state;

	assert_int_equal(
		demo_shell(demo, "casey",
			"{ echo "
			"'{\"service\":\"police\",\"received\":\"2020-12-30\",\"subjects\":['; "
			"seq 2 1000 | sed 's/.*/{\"subject_surname\":\"Throng&\"},/'; "
			"echo '{\"subject_surname\":\"Thronglast\"}]}'; } >$D/throng.json; "
			"$P request add --from $D/throng.json"),
		0);
	demo_start(demo, "casey", 0, 0);
	type(demo, "/thronglast\r");
	terminal_see(demo->terminal, "THRONG2+999");
	type(demo, "\r");
	terminal_see(demo->terminal, "Subjects 1000");
	type(demo, "e");
	terminal_see(demo->terminal, "16 of 9030 fields needed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_police_form_takes_few_keys),
		cmocka_unit_test(who_sent_before_is_known_at_once),
		cmocka_unit_test(what_is_cut_new_or_wrong_is_said),
		cmocka_unit_test(choices_are_sought_by_letters),
		cmocka_unit_test(what_is_missing_is_told_after_saving),
		cmocka_unit_test(officers_known_before_are_filled_in),
		cmocka_unit_test(mistakes_are_told_at_once),
		cmocka_unit_test(three_sizes_and_a_resize_while_typing),
		cmocka_unit_test(help_leaves_the_form_as_it_is),
		cmocka_unit_test(today_is_offered_for_days),
		cmocka_unit_test(hostile_text_is_text),
		cmocka_unit_test(save_and_next_keeps_what_goes_on),
		cmocka_unit_test(edit_conflict_keeps_what_was_typed),
		cmocka_unit_test(a_thousand_subjects_are_edited),
	};

	return cmocka_run_group_tests_name("log", tests, demo_setup, demo_teardown);
}
