/*
 * figures --cases: what stands behind a cell.
 */
#include <string.h>

#include "cli/cases.h"
#include "core/listing.h"
#include "core/services.h"

static const struct sheet_column request_columns[] = {
	{ .name = "month", .title = "Month" },
	{ .name = "reference", .title = "Receipt" },
	{ .name = "received", .title = "Received", .kind = CELL_DAY },
	{ .name = "service", .title = "Service", .not_in_text = true },
	{ .name = "service_label", .title = "Service", .text_only = true },
	{ .name = "organisation", .title = "Organisation" },
	{ .name = "subject", .title = "Subject", .text_only = true },
	{ .name = "outcome", .title = "Outcome", .not_in_text = true },
	{ .name = "outcome_name", .title = "Outcome", .text_only = true },
	{ .name = "decided", .title = "Decided", .kind = CELL_DAY },
};

static const struct sheet_column submission_columns[] = {
	{ .name = "month", .title = "Month" },
	{ .name = "reference", .title = "Submission" },
	{ .name = "received", .title = "Received", .kind = CELL_DAY },
	{ .name = "organisation", .title = "Organisation" },
	{ .name = "counts_as", .title = "Counts as" },
	{ .name = "completed", .title = "Completed", .kind = CELL_DAY },
	{ .name = "transactions", .title = "Transactions", .kind = CELL_NUMBER },
	{ .name = "single_match", .title = "Single match", .kind = CELL_NUMBER },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void add_request(
	struct sheet *sheet, const struct desk_case *row, const struct service_list *services)
{
	struct buffer subject;

	buffer_init(&subject);
	listing_subject(&row->request, &subject);
	sheet_text(sheet, row->month);
	sheet_text(sheet, row->counted.reference);
	sheet_text(sheet, row->request.received);
	sheet_text(sheet, row->counted.service);
	sheet_text(sheet, service_label(services, row->counted.service));
	sheet_text(sheet, row->request.organisation);
	sheet_text(sheet, buffer_text(&subject));
	sheet_text(sheet, request_state_code(row->counted.counts));
	sheet_text(sheet, request_state_name(row->counted.counts));
	sheet_text(sheet, row->request.decided);
	buffer_done(&subject);
}

static void add_submission(struct sheet *sheet, const struct desk_case *row)
{
	bool is_processed = row->counted.counts == SUBMISSION_PROCESSED;

	sheet_text(sheet, row->month);
	sheet_text(sheet, row->counted.reference);
	sheet_text(sheet, row->submission.received);
	sheet_text(sheet, row->submission.organisation);
	sheet_text(sheet, submission_status_code(row->counted.counts));
	sheet_text(sheet, row->submission.completed);
	if (is_processed) {
		sheet_number(sheet, row->counted.transactions);
		sheet_number(sheet, row->counted.single_match);
	} else {
		sheet_text(sheet, "");
		sheet_text(sheet, "");
	}
}

enum desk_status cases_write(struct desk *desk, const struct desk_figures_wanted *wanted,
	const struct figures_cell *cell, struct output *output, struct notice *notice)
{
	struct service_list services = { 0 };
	struct desk_cases cases = { 0 };
	struct sheet *sheet;
	enum desk_status status = desk_services(desk, &services.rows, &services.count, notice);

	if (status == DESK_OK)
		status = desk_cases(desk, wanted, cell, &cases, notice);
	if (status == DESK_OK) {
		sheet = cell->is_dbsb ? sheet_new(submission_columns, COUNT(submission_columns))
				      : sheet_new(request_columns, COUNT(request_columns));
		for (size_t i = 0; i < cases.count; i++) {
			if (cell->is_dbsb)
				add_submission(sheet, &cases.list[i]);
			else
				add_request(sheet, &cases.list[i], &services);
		}
		desk_cases_clear(&cases);
		status = output_sheet_done(output, sheet, notice);
	}
	services_clear(&services);
	return status;
}
