/*
 * Words are runs of letters and digits of ASCII and of everything beyond it,
 * as the index splits them too. Nearly all text is ASCII, which is folded here
 * at once; the rest is text.c's.
 */
#include "core/search_words.h"

#include <ctype.h>
#include <string.h>

#include "core/text.h"

#define BLANKS " \t\r\n"

static bool is_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

static bool is_ascii_joiner(char c)
{
	return c == '\'' || c == '`' || c == '-';
}

static bool is_word_byte(char c)
{
	return (unsigned char)c >= 0x80 || isalnum((unsigned char)c);
}

/* Appends text folded, with one blank before each word. */
static void fold_words(const char *text, struct buffer *out)
{
	struct buffer folded;
	bool is_inside = false;

	buffer_init(&folded);
	if (!is_ascii(text)) {
		text_fold(text, &folded);
		text = buffer_text(&folded);
	}
	for (; *text != '\0'; text++) {
		char c = (char)tolower((unsigned char)*text);

		if (is_ascii_joiner(c))
			continue;
		if (is_word_byte(c) && !is_inside)
			buffer_add(out, " ");
		is_inside = is_word_byte(c);
		if (is_inside)
			buffer_add_bytes(out, &c, 1);
	}
	buffer_done(&folded);
}

static bool has_joiner(const char *word, const char *end)
{
	while (word < end)
		if (text_code_is_joiner(text_next(&word)))
			return true;
	return false;
}

/* Appends a word with a blank for each apostrophe and hyphen, if there is one and no digit: the
   parts of a number are nobody's name. */
static void part_word(const char *word, size_t size, struct buffer *out)
{
	const char *end = word + size;

	if (strcspn(word, "0123456789") < size || !has_joiner(word, end))
		return;
	buffer_add(out, " ");
	while (word < end) {
		const char *start = word;

		if (text_code_is_joiner(text_next(&word)))
			buffer_add(out, " ");
		else
			buffer_add_bytes(out, start, (size_t)(word - start));
	}
}

/* The parts of all words of text that have some. */
static void part(const char *text, struct buffer *out)
{
	while (*text != '\0') {
		size_t size = strcspn(text, BLANKS);

		part_word(text, size, out);
		text += size;
		text += strspn(text, BLANKS);
	}
}

static void add_words(const char *text, struct buffer *out)
{
	struct buffer parts;

	fold_words(text, out);
	if (is_ascii(text) && !strpbrk(text, "'`-"))
		return;
	buffer_init(&parts);
	part(text, &parts);
	fold_words(buffer_text(&parts), out);
	buffer_done(&parts);
}

/* What is searched of a receipt, and what it is called. */
static const struct place {
	int field;
	const char *called;
} other_places[] = {
	{ FIELD_REQUESTER_REFERENCE, "their reference" },
	{ FIELD_ORGANISATION, "organisation" },
	{ FIELD_REQUESTER_NAME, "requester" },
	{ FIELD_COUNTERSIGNER_NAME, "countersigner" },
	{ FIELD_OFFENCE, "offence" },
	{ FIELD_NOTE, "note" },
}, subject_places[] = {
	{ FIELD_SUBJECT_SURNAME, "surname" },
	{ FIELD_SUBJECT_FORENAMES, "forenames" },
	{ FIELD_SUBJECT_ALIASES, "other names" },
};
enum {
	OTHER_PLACES = sizeof(other_places) / sizeof(other_places[0]),
	SUBJECT_PLACES = sizeof(subject_places) / sizeof(subject_places[0])
};

void words_of_request(const struct request *request, const struct note *notes, size_t note_count,
	struct request_words *out_words)
{
	struct buffer subject, other;

	buffer_init(&subject);
	buffer_init(&other);
	for (size_t s = 0; s < request->subject_count; s++)
		for (size_t i = 0; i < SUBJECT_PLACES; i++)
			add_words(request->subjects[s].field[subject_places[i].field], &subject);
	add_words(request->reference, &other);
	for (size_t i = 0; i < OTHER_PLACES; i++)
		add_words(request->field[other_places[i].field], &other);
	for (size_t i = 0; i < note_count; i++)
		add_words(notes[i].text, &other);
	out_words->subject = buffer_take(&subject);
	out_words->other = buffer_take(&other);
}

/* "smith" * AND "ann" *, of words with a blank before each; as parts of one word all but the last
   are whole. */
static void search_all(const char *words, bool are_parts, struct buffer *out)
{
	const char *between = "";

	while (*words == ' ') {
		size_t size = strcspn(words + 1, " ");

		buffer_print(out, "%s\"", between);
		buffer_add_bytes(out, words + 1, size);
		words += size + 1;
		buffer_add(out, are_parts && *words != '\0' ? "\"" : "\" *");
		between = " AND ";
	}
}

/* A word as it is, or in its parts, which may be stored apart. */
static void search_word(const char *word, bool in_subjects, struct buffer *out)
{
	const char *where = in_subjects ? "{subject} : " : "";
	struct buffer joined, parts, apart;

	buffer_init(&joined);
	buffer_init(&parts);
	buffer_init(&apart);
	fold_words(word, &joined);
	part(word, &parts);
	fold_words(buffer_text(&parts), &apart);
	if (joined.size > 0) {
		buffer_print(out, "%s(%s(", out->size > 0 ? " AND " : "", where);
		search_all(buffer_text(&joined), false, out);
		if (apart.size > 0) {
			buffer_print(out, ") OR %s(", where);
			search_all(buffer_text(&apart), true, out);
		}
		buffer_add(out, "))");
	}
	buffer_done(&apart);
	buffer_done(&parts);
	buffer_done(&joined);
}

bool search_words(const char *text, bool in_subjects, struct buffer *out)
{
	struct buffer all;
	bool is_any;

	buffer_init(&all);
	text += strspn(text, BLANKS);
	while (*text != '\0') {
		size_t size = strcspn(text, BLANKS);
		char *word = mem_text_sized(text, size);

		search_word(word, in_subjects, &all);
		mem_free(word);
		text += size;
		text += strspn(text, BLANKS);
	}
	is_any = all.size > 0;
	if (is_any)
		buffer_print(out, "(%s)", buffer_text(&all));
	buffer_done(&all);
	return is_any;
}

/* Does a word of text begin so? */
static bool has_word(const char *text, const char *begins)
{
	struct buffer words;
	bool has = false;

	buffer_init(&words);
	add_words(text, &words);
	for (const char *at = buffer_text(&words); (at = strchr(at, ' ')) != NULL && !has;)
		has = strncmp(++at, begins, strlen(begins)) == 0;
	buffer_done(&words);
	return has;
}

/* NULL: nowhere. */
static const char *place_of(const struct request *request, const struct note *notes,
	size_t note_count, const char *word)
{
	for (size_t s = 0; s < request->subject_count; s++)
		for (size_t i = 0; i < SUBJECT_PLACES; i++)
			if (has_word(request->subjects[s].field[subject_places[i].field], word))
				return subject_places[i].called;
	if (has_word(request->reference, word))
		return "reference";
	for (size_t i = 0; i < OTHER_PLACES; i++)
		if (has_word(request->field[other_places[i].field], word))
			return other_places[i].called;
	for (size_t i = 0; i < note_count; i++)
		if (has_word(notes[i].text, word))
			return "note";
	return NULL;
}

/* The words stand in quotes; a word's parts, behind OR, are looked for where the whole is not. */
void search_places(const struct request *request, const struct note *notes, size_t note_count,
	const char *search, struct buffer *out)
{
	bool is_told = false, is_parts = false;

	while (*search != '\0') {
		size_t between = strcspn(search, "\""), size;
		char *signs = mem_text_sized(search, between), *word;
		const char *place;

		search += between + (search[between] != '\0');
		size = strcspn(search, "\"");
		word = mem_text_sized(search, size);
		search += size + (search[size] != '\0');
		if (strstr(signs, "))"))
			is_told = is_parts = false;
		is_parts |= strstr(signs, " OR ") != NULL;
		place = *word && !(is_told && is_parts) ? place_of(request, notes, note_count, word)
							: NULL;
		if (place)
			buffer_print(out, "%s%s \"%s\"", out->size > 0 ? ", " : "", place, word);
		is_told |= place && !is_parts;
		mem_free(signs);
		mem_free(word);
	}
}
