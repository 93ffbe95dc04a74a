/*
 * The flow's table, the rights and the checks, asked before the desk is: a
 * refusal by the desk is recorded.
 */
#include "tui/moves.h"

#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/codes.h"
#include "core/list.h"
#include "tui/receipt_cells.h"

const struct decision *decision_open(const struct desk_beside *beside)
{
	for (size_t i = 0; i < beside->decision_count; i++)
		if (beside->decisions[i].result == DECISION_OPEN)
			return &beside->decisions[i];
	return NULL;
}

bool review_is_for(const struct ui *ui, enum request_state state, bool correcting)
{
	return flow_may_review(state, correcting) &&
	       (desk_person(ui->desk)->roles & move_roles(MOVE_CONFIRM)) != 0;
}

/* "2 fail, 1 open, 3 not entered" */
static bool checks_stop(const struct desk_findings *findings, char out_why[WHY_SIZE])
{
	int fail = 0, open = 0, waiting = 0, used = 0;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->finding[i];

		fail += finding->result == RULE_FAIL && !finding->is_excepted;
		open += finding->result == RULE_OPEN;
		waiting += finding->result != RULE_FAIL && finding->waits;
	}
	if (fail > 0)
		used += snprintf(out_why, WHY_SIZE, "%d fail", fail);
	if (open > 0)
		used += snprintf(out_why + used, WHY_SIZE - (size_t)used, "%s%d to judge",
			used ? ", " : "", open);
	if (waiting > 0)
		used += snprintf(out_why + used, WHY_SIZE - (size_t)used, "%s%d not entered",
			used ? ", " : "", waiting);
	return used > 0;
}

/* An exception is for what fails and nothing else. */
static bool exception_stops(const struct desk_findings *findings, char out_why[WHY_SIZE])
{
	bool is_failing = false;
	struct desk_findings rest = { .count = findings->count };

	for (size_t i = 0; i < findings->count; i++) {
		rest.finding[i] = findings->finding[i];
		if (rest.finding[i].result == RULE_FAIL && !rest.finding[i].is_excepted) {
			is_failing = true;
			rest.finding[i].is_excepted = true;
		}
	}
	if (!is_failing)
		snprintf(out_why, WHY_SIZE, "nothing fails");
	return checks_stop(&rest, out_why) || !is_failing;
}

static bool is_reviewing(enum move move)
{
	return move == MOVE_CONFIRM || move == MOVE_RETURN;
}

static bool is_second_persons(enum move move)
{
	return is_reviewing(move) || move == MOVE_GUARDIAN;
}

/* Would the proposer review? */
static bool is_own(const struct ui *ui, const struct move_facts *facts, enum move move)
{
	const struct decision *open = decision_open(facts->beside);

	return is_second_persons(move) && open && open->proposer == desk_person(ui->desk)->id;
}

bool move_cannot(
	const struct ui *ui, const struct move_facts *facts, enum move move, char out_why[WHY_SIZE])
{
	const struct person *person = desk_person(ui->desk);
	unsigned roles = move_roles(move);

	out_why[0] = '\0';
	if ((person->roles & roles) == 0) {
		snprintf(out_why, WHY_SIZE, "%s",
			roles & ROLE_CASEWORKER ? "caseworkers only" : "supervisors only");
		return true;
	}
	if (!flow_may(move, facts->request->state)) {
		snprintf(out_why, WHY_SIZE, "%s", state_name(facts->request->state));
		return true;
	}
	if (move == MOVE_SENT && !facts->request->to_send) {
		snprintf(out_why, WHY_SIZE, "no letter to send");
		return true;
	}
	if (is_reviewing(move) &&
		!flow_may_review(facts->request->state, facts->request->correcting)) {
		snprintf(out_why, WHY_SIZE, "nothing of it waits for a review");
		return true;
	}
	if (is_own(ui, facts, move)) {
		snprintf(out_why, WHY_SIZE, "you proposed it");
		return true;
	}
	if (move == MOVE_ACCEPT)
		return checks_stop(&facts->beside->findings, out_why);
	if (move == MOVE_EXCEPT)
		return exception_stops(&facts->beside->findings, out_why);
	return false;
}

void move_cannot_tell(const struct ui *ui, const struct move_facts *facts, enum move move,
	struct notice *out_notice)
{
	const struct request *request = facts->request;
	const bool is_allowed = (desk_person(ui->desk)->roles & move_roles(move)) != 0;
	char why[512], few[WHY_SIZE];

	(void)move_cannot(ui, facts, move, few);
	if (!is_allowed)
		snprintf(why, sizeof(why), "only a %s may do this",
			move_roles(move) & ROLE_CASEWORKER ? "caseworker or supervisor"
							   : "supervisor");
	else if (!flow_may(move, request->state))
		flow_why(move, request->state, why, sizeof(why));
	else if (move == MOVE_ACCEPT)
		snprintf(why, sizeof(why), "it can't be accepted yet: %s", few);
	else if (is_own(ui, facts, move))
		snprintf(why, sizeof(why), "you proposed it; somebody else reviews it");
	else
		snprintf(why, sizeof(why), "%s", few);
	(void)notice_set(out_notice, DESK_REFUSED, "%s: %s", request->reference, why);
}

/* What an advice names that only a command takes is not for the screen. */
static void advice_cut(char *text)
{
	char *last = strrchr(text, ';');

	if (last && (strchr(last, '`') || strstr(last, " --")))
		*last = '\0';
}

/* Codes of checks by their labels. */
static void codes_spell(const char *text, struct buffer *out)
{
	const struct code_set *reasons = code_set_find("reason");

	while (*text) {
		size_t size = strspn(text, "abcdefghijklmnopqrstuvwxyz_");
		char word[CODE_SIZE] = "";
		const char *label = NULL;

		if (size > 0 && size < sizeof(word)) {
			memcpy(word, text, size);
			label = strchr(word, '_') ? code_label(reasons, word) : NULL;
		}
		buffer_print(out, "%.*s", label ? 0 : (int)(size ? size : 1), text);
		buffer_add(out, label ? label : "");
		text += size ? size : 1;
	}
}

/* The desk's words serve commands, too: as a screen says the same. */
static void refusal_reword(struct notice *notice)
{
	struct buffer spelled;

	buffer_init(&spelled);
	advice_cut(notice->text);
	codes_spell(notice->text, &spelled);
	snprintf(notice->text, sizeof(notice->text), "%s", buffer_text(&spelled));
	buffer_done(&spelled);
}

static void conflict_tell(struct ui *ui, const char *conflict)
{
	size_t used = strlen(ui->told.text);

	if (conflict && conflict[0])
		snprintf(ui->told.text + used, sizeof(ui->told.text) - used, " · %s", conflict);
}

/* What is told of a move that leaves the receipt in its state; of the rest how it stands now. */
static const char *const move_told[MOVE_COUNT] = {
	[MOVE_CORRECT] = "a correction is proposed; another supervisor reviews it",
	[MOVE_SENT] = "its letter has gone",
	[MOVE_LINK] = "the two are linked",
	[MOVE_INCIDENT] = "the incident is recorded",
	[MOVE_NOTE] = "the note is added",
	[MOVE_RESUBMIT] = "the new receipt, linked to the old one",
};

static void done_tell(struct ui *ui, enum move move, const struct desk_saved *saved)
{
	char *text = ui->told.text;
	const size_t size = sizeof(ui->told.text);
	/* The keys call it to ask. */
	const char *done = move == MOVE_QUERY ? "asked" : move_done(move),
		   *state = state_name(saved->state);

	/* The state once, where the move says it, too. */
	if (strcmp(done, state) == 0 || strncmp(done, "proposed", 8) == 0)
		snprintf(text, size, "%s: %s", saved->reference, done);
	else if (move_told[move])
		snprintf(text, size, "%s: %s", saved->reference, move_told[move]);
	else
		snprintf(text, size, "%s: %s · now %s", saved->reference, done, state);
}

static bool move_make(struct ui *ui, const struct desk_move *move)
{
	struct desk_saved saved;
	struct desk_move seen = *move;
	bool is_made;

	if (strcmp(ui->seen, move->reference) == 0)
		seen.expect = ui->seen_version;
	is_made = desk_move(ui->desk, &seen, &saved, &ui->told) == DESK_OK;
	if (is_made && seen.expect != 0)
		ui->seen_version = saved.version;
	if (!is_made)
		refusal_reword(&ui->told);
	if (is_made) {
		ui->told.status = DESK_OK;
		memcpy(ui->reference, saved.reference, sizeof(ui->reference));
		done_tell(ui, move->move, &saved);
	}
	conflict_tell(ui, saved.conflict);
	desk_saved_clear(&saved);
	return is_made;
}

bool receipt_move(struct ui *ui, const struct desk_move *move)
{
	memset(&ui->told, 0, sizeof(ui->told));
	return move_make(ui, move);
}

bool receipts_assign(struct ui *ui, const struct assign_to *to)
{
	char reference[REFERENCE_SIZE] = "";
	const struct desk_move move = {
		.move = MOVE_ASSIGN, .reference = reference, .person = to->person
	};
	const char *rest = to->references;
	struct notice failed = { 0 };
	size_t done = 0, all = 0;

	while (list_take(&rest, reference, sizeof(reference))) {
		all++;
		if (receipt_move(ui, &move))
			done++;
		else if (!failed.text[0])
			failed = ui->told;
	}
	if (done == all && all > 1)
		snprintf(ui->told.text, sizeof(ui->told.text), "%zu receipts are with %s now", all,
			to->person);
	else if (done == all)
		snprintf(ui->told.text, sizeof(ui->told.text), "%s is with %s now", reference,
			to->person);
	else
		ui->told = failed;
	return done == all;
}

bool receipt_read(struct ui *ui, const struct receipt_look *look, struct request *out_request)
{
	struct notice notice = { 0 };
	enum desk_status status = look->is_again ? desk_request_again(ui->desk, look->reference,
							   look->because, out_request, &notice)
						 : desk_request_open(ui->desk, look->reference,
							   look->because, out_request, &notice);

	if (status != DESK_OK) {
		ui->told = notice;
		return false;
	}
	memcpy(ui->seen, out_request->reference, sizeof(ui->seen));
	ui->seen_version = out_request->version;
	return true;
}
