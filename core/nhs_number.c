/*
 * The check of an NHS number: modulus 11 over the first nine digits (NHS Data
 * Dictionary, NHS NUMBER), the ten numbers of one repeated digit refused by
 * name, then the ranges given out.
 */
#include "core/nhs_number.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const struct {
	uint64_t first;
	uint64_t last;
} ranges[] = {
	{ 101010000, 3112999999 },  /* Scotland: the CHI number, 010 101 0000 and on */
	{ 3000000000, 3999999999 }, /* England; Northern Ireland has 320 to 399 of it */
	{ 4000000000, 4999999999 }, /* England, Wales, Isle of Man */
	{ 6000000000, 7999999999 }, /* England, Wales, Isle of Man */
	{ 9434765919, 9434765919 }, /* the published example, taken as a good one */
};

bool nhs_number_digits(const char *text, char out_digits[NHS_NUMBER_SIZE])
{
	size_t count = 0;

	for (; *text != '\0'; text++) {
		if (*text == ' ' || *text == '\t' || *text == '-')
			continue;
		if (*text < '0' || *text > '9' || count == NHS_NUMBER_SIZE - 1)
			return false;
		out_digits[count++] = *text;
	}
	out_digits[count] = '\0';
	return count == NHS_NUMBER_SIZE - 1;
}

static bool check_digit_holds(const char *digits)
{
	int sum = 0;
	int check;

	for (int i = 0; i < 9; i++)
		sum += (digits[i] - '0') * (10 - i);
	check = 11 - sum % 11;
	/* 11 stands for 0; 10 is no digit, so such a number is never given out. */
	return check % 11 == digits[9] - '0';
}

static bool is_given_out(const char *digits)
{
	uint64_t number = 0;

	for (const char *digit = digits; *digit != '\0'; digit++)
		number = number * 10 + (uint64_t)(*digit - '0');
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (number >= ranges[i].first && number <= ranges[i].last)
			return true;
	return false;
}

enum nhs_number_verdict nhs_number_judge(const char *text)
{
	char digits[NHS_NUMBER_SIZE];

	if (!nhs_number_digits(text, digits))
		return NHS_NUMBER_NOT_TEN_DIGITS;
	if (strspn(digits, (char[]) { digits[0], '\0' }) == NHS_NUMBER_SIZE - 1)
		return NHS_NUMBER_REPEATED;
	if (!check_digit_holds(digits))
		return NHS_NUMBER_BAD_CHECK;
	if (is_given_out(digits))
		return NHS_NUMBER_GOOD;
	return digits[0] == '9' ? NHS_NUMBER_TEST : NHS_NUMBER_OUT_OF_RANGE;
}

void nhs_number_shown(const char *digits, char out_shown[NHS_NUMBER_SHOWN_SIZE])
{
	snprintf(
		out_shown, NHS_NUMBER_SHOWN_SIZE, "%.3s %.3s %.4s", digits, digits + 3, digits + 6);
}
