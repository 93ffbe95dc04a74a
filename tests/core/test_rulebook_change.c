/*
 * What may stand in the rulebook: the shipped one may, and mistakes may not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/rulebook_change.h"

static void test_shipped_rows_are_good(void **state)
{
	const struct rulebook *shipped = rulebook_shipped();
	char why[512];

	(void)state;
	for (size_t i = 0; i < shipped->row_count; i++) {
		const struct rulebook_row *row = &shipped->rows[i];
		const struct rulebook_change change = { .kind = (int)row->kind,
			.scope = row->scope,
			.value = row->value,
			.from = "2021-01-04" };

		if (!rulebook_change_check(&change, why, sizeof(why)))
			fail_msg("%s %s: %s", row->scope, row->value, why);
		assert_non_null(rulebook_kind_rule((int)row->kind, row->scope));
	}
}

static void test_kinds(void **state)
{
	(void)state;
	assert_true(rulebook_kind_is_single(RULEBOOK_MINIMUM_TIER));
	assert_true(rulebook_kind_is_single(RULEBOOK_NECESSITY_LEAST));
	assert_true(rulebook_kind_is_single(RULEBOOK_SIGNATURE_DAYS));
	assert_false(rulebook_kind_is_single(RULEBOOK_SECURE_DOMAIN));
	assert_false(rulebook_kind_is_single(RULEBOOK_REQUIRED));
	assert_ptr_equal(rulebook_kind_rule(RULEBOOK_REQUIRED, "signed_and_dated"),
		rule_find("signed_and_dated"));
	assert_ptr_equal(rulebook_kind_rule(RULEBOOK_ITEM, ""), rule_find("items_administrative"));
	assert_null(rulebook_kind_rule(99, ""));
}

static const struct {
	int kind;
	const char *scope;
	const char *value;
	const char *from;
	const char *said;
} mistakes[] = {
	{ 0, "", "x", "2021-01-04", "unknown kind of setting; choose one of minimum_tier, " },
	{ RULEBOOK_MINIMUM_TIER, "polise", "inspector", "2021-01-04", "\"polise\" is no service" },
	{ RULEBOOK_MINIMUM_TIER, "police", "captain", "2021-01-04", "\"captain\" is no tier" },
	{ RULEBOOK_MINIMUM_TIER, "police", "inspector", "2021-02-29", "no day; write YYYY-MM-DD" },
	{ RULEBOOK_SECURE_DOMAIN, "", "Police.uk", "2021-01-04", "in small letters" },
	{ RULEBOOK_SECURE_DOMAIN, "", "uk", "2021-01-04", "no mail domain" },
	{ RULEBOOK_SECURE_DOMAIN, "", "police..uk", "2021-01-04", "no mail domain" },
	{ RULEBOOK_SECURE_DOMAIN, "", "-a.police.uk", "2021-01-04", "no mail domain" },
	{ RULEBOOK_SECURE_DOMAIN, "", "police.uk.", "2021-01-04", "no mail domain" },
	{ RULEBOOK_SECURE_DOMAIN, "", "a@police.uk", "2021-01-04", "no mail domain" },
	{ RULEBOOK_SECURE_DOMAIN, "", "", "2021-01-04", "no mail domain" },
	{ RULEBOOK_LEGAL_BASIS, "nca", "whim", "2021-01-04", "\"whim\" is no legal_basis" },
	{ RULEBOOK_PURPOSE, "nca", "whim", "2021-01-04", "\"whim\" is no purpose" },
	{ RULEBOOK_ITEM, "", "diagnosis", "2021-01-04", "\"diagnosis\" is no item" },
	{ RULEBOOK_REQUIRED, "signed_and_dated", "note", "2021-01-04", "\"note\" is no column" },
	{ RULEBOOK_REQUIRED, "service_open", "court", "2021-01-04",
		"no rule that asks for columns" },
	{ RULEBOOK_REQUIRED, "", "court", "2021-01-04", "no rule that asks for columns" },
	{ RULEBOOK_RECIPIENT, "police", "court", "2021-01-04",
		"\"police\" is no court_order_kind" },
	{ RULEBOOK_RECIPIENT, "other", "press", "2021-01-04", "\"press\" is no recipient" },
	{ RULEBOOK_NECESSITY_LEAST, "", "many", "2021-01-04", "no number from 0 to 4000" },
	{ RULEBOOK_NECESSITY_LEAST, "", "4001", "2021-01-04", "no number from 0 to 4000" },
	{ RULEBOOK_SIGNATURE_DAYS, "", "0", "2021-01-04", "no number from 1 to 3650" },
	{ RULEBOOK_SIGNATURE_DAYS, "", "-1", "2021-01-04", "no number from 1 to 3650" },
};

static void test_mistakes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		const struct rulebook_change change = { .kind = mistakes[i].kind,
			.scope = mistakes[i].scope,
			.value = mistakes[i].value,
			.from = mistakes[i].from };
		char why[512] = "";

		assert_false(rulebook_change_check(&change, why, sizeof(why)));
		if (!strstr(why, mistakes[i].said))
			fail_msg("%zu: %s", i, why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shipped_rows_are_good),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_mistakes),
	};

	return cmocka_run_group_tests_name("rulebook_change", tests, NULL, NULL);
}
