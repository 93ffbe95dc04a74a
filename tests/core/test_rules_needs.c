/*
 * The fields that the checks of a service wait for: all of an empty form, what
 * is left of a half-filled one, none of a full one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/buffer.h"
#include "core/columns.h"
#include "tests/core/rules_case.h"

static void names_add(struct buffer *names, enum column_place place, int field)
{
	for (size_t i = 0; i < column_count(); i++)
		if (column_at(i)->place == place && column_at(i)->field == field)
			buffer_print(names, "%s%s", names->size > 0 ? " " : "", column_at(i)->name);
}

/* "requester_name 1.subject_surname" ... as the columns are called, of the first subject. */
static void needs_are(const struct request *request, const char *expected)
{
	struct rules_input input = case_input(request);
	struct finding findings[RULE_COUNT];
	struct rules_needs needs;
	struct buffer names;

	rules_check(&input, findings);
	rules_needs(&input, &needs);
	buffer_init(&names);
	for (int i = 0; i < REQUEST_FIELD_COUNT; i++)
		if (needs.field[i])
			names_add(&names, COLUMN_REQUEST, i);
	for (int i = 0; i < SUBJECT_FIELD_COUNT; i++)
		if (needs.subjects[0].field[i])
			names_add(&names, COLUMN_SUBJECT, i);
	assert_string_equal(buffer_text(&names), expected);
	for (size_t i = 0; i < RULE_COUNT; i++)
		assert_true(!needs.tells[i] || findings[i].waits);
	assert_int_equal(needs.subject_count, request->subject_count ? request->subject_count : 1);
	rules_needs_clear(&needs);
	buffer_done(&names);
}

static void of_changes(const char *changes, const char *expected)
{
	struct request request;

	request_init(&request);
	case_change(&request, changes);
	needs_are(&request, expected);
	request_clear(&request);
}

static void an_empty_form_needs_what_its_service_checks(void **state)
{
	(void)state;
	of_changes("service=police|received=2021-01-04",
		"organisation organisation_kind requester_name requester_rank requester_number "
		"requester_email requester_signed identity_checked countersigner_name "
		"countersigner_rank countersigner_number countersigned legal_basis purpose "
		"necessity items subject_surname subject_dob");
	of_changes("service=nca|received=2021-01-04",
		"organisation organisation_kind requester_name requester_rank requester_number "
		"requester_email requester_signed identity_checked countersigner_name "
		"countersigner_rank countersigner_number countersigned legal_basis purpose "
		"necessity warrant_reference items subject_surname subject_dob");
	of_changes("service=court_order|received=2021-01-04",
		"identity_checked legal_basis purpose court court_case court_order_kind "
		"court_order_date sealed_copy_seen recipient items subject_surname subject_dob");
	of_changes("service=ccrc|received=2021-01-04",
		"identity_checked legal_basis purpose items subject_surname subject_dob");
}

static void what_is_given_is_needed_no_more(void **state)
{
	(void)state;
	of_changes("service=ccrc|received=2021-01-04|purpose=case_review|items=name",
		"identity_checked legal_basis subject_surname subject_dob");
	of_changes("service=ccrc|received=2021-01-04|purpose=-|items=name|identity_checked=no",
		"legal_basis subject_surname subject_dob");
	of_changes("service=ccrc|received=2021-01-04|1.nhs_number=9990000018",
		"identity_checked legal_basis purpose items");
	of_changes("service=ccrc|received=2021-01-04|1.subject_dob_approx=1980",
		"identity_checked legal_basis purpose items subject_surname");
	of_changes("service=ccrc|received=2021-01-04|1.subject_surname=Elm|2.nhs_number=9990000018",
		"identity_checked legal_basis purpose items subject_dob");
}

/* A waiting check of the golden cases is told in fields, or waits for what is no field left empty.
 */
static void the_golden_cases_need_what_they_wait_for(void **state)
{
	json_t *golden = golden_read();
	const json_t *one;
	size_t index, told = 0, silent = 0;

	(void)state;
	json_array_foreach(golden, index, one)
	{
		struct finding findings[RULE_COUNT];
		struct rules_needs needs;
		struct rules_input input;
		struct request request;

		request_init(&request);
		case_load(json_object_get(one, "request"), &request);
		input = case_input(&request);
		rules_check(&input, findings);
		rules_needs(&input, &needs);
		for (size_t i = 0; i < RULE_COUNT; i++) {
			bool is_empty = strstr(findings[i].sentence, "Not entered yet") != NULL;

			if (!findings[i].waits)
				continue;
			if (needs.tells[i] != is_empty)
				fail_msg("%s: %s: %s",
					json_string_value(json_object_get(one, "name")),
					findings[i].rule->code, findings[i].sentence);
			told += is_empty;
			silent += !is_empty;
		}
		rules_needs_clear(&needs);
		request_clear(&request);
	}
	print_message("# %zu checks wait for fields, %zu for something else\n", told, silent);
	assert_true(told > 0 && silent > 0);
	json_decref(golden);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_form_needs_what_its_service_checks),
		cmocka_unit_test(what_is_given_is_needed_no_more),
		cmocka_unit_test(the_golden_cases_need_what_they_wait_for),
	};

	return cmocka_run_group_tests_name("rules_needs", tests, NULL, NULL);
}
