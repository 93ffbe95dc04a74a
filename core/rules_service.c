/*
 * The checks of single services: is it open, the court's order and who may
 * have the answer, the Home Office's panel.
 */
#include <string.h>

#include "core/calendar.h"
#include "core/rules_private.h"

static bool panel_has_agreed(const struct rules_input *input)
{
	return strcmp(input_field(input, FIELD_PANEL_DECISION), "agreed") == 0;
}

static void finding_set_held(
	struct finding *finding, const struct rules_input *input, const char *held_from)
{
	char shown[64];

	day_shown(held_from, shown);
	if (panel_has_agreed(input))
		finding_set(finding, RULE_WARN,
			"The service has been under review since %s; the panel agreed to this "
			"request.",
			shown);
	else
		finding_wait(finding,
			"The service has been under review since %s; only what the panel agreed to"
			" is taken.",
			shown);
}

static bool is_before(const char *day, const char *limit)
{
	return limit[0] != '\0' && strcmp(day, limit) < 0;
}

void check_service_open(const struct rules_input *input, struct finding *finding)
{
	const struct service *service = input->service;
	const char *day = input_day(input);
	char shown[64];
	struct gaps gaps = { 0 };

	if (service == NULL) {
		gaps_add(&gaps,
			entry_of(input_field(input, FIELD_SERVICE)) == ENTRY_ABSENT ? ENTRY_ABSENT
										    : ENTRY_EMPTY,
			"the service");
		(void)finding_set_gaps(finding, &gaps);
	} else if (service->suspended) {
		finding_set(finding, RULE_FAIL, "The service is suspended: it takes no requests.");
	} else if (is_before(day, service->accepts_from)) {
		day_shown(service->accepts_from, shown);
		finding_set(
			finding, RULE_FAIL, "The service takes requests only from %s on.", shown);
	} else if (service->accepts_to[0] != '\0' && is_before(service->accepts_to, day)) {
		day_shown(service->accepts_to, shown);
		finding_set(finding, RULE_FAIL, "The service took its last requests on %s.", shown);
	} else if (service->held_from[0] != '\0' && !is_before(day, service->held_from)) {
		finding_set_held(finding, input, service->held_from);
	} else {
		finding_set(finding, RULE_PASS, "The service took requests on the day of receipt.");
	}
}

void check_court_order(const struct rules_input *input, struct finding *finding)
{
	const char *seen = input_field(input, FIELD_SEALED_COPY_SEEN);
	enum entry sealed = strcmp(seen, "no") == 0 ? ENTRY_ABSENT : entry_of(seen);
	struct gaps gaps = { 0 };

	gaps_add_required(&gaps, input, finding);
	gaps_add(&gaps, sealed, "a sealed copy of the order");
	if (!finding_set_gaps(finding, &gaps))
		finding_set(finding, RULE_PASS,
			"Court, case number, kind and day of the order are given, the seal was "
			"seen.");
}

/* "the court or a constable" of those who may have the answer. */
static void finding_add_recipients(struct finding *finding, const struct rules_input *input)
{
	const char *kind = input_field(input, FIELD_COURT_ORDER_KIND);
	const struct rulebook_row *row = NULL;
	const char *before = "";

	while ((row = rulebook_next(input->rulebook, RULEBOOK_RECIPIENT, kind, input_day(input),
			row)) != NULL) {
		finding_add(
			finding, "%s%s", before, rules_label("recipient", row->value, row->value));
		before = " or ";
	}
	finding_add(finding, "%s", before[0] ? " only." : "nobody.");
}

/* A kind of order that is missing only warns here: court_order_complete says that it fails, and
   advises to ask, while a failure of this one advises to reject. */
void check_recipient(const struct rules_input *input, struct finding *finding)
{
	const char *kind = input_field(input, FIELD_COURT_ORDER_KIND);
	const char *recipient = input_field(input, FIELD_RECIPIENT);
	struct gaps gaps = { 0 };
	bool is_kind_given = entry_of(kind) == ENTRY_GIVEN;

	gaps_add(&gaps, entry_of(recipient), "who receives the answer");
	if (finding_set_gaps(finding, &gaps))
		return;
	gaps_add(&gaps, entry_of(kind), "the kind of order");
	if (!is_kind_given) {
		(void)finding_set_gaps(finding, &gaps);
		finding->result = RULE_WARN;
		finding_add(finding, " The kind of order says who may have the answer.");
	} else if (rulebook_has(input->rulebook, RULEBOOK_RECIPIENT, kind, input_day(input),
			   recipient)) {
		finding_set(finding, RULE_PASS, "The answer goes to one who may have it.");
	} else {
		finding_set(finding, RULE_FAIL, "Under this order (%s) the answer may go to ",
			rules_label("court_order_kind", kind, "of a kind we do not know"));
		finding_add_recipients(finding, input);
	}
}

static const struct {
	const char *decision;
	enum rule_result result;
	const char *sentence;
} panel_decisions[] = {
	{ "agreed", RULE_PASS, "The Welfare Assessment Panel agreed to the request." },
	{ "refused", RULE_FAIL, "The Welfare Assessment Panel refused the request." },
};

void check_welfare_panel(const struct rules_input *input, struct finding *finding)
{
	const char *decision = input_field(input, FIELD_PANEL_DECISION);
	struct gaps gaps = { 0 };

	gaps_add(&gaps, entry_of(decision), "the Welfare Assessment Panel's decision");
	if (finding_set_gaps(finding, &gaps))
		return;
	finding_wait(finding, "The Welfare Assessment Panel has not decided yet.");
	for (size_t i = 0; i < sizeof(panel_decisions) / sizeof(panel_decisions[0]); i++) {
		if (strcmp(panel_decisions[i].decision, decision) != 0)
			continue;
		finding->waits = false;
		finding_set(finding, panel_decisions[i].result, "%s", panel_decisions[i].sentence);
	}
}
