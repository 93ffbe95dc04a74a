/*
 * The checks of a receipt as it stands: the rulebook in force on the day
 * received, its service, what was judged, exceptions confirmed, possible
 * duplicates.
 */
#include <string.h>

#include "core/desk_rulebook.h"
#include "core/life_private.h"
#include "core/services.h"
#include "db/services.h"

enum { LIST_MOST = 32 };

/* A list cut into parts that borrow from one copy. */
struct parts {
	struct buffer text;
	const char *part[LIST_MOST];
	size_t count;
};

static void parts_add(struct parts *parts, const char *list)
{
	if (*list)
		list_add(&parts->text, list);
}

static void parts_cut(struct parts *parts)
{
	char *rest = parts->text.text, *part;

	while (rest && parts->count < LIST_MOST && (part = strsep(&rest, ";")) != NULL)
		if (*part)
			parts->part[parts->count++] = part;
}

/* The exceptions a supervisor confirmed before. */
static enum db_status exceptions_confirmed(
	struct desk *desk, const struct request *request, struct parts *exceptions)
{
	struct decision *decisions = NULL;
	size_t count = 0;
	enum db_status status = decisions_list(desk->store, request->id, &decisions, &count);

	for (size_t i = 0; i < count; i++) {
		if (decisions[i].kind == DECISION_EXCEPTION &&
			decisions[i].result == DECISION_STANDS)
			parts_add(exceptions, decisions[i].reasons);
		decision_clear(&decisions[i]);
	}
	mem_free(decisions);
	return status;
}

static void findings_make(struct desk *desk, const struct request *request,
	struct rules_input *input, struct desk_findings *findings)
{
	struct parts duplicates = { 0 };

	parts_add(&duplicates, findings->duplicates);
	parts_cut(&duplicates);
	input->request = request;
	input->duplicates = duplicates.part;
	input->duplicate_count = duplicates.count;
	input->today = desk->today;
	rules_check(input, findings->finding);
	rules_needs(input, &findings->needs);
	findings->count = RULE_COUNT;
	findings->advice = rules_advice(findings->finding);
	findings->rules_version = input->rulebook->version;
	buffer_done(&duplicates.text);
}

static enum db_status input_judgements(struct desk *desk, const struct request *request,
	struct judgement *judgements, struct rule_judgement *out_answers, size_t *out_count)
{
	enum db_status status = judgements_list(desk->store, request->id, judgements, out_count);

	for (size_t i = 0; status == DB_OK && i < *out_count; i++)
		out_answers[i] =
			(struct rule_judgement) { judgements[i].rule, judgements[i].holds };
	return status;
}

enum db_status life_findings(struct desk *desk, const struct request *request,
	const char *exceptions, int version, struct desk_findings *out_findings)
{
	struct judgement judgements[JUDGEMENTS_MOST];
	struct rule_judgement answers[JUDGEMENTS_MOST];
	struct parts excepted = { 0 };
	struct service_list services = { 0 };
	struct rulebook rulebook = { 0 };
	struct rules_input input = { .judgements = answers };
	enum db_status status;

	*out_findings = (struct desk_findings) { 0 };
	status = desk_rulebook_load(
		desk->store, version, !state_is_final(request->state), &rulebook);
	if (status == DB_OK)
		status = services_list(desk->store, &services.rows, &services.count);
	if (status == DB_OK)
		status = input_judgements(
			desk, request, judgements, answers, &input.judgement_count);
	if (status == DB_OK)
		status = exceptions_confirmed(desk, request, &excepted);
	if (status == DB_OK)
		status = duplicates_find(
			desk->store, request, desk_seer(desk), &out_findings->duplicates);
	if (status == DB_OK) {
		parts_add(&excepted, exceptions ? exceptions : "");
		parts_cut(&excepted);
		input.service = service_find(&services, request->field[FIELD_SERVICE]);
		input.rulebook = &rulebook;
		input.exceptions = excepted.part;
		input.exception_count = excepted.count;
		findings_make(desk, request, &input, out_findings);
	}
	buffer_done(&excepted.text);
	services_clear(&services);
	desk_rulebook_clear(&rulebook);
	return status;
}

enum desk_status life_check(struct life *life, const char *exceptions)
{
	enum db_status status;

	desk_findings_clear(&life->findings);
	status = life_findings(life->desk, &life->request, exceptions, 0, &life->findings);
	return status == DB_OK ? DESK_OK : life_failed(life, status);
}

char *life_findings_text(const struct desk_findings *findings)
{
	struct buffer out;

	buffer_init(&out);
	for (size_t i = 0; i < findings->count; i++)
		buffer_print(&out, "%s%s:%s", i ? ";" : "", findings->finding[i].rule->code,
			rule_result_code(findings->finding[i].result));
	return buffer_take(&out);
}

void desk_findings_clear(struct desk_findings *findings)
{
	mem_free(findings->duplicates);
	rules_needs_clear(&findings->needs);
	*findings = (struct desk_findings) { 0 };
}
