/*
 * What people type to find something: filters of receipts and of the audit
 * log, words of a search.
 */
#include <stdlib.h>
#include <string.h>

#include "core/filter.h"
#include "core/log_filter.h"
#include "core/search_words.h"
#include "core/text.h"
#include "tests/fuzz/fuzz.h"

void fuzz_start(void)
{
}

/* A mistake has its sentence. */
static void must_say(const char *why, const char *typed)
{
	fuzz_must(why[0] != '\0', "a mistake is said");
	fuzz_must(text_is_utf8(why, strlen(why)) || !text_is_utf8(typed, strlen(typed)),
		"a sentence about good UTF-8 is that, too");
}

void fuzz_input(const uint8_t *bytes, size_t size)
{
	char *text = malloc(size + 1), why[FILTER_WHY_SIZE], log_why[LOG_FILTER_WHY_SIZE];
	struct filter filter;
	struct log_filter log;
	struct buffer words;

	fuzz_must(text != NULL, "memory");
	memcpy(text, bytes, size);
	text[size] = '\0';
	filter_init(&filter);
	if (!filter_read(&filter, text, why))
		must_say(why, text);
	filter_clear(&filter);
	log_filter_init(&log);
	if (!log_filter_read(&log, text, log_why))
		must_say(log_why, text);
	log_filter_clear(&log);
	buffer_init(&words);
	if (!search_words(text, size % 2 == 0, &words))
		fuzz_must(words.size == 0, "no search without a word");
	buffer_done(&words);
	free(text);
}
