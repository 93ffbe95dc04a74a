/*
 * Which new passwords are taken.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/passwords.h"
#include "core/passwords_common.h"

static enum password_verdict judge(const char *name, const char *password)
{
	return password_judge(name, (const uint8_t *)password, strlen(password));
}

static void test_length_is_in_characters(void **state)
{
	char text[4 * PASSWORD_MOST + 5];
	size_t size = 0;

	(void)state;
	assert_int_equal(judge("nora", ""), PASSWORD_SHORT);
	assert_int_equal(judge("nora", "elevenchars"), PASSWORD_SHORT);
	assert_int_equal(judge("nora", "twelve chars"), PASSWORD_GOOD);
	assert_int_equal(judge("nora", "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"), PASSWORD_SHORT);
	for (; size < sizeof(text) - 5; size += 4)
		memcpy(text + size, "\U0001f427", 4);
	assert_int_equal(password_judge("nora", (uint8_t *)text, size), PASSWORD_GOOD);
	text[size++] = 'x';
	assert_int_equal(password_judge("nora", (uint8_t *)text, size), PASSWORD_LONG);
}

static void test_any_characters(void **state)
{
	(void)state;
	assert_int_equal(judge("nora", "            "), PASSWORD_GOOD);
	assert_int_equal(judge("nora", "tab\tand\x01control"), PASSWORD_GOOD);
	assert_int_equal(judge("nora", "not utf-8 at all \xff"), PASSWORD_NOT_UTF8);
}

static void test_common_and_name(void **state)
{
	(void)state;
	assert_int_equal(judge("nora", "passwordpassword"), PASSWORD_COMMON);
	assert_int_equal(judge("nora", "PassWordPassWord"), PASSWORD_COMMON);
	assert_int_equal(judge("nora", "123456789012"), PASSWORD_COMMON);
	assert_int_equal(judge("nora", "1qaz2wsx3edc"), PASSWORD_COMMON);
	assert_int_equal(judge("nora", "passwordpasswordx"), PASSWORD_GOOD);
	assert_int_equal(judge("evelyn.at.desk", "Evelyn.At.Desk"), PASSWORD_NAME);
	assert_int_equal(judge("evelyn.at.desk", "evelyn.at.desk1"), PASSWORD_GOOD);
}

/* An entry that is too short, or in capitals, would never be met. */
static void test_the_list(void **state)
{
	(void)state;
	assert_true(passwords_common_count > 300);
	for (size_t i = 0; i < passwords_common_count; i++) {
		const char *entry = passwords_common[i];

		assert_true(strlen(entry) >= PASSWORD_LEAST);
		assert_int_equal(strcspn(entry, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), strlen(entry));
		if (i > 0)
			assert_true(strcmp(passwords_common[i - 1], entry) < 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_length_is_in_characters),
		cmocka_unit_test(test_any_characters),
		cmocka_unit_test(test_common_and_name),
		cmocka_unit_test(test_the_list),
	};

	return cmocka_run_group_tests_name("passwords", tests, NULL, NULL);
}
