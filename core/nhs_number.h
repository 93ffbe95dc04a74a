/*
 * The NHS number: ten digits, the last one a check digit, printed 3 3 4. Pure.
 */
#ifndef TRACEDESK_CORE_NHS_NUMBER_H
#define TRACEDESK_CORE_NHS_NUMBER_H

#include <stdbool.h>

enum { NHS_NUMBER_SIZE = 10 + 1, NHS_NUMBER_SHOWN_SIZE = 12 + 1 };

enum nhs_number_verdict {
	NHS_NUMBER_GOOD,
	NHS_NUMBER_TEST,	 /* from the test numbers: starts with 9 */
	NHS_NUMBER_OUT_OF_RANGE, /* sound, but given out by nobody so far */
	NHS_NUMBER_NOT_TEN_DIGITS,
	NHS_NUMBER_REPEATED, /* one digit ten times: passes the check digit, is nobody's */
	NHS_NUMBER_BAD_CHECK,
};

/* The ten digits without the blanks and hyphens between them; false: it is something else. */
bool nhs_number_digits(const char *text, char out_digits[NHS_NUMBER_SIZE]);
enum nhs_number_verdict nhs_number_judge(const char *text);
/* "943 476 5919" of ten digits. */
void nhs_number_shown(const char *digits, char out_shown[NHS_NUMBER_SHOWN_SIZE]);

#endif
