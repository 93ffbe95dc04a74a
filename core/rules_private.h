/*
 * What the files of the checks share: the check functions that the table in
 * rules.c names, and how a check reads a field and writes its finding.
 */
#ifndef TRACEDESK_CORE_RULES_PRIVATE_H
#define TRACEDESK_CORE_RULES_PRIVATE_H

#include "core/rules.h"

/* How a field stands: something, "" (not entered yet), "-" (not on the form). */
enum entry { ENTRY_GIVEN, ENTRY_EMPTY, ENTRY_ABSENT };
enum entry entry_of(const char *text);
/* Something that is no day counts as not entered. */
enum entry entry_of_day(const char *text);

const char *input_field(const struct rules_input *input, enum request_field field);
/* The day received, or today while it is not entered. */
const char *input_day(const struct rules_input *input);
/* -1 not judged yet, else whether the rule holds. */
int input_judged(const struct rules_input *input, const struct finding *finding);
/* What people see for a code of a set; otherwise when the set does not have it. */
const char *rules_label(const char *set, const char *code, const char *otherwise);

void finding_set(struct finding *finding, enum rule_result result, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* A warning that keeps the request from being accepted. */
void finding_wait(struct finding *finding, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Goes on with the sentence. finding_set and _add leave waits as it is. */
void finding_add(struct finding *finding, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Adds "A, B and C": index counts the words added so far, count is how many there will be. */
void finding_add_word(struct finding *finding, const char *word, size_t index, size_t count);
/* Adds all of them and a full stop. */
void finding_add_words(struct finding *finding, const char *const *words, size_t count);

/* What a check finds and misses, in words. */
enum { GAPS_MOST = 12 };
struct gaps {
	const char *given[GAPS_MOST];
	size_t given_count;
	const char *absent[GAPS_MOST];
	size_t absent_count;
	const char *empty[GAPS_MOST];
	size_t empty_count;
};
void gaps_add(struct gaps *gaps, enum entry entry, const char *words);
/* One absent: fail; else one empty: a warning that waits; false: nothing is missing. */
bool finding_set_gaps(struct finding *finding, const struct gaps *gaps);

/* rules_form.c */
rule_check check_required;
rule_check check_purpose;
rule_check check_legal_basis;
rule_check check_necessity;
rule_check check_subject_identified;
rule_check check_nhs_number;
rule_check check_items;
rule_check check_not_speculative;
rule_check check_duplicate;

/* Adds the columns that the rulebook requires for the rule of the finding. */
void gaps_add_required(
	struct gaps *gaps, const struct rules_input *input, const struct finding *finding);

/* rules_person.c */
rule_check check_email_secure;
rule_check check_identity;
rule_check check_not_requester;
rule_check check_senior_enough;
rule_check check_senior_to_requester;
rule_check check_signatures_in_order;

/* rules_service.c */
rule_check check_service_open;
rule_check check_court_order;
rule_check check_recipient;
rule_check check_welfare_panel;

#endif
