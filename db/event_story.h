/*
 * What one event tells: its details, and of each row it changed the columns as
 * they were and as it left them. Personal data: for who may read the log.
 */
#ifndef TRACEDESK_DB_EVENT_STORY_H
#define TRACEDESK_DB_EVENT_STORY_H

#include "db/store.h"

enum story_kind { STORY_DETAIL, STORY_ADDED, STORY_CHANGED, STORY_REMOVED };

struct story_line {
	enum story_kind kind;
	const char *table; /* NULL for a detail */
	int64_t row;
	char *column; /* or the detail's name; NULL: only that the row came or went */
	char *old;    /* of a change; numbers in decimal, nothing is "" */
	char *now;    /* of a change, an addition that is not empty, a detail */
	bool is_text; /* not a number */
};

struct event_story {
	struct story_line *lines;
	size_t count, room;
};

/* An event whose payload is gone has no lines. Clear with event_story_clear. */
enum db_status event_story_load(
	struct store *store, const struct event *event, struct event_story *out_story);
void event_story_clear(struct event_story *story);

#endif
