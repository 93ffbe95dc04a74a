/*
 * Receipts: the list and opening one.
 */
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/desk_private.h"
#include "db/request_lists.h"
#include "db/requests.h"
#include "db/services.h"

enum { DAYS_WITHOUT_REASON = 90 };

enum desk_status desk_requests(struct desk *desk, const struct request_page *page,
	struct request_row **out_rows, size_t *out_count, struct notice *out_notice)
{
	struct requests_page wanted = { .backwards = page->backwards, .limit = page->limit };
	enum desk_status status = desk_allow(desk, DEED_REQUEST_LIST, NULL, out_notice);
	enum db_status stored;

	*out_rows = NULL;
	*out_count = 0;
	if (status != DESK_OK)
		return status;
	if (page->after) {
		memcpy(wanted.received, page->after->received, sizeof(wanted.received));
		wanted.id = page->after->id;
	}
	*out_rows = mem_new(page->limit, sizeof(**out_rows));
	stored = requests_page(desk->store, &wanted, *out_rows, out_count);
	if (stored == DB_OK)
		return DESK_OK;
	mem_free(*out_rows);
	*out_rows = NULL;
	return desk_failed(desk->store, stored, out_notice);
}

enum desk_status desk_requests_total(
	struct desk *desk, int64_t *out_total, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_REQUEST_LIST, NULL, out_notice);

	if (status != DESK_OK)
		return status;
	return desk_failed(desk->store, requests_count(desk->store, out_total), out_notice);
}

static bool is_blank(const char *text)
{
	return !text || text[strspn(text, " \t\r\n")] == '\0';
}

/* One decided over 90 days ago: a caseworker says why he opens it. */
static bool needs_reason(const struct desk *desk, const struct request *request)
{
	const char *decided = request->field[FIELD_DECIDED];

	if ((desk->person.roles & (ROLE_SUPERVISOR | ROLE_AUDITOR)) != 0)
		return false;
	return day_is_valid(decided) &&
	       day_number(desk->today) - day_number(decided) > DAYS_WITHOUT_REASON;
}

/* In the transaction under way: the opening, or that it was refused. */
static enum db_status opening_write(
	struct desk *desk, const struct request *request, const char *because, bool *out_refused)
{
	const struct event_detail reason[] = { { "because", because } };
	const struct event_detail command[] = { { "command", deed_name(DEED_REQUEST_SHOW) } };
	struct desk_event event = { EVENT_REQUEST_OPENED, request->reference, reason, 1 };

	*out_refused = needs_reason(desk, request) && is_blank(because);
	if (*out_refused) {
		event.kind = EVENT_REFUSED;
		event.details = command;
	} else if (is_blank(because)) {
		event.detail_count = 0;
	}
	return desk_event(desk, &event);
}

enum desk_status desk_request_open(struct desk *desk, const char *reference, const char *because,
	struct request *out_request, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_REQUEST_SHOW, reference, out_notice);
	bool is_refused = false;
	enum db_status stored;

	if (status != DESK_OK)
		return status;
	stored = store_begin(desk->store);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, out_notice);
	stored = requests_load(desk->store, reference, out_request);
	if (stored != DB_OK) {
		store_rollback(desk->store);
		if (stored == DB_NONE)
			return notice_set(out_notice, DESK_REFUSED,
				"%s: there is no such receipt; `tracedesk request list` shows them",
				reference);
		return desk_failed(desk->store, stored, out_notice);
	}
	stored = desk_end(desk, opening_write(desk, out_request, because, &is_refused));
	if (stored != DB_OK)
		status = desk_failed(desk->store, stored, out_notice);
	else if (is_refused)
		status = notice_set(out_notice, DESK_REFUSED,
			"%s: it was decided over %d days ago; say why you open it with "
			"--because-from FILE",
			reference, DAYS_WITHOUT_REASON);
	if (status != DESK_OK)
		request_clear(out_request);
	return status;
}

enum desk_status desk_services(struct desk *desk, struct service **out_services, size_t *out_count,
	struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_SERVICE_LIST, NULL, out_notice);

	if (status != DESK_OK)
		return status;
	return desk_failed(
		desk->store, services_list(desk->store, out_services, out_count), out_notice);
}
