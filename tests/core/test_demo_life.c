/*
 * The demo store as its people find it: every state, every queue with work for
 * everybody who has one, proposals that somebody else can review, nothing
 * decided since the published year, a trail that holds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/demo_data.h"
#include "core/desk.h"
#include "core/filter.h"
#include "tests/scratch.h"

static const char *const names[] = { "casey", "chris", "sam", "sasha", "audrey", "ada" };
enum { CASEY, CHRIS, SAM, SASHA, AUDREY, ADA, PEOPLE };

static char folder[SCRATCH_SIZE];
static struct desk *desks[PEOPLE];
static struct request_row *rows; /* the open ones, as Audrey sees them */
static size_t row_count;

static void enter(size_t who)
{
	char path[300], store[300], line[64] = "";
	struct desk_login login = { .store = store, .user = names[who] };
	struct notice notice = { 0 };
	struct secret *password;
	FILE *file;

	(void)snprintf(store, sizeof(store), "%s/demo/demo.tdk", folder);
	(void)snprintf(path, sizeof(path), "%s/demo/%s.password", folder, names[who]);
	file = fopen(path, "re");
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof(line), file));
	assert_int_equal(fclose(file), 0);
	assert_true(desk_store_is_demo(store));
	password = secret_take(line, strcspn(line, "\n"));
	login.password = password;
	if (desk_open(&login, &desks[who], &notice) != DESK_OK)
		fail_msg("%s", notice.text);
	secret_free(password);
}

static void list_open(void)
{
	struct filter filter;
	const struct request_page page = { .limit = 100, .filter = &filter };
	struct notice notice = { 0 };
	char why[FILTER_WHY_SIZE];

	filter_init(&filter);
	assert_true(filter_read(&filter, "open", why));
	assert_int_equal(desk_requests(desks[AUDREY], &page, &rows, &row_count, &notice), DESK_OK);
	filter_clear(&filter);
}

static size_t count_rows(enum request_state state, const char *service, const char *assigned_to)
{
	size_t count = 0;

	for (size_t i = 0; i < row_count; i++)
		count += (!state || rows[i].state == state) &&
			 (!service || strcmp(rows[i].service, service) == 0) &&
			 (!assigned_to || strcmp(rows[i].assigned_to, assigned_to) == 0);
	return count;
}

static void test_every_state_and_service(void **state)
{
	static const char *const services[] = { "police", "nca", "home_office", "court_order",
		"ccrc", "hm_coroner" };
	size_t families = 0;

	(void)state;
	assert_int_equal(row_count, 40);
	for (enum request_state s = STATE_RECEIVED; s < STATE_REJECTED; s++)
		if (count_rows(s, NULL, NULL) == 0)
			fail_msg("none is %s", request_state_name((int)s));
	for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++)
		assert_true(count_rows(0, services[i], NULL) >= 3);
	for (size_t i = 0; i < row_count; i++)
		families += rows[i].subjects > 1;
	assert_true(families >= 10);
}

static void test_everybody_has_work(void **state)
{
	int64_t counts[DESK_QUEUES];
	struct notice notice = { 0 };

	(void)state;
	for (size_t who = CASEY; who <= AUDREY; who++) {
		assert_int_equal(desk_queue_counts(desks[who], counts, &notice), DESK_OK);
		if (who < AUDREY)
			assert_true(counts[QUEUE_MINE] > 0);
		assert_int_equal(counts[QUEUE_MINE], count_rows(0, NULL, names[who]));
		assert_int_equal(counts[QUEUE_UNASSIGNED], count_rows(0, NULL, ""));
		assert_true(counts[QUEUE_UNASSIGNED] >= 8);
		assert_true(counts[QUEUE_WAITING] >= 3);
		assert_true(counts[QUEUE_REVIEW] >= 5);
		assert_true(counts[QUEUE_RELEASES] >= 3);
		assert_int_equal(counts[QUEUE_CLOSED], 215);
	}
	assert_true(count_rows(0, NULL, "casey") >= 7 && count_rows(0, NULL, "chris") >= 7);
}

/* Who proposed it: the one whose decision waits for review. */
static void proposer_of(const struct request_row *row, char out_name[NAME_SIZE])
{
	struct notice notice = { 0 };
	struct desk_beside beside;
	struct request request;

	out_name[0] = '\0';
	assert_int_equal(
		desk_request_open(desks[SAM], row->reference, NULL, &request, &notice), DESK_OK);
	assert_int_equal(desk_request_beside(desks[SAM], &request, &beside, &notice), DESK_OK);
	for (size_t i = 0; i < beside.decision_count; i++)
		if (beside.decisions[i].result == DECISION_OPEN)
			memcpy(out_name, beside.decisions[i].proposer_name, NAME_SIZE);
	desk_beside_clear(&beside);
	request_clear(&request);
}

/* Both supervisors can review; one proposal of Sam's is for Sasha alone. */
static void test_proposals_by_several(void **state)
{
	size_t by[PEOPLE] = { 0 };

	(void)state;
	for (size_t i = 0; i < row_count; i++) {
		char name[NAME_SIZE];
		enum request_state s = rows[i].state;
		bool is_pending = s == STATE_EXCEPTION_PROPOSED || s == STATE_REJECTION_PROPOSED ||
				  s == STATE_WITHDRAWAL_PROPOSED || s == STATE_RELEASE_PROPOSED ||
				  s == STATE_GUARDIAN_PENDING;

		proposer_of(&rows[i], name);
		assert_int_equal(*name != '\0', is_pending);
		for (size_t who = 0; who < PEOPLE; who++)
			by[who] += strcmp(name, names[who]) == 0;
	}
	assert_true(by[CASEY] >= 3);
	assert_true(by[CHRIS] >= 3);
	assert_int_equal(by[SAM], 1);
	assert_int_equal(by[SASHA], 0);
}

/* What the checks say of good forms and of faulty ones. */
static void test_good_and_faulty(void **state)
{
	size_t advice[ADVICE_REJECT + 1] = { 0 }, doubled = 0;

	(void)state;
	for (size_t i = 0; i < row_count; i++) {
		struct notice notice = { 0 };
		struct desk_findings findings;

		assert_int_equal(
			desk_request_check(desks[SAM], rows[i].reference, NULL, &findings, &notice),
			DESK_OK);
		advice[findings.advice]++;
		doubled += *findings.duplicates != '\0';
		desk_findings_clear(&findings);
	}
	assert_true(advice[ADVICE_ACCEPT] >= 5);
	assert_true(advice[ADVICE_QUERY] >= 10);
	assert_true(advice[ADVICE_REJECT] >= 3);
	assert_int_equal(doubled, 2);
}

static void test_flags(void **state)
{
	size_t flagged = 0;

	(void)state;
	for (size_t i = 0; i < row_count; i++) {
		flagged += rows[i].flagged;
		assert_int_equal(rows[i].flagged, rows[i].state == STATE_GUARDIAN_PENDING);
	}
	assert_int_equal(flagged, 2);
	assert_int_equal(count_rows(STATE_GUARDIAN_PENDING, NULL, "casey"), 1);
	assert_int_equal(count_rows(STATE_GUARDIAN_PENDING, NULL, "chris"), 1);
}

/* Events are of the demo's own day, whatever day it really is. */
static void test_trail(void **state)
{
	const struct audit_proof proof = { 0 };
	struct audit_result result = { 0 };
	struct notice notice = { 0 };
	struct desk_store_info info;
	int64_t day = INT64_C(1609718400); /* 2021-01-04 */

	(void)state;
	if (desk_audit_verify(desks[AUDREY], &proof, &result, &notice) != DESK_OK)
		fail_msg("%s", notice.text);
	assert_true(result.first >= day && result.first < day + 86400);
	assert_true(result.last >= day && result.last < day + 86400);
	mem_free(result.problems);
	assert_int_equal(desk_store_info(desks[ADA], &info, &notice), DESK_OK);
	assert_int_equal(info.requests, 255);
}

static void test_nothing_decided(void **state)
{
	struct figures *figures = NULL;
	struct notice notice = { 0 };

	(void)state;
	assert_int_equal(
		desk_figures(desks[SAM], &(struct desk_figures_wanted) { .period = "2021-01" },
			&figures, &notice),
		DESK_OK);
	assert_int_equal(figures->month_count, 1);
	for (size_t i = 0; i < TRACING_MEASURES; i++)
		assert_int_equal(figures->months[0].total[i], 0);
	figures_free(figures);
}

static int make(void **state)
{
	struct notice notice = { 0 };
	char demo[300];

	(void)state;
	assert_true(desk_start());
	assert_true(scratch_make(folder, "demo"));
	(void)snprintf(demo, sizeof(demo), "%s/demo", folder);
	/* The demo's own day is not for the environment to say. */
	(void)setenv("TRACEDESK_TODAY", "2020-11-30", 1);
	if (desk_demo(demo, &notice) != DESK_OK)
		fail_msg("%s", notice.text);
	(void)unsetenv("TRACEDESK_TODAY");
	for (size_t who = 0; who < PEOPLE; who++)
		enter(who);
	list_open();
	return 0;
}

static int done(void **state)
{
	static const char *const files[] = { "demo.tdk", "demo.tdk-head", "demo.tdk-wal",
		"demo.tdk-shm", "casey.password", "chris.password", "sam.password",
		"sasha.password", "audrey.password", "ada.password", "" };
	char path[320];

	(void)state;
	request_rows_clear(rows, row_count);
	mem_free(rows);
	for (size_t who = 0; who < PEOPLE; who++)
		desk_close(desks[who]);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s/demo/%s", folder, files[i]);
		(void)remove(path);
	}
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_state_and_service),
		cmocka_unit_test(test_everybody_has_work),
		cmocka_unit_test(test_proposals_by_several),
		cmocka_unit_test(test_good_and_faulty),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_trail),
		cmocka_unit_test(test_nothing_decided),
	};

	return cmocka_run_group_tests_name("demo_life", tests, make, done);
}
