/*
 * The checks of what the form says: required columns, purpose, legal basis,
 * necessity, subjects, items asked for, duplicates.
 */
#include <string.h>

#include "core/nhs_number.h"
#include "core/rules_private.h"
#include "core/text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* clang-format off */

/* How a sentence names a column that the rulebook can require. */
#define REQUIRED_WORDS(X) \
	X(requester_reference, FIELD_REQUESTER_REFERENCE, "the requester's reference") \
	X(organisation, FIELD_ORGANISATION, "the organisation") \
	X(requester_name, FIELD_REQUESTER_NAME, "the requester's name") \
	X(requester_rank, FIELD_REQUESTER_RANK, "the requester's rank") \
	X(requester_number, FIELD_REQUESTER_NUMBER, "the requester's number") \
	X(requester_email, FIELD_REQUESTER_EMAIL, "the requester's e-mail address") \
	X(requester_telephone, FIELD_REQUESTER_TELEPHONE, "the requester's telephone number") \
	X(requester_address, FIELD_REQUESTER_ADDRESS, "the requester's address") \
	X(requester_station, FIELD_REQUESTER_STATION, "the requester's station") \
	X(requester_signed, FIELD_REQUESTER_SIGNED, "the day the requester signed") \
	X(countersigner_name, FIELD_COUNTERSIGNER_NAME, "the countersigner's name") \
	X(countersigner_rank, FIELD_COUNTERSIGNER_RANK, "the countersigner's rank") \
	X(countersigner_number, FIELD_COUNTERSIGNER_NUMBER, "the countersigner's number") \
	X(countersigner_organisation, FIELD_COUNTERSIGNER_ORGANISATION, "the countersigner's organisation") \
	X(countersigned, FIELD_COUNTERSIGNED, "the day of the countersignature") \
	X(offence, FIELD_OFFENCE, "the offence") \
	X(subject_role, FIELD_SUBJECT_ROLE, "the subject's role") \
	X(court, FIELD_COURT, "the court") \
	X(court_case, FIELD_COURT_CASE, "the case number") \
	X(court_order_kind, FIELD_COURT_ORDER_KIND, "the kind of order") \
	X(court_order_date, FIELD_COURT_ORDER_DATE, "the day the order was made") \
	X(warrant_reference, FIELD_WARRANT_REFERENCE, "the warrant reference") \
	X(return_route, FIELD_RETURN_ROUTE, "how to return the answer")

#define REQUIRED_ROW(column, field, words) { #column, field, words },
static const struct required {
	const char *column;
	enum request_field field;
	const char *words;
} required[] = { REQUIRED_WORDS(REQUIRED_ROW) };

/* clang-format on */

static const struct required *required_find(const char *column)
{
	for (size_t i = 0; i < COUNT(required); i++)
		if (strcmp(required[i].column, column) == 0)
			return &required[i];
	return NULL;
}

bool rules_may_require(const char *column)
{
	return required_find(column) != NULL;
}

void gaps_add_required(
	struct gaps *gaps, const struct rules_input *input, const struct finding *finding)
{
	const struct rulebook_row *row = NULL;

	while ((row = rulebook_next(input->rulebook, RULEBOOK_REQUIRED, finding->rule->code,
			input_day(input), row)) != NULL) {
		const struct required *found = required_find(row->value);

		if (found)
			gaps_add(gaps, entry_of(input_field(input, found->field)), found->words);
	}
}

void check_required(const struct rules_input *input, struct finding *finding)
{
	struct gaps gaps = { 0 };

	gaps_add_required(&gaps, input, finding);
	if (finding_set_gaps(finding, &gaps))
		return;
	finding_set(finding, RULE_PASS, "%s",
		gaps.given_count > 0 ? "Given: " : "Nothing is asked for");
	finding_add_words(finding, gaps.given, gaps.given_count);
}

/* What the service accepts, as "A and B". */
static void finding_add_accepted(struct finding *finding, const struct rules_input *input,
	enum rulebook_kind kind, const char *set)
{
	const char *service = input_field(input, FIELD_SERVICE);
	const struct rulebook_row *row = NULL;
	size_t count = 0, index = 0;

	while ((row = rulebook_next(input->rulebook, kind, service, input_day(input), row)))
		count++;
	finding_add(finding, "%s", count > 0 ? "; it accepts " : "; it accepts none");
	while ((row = rulebook_next(input->rulebook, kind, service, input_day(input), row)))
		finding_add_word(finding, rules_label(set, row->value, row->value), index++, count);
	finding_add(finding, ".");
}

/* Is the code of a field among what the service accepts? False: the finding is set. */
static bool code_is_accepted(const struct rules_input *input, struct finding *finding,
	enum request_field field, enum rulebook_kind kind)
{
	const char *set = kind == RULEBOOK_PURPOSE ? "purpose" : "legal_basis";
	const char *words = kind == RULEBOOK_PURPOSE ? "the purpose" : "the legal basis";
	const char *code = input_field(input, field);
	struct gaps gaps = { 0 };

	gaps_add(&gaps, entry_of(code), words);
	if (finding_set_gaps(finding, &gaps))
		return false;
	if (rulebook_has(input->rulebook, kind, input_field(input, FIELD_SERVICE), input_day(input),
		    code))
		return true;
	finding_set(finding, RULE_FAIL, "This service does not accept %s given", words);
	finding_add_accepted(finding, input, kind, set);
	return false;
}

void check_purpose(const struct rules_input *input, struct finding *finding)
{
	const char *purpose = rules_label("purpose", input_field(input, FIELD_PURPOSE), "another");
	int judged = input_judged(input, finding);
	bool is_accepted = code_is_accepted(input, finding, FIELD_PURPOSE, RULEBOOK_PURPOSE);

	if (judged == 0 && finding->result != RULE_FAIL) {
		finding_set(finding, RULE_FAIL,
			"The request was judged not to be for a purpose this service accepts.");
	} else if (is_accepted && judged < 0) {
		finding_set(finding, RULE_OPEN,
			"Is the request really for the purpose it names, %s? A person must judge.",
			purpose);
	} else if (is_accepted) {
		finding_set(finding, RULE_PASS,
			"The request was judged to be for the purpose it names, %s.", purpose);
	}
}

void check_legal_basis(const struct rules_input *input, struct finding *finding)
{
	if (code_is_accepted(input, finding, FIELD_LEGAL_BASIS, RULEBOOK_LEGAL_BASIS))
		finding_set(finding, RULE_PASS, "The legal basis is one this service accepts: %s.",
			rules_label(
				"legal_basis", input_field(input, FIELD_LEGAL_BASIS), "another"));
}

/* Characters without the blanks at the ends. */
static size_t length_of(const char *text)
{
	static const char blanks[] = " \t\r\n";
	size_t size, length;

	text += strspn(text, blanks);
	size = strlen(text);
	length = text_length(text);
	while (size > 0 && strchr(blanks, text[size - 1])) {
		size--;
		length--;
	}
	return length;
}

void check_necessity(const struct rules_input *input, struct finding *finding)
{
	const char *necessity = input_field(input, FIELD_NECESSITY);
	int least = rulebook_number(input->rulebook, RULEBOOK_NECESSITY_LEAST,
		input_field(input, FIELD_SERVICE), input_day(input));
	struct gaps gaps = { 0 };

	gaps_add(&gaps, entry_of(necessity), "why the information is necessary");
	if (finding_set_gaps(finding, &gaps))
		return;
	if (length_of(necessity) < (size_t)least)
		finding_set(finding, RULE_WARN,
			"Why the information is necessary is said in fewer than %d characters;"
			" please say more.",
			least);
	else
		finding_set(finding, RULE_PASS, "The form says why the information is necessary.");
}

/* The worst of several subjects counts; a failure says which it was. */
static int badness(const struct finding *finding)
{
	switch (finding->result) {
	case RULE_NOT_APPLICABLE:
		return 0;
	case RULE_PASS:
		return 1;
	case RULE_OPEN:
		return 2;
	case RULE_WARN:
		return 3;
	case RULE_FAIL:
		return 4;
	}
	return 0;
}

static void finding_take_worst(const struct rules_input *input, struct finding *finding,
	void (*check)(const struct subject *subject, struct finding *finding))
{
	size_t count = input->request->subject_count;

	for (size_t i = 0; i < count; i++) {
		struct finding one = { .rule = finding->rule, .is_excepted = finding->is_excepted };

		one.result = RULE_NOT_APPLICABLE;
		check(&input->request->subjects[i], &one);
		if (count > 1 && (one.result == RULE_FAIL || one.result == RULE_WARN))
			finding_add(&one, " (Subject %zu.)", i + 1);
		one.waits = one.waits || finding->waits;
		if (badness(&one) > badness(finding))
			*finding = one;
		finding->waits = one.waits;
	}
}

static void subject_check_identified(const struct subject *subject, struct finding *finding)
{
	enum entry number = entry_of(subject->field[FIELD_NHS_NUMBER]);
	enum entry surname = entry_of(subject->field[FIELD_SUBJECT_SURNAME]);
	enum entry born = entry_of(subject->field[FIELD_SUBJECT_DOB]);
	enum entry born_about = entry_of(subject->field[FIELD_SUBJECT_DOB_APPROX]);
	bool has_birth = born == ENTRY_GIVEN || born_about == ENTRY_GIVEN;
	struct gaps gaps = { 0 };

	if (number == ENTRY_GIVEN || (surname == ENTRY_GIVEN && has_birth)) {
		finding_set(finding, RULE_PASS,
			number == ENTRY_GIVEN ? "The subject is named by an NHS number."
					      : "The subject is named by surname and birth date.");
		return;
	}
	gaps_add(&gaps, number, "the subject's NHS number");
	gaps_add(&gaps, surname, "the subject's surname");
	if (!has_birth) {
		gaps_add(&gaps, born, "the birth date");
		gaps_add(&gaps, born_about, "the approximate birth date");
	}
	if (finding_set_gaps(finding, &gaps))
		finding_add(finding, " An NHS number is enough, or a surname and a birth date.");
}

void check_subject_identified(const struct rules_input *input, struct finding *finding)
{
	if (input->request->subject_count == 0)
		finding_wait(finding, "Not entered yet: whom the request is about.");
	else
		finding_take_worst(input, finding, subject_check_identified);
}

static const struct {
	enum nhs_number_verdict verdict;
	enum rule_result result;
	const char *sentence;
} number_verdicts[] = {
	{ NHS_NUMBER_GOOD, RULE_PASS, "The NHS number is a sound one." },
	{ NHS_NUMBER_TEST, RULE_WARN,
		"The NHS number starts with 9: such numbers are for tests, not for people." },
	{ NHS_NUMBER_OUT_OF_RANGE, RULE_WARN,
		"The NHS number is outside the ranges given out; please look it up again." },
	{ NHS_NUMBER_NOT_TEN_DIGITS, RULE_FAIL, "The NHS number does not have ten digits." },
	{ NHS_NUMBER_REPEATED, RULE_FAIL,
		"The NHS number is one digit ten times: nobody has such a number." },
	{ NHS_NUMBER_BAD_CHECK, RULE_FAIL,
		"The check digit of the NHS number is wrong; please look it up again." },
};

static void subject_check_number(const struct subject *subject, struct finding *finding)
{
	const char *number = subject->field[FIELD_NHS_NUMBER];
	enum nhs_number_verdict verdict = nhs_number_judge(number);

	if (entry_of(number) != ENTRY_GIVEN)
		return;
	for (size_t i = 0; i < COUNT(number_verdicts); i++)
		if (number_verdicts[i].verdict == verdict)
			finding_set(finding, number_verdicts[i].result, "%s",
				number_verdicts[i].sentence);
}

void check_nhs_number(const struct rules_input *input, struct finding *finding)
{
	finding_set(finding, RULE_NOT_APPLICABLE, "No NHS number is given.");
	finding_take_worst(input, finding, subject_check_number);
}

/* Copies the next item of a list parted by ; without blanks round it. False: no more. An item too
   long for a code is cut: it is none anyhow. */
static bool item_next(const char **list, char out_item[CODE_SIZE])
{
	for (;;) {
		size_t size = strcspn(*list, ";");
		const char *at = *list;

		if (*at == '\0')
			return false;
		*list += size + (at[size] == ';');
		while (size > 0 && strchr(" \t\r\n", at[size - 1]))
			size--;
		while (size > 0 && strchr(" \t\r\n", *at)) {
			at++;
			size--;
		}
		if (size == 0)
			continue;
		if (size >= CODE_SIZE)
			size = CODE_SIZE - 1;
		memcpy(out_item, at, size);
		out_item[size] = '\0';
		return true;
	}
}

static bool item_is_allowed(const struct rules_input *input, const char *item)
{
	return rulebook_has(input->rulebook, RULEBOOK_ITEM, input_field(input, FIELD_SERVICE),
		input_day(input), item);
}

void check_items(const struct rules_input *input, struct finding *finding)
{
	const char *list = input_field(input, FIELD_ITEMS);
	char item[CODE_SIZE];
	size_t foreign = 0, refused = 0;
	struct gaps gaps = { 0 };

	gaps_add(&gaps, entry_of(list), "what is asked for");
	if (finding_set_gaps(finding, &gaps))
		return;
	finding_set(finding, RULE_FAIL, "This service may not have: ");
	while (item_next(&list, item)) {
		const char *words = rules_label("item", item, NULL);

		/* Only words of ours are repeated, never what was typed. */
		if (item_is_allowed(input, item))
			continue;
		if (words)
			finding_add(finding, "%s%s", refused++ > 0 ? ", " : "", words);
		else
			foreign++;
	}
	if (foreign > 0)
		finding_add(finding, "%s%zu %s not administrative data", refused > 0 ? ", " : "",
			foreign, foreign == 1 ? "thing that is" : "things that are");
	finding_add(finding, ".");
	if (foreign + refused == 0)
		finding_set(finding, RULE_PASS, "Only administrative data is asked for.");
}

void check_not_speculative(const struct rules_input *input, struct finding *finding)
{
	int judged = input_judged(input, finding);

	if (judged < 0)
		finding_set(finding, RULE_OPEN,
			"Is it about known people and not a trawl? A person must judge.");
	else if (judged > 0)
		finding_set(finding, RULE_PASS, "The request was judged not to be a trawl.");
	else
		finding_set(finding, RULE_FAIL,
			"The request was judged to be speculative; trawls are not answered.");
}

void check_duplicate(const struct rules_input *input, struct finding *finding)
{
	enum { NAMED_MOST = 5 };
	size_t count = input->duplicate_count;
	size_t named = count > NAMED_MOST ? NAMED_MOST : count;

	if (count == 0) {
		finding_set(finding, RULE_PASS, "No other receipt looks like the same request.");
		return;
	}
	finding_set(finding, RULE_WARN, "It may be the same request as ");
	for (size_t i = 0; i < named; i++)
		finding_add_word(finding, input->duplicates[i], i, count > named ? count : named);
	if (count > named)
		finding_add(finding, " and %zu more", count - named);
	finding_add(finding, ".");
}
