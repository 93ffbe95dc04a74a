/*
 * Pieces of a web page: what is escaped, what is made visible, and charts that say
 * in words what they show.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/html.h"
#include "core/register.h"
#include "tests/core/published.h"

static void test_text(void **state)
{
	struct buffer out;

	(void)state;
	buffer_init(&out);
	html_text("<b a=\"1\" c='2'>&amp;\x1b[31m\xff", &out);
	assert_string_equal(buffer_text(&out),
		"&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;␛[31m&lt;0xFF&gt;");
	buffer_done(&out);
}

/* A supervisor can change a label: nothing of it is markup, wherever it stands. */
static void test_label(void **state)
{
	static const char label[] = "</td><script>alert('&\"')";
	const struct figures_counts none = { 0 };
	const struct register_about about = { .today = "2021-01-04" };
	struct figures *figures = published_figures("2020-12", &none);
	struct figures_service *service = &figures->months[0].services[1];
	struct buffer out;
	size_t found = 0;

	(void)state;
	record_set(&service->label, label);
	record_set(&service->footnote, label);
	for (int layout = REGISTER_LIST; layout <= REGISTER_MATRIX; layout++) {
		buffer_init(&out);
		register_html(figures, (enum register_layout)layout, &about, &out);
		assert_null(strstr(out.text, "<script"));
		assert_null(strstr(out.text, "alert('"));
		for (const char *at = out.text; (at = strstr(at, "&lt;script&gt;alert(")); at++)
			found++;
		buffer_done(&out);
	}
	/* Four tables or one, the footnote, the chart's label and its words. */
	assert_int_equal(found, (4 + 3) + (1 + 3));
	figures_free(figures);
}

/* Present figures of a closed month: what is not as published is marked, in text as here. */
static void test_present(void **state)
{
	const struct month closed = { "2020-12", true, "2021-01-04", 1 };
	const struct figures_counts counts = { .months = &closed, .month_count = 1 };
	const struct register_about about = { .today = "2021-01-04" };
	struct figures *figures = published_figures("2020-12", &counts);
	struct figures_month *month = &figures->months[0];
	struct buffer out;

	(void)state;
	month->is_present = true;
	month->services[0].differs[MEASURE_REJECTED] = true;
	month->dbsb[DBSB_RECEIVED] = 4;
	month->dbsb_differs[DBSB_RECEIVED] = true;
	buffer_init(&out);
	register_html(figures, REGISTER_LIST, &about, &out);
	assert_non_null(strstr(out.text, ">Police</th>\n<td>-*</td>"));
	assert_non_null(strstr(out.text, ">December 2020</th>\n<td>4*</td>"));
	assert_non_null(strstr(out.text, "Present figures, not those published"));
	assert_null(strstr(out.text, "Provisional"));
	buffer_done(&out);
	figures_free(figures);
}

static void test_bars(void **state)
{
	static const struct html_bar rows[] = { { "May", { 30, 10, 0 } }, { "June", { -2, 5, 7 } },
		{ "July", { 0, 0, 0 } }, { "August", { 1234567, 1, 1 } } };
	const struct html_bars bars = { .id = "x",
		.title = "A & B",
		.names = { "in", "out", "over" },
		.part_count = 3,
		.bars = rows,
		.bar_count = 4 };
	struct buffer out;

	(void)state;
	buffer_init(&out);
	html_bars_write(&bars, &out);
	assert_non_null(strstr(out.text, "<title>A &amp; B</title>"));
	assert_non_null(strstr(out.text,
		"<desc id=\"x\">May: in 30, out 10, over 0; June: in *, out 5, over 7; "
		"July: in 0, out 0, over 0; August: in 1,234,567, out 1, over 1.</desc>"));
	/* Sums beside the bars; one with a hidden part has none to subtract from. */
	assert_non_null(strstr(out.text, ">40</text>"));
	assert_non_null(strstr(out.text, ">*</text>"));
	assert_null(strstr(out.text, ">12</text>"));
	assert_non_null(strstr(out.text, ">0</text>"));
	/* What is there is seen, however small. */
	assert_null(strstr(out.text, "width=\"0\""));
	buffer_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_label),
		cmocka_unit_test(test_present),
		cmocka_unit_test(test_bars),
	};

	if (!setlocale(LC_ALL, "C.UTF-8"))
		return 1;
	return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
