/*
 * dbsb list, dbsb show. The columns are those of import (interface.md
 * section 6), so that what comes out as CSV goes in again.
 */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/pages.h"
#include "cli/session.h"
#include "core/codes.h"

static const struct sheet_column list_columns[] = {
	{ .name = "reference", .title = "Submission" },
	{ .name = "received", .title = "Received", .kind = CELL_DAY },
	{ .name = "organisation", .title = "Organisation" },
	{ .name = "contact_email", .title = "Contact", .not_in_text = true },
	{ .name = "status", .title = "Status" },
	{ .name = "reason", .title = "Reason" },
	{ .name = "completed", .title = "Completed", .kind = CELL_DAY },
	{ .name = "transactions", .title = "Transactions", .kind = CELL_NUMBER },
	{ .name = "single_match", .title = "Single match", .kind = CELL_NUMBER },
	{ .name = "note", .title = "Note", .not_in_text = true },
};
enum { LIST_COLUMNS = sizeof(list_columns) / sizeof(list_columns[0]) };

/* Only a processed one has numbers. */
static void add_row(struct sheet *sheet, const struct submission *row)
{
	sheet_text(sheet, row->reference);
	sheet_text(sheet, row->received);
	sheet_text(sheet, row->organisation);
	sheet_text(sheet, row->contact_email);
	sheet_text(sheet, submission_status_code((int)row->status));
	sheet_text(sheet, row->reason);
	sheet_text(sheet, row->completed);
	if (row->status == SUBMISSION_PROCESSED) {
		sheet_number(sheet, row->transactions);
		sheet_number(sheet, row->single_match);
	} else {
		sheet_text(sheet, "");
		sheet_text(sheet, "");
	}
	sheet_text(sheet, row->note);
}

static enum desk_status list_page(
	struct desk *desk, struct pages *pages, struct submission *last, struct notice *notice)
{
	const struct submission_page page = { .after = last->id != 0 ? last : NULL,
		.limit = pages_wanted(pages) };
	struct submission *rows = NULL;
	size_t count = 0;
	enum desk_status status = desk_submissions(desk, &page, &rows, &count, notice);

	if (status != DESK_OK)
		return status;
	for (size_t i = 0; i < count; i++)
		add_row(pages->sheet, &rows[i]);
	if (count > 0) {
		last->id = rows[count - 1].id;
		memcpy(last->received, rows[count - 1].received, sizeof(last->received));
	}
	for (size_t i = 0; i < count; i++)
		submission_clear(&rows[i]);
	mem_free(rows);
	return pages_next(pages, count, notice);
}

static enum desk_status list_pages(struct desk *desk, struct pages *pages, struct notice *notice)
{
	struct submission last = { 0 };
	int64_t total = 0, limit = pages->left;
	enum desk_status status = desk_submissions_total(desk, &total, notice);

	while (status == DESK_OK && pages->left > 0)
		status = list_page(desk, pages, &last, notice);
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

enum desk_status cmd_dbsb_list(const struct call *call, struct notice *notice)
{
	return output_run(call, write_list, notice);
}

/* A page for people: a line a column that is filled. */
static void show_text(const struct submission *submission, const char *contact, struct buffer *out)
{
	static const struct sheet_column columns[] = {
		{ .name = "name", .title = "Submission" },
		{ .name = "value", .title = "" },
	};
	char numbers[2][24] = { "", "" };
	const char *const pairs[][2] = {
		{ "Reference", submission->reference },
		{ "Received", submission->received },
		{ "Organisation", submission->organisation },
		{ "Contact", submission->contact_email },
		{ "Status", submission_status_code((int)submission->status) },
		{ "Reason", submission->reason },
		{ "Completed", submission->completed },
		{ "Transactions", numbers[0] },
		{ "Single match", numbers[1] },
		{ "Note", submission->note },
	};
	struct sheet *sheet = sheet_new(columns, 2);

	if (submission->status == SUBMISSION_PROCESSED) {
		(void)snprintf(numbers[0], sizeof(numbers[0]), "%lld",
			(long long)submission->transactions);
		(void)snprintf(numbers[1], sizeof(numbers[1]), "%lld",
			(long long)submission->single_match);
	}
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (pairs[i][1][0] == '\0')
			continue;
		sheet_text(sheet, pairs[i][0]);
		sheet_text(sheet, pairs[i][1]);
	}
	sheet_write_text(sheet, out);
	sheet_free(sheet);
	if (*contact)
		buffer_print(out, "\n%s\n", contact);
}

/* json: the one object of the list. */
static void show_exact(
	const struct submission *submission, const struct output *output, struct buffer *out)
{
	struct sheet *sheet = sheet_new(list_columns, LIST_COLUMNS);
	struct buffer list;
	const char *first, *last;

	add_row(sheet, submission);
	if (output->format == OUTPUT_CSV) {
		output_sheet(output, sheet, out);
		sheet_free(sheet);
		return;
	}
	buffer_init(&list);
	output_sheet(output, sheet, &list);
	first = strchr(buffer_text(&list), '{');
	last = strrchr(buffer_text(&list), '}');
	buffer_add_bytes(out, first, (size_t)(last - first) + 1);
	buffer_add(out, "\n");
	buffer_done(&list);
	sheet_free(sheet);
}

static enum desk_status write_show(
	const struct call *call, struct output *output, struct notice *notice)
{
	char contact[DESK_CONTACT_SIZE] = "";
	struct submission submission = { 0 };
	struct desk *desk = NULL;
	struct buffer text;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK)
		status = desk_submission_open(desk, call_word(call, 0), &submission, notice);
	if (status == DESK_OK)
		status = desk_submission_contact(desk, &submission, contact, notice);
	desk_close(desk);
	if (status != DESK_OK) {
		submission_clear(&submission);
		return status;
	}
	buffer_init(&text);
	if (output->format == OUTPUT_TEXT)
		show_text(&submission, contact, &text);
	else
		show_exact(&submission, output, &text);
	submission_clear(&submission);
	status = output_write(output, &text, notice);
	buffer_done(&text);
	return status;
}

enum desk_status cmd_dbsb_show(const struct call *call, struct notice *notice)
{
	return output_run(call, write_show, notice);
}
