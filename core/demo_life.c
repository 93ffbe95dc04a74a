/*
 * The demo's open receipts: each row is a form as it came, what was wrong with
 * it, who logged it and what was done with it since. None of them is decided.
 */
#include "core/demo_life.h"

#include "core/demo_private.h"

static const char *const clerks[DEMO_CLERKS] = { "casey", "chris", "sam", "sasha" };

struct row {
	struct demo_form form;
	struct demo_life life;
};

/* clang-format off */

/* What makes a form one that can be accepted or traced. */
#define CHECKED TEXT(FIELD_IDENTITY_CHECKED, "call_back")
#define ASKS(items) TEXT(FIELD_ITEMS, items)
#define TO_COURT TEXT(FIELD_COURT_ORDER_KIND, "fla1986_s33"), TEXT(FIELD_RECIPIENT, "court")
/* What is wrong with others. */
#define SERGEANT TEXT(FIELD_REQUESTER_RANK, "PC"), TEXT(FIELD_COUNTERSIGNER_RANK, "Sergeant")
#define NOBODY_COUNTERSIGNED \
	TEXT(FIELD_COUNTERSIGNER_NAME, "-"), TEXT(FIELD_COUNTERSIGNER_RANK, "-"), \
	TEXT(FIELD_COUNTERSIGNER_NUMBER, "-"), TEXT(FIELD_COUNTERSIGNER_ORGANISATION, "-"), \
	TEXT(FIELD_COUNTERSIGNED, "-")
#define NAME_ALONE \
	SUBJECT(FIELD_SUBJECT_DOB, "-"), SUBJECT(FIELD_SUBJECT_DOB_APPROX, "-"), \
	SUBJECT(FIELD_NHS_NUMBER, "-")
/* Two forms about one person. */
#define ONE_PERSON \
	SUBJECT(FIELD_SUBJECT_SURNAME, "Ravenscroft"), SUBJECT(FIELD_SUBJECT_FORENAMES, "Tobias"), \
	SUBJECT(FIELD_SUBJECT_ALIASES, ""), SUBJECT(FIELD_SUBJECT_SEX, "male"), \
	SUBJECT(FIELD_SUBJECT_DOB, "1984-06-11"), SUBJECT(FIELD_SUBJECT_DOB_APPROX, ""), \
	SUBJECT(FIELD_NHS_NUMBER, "")

#define STEP(clerk, move, what, text) { DEMO_##clerk, MOVE_##move, what, text, NULL }
#define ASSIGN(clerk, name) STEP(clerk, ASSIGN, name, NULL)
#define JUDGED(clerk) \
	STEP(clerk, JUDGE, "purpose_accepted", NULL), STEP(clerk, JUDGE, "not_speculative", NULL)
#define ACCEPT(clerk) STEP(clerk, ACCEPT, NULL, NULL)
#define TRACE(clerk, items, text, ...) \
	{ DEMO_##clerk, MOVE_TRACE, items, text, &(const struct demo_found) { __VA_ARGS__ } }
#define STEPS(...) \
	(const struct demo_step[]) { __VA_ARGS__ }, \
	sizeof((const struct demo_step[]) { __VA_ARGS__ }) / sizeof(struct demo_step)

/* In order of the day received. */
static const struct row rows[DEMO_OPEN_COUNT] = {
	{ { "police", "2020-12-07", 1, { CHECKED } },
	  { DEMO_CASEY, STEPS(ASSIGN(CASEY, "casey"),
		STEP(CASEY, HOLD, NULL, "The force thinks the suspect was arrested on Friday. They"
			" ring back on 6 January to say whether the trace is still wanted.")) } },
	{ { "court_order", "2020-12-08", 2, { TO_COURT, TEXT(FIELD_SEALED_COPY_SEEN, "no") } },
	  { DEMO_CHRIS, STEPS(ASSIGN(CHRIS, "chris"),
		STEP(CHRIS, QUERY, NULL, "The copy you sent bears no seal of the court. Please send"
			" the sealed order.")) } },
	{ { "nca", "2020-12-09", 1, { TEXT(FIELD_WARRANT_REFERENCE, "-") } },
	  { DEMO_CASEY, STEPS(ASSIGN(CASEY, "casey"),
		STEP(CASEY, QUERY, NULL, "Under which warrant is this person sought? The form gives"
			" no reference.")) } },
	{ { "police", "2020-12-10", 1, { CHECKED, ASKS("name;address"),
		TEXT(FIELD_SUBJECT_ROLE, "witness") } },
	  { DEMO_CASEY, STEPS(ASSIGN(CASEY, "casey"), JUDGED(CASEY), ACCEPT(CASEY),
		TRACE(CASEY, "name;address", "The record is S-flagged. Nothing has been said to the"
			" force.", "92", true, false, "name;date_of_birth",
			"{\"name\":\"as on the form\"}", "requester")) } },
	{ { "court_order", "2020-12-10", 4, { CHECKED, TO_COURT, ASKS("name;address;postcode") } },
	  { DEMO_CHRIS, STEPS(ASSIGN(CHRIS, "chris"), JUDGED(CHRIS), ACCEPT(CHRIS),
		TRACE(CHRIS, "address;postcode", "The mother and two of the children live together;"
			" the youngest was not found.", "00;00;00;98", false, false,
			"name;date_of_birth", "{\"address\":\"12 Larkspur Road, Melchester\","
			"\"postcode\":\"YB4 2DF\"}", "court")) } },
	{ { "hm_coroner", "2020-12-11", 1, { CHECKED, ASKS("next_of_kin;gp_practice") } },
	  { DEMO_CHRIS, STEPS(ASSIGN(CHRIS, "chris"), JUDGED(CHRIS), ACCEPT(CHRIS),
		TRACE(CHRIS, "gp_practice", "The record was superseded once. The former name must"
			" not get into a letter.", "90", false, true, "name;address",
			"{\"gp_practice\":\"The Surgery, Mill Lane, Cranford\"}", "requester")) } },
	{ { "police", "2020-12-11", 1, { CHECKED, ASKS("name;address") } },
	  { DEMO_CASEY, STEPS(ASSIGN(CASEY, "casey"), JUDGED(CASEY), ACCEPT(CASEY),
		TRACE(CASEY, "address", "One match; the address is four months old.", "00", false,
			false, "name;date_of_birth",
			"{\"address\":\"Flat 3, 8 Kiln Bank, Netherby\"}", "requester")) } },
	{ { "police", "2020-12-14", 2, { NOBODY_COUNTERSIGNED } },
	  { DEMO_CASEY, STEPS(ASSIGN(CASEY, "casey"),
		STEP(CASEY, REJECT, "countersigner_present;signed_and_dated", "Rang the station"
			" twice; nobody there will countersign before the new year.")) } },
	{ { "ccrc", "2020-12-14", 2, { CHECKED } },
	  { DEMO_SAM, STEPS(ASSIGN(SAM, "sam"), JUDGED(SAM), ACCEPT(SAM)) } },
	{ { "police", "2020-12-15", 1, { CHECKED, SERGEANT, TEXT(FIELD_SUBJECT_ROLE, "missing"),
		TEXT(FIELD_SAFEGUARDING, "yes") } },
	  { DEMO_CHRIS, STEPS(ASSIGN(CHRIS, "chris"), JUDGED(CHRIS),
		STEP(CHRIS, EXCEPT, "countersigner_senior_enough", "A vulnerable person is missing,"
			" and no Inspector is on duty in that division until Tuesday.")) } },
	{ { "home_office", "2020-12-15", 1, { CHECKED, TEXT(FIELD_PANEL_DECISION, "pending"),
		TEXT(FIELD_SAFEGUARDING, "yes") } },
	  { DEMO_CASEY, STEPS(ASSIGN(CASEY, "casey"),
		STEP(CASEY, HOLD, NULL, "The Welfare Assessment Panel sits on 7 January.")) } },
	{ { "court_order", "2020-12-16", 4, { CHECKED, TO_COURT, DAY(FIELD_NEEDED_BY, 23),
		TEXT(FIELD_SAFEGUARDING, "yes") } },
	  { DEMO_CASEY, STEPS(ASSIGN(CASEY, "casey"), JUDGED(CASEY), ACCEPT(CASEY)) } },
	{ { "police", "2020-12-16", 1, {
		TEXT(FIELD_REQUESTER_EMAIL, "duty.desk@freemail.example"),
		TEXT(FIELD_IDENTITY_CHECKED, "no") } },
	  { DEMO_CHRIS, STEPS(ASSIGN(CHRIS, "chris"),
		STEP(CHRIS, NOTE, NULL, "The switchboard of the force knows nobody of this name."),
		STEP(CHRIS, REJECT, "requester_identity_checked;requester_email_secure",
			"The sender could not be confirmed, and writes from a private mailbox.")) } },
	{ { "police", "2020-12-17", 1, { CHECKED, TEXT(FIELD_REQUESTER_RANK, "PC"),
		TEXT(FIELD_COUNTERSIGNER_RANK, "A/Sgt") } },
	  { DEMO_CASEY, STEPS(ASSIGN(CASEY, "casey"), JUDGED(CASEY),
		STEP(CASEY, EXCEPT, "countersigner_senior_enough", "The trial is listed for 11"
			" January, and the witness must be warned before.")) } },
	{ { "court_order", "2020-12-17", 3, { CHECKED,
		TEXT(FIELD_COURT_ORDER_KIND, "fla1986_s33"), TEXT(FIELD_RECIPIENT, "requester"),
		TEXT(FIELD_NOTE, "The solicitors ask for the answer themselves.") } },
	  { DEMO_SAM, STEPS(ASSIGN(SAM, "sam"),
		STEP(SAM, REJECT, "recipient_allowed", "Under section 33 the answer goes to the"
			" court; the solicitors were told by telephone.")) } },
	{ { "nca", "2020-12-18", 1, { CHECKED } },
	  { DEMO_CHRIS, STEPS(ASSIGN(CHRIS, "chris"), JUDGED(CHRIS), ACCEPT(CHRIS)) } },
	{ { "police", "2020-12-18", 1, { { DEMO_CHANGE_NONE, 0, "", 0 } } },
	  { DEMO_CHRIS, STEPS(ASSIGN(CHRIS, "chris"),
		STEP(CHRIS, WITHDRAW_ERROR, "logged_in_error", "A covering letter to another desk,"
			" logged by mistake.")) } },
	{ { "hm_coroner", "2020-12-21", 1, { CHECKED, NAME_ALONE } },
	  { DEMO_CHRIS, STEPS(ASSIGN(CHRIS, "chris"),
		STEP(CHRIS, QUERY, NULL, "Two brothers of that name died in the autumn. Please give"
			" the date of birth of the one you mean.")) } },
	{ { "police", "2020-12-21", 1, { CHECKED, SERGEANT } },
	  { DEMO_CHRIS, STEPS(ASSIGN(CHRIS, "chris"), JUDGED(CHRIS),
		STEP(CHRIS, EXCEPT, "countersigner_senior_enough", "The Inspector of the team is"
			" the victim's brother and stands aside."),
		STEP(SAM, CONFIRM, NULL, NULL)) } },
	{ { "police", "2020-12-22", 2, { NOBODY_COUNTERSIGNED } },
	  { DEMO_CASEY, STEPS(ASSIGN(CASEY, "casey"),
		STEP(CASEY, REJECT, "countersigner_present", "Nobody countersigned."),
		STEP(SASHA, RETURN, NULL, "An Inspector is named in the covering e-mail. Ask the"
			" station once more before we reject it.")) } },
	{ { "nca", "2020-12-22", 1, { CHECKED, TEXT(FIELD_WARRANT_REFERENCE, "-") } },
	  { DEMO_CASEY, STEPS(ASSIGN(CASEY, "casey"),
		STEP(CASEY, QUERY, NULL, "Please give the reference of the warrant."),
		STEP(CASEY, ANSWER, "warrant_reference=EAW-2019-00417", "Came by e-mail.")) } },
	{ { "home_office", "2020-12-23", 1, { CHECKED, TEXT(FIELD_PANEL_DECISION, "refused") } },
	  { DEMO_CHRIS, STEPS(ASSIGN(CHRIS, "chris"),
		STEP(CHRIS, JUDGE, "purpose_accepted", "no")) } },
	{ { "police", "2020-12-23", 1, { CHECKED } },
	  { DEMO_CHRIS, STEPS(ASSIGN(CHRIS, "chris"), JUDGED(CHRIS)) } },
	{ { "court_order", "2020-12-24", 1, { CHECKED, TEXT(FIELD_COURT_ORDER_KIND, "other"),
		TEXT(FIELD_RECIPIENT, "other") } },
	  { DEMO_SAM, STEPS(ASSIGN(SAM, "sam")) } },
	{ { "ccrc", "2020-12-24", 2, { TEXT(FIELD_IDENTITY_CHECKED, "") } },
	  { DEMO_CASEY, STEPS(ASSIGN(SASHA, "sasha"),
		STEP(SASHA, NOTE, NULL, "The Commission's registry answers again on 5 January."))
	  } },
	{ { "police", "2020-12-24", 1, { ONE_PERSON } },
	  { DEMO_CASEY, STEPS(ASSIGN(CASEY, "casey"), JUDGED(CASEY)) } },
	{ { "police", "2020-12-29", 1, { CHECKED, TEXT(FIELD_REQUESTER_SIGNED, "-"),
		TEXT(FIELD_COUNTERSIGNED, "-") } },
	  { DEMO_CASEY, STEPS(ASSIGN(CASEY, "casey"),
		STEP(CASEY, QUERY, NULL, "Neither officer dated the form. Please have both sign and"
			" date it.")) } },
	{ { "court_order", "2020-12-29", 2, { CHECKED, TO_COURT } },
	  { DEMO_CHRIS, STEPS(ASSIGN(CHRIS, "chris"),
		STEP(CHRIS, HOLD, NULL, "The court rang: the order may be varied on 8 January."))
	  } },
	{ { "police", "2020-12-29", 1, { CHECKED } },
	  { DEMO_CHRIS, STEPS(
		STEP(CHRIS, HOLD, NULL, "The force wanted to think it over."),
		STEP(CHRIS, RESUME, NULL, NULL)) } },
	{ { "court_order", "2020-12-30", 3, { TEXT(FIELD_COURT_ORDER_KIND, "fla1986_s33"),
		TEXT(FIELD_RECIPIENT, "constable"), TEXT(FIELD_SEALED_COPY_SEEN, "no") } },
	  { DEMO_CASEY, NULL, 0 } },
	{ { "police", "2020-12-30", 1, { { DEMO_CHANGE_NONE, 0, "", 0 } } },
	  { DEMO_CASEY, NULL, 0 } },
	{ { "nca", "2020-12-30", 1, { { DEMO_CHANGE_NONE, 0, "", 0 } } },
	  { DEMO_CHRIS, STEPS(ASSIGN(CHRIS, "chris")) } },
	{ { "nca", "2020-12-31", 1, { TEXT(FIELD_WARRANT_REFERENCE, "") } },
	  { DEMO_CHRIS, NULL, 0 } },
	{ { "court_order", "2020-12-31", 1, { CHECKED, TO_COURT } },
	  { DEMO_CASEY, NULL, 0 } },
	{ { "police", "2020-12-31", 1, { ONE_PERSON } },
	  { DEMO_CHRIS, NULL, 0 } },
	{ { "hm_coroner", "2020-12-31", 1, { CHECKED } },
	  { DEMO_CHRIS, NULL, 0 } },
	{ { "police", "2021-01-04", 1, {
		TEXT(FIELD_REQUESTER_EMAIL, "cid.nights@freemail.example"),
		TEXT(FIELD_IDENTITY_CHECKED, "no"), SUBJECT(FIELD_NHS_NUMBER, ""),
		SUBJECT(FIELD_SUBJECT_DOB, ""), SUBJECT(FIELD_SUBJECT_DOB_APPROX, "1987") } },
	  { DEMO_CASEY, NULL, 0 } },
	{ { "court_order", "2021-01-04", 2, { CHECKED, TO_COURT, DAY(FIELD_NEEDED_BY, 9) } },
	  { DEMO_CASEY, NULL, 0 } },
	{ { "home_office", "2021-01-04", 1, { CHECKED, TEXT(FIELD_SAFEGUARDING, "yes") } },
	  { DEMO_CHRIS, NULL, 0 } },
	{ { "ccrc", "2021-01-04", 1, { { DEMO_CHANGE_NONE, 0, "", 0 } } },
	  { DEMO_CHRIS, NULL, 0 } },
};
/* clang-format on */

const char *demo_clerk_name(enum demo_clerk clerk)
{
	return clerks[clerk];
}

const struct demo_form *demo_form_at(size_t index)
{
	return &rows[index].form;
}

const struct demo_life *demo_life_at(size_t index)
{
	return &rows[index].life;
}
