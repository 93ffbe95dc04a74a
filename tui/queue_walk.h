/*
 * Where a receipt stands in its queue, and which one comes after it.
 */
#ifndef TRACEDESK_TUI_QUEUE_WALK_H
#define TRACEDESK_TUI_QUEUE_WALK_H

#include "core/buffer.h"
#include "tui/screen.h"

struct queue_walk {
	enum queue queue;
	int64_t total; /* now */
	int64_t place; /* now, from 1; 0: not in it */
	int64_t *done; /* places, as they were at first, of those that have gone */
	size_t done_count;
	struct request_row here; /* the key of that place */
	/* Can this person deal with that one? */
	bool (*is_wanted)(const struct ui *ui, const struct request_row *row);
};

/* Finds a receipt in its queue. */
void queue_walk_find(
	struct ui *ui, struct queue_walk *queue, const char *reference, struct notice *out_notice);
/* Sets the reference to the next that is wanted: after the place, whether that one is still in the
 * queue or has gone; after the last the first. False when there is no other. */
bool queue_walk_next(struct ui *ui, const struct queue_walk *queue, char reference[REFERENCE_SIZE],
	struct notice *out_notice);
/* The one at the place was dealt with: it has gone from the queue, and counts on. */
void queue_walk_done(struct queue_walk *queue);
/* "Review 3 of 6: ", counted with those that have gone; "Review " without a place. */
void queue_walk_title(const struct queue_walk *queue, const char *what, struct buffer *out);
void queue_walk_clear(struct queue_walk *queue);

#endif
