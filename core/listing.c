/*
 * The subject, what is urgent and what is due in a list of receipts.
 */
#include "core/listing.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "core/calendar.h"

enum { DAYS_BEFORE_NEEDED = 3 };

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

bool listing_is_urgent(const struct request_row *row, const char *today)
{
	if (row->decided[0] != '\0')
		return false;
	return row->safeguarding ||
	       (day_is_valid(row->needed_by) &&
		       day_number(row->needed_by) - day_number(today) <= DAYS_BEFORE_NEEDED);
}

void listing_due(const struct age *age, struct buffer *out)
{
	char shown[64];

	if (age->due[0] == '\0')
		return;
	day_shown(age->due, shown);
	buffer_print(out, "%s%s", shown,
		age->is_overdue	    ? " overdue"
		: age->is_due_today ? " today"
				    : "");
}
