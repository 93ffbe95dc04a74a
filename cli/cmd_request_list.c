/*
 * request list, request count.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/filter_words.h"
#include "cli/pages.h"
#include "cli/session.h"
#include "core/listing.h"
#include "core/services.h"
#include "core/tally.h"

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
	{ .name = "urgent", .title = "!", .text_only = true },
	{ .name = "due", .title = "Due", .not_in_text = true },
	{ .name = "due_shown", .title = "Due", .text_only = true },
};

enum { LIST_COLUMNS = sizeof(list_columns) / sizeof(list_columns[0]) };

static void add_row(struct sheet *sheet, const struct request_row *row,
	const struct service_list *services, const char *today)
{
	struct buffer subject, due;

	buffer_init(&subject);
	buffer_init(&due);
	listing_subject(row, &subject);
	listing_due(&row->age, &due);
	sheet_text(sheet, row->reference);
	sheet_text(sheet, row->received);
	sheet_text(sheet, row->service);
	sheet_text(sheet, service_label(services, row->service));
	sheet_text(sheet, row->organisation);
	sheet_text(sheet, buffer_text(&subject));
	sheet_text(sheet, request_state_code((int)row->state));
	sheet_text(sheet, request_state_name((int)row->state));
	sheet_text(sheet, row->assigned_to);
	if (row->age.days < 0)
		sheet_text(sheet, "");
	else
		sheet_number(sheet, row->age.days);
	sheet_text(sheet, listing_is_urgent(row, today) ? "!" : "");
	sheet_text(sheet, row->age.due);
	sheet_text(sheet, buffer_text(&due));
	buffer_done(&subject);
	buffer_done(&due);
}

/* A list under way. */
struct list {
	struct desk *desk;
	const struct filter *filter;
	struct service_list services;
	struct pages pages;
	struct request_row last; /* of the page before */
};

static enum desk_status list_page(struct list *list, struct notice *notice)
{
	const struct request_page page = { .after = list->last.id != 0 ? &list->last : NULL,
		.limit = pages_wanted(&list->pages),
		.filter = list->filter };
	struct request_row *rows = NULL;
	size_t count = 0;
	enum desk_status status = desk_requests(list->desk, &page, &rows, &count, notice);

	if (status != DESK_OK)
		return status;
	if (!list->services.rows)
		status = desk_services(
			list->desk, &list->services.rows, &list->services.count, notice);
	for (size_t i = 0; i < count && status == DESK_OK; i++)
		add_row(list->pages.sheet, &rows[i], &list->services, desk_today(list->desk));
	if (count > 0) {
		list->last.id = rows[count - 1].id;
		memcpy(list->last.received, rows[count - 1].received, sizeof(list->last.received));
	}
	request_rows_clear(rows, count);
	mem_free(rows);
	return status == DESK_OK ? pages_next(&list->pages, count, notice) : status;
}

static enum desk_status list_pages(struct list *list, struct notice *notice)
{
	int64_t total = 0, limit = list->pages.left;
	enum desk_status status = DESK_OK;

	while (status == DESK_OK && list->pages.left > 0)
		status = list_page(list, notice);
	if (status == DESK_OK && list->pages.output->format == OUTPUT_TEXT)
		status = desk_requests_total(list->desk, list->filter, &total, notice);
	services_clear(&list->services);
	return pages_end(&list->pages, status, total - limit, notice);
}

static enum desk_status write_list(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct filter_words words;
	struct list list = { .filter = &words.filter,
		.pages = { .output = output,
			.columns = list_columns,
			.column_count = sizeof(list_columns) / sizeof(list_columns[0]) } };
	enum desk_status status = filter_words_read(call, &words, notice);

	if (status == DESK_OK)
		status = pages_begin(call, &list.pages, notice);
	if (status == DESK_OK)
		status = session_desk(call, &list.desk, notice);
	if (status == DESK_OK)
		status = filter_words_allow(call, &words, list.desk, notice);
	if (status == DESK_OK)
		status = list_pages(&list, notice);
	else
		sheet_free(list.pages.sheet);
	desk_close(list.desk);
	filter_words_done(&words);
	return status;
}

enum desk_status cmd_request_list(const struct call *call, struct notice *notice)
{
	return output_run(call, write_list, notice);
}

/* Text shows words for codes; csv and json the codes. */
static struct sheet *tally_sheet(
	const struct tally *tally, bool is_text, struct sheet_column columns[])
{
	struct sheet *sheet;

	for (size_t i = 0; i < tally->column_count; i++)
		columns[i] = (struct sheet_column) { .name = tally_column_name(tally->columns[i]),
			.title = tally_column_title(tally->columns[i]) };
	columns[tally->column_count] =
		(struct sheet_column) { .name = "count", .title = "Count", .kind = CELL_NUMBER };
	sheet = sheet_new(columns, tally->column_count + 1);
	for (size_t i = 0; i < tally->row_count; i++) {
		for (size_t j = 0; j < tally->column_count; j++) {
			const char *value = tally->rows[i].values[j];

			sheet_text(sheet, is_text ? tally_label(tally->columns[j], value) : value);
		}
		sheet_number(sheet, tally->rows[i].count);
	}
	return sheet;
}

static enum desk_status count_all(const struct call *call, const struct filter_words *words,
	struct tally *tally, struct notice *notice)
{
	struct desk *desk = NULL;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK)
		status = filter_words_allow(call, words, desk, notice);
	if (status == DESK_OK)
		status = desk_request_count(desk, &words->filter, tally, notice);
	desk_close(desk);
	return status;
}

static enum desk_status write_count(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct sheet_column columns[TALLY_COLUMN_COUNT + 1];
	const char *by = call->value[OPTION_BY];
	struct filter_words words;
	struct tally tally = { 0 };
	char why[1024];
	enum desk_status status = filter_words_read(call, &words, notice);

	if (status == DESK_OK && !by)
		status = call_misused(call, notice, "no column to count by; give --by C[,C]");
	if (status == DESK_OK && !tally_init(&tally, by, why, sizeof(why)))
		status = call_misused(call, notice, "--by: %s", why);
	if (status == DESK_OK)
		status = count_all(call, &words, &tally, notice);
	if (status == DESK_OK)
		status = output_sheet_done(output,
			tally_sheet(&tally, output->format == OUTPUT_TEXT, columns), notice);
	tally_clear(&tally);
	filter_words_done(&words);
	return status;
}

enum desk_status cmd_request_count(const struct call *call, struct notice *notice)
{
	return output_run(call, write_count, notice);
}
