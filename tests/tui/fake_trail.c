/*
 * The desk's trail for the screens: a log of one event, and a proof that goes
 * on until it is stopped.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/desk.h"
#include "core/log_filter.h"

enum { FAKE_EVENTS = 10000000 };

void log_entries_clear(struct log_entry *entries, size_t count)
{
	for (size_t i = 0; i < count; i++)
		mem_free(entries[i].told);
}

enum desk_status desk_audit_log(struct desk *desk, const struct log_page *page,
	struct log_entry **out_entries, size_t *out_count, struct notice *out_notice)
{
	(void)desk;
	(void)page;
	(void)out_notice;
	*out_entries = mem_new(1, sizeof(**out_entries));
	(*out_entries)->event = (struct event) { .sequence = FAKE_EVENTS,
		.time = 1609718400,
		.kind = EVENT_LOGIN,
		.person_name = "casey" };
	(*out_entries)->told = mem_text("");
	*out_count = 1;
	return DESK_OK;
}

enum desk_status desk_audit_sample(struct desk *desk, const struct log_sampling *sampling,
	struct log_entry **out_entries, size_t *out_count, struct notice *out_notice)
{
	const struct log_page page = { .filter = sampling->filter };

	return desk_audit_log(desk, &page, out_entries, out_count, out_notice);
}

enum desk_status desk_audit_verify(struct desk *desk, const struct audit_proof *proof,
	struct audit_result *out_result, struct notice *out_notice)
{
	int64_t done = 0;

	(void)desk;
	*out_result = (struct audit_result) { 0 };
	while (done < FAKE_EVENTS && proof->goes_on(proof->with, done, FAKE_EVENTS))
		done++;
	out_result->events = done;
	return notice_set(out_notice, DESK_REFUSED,
		"the proof was stopped at event %" PRId64 "; "
		"nothing is proved until it ends",
		done);
}

void audit_result_text(const struct audit_result *result, struct buffer *out)
{
	buffer_print(out, "%" PRId64 " events", result->events);
}

enum desk_status desk_audit_checkpoint(
	struct desk *desk, struct buffer *out_text, struct notice *out_notice)
{
	(void)desk;
	(void)out_notice;
	buffer_add(out_text, "a checkpoint\n");
	return DESK_OK;
}
