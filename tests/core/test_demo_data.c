/*
 * The demo's case data: the published figures come out of it cell for cell, all
 * of it could have been imported, and it is the same every time.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/columns.h"
#include "core/demo_data.h"
#include "core/register.h"
#include "tests/core/published.h"
#include "tests/core/rules_case.h"

static struct demo_data demo;

static int make(void **state)
{
	(void)state;
	demo_data_make(&demo);
	return 0;
}

static int done(void **state)
{
	(void)state;
	demo_data_done(&demo);
	return 0;
}

static struct tracing_count count_request(const struct request *request)
{
	struct tracing_count count = { .outcome = request->state, .count = 1 };

	(void)snprintf(count.month, sizeof(count.month), "%.7s", request->field[FIELD_DECIDED]);
	(void)snprintf(count.service, sizeof(count.service), "%s", request->field[FIELD_SERVICE]);
	return count;
}

static void count_submission(
	const struct submission *submission, struct submission_count out_counts[2])
{
	memset(out_counts, 0, 2 * sizeof(*out_counts));
	(void)snprintf(out_counts[0].month, 8, "%.7s", submission->received);
	out_counts[0].received = 1;
	(void)snprintf(out_counts[1].month, 8, "%.7s", submission->completed);
	out_counts[1].rejected = submission->status == SUBMISSION_REJECTED;
	out_counts[1].withdrawn = submission->status == SUBMISSION_WITHDRAWN;
	out_counts[1].processed = submission->status == SUBMISSION_PROCESSED;
	out_counts[1].transactions = submission->transactions;
	out_counts[1].single_match = submission->single_match;
}

static struct figures *figures_of(const char *period)
{
	struct tracing_count *tracing = mem_new(demo.request_count, sizeof(*tracing));
	struct submission_count *submissions =
		mem_new(2 * demo.submission_count, sizeof(*submissions));
	struct figures_counts counts = { .tracing = tracing,
		.submissions = submissions,
		.submission_count = 2 * demo.submission_count };
	struct figures *figures;

	for (size_t i = 0; i < demo.request_count; i++)
		if (*demo.requests[i].field[FIELD_OUTCOME])
			tracing[counts.tracing_count++] = count_request(&demo.requests[i]);
	for (size_t i = 0; i < demo.submission_count; i++)
		count_submission(&demo.submissions[i], &submissions[2 * i]);
	figures = published_figures(period, &counts);
	mem_free(tracing);
	mem_free(submissions);
	return figures;
}

static void check_row(void *context, const char *row)
{
	if (!published_has_line(context, row))
		fail_msg("missing: %s", row);
}

static void test_published_cells(void **state)
{
	struct figures *figures = figures_of("2020");
	struct buffer csv;
	size_t cells;

	(void)state;
	buffer_init(&csv);
	register_csv(figures, &csv);
	cells = published_rows("tracing_2020.csv", check_row, csv.text) +
		published_rows("dbsb_2020.csv", check_row, csv.text);
	assert_int_equal(cells, 206);
	/* Nothing else was decided or completed in that year. */
	assert_true(
		published_has_line(csv.text, "2020-05,tracing,total_receipts_processed,total,0"));
	assert_true(published_has_line(csv.text, "2020-06,dbsb,received,,2"));
	assert_true(published_has_line(csv.text, "2020-06,dbsb,approved_and_processed,,0"));
	buffer_done(&csv);
	figures_free(figures);
}

static void check_layout(const char *period, enum register_layout layout, const char *name)
{
	struct figures *figures = figures_of(period);
	struct buffer text, squeezed, golden, wanted;

	buffer_init(&text);
	buffer_init(&squeezed);
	buffer_init(&golden);
	buffer_init(&wanted);
	register_text(figures, layout, true, 0, &text);
	published_read(name, &golden);
	published_squeeze(buffer_text(&text), &squeezed);
	published_squeeze(buffer_text(&golden), &wanted);
	assert_string_equal(buffer_text(&squeezed), buffer_text(&wanted));
	buffer_done(&text);
	buffer_done(&squeezed);
	buffer_done(&golden);
	buffer_done(&wanted);
	figures_free(figures);
}

static void test_published_layouts(void **state)
{
	(void)state;
	check_layout("2020-12", REGISTER_LIST, "list_2020-12.txt");
	check_layout("2020-02", REGISTER_MATRIX, "matrix_2020-02.txt");
}

static void test_sizes(void **state)
{
	size_t history = 0, in_flight = 0, families = 0;

	(void)state;
	for (size_t i = 0; i < demo.request_count; i++) {
		const struct request *request = &demo.requests[i];

		history += request->imported;
		families += request->subject_count > 2;
		assert_true(request->imported == (i < demo.history_count));
		assert_true(request->imported == (request->state != STATE_RECEIVED));
		assert_int_equal(request->version, 1);
	}
	for (size_t i = 0; i < demo.submission_count; i++)
		in_flight += demo.submissions[i].status == SUBMISSION_RECEIVED;
	assert_int_equal(history, 215);
	assert_int_equal(demo.history_count, 215);
	assert_int_equal(demo.request_count, 255);
	assert_true(families > 20);
	assert_int_equal(demo.submission_count, 89);
	assert_int_equal(in_flight, 2);
}

/* Two files at each month's end were received and not yet completed. */
static void test_files_in_flight(void **state)
{
	static const char *const next[] = { "2020-07", "2020-08", "2020-09", "2020-10", "2020-11",
		"2020-12", "2021-01" };

	(void)state;
	for (size_t n = 0; n < sizeof(next) / sizeof(next[0]); n++) {
		size_t in_flight = 0;

		for (size_t i = 0; i < demo.submission_count; i++) {
			const struct submission *file = &demo.submissions[i];

			in_flight += strcmp(file->received, next[n]) < 0 &&
				     (!*file->completed || strcmp(file->completed, next[n]) > 0);
		}
		assert_int_equal(in_flight, 2);
	}
}

static void check_value(const struct column *column, const char *text)
{
	char why[200] = "";
	char *value = column_accept(column, text, false, why, sizeof(why));

	if (!value)
		fail_msg("%s '%s' %s", column->name, text, why);
	else if (strcmp(value, text) != 0)
		fail_msg("%s '%s' would be taken as '%s'", column->name, text, value);
	mem_free(value);
}

static void check_columns(const struct request *request)
{
	for (size_t i = 0; i < column_count(); i++) {
		const struct column *column = column_at(i);

		if (column->place == COLUMN_REQUEST || column->place == COLUMN_HISTORY)
			check_value(column, request->field[column->field]);
		for (size_t s = 0; s < request->subject_count; s++)
			if (column->place == COLUMN_SUBJECT || column->place == COLUMN_TRACE_CODE)
				check_value(column, request->subjects[s].field[column->field]);
	}
}

/* Days in the order they must have; "" and "-" are no days. */
static void check_days(const char *earlier, const char *later)
{
	if (strlen(earlier) == 10 && strlen(later) == 10 && strcmp(earlier, later) > 0)
		fail_msg("%s is after %s", earlier, later);
}

static bool has_trace(const struct request *request)
{
	for (size_t i = 0; i < request->subject_count; i++)
		if (strncmp(request->subjects[i].field[FIELD_TRACE_CODE], "00", 2) == 0 ||
			strncmp(request->subjects[i].field[FIELD_TRACE_CODE], "90", 2) == 0)
			return true;
	return false;
}

static void check_history(const struct request *request)
{
	char *const *field = request->field;

	assert_string_equal(field[FIELD_OUTCOME],
		request->imported ? request_state_code((int)request->state) : "");
	assert_int_equal(*field[FIELD_DECIDED] != '\0', request->imported);
	assert_int_equal(*field[FIELD_DECIDED_BY] != '\0', request->imported);
	assert_int_equal(*field[FIELD_REASONS] != '\0', request->state == STATE_REJECTED);
	assert_int_equal(*field[FIELD_RELEASED] != '\0', request->state == STATE_APPROVED_TRACE);
	assert_int_equal(has_trace(request), request->state == STATE_APPROVED_TRACE);
	if (request->state == STATE_REJECTED)
		assert_true(*field[FIELD_REVIEWED_BY]);
	assert_string_not_equal(field[FIELD_DECIDED_BY],
		*field[FIELD_REVIEWED_BY] ? field[FIELD_REVIEWED_BY] : "-");
	check_days(
		field[FIELD_RECEIVED], *field[FIELD_DECIDED] ? field[FIELD_DECIDED] : DEMO_TODAY);
	check_days(field[FIELD_DECIDED], DEMO_TODAY);
	check_days(field[FIELD_REQUESTER_SIGNED], field[FIELD_RECEIVED]);
	check_days(field[FIELD_COURT_ORDER_DATE], field[FIELD_RECEIVED]);
}

static void test_requests_could_be_imported(void **state)
{
	const char *before = "2020-01-01";

	(void)state;
	for (size_t i = 0; i < demo.request_count; i++) {
		const struct request *request = &demo.requests[i];

		assert_string_equal(request->reference, "");
		assert_true(request->subject_count > 0);
		check_columns(request);
		check_history(request);
		if (i == demo.history_count)
			before = "2020-12-01";
		check_days(before, request->field[FIELD_RECEIVED]);
		before = request->field[FIELD_RECEIVED];
	}
}

static void test_submissions_could_be_imported(void **state)
{
	const char *before = "2020-01-01";

	(void)state;
	for (size_t i = 0; i < demo.submission_count; i++) {
		const struct submission *file = &demo.submissions[i];

		check_value(submission_column_find("organisation"), file->organisation);
		check_value(submission_column_find("contact_email"), file->contact_email);
		check_value(submission_column_find("reason"), file->reason);
		check_days(before, file->received);
		check_days(file->received, *file->completed ? file->completed : DEMO_TODAY);
		assert_int_equal(*file->completed != '\0', file->status != SUBMISSION_RECEIVED);
		assert_int_equal(*file->reason != '\0', file->status == SUBMISSION_REJECTED);
		assert_int_equal(file->transactions > 0, file->status == SUBMISSION_PROCESSED);
		assert_true(file->single_match >= 0 && file->single_match <= file->transactions);
		before = file->received;
	}
}

/* The rules that fail, as a list of codes with ';' around each. */
static void failing_rules(const struct request *request, struct buffer *out)
{
	struct finding findings[RULE_COUNT];
	struct rules_input input = case_input(request);

	rules_check(&input, findings);
	buffer_add(out, ";");
	for (size_t i = 0; i < RULE_COUNT; i++)
		if (findings[i].result == RULE_FAIL)
			buffer_print(out, "%s;", findings[i].rule->code);
}

static bool list_has(const char *list, const char *item, size_t size)
{
	char wanted[100];

	(void)snprintf(wanted, sizeof(wanted), ";%.*s;", (int)size, item);
	return strstr(list, wanted) != NULL;
}

/* What a person judged, or decided apart from the checks. */
static bool is_judgement(const char *reason, size_t size)
{
	return list_has(
		";not_speculative;purpose_accepted;not_in_public_interest;other;", reason, size);
}

static void check_reasons(const struct request *request, const char *failing)
{
	for (const char *reason = request->field[FIELD_REASONS]; *reason;) {
		size_t size = strcspn(reason, ";");

		if (!list_has(failing, reason, size) && !is_judgement(reason, size))
			fail_msg("rejected for %.*s, but what fails is %s (%s)", (int)size, reason,
				failing, request->field[FIELD_ORGANISATION]);
		reason += size + (reason[size] == ';');
	}
}

/* The checks find the reasons that rejected ones were rejected for, nothing in approved ones. */
static void test_reasons_fit(void **state)
{
	size_t faulty = 0;

	(void)state;
	for (size_t i = 0; i < demo.request_count; i++) {
		const struct request *request = &demo.requests[i];
		struct buffer failing;

		buffer_init(&failing);
		failing_rules(request, &failing);
		check_reasons(request, failing.text);
		if (request->imported && request->state != STATE_REJECTED && failing.size > 1)
			fail_msg("approved, but %s fail", failing.text);
		faulty += !request->imported && failing.size > 1;
		buffer_done(&failing);
	}
	assert_in_range(faulty, 14, 18);
}

static void test_open_receipts(void **state)
{
	static const char *const services[] = { "police", "nca", "home_office", "court_order",
		"ccrc", "hm_coroner" };

	(void)state;
	for (size_t s = 0; s < sizeof(services) / sizeof(services[0]); s++) {
		size_t count = 0;

		for (size_t i = 0; i < demo.request_count; i++)
			count += !demo.requests[i].imported &&
				 strcmp(demo.requests[i].field[FIELD_SERVICE], services[s]) == 0;
		assert_true(count > 0);
	}
}

static size_t subjects_with(enum subject_field field, const char *text)
{
	size_t count = 0;

	for (size_t i = 0; i < demo.request_count; i++)
		for (size_t s = 0; s < demo.requests[i].subject_count; s++)
			count += strcmp(demo.requests[i].subjects[s].field[field], text) == 0;
	return count;
}

static void test_people(void **state)
{
	static const char *const surnames[] = { "O", "王", "בן־דוד", "الحدّاد", "Þorgeirsdóttir",
		"Nguyễn", "Featherstonehaugh-Cholmondeley-Wriothesley-Marjoribanks",
		"Jones" /* the last of the rare ones is used, too */ };

	(void)state;
	for (size_t i = 0; i < sizeof(surnames) / sizeof(surnames[0]); i++)
		if (subjects_with(FIELD_SUBJECT_SURNAME, surnames[i]) == 0)
			fail_msg("nobody is called %s", surnames[i]);
	for (size_t i = 0; i < demo.request_count; i++)
		for (size_t s = 0; s < demo.requests[i].subject_count; s++) {
			const char *number = demo.requests[i].subjects[s].field[FIELD_NHS_NUMBER];

			if (strlen(number) < 10)
				continue;
			assert_memory_equal(number, "999", 3);
			assert_int_equal(subjects_with(FIELD_NHS_NUMBER, number), 1);
		}
}

static void check_equal(const struct request *a, const struct request *b)
{
	assert_int_equal(a->state, b->state);
	assert_int_equal(a->subject_count, b->subject_count);
	for (int f = 0; f < REQUEST_FIELD_COUNT; f++)
		assert_string_equal(a->field[f], b->field[f]);
	for (size_t s = 0; s < a->subject_count; s++)
		for (int f = 0; f < SUBJECT_FIELD_COUNT; f++)
			assert_string_equal(a->subjects[s].field[f], b->subjects[s].field[f]);
}

static void test_second_run_is_equal(void **state)
{
	struct demo_data again;

	(void)state;
	demo_data_make(&again);
	assert_int_equal(again.request_count, demo.request_count);
	assert_int_equal(again.submission_count, demo.submission_count);
	for (size_t i = 0; i < again.request_count; i++)
		check_equal(&again.requests[i], &demo.requests[i]);
	for (size_t i = 0; i < again.submission_count; i++) {
		const struct submission *a = &again.submissions[i], *b = &demo.submissions[i];

		assert_string_equal(a->received, b->received);
		assert_string_equal(a->completed, b->completed);
		assert_string_equal(a->organisation, b->organisation);
		assert_int_equal(a->transactions, b->transactions);
		assert_int_equal(a->single_match, b->single_match);
	}
	demo_data_done(&again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_published_cells),
		cmocka_unit_test(test_published_layouts),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_files_in_flight),
		cmocka_unit_test(test_requests_could_be_imported),
		cmocka_unit_test(test_submissions_could_be_imported),
		cmocka_unit_test(test_reasons_fit),
		cmocka_unit_test(test_open_receipts),
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_second_run_is_equal),
	};

	(void)setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("demo_data", tests, make, done);
}
