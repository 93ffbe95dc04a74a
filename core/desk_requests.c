/*
 * Lists of receipts and counts of them, by a filter's words. What the words ask
 * of rows the store answers; what they ask of checks is found out receipt by
 * receipt.
 */
#include <stdio.h>
#include <string.h>

#include "core/desk_clock.h"
#include "core/filter.h"
#include "core/life_private.h"
#include "core/search_words.h"
#include "core/tally.h"
#include "db/notes.h"
#include "db/people.h"
#include "db/request_lists.h"
#include "db/requests.h"

/* A filter as the person at the desk asks it. */
struct asked {
	struct desk *desk;
	const struct filter *filter;
	struct request_filter rows; /* borrows its texts */
	struct desk_clock clock;
};

static bool filter_has_words(const struct filter *filter)
{
	return filter && filter->words > 0;
}

/* "me" becomes the person's name; another name must be somebody's. */
static enum desk_status assigned_ready(struct desk *desk, char **name, struct notice *notice)
{
	struct person person = { 0 };
	enum db_status status;

	if (!*name || strcmp(*name, "none") == 0)
		return DESK_OK;
	if (strcmp(*name, "me") == 0) {
		*name = desk->person.name;
		return DESK_OK;
	}
	status = people_load(desk->store, *name, &person);
	if (status == DB_NONE)
		return notice_set(notice, DESK_USAGE,
			"assigned:%s: there is nobody of that name; write assigned:me, "
			"assigned:none or a log-in name",
			*name);
	if (status == DB_OK)
		person_clear(&person);
	return desk_failed(desk->store, status, notice);
}

static enum desk_status asked_ready(struct desk *desk, const struct filter *filter,
	struct asked *out_asked, struct notice *notice)
{
	struct request_filter *rows = &out_asked->rows;
	enum desk_status status;

	*out_asked = (struct asked) { .desk = desk, .filter = filter };
	status = desk_failed(desk->store, desk_clock_load(desk, &out_asked->clock), notice);
	if (!filter || status != DESK_OK)
		return status;
	*rows = filter->rows;
	rows->sees_flagged = desk_seer(desk) == 0;
	memcpy(rows->person, desk->person.name, sizeof(rows->person));
	status = assigned_ready(desk, &rows->is[FILTER_ASSIGNED], notice);
	if (status == DESK_OK)
		status = assigned_ready(desk, &rows->is_not[FILTER_ASSIGNED], notice);
	if (status != DESK_OK)
		desk_clock_clear(&out_asked->clock);
	return status;
}

/* A run by words is an event, durable before anything is shown. */
static enum desk_status asked_write(
	const struct asked *asked, enum event_kind kind, struct notice *notice)
{
	const struct event_detail words = { "words",
		filter_has_words(asked->filter) ? asked->filter->text : "" };
	const struct desk_event event = { .kind = kind, .details = &words, .detail_count = 1 };
	enum db_status status;

	if (!filter_has_words(asked->filter))
		return DESK_OK;
	status = store_begin(asked->desk->store);
	if (status == DB_OK)
		status = desk_end(asked->desk, desk_event(asked->desk, &event));
	return desk_failed(asked->desk->store, status, notice);
}

static bool rule_holds(const struct filter_rule *rule, const struct desk_findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		if (findings->finding[i].rule == rule->rule)
			return (findings->finding[i].result == rule->result) != rule->is_not;
	return rule->is_not;
}

/* Does the receipt give the results that are asked for? One that the person may not open, and
   history taken over, has none. */
static enum db_status rules_match(
	const struct asked *asked, const char *reference, bool *out_matches)
{
	struct desk_findings findings = { 0 };
	struct request request;
	enum db_status status = DB_OK;

	*out_matches = true;
	if (!asked->filter || asked->filter->rule_count == 0)
		return DB_OK;
	status = requests_load(asked->desk->store, reference, &request);
	if (status != DB_OK)
		return status;
	if (desk_may_see(asked->desk, &request))
		status = life_findings_kept(asked->desk, &request, &findings);
	for (size_t i = 0; i < asked->filter->rule_count; i++)
		*out_matches &= rule_holds(&asked->filter->rules[i], &findings);
	desk_findings_clear(&findings);
	request_clear(&request);
	return status;
}

/* What the store cannot tell of a row; fills in its age. */
static enum db_status row_matches(
	const struct asked *asked, struct request_row *row, bool *out_matches)
{
	desk_clock_row(&asked->clock, row);
	*out_matches = (!asked->rows.is[FILTER_OVERDUE] || row->age.is_overdue) &&
		       (!asked->rows.is_not[FILTER_OVERDUE] || !row->age.is_overdue);
	return *out_matches ? rules_match(asked, row->reference, out_matches) : DB_OK;
}

static void rows_turn(struct request_row *rows, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		struct request_row row = rows[i];

		rows[i] = rows[count - 1 - i];
		rows[count - 1 - i] = row;
	}
}

/* Takes a page from the store, nearest to its key first, adds the rows that match to those found,
   at most as many as the page holds, and moves the key to the page's far end. */
static enum db_status page_take(const struct asked *asked, struct requests_page *page,
	struct request_row *found, size_t *found_count, bool *out_more)
{
	struct request_row *rows = mem_new(page->limit, sizeof(*rows));
	size_t count = 0;
	enum db_status status = requests_page(asked->desk->store, page, rows, &count);

	*out_more = count == page->limit;
	if (page->backwards)
		rows_turn(rows, count);
	if (count > 0) {
		memcpy(page->received, rows[count - 1].received, sizeof(page->received));
		page->id = rows[count - 1].id;
	}
	for (size_t i = 0; i < count; i++) {
		bool matches = false;

		if (status == DB_OK && *found_count < page->limit)
			status = row_matches(asked, &rows[i], &matches);
		if (status == DB_OK && matches) {
			desk_mask_row(asked->desk, &rows[i]);
			found[(*found_count)++] = rows[i];
		} else {
			request_rows_clear(&rows[i], 1);
		}
	}
	mem_free(rows);
	return status;
}

enum desk_status desk_requests(struct desk *desk, const struct request_page *page,
	struct request_row **out_rows, size_t *out_count, struct notice *out_notice)
{
	struct requests_page wanted = { .backwards = page->backwards, .limit = page->limit };
	enum desk_status status = desk_allow(desk, DEED_REQUEST_LIST, NULL, out_notice);
	enum db_status stored = DB_OK;
	struct asked asked = { 0 };
	bool is_more = true;

	*out_rows = NULL;
	*out_count = 0;
	if (status == DESK_OK)
		status = asked_ready(desk, page->filter, &asked, out_notice);
	if (status == DESK_OK && !page->after && !page->backwards && !page->is_running)
		status = asked_write(&asked, EVENT_SEARCHED, out_notice);
	if (status != DESK_OK) {
		desk_clock_clear(&asked.clock);
		return status;
	}
	if (filter_has_words(page->filter))
		wanted.filter = &asked.rows;
	if (page->after) {
		memcpy(wanted.received, page->after->received, sizeof(wanted.received));
		wanted.id = page->after->id;
	}
	*out_rows = mem_new(page->limit, sizeof(**out_rows));
	while (stored == DB_OK && is_more && *out_count < page->limit)
		stored = page_take(&asked, &wanted, *out_rows, out_count, &is_more);
	if (page->backwards)
		rows_turn(*out_rows, *out_count);
	desk_clock_clear(&asked.clock);
	if (stored == DB_OK)
		return DESK_OK;
	request_rows_clear(*out_rows, *out_count);
	mem_free(*out_rows);
	*out_rows = NULL;
	*out_count = 0;
	return desk_failed(desk->store, stored, out_notice);
}

enum desk_status desk_request_places(struct desk *desk, const char *reference,
	const struct filter *filter, char **out_places, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_REQUEST_LIST, NULL, out_notice);
	struct note *notes = NULL;
	struct request request;
	struct buffer places;
	size_t count = 0;
	enum db_status stored;

	*out_places = NULL;
	if (status != DESK_OK)
		return status;
	buffer_init(&places);
	stored = requests_load(desk->store, reference, &request);
	if (stored == DB_OK) {
		stored = notes_list(desk->store, request.id, &notes, &count);
		if (stored == DB_OK && filter->rows.words && desk_may_see(desk, &request))
			search_places(&request, notes, count, filter->rows.words, &places);
		request_clear(&request);
	}
	while (count > 0)
		note_clear(&notes[--count]);
	mem_free(notes);
	*out_places = buffer_take(&places);
	return desk_failed(desk->store, stored, out_notice);
}

/* What a run over the receipts that are asked for counts into. */
struct run {
	const struct asked *asked;
	struct tally *tally; /* NULL: only how many */
	int64_t total;
};

static enum db_status run_row(void *with, struct request_row *row, const char *const values[])
{
	struct run *run = with;
	bool matches;
	enum db_status status = row_matches(run->asked, row, &matches);

	if (status != DB_OK || !matches)
		return status;
	run->total++;
	if (run->tally)
		tally_add(run->tally, values);
	return DB_OK;
}

static enum db_status run_all(struct run *run)
{
	const struct requests_tally wanted = { .filter = &run->asked->rows,
		.columns = run->tally ? run->tally->columns : NULL,
		.column_count = run->tally ? run->tally->column_count : 0,
		.row = run_row,
		.with = run };

	return requests_tally(run->asked->desk->store, &wanted);
}

enum desk_status desk_requests_total(struct desk *desk, const struct filter *filter,
	int64_t *out_total, struct notice *out_notice)
{
	struct asked asked;
	struct run run = { .asked = &asked };
	enum desk_status status = desk_allow(desk, DEED_REQUEST_LIST, NULL, out_notice);

	if (status == DESK_OK)
		status = asked_ready(desk, filter, &asked, out_notice);
	if (status != DESK_OK)
		return status;
	if (filter_has_words(filter))
		status = desk_failed(desk->store, run_all(&run), out_notice);
	else
		status = desk_failed(
			desk->store, requests_count(desk->store, &run.total), out_notice);
	desk_clock_clear(&asked.clock);
	*out_total = run.total;
	return status;
}

enum desk_status desk_request_count(struct desk *desk, const struct filter *filter,
	struct tally *tally, struct notice *out_notice)
{
	struct asked asked = { 0 };
	struct run run = { .asked = &asked, .tally = tally };
	enum desk_status status = desk_allow(desk, DEED_REQUEST_COUNT, NULL, out_notice);

	if (status == DESK_OK)
		status = asked_ready(desk, filter, &asked, out_notice);
	if (status == DESK_OK)
		status = asked_write(&asked, EVENT_COUNTED, out_notice);
	if (status == DESK_OK)
		status = desk_failed(desk->store, run_all(&run), out_notice);
	desk_clock_clear(&asked.clock);
	return status;
}
