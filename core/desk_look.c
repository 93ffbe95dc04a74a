/*
 * Opening one receipt: the opening is durable in the trail before anything of
 * it is handed out. A flagged one is closed to those it is not for; one decided
 * long ago is opened for a reason.
 */
#include "core/calendar.h"
#include "core/life_private.h"
#include "core/text.h"

#include <stdio.h>
#include <string.h>

enum { DAYS_WITHOUT_REASON = 90, SHOWN_MOST = 64 };

static bool is_blank(const char *text)
{
	return !text || text[strspn(text, " \t\r\n")] == '\0';
}

/* One decided over 90 days ago: a caseworker says why he opens it. */
static bool needs_reason(const struct desk *desk, const char *decided)
{
	if (desk_seer(desk) == 0)
		return false;
	return day_is_valid(decided) &&
	       day_number(desk->today) - day_number(decided) > DAYS_WITHOUT_REASON;
}

bool desk_request_needs_reason(const struct desk *desk, const struct request_row *row)
{
	return needs_reason(desk, row->decided);
}

static enum desk_status look_refuse(
	struct desk *desk, const struct desk_look *look, struct notice *notice)
{
	(void)notice_set(notice, DESK_REFUSED,
		"%s: it was decided over %d days ago; say why you open it with --because-from FILE",
		look->reference, DAYS_WITHOUT_REASON);
	return desk_refused(desk, look->deed, look->reference, DESK_REFUSED, notice);
}

static enum desk_status look_none(
	struct desk *desk, const struct desk_look *look, struct notice *notice)
{
	(void)notice_set(notice, DESK_REFUSED,
		"%.*s: there is no such receipt; `tracedesk request list` shows them",
		text_start(look->reference, SHOWN_MOST), look->reference);
	return desk_refused(desk, look->deed, look->reference, DESK_REFUSED, notice);
}

static enum db_status look_write(struct desk *desk, const struct desk_look *look)
{
	const struct event_detail reason = { "because", look->because };
	const struct desk_event event = { look->event, look->reference, &reason,
		is_blank(look->because) ? 0 : 1 };

	return desk_event_alone(desk, &event);
}

/* What a trace found is for who reviews and for the caseworker it is assigned to. */
static void values_hide(const struct desk *desk, struct request *request)
{
	if ((desk->person.roles & ROLE_SUPERVISOR) != 0 ||
		strcmp(request->assigned_to, desk->person.name) == 0)
		return;
	for (size_t i = 0; i < request->subject_count; i++)
		record_set(&request->subjects[i].field[FIELD_VALUES], "");
}

enum desk_status desk_request_reach(struct desk *desk, const struct desk_look *look,
	struct request *out_request, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, look->deed, look->reference, out_notice);
	enum db_status stored;

	if (status != DESK_OK)
		return status;
	stored = requests_load(desk->store, look->reference, out_request);
	if (stored == DB_NONE)
		return look_none(desk, look, out_notice);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, out_notice);
	if (!desk_may_see(desk, out_request))
		status = desk_masked(desk, look->deed, look->reference, out_notice);
	else if (needs_reason(desk, out_request->field[FIELD_DECIDED]) && is_blank(look->because))
		status = look_refuse(desk, look, out_notice);
	if (status != DESK_OK)
		request_clear(out_request);
	return status;
}

enum desk_status desk_request_look(struct desk *desk, const struct desk_look *look,
	struct request *out_request, struct notice *out_notice)
{
	enum desk_status status = desk_request_reach(desk, look, out_request, out_notice);

	if (status != DESK_OK)
		return status;
	status = desk_failed(desk->store, look_write(desk, look), out_notice);
	if (status == DESK_OK)
		values_hide(desk, out_request);
	else
		request_clear(out_request);
	return status;
}

enum desk_status desk_request_open(struct desk *desk, const char *reference, const char *because,
	struct request *out_request, struct notice *out_notice)
{
	const struct desk_look look = { DEED_REQUEST_SHOW, EVENT_REQUEST_OPENED, reference,
		because };
	enum desk_status status = desk_request_look(desk, &look, out_request, out_notice);

	desk->opened[0] = '\0';
	if (status == DESK_OK)
		memcpy(desk->opened, out_request->reference, sizeof(desk->opened));
	return status;
}

enum desk_status desk_request_again(struct desk *desk, const char *reference, const char *because,
	struct request *out_request, struct notice *out_notice)
{
	const struct desk_look look = { DEED_REQUEST_SHOW, EVENT_REQUEST_OPENED, reference,
		because };
	enum desk_status status;

	if (strcmp(desk->opened, reference) != 0)
		return desk_request_open(desk, reference, because, out_request, out_notice);
	status = desk_request_reach(desk, &look, out_request, out_notice);
	if (status == DESK_OK)
		values_hide(desk, out_request);
	else
		desk->opened[0] = '\0';
	return status;
}

void desk_mask_row(const struct desk *desk, struct request_row *row)
{
	if (!row->flagged || desk_seer(desk) == 0 ||
		strcmp(row->assigned_to, desk->person.name) == 0)
		return;
	record_set(&row->surname, "");
	record_set(&row->forenames, "");
	row->masked = true;
}
