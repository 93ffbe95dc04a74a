/*
 * One table: rule, the fields it reads. What was not entered is said so.
 */
#include "tui/evidence.h"

#include <string.h>

#include "core/buffer.h"
#include "tui/receipt_lines.h"

enum { EVIDENCE_MOST = 6, EVIDENCE_COLUMN = 6 };

/* clang-format off */

/* Fields count from 1: 0 ends a row. */
#define F(field) ((field) + 1)
static const struct {
	const char *rule;
	int fields[EVIDENCE_MOST];
	int subject_fields[EVIDENCE_MOST];
} evidence[] = {
	{ "service_open", { F(FIELD_RECEIVED), F(FIELD_PANEL_DECISION) }, { 0 } },
	{ "requester_complete", { F(FIELD_REQUESTER_NAME), F(FIELD_REQUESTER_RANK),
	  F(FIELD_REQUESTER_NUMBER), F(FIELD_ORGANISATION), F(FIELD_REQUESTER_EMAIL) }, { 0 } },
	{ "requester_email_secure", { F(FIELD_REQUESTER_EMAIL) }, { 0 } },
	{ "requester_identity_checked", { F(FIELD_IDENTITY_CHECKED) }, { 0 } },
	{ "purpose_accepted", { F(FIELD_PURPOSE), F(FIELD_OFFENCE), F(FIELD_NECESSITY) }, { 0 } },
	{ "legal_basis_accepted", { F(FIELD_LEGAL_BASIS) }, { 0 } },
	{ "necessity_stated", { F(FIELD_NECESSITY) }, { 0 } },
	{ "countersigner_present", { F(FIELD_COUNTERSIGNER_NAME), F(FIELD_COUNTERSIGNER_RANK),
	  F(FIELD_COUNTERSIGNER_NUMBER) }, { 0 } },
	{ "countersigner_not_requester", { F(FIELD_REQUESTER_NAME), F(FIELD_REQUESTER_NUMBER),
	  F(FIELD_COUNTERSIGNER_NAME), F(FIELD_COUNTERSIGNER_NUMBER) }, { 0 } },
	{ "countersigner_senior_enough", { F(FIELD_COUNTERSIGNER_NAME), F(FIELD_COUNTERSIGNER_RANK),
	  F(FIELD_ORGANISATION_KIND) }, { 0 } },
	{ "countersigner_senior_to_requester", { F(FIELD_REQUESTER_RANK), F(FIELD_COUNTERSIGNER_RANK),
	  F(FIELD_ORGANISATION_KIND) }, { 0 } },
	{ "signed_and_dated", { F(FIELD_REQUESTER_SIGNED), F(FIELD_COUNTERSIGNED) }, { 0 } },
	{ "signatures_in_order", { F(FIELD_REQUESTER_SIGNED), F(FIELD_COUNTERSIGNED),
	  F(FIELD_RECEIVED) }, { 0 } },
	{ "subject_identified", { 0 }, { F(FIELD_SUBJECT_SURNAME), F(FIELD_SUBJECT_DOB),
	  F(FIELD_SUBJECT_DOB_APPROX), F(FIELD_NHS_NUMBER) } },
	{ "nhs_number_valid", { 0 }, { F(FIELD_NHS_NUMBER) } },
	{ "items_administrative", { F(FIELD_ITEMS) }, { 0 } },
	{ "court_order_complete", { F(FIELD_COURT), F(FIELD_COURT_CASE), F(FIELD_COURT_ORDER_KIND),
	  F(FIELD_COURT_ORDER_DATE), F(FIELD_SEALED_COPY_SEEN) }, { 0 } },
	{ "recipient_allowed", { F(FIELD_RECIPIENT), F(FIELD_COURT_ORDER_KIND) }, { 0 } },
	{ "warrant_reference_present", { F(FIELD_WARRANT_REFERENCE) }, { 0 } },
	{ "welfare_panel_agreed", { F(FIELD_PANEL_DECISION) }, { 0 } },
	{ "not_speculative", { F(FIELD_NECESSITY), F(FIELD_OFFENCE) }, { 0 } },
};
#undef F
/* clang-format on */

static void field_add(struct buffer *out, const char *label, const struct buffer *value)
{
	buffer_print(out, "%s%s %s", out->size > 0 ? "; " : "", label,
		value->size > 0 ? buffer_text(value) : "(not entered)");
}

void evidence_put(struct page *page, const struct request *request, const char *rule)
{
	size_t at = 0, count = sizeof(evidence) / sizeof(evidence[0]);
	struct buffer out, value;

	while (at < count && strcmp(evidence[at].rule, rule) != 0)
		at++;
	if (at == count)
		return;
	buffer_init(&out);
	for (int i = 0; i < EVIDENCE_MOST && evidence[at].fields[i]; i++) {
		int field = evidence[at].fields[i] - 1;

		buffer_init(&value);
		request_field_shown(request, field, &value);
		field_add(&out, request_field_label(field), &value);
		buffer_done(&value);
	}
	for (size_t s = 0; s < request->subject_count; s++)
		for (int i = 0; i < EVIDENCE_MOST && evidence[at].subject_fields[i]; i++) {
			int field = evidence[at].subject_fields[i] - 1;

			buffer_init(&value);
			subject_field_shown(&request->subjects[s], field, &value);
			field_add(&out, subject_field_label(field), &value);
			buffer_done(&value);
		}
	page_labelled(page, EVIDENCE_COLUMN, NULL, buffer_text(&out));
	buffer_done(&out);
}
