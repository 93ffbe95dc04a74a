/*
 * Words for people, kept by the vault for whoever asks.
 */
#include "db/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum db_status report_fail(struct report *report, enum db_status status, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(report->message, sizeof report->message, format, arguments);
	va_end(arguments);
	return status;
}

void report_warn(struct report *report, const char *format, ...)
{
	size_t used = strlen(report->warning);
	char words[sizeof report->warning];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(words, sizeof words, format, arguments);
	va_end(arguments);
	if (!strstr(report->warning, words))
		snprintf(report->warning + used, sizeof report->warning - used, "%s%s",
			used ? "\n" : "", words);
}
