/*
 * NHS numbers: check digit, repeated digits, ranges at their very ends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/nhs_number.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
	const char *text;
	enum nhs_number_verdict verdict;
} cases[] = {
	/* The published example, as golden/checks.json has it; its neighbour is a test number. */
	{ "9434765919", NHS_NUMBER_GOOD },
	{ "943 476 5919", NHS_NUMBER_GOOD },
	{ " 943-476-5919\t", NHS_NUMBER_GOOD },
	{ "9434765927", NHS_NUMBER_TEST },
	{ "9434765918", NHS_NUMBER_BAD_CHECK },
	{ "9990000018", NHS_NUMBER_TEST },
	{ "4010232137", NHS_NUMBER_GOOD },
	{ "4010232138", NHS_NUMBER_BAD_CHECK },
	{ "", NHS_NUMBER_NOT_TEN_DIGITS },
	{ "-", NHS_NUMBER_NOT_TEN_DIGITS },
	{ "401023213", NHS_NUMBER_NOT_TEN_DIGITS },
	{ "40102321370", NHS_NUMBER_NOT_TEN_DIGITS },
	{ "401023213O", NHS_NUMBER_NOT_TEN_DIGITS },
	{ "401.023.2137", NHS_NUMBER_NOT_TEN_DIGITS },
	{ "\xd9\xa4\x30\x31\x30\x32\x33\x32\x31\x33\x37", NHS_NUMBER_NOT_TEN_DIGITS },
};

static void numbers_are_judged(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (nhs_number_judge(cases[i].text) != cases[i].verdict)
			fail_msg("\"%s\" is %d", cases[i].text,
				(int)nhs_number_judge(cases[i].text));
}

static void repeated_digits_are_refused(void **state)
{
	(void)state;
	for (char digit = '0'; digit <= '9'; digit++) {
		char number[NHS_NUMBER_SIZE] = "";

		memset(number, digit, NHS_NUMBER_SIZE - 1);
		assert_int_equal(nhs_number_judge(number), NHS_NUMBER_REPEATED);
	}
}

/* The check digit that belongs to nine digits, reckoned another way: the weighted sum of all ten is
   a multiple of 11. -1: there is none. */
static int check_digit(const char *nine)
{
	for (int digit = 0; digit <= 9; digit++) {
		int sum = digit;

		for (int i = 0; i < 9; i++)
			sum += (nine[i] - '0') * (10 - i);
		if (sum % 11 == 0)
			return digit;
	}
	return -1;
}

/* The sound number with these first nine digits, or the next (step 1) or last (step -1) one. */
static void sound_number(const char *nine, int step, char out_number[NHS_NUMBER_SIZE])
{
	long value = strtol(nine, NULL, 10);

	for (;; value += step) {
		int digit;

		snprintf(out_number, NHS_NUMBER_SIZE, "%09ld", value);
		digit = check_digit(out_number);
		if (digit < 0)
			continue;
		out_number[9] = (char)('0' + digit);
		out_number[10] = '\0';
		return;
	}
}

static const struct {
	const char *nine;
	int step;
	enum nhs_number_verdict verdict;
} range_cases[] = {
	{ "000000001", 1, NHS_NUMBER_OUT_OF_RANGE },
	{ "010100999", -1, NHS_NUMBER_OUT_OF_RANGE },
	{ "010101000", 1, NHS_NUMBER_GOOD }, /* Scotland */
	{ "150150150", 1, NHS_NUMBER_GOOD },
	{ "311299999", -1, NHS_NUMBER_GOOD },
	{ "311300000", 1, NHS_NUMBER_GOOD }, /* England's 3xx */
	{ "319999999", -1, NHS_NUMBER_GOOD },
	{ "320000000", 1, NHS_NUMBER_GOOD }, /* Northern Ireland */
	{ "399999998", -1, NHS_NUMBER_GOOD },
	{ "400000000", 1, NHS_NUMBER_GOOD },
	{ "499999998", -1, NHS_NUMBER_GOOD },
	{ "500000000", 1, NHS_NUMBER_OUT_OF_RANGE },
	{ "599999999", -1, NHS_NUMBER_OUT_OF_RANGE },
	{ "600000000", 1, NHS_NUMBER_GOOD },
	{ "799999999", -1, NHS_NUMBER_GOOD },
	{ "800000000", 1, NHS_NUMBER_OUT_OF_RANGE },
	{ "899999999", -1, NHS_NUMBER_OUT_OF_RANGE },
	{ "900000000", 1, NHS_NUMBER_TEST },
	{ "999999998", -1, NHS_NUMBER_TEST },
};

static void ranges_end_where_they_do(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(range_cases); i++) {
		char number[NHS_NUMBER_SIZE];

		sound_number(range_cases[i].nine, range_cases[i].step, number);
		if (nhs_number_judge(number) != range_cases[i].verdict)
			fail_msg("%s is %d", number, (int)nhs_number_judge(number));
	}
}

/* Every other last digit is wrong, and nine digits without a check digit have no good number. */
static void one_digit_in_ten_is_right(void **state)
{
	long without = 0;

	(void)state;
	for (long nine = 401000000; nine < 401002000; nine++) {
		char number[NHS_NUMBER_SIZE + 9];
		int right;

		snprintf(number, sizeof(number), "%09ld", nine);
		right = check_digit(number);
		without += right < 0;
		for (int digit = 0; digit <= 9; digit++) {
			number[9] = (char)('0' + digit);
			number[10] = '\0';
			assert_int_equal(nhs_number_judge(number),
				digit == right ? NHS_NUMBER_GOOD : NHS_NUMBER_BAD_CHECK);
		}
	}
	assert_true(without > 100);
}

static void numbers_are_printed(void **state)
{
	char digits[NHS_NUMBER_SIZE];
	char shown[NHS_NUMBER_SHOWN_SIZE];

	(void)state;
	assert_true(nhs_number_digits("94347 65-919", digits));
	assert_string_equal(digits, "9434765919");
	nhs_number_shown(digits, shown);
	assert_string_equal(shown, "943 476 5919");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_judged),
		cmocka_unit_test(repeated_digits_are_refused),
		cmocka_unit_test(ranges_end_where_they_do),
		cmocka_unit_test(one_digit_in_ten_is_right),
		cmocka_unit_test(numbers_are_printed),
	};

	return cmocka_run_group_tests_name("nhs_number", tests, NULL, NULL);
}
