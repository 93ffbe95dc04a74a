/*
 * What was wrong with the rejected forms: rows of fields to be changed on a form
 * that was good. The reasons of a row are those checks of interface.md section 4
 * that then fail, or that a person judged to.
 */
#include "core/demo_private.h"

#include <string.h>

#include "core/calendar.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* clang-format off */
struct fault {
	const char *service;
	size_t weight; /* how often among the faults of a service */
	const char *reasons;
	struct demo_change changes[DEMO_MOST_CHANGES];
};

/* The first is by far the commonest in the register's own words. */
static const struct fault faults[] = {
	{ "police", 9, "countersigner_present;signed_and_dated", {
		TEXT(FIELD_COUNTERSIGNER_NAME, "-"), TEXT(FIELD_COUNTERSIGNER_RANK, "-"),
		TEXT(FIELD_COUNTERSIGNER_NUMBER, "-"), TEXT(FIELD_COUNTERSIGNER_ORGANISATION, "-"),
		TEXT(FIELD_COUNTERSIGNED, "-") } },
	{ "police", 8, "countersigner_senior_enough", {
		TEXT(FIELD_REQUESTER_RANK, "PC"), TEXT(FIELD_COUNTERSIGNER_RANK, "Sergeant") } },
	{ "police", 5, "countersigner_senior_enough", {
		TEXT(FIELD_REQUESTER_RANK, "DC"), TEXT(FIELD_COUNTERSIGNER_RANK, "A/Sgt") } },
	{ "police", 3, "countersigner_senior_to_requester", {
		TEXT(FIELD_REQUESTER_RANK, "DCI"), TEXT(FIELD_COUNTERSIGNER_RANK, "DI") } },
	{ "police", 2, "countersigner_not_requester;countersigner_senior_to_requester", {
		COPY(FIELD_COUNTERSIGNER_NAME, FIELD_REQUESTER_NAME),
		COPY(FIELD_COUNTERSIGNER_RANK, FIELD_REQUESTER_RANK),
		COPY(FIELD_COUNTERSIGNER_NUMBER, FIELD_REQUESTER_NUMBER) } },
	{ "police", 4, "signed_and_dated", { TEXT(FIELD_REQUESTER_SIGNED, "-") } },
	{ "police", 3, "signatures_in_order", { DAY(FIELD_COUNTERSIGNED, 1) } },
	{ "police", 3, "necessity_stated", { TEXT(FIELD_NECESSITY, "-") } },
	{ "police", 2, "items_administrative", {
		TEXT(FIELD_ITEMS, "name;address;A&E attendance, June 2020") } },
	{ "police", 2, "not_speculative", {
		TEXT(FIELD_NECESSITY, "Everyone registered at the house since 2015 is of interest."),
		TEXT(FIELD_NOTE, "Asks who else lived there; no crime is named.") } },
	{ "police", 2, "requester_email_secure;requester_identity_checked", {
		TEXT(FIELD_REQUESTER_EMAIL, "duty.desk@freemail.example"),
		TEXT(FIELD_IDENTITY_CHECKED, "no") } },
	{ "police", 2, "legal_basis_accepted;purpose_accepted", {
		TEXT(FIELD_LEGAL_BASIS, "welfare"), TEXT(FIELD_PURPOSE, "welfare"),
		TEXT(FIELD_SUBJECT_ROLE, "missing"), TEXT(FIELD_OFFENCE, "") } },
	{ "police", 2, "subject_identified", {
		SUBJECT(FIELD_SUBJECT_DOB, "-"), SUBJECT(FIELD_SUBJECT_DOB_APPROX, "-"),
		SUBJECT(FIELD_NHS_NUMBER, "-") } },
	{ "nca", 1, "warrant_reference_present", { TEXT(FIELD_WARRANT_REFERENCE, "-") } },
	{ "nca", 1, "countersigner_senior_enough", {
		TEXT(FIELD_REQUESTER_RANK, "Grade 5"), TEXT(FIELD_COUNTERSIGNER_RANK, "Grade 4") } },
	{ "court_order", 8, "court_order_complete", {
		TEXT(FIELD_SEALED_COPY_SEEN, "no"), TEXT(FIELD_NOTE, "Unsealed draft of the order.") } },
	{ "court_order", 4, "court_order_complete", { TEXT(FIELD_COURT_ORDER_DATE, "-") } },
	{ "court_order", 2, "court_order_complete", {
		TEXT(FIELD_COURT_CASE, "-"), TEXT(FIELD_REQUESTER_REFERENCE, "") } },
	{ "court_order", 6, "recipient_allowed", {
		TEXT(FIELD_COURT_ORDER_KIND, "fla1986_s33"), TEXT(FIELD_RECIPIENT, "requester"),
		TEXT(FIELD_NOTE, "The solicitors ask for the answer themselves.") } },
	{ "court_order", 3, "items_administrative", {
		TEXT(FIELD_ITEMS, "name;address;GP records since birth") } },
	{ "court_order", 3, "subject_identified", {
		SUBJECT(FIELD_SUBJECT_DOB, "-"), SUBJECT(FIELD_SUBJECT_DOB_APPROX, "-"),
		SUBJECT(FIELD_NHS_NUMBER, "-") } },
	{ "court_order", 2, "not_in_public_interest", {
		TEXT(FIELD_NOTE, "Referred to the Caldicott Guardian before the decision.") } },
	{ "court_order", 1, "other", {
		TEXT(FIELD_NOTE, "The order was discharged the day after it was made.") } },
};
/* clang-format on */

static void change_subjects(struct request *request, const struct demo_change *change)
{
	for (size_t i = 0; i < request->subject_count; i++)
		record_set(&request->subjects[i].field[change->field], change->text);
}

void demo_request_change(
	struct request *request, const struct demo_change changes[DEMO_MOST_CHANGES])
{
	int32_t received = day_number(request->field[FIELD_RECEIVED]);
	char day[DAY_SIZE];

	for (size_t i = 0; i < DEMO_MOST_CHANGES; i++) {
		const struct demo_change *change = &changes[i];

		switch (change->kind) {
		case DEMO_CHANGE_NONE:
			return;
		case DEMO_CHANGE_TEXT:
			record_set(&request->field[change->field], change->text);
			break;
		case DEMO_CHANGE_DAY:
			day_from_number(received + change->number, day);
			record_set(&request->field[change->field], day);
			break;
		case DEMO_CHANGE_COPY:
			record_set(&request->field[change->field], request->field[change->number]);
			break;
		case DEMO_CHANGE_SUBJECT:
			change_subjects(request, change);
			break;
		}
	}
}

static bool changes_field(const struct fault *fault, enum request_field field)
{
	for (size_t i = 0; i < DEMO_MOST_CHANGES && fault->changes[i].kind != DEMO_CHANGE_NONE; i++)
		if (fault->changes[i].kind == DEMO_CHANGE_TEXT &&
			fault->changes[i].field == (int)field)
			return true;
	return false;
}

/* The ranks of the rows are those of constabularies, not of the services' police. */
static bool fault_fits(const struct fault *fault, const struct request *request)
{
	if (strcmp(fault->service, request->field[FIELD_SERVICE]) != 0)
		return false;
	return strncmp(request->field[FIELD_ORGANISATION_KIND], "service_", 8) != 0 ||
	       !changes_field(fault, FIELD_REQUESTER_RANK);
}

void demo_request_spoil(struct demo_dice *dice, struct request *request)
{
	size_t weights = 0, thrown;

	for (size_t i = 0; i < COUNT(faults); i++)
		weights += fault_fits(&faults[i], request) ? faults[i].weight : 0;
	thrown = demo_roll(dice, weights);
	for (size_t i = 0; i < COUNT(faults); i++) {
		if (!fault_fits(&faults[i], request))
			continue;
		if (thrown < faults[i].weight) {
			record_set(&request->field[FIELD_REASONS], faults[i].reasons);
			demo_request_change(request, faults[i].changes);
			return;
		}
		thrown -= faults[i].weight;
	}
}
