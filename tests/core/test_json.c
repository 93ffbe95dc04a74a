/*
 * JSON: what is refused, what comes out, and that a written string reads back as
 * it was.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include "core/json.h"

static struct json_value *read_text(const char *text)
{
	char why[128] = "";
	struct json_value *value = json_read(text, strlen(text), why, sizeof(why));

	assert_true(value ? !*why : *why != '\0');
	return value;
}

static void test_read(void **state)
{
	struct json_value *value =
		read_text(" {\"service\":\"police\",\"items\":[\"name\",\"address\"],"
			  "\"transactions\":12,\"note\":null,\"s_flag\":true,"
			  "\"subjects\":[{\"nhs_number\":\"1\"},{}]}\n");
	const struct json_value *member;

	(void)state;
	assert_non_null(value);
	assert_int_equal(value->kind, JSON_VALUE_OBJECT);
	assert_int_equal(value->count, 6);
	assert_string_equal(value->items[0].name, "service"); /* in the order written */
	assert_string_equal(value->items[5].name, "subjects");
	assert_string_equal(json_member(value, "service")->text, "police");
	assert_null(json_member(value, "nothing"));
	member = json_member(value, "items");
	assert_true(json_is_list_of(member, JSON_VALUE_TEXT));
	assert_false(json_is_list_of(member, JSON_VALUE_OBJECT));
	assert_string_equal(member->items[1].text, "address");
	assert_int_equal(json_member(value, "transactions")->kind, JSON_VALUE_NUMBER);
	assert_string_equal(json_member(value, "transactions")->text, "12");
	assert_int_equal(json_member(value, "note")->kind, JSON_VALUE_NULL);
	assert_string_equal(json_member(value, "s_flag")->text, "true");
	member = json_member(value, "subjects");
	assert_true(json_is_list_of(member, JSON_VALUE_OBJECT));
	assert_string_equal(json_member(&member->items[0], "nhs_number")->text, "1");
	assert_int_equal(member->items[1].count, 0);
	json_free(value);
	json_free(NULL);
}

static void test_refused(void **state)
{
	static const char *const bad[] = { "", "{", "[]", "\"x\"", "{}x", "{} {}", "{\"a\":1,}",
		"{'a':1}", "{\"a\":1,\"a\":2}", "{\"a\":\"\xFF\"}", "{\"a\":\"\\u0000\"}",
		"{\"a\\u0000b\":1}", "{\"a\":1.5}", "{\"a\":1e3}", "{\"a\":99999999999999999999}",
		"{\"a\":NaN}", "{\"a\":\"\\ud800\"}", "{\"a\":\"line\nbreak\"}", "nul",
		"{\"a\":[[[[[[[[1]]]]]]]]}" };
	char why[64];
	static char large[JSON_MOST_BYTES + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_null(read_text(bad[i]));
	memset(large, ' ', sizeof(large));
	assert_null(json_read(large, sizeof(large), why, sizeof(why)));
	assert_string_equal(why, "it is over 1 MiB");
	assert_null(json_read("{\"a\":1\0}", 8, why, sizeof(why)));
	assert_null(read_text("{\"canary\":\"canary}"));
	(void)json_read("{\"canary\":\"canary}", 18, why, sizeof(why));
	assert_null(strstr(why, "canary"));
	/* deep nesting is refused before it can exhaust the stack */
	memset(large, '[', JSON_MOST_BYTES);
	memcpy(large, "{\"a\":", 5);
	assert_null(json_read(large, JSON_MOST_BYTES, why, sizeof(why)));
}

static void test_write(void **state)
{
	static const struct {
		const char *text, *json;
	} cases[] = { { "", "\"\"" }, { "O’Testa", "\"O’Testa\"" },
		{ "a\"b\\c/d", "\"a\\\"b\\\\c/d\"" }, { "a\nb\tc\rd", "\"a\\nb\\tc\\u000dd\"" },
		{ "\x1B[2J\x7F", "\"\\u001b[2J\\u007f\"" }, { "\xE2\x80\xAEx", "\"\\u202ex\"" },
		{ "\xF3\xA0\x81\x81", "\"\\udb40\\udc41\"" }, { "a\xFFz", "\"a\xEF\xBF\xBDz\"" } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buffer out;

		buffer_init(&out);
		json_write_string(cases[i].text, &out);
		assert_string_equal(buffer_text(&out), cases[i].json);
		buffer_done(&out);
	}
}

/* Every code point but the surrogates, written and read back. */
static void test_write_is_exact(void **state)
{
	(void)state;
	for (int code = 1; code < 0x110000; code += code < 0x3000 ? 1 : 97) {
		char text[8] = { 0 };
		struct buffer out;
		struct json_value *value;

		if (code >= 0xd800 && code < 0xe000)
			continue;
		(void)snprintf(text, sizeof(text), "%lc", (wint_t)code);
		buffer_init(&out);
		buffer_add(&out, "{\"a\":");
		json_write_string(text, &out);
		buffer_add(&out, "}");
		value = read_text(buffer_text(&out));
		assert_non_null(value);
		assert_string_equal(json_member(value, "a")->text, text);
		json_free(value);
		buffer_done(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_write_is_exact),
	};

	if (!setlocale(LC_ALL, "C.UTF-8"))
		return 1;
	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
