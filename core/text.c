/*
 * The only file that names utf8proc. What a terminal may be sent is decided by
 * general category (Unicode's own lists), not by a list of dangerous codes, so
 * that a code nobody thought of is made visible rather than let through.
 */
#include "core/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

/* A curses cell holds one character and four marks; more than that is drawn over its neighbours. */
enum { MOST_MARKS = 4, MOST_DECOMPOSED = 32 };

static int32_t next_code(const char *bytes, size_t size, size_t *out_taken)
{
	utf8proc_int32_t code;
	utf8proc_ssize_t taken =
		utf8proc_iterate((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)size, &code);

	*out_taken = taken > 0 ? (size_t)taken : 1;
	return taken > 0 ? code : -1;
}

bool text_is_utf8(const char *bytes, size_t size)
{
	size_t taken;

	for (size_t at = 0; at < size; at += taken)
		if (next_code(bytes + at, size - at, &taken) <= 0)
			return false;
	return true;
}

int32_t text_next(const char **text)
{
	size_t taken;
	int32_t code;

	if (!**text)
		return 0;
	code = next_code(*text, strnlen(*text, 4), &taken);
	*text += taken;
	return code;
}

int text_start(const char *text, int most)
{
	const char *end = text, *next = text;

	while (text_next(&next) != 0 && next - text <= most)
		end = next;
	return (int)(end - text);
}

size_t text_length(const char *text)
{
	size_t length = 0;

	while (text_next(&text) != 0)
		length++;
	return length;
}

static bool category_is_plain(utf8proc_category_t category)
{
	switch (category) {
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
		return false;
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
	case UTF8PROC_CATEGORY_PC:
	case UTF8PROC_CATEGORY_PD:
	case UTF8PROC_CATEGORY_PS:
	case UTF8PROC_CATEGORY_PE:
	case UTF8PROC_CATEGORY_PI:
	case UTF8PROC_CATEGORY_PF:
	case UTF8PROC_CATEGORY_PO:
	case UTF8PROC_CATEGORY_SM:
	case UTF8PROC_CATEGORY_SC:
	case UTF8PROC_CATEGORY_SK:
	case UTF8PROC_CATEGORY_SO:
	case UTF8PROC_CATEGORY_ZS:
		return true;
	}
	return false;
}

/* The bit "ignorable" is Unicode's Default_Ignorable_Code_Point: fillers and selectors that are
   letters or marks by category, and are drawn as nothing. */
bool text_code_is_plain(int32_t code)
{
	return code > 0 && category_is_plain(utf8proc_category(code)) &&
	       !utf8proc_get_property(code)->ignorable;
}

bool text_is_plain(const char *text)
{
	int32_t code;

	while ((code = text_next(&text)) != 0)
		if (!text_code_is_plain(code))
			return false;
	return true;
}

/* What the C library does not know (no UTF-8 locale, or a younger character) it gives as -1. */
static int code_width(int32_t code)
{
	int width = wcwidth((wchar_t)code);

	return width >= 0 ? width : utf8proc_charwidth(code);
}

static bool code_is_drawable(int32_t code)
{
	return text_code_is_plain(code) && (wcwidth((wchar_t)code) >= 0 || MB_CUR_MAX == 1);
}

static bool code_is_mark(int32_t code)
{
	utf8proc_category_t category = utf8proc_category(code);

	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
	       category == UTF8PROC_CATEGORY_ME || code_width(code) == 0;
}

static void show_code(int32_t code, struct buffer *out)
{
	static const int32_t pictures = 0x2400, picture_of_delete = 0x2421;
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t size = 0;

	if (code < 0x20)
		size = utf8proc_encode_char(pictures + code, bytes);
	else if (code == 0x7f)
		size = utf8proc_encode_char(picture_of_delete, bytes);
	if (size > 0)
		buffer_add_bytes(out, (const char *)bytes, (size_t)size);
	else
		buffer_print(out, "<U+%04X>", (unsigned)code);
}

void text_show(const char *text, struct buffer *out)
{
	int marks = MOST_MARKS; /* a mark at the start has nothing of ours to sit on */

	while (*text) {
		const char *start = text;
		int32_t code = text_next(&text);
		bool is_mark = code > 0 && code_is_mark(code);

		if (code < 0) {
			buffer_print(out, "<0x%02X>", (unsigned)(unsigned char)*start);
			marks = MOST_MARKS;
		} else if (!code_is_drawable(code) || (is_mark && marks >= MOST_MARKS)) {
			show_code(code, out);
			marks = MOST_MARKS;
		} else {
			buffer_add_bytes(out, start, (size_t)(text - start));
			marks = is_mark ? marks + 1 : 0;
		}
	}
}

int text_width(const char *shown)
{
	int width = 0;

	while (*shown) {
		int32_t code = text_next(&shown);

		width += code > 0 ? code_width(code) : 1;
	}
	return width;
}

int text_fit(const char *shown, int width, struct buffer *out)
{
	const char *end = shown;
	int full = text_width(shown);
	int used = 0;

	if (full <= width) {
		buffer_add(out, shown);
		return full;
	}
	if (width <= 0)
		return 0;
	for (;;) {
		const char *after = end;
		int32_t code = text_next(&after);
		int more = code > 0 ? code_width(code) : 1;

		if (used + more > width - 1)
			break;
		used += more;
		end = after;
	}
	buffer_add_bytes(out, shown, (size_t)(end - shown));
	buffer_add(out, "…");
	return used + 1;
}

/* What case folding and decomposition leave as it is, though people type it plainly; "" is dropped.
   Apostrophes stand here before decomposition, which would make a blank and a mark of some. */
struct fold {
	int32_t code;
	const char *as;
};
static const struct fold folds[] = {
	/* apostrophes, and what is typed for them */
	{ 0x27, "" },
	{ 0x60, "" },
	{ 0xb4, "" },
	{ 0x2b9, "" },
	{ 0x2bb, "" },
	{ 0x2bc, "" },
	{ 0x2bd, "" },
	{ 0x2ca, "" },
	{ 0x2cb, "" },
	{ 0x384, "" },
	{ 0x55a, "" },
	{ 0x5f3, "" },
	{ 0x1fbd, "" },
	{ 0x1fbf, "" },
	{ 0x1fef, "" },
	{ 0x1ffd, "" },
	{ 0x1ffe, "" },
	{ 0x2018, "" },
	{ 0x2019, "" },
	{ 0x201b, "" },
	{ 0x2032, "" },
	{ 0x2035, "" },
	{ 0xa78b, "" },
	{ 0xa78c, "" },
	{ 0xff07, "" },
	/* hyphens that are no dashes by category */
	{ 0x2d7, "" },
	{ 0x2043, "" },
	{ 0x2212, "" },
	/* letters */
	{ 0xe6, "ae" },
	{ 0xf0, "d" },
	{ 0xf8, "o" },
	{ 0xfe, "th" },
	{ 0x111, "d" },
	{ 0x127, "h" },
	{ 0x131, "i" },
	{ 0x142, "l" },
	{ 0x153, "oe" },
	{ 0x167, "t" },
	{ 0x256, "d" },
};

static const char *fold_find(int32_t code)
{
	for (size_t i = 0; i < sizeof(folds) / sizeof(folds[0]); i++)
		if (folds[i].code == code)
			return folds[i].as;
	return utf8proc_category(code) == UTF8PROC_CATEGORY_PD ? "" : NULL;
}

bool text_code_is_joiner(int32_t code)
{
	const char *as = code > 0 ? fold_find(code) : NULL;

	return as && !*as;
}

static bool code_is_blank(int32_t code)
{
	utf8proc_category_t category = utf8proc_category(code);

	return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
	       category == UTF8PROC_CATEGORY_ZP || category == UTF8PROC_CATEGORY_CC;
}

/* Adds one decomposed code. A blank is only remembered: it is written before the next character, so
   that none stands at either end. */
static void fold_add(int32_t code, bool *is_blank_due, struct buffer *out)
{
	const char *as = fold_find(code);
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t size;

	if (code_is_blank(code)) {
		*is_blank_due = true;
		return;
	}
	if (utf8proc_get_property(code)->combining_class != 0 || (as && !*as))
		return;
	if (*is_blank_due && out->size > 0)
		buffer_add(out, " ");
	*is_blank_due = false;
	if (as) {
		buffer_add(out, as);
		return;
	}
	size = utf8proc_encode_char(code, bytes);
	buffer_add_bytes(out, (const char *)bytes, (size_t)size);
}

void text_fold(const char *text, struct buffer *out)
{
	static const utf8proc_option_t how =
		UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
	struct buffer folded;
	bool is_blank_due = false;

	buffer_init(&folded);
	while (*text) {
		utf8proc_int32_t codes[MOST_DECOMPOSED];
		int32_t code = text_next(&text);
		const char *as = code > 0 ? fold_find(code) : NULL;
		int boundary = 0;
		utf8proc_ssize_t count;

		if (as && !*as)
			continue;
		count = utf8proc_decompose_char(
			code > 0 ? code : 0xfffd, codes, MOST_DECOMPOSED, how, &boundary);
		for (utf8proc_ssize_t i = 0; i < count && i < MOST_DECOMPOSED; i++)
			fold_add(codes[i], &is_blank_due, &folded);
	}
	buffer_add(out, buffer_text(&folded));
	buffer_done(&folded);
}

bool text_is_same_name(const char *a, const char *b)
{
	struct buffer fold_a, fold_b;
	bool is_same;

	buffer_init(&fold_a);
	buffer_init(&fold_b);
	text_fold(a, &fold_a);
	text_fold(b, &fold_b);
	is_same = strcmp(buffer_text(&fold_a), buffer_text(&fold_b)) == 0;
	buffer_done(&fold_a);
	buffer_done(&fold_b);
	return is_same;
}

bool text_number(const char *text, uint64_t least, uint64_t most, uint64_t *out_number)
{
	errno = 0;
	*out_number = strtoull(text, NULL, 10);
	return *text != '\0' && text[strspn(text, "0123456789")] == '\0' && errno == 0 &&
	       *out_number >= least && *out_number <= most;
}
