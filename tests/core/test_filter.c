/*
 * The words of a filter: each with what it asks and its negation; each mistake
 * with the sentence that points at it. The days of the audit log's filter.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/filter.h"
#include "core/log_filter.h"

/* Where a word goes. */
static const struct {
	const char *word;
	enum filter_word field;
	const char *asked;
} plain[] = {
	{ "state:in_triage", FILTER_STATE, ";2;" },
	{ "state:in_triage,rejection_proposed,withdrawn", FILTER_STATE, ";2;9;14;" },
	{ "service:police", FILTER_SERVICE, ";police;" },
	{ "service:police,nca", FILTER_SERVICE, ";police;nca;" },
	{ "organisation:kent police", FILTER_ORGANISATION, "kent police" },
	{ "organisation:\"Kent Police\"", FILTER_ORGANISATION, "kent police" },
	{ "organisation:\"ref:a, b:c\"", FILTER_ORGANISATION, "ref:a, b:c" },
	{ "reason:countersigner_present", FILTER_REASON, "countersigner_present" },
	{ "assigned:me", FILTER_ASSIGNED, "me" },
	{ "assigned:none", FILTER_ASSIGNED, "none" },
	{ "assigned:casey", FILTER_ASSIGNED, "casey" },
	{ "ref:TR-2020-000123", FILTER_REFERENCE, "TR-2020-000123" },
	{ "nhs:9990000018", FILTER_NHS, "9990000018" },
	{ "nhs:999 000 0018", FILTER_NHS, "9990000018" },
	{ "born:1980-01-01", FILTER_BORN, "1980-01-01" },
	{ "open", FILTER_OPEN, "yes" },
	{ "decided", FILTER_DECIDED, "yes" },
	{ "flagged", FILTER_FLAGGED, "yes" },
	{ "imported", FILTER_IMPORTED, "yes" },
};

/* Nothing but these two is asked. */
static void assert_asks(
	const struct filter *filter, enum filter_word field, const char *is, const char *is_not)
{
	for (int i = 0; i < FILTER_WORDS; i++) {
		const char *got = filter->rows.is[i], *got_not = filter->rows.is_not[i];

		assert_string_equal(got ? got : "", i == (int)field ? is : "");
		assert_string_equal(got_not ? got_not : "", i == (int)field ? is_not : "");
	}
	assert_int_equal(filter->rule_count, 0);
}

static void test_plain_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		char why[FILTER_WHY_SIZE] = "", negated[128];
		struct filter filter;

		filter_init(&filter);
		assert_true(filter_add(&filter, plain[i].word, why));
		assert_asks(&filter, plain[i].field, plain[i].asked, "");
		filter_clear(&filter);

		(void)snprintf(negated, sizeof(negated), "not:%s", plain[i].word);
		filter_init(&filter);
		assert_true(filter_add(&filter, negated, why));
		assert_asks(&filter, plain[i].field, "", plain[i].asked);
		assert_int_equal(filter.is_personal,
			plain[i].field == FILTER_NHS || plain[i].field == FILTER_BORN);
		filter_clear(&filter);
	}
}

static const struct {
	const char *value;
	const char *from;
	const char *to;
} ranges[] = {
	{ "2020", "2020-01-01", "2020-12-31" },
	{ "2020-02", "2020-02-01", "2020-02-29" },
	{ "2020-12", "2020-12-01", "2020-12-31" },
	{ "2020-11-30", "2020-11-30", "2020-11-30" },
	{ "2020-11..2020-12", "2020-11-01", "2020-12-31" },
	{ "2019..2020-02-03", "2019-01-01", "2020-02-03" },
	{ "2020-11-30..2020-11-30", "2020-11-30", "2020-11-30" },
	{ "2020-11..", "2020-11-01", "9999-12-31" },
	{ "..2020-11", "0001-01-01", "2020-11-30" },
	{ "2200-12", "2200-12-01", "2200-12-31" },
	{ "2200", "2200-01-01", "2200-12-31" },
};

static void test_ranges(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		static const char *const names[] = { "received", "decided", "not:received",
			"not:decided" };
		char why[FILTER_WHY_SIZE] = "", word[64];
		struct filter filter;
		const struct day_range *const places[] = { &filter.rows.received,
			&filter.rows.decided, &filter.rows.not_received, &filter.rows.not_decided };

		for (size_t j = 0; j < 4; j++) {
			filter_init(&filter);
			(void)snprintf(word, sizeof(word), "%s:%s", names[j], ranges[i].value);
			assert_true(filter_add(&filter, word, why));
			for (size_t k = 0; k < 4; k++) {
				assert_string_equal(places[k]->from, j == k ? ranges[i].from : "");
				assert_string_equal(places[k]->to, j == k ? ranges[i].to : "");
			}
			filter_clear(&filter);
		}
	}
}

/* Moments: a day of London begins at midnight there, in summer an hour before that of UTC. */
static const struct {
	const char *word;
	int64_t from, to;
} days[] = {
	{ "day:2020-11-30", 1606694400, 1606780800 },
	{ "day:2020-07-01", 1593558000, 1593644400 },
	{ "day:..2020-10-25", 0, 1603670400 },
	{ "day:2020-11..", 1604188800, INT64_MAX },
	{ "day:2200-12", 7286976000, 7289654400 },
	{ "day:2200-12-31", 7289568000, 7289654400 },
	{ "day:1800-01-01", -5364662400, -5364576000 },
};

static void test_days_of_the_log(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		char why[LOG_FILTER_WHY_SIZE] = "";
		struct log_filter filter;

		log_filter_init(&filter);
		assert_true(log_filter_read(&filter, days[i].word, why));
		assert_int_equal(filter.rows.time.from, days[i].from);
		assert_int_equal(filter.rows.time.to, days[i].to);
		log_filter_clear(&filter);
	}
}

static void test_rules(void **state)
{
	char why[FILTER_WHY_SIZE] = "";
	struct filter filter;

	(void)state;
	filter_init(&filter);
	assert_true(filter_read(&filter,
		"rule:nhs_number_valid:warn not:rule:countersigner_present:not_applicable "
		"duplicate not:duplicate",
		why));
	assert_int_equal(filter.rule_count, 4);
	assert_ptr_equal(filter.rules[0].rule, rule_find("nhs_number_valid"));
	assert_int_equal(filter.rules[0].result, RULE_WARN);
	assert_false(filter.rules[0].is_not);
	assert_ptr_equal(filter.rules[1].rule, rule_find("countersigner_present"));
	assert_int_equal(filter.rules[1].result, RULE_NOT_APPLICABLE);
	assert_true(filter.rules[1].is_not);
	assert_ptr_equal(filter.rules[2].rule, rule_find("possible_duplicate"));
	assert_int_equal(filter.rules[2].result, RULE_WARN);
	assert_false(filter.rules[2].is_not);
	assert_true(filter.rules[3].is_not);
	filter_clear(&filter);
}

static void test_text(void **state)
{
	char why[FILTER_WHY_SIZE] = "";
	struct filter filter;

	(void)state;
	filter_init(&filter);
	assert_true(filter_add(&filter, "organisation:kent police", why));
	assert_true(filter_read(&filter,
		"\n\tnot:service:nca  state:received\r\nnot:organisation:\"met police\" open\n",
		why));
	assert_int_equal(filter.words, 5);
	assert_string_equal(filter.rows.is[FILTER_ORGANISATION], "kent police");
	assert_string_equal(filter.rows.is_not[FILTER_ORGANISATION], "met police");
	assert_string_equal(filter.rows.is_not[FILTER_SERVICE], ";nca;");
	assert_string_equal(filter.rows.is[FILTER_OPEN], "yes");
	assert_string_equal(filter.text,
		"\"organisation:kent police\" not:service:nca state:received "
		"not:organisation:\"met police\" open");
	filter_clear(&filter);
	filter_init(&filter);
	assert_true(filter_read(&filter, " \n ", why));
	assert_int_equal(filter.words, 0);
	assert_string_equal(filter.text, "");
	filter_clear(&filter);
}

/* Texts, and what the sentence must have; NULL never. */
static const struct {
	const char *text;
	const char *said;
	const char *never;
} mistakes[] = {
	{ "stat:received",
		"word 1, \"stat:received\": there is no such word; the words are state:", NULL },
	{ "open servise:nca", "word 2, \"servise:nca\": there is no such word", NULL },
	{ "state:open", "word 1, \"state:open\": \"open\" is no state; choose one of received, ",
		NULL },
	{ "state:received,", "\"\" is no state", NULL },
	{ "state:", "its value is missing; write state:in_triage", NULL },
	{ "state", "its value is missing; write state:in_triage", NULL },
	{ "open:yes", "it takes no value; write open", NULL },
	{ "service:police,NCA", "\"NCA\" is no service; choose one of police, nca", NULL },
	{ "service:police open service:nca", "word 3, \"service:nca\": \"service\" is given twice",
		NULL },
	{ "not:open not:open", "\"not:open\" is given twice; write it once", NULL },
	{ "reason:rain", "\"rain\" is no reason; choose one of service_open", NULL },
	{ "received:2020-13", "that is no year, month, day or run", NULL },
	{ "received:2020-02-30", "write received:2020, received:2020-11", NULL },
	{ "decided:..", "that is no year, month, day or run", NULL },
	{ "decided:2021..2020", "it ends before it begins; write the earlier one first", NULL },
	{ "rule:nonsense:fail", "there is no such rule; `tracedesk rule list`", NULL },
	{ "rule:nhs_number_valid", "write rule:nhs_number_valid: and then pass, fail", NULL },
	{ "rule:nhs_number_valid:bad", "a result must follow", NULL },
	{ "nhs:12345", "word 1: an NHS number has ten digits", "12345" },
	{ "not:born:1980", "word 1: that is no day; write it as YYYY-MM-DD", "1980" },
	{ "subject:-", "word 1: it holds no letter and no digit", NULL },
	{ "subject:", "its value is missing; write subject:", NULL },
	{ "subject:smith subject:jones", "is given twice; write it once", "jones" },
	{ "overdue:yes", "it takes no value; write overdue", NULL },
	{ "open ...", "word 2: it holds no letter and no digit to look for", NULL },
	{ "open \"burglary of", "word 2: a quote is not closed; write one more", "burglary" },
	{ "organisation:\"kent police", "a quote is not closed; write one more", NULL },
};

static void test_mistakes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		char why[FILTER_WHY_SIZE] = "";
		struct filter filter;

		filter_init(&filter);
		assert_false(filter_read(&filter, mistakes[i].text, why));
		if (!strstr(why, mistakes[i].said))
			fail_msg("%s: %s", mistakes[i].text, why);
		if (mistakes[i].never)
			assert_null(strstr(why, mistakes[i].never));
		filter_clear(&filter);
	}
}

static void test_words(void **state)
{
	char why[FILTER_WHY_SIZE];
	struct filter filter;

	(void)state;
	filter_init(&filter);
	assert_true(filter_read(&filter, "open not:overdue", why));
	assert_false(filter.is_personal);
	assert_null(filter.rows.words);
	assert_string_equal(filter.rows.is_not[FILTER_OVERDUE], "yes");
	assert_true(filter_read(&filter, "Burglary not:fraud subject:\"Ann T\" not:arson", why));
	assert_true(filter.is_personal);
	assert_string_equal(filter.rows.words,
		"(((\"burglary\" *))) AND (({subject} : (\"ann\" *)) AND ({subject} : (\"t\" *)))");
	assert_string_equal(filter.rows.not_words, "(((\"fraud\" *))) OR (((\"arson\" *)))");
	filter_clear(&filter);
}

/* A word that is longer than any sentence. */
static void test_long_word(void **state)
{
	char why[FILTER_WHY_SIZE] = "", word[4096] = "state:";
	struct filter filter;

	(void)state;
	memset(word + 6, 'x', sizeof(word) - 7);
	word[sizeof(word) - 1] = '\0';
	filter_init(&filter);
	assert_false(filter_add(&filter, word, why));
	assert_true(strncmp(why, "word 1, \"state:xxx", 17) == 0);
	assert_true(strlen(why) < sizeof(why));
	filter_clear(&filter);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_words),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_days_of_the_log),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_long_word),
	};

	return cmocka_run_group_tests_name("filter", tests, NULL, NULL);
}
