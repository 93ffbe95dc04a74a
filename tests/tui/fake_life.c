/*
 * Nothing is kept but what was asked last.
 */
#include "tests/tui/fake_life.h"

#include <stdio.h>
#include <string.h>

#include "core/desk.h"
#include "core/notice.h"
#include "core/working_days.h"
#include "tests/tui/fake_desk.h"

static struct {
	const char *hostile, *how;
	long moves, histories, letters, version;
	char last[512];
} life = { .hostile = "", .how = "", .version = 1 };

void fake_life_hostile(const char *text)
{
	life.hostile = text;
}

void fake_life_moves(const char *how)
{
	life.how = how;
}

long fake_life_version(void)
{
	return life.version;
}

void fake_life_print(void)
{
	printf("moves %ld histories %ld last [%s]\n", life.moves, life.histories, life.last);
}

static enum rule_result result_of(size_t rule)
{
	if (rule_at(rule)->is_judged)
		return RULE_OPEN;
	return rule < 4 ? (enum rule_result)rule : rule % 5 == 0 ? RULE_FAIL : RULE_PASS;
}

static void findings_make(struct desk_findings *findings)
{
	*findings = (struct desk_findings) { .rules_version = 1,
		.advice = ADVICE_QUERY,
		.count = RULE_COUNT,
		.duplicates = mem_text("") };
	for (size_t i = 0; i < RULE_COUNT; i++) {
		struct finding *finding = &findings->finding[i];

		finding->rule = rule_at(i);
		finding->result = result_of(i);
		snprintf(finding->sentence, sizeof(finding->sentence), "Sentence of %s.%s",
			finding->rule->code, life.hostile);
	}
}

void desk_findings_clear(struct desk_findings *findings)
{
	mem_free(findings->duplicates);
	rules_needs_clear(&findings->needs);
	*findings = (struct desk_findings) { 0 };
}

static enum decision_kind proposal_of(enum request_state state)
{
	if (state == STATE_EXCEPTION_PROPOSED)
		return DECISION_EXCEPTION;
	if (state == STATE_REJECTION_PROPOSED)
		return DECISION_REJECTION;
	if (state == STATE_WITHDRAWAL_PROPOSED)
		return DECISION_WITHDRAWAL;
	if (state_is_final(state))
		return DECISION_CORRECTION;
	return DECISION_RELEASE;
}

static void letters_make(const struct request *request, struct desk_beside *beside)
{
	const struct letter_row rows[] = {
		{ .id = 0, .kind = LETTER_REJECTION, .time = 1609754400, .format = "html" },
		{ .id = 5,
			.kind = LETTER_QUERY,
			.time = 1609754400,
			.sent_on = "2021-01-04",
			.channel = "post" },
	};

	(void)request;
	beside->letters = mem_new(2, sizeof(rows[0]));
	memcpy(beside->letters, rows, sizeof(rows));
	beside->letter_count = 2;
}

enum desk_status desk_request_letter(struct desk *desk, const struct desk_letter *wanted,
	char **out_text, struct notice *out_notice)
{
	(void)desk;
	(void)out_notice;
	life.letters++;
	*out_text = mem_text(*life.hostile	 ? life.hostile
			     : wanted->sent != 0 ? "An earlier letter."
						 : "The letter of now.");
	return DESK_OK;
}

enum desk_status desk_request_beside(struct desk *desk, const struct request *request,
	struct desk_beside *out_beside, struct notice *out_notice)
{
	struct decision *decision = mem_new(1, sizeof(*decision));
	struct note *note = mem_new(1, sizeof(*note));

	(void)desk;
	(void)out_notice;
	*out_beside = (struct desk_beside) { .notes = note, .note_count = 1 };
	*note = (struct note) { .time = 1609754400, .kind = NOTE_PLAIN };
	snprintf(note->person_name, sizeof(note->person_name), "chris");
	note->text = mem_text(*life.hostile ? life.hostile : "phoned the station");
	decision_init(decision);
	decision->kind = proposal_of(request->state);
	decision->result = flow_may_review(request->state, request->correcting) ? DECISION_OPEN
										: DECISION_STANDS;
	snprintf(decision->outcome, sizeof(decision->outcome), "approved_trace");
	decision->proposer = 7;
	decision->proposed = 1609754400;
	snprintf(decision->proposer_name, sizeof(decision->proposer_name), "chris");
	record_set(&decision->reasons, "service_open;requester_email_secure;other");
	record_set(&decision->items, "name;address");
	record_set(&decision->note, *life.hostile ? life.hostile : "no Inspector on duty");
	out_beside->decisions = decision;
	out_beside->decision_count = 1;
	out_beside->linked = mem_text("");
	letters_make(request, out_beside);
	out_beside->files.files = mem_new(1, sizeof(struct receipt_file));
	out_beside->files.count = 1;
	*out_beside->files.files =
		(struct receipt_file) { .number = 1, .time = 1609754400, .size = 7 };
	snprintf(out_beside->files.files->person_name, NAME_SIZE, "chris");
	out_beside->files.files->name = mem_text(*life.hostile ? life.hostile : "form.pdf");
	findings_make(&out_beside->findings);
	age_read(&(struct holidays) { NULL, 0 },
		&(struct age_facts) {
			request->field[FIELD_RECEIVED], request->field[FIELD_DECIDED], "", 0 },
		FAKE_TODAY, &out_beside->age);
	return DESK_OK;
}

void desk_beside_clear(struct desk_beside *beside)
{
	while (beside->decision_count > 0)
		decision_clear(&beside->decisions[--beside->decision_count]);
	while (beside->note_count > 0)
		note_clear(&beside->notes[--beside->note_count]);
	mem_free(beside->decisions);
	mem_free(beside->notes);
	mem_free(beside->letters);
	mem_free(beside->linked);
	desk_findings_clear(&beside->findings);
	while (beside->files.count > 0)
		receipt_file_clear(&beside->files.files[--beside->files.count]);
	mem_free(beside->files.files);
	*beside = (struct desk_beside) { 0 };
}

enum desk_status desk_request_history(struct desk *desk, const char *reference, const char *because,
	struct desk_history *out_history, struct notice *out_notice)
{
	(void)desk;
	(void)because;
	(void)out_notice;
	life.histories++;
	out_history->events = mem_new(1, sizeof(struct event));
	out_history->count = 1;
	out_history->events[0] = (struct event) { .time = 1609754400, .kind = EVENT_REQUEST_ADDED };
	snprintf(out_history->events[0].person_name, NAME_SIZE, "chris");
	snprintf(out_history->events[0].reference, REFERENCE_SIZE, "%s", reference);
	return DESK_OK;
}

enum desk_status desk_queue_counts(
	struct desk *desk, int64_t out_counts[DESK_QUEUES], struct notice *out_notice)
{
	(void)desk;
	(void)out_notice;
	for (int i = 0; i < DESK_QUEUES; i++)
		out_counts[i] = 10 + i;
	return DESK_OK;
}

/* Every queue holds the whole list. */
enum desk_status desk_queue(struct desk *desk, const struct desk_queue_page *page,
	struct request_row **out_rows, size_t *out_count, struct notice *out_notice)
{
	const struct request_page all = {
		.after = page->after, .backwards = page->backwards, .limit = page->limit
	};

	return desk_requests(desk, &all, out_rows, out_count, out_notice);
}

void desk_saved_clear(struct desk_saved *saved)
{
	mem_free(saved->duplicates);
	mem_free(saved->conflict);
	*saved = (struct desk_saved) { 0 };
}

static const char *text_or(const char *text)
{
	return text ? text : "-";
}

enum desk_status desk_move(struct desk *desk, const struct desk_move *move,
	struct desk_saved *out_saved, struct notice *out_notice)
{
	(void)desk;
	*out_saved = (struct desk_saved) { .version = 9, .state = STATE_IN_TRIAGE };
	life.moves++;
	snprintf(out_saved->reference, REFERENCE_SIZE, "%s", move->reference);
	snprintf(life.last, sizeof(life.last), "%s %s version %lld\ncodes %s\ntext %s\nperson %s",
		move_name(move->move), move->reference, (long long)move->expect,
		text_or(move->codes), text_or(move->text), text_or(move->person));
	if (strcmp(life.how, "refuse") == 0)
		return notice_set(out_notice, DESK_REFUSED,
			"%s: it can't be done for a reason that takes more words than a line of the"
			" terminal holds, so that it is told over several lines; ask a "
			"supervisor%s",
			move->reference, life.hostile);
	if (strcmp(life.how, "conflict") == 0 && move->expect != 2) {
		life.version = 2;
		return notice_set(out_notice, DESK_REFUSED,
			"%s: edit conflict: somebody changed it meanwhile", move->reference);
	}
	return DESK_OK;
}

enum desk_status desk_request_brief(struct desk *desk, const char *reference,
	struct request_row **out_rows, size_t *out_count, struct notice *out_notice)
{
	const struct request_page page = { .limit = 2 };

	(void)reference;
	return desk_requests(desk, &page, out_rows, out_count, out_notice);
}

bool subject_is_flagged(const struct subject *subject)
{
	(void)subject;
	return true;
}

/* The form of a request is tested elsewhere; what follows only lets it link. */
enum desk_status desk_request_add(struct desk *desk, const struct request_patch *patch,
	struct desk_saved *out_saved, struct notice *out_notice)
{
	(void)desk;
	(void)patch;
	*out_saved = (struct desk_saved) { 0 };
	return notice_set(out_notice, DESK_REFUSED, "the fake desk logs nothing");
}

enum desk_status desk_request_try(struct desk *desk, const struct request *request,
	struct desk_findings *out_findings, struct notice *out_notice)
{
	(void)desk;
	(void)request;
	(void)out_notice;
	findings_make(out_findings);
	return DESK_OK;
}

enum desk_status desk_organisations(struct desk *desk, const char *prefix,
	struct organisation **out_organisations, size_t *out_count, struct notice *out_notice)
{
	(void)desk;
	(void)prefix;
	(void)out_notice;
	*out_organisations = NULL;
	*out_count = 0;
	return DESK_OK;
}

enum desk_status desk_officers(struct desk *desk, const char *organisation, const char *prefix,
	struct desk_officers *out_officers, struct notice *out_notice)
{
	(void)desk;
	(void)organisation;
	(void)prefix;
	(void)out_notice;
	*out_officers = (struct desk_officers) { 0 };
	return DESK_OK;
}

void desk_officers_clear(struct desk_officers *officers)
{
	(void)officers;
}
