/*
 * The demo store's case data: the history behind golden/tracing_2020.csv and
 * golden/dbsb_2020.csv, and the forms of the open receipts (what was done with
 * them is in core/demo_life.h). Pure and the same on every run. Nobody in it is
 * real; NHS numbers are from the 999 test range.
 */
#ifndef TRACEDESK_CORE_DEMO_DATA_H
#define TRACEDESK_CORE_DEMO_DATA_H

#include <stddef.h>

#include "db/records.h"

/* A demo store's own today, and its cut-over day. */
#define DEMO_TODAY "2021-01-04"

/* All in order of the day received, references empty: the store numbers them. Requests of the
   history are marked imported and carry their outcome; the open ones come after them, in state
   received. */
struct demo_data {
	struct request *requests;
	size_t request_count;
	size_t history_count;
	struct submission *submissions;
	size_t submission_count;
};

/* Free with demo_data_done. */
void demo_data_make(struct demo_data *out_data);
void demo_data_done(struct demo_data *data);

#endif
