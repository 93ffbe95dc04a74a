/*
 * request list.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/pages.h"
#include "cli/services.h"
#include "cli/session.h"
#include "core/listing.h"

static const struct sheet_column list_columns[] = {
	{ .name = "reference", .title = "Receipt" },
	{ .name = "received", .title = "Received", .kind = CELL_DAY },
	{ .name = "service", .title = "Service", .not_in_text = true },
	{ .name = "service_label", .title = "Service", .text_only = true },
	{ .name = "organisation", .title = "Organisation" },
	{ .name = "subject", .title = "Subject", .text_only = true },
	{ .name = "state", .title = "State", .not_in_text = true },
	{ .name = "state_name", .title = "State", .text_only = true },
	{ .name = "assigned_to", .title = "Assigned to" },
	{ .name = "age_days", .title = "Age", .kind = CELL_NUMBER },
	{ .name = "due", .title = "Due", .kind = CELL_DAY },
};

enum { LIST_COLUMNS = sizeof(list_columns) / sizeof(list_columns[0]) };

static void add_row(struct sheet *sheet, const struct request_row *row,
	const struct services *services, const char *today)
{
	int32_t age = listing_age(row, today);
	struct buffer subject;

	buffer_init(&subject);
	listing_subject(row, &subject);
	sheet_text(sheet, row->reference);
	sheet_text(sheet, row->received);
	sheet_text(sheet, row->service);
	sheet_text(sheet, services_label(services, row->service));
	sheet_text(sheet, row->organisation);
	sheet_text(sheet, buffer_text(&subject));
	sheet_text(sheet, request_state_code((int)row->state));
	sheet_text(sheet, request_state_name((int)row->state));
	sheet_text(sheet, row->assigned_to);
	if (age < 0)
		sheet_text(sheet, "");
	else
		sheet_number(sheet, age);
	sheet_text(sheet, ""); /* no service has target days yet */
	buffer_done(&subject);
}

/* One page after the last row of the one before, which last then holds. */
static enum desk_status list_page(struct desk *desk, struct pages *pages,
	const struct services *services, struct request_row *last, struct notice *notice)
{
	const struct request_page page = { .after = last->id != 0 ? last : NULL,
		.limit = pages_wanted(pages) };
	struct request_row *rows = NULL;
	size_t count = 0;
	enum desk_status status = desk_requests(desk, &page, &rows, &count, notice);

	if (status != DESK_OK)
		return status;
	for (size_t i = 0; i < count; i++)
		add_row(pages->sheet, &rows[i], services, desk_today(desk));
	if (count > 0) {
		last->id = rows[count - 1].id;
		memcpy(last->received, rows[count - 1].received, sizeof(last->received));
	}
	request_rows_clear(rows, count);
	mem_free(rows);
	return pages_next(pages, count, notice);
}

static enum desk_status list_pages(struct desk *desk, struct pages *pages, struct notice *notice)
{
	struct services services = { 0 };
	struct request_row last = { 0 };
	int64_t total = 0, limit = pages->left;
	enum desk_status status = services_read(desk, &services, notice);

	if (status == DESK_OK)
		status = desk_requests_total(desk, &total, notice);
	while (status == DESK_OK && pages->left > 0)
		status = list_page(desk, pages, &services, &last, notice);
	services_done(&services);
	return pages_end(pages, status, total - limit, notice);
}

static enum desk_status write_list(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct desk *desk = NULL;
	struct pages pages = {
		.output = output, .columns = list_columns, .column_count = LIST_COLUMNS
	};
	enum desk_status status = pages_begin(call, &pages, notice);

	if (status == DESK_OK)
		status = session_desk(call, &desk, notice);
	if (status == DESK_OK)
		status = list_pages(desk, &pages, notice);
	else
		status = pages_end(&pages, status, 0, notice);
	desk_close(desk);
	return status;
}

enum desk_status cmd_request_list(const struct call *call, struct notice *notice)
{
	return output_run(call, write_list, notice);
}
