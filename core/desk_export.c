/*
 * Receipts written out whole, as the CSV that import takes: counted first, so
 * that the event that is durable before a byte leaves says how many there are
 * and how many of them are flagged; then read again in one snapshot.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/desk_private.h"
#include "core/filter.h"
#include "core/receipt.h"
#include "db/requests.h"

enum { EXPORT_PAGE = 200 };

struct export_run {
	struct desk *desk;
	const struct desk_export *wanted;
	bool is_writing; /* else only counted */
	int64_t receipts, flagged;
	struct request_row last; /* its day and id: the key of the page that follows */
	struct buffer text;
};

static enum desk_status export_row(
	struct export_run *run, const struct request_row *row, struct notice *notice)
{
	struct request request;
	enum db_status stored;

	run->receipts++;
	run->flagged += row->flagged;
	if (!run->is_writing)
		return DESK_OK;
	stored = requests_load(run->desk->store, row->reference, &request);
	if (stored != DB_OK)
		return desk_failed(run->desk->store, stored, notice);
	receipt_csv(&request, run->wanted->spreadsheet, &run->text);
	request_clear(&request);
	return DESK_OK;
}

/* The oldest first, so that what is imported again is exported in the same order. */
static enum desk_status export_page(
	struct export_run *run, size_t *out_count, struct notice *notice)
{
	const struct request_page page = { .after = run->last.id != 0 ? &run->last : NULL,
		.backwards = true,
		.limit = EXPORT_PAGE,
		.filter = run->wanted->filter };
	struct request_row *rows = NULL;
	enum desk_status status = desk_requests(run->desk, &page, &rows, out_count, notice);

	for (size_t i = *out_count; status == DESK_OK && i > 0; i--)
		status = export_row(run, &rows[i - 1], notice);
	if (*out_count > 0) {
		memcpy(run->last.received, rows[0].received, sizeof(run->last.received));
		run->last.id = rows[0].id;
	}
	request_rows_clear(rows, *out_count);
	mem_free(rows);
	return status;
}

static enum desk_status export_walk(struct export_run *run, struct notice *notice)
{
	size_t count = EXPORT_PAGE;
	enum desk_status status = DESK_OK;

	buffer_init(&run->text);
	if (run->is_writing)
		receipt_csv_head(&run->text);
	while (status == DESK_OK && count == EXPORT_PAGE) {
		status = export_page(run, &count, notice);
		if (status == DESK_OK && run->is_writing)
			status = run->wanted->write(
				run->wanted->with, buffer_text(&run->text), run->text.size, notice);
		buffer_done(&run->text);
	}
	return status;
}

static enum db_status export_event(const struct export_run *run)
{
	char receipts[24], flagged[24];
	const struct event_detail details[] = {
		{ "because", run->wanted->because },
		{ "words", run->wanted->filter->text },
		{ "receipts", receipts },
		{ "flagged", flagged },
	};
	const struct desk_event event = { EVENT_REQUESTS_EXPORTED, NULL, details,
		sizeof(details) / sizeof(details[0]) };
	enum db_status status = store_begin(run->desk->store);

	(void)snprintf(receipts, sizeof(receipts), "%" PRId64, run->receipts);
	(void)snprintf(flagged, sizeof(flagged), "%" PRId64, run->flagged);
	return status == DB_OK ? desk_end(run->desk, desk_event(run->desk, &event)) : status;
}

/* In one snapshot, and what was counted, or not at all. */
static enum desk_status export_write(
	struct export_run *writing, const struct export_run *counted, struct notice *notice)
{
	struct store *store = writing->desk->store;
	enum desk_status status = desk_failed(store, store_read_begin(store), notice);

	if (status != DESK_OK)
		return status;
	status = export_walk(writing, notice);
	store_read_end(store);
	if (status != DESK_OK ||
		(writing->receipts == counted->receipts && writing->flagged == counted->flagged))
		return status;
	return notice_set(notice, DESK_REFUSED,
		"request export: receipts came or changed meanwhile; run it again");
}

enum desk_status desk_request_export(struct desk *desk, const struct desk_export *wanted,
	int64_t *out_receipts, struct notice *out_notice)
{
	struct export_run counted = { .desk = desk, .wanted = wanted };
	struct export_run writing = { .desk = desk, .wanted = wanted, .is_writing = true };
	enum desk_status status = desk_allow(desk, DEED_REQUEST_EXPORT, NULL, out_notice);

	*out_receipts = 0;
	if (status != DESK_OK)
		return status;
	if (wanted->because[strspn(wanted->because, " \t\r\n")] == '\0') {
		(void)notice_set(out_notice, DESK_REFUSED,
			"request export: it holds everything about everybody in it; say why you "
			"need it with --because-from FILE");
		return desk_refused(desk, DEED_REQUEST_EXPORT, NULL, DESK_REFUSED, out_notice);
	}
	status = export_walk(&counted, out_notice);
	if (status == DESK_OK)
		status = desk_failed(desk->store, export_event(&counted), out_notice);
	if (status == DESK_OK)
		status = export_write(&writing, &counted, out_notice);
	*out_receipts = writing.receipts;
	return status;
}
