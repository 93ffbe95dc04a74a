/*
 * What a change of the rulebook would have done to the receipts received in a
 * period: the rule that it belongs to is run twice, as it is and as it would
 * be. Only counts come out; nothing is changed.
 */
#include <stdio.h>
#include <string.h>

#include "core/desk_rulebook.h"
#include "core/filter.h"
#include "core/life_private.h"
#include "core/services.h"
#include "core/text.h"
#include "db/request_lists.h"
#include "db/services.h"

struct trial_run {
	struct desk *desk;
	const struct rule *rule;
	struct rulebook now, then;
	struct service_list services;
	struct rule_trial *trial;
};

static enum rule_result result_of(
	const struct trial_run *run, struct rules_input *input, const struct rulebook *rulebook)
{
	struct finding findings[RULE_COUNT];
	enum rule_result result = RULE_NOT_APPLICABLE;

	input->rulebook = rulebook;
	rules_check(input, findings);
	for (size_t i = 0; i < RULE_COUNT; i++)
		if (findings[i].rule == run->rule)
			result = findings[i].result;
	return result;
}

static enum db_status trial_count(struct trial_run *run, const struct request *request)
{
	struct judgement judgements[JUDGEMENTS_MOST];
	struct rule_judgement answers[JUDGEMENTS_MOST];
	struct rules_input input = { .request = request,
		.service = service_find(&run->services, request->field[FIELD_SERVICE]),
		.judgements = answers,
		.today = run->desk->today };
	bool is_final = state_is_final(request->state);
	enum rule_result now, then;
	enum db_status status =
		judgements_list(run->desk->store, request->id, judgements, &input.judgement_count);

	if (status != DB_OK)
		return status;
	for (size_t i = 0; i < input.judgement_count; i++)
		answers[i] = (struct rule_judgement) { judgements[i].rule, judgements[i].holds };
	now = result_of(run, &input, &run->now);
	then = result_of(run, &input, &run->then);
	run->trial->counts[now][then][is_final ? request->state - STATE_REJECTED + 1 : 0]++;
	run->trial->receipts++;
	if (now != then)
		run->trial->changed++;
	return DB_OK;
}

/* Those that the person may not open are left out. */
static enum db_status trial_row(void *with, struct request_row *row, const char *const values[])
{
	struct trial_run *run = with;
	struct request request;
	enum db_status status = requests_load(run->desk->store, row->reference, &request);

	(void)values;
	if (status != DB_OK)
		return status;
	if (desk_may_see(run->desk, &request))
		status = trial_count(run, &request);
	request_clear(&request);
	return status;
}

static enum db_status trial_read(
	struct trial_run *run, const struct rulebook_change *change, const struct filter *period)
{
	const struct requests_tally wanted = {
		.filter = &period->rows, .row = trial_row, .with = run
	};
	struct store *store = run->desk->store;
	enum db_status status = store_read_begin(store);

	if (status != DB_OK)
		return status;
	status = desk_rulebook_load(store, 0, false, &run->now);
	if (status == DB_OK)
		status = services_list(store, &run->services.rows, &run->services.count);
	if (status == DB_OK) {
		rulebook_try(&run->now, change, &run->then);
		status = requests_tally(store, &wanted);
	}
	store_read_end(store);
	services_clear(&run->services);
	desk_rulebook_clear(&run->now);
	desk_rulebook_clear(&run->then);
	return status;
}

static enum db_status trial_write(
	struct desk *desk, const struct rulebook_change *change, const char *period)
{
	const struct event_detail details[] = {
		{ "kind", rulebook_kind_code(change->kind) },
		{ "scope", change->scope },
		{ "value", change->value },
		{ "remove", change->remove ? "yes" : "no" },
		{ "period", period },
	};
	const struct desk_event event = { EVENT_RULE_TRIED, NULL, details,
		sizeof(details) / sizeof(details[0]) };

	return desk_event_alone(desk, &event);
}

static enum desk_status period_read(
	const char *period, struct filter *filter, struct notice *notice)
{
	char why[FILTER_WHY_SIZE], word[64];

	(void)snprintf(word, sizeof(word), "received:%.50s", period);
	filter_init(filter);
	if (filter_add(filter, word, why))
		return DESK_OK;
	filter_clear(filter);
	return notice_set(notice, DESK_USAGE,
		"rule try: \"%.*s\" is no period; write YYYY-MM, YYYY or YYYY-MM..YYYY-MM",
		text_start(period, 50), period);
}

enum desk_status desk_rule_try(struct desk *desk, const struct rulebook_change *change,
	const char *period, struct rule_trial *out_trial, struct notice *out_notice)
{
	struct trial_run run = { .desk = desk, .trial = out_trial };
	struct filter filter;
	enum desk_status status = desk_allow(desk, DEED_RULE_TRY, NULL, out_notice);
	enum db_status stored;
	char why[512];

	*out_trial = (struct rule_trial) { 0 };
	if (status != DESK_OK)
		return status;
	if (!rulebook_change_check(change, why, sizeof(why)))
		return notice_set(out_notice, DESK_USAGE, "rule try: %s", why);
	status = period_read(period, &filter, out_notice);
	if (status != DESK_OK)
		return status;
	run.rule = rulebook_kind_rule(change->kind, change->scope);
	stored = trial_write(desk, change, period);
	if (stored == DB_OK)
		stored = trial_read(&run, change, &filter);
	filter_clear(&filter);
	return desk_failed(desk->store, stored, out_notice);
}
