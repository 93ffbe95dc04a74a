/*
 * Histories by a seed. Days ascend; a day of the kind on which counting goes wrong
 * (a month's ends, 29 February, clock changes, year end) is chosen often.
 */
#include "tests/core/histories.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/calendar.h"
#include "core/register.h"
#include "tests/core/must.h"

static const struct kind {
	const char *service, *basis, *purpose;
} kinds[] = {
	{ "police", "dpa2018_sch2_2", "criminal_investigation" },
	{ "nca", "dpa2018_sch2_2", "arrest_warrant" },
	{ "ccrc", "caa1995_s17", "case_review" },
	{ "hm_coroner", "cja2009_sch5", "next_of_kin" },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]), MONTHS = 12 };

/* xorshift64*: the same history for a seed everywhere. */
static uint64_t next(struct history *history)
{
	history->seed ^= history->seed >> 12;
	history->seed ^= history->seed << 25;
	history->seed ^= history->seed >> 27;
	return history->seed * UINT64_C(2685821657736338717);
}

static unsigned below(struct history *history, unsigned limit)
{
	return (unsigned)((next(history) >> 33) % limit);
}

struct known_receipt *known_add_receipt(struct known *known)
{
	size_t size = sizeof(*known->receipts);

	known->receipts = mem_resize(
		known->receipts, known->receipt_count * size, (known->receipt_count + 1) * size);
	return &known->receipts[known->receipt_count++];
}

struct known_submission *known_add_submission(struct known *known)
{
	size_t size = sizeof(*known->submissions);

	known->submissions = mem_resize(known->submissions, known->submission_count * size,
		(known->submission_count + 1) * size);
	return &known->submissions[known->submission_count++];
}

void known_clear(struct known *known)
{
	mem_free(known->receipts);
	mem_free(known->submissions);
	*known = (struct known) { 0 };
}

/* Receipts */

static void give(struct request_patch *form, enum request_field field, const char *value)
{
	form->has_field[field] = true;
	record_set(&form->values.field[field], value);
}

static void move_by(struct history *history, enum who who, struct desk_move *move)
{
	struct desk_saved saved;
	struct notice notice = { 0 };

	must(desk_move(history->fixture.desk[who], move, &saved, &notice), &notice);
	desk_saved_clear(&saved);
}

static void act(struct history *history, enum who who, enum move kind, const char *reference)
{
	struct desk_move move;

	fixture_move(kind, TRACE_PLAIN, &move);
	move.reference = reference;
	move_by(history, who, &move);
}

static void judge(struct history *history, const char *reference, const char *rule)
{
	struct desk_move move;

	fixture_move(MOVE_JUDGE, TRACE_PLAIN, &move);
	move.reference = reference;
	move.rule = rule;
	move_by(history, CASEY, &move);
}

static void log_one(struct history *history, const struct kind *kind, char *out_reference)
{
	struct request_patch form;
	struct desk_saved saved;
	struct notice notice = { 0 };

	fixture_form(&history->fixture, false, &form);
	give(&form, FIELD_SERVICE, kind->service);
	give(&form, FIELD_LEGAL_BASIS, kind->basis);
	give(&form, FIELD_PURPOSE, kind->purpose);
	give(&form, FIELD_WARRANT_REFERENCE, "W/1");
	must(desk_request_add(history->fixture.desk[CASEY], &form, &saved, &notice), &notice);
	memcpy(out_reference, saved.reference, REFERENCE_SIZE);
	desk_saved_clear(&saved);
	request_patch_clear(&form);
}

/* One comes and is decided today, in one of the four ways. */
static void receipt_ends(struct history *history)
{
	static const int states[] = { STATE_REJECTED, STATE_APPROVED_TRACE, STATE_APPROVED_NO_TRACE,
		STATE_WITHDRAWN };
	const struct kind *kind = &kinds[below(history, KINDS)];
	struct known_receipt *receipt = known_add_receipt(&history->known);

	receipt->state = states[below(history, 4)];
	(void)snprintf(receipt->service, sizeof(receipt->service), "%s", kind->service);
	memcpy(receipt->decided, history->today, DAY_SIZE);
	log_one(history, kind, receipt->reference);
	if (receipt->state == STATE_WITHDRAWN) {
		act(history, CASEY, MOVE_WITHDRAW, receipt->reference);
	} else if (receipt->state == STATE_REJECTED) {
		act(history, CASEY, MOVE_REJECT, receipt->reference);
		act(history, SASHA, MOVE_CONFIRM, receipt->reference);
	} else {
		judge(history, receipt->reference, "purpose_accepted");
		judge(history, receipt->reference, "not_speculative");
		act(history, CASEY, MOVE_ACCEPT, receipt->reference);
		act(history, CASEY,
			receipt->state == STATE_APPROVED_TRACE ? MOVE_TRACE : MOVE_NO_TRACE,
			receipt->reference);
	}
}

/* Another outcome, whatever month it was decided in; now and then it is dropped in review. */
static void receipt_corrected(struct history *history)
{
	struct known_receipt *receipt;
	struct correction correction = { "", "", "The wrong form was read." };
	struct desk_move move;
	bool is_dropped = below(history, 4) == 0;

	if (history->known.receipt_count == 0)
		return;
	receipt = &history->known.receipts[below(history, (unsigned)history->known.receipt_count)];
	if (receipt->state == STATE_WITHDRAWN)
		return;
	correction.outcome = receipt->state == STATE_REJECTED ? "approved_no_trace" : "rejected";
	correction.reasons = receipt->state == STATE_REJECTED ? "" : "other";
	fixture_move(MOVE_CORRECT, TRACE_PLAIN, &move);
	move.reference = receipt->reference;
	move.correction = &correction;
	move_by(history, SAM, &move);
	act(history, SASHA, is_dropped ? MOVE_RETURN : MOVE_CONFIRM, receipt->reference);
	if (is_dropped)
		return;
	receipt->state =
		receipt->state == STATE_REJECTED ? STATE_APPROVED_NO_TRACE : STATE_REJECTED;
	history->corrections++;
}

/* Submissions */

static void submission_comes(struct history *history)
{
	const struct desk_setting setting = { "organisation", "Budmouth Council" };
	const struct desk_submission_given given = { NULL, &setting, 1, NULL };
	struct known_submission *known = known_add_submission(&history->known);
	struct submission submission;
	struct notice notice = { 0 };

	must(desk_submission_receive(history->fixture.desk[CASEY], &given, &submission, &notice),
		&notice);
	memcpy(known->reference, submission.reference, REFERENCE_SIZE);
	memcpy(known->received, history->today, DAY_SIZE);
	known->status = SUBMISSION_RECEIVED;
	submission_clear(&submission);
}

/* A day from the one it came on to today, in an open month. */
static void day_between(struct history *history, const char *from, char out_day[DAY_SIZE])
{
	int32_t days = day_number(history->today) - day_number(from);

	day_from_number(
		day_number(history->today) - (int32_t)below(history, (unsigned)days + 1), out_day);
	if (*history->closed_to && strncmp(out_day, history->closed_to, 7) <= 0)
		memcpy(out_day, history->today, DAY_SIZE);
}

static void submission_ends(struct history *history)
{
	struct known_submission *known;
	struct submission submission;
	struct notice notice = { 0 };
	struct desk_submission_end end = { .reason = "out_of_scope" };

	if (history->known.submission_count == 0)
		return;
	known = &history->known
			 .submissions[below(history, (unsigned)history->known.submission_count)];
	if (known->status != SUBMISSION_RECEIVED)
		return;
	day_between(history, known->received, known->completed);
	known->status = (int)below(history, 3) + SUBMISSION_REJECTED;
	if (known->status == SUBMISSION_PROCESSED) {
		known->transactions = (int64_t)below(history, 20) * below(history, 5000);
		known->single_match = known->transactions * (int64_t)below(history, 101) / 100;
	}
	end.reference = known->reference;
	end.status = (enum submission_status)known->status;
	end.on = known->completed;
	end.transactions = known->transactions;
	end.single_match = known->single_match;
	must(desk_submission_end(history->fixture.desk[CASEY], &end, &submission, &notice),
		&notice);
	submission_clear(&submission);
}

static void submission_corrected(struct history *history)
{
	struct known_submission *known;
	struct submission submission;
	struct notice notice = { 0 };
	char number[24];
	const struct desk_setting settings[] = { { "transactions", number },
		{ "reason", "Counted again." } };
	const struct desk_submission_given given = { NULL, settings, 2, NULL };
	struct desk_submission_given meant = given;

	if (history->known.submission_count == 0)
		return;
	known = &history->known
			 .submissions[below(history, (unsigned)history->known.submission_count)];
	if (known->status != SUBMISSION_PROCESSED)
		return;
	known->transactions += 1 + (int64_t)below(history, 100);
	(void)snprintf(number, sizeof(number), "%lld", (long long)known->transactions);
	meant.reference = known->reference;
	must(desk_submission_correct(history->fixture.desk[SAM], &meant, &submission, &notice),
		&notice);
	submission_clear(&submission);
	history->corrections++;
}

/* Months */

void printed_clear(struct printed *printed)
{
	mem_free(printed->text);
	mem_free(printed->csv);
	mem_free(printed->cases);
	*printed = (struct printed) { 0 };
}

static char *cases_text(struct history *history, const struct desk_figures_wanted *wanted)
{
	static const char *const cells[] = { "total_receipts_processed:total", "received:dbsb",
		"transactions_total:dbsb" };
	struct desk_cases cases;
	struct figures_cell cell;
	struct notice notice = { 0 };
	struct buffer text;

	buffer_init(&text);
	buffer_print(&text, "%s\n", wanted->period);
	for (size_t c = 0; c < sizeof(cells) / sizeof(cells[0]); c++) {
		assert_true(figures_cell_read(cells[c], &cell));
		must(desk_cases(history->fixture.desk[SAM], wanted, &cell, &cases, &notice),
			&notice);
		for (size_t i = 0; i < cases.count; i++)
			buffer_print(&text, "%s %s %d %lld %lld\n", cases.list[i].counted.reference,
				cases.list[i].counted.service, cases.list[i].counted.counts,
				(long long)cases.list[i].counted.transactions,
				(long long)cases.list[i].counted.single_match);
		desk_cases_clear(&cases);
	}
	return buffer_take(&text);
}

void history_print(
	struct history *history, const char *month, int revision, struct printed *out_printed)
{
	const struct desk_figures_wanted wanted = { .period = month, .revision = revision };
	struct figures *figures = NULL;
	struct notice notice = { 0 };
	struct buffer text, csv;

	must(desk_figures(history->fixture.desk[SAM], &wanted, &figures, &notice), &notice);
	buffer_init(&text);
	buffer_init(&csv);
	register_text(figures, REGISTER_LIST, true, 0, &text);
	register_csv(figures, &csv);
	(void)snprintf(out_printed->month, sizeof(out_printed->month), "%s", month);
	out_printed->revision = figures->months[0].revision;
	out_printed->text = buffer_take(&text);
	out_printed->csv = buffer_take(&csv);
	out_printed->cases = cases_text(history, &wanted);
	figures_free(figures);
}

static void print_keep(struct history *history, const char *month)
{
	size_t size = sizeof(*history->printed);

	history->printed = mem_resize(history->printed, history->printed_count * size,
		(history->printed_count + 1) * size);
	history_print(history, month, 0, &history->printed[history->printed_count++]);
}

static void month_closed(struct history *history, const char *month)
{
	struct desk_closing closing;
	struct notice notice = { 0 };

	must(desk_month_close(history->fixture.desk[SAM], month, &closing, &notice), &notice);
	desk_closing_clear(&closing);
	memcpy(history->closed_to, month, 8);
	print_keep(history, month);
}

/* Every month that is over, in order. */
static void months_closed(struct history *history)
{
	char month[8];

	if (*history->closed_to)
		month_next(history->closed_to, month);
	else
		memcpy(month, history->first, sizeof(month));
	while (strncmp(month, history->today, 7) < 0) {
		month_closed(history, month);
		month_next(history->closed_to, month);
	}
}

/* A closed month, when something of it differs. */
static void month_revised(struct history *history)
{
	struct desk_closing closing;
	struct notice notice = { 0 };
	char month[8];

	if (!*history->closed_to)
		return;
	memcpy(month, history->first, sizeof(month));
	for (unsigned i = below(history, MONTHS); i > 0; i--)
		if (strcmp(month, history->closed_to) < 0) {
			char after[8];

			month_next(month, after);
			memcpy(month, after, sizeof(month));
		}
	if (desk_month_revise(history->fixture.desk[SAM], month, "Counted again.", &closing,
		    &notice) == DESK_OK) {
		history->revisions++;
		print_keep(history, month);
	} else if (notice.status != DESK_REFUSED) {
		fail_msg("%s", notice.text);
	}
	desk_closing_clear(&closing);
}

static void service_changed(struct history *history)
{
	char label[32];
	const struct desk_setting settings[] = { { "label", label }, { "footnote", label } };
	struct notice notice = { 0 };

	(void)snprintf(label, sizeof(label), "Label %u", below(history, 1000));
	must(desk_service_set(history->fixture.desk[SAM], kinds[below(history, KINDS)].service,
		     settings, 2, &notice),
		&notice);
}

/* The days of a history */

static void day_begins(struct history *history, int32_t day)
{
	static const char *const special[] = { "02-28", "02-29", "03-01", "12-31", "01-01" };

	day_from_number(day, history->today);
	assert_int_equal(setenv("TRACEDESK_TODAY", history->today, 1), 0);
	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++)
		history->special_days += strcmp(history->today + 5, special[i]) == 0;
}

static void something_happens(struct history *history)
{
	switch (below(history, 12)) {
	case 0:
	case 1:
	case 2:
	case 3:
		receipt_ends(history);
		break;
	case 4:
	case 5:
		submission_comes(history);
		break;
	case 6:
	case 7:
		submission_ends(history);
		break;
	case 8:
		receipt_corrected(history);
		break;
	case 9:
		submission_corrected(history);
		break;
	case 10:
		month_revised(history);
		break;
	default:
		service_changed(history);
		break;
	}
}

/* Clocks change on the last Sundays of March and October. */
static bool is_clock_change(int32_t day)
{
	char text[DAY_SIZE];

	day_from_number(day, text);
	return strcmp(weekday_short(text), "Sun") == 0 && strcmp(text + 8, "25") >= 0 &&
	       (strncmp(text + 5, "03", 2) == 0 || strncmp(text + 5, "10", 2) == 0);
}

static bool is_edge(int32_t day)
{
	char text[DAY_SIZE], after[DAY_SIZE];

	day_from_number(day, text);
	day_from_number(day + 1, after);
	return strcmp(text + 8, "01") == 0 || strcmp(after + 8, "01") == 0 || is_clock_change(day);
}

void history_live(struct history *history, uint64_t seed)
{
	/* The first has a leap day; the second begins on the day of the cut-over. */
	const char *begins = seed % 2 == 0 ? "2023-07-01" : "2021-01-04";
	const char *ends = seed % 2 == 0 ? "2024-07-01" : "2022-01-01";
	int32_t day = day_number(begins), end = day_number(ends);

	*history = (struct history) { .seed = seed * UINT64_C(0x9E3779B97F4A7C15) + 1,
		.fixture.is_started = history->fixture.is_started };
	fixture_make(&history->fixture);
	memcpy(history->first, begins, 7);
	day_begins(history, day);
	for (enum who who = 0; who < PEOPLE; who++)
		fixture_enter(&history->fixture, who);
	receipt_ends(history);
	for (; day < end; day++) {
		unsigned acts = is_edge(day) ? below(history, 3) : below(history, 5) == 0;

		if (acts > 0)
			day_begins(history, day);
		if (acts > 0 && below(history, 3) == 0)
			months_closed(history);
		for (; acts > 0; acts--)
			something_happens(history);
	}
	day_begins(history, end);
	months_closed(history);
	memcpy(history->last, history->closed_to, sizeof(history->last));
}

void history_done(struct history *history)
{
	for (size_t i = 0; i < history->printed_count; i++)
		printed_clear(&history->printed[i]);
	mem_free(history->printed);
	known_clear(&history->known);
	fixture_done(&history->fixture);
}
