/*
 * Codes and their words. Services are worded as the register prints them
 * (domain.md section 3, without notes); reasons of rejection are the rules of
 * interface.md section 4 that can fail, and three more.
 */
#include "core/codes.h"

#include <string.h>

#include "core/list.h"
#include "core/text.h"
#include "db/memory.h"

/* clang-format off */

static const struct code channels[] = {
	{ "secure_email", "secure e-mail" },
	{ "post", "post" },
	{ "court_mailbox", "court mailbox" },
	{ "telephone", "telephone" },
	{ "in_person", "in person" },
	{ "other", "other" },
};
static const struct code services[] = {
	{ "police", "Police" },
	{ "nca", "NCA" },
	{ "home_office", "Home Office" },
	{ "court_order", "Court Order" },
	{ "ccrc", "CCRC" },
	{ "nhscfa", "NHSCFA" },
	{ "hm_coroner", "HM Coroner" },
	{ "welsh_blood", "Welsh Blood Service" },
	{ "jersey_cytology", "Jersey Cytology Screening" },
	{ "charity", "Charity" },
};
static const struct code organisation_kinds[] = {
	{ "territorial", "territorial police force" },
	{ "met", "Metropolitan Police" },
	{ "city", "City of London Police" },
	{ "service_navy", "Royal Navy Police" },
	{ "service_army", "Royal Military Police" },
	{ "service_air", "RAF Police" },
	{ "nca", "National Crime Agency" },
	{ "home_office", "Home Office" },
	{ "court", "court" },
	{ "ccrc", "Criminal Cases Review Commission" },
	{ "coroner", "coroner" },
	{ "health", "health service" },
	{ "charity", "charity" },
	{ "other", "other" },
};
static const struct code identity_checks[] = {
	{ "force_mailbox", "came from the force's own mailbox" },
	{ "call_back", "called back at the switchboard" },
	{ "known_contact", "known contact" },
	{ "no", "not checked" },
};
static const struct code legal_bases[] = {
	{ "dpa2018_sch2_2", "DPA 2018 Sch 2 Pt 1 para 2" },
	{ "dpa1998_s29", "DPA 1998 s29" },
	{ "court_order", "court order" },
	{ "caa1995_s17", "Criminal Appeal Act 1995 s17" },
	{ "cja2009_sch5", "Coroners and Justice Act 2009 Sch 5 para 1" },
	{ "welfare", "welfare" },
	{ "other", "other" },
};
static const struct code purposes[] = {
	{ "criminal_investigation", "criminal investigation" },
	{ "arrest_warrant", "arrest warrant" },
	{ "immigration_offence", "immigration offence" },
	{ "welfare", "welfare" },
	{ "court_order", "court order" },
	{ "case_review", "case review" },
	{ "next_of_kin", "next of kin" },
	{ "donor", "donor" },
	{ "screening", "screening" },
	{ "lost_contact", "lost contact" },
	{ "other", "other" },
};
static const struct code subject_roles[] = {
	{ "suspect", "suspect" },
	{ "victim", "victim" },
	{ "witness", "witness" },
	{ "missing", "missing person" },
	{ "offender", "offender" },
	{ "child", "child" },
	{ "parent", "parent" },
	{ "next_of_kin", "next of kin" },
	{ "deceased", "deceased" },
	{ "other", "other" },
};
static const struct code subject_sexes[] = {
	{ "female", "female" },
	{ "male", "male" },
	{ "not_known", "not known" },
	{ "not_specified", "not specified" },
};
static const struct code court_order_kinds[] = {
	{ "fla1986_s33", "Family Law Act 1986 s33" },
	{ "ca1989_s50", "Children Act 1989 s50 recovery order" },
	{ "caca1985_s24a", "Child Abduction and Custody Act 1985 s24A" },
	{ "other", "other order" },
};
static const struct code panel_decisions[] = {
	{ "agreed", "agreed" },
	{ "refused", "refused" },
	{ "pending", "pending" },
};
static const struct code recipients[] = {
	{ "court", "the court" },
	{ "constable", "a constable" },
	{ "court_officer", "an officer of the court" },
	{ "requester", "the requester" },
	{ "other", "other" },
};
static const struct code items[] = {
	{ "name", "name" },
	{ "former_names", "former names" },
	{ "date_of_birth", "date of birth" },
	{ "sex", "sex" },
	{ "address", "address" },
	{ "postcode", "postcode" },
	{ "area_of_registration", "area of GP registration" },
	{ "gp_practice", "GP practice" },
	{ "registration_date", "date of registration" },
	{ "date_of_death", "date of death" },
	{ "next_of_kin", "next of kin" },
};
/* On what a trace matched. */
static const struct code matched[] = {
	{ "name", "name" },
	{ "former_names", "former names" },
	{ "date_of_birth", "date of birth" },
	{ "sex", "sex" },
	{ "nhs_number", "NHS number" },
	{ "address", "address" },
	{ "postcode", "postcode" },
};
static const struct code trace_codes[] = {
	{ "00", "match" },
	{ "90", "superseded number" },
	{ "91", "invalid record" },
	{ "92", "sensitive, location withheld" },
	{ "95", "under investigation" },
	{ "96", "not enough data" },
	{ "97", "several matches" },
	{ "98", "no match" },
};
static const struct code outcomes[] = {
	{ "rejected", "Rejected" },
	{ "approved_trace", "Approved - Trace" },
	{ "approved_no_trace", "Approved - No Trace" },
	{ "withdrawn", "withdrawn" },
};
static const struct code reasons[] = {
	{ "service_open", "the service took no requests on the day received" },
	{ "requester_complete", "the requester's details are not complete" },
	{ "requester_email_secure", "the e-mail address is not a secure one" },
	{ "requester_identity_checked", "who the sender is was not confirmed" },
	{ "purpose_accepted", "the purpose is not one that is accepted" },
	{ "legal_basis_accepted", "the legal basis is not one that is accepted" },
	{ "necessity_stated", "why it is necessary is not stated" },
	{ "countersigner_present", "not countersigned" },
	{ "countersigner_not_requester", "countersigned by the requester" },
	{ "countersigner_senior_enough", "the countersigner is not senior enough" },
	{ "countersigner_senior_to_requester", "the countersigner is not above the requester" },
	{ "signed_and_dated", "not signed and dated by both" },
	{ "signatures_in_order", "the signatures are not in order" },
	{ "subject_identified", "not enough to identify the subject" },
	{ "nhs_number_valid", "the NHS number is not valid" },
	{ "items_administrative", "asks for what cannot be released" },
	{ "court_order_complete", "the court order is not complete" },
	{ "recipient_allowed", "the recipient may not have the answer" },
	{ "warrant_reference_present", "no warrant reference" },
	{ "welfare_panel_agreed", "the Welfare Assessment Panel did not agree" },
	{ "not_speculative", "the request is speculative" },
	{ "not_in_public_interest", "not in the public interest" },
	{ "guardian_withheld", "withheld by the Caldicott Guardian" },
	{ "other", "other" },
};
static const struct code dbsb_statuses[] = {
	{ "received", "received" },
	{ "rejected", "rejected" },
	{ "withdrawn", "withdrawn" },
	{ "processed", "approved and processed" },
};
static const struct code dbsb_reasons[] = {
	{ "incorrect_format", "incorrectly formatted data" },
	{ "insecure_email", "insecure e-mail domain" },
	{ "out_of_scope", "submitted data out of scope" },
	{ "no_authority", "authority for use of the service not in place" },
};

static const struct code withdrawals[] = {
	{ "requester_withdrew", "the requester withdrew it" },
	{ "logged_in_error", "logged in error" },
};

#define CODE_SET(name, codes) { name, codes, sizeof(codes) / sizeof((codes)[0]) }
static const struct code_set sets[] = {
	CODE_SET("channel", channels),
	CODE_SET("service", services),
	CODE_SET("organisation_kind", organisation_kinds),
	CODE_SET("identity_checked", identity_checks),
	CODE_SET("legal_basis", legal_bases),
	CODE_SET("purpose", purposes),
	CODE_SET("subject_role", subject_roles),
	CODE_SET("subject_sex", subject_sexes),
	CODE_SET("court_order_kind", court_order_kinds),
	CODE_SET("panel_decision", panel_decisions),
	CODE_SET("recipient", recipients),
	CODE_SET("item", items),
	CODE_SET("matched_on", matched),
	CODE_SET("trace_code", trace_codes),
	CODE_SET("outcome", outcomes),
	CODE_SET("reason", reasons),
	CODE_SET("withdrawal", withdrawals),
	CODE_SET("dbsb_status", dbsb_statuses),
	CODE_SET("dbsb_reason", dbsb_reasons),
};

/* clang-format on */

const struct code_set *code_set_find(const char *name)
{
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
		if (strcmp(sets[i].name, name) == 0)
			return &sets[i];
	return NULL;
}

const char *code_label(const struct code_set *set, const char *code)
{
	for (size_t i = 0; i < set->count; i++)
		if (strcmp(set->codes[i].code, code) == 0)
			return set->codes[i].label;
	return NULL;
}

const char *code_shown(const char *set, const char *code)
{
	const struct code_set *codes = code_set_find(set);
	const char *label = codes ? code_label(codes, code) : NULL;

	return label ? label : code;
}

void codes_show(const char *set, const char *list, struct buffer *out)
{
	const char *separator = "";
	char *code;

	while ((code = list_next(&list)) != NULL) {
		buffer_add(out, separator);
		text_show(code_shown(set, code), out);
		mem_free(code);
		separator = ", ";
	}
}

bool trace_code_is_found(const char *code)
{
	return strcmp(code, "00") == 0 || strcmp(code, "90") == 0 || strcmp(code, "92") == 0;
}
