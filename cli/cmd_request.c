/*
 * request list, request show.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/pages.h"
#include "cli/session.h"
#include "core/listing.h"
#include "core/receipt.h"
#include "core/text.h"

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

struct services {
	struct service *rows;
	size_t count;
};

static const char *service_label(const struct services *services, const char *code)
{
	for (size_t i = 0; i < services->count; i++)
		if (strcmp(services->rows[i].code, code) == 0)
			return services->rows[i].label;
	return code;
}

static void services_done(struct services *services)
{
	for (size_t i = 0; i < services->count; i++)
		service_clear(&services->rows[i]);
	mem_free(services->rows);
}

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
	sheet_text(sheet, service_label(services, row->service));
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
	enum desk_status status = desk_services(desk, &services.rows, &services.count, notice);

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

enum { REASON_MOST = 4000 };

/* A reason from a file or, for "-", standard input. */
static enum desk_status read_reason(const char *file, char **out_reason, struct notice *notice)
{
	bool is_input = strcmp(file, "-") == 0;
	int fd = is_input ? STDIN_FILENO : open(file, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	enum desk_status status = DESK_OK;
	struct stat info = { 0 };
	size_t size = 0;
	ssize_t got = 1;
	char *text;

	if (fd < 0 || fstat(fd, &info) != 0)
		return notice_set(notice, DESK_IO, "%s: cannot be read: %s", file, strerror(errno));
	text = mem_new(REASON_MOST + 2, 1);
	if (!is_input && !S_ISREG(info.st_mode))
		status = notice_set(
			notice, DESK_IO, "%s: not a regular file; give a text file", file);
	while (status == DESK_OK && got != 0 && size <= REASON_MOST) {
		got = read(fd, text + size, REASON_MOST + 1 - size);
		if (got < 0 && errno != EINTR)
			status = notice_set(
				notice, DESK_IO, "%s: cannot be read: %s", file, strerror(errno));
		size += got > 0 ? (size_t)got : 0;
	}
	if (!is_input)
		(void)close(fd);
	if (status == DESK_OK && (size > REASON_MOST || strlen(text) != size))
		status = notice_set(notice, DESK_REFUSED,
			"%s: no reason of at most %d characters; shorten it", file, REASON_MOST);
	if (status == DESK_OK && !text_is_utf8(text, size))
		status = notice_set(notice, DESK_IO, "%s: not UTF-8; save it as UTF-8", file);
	if (status == DESK_OK)
		*out_reason = text;
	else
		mem_free(text);
	return status;
}

static enum desk_status write_request(struct desk *desk, const struct request *request,
	struct output *output, struct notice *notice)
{
	struct services services = { 0 };
	struct buffer text;
	enum desk_status status = desk_services(desk, &services.rows, &services.count, notice);

	if (status != DESK_OK)
		return status;
	buffer_init(&text);
	switch (output->format) {
	case OUTPUT_TEXT:
		receipt_text(request, service_label(&services, request->field[FIELD_SERVICE]),
			desk_is_demo(desk), &text);
		break;
	case OUTPUT_CSV:
		receipt_csv(request, output->spreadsheet, &text);
		break;
	case OUTPUT_JSON:
		receipt_json(request, &text);
		break;
	}
	services_done(&services);
	status = output_write(output, &text, notice);
	buffer_done(&text);
	return status;
}

static enum desk_status show_request(const struct call *call, struct desk *desk, const char *reason,
	struct output *output, struct notice *notice)
{
	const char *because = call->value[OPTION_BECAUSE];
	struct request request;
	enum desk_status status;

	if (because && !desk_is_demo(desk))
		return call_misused(call, notice,
			"--because is for demo stores, since command lines can be read by others; "
			"give --because-from FILE");
	status = desk_request_open(
		desk, call_word(call, 0), reason ? reason : because, &request, notice);
	if (status != DESK_OK)
		return status;
	status = write_request(desk, &request, output, notice);
	request_clear(&request);
	return status;
}

static enum desk_status write_show(
	const struct call *call, struct output *output, struct notice *notice)
{
	const char *file = call->value[OPTION_BECAUSE_FROM];
	struct desk *desk = NULL;
	char *reason = NULL;
	enum desk_status status = DESK_OK;

	if (file && call->value[OPTION_BECAUSE])
		return call_misused(call, notice, "give --because or --because-from, not both");
	if (file)
		status = read_reason(file, &reason, notice);
	if (status == DESK_OK)
		status = session_desk(call, &desk, notice);
	if (status == DESK_OK)
		status = show_request(call, desk, reason, output, notice);
	desk_close(desk);
	mem_free(reason);
	return status;
}

enum desk_status cmd_request_show(const struct call *call, struct notice *notice)
{
	return output_run(call, write_show, notice);
}
