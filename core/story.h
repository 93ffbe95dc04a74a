/*
 * What an event tells, in words. Private to the desk.
 */
#ifndef TRACEDESK_CORE_STORY_H
#define TRACEDESK_CORE_STORY_H

#include "core/buffer.h"
#include "db/event_story.h"

/* A line for each detail and each row. people: those of the store, for numbers that are people's.
 */
void story_words(const struct event_story *story, const struct person *people, size_t count,
	struct buffer *out);

#endif
