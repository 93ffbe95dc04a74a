/*
 * The table of columns against interface.md section 5, and each kind of value.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/codes.h"
#include "core/columns.h"

static const char intake_names[] =
	"requester_reference received channel service organisation organisation_kind "
	"requester_name requester_rank requester_number requester_email requester_telephone "
	"requester_address requester_station requester_signed identity_checked "
	"countersigner_name countersigner_rank countersigner_number "
	"countersigner_organisation countersigned legal_basis purpose necessity offence "
	"subject_role court court_case court_order_kind court_order_date sealed_copy_seen "
	"warrant_reference panel_decision recipient return_route needed_by safeguarding items "
	"note subject_surname subject_forenames subject_aliases subject_dob "
	"subject_dob_approx subject_sex subject_address subject_postcode nhs_number outcome "
	"decided decided_by reviewed_by reasons released trace_code";

static void test_names(void **state)
{
	const char *at = intake_names;

	(void)state;
	for (size_t i = 0; i < column_count(); i++) {
		size_t size = strlen(column_at(i)->name);

		assert_memory_equal(at, column_at(i)->name, size);
		assert_ptr_equal(column_find(column_at(i)->name), column_at(i));
		at += size + (at[size] == ' ');
	}
	assert_string_equal(at, "");
	assert_null(column_at(column_count()));
	assert_null(column_find("reference"));
	assert_null(column_find(""));
	assert_non_null(file_column_find("reference"));
	assert_non_null(file_column_find("same_form"));
	assert_null(submission_column_find("service"));
	assert_string_equal(submission_column_at(SUBMISSION_FIELD_NOTE)->name, "note");
}

/* Every code column has its set, and every code its label. */
static void test_code_sets(void **state)
{
	size_t count = 0;

	(void)state;
	for (size_t i = 0; i < column_count(); i++) {
		const struct code_set *set = code_set_find(column_at(i)->codes);

		assert_true(!set == !*column_at(i)->codes);
		for (size_t c = 0; set && c < set->count; c++, count++) {
			assert_true(strlen(set->codes[c].code) < CODE_SIZE + 1);
			assert_true(*code_label(set, set->codes[c].code));
		}
	}
	assert_true(count > 100);
	assert_int_equal(code_set_find("reason")->count, 24);
	assert_int_equal(code_set_find("service")->count, 10);
	assert_string_equal(code_label(code_set_find("service"), "jersey_cytology"),
		"Jersey Cytology Screening");
	assert_null(code_label(code_set_find("reason"), "possible_duplicate"));
	assert_null(code_set_find("nothing"));
	assert_null(code_set_find(""));
}

static const struct column *any_column(const char *name)
{
	const struct column *column = column_find(name);

	if (!column)
		column = file_column_find(name);
	return column ? column : submission_column_find(name);
}

/* wanted NULL: refused. */
static void assert_accepts(const char *name, const char *text, bool dates_dmy, const char *wanted)
{
	char why[1024] = "";
	char *value = column_accept(any_column(name), text, dates_dmy, why, sizeof(why));

	if (!value != !wanted)
		print_message("# %s: %s: %s\n", name, text, why);
	assert_true(!value == !wanted);
	if (wanted) {
		assert_string_equal(value, wanted);
		assert_string_equal(why, "");
	} else {
		assert_true(*why && !strchr(why, '\n'));
	}
	mem_free(value);
}

struct acceptance {
	const char *name, *text, *wanted;
};

static void assert_all(const struct acceptance *cases, size_t count, bool dates_dmy)
{
	for (size_t i = 0; i < count; i++)
		assert_accepts(cases[i].name, cases[i].text, dates_dmy, cases[i].wanted);
}
#define ASSERT_ALL(cases, dates_dmy) \
	assert_all(cases, sizeof(cases) / sizeof((cases)[0]), dates_dmy)

static void test_empty_and_dash(void **state)
{
	static const struct acceptance cases[] = {
		{ "received", "", "" },
		{ "received", "-", NULL },
		{ "service", "-", NULL },
		{ "reference", "-", NULL },
		{ "same_form", "-", NULL },
		{ "outcome", "-", NULL },
		{ "decided_by", "-", NULL },
		{ "trace_code", "-", NULL },
		{ "transactions", "-", NULL },
		{ "status", "-", NULL },
		{ "necessity", "-", "-" },
		{ "necessity", " - ", "-" },
		{ "necessity", " \t\n", "" },
		{ "requester_signed", "-", "-" },
		{ "items", "-", "-" },
		{ "safeguarding", "-", "-" },
		{ "nhs_number", "-", "-" },
		{ "subject_postcode", "-", "-" },
		{ "subject_dob_approx", "-", "-" },
		{ "contact_email", "-", "-" },
	};

	(void)state;
	ASSERT_ALL(cases, false);
	for (size_t i = 0; i < column_count(); i++)
		assert_accepts(column_at(i)->name, "", false, "");
}

static void test_days(void **state)
{
	static const struct acceptance iso[] = {
		{ "received", "2020-12-14", "2020-12-14" },
		{ "received", " 2020-12-14 ", "2020-12-14" },
		{ "received", "14/12/2020", NULL },
		{ "received", "2020-02-30", NULL },
		{ "received", "t", NULL },
		{ "subject_dob", "1980-02-29", "1980-02-29" },
		{ "subject_dob_approx", "1980", "1980" },
		{ "subject_dob_approx", "1980-07", "1980-07" },
		{ "subject_dob_approx", "1980-13", NULL },
		{ "subject_dob_approx", "about", NULL },
		{ "subject_dob_approx", "1980-07-01", NULL },
		{ "subject_dob_approx", "80", NULL },
	};
	static const struct acceptance dmy[] = {
		{ "received", "14/12/2020", "2020-12-14" },
		{ "received", "3/1/2020", "2020-01-03" },
		{ "received", "2020-12-14", "2020-12-14" },
		{ "received", "12/14/2020", NULL },
		{ "received", "14/12/20", NULL },
		{ "received", "14-12-2020", NULL },
		{ "received", "y", NULL },
	};

	(void)state;
	ASSERT_ALL(iso, false);
	ASSERT_ALL(dmy, true);
}

static void test_codes_and_lists(void **state)
{
	static const struct acceptance cases[] = {
		{ "service", "police", "police" },
		{ "service", " police ", "police" },
		{ "service", "Police", NULL },
		{ "service", "police,nca", NULL },
		{ "trace_code", "00", "00" },
		{ "trace_code", "0", NULL },
		{ "outcome", "held", NULL },
		{ "sealed_copy_seen", "yes", "yes" },
		{ "sealed_copy_seen", "true", NULL },
		{ "items", "name; address ;;name", "name;address" },
		{ "items", "name;medical history", "name;medical history" },
		{ "items", "name\x1B", NULL },
		{ "reasons", "countersigner_present; other", "countersigner_present;other" },
		{ "reasons", "possible_duplicate", NULL },
		{ "reasons", "guardian_withheld;because", NULL },
		{ "released", "name;medical history", NULL },
		{ "status", "processed", "processed" },
		{ "reason", "no_authority", "no_authority" },
		{ "reason", "other", NULL },
	};

	(void)state;
	ASSERT_ALL(cases, false);
}

static void test_numbers(void **state)
{
	static const struct acceptance cases[] = {
		{ "nhs_number", "943 476 5919", "9434765919" },
		{ "nhs_number", "943-476-5918",
			"9434765918" }, /* its digits are a check's business */
		{ "nhs_number", "94347659l9", NULL },
		{ "nhs_number", "９43", NULL },
		{ "transactions", "0", "0" },
		{ "transactions", "1000000000000", "1000000000000" },
		{ "transactions", "1000000000001", NULL },
		{ "transactions", "99999999999999999999999", NULL },
		{ "transactions", "-1", NULL },
		{ "transactions", "+1", NULL },
		{ "transactions", "1,000", NULL },
		{ "transactions", "1.0", NULL },
		{ "reference", "TR-2020-000001", "TR-2020-000001" },
		{ "reference", "A/b.c_9", "A/b.c_9" },
		{ "reference", "a b", NULL },
		{ "reference", "Zoë", NULL },
		{ "reference", "1234567890123456789012345678901234567890",
			"1234567890123456789012345678901234567890" },
		{ "reference", "12345678901234567890123456789012345678901", NULL },
	};

	(void)state;
	ASSERT_ALL(cases, false);
	assert_int_equal(column_count_value("854853"), 854853);
	assert_int_equal(column_count_value(""), 0);
}

static void test_postcodes(void **state)
{
	static const struct acceptance cases[] = {
		{ "subject_postcode", "me14 1xx", "ME14 1XX" },
		{ "subject_postcode", "ME141XX", "ME14 1XX" },
		{ "subject_postcode", " m1  1ae ", "M1 1AE" },
		{ "subject_postcode", "ec1a1bb", "EC1A 1BB" },
		{ "subject_postcode", "w1a 0ax", "W1A 0AX" },
		{ "subject_postcode", "gir0aa", "GIR 0AA" },
		{ "subject_postcode", "me14", "me14" }, /* not a whole one: as written */
		{ "subject_postcode", "12345", "12345" },
		{ "subject_postcode", "D02 X285", "D02 X285" },
		{ "subject_postcode", "é", "é" },
		{ "subject_postcode", "a", "a" },
		{ "subject_postcode", "not known at all", NULL },
	};

	(void)state;
	ASSERT_ALL(cases, false);
}

static void test_texts(void **state)
{
	char text[4 * 200 + 2] = "";
	static const struct acceptance cases[] = {
		{ "requester_name", " O’Testa ", " O’Testa " },
		{ "necessity", "a\r\nb\rc\n\td", "a\nb\nc\n\td" },
		{ "necessity", "a\x07", NULL },
		{ "necessity", "a\x7F", NULL },
		{ "necessity",
			"a\xC2\x9B"
			"m",
			NULL },
		{ "necessity", "a\xFF", NULL },
		{ "subject_surname",
			"\xE2\x80\xAB"
			"דוד",
			"\xE2\x80\xAB"
			"דוד" },
	};

	(void)state;
	ASSERT_ALL(cases, false);
	for (int i = 0; i < 200; i++)
		memcpy(text + 4 * i, "\xF0\x9F\x98\x80", 4); /* 200 characters of four bytes */
	assert_accepts("requester_name", text, false, text);
	text[800] = 'x';
	assert_accepts("requester_name", text, false, NULL);
}

/* A sentence goes to terminals and logs: it must not carry the value. */
static void test_why_keeps_the_value(void **state)
{
	static const char *const names[] = { "received", "service", "sealed_copy_seen",
		"subject_dob_approx", "nhs_number", "transactions", "reasons" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char why[1024];

		assert_null(column_accept(any_column(names[i]), "canary", false, why, sizeof(why)));
		assert_null(strstr(why, "canary"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_code_sets),
		cmocka_unit_test(test_empty_and_dash),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_codes_and_lists),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_postcodes),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_why_keeps_the_value),
	};

	return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
