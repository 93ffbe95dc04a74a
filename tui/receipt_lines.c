/*
 * Which fields of a receipt stand together, under which label, as tables, and
 * how a value of each kind is shown. What was not entered is left out; "-" is
 * told as what it means.
 */
#include "tui/receipt_lines.h"

#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/codes.h"
#include "core/json.h"
#include "core/nhs_number.h"

enum { VALUE_COLUMN = 19 };

struct field_show {
	enum field_kind kind;
	const char *codes;
};

#define FIELD_LABEL(constant, column, kind, codes, most, label) [constant] = label,
#define FIELD_SHOW(constant, column, kind, codes, most, label)	[constant] = { kind, codes },
static const struct field_show request_shows[] = { REQUEST_FIELDS(FIELD_SHOW)
		HISTORY_FIELDS(FIELD_SHOW) };
static const struct field_show subject_shows[] = { SUBJECT_FIELDS(FIELD_SHOW)
		TRACE_FIELDS(FIELD_SHOW) };

struct group_field {
	int field;
	const char *label;
};

/* clang-format off */
static const struct group_field about_fields[] = {
	{ FIELD_SERVICE, "Service" }, { FIELD_REQUESTER_REFERENCE, "Their reference" },
	{ FIELD_RECEIVED, "Received" }, { FIELD_CHANNEL, "Came by" },
	{ FIELD_NEEDED_BY, "Needed by" }, { FIELD_SAFEGUARDING, "Safeguarding" },
	{ FIELD_ITEMS, "Asks for" }, { FIELD_PURPOSE, "Purpose" },
	{ FIELD_LEGAL_BASIS, "Legal basis" }, { FIELD_OFFENCE, "Offence" },
	{ FIELD_SUBJECT_ROLE, "Subject's role" }, { FIELD_NECESSITY, "Why necessary" },
	{ FIELD_WARRANT_REFERENCE, "Warrant" }, { FIELD_PANEL_DECISION, "Panel's decision" },
	{ FIELD_RECIPIENT, "Recipient" }, { FIELD_RETURN_ROUTE, "Return route" },
};
static const struct group_field requester_fields[] = {
	{ FIELD_ORGANISATION, "Organisation" }, { FIELD_ORGANISATION_KIND, "Kind" },
	{ FIELD_REQUESTER_NAME, "Name" }, { FIELD_REQUESTER_RANK, "Rank" },
	{ FIELD_REQUESTER_NUMBER, "Number" }, { FIELD_REQUESTER_STATION, "Station" },
	{ FIELD_REQUESTER_EMAIL, "E-mail" }, { FIELD_REQUESTER_TELEPHONE, "Telephone" },
	{ FIELD_REQUESTER_ADDRESS, "Address" }, { FIELD_REQUESTER_SIGNED, "Signed" },
	{ FIELD_IDENTITY_CHECKED, "Sender checked" },
};
static const struct group_field countersigner_fields[] = {
	{ FIELD_COUNTERSIGNER_NAME, "Name" }, { FIELD_COUNTERSIGNER_RANK, "Rank" },
	{ FIELD_COUNTERSIGNER_NUMBER, "Number" },
	{ FIELD_COUNTERSIGNER_ORGANISATION, "Organisation" }, { FIELD_COUNTERSIGNED, "Signed" },
};
static const struct group_field court_fields[] = {
	{ FIELD_COURT, "Court" }, { FIELD_COURT_CASE, "Case number" },
	{ FIELD_COURT_ORDER_KIND, "Kind of order" }, { FIELD_COURT_ORDER_DATE, "Order made" },
	{ FIELD_SEALED_COPY_SEEN, "Sealed copy seen" },
};
static const struct group_field decision_fields[] = {
	{ FIELD_OUTCOME, "Outcome" }, { FIELD_DECIDED, "Decided" },
	{ FIELD_DECIDED_BY, "Decided by" }, { FIELD_REVIEWED_BY, "Reviewed by" },
	{ FIELD_REASONS, "Reasons" }, { FIELD_RELEASED, "Released" },
};
static const struct group_field note_fields[] = { { FIELD_NOTE, "Note" } };
static const struct group_field subject_fields[] = {
	{ FIELD_SUBJECT_SURNAME, "Surname" }, { FIELD_SUBJECT_FORENAMES, "Forenames" },
	{ FIELD_SUBJECT_ALIASES, "Other names" }, { FIELD_SUBJECT_DOB, "Born" },
	{ FIELD_SUBJECT_DOB_APPROX, "Born about" }, { FIELD_SUBJECT_SEX, "Sex" },
	{ FIELD_SUBJECT_ADDRESS, "Address" }, { FIELD_SUBJECT_POSTCODE, "Postcode" },
	{ FIELD_NHS_NUMBER, "NHS number" }, { FIELD_TRACE_CODE, "Trace answer" },
	{ FIELD_MATCHED_ON, "Matched on" }, { FIELD_S_FLAG, "S-flagged" },
	{ FIELD_IDENTITY_CHANGED, "Changed identity" },
};

#define GROUP(heading, fields) { heading, fields, sizeof(fields) / sizeof((fields)[0]) }
/* In reading order. */
static const struct group {
	const char *heading;
	const struct group_field *fields;
	size_t count;
} groups[] = {
	GROUP("Request", about_fields),
	GROUP("Requester", requester_fields),
	GROUP("Countersigner", countersigner_fields),
	GROUP("Court order", court_fields),
	GROUP("Decision", decision_fields),
	GROUP("Note", note_fields),
};
/* clang-format on */

static void value_show(const struct field_show *show, const char *value, struct buffer *out)
{
	char shown[64];

	if (strcmp(value, "-") == 0) {
		buffer_add(out, "not on the form");
		return;
	}
	switch (show->kind) {
	case FIELD_DAY:
		day_shown(value, shown);
		buffer_add(out, shown);
		break;
	case FIELD_CODE:
		buffer_add(out, code_shown(show->codes, value));
		break;
	case FIELD_LIST:
		codes_show(show->codes, value, out);
		break;
	case FIELD_NUMBER:
		if (strlen(value) == NHS_NUMBER_SIZE - 1) {
			nhs_number_shown(value, shown);
			value = shown;
		}
		buffer_add(out, value);
		break;
	case FIELD_MONTH:
		month_digits(value, shown);
		buffer_add(out, shown);
		break;
	case FIELD_TEXT:
	case FIELD_YES_NO:
		buffer_add(out, value);
		break;
	}
}

void request_field_shown(const struct request *request, int field, struct buffer *out)
{
	value_show(&request_shows[field], request->field[field], out);
}

void subject_field_shown(const struct subject *subject, int field, struct buffer *out)
{
	value_show(&subject_shows[field], subject->field[field], out);
}

const char *request_field_label(int field)
{
	static const char *const labels[] = { REQUEST_FIELDS(FIELD_LABEL) };

	return labels[field];
}

const char *subject_field_label(int field)
{
	static const char *const labels[] = { SUBJECT_FIELDS(FIELD_LABEL) };

	return labels[field];
}

static void field_put(
	struct page *page, const char *label, const struct field_show *show, const char *value)
{
	struct buffer text;

	buffer_init(&text);
	value_show(show, value, &text);
	page_labelled(page, VALUE_COLUMN, label, buffer_text(&text));
	buffer_done(&text);
}

static void heading_put(struct page *page, const char *heading)
{
	page_gap(page);
	page_heading(page, heading);
}

static void group_put(struct page *page, const struct group *group, const struct request *request,
	const struct service_list *services)
{
	bool has_heading = false;

	for (size_t i = 0; i < group->count; i++) {
		int field = group->fields[i].field;
		const char *value = request->field[field];

		if (value[0] == '\0')
			continue;
		if (!has_heading)
			heading_put(page, group->heading);
		has_heading = true;
		if (field == FIELD_SERVICE)
			value = service_label(services, value);
		field_put(page, group->fields[i].label, &request_shows[field], value);
	}
}

static void subject_put(struct page *page, const struct request *request, size_t which)
{
	const struct subject *subject = &request->subjects[which];
	char heading[64] = "Subject";

	if (request->subject_count > 1)
		snprintf(heading, sizeof(heading), "Subject %zu of %zu", which + 1,
			request->subject_count);
	heading_put(page, heading);
	for (size_t i = 0; i < sizeof(subject_fields) / sizeof(subject_fields[0]); i++) {
		int field = subject_fields[i].field;

		if (subject->field[field][0])
			field_put(page, subject_fields[i].label, &subject_shows[field],
				subject->field[field]);
	}
}

void lines_form(
	struct page *page, const struct request *request, const struct service_list *services)
{
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		group_put(page, &groups[i], request, services);
}

/* What a trace found: one JSON object, item to text. */
static void found_put(struct page *page, const char *values)
{
	char why[128], label[64];
	struct json_value *found = json_read(values, strlen(values), why, sizeof(why));

	for (size_t i = 0; found && i < found->count; i++) {
		snprintf(
			label, sizeof(label), "Found %s", code_shown("item", found->items[i].name));
		page_labelled(page, VALUE_COLUMN, label, found->items[i].text);
	}
	json_free(found);
}

void lines_subjects(struct page *page, const struct request *request, bool shows_found)
{
	for (size_t i = 0; i < request->subject_count; i++) {
		subject_put(page, request, i);
		if (shows_found)
			found_put(page, request->subjects[i].field[FIELD_VALUES]);
	}
	if (request->subject_count == 0)
		page_labelled(page, 0, NULL, "It names nobody yet.");
}
