/*
 * Another outcome of a decided receipt: proposed by a supervisor, confirmed by
 * another. It changes the figure in the month of the first decision, and nothing
 * else: no letter, no release.
 */
#include <stdio.h>
#include <string.h>

#include "core/codes.h"
#include "core/life_private.h"

static enum desk_status reasons_check(struct life *life, bool is_rejection)
{
	const char *reasons = life->move->correction->reasons;

	if (is_rejection && (!*reasons || list_has(reasons, "-")))
		return life_refuse(life, "reasons: a rejection has at least one; name it");
	if (!is_rejection && *reasons)
		return life_refuse(life, "reasons: only a rejection has any; leave them out");
	if (list_has(reasons, "guardian_withheld"))
		return life_refuse(life,
			"guardian_withheld is for the Caldicott Guardian's decision alone; choose"
			" another reason");
	return DESK_OK;
}

static enum desk_status correction_check(struct life *life)
{
	const struct correction *correction = life->move->correction;
	const struct code_set *outcomes = code_set_find("outcome");

	if (!correction)
		return life_refuse(life, "the correction is missing; give it with --from FILE");
	if (life->has_open)
		return life_refuse(life, "a correction of it waits already; review that first");
	if (!code_label(outcomes, correction->outcome) ||
		strcmp(correction->outcome, request_state_code(STATE_WITHDRAWN)) == 0)
		return life_refuse(life, "outcome: it is none of rejected, approved_trace and"
					 " approved_no_trace");
	if (strcmp(correction->outcome, request_state_code((int)life->request.state)) == 0)
		return life_refuse(life, "outcome: it is %s already",
			request_state_name((int)life->request.state));
	if (!*correction->reason || strcmp(correction->reason, "-") == 0)
		return life_refuse(life, "reason: why it is corrected is missing; write it there");
	return reasons_check(
		life, strcmp(correction->outcome, request_state_code(STATE_REJECTED)) == 0);
}

/* The findings are those of the first decision, which stay those of the receipt. */
enum desk_status life_correct(struct life *life)
{
	const struct correction *correction = life->move->correction;
	struct decision decision;
	enum desk_status status = correction_check(life);
	enum db_status stored;

	if (status != DESK_OK)
		return status;
	stored = life_findings_kept(life->desk, &life->request, &life->findings);
	if (stored != DB_OK)
		return life_failed(life, stored);
	life_decision(life, DECISION_CORRECTION, &decision);
	decision.result = DECISION_OPEN;
	(void)snprintf(decision.outcome, sizeof(decision.outcome), "%s", correction->outcome);
	record_set(&decision.reasons, correction->reasons);
	record_set(&decision.note, correction->reason);
	life->request.correcting = true;
	return life_decide(life, &decision);
}

enum desk_status life_correct_confirm(struct life *life)
{
	struct request *request = &life->request;

	life->when = FLOW_CORRECTION;
	request->correcting = false;
	request->to_send = false;
	request->state = (enum request_state)request_state_from(life->open.outcome);
	record_set(&request->field[FIELD_OUTCOME], life->open.outcome);
	record_set(&request->field[FIELD_REASONS], life->open.reasons);
	return life_close_open(life, DECISION_STANDS);
}

enum desk_status life_correct_return(struct life *life)
{
	enum desk_status status;

	life->when = FLOW_CORRECTION;
	life->request.correcting = false;
	record_set(&life->open.review_note, life->move->text);
	status = life_close_open(life, DECISION_DROPPED);
	return status == DESK_OK ? life_note(life, NOTE_RETURN, life->move->text) : status;
}
