/*
 * Which fields the checks wait for, found by trying: where a "-" in an empty
 * field makes a check that waits say something else, the field is what it waits
 * for. So the checks alone say what they read.
 */
#include <string.h>

#include "core/rules_private.h"

/* Either would do instead of surname and birth date: neither is needed for itself. */
static bool is_instead(int field)
{
	return field == FIELD_NHS_NUMBER || field == FIELD_SUBJECT_DOB_APPROX;
}

/* Is the field of the copy, which the input reads, one that a check waits for? */
static bool field_is_needed(const struct rules_input *input, const struct finding *findings,
	char **field, struct rules_needs *needs)
{
	char dash[] = "-";
	char *was = *field;
	bool is_needed = false;

	if (entry_of(was) != ENTRY_EMPTY)
		return false;
	*field = dash;
	for (size_t i = 0; i < RULE_COUNT; i++) {
		struct finding tried = { .rule = findings[i].rule };

		if (!findings[i].waits)
			continue;
		findings[i].rule->check(input, &tried);
		if (strcmp(tried.sentence, findings[i].sentence) != 0)
			is_needed = needs->tells[i] = true;
	}
	*field = was;
	return is_needed;
}

/* Each subject is tried as if it were the only one: no check holds one against another, and what
   one waits for must not hide behind a worse one. */
static void subject_needs(const struct rules_input *input, const struct finding *findings,
	size_t index, struct rules_needs *needs)
{
	struct request alone = *input->request;
	struct rules_input tried = *input;
	struct finding own[RULE_COUNT];

	alone.subjects += index;
	alone.subject_count = 1;
	tried.request = &alone;
	for (size_t i = 0; i < RULE_COUNT; i++) {
		own[i] = (struct finding) { .rule = findings[i].rule };
		if (findings[i].waits)
			own[i].rule->check(&tried, &own[i]);
	}
	for (int i = 0; i < SUBJECT_FIELD_COUNT; i++)
		needs->subjects[index].field[i] =
			!is_instead(i) &&
			field_is_needed(&tried, own, &alone.subjects->field[i], needs);
}

void rules_needs(const struct rules_input *input, struct rules_needs *out_needs)
{
	struct finding findings[RULE_COUNT];
	char nothing[] = "";
	struct request copy = *input->request;
	struct rules_input tried = *input;
	size_t subjects = copy.subject_count > 0 ? copy.subject_count : 1;

	*out_needs = (struct rules_needs) { .subject_count = subjects };
	out_needs->subjects = mem_new(subjects, sizeof(*out_needs->subjects));
	copy.subjects = mem_new(subjects, sizeof(*copy.subjects));
	for (size_t i = 0; i < SUBJECT_FIELD_COUNT; i++)
		copy.subjects[0].field[i] = nothing;
	for (size_t i = 0; i < copy.subject_count; i++)
		copy.subjects[i] = input->request->subjects[i];
	copy.subject_count = subjects;
	tried.request = &copy;
	rules_check(&tried, findings);
	for (size_t i = 0; i < REQUEST_INTAKE_COUNT; i++)
		out_needs->field[i] = field_is_needed(&tried, findings, &copy.field[i], out_needs);
	for (size_t i = 0; i < subjects; i++)
		subject_needs(&tried, findings, i, out_needs);
	mem_free(copy.subjects);
}

void rules_needs_clear(struct rules_needs *needs)
{
	mem_free(needs->subjects);
	*needs = (struct rules_needs) { 0 };
}
