/*
 * The desk's side of the trail: proving it, checkpoints, exports, and its log.
 * For auditors and supervisors.
 */
#ifndef TRACEDESK_CORE_DESK_TRAIL_H
#define TRACEDESK_CORE_DESK_TRAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buffer.h"
#include "core/notice.h"
#include "db/records.h"

struct desk;
struct log_filter;

struct audit_problem {
	int64_t event; /* sequence, or 0 */
	char what[256];
};
struct audit_result {
	int64_t events;
	int64_t signatures;
	int64_t first, last;		/* moments of the first and last event */
	char head[65];			/* hash of the last event in hex */
	struct audit_problem *problems; /* free with mem_free */
	size_t problem_count;
};
/* Texts of checkpoints, or NULL. since: signatures are checked from there on; against: it must be
   on this store's chain. */
struct audit_proof {
	const char *since;
	const char *against;
	/* Told now and then how many events of all are read; false stops the proof (DESK_REFUSED).
	   NULL: nobody waits. */
	bool (*goes_on)(void *with, int64_t done, int64_t all);
	void *with;
};
/* DESK_DAMAGED when there are problems; DESK_REFUSED: a text is no checkpoint. */
enum desk_status desk_audit_verify(struct desk *desk, const struct audit_proof *proof,
	struct audit_result *out_result, struct notice *out_notice);

/* A result in words: counts, head, a line a problem. */
void audit_result_text(const struct audit_result *result, struct buffer *out);

/* Appends the text of a new checkpoint, made at its own event and signed by who is at the desk. */
enum desk_status desk_audit_checkpoint(
	struct desk *desk, struct buffer *out_text, struct notice *out_notice);

/* Hands the whole trail, up to the event of this export, to write piece by piece (db/trail_export.h
   has the format); anything but DESK_OK from it ends the export. */
enum desk_status desk_audit_export(
	struct desk *desk, desk_write *write, void *with, struct notice *out_notice);

/* An event with what it tells in words, a line for each detail and each row that came, went or
   changed (old → new). */
struct log_entry {
	struct event event;
	char *told;
};
void log_entries_clear(struct log_entry *entries, size_t count);
/* A page of the log, newest first: the events older than the sequence `before` (0: from the
   newest). The start of a list by words is an event; paging writes nothing. DESK_USAGE: person:
   names nobody there is. Clear with log_entries_clear, free with mem_free. */
struct log_page {
	const struct log_filter *filter;
	int64_t before;
	size_t limit;
};
enum desk_status desk_audit_log(struct desk *desk, const struct log_page *page,
	struct log_entry **out_entries, size_t *out_count, struct notice *out_notice);
enum desk_status desk_audit_log_total(struct desk *desk, const struct log_filter *filter,
	int64_t *out_total, struct notice *out_notice);
/* As many of what the filter leaves as a seed chooses; also an event. */
struct log_sampling {
	const struct log_filter *filter;
	size_t count;
	uint64_t seed;
};
enum desk_status desk_audit_sample(struct desk *desk, const struct log_sampling *sampling,
	struct log_entry **out_entries, size_t *out_count, struct notice *out_notice);

#endif
