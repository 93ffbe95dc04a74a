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
};
/* DESK_DAMAGED when there are problems; DESK_REFUSED: a text is no checkpoint. */
enum desk_status desk_audit_verify(struct desk *desk, const struct audit_proof *proof,
	struct audit_result *out_result, struct notice *out_notice);

/* Appends the text of a new checkpoint, made at its own event and signed by who is at the desk. */
enum desk_status desk_audit_checkpoint(
	struct desk *desk, struct buffer *out_text, struct notice *out_notice);

/* Hands the whole trail, up to the event of this export, to write piece by piece (db/trail_export.h
   has the format); anything but DESK_OK from it ends the export. */
typedef enum desk_status audit_write(
	void *with, const char *bytes, size_t size, struct notice *notice);
enum desk_status desk_audit_export(
	struct desk *desk, audit_write *write, void *with, struct notice *out_notice);

#endif
