/*
 * Submissions to the Demographics Batch Service Bureau: the list and opening
 * one.
 */
#include "core/desk_private.h"
#include "db/submissions.h"

enum desk_status desk_submissions(struct desk *desk, const struct submission_page *page,
	struct submission **out_rows, size_t *out_count, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_DBSB_LIST, NULL, out_notice);
	enum db_status stored;

	*out_rows = NULL;
	*out_count = 0;
	if (status != DESK_OK)
		return status;
	*out_rows = mem_new(page->limit, sizeof(**out_rows));
	stored = submissions_page(desk->store, page->after, *out_rows, page->limit, out_count);
	if (stored == DB_OK)
		return DESK_OK;
	mem_free(*out_rows);
	*out_rows = NULL;
	return desk_failed(desk->store, stored, out_notice);
}

enum desk_status desk_submissions_total(
	struct desk *desk, int64_t *out_total, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_DBSB_LIST, NULL, out_notice);

	if (status != DESK_OK)
		return status;
	return desk_failed(desk->store, submissions_count(desk->store, out_total), out_notice);
}

enum desk_status desk_submission_open(struct desk *desk, const char *reference,
	struct submission *out_submission, struct notice *out_notice)
{
	const struct desk_event event = { .kind = EVENT_SUBMISSION_OPENED, .reference = reference };
	enum desk_status status = desk_allow(desk, DEED_DBSB_SHOW, reference, out_notice);
	enum db_status stored;

	if (status != DESK_OK)
		return status;
	stored = store_begin(desk->store);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, out_notice);
	stored = submissions_load(desk->store, reference, out_submission);
	if (stored != DB_OK) {
		store_rollback(desk->store);
		if (stored == DB_NONE)
			return notice_set(out_notice, DESK_REFUSED,
				"%s: there is no such submission; `tracedesk dbsb list` shows them",
				reference);
		return desk_failed(desk->store, stored, out_notice);
	}
	stored = desk_end(desk, desk_event(desk, &event));
	if (stored != DB_OK)
		submission_clear(out_submission);
	return desk_failed(desk->store, stored, out_notice);
}
