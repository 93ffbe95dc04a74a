/*
 * The proof of the trail.
 */
#include <stdio.h>
#include <string.h>

#include "core/desk_private.h"
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

enum desk_status desk_audit_verify(
	struct desk *desk, struct audit_result *out_result, struct notice *out_notice)
{
	struct trail_verdict verdict = { 0 };
	enum desk_status status = desk_allow(desk, DEED_AUDIT_VERIFY, NULL, out_notice);
	enum db_status stored;

	*out_result = (struct audit_result) { 0 };
	if (status != DESK_OK)
		return status;
	stored = trail_verify(desk->store, &verdict);
	if (stored == DB_OK)
		result_fill(&verdict, out_result);
	mem_free(verdict.problems);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, out_notice);
	if (out_result->problem_count > 0)
		return notice_set(out_notice, DESK_DAMAGED,
			"audit verify: %zu problem%s found; keep the store as it is and tell the "
			"auditor",
			out_result->problem_count, out_result->problem_count == 1 ? "" : "s");
	return DESK_OK;
}
