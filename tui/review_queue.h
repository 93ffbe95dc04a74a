/*
 * Where a proposal stands in its queue, and which one comes after it.
 */
#ifndef TRACEDESK_TUI_REVIEW_QUEUE_H
#define TRACEDESK_TUI_REVIEW_QUEUE_H

#include "tui/screen.h"

struct review_queue {
	enum queue queue;
	int64_t total;
	int64_t place;		 /* from 1; 0: not in it */
	struct request_row here; /* the key of that place */
};

/* Finds a receipt in its queue. */
void review_queue_find(struct ui *ui, struct review_queue *queue, const char *reference,
	struct notice *out_notice);
/* Sets the reference to the next that this person can review: after the place, whether that one is
   still in the queue or has gone; after the last the first. False when there is no other. */
bool review_queue_next(struct ui *ui, const struct review_queue *queue,
	char reference[REFERENCE_SIZE], struct notice *out_notice);

#endif
