/*
 * The checks of who asks and who countersigns: the sender's address and
 * identity, two different people, their ranks, their signatures.
 */
#include <string.h>

#include "core/calendar.h"
#include "core/email.h"
#include "core/rules_private.h"
#include "core/seniority.h"
#include "core/text.h"

void check_email_secure(const struct rules_input *input, struct finding *finding)
{
	const char *email = input_field(input, FIELD_REQUESTER_EMAIL);
	const struct rulebook_row *row;
	char domain[EMAIL_DOMAIN_SIZE];

	if (entry_of(email) != ENTRY_GIVEN) {
		finding_set(finding, RULE_NOT_APPLICABLE, "No e-mail address is given.");
		return;
	}
	if (!email_read_domain(email, domain)) {
		finding_set(finding, RULE_FAIL,
			"The requester's e-mail address is not written as one plain address.");
		return;
	}
	row = email_secure_row(
		input->rulebook, input_field(input, FIELD_SERVICE), input_day(input), domain);
	if (row)
		finding_set(finding, RULE_PASS,
			"The requester's e-mail address is on a secure domain (%s).", row->value);
	else
		finding_set(finding, RULE_FAIL,
			"The requester's e-mail address is not on a secure domain, such as "
			"police.uk.");
}

void check_identity(const struct rules_input *input, struct finding *finding)
{
	const char *checked = input_field(input, FIELD_IDENTITY_CHECKED);

	if (entry_of(checked) == ENTRY_EMPTY)
		finding_wait(finding, "Not entered yet: how it was checked who the sender is.");
	else if (entry_of(checked) == ENTRY_ABSENT || strcmp(checked, "no") == 0)
		finding_set(finding, RULE_FAIL,
			"Who the sender is was not checked apart from the form.");
	else
		finding_set(
			finding, RULE_PASS, "Who the sender is was checked apart from the form.");
}

/* Blanks, dots and case say nothing in a number. */
static bool number_is_same(const char *a, const char *b)
{
	static const char passed[] = " .\t\r\n";

	for (;;) {
		char x, y;

		a += strspn(a, passed);
		b += strspn(b, passed);
		x = (char)(*a >= 'A' && *a <= 'Z' ? *a - 'A' + 'a' : *a);
		y = (char)(*b >= 'A' && *b <= 'Z' ? *b - 'A' + 'a' : *b);
		if (x != y)
			return false;
		if (x == '\0')
			return true;
		a++;
		b++;
	}
}

static bool both_given(const char *a, const char *b)
{
	return entry_of(a) == ENTRY_GIVEN && entry_of(b) == ENTRY_GIVEN;
}

/* What is missing only warns here: other checks say that it fails, and advise to ask, while a
   failure of this one advises to reject. */
void check_not_requester(const struct rules_input *input, struct finding *finding)
{
	const char *name = input_field(input, FIELD_REQUESTER_NAME);
	const char *number = input_field(input, FIELD_REQUESTER_NUMBER);
	const char *other_name = input_field(input, FIELD_COUNTERSIGNER_NAME);
	const char *other_number = input_field(input, FIELD_COUNTERSIGNER_NUMBER);
	struct gaps gaps = { 0 };

	if (both_given(number, other_number) && number_is_same(number, other_number)) {
		finding_set(finding, RULE_FAIL,
			"The requester and the countersigner have one number; two people must"
			" sign.");
		return;
	}
	if (both_given(name, other_name) && text_is_same_name(name, other_name)) {
		finding_set(finding, RULE_FAIL,
			"The requester and the countersigner have one name; two people must sign.");
		return;
	}
	gaps_add(&gaps, entry_of(name), "the requester's name");
	gaps_add(&gaps, entry_of(number), "the requester's number");
	gaps_add(&gaps, entry_of(other_name), "the countersigner's name");
	gaps_add(&gaps, entry_of(other_number), "the countersigner's number");
	if (!finding_set_gaps(finding, &gaps)) {
		finding_set(finding, RULE_PASS,
			"The requester and the countersigner are two different people.");
		return;
	}
	finding->result = RULE_WARN;
	finding_add(finding, " Only with these can it be told that two people signed.");
}

static bool countersigner_read(const struct rules_input *input, struct seniority *out_seniority)
{
	*out_seniority = seniority_read(input_field(input, FIELD_ORGANISATION_KIND),
		input_field(input, FIELD_COUNTERSIGNER_RANK));
	return out_seniority->ladder != NULL;
}

static void finding_set_enough(struct finding *finding, const struct seniority *seniority,
	const char *needed, enum tier least)
{
	char rank[SENIORITY_WORDS_SIZE];
	const char *article;

	seniority_words(seniority, rank);
	article = seniority_article(rank);
	switch (seniority_is_enough(seniority, least)) {
	case SENIORITY_YES:
		finding_set(finding, RULE_PASS,
			"The countersigner is %s %s; %s or above is needed.", article, rank,
			needed);
		break;
	case SENIORITY_NO:
		finding_set(finding, RULE_FAIL,
			"The countersigner is %s %s; %s or above is needed.", article, rank,
			needed);
		break;
	case SENIORITY_HELD_ONLY:
		finding_set(finding, RULE_WARN,
			"The countersigner is %s %s; %s or above, and not only as acting, temporary"
			" or special, is needed.",
			article, rank, needed);
		break;
	case SENIORITY_UNKNOWN:
		break;
	}
}

void check_senior_enough(const struct rules_input *input, struct finding *finding)
{
	const char *kind = input_field(input, FIELD_ORGANISATION_KIND);
	enum tier least = tier_from(rulebook_value(input->rulebook, RULEBOOK_MINIMUM_TIER,
		input_field(input, FIELD_SERVICE), input_day(input)));
	struct gaps gaps = { 0 };
	struct seniority seniority;
	char needed[SENIORITY_WORDS_SIZE];

	if (least == TIER_NONE) {
		finding_set(finding, RULE_NOT_APPLICABLE, "This service asks for no rank.");
		return;
	}
	gaps_add(&gaps, entry_of(input_field(input, FIELD_COUNTERSIGNER_RANK)),
		"the countersigner's rank");
	gaps_add(&gaps, entry_of(kind), "the kind of organisation");
	if (finding_set_gaps(finding, &gaps))
		return;
	seniority_needed(kind, least, needed);
	if (countersigner_read(input, &seniority))
		finding_set_enough(finding, &seniority, needed, least);
	else
		finding_set(finding, RULE_WARN,
			"The countersigner's rank is none we know for this kind of organisation;"
			" please say what it equals (%s or above is needed).",
			needed);
}

static void finding_set_above(struct finding *finding, const struct seniority *countersigner,
	const struct seniority *requester)
{
	enum seniority_answer answer = seniority_is_above(countersigner, requester);
	char rank[SENIORITY_WORDS_SIZE];
	char other[SENIORITY_WORDS_SIZE];

	seniority_words(countersigner, rank);
	seniority_words(requester, other);
	switch (answer) {
	case SENIORITY_YES:
		finding_set(finding, RULE_PASS,
			"The countersigner (%s) is senior to the requester (%s).", rank, other);
		break;
	case SENIORITY_NO:
		finding_set(finding, RULE_FAIL,
			"The countersigner (%s) is not senior to the requester (%s).", rank, other);
		break;
	case SENIORITY_HELD_ONLY:
		finding_set(finding, RULE_WARN,
			"Whether the countersigner (%s) is senior to the requester (%s) hangs on an"
			" acting, temporary or special rank.",
			rank, other);
		break;
	case SENIORITY_UNKNOWN:
		break;
	}
}

void check_senior_to_requester(const struct rules_input *input, struct finding *finding)
{
	const char *kind = input_field(input, FIELD_ORGANISATION_KIND);
	const char *rank = input_field(input, FIELD_REQUESTER_RANK);
	struct gaps gaps = { 0 };
	struct seniority countersigner, requester;
	bool is_known;

	gaps_add(&gaps, entry_of(rank), "the requester's rank");
	gaps_add(&gaps, entry_of(input_field(input, FIELD_COUNTERSIGNER_RANK)),
		"the countersigner's rank");
	gaps_add(&gaps, entry_of(kind), "the kind of organisation");
	if (finding_set_gaps(finding, &gaps))
		return;
	is_known = countersigner_read(input, &countersigner);
	requester = seniority_read(kind, rank);
	if (is_known && requester.ladder != NULL)
		finding_set_above(finding, &countersigner, &requester);
	else
		finding_set(finding, RULE_WARN,
			"Who is senior cannot be told: %s rank is none we know for this kind of"
			" organisation; please say what it equals.",
			is_known ? "the requester's" : "the countersigner's");
}

/* False: the finding is set, as the days contradict one another. */
static bool signatures_are_in_order(const char *signed_on, const char *countersigned,
	const char *received, struct finding *finding)
{
	bool has_signed = entry_of_day(signed_on) == ENTRY_GIVEN;
	bool has_countersigned = entry_of_day(countersigned) == ENTRY_GIVEN;
	const char *sentence = NULL;

	if (has_signed && has_countersigned && strcmp(countersigned, signed_on) < 0)
		sentence = "The form was countersigned before the requester signed it.";
	else if (has_signed && strcmp(signed_on, received) > 0)
		sentence = "The requester's signature is dated after the day of receipt.";
	else if (has_countersigned && strcmp(countersigned, received) > 0)
		sentence = "The countersignature is dated after the day of receipt.";
	if (sentence)
		finding_set(finding, RULE_FAIL, "%s", sentence);
	return sentence == NULL;
}

void check_signatures_in_order(const struct rules_input *input, struct finding *finding)
{
	const char *signed_on = input_field(input, FIELD_REQUESTER_SIGNED);
	const char *countersigned = input_field(input, FIELD_COUNTERSIGNED);
	const char *received = input_day(input);
	int most = rulebook_number(input->rulebook, RULEBOOK_SIGNATURE_DAYS,
		input_field(input, FIELD_SERVICE), received);
	struct gaps gaps = { 0 };

	gaps_add(&gaps, entry_of_day(signed_on), "the day the requester signed");
	gaps_add(&gaps, entry_of_day(countersigned), "the day of the countersignature");
	if (!signatures_are_in_order(signed_on, countersigned, received, finding)) {
		finding->waits = gaps.empty_count > 0;
		return;
	}
	if (finding_set_gaps(finding, &gaps))
		return;
	/* The requester's is the older of the two. */
	if (most > 0 && day_number(received) - day_number(signed_on) > most)
		finding_set(finding, RULE_WARN,
			"A signature was more than %d days old when the form was received.", most);
	else
		finding_set(finding, RULE_PASS, "Signed, then countersigned, then received.");
}
