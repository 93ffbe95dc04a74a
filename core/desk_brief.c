/*
 * The briefing for the Caldicott Guardian: which other receipts there are for
 * the people of a flagged one.
 */
#include "core/desk_brief.h"

#include <stdio.h>
#include <string.h>

#include "core/life_private.h"

static enum desk_status brief_refuse(
	struct desk *desk, const struct request *request, struct notice *notice)
{
	char why[512];

	flow_why(MOVE_GUARDIAN, request->state, why, sizeof(why));
	(void)notice_set(notice, DESK_REFUSED, "%s: %s", request->reference, why);
	return desk_refused(desk, DEED_REQUEST_GUARDIAN, request->reference, DESK_REFUSED, notice);
}

static enum db_status brief_write(struct desk *desk, const char *reference, const char *others)
{
	const struct event_detail detail = { "others", others };
	const struct desk_event event = { EVENT_BRIEFING_SHOWN, reference, &detail, 1 };

	return desk_event_alone(desk, &event);
}

/* Who they were about is told by the receipt that is decided. */
static void row_make(const struct request *request, struct request_row *row)
{
	*row = (struct request_row) { .state = request->state,
		.subjects = (int)request->subject_count,
		.flagged = request->flagged };
	memcpy(row->reference, request->reference, sizeof(row->reference));
	snprintf(row->received, sizeof(row->received), "%s", request->field[FIELD_RECEIVED]);
	snprintf(row->decided, sizeof(row->decided), "%s", request->field[FIELD_DECIDED]);
	snprintf(row->service, sizeof(row->service), "%s", request->field[FIELD_SERVICE]);
	row->organisation = mem_text(request->field[FIELD_ORGANISATION]);
	row->surname = mem_text("");
	row->forenames = mem_text("");
	row->waits = mem_text("");
}

bool subject_is_flagged(const struct subject *subject)
{
	return strcmp(subject->field[FIELD_S_FLAG], "yes") == 0 ||
	       strcmp(subject->field[FIELD_IDENTITY_CHANGED], "yes") == 0;
}

/* By the others of the form nothing is looked for, unless it does not say whom the flag is of. */
static void others_hide(struct request *request)
{
	bool is_said = false;

	for (size_t i = 0; i < request->subject_count; i++)
		is_said |= subject_is_flagged(&request->subjects[i]);
	for (size_t i = 0; is_said && i < request->subject_count; i++) {
		char **field = request->subjects[i].field;

		if (subject_is_flagged(&request->subjects[i]))
			continue;
		record_set(&field[FIELD_NHS_NUMBER], "");
		record_set(&field[FIELD_SUBJECT_DOB], "");
	}
}

static enum db_status rows_load(
	struct desk *desk, const char *references, struct request_row **out_rows, size_t *out_count)
{
	const size_t size = sizeof(**out_rows);
	char reference[REFERENCE_SIZE];
	enum db_status stored = DB_OK;

	while (stored == DB_OK && list_take(&references, reference, sizeof(reference))) {
		struct request request;

		stored = requests_load(desk->store, reference, &request);
		if (stored != DB_OK)
			break;
		*out_rows = mem_resize(*out_rows, *out_count * size, (*out_count + 1) * size);
		row_make(&request, &(*out_rows)[(*out_count)++]);
		request_clear(&request);
	}
	return stored;
}

enum desk_status desk_request_brief(struct desk *desk, const char *reference,
	struct request_row **out_rows, size_t *out_count, struct notice *out_notice)
{
	const struct desk_look look = { DEED_REQUEST_GUARDIAN, EVENT_BRIEFING_SHOWN, reference,
		NULL };
	struct request request;
	char *others = NULL;
	enum desk_status status = desk_request_reach(desk, &look, &request, out_notice);
	enum db_status stored;

	*out_rows = NULL;
	*out_count = 0;
	if (status != DESK_OK)
		return status;
	if (flow_may(MOVE_GUARDIAN, request.state)) {
		others_hide(&request);
		stored = earlier_find(desk->store, &request, desk_seer(desk), &others);
		if (stored == DB_OK)
			stored = brief_write(desk, request.reference, others);
		if (stored == DB_OK)
			stored = rows_load(desk, others, out_rows, out_count);
		status = desk_failed(desk->store, stored, out_notice);
	} else {
		status = brief_refuse(desk, &request, out_notice);
	}
	mem_free(others);
	request_clear(&request);
	return status;
}
