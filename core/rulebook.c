/*
 * The rulebook as shipped, and looking things up in one. What is our choice
 * rather than published (interface.md, domain.md) says so beside its rows.
 */
#include "core/rulebook.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* clang-format off */

#define KIND_CODE(constant, number, code, scope, value) { constant, code },
static const struct {
	enum rulebook_kind kind;
	const char *code;
} kinds[] = { RULEBOOK_KINDS(KIND_CODE) };

#define ALL(kind, scope, value) { kind, scope, value, "", "" }

static const struct rulebook_row shipped_rows[] = {
	/* Our choice, after the practice of other UK bodies that answer the same kind of form. */
	ALL(RULEBOOK_MINIMUM_TIER, "police", "inspector"),
	ALL(RULEBOOK_MINIMUM_TIER, "nca", "inspector"),
	ALL(RULEBOOK_MINIMUM_TIER, "home_office", "inspector"),

	/* Government and NHS mail domains that are run as secure ones. */
	ALL(RULEBOOK_SECURE_DOMAIN, "", "police.uk"),
	ALL(RULEBOOK_SECURE_DOMAIN, "", "pnn.police.uk"),
	ALL(RULEBOOK_SECURE_DOMAIN, "", "nca.gov.uk"),
	ALL(RULEBOOK_SECURE_DOMAIN, "", "gov.uk"),
	ALL(RULEBOOK_SECURE_DOMAIN, "", "cjsm.net"),
	ALL(RULEBOOK_SECURE_DOMAIN, "", "nhs.net"),
	ALL(RULEBOOK_SECURE_DOMAIN, "", "nhs.uk"),
	ALL(RULEBOOK_SECURE_DOMAIN, "", "justice.gov.uk"),
	ALL(RULEBOOK_SECURE_DOMAIN, "", "homeoffice.gov.uk"),
	ALL(RULEBOOK_SECURE_DOMAIN, "", "ccrc.gov.uk"),
	ALL(RULEBOOK_SECURE_DOMAIN, "", "mod.gov.uk"),

	/* The DPA 2018 took the place of the DPA 1998 on 25 May 2018. */
	{ RULEBOOK_LEGAL_BASIS, "police", "dpa2018_sch2_2", "2018-05-25", "" },
	{ RULEBOOK_LEGAL_BASIS, "police", "dpa1998_s29", "", "2018-05-24" },
	{ RULEBOOK_LEGAL_BASIS, "nhscfa", "dpa2018_sch2_2", "2018-05-25", "" },
	{ RULEBOOK_LEGAL_BASIS, "nhscfa", "dpa1998_s29", "", "2018-05-24" },
	{ RULEBOOK_LEGAL_BASIS, "nca", "dpa2018_sch2_2", "2018-05-25", "" },
	{ RULEBOOK_LEGAL_BASIS, "nca", "dpa1998_s29", "", "2018-05-24" },
	ALL(RULEBOOK_LEGAL_BASIS, "home_office", "welfare"),
	ALL(RULEBOOK_LEGAL_BASIS, "court_order", "court_order"),
	ALL(RULEBOOK_LEGAL_BASIS, "ccrc", "caa1995_s17"),
	ALL(RULEBOOK_LEGAL_BASIS, "hm_coroner", "cja2009_sch5"),
	ALL(RULEBOOK_LEGAL_BASIS, "welsh_blood", "other"),
	ALL(RULEBOOK_LEGAL_BASIS, "jersey_cytology", "other"),
	ALL(RULEBOOK_LEGAL_BASIS, "charity", "other"),

	ALL(RULEBOOK_PURPOSE, "police", "criminal_investigation"),
	ALL(RULEBOOK_PURPOSE, "nhscfa", "criminal_investigation"),
	ALL(RULEBOOK_PURPOSE, "nca", "arrest_warrant"),
	ALL(RULEBOOK_PURPOSE, "home_office", "welfare"),
	ALL(RULEBOOK_PURPOSE, "court_order", "court_order"),
	ALL(RULEBOOK_PURPOSE, "ccrc", "case_review"),
	ALL(RULEBOOK_PURPOSE, "hm_coroner", "next_of_kin"),
	ALL(RULEBOOK_PURPOSE, "welsh_blood", "donor"),
	ALL(RULEBOOK_PURPOSE, "jersey_cytology", "screening"),
	ALL(RULEBOOK_PURPOSE, "charity", "lost_contact"),

	/* Administrative data is all that is ever released. */
	ALL(RULEBOOK_ITEM, "", "name"),
	ALL(RULEBOOK_ITEM, "", "former_names"),
	ALL(RULEBOOK_ITEM, "", "date_of_birth"),
	ALL(RULEBOOK_ITEM, "", "sex"),
	ALL(RULEBOOK_ITEM, "", "address"),
	ALL(RULEBOOK_ITEM, "", "postcode"),
	ALL(RULEBOOK_ITEM, "", "area_of_registration"),
	ALL(RULEBOOK_ITEM, "", "gp_practice"),
	ALL(RULEBOOK_ITEM, "", "registration_date"),
	ALL(RULEBOOK_ITEM, "", "date_of_death"),
	/* Coroners and Justice Act 2009 Sch 5 para 1. */
	ALL(RULEBOOK_ITEM, "hm_coroner", "next_of_kin"),

	ALL(RULEBOOK_REQUIRED, "requester_complete", "requester_name"),
	ALL(RULEBOOK_REQUIRED, "requester_complete", "requester_rank"),
	ALL(RULEBOOK_REQUIRED, "requester_complete", "requester_number"),
	ALL(RULEBOOK_REQUIRED, "requester_complete", "organisation"),
	ALL(RULEBOOK_REQUIRED, "requester_complete", "requester_email"),
	ALL(RULEBOOK_REQUIRED, "countersigner_present", "countersigner_name"),
	ALL(RULEBOOK_REQUIRED, "countersigner_present", "countersigner_rank"),
	ALL(RULEBOOK_REQUIRED, "countersigner_present", "countersigner_number"),
	ALL(RULEBOOK_REQUIRED, "signed_and_dated", "requester_signed"),
	ALL(RULEBOOK_REQUIRED, "signed_and_dated", "countersigned"),
	ALL(RULEBOOK_REQUIRED, "court_order_complete", "court"),
	ALL(RULEBOOK_REQUIRED, "court_order_complete", "court_case"),
	ALL(RULEBOOK_REQUIRED, "court_order_complete", "court_order_kind"),
	ALL(RULEBOOK_REQUIRED, "court_order_complete", "court_order_date"),
	ALL(RULEBOOK_REQUIRED, "warrant_reference_present", "warrant_reference"),

	/* FLA 1986 s33: to the court. CA 1989 s50: a constable or an officer of the court. CACA 1985
	   s24A: our choice. Another order: as the order says. */
	ALL(RULEBOOK_RECIPIENT, "fla1986_s33", "court"),
	ALL(RULEBOOK_RECIPIENT, "ca1989_s50", "constable"),
	ALL(RULEBOOK_RECIPIENT, "ca1989_s50", "court_officer"),
	ALL(RULEBOOK_RECIPIENT, "caca1985_s24a", "court"),
	ALL(RULEBOOK_RECIPIENT, "other", "court"),
	ALL(RULEBOOK_RECIPIENT, "other", "constable"),
	ALL(RULEBOOK_RECIPIENT, "other", "court_officer"),
	ALL(RULEBOOK_RECIPIENT, "other", "requester"),
	ALL(RULEBOOK_RECIPIENT, "other", "other"),

	/* Our choice. */
	ALL(RULEBOOK_NECESSITY_LEAST, "", "20"),
	ALL(RULEBOOK_SIGNATURE_DAYS, "", "30"),
};

/* clang-format on */

static const struct rulebook shipped = {
	.version = 1, .rows = shipped_rows, .row_count = COUNT(shipped_rows)
};

const struct rulebook *rulebook_shipped(void)
{
	return &shipped;
}

const char *rulebook_kind_code(int kind)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if ((int)kinds[i].kind == kind)
			return kinds[i].code;
	return NULL;
}

int rulebook_kind_from(const char *code)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].code, code) == 0)
			return (int)kinds[i].kind;
	return 0;
}

/* Days written YYYY-MM-DD compare as text. */
static bool row_holds(const struct rulebook_row *row, const char *scope, const char *day)
{
	if (row->scope[0] != '\0' && strcmp(row->scope, scope) != 0)
		return false;
	if (row->from[0] != '\0' && strcmp(day, row->from) < 0)
		return false;
	return row->to[0] == '\0' || strcmp(day, row->to) <= 0;
}

const struct rulebook_row *rulebook_next(const struct rulebook *rulebook, enum rulebook_kind kind,
	const char *scope, const char *day, const struct rulebook_row *after)
{
	const struct rulebook_row *row = after ? after + 1 : rulebook->rows;

	for (; row < rulebook->rows + rulebook->row_count; row++)
		if (row->kind == kind && row_holds(row, scope, day))
			return row;
	return NULL;
}

bool rulebook_has(const struct rulebook *rulebook, enum rulebook_kind kind, const char *scope,
	const char *day, const char *value)
{
	const struct rulebook_row *row = NULL;

	while ((row = rulebook_next(rulebook, kind, scope, day, row)) != NULL)
		if (strcmp(row->value, value) == 0)
			return true;
	return false;
}

const char *rulebook_value(const struct rulebook *rulebook, enum rulebook_kind kind,
	const char *scope, const char *day)
{
	const struct rulebook_row *row = rulebook_next(rulebook, kind, scope, day, NULL);

	return row ? row->value : "";
}

int rulebook_number(const struct rulebook *rulebook, enum rulebook_kind kind, const char *scope,
	const char *day)
{
	return (int)strtol(rulebook_value(rulebook, kind, scope, day), NULL, 10);
}
