/*
 * Words and days as the filters write them.
 */
#include "core/words.h"

#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"

#define FIRST_DAY "0001-01-01"
#define LAST_DAY  "9999-12-31"
#define BLANKS	  " \t\r\n"

/* The word that text begins with: up to a blank outside quotes. */
static size_t word_size(const char *text)
{
	bool is_quoted = false;
	size_t size = 0;

	for (; text[size] != '\0' && (is_quoted || !strchr(BLANKS, text[size])); size++)
		is_quoted ^= text[size] == '"';
	return size;
}

char *words_next(const char **text)
{
	const char *start = *text + strspn(*text, BLANKS);
	size_t size = word_size(start);

	*text = start + size;
	return size > 0 ? mem_text_sized(start, size) : NULL;
}

char *words_plain(const char *word)
{
	char *text = mem_text(word), *to = text;

	for (const char *from = text; *from != '\0'; from++)
		if (*from != '"')
			*to++ = *from;
	*to = '\0';
	return text;
}

bool words_closed(const char *word)
{
	bool is_open = false;

	for (; *word != '\0'; word++)
		is_open ^= *word == '"';
	return !is_open;
}

void words_keep(char **text, const char *word)
{
	struct buffer all;

	buffer_init(&all);
	buffer_print(&all, "%s%s", *text, **text != '\0' ? " " : "");
	if (strpbrk(word, BLANKS) && !strchr(word, '"'))
		buffer_print(&all, "\"%s\"", word);
	else
		buffer_add(&all, word);
	mem_free(*text);
	*text = buffer_take(&all);
}

/* The first and last day of a year, a month or a day. */
static bool days_of(const char *text, char first[DAY_SIZE], char last[DAY_SIZE])
{
	char day[DAY_SIZE];

	if (strlen(text) == 4) {
		(void)snprintf(day, sizeof(day), "%.4s-01-01", text);
		(void)snprintf(first, DAY_SIZE, "%s", day);
		(void)snprintf(last, DAY_SIZE, "%.4s-12-31", text);
		return day_is_valid(day);
	}
	if (month_is_valid(text)) {
		(void)snprintf(first, DAY_SIZE, "%.7s-01", text);
		for (int day_of = 28; day_of <= 31; day_of++) {
			(void)snprintf(day, sizeof(day), "%.7s-%d", text, day_of);
			if (day_is_valid(day))
				memcpy(last, day, DAY_SIZE);
		}
		return true;
	}
	(void)snprintf(first, DAY_SIZE, "%.10s", text);
	(void)snprintf(last, DAY_SIZE, "%.10s", text);
	return day_is_valid(text);
}

/* One end of a range; an empty one is open. */
static bool range_end(const char *text, bool is_last, char out_day[DAY_SIZE])
{
	char first[DAY_SIZE], last[DAY_SIZE];

	if (*text == '\0') {
		(void)snprintf(out_day, DAY_SIZE, "%s", is_last ? LAST_DAY : FIRST_DAY);
		return true;
	}
	if (!days_of(text, first, last))
		return false;
	memcpy(out_day, is_last ? last : first, DAY_SIZE);
	return true;
}

bool words_range(const char *value, struct day_range *out_range)
{
	const char *dots = strstr(value, "..");
	size_t size = dots ? (size_t)(dots - value) : strlen(value);
	const char *last = dots ? dots + 2 : value;
	char *first = mem_text_sized(value, size);
	bool is_good = (*first != '\0' || *last != '\0') &&
		       range_end(first, false, out_range->from) &&
		       range_end(last, true, out_range->to);

	mem_free(first);
	return is_good;
}
