/*
 * Organisations and officers known before. The desk is asked for a page of 20
 * by key; nothing is read before three letters are typed.
 */
#include "tui/known.h"

#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/text.h"

enum { LETTERS = 3 };

const char known_unlisted[] = "not in the list; added as typed";

/* Which fields are filled from an officer. */
static const struct officer_fields {
	enum request_field name, rank, number, email, organisation;
	bool has_email;
} officer_fields[] = {
	{ FIELD_REQUESTER_NAME, FIELD_REQUESTER_RANK, FIELD_REQUESTER_NUMBER, FIELD_REQUESTER_EMAIL,
		FIELD_ORGANISATION, true },
	{ FIELD_COUNTERSIGNER_NAME, FIELD_COUNTERSIGNER_RANK, FIELD_COUNTERSIGNER_NUMBER,
		FIELD_COUNTERSIGNER_NAME, FIELD_ORGANISATION, false },
};

void known_clear(struct known *known)
{
	for (size_t i = 0; i < known->organisation_count; i++)
		organisation_clear(&known->organisations[i]);
	mem_free(known->organisations);
	known->organisations = NULL;
	known->organisation_count = 0;
	desk_officers_clear(&known->officers);
	known->is_unlisted = false;
	known->at = 0;
}

static size_t known_count(const struct known *known)
{
	return known->organisation_count + known->officers.count;
}

bool known_is_open(const struct known *known)
{
	return known_count(known) > 0;
}

static bool field_is(const struct form_field *field, enum request_field which)
{
	return field->place->place == COLUMN_REQUEST && field->place->field == (int)which;
}

static bool field_is_organisation(const struct form_field *field)
{
	return field_is(field, FIELD_ORGANISATION) ||
	       field_is(field, FIELD_COUNTERSIGNER_ORGANISATION);
}

static const struct officer_fields *field_officer(const struct form_field *field)
{
	for (size_t i = 0; i < sizeof(officer_fields) / sizeof(officer_fields[0]); i++)
		if (field_is(field, officer_fields[i].name))
			return &officer_fields[i];
	return NULL;
}

static struct form_field *request_field(const struct form *form, enum request_field field)
{
	return form_find(form, COLUMN_REQUEST, (int)field, 0);
}

void known_seek(struct known *known, struct desk *desk, const struct form *form)
{
	const struct form_field *field = form_at(form);
	const char *typed = field->line.text;

	known_clear(known);
	if (text_length(typed) < LETTERS)
		return;
	if (field_is_organisation(field))
		(void)desk_organisations(desk, typed, &known->organisations,
			&known->organisation_count, &known->notice);
	else if (field_officer(field))
		(void)desk_officers(desk, request_field(form, FIELD_ORGANISATION)->line.text, typed,
			&known->officers, &known->notice);
	known->is_unlisted = field_is(field, FIELD_ORGANISATION) && known->organisation_count == 0;
}

void known_move(struct known *known, int step)
{
	size_t count = known_count(known);

	known->at = (known->at + count + (step > 0 ? 1 : count - 1)) % count;
}

static void fill(const struct form *form, enum request_field field, const char *value)
{
	if (value && *value)
		field_set(request_field(form, field), value);
}

static void organisation_take(struct known *known, const struct form *form)
{
	const struct organisation *chosen = &known->organisations[known->at];

	field_set(form_at(form), chosen->name);
	if (!field_is(form_at(form), FIELD_ORGANISATION))
		return;
	fill(form, FIELD_ORGANISATION_KIND, chosen->kind);
	(void)snprintf(known->domain, sizeof(known->domain), "%s", chosen->email_domain);
}

void known_take(struct known *known, struct form *form)
{
	const struct officer_fields *into = field_officer(form_at(form));

	if (known->organisation_count > 0) {
		organisation_take(known, form);
	} else if (into && known->at < known->officers.count) {
		const struct officer *officer = &known->officers.officers[known->at];

		fill(form, into->name, officer->name);
		fill(form, into->rank, officer->rank);
		fill(form, into->number, officer->number);
		if (into->has_email)
			fill(form, into->email, officer->email);
	}
	known_clear(known);
}

/* One typed in full is as good as chosen; what was typed beside it stays. */
static void organisation_finish(struct known *known, struct desk *desk, const struct form *form)
{
	const char *name = form_at(form)->line.text;

	known->domain[0] = '\0';
	known_seek(known, desk, form);
	form_at(form)->is_unlisted = text_length(name) >= LETTERS;
	for (size_t i = 0; i < known->organisation_count; i++) {
		const struct organisation *found = &known->organisations[i];

		if (!text_is_same_name(found->name, name))
			continue;
		form_at(form)->is_unlisted = false;
		(void)snprintf(known->domain, sizeof(known->domain), "%s", found->email_domain);
		if (field_is_empty(request_field(form, FIELD_ORGANISATION_KIND)))
			fill(form, FIELD_ORGANISATION_KIND, found->kind);
	}
}

static void email_finish(const struct known *known, struct form_field *field)
{
	struct buffer whole;

	if (field_is_empty(field) || !known->domain[0] || strchr(field->line.text, '@') ||
		strcmp(field->line.text, "-") == 0)
		return;
	buffer_init(&whole);
	buffer_print(&whole, "%s@%s", field->line.text, known->domain);
	field_set(field, buffer_text(&whole));
	buffer_done(&whole);
}

void known_finish(struct known *known, struct desk *desk, struct form *form)
{
	struct form_field *field = form_at(form);

	if (field_is(field, FIELD_ORGANISATION) && !field->is_finished)
		organisation_finish(known, desk, form);
	if (field_is(field, FIELD_REQUESTER_EMAIL))
		email_finish(known, field);
	known_clear(known);
}

static void known_line(const struct known *known, size_t index, struct buffer *out)
{
	if (index < known->organisation_count) {
		buffer_add(out, known->organisations[index].name);
	} else {
		const struct officer *officer = &known->officers.officers[index];

		buffer_print(out, "%s, %s %s", officer->name, officer->rank, officer->number);
	}
}

void known_draw(const struct known *known, const struct form *form, const struct draw_area *area)
{
	static const char *const unlisted[] = { known_unlisted };
	const struct form_offer nothing = { unlisted, 1, 1 };
	size_t count = known_count(known);
	struct buffer *texts = mem_new(count, sizeof(*texts));
	const char **lines = mem_new(count, sizeof(*lines));
	const struct form_offer offer = { lines, count, known->at };

	for (size_t i = 0; i < count; i++) {
		buffer_init(&texts[i]);
		known_line(known, i, &texts[i]);
		lines[i] = buffer_text(&texts[i]);
	}
	form_offer_draw(form, area, known->is_unlisted ? &nothing : &offer);
	for (size_t i = 0; i < count; i++)
		buffer_done(&texts[i]);
	mem_free(lines);
	mem_free(texts);
}

void known_explain(const struct known *known, struct buffer *out)
{
	buffer_add(out, "Tab fills in ");
	known_line(known, known->at, out);
	buffer_add(out, known->organisation_count > 0 ? ", kind and e-mail domain" : "");
	buffer_add(out, "; ↓ others; Enter: as typed.");
}
