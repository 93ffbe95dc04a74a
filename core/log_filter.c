/*
 * The words of the log's filter: one table, each word with what reads its value.
 */
#include "core/log_filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/text.h"
#include "core/words.h"

enum { DAY_SECONDS = 24 * 3600, HOUR_SECONDS = 3600, WHY_SIZE = LOG_FILTER_WHY_SIZE - 256 };

struct log_reading {
	struct log_filter *filter;
	const char *value;
	int field; /* enum log_word */
	bool is_not;
	char why[WHY_SIZE];
};

typedef bool log_take(struct log_reading *reading);

static log_take take_name, take_kinds, take_subject, take_days;

static const struct log_word_row {
	const char *name;
	const char *example;
	log_take *take;
	int field;
} words[] = {
	{ "person", "person:NAME", take_name, LOG_PERSON },
	{ "kind", "kind:request_opened", take_kinds, LOG_KIND },
	{ "day", "day:2020-11-30", take_days, 0 },
	{ "ref", "ref:TR-2020-000123", take_name, LOG_REFERENCE },
	{ "subject", "subject:\"surname\"", take_subject, LOG_SUBJECT },
};
enum { WORD_COUNT = sizeof(words) / sizeof(words[0]) };

static bool put(struct log_reading *reading, char *text)
{
	struct event_filter *rows = &reading->filter->rows;
	char **place = reading->is_not ? &rows->is_not[reading->field] : &rows->is[reading->field];

	mem_free(*place);
	*place = text;
	return true;
}

static bool take_name(struct log_reading *reading)
{
	return put(reading, mem_text(reading->value));
}

static bool take_subject(struct log_reading *reading)
{
	reading->filter->is_personal = true;
	return take_name(reading);
}

/* Codes parted by commas. */
static bool take_kinds(struct log_reading *reading)
{
	const char *rest = reading->value;
	struct buffer list;
	int kind;

	buffer_init(&list);
	buffer_add(&list, ";");
	do {
		size_t size = strcspn(rest, ",");
		char *code = mem_text_sized(rest, size);

		kind = event_kind_from(code);
		buffer_print(&list, "%d;", kind);
		if (kind == 0)
			(void)snprintf(reading->why, WHY_SIZE,
				"\"%.*s\" is no kind of event; `tracedesk audit log --format csv` "
				"shows the kinds there are, tracedesk-store(7) all",
				text_start(code, 60), code);
		mem_free(code);
		rest += size + (rest[size] == ',');
	} while (kind != 0 && (*rest != '\0' || rest[-1] == ','));
	if (kind != 0)
		return put(reading, buffer_take(&list));
	buffer_done(&list);
	return false;
}

/* When a day of Europe/London begins: at midnight UTC, or in summer an hour before. */
static int64_t day_begins(int32_t number)
{
	int64_t moment = (int64_t)number * DAY_SECONDS;
	char day[DAY_SIZE], before[DAY_SIZE];

	day_from_number(number, day);
	day_of_moment(moment - HOUR_SECONDS, before);
	return strcmp(before, day) == 0 ? moment - HOUR_SECONDS : moment;
}

/* An open end of a range is a day that is none. */
static bool take_days(struct log_reading *reading)
{
	struct event_filter *rows = &reading->filter->rows;
	struct moment_range *range = reading->is_not ? &rows->not_time : &rows->time;
	struct day_range days;

	if (!words_range(reading->value, &days)) {
		(void)snprintf(reading->why, WHY_SIZE,
			"that is no year, month, day or run of them; write day:2020, day:2020-11, "
			"day:2020-11-30 or day:A..B");
		return false;
	}
	if (strcmp(days.from, days.to) > 0) {
		(void)snprintf(reading->why, WHY_SIZE,
			"it ends before it begins; write the earlier one first");
		return false;
	}
	range->from = day_is_valid(days.from) ? day_begins(day_number(days.from)) : 0;
	range->to = day_is_valid(days.to) ? day_begins(day_number(days.to) + 1) : INT64_MAX;
	return true;
}

static bool refuse_word(struct log_reading *reading, const char *text)
{
	(void)snprintf(reading->why, WHY_SIZE, "%s; the words are person: kind: day: ref: subject:",
		strchr(text, ':') ? "there is no such word" : "bare words are not searched for");
	return false;
}

static bool take_word(struct log_reading *reading, const char *text)
{
	size_t size = strcspn(text, ":");
	size_t i = 0;

	while (i < WORD_COUNT &&
		(strlen(words[i].name) != size || strncmp(words[i].name, text, size) != 0))
		i++;
	if (i == WORD_COUNT)
		return refuse_word(reading, text);
	reading->field = words[i].field;
	reading->value = text[size] == ':' ? text + size + 1 : "";
	if (*reading->value == '\0') {
		(void)snprintf(
			reading->why, WHY_SIZE, "its value is missing; write %s", words[i].example);
		return false;
	}
	if ((reading->filter->given[reading->is_not] & 1U << i) != 0) {
		(void)snprintf(reading->why, WHY_SIZE, "\"%s%s\" is given twice; write it once",
			reading->is_not ? "not:" : "", words[i].name);
		return false;
	}
	reading->filter->given[reading->is_not] |= 1U << i;
	return words[i].take(reading);
}

void log_filter_init(struct log_filter *filter)
{
	*filter = (struct log_filter) { 0 };
	filter->text = mem_text("");
}

void log_filter_clear(struct log_filter *filter)
{
	for (size_t i = 0; i < LOG_WORDS; i++) {
		mem_free(filter->rows.is[i]);
		mem_free(filter->rows.is_not[i]);
	}
	mem_free(filter->text);
	*filter = (struct log_filter) { 0 };
}

/* No sentence repeats whom somebody looked for. */
static void point_at(const struct log_reading *reading, const char *word, const char *text,
	char out_why[LOG_FILTER_WHY_SIZE])
{
	bool is_said = strncmp(text, "subject", 7) != 0 && strchr(text, ':');

	(void)snprintf(out_why, LOG_FILTER_WHY_SIZE, "word %zu%s%.*s%s: %s", reading->filter->words,
		is_said ? ", \"" : "", is_said ? text_start(word, 200) : 0, word,
		is_said ? "\"" : "", reading->why);
}

bool log_filter_add(struct log_filter *filter, const char *word, char out_why[LOG_FILTER_WHY_SIZE])
{
	struct log_reading reading = { .filter = filter };
	char *plain = words_plain(word);
	const char *text = plain;
	bool is_taken = false;

	filter->words++;
	while (strncmp(text, "not:", 4) == 0) {
		reading.is_not = !reading.is_not;
		text += 4;
	}
	if (words_closed(word))
		is_taken = take_word(&reading, text);
	else
		(void)snprintf(reading.why, WHY_SIZE, "a quote is not closed; write one more");
	if (is_taken)
		words_keep(&filter->text, word);
	else
		point_at(&reading, word, text, out_why);
	mem_free(plain);
	return is_taken;
}

bool log_filter_read(struct log_filter *filter, const char *text, char out_why[LOG_FILTER_WHY_SIZE])
{
	char *word;
	bool is_good = true;

	while (is_good && (word = words_next(&text)) != NULL) {
		is_good = log_filter_add(filter, word, out_why);
		mem_free(word);
	}
	return is_good;
}

/* splitmix64. */
static uint64_t mix(uint64_t number)
{
	number += UINT64_C(0x9e3779b97f4a7c15);
	number = (number ^ number >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	number = (number ^ number >> 27) * UINT64_C(0x94d049bb133111eb);
	return number ^ number >> 31;
}

struct ranked {
	uint64_t rank;
	int64_t sequence;
};

static int by_rank(const void *a, const void *b)
{
	const struct ranked *left = a, *right = b;

	if (left->rank != right->rank)
		return left->rank < right->rank ? -1 : 1;
	return left->sequence < right->sequence ? -1 : left->sequence > right->sequence;
}

static int by_newest(const void *a, const void *b)
{
	const struct ranked *left = a, *right = b;

	return left->sequence > right->sequence ? -1 : left->sequence < right->sequence;
}

size_t log_sample(int64_t *sequences, size_t from, size_t count, uint64_t seed)
{
	struct ranked *all = mem_new(from ? from : 1, sizeof(*all));
	size_t kept = from < count ? from : count;

	for (size_t i = 0; i < from; i++)
		all[i] = (struct ranked) { mix(mix(seed) ^ (uint64_t)sequences[i]), sequences[i] };
	qsort(all, from, sizeof(*all), by_rank);
	qsort(all, kept, sizeof(*all), by_newest);
	for (size_t i = 0; i < kept; i++)
		sequences[i] = all[i].sequence;
	mem_free(all);
	return kept;
}
