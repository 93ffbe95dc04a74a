/*
 * Letters on the screen, and what ties a receipt to others and to the world:
 * the real program on a demo store, what came of it asked by command.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tests/tui/on_demo.h"

/* A request of the demo that was rejected: the wrong recipient of an order of a court. */
#define REJECTED "TR-2020-000230"
/* One that the Caldicott Guardian withheld, of casey. */
#define WITHHELD "TR-2020-000219"
#define AS(name) "${P%% *} -s $D/demo.tdk -u " name " --password-file $D/" name ".password "

/* Three rejections confirmed, and one by the Guardian. */
static int letters_setup(void **state)
{
	struct demo *demo;

	if (demo_setup(state) != 0)
		return -1;
	demo = *state;
	demo_file(demo, "withhold.json",
		"{\"guardian\":\"Dr Gwen Ardian\",\"decided\":\"2021-01-04\","
		"\"decision\":\"withhold\"}");
	return demo_shell(demo, "sasha",
		"$P request review " REJECTED " --confirm && "
		"$P request review TR-2020-000228 --confirm && "
		"$P request guardian " WITHHELD " --from $D/withhold.json");
}

static void type(struct demo *demo, const char *keys)
{
	terminal_type(demo->terminal, keys);
}

static void see(struct demo *demo, const char *text)
{
	terminal_see(demo->terminal, text);
}

/* Does a line of shell succeed beside the open screens? */
static void holds(struct demo *demo, const char *line)
{
	demo_beside(demo, line);
}

/* Finds a receipt by its reference and opens it. */
static void open_receipt(struct demo *demo, const char *reference)
{
	char words[64];

	snprintf(words, sizeof(words), "/ref:%s\r", reference);
	type(demo, words);
	snprintf(words, sizeof(words), "▸ %s", reference);
	see(demo, words);
	type(demo, "\r");
	see(demo, "[Summary]");
	terminal_see_in_row(demo->terminal, 0, reference);
}

static void letters_go_one_after_the_other(void **state)
{
	struct demo *demo = *state;

	demo_start(demo, "casey", 24, 80);
	type(demo, "6");
	see(demo, "[To send 7]");
	type(demo, "\r");
	see(demo, "Letter 1 of 7: TR-2020-000217");
	see(demo, "query · not sent yet");
	see(demo, "DEMO - an invented case");
	see(demo, "Our reference: TR-2020-000217");
	see(demo, "more below");
	terminal_press(demo->terminal, PRESS_PAGE_DOWN);
	see(demo, "Missing from the form: a sealed copy of the order.");
	type(demo, "s");
	see(demo, "▸ It went by              court mailbox");
	see(demo, "On                      04/01/2021");
	see(demo, "^S do it  Tab next  Space choose  ^O receipt");
	type(demo, "\t");
	see(demo, "^S do it  Tab next  ^O receipt");
	type(demo, "\x15"
		   "1/2/2031\023");
	see(demo, "the day lies after today");
	type(demo, "\x15t\023");
	see(demo, "TR-2020-000217: its letter has gone");
	see(demo, "Letter 2 of 7: TR-2020-000218");
	type(demo, "n");
	see(demo, "Letter 3 of 7: " WITHHELD);
	holds(demo,
		AS("sam") "request list unsent --format csv >$D/list;"
			  " ! grep -q TR-2020-000217 $D/list && grep -q TR-2020-000218 $D/list");
	holds(demo, AS("sam") "audit log kind:letter_shown person:casey --format csv | "
			      "grep -q TR-2020-000217");
	type(demo, "q");
	see(demo, "[To send 6]");
}

/* The Guardian's refusal says what any other does, and where it stands tells nothing either. */
static void a_guardians_refusal_looks_like_any_other(void **state)
{
	struct demo *demo = *state;

	demo_start(demo, "casey", 24, 80);
	open_receipt(demo, WITHHELD);
	type(demo, "p");
	see(demo, "rejection · not sent yet");
	terminal_press(demo->terminal, PRESS_PAGE_DOWN);
	see(demo, "would not be in the public interest");
	terminal_unsee(demo->terminal, "Guardian");
	terminal_unsee(demo->terminal, "flag");
	demo_start(demo, "chris", 24, 80);
	type(demo, "6");
	see(demo, "[To send 6]");
	see(demo, WITHHELD);
	terminal_unsee(demo->terminal, "uardian");
	type(demo, "/reason:guardian_withheld\r");
	see(demo, "No receipt");
	terminal_press(demo->terminal, PRESS_ESCAPE);
	see(demo, "[To send 6]");
	type(demo, "j\r");
	see(demo, "ask a supervisor");
	terminal_unsee(demo->terminal, "uardian");
}

static void printing_asks_before_it_replaces(void **state)
{
	struct demo *demo = *state;
	char keys[128];

	demo_start(demo, "casey", 24, 80);
	open_receipt(demo, "TR-2020-000218");
	type(demo, "p");
	see(demo, "query · not sent yet");
	snprintf(keys, sizeof(keys), "\x15%s/letter.html", demo->folder);
	type(demo, "p");
	see(demo, "File                    TR-2020-000218.txt");
	type(demo, "\x15~/letter.html\r");
	see(demo, "/nonexistent/letter.html: cannot be written");
	type(demo, keys);
	type(demo, "\r");
	see(demo, "Written: ");
	holds(demo, "grep -q '^<!DOCTYPE html>' $D/letter.html && [ $(stat -c %a $D/letter.html) = "
		    "600 ] && echo mine >$D/letter.html");
	type(demo, "p");
	see(demo, "▸ File");
	type(demo, keys);
	type(demo, "\r");
	see(demo, "There is such a file already");
	holds(demo, "grep -qx mine $D/letter.html");
	type(demo, "\r");
	see(demo, "Written: ");
	holds(demo, "grep -q '^<!DOCTYPE html>' $D/letter.html");
	type(demo, "p");
	see(demo, "▸ File");
	type(demo, "\x15/nowhere/letter.txt\r");
	see(demo, "cannot be written");
	terminal_press(demo->terminal, PRESS_ESCAPE);
	see(demo, "Esc again leaves");
	terminal_press(demo->terminal, PRESS_ESCAPE);
	see(demo, "query · not sent yet");
	type(demo, "q");
	see(demo, "[Summary]");
	type(demo, "6");
	see(demo, "[Letters 1]");
	see(demo, "To send     query, not sent yet");
	see(demo, "query printed as html by casey");
}

static void what_went_is_shown_as_it_went(void **state)
{
	struct demo *demo = *state;

	holds(demo, AS("casey") "request sent TR-2020-000242 --by post --on 2021-01-02 >/dev/null");
	holds(demo,
		"printf '{\"telephone\":\"0113 496 0999\"}' | " AS("sam") "letterhead set --from -"
									  " >/dev/null");
	holds(demo, "printf '{\"countersigned\":\"2020-12-28\"}' | " AS(
			    "casey") "request answer TR-2020-000242 --from - >/dev/null");
	demo_start(demo, "casey", 24, 80);
	open_receipt(demo, "TR-2020-000242");
	type(demo, "p");
	see(demo, "There is no letter");
	type(demo, "6");
	see(demo, "nothing yet: a letter comes with a decision or a question");
	see(demo, "query went on 02/01/2021 by post, says casey");
	type(demo, "p");
	see(demo, "It has gone: these are the words that went.");
	see(demo, "Telephone: 0113 496 0018");
	type(demo, "p");
	see(demo, "▸ File");
	type(demo, "\b\b\bhtml\r");
	see(demo, "An earlier letter is kept as text");
}

/* From the list of what is closed to the new receipt mended and saved. */
static void sent_in_again_takes_few_keys(void **state)
{
	static const struct {
		const char *keys, *seen;
	} steps[] = {
		{ "7", "[Closed]" },
		{ "\r", "[Summary]" },
		{ "R", "R again" },
		{ "R", "Linked      " REJECTED },
		{ "e", "▸Received" },
		{ "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t", "▸Recipient" },
		{ "\x15"
		  "c",
			"[the court" },
		{ "\x13", "saved TR-" },
	};
	struct demo *demo = *state;
	size_t keys = 0;

	demo_start(demo, "casey", 24, 80);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		type(demo, steps[i].keys);
		see(demo, steps[i].seen);
		keys += strlen(steps[i].keys);
	}
	printf("# keys to send in again and mend: %zu\n", keys);
	assert_true(keys < 40);
	type(demo, "\r");
	see(demo, "[Summary]");
	terminal_unsee(demo->terminal, "Under this order");
	type(demo, "q");
	see(demo, "Rejected on 04/01/2021");
	see(demo, "Linked      TR-2021-");
	holds(demo,
		"new=$(" AS(
			"sam") "request show " REJECTED " --format json | "
			       "grep -o '\"linked\": *\\[[^]]*' | grep -o 'TR-2021-[0-9]*') && " AS(
				       "sam") "request show $new --format json | grep -q "
					      "'\"recipient\": *\"court\"'");
}

static void links_and_incidents(void **state)
{
	struct demo *demo = *state;

	demo_start(demo, "casey", 24, 80);
	open_receipt(demo, "TR-2020-000216");
	type(demo, "ltr-2020-999999\r");
	see(demo, "there is no receipt TR-2020-999999");
	type(demo, "\x15tr-2020-000218\r");
	see(demo, "TR-2020-000216: the two are linked");
	see(demo, "Linked      TR-2020-000218");
	type(demo, "i");
	see(demo, "What happened");
	type(demo, "\033OP");
	see(demo, "Keys of a decision");
	type(demo, "q");
	see(demo, "What happened");
	type(demo, "\023");
	see(demo, "What happened: needed");
	type(demo, "It lay on the wrong desk.\t\x15"
		   "32/1/20\023");
	see(demo, "That is no day");
	type(demo, "\x15y\tthe duty manager\tIR-7\023");
	see(demo, "the incident is recorded");
	type(demo, "4");
	see(demo, "What: It lay on the wrong desk.");
	see(demo, "When: 2021-01-03");
	see(demo, "Told: the duty manager");
	see(demo, "Reference: IR-7");
	type(demo, "q");
}

static void withdrawn_for_either_reason(void **state)
{
	struct demo *demo = *state;

	demo_start(demo, "casey", 24, 80);
	open_receipt(demo, "TR-2020-000236");
	type(demo, "w");
	see(demo, "the requester withdrew it");
	type(demo, "r\tThey found him themselves.\023");
	see(demo, "000236: withdrawn.");
	type(demo, "6");
	see(demo, "nothing: it was withdrawn");
	type(demo, "q");
	see(demo, "Withdrawn on 04/01/2021");
	terminal_press(demo->terminal, PRESS_ESCAPE);
	see(demo, "[Mine");
	open_receipt(demo, "TR-2020-000241");
	type(demo, "w");
	see(demo, "A supervisor confirms what was logged in error.");
	type(demo, "l\tEntered twice.\023");
	see(demo, "000241: proposed for withdrawal.");
	see(demo, "logged in error");
}

/* The failing checks' sentences are the question, to be worked over; the letter says them once. */
static void a_question_is_prefilled_and_answered(void **state)
{
	struct demo *demo = *state;

	demo_start(demo, "casey", 24, 80);
	open_receipt(demo, "TR-2020-000235");
	type(demo, "k");
	see(demo, "What is asked");
	see(demo, "Missing from the form");
	type(demo, " Please send it again by Friday.\023");
	see(demo, "now waiting for an answer");
	type(demo, "p");
	see(demo, "query · not sent yet");
	type(demo, "G");
	terminal_press(demo->terminal, PRESS_PAGE_DOWN);
	see(demo, "by Friday");
	type(demo, "q");
	see(demo, "e answer came");
	type(demo, "e");
	see(demo, "answer");
	type(demo, "\t\t\x13");
	see(demo, "saved TR-");
	type(demo, "\r");
	see(demo, "in triage");
}

static void a_supervisor_proposes_another_outcome(void **state)
{
	struct demo *demo = *state;

	demo_start(demo, "sam", 24, 80);
	open_receipt(demo, "TR-2020-000213");
	type(demo, "C");
	see(demo, "Approved - Trace or Approved - No Trace?");
	terminal_unsee(demo->terminal, "Reasons");
	type(demo, "\023");
	see(demo, "It is to be: needed");
	type(demo, "a\tThe order was sealed after all.\023");
	see(demo, "a correction is proposed; another supervisor reviews it");
	see(demo, "Rejected");
	type(demo, "q");
	see(demo, "Find  ref:");
	terminal_press(demo->terminal, PRESS_ESCAPE);
	see(demo, "[Mine");
	open_receipt(demo, "TR-2020-000214");
	type(demo, "C");
	see(demo, "Rejected or Approved - No Trace?");
	type(demo, "r\tIt was never asked for.\023");
	see(demo, "a rejection has at least one");
	type(demo, "\t \023");
	see(demo, "a correction is proposed; another supervisor reviews it");
	holds(demo,
		AS("sasha") "request review TR-2020-000213 --confirm | grep -q 'Approved - Trace'");
	demo_start(demo, "casey", 24, 80);
	open_receipt(demo, "TR-2020-000212");
	type(demo, "C");
	see(demo, "only a supervisor may do this");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_go_one_after_the_other),
		cmocka_unit_test(a_guardians_refusal_looks_like_any_other),
		cmocka_unit_test(printing_asks_before_it_replaces),
		cmocka_unit_test(what_went_is_shown_as_it_went),
		cmocka_unit_test(sent_in_again_takes_few_keys),
		cmocka_unit_test(links_and_incidents),
		cmocka_unit_test(withdrawn_for_either_reason),
		cmocka_unit_test(a_question_is_prefilled_and_answered),
		cmocka_unit_test(a_supervisor_proposes_another_outcome),
	};

	return cmocka_run_group_tests_name("letters", tests, letters_setup, demo_teardown);
}
