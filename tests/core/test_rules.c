/*
 * Every result that golden/checks.json lists, and what must hold of every
 * finding of every case: a whole sentence, no word of what was typed, a source,
 * an advice that follows from the results.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/core/rules_case.h"

enum { GOLDEN_CASES = 66, GOLDEN_RESULTS = 121 };

static size_t case_demand(const char *name, const json_t *expect, const struct finding *findings)
{
	size_t wrong = 0;
	const char *rule;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)expect, rule, value)
	{
		const struct finding *finding = case_finding(findings, rule);
		const char *result = rule_result_code(finding->result);

		if (strcmp(result, json_string_value(value)) == 0)
			continue;
		wrong++;
		print_error("%s: %s is %s, must be %s (%s)\n", name, rule, result,
			json_string_value(value), finding->sentence);
	}
	return wrong;
}

static void golden_results(void **state)
{
	json_t *golden = golden_read();
	size_t results = 0, wrong = 0;

	(void)state;
	for (size_t i = 0; i < json_array_size(golden); i++) {
		const json_t *one = json_array_get(golden, i);
		const json_t *expect = json_object_get(one, "expect");
		struct finding findings[RULE_COUNT];
		struct rules_input input;
		struct request request;

		request_init(&request);
		case_load(json_object_get(one, "request"), &request);
		input = case_input(&request);
		rules_check(&input, findings);
		wrong += case_demand(
			json_string_value(json_object_get(one, "name")), expect, findings);
		results += json_object_size(expect);
		request_clear(&request);
	}
	assert_int_equal(json_array_size(golden), GOLDEN_CASES);
	assert_int_equal(results, GOLDEN_RESULTS);
	assert_int_equal(wrong, 0);
	json_decref(golden);
}

static void sentence_demand(const char *name, const struct finding *finding)
{
	size_t size = strlen(finding->sentence);

	if (size < 10 || size > 300 || !strchr(".)", finding->sentence[size - 1]) ||
		strstr(finding->sentence, "(null)"))
		fail_msg("%s: %s: no sentence: \"%s\"", name, finding->rule->code,
			finding->sentence);
	if (strlen(finding->rule->source) < 10)
		fail_msg("%s: no source", finding->rule->code);
	if (strstr(finding->sentence, "Zyzzyva"))
		fail_msg("%s: %s repeats what was typed: %s", name, finding->rule->code,
			finding->sentence);
	if (finding->waits && finding->result != RULE_WARN && finding->result != RULE_FAIL)
		fail_msg("%s: %s waits and is %s", name, finding->rule->code,
			rule_result_code(finding->result));
}

/* A word of its own goes into each column in turn: no sentence may show it. */
static void sentences_repeat_nothing(void **state)
{
	json_t *golden = golden_read();
	struct finding findings[RULE_COUNT];

	(void)state;
	for (size_t i = 0; i < json_array_size(golden); i++) {
		const json_t *one = json_array_get(golden, i);
		const char *name = json_string_value(json_object_get(one, "name"));

		for (int field = -1; field < REQUEST_INTAKE_COUNT; field++) {
			struct request request;
			struct rules_input input;

			request_init(&request);
			case_load(json_object_get(one, "request"), &request);
			for (int s = 0; s < FIELD_TRACE_CODE && field < 0; s++)
				record_set(&request.subjects[0].field[s], "Zyzzyva");
			/* The service's code is the desk's, and checked against its table. */
			if (field >= 0 && field != FIELD_SERVICE)
				record_set(&request.field[field], "Zyzzyva");
			input = case_input(&request);
			rules_check(&input, findings);
			for (size_t r = 0; r < RULE_COUNT; r++)
				sentence_demand(name, &findings[r]);
			request_clear(&request);
		}
	}
	json_decref(golden);
}

static void table_is_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < RULE_COUNT; i++) {
		const struct rule *rule = rule_at(i);

		assert_ptr_equal(rule_find(rule->code), rule);
		assert_non_null(rule->check);
		assert_int_equal(
			rule->advice == ADVICE_NONE, strcmp(rule->code, "possible_duplicate") == 0);
		assert_int_equal(
			rule->is_judged, strcmp(rule->code, "purpose_accepted") == 0 ||
						 strcmp(rule->code, "not_speculative") == 0);
	}
	assert_null(rule_find("no_such_rule"));
	assert_null(rule_advice_code(ADVICE_NONE));
	assert_string_equal(rule_advice_code(ADVICE_REJECT), "reject");
	assert_string_equal(rule_result_code(RULE_NOT_APPLICABLE), "not_applicable");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_results),
		cmocka_unit_test(sentences_repeat_nothing),
		cmocka_unit_test(table_is_whole),
	};

	return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
