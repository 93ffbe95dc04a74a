/*
 * What each move of a caseworker asks of a receipt before it is made.
 */
#include <stdio.h>
#include <string.h>

#include "core/codes.h"
#include "core/life_private.h"
#include "db/people.h"

enum desk_status life_needs_text(struct life *life, const char *what)
{
	const char *text = life->move->text;

	if (text && text[strspn(text, " \t\r\n")])
		return DESK_OK;
	return life_refuse(life, "%s is missing; give it with --from FILE", what);
}

enum desk_status life_note(struct life *life, enum note_kind kind, const char *text)
{
	struct note note = { .request = life->request.id,
		.time = life->now,
		.person = life->desk->person.id,
		.kind = kind };
	char *copy = mem_text(text);
	enum db_status status;

	note.text = copy;
	status = notes_insert(life->desk->store, &note);
	mem_free(copy);
	return status == DB_OK ? DESK_OK : life_failed(life, status);
}

void life_decision(struct life *life, enum decision_kind kind, struct decision *out_decision)
{
	decision_init(out_decision);
	out_decision->request = life->request.id;
	out_decision->kind = kind;
	out_decision->result = DECISION_STANDS;
	out_decision->proposer = life->desk->person.id;
	out_decision->proposed = life->now;
	out_decision->rules_version = life->findings.rules_version;
	mem_free(out_decision->findings);
	out_decision->findings = life_findings_text(&life->findings);
	record_set(&out_decision->note, life->move->text);
}

/* Stores it and clears the record. */
enum desk_status life_decide(struct life *life, struct decision *decision)
{
	enum db_status status = decisions_insert(life->desk->store, decision);

	decision_clear(decision);
	return status == DB_OK ? DESK_OK : life_failed(life, status);
}

enum desk_status life_close_open(struct life *life, enum decision_result result)
{
	enum db_status status;

	if (!life->has_open)
		return DESK_OK;
	life->open.result = result;
	life->open.reviewer = life->desk->person.id;
	life->open.reviewed = life->now;
	status = decisions_review(life->desk->store, &life->open);
	return status == DB_OK ? DESK_OK : life_failed(life, status);
}

enum { FIELD_ANSWERS = FIELD_TRACE_CODE }; /* of a subject, from there on: what a trace said */

static bool subject_is_same(const struct subject *a, const struct subject *b)
{
	for (int i = 0; i < FIELD_ANSWERS; i++)
		if (strcmp(a->field[i], b->field[i]) != 0)
			return false;
	return true;
}

/* The subject before the edit that a new one is: as it was, else, when there are as many as before,
   that of the same place unless it stays as it was elsewhere. NULL: none, it is somebody new. */
static const struct subject *subject_before(
	const struct request *was, const struct request *now, size_t index)
{
	for (size_t s = 0; s < was->subject_count; s++)
		if (subject_is_same(&was->subjects[s], &now->subjects[index]))
			return &was->subjects[s];
	if (was->subject_count != now->subject_count)
		return NULL;
	for (size_t s = 0; s < now->subject_count; s++)
		if (subject_is_same(&now->subjects[s], &was->subjects[index]))
			return NULL;
	return &was->subjects[index];
}

/* The subjects of now, each with the trace answer of the person it is about. */
static void subjects_apply(struct request *request, const struct request *now)
{
	struct request was = *request;

	request->subjects = NULL;
	request->subject_count = 0;
	for (size_t s = 0; s < now->subject_count; s++) {
		const struct subject *before = subject_before(&was, now, s);
		struct subject *subject = request_add_subject(request);

		for (int i = 0; i < FIELD_ANSWERS; i++)
			record_set(&subject->field[i], now->subjects[s].field[i]);
		for (int i = FIELD_ANSWERS; before && i < SUBJECT_FIELD_COUNT; i++)
			record_set(&subject->field[i], before->field[i]);
	}
	request_cut_subjects(&was, 0);
	mem_free(was.subjects);
}

void request_apply(struct request *request, const struct request_patch *patch)
{
	for (int i = 0; i < REQUEST_INTAKE_COUNT; i++)
		if (patch->has_field[i])
			record_set(&request->field[i], patch->values.field[i]);
	if (patch->has_subjects)
		subjects_apply(request, &patch->values);
	for (size_t s = 0; s < request->subject_count; s++) {
		struct buffer folded;

		buffer_init(&folded);
		text_fold(request->subjects[s].field[FIELD_SUBJECT_SURNAME], &folded);
		record_set(&request->subjects[s].field[FIELD_FOLDED_SURNAME], buffer_text(&folded));
		buffer_done(&folded);
	}
}

/* After a change of an accepted receipt: back to triage when a check fails or is open. */
static enum desk_status life_recheck(struct life *life)
{
	enum desk_status status;

	if (life->request.state != STATE_ACCEPTED)
		return DESK_OK;
	status = life_check(life, "");
	if (status == DESK_OK && !rules_may_stand(life->findings.finding))
		life->when = FLOW_UNSOUND;
	return status;
}

static enum desk_status life_apply(struct life *life)
{
	enum db_status status;

	if (!life->move->patch)
		return life_refuse(life, "nothing was given to change; use --from FILE");
	request_apply(&life->request, life->move->patch);
	if (!*life->request.field[FIELD_RECEIVED] || !*life->request.field[FIELD_SERVICE])
		return life_refuse(life, "the day received and the service cannot be emptied");
	if (strcmp(life->request.field[FIELD_RECEIVED], life->desk->today) > 0)
		return life_refuse(life, "received: the day lies after today; correct it");
	status = duplicates_find(
		life->desk->store, &life->request, desk_seer(life->desk), &life->saved->duplicates);
	return status == DB_OK ? DESK_OK : life_failed(life, status);
}

enum desk_status life_edit(struct life *life)
{
	enum desk_status status = life_apply(life);

	return status == DESK_OK ? life_recheck(life) : status;
}

enum desk_status life_answer(struct life *life)
{
	return life_apply(life);
}

enum desk_status life_judge(struct life *life)
{
	const struct rule *rule = rule_find(life->move->rule);
	enum db_status status;

	if (!rule || !rule->is_judged)
		return notice_set(life->notice, DESK_USAGE,
			"%s: a person does not judge that check; judged are purpose_accepted and"
			" not_speculative",
			life->move->rule);
	status = judgements_set(life->desk->store, life->request.id, rule->code, life->move->holds);
	return status == DB_OK ? life_recheck(life) : life_failed(life, status);
}

enum desk_status life_assign(struct life *life)
{
	struct person person;
	enum db_status status = people_load(life->desk->store, life->move->person, &person);
	bool is_fit;

	if (status == DB_NONE)
		return life_refuse(life, "nobody here is called %s; `request list` shows names",
			life->move->person);
	if (status != DB_OK)
		return life_failed(life, status);
	is_fit = !person.disabled && (person.roles & FLOW_WORKERS) != 0;
	if (is_fit)
		memcpy(life->request.assigned_to, person.name, sizeof(person.name));
	person_clear(&person);
	if (!is_fit)
		return life_refuse(life, "%s is no caseworker or supervisor at work; choose one",
			life->move->person);
	if (life->request.flagged && !(life->desk->person.roles & ROLE_SUPERVISOR))
		return life_refuse(life, "it is flagged: only a supervisor assigns it");
	return DESK_OK;
}

enum desk_status life_hold(struct life *life)
{
	enum desk_status status = life_needs_text(life, "why it is held");

	life->request.held_from = life->request.state;
	return status == DESK_OK ? life_note(life, NOTE_HOLD, life->move->text) : status;
}

enum desk_status life_resume(struct life *life)
{
	life->request.state = life->request.held_from;
	return DESK_OK;
}

enum desk_status life_query(struct life *life)
{
	enum desk_status status = life_needs_text(life, "what is asked");

	return status == DESK_OK ? life_note(life, NOTE_QUERY, life->move->text) : status;
}

enum desk_status life_accept(struct life *life)
{
	struct decision decision;
	char why[RULES_WHY_SIZE];
	enum desk_status status = life_check(life, "");

	if (status != DESK_OK)
		return status;
	if (!rules_may_accept(life->findings.finding, why))
		return life_refuse(
			life, "it can't be accepted yet: %s; ask the sender or reject", why);
	life_decision(life, DECISION_ACCEPTANCE, &decision);
	return life_decide(life, &decision);
}

enum desk_status life_except(struct life *life)
{
	struct decision decision;
	char why[RULES_WHY_SIZE];
	enum desk_status status = life_needs_text(life, "why an exception is right");

	/* Family Law Act 1986 s33 and its like: nobody at the desk can allow another. */
	if (status == DESK_OK && list_has(life->move->codes, "recipient_allowed"))
		return life_refuse(life,
			"who may have the answer under an order of a court is the law's to say, so "
			"there is no exception; name a recipient who may, or reject it");
	if (status == DESK_OK)
		status = life_check(life, life->move->codes);
	if (status != DESK_OK)
		return status;
	if (!rules_may_except(life->findings.finding, why))
		return life_refuse(life, "it can't be proposed as an exception: %s", why);
	life_decision(life, DECISION_EXCEPTION, &decision);
	decision.result = DECISION_OPEN;
	record_set(&decision.reasons, life->move->codes);
	return life_decide(life, &decision);
}

enum desk_status life_reject(struct life *life)
{
	const struct code_set *reasons = code_set_find("reason");
	const char *place = life->move->codes;
	struct decision decision;
	char reason[CODE_SIZE];
	enum desk_status status;

	if (!place || !*place)
		return life_refuse(life, "no reason was given; use --reason CODE[,CODE]");
	while (list_take(&place, reason, sizeof(reason)))
		if (!code_label(reasons, reason))
			return notice_set(life->notice, DESK_USAGE,
				"--reason %s: there is no such reason; `tracedesk rule list` shows"
				" them",
				reason);
	if (list_has(life->move->codes, "guardian_withheld"))
		return life_refuse(life,
			"guardian_withheld is for the Caldicott Guardian's decision"
			" alone; choose another reason");
	if (list_has(life->move->codes, "other") &&
		(status = life_needs_text(life, "what the other reason is")) != DESK_OK)
		return status;
	status = life_check(life, "");
	if (status != DESK_OK)
		return status;
	life_decision(life, DECISION_REJECTION, &decision);
	decision.result = DECISION_OPEN;
	record_set(&decision.reasons, life->move->codes);
	return life_decide(life, &decision);
}

static enum desk_status withdraw(struct life *life, struct decision *out_decision)
{
	enum desk_status status = life_needs_text(life, "why it is withdrawn");

	if (status == DESK_OK)
		status = life_close_open(life, DECISION_DROPPED);
	if (status == DESK_OK)
		status = life_check(life, "");
	if (status == DESK_OK) {
		life_decision(life, DECISION_WITHDRAWAL, out_decision);
		record_set(&out_decision->reasons, life->move->codes);
	}
	return status;
}

enum desk_status life_withdraw(struct life *life)
{
	struct decision decision;
	enum desk_status status = withdraw(life, &decision);

	return status == DESK_OK ? life_decide(life, &decision) : status;
}

enum desk_status life_withdraw_error(struct life *life)
{
	struct decision decision;
	enum desk_status status = withdraw(life, &decision);

	if (status != DESK_OK)
		return status;
	decision.result = DECISION_OPEN;
	return life_decide(life, &decision);
}

enum desk_status life_add_note(struct life *life)
{
	enum desk_status status = life_needs_text(life, "the note");

	return status == DESK_OK ? life_note(life, NOTE_PLAIN, life->move->text) : status;
}
