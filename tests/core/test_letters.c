/*
 * Letters against reviewed ones (tests/core/letters/), and what they may not
 * say: a rejection names no subject, a Guardian's refusal reads like any other.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/letters.h"

/* A request with something of everything; the first subject traced, the second not. */
static void request_make(struct request *request)
{
	static const struct {
		enum request_field field;
		const char *text;
	} fields[] = {
		{ FIELD_RECEIVED, "2020-12-14" },
		{ FIELD_SERVICE, "police" },
		{ FIELD_REQUESTER_REFERENCE, "OP/99 <Heron & Co>" },
		{ FIELD_REQUESTER_RANK, "DC" },
		{ FIELD_REQUESTER_NAME, "Priya Lowe" },
		{ FIELD_ORGANISATION, "Test Police" },
		{ FIELD_REQUESTER_ADDRESS, "1 Station Road\nTesting\033[2J" },
		{ FIELD_REQUESTER_STATION, "-" },
		{ FIELD_REQUESTER_EMAIL, "p.lowe@test.police.uk" },
		{ FIELD_PURPOSE, "criminal_investigation" },
		{ FIELD_LEGAL_BASIS, "dpa2018_sch2_2" },
		{ FIELD_OFFENCE, "Zweifelhaft" },
		{ FIELD_NECESSITY, "Zweifelhaft" },
		{ FIELD_NOTE, "Zweifelhaft" },
		{ FIELD_RELEASED, "name;address;postcode" },
		{ FIELD_REASONS, "countersigner_senior_enough;countersigner_senior_to_requester;"
				 "signed_and_dated;other" },
	};

	request_init(request);
	(void)snprintf(request->reference, sizeof(request->reference), "TR-2020-000123");
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		record_set(&request->field[fields[i].field], fields[i].text);
	for (int s = 0; s < 2; s++) {
		struct subject *subject = request_add_subject(request);

		for (int i = 0; i < FIELD_TRACE_CODE; i++)
			record_set(&subject->field[i], "Zweifelhaft");
		record_set(&subject->field[FIELD_TRACE_CODE], s == 0 ? "00" : "98");
		record_set(&subject->field[FIELD_VALUES],
			"{\"name\":\"Ann Found\",\"sex\":\"Zweifelhaft\","
			"\"address\":\"2 <Found> Lane\\nTesting\"}");
	}
}

enum { FINDINGS = 6 };

/* The fifth says what the first does, the last what the question asks. */
static const struct finding *findings_make(void)
{
	static struct finding findings[FINDINGS];

	findings[0] = (struct finding) { .rule = rule_find("countersigner_senior_enough"),
		.result = RULE_FAIL,
		.sentence = "The countersigning officer is a Sergeant; the service asks for an"
			    " Inspector or above." };
	findings[1] = (struct finding) { .rule = rule_find("possible_duplicate"),
		.result = RULE_WARN,
		.sentence = "Zweifelhaft" };
	findings[2] = (struct finding) { .rule = rule_find("necessity_stated"),
		.result = RULE_WARN,
		.waits = true,
		.sentence = "Not entered yet: Zweifelhaft" };
	findings[3] = (struct finding) { .rule = rule_find("subject_identified"),
		.result = RULE_WARN,
		.sentence = "The subject's birth date is only approximate." };
	findings[4] = findings[0];
	findings[4].rule = rule_find("countersigner_senior_to_requester");
	findings[5] = (struct finding) { .rule = rule_find("requester_complete"),
		.result = RULE_FAIL,
		.sentence = "Which form is meant?" };
	return findings;
}

static char *written(enum letter_kind kind, struct request *request, bool is_html)
{
	char address[] = "1 Invented Square\nTestington <TT1>", telephone[] = "0113 496 0018";
	char email[] = "desk@demo.example", complaints[] = "write to the address above";
	const bool has_head = kind == LETTER_REJECTION || kind == LETTER_RELEASE;
	const struct letter letter = { .kind = kind,
		.head = { has_head ? address : NULL, has_head ? telephone : NULL,
			has_head ? email : NULL, has_head ? complaints : NULL },
		.request = request,
		.findings = findings_make(),
		.finding_count = FINDINGS,
		.ask = "Which form is meant?\n\nThe one of 3 December?",
		.day = "2021-01-05",
		.is_demo = kind == LETTER_QUERY };
	struct buffer text;

	buffer_init(&text);
	if (is_html)
		letter_html(&letter, &text);
	else
		letter_text(&letter, &text);
	return buffer_take(&text);
}

static void read_golden(const char *name, struct buffer *out)
{
	char path[1024], line[1024];
	const char *top = getenv("TOP_SRCDIR");
	FILE *file;

	assert_non_null(top);
	(void)snprintf(path, sizeof(path), "%s/tests/core/letters/%s", top, name);
	file = fopen(path, "re");
	if (!file)
		(void)printf("# %s cannot be read\n", path);
	while (file && fgets(line, sizeof(line), file))
		buffer_add(out, line);
	if (file)
		assert_int_equal(fclose(file), 0);
}

static void compare(enum letter_kind kind, const char *name, bool is_html)
{
	struct request request;
	struct buffer golden;
	char *letter;

	request_make(&request);
	letter = written(kind, &request, is_html);
	buffer_init(&golden);
	read_golden(name, &golden);
	if (strcmp(letter, buffer_text(&golden)) != 0)
		(void)printf("%s:\n%s", name, letter);
	assert_string_equal(letter, buffer_text(&golden));
	assert_null(strstr(letter, "Zweifelhaft"));
	assert_null(strchr(letter, '\033'));
	buffer_done(&golden);
	mem_free(letter);
	request_clear(&request);
}

static void test_query(void **state)
{
	(void)state;
	compare(LETTER_QUERY, "query.txt", false);
	compare(LETTER_QUERY, "query.html", true);
}

static void test_rejection(void **state)
{
	(void)state;
	compare(LETTER_REJECTION, "rejection.txt", false);
	compare(LETTER_REJECTION, "rejection.html", true);
}

static void test_no_trace(void **state)
{
	(void)state;
	compare(LETTER_NO_TRACE, "no_trace.txt", false);
}

static void test_release(void **state)
{
	(void)state;
	compare(LETTER_RELEASE, "release.txt", false);
	compare(LETTER_RELEASE, "release.html", true);
}

/* Byte for byte, whatever a trace left in the receipt. */
static void test_guardian_reads_like_any_other(void **state)
{
	struct request one, other;
	char *plain, *guarded;

	(void)state;
	for (int is_html = 0; is_html < 2; is_html++) {
		request_make(&one);
		request_make(&other);
		record_set(&one.field[FIELD_REASONS], "not_in_public_interest");
		record_set(&other.field[FIELD_REASONS], "guardian_withheld");
		record_set(&one.field[FIELD_RELEASED], "");
		record_set(&other.field[FIELD_RECIPIENT], "court");
		record_set(&one.subjects[0].field[FIELD_VALUES], "");
		record_set(&other.subjects[0].field[FIELD_TRACE_CODE], "92");
		record_set(&other.subjects[0].field[FIELD_S_FLAG], "yes");
		other.flagged = true;
		plain = written(LETTER_REJECTION, &one, is_html);
		guarded = written(LETTER_REJECTION, &other, is_html);
		assert_string_equal(plain, guarded);
		assert_non_null(strstr(plain, "public interest"));
		assert_null(strstr(plain, "Guardian"));
		mem_free(plain);
		mem_free(guarded);
		request_clear(&one);
		request_clear(&other);
	}
}

/* Each reason there is says something, in words. */
static void test_every_reason_has_a_sentence(void **state)
{
	struct request request;

	(void)state;
	request_make(&request);
	for (size_t i = 0; i < RULE_COUNT; i++) {
		char *letter;

		if (rule_at(i)->advice == ADVICE_NONE)
			continue;
		record_set(&request.field[FIELD_REASONS], rule_at(i)->code);
		letter = written(LETTER_REJECTION, &request, false);
		assert_null(strstr(letter, rule_at(i)->code));
		assert_non_null(strstr(letter, "\n- "));
		mem_free(letter);
	}
	request_clear(&request);
}

/* Under an order that only a court may have the answer to, neither answer goes to who sent it, and
   neither says who that was. */
static void test_a_courts_answer_is_the_courts(void **state)
{
	static const enum letter_kind kinds[] = { LETTER_NO_TRACE, LETTER_RELEASE };
	struct request request;

	(void)state;
	request_make(&request);
	record_set(&request.field[FIELD_RECIPIENT], "court");
	record_set(&request.field[FIELD_COURT], "Family Court at Testing");
	for (size_t i = 0; i < 2; i++) {
		char *letter = written(kinds[i], &request, false);

		assert_non_null(strstr(letter, "The court\nFamily Court at Testing\n"));
		assert_null(strstr(letter, "Priya Lowe"));
		assert_null(strstr(letter, "p.lowe@"));
		assert_null(strstr(letter, "Station Road"));
		mem_free(letter);
	}
	request_clear(&request);
}

static void test_ways(void **state)
{
	static const struct {
		enum letter_kind kind;
		const char *recipient, *channel;
		bool may;
	} ways[] = {
		{ LETTER_RELEASE, "court", "court_mailbox", true },
		{ LETTER_RELEASE, "court", "post", true },
		{ LETTER_RELEASE, "court", "telephone", false },
		{ LETTER_RELEASE, "constable", "secure_email", true },
		{ LETTER_RELEASE, "constable", "court_mailbox", false },
		{ LETTER_RELEASE, "", "secure_email", true },
		{ LETTER_RELEASE, "", "other", false },
		{ LETTER_RELEASE, "requester", "telephone", false },
		{ LETTER_RELEASE, "requester", "secure", false },
		{ LETTER_REJECTION, "court", "telephone", true },
		{ LETTER_NO_TRACE, "court", "telephone", false },
		{ LETTER_NO_TRACE, "court", "court_mailbox", true },
		{ LETTER_NO_TRACE, "", "secure_email", true },
	};
	struct request request;

	(void)state;
	request_make(&request);
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		const struct letter letter = { .kind = ways[i].kind, .request = &request };

		record_set(&request.field[FIELD_RECIPIENT], ways[i].recipient);
		assert_int_equal(letter_may_go_by(&letter, ways[i].channel), ways[i].may);
	}
	request_clear(&request);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_query),
		cmocka_unit_test(test_rejection),
		cmocka_unit_test(test_no_trace),
		cmocka_unit_test(test_release),
		cmocka_unit_test(test_guardian_reads_like_any_other),
		cmocka_unit_test(test_every_reason_has_a_sentence),
		cmocka_unit_test(test_a_courts_answer_is_the_courts),
		cmocka_unit_test(test_ways),
	};

	return cmocka_run_group_tests_name("letters", tests, NULL, NULL);
}
