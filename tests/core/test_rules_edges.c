/*
 * The edges of each check, one change of a golden request a line; what the
 * findings advise together, when a request may be accepted, exceptions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/core/rules_case.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define POLICE	 "good police form"
#define NCA	 "good NCA form"
#define HOME	 "Home Office, panel agreed"
#define COURT	 "good court order"
#define NO_ORDER "court=|court_case=|court_order_kind=|court_order_date=|sealed_copy_seen="

enum { WAITS = true, STAYS = false };

struct edge {
	const char *base;
	const char *changes;
	const char *rule;
	enum rule_result result;
	bool waits;
};

/* clang-format off */
static const struct edge edges[] = {
	/* service_open */
	{ POLICE, "received=1999-01-01", "service_open", RULE_PASS, STAYS },
	{ POLICE, "service=charity", "service_open", RULE_FAIL, STAYS },
	{ POLICE, "service=nhscfa|received=2019-03-31", "service_open", RULE_PASS, STAYS },
	{ POLICE, "service=nhscfa|received=2019-04-01", "service_open", RULE_FAIL, STAYS },
	{ POLICE, "service=jersey_cytology|received=2020-11-30", "service_open", RULE_PASS, STAYS },
	{ POLICE, "service=jersey_cytology|received=2020-12-01", "service_open", RULE_FAIL, STAYS },
	{ HOME, "", "service_open", RULE_WARN, STAYS },
	{ HOME, "panel_decision=pending", "service_open", RULE_WARN, WAITS },
	{ HOME, "panel_decision=", "service_open", RULE_WARN, WAITS },
	{ HOME, "panel_decision=refused", "service_open", RULE_WARN, WAITS },
	{ HOME, "panel_decision=-", "service_open", RULE_WARN, WAITS },
	{ HOME, "received=2018-11-08", "service_open", RULE_PASS, STAYS },
	{ HOME, "received=2018-11-09", "service_open", RULE_WARN, STAYS },
	{ POLICE, "service=", "service_open", RULE_WARN, WAITS },
	{ POLICE, "service=-", "service_open", RULE_FAIL, STAYS },
	{ POLICE, "service=nhscfa|received=", "service_open", RULE_FAIL, STAYS }, /* judged by today */
	/* requester_complete */
	{ POLICE, "requester_name=", "requester_complete", RULE_WARN, WAITS },
	{ POLICE, "requester_name=-", "requester_complete", RULE_FAIL, STAYS },
	{ POLICE, "requester_rank=-", "requester_complete", RULE_FAIL, STAYS },
	{ POLICE, "requester_number=-", "requester_complete", RULE_FAIL, STAYS },
	{ POLICE, "organisation=-", "requester_complete", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=-", "requester_complete", RULE_FAIL, STAYS },
	{ POLICE, "requester_name=-|requester_rank=", "requester_complete", RULE_FAIL, WAITS },
	{ POLICE, "requester_name=|requester_rank=", "requester_complete", RULE_WARN, WAITS },
	{ POLICE, "requester_name=   ", "requester_complete", RULE_WARN, WAITS },
	{ POLICE, "requester_name= - ", "requester_complete", RULE_FAIL, STAYS },
	{ POLICE, "requester_name=--", "requester_complete", RULE_PASS, STAYS },
	{ POLICE, "requester_telephone=-|requester_station=-", "requester_complete", RULE_PASS, STAYS },
	{ NCA, "requester_number=", "requester_complete", RULE_WARN, WAITS },
	{ HOME, "requester_number=-", "requester_complete", RULE_FAIL, STAYS },
	{ COURT, "requester_name=-", "requester_complete", RULE_NOT_APPLICABLE, STAYS },
	{ POLICE, "service=nhscfa|requester_name=-", "requester_complete", RULE_NOT_APPLICABLE, STAYS },
	/* requester_email_secure */
	{ POLICE, "requester_email=", "requester_email_secure", RULE_NOT_APPLICABLE, STAYS },
	{ POLICE, "requester_email=-", "requester_email_secure", RULE_NOT_APPLICABLE, STAYS },
	{ POLICE, "requester_email=x@police.uk", "requester_email_secure", RULE_PASS, STAYS },
	{ POLICE, "requester_email=x@a.b.c.police.uk", "requester_email_secure", RULE_PASS, STAYS },
	{ POLICE, "requester_email=X@POLICE.UK", "requester_email_secure", RULE_PASS, STAYS },
	{ POLICE, "requester_email= x@met.police.uk ", "requester_email_secure", RULE_PASS, STAYS },
	{ POLICE, "requester_email=o'neill+a_b-c.d@met.police.uk", "requester_email_secure", RULE_PASS, STAYS },
	{ POLICE, "requester_email=x@kent.pnn.police.uk", "requester_email_secure", RULE_PASS, STAYS },
	{ POLICE, "requester_email=x@nca.gov.uk", "requester_email_secure", RULE_PASS, STAYS },
	{ POLICE, "requester_email=x@anything.gov.uk", "requester_email_secure", RULE_PASS, STAYS },
	{ POLICE, "requester_email=x@force.cjsm.net", "requester_email_secure", RULE_PASS, STAYS },
	{ POLICE, "requester_email=x@nhs.net", "requester_email_secure", RULE_PASS, STAYS },
	{ POLICE, "requester_email=x@trust.nhs.uk", "requester_email_secure", RULE_PASS, STAYS },
	{ POLICE, "requester_email=x@mod.gov.uk", "requester_email_secure", RULE_PASS, STAYS },
	{ POLICE, "requester_email=x@ccrc.gov.uk", "requester_email_secure", RULE_PASS, STAYS },
	{ POLICE, "requester_email=x@met-police.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=x@xgov.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=x@police.uk.com", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=x@police.uk.", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=x@.police.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=x@kent..police.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=x@-kent.police.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=x@kent-.police.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=x@uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=police.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=@police.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=x@", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=x@gmail.com@police.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=x@gmail.com,y@police.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=x@gmail.com y@police.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=Me <x@police.uk>", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=x,y@police.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=<x@police.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=x(y)@police.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=\"x y\"@police.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=x%gmail.com@police.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ POLICE, "requester_email=x@p\xd0\xbelice.uk", "requester_email_secure", RULE_FAIL, STAYS },
	{ COURT, "requester_email=leeds@gmail.com", "requester_email_secure", RULE_FAIL, STAYS },
	/* requester_identity_checked */
	{ POLICE, "identity_checked=", "requester_identity_checked", RULE_WARN, WAITS },
	{ POLICE, "identity_checked=-", "requester_identity_checked", RULE_FAIL, STAYS },
	{ POLICE, "identity_checked=call_back", "requester_identity_checked", RULE_PASS, STAYS },
	{ COURT, "identity_checked=no", "requester_identity_checked", RULE_FAIL, STAYS },
	/* purpose_accepted, not judged */
	{ POLICE, "purpose=welfare", "purpose_accepted", RULE_FAIL, STAYS },
	{ POLICE, "purpose=", "purpose_accepted", RULE_WARN, WAITS },
	{ POLICE, "purpose=-", "purpose_accepted", RULE_FAIL, STAYS },
	{ NCA, "purpose=criminal_investigation", "purpose_accepted", RULE_FAIL, STAYS },
	{ HOME, "purpose=immigration_offence", "purpose_accepted", RULE_FAIL, STAYS },
	{ COURT, "service=ccrc|purpose=case_review", "purpose_accepted", RULE_OPEN, STAYS },
	{ COURT, "service=hm_coroner|purpose=next_of_kin", "purpose_accepted", RULE_OPEN, STAYS },
	/* legal_basis_accepted */
	{ POLICE, "legal_basis=", "legal_basis_accepted", RULE_WARN, WAITS },
	{ POLICE, "legal_basis=-", "legal_basis_accepted", RULE_FAIL, STAYS },
	{ POLICE, "legal_basis=dpa1998_s29", "legal_basis_accepted", RULE_FAIL, STAYS },
	{ POLICE, "legal_basis=dpa1998_s29|received=2018-05-24", "legal_basis_accepted", RULE_PASS, STAYS },
	{ POLICE, "legal_basis=dpa1998_s29|received=2018-05-25", "legal_basis_accepted", RULE_FAIL, STAYS },
	{ POLICE, "received=2018-05-25", "legal_basis_accepted", RULE_PASS, STAYS },
	{ POLICE, "received=2018-05-24", "legal_basis_accepted", RULE_FAIL, STAYS },
	{ POLICE, "service=nhscfa|legal_basis=dpa1998_s29|received=2017-01-01", "legal_basis_accepted", RULE_PASS, STAYS },
	{ NCA, "legal_basis=dpa1998_s29|received=2018-05-24", "legal_basis_accepted", RULE_PASS, STAYS },
	{ NCA, "legal_basis=court_order", "legal_basis_accepted", RULE_FAIL, STAYS },
	{ HOME, "legal_basis=dpa2018_sch2_2", "legal_basis_accepted", RULE_FAIL, STAYS },
	{ COURT, "legal_basis=dpa2018_sch2_2", "legal_basis_accepted", RULE_FAIL, STAYS },
	{ COURT, "service=ccrc|legal_basis=caa1995_s17", "legal_basis_accepted", RULE_PASS, STAYS },
	{ COURT, "service=hm_coroner|legal_basis=cja2009_sch5", "legal_basis_accepted", RULE_PASS, STAYS },
	{ COURT, "service=welsh_blood|legal_basis=other", "legal_basis_accepted", RULE_PASS, STAYS },
	/* necessity_stated: 19, 20 characters, wide ones, blanks at the ends */
	{ POLICE, "necessity=", "necessity_stated", RULE_WARN, WAITS },
	{ POLICE, "necessity=-", "necessity_stated", RULE_FAIL, STAYS },
	{ POLICE, "necessity=1234567890123456789", "necessity_stated", RULE_WARN, STAYS },
	{ POLICE, "necessity=12345678901234567890", "necessity_stated", RULE_PASS, STAYS },
	{ POLICE, "necessity=  1234567890123456789  ", "necessity_stated", RULE_WARN, STAYS },
	{ POLICE, "necessity=\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", "necessity_stated", RULE_WARN, STAYS },
	{ COURT, "necessity=-", "necessity_stated", RULE_NOT_APPLICABLE, STAYS },
	/* countersigner_present */
	{ POLICE, "countersigner_number=-", "countersigner_present", RULE_FAIL, STAYS },
	{ POLICE, "countersigner_number=", "countersigner_present", RULE_WARN, WAITS },
	{ POLICE, "countersigner_name=|countersigner_number=-", "countersigner_present", RULE_FAIL, WAITS },
	{ NCA, "countersigner_name=-", "countersigner_present", RULE_FAIL, STAYS },
	{ POLICE, "countersigner_organisation=-", "countersigner_present", RULE_PASS, STAYS },
	/* countersigner_not_requester: what is missing only warns */
	{ POLICE, "", "countersigner_not_requester", RULE_PASS, STAYS },
	{ POLICE, "countersigner_number=12 345.", "countersigner_not_requester", RULE_FAIL, STAYS },
	{ POLICE, "requester_number=ab 12|countersigner_number=AB12", "countersigner_not_requester", RULE_FAIL, STAYS },
	{ POLICE, "countersigner_name=priya lowe", "countersigner_not_requester", RULE_FAIL, STAYS },
	{ POLICE, "countersigner_name=Pr\xc3\xadya Low\xc3\xa9", "countersigner_not_requester", RULE_FAIL, STAYS },
	{ POLICE, "countersigner_name=Priya Lowe|countersigner_number=-", "countersigner_not_requester", RULE_FAIL, STAYS },
	{ POLICE, "countersigner_number=-", "countersigner_not_requester", RULE_WARN, STAYS },
	{ POLICE, "countersigner_number=", "countersigner_not_requester", RULE_WARN, WAITS },
	{ POLICE, "requester_number=-|countersigner_number=-", "countersigner_not_requester", RULE_WARN, STAYS },
	{ POLICE, "requester_name=|countersigner_name=", "countersigner_not_requester", RULE_WARN, WAITS },
	{ POLICE, "countersigner_number=123456", "countersigner_not_requester", RULE_PASS, STAYS },
	/* the ranks */
	{ POLICE, "organisation_kind=", "countersigner_senior_enough", RULE_WARN, WAITS },
	{ POLICE, "organisation_kind=-", "countersigner_senior_enough", RULE_FAIL, STAYS },
	{ POLICE, "organisation_kind=other", "countersigner_senior_enough", RULE_WARN, STAYS },
	{ POLICE, "countersigner_rank=Special Sergeant", "countersigner_senior_enough", RULE_FAIL, STAYS },
	{ POLICE, "countersigner_rank=T/DCI", "countersigner_senior_enough", RULE_PASS, STAYS },
	{ NCA, "countersigner_rank=T/G3", "countersigner_senior_enough", RULE_WARN, STAYS },
	{ NCA, "countersigner_rank=DI", "countersigner_senior_enough", RULE_WARN, STAYS },
	{ HOME, "countersigner_rank=Immigration Officer", "countersigner_senior_enough", RULE_FAIL, STAYS },
	{ POLICE, "service=nhscfa|countersigner_rank=PC", "countersigner_senior_enough", RULE_NOT_APPLICABLE, STAYS },
	{ POLICE, "requester_rank=", "countersigner_senior_to_requester", RULE_WARN, WAITS },
	{ POLICE, "requester_rank=-", "countersigner_senior_to_requester", RULE_FAIL, STAYS },
	{ POLICE, "requester_rank=-|countersigner_rank=", "countersigner_senior_to_requester", RULE_FAIL, WAITS },
	{ POLICE, "requester_rank=A/Insp", "countersigner_senior_to_requester", RULE_WARN, STAYS },
	{ HOME, "requester_rank=EO", "countersigner_senior_to_requester", RULE_PASS, STAYS },
	{ HOME, "requester_rank=HEO", "countersigner_senior_to_requester", RULE_FAIL, STAYS },
	{ COURT, "requester_rank=DI|countersigner_rank=DI", "countersigner_senior_to_requester", RULE_NOT_APPLICABLE, STAYS },
	/* signed_and_dated */
	{ POLICE, "requester_signed=-", "signed_and_dated", RULE_FAIL, STAYS },
	{ POLICE, "requester_signed=", "signed_and_dated", RULE_WARN, WAITS },
	{ POLICE, "requester_signed=-|countersigned=", "signed_and_dated", RULE_FAIL, WAITS },
	{ COURT, "requester_signed=-", "signed_and_dated", RULE_NOT_APPLICABLE, STAYS },
	/* signatures_in_order: received 2020-12-14, 30 days before is 2020-11-14 */
	{ POLICE, "requester_signed=2020-11-14|countersigned=2020-11-14", "signatures_in_order", RULE_PASS, STAYS },
	{ POLICE, "requester_signed=2020-11-13|countersigned=2020-11-14", "signatures_in_order", RULE_WARN, STAYS },
	{ POLICE, "requester_signed=2020-11-13", "signatures_in_order", RULE_WARN, STAYS },
	{ POLICE, "requester_signed=2020-02-28|countersigned=2020-02-29|received=2020-03-29", "signatures_in_order", RULE_PASS, STAYS },
	{ POLICE, "requester_signed=2020-02-28|countersigned=2020-02-29|received=2020-03-30", "signatures_in_order", RULE_WARN, STAYS },
	{ POLICE, "requester_signed=2020-12-14|countersigned=2020-12-14", "signatures_in_order", RULE_PASS, STAYS },
	{ POLICE, "requester_signed=2020-12-11|countersigned=2020-12-11", "signatures_in_order", RULE_PASS, STAYS },
	{ POLICE, "requester_signed=2020-12-11|countersigned=2020-12-10", "signatures_in_order", RULE_FAIL, STAYS },
	{ POLICE, "requester_signed=2020-12-15|countersigned=2020-12-15", "signatures_in_order", RULE_FAIL, STAYS },
	{ POLICE, "requester_signed=2020-12-15|countersigned=", "signatures_in_order", RULE_FAIL, WAITS },
	{ POLICE, "requester_signed=", "signatures_in_order", RULE_WARN, WAITS },
	{ POLICE, "countersigned=-", "signatures_in_order", RULE_FAIL, STAYS },
	{ POLICE, "requester_signed=|countersigned=-", "signatures_in_order", RULE_FAIL, WAITS },
	{ POLICE, "requester_signed=2020-02-30", "signatures_in_order", RULE_WARN, WAITS },
	{ POLICE, "received=|requester_signed=2021-01-05|countersigned=2021-01-05", "signatures_in_order", RULE_FAIL, STAYS },
	{ COURT, "requester_signed=2021-12-15", "signatures_in_order", RULE_NOT_APPLICABLE, STAYS },
	/* subject_identified */
	{ POLICE, "1.subject_surname=|1.subject_dob=|1.nhs_number=4010232137", "subject_identified", RULE_PASS, STAYS },
	{ POLICE, "1.subject_surname=-", "subject_identified", RULE_FAIL, WAITS },
	{ POLICE, "1.subject_surname=-|1.nhs_number=-", "subject_identified", RULE_FAIL, STAYS },
	{ POLICE, "1.subject_surname=", "subject_identified", RULE_WARN, WAITS },
	{ POLICE, "1.subject_dob=", "subject_identified", RULE_WARN, WAITS },
	{ POLICE, "1.subject_dob=-|1.subject_dob_approx=1980-05", "subject_identified", RULE_PASS, STAYS },
	{ POLICE, "1.nhs_number=-", "subject_identified", RULE_PASS, STAYS },
	{ POLICE, "1.subject_forenames=-", "subject_identified", RULE_PASS, STAYS },
	{ COURT, "2.subject_surname=Testb|2.subject_dob=2015-01-01", "subject_identified", RULE_PASS, STAYS },
	{ COURT, "2.subject_surname=Testb", "subject_identified", RULE_WARN, WAITS },
	{ COURT, "2.subject_surname=-|3.subject_surname=Testc", "subject_identified", RULE_FAIL, WAITS },
	{ COURT, "2.subject_surname=Testb|3.subject_surname=-|3.nhs_number=-|3.subject_dob=-|3.subject_dob_approx=-", "subject_identified", RULE_FAIL, WAITS },
	{ COURT, "1.subject_surname=-|1.nhs_number=-|2.subject_surname=Testb|2.subject_dob=2015-01-01", "subject_identified", RULE_FAIL, STAYS },
	/* nhs_number_valid */
	{ POLICE, "", "nhs_number_valid", RULE_NOT_APPLICABLE, STAYS },
	{ POLICE, "1.nhs_number=-", "nhs_number_valid", RULE_NOT_APPLICABLE, STAYS },
	{ POLICE, "1.nhs_number=4010232137", "nhs_number_valid", RULE_PASS, STAYS },
	{ POLICE, "1.nhs_number=9990000018", "nhs_number_valid", RULE_WARN, STAYS },
	{ POLICE, "1.nhs_number=9999999999", "nhs_number_valid", RULE_FAIL, STAYS },
	{ POLICE, "1.nhs_number=0000000000", "nhs_number_valid", RULE_FAIL, STAYS },
	{ POLICE, "1.nhs_number=5000000015", "nhs_number_valid", RULE_FAIL, STAYS },
	{ POLICE, "1.nhs_number=5000000007", "nhs_number_valid", RULE_FAIL, STAYS },
	{ POLICE, "1.nhs_number=5000000021", "nhs_number_valid", RULE_WARN, STAYS },
	{ POLICE, "1.nhs_number=401023213", "nhs_number_valid", RULE_FAIL, STAYS },
	{ COURT, "2.nhs_number=4010232137", "nhs_number_valid", RULE_PASS, STAYS },
	{ COURT, "1.nhs_number=9990000018|2.nhs_number=4010232137", "nhs_number_valid", RULE_WARN, STAYS },
	{ COURT, "1.nhs_number=9990000018|2.nhs_number=4010232138", "nhs_number_valid", RULE_FAIL, STAYS },
	{ COURT, "1.nhs_number=4010232138|2.nhs_number=4010232137", "nhs_number_valid", RULE_FAIL, STAYS },
	/* items_administrative */
	{ POLICE, "items=", "items_administrative", RULE_WARN, WAITS },
	{ POLICE, "items=-", "items_administrative", RULE_FAIL, STAYS },
	{ POLICE, "items=name;former_names;date_of_birth;sex;address;postcode;area_of_registration;gp_practice;registration_date;date_of_death", "items_administrative", RULE_PASS, STAYS },
	{ POLICE, "items= address ; ;gp_practice;", "items_administrative", RULE_PASS, STAYS },
	{ POLICE, "items=address;-", "items_administrative", RULE_FAIL, STAYS },
	{ POLICE, "items=where he lives now", "items_administrative", RULE_FAIL, STAYS },
	{ POLICE, "items=Address", "items_administrative", RULE_FAIL, STAYS },
	{ POLICE, "items=address_and_everything_else_you_have", "items_administrative", RULE_FAIL, STAYS },
	{ COURT, "items=next_of_kin", "items_administrative", RULE_FAIL, STAYS },
	{ COURT, "service=hm_coroner|items=next_of_kin;gp_practice", "items_administrative", RULE_PASS, STAYS },
	{ COURT, "service=hm_coroner|items=next_of_kin;cause_of_death", "items_administrative", RULE_FAIL, STAYS },
	/* court_order_complete, recipient_allowed */
	{ COURT, "court=-", "court_order_complete", RULE_FAIL, STAYS },
	{ COURT, "court_case=", "court_order_complete", RULE_WARN, WAITS },
	{ COURT, "court_order_kind=-", "court_order_complete", RULE_FAIL, STAYS },
	{ COURT, "court_order_date=-|court=", "court_order_complete", RULE_FAIL, WAITS },
	{ COURT, "sealed_copy_seen=", "court_order_complete", RULE_WARN, WAITS },
	{ COURT, "sealed_copy_seen=-", "court_order_complete", RULE_FAIL, STAYS },
	{ COURT, "sealed_copy_seen=no|court=", "court_order_complete", RULE_FAIL, WAITS },
	{ COURT, "service=ccrc|court=-", "court_order_complete", RULE_NOT_APPLICABLE, STAYS },
	{ COURT, "recipient=court_officer", "recipient_allowed", RULE_FAIL, STAYS },
	{ COURT, "recipient=other", "recipient_allowed", RULE_FAIL, STAYS },
	{ COURT, "recipient=", "recipient_allowed", RULE_WARN, WAITS },
	{ COURT, "recipient=-", "recipient_allowed", RULE_FAIL, STAYS },
	{ COURT, "court_order_kind=caca1985_s24a", "recipient_allowed", RULE_PASS, STAYS },
	{ COURT, "court_order_kind=caca1985_s24a|recipient=constable", "recipient_allowed", RULE_FAIL, STAYS },
	{ COURT, "court_order_kind=ca1989_s50", "recipient_allowed", RULE_FAIL, STAYS },
	{ COURT, "court_order_kind=ca1989_s50|recipient=court_officer", "recipient_allowed", RULE_PASS, STAYS },
	{ COURT, "court_order_kind=ca1989_s50|recipient=other", "recipient_allowed", RULE_FAIL, STAYS },
	{ COURT, "court_order_kind=other|recipient=requester", "recipient_allowed", RULE_PASS, STAYS },
	{ COURT, "court_order_kind=other|recipient=other", "recipient_allowed", RULE_PASS, STAYS },
	{ COURT, "court_order_kind=other|recipient=-", "recipient_allowed", RULE_FAIL, STAYS },
	{ COURT, "court_order_kind=other|recipient=", "recipient_allowed", RULE_WARN, WAITS },
	{ COURT, "court_order_kind=", "recipient_allowed", RULE_WARN, WAITS },
	{ COURT, "court_order_kind=-", "recipient_allowed", RULE_WARN, STAYS },
	/* warrant_reference_present, welfare_panel_agreed */
	{ NCA, "warrant_reference=", "warrant_reference_present", RULE_WARN, WAITS },
	{ NCA, "received=2021-01-02", "warrant_reference_present", RULE_PASS, STAYS },
	{ POLICE, "warrant_reference=-", "warrant_reference_present", RULE_NOT_APPLICABLE, STAYS },
	{ HOME, "panel_decision=", "welfare_panel_agreed", RULE_WARN, WAITS },
	{ HOME, "panel_decision=-", "welfare_panel_agreed", RULE_FAIL, STAYS },
	{ HOME, "panel_decision=pending", "welfare_panel_agreed", RULE_WARN, WAITS },
	{ HOME, "received=2018-11-08|panel_decision=refused", "welfare_panel_agreed", RULE_FAIL, STAYS },
	/* what no service asks for while none is entered */
	{ POLICE, "service=", "countersigner_present", RULE_NOT_APPLICABLE, STAYS },
	{ POLICE, "service=", "purpose_accepted", RULE_FAIL, STAYS },
};
/* clang-format on */

static const char *const both_judged[] = { "purpose_accepted", "not_speculative" };

/* Checks a golden request with changes; judged: '-' not judged, 'y' or 'n', for the purpose and for
   the trawl. */
struct checked {
	struct request request;
	struct finding findings[RULE_COUNT];
	char why[RULES_WHY_SIZE];
};

static void check_case(struct checked *checked, const char *base, const char *changes,
	const char *judged, struct rules_input *input)
{
	json_t *golden = golden_read();
	struct rule_judgement judgements[2];
	size_t count = 0;

	request_init(&checked->request);
	case_load(json_object_get(golden_find(golden, base), "request"), &checked->request);
	json_decref(golden);
	case_change(&checked->request, changes);
	input->request = &checked->request;
	input->service = case_service(checked->request.field[FIELD_SERVICE]);
	input->rulebook = input->rulebook ? input->rulebook : rulebook_shipped();
	input->today = "2021-01-04";
	for (size_t i = 0; i < COUNT(both_judged); i++)
		if (judged[i] != '-')
			judgements[count++] =
				(struct rule_judgement) { both_judged[i], judged[i] == 'y' };
	input->judgements = judgements;
	input->judgement_count = count;
	rules_check(input, checked->findings);
	input->judgements = NULL;
	request_clear(&checked->request);
}

static void edges_hold(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(edges); i++) {
		const struct edge *edge = &edges[i];
		struct rules_input input = { 0 };
		struct checked checked;
		const struct finding *finding;

		check_case(&checked, edge->base, edge->changes, "--", &input);
		finding = case_finding(checked.findings, edge->rule);
		if (finding->result == edge->result && finding->waits == edge->waits)
			continue;
		wrong++;
		print_error("%s | %s: %s is %s%s, must be %s%s (%s)\n", edge->base, edge->changes,
			edge->rule, rule_result_code(finding->result),
			finding->waits ? " and waits" : "", rule_result_code(edge->result),
			edge->waits ? " and waits" : "", finding->sentence);
	}
	print_message("# %zu edges\n", COUNT(edges));
	assert_int_equal(wrong, 0);
}

/* clang-format off */
static const struct {
	const char *base;
	const char *changes;
	const char *judged;
	enum rule_advice advice;
	const char *why; /* "" when it may be accepted */
} advices[] = {
	{ POLICE, "", "yy", ADVICE_ACCEPT, "" },
	{ POLICE, "", "--", ADVICE_ACCEPT, "2 are yours to judge (purpose_accepted, not_speculative)" },
	{ POLICE, "", "y-", ADVICE_ACCEPT, "1 is yours to judge (not_speculative)" },
	{ POLICE, "", "ny", ADVICE_REJECT, "1 check fails (purpose_accepted)" },
	{ POLICE, "", "yn", ADVICE_REJECT, "1 check fails (not_speculative)" },
	{ POLICE, "purpose=", "ny", ADVICE_REJECT, "1 check fails (purpose_accepted); 1 waits for what is not entered or pending (purpose_accepted)" },
	{ POLICE, "purpose=other", "yy", ADVICE_REJECT, "1 check fails (purpose_accepted)" },
	{ POLICE, "countersigner_rank=Sgt", "yy", ADVICE_QUERY, "1 check fails (countersigner_senior_enough)" },
	{ POLICE, "countersigner_rank=T/Insp", "yy", ADVICE_QUERY, "" },
	{ POLICE, "countersigner_rank=SIO", "yy", ADVICE_QUERY, "" },
	{ POLICE, "necessity=short", "yy", ADVICE_QUERY, "" },
	{ POLICE, "1.nhs_number=9990000018", "yy", ADVICE_QUERY, "" },
	{ POLICE, "identity_checked=", "yy", ADVICE_QUERY, "1 waits for what is not entered or pending (requester_identity_checked)" },
	{ POLICE, "legal_basis=other", "yy", ADVICE_REJECT, "1 check fails (legal_basis_accepted)" },
	{ POLICE, "legal_basis=other|necessity=-", "y-", ADVICE_REJECT, "2 checks fail (legal_basis_accepted, necessity_stated); 1 is yours to judge (not_speculative)" },
	/* No countersignature can be mended by asking. */
	{ POLICE, "countersigner_name=-|countersigner_rank=-|countersigner_number=-|countersigned=-", "yy", ADVICE_QUERY, "5 checks fail (countersigner_present, countersigner_senior_enough, countersigner_senior_to_requester, signed_and_dated, signatures_in_order)" },
	{ HOME, "", "yy", ADVICE_QUERY, "" },
	{ HOME, "panel_decision=pending", "yy", ADVICE_QUERY, "2 wait for what is not entered or pending (service_open, welfare_panel_agreed)" },
	{ HOME, "panel_decision=refused", "yy", ADVICE_REJECT, "1 check fails (welfare_panel_agreed); 1 waits for what is not entered or pending (service_open)" },
	{ NCA, "", "yy", ADVICE_ACCEPT, "" },
	{ COURT, "", "yy", ADVICE_ACCEPT, "" },
	{ COURT, "service=hm_coroner|legal_basis=cja2009_sch5|purpose=next_of_kin|items=next_of_kin|" NO_ORDER, "yy", ADVICE_ACCEPT, "" },
	{ COURT, "service=ccrc|legal_basis=caa1995_s17|purpose=case_review|" NO_ORDER, "yy", ADVICE_ACCEPT, "" },
};
/* clang-format on */

static void advice_follows(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(advices); i++) {
		struct rules_input input = { 0 };
		struct checked checked;
		bool may;

		check_case(
			&checked, advices[i].base, advices[i].changes, advices[i].judged, &input);
		may = rules_may_accept(checked.findings, checked.why);
		if (rules_advice(checked.findings) != advices[i].advice)
			fail_msg("%s | %s: advice %s", advices[i].base, advices[i].changes,
				rule_advice_code(rules_advice(checked.findings)));
		assert_string_equal(checked.why, advices[i].why);
		assert_int_equal(may, advices[i].why[0] == '\0');
	}
}

/* clang-format off */
static const struct {
	const char *base;
	const char *changes;
	const char *judged;
	const char *exceptions[3];
	const char *why; /* "" when the exception may be proposed */
} excepted[] = {
	{ POLICE, "countersigner_rank=Sgt", "yy", { "countersigner_senior_enough" }, "" },
	{ POLICE, "countersigner_rank=Sgt", "yy", { "necessity_stated" }, "1 check fails (countersigner_senior_enough); 1 exception is for a check that does not fail (necessity_stated)" },
	{ POLICE, "countersigner_rank=PC", "yy", { "countersigner_senior_enough" }, "1 check fails (countersigner_senior_to_requester)" },
	{ POLICE, "countersigner_rank=PC", "yy", { "countersigner_senior_enough", "countersigner_senior_to_requester" }, "" },
	{ POLICE, "countersigner_rank=Sgt", "y-", { "countersigner_senior_enough" }, "1 is yours to judge (not_speculative)" },
	{ POLICE, "countersigner_rank=Sgt|identity_checked=", "yy", { "countersigner_senior_enough" }, "1 waits for what is not entered or pending (requester_identity_checked)" },
	{ POLICE, "requester_name=-|requester_rank=", "yy", { "requester_complete" }, "2 wait for what is not entered or pending (requester_complete, countersigner_senior_to_requester)" },
	{ POLICE, "necessity=short", "yy", { "necessity_stated" }, "1 exception is for a check that does not fail (necessity_stated)" },
	{ POLICE, "", "yy", { NULL }, "no exception is named" },
	{ POLICE, "", "y-", { NULL }, "1 is yours to judge (not_speculative); no exception is named" },
	/* Held: nothing but the panel's yes opens it. */
	{ HOME, "panel_decision=refused", "yy", { "welfare_panel_agreed" }, "1 waits for what is not entered or pending (service_open)" },
};
/* clang-format on */

static void exceptions_fit(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(excepted); i++) {
		struct rules_input input = { .exceptions = excepted[i].exceptions };
		struct checked checked;
		bool may;

		while (input.exception_count < 3 && excepted[i].exceptions[input.exception_count])
			input.exception_count++;
		check_case(&checked, excepted[i].base, excepted[i].changes, excepted[i].judged,
			&input);
		may = rules_may_except(checked.findings, checked.why);
		assert_string_equal(checked.why, excepted[i].why);
		assert_int_equal(may, excepted[i].why[0] == '\0');
		if (may) {
			assert_true(rules_may_accept(checked.findings, checked.why));
			assert_int_equal(rules_advice(checked.findings), ADVICE_ACCEPT);
		}
	}
}

static void duplicates_are_named(void **state)
{
	static const char *const references[] = { "TR-2020-000001", "TR-2020-000002",
		"TR-2020-000003", "TR-2020-000004", "TR-2020-000005", "TR-2020-000006",
		"TR-2020-000007" };
	static const struct {
		size_t count;
		const char *sentence;
	} cases[] = {
		{ 0, "No other receipt looks like the same request." },
		{ 1, "It may be the same request as TR-2020-000001." },
		{ 2, "It may be the same request as TR-2020-000001 and TR-2020-000002." },
		{ 7, "It may be the same request as TR-2020-000001, TR-2020-000002, "
		     "TR-2020-000003, TR-2020-000004, TR-2020-000005 and 2 more." },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct rules_input input = { .duplicates = references };
		struct checked checked;
		const struct finding *finding;

		input.duplicate_count = cases[i].count;
		check_case(&checked, POLICE, "", "yy", &input);
		finding = case_finding(checked.findings, "possible_duplicate");
		assert_string_equal(finding->sentence, cases[i].sentence);
		assert_int_equal(finding->result, cases[i].count ? RULE_WARN : RULE_PASS);
		assert_true(rules_may_accept(checked.findings, checked.why));
	}
}

/* clang-format off */
static const struct {
	const char *base;
	const char *changes;
	const char *rule;
	const char *sentence;
} sentences[] = {
	{ POLICE, "countersigner_rank=Sgt", "countersigner_senior_enough", "The countersigner is a Sergeant; an Inspector or above is needed." },
	{ HOME, "countersigner_rank=EO", "countersigner_senior_enough", "The countersigner is an Executive Officer; a Chief Immigration Officer or a Higher Executive Officer or above is needed." },
	{ POLICE, "countersigner_rank=A/Insp", "countersigner_senior_enough", "The countersigner is an acting or temporary Inspector; an Inspector or above, and not only as acting, temporary or special, is needed." },
	{ POLICE, "countersigner_rank=SIO", "countersigner_senior_enough", "The countersigner's rank is none we know for this kind of organisation; please say what it equals (an Inspector or above is needed)." },
	{ POLICE, "requester_rank=DI", "countersigner_senior_to_requester", "The countersigner (Inspector) is not senior to the requester (Inspector)." },
	{ POLICE, "requester_name=-|requester_rank=-|requester_number=", "requester_complete", "Missing from the form: the requester's name and the requester's rank. Not entered yet: the requester's number." },
	{ NCA, "", "countersigner_present", "Given: the countersigner's name, the countersigner's rank and the countersigner's number." },
	{ POLICE, "legal_basis=welfare", "legal_basis_accepted", "This service does not accept the legal basis given; it accepts DPA 2018 Sch 2 Pt 1 para 2." },
	{ POLICE, "items=next_of_kin;diagnosis;blood group", "items_administrative", "This service may not have: next of kin, 2 things that are not administrative data." },
	{ COURT, "recipient=constable", "recipient_allowed", "Under this order (Family Law Act 1986 s33) the answer may go to the court only." },
	{ COURT, "court_order_kind=ca1989_s50", "recipient_allowed", "Under this order (Children Act 1989 s50 recovery order) the answer may go to a constable or an officer of the court only." },
	{ COURT, "2.nhs_number=4010232138", "nhs_number_valid", "The check digit of the NHS number is wrong; please look it up again. (Subject 2.)" },
	{ POLICE, "service=nhscfa", "service_open", "The service took its last requests on 31/03/2019." },
	{ POLICE, "identity_checked=no", "requester_identity_checked", "Who the sender is was not checked apart from the form." },
};
/* clang-format on */

static void sentences_are_plain(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(sentences); i++) {
		struct rules_input input = { 0 };
		struct checked checked;

		check_case(&checked, sentences[i].base, sentences[i].changes, "--", &input);
		assert_string_equal(case_finding(checked.findings, sentences[i].rule)->sentence,
			sentences[i].sentence);
	}
}

/* A rulebook of other rows judges otherwise: nothing is compiled into the checks. */
static void the_rulebook_decides(void **state)
{
	static const struct rulebook_row rows[] = {
		{ RULEBOOK_MINIMUM_TIER, "police", "superintendent", "", "" },
		{ RULEBOOK_SECURE_DOMAIN, "", "example.org", "2020-12-14", "" },
		{ RULEBOOK_ITEM, "police", "name", "", "" },
		{ RULEBOOK_REQUIRED, "requester_complete", "offence", "", "" },
		{ RULEBOOK_NECESSITY_LEAST, "", "500", "", "" },
		{ RULEBOOK_SIGNATURE_DAYS, "nca", "1", "", "" },
	};
	static const struct rulebook rulebook = {
		.version = 2, .rows = rows, .row_count = COUNT(rows)
	};
	static const struct {
		const char *rule;
		enum rule_result result;
	} expect[] = {
		{ "countersigner_senior_enough", RULE_FAIL },
		{ "requester_email_secure", RULE_PASS },
		{ "items_administrative", RULE_FAIL },
		{ "requester_complete", RULE_FAIL },
		{ "countersigner_present", RULE_PASS },
		{ "necessity_stated", RULE_WARN },
		{ "signatures_in_order", RULE_PASS },
		{ "legal_basis_accepted", RULE_FAIL },
	};
	struct rules_input input = { .rulebook = &rulebook };
	struct checked checked;

	(void)state;
	check_case(&checked, POLICE,
		"requester_email=x@a.example.org|offence=-|requester_name=-|"
		"requester_signed=2020-01-01",
		"--", &input);
	for (size_t i = 0; i < COUNT(expect); i++)
		assert_int_equal(
			case_finding(checked.findings, expect[i].rule)->result, expect[i].result);
	check_case(&checked, POLICE, "requester_email=x@a.example.org|received=2020-12-13", "--",
		&input);
	assert_int_equal(
		case_finding(checked.findings, "requester_email_secure")->result, RULE_FAIL);
	check_case(&checked, NCA, "", "--", &input);
	assert_int_equal(case_finding(checked.findings, "countersigner_senior_enough")->result,
		RULE_NOT_APPLICABLE);
	assert_int_equal(case_finding(checked.findings, "signatures_in_order")->result, RULE_WARN);
}

/* Every row that is shipped names what the rules know. */
static void the_shipped_rulebook_is_sound(void **state)
{
	const struct rulebook *rulebook = rulebook_shipped();

	(void)state;
	assert_int_equal(rulebook->version, 1);
	for (size_t i = 0; i < rulebook->row_count; i++) {
		const struct rulebook_row *row = &rulebook->rows[i];

		assert_int_equal(rulebook_kind_from(rulebook_kind_code((int)row->kind)), row->kind);
		if (row->kind == RULEBOOK_REQUIRED)
			assert_non_null(rule_find(row->scope));
		else if (row->kind != RULEBOOK_RECIPIENT && row->scope[0] != '\0')
			assert_non_null(case_service(row->scope));
	}
	assert_null(rulebook_kind_code(99));
	assert_int_equal(rulebook_kind_from("no_such_kind"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edges_hold),
		cmocka_unit_test(advice_follows),
		cmocka_unit_test(exceptions_fit),
		cmocka_unit_test(duplicates_are_named),
		cmocka_unit_test(sentences_are_plain),
		cmocka_unit_test(the_rulebook_decides),
		cmocka_unit_test(the_shipped_rulebook_is_sound),
	};

	return cmocka_run_group_tests_name("rules_edges", tests, NULL, NULL);
}
