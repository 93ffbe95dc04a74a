/*
 * The table of the checks and how it is read: which apply, what they advise
 * together, whether a request may be accepted. The checks themselves are in
 * rules_form.c, rules_person.c and rules_service.c.
 */
#include "core/rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/codes.h"
#include "core/rules_private.h"

/* clang-format off */

#define COUNTERSIGNED_SERVICES "police nca home_office"

static const struct rule rules[] = {
	{ "service_open", "", ADVICE_REJECT, false, check_service_open,
	  "NBO register: the services and the dates between which each is accepted" },
	{ "requester_complete", COUNTERSIGNED_SERVICES, ADVICE_QUERY, false, check_required,
	  "Practice of UK bodies that answer DPA 2018 Sch 2 Pt 1 para 2 forms" },
	{ "requester_email_secure", "", ADVICE_QUERY, false, check_email_secure,
	  "NHS secure e-mail standard DCB1596; the domains are listed in the rulebook" },
	{ "requester_identity_checked", "", ADVICE_QUERY, false, check_identity,
	  "UK GDPR Art 5(1)(f): the sender is confirmed apart from the form" },
	{ "purpose_accepted", "", ADVICE_REJECT, true, check_purpose,
	  "NBO register: the legislation and the bodies that the Tracing Service answers" },
	{ "legal_basis_accepted", "", ADVICE_REJECT, false, check_legal_basis,
	  "DPA 2018 Sch 2 Pt 1 para 2 (before 25 May 2018: DPA 1998 s29); Criminal Appeal Act 1995 s17;"
	  " Coroners and Justice Act 2009 Sch 5 para 1; the order of a court" },
	{ "necessity_stated", COUNTERSIGNED_SERVICES, ADVICE_QUERY, false, check_necessity,
	  "DPA 2018 Sch 2 Pt 1 para 2: only so far as not disclosing would prejudice the purpose" },
	{ "countersigner_present", COUNTERSIGNED_SERVICES, ADVICE_QUERY, false, check_required,
	  "NBO register: countersigned by a police officer of sufficient seniority" },
	{ "countersigner_not_requester", COUNTERSIGNED_SERVICES, ADVICE_REJECT, false,
	  check_not_requester,
	  "NBO register: a countersignature; practice of other UK bodies: by a second officer" },
	{ "countersigner_senior_enough", COUNTERSIGNED_SERVICES, ADVICE_QUERY, false,
	  check_senior_enough,
	  "NBO register: sufficient seniority; practice of other UK bodies: Inspector or above" },
	{ "countersigner_senior_to_requester", COUNTERSIGNED_SERVICES, ADVICE_QUERY, false,
	  check_senior_to_requester,
	  "Practice of other UK bodies: the countersigner is senior to the requester" },
	{ "signed_and_dated", COUNTERSIGNED_SERVICES, ADVICE_QUERY, false, check_required,
	  "Practice of other UK bodies: both sign and date" },
	{ "signatures_in_order", COUNTERSIGNED_SERVICES, ADVICE_QUERY, false,
	  check_signatures_in_order,
	  "Practice of other UK bodies: both sign and date, the countersigner last" },
	{ "subject_identified", "", ADVICE_QUERY, false, check_subject_identified,
	  "PDS tracing: an NHS number, or surname and birth date, at least" },
	{ "nhs_number_valid", "", ADVICE_QUERY, false, check_nhs_number,
	  "NHS Data Dictionary, NHS NUMBER: modulus 11 check digit and allocated ranges" },
	{ "items_administrative", "", ADVICE_REJECT, false, check_items,
	  "NBO Tracing Service: administrative data only, never clinical; next of kin: Coroners and"
	  " Justice Act 2009 Sch 5 para 1" },
	{ "court_order_complete", "court_order", ADVICE_QUERY, false, check_court_order,
	  "Family Law Act 1986 s33; Children Act 1989 s50; Child Abduction and Custody Act 1985 s24A" },
	{ "recipient_allowed", "court_order", ADVICE_REJECT, false, check_recipient,
	  "Family Law Act 1986 s33; Children Act 1989 s50; Child Abduction and Custody Act 1985 s24A" },
	{ "warrant_reference_present", "nca", ADVICE_QUERY, false, check_required,
	  "Extradition Act 2003 Pt 1: European Arrest Warrant; from 1 January 2021 UK-EU Trade and"
	  " Cooperation Agreement Pt 3 Title VII" },
	{ "welfare_panel_agreed", "home_office", ADVICE_REJECT, false, check_welfare_panel,
	  "Memorandum of understanding with the Home Office, withdrawn 9 November 2018: only the welfare"
	  " of a missing person, agreed by the Welfare Assessment Panel" },
	{ "not_speculative", "", ADVICE_REJECT, true, check_not_speculative,
	  "UK GDPR Art 5(1)(c), data minimisation: no speculative trawling" },
	{ "possible_duplicate", "", ADVICE_NONE, false, check_duplicate,
	  "Good practice: one receipt for one request" },
};

#define RESULT_CODE(constant, code) [constant] = code,
static const char *const result_codes[] = { RULE_RESULTS(RESULT_CODE) };
static const char *const advice_codes[] = { NULL, "accept", "query", "reject" };

/* clang-format on */

_Static_assert(sizeof(rules) / sizeof(rules[0]) == RULE_COUNT, "RULE_COUNT is the table's length");

const char *rule_result_code(enum rule_result result)
{
	return result_codes[result];
}

const char *rule_advice_code(enum rule_advice advice)
{
	return advice_codes[advice];
}

const struct rule *rule_at(size_t index)
{
	return &rules[index];
}

const struct rule *rule_find(const char *code)
{
	for (size_t i = 0; i < RULE_COUNT; i++)
		if (strcmp(rules[i].code, code) == 0)
			return &rules[i];
	return NULL;
}

/* Blanks at the ends do not count, so "- " is a "-" too. */
enum entry entry_of(const char *text)
{
	static const char blanks[] = " \t\r\n";
	size_t left = strspn(text, blanks);

	if (text[left] == '\0')
		return ENTRY_EMPTY;
	if (text[left] == '-' && text[left + 1 + strspn(text + left + 1, blanks)] == '\0')
		return ENTRY_ABSENT;
	return ENTRY_GIVEN;
}

enum entry entry_of_day(const char *text)
{
	enum entry entry = entry_of(text);

	return entry == ENTRY_GIVEN && !day_is_valid(text) ? ENTRY_EMPTY : entry;
}

const char *input_field(const struct rules_input *input, enum request_field field)
{
	return input->request->field[field];
}

const char *input_day(const struct rules_input *input)
{
	const char *received = input_field(input, FIELD_RECEIVED);

	return day_is_valid(received) ? received : input->today;
}

int input_judged(const struct rules_input *input, const struct finding *finding)
{
	for (size_t i = input->judgement_count; i > 0; i--)
		if (strcmp(input->judgements[i - 1].rule, finding->rule->code) == 0)
			return input->judgements[i - 1].holds;
	return -1;
}

const char *rules_label(const char *set, const char *code, const char *otherwise)
{
	const char *label = code_label(code_set_find(set), code);

	return label ? label : otherwise;
}

static void __attribute__((format(printf, 2, 0)))
sentence_add(struct finding *finding, const char *format, va_list arguments)
{
	size_t used = strlen(finding->sentence);

	vsnprintf(finding->sentence + used, sizeof(finding->sentence) - used, format, arguments);
}

void finding_set(struct finding *finding, enum rule_result result, const char *format, ...)
{
	va_list arguments;

	finding->result = result;
	finding->sentence[0] = '\0';
	va_start(arguments, format);
	sentence_add(finding, format, arguments);
	va_end(arguments);
}

void finding_wait(struct finding *finding, const char *format, ...)
{
	va_list arguments;

	finding->result = RULE_WARN;
	finding->waits = true;
	finding->sentence[0] = '\0';
	va_start(arguments, format);
	sentence_add(finding, format, arguments);
	va_end(arguments);
}

void finding_add(struct finding *finding, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	sentence_add(finding, format, arguments);
	va_end(arguments);
}

void finding_add_word(struct finding *finding, const char *word, size_t index, size_t count)
{
	const char *before = index == 0 ? "" : index + 1 == count ? " and " : ", ";

	finding_add(finding, "%s%s", before, word);
}

static void words_add(const char **words, size_t *count, const char *word)
{
	if (*count < GAPS_MOST)
		words[(*count)++] = word;
}

void gaps_add(struct gaps *gaps, enum entry entry, const char *words)
{
	switch (entry) {
	case ENTRY_GIVEN:
		words_add(gaps->given, &gaps->given_count, words);
		break;
	case ENTRY_EMPTY:
		words_add(gaps->empty, &gaps->empty_count, words);
		break;
	case ENTRY_ABSENT:
		words_add(gaps->absent, &gaps->absent_count, words);
		break;
	}
}

void finding_add_words(struct finding *finding, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		finding_add_word(finding, words[i], i, count);
	finding_add(finding, ".");
}

bool finding_set_gaps(struct finding *finding, const struct gaps *gaps)
{
	if (gaps->absent_count == 0 && gaps->empty_count == 0)
		return false;
	finding_set(finding, gaps->absent_count > 0 ? RULE_FAIL : RULE_WARN, "%s", "");
	finding->waits = gaps->empty_count > 0;
	if (gaps->absent_count > 0) {
		finding_add(finding, "Missing from the form: ");
		finding_add_words(finding, gaps->absent, gaps->absent_count);
	}
	if (gaps->empty_count > 0) {
		finding_add(finding, "%sNot entered yet: ", gaps->absent_count > 0 ? " " : "");
		finding_add_words(finding, gaps->empty, gaps->empty_count);
	}
	return true;
}

static bool rule_applies(const struct rule *rule, const char *service)
{
	const char *at = rule->services;
	size_t size = strlen(service);

	if (*at == '\0')
		return true;
	while (*at != '\0') {
		size_t length = strcspn(at, " ");

		if (length == size && memcmp(at, service, size) == 0)
			return true;
		at += length;
		at += strspn(at, " ");
	}
	return false;
}

static bool rule_is_excepted(const struct rules_input *input, const struct rule *rule)
{
	for (size_t i = 0; i < input->exception_count; i++)
		if (strcmp(input->exceptions[i], rule->code) == 0)
			return true;
	return false;
}

void rules_check(const struct rules_input *input, struct finding out_findings[RULE_COUNT])
{
	const char *service = input_field(input, FIELD_SERVICE);

	for (size_t i = 0; i < RULE_COUNT; i++) {
		struct finding *finding = &out_findings[i];

		*finding = (struct finding) { .rule = &rules[i] };
		finding->is_excepted = rule_is_excepted(input, &rules[i]);
		finding_set(finding, RULE_NOT_APPLICABLE, RULES_NOT_ASKED);
		if (rule_applies(&rules[i], service))
			rules[i].check(input, finding);
	}
}

static bool finding_is_failed(const struct finding *finding)
{
	return finding->result == RULE_FAIL && !finding->is_excepted;
}

enum rule_advice rules_advice(const struct finding findings[RULE_COUNT])
{
	enum rule_advice advice = ADVICE_ACCEPT;

	for (size_t i = 0; i < RULE_COUNT; i++) {
		if (finding_is_failed(&findings[i]) && findings[i].rule->advice == ADVICE_REJECT)
			return ADVICE_REJECT;
		if (finding_is_failed(&findings[i]) || findings[i].result == RULE_WARN)
			advice = ADVICE_QUERY;
	}
	return advice;
}

static bool finding_is_open(const struct finding *finding)
{
	return finding->result == RULE_OPEN;
}

static bool finding_is_waiting(const struct finding *finding)
{
	return finding->waits;
}

static bool finding_is_excepted_in_vain(const struct finding *finding)
{
	return finding->is_excepted && finding->result != RULE_FAIL;
}

struct obstacle {
	bool (*is_met)(const struct finding *finding);
	const char *one;
	const char *several;
};

static void why_add(char why[RULES_WHY_SIZE], const char *text)
{
	size_t used = strlen(why);

	snprintf(why + used, RULES_WHY_SIZE - used, "%s", text);
}

/* "2 checks fail (A, B)"; true when there is none. */
static bool obstacle_is_absent(const struct obstacle *obstacle,
	const struct finding findings[RULE_COUNT], char why[RULES_WHY_SIZE])
{
	char head[64];
	size_t count = 0;
	const char *before = " (";

	for (size_t i = 0; i < RULE_COUNT; i++)
		count += obstacle->is_met(&findings[i]);
	if (count == 0)
		return true;
	snprintf(head, sizeof(head), "%s%zu %s", why[0] ? "; " : "", count,
		count == 1 ? obstacle->one : obstacle->several);
	why_add(why, head);
	for (size_t i = 0; i < RULE_COUNT; i++) {
		if (!obstacle->is_met(&findings[i]))
			continue;
		why_add(why, before);
		why_add(why, findings[i].rule->code);
		before = ", ";
	}
	why_add(why, ")");
	return false;
}

static const struct obstacle obstacle_failed = { finding_is_failed, "check fails", "checks fail" };
static const struct obstacle obstacle_waiting = { finding_is_waiting,
	"waits for what is not entered or pending", "wait for what is not entered or pending" };
static const struct obstacle obstacle_open = { finding_is_open, "is yours to judge",
	"are yours to judge" };
static const struct obstacle obstacle_in_vain = { finding_is_excepted_in_vain,
	"exception is for a check that does not fail",
	"exceptions are for checks that do not fail" };

bool rules_may_accept(const struct finding findings[RULE_COUNT], char out_why[RULES_WHY_SIZE])
{
	bool may = true;

	out_why[0] = '\0';
	may = obstacle_is_absent(&obstacle_failed, findings, out_why) && may;
	may = obstacle_is_absent(&obstacle_waiting, findings, out_why) && may;
	may = obstacle_is_absent(&obstacle_open, findings, out_why) && may;
	return may;
}

bool rules_may_stand(const struct finding findings[RULE_COUNT])
{
	for (size_t i = 0; i < RULE_COUNT; i++)
		if (finding_is_failed(&findings[i]) || finding_is_open(&findings[i]))
			return false;
	return true;
}

bool rules_may_except(const struct finding findings[RULE_COUNT], char out_why[RULES_WHY_SIZE])
{
	bool may = rules_may_accept(findings, out_why);
	bool is_any = false;

	for (size_t i = 0; i < RULE_COUNT; i++)
		is_any = is_any || findings[i].is_excepted;
	if (!is_any) {
		why_add(out_why, out_why[0] ? "; no exception is named" : "no exception is named");
		return false;
	}
	return obstacle_is_absent(&obstacle_in_vain, findings, out_why) && may;
}
