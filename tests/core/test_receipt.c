/*
 * One receipt written out: as a page, as JSON, as CSV.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "core/receipt.h"

static void fill(struct request *request)
{
	struct subject *subject;

	request_init(request);
	(void)snprintf(request->reference, sizeof(request->reference), "TR-2020-000007");
	record_set(&request->field[FIELD_SERVICE], "police");
	record_set(&request->field[FIELD_RECEIVED], "2020-12-14");
	record_set(&request->field[FIELD_ORGANISATION], "Kent \"Police\"\x1b[31m");
	record_set(&request->field[FIELD_ITEMS], "name;his shoe size");
	record_set(&request->field[FIELD_COUNTERSIGNER_NAME], "-");
	record_set(&request->field[FIELD_NOTE], "=one\ntwo");
	subject = request_add_subject(request);
	record_set(&subject->field[FIELD_SUBJECT_SURNAME], "O'Testa");
	record_set(&subject->field[FIELD_NHS_NUMBER], "9990000018");
	subject = request_add_subject(request);
	record_set(&subject->field[FIELD_SUBJECT_SURNAME], "Adair");
}

static void assert_has(const struct buffer *text, const char *part)
{
	if (!strstr(buffer_text(text), part))
		fail_msg("no \"%s\" in:\n%s", part, buffer_text(text));
}

static void test_page(void **state)
{
	struct request request;
	struct buffer text;

	(void)state;
	fill(&request);
	buffer_init(&text);
	receipt_text(&request, "Police", true, &text);
	assert_has(&text, "TR-2020-000007  received  DEMO\n");
	assert_has(&text, " 14/12/2020\n");
	assert_has(&text, "Kent \"Police\"\u241b[31m\n");
	assert_has(&text, " name, his shoe size\n");
	assert_has(&text, " - (not on the form)\n");
	assert_has(&text, " =one\n                               two\n");
	assert_has(&text, "\nSubject 1 of 2\n");
	assert_has(&text, " 999 000 0018\n");
	assert_null(strstr(buffer_text(&text), "Decision"));
	assert_null(strchr(buffer_text(&text), '\x1b'));
	buffer_done(&text);
	request_clear(&request);
}

/* The finding of a rule, the decision on it and a note. */
static void fill_beside(struct finding *finding, struct decision *decision, struct note *note)
{
	*finding = (struct finding) { .rule = rule_find("countersigner_senior_enough"),
		.result = RULE_FAIL,
		.sentence = "A Sergeant\x1b." };
	decision_init(decision);
	decision->kind = DECISION_REJECTION;
	decision->result = DECISION_STANDS;
	(void)snprintf(decision->proposer_name, sizeof(decision->proposer_name), "casey");
	record_set(&decision->reasons, "countersigner_senior_enough;other");
	record_set(&decision->note, "one\ntwo\x1b");
	decision->reviewer = 1;
	(void)snprintf(decision->reviewer_name, sizeof(decision->reviewer_name), "sam");
	record_set(&decision->struck, "other");
	record_set(&decision->detail, "{\"guardian\":\"Dr G\",\"note\":\"\"}");
	*note = (struct note) { .kind = NOTE_HOLD, .text = mem_text("wait\n\nlong") };
}

static void test_beside(void **state)
{
	struct finding finding;
	struct decision decision;
	struct note note;
	struct beside beside = { &finding, 1, 3, ADVICE_QUERY, &decision, 1, &note, 1,
		"TR-2020-000001;TR-2020-000002", "" };
	struct buffer text;

	(void)state;
	fill_beside(&finding, &decision, &note);
	buffer_init(&text);
	beside_text(&beside, &text);
	assert_has(&text, "\nChecks\n  ✗ A Sergeant\u241b.  [countersigner_senior_enough]\n");
	assert_has(&text, "\n  Advice: query; the sender can mend it. Rulebook version 3.\n");
	assert_has(&text, "\n  rejection, 01/01/1970, casey: stands\n");
	assert_has(&text, "    Reasons: the countersigner is not senior enough, other\n");
	assert_has(&text, "    Note: one\n    two\u241b\n    guardian: Dr G\n");
	assert_has(&text, "    Reviewed, 01/01/1970, sam\n    Struck: other\n");
	assert_has(&text, "\nNotes\n  why it is held, 01/01/1970, \n    wait\n    \n    long\n");
	assert_has(&text, "    Possible duplicates: TR-2020-000001, TR-2020-000002\n");
	assert_null(strchr(buffer_text(&text), 0x1b));
	buffer_done(&text);
	beside_checks_json("TR-2020-000007", &beside, &text);
	assert_has(&text,
		"{\"reference\":\"TR-2020-000007\",\"rules_version\":3,\"advice\":\"query\","
		"\"findings\":[{\"rule\":\"countersigner_senior_enough\",\"result\":\"fail\","
		"\"sentence\":\"A Sergeant\\u001b.\",\"source\":\"NBO register: ");
	assert_has(&text, ",\"advice\":\"query\"}]}\n");
	buffer_done(&text);
	beside.finding_count = 0;
	beside_checks_text(&beside, &text);
	assert_has(&text, "No checks: it was imported");
	buffer_done(&text);
	decision_clear(&decision);
	note_clear(&note);
}

static void test_json(void **state)
{
	struct request request;
	struct buffer text;

	(void)state;
	fill(&request);
	buffer_init(&text);
	receipt_json(&request, &(struct beside) { .linked = "TR-2020-000006" }, &text);
	assert_has(&text, "{\"reference\":\"TR-2020-000007\",\"state\":\"received\",\"version\":1,"
			  "\"assigned_to\":null,");
	assert_has(&text, "\"items\":[\"name\",\"his shoe size\"]");
	assert_has(&text, "\"reasons\":null");
	assert_has(&text, "\"countersigner_name\":\"-\"");
	assert_has(&text, "\"subjects\":[{\"subject_surname\":\"O'Testa\",");
	assert_has(&text, "},{\"subject_surname\":\"Adair\",");
	assert_has(&text, "\"findings\":[],\"linked\":[\"TR-2020-000006\"]}\n");
	assert_null(strchr(buffer_text(&text), '\x1b'));
	buffer_done(&text);
	request_clear(&request);
}

static void test_csv(void **state)
{
	struct request request;
	struct buffer text;

	(void)state;
	fill(&request);
	buffer_init(&text);
	receipt_csv_head(&text);
	receipt_csv(&request, false, &text);
	assert_memory_equal(buffer_text(&text), "reference,same_form,requester_reference,", 40);
	assert_has(&text, "\nTR-2020-000007,,,2020-12-14,,police,\"Kent \"\"Police\"\"\x1b[31m\",");
	assert_has(&text, ",\"=one\ntwo\",O'Testa,");
	assert_has(&text, "\n,yes,,,,,");
	assert_has(&text, ",Adair,");
	buffer_done(&text);
	receipt_csv(&request, true, &text);
	assert_has(&text, ",\"'=one\ntwo\",O'Testa,");
	buffer_done(&text);
	request_clear(&request);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page),
		cmocka_unit_test(test_beside),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_csv),
	};

	(void)setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("one receipt", tests, NULL, NULL);
}
