/*
 * One move of a receipt: begin; load; the right person, the version seen, the
 * state; what the move itself asks; rows and the signed event; commit. Every
 * refusal is written to the trail in a transaction of its own.
 */
#include "core/desk_life.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/desk_clock.h"
#include "core/desk_words.h"
#include "core/letters.h"
#include "core/life_private.h"

static const struct life_act {
	enum deed deed;
	life_prepare *prepare;
	bool is_beside; /* writes beside the receipt, which stays as it is */
} life_acts[MOVE_COUNT] = {
	[MOVE_EDIT] = { DEED_REQUEST_EDIT, life_edit, false },
	[MOVE_JUDGE] = { DEED_REQUEST_JUDGE, life_judge, false },
	[MOVE_ASSIGN] = { DEED_REQUEST_ASSIGN, life_assign, false },
	[MOVE_HOLD] = { DEED_REQUEST_HOLD, life_hold, false },
	[MOVE_RESUME] = { DEED_REQUEST_RESUME, life_resume, false },
	[MOVE_QUERY] = { DEED_REQUEST_QUERY, life_query, false },
	[MOVE_ANSWER] = { DEED_REQUEST_ANSWER, life_answer, false },
	[MOVE_ACCEPT] = { DEED_REQUEST_ACCEPT, life_accept, false },
	[MOVE_EXCEPT] = { DEED_REQUEST_ACCEPT, life_except, false },
	[MOVE_REJECT] = { DEED_REQUEST_REJECT, life_reject, false },
	[MOVE_TRACE] = { DEED_REQUEST_TRACE, life_trace, false },
	[MOVE_NO_TRACE] = { DEED_REQUEST_NO_TRACE, life_no_trace, false },
	[MOVE_GUARDIAN] = { DEED_REQUEST_GUARDIAN, life_guardian, false },
	[MOVE_CONFIRM] = { DEED_REQUEST_REVIEW, life_confirm, false },
	[MOVE_RETURN] = { DEED_REQUEST_REVIEW, life_return, false },
	[MOVE_WITHDRAW] = { DEED_REQUEST_WITHDRAW, life_withdraw, false },
	[MOVE_WITHDRAW_ERROR] = { DEED_REQUEST_WITHDRAW, life_withdraw_error, false },
	[MOVE_CORRECT] = { DEED_REQUEST_CORRECT, life_correct, false },
	[MOVE_NOTE] = { DEED_REQUEST_NOTE, life_add_note, true },
	[MOVE_LINK] = { DEED_REQUEST_LINK, life_link, true },
	[MOVE_INCIDENT] = { DEED_REQUEST_INCIDENT, life_incident, true },
	[MOVE_SENT] = { DEED_REQUEST_SENT, life_sent, false },
	[MOVE_RESUBMIT] = { DEED_REQUEST_RESUBMIT, life_resubmit, true },
};

enum desk_status life_refuse(struct life *life, const char *format, ...)
{
	char why[1536];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	return notice_set(life->notice, DESK_REFUSED, "%s: %s", life->move->reference, why);
}

enum desk_status life_failed(struct life *life, enum db_status status)
{
	return desk_failed(life->desk->store, status, life->notice);
}

int64_t desk_seer(const struct desk *desk)
{
	bool sees_all = (desk->person.roles & (ROLE_SUPERVISOR | ROLE_AUDITOR)) != 0;

	return sees_all ? 0 : desk->person.id;
}

bool desk_may_see(const struct desk *desk, const struct request *request)
{
	return !request->flagged || desk_seer(desk) == 0 ||
	       strcmp(request->assigned_to, desk->person.name) == 0;
}

enum db_status desk_may_see_now(struct desk *desk, const char *reference, bool *out_may)
{
	struct request request;
	enum db_status status = requests_load(desk->store, reference, &request);

	if (status != DB_OK)
		return status;
	*out_may = desk_may_see(desk, &request);
	request_clear(&request);
	return DB_OK;
}

enum desk_status desk_masked(
	struct desk *desk, enum deed deed, const char *reference, struct notice *notice)
{
	(void)notice_set(notice, DESK_REFUSED, "%s: " DESK_FLAGGED, reference);
	return desk_refused(desk, deed, reference, DESK_REFUSED, notice);
}

void desk_saved_clear(struct desk_saved *saved)
{
	mem_free(saved->duplicates);
	mem_free(saved->conflict);
	*saved = (struct desk_saved) { 0 };
}

/* A line of what differs; subject 0: of the request itself. */
static void conflict_line(
	const struct column *column, size_t subject, const char *const both[2], struct buffer *out)
{
	if (strcmp(both[0], both[1]) == 0)
		return;
	if (subject > 0)
		buffer_print(out, "subject %zu, ", subject);
	buffer_print(out, "%s: now \"", column->name);
	text_show(both[0], out);
	buffer_add(out, "\", yours \"");
	text_show(both[1], out);
	buffer_add(out, "\"\n");
}

static const char *subject_value(const struct request *request, size_t subject, int field)
{
	return subject < request->subject_count ? request->subjects[subject].field[field] : "";
}

static void conflict_subjects(
	const struct request *now, const struct request *yours, struct buffer *out)
{
	size_t count = now->subject_count > yours->subject_count ? now->subject_count
								 : yours->subject_count;

	for (size_t s = 0; s < count; s++)
		for (size_t i = 0; i < column_count(); i++) {
			const struct column *column = column_at(i);
			const char *both[2];

			if (column->place != COLUMN_SUBJECT)
				continue;
			both[0] = subject_value(now, s, column->field);
			both[1] = subject_value(yours, s, column->field);
			conflict_line(column, s + 1, both, out);
		}
}

/* What differs between the store and what was typed, for the person who typed it. */
static void conflict_show(struct life *life)
{
	const struct request_patch *patch = life->move->patch;
	struct buffer out;

	buffer_init(&out);
	for (size_t i = 0; patch && i < column_count(); i++) {
		const struct column *column = column_at(i);

		if (column->place == COLUMN_REQUEST && patch->has_field[column->field]) {
			const char *const both[2] = { life->request.field[column->field],
				patch->values.field[column->field] };

			conflict_line(column, 0, both, &out);
		}
	}
	if (patch && patch->has_subjects)
		conflict_subjects(&life->request, &patch->values, &out);
	life->saved->conflict = buffer_take(&out);
}

static enum desk_status life_load(struct life *life)
{
	const struct desk_move *move = life->move;
	enum db_status stored = requests_load(life->desk->store, move->reference, &life->request);

	if (stored == DB_NONE)
		return life_refuse(
			life, "there is no such receipt; `tracedesk request list` shows them");
	if (stored != DB_OK)
		return life_failed(life, stored);
	life->from = life->request.state;
	stored = desk_words_load(life->desk, &life->request, &life->words);
	if (stored != DB_OK)
		return life_failed(life, stored);
	stored = decisions_open(life->desk->store, life->request.id, &life->open);
	if (stored != DB_OK && stored != DB_NONE)
		return life_failed(life, stored);
	life->has_open = stored == DB_OK;
	return DESK_OK;
}

static enum desk_status life_look(struct life *life)
{
	const struct desk_move *move = life->move;
	char why[512];

	if (!desk_may_see(life->desk, &life->request))
		return life_refuse(life, DESK_FLAGGED);
	if (move->expect != 0 && move->expect != life->request.version) {
		conflict_show(life);
		return life_refuse(life,
			"edit conflict: somebody changed it meanwhile (version %lld, you saw %lld);"
			" look at it again and repeat what is still wanted",
			(long long)life->request.version, (long long)move->expect);
	}
	if (flow_may(move->move, life->request.state))
		return DESK_OK;
	flow_why(move->move, life->request.state, why, sizeof(why));
	return life_refuse(life, "%s", why);
}

/* The final fields of a receipt that is decided now: interface section 3, the day is today. */
static void life_finish(struct life *life)
{
	struct request *request = &life->request;
	const char *me = life->desk->person.name;

	record_set(&request->field[FIELD_OUTCOME], request_state_code((int)request->state));
	record_set(&request->field[FIELD_DECIDED], life->desk->today);
	record_set(&request->field[FIELD_DECIDED_BY], life->decided_by ? life->decided_by : me);
	record_set(&request->field[FIELD_REVIEWED_BY], life->reviewed_by);
	if (life->reasons)
		record_set(&request->field[FIELD_REASONS], life->reasons);
}

static enum db_status life_event(struct life *life, enum event_kind kind)
{
	const struct desk_move *move = life->move;
	struct event_detail details[7];
	struct desk_event event = { kind, life->request.reference, details, 0 };

	if (move->text && *move->text)
		details[event.detail_count++] = (struct event_detail) { "text", move->text };
	if (move->codes && *move->codes)
		details[event.detail_count++] = (struct event_detail) { "codes", move->codes };
	if (move->rule)
		details[event.detail_count++] =
			(struct event_detail) { move->rule, move->holds ? "yes" : "no" };
	if (move->other)
		details[event.detail_count++] = (struct event_detail) { "other", move->other };
	if (move->sending) {
		details[event.detail_count++] =
			(struct event_detail) { "by", move->sending->channel };
		details[event.detail_count++] = (struct event_detail) { "on", life->sent_on };
	}
	if (life->made.id)
		details[event.detail_count++] =
			(struct event_detail) { "other", life->made.reference };
	return desk_event(life->desk, &event);
}

/* The day of a final decision is today, which lies in a closed month only when the clock was put
   back. */
static enum desk_status life_day_open(struct life *life, const struct flow_step *step)
{
	char closed_to[8];
	enum db_status stored;

	if (!state_is_final(step->to))
		return DESK_OK;
	stored = desk_closed_to(life->desk, closed_to);
	if (stored != DB_OK)
		return life_failed(life, stored);
	if (!day_is_in_closed(life->desk->today, closed_to))
		return DESK_OK;
	return life_refuse(life,
		"today is %s, in a month that is closed; put the clock right, then decide",
		life->desk->today);
}

static enum desk_status life_store(struct life *life)
{
	const struct flow_step *step = flow_find(life->move->move, life->from, life->when);
	enum db_status stored = DB_OK;

	if (step->to) {
		life->request.state = step->to;
		life->request.to_send = letter_of_state(step->to) != 0;
	}
	if (life->request.state != STATE_HELD)
		life->request.held_from = (enum request_state)0;
	if (state_is_final(step->to))
		life_finish(life);
	desk_clock_move(&life->request, life->from, life->desk->today);
	if (!life_acts[life->move->move].is_beside)
		stored = requests_update(life->desk->store, &life->request);
	if (stored == DB_OK)
		stored = desk_words_change(life->desk, &life->request, &life->words);
	if (stored == DB_OK)
		stored = life_event(life, step->event);
	if (stored == DB_OK)
		stored = store_commit(life->desk->store);
	else
		store_rollback(life->desk->store);
	return stored == DB_OK ? DESK_OK : life_failed(life, stored);
}

/* What is told of the receipt, or of the one that came of it. */
static void life_tell(const struct life *life, struct desk_saved *saved)
{
	const struct request *request = life->made.id ? &life->made : &life->request;

	memcpy(saved->reference, request->reference, sizeof(saved->reference));
	saved->version = request->version;
	saved->state = request->state;
}

static void life_clear(struct life *life)
{
	if (life->made.field[0])
		request_clear(&life->made);
	if (life->request.id)
		request_clear(&life->request);
	if (life->has_open)
		decision_clear(&life->open);
	desk_findings_clear(&life->findings);
	request_words_clear(&life->words);
}

enum desk_status desk_move(struct desk *desk, const struct desk_move *move,
	struct desk_saved *out_saved, struct notice *out_notice)
{
	const struct life_act *act = &life_acts[move->move];
	struct life life = { .desk = desk, .move = move, .saved = out_saved, .notice = out_notice };
	enum desk_status status;
	enum db_status stored;

	*out_saved = (struct desk_saved) { 0 };
	status = desk_allow(desk, act->deed, move->reference, out_notice);
	if (status != DESK_OK)
		return status;
	life.now = desk_now(desk);
	stored = store_begin(desk->store);
	if (stored != DB_OK)
		return life_failed(&life, stored);
	status = life_load(&life);
	if (status == DESK_OK)
		status = life_look(&life);
	if (status == DESK_OK)
		status = act->prepare(&life);
	if (status == DESK_OK)
		status = life_day_open(&life, flow_find(move->move, life.from, life.when));
	if (status == DESK_OK)
		status = life_store(&life);
	else
		store_rollback(desk->store);
	status = desk_refused(desk, act->deed, move->reference, status, out_notice);
	if (status == DESK_OK)
		life_tell(&life, out_saved);
	life_clear(&life);
	return status;
}
