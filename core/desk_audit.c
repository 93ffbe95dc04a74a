/*
 * The proof of the trail, checkpoints, exports.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/desk_checkpoint.h"
#include "core/desk_private.h"
#include "core/text.h"
#include "db/trail_export.h"
#include "db/verify.h"

static void result_fill(const struct trail_verdict *verdict, struct audit_result *result)
{
	*result = (struct audit_result) {
		.events = verdict->events,
		.signatures = verdict->signatures,
		.first = verdict->first_time,
		.last = verdict->last_time,
		.problem_count = verdict->problem_count,
	};
	for (size_t i = 0; i < STORE_HASH_BYTES; i++)
		(void)snprintf(result->head + 2 * i, 3, "%02x", verdict->head[i]);
	if (verdict->problem_count == 0)
		return;
	result->problems = mem_new(verdict->problem_count, sizeof(*result->problems));
	for (size_t i = 0; i < verdict->problem_count; i++) {
		result->problems[i].event = verdict->problems[i].event;
		memcpy(result->problems[i].what, verdict->problems[i].what,
			sizeof(result->problems[i].what));
	}
}

void audit_result_text(const struct audit_result *result, struct buffer *out)
{
	char first[21], last[21];

	moment_text(result->first, first);
	moment_text(result->last, last);
	buffer_print(out, "%" PRId64 " events from %s to %s, %" PRId64 " signatures\nHead %s\n",
		result->events, first, last, result->signatures, result->head);
	for (size_t i = 0; i < result->problem_count; i++) {
		buffer_print(out, "Event %" PRId64 ": ", result->problems[i].event);
		text_show(result->problems[i].what, out);
		buffer_add(out, "\n");
	}
	if (result->problem_count == 0)
		buffer_add(out, "No problem found.\n");
}

/* NULL stays NULL. */
static enum desk_status checkpoint_take(const char *text, struct checkpoint *room,
	const struct checkpoint **out_checkpoint, struct notice *notice)
{
	*out_checkpoint = text ? room : NULL;
	if (!text || checkpoint_parse(text, room))
		return DESK_OK;
	return notice_set(notice, DESK_REFUSED,
		"audit verify: the file holds no checkpoint; give the text whole, as `tracedesk "
		"audit checkpoint` printed it");
}

static enum desk_status proof_problems(const struct audit_result *result, struct notice *notice)
{
	if (result->problem_count == 0)
		return DESK_OK;
	return notice_set(notice, DESK_DAMAGED,
		"audit verify: %zu problem%s found; keep the store as it is and tell the "
		"auditor",
		result->problem_count, result->problem_count == 1 ? "" : "s");
}

struct proof_run {
	const struct audit_proof *proof;
	int64_t all;
};

static bool proof_goes_on(void *with, int64_t event)
{
	const struct proof_run *run = with;

	return run->proof->goes_on(run->proof->with, event, run->all);
}

enum desk_status desk_audit_verify(struct desk *desk, const struct audit_proof *proof,
	struct audit_result *out_result, struct notice *out_notice)
{
	struct trail_verdict verdict = { 0 };
	struct checkpoint since, against;
	struct proof_run run = { .proof = proof };
	struct trail_asked asked = { .goes_on = proof->goes_on ? proof_goes_on : NULL,
		.with = &run };
	enum desk_status status = desk_allow(desk, DEED_AUDIT_VERIFY, NULL, out_notice);
	enum db_status stored;

	*out_result = (struct audit_result) { 0 };
	if (status == DESK_OK)
		status = checkpoint_take(proof->since, &since, &asked.since, out_notice);
	if (status == DESK_OK)
		status = checkpoint_take(proof->against, &against, &asked.against, out_notice);
	if (status != DESK_OK)
		return status;
	stored = events_tail(desk->store, &run.all);
	if (stored == DB_OK)
		stored = trail_verify_asked(desk->store, &asked, &verdict);
	if (stored == DB_OK)
		result_fill(&verdict, out_result);
	mem_free(verdict.problems);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, out_notice);
	return proof_problems(out_result, out_notice);
}

enum desk_status desk_audit_checkpoint(
	struct desk *desk, struct buffer *out_text, struct notice *out_notice)
{
	const struct desk_event event = { .kind = EVENT_CHECKPOINT_MADE };
	struct checkpoint checkpoint;
	enum desk_status status = desk_allow(desk, DEED_AUDIT_CHECKPOINT, NULL, out_notice);
	enum db_status stored;

	if (status != DESK_OK)
		return status;
	stored = store_begin(desk->store);
	if (stored == DB_OK) {
		stored = desk_event(desk, &event);
		if (stored == DB_OK)
			stored = checkpoint_make(desk->store, &checkpoint);
		stored = desk_end(desk, stored);
	}
	if (stored == DB_OK)
		checkpoint_write(&checkpoint, desk->person.name, out_text);
	return desk_failed(desk->store, stored, out_notice);
}

struct export_run {
	desk_write *write;
	void *with;
	struct notice *notice;
	enum desk_status status; /* of write */
};

static enum db_status export_piece(void *with, const uint8_t *bytes, size_t size)
{
	struct export_run *run = with;

	run->status = run->write(run->with, (const char *)bytes, size, run->notice);
	return run->status == DESK_OK ? DB_OK : DB_IO;
}

/* The event of the export, durable before a byte leaves; its sequence is where the export ends. */
static enum db_status export_event(struct desk *desk, int64_t *out_sequence)
{
	const struct desk_event event = { .kind = EVENT_TRAIL_EXPORTED };
	enum db_status status = store_begin(desk->store);

	if (status != DB_OK)
		return status;
	status = desk_event(desk, &event);
	if (status == DB_OK)
		status = events_tail(desk->store, out_sequence);
	return desk_end(desk, status);
}

enum desk_status desk_audit_export(
	struct desk *desk, desk_write *write, void *with, struct notice *out_notice)
{
	struct export_run run = { write, with, out_notice, DESK_OK };
	struct trail_export wanted = { .write = export_piece, .with = &run };
	enum desk_status status = desk_allow(desk, DEED_AUDIT_EXPORT, NULL, out_notice);
	enum db_status stored;

	if (status != DESK_OK)
		return status;
	stored = export_event(desk, &wanted.to);
	if (stored == DB_OK)
		stored = trail_export(desk->store, &wanted);
	return run.status != DESK_OK ? run.status : desk_failed(desk->store, stored, out_notice);
}
