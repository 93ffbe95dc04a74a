/*
 * The register from the published figures: both layouts, csv and json as they
 * were published, and how they fit a terminal.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "core/register.h"
#include "core/text.h"
#include "tests/core/published.h"

/* Counts read back from the published figures. */
struct counts {
	struct tracing_count tracing[200];
	size_t tracing_count;
	struct submission_count submissions[12];
	size_t submission_count;
};

static struct submission_count *submissions_of(struct counts *counts, const char *month)
{
	struct submission_count *count;

	for (size_t i = 0; i < counts->submission_count; i++)
		if (strcmp(counts->submissions[i].month, month) == 0)
			return &counts->submissions[i];
	count = &counts->submissions[counts->submission_count++];
	(void)snprintf(count->month, sizeof(count->month), "%s", month);
	return count;
}

static void count_submissions(
	struct counts *counts, const char *month, const char *measure, int64_t value)
{
	struct submission_count *count = submissions_of(counts, month);

	if (strcmp(measure, "received") == 0)
		count->received = value;
	else if (strcmp(measure, "rejected") == 0)
		count->rejected = value;
	else if (strcmp(measure, "withdrawn") == 0)
		count->withdrawn = value;
	else if (strcmp(measure, "approved_and_processed") == 0)
		count->processed = value;
	else if (strcmp(measure, "transactions_total") == 0)
		count->transactions = value;
	else if (strcmp(measure, "single_match") == 0)
		count->single_match = value;
}

static void count_row(void *context, const char *row)
{
	struct counts *counts = context;
	char month[8], section[16], measure[40], service[40] = "";
	struct tracing_count *count;
	int64_t value = strtoll(strrchr(row, ',') + 1, NULL, 10);

	assert_true(sscanf(row, "%7[^,],%15[^,],%39[^,],%39[^,]", month, section, measure,
			    service) >= 3);
	if (strcmp(section, "dbsb") == 0) {
		count_submissions(counts, month, measure, value);
		return;
	}
	if (!request_state_from(measure) || strcmp(service, "total") == 0 || value == 0)
		return;
	count = &counts->tracing[counts->tracing_count++];
	(void)snprintf(count->month, sizeof(count->month), "%s", month);
	(void)snprintf(count->service, sizeof(count->service), "%s", service);
	count->outcome = (enum request_state)request_state_from(measure);
	count->count = value;
}

static struct figures *figures_of(const char *period)
{
	struct counts counts = { .tracing_count = 0 };
	struct figures_counts all;

	assert_int_equal(published_rows("tracing_2020.csv", count_row, &counts), 152);
	assert_int_equal(published_rows("dbsb_2020.csv", count_row, &counts), 54);
	all = (struct figures_counts) { .tracing = counts.tracing,
		.tracing_count = counts.tracing_count,
		.submissions = counts.submissions,
		.submission_count = counts.submission_count };
	return published_figures(period, &all);
}

static void text_of(const char *period, enum register_layout layout, int width, struct buffer *out)
{
	struct figures *figures = figures_of(period);

	buffer_init(out);
	register_text(figures, layout, true, width, out);
	figures_free(figures);
}

static void check_layout(const char *period, enum register_layout layout, const char *name)
{
	struct buffer text, squeezed, golden, wanted;

	text_of(period, layout, 0, &text);
	buffer_init(&squeezed);
	buffer_init(&golden);
	buffer_init(&wanted);
	published_read(name, &golden);
	published_squeeze(buffer_text(&text), &squeezed);
	published_squeeze(buffer_text(&golden), &wanted);
	assert_string_equal(buffer_text(&squeezed), buffer_text(&wanted));
	assert_non_null(strstr(buffer_text(&wanted), "Total receipts processed"));
	buffer_done(&text);
	buffer_done(&squeezed);
	buffer_done(&golden);
	buffer_done(&wanted);
}

static void test_list(void **state)
{
	(void)state;
	check_layout("2020-12", REGISTER_LIST, "list_2020-12.txt");
}

static void test_matrix(void **state)
{
	(void)state;
	check_layout("2020-02", REGISTER_MATRIX, "matrix_2020-02.txt");
}

static void check_csv_row(void *context, const char *row)
{
	if (!published_has_line(context, row))
		fail_msg("missing: %s", row);
}

static void test_csv(void **state)
{
	struct figures *figures = figures_of("2020");
	struct buffer csv;

	(void)state;
	buffer_init(&csv);
	register_csv(figures, &csv);
	assert_int_equal(published_rows("tracing_2020.csv", check_csv_row, csv.text) +
				 published_rows("dbsb_2020.csv", check_csv_row, csv.text),
		206);
	assert_true(published_has_line(csv.text, "month,section,measure,service,value"));
	/* Months that nothing was published for are there, with zeros and dashes. */
	assert_true(published_has_line(csv.text, "2020-05,tracing,rejected,police,0"));
	assert_true(published_has_line(csv.text, "2020-01,dbsb,transactions_avg_per_file,,-"));
	assert_true(published_has_line(csv.text, "2020-01,dbsb,single_match_percent,,-"));
	assert_null(strstr(csv.text, "2020-04,tracing,rejected,nhscfa"));
	assert_null(strstr(csv.text, "charity"));
	assert_null(strstr(csv.text, "DEMO"));
	buffer_done(&csv);
	figures_free(figures);
}

struct month_rows {
	const char *month;
	struct buffer *rows;
};

static void add_month_row(void *context, const char *row)
{
	struct month_rows *of = context;

	if (strncmp(row, of->month, 7) == 0)
		buffer_print(of->rows, "%s\n", row);
}

/* The whole output, where both sections were published. */
static void test_csv_order(void **state)
{
	struct figures *figures = figures_of("2020-11..2020-12");
	struct buffer csv, wanted;
	struct month_rows november = { "2020-11", &wanted }, december = { "2020-12", &wanted };

	(void)state;
	buffer_init(&csv);
	buffer_init(&wanted);
	register_csv(figures, &csv);
	buffer_add(&wanted, "month,section,measure,service,value\n");
	(void)published_rows("tracing_2020.csv", add_month_row, &november);
	(void)published_rows("dbsb_2020.csv", add_month_row, &november);
	(void)published_rows("tracing_2020.csv", add_month_row, &december);
	(void)published_rows("dbsb_2020.csv", add_month_row, &december);
	assert_string_equal(csv.text, wanted.text);
	buffer_done(&csv);
	buffer_done(&wanted);
	figures_free(figures);
}

static const char *text_in(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

/* A figure of the json as the row that the csv has. */
static void add_json_row(const json_t *figure, struct buffer *rows)
{
	const json_t *value = json_object_get(figure, "value");
	const json_t *service = json_object_get(figure, "service");

	assert_int_equal(json_object_size(figure), 5);
	assert_int_equal(json_is_null(service), strcmp(text_in(figure, "section"), "dbsb") == 0);
	buffer_print(rows, "%s,%s,%s,%s,", text_in(figure, "month"), text_in(figure, "section"),
		text_in(figure, "measure"), text_in(figure, "service"));
	if (json_is_null(value))
		buffer_add(rows, "-\n");
	else if (json_is_real(value))
		buffer_print(rows, "%.1f\n", json_real_value(value));
	else
		buffer_print(rows, "%lld\n", (long long)json_integer_value(value));
}

static void test_json(void **state)
{
	struct figures *figures = figures_of("2020");
	struct buffer csv, text, rows;
	const json_t *list, *months;
	json_t *root;

	(void)state;
	buffer_init(&csv);
	buffer_init(&text);
	buffer_init(&rows);
	register_csv(figures, &csv);
	register_json(figures, &text);
	root = json_loads(buffer_text(&text), JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(root);
	assert_int_equal(json_object_size(root), 2);
	list = json_object_get(root, "figures");
	buffer_add(&rows, "month,section,measure,service,value\n");
	for (size_t i = 0; i < json_array_size(list); i++)
		add_json_row(json_array_get(list, i), &rows);
	assert_string_equal(rows.text, csv.text);
	months = json_object_get(root, "months");
	assert_int_equal(json_array_size(months), 12);
	assert_string_equal(text_in(json_array_get(months, 11), "month"), "2020-12");
	json_decref(root);
	buffer_done(&csv);
	buffer_done(&text);
	buffer_done(&rows);
	figures_free(figures);
}

static void test_json_months(void **state)
{
	const struct month closed = { "2020-11", true, "2020-12-03", 2 };
	const struct figures_counts counts = { .months = &closed, .month_count = 1 };
	struct figures *figures = published_figures("2020-11..2020-12", &counts);
	struct buffer text;

	(void)state;
	buffer_init(&text);
	register_json(figures, &text);
	assert_non_null(
		strstr(text.text, "{\"month\":\"2020-11\",\"status\":\"closed\",\"closed_on\":"
				  "\"2020-12-03\",\"revision\":2}"));
	assert_non_null(
		strstr(text.text, "{\"month\":\"2020-12\",\"status\":\"open\",\"closed_on\":"
				  "null,\"revision\":0}"));
	buffer_done(&text);
	figures_free(figures);
}

static void check_in_order(const char *text, const char *const *parts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		text = strstr(text, parts[i]);
		if (!text)
			fail_msg("'%s' is missing, or not in its place", parts[i]);
		text += strlen(parts[i]);
	}
}

/* Tracing newest month first, DBSB oldest first; terms, then footnotes once. */
static void test_months_in_order(void **state)
{
	static const char *const list[] = { "DEMO", "Tracing service activity for March 2020",
		"Rejected", "Approved - Trace", "Approved - No Trace", "Total receipts processed",
		"Tracing service activity for February 2020",
		"Demographics Batch Service Bureau activity - February to March 2020",
		"February 2020", "March 2020", "Explanation of terms", "*NHS Counter Fraud" };
	static const char *const matrix[] = { "Tracing service - March 2020",
		"Tracing service - February 2020",
		"Demographics Batch Service Bureau activity - February to March 2020",
		"February 2020  March 2020", "Explanation of terms", "*NHS Counter Fraud" };
	struct buffer text;

	(void)state;
	text_of("2020-02..2020-03", REGISTER_LIST, 0, &text);
	check_in_order(text.text, list, sizeof(list) / sizeof(list[0]));
	assert_null(strstr(strstr(text.text, "*NHS Counter") + 1, "*NHS Counter"));
	buffer_done(&text);
	text_of("2020-02..2020-03", REGISTER_MATRIX, 0, &text);
	check_in_order(text.text, matrix, sizeof(matrix) / sizeof(matrix[0]));
	buffer_done(&text);
	text_of("2019-12..2020-01", REGISTER_LIST, 0, &text);
	assert_non_null(strstr(text.text, "activity - December 2019 to January 2020\n"));
	buffer_done(&text);
	text_of("2020-12", REGISTER_LIST, 0, &text);
	assert_null(strstr(text.text, "*NHS Counter"));
	buffer_done(&text);
}

/* Notes come with the month after the last day. */
static void test_notes(void **state)
{
	struct buffer text;

	(void)state;
	text_of("2020-09", REGISTER_LIST, 0, &text);
	assert_null(strstr(text.text, "retired"));
	assert_non_null(strstr(text.text, "Home Office (under review) "));
	buffer_done(&text);
	text_of("2020-11", REGISTER_LIST, 0, &text);
	assert_non_null(strstr(text.text, "Welsh Blood Service (retired on 18/09/2020) "));
	assert_non_null(strstr(text.text, "Jersey Cytology Screening   "));
	buffer_done(&text);
}

static void test_provisional(void **state)
{
	const struct month closed = { "2020-11", true, "2020-12-03", 1 };
	const struct figures_counts counts = { .months = &closed, .month_count = 1 };
	struct figures *figures = published_figures("2020-11..2020-12", &counts);
	struct buffer text;

	(void)state;
	buffer_init(&text);
	register_text(figures, REGISTER_LIST, false, 0, &text);
	assert_null(strstr(text.text, "DEMO"));
	assert_non_null(strstr(text.text, "for November 2020\n\n"));
	assert_non_null(strstr(text.text, "for December 2020\nProvisional"));
	assert_true(published_has_line(text.text, "Provisional, not closed: December 2020"));
	buffer_done(&text);
	figures_free(figures);
}

/* The terms word for word, each paragraph a line of its own where there is no terminal. */
static void test_terms(void **state)
{
	struct buffer text, terms;
	char *rest = NULL;

	(void)state;
	text_of("2020-12", REGISTER_LIST, 0, &text);
	buffer_init(&terms);
	published_read("explanation_of_terms.txt", &terms);
	for (char *line = strtok_r(terms.text, "\n", &rest); line;
		line = strtok_r(NULL, "\n", &rest))
		if (!published_has_line(text.text, line))
			fail_msg("missing: %s", line);
	buffer_done(&text);
	buffer_done(&terms);
}

static int widest_line(char *text)
{
	int widest = 0;
	char *rest = NULL;

	for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		if (text_width(line) > widest)
			widest = text_width(line);
	return widest;
}

/* Words that hold a digit: what a layout may not lose. The bars come besides. */
static size_t figures_in(const char *text)
{
	size_t count = 0;

	while (*text && strncmp(text, "by month\n", strlen("by month\n")) != 0) {
		size_t size = strcspn(text, " \n");

		count += strcspn(text, "0123456789") < size;
		text += size;
		text += strspn(text, " \n");
	}
	return count;
}

static void check_width(const char *period, enum register_layout layout, int width)
{
	struct buffer whole, fitted;
	size_t wanted, got;

	text_of(period, layout, 0, &whole);
	text_of(period, layout, width, &fitted);
	wanted = figures_in(whole.text);
	got = figures_in(fitted.text);
	if (wanted != got)
		fail_msg("%zu figures of %zu at width %d", got, wanted, width);
	if (widest_line(fitted.text) > width)
		fail_msg("a line is %d wide at width %d", widest_line(fitted.text), width);
	buffer_done(&whole);
	buffer_done(&fitted);
}

static void test_widths(void **state)
{
	static const int widths[] = { 44, 60, 79, 80, 81, 100, 132, 160, 240 };

	(void)state;
	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++) {
		check_width("2020", REGISTER_LIST, widths[i]);
		check_width("2020", REGISTER_MATRIX, widths[i]);
	}
}

/* Words in their order, rules apart: on a terminal the list layout differs by its lines alone. */
static void words_of(const char *text, struct buffer *out)
{
	while (*text) {
		size_t size = strcspn(text, " \n");

		if (strncmp(text, "─", 3) != 0 && strncmp(text, "--", 2) != 0) {
			buffer_add_bytes(out, text, size);
			buffer_add(out, " ");
		}
		text += size;
		text += strspn(text, " \n");
	}
}

static void test_wrapping_loses_nothing(void **state)
{
	struct buffer whole, fitted, wanted, got;

	(void)state;
	text_of("2020", REGISTER_LIST, 0, &whole);
	text_of("2020", REGISTER_LIST, 44, &fitted);
	buffer_init(&wanted);
	buffer_init(&got);
	words_of(whole.text, &wanted);
	words_of(fitted.text, &got);
	assert_string_equal(got.text, wanted.text);
	buffer_done(&whole);
	buffer_done(&fitted);
	buffer_done(&wanted);
	buffer_done(&got);
}

/* What a closed month says of itself stands after the terms; its page does not change by it. */
static void test_published(void **state)
{
	const struct month closed = { "2020-12", true, "2021-02-04", 2 };
	const struct figures_counts counts = { .months = &closed, .month_count = 1 };
	struct figures *figures = published_figures("2020-11..2020-12", &counts);
	struct figures_month *month = &figures->months[1];
	static const char *const parts[] = {
		"Explanation of terms", "\n\nDecember 2020: ",
		"revision 2, published on 04/02/2021, checkpoint 1f3a of 912 events.\n",
		"\nDecember 2020 was revised on 04/02/2021 (revision 2): one outcome␛ was wrong\n"
	};
	struct buffer text;

	(void)state;
	month->checkpoint = mem_text("1f3a of 912 events");
	month->revisions = mem_new(1, sizeof(*month->revisions));
	month->revisions[0] = (struct figures_revision) { 2, "2021-02-04",
		mem_text("one outcome\x1b was wrong") };
	month->revision_count = 1;
	buffer_init(&text);
	register_text(figures, REGISTER_LIST, false, 0, &text);
	check_in_order(text.text, parts, sizeof(parts) / sizeof(parts[0]));
	assert_null(strstr(text.text, "November 2020: revision"));
	buffer_done(&text);
	figures_free(figures);
}

/* Bars for who looks at a terminal, after all that is published; nowhere else. */
static void test_bars(void **state)
{
	static const char *const parts[] = { "Explanation of terms", "*NHS Counter Fraud",
		"\nMonth by month\n", "                           J F M A M J J A S O N D\n",
		"Rejected                   · █ ▇ · · · · · · · ▇ ▆  up to 23\n",
		"\nDBSB transactions          · · · · · · █ ▂ ▃ ▁ ▁ ▁  up to 854,853\n" };
	struct buffer text;

	(void)state;
	text_of("2020", REGISTER_LIST, 80, &text);
	check_in_order(text.text, parts, sizeof(parts) / sizeof(parts[0]));
	buffer_done(&text);
	text_of("2020", REGISTER_LIST, 0, &text);
	assert_null(strstr(text.text, "Month by month"));
	buffer_done(&text);
	text_of("2020-12", REGISTER_LIST, 80, &text);
	assert_null(strstr(text.text, "Month by month"));
	buffer_done(&text);
	/* The last months, where not all fit. */
	text_of("2010-01..2020-12", REGISTER_LIST, 80, &text);
	assert_non_null(strstr(
		text.text, "\n                           S O N D J F M A M J J A S O N D\n"));
	buffer_done(&text);
}

/* A row of bars without a single figure says so. */
static void test_bars_suppressed(void **state)
{
	const struct figures_counts none = { 0 };
	struct figures *figures = published_figures("2020-11..2020-12", &none);
	struct buffer text;

	(void)state;
	for (size_t i = 0; i < figures->month_count; i++)
		figures->months[i].total[MEASURE_REJECTED] = FIGURE_HIDDEN;
	figures->months[0].total[MEASURE_TOTAL] = FIGURE_HIDDEN;
	buffer_init(&text);
	register_text(figures, REGISTER_LIST, false, 80, &text);
	assert_non_null(strstr(text.text, "\nRejected                   * *  suppressed\n"));
	assert_non_null(strstr(text.text, "\nTotal receipts processed   * ·  up to 0\n"));
	buffer_done(&text);
	figures_free(figures);
}

/* A label is foreign text: a supervisor can change it. */
static void test_label_is_made_visible(void **state)
{
	const struct figures_counts none = { 0 };
	struct figures *figures = published_figures("2020-12", &none);
	struct buffer text;

	(void)state;
	record_set(&figures->months[0].services[1].label, "Po\x1b[31mlice");
	buffer_init(&text);
	register_text(figures, REGISTER_LIST, false, 80, &text);
	assert_null(strchr(text.text, '\x1b'));
	assert_non_null(strstr(text.text, "Po␛[31mlice"));
	buffer_done(&text);
	figures_free(figures);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_matrix),
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_csv_order),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_json_months),
		cmocka_unit_test(test_months_in_order),
		cmocka_unit_test(test_notes),
		cmocka_unit_test(test_provisional),
		cmocka_unit_test(test_terms),
		cmocka_unit_test(test_widths),
		cmocka_unit_test(test_wrapping_loses_nothing),
		cmocka_unit_test(test_published),
		cmocka_unit_test(test_bars),
		cmocka_unit_test(test_bars_suppressed),
		cmocka_unit_test(test_label_is_made_visible),
	};

	(void)setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("register", tests, NULL, NULL);
}
