/*
 * The log: pages and samples of events with what they tell. Since that is what
 * receipts hold, who reads leaves an event, durable before anything is shown.
 */
#include "core/desk_trail.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/desk_private.h"
#include "core/log_filter.h"
#include "core/story.h"
#include "core/text.h"
#include "db/event_log.h"
#include "db/people.h"

void log_entries_clear(struct log_entry *entries, size_t count)
{
	for (size_t i = 0; i < count; i++)
		mem_free(entries[i].told);
}

/* A filter as the store is asked it. */
struct log_asked {
	struct event_filter rows; /* borrows its texts, but for the subjects' references */
	char *references[2];
};

static void asked_done(struct log_asked *asked)
{
	mem_free(asked->references[0]);
	mem_free(asked->references[1]);
}

static enum desk_status person_is_known(struct desk *desk, const char *name, struct notice *notice)
{
	struct person person = { 0 };
	enum db_status status;

	if (!name)
		return DESK_OK;
	status = people_load(desk->store, name, &person);
	if (status == DB_NONE)
		return notice_set(notice, DESK_USAGE,
			"person:%s: there is nobody of that name; write a log-in name", name);
	if (status == DB_OK)
		person_clear(&person);
	return desk_failed(desk->store, status, notice);
}

struct surname_search {
	const char *surname;
	struct buffer references;
};

static enum db_status surname_match(void *with, const char *reference, const char *surname)
{
	struct surname_search *search = with;

	if (text_is_same_name(surname, search->surname))
		buffer_print(&search->references, "%s;", reference);
	return DB_OK;
}

/* The receipts of a subject of that name, ";A;B;". */
static enum db_status references_find(struct desk *desk, const char *surname, char **out_references)
{
	struct surname_search search = { .surname = surname };
	enum db_status status;

	*out_references = NULL;
	if (!surname)
		return DB_OK;
	buffer_init(&search.references);
	buffer_add(&search.references, ";");
	status = surnames_walk(desk->store, surname_match, &search);
	*out_references = buffer_take(&search.references);
	return status;
}

static enum desk_status asked_ready(struct desk *desk, const struct log_filter *filter,
	struct log_asked *out_asked, struct notice *notice)
{
	struct event_filter *rows = &out_asked->rows;
	enum desk_status status = desk_allow(desk, DEED_AUDIT_LOG, NULL, notice);
	enum db_status stored;

	*out_asked = (struct log_asked) { .rows = filter->rows };
	if (status == DESK_OK)
		status = person_is_known(desk, rows->is[LOG_PERSON], notice);
	if (status == DESK_OK)
		status = person_is_known(desk, rows->is_not[LOG_PERSON], notice);
	if (status != DESK_OK)
		return status;
	stored = references_find(desk, rows->is[LOG_SUBJECT], &out_asked->references[0]);
	if (stored == DB_OK)
		stored =
			references_find(desk, rows->is_not[LOG_SUBJECT], &out_asked->references[1]);
	rows->is[LOG_SUBJECT] = out_asked->references[0];
	rows->is_not[LOG_SUBJECT] = out_asked->references[1];
	return desk_failed(desk->store, stored, notice);
}

/* sample: "" for a list. */
static enum desk_status search_write(struct desk *desk, const struct log_filter *filter,
	const char *sample, struct notice *notice)
{
	const struct event_detail details[] = { { "words", filter->text }, { "sample", sample } };
	const struct desk_event event = { EVENT_LOG_SEARCHED, NULL, details, *sample ? 2 : 1 };

	return desk_failed(desk->store, desk_event_alone(desk, &event), notice);
}

static enum db_status entry_tell(
	struct desk *desk, const struct person *people, size_t count, struct log_entry *entry)
{
	struct event_story story;
	struct buffer words;
	enum db_status status = event_story_load(desk->store, &entry->event, &story);

	if (status != DB_OK)
		return status;
	buffer_init(&words);
	story_words(&story, people, count, &words);
	entry->told = buffer_take(&words);
	event_story_clear(&story);
	return DB_OK;
}

/* Tells each; on a failure nothing is left of them. */
static void entries_drop(struct log_entry **entries, size_t *count)
{
	log_entries_clear(*entries, *count);
	mem_free(*entries);
	*entries = NULL;
	*count = 0;
}

static enum desk_status entries_tell(
	struct desk *desk, struct log_entry **entries, size_t *count, struct notice *notice)
{
	struct person *people = NULL;
	size_t person_count = 0;
	enum db_status status = people_list(desk->store, &people, &person_count);

	for (size_t i = 0; i < *count && status == DB_OK; i++)
		status = entry_tell(desk, people, person_count, &(*entries)[i]);
	for (size_t i = 0; i < person_count; i++)
		person_clear(&people[i]);
	mem_free(people);
	return desk_failed(desk->store, status, notice);
}

static enum db_status page_load(struct desk *desk, const struct events_page *wanted,
	struct log_entry **out_entries, size_t *out_count)
{
	struct event *events = mem_new(wanted->limit, sizeof(*events));
	enum db_status status = events_page(desk->store, wanted, events, out_count);

	*out_entries = mem_new(*out_count ? *out_count : 1, sizeof(**out_entries));
	for (size_t i = 0; i < *out_count; i++)
		(*out_entries)[i].event = events[i];
	mem_free(events);
	return status;
}

enum desk_status desk_audit_log(struct desk *desk, const struct log_page *page,
	struct log_entry **out_entries, size_t *out_count, struct notice *out_notice)
{
	struct log_asked asked;
	struct events_page wanted = { page->before, page->limit, &asked.rows };
	enum desk_status status = asked_ready(desk, page->filter, &asked, out_notice);

	*out_entries = NULL;
	*out_count = 0;
	if (status == DESK_OK && page->before == 0 && page->filter->words > 0)
		status = search_write(desk, page->filter, "", out_notice);
	if (status == DESK_OK)
		status = desk_failed(
			desk->store, page_load(desk, &wanted, out_entries, out_count), out_notice);
	if (status == DESK_OK)
		status = entries_tell(desk, out_entries, out_count, out_notice);
	if (status != DESK_OK)
		entries_drop(out_entries, out_count);
	asked_done(&asked);
	return status;
}

enum desk_status desk_audit_log_total(struct desk *desk, const struct log_filter *filter,
	int64_t *out_total, struct notice *out_notice)
{
	struct log_asked asked;
	int64_t *sequences = NULL;
	size_t count = 0;
	enum desk_status status = asked_ready(desk, filter, &asked, out_notice);

	if (status == DESK_OK)
		status = desk_failed(desk->store,
			events_matching(desk->store, &asked.rows, &sequences, &count), out_notice);
	mem_free(sequences);
	asked_done(&asked);
	*out_total = (int64_t)count;
	return status;
}

static enum db_status sample_load(
	struct desk *desk, const int64_t *sequences, size_t count, struct log_entry **out_entries)
{
	enum db_status status = DB_OK;

	*out_entries = mem_new(count ? count : 1, sizeof(**out_entries));
	for (size_t i = 0; i < count && status == DB_OK; i++)
		status = events_load(desk->store, sequences[i], &(*out_entries)[i].event);
	return status;
}

enum desk_status desk_audit_sample(struct desk *desk, const struct log_sampling *sampling,
	struct log_entry **out_entries, size_t *out_count, struct notice *out_notice)
{
	struct log_asked asked;
	int64_t *sequences = NULL;
	size_t all = 0;
	char sample[64];
	enum desk_status status = asked_ready(desk, sampling->filter, &asked, out_notice);

	*out_entries = NULL;
	*out_count = 0;
	(void)snprintf(
		sample, sizeof(sample), "%zu of seed %" PRIu64, sampling->count, sampling->seed);
	if (status == DESK_OK)
		status = desk_failed(desk->store,
			events_matching(desk->store, &asked.rows, &sequences, &all), out_notice);
	if (status == DESK_OK)
		status = search_write(desk, sampling->filter, sample, out_notice);
	if (status == DESK_OK) {
		*out_count = log_sample(sequences, all, sampling->count, sampling->seed);
		status = desk_failed(desk->store,
			sample_load(desk, sequences, *out_count, out_entries), out_notice);
	}
	if (status == DESK_OK)
		status = entries_tell(desk, out_entries, out_count, out_notice);
	if (status != DESK_OK)
		entries_drop(out_entries, out_count);
	mem_free(sequences);
	asked_done(&asked);
	return status;
}
