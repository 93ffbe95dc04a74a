/*
 * The subject and the age in a list of receipts.
 */
#include "core/listing.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "core/calendar.h"

/* Appends at most so many characters in upper case; bytes that are none as they are. */
static void upper(const char *text, size_t most, struct buffer *out)
{
	mbstate_t state = { 0 };
	char bytes[MB_LEN_MAX];

	for (size_t i = 0; i < most && *text != '\0'; i++) {
		wchar_t wide;
		size_t size = mbrtowc(&wide, text, strlen(text), &state);
		size_t made;

		if (size == (size_t)-1 || size == (size_t)-2)
			break;
		text += size;
		made = wcrtomb(bytes, (wchar_t)towupper((wint_t)wide), &state);
		if (made != (size_t)-1)
			buffer_add_bytes(out, bytes, made);
	}
}

void listing_subject(const struct request_row *row, struct buffer *out)
{
	if (row->masked) {
		buffer_add(out, LISTING_MASK);
		return;
	}
	upper(row->surname, SIZE_MAX, out);
	if (row->forenames[0] != '\0') {
		buffer_add(out, row->surname[0] != '\0' ? ", " : "");
		upper(row->forenames, 1, out);
	}
	if (row->subjects > 1)
		buffer_print(out, " +%d", row->subjects - 1);
}

int32_t listing_age(const struct request_row *row, const char *today)
{
	int32_t from, to, days = 0;

	if (row->decided[0] != '\0' || !day_is_valid(row->received))
		return -1;
	from = day_number(row->received);
	to = day_number(today);
	/* 1970-01-01 was a Thursday: 2 and 3 days after one are Saturday and Sunday. Whole weeks
	   first, then the days that are left. */
	if (to > from + 7) {
		days = (to - from) / 7 * 5;
		from += (to - from) / 7 * 7;
	}
	for (int32_t day = from + 1; day <= to; day++)
		days += ((day % 7) + 7) % 7 != 2 && ((day % 7) + 7) % 7 != 3;
	return days;
}
