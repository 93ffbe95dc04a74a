/*
 * Files of requests and submissions: every way a row can be wrong, with its line
 * and column; forms of several rows; the same result whatever the pieces.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/buffer.h"
#include "core/intake.h"

/* What came out, as text: "LINE reference service state surname+surname|" for each request or
   submission, "LINE:column" for each problem. */
struct outcome {
	struct buffer records;
	struct buffer problems;
	int problem_count;
	int64_t stop_at;
	enum intake_status status;
	char message[512];
	int64_t rows;
};

static bool note_request(void *context, int64_t line, struct request *request)
{
	struct outcome *outcome = context;

	buffer_print(&outcome->records, "%d %s %s %s%s ", (int)line, request->reference,
		request->field[FIELD_SERVICE], request_state_code((int)request->state),
		request->imported ? "!" : "");
	for (size_t i = 0; i < request->subject_count; i++)
		buffer_print(&outcome->records, "%s%s", i > 0 ? "+" : "",
			request->subjects[i].field[FIELD_SUBJECT_SURNAME]);
	buffer_add(&outcome->records, "|");
	return line != outcome->stop_at;
}

static bool note_submission(void *context, int64_t line, struct submission *submission)
{
	struct outcome *outcome = context;

	buffer_print(&outcome->records, "%d %s %s %s %d/%d %s|", (int)line, submission->reference,
		submission_status_code((int)submission->status), submission->completed,
		(int)submission->single_match, (int)submission->transactions, submission->reason);
	return line != outcome->stop_at;
}

static void note_problem(void *context, int64_t line, const char *column, const char *why)
{
	struct outcome *outcome = context;

	assert_true(*why && !strchr(why, '\n'));
	buffer_print(&outcome->problems, "%d:%s ", (int)line, column);
	outcome->problem_count++;
}

static const struct intake_options options_usual = {
	.delimiter = ',',
	.today = "2021-01-10",
	.cut_over = "2021-01-04",
	.closed_to = "2020-06",
};

static void read_with(const struct intake_options *options, bool is_dbsb, const char *text,
	unsigned *seed, struct outcome *out_outcome)
{
	size_t size = strlen(text);
	struct intake *intake =
		is_dbsb ? intake_submissions_new(
				  options, note_submission, note_problem, out_outcome)
			: intake_requests_new(options, note_request, note_problem, out_outcome);

	buffer_init(&out_outcome->records);
	buffer_init(&out_outcome->problems);
	while (size > 0) {
		size_t step = size;

		if (seed) {
			*seed = *seed * 1103515245 + 12345;
			step = (*seed >> 16) % 11;
			step = step > size ? size : step;
		}
		(void)intake_feed(intake, text, step);
		text += step;
		size -= step;
	}
	out_outcome->status = intake_finish(intake);
	(void)snprintf(
		out_outcome->message, sizeof(out_outcome->message), "%s", intake_message(intake));
	out_outcome->rows = intake_rows(intake);
	intake_free(intake);
}

static void outcome_done(struct outcome *outcome)
{
	buffer_done(&outcome->records);
	buffer_done(&outcome->problems);
}

static void assert_outcome(bool is_dbsb, const char *text, enum intake_status status,
	const char *records, const char *problems)
{
	struct outcome outcome = { 0 };

	read_with(&options_usual, is_dbsb, text, NULL, &outcome);
	assert_string_equal(buffer_text(&outcome.problems), problems);
	assert_string_equal(buffer_text(&outcome.records), records);
	assert_int_equal(outcome.status, status);
	assert_true((status == INTAKE_OK || status == INTAKE_STOPPED) == !*outcome.message);
	outcome_done(&outcome);
}

static void assert_requests(
	const char *text, enum intake_status status, const char *records, const char *problems)
{
	assert_outcome(false, text, status, records, problems);
}

static void assert_submissions(
	const char *text, enum intake_status status, const char *records, const char *problems)
{
	assert_outcome(true, text, status, records, problems);
}

static void test_columns_of_the_header(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = { { "", "empty" }, { "\n\n", "empty" }, { "\xEF\xBB\xBF", "empty" },
		{ "received,service,colour\n", "unknown column \"colour\"" },
		{ "received,service,Note\n", "unknown column \"Note\"" },
		{ "received,service,\n", "unknown column \"\"" },
		{ "received;service\n", "unknown column \"received;service\"" },
		{ "received,service,\x1B[2J\n", "unknown column \"␛[2J\"" },
		{ "service,note\n", "missing column \"received\"" },
		{ "received,note\n", "missing column \"service\"" },
		{ "received,service,note,note\n", "doubled column \"note\"" } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct outcome outcome = { 0 };

		read_with(&options_usual, false, cases[i].text, NULL, &outcome);
		assert_int_equal(outcome.status, INTAKE_COLUMNS);
		assert_non_null(strstr(outcome.message, cases[i].says));
		outcome_done(&outcome);
	}
	assert_submissions("received,service\n", INTAKE_COLUMNS, "", "");
	assert_submissions("organisation\n", INTAKE_COLUMNS, "", "");
	assert_requests("service,received\n", INTAKE_OK, "", "");
	assert_submissions("received\n", INTAKE_OK, "", "");
}

static void test_good_requests(void **state)
{
	(void)state;
	assert_requests("received,service\n2020-12-14,police\n\n2021-01-10,nca\n", INTAKE_OK,
		"2  police received |4  nca received |", "");
	assert_requests("subject_surname,service,received,reference\n"
			"O’Testa,police,2020-12-14,TR-2020-000007\n",
		INTAKE_OK, "2 TR-2020-000007 police received O’Testa|", "");
	assert_requests("received,service,outcome,decided,reasons,released,trace_code\n"
			"2020-12-01,police,rejected,2020-12-02,countersigner_present,,\n"
			"2020-12-01,police,approved_trace,2021-01-04,,name;address,00\n"
			"2020-12-01,police,approved_no_trace,2020-12-01,,,98\n"
			"2020-12-01,police,withdrawn,2020-12-03,,,\n"
			"2020-05-01,police,rejected,2020-07-01,,,\n",
		INTAKE_OK,
		"2  police rejected! |3  police approved_trace! |4  police approved_no_trace! |"
		"5  police withdrawn! |6  police rejected! |",
		"");
}

static void test_several_subjects(void **state)
{
	(void)state;
	assert_requests("reference,same_form,received,service,note,subject_surname\n"
			"A,,2020-12-01,police,\"two\nlines\",One\n"
			",yes,,,,Two\n"
			"A,yes,2020-12-01,police,,Three\n"
			"B,no,2020-12-01,nca,,Four\n",
		INTAKE_OK, "2 A police received One+Two+Three|6 B nca received Four|", "");
	/* a subject may be missing in the first row alone */
	assert_requests("same_form,received,service,subject_surname\n"
			",2020-12-01,police,\nyes,,,Two\n",
		INTAKE_OK, "2  police received Two|", "");
	assert_requests("same_form,received,service,subject_surname\n"
			"yes,2020-12-01,police,One\n",
		INTAKE_BAD_ROWS, "", "2:same_form ");
	assert_requests("reference,same_form,received,service,subject_surname\n"
			"A,,2020-12-01,police,One\n"
			"B,yes,2020-12-02,nca,Two\n"
			",yes,,,\n",
		INTAKE_BAD_ROWS, "", "3:received 3:service 3:reference ");
	assert_requests("same_form,received,service,subject_surname\n"
			",2020-12-01,police,One\nyes,,,\n,2020-12-01,nca,\n",
		INTAKE_BAD_ROWS, "4  nca received |", "3:same_form ");
}

static void test_trace_codes(void **state)
{
	static const char header[] = "same_form,received,service,outcome,decided,trace_code\n";
	struct buffer text;

	(void)state;
	buffer_init(&text);
	buffer_add(&text, header);
	buffer_add(&text, ",2020-12-01,police,approved_trace,2020-12-02,98\n"
			  "yes,,,,,92\n" /* one of two was traced */
			  ",2020-12-01,police,approved_trace,2020-12-02,98\n"
			  "yes,,,,,91\n"	      /* none was */
			  ",2020-12-01,police,,,00\n" /* without an outcome */
			  ",2020-12-01,police,approved_trace,2020-12-02,\n"
			  ",2020-12-01,police,approved_trace,2020-12-02,99\n");
	assert_requests(buffer_text(&text), INTAKE_BAD_ROWS,
		"2  police approved_trace! +|7  police approved_trace! |",
		"4:trace_code 6:trace_code 8:trace_code ");
	buffer_done(&text);
}

static void test_bad_cells(void **state)
{
	(void)state;
	assert_requests("received,service,nhs_number,items\n"
			"2020-02-30,police,,\n"
			"2020-12-14,Police,x,name\n"
			",,,\n"
			"-,police,,\n"
			"2020-12-14,police\n"
			"2020-12-14,police,,name,more\n"
			"2021-01-11,police,,\n"
			"2020-12-14,police,9990000018,name\n",
		INTAKE_BAD_ROWS, "9  police received |",
		"2:received 3:service 3:nhs_number 4:received 4:service 5:received 6: 7: "
		"8:received ");
}

static void test_bad_history(void **state)
{
	(void)state;
	assert_requests("received,service,outcome,decided,decided_by,reasons,released\n"
			"2020-12-01,police,rejected,,,,\n"
			"2020-12-01,police,,2020-12-02,Smith,,name\n"
			"2020-12-02,police,rejected,2020-12-01,,,\n"
			"2020-12-01,police,rejected,2021-01-05,,,\n" /* after the cut-over */
			"2020-12-01,police,rejected,2021-01-11,,,\n" /* and after today */
			"2020-06-01,police,rejected,2020-06-30,,,\n" /* closed */
			"2020-12-01,police,held,2020-12-02,,,\n"
			"2020-12-01,police,approved_trace,2020-12-02,,other,\n"
			"2020-12-01,police,rejected,2020-12-02,,,name\n"
			"2020-12-01,police,rejected,2020-12-02,,not_a_rule,\n",
		INTAKE_BAD_ROWS, "",
		"2:decided 3:decided 3:decided_by 3:released 4:decided 5:decided 6:decided "
		"6:decided 7:decided 8:outcome 9:reasons 10:released 11:reasons ");
}

static void test_references(void **state)
{
	static const char header[] = "received,service,reference\n";
	struct outcome outcome = { 0 };
	struct buffer text;

	(void)state;
	assert_requests("received,service,reference\n"
			"2020-12-14,police,A\n2020-12-14,police,\n2020-12-14,police,\n"
			"2020-12-14,police,A\n2020-12-14,police,a\n2020-12-14,police,A B\n",
		INTAKE_BAD_ROWS,
		"2 A police received |3  police received |4  police received |"
		"6 a police received |",
		"5:reference 7:reference ");
	assert_submissions("received,reference\n2020-12-14,D\n2020-12-14,D\n", INTAKE_BAD_ROWS,
		"2 D received  0/0 |", "3:reference ");
	/* many, every hundredth of them twice */
	buffer_init(&text);
	buffer_add(&text, header);
	for (int i = 0; i < 5000; i++)
		buffer_print(&text, "2020-12-14,police,R%d\n", i % 100 == 99 ? i - 1 : i);
	read_with(&options_usual, false, buffer_text(&text), NULL, &outcome);
	assert_int_equal(outcome.problem_count, 50);
	outcome_done(&outcome);
	buffer_done(&text);
}

static void test_submissions(void **state)
{
	static const char header[] = "received,status,completed,reason,transactions,single_match,"
				     "organisation,contact_email,note,reference\n";
	struct buffer text;

	(void)state;
	buffer_init(&text);
	buffer_add(&text, header);
	buffer_add(&text, "2020-12-14,,,,,,Zoë Ltd,a@b.c,-,D1\n"
			  "2020-12-14,received,,,,,-,-,,\n"
			  "2020-12-14,processed,2020-12-14,,10,10,,,,\n"
			  "2020-12-14,processed,2020-12-15,,0,0,,,,\n"
			  "2020-12-14,rejected,2020-12-15,no_authority,,,,,,\n"
			  "2020-12-14,withdrawn,2020-12-15,,,,,,,\n"
			  /* from here on each is wrong */
			  "2020-12-14,,2020-12-15,,,,,,,\n"
			  "2020-12-14,received,,no_authority,1,1,,,,\n"
			  "2020-12-14,processed,,,,,,,,\n"
			  "2020-12-14,processed,2020-12-15,,10,11,,,,\n"
			  "2020-12-14,processed,2020-12-13,,10,1,,,,\n"
			  "2020-12-14,rejected,2020-12-15,,,,,,,\n"
			  "2020-12-14,withdrawn,,other,,,,,,\n"
			  "2020-12-14,approved,,,,,,,,\n"
			  "2021-01-11,,,,,,,,,\n"
			  "2020-12-14,withdrawn,2021-01-11,,,,,,,\n"
			  "2020-06-30,withdrawn,2020-07-01,,,,,,,\n"
			  ",,,,,,,,,\n"
			  "2020-12-14,processed,2020-12-15,,-1,1e3,,,,\n"
			  "2020-12-14\n");
	assert_submissions(buffer_text(&text), INTAKE_BAD_ROWS,
		"2 D1 received  0/0 |3  received  0/0 |4  processed 2020-12-14 10/10 |"
		"5  processed 2020-12-15 0/0 |6  rejected 2020-12-15 0/0 no_authority|"
		"7  withdrawn 2020-12-15 0/0 |",
		"8:completed 9:reason 9:transactions 9:single_match 10:completed "
		"10:transactions 10:single_match 11:single_match 12:completed 13:reason "
		"14:reason 15:status 16:received 17:completed 18:received 19:received "
		"20:transactions 20:single_match 21: ");
	buffer_done(&text);
}

static void test_bad_files(void **state)
{
	struct outcome outcome = { 0 };

	(void)state;
	assert_requests("received,service\n2020-12-14,police\n2020-12-14,\"police\n",
		INTAKE_BAD_FILE, "", "");
	assert_requests(
		"received,service\n,x\n2020-12-14,po\"lice\n", INTAKE_BAD_FILE, "", "2:service ");
	assert_requests("received,serv\"ice\n", INTAKE_BAD_FILE, "", "");
	read_with(&options_usual, false, "received,service,note\n2020-12-14,police,Zo\xEB\n", NULL,
		&outcome);
	assert_int_equal(outcome.status, INTAKE_NOT_UTF8);
	assert_non_null(strstr(outcome.message, "line 2 is not UTF-8"));
	outcome_done(&outcome);
}

static void test_options(void **state)
{
	struct intake_options options = options_usual;
	struct outcome outcome = { 0 };

	(void)state;
	options.delimiter = ';';
	options.dates_dmy = true;
	options.charset_cp1252 = true;
	options.closed_to = "";
	read_with(&options, false,
		"received;service;subject_surname;outcome;decided\n"
		"14/12/2019;police;O\x92Testa;rejected;1/1/2020\n",
		NULL, &outcome);
	assert_int_equal(outcome.status, INTAKE_OK);
	assert_string_equal(buffer_text(&outcome.records), "2  police rejected! O’Testa|");
	outcome_done(&outcome);
}

static void test_stopped(void **state)
{
	struct outcome outcome = { .stop_at = 3 };

	(void)state;
	read_with(&options_usual, false,
		"received,service\n2020-12-14,police\n2020-12-14,nca\n2020-12-14,ccrc\n,\n", NULL,
		&outcome);
	assert_int_equal(outcome.status, INTAKE_STOPPED);
	assert_string_equal(buffer_text(&outcome.records), "2  police received |3  nca received |");
	outcome_done(&outcome);
	outcome.stop_at = 2; /* the last form is handed out at the end */
	read_with(&options_usual, false, "received,service\n2020-12-14,police\n", NULL, &outcome);
	assert_int_equal(outcome.status, INTAKE_STOPPED);
	outcome_done(&outcome);
}

static void test_most_problems(void **state)
{
	struct outcome outcome = { 0 };
	struct buffer text;

	(void)state;
	buffer_init(&text);
	buffer_add(&text, "received,service\n");
	for (int i = 0; i < 250; i++)
		buffer_add(&text, "2020-12-14,x\n");
	read_with(&options_usual, false, buffer_text(&text), NULL, &outcome);
	assert_int_equal(outcome.status, INTAKE_BAD_ROWS);
	assert_int_equal(outcome.problem_count, INTAKE_MOST_PROBLEMS);
	assert_int_equal(outcome.rows, 250);
	assert_non_null(strstr(outcome.message, "250 problems, the first 100"));
	outcome_done(&outcome);
	buffer_add(&text, "\""); /* still read to its end */
	outcome.problem_count = 0;
	read_with(&options_usual, false, buffer_text(&text), NULL, &outcome);
	assert_int_equal(outcome.status, INTAKE_BAD_FILE);
	outcome_done(&outcome);
	buffer_done(&text);
}

/* Rows of likely cells, bytes of them changed at random: no crash, and the same whatever the
   pieces. */
static void test_any_pieces(void **state)
{
	static const char *const cells[] = { "2020-12-14", "police", "yes", "", "-", "A",
		"rejected", "approved_trace", "00", "2020-12-15", "\"a\nb\"", "\"x\"\"y\"", "Zoë" };
	unsigned seed = 20210110;
	int seen[INTAKE_STOPPED + 1] = { 0 };

	(void)state;
	print_message("# seed %u\n", seed);
	for (int round = 0; round < 4000; round++) {
		struct outcome whole = { 0 }, pieces = { 0 };
		struct buffer text;

		buffer_init(&text);
		buffer_add(&text, "received,service,same_form,reference,outcome,decided,trace_code,"
				  "note\n");
		for (int i = 0; i < 40; i++) {
			seed = seed * 1103515245 + 12345;
			buffer_print(&text, "%s%s",
				i % 8 == 0 && (seed >> 16) % 8
					? "2020-12-14,police"
					: cells[(seed >> 16) % (sizeof(cells) / sizeof(cells[0]))],
				i % 8 == 7 || (seed >> 20) % 64 == 0 ? "\n" : ",");
		}
		seed = seed * 1103515245 + 12345;
		if (round % 4 == 0)
			text.text[(seed >> 16) % text.size] = (char)(seed >> 8 | 1);
		read_with(&options_usual, false, buffer_text(&text), NULL, &whole);
		read_with(&options_usual, false, buffer_text(&text), &seed, &pieces);
		assert_int_equal(whole.status, pieces.status);
		assert_string_equal(whole.message, pieces.message);
		assert_int_equal(whole.rows, pieces.rows);
		assert_string_equal(buffer_text(&whole.records), buffer_text(&pieces.records));
		assert_string_equal(buffer_text(&whole.problems), buffer_text(&pieces.problems));
		seen[whole.status]++;
		outcome_done(&whole);
		outcome_done(&pieces);
		buffer_done(&text);
	}
	print_message("# bad rows %d, bad file %d, columns %d, not UTF-8 %d\n",
		seen[INTAKE_BAD_ROWS], seen[INTAKE_BAD_FILE], seen[INTAKE_COLUMNS],
		seen[INTAKE_NOT_UTF8]);
	assert_true(seen[INTAKE_BAD_ROWS] > 500 && seen[INTAKE_BAD_FILE] > 10);
	assert_true(seen[INTAKE_COLUMNS] > 10 && seen[INTAKE_NOT_UTF8] > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns_of_the_header),
		cmocka_unit_test(test_good_requests),
		cmocka_unit_test(test_several_subjects),
		cmocka_unit_test(test_trace_codes),
		cmocka_unit_test(test_bad_cells),
		cmocka_unit_test(test_bad_history),
		cmocka_unit_test(test_references),
		cmocka_unit_test(test_submissions),
		cmocka_unit_test(test_bad_files),
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_stopped),
		cmocka_unit_test(test_most_problems),
		cmocka_unit_test(test_any_pieces),
	};

	return cmocka_run_group_tests_name("intake", tests, NULL, NULL);
}
