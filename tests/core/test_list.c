/*
 * Lists in one text, and what people see of a list of codes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/codes.h"
#include "core/json.h"
#include "core/list.h"
#include "db/memory.h"

static const char *const cases[][4] = {
	{ "", NULL }, { "one", "one", NULL }, { "one;two;three", "one", "two", "three" },
	{ "one;;three", "one", "", "three" },
	{ "one;two;", "one", "two", NULL }, /* what ends the last item is no further one */
};

static void test_items(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *copied = cases[i][0], *taken = cases[i][0];
		char item[8], *copy;
		size_t count = 0;

		while ((copy = list_next(&copied)) != NULL) {
			assert_true(list_take(&taken, item, sizeof(item)));
			assert_string_equal(copy, cases[i][++count]);
			assert_string_equal(copy, item);
			assert_true(list_has(cases[i][0], item));
			mem_free(copy);
		}
		assert_false(list_take(&taken, item, sizeof(item)));
		assert_true(count == 3 || !cases[i][count + 1]);
		assert_int_equal(list_count(cases[i][0]), count);
	}
	assert_int_equal(list_count(NULL), 0);
}

static void test_no_part_of_an_item(void **state)
{
	const char *list = "abcdefgh;x";
	char item[4];

	(void)state;
	assert_true(list_has("address;postcode", "postcode"));
	assert_false(list_has("address;postcode", "post"));
	assert_false(list_has("address;postcode", "postcode;"));
	assert_false(list_has("address;postcode", "address;postcode"));
	assert_false(list_has("", ""));
	assert_false(list_has(NULL, "post"));
	assert_true(list_take(&list, item, sizeof(item)));
	assert_string_equal(item, "abc"); /* cut, and the rest of it is no next item */
	assert_true(list_take(&list, item, sizeof(item)));
	assert_string_equal(item, "x");
}

static void test_written(void **state)
{
	struct buffer out;

	(void)state;
	buffer_init(&out);
	list_add(&out, "address");
	list_add(&out, "no_such");
	list_add(&out, "b\x1b");
	assert_string_equal(buffer_text(&out), "address;no_such;b\x1b");
	buffer_done(&out);
	codes_show("item", "address;no_such;b\x1b", &out);
	assert_string_equal(buffer_text(&out), "address, no_such, b\xe2\x90\x9b");
	buffer_done(&out);
	codes_show("no such set", "address", &out);
	assert_string_equal(buffer_text(&out), "address");
	buffer_done(&out);
	json_write_list("a;\"", &out);
	assert_string_equal(buffer_text(&out), "[\"a\",\"\\\"\"]");
	buffer_done(&out);
	json_write_list("", &out);
	assert_string_equal(buffer_text(&out), "[]");
	buffer_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_items),
		cmocka_unit_test(test_no_part_of_an_item),
		cmocka_unit_test(test_written),
	};

	return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
