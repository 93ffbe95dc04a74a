/*
 * The words of a filter: one table, each word with what reads its value.
 */
#include "core/filter.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/codes.h"
#include "core/nhs_number.h"
#include "core/search_words.h"
#include "core/text.h"
#include "core/words.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A word being read: where it goes and what is said when it cannot. */
struct reading {
	struct filter *filter;
	const struct word *word;
	const char *value; /* after the colon; "" for a word without one */
	bool is_not;
	char why[FILTER_WHY_SIZE - 256];
};

typedef bool word_take(struct reading *reading);

struct word {
	const char *name;
	const char *example; /* NULL: the word stands alone */
	const char *codes;   /* the set its codes are of, or NULL */
	word_take *take;
	int field; /* enum filter_word; of a range 0 received, 1 decided */
};

static word_take take_flag, take_states, take_services, take_reason, take_name, take_organisation,
	take_nhs_number, take_birth, take_range, take_rule, take_duplicate, take_subject;

/* clang-format off */
static const struct word words[] = {
	{ "state", "state:in_triage", NULL, take_states, FILTER_STATE },
	{ "service", "service:police,nca", "service", take_services, FILTER_SERVICE },
	{ "organisation", "organisation:\"kent police\"", NULL, take_organisation, FILTER_ORGANISATION },
	{ "received", "received:2020-11..2020-12", NULL, take_range, 0 },
	{ "decided", "decided:2020", NULL, take_range, 1 },
	{ "reason", "reason:countersigner_present", "reason", take_reason, FILTER_REASON },
	{ "assigned", "assigned:me", NULL, take_name, FILTER_ASSIGNED },
	{ "rule", "rule:countersigner_present:fail", NULL, take_rule, 0 },
	{ "ref", "ref:TR-2020-000123", NULL, take_name, FILTER_REFERENCE },
	{ "nhs", "nhs:9990000018", NULL, take_nhs_number, FILTER_NHS },
	{ "born", "born:1980-01-31", NULL, take_birth, FILTER_BORN },
	{ "open", NULL, NULL, take_flag, FILTER_OPEN },
	{ "decided", NULL, NULL, take_flag, FILTER_DECIDED },
	{ "flagged", NULL, NULL, take_flag, FILTER_FLAGGED },
	{ "unsent", NULL, NULL, take_flag, FILTER_UNSENT },
	{ "imported", NULL, NULL, take_flag, FILTER_IMPORTED },
	{ "overdue", NULL, NULL, take_flag, FILTER_OVERDUE },
	{ "subject", "subject:\"otesta ann\"", NULL, take_subject, 0 },
	{ "duplicate", NULL, NULL, take_duplicate, 0 },
};
/* clang-format on */

static bool refuse(struct reading *reading, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static bool refuse(struct reading *reading, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(reading->why, sizeof(reading->why), format, args);
	va_end(args);
	return false;
}

/* Hands over text, which the filter then owns. */
static bool put(struct reading *reading, char *text)
{
	struct request_filter *rows = &reading->filter->rows;
	int field = reading->word->field;
	char **place = reading->is_not ? &rows->is_not[field] : &rows->is[field];

	mem_free(*place);
	*place = text;
	return true;
}

static bool take_flag(struct reading *reading)
{
	return put(reading, mem_text("yes"));
}

static bool take_name(struct reading *reading)
{
	return put(reading, mem_text(reading->value));
}

/* As the lists compare: capitals of ASCII made small. */
static bool take_organisation(struct reading *reading)
{
	char *name = mem_text(reading->value);

	for (char *at = name; *at != '\0'; at++)
		*at = (char)tolower((unsigned char)*at);
	return put(reading, name);
}

static void add_state(const char *code, struct buffer *out)
{
	buffer_print(out, "%d;", request_state_from(code));
}

static void add_code(const char *code, struct buffer *out)
{
	buffer_print(out, "%s;", code);
}

static bool refuse_code(struct reading *reading, const char *code)
{
	const struct code_set *set =
		reading->word->codes ? code_set_find(reading->word->codes) : NULL;
	struct buffer known;
	size_t count = set ? set->count : STATE_WITHDRAWN;

	buffer_init(&known);
	for (size_t i = 0; i < count; i++)
		buffer_print(&known, "%s%s", i > 0 ? ", " : "",
			set ? set->codes[i].code : request_state_code((int)i + 1));
	(void)refuse(reading, "\"%s\" is no %s; choose one of %s", code, reading->word->name,
		buffer_text(&known));
	buffer_done(&known);
	return false;
}

/* Codes parted by commas, each known, between semicolons. */
static bool take_codes(struct reading *reading, void (*add)(const char *code, struct buffer *out))
{
	const struct code_set *set =
		reading->word->codes ? code_set_find(reading->word->codes) : NULL;
	const char *rest = reading->value;
	struct buffer list;
	bool is_good = true;

	buffer_init(&list);
	buffer_add(&list, ";");
	do {
		size_t size = strcspn(rest, ",");
		char *code = mem_text_sized(rest, size);

		is_good = set ? code_label(set, code) != NULL : request_state_from(code) != 0;
		if (is_good)
			add(code, &list);
		else
			(void)refuse_code(reading, code);
		mem_free(code);
		rest += size + (rest[size] == ',');
	} while (is_good && (*rest != '\0' || rest[-1] == ','));
	if (is_good)
		return put(reading, buffer_take(&list));
	buffer_done(&list);
	return false;
}

static bool take_states(struct reading *reading)
{
	return take_codes(reading, add_state);
}

static bool take_services(struct reading *reading)
{
	return take_codes(reading, add_code);
}

static bool take_reason(struct reading *reading)
{
	if (!code_label(code_set_find("reason"), reading->value))
		return refuse_code(reading, reading->value);
	return take_name(reading);
}

static bool take_nhs_number(struct reading *reading)
{
	char digits[NHS_NUMBER_SIZE];

	reading->filter->is_personal = true;
	if (!nhs_number_digits(reading->value, digits))
		return refuse(reading, "an NHS number has ten digits; write them without blanks");
	return put(reading, mem_text(digits));
}

static bool take_birth(struct reading *reading)
{
	reading->filter->is_personal = true;
	if (!day_is_valid(reading->value))
		return refuse(reading, "that is no day; write it as YYYY-MM-DD");
	return take_name(reading);
}

static bool take_range(struct reading *reading)
{
	struct request_filter *rows = &reading->filter->rows;
	struct day_range *const places[2][2] = { { &rows->received, &rows->not_received },
		{ &rows->decided, &rows->not_decided } };
	struct day_range *range = places[reading->word->field][reading->is_not];

	if (!words_range(reading->value, range))
		return refuse(reading,
			"that is no year, month, day or run of them; write %s:2020, "
			"%s:2020-11, %s:2020-11-30 or %s",
			reading->word->name, reading->word->name, reading->word->name, "A..B");
	if (strcmp(range->from, range->to) > 0)
		return refuse(reading, "it ends before it begins; write the earlier one first");
	return true;
}

static bool add_rule(struct reading *reading, const struct rule *rule, enum rule_result result)
{
	struct filter *filter = reading->filter;

	filter->rules[filter->rule_count++] =
		(struct filter_rule) { rule, result, reading->is_not };
	return true;
}

static bool take_rule(struct reading *reading)
{
	size_t size = strcspn(reading->value, ":");
	char *code = mem_text_sized(reading->value, size);
	const struct rule *rule = rule_find(code);
	const char *result = reading->value + size;

	mem_free(code);
	if (!rule)
		return refuse(reading, "there is no such rule; `tracedesk rule list` shows them");
	for (enum rule_result i = RULE_PASS; i <= RULE_NOT_APPLICABLE; i++)
		if (*result == ':' && strcmp(result + 1, rule_result_code(i)) == 0)
			return add_rule(reading, rule, i);
	return refuse(reading,
		"a result must follow; write rule:%s: and then pass, fail, warn, open or "
		"not_applicable",
		rule->code);
}

static bool take_duplicate(struct reading *reading)
{
	return add_rule(reading, rule_find("possible_duplicate"), RULE_WARN);
}

/* Every word that is asked must be there; of those that are not, none. */
static bool add_search(struct reading *reading, bool in_subjects)
{
	struct request_filter *rows = &reading->filter->rows;
	char **place = reading->is_not ? &rows->not_words : &rows->words;
	struct buffer search, both;
	bool is_good;

	reading->filter->is_personal = true;
	buffer_init(&search);
	buffer_init(&both);
	is_good = search_words(reading->value, in_subjects, &search);
	if (is_good) {
		if (*place)
			buffer_print(&both, "%s %s ", *place, reading->is_not ? "OR" : "AND");
		buffer_add(&both, buffer_text(&search));
		mem_free(*place);
		*place = buffer_take(&both);
	}
	buffer_done(&both);
	buffer_done(&search);
	return is_good || refuse(reading, "it holds no letter and no digit to look for");
}

static bool take_subject(struct reading *reading)
{
	return add_search(reading, true);
}

/* What each word is called in the sentence that lists them. */
static bool refuse_unknown(struct reading *reading, const char *what)
{
	struct buffer known;

	buffer_init(&known);
	for (size_t i = 0; i < COUNT(words); i++)
		buffer_print(&known, "%s%s%s", i > 0 ? " " : "", words[i].name,
			words[i].example ? ":" : "");
	(void)refuse(reading, "%s; the words are %s", what, buffer_text(&known));
	buffer_done(&known);
	return false;
}

static const struct word *word_find(const char *text, size_t size, bool has_value)
{
	for (size_t i = 0; i < COUNT(words); i++)
		if (strlen(words[i].name) == size && memcmp(words[i].name, text, size) == 0 &&
			(words[i].example != NULL) == has_value)
			return &words[i];
	return NULL;
}

/* No word of the table: a bare one, or a mistake. */
static bool take_other(struct reading *reading, const char *text, size_t size, bool has_value)
{
	const struct word *other = word_find(text, size, !has_value);

	if (other && other->example)
		return refuse(reading, "its value is missing; write %s", other->example);
	if (other)
		return refuse(reading, "it takes no value; write %s", other->name);
	if (has_value)
		return refuse_unknown(reading, "there is no such word");
	reading->value = text;
	return add_search(reading, false);
}

static bool take_word(struct reading *reading, const char *text)
{
	size_t size = strcspn(text, ":");
	bool has_value = text[size] == ':';
	const struct word *word = word_find(text, size, has_value);
	unsigned bit;

	if (!word)
		return take_other(reading, text, size, has_value);
	reading->word = word;
	reading->value = has_value ? text + size + 1 : "";
	bit = 1U << (word - words);
	if (has_value && *reading->value == '\0')
		return refuse(reading, "its value is missing; write %s", word->example);
	if ((reading->filter->given[reading->is_not] & bit) != 0)
		return refuse(reading, "\"%s%s\" is given twice; write it once",
			reading->is_not ? "not:" : "", word->name);
	reading->filter->given[reading->is_not] |= bit;
	return word->take(reading);
}

void filter_init(struct filter *filter)
{
	*filter = (struct filter) { 0 };
	filter->text = mem_text("");
}

void filter_clear(struct filter *filter)
{
	for (size_t i = 0; i < FILTER_WORDS; i++) {
		mem_free(filter->rows.is[i]);
		mem_free(filter->rows.is_not[i]);
	}
	mem_free(filter->rows.words);
	mem_free(filter->rows.not_words);
	mem_free(filter->text);
	*filter = (struct filter) { 0 };
}

/* No sentence repeats what somebody was looked for by. */
static bool is_said(const char *text)
{
	size_t size = strcspn(text, ":");

	if (strncmp(text, "nhs:", 4) == 0 || strncmp(text, "born:", 5) == 0 ||
		strncmp(text, "subject:", 8) == 0)
		return false;
	return text[size] == ':' || word_find(text, size, true) || word_find(text, size, false);
}

static bool point_at(const struct reading *reading, const char *word, bool is_shown, char *out_why)
{
	if (is_shown)
		(void)snprintf(out_why, FILTER_WHY_SIZE, "word %zu, \"%.*s\": %s",
			reading->filter->words, text_start(word, 200), word, reading->why);
	else
		(void)snprintf(out_why, FILTER_WHY_SIZE, "word %zu: %s", reading->filter->words,
			reading->why);
	return false;
}

bool filter_add(struct filter *filter, const char *word, char out_why[FILTER_WHY_SIZE])
{
	struct reading reading = { .filter = filter };
	char *plain = words_plain(word);
	const char *text = plain;
	bool is_taken;

	filter->words++;
	while (strncmp(text, "not:", 4) == 0) {
		reading.is_not = !reading.is_not;
		text += 4;
	}
	if (words_closed(word))
		is_taken = take_word(&reading, text);
	else
		is_taken = refuse(&reading, "a quote is not closed; write one more");
	if (is_taken)
		words_keep(&filter->text, word);
	else
		(void)point_at(&reading, word, is_said(text), out_why);
	mem_free(plain);
	return is_taken;
}

bool filter_read(struct filter *filter, const char *text, char out_why[FILTER_WHY_SIZE])
{
	char *word;
	bool is_good = true;

	while (is_good && (word = words_next(&text)) != NULL) {
		is_good = filter_add(filter, word, out_why);
		mem_free(word);
	}
	return is_good;
}
