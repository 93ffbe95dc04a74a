/*
 * Trace answers and what a second person decides: the Caldicott Guardian's
 * decision, confirming, returning. The proposer never reviews: by identity.
 */
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/codes.h"
#include "core/json.h"
#include "core/life_private.h"

/* Trace answers under which details may be given: match, superseded number, sensitive. */
static const char traced_codes[] = "00;90;92";
static const char untraced_codes[] = "91;95;96;97;98";
/* domain.md section 10: these take a second person's check. */
static const char second_check_items[] = "address;postcode";

/* Each part of a list is among the others; the first that is not goes into out_part. */
static bool list_is_within(const char *list, const char *all, char *out_part, size_t size)
{
	while (list_take(&list, out_part, size))
		if (!list_has(all, out_part))
			return false;
	return true;
}

static bool list_meets(const char *list, const char *others)
{
	char part[128];

	while (list_take(&list, part, sizeof(part)))
		if (list_has(others, part))
			return true;
	return false;
}

static enum desk_status answer_check(struct life *life, size_t index)
{
	const struct trace_answer *answer = &life->move->answers[index];
	struct subject *subject = &life->request.subjects[index];
	unsigned number = (unsigned)index + 1;

	if (!code_label(code_set_find("trace_code"), answer->trace_code))
		return life_refuse(life,
			"subject %u: the trace code is none of 00 90 91 92 95 96 97"
			" 98",
			number);
	if ((strcmp(answer->s_flag, "yes") != 0 && strcmp(answer->s_flag, "no") != 0) ||
		(strcmp(answer->identity_changed, "yes") != 0 &&
			strcmp(answer->identity_changed, "no") != 0))
		return life_refuse(life,
			"subject %u: whether it is S-flagged and whether the identity was changed"
			" must be said, yes or no",
			number);
	if (strcmp(answer->trace_code, "92") == 0 && strcmp(answer->s_flag, "yes") != 0)
		return life_refuse(life,
			"subject %u: trace code 92 is a sensitive record: S-flagged must be yes "
			"(s_flag)",
			number);
	if ((strcmp(subject->field[FIELD_S_FLAG], "yes") == 0 &&
		    strcmp(answer->s_flag, "no") == 0) ||
		(strcmp(subject->field[FIELD_IDENTITY_CHANGED], "yes") == 0 &&
			strcmp(answer->identity_changed, "no") == 0))
		return life_refuse(life, "subject %u: a flag once recorded stays", number);
	record_set(&subject->field[FIELD_TRACE_CODE], answer->trace_code);
	record_set(&subject->field[FIELD_MATCHED_ON], answer->matched_on);
	record_set(&subject->field[FIELD_S_FLAG], answer->s_flag);
	record_set(&subject->field[FIELD_IDENTITY_CHANGED], answer->identity_changed);
	record_set(&subject->field[FIELD_VALUES], answer->values);
	if (strcmp(answer->s_flag, "yes") == 0 || strcmp(answer->identity_changed, "yes") == 0)
		life->request.flagged = true;
	return DESK_OK;
}

static enum desk_status answers_check(struct life *life)
{
	const struct desk_move *move = life->move;
	bool is_traced = false;
	enum desk_status status = DESK_OK;

	if (move->answer_count != life->request.subject_count || move->answer_count == 0)
		return life_refuse(life,
			"it names %zu subjects, the answer %zu; give one answer a"
			" subject, in their order",
			life->request.subject_count, move->answer_count);
	for (size_t i = 0; i < move->answer_count && status == DESK_OK; i++) {
		status = answer_check(life, i);
		is_traced |= list_has(traced_codes, move->answers[i].trace_code);
	}
	if (status == DESK_OK && !is_traced)
		return life_refuse(life, "no subject was traced (00, 90 or 92); use `request"
					 " no-trace`");
	return status;
}

/* What is released was asked for, and may be. */
static enum desk_status items_check(struct life *life, const char *items)
{
	char item[64];

	if (!items || !*items)
		return life_refuse(life, "no item is named that is to be released; name them in"
					 " items");
	if (!list_is_within(items, life->request.field[FIELD_ITEMS], item, sizeof(item)))
		return life_refuse(
			life, "items: %s was not asked for; release only what was", item);
	return DESK_OK;
}

/* The checks again, with the recipient that was decided. */
static enum desk_status still_sound(struct life *life)
{
	char why[RULES_WHY_SIZE];
	enum desk_status status;

	status = life_check(life, "");
	if (status != DESK_OK)
		return status;
	if (rules_may_accept(life->findings.finding, why))
		return DESK_OK;
	return life_refuse(life, "its checks no longer hold: %s; edit it first", why);
}

static enum desk_status recipient_set(struct life *life, const char *recipient)
{
	if (!recipient || !*recipient)
		return DESK_OK;
	if (!code_label(code_set_find("recipient"), recipient))
		return life_refuse(life, "recipient: that is none of court constable court_officer"
					 " requester other");
	record_set(&life->request.field[FIELD_RECIPIENT], recipient);
	return DESK_OK;
}

static enum desk_status release_propose(struct life *life, enum decision_result result)
{
	struct decision decision;

	life_decision(life, result == DECISION_OPEN ? DECISION_RELEASE : DECISION_TRACE, &decision);
	decision.result = result;
	record_set(&decision.items, life->move->items);
	(void)snprintf(decision.recipient, sizeof(decision.recipient), "%s",
		life->request.field[FIELD_RECIPIENT]);
	return life_decide(life, &decision);
}

enum desk_status life_trace(struct life *life)
{
	enum desk_status status = answers_check(life);

	if (status == DESK_OK)
		status = items_check(life, life->move->items);
	if (status == DESK_OK)
		status = recipient_set(life, life->move->recipient);
	if (status == DESK_OK)
		status = still_sound(life);
	if (status != DESK_OK)
		return status;
	if (life->request.flagged)
		life->when = FLOW_FLAGGED;
	else if (list_meets(life->move->items, second_check_items))
		life->when = FLOW_SECOND_CHECK;
	else
		life->when = FLOW_PLAIN;
	if (life->when == FLOW_PLAIN)
		record_set(&life->request.field[FIELD_RELEASED], life->move->items);
	return release_propose(life, life->when == FLOW_PLAIN ? DECISION_STANDS : DECISION_OPEN);
}

enum desk_status life_no_trace(struct life *life)
{
	struct decision decision;
	enum desk_status status;

	if (!life->move->trace_code || !list_has(untraced_codes, life->move->trace_code))
		return life_refuse(life,
			"the trace code must be 91 or 95 to 98; a match is recorded"
			" with `request trace`");
	status = still_sound(life);
	if (status != DESK_OK)
		return status;
	for (size_t i = 0; i < life->request.subject_count; i++)
		record_set(
			&life->request.subjects[i].field[FIELD_TRACE_CODE], life->move->trace_code);
	life_decision(life, DECISION_NO_TRACE, &decision);
	record_set(&decision.detail, life->move->sources);
	return life_decide(life, &decision);
}

/* The person at the desk may not review what he proposed. */
static enum desk_status other_person(struct life *life, const char *deed)
{
	if (!life->has_open)
		return life_refuse(life, "nothing of it waits for a decision");
	if (life->open.proposer == life->desk->person.id)
		return life_refuse(
			life, "you proposed it yourself; somebody else must %s it", deed);
	return DESK_OK;
}

static char *guardian_detail(const struct guardian_decision *guardian)
{
	struct buffer out;

	buffer_init(&out);
	buffer_add(&out, "{\"guardian\":");
	json_write_string(guardian->guardian, &out);
	buffer_add(&out, ",\"decided\":");
	json_write_string(guardian->decided, &out);
	buffer_print(&out,
		",\"decision\":\"%s\",\"note\":", guardian->withhold ? "withhold" : "release");
	json_write_string(guardian->note ? guardian->note : "", &out);
	buffer_add(&out, "}");
	return buffer_take(&out);
}

static enum desk_status guardian_check(struct life *life)
{
	const struct guardian_decision *guardian = life->move->guardian;
	enum desk_status status;

	if (!guardian || !guardian->guardian || !*guardian->guardian)
		return life_refuse(life, "the Guardian's name is missing");
	if (!guardian->decided || !day_is_valid(guardian->decided) ||
		strcmp(guardian->decided, life->desk->today) > 0)
		return life_refuse(life, "decided: the day of the Guardian's decision is missing or"
					 " lies after today");
	if (guardian->withhold)
		return DESK_OK;
	status = items_check(life, guardian->items);
	return status == DESK_OK ? recipient_set(life, guardian->recipient) : status;
}

enum desk_status life_guardian(struct life *life)
{
	const struct guardian_decision *guardian = life->move->guardian;
	struct decision decision;
	enum desk_status status = other_person(life, "record the Guardian's decision on");

	if (status == DESK_OK)
		status = guardian_check(life);
	if (status == DESK_OK && !guardian->withhold)
		status = still_sound(life);
	else if (status == DESK_OK)
		status = life_check(life, "");
	if (status == DESK_OK)
		status = life_close_open(
			life, guardian->withhold ? DECISION_DROPPED : DECISION_STANDS);
	if (status != DESK_OK)
		return status;
	life->when = guardian->withhold ? FLOW_WITHHOLD : FLOW_RELEASE;
	life->decided_by = life->open.proposer_name;
	life->reviewed_by = life->desk->person.name;
	if (guardian->withhold)
		life->reasons = "guardian_withheld";
	else
		record_set(&life->request.field[FIELD_RELEASED], guardian->items);
	life_decision(life, DECISION_GUARDIAN, &decision);
	mem_free(decision.detail);
	decision.detail = guardian_detail(guardian);
	record_set(&decision.items, guardian->withhold ? "" : guardian->items);
	return life_decide(life, &decision);
}

/* The reasons left after those struck; at least one must be. */
static enum desk_status reasons_strike(struct life *life)
{
	const char *struck = life->move->codes ? life->move->codes : "";
	const char *place = life->open.reasons;
	struct buffer left;
	char reason[CODE_SIZE];
	bool all_known = list_is_within(struck, life->open.reasons, reason, sizeof(reason));

	if (!all_known)
		return life_refuse(
			life, "--strike %s: that is none of the reasons proposed", reason);
	buffer_init(&left);
	while (list_take(&place, reason, sizeof(reason)))
		if (!list_has(struck, reason))
			list_add(&left, reason);
	record_set(&life->request.field[FIELD_REASONS], buffer_text(&left));
	record_set(&life->open.struck, struck);
	buffer_done(&left);
	if (!*life->request.field[FIELD_REASONS])
		return life_refuse(life, "no reason is left; return it instead");
	return DESK_OK;
}

enum desk_status life_confirm(struct life *life)
{
	enum desk_status status = other_person(life, "review");

	if (status != DESK_OK)
		return status;
	if (life->request.state == STATE_REJECTION_PROPOSED)
		status = reasons_strike(life);
	else if (life->move->codes && *life->move->codes)
		status = life_refuse(life, "only reasons of a rejection can be struck");
	if (status == DESK_OK && life->open.kind == DECISION_CORRECTION)
		return life_correct_confirm(life);
	if (status == DESK_OK && life->request.state == STATE_RELEASE_PROPOSED) {
		status = still_sound(life);
		record_set(&life->request.field[FIELD_RELEASED], life->open.items);
	}
	if (status == DESK_OK)
		status = life_close_open(life, DECISION_STANDS);
	life->decided_by = life->open.proposer_name;
	life->reviewed_by = life->desk->person.name;
	return status;
}

enum desk_status life_return(struct life *life)
{
	enum desk_status status = other_person(life, "review");

	if (status == DESK_OK)
		status = life_needs_text(life, "why it is returned");
	if (status != DESK_OK)
		return status;
	if (life->open.kind == DECISION_CORRECTION)
		return life_correct_return(life);
	record_set(&life->open.review_note, life->move->text);
	status = life_close_open(life, DECISION_RETURNED);
	return status == DESK_OK ? life_note(life, NOTE_RETURN, life->move->text) : status;
}
