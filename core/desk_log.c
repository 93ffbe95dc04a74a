/*
 * Logging a request, and reading what stands beside a receipt: checks,
 * decisions, notes, history, queues.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/calendar.h"
#include "core/codes.h"
#include "core/desk_clock.h"
#include "core/desk_rulebook.h"
#include "core/desk_senders.h"
#include "core/desk_words.h"
#include "core/life_private.h"
#include "db/files.h"
#include "db/officers.h"
#include "db/request_lists.h"
#include "db/rulebook_rows.h"

static enum desk_status request_check_new(
	const struct desk *desk, const struct request *request, struct notice *notice)
{
	if (!*request->field[FIELD_SERVICE])
		return notice_set(
			notice, DESK_REFUSED, "service: it is missing; name the service that asks");
	if (!*request->field[FIELD_RECEIVED])
		return notice_set(
			notice, DESK_REFUSED, "received: it is missing; give the day it came");
	if (strcmp(request->field[FIELD_RECEIVED], desk->today) > 0)
		return notice_set(
			notice, DESK_REFUSED, "received: the day lies after today; correct it");
	return DESK_OK;
}

static enum db_status learn(struct desk *desk, const struct request *request)
{
	struct rulebook rulebook;
	enum db_status status = desk_rulebook_load(desk->store, 0, true, &rulebook);

	if (status != DB_OK)
		return status;
	status = desk_sender_learn(desk, &rulebook, request);
	desk_rulebook_clear(&rulebook);
	return status;
}

enum desk_status desk_request_add(struct desk *desk, const struct request_patch *patch,
	struct desk_saved *out_saved, struct notice *out_notice)
{
	const struct desk_event event = { .kind = EVENT_REQUEST_ADDED };
	struct desk_event logged = event;
	struct request request;
	enum desk_status status = desk_allow(desk, DEED_REQUEST_ADD, NULL, out_notice);
	enum db_status stored;

	*out_saved = (struct desk_saved) { 0 };
	if (status != DESK_OK)
		return status;
	request_init(&request);
	request_apply(&request, patch);
	status = request_check_new(desk, &request, out_notice);
	if (status != DESK_OK) {
		request_clear(&request);
		return desk_refused(desk, DEED_REQUEST_ADD, NULL, status, out_notice);
	}
	stored = store_begin(desk->store);
	if (stored == DB_OK) {
		stored = desk_request_insert(desk, &request);
		if (stored == DB_OK)
			stored = learn(desk, &request);
		if (stored == DB_OK)
			stored = duplicates_find(
				desk->store, &request, desk_seer(desk), &out_saved->duplicates);
		logged.reference = request.reference;
		if (stored == DB_OK)
			stored = desk_event(desk, &logged);
		stored = desk_end(desk, stored);
	}
	(void)snprintf(out_saved->reference, REFERENCE_SIZE, "%s", request.reference);
	out_saved->version = request.version;
	out_saved->state = request.state;
	request_clear(&request);
	return desk_failed(desk->store, stored, out_notice);
}

/* The sentence of a result that was kept, when that of now belongs to another. */
static void kept_sentence(struct finding *finding)
{
	const char *what = code_label(code_set_find("reason"), finding->rule->code);
	static const char *const sentences[] = {
		[RULE_PASS] = "It passed when it was decided.",
		[RULE_FAIL] = "It failed when it was decided: ",
		[RULE_WARN] = "It was a warning when it was decided.",
		[RULE_OPEN] = "Nobody had judged it when it was decided.",
		[RULE_NOT_APPLICABLE] = "It did not apply when it was decided.",
	};
	const bool is_failed = finding->result == RULE_FAIL;

	snprintf(finding->sentence, sizeof(finding->sentence), "%s%s%s", sentences[finding->result],
		is_failed && what ? what : "", is_failed ? "." : "");
}

/* One that was kept as "rule:result". */
static void kept_finding(const char *part, struct finding *finding)
{
	const char *code = finding->rule->code;
	size_t size = strlen(code);

	if (strncmp(part, code, size) != 0 || part[size] != ':')
		return;
	for (enum rule_result r = RULE_PASS; r <= RULE_NOT_APPLICABLE; r++)
		if (r != finding->result && strcmp(part + size + 1, rule_result_code(r)) == 0) {
			finding->result = r;
			finding->waits = false;
			kept_sentence(finding);
			return;
		}
}

/* The newest decision that stands: what it was decided on. */
static enum db_status kept_findings(
	struct desk *desk, const struct request *request, struct desk_findings *findings)
{
	struct decision *decisions = NULL;
	size_t count = 0;
	enum db_status status = decisions_list(desk->store, request->id, &decisions, &count);
	char part[128];

	if (status == DB_OK && count > 0)
		status = life_findings(
			desk, request, NULL, decisions[count - 1].rules_version, findings);
	for (size_t i = 0; status == DB_OK && count > 0 && i < findings->count; i++) {
		const char *place = decisions[count - 1].findings;

		while (list_take(&place, part, sizeof(part)))
			kept_finding(part, &findings->finding[i]);
	}
	if (status == DB_OK && findings->count > 0)
		findings->advice = rules_advice(findings->finding);
	while (count > 0)
		decision_clear(&decisions[--count]);
	mem_free(decisions);
	return status;
}

enum db_status life_findings_kept(
	struct desk *desk, const struct request *request, struct desk_findings *out_findings)
{
	*out_findings = (struct desk_findings) { .duplicates = mem_text("") };
	if (request->imported && state_is_final(request->state))
		return DB_OK;
	mem_free(out_findings->duplicates);
	out_findings->duplicates = NULL;
	return state_is_final(request->state) ? kept_findings(desk, request, out_findings)
					      : life_findings(desk, request, NULL, 0, out_findings);
}

enum desk_status desk_request_check(struct desk *desk, const char *reference, const char *because,
	struct desk_findings *out_findings, struct notice *out_notice)
{
	struct request request;
	enum desk_status status;
	enum db_status stored;

	*out_findings = (struct desk_findings) { 0 };
	status = desk_request_look(desk,
		&(struct desk_look) { DEED_REQUEST_CHECK, EVENT_CHECKED, reference, because },
		&request, out_notice);
	if (status != DESK_OK)
		return status;
	stored = life_findings_kept(desk, &request, out_findings);
	request_clear(&request);
	return desk_failed(desk->store, stored, out_notice);
}

enum desk_status desk_request_try(struct desk *desk, const struct request *request,
	struct desk_findings *out_findings, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_REQUEST_ADD, NULL, out_notice);

	if (status != DESK_OK)
		return status;
	return desk_failed(
		desk->store, life_findings(desk, request, NULL, 0, out_findings), out_notice);
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
	desk_files_clear(&beside->files);
	*beside = (struct desk_beside) { 0 };
}

enum desk_status desk_request_beside(struct desk *desk, const struct request *request,
	struct desk_beside *out_beside, struct notice *out_notice)
{
	enum desk_status status =
		desk_allow(desk, DEED_REQUEST_SHOW, request->reference, out_notice);
	enum db_status stored;
	bool may_see = false;

	*out_beside = (struct desk_beside) { 0 };
	if (status != DESK_OK)
		return status;
	stored = desk_may_see_now(desk, request->reference, &may_see);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, out_notice);
	if (!may_see)
		return desk_masked(desk, DEED_REQUEST_SHOW, request->reference, out_notice);
	stored = decisions_list(
		desk->store, request->id, &out_beside->decisions, &out_beside->decision_count);
	if (stored == DB_OK)
		stored = notes_list(
			desk->store, request->id, &out_beside->notes, &out_beside->note_count);
	if (stored == DB_OK)
		stored = desk_letters_list(
			desk, request, &out_beside->letters, &out_beside->letter_count);
	if (stored == DB_OK)
		stored = links_list(desk->store, request->id, &out_beside->linked);
	if (stored == DB_OK)
		stored = life_findings_kept(desk, request, &out_beside->findings);
	if (stored == DB_OK && deed_is_allowed(DEED_REQUEST_FILES, desk->person.roles))
		stored = files_list(desk->store, request->id, &out_beside->files.files,
			&out_beside->files.count);
	if (stored == DB_OK)
		stored = desk_clock_request(desk, request, &out_beside->age);
	if (stored != DB_OK)
		desk_beside_clear(out_beside);
	return desk_failed(desk->store, stored, out_notice);
}

enum desk_status desk_request_history(struct desk *desk, const char *reference, const char *because,
	struct desk_history *out_history, struct notice *out_notice)
{
	struct request request;
	enum desk_status status;
	enum db_status stored;

	*out_history = (struct desk_history) { 0 };
	status = desk_request_look(desk,
		&(struct desk_look) {
			DEED_REQUEST_HISTORY, EVENT_HISTORY_SHOWN, reference, because },
		&request, out_notice);
	if (status != DESK_OK)
		return status;
	request_clear(&request);
	stored = events_list(desk->store, reference, &out_history->events, &out_history->count);
	return desk_failed(desk->store, stored, out_notice);
}

enum desk_status desk_queue_counts(
	struct desk *desk, int64_t out_counts[DESK_QUEUES], struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_REQUEST_LIST, NULL, out_notice);

	if (status != DESK_OK)
		return status;
	return desk_failed(
		desk->store, queue_counts(desk->store, desk->person.id, out_counts), out_notice);
}

enum desk_status desk_queue(struct desk *desk, const struct desk_queue_page *page,
	struct request_row **out_rows, size_t *out_count, struct notice *out_notice)
{
	struct queue_page wanted = { .queue = page->queue,
		.person = desk->person.id,
		.after = page->after,
		.backwards = page->backwards,
		.limit = page->limit };
	struct desk_clock clock;
	enum desk_status status = desk_allow(desk, DEED_REQUEST_LIST, NULL, out_notice);
	enum db_status stored;

	*out_rows = NULL;
	*out_count = 0;
	if (status != DESK_OK)
		return status;
	*out_rows = mem_new(page->limit, sizeof(**out_rows));
	stored = desk_clock_load(desk, &clock);
	if (stored == DB_OK)
		stored = queue_page(desk->store, &wanted, *out_rows, out_count);
	for (size_t i = 0; stored == DB_OK && i < *out_count; i++) {
		desk_mask_row(desk, &(*out_rows)[i]);
		desk_clock_row(&clock, &(*out_rows)[i]);
	}
	desk_clock_clear(&clock);
	if (stored == DB_OK)
		return DESK_OK;
	mem_free(*out_rows);
	*out_rows = NULL;
	return desk_failed(desk->store, stored, out_notice);
}

enum desk_status desk_organisations(struct desk *desk, const char *prefix,
	struct organisation **out_organisations, size_t *out_count, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_SERVICE_LIST, NULL, out_notice);
	struct buffer folded;

	if (status != DESK_OK)
		return status;
	buffer_init(&folded);
	text_fold(prefix, &folded);
	status = desk_failed(desk->store,
		organisations_find(
			desk->store, buffer_text(&folded), 20, out_organisations, out_count),
		out_notice);
	buffer_done(&folded);
	return status;
}

void desk_officers_clear(struct desk_officers *officers)
{
	officers_clear(officers->officers, officers->count);
	mem_free(officers->officers);
	*officers = (struct desk_officers) { 0 };
}

enum desk_status desk_officers(struct desk *desk, const char *organisation, const char *prefix,
	struct desk_officers *out_officers, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_REQUEST_ADD, NULL, out_notice);

	*out_officers = (struct desk_officers) { 0 };
	if (status != DESK_OK)
		return status;
	return desk_failed(desk->store,
		officers_find(desk->store, organisation, prefix, &out_officers->officers,
			&out_officers->count),
		out_notice);
}
