/*
 * store check: the files, the tables, the words, the audit log; -head made
 * again when it is missing, the index of words when it is wrong.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/desk_private.h"
#include "core/desk_store.h"
#include "core/desk_words.h"
#include "db/check.h"
#include "db/request_lists.h"
#include "db/request_words.h"
#include "db/requests.h"
#include "db/verify.h"
#include "db/words_check.h"

enum { PAGE = 200 };

struct words_walk {
	struct desk *desk;
	struct check *check;
	struct words_check *words; /* to compare with; NULL: they are put into the index */
	int64_t done, all;
};

/* Receipts with other words in the index than they have. */
struct words_wrong {
	int64_t count, first;
};

static enum db_status words_of(struct words_walk *walk, const char *reference)
{
	struct request request;
	struct request_words words = { 0 };
	enum db_status status = requests_load(walk->desk->store, reference, &request);

	if (status != DB_OK)
		return status;
	status = desk_words_load(walk->desk, &request, &words);
	if (status == DB_OK)
		status = walk->words
				 ? words_check_put(walk->words, request.id, &words)
				 : request_words_put(walk->desk->store, request.id, NULL, &words);
	request_words_clear(&words);
	request_clear(&request);
	return status == DB_OK ? store_watch_step(walk->desk->store, walk->check->watch,
					 walk->words ? "checking words" : "indexing words",
					 ++walk->done, walk->all)
			       : status;
}

static enum db_status words_of_all(struct words_walk *walk)
{
	struct request_row *rows = mem_new(PAGE, sizeof(*rows));
	struct requests_page page = { .limit = PAGE };
	enum db_status status = requests_count(walk->desk->store, &walk->all);
	size_t count = PAGE;

	while (status == DB_OK && count == PAGE) {
		status = requests_page(walk->desk->store, &page, rows, &count);
		if (status != DB_OK)
			break;
		for (size_t i = 0; i < count && status == DB_OK; i++)
			status = words_of(walk, rows[i].reference);
		if (count > 0) {
			page.id = rows[count - 1].id;
			memcpy(page.received, rows[count - 1].received, sizeof(page.received));
		}
		request_rows_clear(rows, count);
	}
	mem_free(rows);
	return status;
}

static enum db_status words_compare(struct words_walk *walk, struct words_wrong *out_wrong)
{
	enum db_status status = words_check_new(walk->desk->store, &walk->words);

	if (status == DB_OK)
		status = words_of_all(walk);
	if (status == DB_OK)
		status = words_check_end(walk->words, &out_wrong->count, &out_wrong->first);
	words_check_free(walk->words);
	return status;
}

static enum db_status words_look(
	struct desk *desk, struct check *check, struct words_wrong *out_wrong)
{
	struct words_walk walk = { .desk = desk, .check = check };
	enum db_status status = store_read_begin(desk->store);

	if (status != DB_OK)
		return status;
	status = words_compare(&walk, out_wrong);
	store_read_end(desk->store);
	return status;
}

static void words_say(struct check *check, bool is_mended, const struct words_wrong *wrong)
{
	char fault[160];

	if (check->words_fault)
		(void)snprintf(fault, sizeof(fault), "%s", check->words_fault);
	else
		(void)snprintf(fault, sizeof(fault),
			"had other words than %lld receipt%s (the first has the number %lld)",
			(long long)wrong->count, wrong->count == 1 ? "" : "s",
			(long long)wrong->first);
	check_say(check, is_mended, "%s: the index of words %s: not all were found by them; %s",
		store_path(check->store), fault,
		is_mended ? "it was made again"
			  : "run `tracedesk store check` again when nothing else is wrong");
}

/* The index is derived: it is made again from the receipts, once they are known to be sound. */
static enum db_status words_make(
	struct desk *desk, struct check *check, const struct words_wrong *wrong)
{
	const struct desk_event event = { .kind = EVENT_WORDS_MADE };
	struct words_walk walk = { .desk = desk, .check = check };
	bool is_mended = check->problems == 0;
	enum db_status status = DB_OK;

	if (wrong->count == 0 && !check->words_fault)
		return DB_OK;
	if (is_mended)
		status = store_begin(desk->store);
	if (is_mended && status == DB_OK) {
		status = request_words_empty(desk->store);
		if (status == DB_OK)
			status = words_of_all(&walk);
		if (status == DB_OK)
			status = desk_event(desk, &event);
		status = desk_end(desk, status);
	}
	if (status == DB_OK)
		words_say(check, is_mended, wrong);
	return status;
}

static bool trail_goes_on(void *with, int64_t event)
{
	const struct check *check = with;

	return !check->watch ||
	       check->watch->step(check->watch->with, "checking the audit log", event, 0);
}

static enum db_status trail_look(struct desk *desk, struct check *check, int64_t *out_events)
{
	const struct trail_asked asked = { .goes_on = trail_goes_on, .with = check };
	struct trail_verdict verdict = { 0 };
	enum db_status status = trail_verify_asked(desk->store, &asked, &verdict);

	*out_events = status == DB_OK ? verdict.events : 0;
	for (size_t i = 0; i < verdict.problem_count; i++)
		check_say(check, false,
			"the audit log, event %lld: %s; keep the store as it is and tell the "
			"auditor",
			(long long)verdict.problems[i].event, verdict.problems[i].what);
	mem_free(verdict.problems);
	return status;
}

/* Its event says so: who took -head away to hide an older store has left a trace. */
static enum db_status head_make(struct desk *desk, struct check *check)
{
	const struct desk_event event = { .kind = EVENT_HEAD_MADE };
	enum db_status status;

	if (!check->has_no_head)
		return DB_OK;
	status = store_begin(desk->store);
	if (status != DB_OK)
		return status;
	check_head_make(check);
	return desk_end(desk, desk_event(desk, &event));
}

static enum db_status all_look(struct desk *desk, struct check *check, int64_t *out_events)
{
	struct words_wrong wrong = { .count = 0 };
	enum db_status status = check_files(check);

	if (status == DB_OK)
		status = check_tables(check);
	if (status == DB_OK && !check->words_fault)
		status = check_part_end(check, words_look(desk, check, &wrong));
	if (status == DB_OK)
		status = check_part_end(check, trail_look(desk, check, out_events));
	if (status == DB_OK)
		status = check_part_end(check, words_make(desk, check, &wrong));
	/* A damaged store's -head is not made to fit it. */
	if (status == DB_OK && check->problems == 0)
		status = head_make(desk, check);
	return status;
}

static void result_add(struct desk_check_result *result, bool is_mended, const char *what)
{
	size_t size = sizeof(*result->findings);

	result->findings =
		mem_resize(result->findings, result->count * size, (result->count + 1) * size);
	result->findings[result->count].is_mended = is_mended;
	(void)snprintf(result->findings[result->count].what,
		sizeof(result->findings[result->count].what), "%s", what);
	result->count++;
}

static enum desk_status result_fill(
	struct check *check, struct desk_check_result *result, struct notice *notice)
{
	result->pages = check->pages;
	result->frames = check->frames;
	for (size_t i = 0; i < check->count; i++)
		result_add(result, check->findings[i].is_mended, check->findings[i].what);
	if (check->problems == 0)
		return DESK_OK;
	return notice_set(notice, DESK_DAMAGED,
		"store check: %zu problem%s found; what to do stands beside each", check->problems,
		check->problems == 1 ? "" : "s");
}

/* A store that does not open: its files, with the keys of who asks. */
static enum desk_status files_alone(const struct desk_login *login, struct check *check,
	struct desk_check_result *result, struct notice *notice)
{
	struct store *store = store_new();
	enum db_status stored = store_open(store, login->store);
	struct notice why = *notice;
	enum desk_status status;

	check->store = store;
	if (stored == DB_OK)
		stored = store_unlock_files(store, login->user, login->password, time(NULL));
	if (stored == DB_OK)
		stored = check_files(check);
	status = desk_failed(store, stored, notice);
	if (status == DESK_OK) {
		check_say(check, false, "%s", why.text);
		status = result_fill(check, result, notice);
	}
	store_free(store);
	return status;
}

static enum desk_status opened_look(struct desk *desk, struct check *check,
	struct desk_check_result *result, struct notice *notice)
{
	enum desk_status status = desk_allow(desk, DEED_STORE_CHECK, NULL, notice);

	check->store = desk->store;
	if (status != DESK_OK)
		return status;
	if (*store_warning(desk->store) != '\0')
		check_say(check, true, "%s", store_warning(desk->store));
	status = desk_failed(desk->store, all_look(desk, check, &result->events), notice);
	return status == DESK_OK ? result_fill(check, result, notice) : status;
}

enum desk_status desk_store_check(const struct desk_login *login, const struct desk_watch *watch,
	struct desk_check_result *out_result, struct notice *out_notice)
{
	struct store_watch room;
	struct check check = { .watch = desk_watch_pass(watch, &room) };
	struct desk *desk = NULL;
	enum desk_status status = desk_open(login, &desk, out_notice);

	*out_result = (struct desk_check_result) { .count = 0 };
	if (status == DESK_OK)
		status = opened_look(desk, &check, out_result, out_notice);
	else if (status == DESK_DAMAGED)
		status = files_alone(login, &check, out_result, out_notice);
	mem_free(check.findings);
	desk_close(desk);
	return status;
}
