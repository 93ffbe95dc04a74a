/*
 * A demo case: first the form of its service, complete and in order; then what
 * was wrong with it, or what came of it. Organisations that enforce the law and
 * courts are real bodies, everybody in them is invented.
 */
#include "core/demo_private.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/text.h"

#define COUNT(array)	 (sizeof(array) / sizeof((array)[0]))
#define PICK(dice, pool) (pool)[demo_roll((dice), COUNT(pool))]

struct demo_body {
	const char *name;
	const char *kind;
	const char *domain;
	const char *station;
	const char *ladder; /* of ranks; "" where nobody countersigns */
};

static const struct demo_body forces[] = {
	{ "Kent Police", "territorial", "kent.police.uk", "Maidstone", "police" },
	{ "Essex Police", "territorial", "essex.police.uk", "Chelmsford", "police" },
	{ "Metropolitan Police", "met", "met.police.uk", "Lewisham", "police" },
	{ "Metropolitan Police", "met", "met.police.uk", "Harrow", "police" },
	{ "City of London Police", "city", "cityoflondon.police.uk", "Bishopsgate", "police" },
	{ "Dyfed-Powys Police", "territorial", "dyfed-powys.police.uk", "Caerfyrddin", "police" },
	{ "Heddlu Gogledd Cymru", "territorial", "northwales.police.uk", "Bae Colwyn", "police" },
	{ "West Midlands Police", "territorial", "westmidlands.police.uk", "Perry Barr", "police" },
	{ "Greater Manchester Police", "territorial", "gmp.police.uk", "Longsight", "police" },
	{ "West Yorkshire Police", "territorial", "westyorkshire.police.uk", "Killingbeck",
		"police" },
	{ "Avon and Somerset Constabulary", "territorial", "avonandsomerset.police.uk", "Keynsham",
		"police" },
	{ "Devon & Cornwall Police", "territorial", "devonandcornwall.police.uk", "Bodmin",
		"police" },
	{ "Merseyside Police", "territorial", "merseyside.police.uk", "St Helens", "police" },
	{ "Northumbria Police", "territorial", "northumbria.police.uk", "Forth Banks", "police" },
	{ "British Transport Police", "territorial", "btp.police.uk", "King's Cross", "police" },
	{ "Royal Military Police", "service_army", "mod.gov.uk", "Bulford", "army" },
	{ "Royal Air Force Police", "service_air", "mod.gov.uk", "RAF Honington", "air" },
};
static const struct demo_body agency[] = {
	{ "National Crime Agency", "nca", "nca.gov.uk", "Warrington", "nca" },
	{ "National Crime Agency", "nca", "nca.gov.uk", "Citadel Place", "nca" },
};
static const struct demo_body offices[] = {
	{ "Home Office, Immigration Enforcement", "home_office", "homeoffice.gov.uk", "Croydon",
		"office" },
};
static const struct demo_body courts[] = {
	{ "Family Court at Leeds", "court", "justice.gov.uk", "", "" },
	{ "Family Court at Bristol", "court", "justice.gov.uk", "", "" },
	{ "Family Court at Stoke-on-Trent", "court", "justice.gov.uk", "", "" },
	{ "Family Court at Newcastle-upon-Tyne", "court", "justice.gov.uk", "", "" },
	{ "Family Court at Reading", "court", "justice.gov.uk", "", "" },
	{ "Family Court at Caernarfon / Y Llys Teulu yng Nghaernarfon", "court", "justice.gov.uk",
		"", "" },
	{ "Family Court at Birmingham", "court", "justice.gov.uk", "", "" },
	{ "Family Court at Exeter", "court", "justice.gov.uk", "", "" },
	{ "Family Court at West London", "court", "justice.gov.uk", "", "" },
	{ "Central Family Court", "court", "justice.gov.uk", "", "" },
	{ "Family Court at Kingston-upon-Hull", "court", "justice.gov.uk", "", "" },
	{ "High Court of Justice, Family Division, Principal Registry", "court", "justice.gov.uk",
		"", "" },
};
static const struct demo_body commission[] = {
	{ "Criminal Cases Review Commission", "ccrc", "ccrc.gov.uk", "", "" },
};
static const struct demo_body coroners[] = {
	{ "HM Senior Coroner for Bradford and Western Yorkshire", "coroner", "bradford.gov.uk", "",
		"" },
	{ "HM Senior Coroner for the Isle of Wight", "coroner", "iow.gov.uk", "", "" },
};

/* The rank of who asks, and one above it that may countersign. */
struct ranks {
	const char *ladder;
	const char *requester;
	const char *countersigner;
};
static const struct ranks ranks[] = {
	{ "police", "DC", "DI" },
	{ "police", "PC", "Inspector" },
	{ "police", "DC", "Detective Inspector" },
	{ "police", "DS", "DCI" },
	{ "police", "PC", "Insp." },
	{ "police", "T/DC", "DI" },
	{ "police", "Sergeant", "Chief Inspector" },
	{ "police", "DI", "Det Supt" },
	{ "army", "Captain", "Major" },
	{ "air", "Flight Lieutenant", "Squadron Leader" },
	{ "nca", "Grade 5", "Grade 3" },
	{ "nca", "G4", "Grade 2" },
	{ "office", "Immigration Officer", "Chief Immigration Officer" },
};

static const char *const offences[] = { "burglary", "robbery", "fraud by false representation",
	"harassment", "wounding with intent", "theft of plant and machinery",
	"handling stolen goods", "breach of a non-molestation order", "criminal damage",
	"causing serious injury by dangerous driving", "conspiracy to supply class A drugs" };
static const char *const warrants[] = { "trafficking in human beings", "armed robbery", "murder",
	"fraud", "illicit trafficking in narcotic drugs" };
/* Whom the police look for, and why. */
struct need {
	const char *role;
	const char *necessity;
};
static const struct need needs[] = {
	{ "suspect",
		"Wanted for interview; all addresses known to us were visited without result." },
	{ "suspect", "Named by two others as the driver; the keeper's address is an empty shop." },
	{ "suspect",
		"Believed to use another spelling of the name; identity must be settled first." },
	{ "offender", "Wanted on warrant since the summer. Council tax, DVLA and open sources were "
		      "tried." },
	{ "offender",
		"Left the approved premises; the landlord says moved \"somewhere up north\"." },
	{ "witness", "Only eyewitness; moved since the statement was taken and left no address." },
	{ "victim", "Must be told of the trial date before it is listed, and cannot be reached." },
	{ "missing", "Reported missing; family and friends have no address after 2018." },
};
static const char *const asked[] = { "name;address", "address;postcode",
	"name;date_of_birth;address", "name;former_names;address;postcode", "area_of_registration",
	"address;gp_practice", "name;address;postcode;gp_practice",
	"area_of_registration;registration_date" };
static const char *const checked[] = { "force_mailbox", "force_mailbox", "call_back",
	"known_contact", "" };
/* Who decided in the older system. */
static const char *const staff[] = { "M. Okafor", "J. Threlfall", "S. Rees-Whitby", "P. Achebe" };

static void set(struct request *request, enum request_field field, const char *text)
{
	record_set(&request->field[field], text);
}

static void set_day(struct request *request, enum request_field field, int32_t number)
{
	char day[DAY_SIZE];

	day_from_number(number, day);
	set(request, field, day);
}

static void set_print(struct request *request, enum request_field field, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void set_print(struct request *request, enum request_field field, const char *format, ...)
{
	char text[300];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	set(request, field, text);
}

/* "Sián O'Testa" as "sian.otesta@domain". */
static void set_email(struct request *request, const struct demo_name *name, const char *domain)
{
	struct buffer folded;
	char *blank;

	buffer_init(&folded);
	text_fold(name->forenames, &folded);
	buffer_add(&folded, ".");
	text_fold(name->surname, &folded);
	buffer_print(&folded, "@%s", domain);
	while ((blank = strchr(folded.text, ' ')) != NULL)
		*blank = '_';
	set(request, FIELD_REQUESTER_EMAIL, folded.text);
	buffer_done(&folded);
}

/* Telephone numbers are of the ranges kept for drama. */
static void fill_requester(
	struct demo_dice *dice, struct request *request, const struct demo_body *from)
{
	struct demo_name name;
	int32_t received = day_number(request->field[FIELD_RECEIVED]);

	demo_plain_name(dice, &name);
	set(request, FIELD_ORGANISATION, from->name);
	set(request, FIELD_ORGANISATION_KIND, from->kind);
	set(request, FIELD_REQUESTER_STATION, from->station);
	set_print(request, FIELD_REQUESTER_NAME, "%s %s", name.forenames, name.surname);
	set_email(request, &name, from->domain);
	if (demo_chance(dice, 70))
		set_print(request, FIELD_REQUESTER_TELEPHONE,
			demo_chance(dice, 50) ? "01632 960%03d" : "020 7946 0%03d",
			demo_between(dice, 0, 999));
	set(request, FIELD_IDENTITY_CHECKED, PICK(dice, checked));
	set_day(request, FIELD_REQUESTER_SIGNED, received - demo_between(dice, 2, 12));
}

static const struct ranks *ranks_pick(struct demo_dice *dice, const char *ladder)
{
	const struct ranks *found[COUNT(ranks)] = { &ranks[0] };
	size_t count = 0;

	for (size_t i = 0; i < COUNT(ranks); i++)
		if (strcmp(ranks[i].ladder, ladder) == 0)
			found[count++] = &ranks[i];
	return found[demo_roll(dice, count)];
}

static void fill_countersigner(
	struct demo_dice *dice, struct request *request, const struct demo_body *from)
{
	const struct ranks *both = ranks_pick(dice, from->ladder);
	int32_t signed_on = day_number(request->field[FIELD_REQUESTER_SIGNED]);
	struct demo_name name;

	demo_plain_name(dice, &name);
	set(request, FIELD_REQUESTER_RANK, both->requester);
	set_print(request, FIELD_REQUESTER_NUMBER, "%d", demo_between(dice, 10000, 69999));
	set_print(request, FIELD_COUNTERSIGNER_NAME, "%s %s", name.forenames, name.surname);
	set(request, FIELD_COUNTERSIGNER_RANK, both->countersigner);
	set_print(request, FIELD_COUNTERSIGNER_NUMBER, "%d", demo_between(dice, 1000, 9999));
	set(request, FIELD_COUNTERSIGNER_ORGANISATION, from->name);
	set_day(request, FIELD_COUNTERSIGNED, signed_on + demo_between(dice, 0, 2));
}

static void fill_police(struct demo_dice *dice, struct request *request)
{
	const struct need *need = &PICK(dice, needs);

	set_print(request, FIELD_REQUESTER_REFERENCE, "%d/%05d/20", demo_between(dice, 10, 99),
		demo_between(dice, 100, 99999));
	set(request, FIELD_OFFENCE, PICK(dice, offences));
	set(request, FIELD_SUBJECT_ROLE, need->role);
	set(request, FIELD_NECESSITY, need->necessity);
	set(request, FIELD_ITEMS, PICK(dice, asked));
}

static void fill_nca(struct demo_dice *dice, struct request *request)
{
	set_print(request, FIELD_REQUESTER_REFERENCE, "FUG/%d", demo_between(dice, 1000, 9999));
	set_print(request, FIELD_WARRANT_REFERENCE, "EAW-20%d-%05d", demo_between(dice, 17, 20),
		demo_between(dice, 100, 99999));
	set(request, FIELD_OFFENCE, PICK(dice, warrants));
	set(request, FIELD_SUBJECT_ROLE, "offender");
	set(request, FIELD_NECESSITY,
		"Sought on the warrant named here; believed to live in England under own name.");
	set(request, FIELD_ITEMS, "name;address;postcode");
}

static void fill_home_office(struct demo_dice *dice, struct request *request)
{
	set_print(request, FIELD_REQUESTER_REFERENCE, "HO/%d", demo_between(dice, 100000, 999999));
	set(request, FIELD_SUBJECT_ROLE, "missing");
	set(request, FIELD_NECESSITY,
		"Left the accommodation in a poor state of health; not seen for five weeks.");
	set(request, FIELD_PANEL_DECISION, "agreed");
	set(request, FIELD_ITEMS, "area_of_registration");
}

/* Kinds of order, who may have the answer, and who is sought. */
struct order {
	const char *kind;
	const char *recipient;
	const char *role;
};
static const struct order orders[] = {
	{ "fla1986_s33", "court", "child" },
	{ "fla1986_s33", "court", "child" },
	{ "fla1986_s33", "court", "child" },
	{ "fla1986_s33", "court", "parent" },
	{ "ca1989_s50", "constable", "child" },
	{ "ca1989_s50", "court_officer", "child" },
	{ "caca1985_s24a", "court", "child" },
	{ "other", "court", "parent" },
	{ "other", "requester", "parent" },
};

static void fill_court_order(struct demo_dice *dice, struct request *request)
{
	const struct order *order = &PICK(dice, orders);
	int32_t received = day_number(request->field[FIELD_RECEIVED]);

	set(request, FIELD_COURT, request->field[FIELD_ORGANISATION]);
	set_print(request, FIELD_COURT_CASE, "%c%c%d%c%05d", 'A' + demo_between(dice, 0, 25),
		'A' + demo_between(dice, 0, 25), demo_between(dice, 18, 20),
		demo_chance(dice, 60) ? 'P' : 'C', demo_between(dice, 100, 9999));
	set(request, FIELD_REQUESTER_REFERENCE, request->field[FIELD_COURT_CASE]);
	set(request, FIELD_COURT_ORDER_KIND, order->kind);
	set_day(request, FIELD_COURT_ORDER_DATE, received - demo_between(dice, 13, 40));
	set(request, FIELD_SEALED_COPY_SEEN, "yes");
	set(request, FIELD_RECIPIENT, order->recipient);
	set(request, FIELD_SUBJECT_ROLE, order->role);
	set(request, FIELD_ITEMS,
		demo_chance(dice, 70) ? "name;address;postcode" : "address;area_of_registration");
	if (demo_chance(dice, 30))
		set_day(request, FIELD_NEEDED_BY, received + demo_between(dice, 7, 28));
	if (demo_chance(dice, 15))
		set(request, FIELD_SAFEGUARDING, "yes");
}

static void fill_ccrc(struct demo_dice *dice, struct request *request)
{
	set_print(request, FIELD_REQUESTER_REFERENCE, "%05d/2019", demo_between(dice, 100, 999));
	set(request, FIELD_SUBJECT_ROLE, "witness");
	set(request, FIELD_NECESSITY,
		"Gave evidence at the trial under review; the Commission must hear the witness.");
	set(request, FIELD_ITEMS, "name;address");
}

static void fill_coroner(struct demo_dice *dice, struct request *request)
{
	set_print(request, FIELD_REQUESTER_REFERENCE, "INQ/%d/2020", demo_between(dice, 100, 999));
	set(request, FIELD_SUBJECT_ROLE, "deceased");
	set(request, FIELD_NECESSITY, "Lived alone; no relative has come forward since the death.");
	set(request, FIELD_ITEMS, "next_of_kin;gp_practice");
}

/* The form of a service. */
struct form {
	const char *service;
	const struct demo_body *organisations;
	size_t organisation_count;
	const char *legal_basis;
	const char *purpose;
	const char *channel;
	const char *return_route;
	void (*fill)(struct demo_dice *dice, struct request *request);
};
#define FROM(organisations) organisations, COUNT(organisations)
static const struct form forms[] = {
	{ "police", FROM(forces), "dpa2018_sch2_2", "criminal_investigation", "secure_email",
		"secure e-mail", fill_police },
	{ "nca", FROM(agency), "dpa2018_sch2_2", "arrest_warrant", "secure_email", "secure e-mail",
		fill_nca },
	{ "home_office", FROM(offices), "welfare", "welfare", "secure_email", "secure e-mail",
		fill_home_office },
	{ "court_order", FROM(courts), "court_order", "court_order", "court_mailbox",
		"post, to the court office", fill_court_order },
	{ "ccrc", FROM(commission), "caa1995_s17", "case_review", "secure_email", "secure e-mail",
		fill_ccrc },
	{ "hm_coroner", FROM(coroners), "cja2009_sch5", "next_of_kin", "post", "secure e-mail",
		fill_coroner },
};

static const struct form *form_find(const char *service)
{
	const struct form *form = forms;

	for (; strcmp(form->service, service) != 0; form++)
		assert(form + 1 < forms + COUNT(forms));
	return form;
}

static void fill_form(struct demo_dice *dice, struct request *request, const struct form *form)
{
	const struct demo_body *from =
		&form->organisations[demo_roll(dice, form->organisation_count)];

	set(request, FIELD_SERVICE, form->service);
	set(request, FIELD_LEGAL_BASIS, form->legal_basis);
	set(request, FIELD_PURPOSE, form->purpose);
	set(request, FIELD_CHANNEL, demo_chance(dice, 88) ? form->channel : "post");
	set(request, FIELD_RETURN_ROUTE, form->return_route);
	fill_requester(dice, request, from);
	if (strcmp(request->field[FIELD_CHANNEL], "post") == 0)
		set(request, FIELD_IDENTITY_CHECKED, "call_back");
	if (*from->ladder)
		fill_countersigner(dice, request, from);
	form->fill(dice, request);
}

/* Who somebody is can be told by a birth date, by about when, or by the NHS number alone. */
static void fill_birth(struct demo_dice *dice, struct subject *subject, int from, int to)
{
	int year = demo_between(dice, from, to), month = demo_between(dice, 1, 12);
	size_t how = demo_roll(dice, 100);
	char text[16];

	(void)snprintf(text, sizeof(text), "%d-%02d-%02d", year, month, demo_between(dice, 1, 28));
	if (how < 84) {
		record_set(&subject->field[FIELD_SUBJECT_DOB], text);
	} else if (how < 94) {
		text[how < 90 ? 4 : 7] = '\0';
		record_set(&subject->field[FIELD_SUBJECT_DOB_APPROX], text);
	}
}

static void fill_subject(struct demo_dice *dice, struct demo_used *used, struct subject *subject,
	const struct demo_name *name)
{
	bool is_born =
		*subject->field[FIELD_SUBJECT_DOB] || *subject->field[FIELD_SUBJECT_DOB_APPROX];
	char number[NHS_NUMBER_SIZE];

	record_set(&subject->field[FIELD_SUBJECT_SURNAME], name->surname);
	record_set(&subject->field[FIELD_SUBJECT_FORENAMES], name->forenames);
	record_set(&subject->field[FIELD_SUBJECT_ALIASES], name->aliases);
	record_set(&subject->field[FIELD_SUBJECT_SEX], name->sex);
	if (demo_chance(dice, 65))
		demo_address(dice, &subject->field[FIELD_SUBJECT_ADDRESS],
			&subject->field[FIELD_SUBJECT_POSTCODE]);
	if (demo_chance(dice, 55) || !is_born || strcmp(name->surname, "-") == 0) {
		demo_nhs_number(used, number);
		record_set(&subject->field[FIELD_NHS_NUMBER], number);
	}
}

/* An adult; in a court's case the children with him or her, of the same surname. */
static void fill_subjects(
	struct demo_dice *dice, struct demo_used *used, struct request *request, size_t count)
{
	bool is_family = strcmp(request->field[FIELD_SERVICE], "court_order") == 0;
	struct demo_name name;

	demo_subject_name(dice, used, &name);
	for (size_t i = 0; i < count; i++) {
		struct subject *subject = request_add_subject(request);

		if (i > 0 && is_family) {
			name.sex = demo_chance(dice, 50) ? "female" : "male";
			name.forenames = demo_forename(dice, name.sex);
			name.aliases = "";
			fill_birth(dice, subject, 2004, 2019);
		} else {
			if (i > 0)
				demo_plain_name(dice, &name);
			fill_birth(dice, subject, is_family ? 1972 : 1938, is_family ? 1999 : 2002);
		}
		fill_subject(dice, used, subject, &name);
	}
}

static size_t subject_count(struct demo_dice *dice, const char *service)
{
	static const size_t of_court[] = { 1, 1, 2, 2, 2, 3, 3, 4 };

	if (strcmp(service, "court_order") == 0)
		return PICK(dice, of_court);
	return demo_chance(dice, 8) ? 2 : 1;
}

/* The person looked for first was found; of the others nearly all. */
static void set_traced(struct demo_dice *dice, struct request *request)
{
	const char *items = request->field[FIELD_ITEMS];

	for (size_t i = 0; i < request->subject_count; i++) {
		const char *code = demo_chance(dice, 92) ? "00" : "90";

		if (i > 0 && demo_chance(dice, 15))
			code = "98";
		record_set(&request->subjects[i].field[FIELD_TRACE_CODE], code);
	}
	set(request, FIELD_RELEASED, items);
}

static void set_not_traced(struct demo_dice *dice, struct request *request)
{
	static const char *const codes[] = { "98", "98", "98", "97", "96", "91" };

	for (size_t i = 0; i < request->subject_count; i++)
		record_set(&request->subjects[i].field[FIELD_TRACE_CODE], PICK(dice, codes));
}

/* A rejection and the release of an address were reviewed by a second person. */
static void set_deciders(struct demo_dice *dice, struct request *request)
{
	size_t who = demo_roll(dice, COUNT(staff));
	size_t other = (who + 1 + demo_roll(dice, COUNT(staff) - 1)) % COUNT(staff);

	set(request, FIELD_DECIDED_BY, staff[who]);
	if (request->state == STATE_REJECTED || strstr(request->field[FIELD_RELEASED], "address"))
		set(request, FIELD_REVIEWED_BY, staff[other]);
}

static void set_outcome(
	struct demo_dice *dice, struct request *request, const struct demo_plan *plan)
{
	request->imported = true;
	request->state = plan->outcome;
	set(request, FIELD_OUTCOME, request_state_code((int)plan->outcome));
	set_day(request, FIELD_DECIDED, plan->decided);
	if (plan->outcome == STATE_REJECTED)
		demo_request_spoil(dice, request);
	else if (plan->outcome == STATE_APPROVED_TRACE)
		set_traced(dice, request);
	else
		set_not_traced(dice, request);
	set_deciders(dice, request);
}

void demo_request_make(
	const struct demo_plan *plan, struct demo_used *used, struct request *out_request)
{
	const struct demo_form *form =
		plan->outcome == STATE_RECEIVED ? demo_form_at(plan->index) : NULL;
	size_t subjects = form ? form->subjects : 0;
	struct demo_dice dice;

	demo_dice_init(&dice, form ? DEMO_OPEN : DEMO_CASES, plan->index);
	request_init(out_request);
	set_day(out_request, FIELD_RECEIVED, plan->received);
	fill_form(&dice, out_request, form_find(plan->service));
	if (subjects == 0)
		subjects = subject_count(&dice, plan->service);
	fill_subjects(&dice, used, out_request, subjects);
	if (form)
		demo_request_change(out_request, form->changes);
	else
		set_outcome(&dice, out_request, plan);
}
